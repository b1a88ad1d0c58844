"""Workbooks in the XML of Excel 2003 ("XML Spreadsheet 2003", called .xml or .xls), read piece by piece.

Format: the XML Spreadsheet reference of Office 2003, namespace urn:schemas-microsoft-com:office:spreadsheet.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.parsers import expat

from fieldtool.excel.read_look_xlsx import DANGEROUS, LEGACY_FONT, Look
from fieldtool.excel.read_markup import Bounds, SheetSeen
from fieldtool.excel.read_package import MOST_COLUMN, MOST_ROW
from fieldtool.excel.read_refusals import Refused
from fieldtool.records.errors import ErrorCode

_CHUNK = 1 << 16  # bytes
_MOST_SHEETS = 2000
_SPACE = "urn:schemas-microsoft-com:office:spreadsheet "
_STRIKES = frozenset(f"http://www.w3.org/TR/REC-html40 {name}" for name in ("S", "Strike", "Del"))
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T00:00:00(?:\.0+)?)?\Z")
Attributes = dict[str, str]
Value = str | float | bool | datetime.date


class _Book:
    """What the parser calls: rows of the wanted sheet as they are met, and how each sheet looks when none is wanted."""

    def __init__(self, wanted: int = -1) -> None:
        self.rows: list[tuple[int, list[Value]]] = []
        self.sheets: list[SheetSeen] = []
        self._wanted = wanted
        self._bounds = Bounds()
        self._style = ""
        self._bold: set[str] = set()
        self._struck: set[str] = set()
        self._fonts: dict[str, str] = {}
        self._row = self._column = self._hidden_columns = 0
        self._cells: dict[int, Value] = {}
        self._type = ""
        self._text: list[str] | None = None
        self._crossing = 0  # elements inside the text that strike it through
        self._stands: list[str] = []
        self._crossed: list[str] = []
        self._length = 0
        self._commented = False
        self._visible: list[str] | None = None

    def start(self, tag: str, said: Attributes) -> None:
        """An element opens."""
        name = tag.rpartition(" ")[2]
        if tag.startswith(_SPACE):
            own = {key.removeprefix(_SPACE): value for key, value in said.items()}
            self._element(name, own)
        elif name == "Visible":
            self._visible = []
        elif self._text is not None and tag in _STRIKES:
            self._crossing += 1

    def _element(self, name: str, said: Attributes) -> None:
        if name == "Data" and not self._commented:
            self._type, self._text, self._length = said.get("Type", ""), [], 0
            self._crossing, self._stands, self._crossed = 0, [], []
        elif name == "Cell":
            self._cell(said)
        elif name == "Row":
            self._row = self._whole(said.get("Index"), self._row + 1, MOST_ROW)
            self._column, self._cells = -1, {}
            if said.get("Hidden") == "1":
                self.sheets[-1].look.hidden_rows.append(self._row)
        elif name == "Column":
            first = self._whole(said.get("Index"), self._hidden_columns + 1, MOST_COLUMN)
            last = self._hidden_columns = first + self._whole(said.get("Span"), 0, MOST_COLUMN)
            self._bounds.column(last - 1)
            if said.get("Hidden") == "1":
                self.sheets[-1].look.hidden_columns.extend(range(first - 1, last))
        elif name == "Worksheet":
            self._sheet(said)
        elif name == "Comment":
            self._commented = True
        elif name == "Style":
            self._style = said.get("ID", "")
        elif name == "Font":
            if said.get("Bold") == "1":
                self._bold.add(self._style)
            if said.get("StrikeThrough") == "1":
                self._struck.add(self._style)
            if LEGACY_FONT.match(font := said.get("FontName", "")):
                self._fonts[self._style] = font

    def _sheet(self, said: Attributes) -> None:
        if len(self.sheets) >= _MOST_SHEETS:
            raise Refused(ErrorCode.HOSTILE_WORKBOOK, detail="sheets")
        self.sheets.append(SheetSeen(said.get("Name", "")))
        self._bounds = Bounds(self.sheets[-1].name)
        self._row = self._hidden_columns = 0

    def _cell(self, said: Attributes) -> None:
        if not self.sheets or self._row < 1:
            raise Refused(ErrorCode.NOT_A_WORKBOOK, detail="cell")
        self._column = self._whole(said.get("Index"), self._column + 2, MOST_COLUMN) - 1
        sheet, column = self.sheets[-1], self._column
        across = self._whole(said.get("MergeAcross"), 0, MOST_COLUMN)
        down = self._whole(said.get("MergeDown"), 0, MOST_ROW)
        self._bounds.column(column + across)
        if across or down:
            sheet.merge(self._row, column, min(self._row + down, MOST_ROW), column + across)
        if formula := said.get("Formula", ""):
            if DANGEROUS.search(formula.encode()):
                raise Refused(ErrorCode.WORKBOOK_FORMULA, sheet=sheet.name, detail=formula[:80])
            sheet.look.formulas.setdefault(self._row, {})[column] = "=" + formula.lstrip("=")[:200]
        style = said.get("StyleID", "")
        if style in self._bold:
            sheet.look.bold[self._row] = sheet.look.bold.get(self._row, 0) | 1 << column
        if style in self._struck:
            sheet.look.struck[self._row] = sheet.look.struck.get(self._row, 0) | 1 << column
        if style in self._fonts:
            sheet.look.fonts.setdefault(self._row, {})[column] = self._fonts[style]
        self._cells[column] = ""
        self._column += across

    def end(self, tag: str) -> None:
        """An element closes."""
        name = tag.rpartition(" ")[2]
        if name == "Visible" and self._visible is not None and self.sheets:
            self.sheets[-1].hidden = "".join(self._visible).strip() in ("SheetHidden", "SheetVeryHidden")
            self._visible = None
        elif not tag.startswith(_SPACE):
            self._crossing -= tag in _STRIKES and self._crossing > 0
        elif name == "Data" and self._text is not None:
            if self._cells:
                self._saved(max(self._cells))
                self._cells[max(self._cells)] = _value(self._type, "".join(self._text))
                if "".join(self._crossed).strip():
                    parts = "".join(self._stands), "".join(self._crossed)
                    self.sheets[-1].look.cross(self._row, max(self._cells), parts)
            self._text = None
        elif name == "Comment":
            self._commented = False
        elif name == "Row" and self.sheets:
            self._end_row()

    def _saved(self, column: int) -> None:
        """A cell has a value: its formula, if it has one, was computed."""
        look = self.sheets[-1].look
        if column in (formulas := look.formulas.get(self._row, {})):
            look.computed.setdefault(self._row, {})[column] = formulas.pop(column)
            if not formulas:
                del look.formulas[self._row]

    def _end_row(self) -> None:
        filled = {column: value for column, value in self._cells.items() if value != ""}
        width = max(filled, default=-1) + 1
        self._bounds.row(self._row, width, len(filled))
        if self._wanted == len(self.sheets) - 1:
            self.rows.append((self._row, [filled.get(column, "") for column in range(width)]))

    def text(self, text: str) -> None:
        """Characters between tags."""
        if self._text is not None:
            self._length += len(text)
            self._bounds.text(self._length)
            self._text.append(text)
            self._stands.append(" " if self._crossing else text)
            if self._crossing:
                self._crossed.append(text)
        elif self._visible is not None:
            self._visible.append(text)

    def _whole(self, text: str | None, missing: int, most: int) -> int:
        """A count in an attribute; HOSTILE_WORKBOOK for one beyond what Excel has."""
        if text is None:
            return missing
        if not text.isascii() or not text.isdecimal() or len(text) > 8 or int(text) > most:
            raise Refused(ErrorCode.HOSTILE_WORKBOOK, sheet=self._bounds.sheet, detail=text[:40])
        return int(text)


def _value(kind: str, text: str) -> Value:
    """A cell's value by its type."""
    if kind == "Number":
        try:
            return float(text)
        except ValueError:
            return text
    if kind == "DateTime" and (day := _DAY.match(text)):
        try:
            return datetime.date(int(day[1]), int(day[2]), int(day[3]))
        except ValueError:
            return text
    if kind == "Boolean":
        return text.strip() == "1"
    return text


