"""What the cells of a column tell against its heading, and facts with their labels in one cell."""

import pytest

from fieldtool.intake.lists import open_lists
from fieldtool.intake.told_facts import facts_of
from fieldtool.records.fields import Field
from fieldtool.records.raw_books import MemoryBook, MemorySheet, SheetLook
from fieldtool.records.villages import village_of

PLAIN = SheetLook()


def results(*rows, look=PLAIN):
    book = MemoryBook("a.xlsx", (MemorySheet("Sheet1", tuple(map(list, rows)), look),))
    return list(open_lists(book, None, None, "16936", village_of, lambda layout: layout).results())


def documents(*rows):
    return [result.document for result in results(*rows)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("SN 1958, trú tại bản Na Pu, xã Nga My", {"dob": "1958", "place": "bản Na Pu, xã Nga My"}),
        (
            "Sinh ngày 12/03/1951; CCCD số 040051006111 cấp ngày 14/05/2021 tại Cục CSQLHC về TTXH",
            {
                "dob": "12/03/1951",
                "n12": "040051006111",
                "issue_date": "14/05/2021",
                "issue_place": "Cục CSQLHC về TTXH",
            },
        ),
        ("1960; dân tộc: Thái; HKTT: Bản Phồng", {"dob": "1960", "ethnicity": "Thái", "place": "Bản Phồng"}),
        ("Con ông: Lô Văn Ín và bà Vi Thị Ơn", {"father": "Lô Văn Ín", "mother": "Vi Thị Ơn"}),
        ("CMND 186800111, cấp 1/2/2010, CA Nghệ An", {
            "n9": "186800111", "issue_date": "1/2/2010", "issue_place": "CA Nghệ An",
        }),
        ("Sinh năm 1950, vợ sinh năm 1953", {"dob": "1950"}),
        ("Vợ: Vi Thị Ơn, SN 1960, trú tại bản Na Pu", {}),
        ("SN 1990; HKTT: bản Na Pu; hiện trú tại Bình Dương", {"dob": "1990", "place": "bản Na Pu"}),
        ("SN 1990; hiện trú tại Bình Dương; HKTT: bản Na Pu", {"dob": "1990", "place": "bản Na Pu"}),
        ("Cha: Lô Văn Ín, SN 1950; mẹ: Vi Thị Ơn, SN 1953", {
            "father": "Lô Văn Ín", "father_dob": "1950", "mother": "Vi Thị Ơn", "mother_dob": "1953",
        }),
        ("Con ông Lô Văn Ín, sinh ngày 1/2/2000", {"father": "Lô Văn Ín", "dob": "1/2/2000"}),
        ("Sinh năm 1950, có lúc khai sinh năm 1951", {}),  # which of the two
        ("Làm việc tại Công an xã", {}),
        ("Đã chết năm 2019", {}),
        ("Thuê nhà 3 phòng", {}),
    ],
)  # fmt: skip
def test_only_what_has_a_label_is_taken(text, told):
    assert {str(field): value for field, value in facts_of(text).items()} == told


def test_a_column_of_such_facts_is_read_and_kept_whole_as_a_note():
    cell = "SN 1958, trú tại bản Na Pu"
    (result,) = results(["STT", "Ông/Bà", "Thông tin"], [1, "Lô Văn Piềng", cell])
    got = result.document
    assert [got.get(f) for f in (Field.NAME, Field.DOB, Field.PLACE, Field.NOTE)] == [
        *("Lô Văn Piềng", "1958", "bản Na Pu", cell)
    ]
    assert {(issue.code, issue.cell) for issue in result.issues} == {("date_year_only", "C2")}


def test_a_heading_nobody_knows_over_such_facts_is_read_too():
    got = documents(["STT", "Họ và tên", "Diễn giải"], [1, "Lô Văn Piềng", "Sinh năm 1958; CMND 186800111"])
    assert (got[0].get(Field.DOB), got[0].get(Field.N9)) == ("1958", "186800111")


def test_facts_below_a_heading_on_somebody_else_are_not_the_persons():
    heading = ["STT", "Họ và tên", "Bản", "Thông tin người thân"]
    got = documents(heading, [1, "Lô Văn Piềng", "Na Pu", "Sinh năm 1980, CMND 186800111"])
    assert (got[0].get(Field.DOB), got[0].get(Field.N9)) == ("", "")


