"""Filled forms of one person are read as one row each; where it cannot be told who is meant, none is read."""

from fieldtool.intake.lists import open_lists
from fieldtool.intake.mappings import ListMapping, corrected
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.raw_books import MemoryBook, MemorySheet, SheetLook
from fieldtool.records.villages import village_of

FORM = [
    ["PHIẾU ĐỀ NGHỊ CẤP THẺ CĂN CƯỚC"],
    ["Số hồ sơ", "12"],
    ["Họ, chữ đệm và tên:", "", "Lô Văn Xiêng"],
    ["Ngày, tháng, năm sinh:", "", "14/07/1958", "Giới tính:", "Nam"],
    ["Số CCCD:", "", "40058001311"],
    ["Dân tộc: Thái", "", "", "Tôn giáo:"],
    ["Nơi thường trú:", "", "Bản Phồng"],
    ["Họ tên cha:", "", "Lô Văn Piềng"],
    ["", "", "Người khai"],
    ["", "", "Lô Văn Xiêng"],
]


def opened(*sheets, correct=lambda layout: layout):
    made = tuple(MemorySheet(f"Phiếu {n}", tuple(rows), SheetLook(), False) for n, rows in enumerate(sheets, 1))
    return open_lists(MemoryBook("a.xlsx", made), None, None, "16936", village_of, correct)


def other(name, birth):
    text = {"Lô Văn Xiêng": name, "14/07/1958": birth}
    return [[text.get(cell, cell) for cell in row] for row in FORM]


def test_each_sheet_is_a_person_and_remarks_point_at_the_cells_of_the_form():
    results = list(opened(FORM, other("Vi Thị Nhói", "25/11/1960")).results())
    assert [(r.row, r.document.get(Field.NAME), r.document.get(Field.DOB)) for r in results] == [
        (3, "Lô Văn Xiêng", "14/07/1958"),
        (3, "Vi Thị Nhói", "25/11/1960"),
    ]
    first = results[0].document
    fields = (Field.SEX, Field.N12, Field.ETHNICITY, Field.FATHER)
    assert [first.get(field) for field in fields] == ["Nam", "40058001311", "Thái", "Lô Văn Piềng"]
    assert first.kind is DocumentKind.ID_CARD
    assert first.village == "16936-phong"
    assert [(str(issue.code), issue.cell) for issue in results[0].issues] == [("number_lost_zero", "C5")]


def test_labels_without_colons_are_no_heading_and_lose_nothing():
    plain = [[cell.rstrip(":") for cell in row] for row in FORM if "Tôn giáo:" not in row]
    (result,) = opened(plain).results()
    assert result.document.get(Field.DOB) == "14/07/1958"


def test_forms_of_one_shape_below_one_another_are_several_persons():
    rows = FORM[2:8]
    results = list(opened([*rows, [], *other("Vi Thị Nhói", "1960")[2:8]]).results())
    assert [(r.row, r.document.get(Field.NAME), r.document.get(Field.DOB)) for r in results] == [
        (1, "Lô Văn Xiêng", "14/07/1958"),
        (8, "Vi Thị Nhói", "1960"),
    ]


def test_a_form_that_names_two_people_gives_no_document():
    mother = [["THÔNG TIN KHÁC"], ["Họ và tên:", "", "Vi Thị Dành"], ["Năm sinh:", "", "1934"]]
    opening = opened([*FORM[:8], *mother])
    try:
        assert not [result for result in opening.results() if result.document]
    except FieldtoolError as error:
        assert error.code is ErrorCode.NO_HEADER


def test_a_list_without_heading_is_refused_and_read_by_a_mapping_of_letters():
    rows = [[1, "Lô Văn Xiêng", "14/07/1958"], [2, "Vi Thị Nhói", "25/11/1960"]]
    try:
        list(opened(rows).results())
    except FieldtoolError as error:
        assert error.code is ErrorCode.NO_HEADER
    else:
        raise AssertionError("read without a heading")
    told = ListMapping({"B": "name", "C": "dob"})
    results = list(opened(rows, correct=lambda layout: corrected(layout, told)).results())
    assert [(r.row, r.document.get(Field.NAME)) for r in results] == [(1, "Lô Văn Xiêng"), (2, "Vi Thị Nhói")]


SECTIONS = [
    ["TỜ KHAI"], ["I. THÔNG TIN TRẺ"], ["Họ và tên:", "Lô An"], ["Ngày sinh:", "30/04/2019"], ["Giới tính:", "Nam"],
    ["II. MẸ"], ["Họ và tên:", "Vi Thị Ơn"], ["Năm sinh:", "1983"], ["Số CCCD:", "040183006114"],
    ["III. NGƯỜI KHAI"], ["Họ và tên:", "Lô Văn Ín"], ["Ngày sinh:", "01/02/1950"],
]  # fmt: skip


def test_what_stands_below_a_line_on_a_parent_is_the_parents():
    (result,) = opened(SECTIONS).results()
    told = result.document.raw
    assert {str(field): told[field] for field in told} == {
        "name": "Lô An", "dob": "30/04/2019", "sex": "Nam", "mother": "Vi Thị Ơn", "mother_dob": "1983",
    }  # fmt: skip


def test_words_struck_through_in_a_form_are_not_taken():
    look = SheetLook(styled=True, crossed={3: {2: (" Lô Văn Xiêng", "Lô Văn Xen")}, 6: {0: ("Dân tộc:  Thái", "Kinh")}})
    rows = [[{"Dân tộc: Thái": "Dân tộc: Kinh Thái"}.get(cell, cell) for cell in row] for row in FORM]
    rows[2] = ["Họ, chữ đệm và tên:", "", "Lô Văn Xen Lô Văn Xiêng"]
    book = MemoryBook("a.xlsx", (MemorySheet("Phiếu", tuple(rows), look, False),))
    (result,) = open_lists(book, None, None, "16936", village_of, lambda layout: layout).results()
    assert [result.document.get(field) for field in (Field.NAME, Field.ETHNICITY)] == ["Lô Văn Xiêng", "Thái"]
    assert [(str(i.code), i.cell) for i in result.issues][:2] == [("cell_struck", "C3"), ("cell_struck", "A6")]


def test_words_struck_through_in_a_turned_list_are_not_taken():
    rows = [
        ["Họ và tên", "Lô Văn Xiêng", "Vi Thị Xen Nhói"],
        ["Ngày sinh", "14/07/1958", "25/11/1960"],
        ["Giới tính", "Nam", "Nữ"],
        ["Số CCCD", "040058001311", "040160001312"],
        ["Quê quán", "Bản Phồng", "Bản Phồng"],
    ]
    look = SheetLook(styled=True, crossed={1: {2: ("Vi Thị  Nhói", "Xen")}})
    book = MemoryBook("a.xlsx", (MemorySheet("Phiếu", tuple(rows), look, False),))
    results = list(open_lists(book, None, None, "16936", village_of, lambda layout: layout).results())
    assert [r.document.get(Field.NAME) for r in results] == ["Lô Văn Xiêng", "Vi Thị Nhói"]
    assert [[(str(i.code), i.cell) for i in r.issues] for r in results] == [[], [("cell_struck", "C1")]]
