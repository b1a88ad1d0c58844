"""Writes the sample lists as the workbooks a commune has: national titles, headings, bold heads, signatures."""

from __future__ import annotations

import datetime
import errno
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from fieldtool.ports import Progress, no_progress
from fieldtool.records.errors import ErrorCode, FieldtoolError, Place
from fieldtool.usecases.sample.sheets import RowLook, SampleBook, SampleRow, SampleSheet

_NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
_MOTTO = "Độc lập - Tự do - Hạnh phúc"
_FONT = {"font_name": "Times New Roman", "font_size": 12}
_MADE = datetime.datetime(2026, 6, 15, 8, 0)  # the same seed gives the same bytes


def write_books(folder: Path, books: Sequence[SampleBook], progress: Progress = no_progress) -> tuple[Path, ...]:
    """Write the books into a folder (made if missing), over older ones of the same name; their paths.

    Raises FieldtoolError NOT_WRITABLE or DISK_FULL. When cancelled, the file in work is not left half written.
    """
    total = sum(len(sheet.rows) for book in books for sheet in book.sheets)
    done = 0
    paths = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for book in books:
            path = folder / book.file
            done = _write_book(path, book, done, total, progress)
            paths.append(path)
    except (OSError, xlsxwriter.exceptions.FileCreateError) as trouble:
        raise _refused(trouble, folder) from trouble
    return tuple(paths)


def _refused(trouble: Exception, folder: Path) -> FieldtoolError:
    cause: object = trouble.args[0] if trouble.args and isinstance(trouble.args[0], OSError) else trouble
    full = isinstance(cause, OSError) and cause.errno == errno.ENOSPC
    code = ErrorCode.DISK_FULL if full else ErrorCode.NOT_WRITABLE
    return FieldtoolError(code, place=Place(file=folder.name), values={"detail": str(trouble)})


def _write_book(path: Path, book: SampleBook, done: int, total: int, progress: Progress) -> int:
    """Write one book under a temporary name, which XlsxWriter opens when every row is in, then give it its own."""
    part = path.with_name(path.name + ".part")
    workbook = xlsxwriter.Workbook(str(part), {"strings_to_urls": False, "strings_to_formulas": False})
    workbook.set_properties({"title": book.sheets[0].title, "created": _MADE})
    formats = _formats(workbook)
    for sheet in book.sheets:
        done = _write_sheet(workbook.add_worksheet(sheet.name), sheet, formats, done, total, progress)
    try:
        workbook.close()
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return done


def _formats(workbook: Any) -> Mapping[str, Any]:
    line = {**_FONT, "border": 1, "valign": "vcenter"}
    day = {**line, "num_format": "dd/mm/yyyy", "align": "center"}
    middle = {**_FONT, "align": "center"}
    wide = {**line, "align": "center", "text_wrap": True, "bold": True, "bg_color": "#F2F2F2"}
    return {
        "unit": workbook.add_format(middle),
        "strong": workbook.add_format({**middle, "bold": True}),
        "title": workbook.add_format({**middle, "bold": True, "font_size": 15}),
        "italic": workbook.add_format({**middle, "italic": True}),
        "header": workbook.add_format(wide),
        "across": workbook.add_format({**line, "bold": True, "italic": True}),
        "plain": workbook.add_format(line),
        "plain day": workbook.add_format(day),
        "head": workbook.add_format({**line, "bold": True}),
        "head day": workbook.add_format({**day, "bold": True}),
    }


def _write_sheet(
    sheet: Any, content: SampleSheet, formats: Mapping[str, Any], done: int, total: int, progress: Progress
) -> int:
    width = len(content.widths)
    for column, size in enumerate(content.widths):
        sheet.set_column(column, column, size)
    row = _titles(sheet, content, formats, width)
    row = _header(sheet, content.header, formats, row)
    sheet.freeze_panes(row, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    for index, line in enumerate(content.rows):
        if index % 500 == 0:
            progress(done + index, total, "write")
        _row(sheet, row + index, line, formats, width)
    row += len(content.rows)
    for index in range(content.blank_tail):
        for column in range(width):
            sheet.write_blank(row + index, column, None, formats["plain"])
    row += content.blank_tail + 1
    right = width // 2
    for index, (left_text, right_text) in enumerate(content.foot):
        look = formats["italic" if index != 1 else "strong"]
        sheet.write_string(row + index, 2, left_text, look)
        sheet.write_string(row + index, max(right, 4), right_text, look)
    return done + len(content.rows)


def _titles(sheet: Any, content: SampleSheet, formats: Mapping[str, Any], width: int) -> int:
    """Unit at the left, nation and motto at the right, the list's title below; the row of the header."""
    half = min(4, width // 2)
    for row, (left, right) in enumerate(zip(content.unit, (_NATION, _MOTTO), strict=True)):
        sheet.merge_range(row, 0, row, half, left, formats["unit" if row == 0 else "strong"])
        sheet.merge_range(row, half + 1, row, width - 1, right, formats["strong"])
    sheet.merge_range(3, 0, 3, width - 1, content.title, formats["title"])
    sheet.merge_range(4, 0, 4, width - 1, content.subtitle, formats["italic"])
    return 6


def _header(sheet: Any, header: Sequence[Sequence[str]], formats: Mapping[str, Any], row: int) -> int:
    """One row of headings, or two with headings merged downwards and sideways; the first row of the table."""
    look = formats["header"]
    if len(header) == 1:
        for column, text in enumerate(header[0]):
            sheet.write_string(row, column, text, look)
        sheet.set_row(row, 36)
        return row + 1
    upper, lower = header
    for column, text in enumerate(upper):
        end = column
        while end + 1 < len(upper) and not upper[end + 1]:
            end += 1
        if text and not lower[column]:
            sheet.merge_range(row, column, row + 1, column, text, look)
        elif text:
            sheet.merge_range(row, column, row, end, text, look)
        if lower[column]:
            sheet.write_string(row + 1, column, lower[column], look)
    return row + 2


def _row(sheet: Any, row: int, line: SampleRow, formats: Mapping[str, Any], width: int) -> None:
    if line.look is RowLook.ACROSS:
        sheet.merge_range(row, 0, row, width - 1, line.cells[0], formats["across"])
        return
    look = formats[line.look]
    for column, value in enumerate(line.cells):
        if isinstance(value, datetime.date):
            sheet.write_datetime(row, column, value, formats[f"{line.look} day"])
        elif isinstance(value, int):
            sheet.write_number(row, column, value, look)
        elif value:
            sheet.write_string(row, column, value, look)
        else:
            sheet.write_blank(row, column, None, look)
