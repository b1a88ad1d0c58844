"""Columns guessed from content: what is told by itself is taken and said to be guessed, what is not stays unread."""

import pytest

from fieldtool.intake.by_content import guessed
from fieldtool.intake.columns import Extra
from fieldtool.intake.issues import IssueCode
from fieldtool.intake.lists import open_lists
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.fields import Field
from fieldtool.records.legacy_fonts import TCVN3
from fieldtool.records.raw_books import MemoryBook, MemorySheet, SheetLook
from fieldtool.records.villages import village_of

PEOPLE = [
    [1, "Lô Văn An", "01/02/1960", "040060000001", "Bản Xốp Nặm"],
    [2, "Vi Thị Bình", "03/04/1962", "040162000002", "Bản Xốp Nặm"],
    [3, "Lô Văn Cường", "05/06/1985", "040085000003", "Bản Huồi Sơn"],
]


def meanings(*rows, look=None):
    layout = guessed("S", list(enumerate(map(list, rows), start=1)), look or SheetLook())
    return layout and {column.index: column.meaning for column in layout.columns if column.meaning is not None}


def opened(*rows, correct=lambda layout: layout):
    book = MemoryBook("ds.xlsx", (MemorySheet("S", tuple(map(list, rows))),))
    return open_lists(book, None, None, "16936", village_of, correct)


def test_people_are_read_and_the_officer_is_told():
    lists = opened(*PEOPLE)
    results = list(lists.results())
    assert [dict(result.raw) for result in results] == [
        {Field.NAME: row[1], Field.DOB: row[2], Field.N12: row[3], Field.PLACE: row[4]} for row in PEOPLE
    ]
    assert [issue.text for issue in lists.issues if issue.code is IssueCode.HEADING_GUESSED] == ["B, C, D, E"]
    assert lists.layouts[0].guessed


def test_what_an_officer_says_of_the_columns_is_no_guess():
    lists = opened(*PEOPLE, correct=lambda layout: layout if not layout.guessed else _renamed(layout))
    assert [result.raw[Field.OTHER_NAME] for result in lists.results()] == [row[4] for row in PEOPLE]
    assert not [issue for issue in lists.issues if issue.code is IssueCode.HEADING_GUESSED]


def _renamed(layout):
    from fieldtool.intake.mappings import ListMapping, corrected

    return corrected(layout, ListMapping({"B": "name", "E": "other_name"}))


def test_titles_above_are_no_people():
    lists = opened(["DANH SÁCH BẢN XỐP NẶM"], [], *PEOPLE)
    assert [result.row for result in lists.results()] == [3, 4, 5]
    assert lists.layouts[0].village == "BẢN XỐP NẶM"


@pytest.mark.parametrize(
    "rows",
    [
        PEOPLE[:2],
        [[row[0], row[1]] for row in PEOPLE],
        [["Bản Xốp Nặm", 120, 1960], ["Bản Huồi Sơn", 80, 1970], ["Bản Phồng", 75, 1980]],
        [["Xăng", "15/02/2024", 20], ["Giấy in", "16/02/2024", 5], ["Mực máy in", "17/02/2024", 1]],
    ],
    ids=("two people", "names alone", "villages", "goods"),
)
def test_no_list_is_made_of_anything_else(rows):
    with pytest.raises(FieldtoolError) as caught:
        list(opened(*rows).results())
    assert caught.value.code is ErrorCode.NO_HEADER


def test_a_day_that_is_not_that_of_the_number_is_no_birth():
    rows = [[row[1], row[3], day] for row, day in zip(PEOPLE, ("1/2/2021", "2/3/2021", "3/4/2021"), strict=True)]
    assert meanings(*rows) == {0: Field.NAME, 1: Field.N12}


def test_of_two_days_the_earlier_is_the_birth():
    rows = [[row[1], day, row[2]] for row, day in zip(PEOPLE, ("1/2/2009", "2/3/2010", "3/4/2012"), strict=True)]
    assert meanings(*rows) == {0: Field.NAME, 2: Field.DOB}


def test_telephones_without_their_zero_are_no_cards():
    rows = [[row[1], row[2], phone] for row, phone in zip(PEOPLE, (982000511, 355000512, 868000513), strict=True)]
    assert meanings(*rows) == {0: Field.NAME, 1: Field.DOB}


def test_repeated_heads_before_the_members_are_not_the_members():
    rows = [["Lô Văn An", *row[1:]] for row in (*PEOPLE, [4, "Lô Thị Dung", "07/08/1990", "040190000004", ""])]
    assert meanings(*rows)[1] is Field.NAME


def test_a_heading_goes_before_the_content():
    heading = ["Số", "Người được rà soát", "Ngày vào Đảng", "Số CCCD", "Ghi chú"]
    assert meanings(heading, *PEOPLE) == {
        **{0: Field.REG_NO, 1: Field.NAME, 2: Extra.OTHER},
        **{3: Field.N12, 4: Field.NOTE},
    }


def test_old_fonts_are_decoded_before_names_are_looked_for():
    rows = [["L« V¨n An", "01/02/1960"], ["Vi ThÞ B×nh", "03/04/1962"], ["L« V¨n Cêng", "05/06/1985"]]
    layout = guessed("S", list(enumerate(rows, start=1)), SheetLook())
    assert layout is not None and layout.columns[0].meaning is Field.NAME
    assert layout.columns[0].encoding == TCVN3


def test_years_of_women_right_tell_the_sex():
    rows = [["Lô Văn An", 1960, ""], ["Vi Thị Bình", "", 1962], ["Lô Văn Cường", 1985, ""]]
    assert meanings(*rows) == {0: Field.NAME, 1: Extra.YEAR_MALE, 2: Extra.YEAR_FEMALE}
    turned = [[name, right, left] for name, left, right in rows]
    assert meanings(*turned) is None
