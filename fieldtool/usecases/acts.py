"""An officer's act of one or several operations, and its undoing: each register it wrote gets back what it held.

Every event of an act names all the registers that the act wrote, so that undo finds the others from any of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fieldtool.ports import Home
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.events import CONTENT, LINK, PROPOSAL, VERDICT, Draft, Event, RecordKind
from fieldtool.records.roles import Power
from fieldtool.records.verdicts import Band
from fieldtool.usecases.authority import require
from fieldtool.usecases.overtaken import overtaken

_UNDOABLE = (RecordKind.PERSON, RecordKind.PAIR, RecordKind.DOCUMENT, RecordKind.DOUBT)


@dataclass(frozen=True, slots=True)
class Act:
    """One act with all it moved: pairs it spoke of, papers it gave to a person, decisions it carried into a person.

    `carried` are "person:field" registers; `proposal` is the proposal's pair that the act answers, "" for none.
    """

    id: str
    pairs: tuple[str, ...] = ()
    moves: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()
    proposal: str = ""

    def basis(self, **more: object) -> str:
        """What every event of the act carries."""
        own = {"act": self.id, "pair": " ".join(self.pairs), "moves": list(self.moves)}
        rest = {"carried": list(self.carried), "proposal": self.proposal}
        return compact({**own, **{name: value for name, value in rest.items() if value}, **more})

    @classmethod
    def of(cls, event: Event) -> Act | None:
        """The act an event belongs to, None for one that stands alone."""
        data = read_basis(event.basis)
        moves = data.get("moves")
        if "act" not in data or not isinstance(moves, list):
            return None
        return cls(
            str(data["act"]),
            tuple(str(data.get("pair", "")).split()),
            tuple(str(item) for item in moves),
            _texts(data.get("carried")),
            str(data.get("proposal", "")),
        )

    def registers(self) -> list[tuple[str, str, str]]:
        """Every register the act wrote."""
        found: list[tuple[str, str, str]] = [(RecordKind.PAIR, pair, VERDICT) for pair in self.pairs]
        found += [(RecordKind.DOCUMENT, document, LINK) for document in self.moves]
        for place in self.carried:
            person, _, field = place.rpartition(":")
            found.append((RecordKind.PERSON, person, field))
        if self.proposal:
            found.append((RecordKind.PAIR, self.proposal, PROPOSAL))
        return found


LONGEST_NOTE = 500  # characters of an officer's own words to an act


def own_words(note: str) -> dict[str, object]:
    """An officer's own words to an act, for its basis: {} for none, BAD_VALUE for more than LONGEST_NOTE."""
    words = " ".join(note.split())
    if len(words) > LONGEST_NOTE:
        raise FieldtoolError(ErrorCode.BAD_VALUE, values={"field": "note", "detail": f"≤ {LONGEST_NOTE}"})
    return {"note": words} if words else {}


def pair_of(a: str, b: str) -> str:
    """The record id of a pair of papers."""
    return "|".join(sorted((a, b)))


def link_draft(home: Home, document: str, person: str, act: Act, village: str, **more: object) -> Draft:
    """The operation that gives a paper to a person because an officer said so."""
    standing = home.log.register(RecordKind.DOCUMENT, document, LINK)
    return Draft(
        kind=RecordKind.DOCUMENT,
        record=document,
        field=LINK,
        value=person,
        supersedes=tuple(event.id for event in standing),
        basis=act.basis(band=Band.OFFICER, **more),
        village=village,
        old=standing[0].value if standing else "",
    )


def pair_draft(home: Home, pair: str, field: str, value: str, act: Act, village: str, **more: object) -> Draft:
    """The operation that says something of a pair of papers."""
    standing = home.log.register(RecordKind.PAIR, pair, field)
    seen = tuple(event.id for event in standing)
    return Draft(RecordKind.PAIR, pair, field, value, seen, act.basis(**more), village)


def undo(home: Home, event_id: str) -> tuple[str, ...]:
    """Take back an act: each register it wrote gets back what it held. Returns the new event ids.

    An act of several operations (a merge with its links) is undone whole, whichever of its events is named.
    STALE_DECISION when a later decision already stands on it, NOTHING_TO_UNDO for an event that is no act.
    """
    event = home.log.event(event_id)
    if event is None:
        raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": event_id})
    require(home, Power.DECIDE, event.village)
    acts = whole_act(home, event)
    return home.log.append([draft for item, standing in acts for draft in restoring(home, item, standing)])


def whole_act(home: Home, event: Event) -> list[tuple[Event, Event]]:
    """The events of the act that an event belongs to, each with what stands for it now; STALE_DECISION for nothing."""
    if event.kind not in _UNDOABLE or event.field == CONTENT:
        raise FieldtoolError(ErrorCode.NOTHING_TO_UNDO, values={"what": event.id})
    act = Act.of(event)
    registers = act.registers() if act is not None else [(event.kind, event.record, event.field)]
    found = []
    for kind, record, field in registers:
        standing = home.log.register(kind, record, field)
        own = [
            (item, live)
            for live in standing
            for item in stood(home, live)
            if item.id == event.id or (act and Act.of(item) == act)
        ]
        if not own:
            raise overtaken(home, field, standing)
        found += own
    return found


def stood(home: Home, live: Event) -> Iterator[Event]:
    """An event, and those it stands for: when what came after was taken back, what it had superseded was said again."""
    waiting = [live]
    while waiting:
        item = waiting.pop()
        yield item
        undone = home.log.event(str(read_basis(item.basis).get("undoes", "")))
        before = [home.log.event(id) for id in undone.supersedes] if undone is not None else []
        waiting += [said for said in before if said is not None and said.value == item.value]


def restoring(home: Home, event: Event, standing: Event | None = None) -> list[Draft]:
    """Operations that bring back what an event superseded: both values when it had settled two. `standing` is what
    stands for the event, when something came after it and was taken back."""
    basis = {"undoes": event.id}
    before = [home.log.event(id) for id in event.supersedes]
    held = [item for item in before if item is not None and item.value]
    blank = event.record if event.field == LINK else ""  # a paper without a person stands alone
    restored: list[tuple[str, dict[str, object]]] = [(item.value, {**read_basis(item.basis), **basis}) for item in held]
    restored = restored or [(blank, {**basis})]
    return [
        Draft(
            kind=RecordKind(event.kind),
            record=event.record,
            field=event.field,
            value=value,
            supersedes=((standing or event).id,),
            basis=compact(without_act(read)),
            village=event.village,
            old=event.value,
        )
        for value, read in restored
    ]


def read_basis(basis: str) -> dict[str, object]:
    """The basis of an event as a mapping; {} for none."""
    data = json.loads(basis) if basis else {}
    return data if isinstance(data, dict) else {}


def compact(basis: Mapping[str, object]) -> str:
    """The compact JSON of a basis."""
    return json.dumps(basis, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def without_act(basis: Mapping[str, object]) -> dict[str, object]:
    """What an event said beside the act it belonged to."""
    own = ("act", "pair", "moves", "carried", "proposal", "bulk")
    return {name: value for name, value in basis.items() if name not in own}


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(item) for item in value) if isinstance(value, list) else ()
