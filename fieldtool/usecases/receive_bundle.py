"""Receive: verify each bundle by itself, then join it in one transaction; a bad one does not stop the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from fieldtool.bundles.manifest import parent_ids, parent_names
from fieldtool.ports import Home, Progress, no_progress
from fieldtool.records.errors import Cancelled, ErrorCode, FieldtoolError, Place
from fieldtool.records.events import Event
from fieldtool.records.exchange import BundleNote, BundleState, Joined
from fieldtool.records.roles import Power
from fieldtool.usecases.authority import require
from fieldtool.usecases.from_stick import take_in
from fieldtool.usecases.issue_receipts import receipts
from fieldtool.usecases.judge_operations import held_back, held_when_applied
from fieldtool.usecases.keep_trust import LIST_ENDING, adopt_published, read_list_file, recall_revoked
from fieldtool.usecases.own_bundles_back import is_own, keep_for_headquarters, note_behind
from fieldtool.usecases.own_leftovers import BEHIND, own_leftovers
from fieldtool.usecases.prove_bundle import ProvedBundle, may_speak_for, prove_named
from fieldtool.usecases.refused_files import refused_files, settle_copy
from fieldtool.usecases.second_person import lacking, note_to_ask
from fieldtool.usecases.settle_quarantine import follow_verdicts
from fieldtool.usecases.watch_makers import Missing, missing_bundles

_BOOK = ".xlsx"
_TAKEN = (".goi", _BOOK, LIST_ENDING)
_OF_OTHERS = ("~$", "._")  # how the lock files of Excel and the shadows of a Mac begin


@dataclass(frozen=True, slots=True)
class ReceiveOutcome:
    """What became of one file: joined, known already, waiting for `missing_parents`, or refused with `error`."""

    file: Path
    bundle: str = ""
    device: str = ""
    number: int = 0
    unit: str = ""
    unit_name: str = ""
    state: BundleState | None = None
    already_known: bool = False
    new_events: int = 0
    known_events: int = 0
    conflicts_raised: int = 0
    missing_parents: tuple[str, ...] = ()
    forks: tuple[str, ...] = ()
    quarantined: int = 0
    missing: tuple[Missing, ...] = ()
    one_person: bool = False  # a whole commune, and no second officer agreed
    one_person_late: tuple[BundleNote, ...] = ()  # the same of bundles that had waited, told with the last file
    # Bundles of earlier days that had waited and were applied now, told with the last file.
    late: tuple[ReceiveOutcome, ...] = ()
    list_number: int = 0  # of a trust list that lay beside the bundles
    passed_over: bool = False  # a workbook that lay in the folder and is no bundle at all: somebody's list
    error: FieldtoolError | None = None


def receive_bundle(home: Home, paths: Sequence[Path], progress: Progress = no_progress) -> list[ReceiveOutcome]:
    """Receive some bundle files or whole folders of them, in the order given. A refused one is an outcome with its
    error and is noted in the journal; stopping (Cancelled) leaves what was joined before and nothing of the one at
    hand."""
    require(home, Power.RECEIVE)
    outcomes: list[ReceiveOutcome] = []
    released: list[Joined] = []
    own_leftovers(home)
    named, paths = set(paths), _files(home, paths)
    for done, path in enumerate(paths):
        progress(done, len(paths), "verify")
        content, copy = b"", ""
        try:
            if _ending(path) == LIST_ENDING:
                outcome = _take_list(home, path)
            else:
                content, copy = take_in(home, path)
                outcome = _receive(home, path, content, progress, released)
        except Cancelled:
            raise
        except FieldtoolError as error:
            if path not in named and _ending(path) == _BOOK and error.code is ErrorCode.BUNDLE_NOT_A_BUNDLE:
                outcomes.append(ReceiveOutcome(file=path, passed_over=True))
                continue
            outcome = _refused(home, path, error)
        settle_copy(home, path.name, copy, outcome.error, len(content))
        outcomes.append(outcome)  # no progress after the last: stopping there would hide what was joined
    return _in_the_end(home, outcomes, released)


def receive_refused(home: Home, progress: Progress = no_progress) -> list[ReceiveOutcome]:
    """Try the refused files anew from their copies in the home, without the stick: a newer trust list may know their
    makers now."""
    require(home, Power.RECEIVE)
    outcomes: list[ReceiveOutcome] = []
    released: list[Joined] = []
    kept = [item for item in refused_files(home) if item.copy]
    for done, item in enumerate(kept):
        progress(done, len(kept), "verify")
        path = Path(item.file)
        try:
            outcome = _receive(home, path, home.porch.content(item.copy), progress, released)
        except Cancelled:
            raise
        except FieldtoolError as error:
            outcome = _refused(home, path, error)
        if outcome.error is None:
            settle_copy(home, item.file, item.copy, None)
        outcomes.append(outcome)
    return _in_the_end(home, outcomes, released)


def _refused(home: Home, path: Path, error: FieldtoolError) -> ReceiveOutcome:
    home.log.note("receive.refused", f"{path.name}: {error.code} {error.place.sheet} {error.place.cell}".strip())
    return ReceiveOutcome(file=path, error=error)


def _take_list(home: Home, path: Path) -> ReceiveOutcome:
    """Take in a trust list from beside the bundles; an older one that still lies on the stick changes nothing."""
    try:
        read_list_file(home, path)
    except FieldtoolError as error:
        if error.code is not ErrorCode.TRUST_OLDER:
            raise
    return ReceiveOutcome(file=path, list_number=home.trust.number())


def _files(home: Home, paths: Sequence[Path]) -> list[Path]:
    """The files named, and those of the folders named, trust lists first: they may name the makers of the bundles. What
    only points elsewhere is among them, to be refused by name. Old sticks write endings in capitals."""
    found: list[Path] = []
    for path in paths:
        try:
            inside = sorted(path.iterdir()) if path.is_dir() else [path]
        except OSError:
            inside = [path]  # the stick was pulled: reading it says so
        found += [p for p in inside if p == path or _wanted(p) or home.sticks.points_elsewhere(p)]
    return sorted(found, key=lambda path: _ending(path) != LIST_ENDING)


def _wanted(path: Path) -> bool:
    return _ending(path) in _TAKEN and not path.name.startswith(_OF_OTHERS)


def _ending(path: Path) -> str:
    return path.suffix.casefold()


def _in_the_end(home: Home, outcomes: list[ReceiveOutcome], released: Sequence[Joined]) -> list[ReceiveOutcome]:
    """What is to be told once all files are in: a bundle that waited when its turn came may have been applied by a
    later file, and so may one that has waited since another day."""
    done = {joined.bundle: joined for joined in released}
    told = [_applied(o, done.pop(o.bundle)) if o.bundle in done else o for o in outcomes]
    notes = {note.id: note for note in home.shelf.bundles()} if done else {}
    late = tuple(_late(notes[bundle], joined) for bundle, joined in done.items())
    told = [*told[:-1], replace(told[-1], late=late)] if late else told
    return _with_missing(home, _with_second_person(home, told))


def _applied(outcome: ReceiveOutcome, joined: Joined) -> ReceiveOutcome:
    return replace(
        outcome,
        state=joined.state,
        new_events=joined.new_events,
        known_events=joined.known_events - joined.held,
        conflicts_raised=joined.conflicts_raised,
        quarantined=joined.held,
    )


def _late(note: BundleNote, joined: Joined) -> ReceiveOutcome:
    return _applied(ReceiveOutcome(Path(note.file), note.id, note.device, note.number, note.unit), joined)


def _with_second_person(home: Home, outcomes: list[ReceiveOutcome]) -> list[ReceiveOutcome]:
    """Once all files are in: of which bundles that are applied now the second officer's word is lacking."""
    found = {note.id: note for note in lacking(home)}
    told = [replace(outcome, one_person=outcome.bundle in found) for outcome in outcomes]
    here = {outcome.bundle for outcome in outcomes}
    late = tuple(note for note in found.values() if note.id not in here)
    return [*told[:-1], replace(told[-1], one_person_late=late)] if told and late else told


