"""Whether a machine set to the US turned the dates of a column; told by all the cells at hand, never by one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from fieldtool.intake.layout import DayOrder
from fieldtool.records.dates import month_first_column
from fieldtool.records.raw_books import Cell

_DAY_MONTH = re.compile(r"(\d{1,2})(\s?[/.,\-\s\\]\s?)(\d{1,2})(?=\s?[/.,\-\s\\]\s?(?:\d{4}|\d{2})\Z)")
_FIVE = re.compile(r"[1-4]\d{4}")
SERIALS = range(3000, 60000)  # 1908 to 2064
_LEAST_TEXTS = 3
# The chance that so many days of a month all lie below 13 without cause is (12/30.4)^8, about 1 in 1,700.
_LEAST_TYPED = 8


def day_order(cells: Iterable[Cell], *, births: bool) -> DayOrder:
    """How the cells of one date column were written.

    Texts are turned when some fit only month/day and none only day/month. Typed dates are turned when the column's
    texts are day/month beyond the 12th, which such a machine cannot type, while no typed date lies beyond the 12th.
    That is told of `births` alone: cards are issued and births registered by the hundred on a few days.
    """
    texts: list[str] = []
    typed: set[tuple[int, int, int]] = set()
    for cell in cells:
        if isinstance(cell, str):
            texts.append(cell)
        elif isinstance(cell, tuple):
            typed.add(cell)
    if _serials(texts):
        return DayOrder.SERIALS
    if month_first_column(texts):
        return DayOrder.TEXT_TURNED
    beyond = sum(1 for text in texts if (match := _DAY_MONTH.match(text)) and int(match[1]) > 12 >= int(match[3]))
    within = sum(1 for text in texts if (match := _DAY_MONTH.match(text)) and int(match[1]) <= 12)
    # 01/01 is written for unknown days, and like 05/05 is the same turned: neither tells.
    telling = sum(1 for _, month, day in typed if month != day)
    if (
        births
        and beyond >= _LEAST_TEXTS
        and not within
        and telling >= _LEAST_TYPED
        and all(day <= 12 for _, _, day in typed)
    ):
        return DayOrder.TYPED_TURNED
    return DayOrder.DAY_FIRST


def _serials(texts: list[str]) -> bool:
    """Whether a column's texts are the days that Excel counts, all but a few: five figures, of 1908 to 2036."""
    filled = [text for text in texts if text]
    fits = sum(1 for text in filled if _FIVE.fullmatch(text) and int(text) in SERIALS)
    return fits >= _LEAST_TEXTS and fits >= 0.8 * len(filled)


def turned_text(text: str) -> str:
    """A month/day text as day/month; unchanged when its first number can be no month or it is no such date."""
    match = _DAY_MONTH.match(text)
    if match is None or int(match[1]) > 12:
        return text
    return f"{match[3]}{match[2]}{match[1]}{text[match.end() :]}"
