"""Apply an update: verify, back the home up, copy the setup off the stick, prove the copy, install, or stay as is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from fieldtool.ports import Home, Installer, InstallState, Progress, no_progress
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.usecases.verify_update import Here, check_manifest, prove_setup, setup_of


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What an open home lets its program do to itself: who it is, how the home is backed up, how a setup is run, and
    how the file for support is written."""

    here: Here
    back_up: Callable[[str], Path]
    installer: Installer
    diagnose: Callable[[Path], Path]


@dataclass(frozen=True, slots=True)
class ApplyOutcome:
    """`state` "installed": at the next start the new version runs. "started": the setup waits for this program to
    close, tests the new version, and starts whichever is good."""

    version: str
    backup: Path
    state: InstallState


def apply_update(home: Home, file: Path, upkeep: Upkeep, progress: Progress = no_progress) -> ApplyOutcome:
    """Install an update. UPDATE_… when it is refused or was rolled back; the home is backed up before.

    The setup is copied off the stick first and proved there: what is run is what was proved, whatever happens to the
    stick meanwhile.
    """
    manifest = check_manifest(home, file, upkeep.here)
    staged = upkeep.installer.stage(setup_of(home, file, manifest), progress)
    try:
        prove_setup(staged, manifest, progress)
    except FieldtoolError:
        staged.unlink(missing_ok=True)
        raise
    backup = upkeep.back_up(f"truoc-cap-nhat-{manifest.version}")
    home.log.note("update.apply", f"{upkeep.here.version} > {manifest.version} {manifest.sha256}")
    try:
        state = upkeep.installer.install(staged, progress)
    except FieldtoolError as error:
        if error.code is ErrorCode.UPDATE_ROLLED_BACK:
            home.log.note("update.rolled_back", manifest.version)
        raise
    return ApplyOutcome(manifest.version, backup, state)
