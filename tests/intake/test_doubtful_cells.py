"""What stands in cells against their headings, or for several people, is told or left to an officer."""

import pytest

from fieldtool.intake.checks import name_fault
from fieldtool.intake.issues import IssueCode
from fieldtool.intake.lists import open_lists
from fieldtool.records.fields import Field
from fieldtool.records.raw_books import MemoryBook, MemorySheet, SheetLook
from fieldtool.records.villages import village_of


def opened(rows, merged=()):
    look = SheetLook(styled=True, merged=merged)
    book = MemoryBook("a.xlsx", (MemorySheet("Sheet1", tuple(map(list, rows)), look),))
    return open_lists(book, None, None, "16936", village_of, lambda layout: layout)


def told(rows, *fields):
    return [tuple(map(result.document.get, fields)) for result in opened(rows).results()]


@pytest.mark.parametrize(
    "name",
    [
        "Lô Văn Ín và Vi Thị Ơn",
        "LÔ VĂN ÍN VÀ VI THỊ ƠN",
        "Lô Văn Ín, Vi Thị Ơn, Lô Văn An",
        "Lô Văn Ín/Vi Thị Ơn",
        "Lô Văn Ín - Vi Thị Ơn",
        "Lô Văn Ín và vợ",
    ],
)
def test_two_people_in_one_cell_wait_for_an_officer(name):
    assert name_fault(name) is IssueCode.TWO_PEOPLE


@pytest.mark.parametrize("name", ["Và Bá Chò", "Lầu Thị Và Mai", "VỪ THỊ VÀ XÒ", "Xồng Bá Thái (Xồng Rua Thái)"])
def test_one_persons_name_is_no_two_peoples(name):
    assert name_fault(name) is None


def test_columns_below_one_anothers_headings_are_read_by_their_cells_and_told():
    rows = [
        ["STT", "Giới tính", "Họ và tên", "Số CCCD", "Ngày sinh"],
        [1, "Lô Văn Ín", "Nam", "01/03/1990", "040090000111"],
        [2, "Vi Thị Ơn", "Nữ", "02/03/1990", "040190000222"],
        [3, "Kha Văn Ba", "Nam", "03/03/1990", "040090000333"],
    ]
    assert told(rows, Field.NAME, Field.SEX, Field.DOB, Field.N12)[1] == (
        "Vi Thị Ơn", "Nữ", "02/03/1990", "040190000222",
    )  # fmt: skip
    lists = opened(rows)
    list(lists.results())
    assert [i.cell for i in lists.issues if i.code is IssueCode.COLUMN_EXCHANGED] == ["B1", "C1", "D1", "E1"]


def test_fathers_with_womens_names_are_told_and_kept_as_written():
    rows = [["STT", "Họ và tên", "Ngày sinh", "Họ tên cha", "Họ tên mẹ"]]
    rows += [
        [i, f"Lô Văn {n}", f"0{i}/02/2010", f"Vi Thị {n}", f"Lô Bá {n}"] for i, n in enumerate(("An", "Ba", "Tư"), 1)
    ]
    lists = opened(rows)
    assert [r.document.get(Field.FATHER) for r in lists.results()] == ["Vi Thị An", "Vi Thị Ba", "Vi Thị Tư"]
    assert [i.cell for i in lists.issues if i.code is IssueCode.PARENTS_TURNED] == ["D1"]
    straight = opened([rows[0][:3] + ["Họ tên mẹ", "Họ tên cha"], *rows[1:]])
    assert len(list(straight.results())) == 3
    assert not [i for i in straight.issues if i.code is IssueCode.PARENTS_TURNED]


def test_the_number_of_the_one_who_is_listed_is_known_by_his_words():
    rows = [["STT", "Họ tên người mua", "CCCD người mua"], [1, "Kha Văn Ba", "040090000111"]]
    assert told(rows, Field.NAME, Field.N12) == [("Kha Văn Ba", "040090000111")]


