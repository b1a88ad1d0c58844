"""Unseal: the readable workbook of a bundle, for whoever holds the key; noted in the journal."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from fieldtool.ports import Home
from fieldtool.records.errors import ErrorCode, FieldtoolError, Place
from fieldtool.records.roles import Power
from fieldtool.usecases.authority import require_one
from fieldtool.usecases.from_stick import open_bundle


@dataclass(frozen=True, slots=True)
class UnsealOutcome:
    """The readable workbook that was written; it is no longer sealed."""

    file: Path
    bundle: str
    events: int


def unseal_bundle(home: Home, path: Path, out: Path) -> UnsealOutcome:
    """Prove a bundle and write its workbook, byte for byte as its maker made it, never over a file. NOT_ALLOWED for who
    neither takes bundles in nor audits, errors as `open_bundle`, and of writing. The journal is written first: no
    readable copy without its line."""
    require_one(home, Power.RECEIVE, Power.READ_LOG)
    proved = open_bundle(home, path)
    if out.exists():
        raise FieldtoolError(ErrorCode.NOT_WRITABLE, place=Place(file=out.name), values={"detail": str(out)})
    home.log.note("unseal", f"{proved.id} {out.name}")
    written = home.sticks.write_proved(out.parent, out.name, proved.workbook)
    return UnsealOutcome(written, proved.id, len(proved.events))
