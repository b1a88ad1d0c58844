"""Receipts: headquarters says what it did with each operation of each bundle; they travel down in the next bundle."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass

from fieldtool.ports import Home
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.events import VERDICT, Draft, Event, RecordKind
from fieldtool.records.exchange import BundleNote, BundleState, QuarantineState, Result, Role
from fieldtool.records.roles import Power
from fieldtool.usecases.authority import require

RECEIPT, ANSWER = "receipt", "answer"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What headquarters did with one bundle. `operations` names each operation that was not plainly accepted, with
    its result and reason; `head` is the last operation of the machine that headquarters holds, by number and hash."""

    bundle: str
    device: str
    incarnation: int
    number: int
    unit: str
    accepted: int
    operations: tuple[tuple[str, Result, str], ...]
    head_seq: int
    head_hash: str
    at: str


def issue_receipts(home: Home) -> int:
    """Write the receipts that are still owed, at headquarters only; how many. Also after a kill between the two."""
    if not home.card.headquarters:
        return 0
    known = {event.record for event in home.log.events(RecordKind.RECEIPT) if event.field == RECEIPT}
    owed = [note for note in home.shelf.bundles() if note.state is BundleState.APPLIED and note.id not in known]
    if owed:
        heads = _heads(home)
        home.log.append([_draft(home, note, heads) for note in owed])
    return len(owed)


def answer_operation(home: Home, event: str, result: Result, reason: str) -> str:
    """Say to a laptop's operation that it is refused or needs a paper; the reason is required. NOT_HEADQUARTERS,
    NOT_FOUND, REASON_NEEDED. The operation itself stays: the officer who made it decides once more."""
    require(home, Power.DECIDE)
    if not home.card.headquarters:
        raise FieldtoolError(ErrorCode.NOT_HEADQUARTERS)
    if not reason.strip():
        raise FieldtoolError(ErrorCode.REASON_NEEDED)
    held = home.log.event(event)
    if held is None:
        raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": event})
    before = home.log.register(RecordKind.RECEIPT, event, ANSWER)
    card = home.keys.known(held.device, held.incarnation)
    draft = Draft(
        RecordKind.RECEIPT,
        event,
        ANSWER,
        _compact({"result": str(result), "reason": reason.strip()}),
        tuple(item.id for item in before),
        _compact({"unit": card.unit if card else ""}),
    )
    return home.log.append([draft])[0]


def receipts(home: Home) -> list[Receipt]:
    """Every receipt that headquarters wrote and that is known here, oldest first, with its later answers, and with what
    a person there said since of operations that were held back."""
    above = {card.device for card in home.keys.trusted() if card.role == Role.HEADQUARTERS}
    answers: dict[str, tuple[Result, str]] = {}
    written: list[Event] = []
    for event in home.log.events(RecordKind.RECEIPT):
        if event.device not in above:
            continue
        if event.field == RECEIPT:
            written.append(event)
        elif event.field == ANSWER:
            said = json.loads(event.value)
            answers[event.record] = (Result(said["result"]), str(said["reason"]))
    verdicts = {word.record: word for word in home.log.events(RecordKind.QUARANTINE) if _verdict(word, above)}
    return [_read(home, event, answers, verdicts) for event in written]


def _verdict(word: Event, above: Collection[str]) -> bool:
    return word.field == VERDICT and word.device in above


def _read(home: Home, event: Event, answers: dict[str, tuple[Result, str]], verdicts: dict[str, Event]) -> Receipt:
    data = json.loads(event.value)
    operations = {item[0]: (Result(item[1]), str(item[2])) for item in data["operations"]}
    accepted = int(data["accepted"])
    for id, (result, _) in list(operations.items()):
        word = verdicts.get(id) if result is Result.QUARANTINED else None
        if word is None or word.value == QuarantineState.HELD:
            continue
        del operations[id]
        if word.value == QuarantineState.ACCEPTED:
            accepted += 1
        else:
            operations[id] = (Result.REFUSED, str(json.loads(word.basis or "{}").get("reason", "")))
    if answers:
        operations |= {id: answers[id] for id in home.depot.contained(event.record) if id in answers}
    return Receipt(
        event.record,
        str(data["device"]),
        int(data["incarnation"]),
        int(data["number"]),
        str(data["unit"]),
        accepted,
        tuple((id, result, reason) for id, (result, reason) in sorted(operations.items())),
        int(data["head_seq"]),
        str(data["head_hash"]),
        event.at,
    )


def _heads(home: Home) -> dict[tuple[str, int], tuple[int, str]]:
    """The last operation of each machine that headquarters holds, in the log or in quarantine."""
    heads = dict(home.log.heads())
    for event in (item.event for item in home.depot.quarantined()):
        key = (event.device, event.incarnation)
        heads[key] = max(heads.get(key, (0, "")), (event.seq, event.hash))
    return heads


def _draft(home: Home, note: BundleNote, heads: dict[tuple[str, int], tuple[int, str]]) -> Draft:
    operations = [(event, Result.CONFLICT, "") for event in home.depot.clashes(note.id)]
    contained = set(home.depot.contained(note.id))
    operations += [
        (item.event.id, Result.QUARANTINED, str(item.reason))
        for item in home.depot.quarantined()
        if item.event.id in contained and item.state is not QuarantineState.ACCEPTED
    ]
    seq, hash = heads.get((note.device, note.incarnation), (0, ""))
    value = {
        "device": note.device,
        "incarnation": note.incarnation,
        "number": note.number,
        "unit": note.unit,
        "accepted": note.events - sum(result is Result.QUARANTINED for _, result, _ in operations),
        "operations": [[event, str(result), reason] for event, result, reason in operations],
        "head_seq": seq,
        "head_hash": hash,
    }
    return Draft(RecordKind.RECEIPT, note.id, RECEIPT, _compact(value), basis=_compact({"unit": note.unit}))


def _compact(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
