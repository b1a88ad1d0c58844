"""Export: what a receiver lacks, as one signed and sealed workbook, read back from the stick before it counts.

The readable workbook exists in memory only. Its content is proved by the receiver's own code before it is sealed,
since the sender cannot open a seal; the sealed bytes are proved by reading the stick.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path

from fieldtool import __version__
from fieldtool.bundles.envelope import ENVELOPE_PURPOSE, Envelope, envelope_bytes, framed, letter
from fieldtool.bundles.manifest import (
    ALGORITHMS,
    SIGN_PURPOSE,
    Manifest,
    bundle_id,
    header,
    manifest_rows,
    parent_line,
    read_manifest,
)
from fieldtool.bundles.pack import Packer, in_parts
from fieldtool.bundles.unpack import read_events
from fieldtool.ports import Home, Progress, no_progress
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.events import SCHEMA, Event
from fieldtool.records.exchange import CARRIED, BundleNote, BundleState, DeviceCard, Role
from fieldtool.usecases.issue_receipts import issue_receipts
from fieldtool.usecases.keep_trust import publish_trust, write_list_file
from fieldtool.usecases.names_in_bundle import names_in
from fieldtool.usecases.own_bundles_back import to_hand_back
from fieldtool.usecases.own_leftovers import own_leftovers
from fieldtool.usecases.prove_bundle import may_speak_for
from fieldtool.usecases.users import introduce_officer, may_export
from fieldtool.usecases.watch_makers import tell_forks
from fieldtool.usecases.what_they_hold import holders_of, note_sealed, opens_for_all
from fieldtool.usecases.who_receives import concerns, nobody_there, receivers_of, unit_meant

_LAST_NUMBER = "bundles.last_number"
_STEP = 500  # events between two reports of progress


@dataclass(frozen=True, slots=True)
class ExportOutcome:
    """The proved bundle on the stick; `more` are further ones when one could not hold all. `resent` are bundles of
    before, written again byte for byte because no receipt came; `carried` those of other machines for this unit."""

    file: Path
    bundle: str
    number: int
    receiver: str
    events: int
    rows: int
    bytes: int
    sealed_for: tuple[str, ...]
    more: tuple[Path, ...] = ()
    resent: tuple[Path, ...] = ()
    carried: tuple[Path, ...] = ()
    safe: bool = False  # the stick may be pulled; otherwise it is ejected by hand first

    @property
    def files(self) -> tuple[Path, ...]:
        """All that was newly written; the receiver needs every one."""
        return (self.file, *self.more)


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
    hand_back: bool = False,
    progress: Progress = no_progress,
) -> ExportOutcome:
    """Write what a unit lacks into a folder and prove it; with `hand_back` also headquarters' own bundles that this
    laptop keeps, as it does by itself once headquarters shows new keys. NOT_ENROLLED, UNKNOWN_UNIT, NOTHING_TO_EXPORT,
    EXPORT_NOT_PROVED, or an error of writing (DISK_FULL, NOT_WRITABLE, STICK_PULLED, FILE_LOCKED): what was made by
    then is written with the next export, under its own name."""
    may_export(home, tuple(villages))
    if not home.keys.enrolled():
        raise FieldtoolError(ErrorCode.NOT_ENROLLED)
    own_leftovers(home)
    own = home.keys.card()
    unit = unit_meant(home, unit)
    receivers = receivers_of(home, unit)
    if not receivers:
        raise nobody_there(home, unit)
    introduce_officer(home)
    issue_receipts(home)
    publish_trust(home)
    tell_forks(home)
    holders = holders_of(home, receivers)
    kept = {bundle for bundle, _, _ in home.depot.files(unit)}
    pending = [note for note in home.shelf.pending(unit, holders) if note.id in kept] if since_receipt else []
    pending = [note for note in pending if opens_for_all(home, note, receivers)]
    sent = {event for note in pending for event in home.depot.contained(note.id)}
    events = (
        event
        for event in home.shelf.outgoing(unit, since_receipt, villages, holders)
        if event.id not in sent and may_speak_for(own, event) and concerns(home, receivers, event)
    )
    resent, carried = _write_kept(home, unit, folder, {note.id for note in pending}, hand_back)
    parents = home.shelf.parents_for(unit, holders) if since_receipt else ()
    if pending:
        parents = (*parents, pending[-1].id)
    made: list[ExportOutcome] = []
    for part in in_parts(events):
        made.append(_export_part(home, part, receivers, folder, tuple(villages), parents, progress))
        parents = (made[-1].bundle,)
    if not (made or resent or carried):
        raise FieldtoolError(ErrorCode.NOTHING_TO_EXPORT, values={"unit": unit})
    if own.role == Role.HEADQUARTERS and own.incarnation > 1:
        write_list_file(home, folder)  # a machine that knows headquarters' former keys alone needs it before the bundle
    told = _told(unit, made, pending, resent, carried)
    return replace(told, safe=home.sticks.settled(folder))


def _told(
    unit: str,
    made: list[ExportOutcome],
    pending: list[BundleNote],
    resent: tuple[Path, ...],
    carried: tuple[Path, ...],
) -> ExportOutcome:
    if not made:  # nothing new: what was on the lost stick, or only what a courier brings
        note = pending[-1] if pending else None
        file = (resent or carried)[-1]
        return ExportOutcome(
            file=file,
            bundle=note.id if note else "",
            number=note.number if note else 0,
            receiver=unit,
            events=sum(item.events for item in pending),
            rows=0,
            bytes=0,
            sealed_for=(),
            resent=resent,
            carried=carried,
        )
    first = made[0]
    return ExportOutcome(
        file=first.file,
        bundle=first.bundle,
        number=first.number,
        receiver=unit,
        events=sum(item.events for item in made),
        rows=sum(item.rows for item in made),
        bytes=sum(item.bytes for item in made),
        sealed_for=first.sealed_for,
        more=tuple(item.file for item in made[1:]),
        resent=resent,
        carried=carried,
    )


def _write_kept(
    home: Home, unit: str, folder: Path, pending: set[str], everything: bool
) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Write again what no receipt came for, what this machine carries for others, and what headquarters may have lost,
    byte for byte."""
    own, others = [], []
    made = {note.id for note in home.shelf.bundles() if note.state is BundleState.MADE}
    for bundle, receiver, file in [*home.depot.files(unit), *home.depot.files(CARRIED)]:
        if receiver == CARRIED or bundle not in made:
            others.append(home.sticks.write_proved(folder, file, home.depot.content(bundle)))
        elif bundle in pending:
            own.append(home.sticks.write_proved(folder, file, home.depot.content(bundle)))
    for bundle, file in to_hand_back(home, unit, everything):
        others.append(home.sticks.write_proved(folder, file, home.depot.content(bundle)))
    return tuple(own), tuple(others)


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
    home.depot.keep_file(note.id, note.receiver, note.file, made.content)
    # Remembered before it is written: what may lie whole on a stick after a power cut is ours when its receipt comes,
    # and what does not is written again with the next export, byte for byte.
    note_sealed(home, note.id, receivers)
    home.shelf.record_made(note, [event.id for event in events])
    file = home.sticks.write_proved(folder, note.file, made.content)
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
    packer = Packer(names_in(home, events), home.books.label)
    number, previous = _next_number(home)
    made_at = home.clock.now()
    own = home.keys.card()
    names = home.depot.named(parents)

    def manifest() -> Manifest:
        return Manifest(
            kind=_kind(own, receivers[0]),
            device=own.device,
            incarnation=own.incarnation,
            number=number,
            previous=previous,
            parents=tuple(parent_line(id, names.get(id)) for id in parents),
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
            algorithm=ALGORITHMS[own.suite],
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
    own = home.keys.card()
    openers = [*receivers, own] if own.role == Role.HEADQUARTERS else receivers  # see own_bundles_back
    envelope = Envelope(
        device=manifest.device,
        incarnation=manifest.incarnation,
        number=manifest.number,
        bundle=bundle_id(manifest),
        receiver=manifest.receiver,
        openers=tuple(card.seal_key for card in openers),
        workbook_sha256=hashlib.sha256(workbook).hexdigest(),
        workbook_size=len(workbook),
    )
    signed = envelope_bytes(envelope)
    return framed(home.keys.seal(letter(signed, home.keys.sign(ENVELOPE_PURPOSE, signed), workbook), openers))


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
