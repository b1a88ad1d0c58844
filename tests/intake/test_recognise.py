"""Headings, kinds, villages and households: what is recognised, and what is left alone because nothing says it."""

# ruff: noqa: E501 - tables of cells read better in one line

import pytest

from fieldtool.intake.columns import Extra, flat, meaning_of
from fieldtool.intake.ditto import is_none, is_same
from fieldtool.intake.heading_stacks import meaning_of_stack
from fieldtool.intake.issues import NUMBERS, IssueCode
from fieldtool.intake.layout import letter
from fieldtool.intake.lists import open_lists
from fieldtool.intake.mappings import ListMapping
from fieldtool.intake.village_words import village_of_row, village_of_title
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.raw_books import MemoryBook, MemorySheet, SheetLook
from fieldtool.records.villages import village_of


def read(*rows, look=None, file="ds.xlsx"):
    book = MemoryBook(file, (MemorySheet("Sheet1", tuple(list(row) for row in rows), look or SheetLook()),))
    lists = open_lists(book, None, None, "16936", village_of, lambda layout: layout)
    return lists, list(lists.results())


def column_of(results, field):
    return [result.raw.get(field, "") for result in results]


@pytest.mark.parametrize(
    ("heading", "meaning"),
    [
        ("Họ và tên", Field.NAME), ("HO VA TEN", Field.NAME), ("(2) Họ tên", Field.NAME), ("Họ và\ntên", Field.NAME), ("Họ, chữ đệm, tên của mẹ", Field.MOTHER),
        ("Năm sinh của cha", Field.FATHER_DOB), ("Quan hệ của người khai với chủ hộ", Field.RELATION), ("Số CMND của chủ hộ", Extra.OTHER), ("Họ và tên chủ hộ", Field.HEAD),
        ("Ngày, tháng, năm sinh (dương lịch)", Field.DOB), ("Số CCCD gắn chip", Field.N12), ("Nơi ĐKHK\nthường trú", Field.PLACE), ("Cột lạ", None),
        ("HoTenCha", Field.FATHER), ("NGAY_SINH", Field.DOB), ("Họ và t ên", Field.NAME), ("Giới tí-\nnh", Field.SEX), ("H.tên", Field.NAME), ("Q.hệ với chủ hộ", Field.RELATION),
        ("Ngày sinh\nDate of birth", Field.DOB), ("Father's full name", Field.FATHER), ("3. Số định danh cá nhân (*)", Field.N12),
        # another person's papers are never the row's own
        ("Giấy tờ tùy thân người đi khai sinh", Extra.OTHER), ("Số CCCD người giám hộ", Extra.OTHER), ("Số CCCD mẹ", Extra.OTHER), ("Ngày sinh người đại diện", Extra.OTHER), ("SĐT bố", Extra.OTHER),
        ("Nơi đăng ký KCB ban đầu", Extra.OTHER), ("Nơi sinh hoạt đảng", Extra.OTHER), ("Ngày sinh học sinh", Field.DOB), ("Số CCCD người được cấp", Field.N12), ("Giới tính của trẻ", Field.SEX), ("Họ tên cha hoặc mẹ", Extra.PARENTS), ("Con ông (bà)", Extra.PARENTS), ("Họ và tên cha mẹ nuôi", Extra.OTHER),
    ],
)  # fmt: skip
def test_a_heading_has_a_meaning(heading, meaning):
    assert meaning_of(heading)[0] == meaning


@pytest.mark.parametrize(
    ("stack", "meaning"),
    [
        (["Năm sinh", "Nam"], Extra.YEAR_MALE), (["Năm sinh", "Nữ"], Extra.YEAR_FEMALE), (["NAM SINH", "NU"], Extra.YEAR_FEMALE), (["Ngày sinh", "Năm"], Extra.BIRTH_YEAR),
        (["Giới tính", "Nam"], Extra.MARK_MALE), (["Thông tin về cha", "Họ tên"], Field.FATHER), (["Người mẹ", "Năm sinh"], Field.MOTHER_DOB), (["Số CMND", "Ngày cấp"], Field.ISSUE_DATE),
        (["CCCD", "Số"], Field.N12), (["Thông tin", "Năm sinh", "Nữ"], Extra.YEAR_FEMALE),
    ],
)  # fmt: skip
def test_a_stack_of_headings_has_a_meaning(stack, meaning):
    assert meaning_of_stack(stack)[0] == meaning


def test_a_list_sorted_by_name_gets_no_heads():
    rows = [["A Văn", "Con"], ["B Thị", "Vợ"], ["C Văn", "Chủ hộ"], ["D Thị", "Vợ"], ["E Thị", "Vợ"], ["G Văn", "Con"]]
    _, results = read(["Họ và tên", "Quan hệ với chủ hộ"], *rows)
    assert column_of(results, Field.HEAD) == [""] * 6


