"""What a home keeps beside its log for the exchange: sealed files until their receipt, names of bundles, quarantine."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from sqlite_utils import Database

from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.events import VERDICT, Event, RecordKind
from fieldtool.records.exchange import BundleName, Held, Quarantined, QuarantineState
from fieldtool.store import whereabouts
from fieldtool.store.connection import transaction
from fieldtool.store.projections import Projector, Touched
from fieldtool.store.rows import COLUMNS, LIVE, chunks, from_row, gone_by, marks, write_events

_HOLD = "INSERT OR IGNORE INTO quarantine VALUES (?, ?, ?, 'held', '', ?)"


class SqlDepot:
    """The Depot of an open home; see ports.Depot."""

    def __init__(self, database: Database, path: Path, projector: Projector) -> None:
        self._database = database
        self._path = path
        self._projector = projector

    def keep_file(self, bundle: str, receiver: str, file: str, content: bytes) -> None:
        """Keep a sealed file as it was written, or as a courier was given it."""
        with transaction(self._database, self._path):
            self._database.execute(
                "INSERT OR IGNORE INTO bundle_files VALUES (?, ?, ?, ?)", (bundle, receiver, file, content)
            )

    def files(self, receiver: str = "") -> list[tuple[str, str, str]]:
        """Bundle, receiver and file name of every kept file, or of those to one receiver, oldest first."""
        rows = self._database.execute(
            "SELECT bundle, receiver, file FROM bundle_files WHERE ? IN ('', receiver) ORDER BY rowid", (receiver,)
        )
        return [(str(row[0]), str(row[1]), str(row[2])) for row in rows]

    def content(self, bundle: str) -> bytes:
        """The bytes of a kept file; UNKNOWN_BUNDLE when there are none."""
        row = self._database.execute("SELECT content FROM bundle_files WHERE bundle = ?", (bundle,)).fetchone()
        if row is None:
            raise FieldtoolError(ErrorCode.UNKNOWN_BUNDLE, values={"bundle": bundle[:12]})
        return bytes(row[0])

    def drop_files(self, bundles: Sequence[str]) -> None:
        """Forget kept files."""
        with transaction(self._database, self._path):
            self._database.conn.executemany("DELETE FROM bundle_files WHERE bundle = ?", [(item,) for item in bundles])

    def name_bundles(self, names: Iterable[BundleName]) -> None:
        """Remember how bundles are called that others spoke of."""
        with transaction(self._database, self._path):
            self._database.conn.executemany(
                "INSERT OR IGNORE INTO bundle_names VALUES (?, ?, ?, ?)",
                [(name.id, name.device, name.incarnation, name.number) for name in names],
            )

    def named(self, bundles: Iterable[str]) -> Mapping[str, BundleName]:
        """The names of bundles, as far as anybody told them."""
        found: dict[str, BundleName] = {}
        for part in chunks(bundles):
            for table in ("bundle_names", "bundles"):
                rows = self._database.execute(
                    f"SELECT id, device, incarnation, number FROM {table} WHERE id IN ({marks(part)})", part
                )
                found.update({row[0]: BundleName(*row) for row in rows})
        return found

    def quarantined(self, state: QuarantineState | None = None) -> list[Quarantined]:
        """Operations in quarantine, of one state or all, by id."""
        rows = self._database.execute(
            "SELECT content, bundle, reason, state, note FROM quarantine WHERE ? IN ('', state) ORDER BY event",
            (str(state or ""),),
        )
        return [
            Quarantined(thawed(json.loads(row[0])), row[1], Held(row[2]), QuarantineState(row[3]), row[4])
            for row in rows
        ]

    def settle(self, event: str, state: QuarantineState, note: str) -> None:
        """Write down what a person said; accepted, the operation is applied. NOT_FOUND for one that is not held."""
        with transaction(self._database, self._path):
            row = self._database.execute("SELECT content FROM quarantine WHERE event = ?", (event,)).fetchone()
            row = row or self._held_now(event)
            if row is None:
                raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": event})
            self._database.execute("UPDATE quarantine SET state = ?, note = ? WHERE event = ?", (state, note, event))
            if state is QuarantineState.ACCEPTED:
                self._insert([thawed(json.loads(row[0]))])
            else:
                self._take_out([event])

    def _held_now(self, event: str) -> tuple[str] | None:
        """Put an operation of the log into quarantine, because headquarters took its word back."""
        row = self._database.execute(f"SELECT {COLUMNS} FROM events WHERE id = ?", (event,)).fetchone()
        if row is None:
            return None
        content = frozen(from_row(row))
        self._database.execute(_HOLD, (event, "", Held.REVOKED, content))
        return (content,)

    def recall(self, device: str, incarnation: int, seq: int, judges: Collection[str]) -> int:
        """Move what a machine wrote after `seq` from the log into quarantine, but for what a person at one of the
        machines `judges` accepted; how many.

        Nothing is lost: the operation stays whole in quarantine, and accepting puts it back.
        """
        with transaction(self._database, self._path):
            rows = self._database.execute(
                f"SELECT {COLUMNS} FROM events WHERE device = ? AND incarnation = ? AND seq > ?",
                (device, incarnation, seq),
            ).fetchall()
            allowed = self._accepted_by(sorted(set(judges) - {device}))
            late = [event for event in map(from_row, rows) if event.id not in allowed]
            if late:
                self._database.conn.executemany(_HOLD, [(event.id, "", Held.REVOKED, frozen(event)) for event in late])
                self._take_out([event.id for event in late])
        return len(late)

    def disown(self, device: str, incarnation: int, believed: Sequence[str]) -> None:
        """Take a machine's bundles that came here, all but those believed, for nobody's: their parents are not
        acknowledged by the unit that they name."""
        with transaction(self._database, self._path):
            rows = self._database.execute(
                "SELECT id FROM bundles WHERE device = ? AND incarnation = ? AND state <> 'made' AND unit <> ''",
                (device, incarnation),
            ).fetchall()
            false = [(row[0],) for row in rows if row[0] not in set(believed)]
            self._database.conn.executemany("UPDATE bundles SET unit = '' WHERE id = ?", false)

    def clashes(self, bundle: str) -> list[str]:
        """The operations of a bundle that stand beside another live value of their register, by id."""
        rows = self._database.execute(
            "SELECT e.id FROM bundle_events b JOIN events e ON e.id = b.event WHERE b.bundle = ? AND EXISTS ("
            " SELECT 1 FROM events o WHERE o.kind = e.kind AND o.record = e.record AND o.field = e.field"
            " AND o.value <> e.value AND o.id <> e.id)",
            (bundle,),
        ).fetchall()
        ids = {str(row[0]) for row in rows}
        return sorted(event for event in ids if self._stands_beside(event))

    def _stands_beside(self, event: str) -> bool:
        row = self._database.execute("SELECT kind, record, field, value FROM events WHERE id = ?", (event,)).fetchone()
        live = self._database.execute(
            f"SELECT id, value FROM events WHERE kind = ? AND record = ? AND field = ? AND {LIVE}", tuple(row[:3])
        ).fetchall()
        return any(item[0] == event for item in live) and any(item[1] != row[3] for item in live)

    def contained(self, bundle: str) -> list[str]:
        """The operations of a bundle, by id."""
        rows = self._database.execute("SELECT event FROM bundle_events WHERE bundle = ? ORDER BY event", (bundle,))
        return [str(row[0]) for row in rows]

    def villages_of(self, things: Iterable[tuple[str, str]], maker: str) -> Mapping[tuple[str, str], set[str]]:
        """The villages of things known here; see ports.Depot."""
        return whereabouts.villages_of(self._database, things, maker)

    def villages_ever(self, persons: Sequence[str]) -> Mapping[str, set[str]]:
        """The villages of all papers that ever were a person's; see ports.Depot."""
        return whereabouts.villages_ever(self._database, persons)

    def _accepted_by(self, machines: Sequence[str]) -> set[str]:
        """Operations that a person accepted at one of some machines."""
        rows = self._database.execute(
            "SELECT record FROM events WHERE kind = ? AND field = ? AND value = ?"
            f" AND device IN ({marks(machines)}) AND {LIVE}",
            (RecordKind.QUARANTINE, VERDICT, QuarantineState.ACCEPTED, *machines),
        )
        return {str(row[0]) for row in rows}

    def _insert(self, events: list[Event]) -> None:
        fresh = [
            event
            for event in events
            if self._database.execute("SELECT 1 FROM events WHERE id = ?", (event.id,)).fetchone() is None
        ]
        touched = Touched()
        for event in fresh:
            touched.add(event)
        write_events(self._database, fresh)
        self._projector.project(touched)

    def _take_out(self, ids: list[str]) -> None:
        """Take operations out of the log again and fold the tables anew, as if they had never been believed."""
        count = self._database.execute("SELECT count(*) FROM events").fetchone()[0]
        for part in chunks(ids):
            self._database.execute(f"DELETE FROM events WHERE id IN ({marks(part)})", part)
        if self._database.execute("SELECT count(*) FROM events").fetchone()[0] == count:
            return
        self._database.execute("DELETE FROM superseded")
        rows = self._database.execute(f"SELECT {COLUMNS} FROM events WHERE supersedes <> ''").fetchall()
        gone = {(old,) for row in rows for old in gone_by(from_row(row))}
        self._database.conn.executemany("INSERT INTO superseded (id) VALUES (?)", sorted(gone))
        self._projector.rebuild()


def frozen(event: Event) -> str:
    """An event as the JSON that quarantine and waiting bundles keep."""
    return json.dumps(event._asdict(), ensure_ascii=False)


def thawed(data: dict[str, object]) -> Event:
    """An event from that JSON, which has no tuples."""
    return Event(**{**data, "supersedes": tuple(data["supersedes"])})  # type: ignore[arg-type]


def hold(database: Database, bundle: str, events: Iterable[Event], reasons: Mapping[str, str]) -> None:
    """Put operations in quarantine inside the caller's transaction; those a person has settled stay as they are."""
    database.conn.executemany(_HOLD, [(event.id, bundle, reasons[event.id], frozen(event)) for event in events])
