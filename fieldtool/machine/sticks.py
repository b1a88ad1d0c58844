"""Writing to and reading from folders outside the home: sticks that are full, read-only, slow, or pulled too early."""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from fieldtool.machine.drives import plugged
from fieldtool.machine.paths import is_safe_name
from fieldtool.machine.stick_states import TEMPORARY, Surroundings, look_at
from fieldtool.records.errors import ErrorCode, FieldtoolError, Place
from fieldtool.records.sticks import Plugged, StickState

_T = TypeVar("_T")

_BLOCK = 1 << 20
_WAITS = (0.2, 0.5, 1.0)  # seconds between tries when an antivirus program holds the file
_USUAL = 1_000_000  # bytes: a week of a commune's work
_FULL = {errno.ENOSPC, errno.EDQUOT}
_GONE = {errno.ENOENT, errno.EIO, errno.ENODEV, errno.ENXIO}  # while writing: the stick was pulled, or it dies
_WINDOWS_GONE = {21, 55, 433, 1006, 1117, 1167}  # not ready, no such device, volume changed, input/output
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOTDIR, errno.EEXIST, errno.ENAMETOOLONG, errno.EINVAL}
_WINDOWS_LOCKED = {32, 33}  # ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION
_SHORTCUTS = {".lnk", ".url", ".pif", ".scf"}
_REPARSE = {0xA0000003, 0xA000000C}  # junction and symbolic link; a cloud's placeholder is neither
_WINDOWS_READ_ONLY = 19  # ERROR_WRITE_PROTECT


def as_error(trouble: BaseException, path: Path) -> FieldtoolError:
    """The officer's error for an operating system's one."""
    values = {"file": path.name, "folder": str(path.parent), "detail": str(trouble)}
    place = Place(file=path.name)
    number = trouble.errno if isinstance(trouble, OSError) else None
    windows = getattr(trouble, "winerror", None)
    if number in _FULL:
        code = ErrorCode.DISK_FULL
    elif number == errno.EFBIG:  # FAT32 holds no file of 4 GB
        code = ErrorCode.FILE_TOO_LARGE
    elif windows in _WINDOWS_LOCKED:
        code = ErrorCode.FILE_LOCKED
    elif number in _READ_ONLY or windows == _WINDOWS_READ_ONLY or number is None:
        code = ErrorCode.NOT_WRITABLE
    elif isinstance(trouble, FileNotFoundError):
        code = ErrorCode.NO_FILE
    else:
        code = ErrorCode.READ_FAILED
    return FieldtoolError(code, place=place, values=values)


