"""Packing: events become the rows of the change sheet, one at a time, and their root."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from fieldtool.bundles.canonical import Root
from fieldtool.bundles.rows import COLUMNS, event_rows, rows_and_leaves
from fieldtool.records.events import Event

MOST_ROWS = 20_000  # change rows of one bundle, so that neither side ever holds more than that in memory
_LONG = 2_700  # characters; a shorter text never takes more than one cell


def row_count(event: Event) -> int:
    """How many change rows an event takes."""
    if len(event.value) <= _LONG and len(event.basis) <= _LONG and len(event.old) <= _LONG:
        return 1
    return sum(1 for _ in event_rows(event, 1, "", ""))


def in_parts(events: Iterable[Event]) -> Iterator[list[Event]]:
    """Events in order, in parts of at most MOST_ROWS rows each; one event is never cut in two."""
    part: list[Event] = []
    rows = 0
    for event in events:
        needed = row_count(event)
        if part and rows + needed > MOST_ROWS:
            yield part
            part, rows = [], 0
        part.append(event)
        rows += needed
    if part:
        yield part


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
            name, label = self._name_of(event), self._label_of(event.field)
            for row, row_leaf in rows_and_leaves(event, self.events, name, label):
                self._root.add(row_leaf)
                yield row

    @property
    def root(self) -> str:
        """The root over the rows given so far, in hex."""
        return self._root.hex()

    @property
    def row_count(self) -> int:
        """How many rows were given so far, without the heading."""
        return self._root.count
