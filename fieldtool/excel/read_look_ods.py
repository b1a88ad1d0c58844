"""How the sheets of an .ods look: bold, struck and old-font cells, merged ranges, hidden rows, formulas; cells of which
a part is struck through."""

from __future__ import annotations

import zipfile
from xml.parsers import expat

from fieldtool.excel.read_look_xlsx import DANGEROUS, LEGACY_FONT, Look
from fieldtool.excel.read_package import MOST_BYTES, check_area, chunks, refuse_doctype, scan_others
from fieldtool.excel.read_refusals import Refused
from fieldtool.records.errors import ErrorCode

MOST_ROWS = 1_100_000
_REPEATED_ROWS = 200_000
_REPEATED_CELLS = 4_000_000  # in a whole file


class _Reader:
    """Follows content.xml; positions count repeated rows and cells."""

    def __init__(self, parser: expat.XMLParserType) -> None:
        self._parser = parser
        self.looks: dict[str, Look] = {}
        self._bold: set[str] = set()
        self._struck: set[str] = set()
        self._fonts: dict[str, str] = {}
        self._style, self._of_text = "", False
        self._spans = False  # there is a style that strikes a part of a cell through
        self._said = ["", ""]  # what stands and what is struck in the cell being read
        self._crossing = 0  # depth inside a struck span
        self._look = Look()
        self._sheet = ""
        self._row = self._column = 0
        self._repeat = 1
        self._repeated = 0
        self._last = (0, 0)  # row and columns that filled cells of this sheet reach
        self._values = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element opens."""
        if tag == "style:style":
            self._style = attributes.get("style:name", "")
            self._of_text = attributes.get("style:family") == "text"
        elif tag == "style:text-properties":
            if attributes.get("fo:font-weight") == "bold":
                self._bold.add(self._style)
            # LibreOffice writes the type alone for a part of a cell, the style for a whole one.
            if any(attributes.get(f"style:text-line-through-{said}", "none") != "none" for said in ("style", "type")):
                self._struck.add(self._style)
                if self._of_text:
                    self._spans = True
                    self._parser.CharacterDataHandler = self.text  # texts cost time, and matter here alone
            name = attributes.get("style:font-name") or attributes.get("fo:font-family", "")
            if LEGACY_FONT.match(name.strip("'")):
                self._fonts[self._style] = name.strip("'")
        elif tag == "table:table":
            self._sheet = attributes.get("table:name", "")
            self._look = self.looks.setdefault(self._sheet, Look())
            self._row = 0
        elif tag == "table:table-row":
            self._row += self._repeat
            self._column = 0
            self._repeat = int(attributes.get("table:number-rows-repeated", "1"))
            if attributes.get("table:visibility") in ("collapse", "filter") and self._repeat < 1000:
                self._look.hidden_rows.extend(range(self._row, self._row + self._repeat))
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self._said = ["", ""]
            self._cell(attributes)
        elif tag == "text:span" and (self._crossing or attributes.get("text:style-name") in self._struck):
            self._crossing += 1
        elif tag == "text:s":
            self.text(" ")

    def text(self, text: str) -> None:
        """Text of a cell, which matters only where some may be struck through."""
        if self._spans:
            self._said[bool(self._crossing)] += text

    def _cell(self, attributes: dict[str, str]) -> None:
        first_row = self._row if self._row else 1
        columns = int(attributes.get("table:number-columns-repeated", "1"))
        style = attributes.get("table:style-name", "")
        filled = "office:value-type" in attributes
        if filled and self._repeat * columns > _REPEATED_ROWS:
            raise Refused(ErrorCode.WORKBOOK_BOMB, sheet=self._sheet, detail=str(self._repeat * columns))
        if filled:
            self._filled(first_row, columns)
        if filled and columns < 200:
            for column in range(self._column, self._column + columns):
                if style in self._bold:
                    self._look.bold[first_row] = self._look.bold.get(first_row, 0) | 1 << column
                if style in self._struck:
                    self._look.struck[first_row] = self._look.struck.get(first_row, 0) | 1 << column
                if style in self._fonts:
                    self._look.fonts.setdefault(first_row, {})[column] = self._fonts[style]
        formula = attributes.get("table:formula", "")
        if formula:
            if DANGEROUS.search(formula.encode()):
                raise Refused(ErrorCode.WORKBOOK_FORMULA, sheet=self._sheet, detail=formula[:80])
            kept = self._look.computed if filled else self._look.formulas
            kept.setdefault(first_row, {})[self._column] = formula[:200]
        across = int(attributes.get("table:number-columns-spanned", "1"))
        down = int(attributes.get("table:number-rows-spanned", "1"))
        if across > 1 or down > 1:
            self._look.merged.append((first_row, self._column, first_row + down - 1, self._column + across - 1))
        self._column += columns

    def _filled(self, row: int, columns: int) -> None:
        """Count a filled cell and how far the sheet reaches by it; far off ones are refused before they are kept."""
        times = self._repeat * columns
        self._values += times
        self._repeated += times if times > 1 else 0
        if self._repeated > _REPEATED_CELLS:
            raise Refused(ErrorCode.WORKBOOK_BOMB, sheet=self._sheet, detail=str(self._repeated))
        self._last = max(self._last[0], row + self._repeat - 1), max(self._last[1], self._column + columns)
        check_area(self._sheet, self._last[0], self._last[1], MOST_BYTES)

    def end(self, tag: str) -> None:
        """An element closes."""
        if tag == "text:span" and self._crossing:
            self._crossing -= 1
            self._said[0] += " "
        elif tag == "text:p":
            self.text("\n")
        elif tag == "table:table-cell" and self._said[1].strip():
            self._look.cross(self._row or 1, self._column - 1, (self._said[0], self._said[1]))
        elif tag == "table:table":
            check_area(self._sheet, *self._last, self._values)
            self._last, self._values = (0, 0), 0
            self._repeat, self._row = 1, 0


def looks_of(package: zipfile.ZipFile) -> dict[str, Look]:
    """The look of every sheet. Refused for document types, repeated content without end, dangerous formulas."""
    parser = expat.ParserCreate()
    reader = _Reader(parser)
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    seen = 0
    try:
        for piece in chunks(package, "content.xml"):
            seen += len(piece)
            refuse_doctype(piece, "content.xml")
            if seen > MOST_BYTES:
                raise Refused(ErrorCode.WORKBOOK_BOMB, detail="content.xml")
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError) as error:
        raise Refused(ErrorCode.NOT_A_WORKBOOK, detail="content.xml") from error
    scan_others(package, {"content.xml"})
    return reader.looks
