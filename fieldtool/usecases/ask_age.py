"""The age interview: what an old person says of animal, age, brothers, sisters and events, to candidate dates."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fieldtool.records.age import (
    Bounds,
    Candidate,
    after_sibling,
    around_event,
    before_sibling,
    candidates,
    events,
    read_animals,
    read_year_name,
    span_of,
)
from fieldtool.records.dates import parse_date
from fieldtool.records.errors import ErrorCode, FieldtoolError

RELATIONS = ("before", "after", "during", "aged")


@dataclass(frozen=True, slots=True)
class AgeQuestion:
    """What was said. `animal` a word ("Sửu", "trâu") or a year's name ("Ất Sửu"); `said` the age and `asked` a year or
    date; `counting` "mu", "solar" or ""; dates of the next older and younger brother or sister as written;
    `remembered` (event code, relation of RELATIONS, years)."""

    animal: str = ""
    said: int = 0
    asked: str = ""
    counting: str = ""
    older: Sequence[str] = ()
    younger: Sequence[str] = ()
    remembered: Sequence[tuple[str, str, int]] = ()


@dataclass(frozen=True, slots=True)
class AgeAnswer:
    """Candidates, the likeliest first, and the span that holds all of them (None when nothing agrees)."""

    candidates: tuple[Candidate, ...]
    first: datetime.date | None
    last: datetime.date | None


def ask_age(question: AgeQuestion, today: datetime.date) -> AgeAnswer:
    """The birth dates that agree with what was said. BAD_VALUE for a word that is no animal, a date that is none, an
    event that is not in the calendar, or when nothing was said at all."""
    animals = read_animals(question.animal) if question.animal else ()
    if question.animal and not animals:
        raise _bad("animal", question.animal)
    bounds = list(_bounds(question))
    if not animals and not question.said and not bounds:
        raise _bad("said", "")
    asked = _days(question.asked, today) if question.said else None
    found = candidates(
        animals=animals,
        age=question.said,
        asked=asked.last if asked else None,
        asked_from=asked.first if asked else None,
        counting=question.counting,
        bounds=bounds,
        span=(1910, today.year),
    )
    years = read_year_name(question.animal) if question.animal else ()
    if years:
        found = tuple(item for item in found if item.lunar_year in years)
    return AgeAnswer(
        found,
        min((item.first for item in found), default=None),
        max((item.last for item in found), default=None),
    )


def agreeing(candidate: Candidate, written: Iterable[str]) -> tuple[str, ...]:
    """Which dates, as papers have them, can be true of a candidate: their day, month or year touches its days."""
    found = []
    for text in written:
        date = parse_date(text)
        if date.precision == "none":
            continue
        first, last = span_of(date)
        if candidate.first <= last and first <= candidate.last:
            found.append(text)
    return tuple(found)


def _days(text: str, today: datetime.date) -> Bounds:
    """The days on which somebody may have been asked: a written day, or all of a written month or year up to today."""
    if not text:
        return Bounds(today, today)
    date = parse_date(text)
    if date.solar is not None:
        return Bounds(date.solar, date.solar)
    if date.precision not in ("year", "month"):
        raise _bad("asked", text)
    first = datetime.date(date.year, date.month or 1, 1)
    after = datetime.date(date.year + (date.month in (0, 12)), date.month % 12 + 1 if date.month else 1, 1)
    return Bounds(first, max(first, min(after - datetime.timedelta(days=1), max(today, first))))


def _bounds(question: AgeQuestion) -> Iterable[Bounds]:
    for texts, bound in ((question.older, after_sibling), (question.younger, before_sibling)):
        for text in texts:
            date = parse_date(text)
            if date.precision == "none":
                raise _bad("sibling", text)
            yield bound(date)
    known = {event.code: event for event in events()}
    for code, relation, years in question.remembered:
        if code not in known or relation not in RELATIONS:
            raise _bad("event", f"{code}:{relation}")
        yield around_event(known[code], relation, years)


def _bad(field: str, text: str) -> FieldtoolError:
    return FieldtoolError(ErrorCode.BAD_VALUE, values={"field": field, "value": text})
