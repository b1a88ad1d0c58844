"""Copies of a home: the encrypted database through SQLCipher's own export, never a copy of the live file."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import zipfile
from contextlib import suppress
from pathlib import Path

from sqlite_utils import Database

from fieldtool.ports import Progress, no_progress
from fieldtool.records.errors import Cancelled, ErrorCode, FieldtoolError, Place
from fieldtool.store.connection import trouble

BACKUPS = "backups"
DATABASE = "home.db"
SLOTS = "slots.json"
_BLOCK = 1 << 20
_STEP = 20_000  # instructions of the database between two reports of progress
_GONE = (errno.EIO, errno.ENODEV, errno.ENXIO, errno.ENOENT)  # while writing: the stick was pulled, or it dies


def copy_encrypted(
    database: Database, target: Path, key: bytes, progress: Progress = no_progress, total: int = 0
) -> None:
    """Write a consistent copy of the database to a new file, encrypted with the same key. `total` is about how many
    bytes it will have."""
    if target.exists():
        raise FieldtoolError(ErrorCode.NOT_WRITABLE, place=Place(file=target.name))
    stopped: list[Cancelled] = []

    def step() -> int:
        try:
            progress(min(_size(target), total), total, "backup")
        except Cancelled as stop:  # the driver would swallow it
            stopped.append(stop)
        return len(stopped)

    with trouble(target):
        database.execute(f"ATTACH DATABASE ? AS copy KEY \"x'{key.hex()}'\"", (str(target),))
        database.conn.set_progress_handler(step, _STEP)
        try:
            database.execute("SELECT sqlcipher_export('copy')")
        except Exception:
            if stopped:
                raise stopped[0] from None
            raise
        finally:
            database.conn.set_progress_handler(None, 0)
            database.execute("DETACH DATABASE copy")


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def write_backup(
    database: Database, path: Path, key: bytes, target: Path, slots: bytes | None = None,
    progress: Progress = no_progress,
) -> Path:  # fmt: skip
    """One file: the encrypted database and the slots that wrap its key; opens with the passphrase of today. `slots`
    stands for the home's own slot file, which may be of use on this machine alone.

    It is written under another name, flushed, read back and compared before it takes its own: a backup that was cut off
    is worse than none, since it is believed. BACKUP_EXISTS, DISK_FULL, FILE_TOO_LARGE, NOT_WRITABLE, STICK_PULLED,
    BACKUP_NOT_PROVED, Cancelled.
    """
    if target.exists():
        raise FieldtoolError(ErrorCode.BACKUP_EXISTS, values={"file": target.name})
    part = target.with_name(target.name + ".part")
    copy = path.with_name("backup.tmp.db")
    _remove(copy)
    try:
        copy_encrypted(database, copy, key, progress, _size(path))
        hashes = _pack(part, copy, path.with_name(SLOTS).read_bytes() if slots is None else slots, progress)
        if _hashes(part, progress) != hashes:
            raise FieldtoolError(ErrorCode.BACKUP_NOT_PROVED, place=Place(file=target.name))
        part.rename(target)
        _sync_folder(target.parent)
    except (OSError, zipfile.BadZipFile) as error:
        raise _told(error, target) from error
    finally:
        _remove(copy)
        with suppress(OSError):  # a stick that was pulled keeps what is left on it; no backup bears that name
            part.unlink(missing_ok=True)
    return target


def _remove(copy: Path) -> None:
    """The copy that lies in the home meanwhile, with what the driver wrote beside it."""
    for name in (copy, copy.with_name(copy.name + "-wal"), copy.with_name(copy.name + "-journal")):
        name.unlink(missing_ok=True)


def _pack(part: Path, copy: Path, slots: bytes, progress: Progress) -> dict[str, str]:
    """Write the parts and flush them to the disk; their hashes by name."""
    total, done, hash = _size(copy), 0, hashlib.sha256()
    with part.open("wb") as raw:
        with zipfile.ZipFile(raw, "w", zipfile.ZIP_STORED) as file:
            with copy.open("rb") as source, file.open(DATABASE, "w", force_zip64=True) as member:
                while block := source.read(_BLOCK):
                    member.write(block)
                    hash.update(block)
                    done += len(block)
                    progress(done, total, "write")
            file.writestr(SLOTS, slots)
        raw.flush()
        os.fsync(raw.fileno())
    return {DATABASE: hash.hexdigest(), SLOTS: hashlib.sha256(slots).hexdigest()}


def _hashes(part: Path, progress: Progress) -> dict[str, str]:
    """What the file gives back, read from the disk itself where the system can be asked to forget its own copy."""
    found = {}
    with part.open("rb") as raw:
        advise = getattr(os, "posix_fadvise", None)
        if advise is not None:
            with suppress(OSError):
                advise(raw.fileno(), 0, 0, getattr(os, "POSIX_FADV_DONTNEED", 4))
        with zipfile.ZipFile(raw) as file:
            for item in file.infolist():
                hash, done = hashlib.sha256(), 0
                with file.open(item) as member:
                    while block := member.read(_BLOCK):
                        hash.update(block)
                        done += len(block)
                        progress(done, item.file_size, "prove")
                found[item.filename] = hash.hexdigest()
    return found


def _told(error: Exception, target: Path) -> FieldtoolError:
    """What the system or the file says, in the family of errors that officers are told of."""
    number = getattr(error, "errno", None)
    if number in (errno.ENOSPC, errno.EDQUOT):
        code = ErrorCode.DISK_FULL
    elif number == errno.EFBIG:  # FAT32 holds no file of 4 GB
        code = ErrorCode.FILE_TOO_LARGE
    elif isinstance(error, zipfile.BadZipFile):
        code = ErrorCode.BACKUP_NOT_PROVED
    elif number in _GONE and target.parent.name and not target.parent.exists():
        code = ErrorCode.STICK_PULLED
    else:
        code = ErrorCode.STICK_PULLED if number == errno.EIO else ErrorCode.NOT_WRITABLE
    values = {"file": target.name, "folder": str(target.parent), "detail": str(error)}
    return FieldtoolError(code, place=Place(file=target.name), values=values)


def _sync_folder(folder: Path) -> None:
    """Make the new name durable where folders can be flushed; Windows and some sticks need or know no such call."""
    if os.name == "nt":
        return
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def renew_slots(folder: Path) -> int:
    """Put the slots of today into the backups that lie inside a home, of which the former ones may open it where they
    should no more, or no more where they should; how many. The data key is the same for as long as the home lives."""
    slots = (folder / SLOTS).read_bytes()
    done = 0
    for file in sorted((folder / BACKUPS).glob("*.fieldtool-backup")):
        part = file.with_name(file.name + ".part")
        try:
            with zipfile.ZipFile(file) as old, zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as new:
                with old.open(DATABASE) as source, new.open(DATABASE, "w", force_zip64=True) as copy:
                    shutil.copyfileobj(source, copy, 1 << 20)
                new.writestr(SLOTS, slots)
            part.replace(file)
        except (OSError, KeyError, zipfile.BadZipFile) as trouble:
            part.unlink(missing_ok=True)
            full = isinstance(trouble, OSError) and trouble.errno == 28
            code = ErrorCode.DISK_FULL if full else ErrorCode.BACKUP_DAMAGED
            raise FieldtoolError(code, place=Place(file=file.name), values={"detail": str(trouble)}) from trouble
        done += 1
    return done
