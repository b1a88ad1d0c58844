"""What the two kinds of list written as markup share (HTML called .xls, Excel 2003 XML): how such a file is told, and
the bounds within which its rows are gathered."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from fieldtool.excel.read_look_xlsx import Look
from fieldtool.excel.read_package import AREA_ALWAYS, AREA_PER_VALUE, MOST_COLUMN, MOST_ROW
from fieldtool.excel.read_refusals import Refused
from fieldtool.records.errors import ErrorCode

MOST_BYTES = 300_000_000
LONGEST_TEXT = 1_000_000  # characters of one cell or one tag
MOST_MERGED = 200_000
_SAMPLE = 8192
_BOOK = re.compile(rb"<(?:\w+:)?Workbook\b[^>]*schemas-microsoft-com:office:spreadsheet", re.DOTALL)
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|meta|body|table|style|div|center|font|h\d|p)\b|<!--", re.IGNORECASE)


def markup_of(path: Path) -> str:
    """What a text file that begins with "<" is: "xml" for an Excel 2003 workbook, "html" for a page, "" for neither."""
    with path.open("rb") as file:
        sample = file.read(_SAMPLE)
    if sample[:2] in (b"\xff\xfe", b"\xfe\xff"):
        sample = sample.decode("utf-16", errors="replace").encode()
    sample = sample.removeprefix(b"\xef\xbb\xbf").lstrip()
    if sample[:1] != b"<":
        return ""
    if path.stat().st_size > MOST_BYTES:
        raise Refused(ErrorCode.HOSTILE_WORKBOOK, detail="size")
    if _BOOK.search(sample):
        return "xml"
    return "html" if _PAGE.match(sample) or b"<html" in sample.lower() or b"<table" in sample.lower() else ""


@dataclass(slots=True)
class Bounds:
    """Counts what a sheet lays out; refused when it is far more than what it holds."""

    sheet: str = ""
    area: int = 0
    values: int = 0

    def row(self, number: int, width: int, values: int) -> None:
        """One more row. WORKBOOK_ROWS below the last row that Excel has, WORKBOOK_BOMB for a blank plain."""
        self.area += width
        self.values += values
        if number > MOST_ROW:
            raise Refused(ErrorCode.WORKBOOK_ROWS, sheet=self.sheet, detail=str(number))
        if self.area > AREA_ALWAYS and self.area > AREA_PER_VALUE * self.values:
            raise Refused(ErrorCode.WORKBOOK_BOMB, sheet=self.sheet, detail=f"{self.area}")

    def column(self, column: int) -> None:
        """A cell up to a column, counted from 0."""
        if not 0 <= column < MOST_COLUMN:
            raise Refused(ErrorCode.HOSTILE_WORKBOOK, sheet=self.sheet, detail=f"column {column}")

    def text(self, length: int) -> None:
        """A text of so many characters."""
        if length > LONGEST_TEXT:
            raise Refused(ErrorCode.HOSTILE_WORKBOOK, sheet=self.sheet, detail="text")


@dataclass(slots=True)
class SheetSeen:
    """A sheet and how it looks."""

    name: str
    hidden: bool = False
    look: Look = field(default_factory=Look)

    def merge(self, first_row: int, first_column: int, last_row: int, last_column: int) -> None:
        """A merged range, rows from 1 and columns from 0."""
        if len(self.look.merged) >= MOST_MERGED:
            raise Refused(ErrorCode.HOSTILE_WORKBOOK, sheet=self.name, detail="merged")
        self.look.merged.append((first_row, first_column, last_row, last_column))
