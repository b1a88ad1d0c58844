"""Opening and closing a home's store: the one object that homes.py holds, with the ports it serves."""

from __future__ import annotations

import time
from pathlib import Path

from sqlite_utils import Database

from fieldtool.ports import Clock, Ids, Progress, no_progress
from fieldtool.store.backup import BACKUPS, copy_encrypted, write_backup
from fieldtool.store.check import CheckReport, check_store
from fieldtool.store.connection import connect, transaction, trouble
from fieldtool.store.depot import SqlDepot
from fieldtool.store.drafts import SqlDrafts
from fieldtool.store.import_reports import SqlImportReports
from fieldtool.store.knowledge import learn
from fieldtool.store.log import SqlEventLog
from fieldtool.store.migrations import bring_up_to_date
from fieldtool.store.people import SqlPeople
from fieldtool.store.projections import FOLD, Projector
from fieldtool.store.rows import COLUMNS, from_row, gone_by
from fieldtool.store.settings import SqlSettings
from fieldtool.store.shelf import SqlShelf
from fieldtool.store.work_reader import SqlFieldWork

DRAFTS = "drafts.db"
_FOLDED_BY = "store.fold"  # the setting that names the rules which folded the projections


class Store:
    """An open store. One thread writes; `reader` gives another thread a read-only view of its own."""

    def __init__(self, database: Database, path: Path, key: bytes, clock: Clock, ids: Ids) -> None:
        self._database = database
        self._path = path
        self._key = key
        self._projector = Projector(database)
        self._readers: list[Database] = []
        learn(database)
        self.log = SqlEventLog(database, path, clock, ids, self._projector)
        self.people = SqlPeople(database, path)
        self.shelf = SqlShelf(database, path, self._projector)
        self.depot = SqlDepot(database, path, self._projector)
        self.settings = SqlSettings(database, path)
        self.reports = SqlImportReports(database, path)
        self.work = SqlFieldWork(database, path)
        self.drafts = SqlDrafts(path.parent / DRAFTS, key)

    @property
    def folder(self) -> Path:
        """The folder of the home."""
        return self._path.parent

    def check(self, progress: Progress = no_progress) -> CheckReport:
        """Prove pages, chains and projections; changes nothing."""
        return check_store(self._database, self._path, self._projector, progress)

    def rebuild(self, progress: Progress = no_progress) -> None:
        """Fold every projection anew from the events."""
        with transaction(self._database, self._path):
            self._projector.rebuild(progress)

    def backup(self, target: Path, slots: bytes | None = None, progress: Progress = no_progress) -> Path:
        """Write one file with the encrypted database and the wrapped key; see restoring.restore_store. `slots` stands
        for the home's own slot file."""
        return write_backup(self._database, self._path, self._key, target, slots, progress)

    def reader(self) -> SqlPeople:
        """The read side on a connection of its own, for the window's thread."""
        database = connect(self._path, self._key, read_only=True)
        self._readers.append(database)
        return SqlPeople(database, self._path)

    def work_reader(self) -> SqlFieldWork:
        """The read side of field work on a connection of its own, for the window's thread."""
        database = connect(self._path, self._key, read_only=True)
        self._readers.append(database)
        return SqlFieldWork(database, self._path)

    def close(self) -> None:
        """Close every connection; what was acknowledged is on the disk long before."""
        self.drafts.close()
        for database in (*self._readers, self._database):
            database.close()
        self._readers.clear()


def open_store(path: Path, key: bytes, *, clock: Clock, ids: Ids, create: bool = False) -> Store:
    """Open the store, upgrading it first where needed, after a backup; or make an empty one with `create`."""
    database = connect(path, key, create=create)

    def back_up(step: str) -> None:
        folder = path.parent / BACKUPS
        folder.mkdir(exist_ok=True)
        copy_encrypted(database, folder / f"before-{step}-{int(time.time())}.db", key)

    try:
        with trouble(path):  # a damaged page is met here before anybody asks for a check
            bring_up_to_date(database, path, back_up)
            _fold_as_today(database, path)
            return Store(database, path, key, clock, ids)
    except BaseException:
        database.close()
        raise


def _fold_as_today(database: Database, path: Path) -> None:
    """Rebuild projections that an upgrade dropped or that other rules folded, also after a kill in between."""
    settings = SqlSettings(database, path)
    if settings.get(_FOLDED_BY) == FOLD:
        return
    with transaction(database, path):
        database.execute("DELETE FROM superseded")
        rows = database.execute(f"SELECT {COLUMNS} FROM events WHERE supersedes <> ''").fetchall()
        gone = {(old,) for row in rows for old in gone_by(from_row(row))}
        database.conn.executemany("INSERT INTO superseded (id) VALUES (?)", sorted(gone))
        Projector(database).rebuild()
        settings.put(_FOLDED_BY, FOLD)
