"""Verify: who made a bundle, for whom, and that it is whole; changes nothing, not even the journal."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from fieldtool.bundles.manifest import parent_ids
from fieldtool.ports import Home
from fieldtool.usecases.from_stick import open_bundle


@dataclass(frozen=True, slots=True)
class VerifyOutcome:
    """A bundle that is whole."""

    file: Path
    bundle: str
    device: str
    incarnation: int
    number: int
    unit: str
    unit_name: str
    officer: str
    receiver: str
    for_us: bool
    made_at: str
    events: int
    rows: int
    villages: tuple[str, ...]
    parents: tuple[str, ...]
    sealed: bool
    known: bool
    whole: bool = True
    saved_by: str = ""  # the program that opened and saved the readable workbook, which changes nothing of its content


def verify_bundle(home: Home, path: Path) -> VerifyOutcome:
    """What a whole bundle says of itself; raises the error that names what is wrong (see `open_bundle`)."""
    proved = open_bundle(home, path)
    manifest = proved.manifest
    return VerifyOutcome(
        file=path,
        bundle=proved.id,
        device=manifest.device,
        incarnation=manifest.incarnation,
        number=manifest.number,
        unit=manifest.unit,
        unit_name=manifest.unit_name,
        officer=proved.maker.officer,
        receiver=manifest.receiver,
        for_us=manifest.receiver == home.card.unit,
        made_at=manifest.made_at,
        events=len(proved.events),
        rows=manifest.rows,
        villages=manifest.villages,
        parents=parent_ids(manifest),
        sealed=proved.sealed,
        saved_by="" if proved.sealed else home.books.saved_by(proved.workbook),
        known=any(note.id == proved.id for note in home.shelf.bundles()),
    )
