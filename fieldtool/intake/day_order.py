"""Whether a machine set to the US turned the dates of a column; told by the whole column, never by one cell."""

from __future__ import annotations

import re
from collections.abc import Iterable

from fieldtool.intake.layout import DayOrder
from fieldtool.records.dates import month_first_column
from fieldtool.records.raw_books import Cell

_DAY_MONTH = re.compile(r"(\d{1,2})([/.\-])(\d{1,2})(?=[/.\-]\d{2,4}\Z)")
_LEAST_TEXTS = 3
# The chance that so many days of a month all lie below 13 without cause is (12/30.4)^8, about 1 in 1,700.
_LEAST_TYPED = 8


def day_order(cells: Iterable[Cell]) -> DayOrder:
    """How the cells of one date column were written.

    Texts are turned when some fit only month/day and none only day/month. Typed dates are turned when the column's
    texts are day/month beyond the 12th, which such a machine cannot type, while no typed date lies beyond the 12th.
    """
    texts: list[str] = []
    typed: list[int] = []
    for cell in cells:
        if isinstance(cell, str):
            texts.append(cell)
        elif isinstance(cell, tuple):
            typed.append(cell[2])
    if month_first_column(texts):
        return DayOrder.TEXT_TURNED
    beyond = sum(1 for text in texts if (match := _DAY_MONTH.match(text)) and int(match[1]) > 12 >= int(match[3]))
    within = sum(1 for text in texts if (match := _DAY_MONTH.match(text)) and int(match[1]) <= 12)
    if beyond >= _LEAST_TEXTS and not within and len(typed) >= _LEAST_TYPED and max(typed) <= 12:
        return DayOrder.TYPED_TURNED
    return DayOrder.DAY_FIRST


def turned_text(text: str) -> str:
    """A month/day text as day/month; unchanged when its first number can be no month or it is no such date."""
    match = _DAY_MONTH.match(text)
    if match is None or int(match[1]) > 12:
        return text
    return f"{match[3]}{match[2]}{match[1]}{text[match.end() :]}"
