"""Lists that programs save as HTML and call .xls: tables row by row, with the lines of text around them as titles.

Nothing is fetched, run or followed; of styles only bold and struck letters, old fonts and what is hidden are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from fieldtool.excel import read_text
from fieldtool.excel.read_look_xlsx import LEGACY_FONT, Look
from fieldtool.excel.read_markup import LONGEST_TEXT, MOST_MERGED, Bounds, SheetSeen
from fieldtool.excel.read_package import MOST_COLUMN
from fieldtool.excel.read_refusals import Refused
from fieldtool.records.errors import ErrorCode

_CHUNK = 1 << 16  # characters
_KEPT = 500_000  # cells that are held, some 50 MB, so that a page is not parsed twice
_DEEPEST = 40  # tables in one another
_LONGEST_SPAN = 65_534  # rows, by the standard
_BLOCKS = frozenset({"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "caption", "center", "li", "body", "form", "hr"})
_UNREAD = frozenset({"script", "style", "title", "noscript", "template", "object", "select", "textarea"})
_CODES = {"windows-1258": "cp1258", "cp1258": "cp1258", "windows-1252": "cp1252", "iso-8859-1": "cp1252"}
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_CLASS = re.compile(r"\.([\w-]+)\s*\{([^{}]*)\}")
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_STRIKES = frozenset({"s", "strike", "del"})
_STRUCK = re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.IGNORECASE)
_PLAIN = (False, False, "")
_FONT = re.compile(r"font-family\s*:\s*[\"']?([^;,\"']+)", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_TAB = re.compile(r"<x:Name>([^<>]{1,80})</x:Name>")
_GAPS = re.compile(r"[ \t\r\n\f]+")
_AROUND_BREAKS = re.compile(r" *\n *")
Attributes = dict[str, str]


@dataclass(slots=True)
class _Cell:
    column: int
    across: int
    parts: list[str] = field(default_factory=list)
    length: int = 0
    bold: bool = False
    struck: bool = False
    font: str = ""
    crossing: list[str] = field(default_factory=list)  # open tags that strike through
    stands: list[str] = field(default_factory=list)  # the parts that are not struck, where some are
    crossed: list[str] = field(default_factory=list)

    def text(self) -> str:
        """What the page shows: runs of blanks are one, breaks are kept."""
        return _AROUND_BREAKS.sub("\n", "".join(self.parts)).strip(" \n")


@dataclass(slots=True)
class _Table:
    """An open table: its open row, and the columns that cells merged downwards still take."""

    row: list[_Cell] | None = None
    hidden: bool = False
    below: dict[int, int] = field(default_factory=dict)  # column → rows still taken
    next: int = 0


class _Page(HTMLParser):
    """Rows as they are met, in `rows`; how the sheet looks in `sheet`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[tuple[int, list[str]]] = []
        self.sheet = SheetSeen("")
        self.tables = 0
        self._bounds = Bounds()
        self._number = 0
        self._open: list[_Table] = []
        self._loose = _Cell(0, 1)  # text outside of tables
        self._unread = ""
        self._styles: dict[str, tuple[bool, bool, str]] = {}

    # what the parser calls

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag opens."""
        if self._unread:
            return
        said: Attributes = {name: value or "" for name, value in attrs}
        if tag in _UNREAD:
            self._unread = tag
        elif tag == "table":
            self._table()
        elif tag == "tr":
            self._row(said)
        elif tag in ("td", "th"):
            self._cell(tag, said)
        elif tag == "br":
            self._add("\n")
        elif tag in _BLOCKS:
            self._break()
        elif tag in ("b", "strong"):
            self._cell_now().bold = True
        elif tag in _STRIKES:
            self._cell_now().crossing.append(tag)
        elif tag == "font":
            self._face(self._cell_now(), said.get("face", ""))
        if tag == "span":
            self._span(self._cell_now(), said)

    def handle_endtag(self, tag: str) -> None:
        """A tag closes."""
        if self._unread:
            self._unread = "" if tag == self._unread else self._unread
        elif tag in _STRIKES or tag == "span":
            self._uncross(self._cell_now(), tag)
        elif tag == "table":
            self._end_row()
            if self._open:
                self._open.pop()
        elif tag == "tr":
            self._end_row()
        elif tag in _BLOCKS:
            self._break()

    def handle_data(self, data: str) -> None:
        """Text between tags."""
        if self._unread == "style":
            for name, style in _CLASS.findall(data):
                self._styles[name] = _look_of(style)
        elif not self._unread:
            self._add(_GAPS.sub(" ", data))

    def handle_comment(self, data: str) -> None:
        """Excel writes the name of the tab into a comment, and its styles into another."""
        names = _TAB.findall(data)
        if len(names) == 1 and not self.sheet.name:
            self.sheet.name = names[0].strip()
        if self._unread == "style":
            self.handle_data(data)

    def finish(self) -> None:
        """The page ends; what was left open ends with it."""
        self.close()
        while self._open:
            self._end_row()
            self._open.pop()
        self._break()

    # tables

    def _table(self) -> None:
        self._break()
        if self._open:
            self._spill()
        if len(self._open) >= _DEEPEST:
            raise Refused(ErrorCode.HOSTILE_WORKBOOK, detail="tables")
        self.tables += 1
        self._open.append(_Table())

    def _spill(self) -> None:
        """A table inside a cell: what the row around it holds so far is a row of its own above."""
        outer = self._open[-1]
        if outer.row and any(cell.parts for cell in outer.row):
            self._put(outer)
            outer.row = [_Cell(outer.row[-1].column, 1)]

    def _row(self, said: Attributes) -> None:
        if not self._open:
            self._open.append(_Table())  # rows without a table, as some programs write them
            self.tables += 1
        self._end_row()
        self._break()
        table = self._open[-1]
        table.row, table.next = [], 0
        table.hidden = bool(_HIDDEN.search(said.get("style", "")))

    def _cell(self, tag: str, said: Attributes) -> None:
        if not self._open or self._open[-1].row is None:
            self._row({})
        table = self._open[-1]
        row = table.row
        assert row is not None
        while table.below.get(table.next):
            table.next += 1
        across = max(1, _whole(said["colspan"], MOST_COLUMN)) if "colspan" in said else 1
        down = max(1, _whole(said["rowspan"], _LONGEST_SPAN)) if "rowspan" in said else 1
        self._bounds.column(table.next + across - 1)
        cell = _Cell(table.next, across, bold=tag == "th")
        if said:
            self._styled(cell, said)
        row.append(cell)
        if down > 1:
            # Counted down when a row ends, this one too.
            table.below |= dict.fromkeys(range(table.next, table.next + across), down)
        if across > 1 or down > 1:
            first = self._number + 1
            self.sheet.merge(first, table.next, first + down - 1, table.next + across - 1)
        table.next += across

    def _end_row(self) -> None:
        if not self._open or self._open[-1].row is None:
            return
        table = self._open[-1]
        self._put(table)
        table.row = None
        table.below = {column: left - 1 for column, left in table.below.items() if left > 1}

    def _put(self, table: _Table) -> None:
        """The open row as a row of the sheet."""
        cells = [(cell, cell.text()) for cell in table.row or []]
        width = max((cell.column + 1 for cell, text in cells if text), default=0)
        self._number += 1
        self._bounds.row(self._number, width, sum(bool(text) for _, text in cells))
        row = [""] * width
        for cell, text in cells:
            if text:
                row[cell.column] = text
                self._seen(cell)
        if table.hidden:
            self.sheet.look.hidden_rows.append(self._number)
        self.rows.append((self._number, row))

    def _seen(self, cell: _Cell) -> None:
        look = self.sheet.look
        if cell.bold:
            look.bold[self._number] = look.bold.get(self._number, 0) | 1 << cell.column
        if not cell.struck and "".join(cell.crossed).strip():
            look.cross(self._number, cell.column, ("".join(cell.stands), "".join(cell.crossed)))
        if cell.struck:
            look.struck[self._number] = look.struck.get(self._number, 0) | 1 << cell.column
        if cell.font:
            look.fonts.setdefault(self._number, {})[cell.column] = cell.font

    # text

    def _cell_now(self) -> _Cell:
        row = self._open[-1].row if self._open else None
        return row[-1] if row else self._loose

    def _add(self, text: str) -> None:
        cell = self._cell_now()
        cell.length += len(text)
        self._bounds.text(cell.length)
        cell.parts.append(text)
        struck = any(tag in _STRIKES for tag in cell.crossing)
        cell.stands.append(" " if struck else text)
        if struck:
            cell.crossed.append(text)

    def _span(self, cell: _Cell, said: Attributes) -> None:
        """A part of a cell with a look of its own; what is struck through is told apart from what stands."""
        looks = (_look_of(said.get("style", "")), self._styles.get(said.get("class", ""), _PLAIN))
        cell.bold = cell.bold or any(look[0] for look in looks)
        cell.crossing.append("del" if any(look[1] for look in looks) else "span")
        for look in looks:
            self._face(cell, look[2])

    @staticmethod
    def _uncross(cell: _Cell, tag: str) -> None:
        """The innermost such part ends."""
        if tag == "span" and cell.crossing:
            cell.crossing.pop()
        elif tag in cell.crossing:
            cell.crossing.remove(tag)

    def _break(self) -> None:
        """A block begins or ends: a new line in a cell, outside of tables a row of its own."""
        cell = self._cell_now()
        if cell is not self._loose:
            if cell.parts and cell.parts[-1] != "\n":
                cell.parts.append("\n")
            return
        lines = [line for line in self._loose.text().split("\n") if line.strip()]
        for line in lines:
            self._number += 1
            self._bounds.row(self._number, 1, 1)
            self._seen(self._loose)
            self.rows.append((self._number, [line]))
        self._loose = _Cell(0, 1)

    def _styled(self, cell: _Cell, said: Attributes) -> None:
        for style in (_look_of(said.get("style", "")), self._styles.get(said.get("class", ""), _PLAIN)):
            cell.bold, cell.struck = cell.bold or style[0], cell.struck or style[1]
            self._face(cell, style[2])

    @staticmethod
    def _face(cell: _Cell, name: str) -> None:
        if LEGACY_FONT.match(name.strip("\"' ")):
            cell.font = name.strip("\"' ")


def _look_of(style: str) -> tuple[bool, bool, str]:
    """Whether a style is bold, whether it strikes through, and its font."""
    font = _FONT.search(style)
    return bool(_BOLD.search(style)), bool(_STRUCK.search(style)), font[1].strip() if font else ""


def _whole(text: str, most: int) -> int:
    """A count in an attribute, at most `most` + 1; 1 for none."""
    digits = text.strip()[:7]
    return min(int(digits), most + 1) if digits.isascii() and digits.isdecimal() else 1


def _encoding(path: Path) -> str:
    """The encoding: what the bytes tell, of the 8-bit ones the one that the page names."""
    found = read_text.encoding_of(path, markup=True)
    if found.startswith("utf"):
        return found
    with path.open("rb") as file:
        named = _CHARSET.search(file.read(8192))
    return _CODES.get(named[1].decode("ascii").lower(), found) if named else found


def _refuse_spans(path: Path) -> None:
    """Far more merged cells than a list has are refused before any of them is laid out."""
    spans = 0
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            spans += chunk.count(b"span=") + chunk.count(b"SPAN=")
    if spans > 2 * MOST_MERGED:
        raise Refused(ErrorCode.HOSTILE_WORKBOOK, detail="merged")


class Html:
    """A page as a workbook of one sheet."""

    def __init__(self, path: Path) -> None:
        _refuse_spans(path)
        self._path = path
        self._encoding = _encoding(path)
        page = _Page()
        self._kept: list[tuple[int, list[str]]] = []
        cells = 0
        for number, row in self._read(page):
            cells += len(row)
            if cells <= _KEPT:
                self._kept.append((number, row))
        self._whole = cells <= _KEPT
        if not self._whole:
            self._kept.clear()
        if not page.tables:
            raise Refused(ErrorCode.NOT_A_WORKBOOK, detail="html")
        self._sheet = page.sheet

    def sheets(self) -> list[tuple[str, bool]]:
        """One sheet."""
        return [(self._sheet.name, False)]

    def look(self, index: int) -> Look:
        """How a sheet looks."""
        return self._sheet.look

    def raw_rows(self, index: int) -> Iterator[tuple[int, list[Any]]]:
        """Rows with their numbers."""
        yield from self._kept if self._whole else self._read(_Page())

    def _read(self, page: _Page) -> Iterator[tuple[int, list[str]]]:
        with self._path.open(encoding=self._encoding, errors="replace") as file:
            while chunk := file.read(_CHUNK):
                page.feed(chunk.replace("\0", ""))
                if len(page.rawdata) > LONGEST_TEXT:  # a tag or comment without end is looked at anew each time
                    raise Refused(ErrorCode.HOSTILE_WORKBOOK, detail="tag")
                yield from page.rows
                page.rows.clear()
        page.finish()
        yield from page.rows
