"""Lists as single clerks type them: their own words, order, splits, marks, fonts and files."""

# ruff: noqa: E501 - tables of cells read better in one line

from __future__ import annotations

from make_books import S, legacy
from parts import FEMALE_YEAR, HOMES, MALE_YEAR, OFFICE, PEOPLE, add, body, number, over, when, year

HOME_NO = lambda p, i: next(n for n, home in enumerate(HOMES, 1) if p in home)  # noqa: E731
HEAD = lambda p, i: next(home[0]["name"] for home in HOMES if p in home)  # noqa: E731
LINE = [number, "name", "dob", "sex", "n12"]

add(
    "clerk_full_words", "", [
        ["Số thứ tự", "Họ, tên đệm và tên", "Ngày, tháng, năm sinh (dương lịch)", "Giới tính (nam, nữ)", "Số căn cước công dân hoặc số định danh cá nhân", "Nơi đăng ký thường trú hiện nay"],
    ],
    [*LINE, "=Bản Phồng"], "name dob sex n12", same={"place": "Bản Phồng"},
)  # fmt: skip

add(
    "clerk_no_marks_at_all", "household", [
        ["DANH SACH NHAN KHAU THUONG TRU BAN PHONG"],
        ["stt", "ho va ten", "ngay thang nam sinh", "gioi tinh", "so cccd", "qh voi chu ho", "dan toc"],
    ],
    [*LINE, "relation", "ethnicity"], "name dob sex n12 relation ethnicity", same={"*": "head"}, village="phong",
)  # fmt: skip

add(
    "clerk_day_month_then_year", "", [
        ["TT", "Họ và tên", "Ngày, tháng", "Năm sinh", "Phái", "Số CC"],
    ],
    [number, "name", lambda p, i: p["dob"][:5], year, "sex", "n12"], "name dob sex n12",
)  # fmt: skip

add(
    "clerk_three_bare_columns", "", [
        ["TT", "Họ tên", "Ngày", "Tháng", "Năm", "Giới tính", "Số ĐDCN"],
    ],
    [number, "name", lambda p, i: int(p["dob"][:2]), lambda p, i: int(p["dob"][3:5]), year, "sex", "n12"],
    "name dob sex n12",
)  # fmt: skip

add(
    "clerk_short_years", "", [
        ["TT", "Họ tên", "Ngày sinh", "Giới tính"],
    ],
    [number, "name", lambda p, i: p["dob"][:6] + p["dob"][8:], "sex"], "name sex", same={"*": "dob"},
)  # fmt: skip

add(
    "clerk_dots_in_dates_and_numbers", "", [
        ["TT", "Họ tên", "Ngày sinh", "Số CCCD"],
    ],
    [number, "name", lambda p, i: p["dob"].replace("/", "."), lambda p, i: ".".join(p["n12"][j : j + 3] for j in (0, 3, 6, 9))],
    "name", same={"*": "dob n12"},
)  # fmt: skip

add(
    "clerk_head_column_first_line_only", "household", [
        ["SỔ HỘ KHẨU BẢN PHỒNG"],
        ["TT hộ", "Họ tên chủ hộ", "Họ tên thành viên", "Năm sinh", "Quan hệ", "Ghi chú"],
    ],
    [], "", rows=[
        [n if p is home[0] else "", home[0]["name"] if p is home[0] else "", "" if p is home[0] else p["name"], p["dob"][-4:], p["relation"], ""]
        for n, home in enumerate(HOMES, 1)
        for p in home
    ], expected="name dob:year relation", village="phong",
)  # fmt: skip

add(
    "clerk_dashes_for_members", "household", [
        ["DANH SÁCH HỘ GIA ĐÌNH"],
        ["TT", "Họ và tên", "Năm sinh", "Quan hệ với chủ hộ"],
    ],
    [], "", rows=[
        [n if p is home[0] else "-", p["name"], p["dob"][-4:], p["relation"]] for n, home in enumerate(HOMES, 1) for p in home
    ], expected="name dob:year relation",
)  # fmt: skip

add(
    "clerk_male_column_only", "", [
        ["TT", "Họ và tên", "Nam", "Năm sinh", "Dân tộc"],
    ],
    [number, "name", when("Nam", lambda p: "x"), year, "ethnicity"], "name dob:year ethnicity", same={"*": "sex"},
)  # fmt: skip

