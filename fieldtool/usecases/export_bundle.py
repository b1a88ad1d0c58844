"""Export: what a receiver lacks, as one signed and sealed workbook, read back from the stick before it counts.

The readable workbook exists in memory only. Its content is proved by the receiver's own code before it is sealed,
since the sender cannot open a seal; the sealed bytes are proved by reading the stick.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from fieldtool import __version__
from fieldtool.bundles.envelope import ENVELOPE_PURPOSE, Envelope, envelope_bytes, framed, letter
from fieldtool.bundles.manifest import SIGN_PURPOSE, Manifest, bundle_id, header, manifest_rows, read_manifest
from fieldtool.bundles.pack import MOST_EVENTS, Packer
from fieldtool.bundles.unpack import read_events
from fieldtool.ports import Home, Progress, no_progress
from fieldtool.records.documents import from_payload
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.events import CONTENT, LINK, SCHEMA, Event, RecordKind
from fieldtool.records.exchange import BundleNote, BundleState, DeviceCard, Role
from fieldtool.records.fields import Field
from fieldtool.records.vietnamese import fold
from fieldtool.usecases.prove_bundle import may_speak_for
from fieldtool.usecases.users import may_export

_LAST_NUMBER = "bundles.last_number"
_STEP = 500  # events between two reports of progress


@dataclass(frozen=True, slots=True)
class ExportOutcome:
    """The proved bundle on the stick; `more` are further ones when one could not hold all."""

    file: Path
    bundle: str
    number: int
    receiver: str
    events: int
    rows: int
    bytes: int
    sealed_for: tuple[str, ...]
    more: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class _Made:
    """A bundle in memory, before it is written."""

    note: BundleNote
    rows: int
    content: bytes


def export_bundle(
    home: Home,
    unit: str,
    folder: Path,
    *,
    villages: Sequence[str] = (),
    since_receipt: bool = True,
    progress: Progress = no_progress,
) -> ExportOutcome:
    """Write what a unit lacks into a folder and prove it. NOT_ENROLLED, UNKNOWN_UNIT, NOTHING_TO_EXPORT,
    EXPORT_NOT_PROVED, or an error of writing (DISK_FULL, NOT_WRITABLE, FILE_LOCKED); nothing is remembered then."""
    may_export(home, tuple(villages))
    if not home.keys.enrolled():
        raise FieldtoolError(ErrorCode.NOT_ENROLLED)
    own = home.keys.card()
    unit = _unit_meant(home, unit)
    receivers = [card for card in home.keys.receivers(unit) if card.device != own.device]
    if not receivers:
        raise FieldtoolError(ErrorCode.UNKNOWN_UNIT, values={"unit": unit})
    events = [e for e in home.shelf.outgoing(unit, since_receipt, villages) if may_speak_for(own, e)]
    if not events:
        raise FieldtoolError(ErrorCode.NOTHING_TO_EXPORT, values={"unit": unit})
    parents = home.shelf.parents_for(unit)
    made: list[ExportOutcome] = []
    for start in range(0, len(events), MOST_EVENTS):
        part = events[start : start + MOST_EVENTS]
        made.append(_export_part(home, part, receivers, folder, tuple(villages), parents, progress))
        parents = (made[-1].bundle,)
    first = made[0]
    return ExportOutcome(
        file=first.file,
        bundle=first.bundle,
        number=first.number,
        receiver=unit,
        events=len(events),
        rows=sum(item.rows for item in made),
        bytes=sum(item.bytes for item in made),
        sealed_for=first.sealed_for,
        more=tuple(item.file for item in made[1:]),
    )


def _unit_meant(home: Home, given: str) -> str:
    """The code of a unit given by its code or by its name; AMBIGUOUS when two units bear the name."""
    cards = home.keys.trusted()
    if any(card.unit == given for card in cards):
        return given
    named = sorted({card.unit for card in cards if fold(card.unit_name) == fold(given)})
    if len(named) > 1:
        raise FieldtoolError(ErrorCode.AMBIGUOUS, values={"what": given})
    return named[0] if named else given


def _export_part(
    home: Home,
    events: list[Event],
    receivers: list[DeviceCard],
    folder: Path,
    villages: tuple[str, ...],
    parents: tuple[str, ...],
    progress: Progress,
) -> ExportOutcome:
    made = _make(home, events, receivers, villages, parents, progress)
    progress(0, 0, "prove")
    note = made.note
    file = home.sticks.write_proved(folder, note.file, made.content)
    # Only what lies on the stick as it was made is remembered: a kill before this line costs a number, no more.
    home.shelf.record_made(note, [event.id for event in events])
    home.log.note("export", f"{note.id} {note.receiver} {note.events}")
    sealed_for = tuple(f"{card.device}.{card.incarnation}" for card in receivers)
    return ExportOutcome(
        file, note.id, note.number, note.receiver, note.events, made.rows, len(made.content), sealed_for
    )


def _make(
    home: Home,
    events: list[Event],
    receivers: list[DeviceCard],
    villages: tuple[str, ...],
    parents: tuple[str, ...],
    progress: Progress,
) -> _Made:
    packer = Packer(_names(home, events), home.books.label)
    number, previous = _next_number(home)
    made_at = home.clock.now()
    own = home.keys.card()

    def manifest() -> Manifest:
        return Manifest(
            kind=_kind(own, receivers[0]),
            device=own.device,
            incarnation=own.incarnation,
            number=number,
            previous=previous,
            parents=parents,
            unit=own.unit,
            unit_name=own.unit_name,
            receiver=receivers[0].unit,
            villages=villages,
            made_at=made_at,
            schema=SCHEMA,
            rows=packer.row_count,
            root=packer.root,
            journal=home.log.journal_head(),
            software=f"fieldtool {__version__}",
        )

    signed: list[Manifest] = []

    def signed_rows() -> list[tuple[str, ...]]:
        signed.append(manifest())
        return [*manifest_rows(signed[0], home.keys.sign(SIGN_PURPOSE, header(signed[0])))]

    workbook, rows = home.books.write(packer.rows(_reporting(events, progress)), signed_rows)
    _prove_content(home, workbook, signed[0], events, progress)
    progress(0, 0, "seal")
    content = _sealed(home, workbook, signed[0], receivers)
    identity = bundle_id(signed[0])
    note = BundleNote(
        id=identity,
        device=own.device,
        incarnation=own.incarnation,
        number=number,
        receiver=receivers[0].unit,
        parents=parents,
        state=BundleState.MADE,
        made_at=made_at,
        events=len(events),
        file=f"{own.device}-c{own.incarnation}-{number:04d}-{identity[:8]}.goi",
        unit=own.unit,
    )
    return _Made(note, rows, content)


def _prove_content(home: Home, workbook: bytes, made: Manifest, events: list[Event], progress: Progress) -> None:
    """Read the workbook with the receiver's code: it must give back every event, and the signature must hold."""
    progress(0, len(events), "prove")
    try:
        read, signature, _ = read_manifest(home.books.manifest(workbook))
        back = read_events(read, home.books.changes(workbook))
        same = all(got == sent for got, sent in zip_longest(back, events))
    except FieldtoolError as error:
        raise FieldtoolError(ErrorCode.EXPORT_NOT_PROVED, place=error.place, values={"detail": error.code}) from error
    holds = home.keys.verify(home.keys.card(), SIGN_PURPOSE, header(read), signature)
    if not holds or read != made or not same:
        raise FieldtoolError(ErrorCode.EXPORT_NOT_PROVED)


