"""The weekly report: a template whose cells name saved queries is filled; each filled cell leads to its list."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from fieldtool.ports import Home, Progress, no_progress
from fieldtool.records.errors import ErrorCode, FieldtoolError, Place
from fieldtool.records.roles import Power
from fieldtool.usecases.authority import current_user, require
from fieldtool.usecases.four_words import FourWords, four_words, keep_week, week_of, week_span
from fieldtool.usecases.report_template import Template, put_in_force, read_template, template_in_force
from fieldtool.usecases.saved_queries import Queries, Said
from fieldtool.usecases.seen_people import bounds_of
from fieldtool.usecases.seen_work import seen_work
from fieldtool.usecases.today import today

_NAMED = re.compile(r"\{\{\s*([a-z0-9_.:]+(?:@[a-z0-9\-]+)?)\s*\}\}")
EACH = "each.village"  # a row that bears it is repeated for every village
_TEXTS = ("unit", "week", "first", "last", "day", "officer", "village")


@dataclass(frozen=True, slots=True)
class TemplateCell:
    """A cell of the template that names something."""

    sheet: str
    cell: str
    row: int
    text: str


@dataclass(frozen=True, slots=True)
class Filling:
    """What stands in a cell afterwards; `query` and `village` lead to the list, "" for mere texts. `repeat` counts
    the copies of its row from 0."""

    sheet: str
    cell: str
    repeat: int
    value: float | int | str
    query: str = ""
    village: str = ""
    of: int | None = None


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A sheet of a filled report as it is to be printed: rows of texts, which of them are bold, widths of columns in
    the sheet's own unit (one letter of its usual font)."""

    title: str
    rows: tuple[tuple[str, ...], ...]
    bold: tuple[bool, ...]
    widths: tuple[float, ...]


class Templates(Protocol):
    """Workbooks as templates (fieldtool.excel.report_book)."""

    def cells(self, template: Template) -> list[TemplateCell]:
        """The cells that name something, row by row; NOT_A_WORKBOOK and its kin."""

    def fill(
        self,
        template: Template,
        fillings: Sequence[Filling],
        repeats: Mapping[tuple[str, int], int],
        heads: Sequence[str],
    ) -> bytes:
        """The filled workbook's bytes: `repeats` says how often a sheet's row stands; `heads` are the headings of
        the sheet of sources."""

    def pages(self, content: bytes) -> list[ReportPage]:
        """The sheets of a filled workbook as they are printed, without the sheet of sources."""


@dataclass(frozen=True, slots=True)
class WeeklyReport:
    """A filled report: bytes, what each cell says, and the figures behind it."""

    content: bytes
    fillings: tuple[Filling, ...]
    week: str
    words: FourWords


def weekly_report(
    home: Home,
    templates: Templates,
    template: Path | None = None,
    *,
    week: str = "",
    heads: Sequence[str] = (),
    progress: Progress = no_progress,
) -> WeeklyReport:
    """Fill the report of a week (this one) from a template (that in force). The figures of this week are kept on the
    way, for next week's comparison.

    BAD_TEMPLATE for a cell whose name is no query, with its sheet and cell.
    """
    require(home, Power.FIGURES)
    day = today(home).day
    now = not week or week == week_of(day)
    week = week or week_of(day)
    progress(0, 2, "count")
    kept = keep_week(home) if now else None
    seen = seen_work(home, home.work)
    within = bounds_of(home) is not None  # what is kept is the whole commune's; a collector reads his own villages'
    words = four_words(seen, min(week_span(week)[1], day)) if kept is None or within else kept
    form = read_template(home, template) if template else template_in_force(home)
    cells = templates.cells(form)
    villages = [village for village in home.people.villages() if village.id in words.villages]
    queries = Queries(home, seen, week, words.total, words.villages)
    rows = {(cell.sheet, cell.row) for cell in cells if EACH in cell.text}
    fillings: list[Filling] = []
    for cell in cells:
        places = [(v.id, v.name) for v in villages] if (cell.sheet, cell.row) in rows else [("", "")]
        for repeat, (village, name) in enumerate(places):
            texts = _texts(home, week, day, name)
            fillings += _fill(cell, repeat, village, queries, texts)
    progress(1, 2, "write")
    content = templates.fill(form, fillings, {row: len(villages) for row in rows}, heads)
    home.log.note("report", f"weekly {week}")
    return WeeklyReport(content, tuple(fillings), week, words)


def use_template(home: Home, templates: Templates, path: Path | None) -> None:
    """Put the unit's own template in force once a report was made from it, so that a wrong one is refused with its
    cell; None for the shipped one. Errors as `weekly_report`, and NOT_ALLOWED."""
    require(home, Power.TABLES)
    if path is not None:
        weekly_report(home, templates, path)
    put_in_force(home, read_template(home, path) if path is not None else None)


def _texts(home: Home, week: str, day: str, village: str) -> dict[str, str]:
    first, last = week_span(week)
    days = [f"{text[8:10]}/{text[5:7]}/{text[:4]}" for text in (first, last, day)]
    values = (home.card.unit_name, week, *days, current_user(home).name, village)
    return dict(zip(_TEXTS, values, strict=True)) | {EACH: ""}


def _fill(cell: TemplateCell, repeat: int, village: str, queries: Queries, texts: Mapping[str, str]) -> list[Filling]:
    """A cell that is one name becomes its number; names inside a text become parts of the text, and each of them is a
    filling of that cell, so that each leads to its own list."""
    found: list[tuple[Said, str]] = []

    def said(match: re.Match[str]) -> str:
        name, _, place = match.group(1).partition("@")
        if name in texts:
            return texts[name]
        answer = queries.ask(name, place or village)
        if answer is None:
            where = Place(sheet=cell.sheet, cell=cell.cell)
            raise FieldtoolError(ErrorCode.BAD_TEMPLATE, place=where, values={"detail": match.group(0)})
        found.append((answer, place or village))
        return str(answer.value)

    text = _NAMED.sub(said, cell.text)
    if "{{" in text:
        where = Place(sheet=cell.sheet, cell=cell.cell)
        raise FieldtoolError(ErrorCode.BAD_TEMPLATE, place=where, values={"detail": text[:60]})
    alone = len(found) == 1 and _NAMED.fullmatch(cell.text.strip())
    value = found[0][0].value if alone else text.strip()
    if not found:
        return [Filling(cell.sheet, cell.cell, repeat, value)]
    return [Filling(cell.sheet, cell.cell, repeat, value, item.query, place, item.of) for item, place in found]
