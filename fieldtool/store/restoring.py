"""Bring a backup back into an empty folder; it is proved in a folder of its own before it takes the name."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

from fieldtool.records.errors import ErrorCode, FieldtoolError, Place
from fieldtool.store.backup import DATABASE, SLOTS
from fieldtool.store.check import check_store
from fieldtool.store.connection import connect
from fieldtool.store.projections import Projector


def restore_store(source: Path, folder: Path, unlock: Callable[[Path], bytes]) -> None:
    """Unpack, unlock, check, then rename.

    `unlock` gives the data key of the folder it is given, or raises WRONG_PASSPHRASE. NO_FILE, BACKUP_DAMAGED.
    """
    if not source.exists():
        raise FieldtoolError(ErrorCode.NO_FILE, values={"file": source.name})
    trial = folder.with_name(folder.name + ".restoring")
    shutil.rmtree(trial, ignore_errors=True)
    trial.mkdir(parents=True)
    try:
        _unpack(source, trial)
        _prove(trial, unlock(trial), source)
        if folder.exists():
            folder.rmdir()
        trial.rename(folder)
    finally:
        shutil.rmtree(trial, ignore_errors=True)


def _unpack(source: Path, trial: Path) -> None:
    try:
        with zipfile.ZipFile(source) as file:
            if sorted(file.namelist()) != sorted((DATABASE, SLOTS)):
                raise FieldtoolError(ErrorCode.BACKUP_DAMAGED, place=Place(file=source.name))
            file.extractall(trial)
    except zipfile.BadZipFile as error:
        raise FieldtoolError(ErrorCode.BACKUP_DAMAGED, place=Place(file=source.name)) from error


def _prove(trial: Path, key: bytes, source: Path) -> None:
    path = trial / DATABASE
    database = connect(path, key)
    try:
        report = check_store(database, path, Projector(database))
    finally:
        database.close()
    if report.complaints:
        raise FieldtoolError(
            ErrorCode.BACKUP_DAMAGED, place=Place(file=source.name), values={"detail": report.complaints[0]}
        )
