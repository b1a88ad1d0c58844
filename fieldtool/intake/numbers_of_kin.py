"""Whose number stands behind a relative's name and birth: the year inside the numbers tells it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from fieldtool.intake.cells import cell_text
from fieldtool.intake.columns import Extra, meaning_of
from fieldtool.intake.layout import Column
from fieldtool.records.fields import Field
from fieldtool.records.numbers import decode12
from fieldtool.records.raw_books import Row

_KIN = frozenset({Field.SPOUSE, Field.FATHER, Field.MOTHER})
_KINS_BIRTH = frozenset({Field.FATHER_DOB, Field.MOTHER_DOB})
_NUMBERS = frozenset({Field.N12, Extra.NUMBER})
_LEAST, _MOST, _FEW = 3, 0.8, 0.2
_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")


def with_kins_numbers(columns: tuple[Column, ...], below: Sequence[tuple[int, Row]]) -> tuple[Column, ...]:
    """The columns without a number that stands behind the name and birth of a spouse or parent and holds the years of
    that birth, not those of the person's own ("Họ tên | Năm sinh | Họ tên chồng | Năm sinh | Số CCCD")."""
    own = next((column for column in columns if column.meaning is Field.DOB and not column.twice), None)
    if own is None:
        return columns
    for kin, birth, number in zip(columns, columns[1:], columns[2:], strict=False):
        theirs = birth.meaning in _KINS_BIRTH or (birth.twice and meaning_of(birth.heading)[0] is Field.DOB)
        if kin.meaning in _KIN and theirs and number.meaning in _NUMBERS and not number.twice:
            told = [(row, year) for _, row in below if (year := _in_number(row, number.index))]
            of_kin = sum(year == _year(row, birth.index) for row, year in told)
            of_own = sum(year == _year(row, own.index) for row, year in told)
            if len(told) >= _LEAST and of_kin >= _MOST * len(told) and of_own <= _FEW * len(told):
                return tuple(replace(c, meaning=Extra.OTHER) if c is number else c for c in columns)
    return columns


def _in_number(row: Row, at: int) -> str:
    """The year of birth inside a personal number, "" where there is none."""
    digits = cell_text(row[at]).removesuffix(".0") if at < len(row) else ""
    decoded = decode12(digits.zfill(12) if len(digits) == 11 else digits)
    return str(decoded.year) if decoded is not None else ""


def _year(row: Row, at: int) -> str:
    found = _YEAR.search(cell_text(row[at])) if at < len(row) else None
    return found[0] if found else ""
