"""Report templates: cells that name saved queries are found and filled, rows repeated, a sheet of sources added."""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from fieldtool.excel.read_package import checked
from fieldtool.excel.read_refusals import Refused
from fieldtool.records.errors import ErrorCode, FieldtoolError, Place
from fieldtool.usecases.report_template import Template
from fieldtool.usecases.weekly_report import Filling, ReportPage, TemplateCell

_MOST_CELLS = 200_000
_USUAL = 8.43  # width of a column that nobody set
SOURCES = "Nguồn số liệu"


class ReportBooks:
    """The Templates of usecases.weekly_report."""

    def cells(self, template: Template) -> list[TemplateCell]:
        """The cells that name something, in reading order."""
        book = _open(template)
        found = []
        for sheet in book.worksheets:
            if sheet.max_row * sheet.max_column > _MOST_CELLS:
                raise FieldtoolError(ErrorCode.WORKBOOK_ROWS, place=Place(file=template.name, sheet=sheet.title))
            for row in sheet.iter_rows():
                for cell in row:
                    if isinstance(cell.value, str) and "{{" in cell.value:
                        found.append(TemplateCell(sheet.title, cell.coordinate, cell.row, cell.value))
        return found

    def fill(
        self,
        template: Template,
        fillings: Sequence[Filling],
        repeats: Mapping[tuple[str, int], int],
        heads: Sequence[str],
    ) -> bytes:
        """The filled workbook. Rows below a repeated one move down; formulas of the template are kept as they are."""
        book = _open(template)
        placed: list[tuple[str, Filling]] = []
        for sheet in book.worksheets:
            own = [item for item in fillings if item.sheet == sheet.title]
            shift = _repeat_rows(sheet, {row: count for (name, row), count in repeats.items() if name == sheet.title})
            for item in own:
                cell = sheet[item.cell]
                row = cell.row + shift(cell.row) + item.repeat
                target = sheet.cell(row, cell.column)
                target.value = _safe(item.value)
                placed.append((f"{get_column_letter(cell.column)}{row}", item))
        _sources(book, placed, heads)
        buffer = io.BytesIO()
        book.save(buffer)
        return buffer.getvalue()

    def pages(self, content: bytes) -> list[ReportPage]:
        """Every sheet but that of sources, down to its last row with a text."""
        book = openpyxl.load_workbook(io.BytesIO(content))
        return [_page(sheet) for sheet in book.worksheets if sheet.title != SOURCES]


def _page(sheet: Any) -> ReportPage:
    rows = [["" if cell.value is None else _written(cell.value) for cell in row] for row in sheet.iter_rows()]
    while rows and not any(rows[-1]):
        rows.pop()
    used = max((place + 1 for row in rows for place, text in enumerate(row) if text), default=0)
    widths = [sheet.column_dimensions[get_column_letter(place + 1)].width or _USUAL for place in range(used)]
    bold = [
        any(cell.value is not None and cell.font.bold for cell in row) for row in sheet.iter_rows(max_row=len(rows))
    ]
    return ReportPage(sheet.title, tuple(tuple(row[:used]) for row in rows), tuple(bold[: len(rows)]), tuple(widths))


def _written(value: object) -> str:
    """A number as it is read here: a share with its comma."""
    return str(value).replace(".", ",") if isinstance(value, float) else str(value)


def _open(template: Template) -> Any:
    """A template, found harmless as any foreign workbook must be."""
    place = Place(file=template.name)
    try:
        checked(io.BytesIO(template.content)).close()
        return openpyxl.load_workbook(io.BytesIO(template.content))
    except Refused as refusal:
        values = {"detail": refusal.detail, "file": template.name}
        raise FieldtoolError(refusal.code, place=place, values=values) from refusal
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile, SyntaxError, InvalidFileException) as error:
        values = {"detail": type(error).__name__}
        raise FieldtoolError(ErrorCode.NOT_A_WORKBOOK, place=place, values=values) from error


def _repeat_rows(sheet: Any, repeats: Mapping[int, int]) -> Any:
    """Make room for repeated rows; gives how far a row of the template has moved."""
    moved: dict[int, int] = {}
    for row in sorted(repeats, reverse=True):
        count = repeats[row]
        if count > 1:
            below = sheet.max_row
            if below > row:
                sheet.move_range(
                    f"A{row + 1}:{get_column_letter(sheet.max_column)}{below}", rows=count - 1, translate=True
                )
            for copied in range(1, count):
                for column in range(1, sheet.max_column + 1):
                    _same_look(sheet.cell(row, column), sheet.cell(row + copied, column))
        moved[row] = max(count, 1) - 1
        if not count:
            for column in range(1, sheet.max_column + 1):
                sheet.cell(row, column).value = None
    return lambda place: sum(by for row, by in moved.items() if row < place)


def _same_look(pattern: Any, cell: Any) -> None:
    if pattern.has_style:
        cell._style = copy.copy(pattern._style)


def _safe(value: float | int | str) -> float | int | str:
    """A text that Excel would take for a formula gets an apostrophe's worth of space before it."""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@") and len(value) > 1:
        return " " + value
    return value


def _sources(book: Any, placed: Sequence[tuple[str, Filling]], heads: Sequence[str]) -> None:
    sheet = book.create_sheet(SOURCES)
    sheet.append(list(heads) or ["sheet", "cell", "value", "of", "query", "village"])
    for cell, item in placed:
        if item.query:
            sheet.append([item.sheet, cell, item.value, item.of, item.query, item.village])
            link = sheet.cell(sheet.max_row, 2)
            link.hyperlink = f"#'{item.sheet}'!{cell}"
            book[item.sheet][cell].hyperlink = f"#'{SOURCES}'!A{sheet.max_row}"
    for column, width in zip("ABCDEF", (18, 10, 12, 10, 26, 30), strict=True):
        sheet.column_dimensions[column].width = width