def _sealed(home: Home, workbook: bytes, manifest: Manifest, receivers: list[DeviceCard]) -> bytes:
    envelope = Envelope(
        device=manifest.device,
        incarnation=manifest.incarnation,
        number=manifest.number,
        bundle=bundle_id(manifest),
        receiver=manifest.receiver,
        openers=tuple(card.seal_key for card in receivers),
        workbook_sha256=hashlib.sha256(workbook).hexdigest(),
        workbook_size=len(workbook),
    )
    signed = envelope_bytes(envelope)
    return framed(home.keys.seal(letter(signed, home.keys.sign(ENVELOPE_PURPOSE, signed), workbook), receivers))


def _next_number(home: Home) -> tuple[int, str]:
    """A number no bundle of this incarnation bears, kept before it is used, and the id of the bundle before.

    Were it taken from the notes alone, a kill between writing the stick and noting it would give one number to two
    bundles, which every receiver must take for a cloned laptop.
    """
    own = home.keys.card()
    mine = [n for n in home.shelf.bundles() if (n.device, n.incarnation) == (own.device, own.incarnation)]
    kept = json.loads(home.settings.get(_LAST_NUMBER) or "{}")
    name = str(own.incarnation)
    number = 1 + max([int(kept.get(name, 0)), *(note.number for note in mine)])
    home.settings.put(_LAST_NUMBER, json.dumps({**kept, name: number}))
    return number, max(mine, key=lambda note: note.number).id if mine else ""


def _kind(own: DeviceCard, receiver: DeviceCard) -> str:
    if own.role == Role.HEADQUARTERS:
        return "xuong"
    return "len" if receiver.role == Role.HEADQUARTERS else "ngang"


def _reporting(events: list[Event], progress: Progress) -> Iterator[Event]:
    """The events, telling the progress on the way."""
    for done, event in enumerate(events):
        if done % _STEP == 0:
            progress(done, len(events), "pack")
        yield event


def _names(home: Home, events: list[Event]) -> Callable[[Event], str]:
    """Who an event speaks of, for the human reader: from the papers in the bundle, else as the home shows him."""
    documents: dict[str, str] = {}
    persons: dict[str, str] = {}
    for event in events:
        if event.kind == RecordKind.DOCUMENT and event.field == CONTENT and event.value:
            documents[event.record] = _name_on(event)
    for event in events:
        if event.kind == RecordKind.DOCUMENT and event.field == LINK and documents.get(event.record):
            persons.setdefault(event.value, documents[event.record])

    def name_of(event: Event) -> str:
        if event.kind == RecordKind.DOCUMENT:
            if event.record not in documents:
                held = home.people.document(event.record)
                documents[event.record] = held.get(Field.NAME) if held else ""
            return documents[event.record]
        if event.kind == RecordKind.PERSON:
            if event.record not in persons:
                shown = home.people.person(event.record)
                persons[event.record] = shown.value(Field.NAME) if shown else ""
            return persons[event.record]
        return ""

    return name_of


def _name_on(event: Event) -> str:
    try:
        return from_payload(event.record, event.value).get(Field.NAME)
    except (ValueError, KeyError, TypeError):
        return ""  # a paper of a newer schema: its name is in its value all the same
