"""Lists from a commune's desks that were first misread: subtotals carried over a page, what is said of the head alone, a
former head beside the new one, two things behind one another in a cell."""

# ruff: noqa: E501 - tables of cells read better in one line

from __future__ import annotations

from make_books import Book
from parts import FEMALE_YEAR, MALE_YEAR, PEOPLE, add, book, number, over, wanted, when, year

LINE = [number, "name", "dob", "sex"]

add(
    "desk_voters_one_address", "", [
        ["DANH SÁCH CỬ TRI"],
        ["Khu vực bỏ phiếu số: 3"],
        ["STT", "HỌ VÀ TÊN", "NGÀY, THÁNG, NĂM SINH", "NAM", "NỮ", "DÂN TỘC", "NƠI THƯỜNG TRÚ/TẠM TRÚ", "BẦU CỬ ĐBQH"],
    ],
    [number, "name", "dob", when("Nam", lambda p: "x"), when("Nữ", lambda p: "x"), "ethnicity", "=Bản Phồng", "=x"],
    "name dob sex ethnicity", same={"place": "Bản Phồng"},
)  # fmt: skip

add(
    "desk_poor_homes_number_of_head", "household", [
        ["TT", "Họ và tên chủ hộ", "Giới tính", "Năm sinh", "", "Dân tộc", "Số khẩu", "CCCD chủ hộ", "Phân loại", ""],
        ["", "", "", "Nam", "Nữ", "", "", "", "Nghèo", "Cận nghèo"],
    ],
    [number, "name", "sex", MALE_YEAR, FEMALE_YEAR, "ethnicity", "=4", "n12", "=x", "="],
    "name sex dob:year ethnicity n12", merged=[over(0, 3, 4, "Năm sinh"), over(0, 8, 9, "Phân loại")],
)  # fmt: skip

add(
    "desk_deaths_number_of_the_dead", "", [
        ["STT", "Họ tên người chết", "Ngày sinh", "Ngày chết", "Người khai tử", "Số CCCD người khai", "Số CCCD người chết"],
    ],
    [number, "name", "dob", "=05/05/2020", "=Lô Văn Khai", "=040055001999", "n12"], "name dob n12",
)  # fmt: skip

add(
    "desk_vehicle_owners", "", [
        ["STT", "Biển số", "Chủ xe", "Năm sinh", "Số CCCD chủ xe", "Địa chỉ", "Nhãn hiệu"],
    ],
    [number, "=37B1-12345", "name", year, "n12", "=Bản Phồng", "=Honda"], "name dob:year n12", same={"place": "Bản Phồng"},
)  # fmt: skip

add(
    "desk_new_and_former_head", "household", [
        ["STT", "Họ tên chủ hộ cũ", "Họ tên chủ hộ mới", "Ngày sinh", "CCCD"],
    ],
    [number, "=Lô Văn Già", "name", "dob", "n12"], "name dob n12",
)  # fmt: skip

add(
    "desk_people_and_religion_in_one_cell", "", [
        ["TT", "Họ tên", "Ngày, tháng, năm sinh, nơi sinh", "Giới tính", "Dân tộc, tôn giáo"],
    ],
    [number, "name", lambda p, i: f"{p['dob']}, Nga My, Nghệ An", "sex", lambda p, i: f"{p['ethnicity']}{', ' if i % 2 else '/'}Không"],
    "name dob sex ethnicity", same={"religion": "Không", "birth_place": "Nga My, Nghệ An"},
)  # fmt: skip


@book
def desk_subtotals_carried_over() -> Book:
    """A subtotal at the foot of each page, carried to the head of the next."""
    heading: list[object] = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Quan hệ", "Số CCCD"]
    rows: list[list[object]] = [["SỔ HỘ TỊCH BẢN PHỒNG"], heading]
    for index, person in enumerate(PEOPLE):
        rows.append([index + 1, *(person[name] for name in ("name", "dob", "sex", "relation", "n12"))])
        if index in (3, 7):
            rows += [["", "Cộng trang:", "", "4"], ["", "Chuyển trang sau"], ["", "Mang sang"], heading]
    return Book(
        "desk_subtotals_carried_over", "household", rows, wanted("name", "dob", "sex", "relation", "n12"), strict=True
    )
