"""Whether a machine set to the US turned the dates of a column; told by all the cells at hand, never by one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from fieldtool.intake.layout import DayOrder
from fieldtool.records.dates import month_first
from fieldtool.records.raw_books import Cell

_DAY_MONTH = re.compile(r"(\d{1,2})(\s?[/.,\-\s\\]\s?)(\d{1,2})(?=\s?[/.,\-\s\\]\s?(?:\d{4}|\d{2})\Z)")
_FIVE = re.compile(r"[1-4]\d{4}")
SERIALS = range(3000, 60000)  # 1908 to 2064
_LEAST_TEXTS = _LEAST_TYPED = 3
# The chance that a day of a month lies below 13, and that it lies beyond: all typed ones the former and all texts the
# latter by mere chance must be rarer than one in a hundred. Who types days into cells of one column and has them come
# out of two kinds, parted at the 12th, has most likely such a machine already.
_WITHIN, _BEYOND, _CHANCE = 12 / 30.4, 18.4 / 30.4, 0.01
_ENOUGH_TYPED = 1000  # different days that are kept


@dataclass(slots=True)
class DayTeller:
    """Tells how the cells of one date column were written, looking at one after another and keeping none but the days
    that were typed.

    Texts are turned when some fit only month/day and none only day/month. Typed dates are turned when the column's
    texts are day/month beyond the 12th, which such a machine cannot type, while no typed date lies beyond the 12th.
    That is told of births alone: cards are issued and births registered by the hundred on a few days.
    """

    texts: int = 0
    serials: int = 0
    beyond: int = 0  # texts that fit only day/month
    within: int = 0  # texts that fit both
    turned: bool = False  # a text fits only month/day
    straight: bool = False  # a text does not fit month/day
    late: bool = False  # a day beyond the 12th was typed
    typed: set[tuple[int, int, int]] = field(default_factory=set)

    def look(self, cell: Cell) -> None:
        """Take in the next cell that is not blank."""
        if isinstance(cell, tuple):
            if cell[2] > 12:
                self.late = True
            elif len(self.typed) < _ENOUGH_TYPED:
                self.typed.add(cell)
        elif isinstance(cell, str):
            self._text(cell)

    def _text(self, text: str) -> None:
        self.texts += 1
        self.serials += bool(_FIVE.fullmatch(text)) and int(text) in SERIALS
        told = month_first(text)
        self.turned = self.turned or told is True
        self.straight = self.straight or told is False
        if match := _DAY_MONTH.match(text):
            first, second = int(match[1]), int(match[3])
            self.beyond += first > 12 >= second
            self.within += first <= 12

    @property
    def saw(self) -> bool:
        """Whether any cell was looked at that may tell."""
        return bool(self.texts or self.typed or self.late)

    def of_typed_days(self, *, births: bool) -> bool:
        """Whether all cells so far are days that were typed, and stand as they are: only a text can say anything more,
        and that of texts alone."""
        return self.saw and not self.texts and (self.late or not births)

    @property
    def settled(self) -> bool:
        """Whether no further cell can say otherwise, of columns that are not days as Excel counts them."""
        return self._counted() or (self.straight and (self.late or self.within > 0))

    def _counted(self) -> bool:
        """Whether the texts are the days that Excel counts, all but a few: five figures, of 1908 to 2064."""
        return self.serials >= _LEAST_TEXTS and self.serials >= 0.8 * self.texts

    def order(self, *, births: bool) -> DayOrder:
        """How the cells seen so far were written."""
        if self._counted():
            return DayOrder.SERIALS
        if self.turned and not self.straight:
            return DayOrder.TEXT_TURNED
        # 01/01 is written for unknown days, and like 05/05 is the same turned: neither tells.
        telling = sum(1 for _, month, day in self.typed if month != day)
        enough = births and self.beyond >= _LEAST_TEXTS and telling >= _LEAST_TYPED
        if not enough or self.within or self.late or _WITHIN**telling * _BEYOND**self.beyond > _CHANCE:
            return DayOrder.DAY_FIRST
        return DayOrder.TYPED_TURNED


def turned_text(text: str) -> str:
    """A month/day text as day/month; unchanged when its first number can be no month or it is no such date."""
    match = _DAY_MONTH.match(text)
    if match is None or int(match[1]) > 12:
        return text
    return f"{match[3]}{match[2]}{match[1]}{text[match.end() :]}"
