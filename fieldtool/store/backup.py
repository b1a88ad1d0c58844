"""Copies of a home: the encrypted database through SQLCipher's own export, never a copy of the live file."""

from __future__ import annotations

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


def write_backup(database: Database, path: Path, key: bytes, target: Path) -> Path:
    """One file: the encrypted database and the slots that wrap its key; opens with the passphrase of today."""
    if target.exists():
        raise FieldtoolError(ErrorCode.HOME_EXISTS, place=Place(file=target.name))
    part = target.with_name(target.name + ".part")
    copy = path.with_name("backup.tmp.db")
    copy.unlink(missing_ok=True)
    try:
        copy_encrypted(database, copy, key)
        with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as file:
            file.write(copy, DATABASE)
            file.write(path.with_name(SLOTS), SLOTS)
        part.rename(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        code = ErrorCode.DISK_FULL if error.errno == 28 else ErrorCode.NOT_WRITABLE
        raise FieldtoolError(code, place=Place(file=target.name), values={"detail": str(error)}) from error
    finally:
        copy.unlink(missing_ok=True)
    return target
