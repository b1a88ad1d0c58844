"""A tab without the unit word is a village only among tabs that have it, or where all are bare names of places."""

import pytest

from fieldtool.intake.village_words import village_among

VILLAGES = ("Bản Phồng", "Xốp Nặm", "Bản Phá Lõm", "Tổng hợp", "Thôn 3")


@pytest.mark.parametrize(
    ("name", "tabs", "village"),
    [
        ("Xốp Nặm", VILLAGES, "Bản Xốp Nặm"),
        ("Tổng hợp", VILLAGES, ""),
        ("Xốp Nặm", ("Xốp Nặm", "Phồng", "Huồi Lõm"), "Bản Xốp Nặm"),
        ("Phồng", ("Tổng hợp", "Xốp Nặm", "Phồng", "Huồi Lõm"), "Bản Phồng"),
        ("Xốp Nặm", ("Xốp Nặm", "Phồng", "Phá Lõm"), ""),
        ("B.Xốp Nặm", ("B.Xốp Nặm", "B. Phồng", "B.Phá Lõm"), "Bản Xốp Nặm"),
        ("Xốp Nặm", ("Xốp Nặm", "Phá Lõm"), ""),
        ("Lô Văn An", ("Lô Văn An", "Vi Thị Bình", "Kha Văn Tư"), ""),
        ("Cận nghèo", ("Nghèo", "Cận nghèo", "Thoát nghèo"), ""),
        ("Hưu trí", ("Hưu trí", "Tử tuất", "Mất sức"), ""),
        ("Xốp Nặm", ("Bản Phồng", "Xốp Nặm", "Phồng", "Phá Lõm", "Mông"), ""),
        ("2023", ("Bản Phồng", "Bản Cành", "2023"), ""),
        ("Nam", ("Bản Phồng", "Bản Cành", "Nam"), ""),
        ("Phồng", ("Bản Cành", "Phồng"), ""),
        ("Phồng", ("Phồng", "Xốp Nặm", "Huồi Cọ"), "Bản Phồng"),
        ("Khai Sinh", ("Khai Sinh", "Khai Tử", "Kết Hôn"), ""),
        ("Nông Dân", ("Phụ Nữ", "Thanh Niên", "Nông Dân", "Năm Học"), ""),
        ("Khơ Mú", ("Khơ Mú", "Đan Lai", "Thái"), ""),
    ],
)
def test_a_bare_tab_is_a_village_among_villages(name, tabs, village):
    assert village_among(name, tabs) == village
