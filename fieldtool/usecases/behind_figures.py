"""The list behind each figure and each query of the weekly report: whom it counts, or whom it is counted among."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from fieldtool.ports import FieldWork
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.work import CaseNote, FactLine
from fieldtool.usecases.four_words import LATE_DAYS, WORDS, lags, week_of, week_span
from fieldtool.usecases.saved_queries import CASES, VIEWS, WEEK
from fieldtool.usecases.today import day_after, days_between

CODES = tuple(code for codes in WORDS.values() for code in codes)


def behind(work: FieldWork, query: str, day: str, village: str = "", *, rest: bool = False) -> list[FactLine]:
    """The lines behind a figure or a query (saved_queries) as of a day; with `rest` those of a figure it is counted
    among and does not count. BAD_VALUE for a name that is none.

    Of houses and visits it is their first members, of cases and what was decided one line each, of corrections and
    events whom they are about with the days they waited, the longest first; the rest of "live.lag" are those of whom
    the day it happened is not known. "week.…" is the week of the day, ":last" the one before it; ":last" of a figure,
    whose count was kept, lists what is known now as of that week's end. A village may follow "@".
    """
    name, _, place = query.partition("@")
    base, *views = name.split(":")
    if base not in (*CODES, *WEEK, *CASES) or any(view not in VIEWS for view in views):
        detail = ", ".join(sorted((*CODES, *WEEK, *CASES)))
        raise FieldtoolError(ErrorCode.BAD_VALUE, values={"field": "CODE", "value": query, "detail": detail})
    village = place or village
    if base in CASES:
        return _cases(work, base.removeprefix("case."), day, village, late="late" in views, rest=rest)
    if base in WEEK:
        first, last = (day_after(end, -7 if "last" in views else 0) for end in week_span(week_of(day)))
        return [] if rest else work.list_done(base.removeprefix("week."), first, last, village)
    if "last" in views:
        day = day_after(week_span(week_of(day))[0], -1)
    found = _figure(work, base, day, village, rest=rest)
    among = "of" in views and base != "live.lag"  # which says of how many events its median is
    return [*found, *_figure(work, base, day, village, rest=True)] if among and not rest else found


def _figure(work: FieldWork, code: str, day: str, village: str, *, rest: bool) -> list[FactLine]:
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


def _cases(work: FieldWork, kind: str, day: str, village: str, *, late: bool, rest: bool) -> list[FactLine]:
    """Open cases of a kind, or the late ones, or those that are not; with the days since each was opened."""
    cases = work.cases(kind, village)
    wanted = [case for case in cases if not late or bool(case.due and case.due < day) is not rest]
    known = {fact.person: fact for fact in work.facts_of([case.person for case in wanted])}
    names = {fact.village: fact.village_name for fact in known.values()}
    if rest and not late:
        return []
    return [
        replace(known.get(case.person, _named(case, names)), days=days_between(case.opened, day), about=case.id)
        for case in wanted
    ]


def _named(case: CaseNote, names: Mapping[str, str]) -> FactLine:
    """The line of a case of a household, or of a person who is no more."""
    place = names.get(case.village, "")
    return FactLine(case.person, case.name, case.village, place, case.household, *("",) * 7)


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