def test_a_plain_list_makes_up_no_household():
    lists, results = read(["Họ và tên", "Năm sinh"], ["Lô Văn An", 1950], ["Kha Văn Ba", 1960])
    assert [result.document.household for result in results] == ["", ""]
    assert IssueCode.KIND_ASSUMED in [issue.code for issue in lists.issues]


def test_a_list_of_heads_is_a_household_list():
    lists, results = read(
        ["TT", "Họ và tên chủ hộ", "Năm sinh", "Số khẩu"], [1, "Lô Văn An", 1950, 4], [2, "Kha Văn Ba", 1960, 3]
    )
    assert lists.layouts[0].kind is DocumentKind.HOUSEHOLD
    assert column_of(results, Field.NAME) == ["Lô Văn An", "Kha Văn Ba"]


def test_heads_and_members_in_two_columns():
    rows = [[1, "Lô Văn An", "", 1950], ["", "", "Vi Thị Bé", 1952], [2, "Kha Văn Ba", "", 1960]]
    _, results = read(["TT", "Họ và tên", "", "Năm sinh"], ["", "Chủ hộ", "Thành viên", ""], *rows)
    assert column_of(results, Field.NAME) == ["Lô Văn An", "Vi Thị Bé", "Kha Văn Ba"]
    assert column_of(results, Field.HEAD) == ["Lô Văn An", "Lô Văn An", "Kha Văn Ba"]


def test_a_head_on_a_line_of_its_own():
    rows = [
        [1, "Lô Văn An", "", ""],
        ["", "", "Lô Văn An", 1950],
        ["", "", "Vi Thị Bé", 1952],
        [2, "Kha Văn Ba", "", ""],
        ["", "", "Kha Văn Ba", 1960],
    ]
    _, results = read(["TT", "Chủ hộ", "Họ tên thành viên", "Năm sinh"], *rows)
    assert column_of(results, Field.HEAD) == ["Lô Văn An", "Lô Văn An", "Kha Văn Ba"]


def test_villages_in_the_name_column():
    rows = [["", "Bản Xốp Nặm"], [1, "Lô Văn An", 1950], ["", "XÓM 3 (45 hộ)"], [1, "Kha Văn Ba", 1960]]
    _, results = read(["TT", "Họ và tên", "Năm sinh"], *rows)
    assert [result.document.village for result in results] == ["16936-xop-nam", "16936-xom-3"]


@pytest.mark.parametrize(
    ("text", "village"),
    [
        ("II. Bản Xốp Nặm: 12 hộ", "Bản Xốp Nặm"),
        ("BẢN VĂNG MÔN", "BẢN VĂNG MÔN"),
        ("Ban Xop Nam", "Ban Xop Nam"),
        ("Ủy ban nhân dân", ""),
        ("Ban công an xã", ""),
        ("* Bản Xốp Nặm:", "Bản Xốp Nặm"),
        ("DANH SÁCH NHÂN KHẨU BẢN XỐP NẶM", "BẢN XỐP NẶM"),
        ("Danh sách này có 9 người", ""),
        ("Vi Văn Bản", ""),
    ],
)
def test_a_village_row_is_told_from_other_words(text, village):
    assert village_of_row(text) == village


def test_a_title_names_a_village_but_a_committee_is_none():
    assert village_of_title("DANH SÁCH BẢN XỐP NẶM, XÃ TAM HỢP") == "BẢN XỐP NẶM"
    assert village_of_title("ỦY BAN NHÂN DÂN XÃ TAM HỢP") == ""


def test_a_person_called_tong_is_no_total():
    _, results = read(["TT", "Họ và tên", "Năm sinh"], [1, "Tống Hợp", 1950], ["", "Tổng cộng", 1])
    assert column_of(results, Field.NAME) == ["Tống Hợp"]


def test_totals_and_what_they_are_broken_down_by_are_no_persons():
    rows = [
        [1, "Lô Văn An", "Nam"],
        ["", "Cộng bản:", 3],
        ["", "Trong đó: Nam", 1],
        ["", "Nữ", 2],
        [2, "Trọng Đô", "Nam"],
    ]
    _, results = read(["TT", "Họ và tên", "Giới tính"], *rows)
    assert column_of(results, Field.NAME) == ["Lô Văn An", "Trọng Đô"]


def test_a_banner_ends_where_the_name_does_and_cuts_no_name():
    rows = [
        ["Hộ số 1: Vi Văn Nơi", "", "Số khẩu: 3"],
        [1, "Vi Văn Nơi", 1950],
        ["Hộ ông: Lô Văn Có - Sổ hộ khẩu số 12"],
        [1, "Lô Văn Có", 1960],
    ]
    _, results = read(["TT", "Họ và tên", "Năm sinh"], *rows)
    assert column_of(results, Field.HEAD) == ["Vi Văn Nơi", "Lô Văn Có"]