def _no_doctype(*unused: object) -> None:
    raise Refused(ErrorCode.WORKBOOK_ENTITIES, detail="DOCTYPE")


class SpreadsheetXml:
    """An Excel 2003 XML workbook."""

    def __init__(self, path: Path) -> None:
        self._path = path
        book = _Book()
        for _ in self._read(book):
            pass
        if not book.sheets:
            raise Refused(ErrorCode.NOT_A_WORKBOOK, detail="xml")
        self._seen = book.sheets

    def sheets(self) -> list[tuple[str, bool]]:
        """Names, and whether hidden."""
        return [(sheet.name, sheet.hidden) for sheet in self._seen]

    def look(self, index: int) -> Look:
        """How a sheet looks."""
        return self._seen[index].look

    def raw_rows(self, index: int) -> Iterator[tuple[int, list[Any]]]:
        """Rows with their numbers."""
        yield from self._read(_Book(index))

    def _read(self, book: _Book) -> Iterator[tuple[int, list[Value]]]:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = _no_doctype
        parser.StartElementHandler = book.start
        parser.EndElementHandler = book.end
        parser.CharacterDataHandler = book.text
        parser.buffer_text = True
        with self._path.open("rb") as file:
            last = False
            while not last:
                chunk = file.read(_CHUNK)
                last = not chunk
                try:
                    parser.Parse(chunk, last)
                except (expat.ExpatError, LookupError) as error:
                    raise Refused(ErrorCode.NOT_A_WORKBOOK, detail=str(error)) from error
                yield from book.rows
                book.rows.clear()
