"""Events as rows and back; the one place that knows the order of their columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fieldtool.records.events import Event

COLUMNS = (
    "id, device, incarnation, seq, prev, at, author, schema, kind, record, field, value, supersedes, basis, village,"
    " old, hash"
)
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


def from_row(row: Sequence[Any]) -> Event:
    """An event from its columns in the order of COLUMNS."""
    return Event(*(*row[:12], tuple(row[12].split()), *row[13:]))
