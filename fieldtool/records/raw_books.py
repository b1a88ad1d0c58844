"""A foreign workbook as it was read: rows of cells and how they look. No meaning here; intake/ gives it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

# Text (NFC, no outer blanks, no invisible characters), a number, a truth value, or a day that Excel typed as a
# date (year, month, day).
Cell = str | int | float | bool | tuple[int, int, int]
Row = list[Cell]  # "" where the sheet has nothing; shorter rows end early

NO_BITS: Mapping[int, int] = {}
NO_FONTS: Mapping[int, Mapping[int, str]] = {}
NO_FORMULAS: Mapping[int, Mapping[int, str]] = {}
NO_PARTS: Mapping[int, Mapping[int, tuple[str, str]]] = {}


@dataclass(frozen=True, slots=True)
class SheetLook:
    """How a sheet looks, as far as it helps to understand it. Rows count from 1, columns from 0.

    `bold` holds a bit for each bold column of a row, `struck` for each that is struck through; `fonts` the font name of
    cells in a legacy font; `formulas` the text of formulas without a saved value by row and column, `computed` of those
    with one; `crossed` of cells struck through in part what stands and what is struck; `merged` (first row, first
    column, last row, last column).
    `styled` is false where the format tells no styles (csv, or a reader that cannot see them).
    """

    bold: Mapping[int, int] = dataclasses.field(default_factory=lambda: NO_BITS)
    fonts: Mapping[int, Mapping[int, str]] = dataclasses.field(default_factory=lambda: NO_FONTS)
    formulas: Mapping[int, Mapping[int, str]] = dataclasses.field(default_factory=lambda: NO_FORMULAS)
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    styled: bool = False
    struck: Mapping[int, int] = dataclasses.field(default_factory=lambda: NO_BITS)
    computed: Mapping[int, Mapping[int, str]] = dataclasses.field(default_factory=lambda: NO_FORMULAS)
    crossed: Mapping[int, Mapping[int, tuple[str, str]]] = dataclasses.field(default_factory=lambda: NO_PARTS)


class RawSheet(Protocol):
    """One sheet, its rows given out once or more."""

    @property
    def name(self) -> str:
        """The name on the tab; "" for a csv file."""

    @property
    def hidden(self) -> bool:
        """Whether the tab is hidden."""

    @property
    def look(self) -> SheetLook:
        """Styles and merged ranges."""

    def head(self) -> list[tuple[int, Row]]:
        """The first rows (at most HEAD_ROWS) with their numbers from 1, to recognise the layout by."""

    def rows(self) -> Iterator[tuple[int, Row]]:
        """All rows from the first, with their numbers. Asked for once, after `head`."""

    def again(self) -> Iterator[tuple[int, Row]]:
        """All rows read anew, as often as asked for and whatever was read before."""


HEAD_ROWS = 3000  # enough to judge whole columns by, little enough to hold


@dataclass(frozen=True, slots=True)
class MemorySheet:
    """A RawSheet that lies in memory: for small files and for tests."""

    name: str
    content: tuple[Row, ...]
    look: SheetLook = SheetLook()
    hidden: bool = False

    def head(self) -> list[tuple[int, Row]]:
        """The first rows with their numbers."""
        return list(enumerate(self.content[:HEAD_ROWS], start=1))

    def rows(self) -> Iterator[tuple[int, Row]]:
        """All rows with their numbers."""
        return iter(enumerate(self.content, start=1))

    def again(self) -> Iterator[tuple[int, Row]]:
        """All rows once more."""
        return self.rows()


class RawBook(Protocol):
    """A workbook that is open for reading; close it by leaving the `with`."""

    @property
    def file(self) -> str:
        """The file's name without its folder."""

    def sheet_names(self) -> tuple[str, ...]:
        """All tabs in order."""

    def sheets(self) -> Iterator[RawSheet]:
        """The sheets in order; a sheet's rows can be asked for until the next sheet is."""

    def __enter__(self) -> RawBook:
        """Open."""

    def __exit__(self, *unused: object) -> None:
        """Let the file and the reading process go."""


@dataclass(frozen=True, slots=True)
class MemoryBook:
    """A RawBook that lies in memory."""

    file: str
    content: tuple[MemorySheet, ...]

    def sheet_names(self) -> tuple[str, ...]:
        """All tabs in order."""
        return tuple(sheet.name for sheet in self.content)

    def sheets(self) -> Iterator[RawSheet]:
        """The sheets in order."""
        return iter(self.content)

    def __enter__(self) -> RawBook:
        return self

    def __exit__(self, *unused: object) -> None:
        return None
