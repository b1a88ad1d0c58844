"""Contents of documents by the hundred thousand, as a list brings them: chained, written and projected in batches.

It does what the log and the projector do for single events, with the same bytes and rows as outcome; `check` proves it.
"""

from __future__ import annotations

import json
from types import TracebackType

from sqlite_utils import Database

from fieldtool.ports import Clock, Ids
from fieldtool.records.events import CONTENT, SCHEMA, ContentHash, Contents, RecordKind
from fieldtool.records.exchange import HomeCard
from fieldtool.store.projections import Touched
from fieldtool.store.rows import INSERT, chunks, marks

# Keys of documents are hashes: each falls anywhere in its index. Pages that do not fit the cache are encrypted,
# written and read again for every few rows, which made 100,000 rows twice as slow for each as 30,000.
_CACHE_KB = 64_000
# Rows that are sorted before they enter the tables, so that each page is touched once for several of them. More would
# take less work, but wait until the list has ended: while it is read, this process waits for rows anyway.
_TOGETHER = 10_000

Shown = tuple[str, int, str, str, str, int]  # a row of documents: id, arrival, kind, village, household, alive


class ContentsWriter:
    """Writes contents inside the caller's transaction; a `with` of its own gives back the memory it works in."""

    def __init__(self, database: Database, clock: Clock, ids: Ids, card: HomeCard, touched: Touched) -> None:
        self._database = database
        self._clock = clock
        self._ids = ids
        self._card = card
        self._touched = touched
        self._usual_cache = 0
        self._basis = ""
        self._shown: list[Shown] = []

    def __enter__(self) -> ContentsWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._shown.clear()
        if self._usual_cache:
            self._database.execute(f"PRAGMA cache_size = {self._usual_cache}")
            self._database.execute("PRAGMA shrink_memory")

    def write(self, contents: Contents, seq: int, prev: str) -> tuple[int, str]:
        """Chain and insert some contents after event `seq` with hash `prev`; the place and hash of the last."""
        if not self._usual_cache:
            self._usual_cache = int(self._database.execute("PRAGMA cache_size").fetchone()[0])
            self._database.execute(f"PRAGMA cache_size = -{_CACHE_KB}")
        if contents.basis != self._basis:
            self.project()
            self._basis = contents.basis
        device, incarnation, author = self._card.device, self._card.incarnation, self._card.officer
        at, basis = self._clock.now(), contents.basis
        stem = f"{device}.{incarnation}:"
        kind, field, papers = str(RecordKind.DOCUMENT), CONTENT, contents.transcripts
        places = range(seq + 1, seq + 1 + len(papers))
        ids = [f"{stem}{place}:{nonce}" for place, nonce in zip(places, self._ids.nonces(len(papers)), strict=True)]
        hashes = ContentHash(at, author, basis).chain(ids, prev, papers)
        rows = [
            (
                id, device, incarnation, place, before, at, author, SCHEMA, kind, paper.id, field, paper.payload, "",
                basis, paper.village, "", hash,
            )
            for id, place, before, paper, hash in zip(ids, places, [prev, *hashes][:-1], papers, hashes, strict=True)
        ]  # fmt: skip
        self._database.conn.executemany(INSERT, rows)
        first = self._last_arrival() - len(rows) + 1  # one transaction, so the numbers follow one another
        self._shown += [
            (paper.id, arrival, paper.kind, paper.village, paper.household, 1)
            for arrival, paper in enumerate(contents.transcripts, start=first)
        ]
        if len(self._shown) >= _TOGETHER:
            self.project()
        return (places[-1], hashes[-1]) if hashes else (seq, prev)

    def _last_arrival(self) -> int:
        row = self._database.execute("SELECT max(arrival) FROM events").fetchone()
        return int(row[0] or 0)

    def project(self) -> None:
        """Show what was written in the tables; documents that have a history are left to the projector."""
        if not self._shown:
            return
        shown, self._shown = sorted(self._shown), []
        origin = str(json.loads(self._basis).get("import", "")) if self._basis else ""
        if self._database.execute("SELECT 1 FROM undone_imports WHERE import = ?", (origin,)).fetchone():
            self._touched.contents.update(row[0] for row in shown)
            return
        connection = self._database.conn
        before = connection.total_changes
        connection.executemany("INSERT OR IGNORE INTO documents VALUES (?, ?, ?, ?, ?, ?)", shown)
        fresh = connection.total_changes - before == len(shown)
        connection.executemany(
            "INSERT OR IGNORE INTO document_imports VALUES (?, ?)", [(row[0], origin) for row in shown]
        )
        if not fresh:
            self._touched.contents |= self._known(shown)
        if self._database.execute("SELECT EXISTS (SELECT 1 FROM links)").fetchone()[0]:
            self._touched.links |= self._placed(shown)

    def _known(self, shown: list[Shown]) -> set[str]:
        """Documents that the tables held before under an earlier event."""
        arrivals = {row[0]: row[1] for row in shown}
        doubled = {row[0] for row, after in zip(shown, shown[1:], strict=False) if row[0] == after[0]}
        for part in chunks(arrivals):
            rows = self._database.execute(f"SELECT id, arrival FROM documents WHERE id IN ({marks(part)})", part)
            doubled.update(row[0] for row in rows if row[1] != arrivals[row[0]])
        return doubled

    def _placed(self, shown: list[Shown]) -> set[str]:
        """Documents that were linked before their content was known here."""
        found: set[str] = set()
        for part in chunks(row[0] for row in shown):
            rows = self._database.execute(f"SELECT document FROM links WHERE document IN ({marks(part)})", part)
            found.update(row[0] for row in rows)
        return found
