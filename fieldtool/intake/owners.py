"""Whose columns are: what stands beside another person's name speaks of him and not of the row's own person."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from fieldtool.intake.cells import content_of
from fieldtool.intake.columns import Extra, Meaning, flat, meaning_of, number_family, of_others, words
from fieldtool.intake.layout import Column
from fieldtool.records.fields import Field
from fieldtool.records.raw_books import Row


def with_owners(columns: tuple[Column, ...], below: Sequence[tuple[int, Row]]) -> tuple[Column, ...]:
    """The columns with those of parents, heads, declarants and insurance cards told apart from the person's own."""
    return _theirs(_parents_own(_members_own(_expiring(_heads_named(columns, below)))))


ISSUE_WORDS = re.compile(r"\b(?:ngay|noi|cap|va)\b")
_HOME_WORD = re.compile(r"^(?:ho|h|so)\b|\d")


def _heads_named(columns: tuple[Column, ...], below: Sequence[tuple[int, Row]]) -> tuple[Column, ...]:
    """A column "Hộ" that holds the names of heads, not numbers of homes."""
    if any(column.meaning is Field.HEAD for column in columns):
        return columns
    for column in columns:
        if column.meaning is Extra.HOUSEHOLD_NO:
            texts = [flat(text) for text in content_of(column.index, below)]
            named = sum(" " in text and not _HOME_WORD.search(text) for text in texts)
            if texts and named >= 0.6 * len(texts):
                return tuple(replace(c, meaning=Field.HEAD) if c is column else c for c in columns)
    return columns


_INSURED = re.compile(r"\b(?:bhyt|bao hiem)\b")


def _expiring(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """In a list of insurance cards "Giá trị đến" is no expiry of an identity card."""
    if not any(_INSURED.search(words(column.heading)) for column in columns):
        return columns
    return tuple(
        replace(column, meaning=Extra.OTHER)
        if column.meaning is Field.EXPIRY and number_family(ISSUE_WORDS.sub(" ", words(column.heading))) is None
        else column
        for column in columns
    )


_PERSONAL = frozenset({Field.DOB, Field.SEX, Field.N12, Field.N9, Extra.NUMBER, Field.ETHNICITY})


def _members_own(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Where heads and members stand in one line, what is said of both belongs to whose name it follows."""
    place = {column.meaning: column.index for column in columns}
    head, name = place.get(Field.HEAD, -1), place.get(Field.NAME, -1)
    if not 0 <= head < name:
        return columns
    kinds = {c.index: m for c in columns if (m := c.meaning if not c.twice else meaning_of(c.heading)[0]) in _PERSONAL}
    of_heads = {m: index for index, m in kinds.items() if head < index < name}
    own = {m: index for index, m in reversed(kinds.items()) if index > name and m in of_heads}
    swap: dict[int, Meaning] = {index: Extra.OTHER for m, index in of_heads.items() if m in own}
    swap |= {index: m for m, index in own.items() if m is not None}
    return tuple(
        replace(column, meaning=swap[column.index], twice=False) if column.index in swap else column
        for column in columns
    )


_BIRTH_OF: Mapping[Meaning, Meaning] = {Field.FATHER: Field.FATHER_DOB, Field.MOTHER: Field.MOTHER_DOB}


def _parents_own(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """What stands behind the father's name and again behind the mother's ("Năm sinh | CMND") is the parents'; so is a
    birth behind a parent's name in a list that has the person's own elsewhere."""
    runs = {m: _behind(columns, place) for place, c in enumerate(columns) if (m := c.meaning) in _BIRTH_OF}
    swap: dict[int, Meaning] = {}
    father, mother = runs.get(Field.FATHER, []), runs.get(Field.MOTHER, [])
    for one, other in zip(father, mother, strict=False):
        if words(one.heading) != words(other.heading):
            break
        births = _meant(one) is Field.DOB
        swap[one.index] = Field.FATHER_DOB if births else Extra.OTHER
        swap[other.index] = Field.MOTHER_DOB if births else Extra.OTHER
    taken = {column.meaning for column in columns}
    for parent, run in runs.items():
        birth = _BIRTH_OF[parent] if parent is not None else None
        if birth and birth not in taken and run and run[0].twice and _meant(run[0]) is Field.DOB:
            swap.setdefault(run[0].index, birth)
    settled = [replace(c, meaning=swap[c.index], twice=False) if c.index in swap else c for c in columns]
    left = {c.meaning for c in settled}
    for place, column in enumerate(settled):
        meant = _meant(column) if column.twice else None
        if meant is not None and meant not in left and meant in _PERSONAL:
            settled[place] = replace(column, meaning=meant, twice=False)
            left.add(meant)
    return tuple(settled)


def _behind(columns: Sequence[Column], place: int) -> list[Column]:
    """The columns behind a parent's name that could speak of him."""
    run: list[Column] = []
    for column in columns[place + 1 :]:
        if _meant(column) not in _PERSONAL or not column.heading or "/" in column.heading:
            break
        run.append(column)
    return run


def _meant(column: Column) -> Meaning | None:
    return meaning_of(column.heading)[0] if column.twice else column.meaning


_BARE_RELATION = frozenset({"quan he", "qh", "moi quan he", "mqh"})


def _theirs(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """A bare "Quan hệ" beside the name of a declarant is his, not one with the head of a household."""
    return tuple(
        replace(column, meaning=Extra.OTHER)
        if column.meaning is Field.RELATION and words(column.heading) in _BARE_RELATION and of_others(words(before))
        else column
        for before, column in zip(["", *(c.heading for c in columns)], columns, strict=False)
    )
