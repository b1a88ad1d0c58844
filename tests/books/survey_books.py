"""Lists of surveys, registers and campaigns that were first misread: lists turned on their side, feet of pages among the
rows, dots for "as above", parents with their trade in one cell, tabs that are bare names of villages."""

# ruff: noqa: E501 - tables of cells read better in one line

from __future__ import annotations

from make_books import Book, S
from parts import HOMES, PEOPLE, add, body, book, number, over, wanted, year

LINE = [number, "name", "dob", "sex", "n12"]
HEAD: list[object] = ["TT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD"]


@book
def survey_people_in_columns() -> Book:
    """A household's form: labels down the page, one member in each column."""
    people = PEOPLE[:5]
    labels = {
        "Họ và tên": "name",
        "Ngày sinh": "dob",
        "Giới tính": "sex",
        "Dân tộc": "ethnicity",
        "Số CCCD": "n12",
        "Quan hệ với chủ hộ": "relation",
    }
    rows: list[list[object]] = [["PHIẾU THU THẬP"], ["Thông tin", *(f"Người {n}" for n in range(1, 6))]]
    rows += [[label, *(person[field] for person in people)] for label, field in labels.items()]
    told = [{field: person[field] for field in labels.values()} for person in people]
    return Book("survey_people_in_columns", "household", rows, told, strict=True)


