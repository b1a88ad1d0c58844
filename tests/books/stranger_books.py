"""Lists as somebody made them who had never seen how they are read: each is named after the rule that it failed by."""

from __future__ import annotations

import datetime

from make_books import SIGNED, S
from parts import PEOPLE, add, number, year

BOLD_SIGNED = [[S(cell, bold=True) if cell else "" for cell in row] for row in SIGNED]

# --- bold type and what stands below the last person

add(
    "bold_signers_are_no_heads", "household", [
        ["DANH SÁCH CỬ TRI"],
        ["TT", "Họ và tên", "Năm sinh", "Dân tộc"],
    ],
    [number, "name", year, "ethnicity"], "name dob:year ethnicity", same={"home": "none"}, below=BOLD_SIGNED,
)  # fmt: skip

add(
    "bold_heading_again_and_totals_are_no_heads", "household", [
        ["DANH SÁCH NGƯỜI CAO TUỔI"],
        [S("STT", bold=True), S("Họ và tên", bold=True), S("Năm sinh", bold=True), S("Mức trợ cấp", bold=True)],
    ],
    [], "", rows=[
        *[[n, p["name"], int(p["dob"][-4:]), "360.000"] for n, p in enumerate(PEOPLE[:6], 1)],
        ["", S("Cộng trang", bold=True), "", S("2.160.000", bold=True)],
        [S("STT", bold=True), S("Họ và tên", bold=True), S("Năm sinh", bold=True), S("Mức trợ cấp", bold=True)],
        *[[n, p["name"], int(p["dob"][-4:]), "360.000"] for n, p in enumerate(PEOPLE[6:], 7)],
    ], expected="name dob:year", same={"home": "none"},
)  # fmt: skip

# --- what cells tell against their heading

add(
    "codes_of_a_ministry_are_no_numbers", "", [
        ["STT", "Mã định danh Bộ GD&ĐT", "Họ tên", "Ngày sinh", "Giới tính", "Số CMND/CCCD"],
    ],
    [number, lambda p, i: f"40{660000000 + 7919 * i}", "name", "dob", "sex", "n12"], "name dob sex n12",
)  # fmt: skip

add(
    "crosses_say_who_is_head", "household", [
        ["DANH SÁCH NHÂN KHẨU"],
        ["TT", "Họ và tên", "Chủ hộ", "Năm sinh", "Giới tính"],
    ],
    [number, "name", lambda p, i: "x" if p["relation"] == "Chủ hộ" else "", year, "sex"],
    "name dob:year sex home", same={"*": "relation"},
)  # fmt: skip

add(
    "short_codes_of_homes_are_no_books", "household", [
        ["Mã hộ", "Họ và tên", "Quan hệ với chủ hộ", "Giới tính", "Ngày sinh"],
    ],
    [lambda p, i: f"H{int(p['home']):03}", "name", "relation", "sex", "dob"], "name relation sex dob home",
    same={"book": ""},
)  # fmt: skip

add(
    "mister_and_missis_tell_the_sex", "", [
        ["TT", "Ông/Bà", "Họ và tên", "Năm sinh", "Bản"],
    ],
    [number, lambda p, i: "Ông" if p["sex"] == "Nam" else "Bà", "name", year, "=Phồng"], "name dob:year sex",
    village="phong", same={"*": "place"},
)  # fmt: skip

add(
    "sex_in_two_languages", "", [
        ["No./STT", "Full name / Họ và tên", "Sex / Giới tính", "Date of birth / Ngày sinh"],
    ],
    [number, "name", lambda p, i: "Male/Nam" if p["sex"] == "Nam" else "Female/Nữ", "dob"], "name dob sex",
)  # fmt: skip

add(
    "sex_in_english", "", [
        ["No", "Full name", "Gender", "DOB"],
    ],
    [number, "name", lambda p, i: "Male" if p["sex"] == "Nam" else "Female", "dob"], "name dob sex",
)  # fmt: skip

# Days up to the 12th came out turned as dates, the others stayed texts.
TURNED = [
    ("03/04/1981", (1981, 3, 4)), ("25/06/1979", None), ("07/09/1970", (1970, 7, 9)), ("19/11/1988", None),
    ("11/02/1977", (1977, 11, 2)), ("28/10/1990", None), ("05/08/1996", (1996, 5, 8)), ("30/12/1972", None),
]  # fmt: skip


def _typed(index: int) -> object:
    text, typed = TURNED[index % len(TURNED)]
    return datetime.datetime(*typed) if typed else text


add(
    "few_days_turned_by_a_machine", "", [
        ["STT", "Họ và tên", "Ngày sinh", "Giới tính"],
    ],
    [], "", rows=[[i + 1, p["name"], _typed(i), p["sex"]] for i, p in enumerate(PEOPLE)], expected="name sex",
    each=[{"dob": TURNED[i % len(TURNED)][0]} for i in range(len(PEOPLE))],
)  # fmt: skip
