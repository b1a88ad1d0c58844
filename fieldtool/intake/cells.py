"""A cell's content as text, the way an officer reads it on the screen; nothing is interpreted beyond that."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable, Sequence

from fieldtool.records.raw_books import Cell, Row

_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufeff\u200b-\u200f\u2060]")
_INNER_BLANKS = re.compile("[\u00a0\u2007\u202f\u3000]")
_BLANKS = "\u00a0\u2007\u202f\u3000 \t\r\n"


def cell_text(cell: Cell) -> str:
    """The text of a cell: NFC, outer blanks and invisible characters gone, blanks of other kinds plain ones.

    A number has no ".0"; a day typed by Excel is dd/mm/yyyy.
    """
    if type(cell) is str:
        if cell.isascii() and cell.isprintable():
            return cell.strip(" ")
        text = cell if unicodedata.is_normalized("NFC", cell) else unicodedata.normalize("NFC", cell)
        if not text.isprintable():
            text = _INNER_BLANKS.sub(" ", _INVISIBLE.sub("", text))
        return text.strip(_BLANKS)
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int):
        return str(cell)
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e16 else repr(cell)
    if isinstance(cell, tuple):
        year, month, day = cell
        return f"{day:02d}/{month:02d}/{year:04d}"
    return str(cell)


def one_line(texts: Iterable[str]) -> str:
    """The distinct texts of a row in one line; " | " between them except behind a colon."""
    line = ""
    for text in dict.fromkeys(texts):
        line += f"{' ' if line.endswith(':') else ' | ' if line else ''}{text}"
    return line


def content_of(index: int, rows: Sequence[tuple[int, Row]]) -> list[str]:
    """The texts of the filled cells of a column."""
    return [text for _, row in rows if index < len(row) and (text := cell_text(row[index]))]


def serial_day(serial: int) -> str:
    """The day of an Excel serial number as dd/mm/yyyy (1900 system, with its false 29/02/1900)."""
    day = datetime.date(1899, 12, 30) + datetime.timedelta(days=serial if serial > 59 else serial + 1)
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def day_serial(year: int, month: int, day: int) -> int:
    """The Excel serial number of a day after February 1900."""
    return (datetime.date(year, month, day) - datetime.date(1899, 12, 30)).days
