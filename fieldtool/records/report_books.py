"""A report workbook as values: a first sheet of lines, then lists with marked cells and words beside their rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A row at its own number. `marks`: column → how grave ("note", "parked", "refused"); `verdict` "" for a row that
    is no row of data; `told` are verdict, reasons and what to do, in words."""

    number: int
    cells: Sequence[str]
    marks: Mapping[int, str]
    verdict: str = ""
    told: tuple[str, str, str] = ("", "", "")


@dataclass(frozen=True, slots=True)
class ReportSheet:
    """A sheet: its rows once, in order. The three columns of `told` stand from `beside` on; `heading` is the last row
    of the heading, 0 for none, and `titles` the words above the three columns. `merged` as in SheetLook, by the columns
    of the rows."""

    name: str
    heading: int
    beside: int
    titles: tuple[str, str, str]
    rows: Iterator[ReportRow]
    merged: tuple[tuple[int, int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class ReportBook:
    """A report: the lines of its first sheet (an empty first text makes a heading of a line), then the lists."""

    summary: tuple[str, tuple[tuple[str, ...], ...]]  # name, lines
    sheets: Iterable[ReportSheet]
