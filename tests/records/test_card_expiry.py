"""How long cards run."""

from __future__ import annotations

import datetime

import pytest

from fieldtool.records.card_expiry import (
    CODES,
    Expiry,
    expected_expiry,
    expiry_findings,
    next_milestone,
    old_card_expiry,
    old_card_findings,
)
from fieldtool.records.dates import parse_date

BIRTH = datetime.date(1985, 8, 30)
DAY = datetime.date


@pytest.mark.parametrize(
    ("issued", "expiry"),
    [
        (DAY(2021, 3, 10), DAY(2025, 8, 30)),
        (DAY(2023, 8, 29), DAY(2025, 8, 30)),
        (DAY(2023, 8, 30), DAY(2045, 8, 30)),
        (DAY(2030, 1, 1), DAY(2045, 8, 30)),
        (DAY(2043, 8, 30), None),
        (DAY(2050, 1, 1), None),
        (DAY(1996, 1, 1), DAY(1999, 8, 30)),
    ],
)
def test_a_card_runs_to_the_next_milestone(issued: datetime.date, expiry: datetime.date | None) -> None:
    assert expected_expiry(BIRTH, issued) == Expiry(expiry)


def test_milestones_ahead() -> None:
    assert next_milestone(BIRTH, DAY(2025, 1, 1)) == (40, DAY(2025, 8, 30))
    assert next_milestone(BIRTH, DAY(2046, 1, 1)) is None
    assert next_milestone(DAY(2012, 2, 29), DAY(2026, 1, 1)) == (14, DAY(2026, 3, 1))


def test_old_cards() -> None:
    assert old_card_expiry(DAY(2005, 6, 1)) == DAY(2020, 6, 1)
    assert old_card_expiry(DAY(2015, 6, 1)) == DAY(2024, 12, 31)
    assert [item.code for item in old_card_findings("182345670", DAY(2026, 1, 1))] == ["old_card_void"]
    assert old_card_findings("", DAY(2026, 1, 1)) == ()


def test_a_wrong_expiry_is_found() -> None:
    right = expiry_findings(
        parse_date("30/08/1985"), parse_date("10/03/2021"), parse_date("30/08/2025"), DAY(2024, 1, 1)
    )
    assert right == ()
    wrong = expiry_findings(
        parse_date("30/08/1985"), parse_date("10/03/2021"), parse_date("30/08/2026"), DAY(2027, 1, 1)
    )
    assert [item.code for item in wrong] == ["expiry_differs", "card_expired"]
    assert wrong[0].values["expected"] == "30/08/2025"
    assert expiry_findings(parse_date("1985"), parse_date("10/03/2021"), parse_date("không"), DAY(2024, 1, 1)) == ()
    assert set(CODES) == {"expiry_differs", "card_expired", "old_card_void"}
