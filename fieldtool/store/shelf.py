"""The bundles a home made and received, their DAG, and the join of foreign events."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from sqlite_utils import Database

from fieldtool.ports import Judge, Progress, no_progress
from fieldtool.records.errors import ErrorCode, FieldtoolError, Place
from fieldtool.records.events import Event, ProvedEvents, RecordKind, event_hash
from fieldtool.records.exchange import BundleNote, BundleState, Joined, Makers
from fieldtool.store.connection import transaction
from fieldtool.store.depot import hold, thawed
from fieldtool.store.new_papers import write_joined
from fieldtool.store.projections import Projector
from fieldtool.store.rows import COLUMNS, chunks, from_row, marks

_AT_ONCE = 500  # events read together
_COLUMNS = "id, device, incarnation, number, receiver, parents, state, made_at, events, file, unit"


class SqlShelf:
    """The Shelf of an open home; see ports.Shelf."""

    def __init__(self, database: Database, path: Path, projector: Projector) -> None:
        self._database = database
        self._path = path
        self._projector = projector

    def bundles(self) -> list[BundleNote]:
        """All notes, oldest first."""
        rows = self._database.execute(f"SELECT {_COLUMNS} FROM bundles ORDER BY arrival")
        return [BundleNote(*(*row[:5], tuple(row[5].split()), BundleState(row[6]), *row[7:])) for row in rows]

    def _acknowledged(self, receiver: str, holders: Sequence[Makers] = ()) -> list[BundleNote]:
        """Bundles that the receiver is known to hold: his own that are applied here, and ours among their ancestors;
        with `holders` those that each of these machines holds by its own bundles."""
        notes = {note.id: note for note in self.bundles()}
        applied = [note for note in notes.values() if note.state is BundleState.APPLIED]
        sent = {note.id for note in notes.values() if note.receiver == receiver}
        if holders:
            each = []
            for machine in holders:
                made = [n.id for n in applied if (n.device, n.incarnation) in machine]
                each.append(_with_ancestors(notes, made) | (sent & self._receipted(machine)))
            held = set.intersection(*each)
        else:
            made = [note.id for note in applied if note.unit == receiver]
            held = _with_ancestors(notes, made) | (sent & self._receipted())
        return [note for note in notes.values() if note.id in held]

    def _receipted(self, makers: Makers | None = None) -> set[str]:
        """Bundles for which headquarters wrote a receipt that is known here; with `makers` one of these."""
        rows = self._database.execute(
            "SELECT DISTINCT record, device, incarnation FROM events WHERE kind = ?", (RecordKind.RECEIPT,)
        )
        return {str(row[0]) for row in rows if makers is None or (row[1], row[2]) in makers}

    def pending(self, receiver: str, holders: Sequence[Makers] = ()) -> list[BundleNote]:
        """Bundles made for a receiver that he is not known to hold, oldest first."""
        held = {note.id for note in self._acknowledged(receiver, holders)}
        return [
            note
            for note in self.bundles()
            if note.receiver == receiver and note.state is BundleState.MADE and note.id not in held
        ]

    def outgoing(
        self,
        receiver: str,
        since_receipt: bool = True,
        villages: Sequence[str] = (),
        holders: Sequence[Makers] = (),
    ) -> Iterator[Event]:
        """Events that the receiver is not known to hold (or all), in arrival order; a few at a time in memory."""
        held: set[str] = set()
        if since_receipt:
            for note in self._acknowledged(receiver, holders):
                rows = self._database.execute("SELECT event FROM bundle_events WHERE bundle = ?", (note.id,))
                held.update(row[0] for row in rows)
        rows = self._database.execute("SELECT arrival, id, village FROM events ORDER BY arrival")
        scope = {"", *villages}
        wanted = array("q", (row[0] for row in rows if row[1] not in held and (not villages or row[2] in scope)))
        for start in range(0, len(wanted), _AT_ONCE):
            part = wanted[start : start + _AT_ONCE].tolist()
            found = self._database.execute(
                f"SELECT {COLUMNS} FROM events WHERE arrival IN ({marks(part)}) ORDER BY arrival", part
            )
            yield from [from_row(row) for row in found.fetchall()]  # read before anybody writes again

    def parents_for(self, receiver: str, holders: Sequence[Makers] = ()) -> tuple[str, ...]:
        """The heads of what this home and the receiver are known to hold in common."""
        common = self._acknowledged(receiver, holders)
        inner = {parent for note in common for parent in note.parents}
        return tuple(sorted(note.id for note in common if note.id not in inner))

    def record_made(self, note: BundleNote, events: Sequence[str]) -> None:
        """Remember a proved export in one transaction."""
        with transaction(self._database, self._path):
            self._shelve(replace(note, state=BundleState.MADE))
            self._contain(note.id, events)

    def join(
        self,
        note: BundleNote,
        events: Sequence[Event],
        progress: Progress = no_progress,
        held: Mapping[str, str] | None = None,
        judge: Judge | None = None,
    ) -> Joined:
        """Apply a verified bundle in one transaction, or hold it back; a known bundle changes nothing. Operations in
        `held` (id → reason) go to quarantine, of bundles that had waited those that `judge` names. Hashes are computed
        anew unless the reader gave `ProvedEvents`.

        BUNDLE_MALFORMED when an event's hash is not that of its content; nothing is changed then.
        """
        for event in () if isinstance(events, ProvedEvents) else events:
            if event_hash(event) != event.hash:
                raise FieldtoolError(
                    ErrorCode.BUNDLE_MALFORMED, place=Place(file=note.file), values={"detail": event.id}
                )
        with transaction(self._database, self._path):
            states = dict(self._database.execute("SELECT id, state FROM bundles").fetchall())
            forks = self._forks(note)
            if states.get(note.id) in (BundleState.APPLIED, BundleState.MADE):
                return Joined(note.id, BundleState(states[note.id]), 0, len(events), 0, forks=forks)
            # One of our own come back: what it stands on may be lost, and was known when it was made.
            back = note.state is BundleState.MADE
            missing = () if back else self._missing(note.parents)
            if missing:
                self._hold(note, events, held or {})
                return Joined(note.id, BundleState.WAITING, 0, 0, 0, missing, forks)
            joined = self._apply(note, events, progress, held or {})
            released = self._apply_waiting(progress, judge)
        return replace(joined, forks=forks, released=tuple(released))

    def _forks(self, note: BundleNote) -> tuple[str, ...]:
        row = self._database.execute(
            "SELECT 1 FROM bundles WHERE device = ? AND incarnation = ? AND number = ? AND id <> ?",
            (note.device, note.incarnation, note.number, note.id),
        ).fetchone()
        return (note.device,) if row else ()

    def _missing(self, parents: Iterable[str]) -> tuple[str, ...]:
        """Parents that this home neither made nor applied."""
        known = self._database.execute("SELECT id FROM bundles WHERE state <> ?", (BundleState.WAITING,))
        held = {row[0] for row in known}
        return tuple(parent for parent in parents if parent not in held)

    def _hold(self, note: BundleNote, events: Sequence[Event], held: Mapping[str, str]) -> None:
        self._shelve(replace(note, state=BundleState.WAITING))
        data = {"events": [event._asdict() for event in events], "held": dict(held)}
        text = json.dumps(data, ensure_ascii=False)
        self._database.execute("INSERT OR REPLACE INTO waiting VALUES (?, ?)", (note.id, text))

    def _apply(self, note: BundleNote, events: Sequence[Event], progress: Progress, held: Mapping[str, str]) -> Joined:
        known = self._known(events)
        withheld = [event for event in events if event.id in held and event.id not in known]
        hold(self._database, note.id, withheld, held)
        known.update(held)
        fresh = list({event.id: event for event in events if event.id not in known}.values())
        raised = self._projector.raised(write_joined(self._database, fresh), progress)
        state = note.state if note.state is BundleState.MADE else BundleState.APPLIED
        self._shelve(replace(note, state=state))
        self._contain(note.id, [event.id for event in events])
        some_held = self._database.execute("SELECT 1 FROM quarantine LIMIT 1").fetchone()
        # Headquarters vouches for what was held here.
        for part in chunks([event.id for event in fresh] if some_held else ()):
            self._database.execute(f"UPDATE quarantine SET state = 'accepted' WHERE event IN ({marks(part)})", part)
        return Joined(note.id, state, len(fresh), len(events) - len(fresh), raised, held=len(withheld))

    def _known(self, events: Sequence[Event]) -> set[str]:
        """The ids of those events that are here. Nearly always none is, which the stretch of their numbers tells."""
        by_maker: dict[tuple[str, int], list[Event]] = {}
        for event in events:
            by_maker.setdefault((event.device, event.incarnation), []).append(event)
        known: set[str] = set()
        for maker, made in by_maker.items():
            places = [event.seq for event in made]
            met = self._database.execute(
                "SELECT 1 FROM events WHERE device = ? AND incarnation = ? AND seq BETWEEN ? AND ? LIMIT 1",
                (*maker, min(places), max(places)),
            ).fetchone()
            for part in chunks([event.id for event in made] if met else ()):  # in order, which sorts quicker
                rows = self._database.execute(f"SELECT id FROM events WHERE id IN ({marks(part)})", part)
                known.update(row[0] for row in rows)
        return known

    def _apply_waiting(self, progress: Progress, judge: Judge | None) -> list[Joined]:
        """Apply what waited for the bundle just applied, and what waited for that."""
        applied: list[Joined] = []
        while True:
            ready = [n for n in self.bundles() if n.state is BundleState.WAITING and not self._missing(n.parents)]
            if not ready:
                return applied
            for note in ready:
                text = self._database.execute("SELECT events FROM waiting WHERE bundle = ?", (note.id,)).fetchone()[0]
                data = json.loads(text)
                if isinstance(data, list):  # as the program kept it before there was a quarantine
                    data = {"events": data, "held": {}}
                events = [thawed(item) for item in data["events"]]
                held = data["held"] if judge is None else judge(note, events)
                applied.append(self._apply(note, events, progress, held))
                self._database.execute("DELETE FROM waiting WHERE bundle = ?", (note.id,))

    def waits_in_vain(self, bundle: str) -> bool:
        """Whether every operation of a waiting bundle is here by another way, or in quarantine."""
        row = self._database.execute("SELECT events FROM waiting WHERE bundle = ?", (bundle,)).fetchone()
        data = json.loads(row[0]) if row else {"events": []}
        ids = {item["id"] for item in (data if isinstance(data, list) else data["events"])}
        here: set[str] = set()
        for part in chunks(ids):
            for table, name in (("events", "id"), ("quarantine", "event")):
                rows = self._database.execute(f"SELECT {name} FROM {table} WHERE {name} IN ({marks(part)})", part)
                here.update(row[0] for row in rows)
        return ids <= here

    def _shelve(self, note: BundleNote) -> None:
        self._database.execute(
            f"INSERT INTO bundles ({_COLUMNS}) VALUES ({', '.join('?' * 11)})"
            " ON CONFLICT (id) DO UPDATE SET state = excluded.state, file = excluded.file",
            (
                note.id, note.device, note.incarnation, note.number, note.receiver, " ".join(note.parents),
                str(note.state), note.made_at, note.events, note.file, note.unit,
            ),
        )  # fmt: skip

    def _contain(self, bundle: str, events: Iterable[str]) -> None:
        self._database.conn.executemany(
            "INSERT OR IGNORE INTO bundle_events VALUES (?, ?)", [(bundle, event) for event in sorted(events)]
        )


def _with_ancestors(notes: Mapping[str, BundleNote], ids: Sequence[str]) -> set[str]:
    """Bundles and all that they stand on, as far as they are known here."""
    found: set[str] = set()
    open_ids = list(ids)
    while open_ids:
        note = notes.get(open_ids.pop())
        if note is not None and note.id not in found:
            found.add(note.id)
            open_ids += note.parents
    return found
