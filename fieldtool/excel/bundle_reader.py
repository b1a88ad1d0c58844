"""Reads the sheets of an untrusted bundle workbook as texts, one row at a time; anything odd is refused by its cell.

Three stock readers disagree on hostile files (reference/sync.md B6); this one knows one answer or none.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from itertools import islice

from fieldtool.excel.bundle_own_form import OtherForm, own_rows
from fieldtool.excel.bundle_package import BROKEN, open_package, parser_for, part_chunks, refuse
from fieldtool.excel.bundle_structure import LONGEST_CELL, MAIN, MOST_DEPTH, plain_text, shared_texts, sheet_parts
from fieldtool.ports import Row
from fieldtool.records.errors import ErrorCode, FieldtoolError

MOST_ROWS = 1_048_576
MOST_COLUMNS = 64
_LETTERS = [chr(65 + i) for i in range(26)] + [
    chr(65 + i // 26 - 1) + chr(65 + i % 26) for i in range(26, MOST_COLUMNS)
]
_COLUMN = {letters: index for index, letters in enumerate(_LETTERS)}

# Elements a bundle's sheet may have after a save by Excel, LibreOffice or openpyxl. What lies in `_OUTER` says how
# the sheet looks; a formula, filter, comment, link, drawing or protection has no place here.
_OUTER = {
    "worksheet", "sheetPr", "tabColor", "pageSetUpPr", "outlinePr", "dimension", "sheetViews", "sheetView", "pane",
    "selection", "sheetFormatPr", "cols", "col", "pageMargins", "pageSetup", "printOptions", "headerFooter",
    "oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter", "phoneticPr", "ignoredErrors",
    "ignoredError", "rPr", "b", "i", "u", "sz", "color", "rFont", "family", "charset", "scheme", "vertAlign",
    "strike", "outline", "shadow", "condense", "extend",
}  # fmt: skip
_CORE = {f"{MAIN} {name}" for name in ("row", "c", "is", "t", "v", "r", "sheetData")}
_ALLOWED = _CORE | {f"{MAIN} {name}" for name in _OUTER}
_ROW, _CELL, _TEXT, _VALUE = (f"{MAIN} {name}" for name in ("row", "c", "t", "v"))


class BundleReader:
    """An untrusted workbook whose package and list of sheets were found harmless."""

    def __init__(self, content: bytes, sheets: tuple[str, ...]) -> None:
        self._package = open_package(content)
        self._parts = sheet_parts(self._package, sheets)
        self._shared: list[str] | None = None

    def rows(self, sheet: str, quick: bool = True) -> Iterator[Row]:
        """The rows of a sheet that are written, with their numbers; blank cells are "" and end cells left off. `quick`
        lets a sheet in our own writer's form be read by `bundle_own_form`, to the same end.

        BUNDLE_NOT_TEXT for a number, date or error value, WORKBOOK_FORMULA, WORKBOOK_ROWS, HOSTILE_WORKBOOK,
        BUNDLE_MALFORMED, each with its cell as far as it is known.
        """
        if self._shared is None:
            self._shared = shared_texts(self._package)
        strict = _SheetReader(self._package, self._parts[sheet], sheet, self._shared)
        return self._quickly(self._parts[sheet], strict) if quick else strict.rows()

    def _quickly(self, part: str, strict: _SheetReader) -> Iterator[Row]:
        """The rows by the quick lane; from where it gives up on, by the strict reader, which reads the whole sheet."""
        given = 0
        try:
            for row in own_rows(part_chunks(self._package, part), _COLUMN):
                yield row
                given += 1
        except OtherForm:
            yield from islice(strict.rows(), given, None)


class _SheetReader:
    """One pass over one sheet with expat."""

    def __init__(self, package: zipfile.ZipFile, part: str, sheet: str, shared: list[str]) -> None:
        self._package = package
        self._part = part
        self._sheet = sheet
        self._shared = shared
        self._ready: list[Row] = []
        self._row = 0  # number of the row that is open or was last
        self._row_text = ""
        self._cells: list[str] = []
        self._column = -1
        self._type = ""
        self._pieces: list[str] = []
        self._has_value = False
        self._in_text = False
        self._depth = 0
        self._stack: list[str] = []

    def rows(self) -> Iterator[Row]:
        """The rows."""
        parser = parser_for(self._part)
        parser.StartElementHandler = self._opened  # a flat list, as ordered_attributes has it
        parser.EndElementHandler = self._closed
        parser.CharacterDataHandler = self._characters
        try:
            for block in part_chunks(self._package, self._part):
                parser.Parse(block, False)
                if self._ready:
                    yield from self._ready
                    self._ready.clear()
            parser.Parse(b"", True)
        except BROKEN as trouble:
            refuse_from(trouble, self._sheet, self._cell())
        yield from self._ready
        self._ready.clear()

    def _cell(self) -> str:
        return f"{_LETTERS[self._column]}{self._row}" if 0 <= self._column < MOST_COLUMNS and self._row else ""

    def _opened(self, name: str, attributes: list[str]) -> None:
        self._depth += 1
        if name not in _ALLOWED or self._depth > MOST_DEPTH:
            self._refuse_element(name)
        if name in _CORE:
            self._check_parent(name)
            if name == _CELL:
                self._open_cell(attributes)
            elif name == _ROW:
                self._open_row(attributes)
            elif name in (_TEXT, _VALUE):
                self._in_text = True
                self._has_value = True
        elif self._stack and self._stack[-1] == f"{MAIN} sheetData":
            self._refuse_element(name)
        self._stack.append(name)

    def _check_parent(self, name: str) -> None:
        parent = self._stack[-1] if self._stack else ""
        if parent not in _PARENTS[name]:
            self._refuse_element(name)

    def _open_row(self, attributes: list[str]) -> None:
        number = 0
        for index in range(0, len(attributes), 2):
            if attributes[index] == "r":
                text = attributes[index + 1]
                number = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
        if not self._row < number <= MOST_ROWS:
            refuse(ErrorCode.WORKBOOK_ROWS, f"{self._row} > {number}", self._sheet, f"A{number}" if number else "")
        self._row, self._row_text = number, str(number)
        self._cells = []
        self._column = -1

    def _open_cell(self, attributes: list[str]) -> None:
        place = kind = ""
        for index in range(0, len(attributes), 2):
            if attributes[index] == "r":
                place = attributes[index + 1]
            elif attributes[index] == "t":
                kind = attributes[index + 1]
        column = _COLUMN.get(place[: -len(self._row_text)], -1) if place.endswith(self._row_text) else -1
        if column <= self._column:
            refuse(ErrorCode.WORKBOOK_ROWS, place[:12], self._sheet, place[:12])
        self._column, self._type = column, kind
        self._pieces = []
        self._has_value = False

    def _characters(self, text: str) -> None:
        if self._in_text:
            self._pieces.append(text)
        elif text.strip():
            refuse(ErrorCode.HOSTILE_WORKBOOK, "text", self._sheet, self._cell())

    def _closed(self, name: str) -> None:
        self._depth -= 1
        self._stack.pop()
        if name in (_TEXT, _VALUE):
            self._in_text = False
        elif name == _CELL:
            if self._has_value:
                self._close_cell()
        elif name == _ROW:
            self._ready.append((self._row, tuple(self._cells)))

    def _close_cell(self) -> None:
        text = plain_text(self._pieces) if self._pieces else ""
        kind = self._type
        if kind == "s":
            text = self._shared_text(text)
        elif kind not in ("inlineStr", "str") and (kind or text):
            refuse(ErrorCode.BUNDLE_NOT_TEXT, self._cell(), self._sheet, self._cell())
        if len(text) > LONGEST_CELL:
            refuse(ErrorCode.HOSTILE_WORKBOOK, f"{len(text)}", self._sheet, self._cell())
        cells = self._cells
        cells.extend([""] * (self._column - len(cells)))
        cells.append(text)

    def _shared_text(self, text: str) -> str:
        if not (text.isascii() and text.isdigit() and len(text) < 9) or int(text) >= len(self._shared):
            refuse(ErrorCode.BUNDLE_MALFORMED, "sharedStrings", self._sheet, self._cell())
        return self._shared[int(text)]

    def _refuse_element(self, name: str) -> None:
        local = name.rpartition(" ")[2]
        code = ErrorCode.HOSTILE_WORKBOOK
        if local == "f":
            code = ErrorCode.WORKBOOK_FORMULA
        elif local in ("hyperlinks", "hyperlink"):
            code = ErrorCode.WORKBOOK_LINKS
        refuse(code, local[:40], self._sheet, self._cell())


_PARENTS = {
    _ROW: {f"{MAIN} sheetData"},
    _CELL: {_ROW},
    f"{MAIN} is": {_CELL},
    _VALUE: {_CELL},
    _TEXT: {f"{MAIN} is", f"{MAIN} r"},
    f"{MAIN} r": {f"{MAIN} is"},
    f"{MAIN} sheetData": {f"{MAIN} worksheet"},
}


def refuse_from(trouble: BaseException, sheet: str, cell: str) -> None:
    """Raise BUNDLE_MALFORMED with its cause."""
    try:
        refuse(ErrorCode.BUNDLE_MALFORMED, "xml", sheet, cell)
    except FieldtoolError as error:
        raise error from trouble
