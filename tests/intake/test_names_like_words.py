"""Surnames that look like a village's or a household's word without their marks never cost a person's line."""

import pytest

from fieldtool.intake.banner_words import is_banner
from fieldtool.intake.village_words import village_of_row


@pytest.mark.parametrize(
    "name", ["Lang Văn Hùng", "Tô Văn Sơn", "Bàn Văn Tư", "Lang Van Hung", "LANG THỊ HOA", "Đôi Văn Tín", "Lang Y Mái"]
)
def test_a_surname_is_no_unit_word(name):
    assert village_of_row(name) == ""


@pytest.mark.parametrize(
    ("text", "village"),
    [
        ("Làng Văn Hóa", "Làng Văn Hóa"),
        ("II. Bản Côi (4 hộ)", "Bản Côi"),
        ("Khu Tân Tiến", "Khu Tân Tiến"),
        ("XÓM LANG", "XÓM LANG"),
        ("Ban Coi", "Ban Coi"),
        ("Tổ 3", "Tổ 3"),
    ],
)
def test_a_unit_word_is_one(text, village):
    assert village_of_row(text) == village


@pytest.mark.parametrize("name", ["Hờ Bá Chống", "Hồ Bá Thành", "HỒ BÁ THÀNH"])
def test_a_surname_opens_no_household(name):
    assert not is_banner(name)


@pytest.mark.parametrize("text", ["Hộ bà Lô Thị Hoa", "Hộ: Hồ Bá Thành", "Hộ 12: Hờ Bá Chống", "ho ba Lo Thi Hoa"])
def test_a_household_is_opened(text):
    assert is_banner(text)
