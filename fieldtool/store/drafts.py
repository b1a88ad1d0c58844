"""What is being typed, kept at every keystroke: an encrypted file of its own beside the home's.

A file of its own because the home has one writer: while a long import holds it, a keystroke must not wait. It has the
home's key, and each write is on the disk when the call returns (WAL, synchronous=FULL).
"""

from __future__ import annotations

import threading
from pathlib import Path

from sqlite_utils import Database

from fieldtool.store.connection import connect, transaction


class SqlDrafts:
    """The Drafts of an open home; see ports.Drafts. The file is opened at the first use."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path, self._key = path, key
        self._database: Database | None = None
        self._lock = threading.Lock()

    def _open(self) -> Database:
        if self._database is None:
            database = connect(self._path, self._key, create=True)
            database.execute(
                "CREATE TABLE IF NOT EXISTS drafts (name TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID"
            )
            self._database = database
        return self._database

    def keep(self, name: str, text: str) -> None:
        """Keep a draft; durable when it returns."""
        with self._lock:
            database = self._open()
            with transaction(database, self._path):
                database.execute("INSERT OR REPLACE INTO drafts VALUES (?, ?)", (name, text))

    def kept(self, name: str) -> str:
        """The draft of a name, "" when there is none."""
        with self._lock:
            row = self._open().execute("SELECT text FROM drafts WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def drop(self, name: str) -> None:
        """Forget a draft: what it held was recorded, or is not wanted."""
        with self._lock:
            database = self._open()
            with transaction(database, self._path):
                database.execute("DELETE FROM drafts WHERE name = ?", (name,))

    def names(self, prefix: str = "") -> list[str]:
        """The names of the drafts that begin with a text."""
        with self._lock:
            rows = self._open().execute("SELECT name FROM drafts ORDER BY name").fetchall()
        return [row[0] for row in rows if row[0].startswith(prefix)]

    def close(self) -> None:
        """Close the file if it was opened."""
        with self._lock:
            if self._database is not None:
                self._database.close()
                self._database = None
