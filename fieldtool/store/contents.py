"""Contents of documents by the hundred thousand, as a list brings them: chained, written and projected in batches.

It does what the log and the projector do for single events, with the same bytes and rows as outcome; `check` proves it.
"""

from __future__ import annotations

from types import TracebackType

from sqlite_utils import Database

from fieldtool.ports import Clock, Ids
from fieldtool.records.events import CONTENT, SCHEMA, ContentHash, Contents, RecordKind
from fieldtool.records.exchange import HomeCard
from fieldtool.store.new_papers import Shown, last_arrival, origin_of, show_new
from fieldtool.store.projections import Touched
from fieldtool.store.rows import INSERT

# Keys of documents are hashes: each falls anywhere in its index. Pages that do not fit the cache are encrypted,
# written and read again for every few rows, which made 100,000 rows twice as slow for each as 30,000.
_CACHE_KB = 64_000
# Rows that are sorted before they enter the tables, so that each page is touched once for several of them. More would
# take less work, but wait until the list has ended: while it is read, this process waits for rows anyway.
_TOGETHER = 10_000


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
        first = last_arrival(self._database) - len(rows) + 1  # one transaction, so the numbers follow one another
        self._shown += [
            (paper.id, arrival, paper.kind, paper.village, paper.household, 1)
            for arrival, paper in enumerate(contents.transcripts, start=first)
        ]
        if len(self._shown) >= _TOGETHER:
            self.project()
        return (places[-1], hashes[-1]) if hashes else (seq, prev)

    def project(self) -> None:
        """Show what was written in the tables; documents that have a history are left to the projector."""
        if self._shown:
            shown, self._shown = sorted(self._shown), []
            show_new(self._database, shown, origin_of(self._basis), self._touched)
