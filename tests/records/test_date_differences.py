"""Named differences of dates."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldtool.records.date_differences import CODES, date_differences
from fieldtool.records.dates import parse_date
from fieldtool.records.lunar import lunar_day

CASES = [
    ("05/08/1985", "5/8/1985", "date_format", True),
    ("30/8/1985", "1985-08-30", "date_format", True),
    ("12/08/1950", "1950", "year_only", False),
    ("12/08/1950", "01/01/1950", "imputed_0101", False),
    ("1950", "01/01/1950", "imputed_0101", True),
    ("08/1985", "05/08/1985", "month_only", False),
    ("05/08/1985", "08/05/1985", "day_month_swapped", False),
    ("15/7/1985", "30/8/1985", "lunar_as_solar", False),
    ("30/08/1985", "15/07/1985", "lunar_as_solar", False),
    ("30/08/1985", "15/7/1985 âm lịch", "lunar_as_solar", True),
    ("15/07/1985", "15/7/1985 âm lịch", "lunar_as_solar", False),
    ("05/01/1985", "15/11/1984", "lunar_as_solar", False),
    ("05/01/1985", "15/11/1985", "lunar_as_solar", False),
    ("1951", "1952", "age_off_by_one", False),
    ("01/01/1951", "1952", "age_off_by_one", False),
    ("12/08/1989", "12/08/1990", "age_off_by_one", False),
    ("12/08/1950", "12/08/1960", "digit_slip", False),
    ("12/08/1950", "13/08/1950", "digit_slip", False),
    ("1950", "1960", "digit_slip", False),
    ("12/08/1958", "12/08/1985", "digits_turned", False),
    ("12/08/1950", "21/08/1950", "digits_turned", False),
    ("12/08/1912", "12/08/2012", "date_century", False),
    ("1912", "2012", "date_century", False),
    ("12/08/1950", "không nhớ", "date_unreadable", False),
    ("31/04/1985", "30/04/1985", "digit_slip", False),
    ("31/04/1985", "31-4-1985", "date_format", True),
    ("31/04/1985", "15/09/1988", "date_unreadable", False),
    ("29/02/1985", "28/02/1985", "digit_slip", False),
    ("12/08/1950", "25/03/1961", "date_other", False),
    ("08/1985", "05/09/1985", "date_other", False),
]


@pytest.mark.parametrize(("left", "right", "code", "harmless"), CASES)
def test_a_difference_has_a_name_both_ways(left: str, right: str, code: str, harmless: bool) -> None:
    for one, other in ((left, right), (right, left)):
        (found,) = date_differences(parse_date(one), parse_date(other))
        assert (found.code, found.harmless) == (code, harmless)
        assert found.code in CODES


def test_every_code_has_a_case() -> None:
    assert {code for _, _, code, _ in CASES} == set(CODES)


def test_the_lunar_sentence_has_its_days() -> None:
    (found,) = date_differences(parse_date("15/7/1985"), parse_date("30/8/1985"))
    assert (found.values["lunar"], found.values["year"], found.values["solar"]) == ("15/7", "1985", "30/8/1985")


def test_spans_mark_what_differs() -> None:
    (found,) = date_differences(parse_date("05/08/1985"), parse_date("08/05/1985"))
    assert found.left == ((0, 2), (3, 5))
    (found,) = date_differences(parse_date("1950-08-12"), parse_date("12/08/1960"))
    assert (found.left, found.right) == (((2, 3),), ((8, 9),))


@given(st.dates(datetime.date(1920, 1, 2), datetime.date(2020, 12, 31)))
@settings(max_examples=150)
def test_a_lunar_day_read_as_solar_is_found(day: datetime.date) -> None:
    moon = lunar_day(day)
    assert moon is not None
    written = parse_date(f"{moon.day:02d}/{moon.month:02d}/{moon.year}")
    if written.calendar == "lunar" or written.imputed or (day.day, day.month) == (1, 1) or written.impossible:
        return
    (found,) = date_differences(parse_date(f"{day:%d/%m/%Y}"), written)
    assert found.code in ("lunar_as_solar", "day_month_swapped")


@given(st.text(max_size=12), st.text(max_size=12))
@settings(max_examples=200)
def test_never_fails_and_spans_lie_in_the_text(left: str, right: str) -> None:
    for found in date_differences(parse_date(left), parse_date(right)):
        assert all(0 <= start <= end <= len(left) for start, end in found.left)
        assert all(0 <= start <= end <= len(right) for start, end in found.right)
