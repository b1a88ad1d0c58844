"""Lists with two lines a person, the name above and the birth below it."""

import pytest

from fieldtool.intake.lists import open_lists
from fieldtool.records.fields import Field
from fieldtool.records.raw_books import MemoryBook, MemorySheet, SheetLook
from fieldtool.records.villages import village_of

PEOPLE = [("Lô Văn Páo", "12/03/1951", "040051006111", "14/05/2021"),
          ("Vi Thị Hoài", "1954", "040154006112", "15/05/2021"),
          ("Lô Văn Khởi", "09/06/1980", "040080006113", "21/08/2021")]  # fmt: skip
PLAIN = SheetLook()


def results(rows, look=PLAIN):
    book = MemoryBook("a.xlsx", (MemorySheet("Sheet1", tuple(map(list, rows)), look),))
    return list(open_lists(book, None, None, "16936", village_of, lambda layout: layout).results())


def told(rows):
    fields = (Field.NAME, Field.DOB, Field.N12, Field.ISSUE_DATE)
    return [tuple(map(result.document.get, fields)) for result in results(rows)]


def lines(*headings):
    rows = [["DANH SÁCH NHÂN KHẨU"], *headings]
    for number, (name, birth, card, issued) in enumerate(PEOPLE, 1):
        rows += [[number, name, card], ["", birth, issued]]
    return rows


@pytest.mark.parametrize(
    "headings",
    [
        [["TT", "Họ và tên", "Số CCCD"], ["", "Ngày sinh", "Ngày cấp"]],
        [["TT", "Họ và tên / Ngày sinh", "Số CCCD / Ngày cấp"]],
        [["TT", "Họ và tên\nNăm sinh", "Số CCCD\nNgày cấp"]],
        [["TT", "Họ và tên", "Số CCCD"]],
    ],
)
def test_each_pair_of_lines_is_one_person(headings):
    assert told(lines(*headings)) == PEOPLE


def test_remarks_on_the_lower_line_point_at_it_and_a_label_is_no_part_of_a_birth():
    rows = lines(["TT", "Họ và tên", "Số CCCD"])
    rows[3][1] = "Sinh năm 1951"
    first, *_ = results(rows)
    assert first.document.get(Field.DOB) == "1951"
    assert [(issue.code, issue.cell) for issue in first.issues] == [("date_year_only", "B4")]


def test_a_person_without_the_lower_line_is_lost_no_more_than_one_with_a_blank_birth():
    rows = lines(["TT", "Họ và tên", "Số CCCD"], ["", "Ngày sinh", "Ngày cấp"])
    alone = [*rows, [4, "Kha Văn Ín", "040090006114"], [5, "Kha Thị Ơn", "040191006115"], ["", "", "22/08/2021"]]
    assert told(alone)[3:] == [
        ("Kha Văn Ín", "", "040090006114", ""),
        ("Kha Thị Ơn", "", "040191006115", "22/08/2021"),
    ]


def test_a_struck_lower_cell_is_not_taken():
    rows = lines(["TT", "Họ và tên", "Số CCCD"])
    first, *_ = results(rows, SheetLook(styled=True, struck={4: 0b100}))
    assert first.document.get(Field.ISSUE_DATE) == ""
    assert [(issue.code, issue.cell) for issue in first.issues] == [("cell_struck", "C4")]


def test_a_list_of_one_line_a_person_stays_as_it_is():
    rows = [["TT", "Họ và tên", "Ngày sinh"], [1, "Lô Văn Páo", "12/03/1951"], [2, "Vi Thị Hoài", "1954"]]
    assert [row[:2] for row in told(rows)] == [("Lô Văn Páo", "12/03/1951"), ("Vi Thị Hoài", "1954")]