add(
    "clerk_years_before_names", "", [
        ["Năm sinh", "", "TT", "Tên nhân khẩu", "D/tộc", "Nơi ở"],
        ["Nam", "Nữ", "", "", "", ""],
    ],
    [MALE_YEAR, FEMALE_YEAR, number, "name", "ethnicity", "=Bản Phồng"], "name dob:year sex ethnicity",
    same={"place": "Bản Phồng"}, merged=[over(0, 0, 1, "Năm sinh")],
)  # fmt: skip

add(
    "clerk_address_in_parts", "", [
        ["STT", "Họ và tên", "Ngày sinh", "Nơi thường trú", "", "", "Số CCCD"],
        ["", "", "", "Bản", "Xã", "Huyện", ""],
    ],
    [number, "name", "dob", "=Phồng", "=Tam Hợp", "=Tương Dương", "n12"], "name dob n12",
    same={"place": "Phồng, Tam Hợp, Tương Dương"}, village="phong", merged=[over(0, 3, 5, "Nơi thường trú")],
)  # fmt: skip

add(
    "clerk_parents_in_one_group", "birth", [
        ["SỔ ĐĂNG KÝ KHAI SINH NĂM 2008"],
        ["Số", "Ngày đăng ký", "Người được khai sinh", "", "", "Cha", "", "Mẹ", ""],
        ["", "", "Họ tên", "Ngày sinh", "Giới", "Họ tên", "Năm sinh", "Họ tên", "Năm sinh"],
    ],
    ["reg_no", "reg_date", "name", "dob", "sex", "father", "father_dob", "mother", "mother_dob"],
    "reg_no reg_date name dob sex father father_dob mother mother_dob",
    merged=[over(1, 2, 4, "Người được khai sinh"), over(1, 5, 6, "Cha"), over(1, 7, 8, "Mẹ")],
)  # fmt: skip

add(
    "clerk_parents_joined", "birth", [
        ["DANH SÁCH TRẺ EM DƯỚI 6 TUỔI"],
        ["TT", "Họ và tên trẻ em", "Ngày tháng năm sinh", "Giới tính", "Họ và tên bố (hoặc người nuôi dưỡng)", "Họ và tên mẹ (nếu có)", "Số khai sinh"],
    ],
    [number, "name", "dob", "sex", "father", "mother", "reg_no"], "name dob sex father mother reg_no",
)  # fmt: skip

add(
    "clerk_tcvn_names_only", "", [
        ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc"],
    ],
    [number, lambda p, i: legacy(p["name"], "TCVN3"), "dob", "sex", "ethnicity"], "name dob sex ethnicity",
)  # fmt: skip

add(
    "clerk_vni_place_only", "", [
        ["STT", "Họ và tên", "Ngày sinh", "Nơi thường trú"],
    ],
    [number, "name", "dob", lambda p, i: legacy("Bản Phồng, xã Tam Hợp, huyện Tương Dương", "VNI")], "name dob",
    same={"place": "Bản Phồng, xã Tam Hợp, huyện Tương Dương"}, village="phong",
)  # fmt: skip

add(
    "clerk_tcvn_capital_font_names", "", [
        ["STT", "Họ và tên", "Ngày sinh", "Số CCCD"],
    ],
    [number, lambda p, i: S(legacy(p["name"].lower(), "TCVN3"), font=".VnTimeH"), "dob", "n12"], "dob n12", same={"*": "name"},
)  # fmt: skip

add(
    "clerk_tab_separated", "", [["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD"]], LINE, "name dob sex n12",
    format="csv", separator="\t", encoding="utf-16",
)  # fmt: skip

add(
    "clerk_old_code_page", "", [["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD"]], LINE, "name dob sex n12",
    format="csv", separator=";", encoding="utf-8",
)  # fmt: skip

add(
    "clerk_numbers_of_columns_above", "", [
        ["(1)", "(2)", "(3)", "(4)", "(5)"], ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD"],
    ],
    LINE, "name dob sex n12",
)  # fmt: skip

add(
    "clerk_heading_twelve_rows_down", "", [
        *OFFICE, ["BÁO CÁO"], ["Kính gửi: Phòng PC06 Công an tỉnh"], ["Thực hiện Kế hoạch số 123/KH-CAT ngày 01/02/2023,"],
        ["Công an xã báo cáo danh sách như sau:"], [], ["A. SỐ LIỆU CHUNG", "", "Tổng số hộ: 4", "", "Tổng số khẩu: 11"], [],
        ["B. DANH SÁCH CỤ THỂ"], ["TT", "Họ tên", "Sinh ngày", "GT", "CCCD số"],
    ],
    LINE, "name dob sex n12",
)  # fmt: skip