def test_crosses_below_a_province_name_no_place():
    heading = ["STT", "Họ và tên", "Năm sinh", "Bản", "Đại biểu Quốc hội", "Tỉnh", "Xã"]
    got = documents(heading, [1, "Lô Văn Piềng", 1958, "Na Pu", "x", "x", "x"])
    assert got[0].get(Field.PLACE) == "Na Pu"


def test_names_below_a_mothers_year_are_mothers():
    got = documents(["Tên trẻ", "Ngày sinh", "Mẹ (năm sinh)"], ["Lô An Nhiên", "01/02/2020", "Vi Thị Ơn (1994)"])
    assert (got[0].get(Field.MOTHER), got[0].get(Field.MOTHER_DOB)) == ("Vi Thị Ơn", "1994")


def test_the_day_of_delivery_is_the_childs_birth_and_never_the_mothers():
    child = ["TT", "Họ và tên mẹ", "Ngày đẻ", "Họ tên con", "Giới tính"]
    got = documents(child, [1, "Vi Thị Ơn", "01/02/2020", "Lô An Nhiên", "Nữ"])
    assert (got[0].get(Field.NAME), got[0].get(Field.DOB)) == ("Lô An Nhiên", "01/02/2020")
    woman = ["TT", "Họ và tên sản phụ", "Dân tộc", "Ngày đẻ", "Địa chỉ"]
    got = documents(woman, [1, "Vi Thị Ơn", "Thái", "01/02/2020", "Bản Na Pu"])
    assert got[0].get(Field.DOB) == ""


def test_villages_below_a_heading_nobody_knows_are_where_people_live():
    got = documents(["Họ tên hội viên", "Năm sinh", "Chi hội"], ["Lô Văn Piềng", 1958, "Bản Na Pu"])
    assert (got[0].get(Field.PLACE), got[0].village) == ("Bản Na Pu", "16936-na-pu")


def test_the_number_of_a_map_sheet_is_no_village():
    got = documents(["Tên người sử dụng đất", "Năm sinh", "Tờ bản đồ", "Số thửa"], ["Lô Văn Piềng", 1958, 12, 145])
    assert got[0].get(Field.PLACE) == ""


@pytest.mark.parametrize(
    ("heading", "issued"),
    [
        (["Số hộ chiếu", "Ngày cấp", "Số CCCD", "Ngày cấp"], "01/02/2021"),
        (["Số CCCD", "Ngày cấp", "Số hộ chiếu", "Ngày cấp"], "09/08/2007"),
        (["Số GPLX", "Ngày cấp", "Số CCCD", "Nơi làm"], ""),
    ],
)
def test_a_bare_day_of_issue_belongs_to_the_paper_before_it(heading, issued):
    numbers = {"Số hộ chiếu": "C1234567", "Số CCCD": "040058006111", "Số GPLX": "401234567890", "Nơi làm": "Vinh"}
    days = iter(["09/08/2007", "01/02/2021"])
    row = [numbers.get(text) or next(days) for text in heading]
    got = documents(["Họ và tên", "Ngày sinh", *heading], ["Lô Văn Piềng", "05/06/1958", *row])
    assert (got[0].get(Field.N12), got[0].get(Field.ISSUE_DATE)) == ("040058006111", issued)


def test_the_validity_of_an_insurance_card_is_no_identity_cards():
    heading = ["Mã thẻ", "Họ tên", "Ngày sinh", "Nơi KCBBĐ", "Giá trị từ", "Giá trị đến"]
    row = ["DT2404020123456", "Lô Văn Piềng", "05/06/1958", "Trạm y tế", "01/01/2025", "31/12/2027"]
    assert documents(heading, row)[0].get(Field.EXPIRY) == ""


def test_boys_and_girls_are_told_by_crosses():
    got = documents(["Họ tên trẻ", "Ngày sinh", "Trai", "Gái"], ["Lô An Nhiên", "01/02/2020", "", "x"])
    assert got[0].get(Field.SEX) == "Nữ"