@book
def survey_feet_of_pages() -> Book:
    """ "Trang 1/3" below each page, in the middle of the width; the office and the heading again above the next."""
    rows: list[list[object]] = []
    for index, line in enumerate(body([number, "name", "dob", "sex", "=Bản Phồng", "n9"])):
        if index % 4 == 0:
            rows += [
                ["CÔNG AN HUYỆN TƯƠNG DƯƠNG", "", "", "", "Trang", index // 4 + 1],
                ["DANH SÁCH NHÂN KHẨU XÃ TAM HỢP"],
                ["STT", "Họ tên", "Ngày sinh", "Giới tính", "HKTT", "Số CMND"],
            ]
        rows.append(line)
        if index % 4 == 3:
            rows.append(["", "", f"Trang {index // 4 + 1}/3"])
    return Book("survey_feet_of_pages", "", rows, wanted("name", "dob", "sex", "n9", place="Bản Phồng"), strict=True)


@book
def survey_dots_as_above() -> Book:
    """Dots below a people, a religion, a home country: as above."""
    rows: list[list[object]] = [["TT", "Họ và tên", "Ngày sinh", "Dân tộc", "Tôn giáo", "Quê quán", "Số CCCD"]]
    people = ""
    for index, person in enumerate(PEOPLE):
        same = person["ethnicity"] == people
        people = person["ethnicity"]
        rest = ["…", "..."] if index else ["Không", "Tam Hợp"]
        rows.append([index + 1, person["name"], person["dob"], "…" if same else people, *rest, person["n12"]])
    told = wanted("name", "dob", "ethnicity", "n12", religion="Không", origin="Tam Hợp")
    return Book("survey_dots_as_above", "", rows, told, strict=True)


@book
def survey_tabs_of_bare_villages() -> Book:
    """A sheet for each village, each tab its bare name."""
    villages = {"Phồng": "phong", "Văng Môn": "mon", "Huồi Sơn": "son", "Xốp Nặm": "nam"}
    sheets = [(name, [HEAD, *body(LINE, home)], False) for name, home in zip(villages, HOMES, strict=True)]
    told = [
        {**{field: person[field] for field in ("name", "dob", "sex", "n12")}, "village": village}
        for village, home in zip(villages.values(), HOMES, strict=True)
        for person in home
    ]
    return Book(
        "survey_tabs_of_bare_villages", "", sheets[0][1], told, sheet="Phồng", more_sheets=sheets[1:], strict=True
    )


add("survey_parents_with_trade", "", [
    ["DANH SÁCH CÔNG DÂN TRONG ĐỘ TUỔI GỌI NHẬP NGŨ"],
    ["TT", "Họ và tên", "Ngày sinh", "CCCD", "Họ tên cha, năm sinh, nghề nghiệp", "Họ tên mẹ, năm sinh, nghề nghiệp"],
], [
    number, "name", "dob", "n12", lambda p, i: f"{p['father']}, {p['father_dob']}, làm ruộng",
    lambda p, i: f"{p['mother']} ({p['mother_dob']}) nội trợ",
], "name dob n12 father mother father_dob mother_dob")  # fmt: skip

add("survey_english_of_member", "", [
    ["_index", "full_name_of_member", "sex_of_member", "date_of_birth", "ethnic_group", "citizen_id_number"],
], [number, "name", "sex", "dob", "ethnicity", "n12"], "name sex dob ethnicity n12")  # fmt: skip

add("survey_lodgers_broken_headings", "", [
    ["Số TT", "Họ và tên", "Ngày sinh", "Nơi thường trú", "Nơi đăng ký\ntạm trú", "Thời hạn\ntạm trú"],
], [number, "name", "dob", "=Xã Nga My", "=Bản Phồng", "=31/12/2025"], "name dob", same={"place": "Xã Nga My"})  # fmt: skip

add("survey_who_handed_in", "", [
    ["STT", "Người giao nộp", "Năm sinh", "Nơi cư trú", "Loại súng", "Số lượng"],
], [number, "name", year, "=Bản Phồng", "=Súng kíp", 1], "name dob:year", same={"place": "Bản Phồng"})  # fmt: skip

add("survey_name_pair_short_list", "", [
    ["STT", "Tổ", "Họ tên", "", "N/sinh", "Số cũ (9 số)", "Số mới (12 số)", "Lý do"],
], [
    number, "=1", lambda p, i: p["name"].rpartition(" ")[0], lambda p, i: p["name"].rpartition(" ")[2], "dob", "n9", "n12", "=Mất",
], "name dob n9 n12", merged=[over(0, 2, 3, "Họ tên")])  # fmt: skip

add("survey_questions_as_headings", "", [
    ["1. Họ và tên của bạn là gì?", "2. Ngày tháng năm sinh", "3. Giới tính", "4. Số CCCD/CMND", "5. Bạn thuộc dân tộc nào?"],
], ["name", "dob", "sex", "n12", "ethnicity"], "name dob sex n12 ethnicity")  # fmt: skip

add("survey_relation_with_disabled", "", [
    ["STT", "Họ tên NKT", "Năm sinh", "Họ tên người nuôi dưỡng", "Năm sinh", "Quan hệ với NKT", "Bản"],
], [number, "name", year, "=Lô Văn Nuôi", 1970, "=Bố", "=Phồng"], "name dob:year", same={"place": "Phồng"}, village="phong")  # fmt: skip

add("survey_has_card_write_number", "", [
    ["STT", "HỌ VÀ TÊN", "SINH NĂM", "DÂN TỘC", "CHỖ Ở", "ĐÃ CÓ CCCD (ghi số)", "CHƯA CÓ (X)"],
], [number, "name", year, "ethnicity", "=Bản Phồng", "n12", "="], "name dob:year ethnicity n12", same={"place": "Bản Phồng"})  # fmt: skip


def _coded(name: str, heading: str, man: int, woman: int, told: dict[str, str]) -> None:
    """A list whose sexes are figures; `told` is what must be read of a man and of a woman."""

    def make() -> Book:
        lines = body([number, "name", "dob", lambda p, i: man if p["sex"] == "Nam" else woman, "n12"])
        want = [{**row, "sex": told[row["sex"]]} for row in wanted("name", "dob", "sex", "n12")]
        return Book(name, "", [["STT", "Họ và tên", "Ngày sinh", heading, "CCCD"], *lines], want, strict=True)

    make.__name__ = name
    book(make)


_coded("survey_sex_one_and_zero", "Giới tính (1-Nam, 0-Nữ)", 1, 0, {"Nam": "Nam", "Nữ": "Nữ"})
_coded("survey_sex_zero_is_male", "Giới tính (0: Nam; 1: Nữ)", 0, 1, {"Nam": "Nam", "Nữ": "Nữ"})


@book
def survey_side_by_side_in_another_order() -> Book:
    """Two lists side by side, the same headings in another order, no running number."""
    rows: list[list[object]] = [["Họ tên", "Năm sinh", "CCCD", "", "Họ tên", "CCCD", "Năm sinh"]]
    half = (len(PEOPLE) + 1) // 2
    for index in range(half):
        line: list[object] = []
        for place, fields in ((index, ("name", "dob", "n12")), (index + half, ("name", "n12", "dob"))):
            person = PEOPLE[place] if place < len(PEOPLE) else dict.fromkeys(fields, "")
            line += [*(person[field][-4:] if field == "dob" else person[field] for field in fields), ""]
        rows.append(line)
    return Book("survey_side_by_side_in_another_order", "", rows, wanted("name", "dob:year", "n12"), strict=True)


add("survey_customers", "", [
    ["STT", "Mã KH", "Tên khách hàng", "Địa chỉ", "Số CMND/CCCD", "Ngày sinh", "Chỉ số cũ", "Chỉ số mới"],
], [number, "=K01", "name", "=Bản Phồng", "n12", "dob", 100, 120], "name n12 dob", same={"place": "Bản Phồng", "*": "key"})  # fmt: skip

add("survey_issued_on_at", "", [
    ["TT", "Họ và tên", "Năm sinh", "CMND số", "Cấp ngày", "Tại", "Trú quán", "Vào ngày"],
], [number, "name", year, "n9", "issue_date", "=CA Nghệ An", "=Bản Phồng", "=01/02/2024"],
    "name dob:year n9 issue_date", same={"issue_place": "CA Nghệ An", "place": "Bản Phồng"})  # fmt: skip


@book
def survey_rules_and_remarks_between() -> Book:
    """Lines of dashes below the heading and between people, and remarks in brackets below some of them."""
    rows: list[list[object]] = [HEAD, ["---"] * 5]
    for index, line in enumerate(body(LINE)):
        rows.append(line)
        if index % 3 == 1:
            rows.append(["", "(đã xác minh ngày 02/03/2024)"])
        if index % 4 == 2:
            rows += [["-----------"], ["*", "*", "*"]]
    told = wanted("name", "dob", "sex", "n12")
    return Book("survey_rules_and_remarks_between", "", rows, told, strict=True)


add("survey_name_in_three_below_one", "household", [
    ["TT", "Họ và tên", "", "", "Sinh", "Q.hệ chủ hộ", "Số CMND hoặc CCCD"],
    ["", "Họ", "Đệm", "Tên"],
], [
    number, lambda p, i: p["name"].split()[0], lambda p, i: " ".join(p["name"].split()[1:-1]),
    lambda p, i: p["name"].split()[-1], "dob", "relation", "n12",
], "name dob relation n12", merged=[over(0, 1, 3, "Họ và tên")])  # fmt: skip

add("survey_married_where_living", "", [
    ["TT", "Họ và tên", "Ngày sinh", "Họ tên vợ (chồng) hiện nay", "Ngày ĐKKH", "Họ tên cha đẻ", "Họ tên mẹ đẻ", "Nơi sinh sống"],
], [number, "name", "dob", "=Vi Thị Hoa", "=01/02/2000", "father", "mother", "=Bản Phồng"],
    "name dob father mother", same={"spouse": "Vi Thị Hoa", "place": "Bản Phồng"})  # fmt: skip

add("survey_certified_copies", "birth", [
    ["STT", "Ngày cấp bản sao", "Họ tên người yêu cầu", "Họ tên người được cấp", "Ngày sinh", "Số/Quyển số", "Ngày đăng ký khai sinh"],
], [number, "=01/02/2025", "=Lô Văn Thành", "name", "dob", "=21/2009", "reg_date"],
    "name dob reg_date", same={"reg_no": "21/2009"})  # fmt: skip

add("survey_registered_before_staying", "", [
    ["TT", "Họ và tên", "Ngày sinh", "Nơi ở hiện nay\n(Thôn, xã, huyện)", "Nơi đăng ký HKTT\n(Thôn, xã, huyện)", "Số CMND\n(CCCD)"],
], [number, "name", "dob", "=Huồi, Tam Hợp", "=Phồng, Tam Hợp", "n12"], "name dob n12", same={"place": "Phồng, Tam Hợp"})  # fmt: skip

add("survey_former_district_alone", "", [
    ["STT", "Họ và tên", "Ngày sinh", "Số CCCD", "Nơi thường trú"],
], [number, "name", "dob", "n12", "=Diễn Châu"], "name dob n12", same={"place": "Diễn Châu", "village": "none"})  # fmt: skip


@book
def survey_unicode_in_old_fonts() -> Book:
    """Typed in Unicode while the cells still name an old font: nothing may be decoded."""
    rows: list[list[object]] = [["STT", "Họ và tên", "Ngày sinh", "Dân tộc", "Nơi ở"]]
    for index, person in enumerate(PEOPLE):
        people = S(person["ethnicity"], font=".VnArial")
        rows.append(
            [index + 1, S(person["name"], font=".VnTime"), person["dob"], people, S("Bản Phồng", font=".VnTime")]
        )
    told = wanted("name", "dob", "ethnicity", place="Bản Phồng")
    return Book("survey_unicode_in_old_fonts", "", rows, told, strict=True)


add("survey_before_and_after_merging", "", [
    ["STT", "Họ và tên", "Ngày sinh", "Nơi thường trú (trước 01/7/2025)", "Nơi thường trú (sau 01/7/2025)", "Số CC"],
], [number, "name", "dob", "=Bản Phồng, xã Tam Hợp, huyện Tương Dương", "=Bản Phồng, xã Tam Quang, tỉnh Nghệ An", "n12"],
    "name dob n12", same={"place": "Bản Phồng, xã Tam Quang, tỉnh Nghệ An"})  # fmt: skip

add("survey_voter_is_the_name", "", [
    ["TT", "Cử tri", "Ngày, tháng, năm", "Nam/nữ", "Nơi ở (bản)"],
], [number, "name", "dob", "sex", "=Phồng"], "name dob sex", same={"place": "Phồng"}, village="phong")  # fmt: skip

add("survey_parents_line_before_pupil", "", [
    ["STT", "Họ tên phụ huynh", "Năm sinh", "Số CCCD", "Họ tên học sinh", "Ngày sinh", "Giới tính", "Mã định danh", "Lớp"],
], [number, "=Lô Văn Thành", 1970, "=040070001111", "name", "dob", "sex", "n12", "=3A"], "name dob sex n12")  # fmt: skip

add("survey_stands_at", "", [
    ["TT", "Họ tên", "NS", "Quê", "Nơi sinh", "Nơi ĐKKS", "Trú tại", "Tạm trú tại"],
], [number, "name", "dob", "=Con Cuông", "=TYT Nga My", "=UBND Nga My", "=Bản Phồng", "=Vinh"], "name dob", same={
    "origin": "Con Cuông", "birth_place": "TYT Nga My", "reg_place": "UBND Nga My", "place": "Bản Phồng",
})  # fmt: skip

add("survey_marriage_certificate", "", [
    ["STT", "Họ tên", "Ngày sinh", "Số giấy ĐKKH", "Ngày đăng ký kết hôn", "Nơi đăng ký", "Họ tên vợ/chồng", "Số CCCD"],
], [number, "name", "dob", "=12/2000", "=01/02/2000", "=UBND Tam Hợp", "=Vi Thị Hoa", "n12"],
    "name dob n12", same={"spouse": "Vi Thị Hoa"})  # fmt: skip

add("survey_registered_in_words", "", [
    ["Lớp", "GVCN", "TT", "Họ và tên", "Ngày sinh", "Dân tộc", "Hộ khẩu"],
], ["=1A", "=Cô Lan", number, "name", "dob", "ethnicity", "=Phồng"], "name dob ethnicity", same={"place": "Phồng"})  # fmt: skip

add("survey_registered_cut_short", "", [
    ["STT", "HỌ VÀ TÊN", "SINH NGÀY", "NƠI ĐKNKTT", "CCCD"],
], [number, "name", "dob", "=Bản Phồng", "n12"], "name dob n12", same={"place": "Bản Phồng"})  # fmt: skip
