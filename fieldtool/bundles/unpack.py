"""Unpacking: the rows of the change sheet become events again, or it is named what was done to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from fieldtool.bundles.canonical import Cell, Cells, Root, leaf_and_code_of
from fieldtool.bundles.damage import RowSeen, complaint, place_of
from fieldtool.bundles.manifest import Manifest
from fieldtool.bundles.quick_rows import QuickRows
from fieldtool.bundles.rows import COLUMNS, SIGNED, proved_event, proved_in_parts, row_number
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.events import Event

SheetRows = Iterable[tuple[int, Sequence[str]]]
MOST_PARTS = 2_000  # continuation rows of one event: some 30 million characters


def read_events(manifest: Manifest, rows: SheetRows) -> Iterator[Event]:
    """The events of a change sheet, in order. Nothing may be believed before the iterator came to its end: only then
    it is known that the manifest's root holds over all rows.

    The manifest's own signature is the caller's to prove, before. Raises BUNDLE_CHANGED, BUNDLE_ROWS_ADDED,
    BUNDLE_ROWS_DROPPED or BUNDLE_ROWS_MOVED, naming rows and cells, or BUNDLE_MALFORMED when the maker signed
    something that makes no event.
    """
    reading = Reading()
    yield from reading.events(rows)
    if reading.root.count != manifest.rows or reading.root.hex() != manifest.root or reading.damaged:
        raise complaint(reading.seen, manifest.rows)
    if reading.malformed is not None:
        raise reading.malformed


class Reading:
    """One pass over a change sheet."""

    def __init__(self) -> None:
        self.root = Root()
        self._cells = Cells()
        self._rows: list[tuple[int, int, int, tuple[str, ...] | None, bool]] = []  # of RowSeen: plain, and seldom asked
        self.damaged = False
        self.malformed: FieldtoolError | None = None

    def events(self, rows: SheetRows) -> Iterator[Event]:
        """The events so far as they can be read; `root`, `seen` and the marks tell what they are worth."""
        parts: list[tuple[str, ...]] = []
        forms: list[Cell] = []  # of the first of the parts
        first = 0
        whole: Event | None = None  # the event of the only part, unless another one follows
        quick = QuickRows()
        for sheet_row, cells in self._body(rows):
            read = quick.read(cells)
            number, part = (int(cells[0]), 1) if read else row_number(cells[0])
            if parts and part != len(parts) + 1:
                event = whole or self._event(parts, forms, first)
                if event is not None:
                    yield event
                parts = []
            if read is not None:
                first = len(self._rows)
                row_leaf, whole = read
                self.root.add(row_leaf)
                self._rows.append((sheet_row, number, part, None, False))
                parts = [cells]
                continue
            whole = None
            taken = self._cells.forms(cells[:SIGNED])
            if not parts:
                first, forms = len(self._rows), taken
            self._take(sheet_row, cells, taken, number, part)
            if len(parts) < MOST_PARTS:
                parts.append(cells)
        if parts:
            event = whole or self._event(parts, forms, first)
            if event is not None:
                yield event

    @property
    def seen(self) -> list[RowSeen]:
        """What is remembered of the rows so far, in their order."""
        return [RowSeen(*row) for row in self._rows]

    def _body(self, rows: SheetRows) -> Iterator[tuple[int, tuple[str, ...]]]:
        width = len(COLUMNS)
        headed = False
        for sheet_row, texts in rows:
            if len(texts) > width and any(texts[width:]):
                raise FieldtoolError(
                    ErrorCode.BUNDLE_CHANGED, place=place_of(sheet_row, width), values={"detail": str(sheet_row)}
                )
            cells = tuple(texts) if len(texts) == width else (*texts[:width], *("",) * (width - len(texts)))
            if not headed:
                headed = True
                if sheet_row != 1 or cells != COLUMNS:
                    raise FieldtoolError(ErrorCode.BUNDLE_CHANGED, place=place_of(1, 0), values={"detail": "1"})
            elif any(cells):
                yield sheet_row, cells

    def _take(self, sheet_row: int, cells: tuple[str, ...], forms: list[Cell], number: int, part: int) -> None:
        row_leaf, code = leaf_and_code_of(forms)
        self.root.add(row_leaf)
        whole = cells[SIGNED] == code
        self.damaged = self.damaged or not whole
        self._rows.append((sheet_row, number, part, None if whole else cells, False))

    def _event(self, parts: Sequence[tuple[str, ...]], forms: list[Cell], first: int) -> Event | None:
        """The event of its rows; None when they make none, which is noted."""
        try:
            event = proved_event(parts[0], forms) if len(parts) == 1 else proved_in_parts(parts)
        except ValueError as trouble:
            self._unreadable(first, str(trouble))
            return None
        if event is None:
            self._rows[first] = (*self._rows[first][:4], True)
            self._unreadable(first, "ma_bam")
        return event

    def _unreadable(self, first: int, detail: str) -> None:
        if self.malformed is None:
            row = self._rows[first][0]
            self.malformed = FieldtoolError(
                ErrorCode.BUNDLE_MALFORMED, place=place_of(row, 0), values={"detail": f"{row}: {detail[:80]}"}
            )
