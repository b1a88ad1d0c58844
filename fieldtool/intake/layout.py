"""The layout of a sheet: where its heading stands and what each column means. Values only; recognise.py finds it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from fieldtool.intake.columns import Meaning, words
from fieldtool.records.fields import DocumentKind


class DayOrder(StrEnum):
    """In which order a column of dates has day and month."""

    DAY_FIRST = "day_first"
    TEXT_TURNED = "text_turned"  # texts are month/day: the list came from a machine set to the US
    SERIALS = "serials"  # days as Excel counts them, saved as texts: 31245
    TYPED_TURNED = "typed_turned"  # such a machine took 02/03 for February 3rd, and left 13/02 as text


UNICODE = "Unicode"  # an officer's word that a column is in no old encoding, whatever its font is called


@dataclass(frozen=True, slots=True)
class Column:
    """One column: position from 0, its heading as written, its meaning (None: not understood), how sure (0..1)."""

    index: int
    heading: str
    meaning: Meaning | None
    sure: float = 1.0
    encoding: str = ""  # of legacy_fonts, when the whole column is in one; UNICODE when an officer says so
    twice: bool = False  # another column of the same meaning was taken
    order: DayOrder = DayOrder.DAY_FIRST  # how the days of a date column were written
    order_told: bool = False  # an officer said so; the content is not asked
    codes: str = ""  # what the figures of a sex column stand for ("0: nam, 1: nu"), where the names tell it
    exchanged: bool = False  # its cells are what another heading says, and the other's what its own says


@dataclass(frozen=True, slots=True)
class Layout:
    """What was recognised of a sheet. Rows count from 1; `header_rows` is (first, last).

    `kind_sure` is false when nothing told the kind of list and a household list was assumed. `title` holds the lines
    above the heading. `village` and `commune` come from the title when it names them.
    """

    sheet: str
    header_rows: tuple[int, int]
    columns: tuple[Column, ...]
    kind: DocumentKind
    kind_sure: bool = True
    title: tuple[str, ...] = ()
    village: str = ""
    bold_heads: bool = False  # a bold name starts a household
    capital_heads: bool = False  # so does one in capitals
    named_relations: bool = False  # relations stand beside names, in their cells
    grouped: bool = True  # rows stand together by household, so that members inherit from the head above
    guessed: bool = False  # no heading told the columns: their content did

    def column(self, meaning: Meaning) -> int | None:
        """The position of the column with a meaning."""
        for column in self.columns:
            if column.meaning is meaning:
                return column.index
        return None

    def meanings(self) -> frozenset[Meaning]:
        """All meanings the sheet has."""
        return frozenset(column.meaning for column in self.columns if column.meaning is not None)

    @property
    def fingerprint(self) -> str:
        """Equal for sheets with equal headings, so that a corrected mapping is remembered; 16 hex digits."""
        text = "|".join(words(column.heading) for column in self.columns)
        return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


@lru_cache(maxsize=1024)
def letter(index: int) -> str:
    """The letters of a column counted from 0: 0 → A, 26 → AA."""
    text = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(65 + rest) + text
    return text
