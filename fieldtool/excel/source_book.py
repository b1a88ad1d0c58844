"""An opened file as a RawBook, for work that is done inside the reading process."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from fieldtool.records.raw_books import HEAD_ROWS, RawBook, RawSheet, Row, SheetLook


class Source(Protocol):
    """An opened file."""

    def sheets(self) -> list[tuple[str, bool]]:
        """Names, and whether hidden."""

    def look(self, index: int) -> tuple[Any, ...]:
        """The look of a sheet as plain values, () when the format tells none."""

    def rows(self, index: int) -> Iterator[tuple[int, Row]]:
        """Rows with their numbers from 1."""


class SourceBook:
    """The sheets of a source."""

    def __init__(self, file: str, source: Source) -> None:
        self.file = file
        self._source = source

    def sheet_names(self) -> tuple[str, ...]:
        """All tabs in order."""
        return tuple(name for name, _ in self._source.sheets())

    def sheets(self) -> Iterator[RawSheet]:
        """The sheets in order; what was not read of one is read to its end, so that its faults are found."""
        for index, (name, hidden) in enumerate(self._source.sheets()):
            sheet = _SourceSheet(self._source, index, name, hidden)
            yield sheet
            sheet.finish()

    def __enter__(self) -> RawBook:
        return self

    def __exit__(self, *unused: object) -> None:
        return None


class _SourceSheet:
    """One sheet, read when it is first looked at."""

    def __init__(self, source: Source, index: int, name: str, hidden: bool) -> None:
        self.name, self.hidden = name, hidden
        self._source, self._index = source, index
        self._look: SheetLook | None = None
        self._head: list[tuple[int, Row]] = []
        self._rest: Iterator[tuple[int, Row]] = iter(())

    @property
    def look(self) -> SheetLook:
        """Styles and merged ranges."""
        if self._look is None:
            self._look = look_of(self._source.look(self._index))
            self._rest = self._source.rows(self._index)
        return self._look

    def head(self) -> list[tuple[int, Row]]:
        """The first rows with their numbers."""
        assert self.look is not None
        while len(self._head) < HEAD_ROWS and (line := next(self._rest, None)) is not None:
            self._head.append(line)
        return self._head

    def rows(self) -> Iterator[tuple[int, Row]]:
        """All rows with their numbers."""
        first, self._head = self.head(), []
        yield from first
        del first
        yield from self._rest

    def again(self) -> Iterator[tuple[int, Row]]:
        """All rows read anew from the file."""
        return self._source.rows(self._index)

    def finish(self) -> None:
        """Pass over what was not read."""
        for _ in self._rest:
            pass


def look_of(plain: tuple[Any, ...]) -> SheetLook:
    """A look from the plain values that stand for it."""
    if not plain:
        return SheetLook()
    bold, fonts, formulas, merged, hidden_rows, hidden_columns, struck, computed, crossed = plain
    return SheetLook(
        *(bold, fonts, formulas, tuple(merged), frozenset(hidden_rows), frozenset(hidden_columns), True),
        *(struck, computed, crossed),
    )
