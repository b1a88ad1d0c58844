"""Unseal: the readable workbook of a bundle, for whoever holds the key; noted in the journal."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from fieldtool.ports import Home
from fieldtool.records.errors import ErrorCode, FieldtoolError, Place
from fieldtool.records.roles import Power
from fieldtool.usecases.authority import require_one
from fieldtool.usecases.from_stick import open_bundle
from fieldtool.usecases.hidden_copy import hidden_copy


@dataclass(frozen=True, slots=True)
class UnsealOutcome:
    """The readable workbook that was written; it is no longer sealed."""

    file: Path
    bundle: str
    events: int
    hidden: bool = False  # ethnicity and religion were left out; such a copy is for reading and verifies no more


def unseal_bundle(home: Home, path: Path, out: Path, *, hide: bool = False) -> UnsealOutcome:
    """Prove a bundle and write its workbook, byte for byte as its maker made it, never over a file; with `hide` a copy
    for reading without ethnicity and religion. NOT_ALLOWED for who neither takes bundles in nor audits, errors as
    `open_bundle`, and of writing. The journal is written first: no readable copy without its line."""
    require_one(home, Power.RECEIVE, Power.READ_LOG)
    proved = open_bundle(home, path)
    if out.exists():
        raise FieldtoolError(ErrorCode.NOT_WRITABLE, place=Place(file=out.name), values={"detail": str(out)})
    home.log.note("unseal", f"{proved.id} {out.name}{' hidden' if hide else ''}")
    content = hidden_copy(home, proved) if hide else proved.workbook
    written = home.sticks.write_proved(out.parent, out.name, content)
    return UnsealOutcome(written, proved.id, len(proved.events), hide)
