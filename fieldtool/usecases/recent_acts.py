"""What was said last at this machine, the newest first, so that an act of an earlier sitting can be undone."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from fieldtool.ports import Home
from fieldtool.records.documents import Document
from fieldtool.records.errors import FieldtoolError
from fieldtool.records.events import CONTENT, PROPOSAL, STANDING, SUMMARY, UNDONE, VERDICT, Event, RecordKind
from fieldtool.records.fields import Field
from fieldtool.usecases import acts
from fieldtool.usecases.decide_in_bulk import undo_bulk

CODES = ("field", "same", "apart", "proposal", "declined", "standing", "reopened", "paper", "bulk")
_KINDS = (RecordKind.PERSON, RecordKind.PAIR, RecordKind.DOCUMENT, RecordKind.DOUBT, RecordKind.ACT)
_FIELDS = frozenset(Field)


@dataclass(frozen=True, slots=True)
class Recent:
    """An act that still stands: `code` is one of CODES and has its sentence as "recent.<code>".

    `event` is what `take_back` is given: an event of the act, or the id of a bulk. `name` is of whom it spoke,
    `other` of whom besides; `field`, `value` and `count` are filled where the code speaks of them; `note` are the
    officer's own words.
    """

    event: str
    code: str
    at: str
    author: str
    name: str = ""
    other: str = ""
    field: str = ""
    value: str = ""
    count: int = 1
    note: str = ""


def recent_acts(home: Home, limit: int = 8, skip: int = 0) -> tuple[Recent, ...]:
    """Acts of this machine's officers that can be taken back, the newest first; visits are undone by visits."""
    return tuple(islice(_standing(home), skip, skip + limit))


def take_back(home: Home, act: str) -> None:
    """Undo what `recent_acts` told; raises what `acts.undo` and `undo_bulk` raise."""
    if home.log.event(act) is None:
        undo_bulk(home, act)
    else:
        acts.undo(home, act)


def _standing(home: Home) -> Iterator[Recent]:
    seen: set[str] = set()
    for event in home.log.backwards(_KINDS, CONTENT):
        basis = acts.read_basis(event.basis)
        if event.device != home.card.device or "undoes" in basis or "visit" in basis:
            continue
        act = acts.Act.of(event)
        key = str(basis.get("bulk", "")) or (event.record if event.kind == RecordKind.ACT else act.id if act else "")
        if key in seen:
            continue
        seen |= {key} if key else set()
        found = _told(home, event, act, key if event.kind == RecordKind.ACT else "")
        if found is not None and (event.kind == RecordKind.ACT or _stands(home, event)):
            yield found


def _stands(home: Home, event: Event) -> bool:
    try:
        acts.whole_act(home, event)
    except FieldtoolError:  # something later stands on it, or it was taken back
        return False
    return True


def _told(home: Home, event: Event, act: acts.Act | None, bulk: str) -> Recent | None:
    """An event as an act of the desk; None for what is none (links of a match, visits, what is undone)."""
    plain = Recent(event.id, "", event.at, event.author, note=str(acts.read_basis(event.basis).get("note", "")))
    if bulk:
        if event.value == UNDONE or not any(e.id == event.id for e in home.log.register(event.kind, bulk, SUMMARY)):
            return None
        said = json.loads(event.value)
        return dataclasses.replace(
            plain, event=bulk, code="bulk", value=str(said["reason"]), count=len(said["registers"])
        )
    if act is not None and act.pairs:
        says = {one.value for pair in act.pairs for one in home.log.register(RecordKind.PAIR, pair, VERDICT)}
        return _of_pair(home, plain, act.pairs[0], "same" if "same" in says else "apart")
    if act is not None and act.moves:
        return dataclasses.replace(plain, code="paper", name=_name(home.people.document(act.moves[0])))
    if event.kind == RecordKind.PAIR and event.field == PROPOSAL:
        return _of_pair(home, plain, event.record, "proposal" if event.value else "declined")
    if event.kind == RecordKind.DOUBT and event.field == STANDING:
        return _of_doubt(home, plain, event)
    if event.kind == RecordKind.PERSON and event.field in _FIELDS and event.value:
        person = home.people.person(event.record)
        name = person.value(Field.NAME) if person else ""
        return dataclasses.replace(plain, code="field", name=name, field=event.field, value=event.value)
    return None


def _of_pair(home: Home, plain: Recent, pair: str, code: str) -> Recent:
    a, _, b = pair.partition("|")
    names = [_name(home.people.document(id)) for id in (a, b)]
    return dataclasses.replace(plain, code=code, name=names[0], other=names[1])


def _of_doubt(home: Home, plain: Recent, event: Event) -> Recent:
    doubt = home.people.doubt(event.record)
    name = doubt.name if doubt is not None else event.record
    code = "standing" if event.value else "reopened"
    return dataclasses.replace(plain, code=code, name=name, value=event.value)


def _name(paper: Document | None) -> str:
    return paper.get(Field.NAME) if paper is not None else ""
