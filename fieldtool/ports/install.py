"""The program's own place on a machine."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Protocol

from fieldtool.ports.jobs import Progress, no_progress


class InstallState(StrEnum):
    """How far an installation came."""

    INSTALLED = "installed"
    STARTED = "started"  # the setup goes on when this program has closed


class Installer(Protocol):
    """The program's own place on this machine, and how a newer one gets there."""

    def stage(self, setup: Path, progress: Progress = no_progress) -> Path:
        """Copy a setup off the stick to where it will be run from; DISK_FULL, NOT_WRITABLE, READ_FAILED."""

    def install(self, setup: Path, progress: Progress = no_progress) -> InstallState:
        """Put the new program in place after its self-test; UPDATE_ROLLED_BACK with the old one untouched,
        UPDATE_NOT_INSTALLED when this program lies nowhere a setup put it."""
