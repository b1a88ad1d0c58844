"""Looking at a stick before it is used. Nothing on it is opened, followed or started; names and sizes are enough."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Callable, Sequence
from pathlib import Path

from fieldtool.records.sticks import StickState

TEMPORARY = ".fieldtool-tam"  # ending of a file that is being written; swept at the next export
FAT_LIMIT = (1 << 32) - 1  # bytes of one file on FAT32
_HIDDEN = 2  # FILE_ATTRIBUTE_HIDDEN
_TRIAL = ".fieldtool-thu"


def look_at(
    folder: Path, need: int = 0, sticks: Sequence[Path] = (), free: Callable[[Path], int] | None = None
) -> list[StickState]:
    """Everything to be said about a folder for `need` bytes, the gravest first; READY alone when there is nothing.

    `sticks` are the removable folders the system shows; `free` tells free bytes, the system's figure without it.
    """
    grave = _whether_there(folder)
    if grave is not None:
        return [grave]
    try:
        found = [*_suspicious(folder), *_space(folder, need, free), *_writable(folder)]
    except OSError as trouble:
        return [StickState.NOT_THERE if isinstance(trouble, FileNotFoundError) else StickState.FAULTY]
    if len(sticks) > 1:
        found.append(StickState.SEVERAL)
    if sticks and not any(folder == item or item in folder.parents for item in sticks):
        found.append(StickState.OWN_DISK)
    return found or [StickState.READY]


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


def _suspicious(folder: Path) -> list[StickState]:
    """Shortcuts named like the folders hidden beside them, an autorun file, rests of a broken export."""
    shortcuts, hidden, found = set(), set(), []
    with os.scandir(folder) as entries:
        for entry in entries:
            name = entry.name.casefold()
            if name.endswith(".lnk"):
                shortcuts.add(name.removesuffix(".lnk"))
            if name == "autorun.inf":
                found.append(StickState.AUTORUN)
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


def _space(folder: Path, need: int, free: Callable[[Path], int] | None) -> list[StickState]:
    left = free(folder) if free else shutil.disk_usage(folder).free
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
