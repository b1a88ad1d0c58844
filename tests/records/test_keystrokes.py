"""Keys left by an input method that was off, and the words that only look like it."""

from __future__ import annotations

import pytest

from fieldtool.records.keystrokes import EXEMPT, decode_telex, decode_vni, meant
from fieldtool.records.syllables import is_syllable


@pytest.mark.parametrize(
    ("typed", "word"),
    [("Nguyeenx", "Nguyễn"), ("Nguyeexn", "Nguyễn"), ("VAWN", "VĂN"), ("Loo", "Lô"), ("Ddinh", "Đinh"),
     ("Dduwcs", "Đức"), ("Tranaf", "Trần"), ("Huowng", "Hương"), ("Huwowng", "Hương"), ("Phuowngj", "Phượng"),
     ("Quys", "Quý"), ("Khoer", "Khỏe"), ("Mooong", "Moong"), ("Ddooocj", "Đoọc"), ("Xoongf", "Xồng"),
     ("thanhf", "thành"), ("Vănf", "Vằn")],
)  # fmt: skip
def test_telex(typed: str, word: str) -> None:
    assert decode_telex(typed) == word == meant(typed)


@pytest.mark.parametrize(
    ("typed", "word"),
    [("Nguye64n", "Nguyễn"), ("Nguyen64", "Nguyễn"), ("Va8n", "Văn"), ("D9u71c", "Đức"), ("Truong7", "Trương"),
     ("Lo6", "Lô"), ("HU7O7NG", "HƯƠNG"), ("Tha2nh", "Thành")],
)  # fmt: skip
def test_vni(typed: str, word: str) -> None:
    assert decode_vni(typed) == word == meant(typed)


@pytest.mark.parametrize(
    "word", [*sorted(EXEMPT), "Moong", "Lan", "Nguyen", "Luong", "Ksor", "Anna", "Nguyễn", "A9", "2", "", "Ng."]
)
def test_left_alone(word: str) -> None:
    assert decode_telex(word) == decode_vni(word) == ""
    assert meant(word) == word


def test_the_exempt_words_are_syllables_of_their_own() -> None:
    assert all(is_syllable(word) for word in EXEMPT)