def _with_missing(home: Home, outcomes: list[ReceiveOutcome]) -> list[ReceiveOutcome]:
    """What a later file brought is no longer missing; what is, is told by maker, number and carriers."""
    missing = {item.bundle: item for item in missing_bundles(home)}
    notes = {note.id: note for note in home.shelf.bundles()}
    return [_now(outcome, notes.get(outcome.bundle), missing) for outcome in outcomes]


def _now(outcome: ReceiveOutcome, note: BundleNote | None, missing: Mapping[str, Missing]) -> ReceiveOutcome:
    """An outcome once all files are in. A bundle that waits for what can never come, and holds nothing that is not here
    by another way, brings nothing new and keeps nobody waiting."""
    lacking = tuple(parent for parent in outcome.missing_parents if parent in missing)
    told = replace(
        outcome,
        state=note.state if note else outcome.state,
        missing_parents=lacking,
        missing=tuple(missing[parent] for parent in lacking),
    )
    if note is None or note.state is not BundleState.WAITING or lacking:
        return told
    return replace(told, state=BundleState.APPLIED, known_events=note.events)


def _receive(home: Home, path: Path, content: bytes, progress: Progress, released: list[Joined]) -> ReceiveOutcome:
    """Prove and join one bundle; those that had waited for it are added to `released`."""
    proved = prove_named(home, path.name, content)
    manifest = proved.manifest
    own = is_own(home, proved)
    if manifest.receiver != home.card.unit and not own:
        raise FieldtoolError(ErrorCode.BUNDLE_NOT_OURS, place=Place(file=path.name), values={"unit": manifest.receiver})
    _check_speaker(home, proved, path)
    note = BundleNote(
        id=proved.id,
        device=manifest.device,
        incarnation=manifest.incarnation,
        number=manifest.number,
        receiver=manifest.receiver,
        parents=parent_ids(manifest),
        state=BundleState.MADE if own else BundleState.APPLIED,
        made_at=manifest.made_at,
        events=len(proved.events),
        file=path.name,
        unit=manifest.unit,
    )
    known = any(item.id == proved.id and item.state is not BundleState.WAITING for item in home.shelf.bundles())
    held = held_back(home, proved)
    home.depot.name_bundles(parent_names(manifest))
    note_to_ask(home, proved)
    joined = home.shelf.join(note, proved.events, progress, held, partial(_judged_now, home))
    released += joined.released
    keep_for_headquarters(home, proved, content)
    if not known:
        note_behind(home, note)
        adopt_published(home)
        recall_revoked(home)
        follow_verdicts(home)
        _look_behind(home, joined.missing_parents)
        seal = "sealed" if proved.sealed else "open workbook"
        home.log.note("receive", f"{proved.id} {joined.state} {joined.new_events} {seal}")
        for item in joined.released:
            home.log.note("receive", f"{item.bundle} {item.state} {item.new_events} waited")
    return ReceiveOutcome(
        file=path,
        bundle=proved.id,
        device=manifest.device,
        number=manifest.number,
        unit=manifest.unit,
        unit_name=manifest.unit_name,
        state=joined.state,
        already_known=known,
        new_events=joined.new_events,
        known_events=joined.known_events - joined.held,
        conflicts_raised=joined.conflicts_raised,
        missing_parents=joined.missing_parents,
        forks=joined.forks,
        quarantined=joined.held,
    )


