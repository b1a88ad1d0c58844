"""What a number has against its paper and the store. All numbers are invented."""

from __future__ import annotations

import pytest

from fieldtool.records.number_findings import CODES, findings, store_findings

CASES = [
    ("123456789", "", "", "", ["number_placeholder"]),
    ("40085001", "", "", "", ["number_repair_lost_zero"]),
    ("4008500", "", "", "", ["number_length"]),
    ("4.02E+10", "", "", "", ["number_digits_lost"]),
    ("003085001234", "", "", "", ["number_prefix_unknown"]),
    ("300085001234", "", "", "", ["number_abroad"]),
    ("040085001234", "15/08/1985", "F", "", ["number_sex"]),
    ("040085001234", "15/08/1987", "M", "", ["number_year"]),
    ("040085001234", "15/08/1985", "M", "xã Ngọc Lâm, Thanh Chương, Nghệ An", []),
    ("040085001234", "15/08/1985", "M", "Tỉnh Thanh Hóa", ["number_province"]),
    ("017085001234", "1985", "M", "tỉnh Phú Thọ", []),
    ("40085001234", "1985", "M", "", ["number_repair_lost_zero"]),
    ("40085001234", "1987", "M", "", ["number_length"]),
    ("04008500123", "1985", "M", "", ["number_length"]),  # its zero is there, another digit is not
    ("1868001112", "", "", "", ["number_length"]),  # with zeros it would be a number of 2286
    ("040951001234", "", "", "", ["number_future"]),
    ("040298001234", "", "", "", ["number_future"]),
    ("40085001234.0", "1985", "M", "", ["number_repair_float_notation"]),
    ("040 085 001 234", "1985", "M", "", ["number_repair_spaces"]),
    ("O4OO85OO1234", "1985", "M", "", ["number_repair_letters"]),
    ("Số CMND: 182 345 678", "", "", "", ["number_repair_label"]),
    ("CCCD 040085001234", "1985", "F", "", ["number_length"]),
    ("172345670", "", "", "", ["number_issuer"]),
    ("182345670", "", "", "", []),
    ("", "", "", "", []),
    ("chưa có", "", "", "", []),
]


@pytest.mark.parametrize(("number", "birth", "sex", "place", "codes"), CASES)
def test_findings(number: str, birth: str, sex: str, place: str, codes: list[str]) -> None:
    assert [item.code for item in findings(number, birth, sex, place)] == codes


def test_lunar_birth_may_lie_in_the_next_year() -> None:
    assert findings("040085001234", "15/11/1984 âm lịch", "M") == ()


def test_cancelled_number() -> None:
    (found,) = findings("040085001234", "1985", "M", cancelled=["040085001234"])
    assert found.code == "number_cancelled"


def test_the_whole_store() -> None:
    found = store_findings(
        {
            "p1": ["040085001234", "182345670"],
            "p2": ["040085001234"],
            "p3": ["040090001111", "040090002222", "182345671", "186345671"],
            "p4": ["123456789"],
            "p5": ["123456789", "0", ""],
        }
    )
    assert [(item.code, item.persons) for item in found] == [("number_shared", ("p1", "p2")), ("number_two", ("p3",))]


def test_every_code_is_reached() -> None:
    reached = {code for *_, codes in CASES for code in codes} | {"number_cancelled", "number_shared", "number_two"}
    assert reached == set(CODES)
