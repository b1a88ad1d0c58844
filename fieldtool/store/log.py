"""The append-only event log and the local journal, each a hash chain."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path

from sqlite_utils import Database

from fieldtool.ports import Clock, Ids, Progress, no_progress
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.events import Contents, Draft, Event, Note, Proof, canonical_bytes, chained, event_id
from fieldtool.records.exchange import HomeCard
from fieldtool.store.connection import transaction, trouble
from fieldtool.store.contents import ContentsWriter
from fieldtool.store.projections import Projector, Touched
from fieldtool.store.rows import COLUMNS, LIVE, from_row, marks, write_events

_BATCH = 1000


class SqlEventLog:
    """The EventLog of an open home; see ports.EventLog."""

    def __init__(self, database: Database, path: Path, clock: Clock, ids: Ids, projector: Projector) -> None:
        self._database = database
        self._path = path
        self._clock = clock
        self._ids = ids
        self._projector = projector

    def soon(self, count: int) -> AbstractContextManager[Callable[[Mapping[str, str]], None]]:
        """Within the block, so many operations are about to be appended; see ports.EventLog."""
        return self._projector.ready(count)

    def append(
        self,
        drafts: Iterable[Draft | Contents],
        progress: Progress = no_progress,
        beside: Callable[[], None] | None = None,
    ) -> tuple[str, ...]:
        """Chain, write and project some operations in one transaction; the ids of the single drafts in order."""
        card = self._card()
        written: list[str] = []
        touched = Touched()
        contents = ContentsWriter(self._database, self._clock, self._ids, card, touched)
        with trouble(self._path), contents, transaction(self._database, self._path):
            seq, prev = self._head(card.device, card.incarnation)
            batch: list[Event] = []
            at = self._clock.now()  # one transaction is one moment
            for draft in drafts:
                if isinstance(draft, Contents):
                    write_events(self._database, batch)
                    batch.clear()
                    seq, prev = contents.write(draft, seq, prev)
                    progress(seq, 0, "write")
                    continue
                seq += 1
                event = self._chained(draft, card, seq, prev, at)
                prev = event.hash
                batch.append(event)
                touched.add(event)
                written.append(event.id)
                if len(batch) == _BATCH:
                    write_events(self._database, batch)
                    batch.clear()
                    progress(len(written), 0, "write")
            write_events(self._database, batch)
            contents.project()
            self._projector.project(touched, progress, beside)
        return tuple(written)

    def _card(self) -> HomeCard:
        behind = self._database.execute("SELECT value FROM settings WHERE name = 'home.behind'").fetchone()
        if behind and behind[0]:  # a restored copy must not write again what headquarters knows otherwise
            raise FieldtoolError(ErrorCode.HOME_BEHIND, values={"detail": behind[0]})
        row = self._database.execute("SELECT value FROM settings WHERE name = 'home.card'").fetchone()
        return HomeCard.from_text(row[0])

    def _head(self, device: str, incarnation: int) -> tuple[int, str]:
        row = self._database.execute(
            "SELECT seq, hash FROM events WHERE device = ? AND incarnation = ? ORDER BY seq DESC, arrival DESC LIMIT 1",
            (device, incarnation),
        ).fetchone()
        return (row[0], row[1]) if row else (0, "")

    def _chained(self, draft: Draft, card: HomeCard, seq: int, prev: str, at: str) -> Event:
        id = event_id(card.device, card.incarnation, seq, self._ids.nonce())
        return chained(draft, id, card.device, card.incarnation, seq, prev, at, card.officer)

    def register(self, kind: str, record: str, field: str) -> list[Event]:
        """The live events of one register."""
        rows = self._database.execute(
            f"SELECT {COLUMNS} FROM events WHERE kind = ? AND record = ? AND field = ? AND {LIVE} ORDER BY id",
            (str(kind), record, str(field)),
        )
        return [from_row(row) for row in rows]

    def event(self, id: str) -> Event | None:
        """One event by id."""
        row = self._database.execute(f"SELECT {COLUMNS} FROM events WHERE id = ?", (id,)).fetchone()
        return from_row(row) if row else None

    def events(self, kind: str = "", record: str = "") -> Iterator[Event]:
        """Events in the order they arrived here."""
        wanted = [(name, value) for name, value in (("kind", str(kind)), ("record", record)) if value]
        where = " AND ".join(f"{name} = ?" for name, _ in wanted) or "1"
        rows = self._database.execute(
            f"SELECT {COLUMNS} FROM events WHERE {where} ORDER BY arrival", [value for _, value in wanted]
        )
        return (from_row(row) for row in rows)

    def backwards(self, kinds: Collection[str], but: str = "") -> Iterator[Event]:
        """Events of some kinds, the newest arrival first, but those of one field."""
        rows = self._database.execute(
            # The plus signs keep the planner at the order of arrival: a walk that ends early reads no more than that.
            f"SELECT {COLUMNS} FROM events WHERE +kind IN ({marks(tuple(kinds))}) AND +field <> ?"
            " ORDER BY arrival DESC",
            (*map(str, kinds), but),
        )
        return (from_row(row) for row in rows)

    def count(self) -> int:
        """How many events this home holds."""
        return int(self._database.execute("SELECT count(*) FROM events").fetchone()[0])

    def heads(self) -> dict[tuple[str, int], tuple[int, str]]:
        """Number and hash of each machine's last event; see ports.EventLog."""
        last = self._database.execute("SELECT device, incarnation, max(seq) FROM events GROUP BY device, incarnation")
        return {(row[0], row[1]): (row[2], max(self.hashes_at(*row))) for row in last.fetchall()}

    def hashes_at(self, device: str, incarnation: int, seq: int) -> set[str]:
        """The hashes of the events that a machine wrote under one number."""
        rows = self._database.execute(
            "SELECT hash FROM events WHERE device = ? AND incarnation = ? AND seq = ?", (device, incarnation, seq)
        )
        return {str(row[0]) for row in rows}

    def note(self, what: str, detail: str = "") -> None:
        """Write a line of the journal, chained to the one before."""
        with transaction(self._database, self._path):
            at, before, author = self._clock.now(), self.journal_head(), self._officer()
            self._database.execute(
                "INSERT INTO journal (at, author, what, detail, hash) VALUES (?, ?, ?, ?, ?)",
                (at, author, what, detail, journal_hash(before, at, author, what, detail)),
            )

    def _officer(self) -> str:
        """Who sits at the machine; a copy restored from behind has somebody too, whom `_card` would refuse."""
        row = self._database.execute("SELECT value FROM settings WHERE name = 'home.card'").fetchone()
        return HomeCard.from_text(row[0]).officer if row else ""

    def notes(self) -> Iterator[Note]:
        """The lines of the journal, oldest first."""
        rows = self._database.execute("SELECT at, author, what, detail, hash FROM journal ORDER BY line")
        return (Note(*map(str, row)) for row in rows)

    def authors(self) -> list[str]:
        """The ids of all officers who wrote an operation or a line of the journal."""
        rows = self._database.execute(
            "SELECT author FROM events UNION SELECT author FROM journal WHERE author <> '' ORDER BY author"
        )
        return [str(row[0]) for row in rows]

    def prove_notes(self) -> Proof:
        """Walk the journal's chain; see ports.EventLog."""
        return prove_journal(self._database)

    def journal_head(self) -> str:
        """Hash of the newest journal line, "" before the first."""
        row = self._database.execute("SELECT hash FROM journal ORDER BY line DESC LIMIT 1").fetchone()
        return str(row[0]) if row else ""


def journal_hash(before: str, at: str, author: str, what: str, detail: str) -> str:
    """The hash that chains a journal line to the one before it; a line without an author is one of before they were
    kept, and its hash speaks of none."""
    if not author:
        return hashlib.sha256(b"fieldtool-journal-1\0" + canonical_bytes((before, at, what, detail))).hexdigest()
    return hashlib.sha256(b"fieldtool-journal-2\0" + canonical_bytes((before, at, author, what, detail))).hexdigest()


def prove_journal(database: Database) -> Proof:
    """How many lines the journal has, and the first whose hash does not follow from it and the line before."""
    head, lines, broken = "", 0, 0
    for at, author, what, detail, hash in database.execute(
        "SELECT at, author, what, detail, hash FROM journal ORDER BY line"
    ):
        lines += 1
        if not broken and journal_hash(head, at, author, what, detail) != hash:
            broken = lines
        head = str(hash)
    return Proof(lines, broken, head)
