"""A book read in this process, to be looked at row by row."""

from __future__ import annotations

from pathlib import Path

from fieldtool.excel import child
from fieldtool.excel.source_book import look_of
from fieldtool.records.raw_books import MemoryBook, MemorySheet


def opened(path: Path) -> MemoryBook:
    """A book read in this process."""
    source = child.opened(path)
    sheets = []
    for index, (name, hidden) in enumerate(source.sheets()):
        look = look_of(source.look(index))  # type: ignore[arg-type]
        content: list[list[object]] = []
        for number, row in source.rows(index):
            content += [[] for _ in range(number - 1 - len(content))]
            content.append(row)
        sheets.append(MemorySheet(name, tuple(content), look, hidden))
    return MemoryBook(path.name, tuple(sheets))
