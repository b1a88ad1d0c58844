"""Settle a doubt: decide a field, say that two papers are or are not one person, place a paper, undo any of it.

Every act appends operations that supersede exactly what the officer had before him; what he could not have seen
stays and shows up as a conflict.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fieldtool.ports import Home
from fieldtool.records.documents import Document
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.events import CONTENT, LINK, VERDICT, Draft, Event, RecordKind
from fieldtool.records.fields import Field
from fieldtool.records.persons import Person
from fieldtool.records.roles import Power
from fieldtool.records.verdicts import Band
from fieldtool.usecases.authority import require


@dataclass(frozen=True, slots=True)
class _Act:
    """One verdict with all it moved; every event of it carries this, so that undo finds the others."""

    id: str
    pair: str
    moves: tuple[str, ...]

    def basis(self) -> dict[str, object]:
        return {"act": self.id, "pair": self.pair, "moves": list(self.moves)}

    @classmethod
    def of(cls, event: Event) -> _Act | None:
        data = _read(event.basis)
        moves = data.get("moves")
        if "act" not in data or not isinstance(moves, list):
            return None
        return cls(str(data["act"]), str(data["pair"]), tuple(str(item) for item in moves))


def decide(
    home: Home,
    person_id: str,
    field: Field,
    value: str,
    *,
    chosen: Sequence[str] = (),
    reason: str = "",
    note: str = "",
    saw: Sequence[str] | None = None,
) -> str:
    """Decide the value of a person's field; returns the event's id.

    `chosen` are the documents whose value was taken, `reason` the code of the rule or difference, `saw` the ids of
    the decisions that were on the screen (all live ones when None). BAD_VALUE for an empty value, NOT_FOUND for an
    unknown person, STALE_DECISION when another decision arrived since the screen was drawn.
    """
    value = value.strip()
    if not value:
        raise FieldtoolError(ErrorCode.BAD_VALUE, values={"field": field})
    person = _person(home, person_id)
    require(home, Power.DECIDE, person.village)
    standing = home.log.register(RecordKind.PERSON, person_id, field)
    if saw is not None and {event.id for event in standing} != set(saw):
        raise FieldtoolError(ErrorCode.STALE_DECISION, values={"field": field})
    view = person.fields.get(field)
    seen = [text for text, _ in view.values] if view else []
    basis = {"seen": seen, "documents": list(chosen), "reason": reason, "note": note}
    draft = Draft(
        kind=RecordKind.PERSON,
        record=person_id,
        field=field,
        value=value,
        supersedes=tuple(event.id for event in standing),
        basis=_compact(basis),
        village=person.village,
        old=view.value if view else "",
    )
    return home.log.append([draft])[0]


def verdict(home: Home, a: str, b: str, says: str) -> tuple[str, ...]:
    """Say that two documents are of one person ("same") or not ("apart"); returns the event ids, verdict first.

    "same" moves the documents of b's person to a's; "apart" takes b out of a's person when they share one, and
    keeps the matcher from ever joining them again.
    """
    if says not in ("same", "apart"):
        raise FieldtoolError(ErrorCode.BAD_VALUE, values={"field": "verdict"})
    first, second = home.people.document(a), home.people.document(b)
    if first is None or second is None:
        raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": b if first else a})
    require(home, Power.DECIDE, first.village)
    pair = "|".join(sorted((a, b)))
    moves = _moves(home, first, second, says)
    act = _Act(home.ids.record(), pair, tuple(document for document, _ in moves))
    standing = home.log.register(RecordKind.PAIR, pair, VERDICT)
    drafts = [
        Draft(
            kind=RecordKind.PAIR,
            record=pair,
            field=VERDICT,
            value=says,
            supersedes=tuple(event.id for event in standing),
            basis=_compact(act.basis()),
            village=first.village,
        ),
        *(_link(home, document, person, act, first.village) for document, person in moves),
    ]
    return home.log.append(drafts)


def _moves(home: Home, first: Document, second: Document, says: str) -> list[tuple[str, str]]:
    """Which documents a verdict gives to which person."""
    links = home.people.links()
    person_a, person_b = links.get(first.id, (first.id, ""))[0], links.get(second.id, (second.id, ""))[0]
    if says == "same" and person_a != person_b:
        other = home.people.person(person_b)
        papers = {paper.id for paper in other.documents} if other else set()
        founder = set() if first.id in links else {first.id}
        return [(paper, person_a) for paper in sorted(papers | {second.id} | founder)]
    if says == "apart" and person_a == person_b:
        leaver, stays = (second, first) if person_a != second.id else (first, second)
        return [(leaver.id, leaver.id), (stays.id, person_a)]
    return []


def settle_rivals(home: Home, document: str, person: str) -> str:
    """Place a document that two homes linked to different persons; returns the event's id."""
    paper = home.people.document(document)
    if paper is None:
        raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": document})
    require(home, Power.DECIDE, paper.village)
    act = _Act(home.ids.record(), "", (document,))
    return home.log.append([_link(home, document, person, act, paper.village)])[0]


