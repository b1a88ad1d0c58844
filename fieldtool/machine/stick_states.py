"""Looking at a stick before it is used. Nothing on it is opened, followed or started; names and sizes are enough."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fieldtool.records.sticks import Plugged, StickState

TEMPORARY = ".fieldtool-tam"  # ending of a file that is being written; swept at the next export
FAT_LIMIT = (1 << 32) - 1  # bytes of one file on FAT32
_HIDDEN = 2  # FILE_ATTRIBUTE_HIDDEN
_TRIAL = ".fieldtool-thu"
_DAY = 86_400.0  # seconds; a clock that is a day off is looked at, less is nobody's fault
_NOT_ON_WINDOWS = {"ext2", "ext3", "ext4", "hfs", "hfsplus", "apfs", "btrfs", "xfs", "f2fs", "jfs", "reiserfs", "raw"}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the machine knows beside the folder: the sticks it shows, its own folder (the home's), its clock in seconds,
    and how free bytes are asked."""

    sticks: Sequence[Plugged] = ()
    own: Path | None = None
    now: float = 0.0
    free: Callable[[Path], int] = field(default=lambda folder: shutil.disk_usage(folder).free)


def look_at(folder: Path, need: int = 0, around: Surroundings | None = None) -> list[StickState]:
    """Everything to be said about a folder for `need` bytes, the gravest first; READY alone when there is nothing."""
    around = around or Surroundings()
    grave = _whether_there(folder)
    if grave is not None:
        return [grave]
    try:
        found = [*_suspicious(folder, around.now), *_space(folder, need, around), *_writable(folder)]
        found += _which(folder, around)
    except OSError as trouble:
        return [StickState.NOT_THERE if isinstance(trouble, FileNotFoundError) else StickState.FAULTY]
    return list(dict.fromkeys(found)) or [StickState.READY]  # a full stick says so twice


def _which(folder: Path, around: Surroundings) -> list[StickState]:
    """Whether it is the stick that is meant, and one that the other machine reads."""
    found = []
    here = next((item for item in around.sticks if folder == item.root or item.root in folder.parents), None)
    if here is not None and here.system.casefold() in _NOT_ON_WINDOWS:
        found.append(StickState.WRONG_SYSTEM)
    if len(around.sticks) > 1:
        found.append(StickState.SEVERAL)
    same_disk = around.own is not None and folder.stat().st_dev == around.own.stat().st_dev
    if (around.sticks and here is None) or same_disk:
        found.append(StickState.OWN_DISK)
    return found


def _whether_there(folder: Path) -> StickState | None:
    try:
        kind = folder.stat().st_mode
    except FileNotFoundError:
        return StickState.NOT_THERE
    except PermissionError:
        return StickState.LOCKED
    except OSError:
        return StickState.FAULTY
    return None if stat.S_ISDIR(kind) else StickState.NOT_A_FOLDER


def _suspicious(folder: Path, now: float) -> list[StickState]:
    """Shortcuts named like the folders hidden beside them, an autorun file, rests of a broken export, bundles that were
    written tomorrow."""
    shortcuts, hidden, found = set(), set(), []
    with os.scandir(folder) as entries:
        for entry in entries:
            name = entry.name.casefold()
            if name.endswith(".lnk"):
                shortcuts.add(name.removesuffix(".lnk"))
            if name == "autorun.inf":
                found.append(StickState.AUTORUN)
            if now and name.endswith(".goi") and entry.stat(follow_symlinks=False).st_mtime > now + _DAY:
                found.append(StickState.CLOCK_ODD)
            if name.endswith(TEMPORARY):
                found.append(StickState.LEFT_OVER)
            if entry.is_dir(follow_symlinks=False) and _is_hidden(entry):
                hidden.add(name.removeprefix("."))
    if shortcuts and hidden:
        found.insert(0, StickState.SHORTCUTS)
    return list(dict.fromkeys(found))


def _is_hidden(entry: os.DirEntry[str]) -> bool:
    attributes = getattr(entry.stat(follow_symlinks=False), "st_file_attributes", 0)
    return entry.name.startswith(".") or bool(attributes & _HIDDEN)


def _space(folder: Path, need: int, around: Surroundings) -> list[StickState]:
    left = around.free(folder)
    if left <= need:
        return [StickState.FULL]
    found = [StickState.FILE_LIMIT] if need > FAT_LIMIT else []
    return [*found, StickState.NEARLY_FULL] if left < 2 * need else found


def _writable(folder: Path) -> list[StickState]:
    """Try it: what the system says of rights is not always so on a stick."""
    trial = folder / _TRIAL
    try:
        trial.write_bytes(b"fieldtool")
        trial.unlink()
    except OSError as trouble:
        if trouble.errno == errno.ENOSPC:
            return [StickState.FULL]
        if trouble.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
            return [StickState.READ_ONLY if trouble.errno == errno.EROFS else StickState.LOCKED]
        return [StickState.FAULTY]
    return []
