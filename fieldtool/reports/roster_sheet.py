"""Lists of people called together (mobile card sessions, activation days) by village; reports as in their workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from fieldtool.reports.pages import document, gap, new_page, table, words
from fieldtool.usecases.weekly_report import ReportPage

_PAPER = 180.0  # millimetres between the margins


def roster(
    title: str,
    heads: Sequence[str],
    villages: Mapping[str, Iterable[Sequence[str]]],
    widths: Sequence[float],
    footer: str = "",
) -> bytes:
    """A roster: for each village a table with a number, the columns given, and none left to guess."""
    story: list[Any] = [words(title, 14, bold=True)]
    for village, rows in villages.items():
        lines = [[words(head, 8.5, bold=True) for head in ("#", *heads)]]
        for number, row in enumerate(rows, start=1):
            lines.append([words(str(number), 8.5), *(words(text, 8.5) for text in row)])
        story += [gap(), words(village, 11, bold=True), gap(1), table(lines, (8, *widths))]
    return document(story, title, footer, wide=True)


def report_sheets(title: str, pages: Sequence[ReportPage], footer: str = "") -> bytes:
    """A filled report on paper as its workbook stands: a row of one text is a line of its own, rows of several make
    tables, each sheet begins a page."""
    story: list[Any] = []
    for page in pages:
        if story:
            story.append(new_page())
        story += _sheet(page)
    return document(story or [words(title, 14, bold=True)], title, footer)


def _sheet(page: ReportPage) -> Iterator[Any]:
    whole = sum(page.widths) or 1.0
    widths = [_PAPER * width / whole for width in page.widths]
    lines: list[list[Any]] = []
    for row, bold in zip(page.rows, page.bold, strict=True):
        texts = [words(text, 8.25, bold=bold) for text in row]
        if sum(bool(text) for text in row) > 1:
            lines.append(texts)
            continue
        if lines:
            yield table(lines, widths, head=0, close=True)
            lines = []
        alone = next((text for text in row if text), "")
        yield words(alone, 10.5 if bold else 9, bold=bold) if alone else gap(2)
    if lines:
        yield table(lines, widths, head=0, close=True)
