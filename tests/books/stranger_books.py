"""Lists as somebody made them who had never seen how they are read: each is named after the rule that it failed by."""

# ruff: noqa: E501 - tables of cells read better in one line

from __future__ import annotations

import datetime
from collections.abc import Callable

from make_books import SIGNED, S
from parts import HOMES, PEOPLE, add, number, over, when, year

NAMED = [
    {"name": name} for name in ("Hờ Bá Chống", "Hồ Bá Thành", "Lang Văn Hùng", "Tô Văn Sơn", "Bàn Văn Tư", "Vi Thị Hoa")
]
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

add(
    "three_bold_signers_are_no_heads", "household", [
        ["DANH SÁCH NHÂN DÂN DỰ HỌP"],
        ["TT", "Họ và tên", "Năm sinh", "Dân tộc"],
    ],
    [number, "name", year, "ethnicity"], "name dob:year ethnicity", same={"home": "none"},
    below=[[], ["", *(S(text, bold=True) for text in ("THƯ KÝ", "NGƯỜI KIỂM TRA", "CHỦ TRÌ"))], ["", "Lương Văn Mẫu", "Kha Văn Thử", "Vi Thị Thí"]],
)  # fmt: skip

add(
    "row_that_explains_the_columns", "", [
        ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD"],
        ["", "(viết hoa, có dấu)", "(dd/mm/yyyy)", "(Nam/Nữ)", "(12 số)"],
    ],
    [number, "name", "dob", "sex", "n12"], "name dob sex n12",
)  # fmt: skip

add(
    "village_on_a_dotted_line", "", [
        ["DANH SÁCH NHÂN KHẨU"],
        ["Bản: .....Phồng........ Xã: ....Tam Hợp...."],
        ["STT", "Họ và tên", "Ngày sinh", "Giới tính"],
    ],
    [number, "name", "dob", "sex"], "name dob sex", village="phong",
)  # fmt: skip

add(
    "numbers_that_say_the_births_beside_them", "", [
        ["STT", "Họ và tên", "Ngày sinh", "Số hiệu VNeID", "Số tài khoản"],
    ],
    [number, "name", "dob", "n12", lambda p, i: f"36009{1234567 + 7919 * i}"], "name dob n12",
)  # fmt: skip

# --- households that are marked in other ways


def _numbered(member: Callable[[int, int], object]) -> list[list[object]]:
    return [
        [home if place == 0 else member(home, place), p["name"], int(p["dob"][-4:]), p["sex"], p["n12"]]
        for home, people in enumerate(HOMES, 1)
        for place, p in enumerate(people)
    ]


for _how, _member in (
    ("points", lambda home, place: f"{home}.{place}"),
    ("letters", lambda home, place: "abcdefgh"[place - 1]),
    ("dashes", lambda home, place: "-"),
    ("nothing", lambda home, place: ""),
):
    add(
        f"members_numbered_by_{_how}_below_their_head", "household", [
            ["DANH SÁCH HỘ VÀ NHÂN KHẨU"],
            ["TT", "Họ và tên", "Năm sinh", "Giới tính", "Số CCCD"],
        ],
        [], "", rows=_numbered(_member), expected="name dob:year sex n12 home",
    )  # fmt: skip

add(
    "members_numbered_anew_below_roman_heads", "household", [
        ["DANH SÁCH HỘ VÀ NHÂN KHẨU"],
        ["TT", "Họ và tên", "Năm sinh", "Giới tính", "Số CCCD"],
    ],
    [], "", rows=[
        [("I", "II", "III", "IV", "V")[home - 1] if place == 0 else place, p["name"], int(p["dob"][-4:]), p["sex"], p["n12"]]
        for home, people in enumerate(HOMES, 1)
        for place, p in enumerate(people)
    ], expected="name dob:year sex n12 home",
)  # fmt: skip

add(
    "relations_beside_names_make_homes", "household", [
        ["Họ tên chủ hộ và nhân khẩu", "Năm sinh", "CMND"],
    ],
    [], "", rows=[[f"{p['name']} ({p['relation'].lower()})", int(p["dob"][-4:]), p["n9"]] for p in PEOPLE],
    expected="dob:year relation n9 home", same={"*": "name"},
    each=[{"relation": p["relation"].lower()} for p in PEOPLE],
)  # fmt: skip

add(
    "capitals_mark_heads", "household", [
        ["DANH SÁCH NHÂN KHẨU"],
        ["TT", "Họ và tên", "Năm sinh", "Giới tính", "Số CCCD"],
    ],
    [], "", rows=[
        [i + 1, p["name"].upper() if p["relation"] == "Chủ hộ" else p["name"], int(p["dob"][-4:]), p["sex"], p["n12"]]
        for i, p in enumerate(PEOPLE)
    ], expected="dob:year sex n12 home", same={"*": "name"},
)  # fmt: skip

