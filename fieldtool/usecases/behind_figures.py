"""The list behind each figure of the four words: the persons it counts, or those it is counted among and does not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from fieldtool.ports import FieldWork
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.work import FactLine
from fieldtool.usecases.four_words import LATE_DAYS, WORDS, lags
from fieldtool.usecases.today import days_between

CODES = tuple(code for codes in WORDS.values() for code in codes)


def behind(work: FieldWork, code: str, day: str, village: str = "", *, rest: bool = False) -> list[FactLine]:
    """The persons behind a figure; with `rest` those it is counted among and does not count.

    Of houses it is their first members, of corrections and events whom they are about with the days they waited, the
    longest first; the rest of "live.lag" are those of whom the day it happened is not known. BAD_VALUE for a code
    that is none.
    """
    if code not in CODES:
        detail = ", ".join(sorted(CODES))
        raise FieldtoolError(ErrorCode.BAD_VALUE, values={"field": "CODE", "value": code, "detail": detail})
    if code == "sure.houses":
        return work.heads(village, met=not rest)
    if code == "live.late":
        return _waiting(work, _corrections(work, day, village, late=not rest))
    if code == "live.lag":
        told = lags(work, day, village)
        if rest:
            return work.facts_of([person for person, span in told if span is None])
        return _waiting(work, {person: span for person, span in told if span is not None})
    return work.list_figure(code, day, village, rest=rest)


def _corrections(work: FieldWork, day: str, village: str, *, late: bool) -> dict[str, int]:
    """Person → days since his oldest open correction was opened, of those that are late or are not."""
    found: dict[str, int] = {}
    for case in work.cases("correction", village):
        waited = days_between(case.opened, day)
        if (waited > LATE_DAYS) is late:
            found[case.person] = max(waited, found.get(case.person, 0))
    return found


def _waiting(work: FieldWork, days: Mapping[str, int]) -> list[FactLine]:
    """Persons with the days they waited, the longest first."""
    found = [replace(fact, days=days[fact.person]) for fact in work.facts_of(list(days))]
    return sorted(found, key=lambda fact: -(fact.days or 0))
