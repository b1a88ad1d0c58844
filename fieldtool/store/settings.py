"""Small texts kept inside the encrypted home."""

from __future__ import annotations

from pathlib import Path

from sqlite_utils import Database

from fieldtool.store.connection import transaction


class SqlSettings:
    """The Settings of an open home; see ports.Settings."""

    def __init__(self, database: Database, path: Path) -> None:
        self._database = database
        self._path = path

    def get(self, name: str) -> str:
        """The text kept under a name, "" when there is none."""
        row = self._database.execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def put(self, name: str, value: str) -> None:
        """Keep a text; durable when it returns."""
        with transaction(self._database, self._path):
            self._database.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (name, value))

    def drop(self, name: str) -> None:
        """Keep nothing under a name any more."""
        with transaction(self._database, self._path):
            self._database.execute("DELETE FROM settings WHERE name = ?", (name,))

    def names(self, prefix: str) -> list[str]:
        """The names that begin with a prefix and hold a text, sorted."""
        rows = self._database.execute(
            "SELECT name FROM settings WHERE substr(name, 1, ?) = ? AND value <> '' ORDER BY name",
            (len(prefix), prefix),
        )
        return [str(row[0]) for row in rows]
