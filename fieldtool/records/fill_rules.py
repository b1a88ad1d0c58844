"""How official forms are filled in: names in capitals with all marks, months 3 to 9 in one digit.

The guidance for DC01 writes the day in two digits, months 3–9 in one, other months in two, the year in four
(05/3/1990), so that nobody can put a digit before them.
"""

from __future__ import annotations

from fieldtool.records.dates import parse_date
from fieldtool.records.vietnamese import nfc


def filled_name(text: str) -> str:
    """A name as forms have it."""
    return nfc(text).upper()


def filled_date(text: str) -> str:
    """A date as forms have it; a year or month alone stays so, a lunar date and what cannot be read stay as written."""
    date = parse_date(text)
    if date.calendar == "lunar" or date.impossible or not date.year:
        return text
    if date.imputed:
        return f"01/01/{date.year:04d}"
    if date.precision == "day":
        return f"{date.day:02d}/{_month(date.month)}/{date.year:04d}"
    return f"{_month(date.month)}/{date.year:04d}" if date.precision == "month" else f"{date.year:04d}"


def _month(month: int) -> str:
    return str(month) if 3 <= month <= 9 else f"{month:02d}"
