"""Sheets told otherwise than they stand: each line is given out with another form, or as several lines."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator

from fieldtool.records.raw_books import HEAD_ROWS, RawSheet, Row

Line = tuple[int, Row]  # number of the row on the sheet, its cells


class RetoldSheet(ABC):
    """A sheet told otherwise. `cells` tells where cells that moved stand on the sheet itself, for remarks to name:
    (row number, column given out) → "C7"."""

    def __init__(self, sheet: RawSheet) -> None:
        self.name, self.hidden, self.look = sheet.name, sheet.hidden, sheet.look
        self._sheet = sheet
        self.cells: dict[tuple[int, int], str] = {}

    def head(self) -> list[Line]:
        """The first rows."""
        return list(self._given(self._sheet.head()))[:HEAD_ROWS]

    def rows(self) -> Iterator[Line]:
        """All rows."""
        return self._given(self._sheet.rows())

    def again(self) -> Iterator[Line]:
        """All rows, read anew."""
        return self._given(self._sheet.again())

    @abstractmethod
    def _given(self, lines: Iterable[Line]) -> Iterator[Line]:
        """The lines as they are given out."""
