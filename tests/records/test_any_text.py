"""Readers of written texts take whatever a list holds: they never raise, and they keep what was written."""

# ruff: noqa: E501 - the bits read better in few lines

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldtool.records.age import read_animals, read_year_name
from fieldtool.records.card_qr import read_card
from fieldtool.records.dates import parse_date
from fieldtool.records.dates_in_words import parse_words
from fieldtool.records.keystrokes import meant
from fieldtool.records.legacy_fonts import TCVN3, VNI, decode
from fieldtool.records.numbers import parse_number
from fieldtool.records.peoples import parse_people
from fieldtool.records.places import parse_place
from fieldtool.records.relations import implied_sex, relation_code
from fieldtool.records.villages import village_of

# Bits that the readers look for, so that chance puts them together in ways nobody wrote.
BITS = (
    "ngày", "tháng", "năm", "mồng", "rằm", "giêng", "chạp", "một nghìn", "chín trăm", "không", "/", "-", ".", "1956", "12", "00", "31", "âl", "|",
    "040056000112", "186100112", "E+10", "4,5", "xã", "bản", "huyện", "tỉnh", "Nghệ An", "Lào", "(", ")", "'", "CMND:", "O", "l", "tuổi", "Tỵ", "Ất",
    "con", "vợ", "chủ hộ", "thứ", "nuôi", "oo", "aw", "w", "1", "6", "Nguye64n", "\u0301", "\u00ad", "\ufffd", "\u0661", "²", " ", "\n", "\t",
)  # fmt: skip
TEXTS = (
    st.text(max_size=60)
    | st.lists(st.sampled_from(BITS), max_size=10).map("".join)
    | st.lists(st.sampled_from(BITS), max_size=10).map(" ".join)
)
READERS: list[Callable[[str], object]] = [
    read_animals, read_year_name, read_card, parse_date, parse_words, meant, parse_number, parse_people, parse_place, implied_sex, relation_code,
    village_of, lambda text: parse_date(text, month_first=True), lambda text: decode(text, TCVN3), lambda text: decode(text, VNI, capitals=True),
    lambda text: village_of(text, "16936"), lambda text: read_card(f"040056000112|{text}|LÔ VĂN AN|{text}|Nam|{text}"),
]  # fmt: skip


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: getattr(reader, "__name__", "reader"))
@settings(max_examples=80, deadline=None)
@given(text=TEXTS)
def test_no_text_is_too_odd(reader: Callable[[str], object], text: str) -> None:
    reader(text)


@given(TEXTS)
def test_what_was_written_is_kept(text: str) -> None:
    assert parse_date(text).text == text
    assert parse_number(text).text == text
    assert parse_place(text).text == text


@given(TEXTS)
def test_an_identifier_has_the_digits_that_stand_there(text: str) -> None:
    """A number that may link papers is never made up by a repair."""
    number = parse_number(text)
    if number.identifies:
        assert len(number.digits) in (9, 12)
        assert [int(d) for d in number.digits] == [int(c) for c in _plain(text) if c.isdecimal()]


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)
