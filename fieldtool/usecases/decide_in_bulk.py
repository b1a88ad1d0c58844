"""Decide all doubts of one harmless reason at once, with exceptions; undone at once.

Only doubts whose every difference is that reason, whose value the legal table proposes, and which the officer may
settle alone are decided; the others are told with why they were left.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass

from fieldtool.conflicts.law import Law
from fieldtool.conflicts.queue import Wanted, in_order
from fieldtool.conflicts.roads import Suggestion, suggest
from fieldtool.ports import Home, People, Progress, no_progress
from fieldtool.records.doubts import Who
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.events import SUMMARY, UNDONE, Draft, RecordKind
from fieldtool.records.fields import Field
from fieldtool.records.persons import Doubt, DoubtKind, Person
from fieldtool.records.roles import Power
from fieldtool.usecases.acts import read_basis, restoring, stood
from fieldtool.usecases.authority import require
from fieldtool.usecases.review_queue import law_of, queue
from fieldtool.usecases.settle_conflict import decision_draft

LEFT = ("mixed", "no_value", "not_alone", "moved", "excepted")


@dataclass(frozen=True, slots=True)
class Line:
    """One doubt of the list: what would be decided, or why it is left (a code of LEFT)."""

    doubt: Doubt
    value: str = ""
    road: str = ""
    left: str = ""


@dataclass(frozen=True, slots=True)
class Bulk:
    """Outcome: the act's id for undoing, the events, and the lines with what became of each."""

    act: str
    events: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def decided(self) -> int:
        """How many were decided."""
        return sum(not line.left for line in self.lines)


@dataclass(frozen=True, slots=True)
class Undone:
    """What undoing an act did: registers brought back, and those decided again since, which were left."""

    restored: int
    left: int


def bulk_lines(people: People, reason: str, village: str = "", today: str = "") -> list[Line]:
    """Every open doubt of a reason with what deciding in bulk would do; conflicts first, then mere spellings."""
    law = law_of(people)
    found = list(queue(people, Wanted(village=village, reason=reason, kind=DoubtKind.FIELD), today).lines)
    spelling = Wanted(village=village, reason=reason, kind=DoubtKind.SPELLING)
    found += in_order(queue(people, spelling, today).lines)
    return [_line(people.person(doubt.person), doubt, law) for doubt in found]


def decide_in_bulk(
    home: Home,
    reason: str,
    *,
    village: str = "",
    excepted: Collection[str] = (),
    only: Collection[str] | None = None,
    progress: Progress = no_progress,
) -> Bulk:
    """Decide what may be decided; `excepted` and `only` are ids of doubts. One transaction, one act.

    NOT_FOUND when no doubt of the reason is open, NOTHING_IN_BULK when none of them may be decided in bulk.
    """
    require(home, Power.DECIDE, village)
    lines = bulk_lines(home.people, reason, village, home.clock.now()[:10])
    if not lines:
        raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": reason})
    act = home.ids.record()
    taken: list[Line] = []
    drafts: list[Draft] = []
    for done, line in enumerate(lines):
        progress(done, len(lines), "bulk")
        if not line.left and (line.doubt.id in excepted or (only is not None and line.doubt.id not in only)):
            line = Line(line.doubt, line.value, line.road, "excepted")
        taken.append(line)
        if not line.left:
            drafts.append(_draft(home, line, act, reason))
    if not drafts:
        raise FieldtoolError(ErrorCode.NOTHING_IN_BULK, values={"reason": reason, "count": len(lines)})
    registers = [[draft.record, draft.field] for draft in drafts]
    summary = json.dumps({"reason": reason, "registers": registers}, ensure_ascii=False, separators=(",", ":"))
    events = home.log.append([*drafts, Draft(RecordKind.ACT, act, SUMMARY, summary, village=village)], progress)
    return Bulk(act, events, tuple(taken))


def undo_bulk(home: Home, act: str, progress: Progress = no_progress) -> Undone:
    """Take back every decision of an act that still stands; NOT_FOUND, NOTHING_TO_UNDO when there is none."""
    said = home.log.register(RecordKind.ACT, act, SUMMARY)
    if not said:
        raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": act})
    require(home, Power.DECIDE, said[0].village)
    if said[0].value == UNDONE:
        raise FieldtoolError(ErrorCode.NOTHING_TO_UNDO, values={"what": act})
    drafts: list[Draft] = []
    left = 0
    registers = json.loads(said[0].value)["registers"]
    for done, (person, field) in enumerate(registers):
        progress(done, len(registers), "bulk")
        own = [
            (event, live)
            for live in home.log.register(RecordKind.PERSON, person, field)
            for event in stood(home, live)
            if read_basis(event.basis).get("bulk") == act
        ]
        drafts += [draft for event, live in own for draft in restoring(home, event, live)]
        left += not own
    if not drafts:
        raise FieldtoolError(ErrorCode.NOTHING_TO_UNDO, values={"what": act})
    seen = tuple(event.id for event in said)
    home.log.append([*drafts, Draft(RecordKind.ACT, act, SUMMARY, UNDONE, seen, village=said[0].village)], progress)
    return Undone(len(registers) - left, left)


def _line(person: Person | None, doubt: Doubt, law: Law) -> Line:
    if person is None or doubt.field not in person.fields:
        return Line(doubt, left="moved")
    field = Field(doubt.field)
    view = person.fields[field]
    road = suggest(person, field, law)
    if doubt.kind is DoubtKind.SPELLING:
        return Line(doubt, view.value, "spelling")
    named = {item.code for item in view.differences if not item.harmless}
    return Line(doubt, road.value, road.code, _why_left(road, named, doubt.code))


def _why_left(road: Suggestion, named: set[str], reason: str) -> str:
    if named != {reason}:
        return "mixed"
    if not road.value:
        return "no_value"
    return "" if road.who == Who.OFFICER else "not_alone"


def _draft(home: Home, line: Line, act: str, reason: str) -> Draft:
    person = home.people.person(line.doubt.person)
    if person is None:
        raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": line.doubt.person})
    basis = {"reason": line.road, "bulk": act, "difference": reason}
    return decision_draft(home, person, Field(line.doubt.field), line.value, basis)
