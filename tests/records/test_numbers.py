"""Identifying numbers, their differences and repairs. All numbers are invented."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldtool.records.number_differences import CODES, number_differences
from fieldtool.records.numbers import Repair, decode12, issuer, parse_number, prefixes


@pytest.mark.parametrize(
    ("text", "kind", "digits"),
    [
        ("040085001234", "n12", "040085001234"),
        ("182345670", "n9", "182345670"),
        ("040 085 001 234", "n12", "040085001234"),
        ("040.085.001.234", "n12", "040085001234"),
        ("'182345670", "n9", "182345670"),
        ("", "empty", ""),
        ("  ", "empty", ""),
        ("---", "empty", ""),
        ("chưa cấp", "other", ""),
        ("40085001234", "other", "40085001234"),
        ("1234567", "other", "1234567"),
        ("０４００８５００１２３４", "n12", "040085001234"),
    ],
)
def test_kinds(text: str, kind: str, digits: str) -> None:
    read = parse_number(text)
    assert (read.kind, read.digits, read.text) == (kind, digits, text)


@pytest.mark.parametrize(
    ("text", "repair"),
    [
        ("40085001234", Repair("040085001234", "lost_zero")),
        ("1085001234", Repair("001085001234", "lost_zero")),
        ("11234567", Repair("011234567", "lost_zero")),
        ("40085001234.0", Repair("040085001234", "float_notation")),
        ("4.0085001234E+10", Repair("040085001234", "float_notation")),
        ("4,0085001234E+10", Repair("040085001234", "float_notation")),
        ("1.82345678E+8", Repair("182345678", "float_notation")),
        ("040 085 001 234", Repair("040085001234", "spaces")),
        ("O4OO85OO1234", Repair("040085001234", "letters")),
        ("l82345678", Repair("182345678", "letters")),
        ("CMND số: 182 345 678", Repair("182345678", "label")),
        ("so 40085001234", Repair("040085001234", "lost_zero")),
    ],
)
def test_repairs_are_proposed(text: str, repair: Repair) -> None:
    assert parse_number(text).repairs == (repair,)


def test_eleven_digits_are_not_silently_padded() -> None:
    read = parse_number("40085001234")
    assert read.digits == "40085001234"
    assert not read.identifies


def test_lost_digits_cannot_be_brought_back() -> None:
    read = parse_number("4.02E+10")
    assert read.cut
    assert read.repairs == ()


@pytest.mark.parametrize(
    "text",
    ["0", "000000000", "999999999", "123456789", "987654321", "012345678", "123456789012", "040085000000", "0000"],
)
def test_placeholders_never_identify(text: str) -> None:
    read = parse_number(text)
    assert read.placeholder
    assert not read.identifies
    assert read.repairs == ()


def test_what_a_number_says() -> None:
    read = decode12("040185001234")
    assert read is not None
    assert (read.prefix, read.province, read.province_code_now) == ("040", "Tỉnh Nghệ An", "40")
    assert (read.sex, read.year, read.abroad) == ("F", 1985, False)
    child = decode12("002215001234")
    assert child is not None
    assert (child.sex, child.year, child.province, child.province_now) == (
        "M",
        2015,
        "Tỉnh Hà Giang",
        "Tỉnh Tuyên Quang",
    )
    assert decode12("182345678") is None


def test_prefixes_are_63_and_lead_to_34_provinces() -> None:
    assert len(prefixes()) == 63
    assert len({code for _, code, _ in prefixes().values()}) == 34
    assert "003" not in prefixes()
    assert prefixes()["024"][0] == "Tỉnh Bắc Giang"


@pytest.mark.parametrize(
    ("number", "province"),
    [("182345670", "Nghệ An"), ("183345670", "Hà Tĩnh"), ("011234567", "Hà Nội"), ("990000001", "")],
)
def test_issuer_hint(number: str, province: str) -> None:
    assert issuer(number) == province


CASES = [
    ("040085001234", "040 085 001 234", "number_format", True),
    ("040085001234", "40085001234", "number_lost_zero", False),
    ("040085001234", "O4OO85OO1234", "number_letters", False),
    ("040085001234", "40085001234.0", "number_float", False),
    ("040085001234", "4.01E+10", "number_float", False),
    ("182345670", "123456789", "number_placeholder", False),
    ("040085001234", "040085001235", "number_one_digit", False),
    ("040085001234", "040085001243", "number_digits_turned", False),
    ("040085001234", "04008501234", "number_digit_missing", False),
    ("040085001234", "182345670", "number_two_kinds", False),
    ("182345670", "186765432", "number_other", False),
    ("182345670", "không", "number_other", False),
]


@pytest.mark.parametrize(("left", "right", "code", "harmless"), CASES)
def test_a_difference_has_a_name_both_ways(left: str, right: str, code: str, harmless: bool) -> None:
    for one, other in ((left, right), (right, left)):
        (found,) = number_differences(one, other)
        assert (found.code, found.harmless) == (code, harmless)


def test_every_code_has_a_case() -> None:
    assert {code for _, _, code, _ in CASES} == set(CODES)


def test_the_span_counts_digits_not_letters() -> None:
    (found,) = number_differences("040 085 001 234", "040085001235")
    assert (found.left, found.right) == (((14, 15),), ((11, 12),))


@given(st.text(alphabet="0123456789 .,-EeOolI'aạ+", max_size=16))
@settings(max_examples=300)
def test_reading_never_fails_and_never_invents_an_identifier(text: str) -> None:
    read = parse_number(text)
    assert read.text == text
    if read.identifies:
        assert read.digits == "".join(letter for letter in text if letter.isdigit())
        assert len(read.digits) in (9, 12)