add(
    "capitals_of_a_second_clerk_mark_nobody", "household", [
        ["DANH SÁCH NHÂN KHẨU"],
        ["TT", "Họ và tên", "Năm sinh", "Giới tính"],
    ],
    [], "", rows=[
        [i + 1, p["name"].upper() if i < 5 else p["name"], int(p["dob"][-4:]), p["sex"]] for i, p in enumerate(PEOPLE)
    ], expected="dob:year sex", same={"home": "none", "*": "name"},
)  # fmt: skip

add(
    "address_of_the_head_alone", "household", [
        ["Quan hệ", "Họ và tên", "Giới tính", "Ngày sinh", "Nơi thường trú"],
    ],
    ["relation", "name", "sex", "dob", lambda p, i: "Bản Phồng, xã Tam Hợp" if p["relation"] == "Chủ hộ" else ""],
    "relation name sex dob home", same={"place": "Bản Phồng, xã Tam Hợp"}, village="phong",
)  # fmt: skip

VILLAGES = ["Phồng", "Xốp Nặm", "Phá Lõm"]

add(
    "village_in_the_first_line_of_its_people", "household", [
        ["STT", "Tên bản", "Họ tên", "Ngày sinh", "Giới tính"],
    ],
    [number, lambda p, i: VILLAGES[i // 4] if i % 4 == 0 else "", "name", "dob", "sex"], "name dob sex",
    each=[{"village": ("phong", "xop-nam", "pha-lom")[i // 4]} for i in range(len(PEOPLE))], same={"*": "place"},
)  # fmt: skip

add(
    "book_number_of_a_bare_so", "household", [
        ["SỔ HỘ KHẨU"],
        ["Số: 366542602"],
        ["Họ và tên chủ hộ: Lô Văn Xiêng"],
        ["STT", "Họ và tên", "Quan hệ với chủ hộ", "Ngày sinh"],
    ],
    [], "", rows=[[i + 1, p["name"], p["relation"], p["dob"]] for i, p in enumerate(PEOPLE[:3])],
    people=PEOPLE[:3], expected="name relation dob home", same={"book": "366542602", "head": "Lô Văn Xiêng"},
)  # fmt: skip

# --- other things

add(
    "commas_behind_names", "", [
        ["Họ và tên", "Ngày sinh", "Giới tính"],
    ],
    [], "", rows=[[p["name"] + ("," if i % 3 == 0 else ""), p["dob"], p["sex"]] for i, p in enumerate(PEOPLE)],
    expected="name dob sex",
)  # fmt: skip

add(
    "example_sheet_is_nobodys", "", [
        ["STT", "Họ và tên", "Ngày sinh", "Giới tính"],
    ],
    [number, "name", "dob", "sex"], "name dob sex",
    more_sheets=[("Mẫu", [["STT", "Họ và tên", "Ngày sinh", "Giới tính"], [1, "Nguyễn Văn A", "15/02/1990", "Nam"], [2, "Trần Thị B", "16/03/1991", "Nữ"]], False)],
)  # fmt: skip

add(
    "surnames_like_units_without_a_birth", "", [
        ["STT", "Họ và tên", "Chức vụ", "Đơn vị"],
    ],
    [], "", rows=[[i + 1, p["name"], "Trưởng bản", "Bản Phồng"] for i, p in enumerate(NAMED)],
    people=NAMED, expected="name", same={"*": "place"}, village="phong",
)  # fmt: skip

# --- offices of one more stranger


def _groups(lead: bool) -> list[list[object]]:
    """Three villages below bold rows of their own, people numbered anew below each."""
    rows: list[list[object]] = []
    for index, p in enumerate(PEOPLE):
        if index % 4 == 0:
            text = S(f"Chi hội nông dân bản {VILLAGES[index // 4]} (4 hội viên)", bold=True)
            rows.append([S(("I", "II", "III")[index // 4], bold=True), text] if lead else ["", text])
        rows.append([index % 4 + 1, p["name"], *((int(p["dob"][-4:]), "")[:: 1 if p["sex"] == "Nam" else -1])])
    return rows


for _lead in (True, False):
    add(
        f"bold_groups_of_villages_are_no_heads_{'numbered' if _lead else 'bare'}", "household", [
            ["DANH SÁCH HỘI VIÊN"],
            ["TT", "Họ và tên", "Năm sinh nam", "Năm sinh nữ"],
        ],
        [], "", rows=_groups(_lead), expected="name dob:year sex", same={"home": "none", "*": "place"},
        each=[{"village": ("phong", "xop-nam", "pha-lom")[i // 4]} for i in range(len(PEOPLE))],
    )  # fmt: skip

add(
    "parents_with_year_and_work_in_lines_below", "", [
        ["TT", "Họ và tên", "Ngày sinh", "Số CCCD", "Họ tên cha, năm sinh, nghề nghiệp", "Họ tên mẹ, năm sinh, nghề nghiệp"],
    ],
    [number, "name", "dob", "n12", lambda p, i: f"{p['father']}\n{p['father_dob']}\nLàm ruộng", lambda p, i: f"{p['mother']}\nSN {p['mother_dob']}"],
    "name dob n12 father father_dob mother mother_dob",
)  # fmt: skip

add(
    "birth_of_boys_and_of_girls", "birth", [
        ["SỔ TIÊM CHỦNG TRẺ EM"],
        ["STT", "Họ tên trẻ", "Ngày sinh", "", "Họ tên mẹ"],
        ["", "", "Trai", "Gái", ""],
    ],
    [number, "name", when("Nam", lambda p: p["dob"]), when("Nữ", lambda p: p["dob"]), "mother"], "name dob sex mother",
    merged=[over(1, 2, 3, "Ngày sinh")],
)  # fmt: skip

add(
    "heirs_relation_and_due_day_are_not_the_borrowers", "", [
        ["TT", "Họ tên người vay", "Số CCCD", "Người thừa kế", "", "Số tiền vay", "Ngày đến hạn"],
        ["", "", "", "Họ tên", "Quan hệ", "", ""],
    ],
    [number, "name", "n12", "mother", "=Vợ/chồng", "=50000000", "=20/12/2026"], "name n12",
    merged=[over(0, 3, 4, "Người thừa kế")],
)  # fmt: skip

add(
    "comrades", "", [
        ["TT", "Họ và tên", "Ngày sinh", "Giới tính"],
    ],
    [], "", rows=[[i + 1, f"Đ/c {p['name']}" if i % 3 == 0 else p["name"], p["dob"], p["sex"]] for i, p in enumerate(PEOPLE)],
    expected="name dob sex",
)  # fmt: skip

for _what, _texts in (("offices", ("ĐẢNG ỦY", "HĐND", "MTTQ")), ("peoples", ("Nhóm Thái", "Nhóm Mông", "Nhóm Khơ Mú"))):
    _parted = [(i, p, opens) for i, p in enumerate(PEOPLE) for opens in ((True, False) if i % 4 == 0 else (False,))]
    add(
        f"bold_groups_of_{_what}_are_no_heads", "household", [
            ["TT", "Họ và tên", "Năm sinh", "Dân tộc"],
        ],
        [], "", rows=[
            ["", S(_texts[i // 4], bold=True)] if opens else [i % 4 + 1, p["name"], int(p["dob"][-4:]), p["ethnicity"]]
            for i, p, opens in _parted
        ], expected="name dob:year ethnicity", same={"home": "none"}, people=[p for _, p, _ in _parted],
        each=[{"fate": "name_only"} if opens else {} for _, _, opens in _parted],
    )  # fmt: skip

add(
    "bold_leaders_are_no_heads", "household", [
        ["DANH SÁCH DÂN QUÂN"],
        ["TT", "Họ và tên", "Ngày sinh", "Chức vụ", "Số CCCD"],
    ],
    [], "", rows=[
        [i + 1, S(p["name"], bold=i % 4 == 0), p["dob"], "Trung đội trưởng" if i % 4 == 0 else "Chiến sĩ", p["n12"]]
        for i, p in enumerate(PEOPLE)
    ], expected="name dob n12", same={"home": "none"},
)  # fmt: skip

add(
    "members_of_a_group_are_no_village", "household", [
        ["TT", "Họ và tên", "Ngày sinh", "Nhiệm vụ"],
    ],
    [number, "name", "dob", lambda p, i: "Tổ trưởng" if i == 0 else "Tổ viên"], "name dob",
)  # fmt: skip

add(
    "number_of_who_fetches_the_money_is_his", "household", [
        ["TT", "Họ tên chủ hộ", "CCCD chủ hộ", "Người nhận tiền", "CCCD", "Quan hệ", "Số tiền"],
    ],
    [number, "name", "n12", "mother", lambda p, i: f"040148{p['n12'][:5:-1]}", "=Vợ", "=1500000"], "name n12",
    same={"*": "head"},
)  # fmt: skip

add(
    "heads_listed_last_live_with_their_own", "household", [
        ["Mã hộ", "Họ tên", "Năm sinh", "Quan hệ với chủ hộ"],
    ],
    [], "", rows=[[f"LM{int(p['home']):03}", p["name"], int(p["dob"][-4:]), p["relation"]] for home in HOMES for p in reversed(home)],
    people=[p for home in HOMES for p in reversed(home)], expected="name dob:year relation home",
)  # fmt: skip

for _whose, _takes in (("the_husband", False), ("the_wife_herself", True)):
    add(
        f"number_behind_a_husbands_year_of_{_whose}", "", [
            ["TT", "Họ và tên", "Năm sinh", "Họ tên chồng", "Năm sinh", "Số CCCD"],
        ],
        [
            number, "name", year, "father", lambda p, i: int(p["dob"][-4:]) - 4,
            "n12" if _takes else lambda p, i: f"0400{(int(p['dob'][-4:]) - 4) % 100:02}{p['n12'][6:]}" if int(p["dob"][-4:]) < 2004 else "",
        ], "name dob:year n12" if _takes else "name dob:year", same={"*": "spouse"},
    )  # fmt: skip
