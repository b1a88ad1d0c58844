"""Receive: verify each bundle by itself, then join it in one transaction; a bad one does not stop the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fieldtool.ports import Home, Progress, no_progress
from fieldtool.records.errors import Cancelled, ErrorCode, FieldtoolError, Place
from fieldtool.records.exchange import BundleNote, BundleState
from fieldtool.records.roles import Power
from fieldtool.usecases.authority import require
from fieldtool.usecases.prove_bundle import ProvedBundle, may_speak_for, open_bundle


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
    error: FieldtoolError | None = None


def receive_bundle(home: Home, paths: Sequence[Path], progress: Progress = no_progress) -> list[ReceiveOutcome]:
    """Receive some bundle files, in the order given. A refused one is an outcome with its error and is noted in the
    journal; stopping (Cancelled) leaves what was joined before and nothing of the one at hand."""
    require(home, Power.RECEIVE)
    outcomes = []
    for done, path in enumerate(paths):
        progress(done, len(paths), "verify")
        try:
            outcome = _receive(home, path, progress)
        except Cancelled:
            raise
        except FieldtoolError as error:
            outcome = ReceiveOutcome(file=path, error=error)
            home.log.note(
                "receive.refused", f"{path.name}: {error.code} {error.place.sheet} {error.place.cell}".strip()
            )
        outcomes.append(outcome)
    progress(len(paths), len(paths), "verify")
    return outcomes


def _receive(home: Home, path: Path, progress: Progress) -> ReceiveOutcome:
    proved = open_bundle(home, path)
    manifest = proved.manifest
    if manifest.receiver != home.card.unit:
        raise FieldtoolError(ErrorCode.BUNDLE_NOT_OURS, place=Place(file=path.name), values={"unit": manifest.receiver})
    _check_speaker(home, proved, path)
    note = BundleNote(
        id=proved.id,
        device=manifest.device,
        incarnation=manifest.incarnation,
        number=manifest.number,
        receiver=manifest.receiver,
        parents=manifest.parents,
        state=BundleState.APPLIED,
        made_at=manifest.made_at,
        events=len(proved.events),
        file=path.name,
        unit=manifest.unit,
    )
    known = any(item.id == proved.id and item.state is not BundleState.WAITING for item in home.shelf.bundles())
    joined = home.shelf.join(note, proved.events, progress)
    if not known:
        seal = "sealed" if proved.sealed else "open workbook"
        home.log.note("receive", f"{proved.id} {joined.state} {joined.new_events} {seal}")
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
        known_events=joined.known_events,
        conflicts_raised=joined.conflicts_raised,
        missing_parents=joined.missing_parents,
        forks=joined.forks,
    )


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
