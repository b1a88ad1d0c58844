"""What was said of each row of an import, in parts; local to this home, no event and no projection."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from sqlite_utils import Database

from fieldtool.store.connection import transaction


class SqlImportReports:
    """The ImportReports of an open home; see ports.ImportReports."""

    def __init__(self, database: Database, path: Path) -> None:
        self._database = database
        self._path = path

    def put(self, id: str, parts: Iterable[bytes]) -> None:
        """Keep the parts of an import's report, all in one transaction."""
        with transaction(self._database, self._path):
            self._database.conn.executemany(
                "INSERT OR REPLACE INTO import_reports VALUES (?, ?, ?)",
                ((id, number, content) for number, content in enumerate(parts)),
            )

    def parts(self, id: str) -> Iterator[bytes]:
        """The parts of an import's report in order."""
        count = self._database.execute("SELECT count(*) FROM import_reports WHERE import = ?", (id,)).fetchone()[0]
        for part in range(int(count)):
            row = self._database.execute(
                "SELECT content FROM import_reports WHERE import = ? AND part = ?", (id, part)
            ).fetchone()
            if row is not None:
                yield bytes(row[0])
