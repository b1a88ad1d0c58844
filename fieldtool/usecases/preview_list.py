"""A quick look at a list: what is recognised of each sheet, and twenty rows as they stand and as they would be read."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fieldtool.intake.cells import cell_text
from fieldtool.intake.issues import Issue
from fieldtool.intake.layout import Layout
from fieldtool.intake.lists import open_lists
from fieldtool.intake.mappings import MappingSet
from fieldtool.intake.rows import RowResult
from fieldtool.ports import Home, Progress, Workbooks, no_progress
from fieldtool.records.fields import DocumentKind
from fieldtool.records.raw_books import RawBook, RawSheet, Row, SheetLook
from fieldtool.records.villages import village_of
from fieldtool.usecases.list_mappings import Laying

ROWS = 20
TOP = 40  # rows of the sheet's top, for choosing the heading
_LONGEST = 300  # characters of a cell that are shown


@dataclass(frozen=True, slots=True)
class SeenRow:
    """One row before and after."""

    row: int
    cells: tuple[str, ...]
    result: RowResult


@dataclass(frozen=True, slots=True)
class ListView:
    """One list of the file. `name` is what a mapping is kept under (fingerprint as recognised); `layout` None when no
    heading was found. `top` are the sheet's first rows. `remembered`: a mapping from before was laid over it."""

    name: str
    sheet: str
    layout: Layout | None
    top: tuple[tuple[int, tuple[str, ...]], ...]
    rows: tuple[SeenRow, ...] = ()
    remembered: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """What a look at a file shows."""

    file: str
    sheets: tuple[str, ...]
    lists: tuple[ListView, ...]
    remarks: tuple[Issue, ...]


def preview_list(
    home: Home,
    workbooks: Workbooks,
    path: Path,
    *,
    kind: DocumentKind | None = None,
    sheet: str | None = None,
    mappings: MappingSet | None = None,
    progress: Progress = no_progress,
) -> Preview:
    """Look at a list's first rows; errors as `import_list`, except that a sheet without heading is shown as one."""
    laying = Laying(home, mappings)
    views = _Views(laying)
    progress(0, 0, "read")
    with workbooks.read(path, progress) as book:
        opened = open_lists(
            _Tops(book, views), sheet, kind, home.card.commune, village_of, views.correct, views.heading
        )
        for result in opened.results(strict=False):
            views.saw(result, opened.layouts[-1])
        progress(1, 1, "recognise")
        return Preview(book.file, book.sheet_names(), tuple(views.lists), tuple(opened.issues))


class _Views:
    """Gathers the lists as they are opened and read."""

    def __init__(self, laying: Laying) -> None:
        self._laying = laying
        self.lists: list[ListView] = []
        self._cells: dict[int, tuple[str, ...]] = {}
        self._top: tuple[tuple[int, tuple[str, ...]], ...] = ()

    def opens(self, head: list[tuple[int, Row]]) -> None:
        """The rows of the sheet that comes next."""
        self._cells = {number: tuple(cell_text(cell)[:_LONGEST] for cell in row) for number, row in head}
        self._top = tuple((number, self._cells[number]) for number, _ in head[:TOP])

    def heading(self, sheet: str, found: Layout | None) -> tuple[int, int] | None:
        """What the officer says; from here on a list is in view."""
        told = self._laying.heading(sheet, found)
        name = self._laying.current
        self.lists.append(ListView(name, sheet, None, self._top, remembered=name in self._laying.remembered))
        return told

    def correct(self, layout: Layout) -> Layout:
        """The layout as the officer wants it."""
        corrected = self._laying.correct(layout)
        if corrected.header_rows[0]:
            self.lists[-1] = dataclasses.replace(self.lists[-1], layout=corrected)
        return corrected

    def saw(self, result: RowResult, layout: Layout) -> None:
        """Keep the first rows of each list."""
        view = self.lists[-1]
        if not view.rows:
            view = self.lists[-1] = dataclasses.replace(view, layout=layout)
        if len(view.rows) < ROWS:
            seen = SeenRow(result.row, self._cells.get(result.row, ()), result)
            self.lists[-1] = dataclasses.replace(view, rows=(*view.rows, seen))


class _Top:
    """The first rows of a sheet, as a sheet. What is told by whole columns (the order of day and month) is told by all
    rows, so that the preview says what the import will do."""

    def __init__(self, sheet: RawSheet) -> None:
        self._sheet = sheet
        self.name, self.hidden = sheet.name, sheet.hidden
        self.look: SheetLook = sheet.look
        self._rows = sheet.head()

    def head(self) -> list[tuple[int, Row]]:
        """The first rows."""
        return self._rows

    def rows(self) -> Iterator[tuple[int, Row]]:
        """The first rows again."""
        return iter(self._rows)

    def again(self) -> Iterator[tuple[int, Row]]:
        """All rows of the sheet."""
        return self._sheet.again()


class _Tops:
    """A workbook of which only the tops of the sheets are read."""

    def __init__(self, book: RawBook, views: _Views) -> None:
        self.file = book.file
        self._book, self._views = book, views

    def sheet_names(self) -> tuple[str, ...]:
        """All tabs in order."""
        return self._book.sheet_names()

    def sheets(self) -> Iterator[RawSheet]:
        """The sheets' tops in order."""
        for sheet in self._book.sheets():
            top = _Top(sheet)
            self._views.opens(top.head())
            yield top

    def __enter__(self) -> RawBook:
        return self

    def __exit__(self, *unused: object) -> None:
        return None
