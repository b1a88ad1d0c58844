"""Values of cells as readers find them, made the plain values that are handed on."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from fieldtool.intake.cells import cell_text
from fieldtool.records.raw_books import Cell, Row

MARK = "\ue000"  # in front of a text's number, where no text of a cell begins with it
REMEMBERED = 50_000  # texts
TextsOf = Callable[[Sequence[bytes]], list[str]]  # texts by their numbers, cleaned


class Cleaned(dict[str, str]):
    """Cleaned texts by what stands in the file: a list repeats its villages, peoples and relations.

    `named` gives the texts that cells name by number with a MARK in front, cleaned already.
    """

    def __init__(self, named: TextsOf | None = None) -> None:
        super().__init__()
        self._named = named

    def __missing__(self, text: str) -> str:
        if len(self) > REMEMBERED:
            self.clear()
        if self._named is not None and text[:1] == MARK:
            clean = self._named([text[1:].encode("utf-8")])[0]
        else:
            clean = cell_text(text)
        self[text] = clean
        return clean


def cleaned(rows: Iterator[tuple[int, list[Any]]], read: Cleaned) -> Iterator[tuple[int, Row]]:
    """The rows that hold anything, in plain values."""
    for number, row in rows:
        cells: Row = [read[value] if type(value) is str else plain(value) for value in row]
        if cells.count("") < len(cells):
            yield number, cells


def plain(value: object) -> Cell:
    """A value that calamine or a page gives, as a cell holds it."""
    if type(value) is float or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, datetime.datetime | datetime.date):
        return (value.year, value.month, value.day)
    if isinstance(value, datetime.time):
        return value.isoformat()
    return str(value)
