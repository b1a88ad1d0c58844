"""Copies of an open home, and its proof."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from fieldtool.ports.jobs import Progress, no_progress
from fieldtool.records.safekeeping import CheckResult, Rehearsed


class Safekeeping(Protocol):
    """What only the store of an open home can do for it."""

    def check(self, progress: Progress = no_progress) -> CheckResult:
        """Prove pages, chains, and that projections equal a rebuild."""

    def backup(self, target: Path, progress: Progress = no_progress) -> Path:
        """Write a sealed copy of the home that `restore` reads, and read it back; never over a file. BACKUP_EXISTS,
        DISK_FULL, FILE_TOO_LARGE, NOT_WRITABLE, STICK_PULLED; nothing half written keeps the name."""

    def rehearse(self, source: Path, passphrase: str, progress: Progress = no_progress) -> Rehearsed:
        """Bring a backup back into a folder of its own, prove it whole, and remove it again. NO_FILE, BACKUP_DAMAGED,
        WRONG_PASSPHRASE, DISK_FULL."""
