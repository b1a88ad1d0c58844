"""Lists as somebody made them who had never seen how they are read: each is named after the rule that it failed by."""

from __future__ import annotations

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
