"""Packing: events become the rows of the change sheet, one at a time, and their root."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from fieldtool.bundles.canonical import Root
from fieldtool.bundles.rows import COLUMNS, SIGNED, event_rows
from fieldtool.records.events import Event

# Events in one bundle. Their rows must stay readable for Excel (1,048,576) and small enough to open at once.
MOST_EVENTS = 150_000


class Packer:
    """Turns events into rows once and knows their root afterwards."""

    def __init__(self, name_of: Callable[[Event], str], label_of: Callable[[str], str]) -> None:
        self._name_of = name_of
        self._label_of = label_of
        self._root = Root()
        self.events = 0

    def rows(self, events: Iterable[Event]) -> Iterator[tuple[str, ...]]:
        """The change rows, heading first."""
        yield COLUMNS
        for event in events:
            self.events += 1
            for row in event_rows(event, self.events, self._name_of(event), self._label_of(event.field)):
                self._root.add_cells(row[:SIGNED])
                yield row

    @property
    def root(self) -> str:
        """The root over the rows given so far, in hex."""
        return self._root.hex()

    @property
    def row_count(self) -> int:
        """How many rows were given so far, without the heading."""
        return self._root.count
