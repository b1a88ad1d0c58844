"""Lists of people called together (mobile card sessions, activation days) by village, and tables of figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from fieldtool.reports.pages import document, gap, table, words


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


def figures_sheet(title: str, parts: Sequence[tuple[str, Sequence[Sequence[str]]]], heads: Sequence[str]) -> bytes:
    """The weekly figures on paper: a heading and a table for each part."""
    story: list[Any] = [words(title, 14, bold=True)]
    for name, rows in parts:
        lines = [[words(head, 9, bold=True) for head in heads]]
        lines += [[words(text, 9) for text in row] for row in rows]
        story += [gap(), words(name, 11, bold=True), gap(1), table(lines, (110, 22, 22, 26))]
    return document(story, title)
