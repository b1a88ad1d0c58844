"""Copies of the home: written to a sealed file, rehearsed from it. Bringing one back needs no open home (homes.py)."""

from __future__ import annotations

from pathlib import Path

from fieldtool.ports import Home, Progress, no_progress
from fieldtool.ports.safekeeping import Safekeeping
from fieldtool.records.roles import Power
from fieldtool.records.safekeeping import Rehearsed
from fieldtool.usecases.authority import require

ENDING = ".fieldtool-backup"


def back_up(home: Home, store: Safekeeping, target: Path, progress: Progress = no_progress) -> Path:
    """Write a sealed copy. It carries everything out of the house, and the passphrases of today open it for ever: who
    may export may do it. The journal is written first, so that no copy leaves unnoted. NOT_ALLOWED, errors as
    `Safekeeping.backup`."""
    require(home, Power.EXPORT)
    home.log.note("backup", target.name)
    return store.backup(target, progress)


def rehearse(
    home: Home, store: Safekeeping, source: Path, passphrase: str, progress: Progress = no_progress
) -> Rehearsed:
    """Bring a backup back for trial: whether it could be used on the day it is needed. NOT_ALLOWED, errors as
    `Safekeeping.rehearse`."""
    require(home, Power.EXPORT)
    found = store.rehearse(source, passphrase, progress)
    home.log.note("backup.rehearsed", source.name)
    return found