def test_a_title_over_the_width_is_no_part_of_the_heading():
    title = "DANH SÁCH NGƯỜI ĐĂNG KÝ TẠM TRÚ"
    rows = [
        ["CÔNG AN XÃ", "", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        [title],
        ["TT", "Họ tên", "Ngày sinh", "Nơi tạm trú"],
        [1, "Kha Văn Ba", "12/09/1990", "Bản Na Pu"],
    ]
    lists = opened(rows, merged=((2, 0, 2, 3),))
    assert [r.document.get(Field.PLACE) for r in lists.results()] == ["Bản Na Pu"]
    assert lists.layouts[0].header_rows == (3, 3)


def test_a_numbered_line_of_a_village_head_is_no_signature_and_a_class_is_no_person():
    rows = [
        ["TT", "Họ và tên", "Chức vụ", "Năm sinh"],
        ["", "Chi hội 1"],
        [1, "Kha Văn Ba", "Trưởng bản", ""],
        [2, "Vi Thị Ơn", "Bí thư chi bộ", 1970],
        ["", "Số khẩu: 110"],
        ["", "", "Trưởng bản"],
        ["", "", "Kha Văn Ba"],
    ]
    lists = opened(rows)
    results = list(lists.results())
    assert [(r.row, r.raw[Field.NAME], str(r.severity)) for r in results] == [
        (3, "Kha Văn Ba", "parked"),
        (4, "Vi Thị Ơn", "note"),
    ]
    around = [(i.row, i.code) for i in lists.issues if i.row > 1]
    assert around == [(2, "section_row"), (5, "total_row"), (6, "footer_row"), (7, "footer_row")]


def test_a_card_that_is_lost_has_no_number():
    rows = [["STT", "Họ và tên", "Năm sinh", "Số CCCD"], [1, "Kha Văn Ba", 1990, "mất"]]
    (result,) = opened(rows).results()
    assert result.document.get(Field.N12) == ""
    assert IssueCode.NUMBER_NONE in [i.code for i in result.issues]


def test_figures_of_a_sex_column_mean_what_the_names_say():
    names = ["Lô Văn Ín", "Vi Thị Ơn", "Kha Văn Ba", "Lữ Thị Mơ", "Xồng Bá Tủa", "Lầu Y Pà"]
    rows = [["STT", "Họ và tên", "Năm sinh", "Giới tính"]]
    turned = [*rows, *([i, name, 1990, i % 2 ^ 1] for i, name in enumerate(names, 1))]
    lists = opened(turned)
    assert [r.document.get(Field.SEX) for r in lists.results()] == ["Nam", "Nữ"] * 3
    assert [i.cell for i in lists.issues if i.code is IssueCode.COLUMN_SEX_CODES] == ["D1"]
    usual = opened([*rows, *([i, name, 1990, i % 2] for i, name in enumerate(names, 1))])
    assert [r.document.get(Field.SEX) for r in usual.results()] == ["Nam", "Nữ"] * 3
    assert not [i for i in usual.issues if i.code is IssueCode.COLUMN_SEX_CODES]


def test_what_is_said_of_the_head_before_a_members_name_is_not_the_members():
    rows = [
        ["STT", "Tên chủ hộ", "Ngày sinh", "Tên thành viên", "Ngày sinh", "Quan hệ với chủ hộ"],
        [1, "Lô Văn Ín", "05/06/1980", "Vi Thị Ơn", "06/07/1982", "Vợ"],
    ]
    assert told(rows, Field.NAME, Field.DOB, Field.HEAD) == [("Vi Thị Ơn", "06/07/1982", "Lô Văn Ín")]


def test_a_ward_is_the_person_and_the_guardian_is_not():
    rows = [
        ["STT", "Người giám hộ", "Năm sinh", "Người được giám hộ", "Ngày sinh"],
        [1, "Xeo Thị Già", 1950, "Xeo Văn Non", "05/06/2015"],
    ]
    assert told(rows, Field.NAME, Field.DOB) == [("Xeo Văn Non", "05/06/2015")]


@pytest.mark.parametrize(
    ("heading", "births"),
    [
        (["Sinh ngày", "Sinh tháng", "Sinh năm"], ["05/06/1990", "1991"]),
        (["Ngày sinh", "Tháng sinh", "Năm sinh"], ["05/06/1990", "1991"]),
        (["Lớp", "Tháng sinh", "Năm sinh"], ["06/1990", "1991"]),
    ],
)
def test_parts_of_a_birth_in_columns_of_their_own_are_put_together(heading, births):
    rows = [["STT", "Họ và tên", *heading], [1, "Lô Văn Ín", 5, 6, 1990], [2, "Vi Thị Ơn", "", "", 1991]]
    assert [dob for (dob,) in told(rows, Field.DOB)] == births


def test_a_father_of_children_named_together_is_the_one_who_is_listed():
    rows = [["STT", "Chủ hộ", "Họ tên vợ", "Họ tên các con", "Bản"], [1, "Lô Văn Ín", "Vi Thị Ơn", "An, Ba", "Na Pu"]]
    assert told(rows, Field.NAME, Field.SPOUSE) == [("Lô Văn Ín", "Vi Thị Ơn")]


def test_the_same_headings_again_without_a_blank_between_are_another_list():
    rows = [
        ["Họ và tên", "Ngày sinh", "Giới tính"] * 2,
        ["Lô Văn Ín", "05/06/1980", "Nam", "Vi Thị Ơn", "06/07/1981", "Nữ"],
    ]
    assert told(rows, Field.NAME, Field.DOB) == [("Lô Văn Ín", "05/06/1980"), ("Vi Thị Ơn", "06/07/1981")]


@pytest.mark.parametrize(
    "heading", ["Hộ chiếu/CCCD", "CCCD/Hộ chiếu", "Số hộ chiếu hoặc CCCD", "Số CCCD/CMND/hộ chiếu/giấy khai sinh"]
)
def test_a_column_for_card_or_passport_holds_the_cards_number_and_tells_the_passports(heading):
    rows = [
        ["STT", "Họ và tên", "Ngày sinh", heading],
        [1, "Lô Văn Ín", "05/06/1970", "040070000111"],
        [2, "BOUN MY", "05/06/1971", "P1234567"],
    ]
    first, second = opened(rows).results()
    assert first.document.get(Field.N12) == "040070000111"
    assert second.document.get(Field.N9) == second.document.get(Field.N12) == ""
    assert [(str(i.code), i.cell, i.text) for i in second.issues] == [("number_length", "D3", "P1234567")]


@pytest.mark.parametrize("heading", ["Ngày cấp hộ chiếu/CCCD", "Số hộ chiếu"])
def test_what_is_said_of_a_passport_alone_is_no_number_of_a_card(heading):
    rows = [["STT", "Họ và tên", "Ngày sinh", heading], [1, "Lô Văn Ín", "05/06/1970", "123456789"]]
    (result,) = opened(rows).results()
    assert result.document.get(Field.N9) == result.document.get(Field.N12) == ""


def test_the_number_behind_a_declarants_year_is_his():
    rows = [
        ["STT", "Họ tên người khai", "Năm sinh", "Số CCCD", "Họ tên người chết", "Năm sinh"],
        [1, "Lang Văn Khai", 1970, "040070000111", "Lang Thị Mất", 1940],
    ]
    assert told(rows, Field.NAME, Field.DOB, Field.N12) == [("Lang Thị Mất", "1940", "")]


def test_beside_the_head_the_one_whose_birth_is_told_is_the_person():
    rows = [
        ["STT", "Chủ hộ", "CCCD chủ hộ", "Người được vay", "Năm sinh", "CCCD"],
        [1, "Lô Văn Ín", "040060000111", "Vi Thị Ơn", 1965, "040165000222"],
    ]
    assert told(rows, Field.NAME, Field.DOB, Field.N12, Field.HEAD) == [
        ("Vi Thị Ơn", "1965", "040165000222", "Lô Văn Ín")
    ]


def test_years_below_men_and_women_are_births_where_nothing_else_is():
    rows = [
        ["STT", "Họ và tên", "Giới tính", "", "Số khẩu"],
        ["", "", "Nam", "Nữ", ""],
        [1, "Lô Văn Ín", 1970, "", 5],
        [2, "Vi Thị Ơn", "", 1972, 4],
    ]
    assert told(rows, Field.NAME, Field.DOB, Field.SEX) == [("Lô Văn Ín", "1970", "Nam"), ("Vi Thị Ơn", "1972", "Nữ")]


def test_papers_named_with_their_numbers_give_the_numbers():
    rows = [
        ["STT", "Họ và tên", "Năm sinh", "Giấy tờ"],
        [1, "Lô Văn Ín", 1970, "CMND 186000111"],
        [2, "Vi Thị Ơn", 1980, "CCCD: 040180000222"],
    ]
    assert told(rows, Field.N9, Field.N12) == [("186000111", ""), ("", "040180000222")]


def test_a_person_whose_surname_begins_like_a_total_is_none():
    rows = [["STT", "Họ và tên", "Năm sinh"], [1, "Cộng Thị Hoa", 1970], ["", "Cộng bản Na Pu", 1]]
    assert told(rows, Field.NAME) == [("Cộng Thị Hoa",)]


def test_the_spouse_of_the_head_is_not_the_one_who_is_listed():
    rows = [
        ["STT", "Họ và tên chủ hộ", "Năm sinh chủ hộ", "Họ và tên vợ (chồng) chủ hộ", "Năm sinh vợ (chồng)", "Bản"],
        [1, "Lô Văn Ín", 1970, "Vi Thị Ơn", 1972, "Na Pu"],
    ]
    assert told(rows, Field.NAME, Field.DOB, Field.SPOUSE) == [("Lô Văn Ín", "1970", "Vi Thị Ơn")]


def test_delegates_and_children_in_childbed_lists_are_people():
    delegates = [["STT", "Tên đại biểu", "Tổ chức", "Năm sinh"], [1, "Lô Văn Ín", "Hội CCB", 1960]]
    assert told(delegates, Field.NAME, Field.DOB) == [("Lô Văn Ín", "1960")]
    births = [
        ["STT", "Tên bà mẹ", "Năm sinh", "Ngày đẻ", "Tên con", "Giới tính con"],
        [1, "Vi Thị Ơn", 1995, "05/06/2023", "Lô Gia An", "Nam"],
    ]
    fields = (Field.NAME, Field.DOB, Field.MOTHER, Field.MOTHER_DOB)
    assert told(births, *fields) == [("Lô Gia An", "05/06/2023", "Vi Thị Ơn", "1995")]


def test_a_year_behind_the_mothers_name_that_no_child_has_is_hers():
    rows = [["STT", "Họ tên mẹ", "Năm sinh", "Họ tên con", "Giới tính"], [1, "Vi Thị Ơn", 1995, "Lô Gia An", "Nam"]]
    assert told(rows, Field.NAME, Field.DOB, Field.MOTHER_DOB) == [("Lô Gia An", "", "1995")]
    numbered = [[*row[:3], number, *row[3:]] for row, number in zip(rows, ("CMND", "186000111"), strict=True)]
    assert told(numbered, Field.NAME, Field.N9, Field.MOTHER_DOB) == [("Lô Gia An", "", "1995")]
    rows[1][2] = 2020
    assert told(rows, Field.NAME, Field.DOB, Field.MOTHER_DOB) == [("Lô Gia An", "2020", "")]


def test_the_star_of_a_note_below_the_list_is_none_of_the_name():
    rows = [
        ["STT", "Họ và tên", "Năm sinh"],
        [1, "Lô Văn Ín*", 1970],
        [2, "Vi Thị Ơn (*)", 1971],
        [3, "Vi Thị Mơ (Hoa)", 1972],
    ]
    results = list(opened(rows).results())
    assert [r.document.get(Field.NAME) for r in results] == ["Lô Văn Ín", "Vi Thị Ơn", "Vi Thị Mơ (Hoa)"]
    marked = [[i.text for i in r.issues if i.code is IssueCode.NAME_LIST_MARK] for r in results]
    assert marked == [["Lô Văn Ín*"], ["Vi Thị Ơn (*)"], []]
