"""Text of 8-bit fonts: by font name, by whole column, never by one short cell."""

from __future__ import annotations

import csv
import io

import pytest

from fieldtool.records.legacy_fonts import TCVN3, VNI, decode, encoding_of_font, score
from fieldtool.records.tables import table_text

ROWS = list(csv.DictReader(io.StringIO(table_text("codes/legacy_encodings.csv"))))
NAMES = ("Lô Văn Hương", "Vừ Bá Chồng", "Moong Thị Hợi", "Xồng Y Xìa", "Nguyễn Thị Nguyệt", "Đặng Đình Khỏe")


def typed(text: str, encoding: str) -> str:
    """The text as that font's bytes look in Unicode."""
    table = {row["true_letter"]: row["as_seen_in_unicode"] for row in ROWS if row["encoding"] == encoding}
    return "".join(table.get(letter, letter) for letter in text)


@pytest.mark.parametrize("encoding", [TCVN3, VNI])
def test_every_name_comes_back(encoding: str) -> None:
    assert [decode(typed(name, encoding), encoding) for name in NAMES] == list(NAMES)


def test_words_of_the_field() -> None:
    assert decode("L« V¨n H\u00ad¬ng", TCVN3) == "Lô Văn Hương"
    assert decode("nguyÔn thÞ hoa", TCVN3, capitals=True) == "NGUYỄN THỊ HOA"
    assert decode("Nguyeãn Thò", VNI) == "Nguyễn Thị"
    assert decode("NGUYEÃN THÒ ÑAØO", VNI) == "NGUYỄN THỊ ĐÀO"
    assert decode("Lô Văn Thành", "") == "Lô Văn Thành"


@pytest.mark.parametrize(
    ("font", "expected"),
    [(".VnTime", (TCVN3, False)), (".VnTimeH", (TCVN3, True)), (".vnarial", (TCVN3, False)),
     ("VNI-Times", (VNI, False)), ("Times New Roman", ("", False)), ("", ("", False))],
)  # fmt: skip
def test_fonts(font: str, expected: tuple[str, bool]) -> None:
    assert encoding_of_font(font) == expected


def test_a_column_tells_its_encoding() -> None:
    assert score(typed(name, TCVN3) for name in NAMES) == TCVN3
    assert score(typed(name, VNI) for name in NAMES) == VNI
    assert score(NAMES) == ""
    assert score(["Lan", "Nam", "", "Hoa 12/3/1985"]) == ""
    assert score(["L«"]) == ""  # one short cell proves nothing
    assert score([]) == ""
