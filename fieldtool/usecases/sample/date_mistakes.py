"""How a birth date goes wrong on paper (domain.md 5): each function gives the wrong value, or None if it cannot."""

from __future__ import annotations

import datetime
from random import Random

from fieldtool.records.lunar import lunar_day
from fieldtool.usecases.sample.families import TODAY, Person

Written = datetime.date | str


def year_only(rng: Random, person: Person, day: datetime.date) -> Written | None:
    """Only the year was asked or remembered."""
    return str(day.year)


def elders_year(rng: Random, person: Person, day: datetime.date) -> Written | None:
    """Of many born before 1970 the papers know the year alone."""
    return str(day.year) if day.year < 1970 else None


def first_january(rng: Random, person: Person, day: datetime.date) -> Written | None:
    """01/01 written for a day that nobody knew (TT 04/2020/TT-BTP art. 18)."""
    return datetime.date(day.year, 1, 1) if (day.month, day.day) != (1, 1) else None


def elders_january(rng: Random, person: Person, day: datetime.date) -> Written | None:
    """01/01 on the card of somebody born before 1970."""
    return first_january(rng, person, day) if day.year < 1970 else None


def month_for_day(rng: Random, person: Person, day: datetime.date) -> Written | None:
    """Day and month changed over."""
    if day.day > 12 or day.day == day.month:
        return None
    return datetime.date(day.year, day.day, day.month)


def lunar_as_solar(rng: Random, person: Person, day: datetime.date) -> Written | None:
    """The family told the lunar date, and it was written down as if it were the solar one."""
    if person.age < 20:
        return None
    lunar = lunar_day(day)
    return None if lunar is None else f"{lunar.day:02d}/{lunar.month:02d}/{lunar.year}"


def age_counted_from_one(rng: Random, person: Person, day: datetime.date) -> Written | None:
    """The year reckoned from tuổi mụ as if it were the age by birthdays: one year too early."""
    return str(day.year - 1) if person.age >= 20 else None


def digit_slip(rng: Random, person: Person, day: datetime.date) -> Written | None:
    """One digit of day, month or year is another one."""
    text = f"{day:%d%m%Y}"
    for _ in range(12):
        place = rng.choice((0, 1, 3, 6, 7, 7))
        found = _day(text[:place] + str(rng.randrange(10)) + text[place + 1 :])
        if found is not None and found != day:
            return found
    return None


def digits_turned(rng: Random, person: Person, day: datetime.date) -> Written | None:
    """Two neighbouring digits of the day or the year changed over."""
    text = f"{day:%d%m%Y}"
    places = [0, 6]
    rng.shuffle(places)
    for place in places:
        found = _day(text[:place] + text[place + 1] + text[place] + text[place + 2 :])
        if found is not None and found != day:
            return found
    return None


def _day(digits: str) -> datetime.date | None:
    try:
        found = datetime.date(int(digits[4:]), int(digits[2:4]), int(digits[:2]))
    except ValueError:
        return None
    return found if found.year >= 1925 and found <= TODAY else None
