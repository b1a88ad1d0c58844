"""Copies of a home: the encrypted database through SQLCipher's own export, never a copy of the live file."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

from sqlite_utils import Database

from fieldtool.records.errors import ErrorCode, FieldtoolError, Place
from fieldtool.store.connection import trouble

BACKUPS = "backups"
DATABASE = "home.db"
SLOTS = "slots.json"


def copy_encrypted(database: Database, target: Path, key: bytes) -> None:
    """Write a consistent copy of the database to a new file, encrypted with the same key."""
    if target.exists():
        raise FieldtoolError(ErrorCode.NOT_WRITABLE, place=Place(file=target.name))
    with trouble(target):
        database.execute(f"ATTACH DATABASE ? AS copy KEY \"x'{key.hex()}'\"", (str(target),))
        try:
            database.execute("SELECT sqlcipher_export('copy')")
        finally:
            database.execute("DETACH DATABASE copy")


def write_backup(database: Database, path: Path, key: bytes, target: Path, slots: bytes | None = None) -> Path:
    """One file: the encrypted database and the slots that wrap its key; opens with the passphrase of today. `slots`
    stands for the home's own slot file, which may be of use on this machine alone."""
    if target.exists():
        raise FieldtoolError(ErrorCode.HOME_EXISTS, place=Place(file=target.name))
    part = target.with_name(target.name + ".part")
    copy = path.with_name("backup.tmp.db")
    copy.unlink(missing_ok=True)
    try:
        copy_encrypted(database, copy, key)
        with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as file:
            file.write(copy, DATABASE)
            file.writestr(SLOTS, path.with_name(SLOTS).read_bytes() if slots is None else slots)
        part.rename(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        code = ErrorCode.DISK_FULL if error.errno == 28 else ErrorCode.NOT_WRITABLE
        raise FieldtoolError(code, place=Place(file=target.name), values={"detail": str(error)}) from error
    finally:
        copy.unlink(missing_ok=True)
    return target


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
