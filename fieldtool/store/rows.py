"""Events as rows and back; the one place that knows the order of their columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any

from sqlite_utils import Database

from fieldtool.records.events import Event

COLUMNS = (
    "id, device, incarnation, seq, prev, at, author, schema, kind, record, field, value, supersedes, basis, village,"
    " old, hash"
)
# An event is superseded only by events of its own register: what a foreign event names elsewhere hides nothing.
LIVE = "(id || '@' || kind || '/' || record || '/' || field) NOT IN (SELECT id FROM superseded)"
# A person merged into another is no more, but his founding paper tells whose papers his are now: his cases (c) follow.
# Where that paper is gone (its import was undone), any paper that ever was his tells; seldom asked, so no index.
WHOSE = (
    "CASE c.person WHEN '' THEN '' ELSE"
    " coalesce((SELECT id FROM persons WHERE id = c.person), (SELECT person FROM links WHERE document = c.person),"
    " (SELECT l.person FROM events e JOIN links l ON l.document = e.record WHERE e.kind = 'document'"
    " AND e.field = 'person' AND e.value = c.person ORDER BY e.arrival DESC LIMIT 1), c.person) END"
)
_CHUNK = 400
_TOGETHER = 100  # rows of a statement
INSERT = f"INSERT INTO events ({COLUMNS}) VALUES ({', '.join('?' * 17)})"


def to_row(event: Event) -> tuple[object, ...]:
    """The column values of an event in the order of COLUMNS."""
    return (
        event.id,
        event.device,
        event.incarnation,
        event.seq,
        event.prev,
        event.at,
        event.author,
        event.schema,
        event.kind,
        event.record,
        event.field,
        event.value,
        " ".join(event.supersedes),
        event.basis,
        event.village,
        event.old,
        event.hash,
    )


def gone_by(event: Event) -> list[str]:
    """What the table of superseded events keeps for an event: each id it names, tied to the event's own register."""
    return [f"{old}@{event.kind}/{event.record}/{event.field}" for old in event.supersedes]


def write_events(database: Database, events: Sequence[Event]) -> None:
    """Insert events and remember what they supersede, known here or not; inside the caller's transaction."""
    database.conn.executemany(INSERT, map(to_row, events))
    gone = [(old,) for event in events if event.supersedes for old in gone_by(event)]
    database.conn.executemany("INSERT OR IGNORE INTO superseded (id) VALUES (?)", gone)


def from_row(row: Sequence[Any]) -> Event:
    """An event from its columns in the order of COLUMNS."""
    return Event(*(*row[:12], tuple(row[12].split()), *row[13:]))


def insert_many(database: Database, insert: str, width: int, rows: Iterable[Sequence[object]]) -> None:
    """Insert rows of so many columns, in their order, a hundred in a statement: short rows by the hundred thousand
    take twice as long one by one. `insert` ends before the values."""
    source, row = iter(rows), f"({', '.join('?' * width)})"
    together = f"{insert} {', '.join([row] * _TOGETHER)}"
    while some := list(islice(source, _TOGETHER)):
        statement = together if len(some) == _TOGETHER else f"{insert} {', '.join([row] * len(some))}"
        database.conn.execute(statement, list(chain.from_iterable(some)))


def chunks(items: Iterable[str]) -> Iterator[list[str]]:
    """Items sorted, in lists that fit one statement."""
    ordered = sorted(items)
    for start in range(0, len(ordered), _CHUNK):
        yield ordered[start : start + _CHUNK]


def marks(items: Sequence[object]) -> str:
    """Question marks for an IN list."""
    return ", ".join("?" * len(items))
