"""Unpacking: the rows of the change sheet become events again, or it is named what was done to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from fieldtool.bundles.canonical import Root, leaf_and_code
from fieldtool.bundles.damage import RowSeen, complaint, place_of
from fieldtool.bundles.manifest import Manifest
from fieldtool.bundles.rows import COLUMNS, SIGNED, event_of, row_number
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.events import Event, event_hash

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
        self.seen: list[RowSeen] = []
        self.damaged = False
        self.malformed: FieldtoolError | None = None

    def events(self, rows: SheetRows) -> Iterator[Event]:
        """The events so far as they can be read; `root`, `seen` and the marks tell what they are worth."""
        parts: list[tuple[str, ...]] = []
        first = 0
        for sheet_row, cells in self._body(rows):
            number, part = row_number(cells[0])
            if parts and part != len(parts) + 1:
                yield from self._event(parts, first)
                parts = []
            if not parts:
                first = len(self.seen)
            self._take(sheet_row, cells, number, part)
            if len(parts) < MOST_PARTS:
                parts.append(cells)
        if parts:
            yield from self._event(parts, first)

    def _body(self, rows: SheetRows) -> Iterator[tuple[int, tuple[str, ...]]]:
        width = len(COLUMNS)
        headed = False
        for sheet_row, texts in rows:
            if any(texts[width:]):
                raise FieldtoolError(
                    ErrorCode.BUNDLE_CHANGED, place=place_of(sheet_row, width), values={"detail": str(sheet_row)}
                )
            cells = (*texts[:width], *("",) * (width - len(texts)))
            if not headed:
                headed = True
                if sheet_row != 1 or cells != COLUMNS:
                    raise FieldtoolError(ErrorCode.BUNDLE_CHANGED, place=place_of(1, 0), values={"detail": "1"})
            elif any(cells):
                yield sheet_row, cells

    def _take(self, sheet_row: int, cells: tuple[str, ...], number: int, part: int) -> None:
        signed = cells[:SIGNED]
        row_leaf, code = leaf_and_code(signed)
        self.root.add(row_leaf)
        whole = cells[SIGNED] == code
        self.damaged = self.damaged or not whole
        self.seen.append(RowSeen(sheet_row, number, part, None if whole else cells))

    def _event(self, parts: Sequence[tuple[str, ...]], first: int) -> Iterator[Event]:
        seen = self.seen[first]
        try:
            event = event_of(parts)
            hash_differs = event_hash(event) != event.hash
        except ValueError as trouble:
            self._unreadable(seen, str(trouble))
            return
        if hash_differs:
            self.seen[first] = RowSeen(seen.row, seen.number, seen.part, seen.cells, hash_differs=True)
            self._unreadable(seen, "ma_bam")
            return
        yield event

    def _unreadable(self, seen: RowSeen, detail: str) -> None:
        if self.malformed is None:
            self.malformed = FieldtoolError(
                ErrorCode.BUNDLE_MALFORMED, place=place_of(seen.row, 0), values={"detail": f"{seen.row}: {detail[:80]}"}
            )
