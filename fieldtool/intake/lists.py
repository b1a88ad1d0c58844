"""The lists of one workbook: which sheets are read, by which layout, and the stream of their rows' outcomes."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from fieldtool.intake.by_content import guessed
from fieldtool.intake.cells import cell_text
from fieldtool.intake.children_columns import ChildrenSheet
from fieldtool.intake.columns import Extra
from fieldtool.intake.examples import is_example
from fieldtool.intake.exchanged_columns import parents_turned
from fieldtool.intake.issues import Issue, IssueCode
from fieldtool.intake.kinds import kind_of
from fieldtool.intake.layout import UNICODE, Column, DayOrder, Layout, letter
from fieldtool.intake.members_in_cells import MembersSheet
from fieldtool.intake.quick_rows import Noted, QuickRows
from fieldtool.intake.recognise import recognise
from fieldtool.intake.rows import RowReader, RowResult, SheetReading, VillageOf
from fieldtool.intake.sections import RowKind, Sorter
from fieldtool.intake.stacked import lists_of
from fieldtool.intake.two_in_lines import TwoSheet
from fieldtool.intake.village_words import village_among, village_of_tab
from fieldtool.intake.whole_columns import Untold, order_of, with_day_orders
from fieldtool.records.documents import Transcript
from fieldtool.records.errors import ErrorCode, FieldtoolError, Place
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.legacy_fonts import TCVN3, TWICE
from fieldtool.records.raw_books import RawBook, RawSheet

Correct = Callable[[Layout], Layout]
Heading = Callable[[str, Layout | None], tuple[int, int] | None]


_ENCODED = {TCVN3: IssueCode.COLUMN_TCVN3, TWICE: IssueCode.COLUMN_WESTERN}


def heading_as_found(sheet: str, layout: Layout | None) -> tuple[int, int] | None:
    """The Heading of nobody: what was recognised stands."""
    return None


@dataclass(slots=True)
class Opened:
    """The lists of an open workbook; `results` reads them once. Layouts and issues fill up while it does."""

    book: RawBook
    sheet: str | None
    kind: DocumentKind | None
    commune: str
    village_of: VillageOf
    correct: Correct
    heading: Heading
    layouts: list[Layout] = dataclasses.field(default_factory=list)
    issues: list[Issue] = dataclasses.field(default_factory=list)
    _readings: list[SheetReading] = dataclasses.field(default_factory=list)
    _untold: Untold = Untold()  # of the layout just made

    def results(self, *, strict: bool = True) -> Iterator[RowResult]:
        """Every row of data of every sheet that is read, in order. EMPTY_LIST or, when `strict`, NO_HEADER when there
        is none."""
        for sheet, reader in self._readers(strict):
            yield from reader.results(sheet)

    def quick_results(self) -> Iterator[RowResult | Noted | Transcript]:
        """The same; of a row of which there is nothing to say only the document, ready for the log."""
        for sheet, reader in self._readers(True):
            yield from QuickRows(reader).results(sheet)

    def _readers(self, strict: bool) -> Iterator[tuple[RawSheet, RowReader]]:
        """A reader for each list."""
        occurrences: dict[bytes, int] = {}
        blank = True
        for sheet in lists_of(self.book.sheets()):
            if not self._wanted(sheet):
                continue
            head = sheet.head()
            if not any(cell != "" for _, row in head for cell in row):
                self._remark(IssueCode.SHEET_EMPTY, sheet)
                continue
            blank = False
            layout = self._layout(sheet)
            if layout is None:
                continue
            reading = SheetReading(
                self.book.file, layout, self.commune, self.village_of, self._untold, self._deciding(sheet)
            )
            self._readings.append(reading)
            yield sheet, RowReader(reading, sheet, occurrences)
            self.issues.extend(reading.around)
        if blank:
            raise FieldtoolError(ErrorCode.EMPTY_LIST, place=Place(self.book.file))
        if strict and not self.layouts:
            raise FieldtoolError(ErrorCode.NO_HEADER, place=Place(self.book.file))

    def villages(self) -> Mapping[str, str]:
        """Villages met so far: id → name."""
        return {id: name for reading in self._readings for id, name in reading.villages.items()}

    def _wanted(self, sheet: RawSheet) -> bool:
        if self.sheet is not None:
            return sheet.name == self.sheet
        if sheet.hidden:
            self._remark(IssueCode.SHEET_HIDDEN, sheet)
            return False
        return True

    def _layout(self, sheet: RawSheet) -> Layout | None:
        found = recognise(sheet.name, sheet.head(), sheet.look, self.book.file, self.kind)
        told = self.heading(sheet.name, found)
        if told is not None and (found is None or told != found.header_rows):
            found = recognise(sheet.name, sheet.head(), sheet.look, self.book.file, self.kind, told) or found
        layout = self.correct(found) if found is not None else self._without_heading(sheet)
        if layout is None:
            self._remark(IssueCode.SHEET_NO_HEADER, sheet)
            return None
        if self.sheet is None and is_example(layout, sheet.head()):
            self._remark(IssueCode.SHEET_EXAMPLE, sheet)
            return None
        if self.kind is not None and layout.kind is not self.kind:
            layout = replace(layout, kind=self.kind, kind_sure=True)
        if isinstance(sheet, ChildrenSheet) and sheet.parents_too and not layout.kind_sure:
            layout = replace(layout, kind=DocumentKind.HOUSEHOLD)
        if not layout.village and (above := next((o for o in self.layouts if o.sheet == layout.sheet), None)):
            layout = replace(layout, village=above.village)  # the next list of a sheet whose title names a village
        if not layout.village and (among := village_among(layout.sheet, self.book.sheet_names())):
            layout = replace(layout, village=among)
        layout, self._untold = with_day_orders(layout, sheet)
        self.layouts.append(layout)
        self._remarks(sheet, layout)
        if isinstance(sheet, MembersSheet):
            self._remark(IssueCode.MEMBERS_IN_CELL, sheet, sheet.row, f"{letter(sheet.column)}{sheet.row}")
        if isinstance(sheet, ChildrenSheet):
            self._remark(IssueCode.CHILDREN_IN_COLUMNS, sheet, sheet.row, f"{letter(sheet.column)}{sheet.row}")
        if isinstance(sheet, TwoSheet):
            self._remark(IssueCode.TWO_IN_LINE, sheet, sheet.row, f"{letter(sheet.column)}{sheet.row}")
        return layout

    def _without_heading(self, sheet: RawSheet) -> Layout | None:
        """A sheet without heading: read by an officer's mapping of column letters, as going on from the sheet before
        when its rows fit that one's columns, or by what its content tells."""
        head = sheet.head()
        guess = guessed(sheet.name, head, sheet.look, self.book.file, self.kind)
        plain = guess or self._unread(sheet)
        mapped = self.correct(plain)
        if mapped != plain and mapped.meanings() & {Field.NAME, Extra.GIVEN}:
            return replace(mapped, guessed=False)
        if guess is not None and self.layouts and self.layouts[-1].guessed:
            return guess  # no heading anywhere: each sheet tells its own
        return self._going_on(sheet) or guess

    def _unread(self, sheet: RawSheet) -> Layout:
        """A sheet of which nothing is known."""
        columns = tuple(Column(index, "", None, 0.0) for index in range(max(len(row) for _, row in sheet.head())))
        kind, sure = (self.kind, True) if self.kind else kind_of(columns, (), sheet.name, self.book.file)
        return Layout(sheet.name, (0, 0), columns, kind or DocumentKind.HOUSEHOLD, sure)

    def _going_on(self, sheet: RawSheet) -> Layout | None:
        """The layout of the sheet before when this one's rows fit it."""
        if not self.layouts:
            return None
        head = sheet.head()
        before = replace(self.layouts[-1], sheet=sheet.name, header_rows=(0, 0), title=(), guessed=False)
        if village := village_of_tab(sheet.name):
            before = replace(before, village=village)
        sorter = Sorter(before)
        rows = [[(i, text) for i, cell in enumerate(row) if (text := cell_text(cell))] for _, row in head[:60]]
        kinds = [sorter.sort(number, row) for number, row in enumerate(rows, start=1) if row]
        if not kinds or not any(rows) or sum(kind is RowKind.DATA for kind in kinds) < 0.6 * len(kinds):
            return None
        if 2 * sum(sorter.is_person(row) for row in rows if row) < len(kinds):
            return None
        self._remark(IssueCode.SHEET_CONTINUED, sheet)
        return before

    def _deciding(self, sheet: RawSheet) -> Callable[[int], DayOrder]:
        """What tells the order of a column of the layout just made, once a cell turns up in it."""
        place = len(self.layouts) - 1

        def decide(index: int) -> DayOrder:
            layout = self.layouts[place]
            order = order_of(index, layout, sheet)
            told = next(column for column in layout.columns if column.index == index)
            columns = tuple(replace(c, order=order) if c is told else c for c in layout.columns)
            self.layouts[place] = replace(layout, columns=columns)
            self._remark_order(sheet, replace(told, order=order), layout.header_rows[0])
            return order

        return decide

    def _remark_order(self, sheet: RawSheet, column: Column, row: int) -> None:
        if column.order in (DayOrder.TEXT_TURNED, DayOrder.TYPED_TURNED):
            turned = column.order is DayOrder.TEXT_TURNED
            code = IssueCode.COLUMN_MONTH_FIRST if turned else IssueCode.COLUMN_DAY_MONTH_TURNED
            self._remark(code, sheet, row, f"{letter(column.index)}{row}", column.heading)

    def _remarks(self, sheet: RawSheet, layout: Layout) -> None:
        """What the officer should know of the columns."""
        row = layout.header_rows[0]
        if layout.guessed:
            told = (letter(column.index) for column in layout.columns if column.meaning is not None)
            self._remark(IssueCode.HEADING_GUESSED, sheet, row, "", ", ".join(told))
        if not layout.kind_sure:
            self._remark(IssueCode.KIND_ASSUMED, sheet, text=str(layout.kind))
        if not layout.meanings() & {Field.DOB, Extra.YEAR_MALE, Extra.YEAR_FEMALE, Extra.BIRTH_YEAR, Extra.FACTS}:
            self._remark(IssueCode.NO_DOB_COLUMN, sheet)
        if (turned := parents_turned(layout, sheet.head())) is not None:
            cell = f"{letter(turned.index)}{row}"
            self._remark(IssueCode.PARENTS_TURNED, sheet, row, cell, turned.heading)
        filled = {index for _, cells in sheet.head() for index, cell in enumerate(cells) if cell_text(cell)}
        old = {i for _, cells in sheet.head() for i, cell in enumerate(cells) if not str(cell).isascii()}
        for column in layout.columns:
            cell = f"{letter(column.index)}{row}"
            if column.meaning is None and column.index in filled and column.heading:
                self._remark(IssueCode.COLUMN_UNKNOWN, sheet, row, cell, column.heading)
            elif column.twice:
                self._remark(IssueCode.COLUMN_TWICE, sheet, row, cell, column.heading)
            elif column.encoding not in ("", UNICODE) and column.index in old:
                self._remark(_ENCODED.get(column.encoding, IssueCode.COLUMN_VNI), sheet, row, cell, column.heading)
            if column.meaning in (Extra.ONLY_FEMALE, Extra.ONLY_MALE):
                self._remark(IssueCode.COLUMN_BLANK_SEX, sheet, row, cell, column.heading)
            self._remark_order(sheet, column, row)
            if column.codes:
                self._remark(IssueCode.COLUMN_SEX_CODES, sheet, row, cell, column.heading)
            if column.exchanged:
                self._remark(IssueCode.COLUMN_EXCHANGED, sheet, row, cell, column.heading)
            if column.meaning is not None and column.index in sheet.look.hidden_columns:
                self._remark(IssueCode.COLUMN_HIDDEN, sheet, row, cell, column.heading)

    def _remark(self, code: IssueCode, sheet: RawSheet, row: int = 0, cell: str = "", text: str = "") -> None:
        self.issues.append(Issue(code, self.book.file, sheet.name, row, cell, None, text))


def open_lists(
    book: RawBook,
    sheet: str | None,
    kind: DocumentKind | None,
    commune: str,
    village_of: VillageOf,
    correct: Correct,
    heading: Heading = heading_as_found,
) -> Opened:
    """The lists of a workbook, ready to be read. NO_SUCH_SHEET when the sheet asked for is none of its tabs.

    `heading` gives the rows of a heading when an officer says other ones than were found (None: found none).
    """
    if sheet is not None and sheet not in book.sheet_names():
        raise FieldtoolError(
            ErrorCode.NO_SUCH_SHEET,
            place=Place(book.file, sheet),
            values={"sheet": sheet, "detail": ", ".join(book.sheet_names())},
        )
    return Opened(book, sheet, kind, commune, village_of, correct, heading)