def undo(home: Home, event_id: str) -> tuple[str, ...]:
    """Take back an act: each register it wrote gets back what it held. Returns the new event ids.

    An act of several operations (a verdict with its links) is undone whole, whichever of its events is named.
    STALE_DECISION when a later decision already stands on it, NOTHING_TO_UNDO for an event that is no act.
    """
    event = home.log.event(event_id)
    if event is None:
        raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": event_id})
    acts = _whole_act(home, event)
    return home.log.append([draft for item in acts for draft in _restoring(home, item)])


def _whole_act(home: Home, event: Event) -> list[Event]:
    """The live events of the act that an event belongs to; STALE_DECISION when some no longer stand."""
    if event.kind not in (RecordKind.PERSON, RecordKind.PAIR, RecordKind.DOCUMENT) or event.field == CONTENT:
        raise FieldtoolError(ErrorCode.NOTHING_TO_UNDO, values={"what": event.id})
    registers = [(event.kind, event.record, event.field)]
    act = _Act.of(event)
    if act is not None:
        pair: list[tuple[str, str, str]] = [(RecordKind.PAIR, act.pair, VERDICT)] if act.pair else []
        registers = pair + [(RecordKind.DOCUMENT, document, LINK) for document in act.moves]
    found = []
    for kind, record, field in registers:
        standing = home.log.register(kind, record, field)
        own = [item for item in standing if item.id == event.id or (act and _Act.of(item) == act)]
        if not own:
            raise FieldtoolError(ErrorCode.STALE_DECISION, values={"field": field})
        found += own
    return found


def _restoring(home: Home, event: Event) -> list[Draft]:
    """Operations that bring back what an event superseded: both values when it had settled two."""
    basis = {"undoes": event.id}
    before = [home.log.event(id) for id in event.supersedes]
    held = [item for item in before if item is not None and item.value]
    blank = event.record if event.field == LINK else ""  # a paper without a person stands alone
    restored: list[tuple[str, dict[str, object]]] = [(item.value, {**_read(item.basis), **basis}) for item in held]
    restored = restored or [(blank, {**basis})]
    return [
        Draft(
            kind=RecordKind(event.kind),
            record=event.record,
            field=event.field,
            value=value,
            supersedes=(event.id,),
            basis=_compact(_without_act(read)),
            village=event.village,
            old=event.value,
        )
        for value, read in restored
    ]


def _link(home: Home, document: str, person: str, act: _Act, village: str) -> Draft:
    standing = home.log.register(RecordKind.DOCUMENT, document, LINK)
    return Draft(
        kind=RecordKind.DOCUMENT,
        record=document,
        field=LINK,
        value=person,
        supersedes=tuple(event.id for event in standing),
        basis=_compact({**act.basis(), "band": Band.OFFICER}),
        village=village,
        old=standing[0].value if standing else "",
    )


def _person(home: Home, id: str) -> Person:
    person = home.people.person(id)
    if person is None:
        raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": id})
    return person


def _read(basis: str) -> dict[str, object]:
    data = json.loads(basis) if basis else {}
    return data if isinstance(data, dict) else {}


def _without_act(basis: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in basis.items() if name not in ("act", "pair", "moves")}


def _compact(basis: Mapping[str, object]) -> str:
    return json.dumps(basis, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
