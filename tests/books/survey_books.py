"""Lists of surveys, registers and campaigns that were first misread: lists turned on their side, feet of pages among the
rows, dots for "as above", parents with their trade in one cell, tabs that are bare names of villages."""

# ruff: noqa: E501 - tables of cells read better in one line

from __future__ import annotations

from make_books import Book
from parts import HOMES, PEOPLE, add, body, book, number, wanted, year

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
