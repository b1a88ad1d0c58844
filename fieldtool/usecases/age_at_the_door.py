"""The age interview at the door: from what an old person says to dates that may be written down, and one taken.

Nothing is decided here but what the officer takes; the sheet then says who said it and what it was worked out from.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fieldtool.records.age import Candidate
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.fields import Field
from fieldtool.records.persons import FieldState
from fieldtool.records.presence import ADDING, Asked
from fieldtool.records.visits import ConflictAnswer, Sheet
from fieldtool.usecases.ask_age import AgeQuestion, agreeing, ask_age
from fieldtool.usecases.open_household import DoorMember, DoorPage

_OPEN = (FieldState.CONFLICT, FieldState.DIVIDED)


@dataclass(frozen=True, slots=True)
class Offer:
    """A birth date that agrees with what was said, as it would be written down; `on_paper` when a paper has it."""

    value: str
    candidate: Candidate
    on_paper: bool = False


def offers(question: AgeQuestion, today: datetime.date, papers: Iterable[str] = ()) -> tuple[Offer, ...]:
    """The dates that agree, those that papers already have first; BAD_VALUE as `ask_age`."""
    return offers_of(ask_age(question, today).candidates, papers)


def offers_of(found: Sequence[Candidate], papers: Iterable[str]) -> tuple[Offer, ...]:
    """The same of candidates that are known already."""
    texts = tuple(papers)
    held = [Offer(text, item, True) for item in found for text in agreeing(item, texts)]
    first_of: dict[str, Offer] = {}
    for offer in (*held, *(Offer(written(item), item) for item in found)):
        first_of.setdefault(offer.value, offer)
    return tuple(first_of.values())


def written(candidate: Candidate) -> str:
    """What may be written of a candidate without claiming more than was said: a day, a month, else a year alone."""
    first, last = candidate.first, candidate.last
    if first == last:
        return f"{first:%d/%m/%Y}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%m/%Y}"
    return str(first.year if first.year == last.year else candidate.lunar_year)


def papers_of(page: DoorPage, who: str) -> tuple[str, ...]:
    """The birth dates that papers have of a member; none of somebody who is being added."""
    item = _member(page, who)
    view = item.person.fields.get(Field.DOB) if item and item.person else None
    return tuple(text for text, _ in view.values) if view else ()


def take_date(page: DoorPage, sheet: Sheet, who: str, value: str, said_by: str, clues: str) -> Sheet:
    """The sheet with a date taken for a member (his id) or somebody being added (his slot).

    Where papers agree on another date, the word is kept as a statement beside them and decides nothing. NOT_FOUND for
    nobody of the page, ANSWER_NEEDED when nobody is named who said it.
    """
    if not said_by.strip():
        raise FieldtoolError(ErrorCode.ANSWER_NEEDED, values={"field": "said_by"})
    told = next((answer for answer in sheet.members if answer.slot == who and answer.presence in ADDING), None)
    if told is not None:
        answers = {**told.answers, Asked.DOB: value}
        return sheet.with_member(dataclasses.replace(told, answers=answers, said_by=said_by, clues=clues))
    item = _member(page, who)
    if item is None:
        raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": who})
    view = item.person.fields.get(Field.DOB) if item.person else None
    settles = view is None or view.state in _OPEN or not item.member.dob
    saw = tuple(decision.event for decision in view.decisions) if view else ()
    return sheet.with_conflict(ConflictAnswer(who, Field.DOB, value, said_by, settles, saw, clues))


def _member(page: DoorPage, who: str) -> DoorMember | None:
    return next((item for item in page.members if item.member.person == who), None)
