"""Papers that are new to the tables, shown by the batch: what a list or a bundle brings by the ten thousand.

It does what the projector does for one document after the other, with the same rows as outcome; `check` proves it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence

from sqlite_utils import Database

from fieldtool.records.events import CONTENT, Event, RecordKind
from fieldtool.store.projections import Touched, shown_of
from fieldtool.store.rows import chunks, marks, write_events

Shown = tuple[str, int, str, str, str, int]  # a row of documents: id, arrival, kind, village, household, alive


def write_joined(database: Database, events: Sequence[Event]) -> Touched:
    """Write the new events of a bundle inside the caller's transaction. Papers that nothing else was ever said of are
    shown at once; the registers of all other events are left to the projector."""
    touched = Touched()
    plain = _unhistoried(database, events)
    write_events(database, events)
    first = last_arrival(database) - len(events) + 1  # one transaction, so the numbers follow one another
    by_basis: dict[str, list[Shown]] = {}
    for arrival, event in enumerate(events, start=first):
        if event.id in plain:
            household, kind, village = shown_of(event.value)
            by_basis.setdefault(event.basis, []).append((event.record, arrival, kind, village, household, 1))
        else:
            touched.add(event)
    for basis, shown in by_basis.items():
        show_new(database, sorted(shown), origin_of(basis), touched)
    return touched


def show_new(database: Database, shown: list[Shown], origin: str, touched: Touched) -> None:
    """Put sorted rows of one import into the tables; documents that have a history there are left to the projector."""
    if database.execute("SELECT 1 FROM undone_imports WHERE import = ?", (origin,)).fetchone():
        touched.contents.update(row[0] for row in shown)
        return
    connection = database.conn
    before = connection.total_changes
    connection.executemany("INSERT OR IGNORE INTO documents VALUES (?, ?, ?, ?, ?, ?)", shown)
    fresh = connection.total_changes - before == len(shown)
    connection.executemany("INSERT OR IGNORE INTO document_imports VALUES (?, ?)", [(row[0], origin) for row in shown])
    if not fresh:
        touched.contents |= _known(database, shown)
    if database.execute("SELECT EXISTS (SELECT 1 FROM links)").fetchone()[0]:
        touched.links |= _placed(database, shown)


def origin_of(basis: str) -> str:
    """The import that a content's basis names, "" for none."""
    return str(json.loads(basis).get("import", "")) if basis else ""


def last_arrival(database: Database) -> int:
    """The number of the event that came last."""
    row = database.execute("SELECT max(arrival) FROM events").fetchone()
    return int(row[0] or 0)


def _unhistoried(database: Database, events: Iterable[Event]) -> set[str]:
    """The contents among events not written yet of which no other event, here or among them, says anything."""
    contents = [event for event in events if event.field == CONTENT and event.kind == RecordKind.DOCUMENT]
    said = Counter([event.record for event in contents])
    plain = {e.id: e for e in contents if e.value and not e.supersedes and said[e.record] == 1}
    for part in chunks(plain):
        gone = [f"{id}@{RecordKind.DOCUMENT}/{plain[id].record}/{CONTENT}" for id in part]
        found = database.execute(f"SELECT id FROM superseded WHERE id IN ({marks(gone)})", gone)
        for row in found.fetchall():
            del plain[row[0].partition("@")[0]]
    return set(plain)


def _known(database: Database, shown: list[Shown]) -> set[str]:
    """Documents that the tables held before under an earlier event."""
    arrivals = {row[0]: row[1] for row in shown}
    doubled = {row[0] for row, after in zip(shown, shown[1:], strict=False) if row[0] == after[0]}
    for part in chunks(arrivals):
        rows = database.execute(f"SELECT id, arrival FROM documents WHERE id IN ({marks(part)})", part)
        doubled.update(row[0] for row in rows if row[1] != arrivals[row[0]])
    return doubled


def _placed(database: Database, shown: list[Shown]) -> set[str]:
    """Documents that were linked before their content was known here."""
    found: set[str] = set()
    for part in chunks(row[0] for row in shown):
        rows = database.execute(f"SELECT document FROM links WHERE document IN ({marks(part)})", part)
        found.update(row[0] for row in rows)
    return found
