"""The index of papers, kept for the matcher: what is compared of each paper, under its blocking keys.

No projection: a whole match run makes it, and it is forgotten whenever the tables are folded anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from sqlite_utils import Database

from fieldtool.ports.paper_index import Entry, IndexState, Nearby, Totals
from fieldtool.store.connection import transaction
from fieldtool.store.rows import chunks, insert_many, marks

_TABLES = ("paper_index", "paper_keys", "paper_index_state")


def forget_index(database: Database) -> None:
    """Empty the index, so that the next match run reads everything; inside the caller's transaction."""
    for table in _TABLES:
        database.execute(f"DELETE FROM {table}")


class SqlPaperIndex:
    """The index of an open home; see ports.PaperIndex."""

    def __init__(self, database: Database, path: Path) -> None:
        self._database = database
        self._path = path

    def state(self) -> IndexState:
        """What the index holds."""
        row = self._database.execute("SELECT papers, arrival, model FROM paper_index_state").fetchone()
        return IndexState(*row) if row else IndexState()

    def complete(self) -> str:
        """How complete the run that made the index found the lists."""
        row = self._database.execute("SELECT complete FROM paper_index_state").fetchone()
        return str(row[0]) if row else ""

    def near(self, keys: Iterable[tuple[int, int]], own: str, cap: int, most: int) -> Nearby:
        """The papers that share a block with a paper."""
        execute = self._database.conn.execute
        held = execute("SELECT number FROM paper_index WHERE document = ?", (own,)).fetchone() if own else None
        limit = cap + (held is not None)  # a block that holds the paper itself has one more line to be as large
        found: set[int] = set()
        for block, part in keys:
            rows = execute("SELECT number FROM paper_keys WHERE block = ? LIMIT ?", (block, limit)).fetchall()
            if len(rows) == limit:
                rows = execute(
                    "SELECT number FROM paper_keys WHERE block = ? AND part = ? AND part >= 0 LIMIT ?",
                    (block, part, most),
                ).fetchall()
            found.update(row[0] for row in rows)
        found.discard(held[0] if held else -1)
        return Nearby(self._numbered(found), held is not None)

    def _numbered(self, numbers: Iterable[int]) -> list[str]:
        ordered = sorted(numbers)
        found: list[str] = []
        for start in range(0, len(ordered), 500):
            part = ordered[start : start + 500]
            rows = self._database.execute(f"SELECT content FROM paper_index WHERE number IN ({marks(part)})", part)
            found += [row[0] for row in rows]
        return found

    def under(self, blocks: Iterable[int]) -> list[str]:
        """The contents of all papers under some blocks."""
        found: set[int] = set()
        for block in blocks:
            rows = self._database.execute("SELECT number FROM paper_keys WHERE block = ?", (block,))
            found.update(row[0] for row in rows)
        return self._numbered(found)

    def count(self, blocks: Iterable[int]) -> Mapping[int, int]:
        """How many papers stand under each block."""
        execute = self._database.conn.execute
        ask = "SELECT count(*) FROM paper_keys WHERE block = ?"
        return {block: int(execute(ask, (block,)).fetchone()[0]) for block in blocks}

    def contents(self, documents: Iterable[str]) -> Mapping[str, str]:
        """The contents of some papers."""
        found: dict[str, str] = {}
        for part in chunks(documents):
            rows = self._database.execute(
                f"SELECT document, content FROM paper_index WHERE document IN ({marks(part)})", part
            )
            found |= dict(rows.fetchall())
        return found

    def persons(self, documents: Iterable[str]) -> Mapping[str, str]:
        """Whom some living papers speak of."""
        found: dict[str, str] = {}
        for part in chunks(documents):
            rows = self._database.execute(
                "SELECT l.document, l.person FROM links l JOIN documents d ON d.id = l.document"
                f" WHERE d.alive AND l.document IN ({marks(part)})",
                part,
            )
            found |= dict(rows.fetchall())
        return found

    def of_persons(self, persons: Iterable[str]) -> list[str]:
        """The contents of all living papers of some persons."""
        found: list[str] = []
        for part in chunks(persons):
            rows = self._database.execute(
                "SELECT p.content FROM links l JOIN documents d ON d.id = l.document"
                f" JOIN paper_index p ON p.document = l.document WHERE d.alive AND l.person IN ({marks(part)})",
                part,
            )
            found += [row[0] for row in rows]
        return found

    def changed(self) -> set[str]:
        """Documents written, withdrawn, brought back or left without a person since the index was told."""
        rows = self._database.execute(
            "WITH fresh AS (SELECT kind, record, field, value FROM events WHERE arrival > ?)"
            " SELECT record FROM fresh WHERE kind = 'document'"
            " AND (field = 'content' OR (field = 'link' AND value = ''))"
            " UNION SELECT document FROM document_imports WHERE import IN"
            " (SELECT record FROM fresh WHERE kind = 'import' AND field = 'state')",
            (self.state().arrival,),
        )
        return {row[0] for row in rows}

    def last_arrival(self) -> int:
        """The number of the newest event of the home."""
        return int(self._database.execute("SELECT coalesce(max(arrival), 0) FROM events").fetchone()[0])

    def totals(self) -> Totals:
        """How the home stands."""
        row = self._database.execute(
            "WITH sizes AS (SELECT count(*) AS papers FROM links l JOIN documents d ON d.id = l.document WHERE d.alive"
            " GROUP BY l.person)"
            " SELECT (SELECT count(*) FROM documents WHERE alive), (SELECT count(*) FROM sizes),"
            " (SELECT coalesce(sum(papers), 0) FROM sizes WHERE papers > 1), (SELECT count(*) FROM reviews)"
        ).fetchone()
        return Totals(*row)

    def put(self, fresh: Sequence[Entry], old: Sequence[Entry], arrival: int) -> None:
        """Drop what it holds of some papers, then take in papers, new or changed."""
        execute, many = self._database.conn.execute, self._database.conn.executemany
        with transaction(self._database, self._path):
            for entry in old:
                number = execute("SELECT number FROM paper_index WHERE document = ?", (entry.document,)).fetchone()[0]
                many("DELETE FROM paper_keys WHERE block = ? AND part = ? AND number = ?",
                     [(*key, number) for key in entry.keys])  # fmt: skip
                execute("DELETE FROM paper_index WHERE number = ?", (number,))
            last = int(execute("SELECT coalesce(max(number), 0) FROM paper_index").fetchone()[0])
            numbered = list(enumerate(fresh, start=last + 1))
            self._insert((number, entry.document, entry.content) for number, entry in numbered)
            self._insert_keys((*key, number) for number, entry in numbered for key in entry.keys)
            execute("UPDATE paper_index_state SET papers = papers + ?, arrival = ?", (len(fresh) - len(old), arrival))

    def make_anew(
        self,
        contents: Iterable[tuple[str, str]],
        keys: Iterator[Sequence[tuple[int, int, int]]],
        state: IndexState,
        complete: str,
    ) -> None:
        """Forget everything and hold these papers."""
        with transaction(self._database, self._path):
            forget_index(self._database)
            self._insert((place, *content) for place, content in enumerate(contents, start=1))
            for batch in keys:
                self._insert_keys(batch)
            self._database.execute(
                "INSERT INTO paper_index_state VALUES (1, ?, ?, ?, ?)",
                (state.papers, state.arrival, state.model, complete),
            )

    def _insert(self, rows: Iterable[tuple[int, str, str]]) -> None:
        self._database.conn.executemany("INSERT INTO paper_index VALUES (?, ?, ?)", rows)

    def _insert_keys(self, rows: Iterable[tuple[int, int, int]]) -> None:
        insert_many(self._database, "INSERT OR IGNORE INTO paper_keys VALUES", 3, rows)
