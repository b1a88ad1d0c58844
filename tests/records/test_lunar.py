"""The Vietnamese calendar, with the years in which it differs from the Chinese."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldtool.records.lunar import LunarDay, animal, lunar_day, lunar_readings, lunar_year, solar_days, tet


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [
        (1968, 1, 29),
        (1969, 2, 16),
        (1985, 1, 21),
        (2007, 2, 17),
        (2030, 2, 2),
        (1950, 2, 17),
        (2024, 2, 10),
        (2026, 2, 17),
    ],
)
def test_tet(year: int, month: int, day: int) -> None:
    assert tet(year) == datetime.date(year, month, day)


def test_full_moon_of_the_seventh_month_1985_under_both_rules() -> None:
    assert solar_days(15, 7, 1985) == (datetime.date(1985, 8, 30),)
    assert lunar_readings(datetime.date(1985, 8, 30)) == (LunarDay(15, 7, 1985),)


def test_spring_1985_differs_between_the_rules() -> None:
    days = solar_days(1, 1, 1985)
    assert days == (datetime.date(1985, 1, 21), datetime.date(1985, 2, 20))


def test_before_1968_the_chinese_tables_stand_first() -> None:
    # 1964 and 1967 hold days on which the two differ; the rule that held is the first reading
    for day in (datetime.date(1965, 1, 1) + datetime.timedelta(days=n) for n in range(0, 1000, 7)):
        readings = lunar_readings(day)
        assert readings[0] == lunar_day(day)
        assert 1 <= len(readings) <= 2


def test_a_month_without_thirtieth_has_no_such_day() -> None:
    lengths = {bool(solar_days(30, month, 1990)) for month in range(1, 13)}
    assert lengths == {True, False}


def test_outside_the_tables() -> None:
    assert lunar_day(datetime.date(1850, 1, 1)) is None
    assert solar_days(1, 1, 1850) == ()


@pytest.mark.parametrize(("year", "name"), [(1984, "ty"), (1985, "suu"), (1989, "ti"), (1990, "ngo"), (1951, "mao")])
def test_animals(year: int, name: str) -> None:
    assert animal(year) == name


def test_births_before_tet_belong_to_the_year_before() -> None:
    assert lunar_year(datetime.date(1985, 1, 20)) == 1984
    assert lunar_year(datetime.date(1985, 1, 21)) == 1985


@given(st.dates(datetime.date(1901, 1, 1), datetime.date(2090, 12, 31)))
@settings(max_examples=100)
def test_there_and_back(day: datetime.date) -> None:
    moon = lunar_day(day)
    assert moon is not None
    assert day in solar_days(moon.day, moon.month, moon.year, moon.leap)
