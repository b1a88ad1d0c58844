"""Two people of one line, husband and wife or two parties, are given out as two, each with what is his own."""

import pytest

from fieldtool.intake.issues import IssueCode
from fieldtool.intake.lists import open_lists
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.raw_books import MemoryBook, MemorySheet, SheetLook
from fieldtool.records.villages import village_of

PLAIN = SheetLook()
WHO = (Field.NAME, Field.DOB, Field.SEX, Field.N9, Field.PLACE, Field.SPOUSE)


def opened(rows, look=PLAIN):
    book = MemoryBook("a.xlsx", (MemorySheet("Sheet1", tuple(map(list, rows)), look),))
    return open_lists(book, None, None, "16936", village_of, lambda layout: layout)


def told(rows, *fields, look=PLAIN):
    return [tuple(map(result.document.get, fields)) for result in opened(rows, look).results()]


MARRIAGES = [
    ["SỔ ĐĂNG KÝ KẾT HÔN"],
    ["Số", "Ngày đăng ký", "Chồng", "", "", "", "", "Vợ", "", "", "", "", "Ghi chú"],
    ["", "", "Họ tên", "Ngày sinh", "Nghề nghiệp", "Số CMND", "Nơi cư trú",
     "Họ tên", "Ngày sinh", "Nghề nghiệp", "Số CMND", "Nơi cư trú", ""],
    [5, "20/11/2018", "Lô Văn Ín", "03/04/1994", "Làm ruộng", "186000111", "Bản Na Pu",
     "Vi Thị Ơn", "09/09/1997", "Giáo viên", "187000222", "Bản Xốp Nặm", ""],
    [6, "22/11/2018", "Xồng Bá Tủa", "15/03/1992", "", "186000333", "Bản Na Pu",
     "Lầu Y Mỷ", "16/05/1995", "", "186000444", "Bản Na Pu", ""],
]  # fmt: skip


def test_husband_and_wife_of_a_register_of_marriages_are_two_people_who_name_one_another():
    assert told(MARRIAGES, *WHO) == [
        ("Lô Văn Ín", "03/04/1994", "Nam", "186000111", "Bản Na Pu", "Vi Thị Ơn"),
        ("Vi Thị Ơn", "09/09/1997", "Nữ", "187000222", "Bản Xốp Nặm", "Lô Văn Ín"),
        ("Xồng Bá Tủa", "15/03/1992", "Nam", "186000333", "Bản Na Pu", "Lầu Y Mỷ"),
        ("Lầu Y Mỷ", "16/05/1995", "Nữ", "186000444", "Bản Na Pu", "Xồng Bá Tủa"),
    ]


def test_the_day_of_a_marriage_is_none_of_a_birth_and_remarks_point_at_each_ones_own_cells():
    lists = opened([*MARRIAGES, [7, "", "Lô Văn Tý", 1990, "", "", "", "Vi Thị Mơ", 1991, "", "", "", ""]])
    results = list(lists.results())
    assert lists.layouts[0].kind is not DocumentKind.BIRTH
    assert all(result.document.get(Field.REG_DATE) == "" for result in results)
    assert [(i.row, i.cell) for i in lists.issues if i.code is IssueCode.TWO_IN_LINE] == [(2, "H2")]
    cells = [i.cell for r in results[-2:] for i in r.issues if i.code is IssueCode.DATE_YEAR_ONLY]
    assert cells == ["D6", "I6"]


@pytest.mark.parametrize(
    "heading",
    [
        ["TT", "Họ tên vợ", "Năm sinh", "CMND vợ", "Họ tên chồng", "Năm sinh", "CMND chồng", "Số con", "Bản"],
        ["TT", "Vợ", "Ngày sinh vợ", "Số CMND vợ", "Chồng", "Ngày sinh chồng", "Số CMND chồng", "Số con", "Bản"],
    ],
)
def test_couples_below_one_row_of_headings_in_either_order_share_what_is_nobodys_own(heading):
    rows = [heading, [1, "Vi Thị Ơn", 1983, "187000222", "Lô Văn Ín", 1980, "186000111", 2, "Na Pu"]]
    assert told(rows, *WHO) == [
        ("Vi Thị Ơn", "1983", "Nữ", "187000222", "Na Pu", "Lô Văn Ín"),
        ("Lô Văn Ín", "1980", "Nam", "186000111", "Na Pu", "Vi Thị Ơn"),
    ]


def test_seller_and_buyer_are_two_people_and_nobodys_spouses():
    rows = [
        ["STT", "Bên chuyển nhượng", "", "", "Bên nhận chuyển nhượng", "", "", "Số thửa"],
        ["", "Họ và tên", "Năm sinh", "Số CCCD", "Họ và tên", "Năm sinh", "Số CCCD", ""],
        [1, "Lô Văn Ín", 1961, "040061000111", "Vi Văn Ba", 1985, "040085000222", 12],
    ]
    assert told(rows, Field.NAME, Field.DOB, Field.N12, Field.SEX, Field.SPOUSE) == [
        ("Lô Văn Ín", "1961", "040061000111", "", ""),
        ("Vi Văn Ba", "1985", "040085000222", "", ""),
    ]