add(
    "clerk_family_counts_beside", "household", [
        ["TT", "Họ và tên chủ hộ", "Số nhân khẩu", "", "", "Năm sinh chủ hộ", "Dân tộc", "Bản"],
        ["", "", "Tổng", "Nam", "Nữ", "", "", ""],
    ],
    [number, "name", 5, 3, 2, year, "ethnicity", "=Phồng"], "name ethnicity", same={"place": "Phồng", "*": "dob"}, village="phong",
    merged=[over(0, 2, 4, "Số nhân khẩu")],
)  # fmt: skip

add(
    "clerk_titles_before_names", "", [
        ["TT", "Ông/Bà", "Họ và tên", "Năm sinh", "Địa chỉ"],
    ],
    [number, lambda p, i: "Ông" if p["sex"] == "Nam" else "Bà", "name", year, "=Bản Phồng"], "name dob:year",
    same={"place": "Bản Phồng", "*": "sex"},
)  # fmt: skip

add(
    "clerk_summary_above_table", "", [
        ["Bản:", "Phồng", "", "Xã:", "Tam Hợp"], ["Trưởng bản:", "Lô Văn Trưởng", "", "SĐT:", "0911222333"],
        ["TT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD"],
    ],
    LINE, "name dob sex n12",
)  # fmt: skip

add(
    "clerk_other_names_beside", "", [
        ["TT", "Họ và tên (khai sinh)", "Tên thường gọi", "Ngày sinh (KS)", "Nam/Nữ", "Số CCCD/CMND", "Quê quán", "Tôn giáo"],
    ],
    [number, "name", "=A Sùng", "dob", "sex", "n12", "=Tam Hợp", "=Không"], "name dob sex n12",
    same={"other_name": "A Sùng", "origin": "Tam Hợp", "*": "religion"},
)  # fmt: skip

add(
    "clerk_cards_issued_group", "id", [
        ["STT", "HỌ VÀ TÊN", "NGÀY SINH", "SỐ CMND 9 SỐ", "", "SỐ CCCD 12 SỐ", ""],
        ["", "", "", "Số", "Ngày cấp", "Số", "Ngày cấp"],
    ],
    [number, "name", "dob", "n9", "=01/02/2005", "n12", "issue_date"], "name dob n9 n12", same={"*": "issue_date"},
    merged=[over(0, 3, 4, "SỐ CMND 9 SỐ"), over(0, 5, 6, "SỐ CCCD 12 SỐ")],
)  # fmt: skip

add(
    "clerk_sign_offs_between_villages", "", [
        ["DANH SÁCH NHÂN KHẨU"], ["TT", "Họ và tên", "Ngày sinh", "Số CCCD"],
    ],
    [], "", rows=[
        ["* Bản Phồng"], *body([number, "name", "dob", "n12"], PEOPLE[:4]), ["", "Cộng: 04 người"], [],
        ["* Bản Xốp Nặm"], *body([number, "name", "dob", "n12"], PEOPLE[4:]), ["", "Cộng: 07 người"],
    ], expected="name dob n12",
)  # fmt: skip

add(
    "clerk_prisoners_of_layout", "", [
        ["", "", "", "", ""], ["", "STT", "Họ tên", "", "NTNS", "GT", "", "Số CCCD"],
    ],
    ["", number, "name", "", "dob", "sex", "", "n12"], "name dob sex n12",
)  # fmt: skip

add(
    "clerk_home_code_and_head", "household", [
        ["Mã hộ", "Tên chủ hộ", "TT khẩu", "Tên khẩu", "Mối q.hệ", "Ngày/tháng/năm sinh", "Giới", "Dân tộc"],
    ],
    [lambda p, i: f"TH{HOME_NO(p, i):04d}", HEAD, number, "name", "relation", "dob", "sex", "ethnicity"],
    "name relation dob sex ethnicity",
)  # fmt: skip

add(
    "clerk_words_for_none", "", [
        ["TT", "Họ và tên", "Ngày sinh", "Số CCCD", "Số CMND"],
    ],
    [number, "name", "dob", "n12", "=không có"], "name dob n12",
)  # fmt: skip

add(
    "clerk_english_form", "", [
        ["No.", "Full name", "DOB (dd/mm/yyyy)", "Sex (M/F)", "ID number", "Ethnicity", "Village"],
    ],
    [number, "name", "dob", lambda p, i: "M" if p["sex"] == "Nam" else "F", "n12", "ethnicity", "=Phồng"], "name dob n12 ethnicity",
    same={"place": "Phồng", "*": "sex"}, village="phong",
)  # fmt: skip
