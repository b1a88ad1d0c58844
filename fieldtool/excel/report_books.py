"""Writes the report of an import: the list's own rows as text, each marked cell filled, the reasons in words beside it.

XlsxWriter's constant-memory mode keeps the rows in temporary files until the end; they lie beside the report itself,
which is as readable as they are, and go with it.
"""

from __future__ import annotations

import errno
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import xlsxwriter

from fieldtool.records.errors import ErrorCode, FieldtoolError, Place
from fieldtool.records.report_books import ReportBook, ReportRow, ReportSheet

_FILLS = {
    "refused": "#F4B6B6",
    "parked": "#F9D39B",
    "note": "#FFF3B0",
    "added": "#D5EBD3",
    "unchanged": "#E3E6EA",
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a program that reads the text again would run it
_LONGEST_CELL = 32_767
_LONGEST_NAME = 31
_LAST_ROW = 1_048_576
_LAST_COLUMN = 16_383  # counted from 0
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")


def write_report(path: Path, book: ReportBook) -> Path:
    """Write a report under a temporary name, then give it its own; over an older report of the name.

    NOT_WRITABLE or DISK_FULL; what the rows raise (a list that cannot be read, Cancelled) leaves nothing behind.
    """
    part = path.with_name(path.name + ".part")
    try:
        with tempfile.TemporaryDirectory(prefix=".fieldtool-", dir=path.parent) as folder:
            _write(part, book, folder)
        part.replace(path)
    except (OSError, xlsxwriter.exceptions.FileCreateError) as trouble:
        raise _refused(trouble, path) from trouble
    finally:
        part.unlink(missing_ok=True)
    return path


def _refused(trouble: Exception, path: Path) -> FieldtoolError:
    cause: object = trouble.args[0] if trouble.args and isinstance(trouble.args[0], OSError) else trouble
    full = isinstance(cause, OSError) and cause.errno == errno.ENOSPC
    code = ErrorCode.DISK_FULL if full else ErrorCode.NOT_WRITABLE
    return FieldtoolError(code, place=Place(file=path.name), values={"detail": str(trouble)})


def _write(part: Path, book: ReportBook, folder: str) -> None:
    workbook = xlsxwriter.Workbook(
        str(part),
        {"constant_memory": True, "tmpdir": folder, "strings_to_urls": False, "strings_to_formulas": False},
    )
    looks = _Looks(workbook)
    names = _Names()
    try:
        title, lines = book.summary
        _summary(workbook.add_worksheet(names.of(title)), lines, looks)
        for sheet in book.sheets:
            for number, rows in enumerate(_in_sheets(sheet.rows)):
                _sheet(workbook.add_worksheet(names.of(sheet.name)), sheet, rows, looks, first=number == 0)
    except BaseException:
        for worksheet in workbook.worksheets():
            worksheet.row_data_fh.close()  # else a cancelled report would leave its rows open, and Windows keep them
        workbook.fileclosed = True
        raise
    workbook.close()


def _in_sheets(rows: Iterator[ReportRow]) -> Iterator[Iterator[ReportRow]]:
    """The rows in runs that a sheet can hold; lists longer than a sheet come from csv alone."""
    waiting: list[ReportRow] = []
    again = True

    def run(start: int) -> Iterator[ReportRow]:
        nonlocal again
        yield from waiting
        waiting.clear()
        for row in rows:
            if row.number - start >= _LAST_ROW:
                waiting.append(row)
                return
            yield row
        again = False

    start = 0
    while again:
        yield run(start)
        start += _LAST_ROW


class _Looks:
    """Formats by fill; a text that a spreadsheet could take for a formula carries the mark that it is a text."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._made: dict[tuple[str, bool, bool, bool], Any] = {}

    def of(self, text: str, fill: str = "", *, bold: bool = False, wrap: bool = False) -> Any:
        """The format of a text."""
        key = (fill, text.startswith(_FORMULA), bold, wrap)
        if key not in self._made:
            self._made[key] = self._workbook.add_format(
                {
                    "num_format": "@",
                    "valign": "top",
                    "bold": bold,
                    "text_wrap": wrap,
                    "quote_prefix": key[1],
                    **({"bg_color": _FILLS[fill], "border": 1, "border_color": "#B0B0B0"} if fill else {}),
                }
            )
        return self._made[key]


class _Names:
    """Names of tabs: what Excel allows, each once."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def of(self, name: str) -> str:
        """A name for a tab, as near to the wanted one as can be."""
        plain = _NOT_IN_NAMES.sub(" ", name).strip(" '") or "1"
        found, count = plain[:_LONGEST_NAME], 1
        while found.lower() in self._taken or found.lower() == "history":
            count += 1
            end = f" ({count})"
            found = plain[: _LONGEST_NAME - len(end)] + end
        self._taken.add(found.lower())
        return found


def _put(sheet: Any, row: int, column: int, text: str, look: Any) -> None:
    if len(text) > _LONGEST_CELL:
        text = text[: _LONGEST_CELL - 20] + f" … ({len(text)})"
    sheet.write_string(row, column, text, look)


def _summary(sheet: Any, lines: tuple[tuple[str, ...], ...], looks: _Looks) -> None:
    for column, width in enumerate((30, 16, 70, 70)):
        sheet.set_column(column, column, width)
    heading = True
    for row, line in enumerate(lines):
        for column, text in enumerate(line):
            _put(sheet, row, column, text, looks.of(text, bold=heading or column == 0, wrap=True))
        heading = not line  # the line after an empty one heads what follows


def _sheet(sheet: Any, content: ReportSheet, rows: Iterator[ReportRow], looks: _Looks, *, first: bool) -> None:
    sheet.set_column(0, max(content.beside - 1, 0), 16)
    sheet.set_column(content.beside, content.beside, 16)
    sheet.set_column(content.beside + 1, content.beside + 2, 60)
    if content.heading and first:
        sheet.freeze_panes(content.heading, 0)
    if first:
        # `merge_range` would write the cells as well, and rows that were written are closed in constant memory.
        sheet.merge.extend(_merged(content))
    last = 0
    for line in rows:
        last = (line.number - 1) % _LAST_ROW
        _line(sheet, last, line, content, looks)
    if content.heading and first and last >= content.heading:
        sheet.autofilter(content.heading - 1, content.beside, last, content.beside + 2)


def _merged(content: ReportSheet) -> list[list[int]]:
    """The merged cells of the list in the columns of the report, rows from 0. A range that the report's own columns
    would cut in two keeps its left part; of two that overlap, which no spreadsheet opens, the first stays."""
    kept: list[list[int]] = []
    open_ranges: list[list[int]] = []
    for top, left, bottom, right in sorted(content.merged):
        if left < content.beside:
            right = min(right, content.beside - 1)
        else:
            left, right = left + 3, right + 3
        if not (0 < top <= bottom <= _LAST_ROW and left <= right <= _LAST_COLUMN) or (top, left) == (bottom, right):
            continue
        open_ranges = [other for other in open_ranges if other[2] >= top - 1]
        if all(right < other[1] or other[3] < left for other in open_ranges):
            open_ranges.append([top - 1, left, bottom - 1, right])
            kept.append(open_ranges[-1])
    return kept


def _line(sheet: Any, row: int, line: ReportRow, content: ReportSheet, looks: _Looks) -> None:
    heads = line.number == content.heading
    for column, text in enumerate(line.cells):
        place = column if column < content.beside else column + 3
        mark = line.marks.get(column)
        if text or mark is not None:
            _put(sheet, row, place, text, looks.of(text, mark or "", bold=heads))
    told = content.titles if heads else line.told
    for offset, text in enumerate(told):
        if text:
            fill = line.verdict if offset == 0 else ""
            _put(sheet, row, content.beside + offset, text, looks.of(text, fill, bold=heads, wrap=True))
