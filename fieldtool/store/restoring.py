"""Bring a backup back into an empty folder; it is proved in a folder of its own before it takes the name."""

from __future__ import annotations

import errno
import os
import shutil
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from fieldtool.ports import Progress, no_progress
from fieldtool.records.errors import ErrorCode, FieldtoolError, Place
from fieldtool.records.exchange import HomeCard
from fieldtool.records.safekeeping import Rehearsed
from fieldtool.store.backup import DATABASE, SLOTS
from fieldtool.store.check import check_store
from fieldtool.store.connection import connect, trouble
from fieldtool.store.projections import Projector

_BLOCK = 1 << 20
_LARGEST_SLOTS = 1_000_000  # bytes; a file of a few thousand holds a dozen officers
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)  # of somebody's own making


def restore_store(
    source: Path, folder: Path, unlock: Callable[[Path], bytes], progress: Progress = no_progress
) -> None:
    """Unpack, unlock, check, then rename.

    `unlock` gives the data key of the folder it is given, or raises WRONG_PASSPHRASE. NO_FILE, BACKUP_DAMAGED,
    NOT_WRITABLE where the folder holds anything, DISK_FULL, Cancelled; then nothing is left.
    """
    with _tried(source, folder, unlock, progress) as (trial, _):
        try:
            if folder.exists():
                folder.rmdir()
            trial.rename(folder)
        except OSError as error:
            raise _told(error, folder) from error


def rehearse_store(
    source: Path, folder: Path, unlock: Callable[[Path], bytes], progress: Progress = no_progress
) -> Rehearsed:
    """As `restore_store`, but nothing is kept: what lies in the backup, proved whole. `folder` is the home beside
    which there is room."""
    with _tried(source, folder, unlock, progress) as (_, found):
        return found


@contextmanager
def _tried(
    source: Path, folder: Path, unlock: Callable[[Path], bytes], progress: Progress
) -> Iterator[tuple[Path, Rehearsed]]:
    """The backup unpacked beside a folder and proved; gone afterwards, whatever was done with it."""
    if not source.is_file():
        raise FieldtoolError(ErrorCode.NO_FILE, values={"file": source.name})
    trial = folder.with_name(folder.name + ".restoring")
    shutil.rmtree(trial, ignore_errors=True)
    try:
        try:
            trial.mkdir(parents=True)
            _unpack(source, trial, progress)
        except OSError as error:
            raise _told(error, folder) from error
        yield trial, _proved(trial, unlock(trial), source, progress)
    finally:
        shutil.rmtree(trial, ignore_errors=True)


def _unpack(source: Path, trial: Path, progress: Progress) -> None:
    """Both parts as they lie in the file, never more bytes than it has: a stranger's file may claim to hold what fills
    the disk."""
    damaged = FieldtoolError(ErrorCode.BACKUP_DAMAGED, place=Place(file=source.name))
    try:
        with zipfile.ZipFile(source) as file:
            parts = {item.filename: item for item in file.infolist()}
            if len(file.infolist()) != 2 or set(parts) != {DATABASE, SLOTS}:
                raise damaged
            stored = all(item.compress_type == zipfile.ZIP_STORED for item in parts.values())
            if not stored or parts[SLOTS].file_size > _LARGEST_SLOTS:
                raise damaged
            for name, item in parts.items():
                with file.open(item) as member, (trial / name).open("wb") as out:
                    done = 0
                    while block := member.read(_BLOCK):
                        out.write(block)
                        done += len(block)
                        progress(done, item.file_size, "restore")
                    out.flush()
                    os.fsync(out.fileno())
    except _BROKEN as error:
        raise damaged from error


def _proved(trial: Path, key: bytes, source: Path, progress: Progress) -> Rehearsed:
    path = trial / DATABASE
    try:
        database = connect(path, key)
    except FieldtoolError as error:
        if error.code is not ErrorCode.WRONG_PASSPHRASE:  # the slots have proved the key: the database is not theirs
            raise
        raise FieldtoolError(ErrorCode.BACKUP_DAMAGED, place=Place(file=source.name)) from error
    try:
        report = check_store(database, path, Projector(database), progress)
        with trouble(path):
            found = _of_whom(database)
    finally:
        database.close()
    if report.complaints:
        raise FieldtoolError(
            ErrorCode.BACKUP_DAMAGED, place=Place(file=source.name), values={"detail": report.complaints[0]}
        )
    return Rehearsed(dict(report.figures), *found)


def _of_whom(database: Database) -> tuple[str, str, str]:
    """When the newest operation was written, unit and machine."""
    newest = database.execute("SELECT at FROM events ORDER BY arrival DESC LIMIT 1").fetchone()
    kept = database.execute("SELECT value FROM settings WHERE name = 'home.card'").fetchone()
    card = HomeCard.from_text(kept[0]) if kept else None
    return (str(newest[0]) if newest else "", card.unit_name if card else "", card.device if card else "")


def _told(error: OSError, folder: Path) -> FieldtoolError:
    code = ErrorCode.DISK_FULL if error.errno in (errno.ENOSPC, errno.EDQUOT) else ErrorCode.NOT_WRITABLE
    if error.errno in (errno.EIO, errno.ENODEV, errno.ENXIO):
        code = ErrorCode.READ_FAILED
    return FieldtoolError(code, values={"folder": str(folder), "file": folder.name, "detail": str(error)})
