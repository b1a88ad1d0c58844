"""The Vietnamese lunar calendar: UTC+7 from 1968 on, the Chinese tables (UTC+8) before (QĐ 121/CP of 8/8/1967).

The arithmetic is lunar-vn's; here is only which rule holds when, and the readings a paper may mean.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import lru_cache

from lunar_vn import convert_lunar_to_solar, convert_solar_to_lunar

VIETNAM, CHINA = 7.0, 8.0
FIRST_YEAR, LAST_YEAR = 1900, 2099  # what lunar-vn knows
ANIMALS = ("ty", "suu", "dan", "mao", "thin", "ti", "ngo", "mui", "than", "dau", "tuat", "hoi")


@dataclass(frozen=True, slots=True)
class LunarDay:
    """A day of the lunar calendar; `leap` for a day of the repeated month (tháng nhuận)."""

    day: int
    month: int
    year: int
    leap: bool = False


def rule(year: int) -> float:
    """The hours east of Greenwich by which the calendar of a year was made."""
    return VIETNAM if year >= 1968 else CHINA


def lunar_day(day: datetime.date) -> LunarDay | None:
    """The lunar day by the rule that held; None outside 1900-2099."""
    return _lunar(day, rule(day.year))


def lunar_readings(day: datetime.date) -> tuple[LunarDay, ...]:
    """The lunar day by the rule that held and, where it differs, by the other rule."""
    zone = rule(day.year)
    readings = (_lunar(day, zone), _lunar(day, CHINA if zone == VIETNAM else VIETNAM))
    return tuple(dict.fromkeys(reading for reading in readings if reading is not None))


@lru_cache(maxsize=4096)
def solar_days(day: int, month: int, year: int, leap: bool | None = None) -> tuple[datetime.date, ...]:
    """The solar days a written lunar date may mean, likeliest first; () when the month has no such day.

    `leap` None means that the paper does not say whether the month is the repeated one.
    """
    zones = (VIETNAM, CHINA) if rule(year) == VIETNAM else (CHINA, VIETNAM)
    found = []
    for zone in zones:
        for repeated in (False, True) if leap is None else (leap,):
            try:
                solar = convert_lunar_to_solar(day, month, year, int(repeated), zone)
            except ValueError:
                continue
            # lunar-vn takes "leap month 3" in a year without one as plain month 3, and day 30 of a short month as the
            # first of the next: the way back tells
            if _lunar(solar, zone) == LunarDay(day, month, year, repeated):
                found.append(solar)
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=512)
def tet(year: int) -> datetime.date:
    """The first day of the lunar year by the rule that held, 1900-2099."""
    return convert_lunar_to_solar(1, 1, year, 0, rule(year))


def lunar_year(day: datetime.date) -> int:
    """The lunar year of a day: births before Tết belong to the year before."""
    if not (FIRST_YEAR <= day.year <= LAST_YEAR):
        return day.year
    return day.year if day >= tet(day.year) else day.year - 1


def animal(year: int) -> str:
    """The animal of a lunar year, as a code of ANIMALS ("ty" is Tý the rat, "ti" is Tỵ the snake)."""
    return ANIMALS[(year - 4) % 12]


@lru_cache(maxsize=16384)
def _lunar(day: datetime.date, zone: float) -> LunarDay | None:
    try:
        found = convert_solar_to_lunar(day.day, day.month, day.year, zone)
    except ValueError:
        return None
    return LunarDay(found.day, found.month, found.year, found.leap)