def test_columns_numbered_7a_7b_are_no_person():
    heading = ["STT", "Họ và tên", "Năm sinh", "Nghề", "Tôn giáo", "Dân tộc", "Nơi ở", "Nơi đến", "Ghi chú"]
    numbering = ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7a)", "(7b)", "(8)"]
    got = results(heading, numbering, [1, "Lô Văn Piềng", 1958, "", "", "Thái", "Na Pu", "", ""])
    assert [result.row for result in got] == [3]


def test_a_banner_tells_its_book_behind_the_homes_own_number():
    banner = ["Hộ số 1: Lô Văn Piềng - Sổ HK 400123451"]
    got = documents(["STT", "Họ và tên", "Quan hệ", "Năm sinh"], banner, [1, "Lô Văn Piềng", "Chủ hộ", 1958])
    assert (got[0].get(Field.BOOK), got[0].get(Field.HEAD)) == ("400123451", "Lô Văn Piềng")


def test_struck_cells_of_a_form_and_of_a_turned_list_are_not_taken():
    form = [["Họ và tên:", "Vi Văn Ba"], ["Ngày sinh:", "02/03/1981"], ["Số CMND:", "186111222"],
            ["Số CCCD:", "040081007788"], ["Dân tộc:", "Thái"]]  # fmt: skip
    (result,) = results(*form, look=SheetLook(styled=True, struck={3: 0b10}))
    assert (result.document.get(Field.N9), result.document.get(Field.N12)) == ("", "040081007788")
    assert [(issue.code, issue.cell) for issue in result.issues if issue.code == "cell_struck"] == [
        ("cell_struck", "B3")
    ]
    turned = [["Họ và tên", "Vi Văn Ba", "Vi Thị Tư"], ["Ngày sinh", "02/03/1981", "04/05/1983"],
              ["Giới tính", "Nam", "Nữ"], ["Số CMND", "186111222", "186111333"]]  # fmt: skip
    first, second = results(*turned, look=SheetLook(styled=True, struck={1: 0b10, 4: 0b100}))
    assert first.document is None and [(i.code, i.cell) for i in first.issues] == [("struck_out", "B1")]
    assert second.document.get(Field.N9) == "" and second.document.get(Field.DOB) == "04/05/1983"


def test_an_answer_that_reads_like_a_label_is_an_answer():
    form = [["Họ và tên:", "Vi Văn Ba"], ["Ngày sinh:", "02/03/1981"], ["Họ và tên chủ hộ:", "Vi Văn Ba"],
            ["Quan hệ với chủ hộ:", "Chủ hộ"], ["Dân tộc:", "Thái"]]  # fmt: skip
    (result,) = results(*form)
    assert result.document.get(Field.RELATION) == "Chủ hộ"


def test_ages_below_men_and_women_tell_the_sex_and_no_year():
    rows = [["STT", "Họ và tên", "Tuổi", "Tuổi"], ["", "", "Nam", "Nữ"], [1, "Lô Văn Piềng", 67, ""]]
    (got,) = documents(*rows, [2, "Vi Thị Ơn", "", 60])[:1]
    assert (got.get(Field.SEX), got.get(Field.DOB)) == ("Nam", "")


def test_counts_below_a_heading_for_people_name_nobody():
    got = documents(["TT", "Họ và tên chủ hộ", "Năm sinh", "Nhân khẩu"], [1, "Lô Văn Piềng", 1958, 4])
    assert (got[0].get(Field.NAME), got[0].get(Field.DOB)) == ("Lô Văn Piềng", "1958")


def test_the_registration_of_a_vehicle_is_none_of_a_birth():
    heading = ["STT", "Chủ xe", "Năm sinh", "Biển số", "Loại xe", "Ngày đăng ký"]
    got = documents(heading, [1, "Lô Văn Piềng", 1958, "37X1-1001", "Wave", "01/02/2019"])
    assert got[0].get(Field.REG_DATE) == ""


def test_the_number_of_a_land_certificate_is_no_birth_registration():
    heading = ["STT", "Người sử dụng đất", "Năm sinh", "Số phát hành GCN", "Số vào sổ", "Số thửa"]
    got = documents(heading, [1, "Lô Văn Piềng", 1958, "BA 123456", "CH 001", 12])
    assert got[0].get(Field.REG_NO) == ""