def _judged_now(home: Home, note: BundleNote, events: Sequence[Event]) -> Mapping[str, str]:
    """What is held of a bundle whose turn has come: by the newest list, which the bundle it waited for may bring."""
    adopt_published(home)
    return held_when_applied(home, note, events)


def _look_behind(home: Home, missing: Sequence[str]) -> None:
    """Whether others know of work of this machine that it lacks itself: then it is a restored copy, and must not
    write again under numbers that are taken. It opens read-only until headquarters has given it a new incarnation."""
    own = home.keys.card()
    named = home.depot.named(missing).values()
    behind = [f"{item.number}" for item in named if (item.device, item.incarnation) == (own.device, own.incarnation)]
    mine = [r for r in receipts(home) if (r.device, r.incarnation) == (own.device, own.incarnation) and r.head_seq]
    behind += [
        str(receipt.number)
        for receipt in mine
        if receipt.head_hash not in home.log.hashes_at(receipt.device, receipt.incarnation, receipt.head_seq)
    ]
    if behind:
        home.settings.put(BEHIND, behind[-1])
        home.log.note("behind", behind[-1])


def _check_speaker(home: Home, proved: ProvedBundle, path: Path) -> None:
    """A laptop may carry events of others only when we hold the very same: it cannot speak in their name."""
    for event in proved.events:
        if may_speak_for(proved.maker, event):
            continue
        held = home.log.event(event.id)
        if held is None or held.hash != event.hash:
            raise FieldtoolError(
                ErrorCode.BUNDLE_FOREIGN_EVENTS,
                place=Place(file=path.name),
                values={"device": proved.maker.device, "other": event.device},
            )
