"""The oddest shapes that are still lists of people."""

# ruff: noqa: E501 - tables of cells read better in one line

from __future__ import annotations

from make_books import S
from parts import HOMES, PEOPLE, add, body, number, over, when, year

LINE = [number, "name", "dob", "sex", "n12"]
HEAD = ["TT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD"]

add("corner_blank_rows_between", "", [HEAD], [], "", rows=[
    line for person_line in body(LINE) for line in (person_line, [])
], expected="name dob sex n12")  # fmt: skip

add("corner_two_people_of_one_number_column", "", [
    ["TT", "Họ và tên", "Năm sinh nam", "Năm sinh nữ", "CMND/CCCD", "Chức vụ", "Đơn vị công tác"],
], [number, "name", when("Nam", lambda p: int(p["dob"][-4:])), when("Nữ", lambda p: int(p["dob"][-4:])), "n9", "=Công an viên", "=Bản Phồng"],
    "name dob:year sex n9", same={"*": "place"})  # fmt: skip

add("corner_short_relations", "household", [
    ["TT", "Họ và tên", "NS", "QH"],
], [], "", rows=[
    [n, p["name"], p["dob"][-4:], {"Chủ hộ": "CH", "Vợ": "V", "Con": "C"}[p["relation"]]]
    for n, home in enumerate(HOMES, 1) for p in home
], expected="name dob:year", allowed="relation")  # fmt: skip

add("corner_title_in_every_cell", "", [
    ["DANH SÁCH CÔNG DÂN BẢN PHỒNG"] * 5, HEAD,
], LINE, "name dob sex n12", village="phong")  # fmt: skip

add("corner_heading_with_line_breaks", "", [
    ["Số\nTT", "Họ và\ntên", "Ngày,\ntháng,\nnăm sinh", "Giới\ntính", "Số\nđịnh danh\ncá nhân", "Dân\ntộc"],
], [*LINE, "ethnicity"], "name dob sex n12 ethnicity")  # fmt: skip

add("corner_heading_in_quotes", "", [
    ["“TT”", "“Họ và tên”", "\"Ngày sinh\"", "[Giới tính]", "Số CCCD (*)"],
], LINE, "name dob sex n12")  # fmt: skip

add("corner_stars_and_units", "", [
    ["STT (*)", "Họ và tên (in hoa có dấu) *", "Ngày sinh\n(ngày/tháng/năm)", "Giới tính *", "Số CCCD\n(12 chữ số)"],
], LINE, "name dob sex n12")  # fmt: skip

add("corner_upper_names_lower_heads", "", [
    ["stt", "họ và tên", "ngày sinh", "giới tính", "số cccd"],
], [number, lambda p, i: p["name"].upper(), *LINE[2:]], "dob sex n12", same={"*": "name"})  # fmt: skip

add("corner_year_only_mixed", "", [HEAD], [
    number, "name", lambda p, i: int(p["dob"][-4:]) if i % 3 else p["dob"], "sex", "n12",
], "name sex n12", same={"*": "dob"})  # fmt: skip

add("corner_sheet_per_village", "", [HEAD], LINE, "name dob sex n12", sheet="Bản Phồng", village="phong")  # fmt: skip

add("corner_hidden_rows", "", [HEAD], LINE, "name dob sex n12", hidden_rows=(3, 4))  # fmt: skip

add("corner_group_of_one", "", [
    ["TT", "THÔNG TIN CÔNG DÂN", "", "", "", "THÔNG TIN CHỦ HỘ", ""],
    ["", "Họ tên", "Ngày sinh", "Giới tính", "Số CCCD", "Họ tên", "Số CCCD"],
], [*LINE, lambda p, i: next(home[0]["name"] for home in HOMES if p in home), "=040000000001"],
    "name dob sex n12", merged=[over(0, 1, 4, "THÔNG TIN CÔNG DÂN"), over(0, 5, 6, "THÔNG TIN CHỦ HỘ")])  # fmt: skip

add("corner_couples", "", [
    ["DANH SÁCH ĐĂNG KÝ KẾT HÔN"],
    ["TT", "Họ và tên chồng", "Năm sinh chồng", "Họ và tên vợ", "Năm sinh vợ", "Ngày đăng ký"],
], [number, "name", year, "=Vi Thị Vợ", 1980, "=01/02/2010"], "name", same={"*": "dob spouse reg_date"})  # fmt: skip

add("corner_bold_everything", "household", [
    [S(text, bold=True) for text in ["TT", "Họ và tên", "Năm sinh", "Quan hệ với chủ hộ"]],
], [], "", rows=[
    [S(n, bold=True), S(p["name"], bold=True), S(p["dob"][-4:], bold=True), S(p["relation"], bold=True)]
    for n, p in enumerate(PEOPLE, 1)
], expected="name dob:year relation")  # fmt: skip

add("corner_spaces_in_numbers", "id", [HEAD], [
    number, "name", "dob", "sex", lambda p, i: " ".join(p["n12"][j : j + 3] for j in (0, 3, 6, 9)),
], "name dob sex", same={"*": "n12"})  # fmt: skip

add("corner_numbers_without_zero", "id", [HEAD], [
    number, "name", "dob", "sex", lambda p, i: int(p["n12"]),
], "name dob sex", same={"*": "n12"})  # fmt: skip
