"""Until when a card runs by law, and which birthdays call for a new one (Luật Căn cước 26/2023/QH15, arts 19, 21).

The 9-digit card ran 15 years and none is valid after 31/12/2024 (art. 46).
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from fieldtool.records.dates import PaperDate
from fieldtool.records.number_findings import Finding

CODES = ("expiry_differs", "card_expired", "old_card_void")
MILESTONES = (14, 25, 40, 60)
OLD_CARD_YEARS = 15
OLD_CARDS_END = datetime.date(2024, 12, 31)
_EARLY = 2  # years before a milestone in which a new card already covers it


@dataclass(frozen=True, slots=True)
class Expiry:
    """The last day of a card; None for a card without end."""

    day: datetime.date | None


def birthday(birth: datetime.date, years: int) -> datetime.date:
    """The day on which a person reaches an age; born on 29 February, 1 March in common years."""
    try:
        return birth.replace(year=birth.year + years)
    except ValueError:
        return datetime.date(birth.year + years, 3, 1)


def expected_expiry(birth: datetime.date, issued: datetime.date) -> Expiry:
    """The expiry by law of a 12-digit card or thẻ căn cước issued on a day."""
    for age in MILESTONES:
        day = birthday(birth, age)
        if issued < birthday(birth, age - _EARLY):
            return Expiry(day)
    return Expiry(None)


def old_card_expiry(issued: datetime.date) -> datetime.date:
    """The last day of a 9-digit card."""
    return min(birthday(issued, OLD_CARD_YEARS), OLD_CARDS_END)


def next_milestone(birth: datetime.date, today: datetime.date) -> tuple[int, datetime.date] | None:
    """The next age that calls for a new card, and its day; None after the last."""
    for age in MILESTONES:
        day = birthday(birth, age)
        if day >= today:
            return age, day
    return None


def expiry_findings(
    birth: PaperDate, issued: PaperDate, expiry: PaperDate, today: datetime.date
) -> tuple[Finding, ...]:
    """What a card's printed expiry says against its birth date and against a day; a wrong one often shows a wrong
    birth year. Silent when a date is not known to the day."""
    found = []
    if birth.solar and issued.solar and expiry.solar:
        expected = expected_expiry(birth.solar, issued.solar).day
        if expected != expiry.solar:
            values = {"expiry": expiry.text, "expected": f"{expected:%d/%m/%Y}" if expected else "∞"}
            found.append(Finding("expiry_differs", values))
    if expiry.solar and expiry.solar < today:
        found.append(Finding("card_expired", {"expiry": expiry.text}))
    return tuple(found)


def old_card_findings(number: str, today: datetime.date) -> tuple[Finding, ...]:
    """Whether a person holds only a 9-digit card that has no validity any more."""
    return (Finding("old_card_void", {"number": number}),) if number and today > OLD_CARDS_END else ()
