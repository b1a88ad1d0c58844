"""In which order the date columns of a sheet have day and month, told by all of its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from fieldtool.intake.day_order import DayTeller
from fieldtool.intake.layout import DayOrder, Layout
from fieldtool.records.fields import BIRTH_FIELDS, DATE_FIELDS
from fieldtool.records.raw_books import HEAD_ROWS, RawSheet, Row


class Untold(NamedTuple):
    """Columns of dates of whose order nothing is told yet: those that hold nothing so far, which the first cell in them
    decides, and those of typed days, which stand as they are until the first text."""

    blank: frozenset[int] = frozenset()
    typed: frozenset[int] = frozenset()


def with_day_orders(layout: Layout, sheet: RawSheet) -> tuple[Layout, Untold]:
    """The layout with the order told for each column of dates, and the columns of which nothing is told yet.

    The rows of the sheet's head tell it unless the sheet goes on and its later rows might say otherwise; then all are
    looked at before any is read. A column that is blank in the head, or holds typed days alone there, is asked about
    when a cell, or a text, turns up in it.
    """
    below, head = layout.header_rows[1], sheet.head()
    asked = {
        column.index: DayTeller()
        for column in layout.columns
        if column.meaning in DATE_FIELDS and not column.order_told
    }
    for number, row in head:
        if number > below:
            _ask(asked, row)
    births = {column.index for column in layout.columns if column.meaning in BIRTH_FIELDS}
    untold = Untold()
    if len(head) >= HEAD_ROWS:
        blank = frozenset(index for index, teller in asked.items() if not teller.saw)
        typed = frozenset(i for i, teller in asked.items() if teller.of_typed_days(births=i in births))
        open_ones = {i: teller for i, teller in asked.items() if i not in blank | typed and not teller.settled}
        if open_ones:
            _ask_on(open_ones, sheet, head[-1][0])
        untold = Untold(blank, typed)
    columns = tuple(
        replace(column, order=asked[column.index].order(births=column.index in births))
        if column.index in asked
        else column
        for column in layout.columns
    )
    return replace(layout, columns=columns), untold


def order_of(index: int, layout: Layout, sheet: RawSheet) -> DayOrder:
    """The order of one column, told by all the rows of its sheet."""
    teller = DayTeller()
    _ask_on({index: teller}, sheet, layout.header_rows[1])
    births = any(column.index == index and column.meaning in BIRTH_FIELDS for column in layout.columns)
    return teller.order(births=births)


def _ask_on(tellers: Mapping[int, DayTeller], sheet: RawSheet, last: int) -> None:
    for number, row in sheet.again():
        if number > last:
            _ask(tellers, row)


def _ask(tellers: Mapping[int, DayTeller], row: Row) -> None:
    for index, teller in tellers.items():
        if index < len(row) and row[index] != "":
            teller.look(row[index])