class FolderSticks:
    """Sticks as the operating system shows them: folders. `own` is the home's folder; `wait` sleeps a number of seconds
    and `plugged` tells the sticks, tests give their own."""

    def __init__(
        self,
        wait: Callable[[float], None] = time.sleep,
        own: Path | None = None,
        plugged: Callable[[], Sequence[Plugged]] = plugged,
    ) -> None:
        self._wait, self._own, self._plugged = wait, own, plugged

    def write_proved(self, folder: Path, name: str, content: bytes) -> Path:
        """Write under a temporary name, flush, read back and compare, rename; never over an existing name.

        A name that exists with equal content is kept; with other content the file gets "-2", "-3" and so on. Raises
        DISK_FULL, FILE_TOO_LARGE, NOT_WRITABLE, STICK_PULLED, FILE_LOCKED or EXPORT_NOT_PROVED; what was half written
        is removed where possible.
        """
        if not is_safe_name(name):
            raise FieldtoolError(ErrorCode.NOT_WRITABLE, values={"file": name, "detail": name})
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _sweep(folder)
        except OSError as trouble:
            raise as_error(trouble, folder) from trouble
        temporary = folder / (name + TEMPORARY)
        try:
            self._write(temporary, content)
            self._compare(temporary, content)
            target = self._rename(temporary, folder, name, content)
        except OSError as trouble:
            raise _writing_error(trouble, folder / name) from trouble
        finally:
            with suppress(OSError):  # a stick that was pulled cannot be swept; the next export sweeps it
                temporary.unlink(missing_ok=True)
        _sync_folder(folder)
        return target

    def look_at(self, folder: Path) -> list[StickState]:
        """What is to be said about a folder before it is used, the gravest first."""
        return look_at(folder, _USUAL, Surroundings(self._plugged(), self._own, time.time()))

    def settled(self, folder: Path) -> bool:
        """Whether the system says that everything lies on the stick, so that it may be pulled. Windows gives no such
        word for a folder: there the officer ejects the stick himself."""
        return os.name != "nt" and _sync_folder(folder)

    def points_elsewhere(self, path: Path) -> bool:
        """Whether a name is a link, a junction or a shortcut: such a thing is never followed."""
        if path.suffix.casefold() in _SHORTCUTS:
            return True
        try:
            found = path.lstat()
        except OSError:
            return False  # reading it says what is the matter
        return stat.S_ISLNK(found.st_mode) or getattr(found, "st_reparse_tag", 0) in _REPARSE

    def read(self, path: Path, limit: int) -> bytes:
        """The bytes of a file of at most `limit` bytes; NO_FILE, READ_FAILED or FILE_LOCKED otherwise."""
        try:
            content = self._patiently(lambda: _read(path, limit + 1))
        except FileNotFoundError as missing:
            raise FieldtoolError(ErrorCode.NO_FILE, place=Place(file=path.name)) from missing
        except PermissionError as locked:
            code = ErrorCode.READ_FAILED if path.is_dir() else ErrorCode.FILE_LOCKED
            raise FieldtoolError(code, place=Place(file=path.name), values={"detail": str(locked)}) from locked
        except OSError as trouble:
            raise FieldtoolError(
                ErrorCode.READ_FAILED, place=Place(file=path.name), values={"detail": str(trouble)}
            ) from trouble
        if len(content) > limit:
            raise FieldtoolError(ErrorCode.WORKBOOK_BOMB, place=Place(file=path.name), values={"detail": str(limit)})
        return content

    def _write(self, path: Path, content: bytes) -> None:
        with self._patiently(lambda: path.open("wb")) as file:
            for start in range(0, len(content), _BLOCK):
                file.write(content[start : start + _BLOCK])
            file.flush()
            os.fsync(file.fileno())

    def _compare(self, path: Path, content: bytes) -> None:
        with self._patiently(lambda: path.open("rb")) as file:
            _forget_cache(file.fileno())
            start = 0
            while block := file.read(_BLOCK):
                if block != content[start : start + len(block)]:
                    break
                start += len(block)
        if start != len(content):
            raise FieldtoolError(ErrorCode.EXPORT_NOT_PROVED, place=Place(file=path.name))

    def _rename(self, temporary: Path, folder: Path, name: str, content: bytes) -> Path:
        target = folder / name
        copy = 1
        while target.exists():
            if target.is_file() and _same(target, content):
                return target
            copy += 1
            target = folder / f"{Path(name).stem}-{copy}{Path(name).suffix}"
        self._patiently(lambda: temporary.rename(target))
        return target

    def _patiently(self, act: Callable[[], _T]) -> _T:
        """Try, and try again while another program holds the file; the last refusal is raised."""
        for seconds in _WAITS:
            try:
                return act()
            except PermissionError:
                self._wait(seconds)
        return act()


def _writing_error(trouble: OSError, path: Path) -> FieldtoolError:
    """A refusal is a locked file where the folder lets others be made, else a folder that cannot be written."""
    error = as_error(trouble, path)
    if trouble.errno in _GONE or getattr(trouble, "winerror", None) in _WINDOWS_GONE:
        return FieldtoolError(ErrorCode.STICK_PULLED, place=error.place, values=error.values)
    if isinstance(trouble, PermissionError) and trouble.errno != errno.EROFS and os.access(path.parent, os.W_OK):
        return FieldtoolError(ErrorCode.FILE_LOCKED, place=error.place, values=error.values)
    return error


def _sweep(folder: Path) -> None:
    """Remove what an earlier export left half written when its stick was pulled."""
    for left in folder.glob("*" + TEMPORARY):
        with suppress(OSError):
            left.unlink()


def _read(path: Path, limit: int) -> bytes:
    """At most `limit` bytes, asked for by the size that the file has: Python lays out at once what it is asked for, and
    Windows has to find that memory."""
    if not stat.S_ISREG(path.stat().st_mode) and not path.is_dir():  # a pipe would be waited for without end
        raise OSError(errno.EINVAL, "not a file")
    with path.open("rb") as file:
        wanted = min(limit, os.fstat(file.fileno()).st_size + 1)
        content = file.read(wanted)
        if len(content) < wanted or wanted == limit:
            return content
        return content + file.read(limit - wanted)  # it has grown meanwhile


def _same(path: Path, content: bytes) -> bool:
    return path.stat().st_size == len(content) and _read(path, len(content) + 1) == content


def _forget_cache(descriptor: int) -> None:
    """Ask the system to drop its copy, so that reading back asks the stick itself where the system can do that."""
    advise = getattr(os, "posix_fadvise", None)
    if advise is not None:
        with suppress(OSError):
            advise(descriptor, 0, 0, getattr(os, "POSIX_FADV_DONTNEED", 4))


def _sync_folder(folder: Path) -> bool:
    """Make a rename durable, and say whether the file system promised it; Windows has no such call and needs none."""
    if os.name == "nt":
        return False
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return False
    try:
        os.fsync(descriptor)
    except OSError:  # some file systems of sticks refuse to sync a folder
        return False
    finally:
        os.close(descriptor)
    return True
