"""Putting a newer program in the place of this one: by its setup on Windows, by folders on Linux; never half.

On Windows a running program cannot be moved, so the setup is started and waits for it to close; it keeps the old folder
until the new program has passed its self-test (packaging/setup.nsi). On Linux the same is done here.
"""

from __future__ import annotations

import shutil
import subprocess
import tarfile
from pathlib import Path, PurePath

from fieldtool.machine.last_setup import program_folder
from fieldtool.machine.sticks import as_error
from fieldtool.ports import InstallState, Progress, no_progress
from fieldtool.records.errors import ErrorCode, FieldtoolError

_BLOCK = 1 << 20
_SELF_TEST_SECONDS = 600


class ProgramInstaller:
    """Installs over `program`; `staging` is a folder of this machine, never of the stick."""

    def __init__(self, staging: Path, program: Path | None = None) -> None:
        self._staging = staging
        self._program = program or program_folder()

    def stage(self, setup: Path, progress: Progress = no_progress) -> Path:
        """Copy a setup off the stick; see ports.Installer."""
        if self._program is None:
            raise FieldtoolError(ErrorCode.UPDATE_NOT_INSTALLED)
        target = self._staging / setup.name
        try:
            shutil.rmtree(self._staging, ignore_errors=True)
            self._staging.mkdir(parents=True)
            whole = setup.stat().st_size
            with setup.open("rb") as source, target.open("wb") as copy:
                while block := source.read(_BLOCK):
                    copy.write(block)
                    progress(copy.tell(), whole, "backup")
        except OSError as trouble:
            raise as_error(trouble, target) from trouble
        return target

    def install(self, setup: Path, progress: Progress = no_progress) -> InstallState:
        """Install a staged setup; see ports.Installer."""
        if self._program is None:
            raise FieldtoolError(ErrorCode.UPDATE_NOT_INSTALLED)
        if setup.suffix == ".exe":
            start_setup(setup, self._program)
            return InstallState.STARTED
        try:
            _replace_folder(setup, self._program)
        except OSError as trouble:
            raise as_error(trouble, self._program) from trouble
        return InstallState.INSTALLED


def setup_line(setup: PurePath, program: PurePath) -> str:
    """The command line of a silent setup. NSIS takes /D= as the last word and only without quotation marks, which a
    list of words would get where the officer's name, and so his folder, has a blank in it."""
    return f"{subprocess.list2cmdline([str(setup), '/S', '/RESTART'])} /D={program}"


def start_setup(setup: Path, program: Path) -> None:
    """Start a Windows setup that outlives this program; it starts the program again when it is done."""
    flags = getattr(subprocess, "DETACHED_PROCESS", 0) | getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
    try:
        subprocess.Popen(setup_line(setup, program), creationflags=flags, close_fds=True)
    except OSError as trouble:
        raise FieldtoolError(ErrorCode.UPDATE_ROLLED_BACK, values={"detail": str(trouble)}) from trouble


def _replace_folder(archive: Path, program: Path) -> None:
    """Unpack beside, test, exchange the names; the old folder goes last."""
    new, old = program.with_name(program.name + ".new"), program.with_name(program.name + ".old")
    for left in (new, old):
        shutil.rmtree(left, ignore_errors=True)
    try:
        unpacked = _unpacked(archive, new)
        _test(unpacked)
        program.rename(old)
        try:
            unpacked.rename(program)
        except OSError:
            old.rename(program)
            raise
    finally:
        shutil.rmtree(new, ignore_errors=True)
    shutil.rmtree(old, ignore_errors=True)


def _unpacked(archive: Path, target: Path) -> Path:
    try:
        with tarfile.open(archive) as file:
            file.extractall(target, filter="data")
    except tarfile.TarError as trouble:
        raise FieldtoolError(ErrorCode.UPDATE_ROLLED_BACK, values={"detail": str(trouble)}) from trouble
    folders = [path for path in target.iterdir() if (path / "fieldtool").is_file()]
    if len(folders) != 1:
        raise FieldtoolError(ErrorCode.UPDATE_ROLLED_BACK, values={"detail": archive.name})
    return folders[0]


def _test(folder: Path) -> None:
    """The new program's own self-test; UPDATE_ROLLED_BACK with its last words when it fails."""
    command = [str(folder / "fieldtool"), "--quiet", "self-test"]
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            stdin=subprocess.DEVNULL,
            timeout=_SELF_TEST_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as trouble:
        raise FieldtoolError(ErrorCode.UPDATE_ROLLED_BACK, values={"detail": type(trouble).__name__}) from trouble
    if done.returncode:
        words = (done.stderr or done.stdout).strip().splitlines() or [str(done.returncode)]
        raise FieldtoolError(ErrorCode.UPDATE_ROLLED_BACK, values={"detail": words[0][:200]})