def test_villages_totals_and_repeated_headings_stay_what_they_are_and_nobody_is_made_up():
    rows = [*MARRIAGES[1:4], ["Bản Xốp Nặm"], *MARRIAGES[1:3], *MARRIAGES[4:], ["", "", "Cộng: 2 cặp"]]
    lists = opened(rows)
    names = [result.document.get(Field.NAME) for result in lists.results()]
    assert names == ["Lô Văn Ín", "Vi Thị Ơn", "Xồng Bá Tủa", "Lầu Y Mỷ"]
    assert [i.row for i in lists.issues if i.code is IssueCode.TOTAL_ROW] == [8]


def test_one_who_is_struck_through_waits_and_the_other_does_not():
    look = SheetLook(styled=True, struck={4: 1 << 7})
    results = list(opened(MARRIAGES[:4], look).results())
    assert [result.document is None for result in results] == [False, True]
    assert [(i.code, i.cell) for i in results[1].issues] == [("struck_out", "H4")]


@pytest.mark.parametrize(
    "rows",
    [
        # the second has nothing but a name
        [["TT", "Họ tên vợ", "Năm sinh", "Họ tên chồng", "Bản"], [1, "Vi Thị Ơn", 1983, "Lô Văn Ín", "Na Pu"]],
        # or a year beside it
        [["TT", "Họ tên vợ", "Năm sinh", "Họ tên chồng", "Năm sinh"], [1, "Vi Thị Ơn", 1983, "Lô Văn Ín", 1980]],
        # the line's own person beside a spouse
        [
            ["TT", "Họ và tên", "Năm sinh", "Họ tên vợ/chồng", "Năm sinh vợ/chồng"],
            [1, "Vi Thị Ơn", 1983, "Lô Văn Ín", 1980],
        ],
        [
            ["TT", "Họ và tên", "Năm sinh", "Họ tên vợ", "Năm sinh vợ", "Họ tên chồng", "Năm sinh chồng"],
            [1, "Vi Thị Ơn", 1983, "", "", "Lô Văn Ín", 1980],
        ],
    ],
)
def test_a_list_of_one_person_a_line_stays_one(rows):
    assert told(rows, Field.NAME, Field.DOB) == [("Vi Thị Ơn", "1983")]


OLD = {
    "": "",
    "Số": "Sè",
    "Ngày ĐK": "Ngµy §K",
    "Chồng": "Chång",
    "Vợ": "Vî",
    "Họ tên": "Hä tªn",
    "Năm sinh": "N¨m sinh",
    "Lô Văn Đạt": "L« V¨n §¹t",
    "Vi Thị Hợi": "Vi ThÞ Hîi",
}  # as .VnTime holds them


@pytest.mark.parametrize("font", ["", ".VnTime"])
def test_a_register_in_an_old_font_is_told_apart_too(font):
    rows = [
        ["Số", "Ngày ĐK", "Chồng", "", "Vợ", ""],
        ["", "", "Họ tên", "Năm sinh", "Họ tên", "Năm sinh"],
        [1, "01/02/2003", "Lô Văn Đạt", 1980, "Vi Thị Hợi", 1982],
    ]
    if font:
        rows = [[OLD.get(str(cell), cell) for cell in row] for row in rows]
    fonts = {number: dict.fromkeys(range(6), font) for number in (1, 2, 3)} if font else {}
    look = SheetLook(styled=True, fonts=fonts)
    assert told(rows, Field.NAME, Field.DOB, Field.SPOUSE, look=look) == [
        ("Lô Văn Đạt", "1980", "Vi Thị Hợi"),
        ("Vi Thị Hợi", "1982", "Lô Văn Đạt"),
    ]


def test_lists_of_men_and_women_side_by_side_are_no_couples():
    rows = [
        ["NAM", "", "", "", "NỮ", "", ""],
        ["STT", "Họ và tên", "Năm sinh", "", "STT", "Họ và tên", "Năm sinh"],
        [1, "Lô Văn Ín", 1980, "", 1, "Vi Thị Ơn", 1982],
        [2, "Kha Văn Ba", 1981, "", 2, "Lữ Thị Mơ", 1983],
    ]
    assert sorted(told(rows, Field.NAME, Field.SPOUSE)) == [
        ("Kha Văn Ba", ""),
        ("Lô Văn Ín", ""),
        ("Lữ Thị Mơ", ""),
        ("Vi Thị Ơn", ""),
    ]


@pytest.mark.parametrize(
    ("groups", "people"),
    [
        (["Người được nhận làm con nuôi", "Người nhận con nuôi"], ["Lô Văn Non", "Vi Thị Ơn"]),
        (["Bên gửi trẻ", "Bên trông trẻ"], ["Lô Văn Non", "Vi Thị Ơn"]),
        (["Thông tin học sinh", "Người giám hộ"], ["Lô Văn Non"]),
        (["Người chết", "Người đi báo tử"], ["Lô Văn Non"]),
        (["Người chết", "Người báo tin"], ["Lô Văn Non"]),
    ],
)
def test_two_groups_with_name_and_number_are_two_people_but_who_cares_or_declares_is_none(groups, people):
    first, second = groups
    rows = [
        ["TT", first, "", "", second, "", ""],
        ["", "Họ và tên", "Ngày sinh", "Giới tính", "Họ và tên", "Năm sinh", "Số CCCD"],
        *([i, "Lô Văn Non", f"05/06/201{i}", "Nam", "Vi Thị Ơn", 1980 + i, f"04018{i}000111"] for i in (1, 2)),
    ]
    assert [name for (name,) in told(rows, Field.NAME)] == people * 2
