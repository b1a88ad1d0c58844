"""Two columns whose cells stand below one another's headings: dates below "Số CCCD" and numbers below "Ngày sinh",
names below "Giới tính". What the cells are goes before what the headings say, and the officer is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from fieldtool.intake.cells import cell_text, content_of
from fieldtool.intake.checks import sex_of, written_as_name
from fieldtool.intake.columns import Extra, Meaning
from fieldtool.intake.joins import sex_codes
from fieldtool.intake.layout import Column, Layout
from fieldtool.records.fields import Field
from fieldtool.records.raw_books import Row

_LEAST = 3  # cells of each
_MOST, _HARDLY = 0.8, 0.1  # share of them that is of the other's kind, and of its own
_BIRTH = re.compile(
    r"(?:\d{1,2}\s?[/.\-]\s?){0,2}(?:1[89]|20)\d\d|(?:1[89]|20)\d\d-\d\d-\d\d|\d{1,2}([/.-])\d{1,2}\1\d\d"
)
_NUMBER = re.compile(r"\d{9}|\d{12}")


def _number(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text.replace(" ", "")))


def _birth(text: str) -> bool:
    return bool(_BIRTH.fullmatch(text))


def _sex(text: str) -> bool:
    return text.isalpha() and bool(sex_of(text))


_KINDS: Mapping[Meaning, Callable[[str], bool]] = {
    Field.NAME: written_as_name, Field.SEX: _sex, Field.DOB: _birth, Field.N12: _number, Field.N9: _number,
    Extra.NUMBER: _number,
}  # fmt: skip


def with_exchanged(columns: tuple[Column, ...], below: Sequence[tuple[int, Row]]) -> tuple[Column, ...]:
    """The columns with every such two exchanged, and marked."""
    known = [column for column in columns if column.meaning in _KINDS]
    texts = {column.index: content_of(column.index, below) for column in known}
    swap: dict[int, Meaning | None] = {}
    for first, second in combinations(known, 2):
        if _holds(texts[first.index], second, first) and _holds(texts[second.index], first, second):
            swap |= {first.index: second.meaning, second.index: first.meaning}
    return tuple(replace(c, meaning=swap[c.index], exchanged=True) if c.index in swap else c for c in columns)


def _holds(texts: Sequence[str], like: Column, headed: Column) -> bool:
    """Whether the cells below one heading are of another column's kind and not of its own."""
    if len(texts) < _LEAST or like.meaning is None or headed.meaning is None:
        return False
    others, own = _KINDS[like.meaning], _KINDS[headed.meaning]
    if others is own:
        return False
    return sum(map(others, texts)) >= _MOST * len(texts) and sum(map(own, texts)) <= _HARDLY * len(texts)


_WOMAN = re.compile(r"\s(?:thị|thi|y)\s", re.IGNORECASE)


def parents_turned(layout: Layout, head: Sequence[tuple[int, Row]]) -> Column | None:
    """The father's column where it names women and the mother's does not; they are read as their headings say."""
    columns = {column.meaning: column for column in layout.columns}
    father, mother = columns.get(Field.FATHER), columns.get(Field.MOTHER)
    if father is None or mother is None:
        return None
    below = [line for line in head if line[0] > layout.header_rows[1]]
    women = [[bool(_WOMAN.search(text)) for text in content_of(c.index, below)] for c in (father, mother)]
    if min(map(len, women)) < _LEAST:
        return None
    turned = sum(women[0]) >= _MOST / 2 * len(women[0]) and sum(women[1]) <= _HARDLY * len(women[1])
    return father if turned else None


_MAN = re.compile(r"\s(?:văn|van|bá|ba)\s", re.IGNORECASE)


def with_sex_codes(columns: tuple[Column, ...], below: Sequence[tuple[int, Row]]) -> tuple[Column, ...]:
    """A column of sexes in figures that means them the other way round: the names say so ("Thị", "Văn")."""
    place = {column.meaning: column.index for column in columns}
    if not {Field.NAME, Field.SEX} <= place.keys():
        return columns
    told: dict[str, list[int]] = {}
    for _, row in below:
        name, code = (cell_text(row[i]) if (i := place[f]) < len(row) else "" for f in (Field.NAME, Field.SEX))
        if code in ("0", "1", "2") and bool(_WOMAN.search(name)) is not bool(_MAN.search(name)):
            told.setdefault(code, [0, 0])[bool(_WOMAN.search(name))] += 1
    if len(told) != 2 or not all(max(counts) >= 2 and min(counts) <= _HARDLY * sum(counts) for counts in told.values()):
        return columns
    meant = {code: "nu" if counts[1] > counts[0] else "nam" for code, counts in told.items()}
    codes = ", ".join(f"{code}: {sex}" for code, sex in sorted(meant.items()))
    return tuple(replace(c, codes=codes) if sex_codes(codes) and c.meaning is Field.SEX else c for c in columns)