@pytest.mark.parametrize("heading", ["Họ, đệm và tên", "Họ lót, tên", "Họ, tên đệm và tên", "Họ chữ đệm tên"])
def test_the_parts_of_a_name_in_a_heading_ask_for_the_whole(heading):
    got = documents(["TT", heading, "Ngày sinh"], [1, "Lô Văn Piềng", "05/06/1958"])
    assert got[0].get(Field.NAME) == "Lô Văn Piềng"


def test_a_name_with_facts_behind_it_in_one_cell_is_parted():
    cell = "Lô Văn Piềng, sinh năm 1958, trú tại bản Na Pu"
    (result,) = results(["STT", "Họ tên, năm sinh, nơi ở"], [1, cell])
    got = result.document
    assert [got.get(f) for f in (Field.NAME, Field.DOB, Field.PLACE, Field.NOTE)] == [
        *("Lô Văn Piềng", "1958", "bản Na Pu", cell)
    ]
    assert "name_with_birth" in {issue.code for issue in result.issues}


def test_what_stands_behind_the_card_of_a_representative_is_his():
    heading = ["STT", "Họ tên", "Ngày sinh", "CCCD", "Họ tên người đại diện", "CCCD người đại diện", "Ngày cấp"]
    row = [1, "Lô An", "05/06/2012", "040212006111", "Vi Thị Ơn", "040183006114", "09/08/2021"]
    assert documents(heading, row)[0].get(Field.ISSUE_DATE) == ""


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_issues_the_one_of_the_card_in_force_is_taken_wherever_the_numbers_stand(turned):
    pairs = [("Ngày cấp CMND", "01/01/2001"), ("Ngày cấp CCCD", "09/08/2021")]
    pairs = pairs[::-1] if turned else pairs
    heading = ["CMND", "CCCD", "Họ tên", "Ngày sinh", *(text for text, _ in pairs)]
    row = ["186800111", "040058006111", "Lô Văn Ín", "05/06/1958", *(day for _, day in pairs)]
    assert documents(heading, row)[0].get(Field.ISSUE_DATE) == "09/08/2021"


def test_a_name_before_a_correction_is_not_the_one_in_force():
    heading = ["TT", "Họ và tên (trước cải chính)", "Họ và tên (sau cải chính)", "Ngày sinh"]
    assert documents(heading, [1, "Lô Văn Tha", "Lô Văn Thà", "05/06/1958"])[0].get(Field.NAME) == "Lô Văn Thà"


def test_the_first_of_two_people_is_the_one_a_row_is_about():
    heading = [
        "STT",
        "Tên liệt sĩ",
        "Năm sinh",
        "Quê quán",
        "Họ tên người thờ cúng",
        "Năm sinh người thờ cúng",
        "Quan hệ",
    ]
    got = documents(heading, [1, "Lô Văn Ín", 1950, "Nga My", "Lô Văn Thái", 1960, "Em"])[0]
    assert [got.get(f) for f in (Field.NAME, Field.DOB, Field.RELATION)] == ["Lô Văn Ín", "1950", ""]


def test_of_two_people_the_one_with_a_birth_behind_his_name_is_the_rows():
    heading = ["TT", "Họ tên chủ nhà trọ", "Địa chỉ", "Họ tên người thuê", "Ngày sinh", "CCCD"]
    got = documents(heading, [1, "Vi Văn Ba", "Bản Na", "Lô Văn Ín", "05/06/1990", "040090006111"])[0]
    assert (got.get(Field.NAME), got.get(Field.N12)) == ("Lô Văn Ín", "040090006111")


def test_a_bare_sn_behind_a_parent_is_the_parents_year():
    heading = ["Họ và tên", "Ngày sinh", "Con ông", "SN", "Con bà", "SN"]
    got = documents(heading, ["Lô An", "05/06/2012", "Lô Văn Ín", 1980, "Vi Thị Ơn", 1983])[0]
    assert [got.get(f) for f in (Field.DOB, Field.FATHER_DOB, Field.MOTHER_DOB)] == ["05/06/2012", "1980", "1983"]
