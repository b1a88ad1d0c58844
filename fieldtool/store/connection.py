"""Opening the one encrypted file: driver, key, pragmas, and the driver's errors in our own words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2
from sqlite_utils import Database

from fieldtool.records.errors import ErrorCode, FieldtoolError, Place

DriverError = dbapi2.Error
_BUSY_SECONDS = 5.0


def connect(path: Path, key: bytes, *, read_only: bool = False, create: bool = False) -> Database:
    """Open the encrypted file with its raw 32-byte key.

    WAL with synchronous=FULL: what a commit acknowledged survives a power cut (reference/sync.md B4). Raises
    FieldtoolError: NO_HOME, WRONG_PASSPHRASE (the key does not fit), HOME_DAMAGED, NOT_WRITABLE, DISK_FULL.
    """
    if not create and not path.exists():
        raise FieldtoolError(ErrorCode.NO_HOME, place=Place(file=path.name))
    with trouble(path):
        connection = dbapi2.connect(str(path), timeout=_BUSY_SECONDS, check_same_thread=False)
        try:
            connection.execute("PRAGMA cipher_log_level = NONE")
            connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
            connection.execute("PRAGMA temp_store = MEMORY")
            _prove_key(connection, path)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA cache_size = -48000")
            if read_only:
                connection.execute("PRAGMA query_only = ON")
        except BaseException:
            connection.close()
            raise
    return Database(connection)


def _prove_key(connection: Any, path: Path) -> None:
    """The first read fails when the key does not fit or the first page is damaged; the two look alike."""
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except dbapi2.DatabaseError as error:
        if "not a database" not in str(error):
            raise
        raise FieldtoolError(ErrorCode.WRONG_PASSPHRASE, place=Place(file=path.name)) from error


@contextmanager
def trouble(path: Path) -> Iterator[None]:
    """Turn what the driver raises inside the block into the family of errors that officers are told of."""
    try:
        yield
    except dbapi2.Error as error:
        raise _told(error, path) from error


def in_words(error: BaseException) -> BaseException:
    """What the driver raised in the family of errors that officers are told of; anything else as it is."""
    return _told(error, Path("home.db")) if isinstance(error, dbapi2.Error) else error


def _told(error: Exception, path: Path) -> FieldtoolError:
    text = str(error)
    place = Place(file=path.name)
    if "disk is full" in text or "database or disk" in text:
        return FieldtoolError(ErrorCode.DISK_FULL, place=place)
    if "locked" in text or "busy" in text:
        return FieldtoolError(ErrorCode.HOME_IN_USE, place=place)
    if "readonly" in text or "unable to open" in text:
        return FieldtoolError(ErrorCode.NOT_WRITABLE, place=place)
    return FieldtoolError(ErrorCode.HOME_DAMAGED, place=place, values={"detail": text})


@contextmanager
def transaction(database: Database, path: Path) -> Iterator[None]:
    """All or nothing, durable when the block ends; any exception, a cancelled job too, rolls everything back."""
    with trouble(path), database.atomic():
        yield
