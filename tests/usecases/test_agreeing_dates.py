"""Which dates on papers agree with what an old person said of the age."""

from __future__ import annotations

import datetime

import pytest

from fieldtool.usecases.ask_age import AgeQuestion, agreeing, ask_age

TODAY = datetime.date(2026, 11, 25)


@pytest.mark.parametrize(
    ("written", "agrees"),
    [
        ("15/07/1985", True),
        ("02/1985", True),
        ("1985", True),
        ("01/02/1986", True),  # Tết of 1986 is 9 February
        ("10/02/1986", False),
        ("1984", False),
        ("không rõ", False),
        ("", False),
    ],
)
def test_a_date_agrees_when_it_can_lie_in_the_lunar_year_told(written: str, agrees: bool) -> None:
    found = [item for item in ask_age(AgeQuestion(animal="Ất Sửu"), TODAY).candidates if item.lunar_year == 1985]
    assert agreeing(found[0], [written]) == ((written,) if agrees else ())