def test_a_sheet_named_after_a_village_gives_it():
    book = MemoryBook(
        "ds.xlsx",
        tuple(
            MemorySheet(name, (["Họ và tên", "Năm sinh", "Nơi ở"], ["Lô Văn An", 1950, ""]))
            for name in ("Bản Xốp Nặm", "Tờ 1", "Ban CA")
        ),
    )
    results = list(open_lists(book, None, None, "16936", village_of, lambda layout: layout).results())
    assert [result.document.village for result in results] == ["16936-xop-nam", "", ""]


def test_signers_are_no_persons_and_a_page_may_follow_them():
    rows = [
        [1, "Lô Văn An", 1950, "Thái"],
        ["", "Người lập", "", "Trưởng công an xã"],
        ["", "Vi Văn Ký", "", "Kha Văn Dấu"],
        [2, "Kha Văn Ba", 1960, "Thái"],
    ]
    _, results = read(["TT", "Họ và tên", "Năm sinh", "Dân tộc"], *rows)
    assert column_of(results, Field.NAME) == ["Lô Văn An", "Kha Văn Ba"]


def test_file_name_tells_the_kind():
    lists, _ = read(["Họ và tên", "Năm sinh"], ["Lô Văn An", 1950], file="khai_sinh_2020.xlsx")
    assert lists.layouts[0].kind is DocumentKind.BIRTH


def test_khong_is_a_religion_and_no_number():
    assert is_none(Field.N12, "Không") and not is_none(Field.RELIGION, "Không")
    assert is_same("nt") and is_same('"') and not is_same("Nam")


def test_a_mapping_survives_its_file():
    lists, _ = read(["Họ và tên", "Năm sinh"], ["Lô Văn An", 1950])
    mapping = ListMapping.of(lists.layouts[0])
    assert ListMapping.from_text(mapping.to_text()) == mapping


def test_letters_and_numbers_of_reasons():
    assert [letter(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert sorted(NUMBERS.values()) == list(range(1, len(IssueCode) + 1))


def test_flat_keeps_positions():
    text = "Đặng Thị Ðào, bản Xốp Nặm"
    assert len(flat(text)) == len(text)
    assert flat(text) == "dang thi dao, ban xop nam"


PARENTS = ["TT", "Họ tên", "Năm sinh", "Giới tính", "Họ tên cha", "Họ tên mẹ"]
FAMILY = (
    [1, "Lô Văn An", 1956, "Nam", "Lô Văn Pó", "Vi Thị Y"],
    ["", "Vi Thị Bình", 1958, "Nữ", "Vi Văn Tu", "Lô Thị Ca"],
    ["", "Lô Văn Con", 1985, "Nam", "Lô Văn An", "Vi Thị Bình"],
    [2, "Kha Văn Tý", 1970, "Nam", "Kha Văn Tư", "Lữ Thị Dung"],
    ["", "Kha Thị Na", 1995, "Nữ", "Kha Văn Tý", "Vi Thị Gái"],
)


def test_parents_alone_do_not_make_it_sure_that_a_list_is_of_births():
    lists, _ = read(PARENTS, *FAMILY)
    assert (lists.layouts[0].kind, lists.layouts[0].kind_sure) == (DocumentKind.BIRTH, False)
    assert IssueCode.KIND_ASSUMED in [issue.code for issue in lists.issues]


def test_heads_in_bold_make_a_household_list_of_one_with_parents():
    sheet = MemorySheet("", (PARENTS, *FAMILY), SheetLook(bold={1: 63, 2: 63, 5: 63}, styled=True))
    lists = open_lists(MemoryBook("ds.xlsx", (sheet,)), None, None, "16936", village_of, lambda layout: layout)
    assert [result.document.get(Field.HEAD) for result in lists.results()] == ["Lô Văn An"] * 3 + ["Kha Văn Tý"] * 2
    assert lists.layouts[0].kind is DocumentKind.HOUSEHOLD


@pytest.mark.parametrize(
    ("heading", "field"),
    [("Chuyển từ", Field.PREVIOUS_ADDRESS), ("Nơi chuyển đến", None), ("Nơi ở trước khi chuyển đến", Field.PREVIOUS_ADDRESS)],
)  # fmt: skip
def test_where_somebody_went_is_not_where_he_came_from(heading, field):
    lists, results = read(["Họ tên", "Năm sinh", heading], ["Lô Văn An", 1956, "Yên Na"])
    assert list(results)[0].document.get(Field.PREVIOUS_ADDRESS) == ("Yên Na" if field else "")
