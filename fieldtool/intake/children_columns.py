"""Lists with a parent in each line and the children in columns of their own ("Con thứ nhất | Năm sinh | Con thứ hai |
…"), given out with one line a person: the parent, then each child with the names of the parents that the line tells.

Where a line names father and mother only as such, the parents stand in the children's lines and have none themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from fieldtool.intake.cells import cell_text
from fieldtool.intake.checks import sex_of
from fieldtool.intake.columns import Extra, Meaning, meaning_of, words
from fieldtool.intake.layout import letter
from fieldtool.intake.retold import Line, RetoldSheet
from fieldtool.records.fields import Field
from fieldtool.records.raw_books import Cell, RawSheet, Row

_HEADING_ROWS = 40
_LOOKED_AT = 400  # rows by which it is told whether children are named
_LEAST = 2  # children with columns of their own
_CHILD = re.compile(
    r"(?:(?:ho (?:va )?ten|ten) )?(?:con|chau|tre)(?: (?:thu|so))? "
    r"(nhat|hai|ba|tu|bon|nam|sau|bay|tam|chin|muoi|dau|ut|\d{1,2}|i{1,3}|iv|v)\b"
)
_MOTHER, _FATHER = re.compile(r"\b(?:me|vo|san phu|ba me)\b"), re.compile(r"\b(?:cha|bo|chong)\b")
# What may be told of a child behind his name, with the heading that says it of the person of a line.
_OF_A_CHILD: Mapping[Meaning, str] = {
    Field.DOB: "Ngày sinh", Field.SEX: "Giới tính", Field.N12: "Số CCCD", Extra.NUMBER: "Số CCCD",
    Field.REG_NO: "Số khai sinh",
}  # fmt: skip
_SHARED: frozenset[Meaning | None] = frozenset({
    Field.PLACE, Field.BOOK, Field.HEAD, Extra.VILLAGE, Extra.COMMUNE, Extra.DISTRICT, Extra.PROVINCE,
    Extra.HOUSEHOLD_NO,
})  # fmt: skip
_NAMES: frozenset[Meaning | None] = frozenset({Field.NAME, Field.HEAD})


@dataclass(frozen=True, slots=True)
class _Child:
    """The columns of one child: the name's, and those of what is told of him."""

    name: int
    told: Mapping[Meaning, int]


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the heading stands and what its columns are; -1 for a column that the list has not."""

    first: int  # row numbers
    last: int
    headings: Sequence[str]
    children: Sequence[_Child]
    own: int  # the name of the line's own person
    sex: int
    mother: int
    father: int
    shared: frozenset[int]
    targets: Mapping[Meaning, int]  # where a child's facts go


class ChildrenSheet(RetoldSheet):
    """Such a sheet as a list. `cells` tells where each cell of the child given out last stands on the sheet."""

    def __init__(self, sheet: RawSheet, columns: _Columns) -> None:
        super().__init__(sheet)
        self.row, self.column = columns.first, columns.children[0].name
        self.parents_too = columns.own >= 0  # lines of parents are no lines of a register of births
        self._at = columns
        self._struck = sheet.look.struck
        self._crossed = dict(self._struck)  # told anew for each person before he is given out
        self.look = replace(sheet.look, struck=self._crossed, merged=())

    def _given(self, lines: Iterable[Line]) -> Iterator[Line]:
        at = self._at
        for number, row in lines:
            if number == at.first:
                yield number, list(at.headings)
            elif number < at.first:
                yield number, row
            elif number > at.last:
                yield from self._family(number, row)

    def _family(self, number: int, row: Row) -> Iterator[Line]:
        """The line of the parent, where it has one, and those of the children."""
        at = self._at
        children = [child for child in at.children if _named(_at(row, child.name))]
        taken = {index for child in at.children for index in (child.name, *child.told.values())}
        rest: Row = [cell if index not in taken else "" for index, cell in enumerate(row)]
        self.cells.clear()
        self._cross(number, {index: index for index in range(len(row)) if index not in taken})
        parents = at.own < 0 and children and (at.mother >= 0 or at.father >= 0)
        if any(cell != "" for cell in rest) and not parents:
            yield number, rest
        for child in children:
            yield self._child(number, row, child)

    def _child(self, number: int, row: Row, child: _Child) -> Line:
        at = self._at
        line: Row = [""] * len(at.headings)
        source = {index: index for index in at.shared if _at(row, index) != ""}
        source |= {at.targets[Field.NAME]: child.name}
        source |= {at.targets[meaning]: index for meaning, index in child.told.items() if _at(row, index) != ""}
        mother, father = self._parents(row)
        source |= {at.targets[Field.MOTHER]: mother} if mother >= 0 else {}
        source |= {at.targets[Field.FATHER]: father} if father >= 0 else {}
        if at.own < 0:  # what else is told of the parents
            others = {c for other in at.children for c in (other.name, *other.told.values())}
            source = {i: i for i in range(len(row)) if i not in others and row[i] != ""} | source
        for target, index in source.items():
            line[target] = _at(row, index)
        self.cells.clear()
        self.cells.update({(number, target): f"{letter(index)}{number}" for target, index in source.items()})
        self._cross(number, source)
        return number, line

    def _parents(self, row: Row) -> tuple[int, int]:
        """The columns of mother and father; the line's own person is one of them where his sex is told."""
        at = self._at
        mother, father = at.mother, at.father
        told = sex_of(cell_text(_at(row, at.sex))) if at.own >= 0 and at.sex >= 0 else ""
        if told == "F" and mother < 0:
            mother = at.own
        elif told == "M" and father < 0:
            father = at.own
        return mother, father

    def _cross(self, number: int, source: Mapping[int, int]) -> None:
        """Say which cells of the line given out next are struck through."""
        if bits := self._struck.get(number, 0):
            self._crossed[number] = sum(1 << target for target, index in source.items() if bits >> index & 1)


def children_list(sheet: RawSheet) -> ChildrenSheet | None:
    """The sheet as a list of people where children stand in columns of their own, None for any other sheet."""
    head = sheet.head()
    if sheet.look.fonts or sheet.look.formulas:
        return None
    for place, (_, row) in enumerate(head[:_HEADING_ROWS]):
        if len({match[1] for cell in row if isinstance(cell, str) and (match := _CHILD.match(words(cell)))}) >= _LEAST:
            columns = _columns(head, place)
            return ChildrenSheet(sheet, columns) if columns is not None else None
    return None


def _columns(head: Sequence[Line], place: int) -> _Columns | None:
    number, row = head[place]
    below = head[place + 1][1] if place + 1 < len(head) else []
    lower = {i: text for i, cell in enumerate(below) if (text := cell_text(cell))}
    if not lower or not all(meaning_of(text)[1] >= 0.5 for text in lower.values()):
        lower = {}  # no second row of headings
    width = max(len(row), len(below) if lower else 0)
    upper = [cell_text(_at(row, index)) for index in range(width)]
    children = _children(upper, lower)
    if len(children) < _LEAST:
        return None
    rows = [cells for line, cells in head[place + 1 + bool(lower) :][:_LOOKED_AT]]
    texts = [text for child in children for cells in rows if (text := cell_text(_at(cells, child.name)))]
    if 2 * sum(" " in text and not any(map(str.isdecimal, text)) for text in texts) <= len(texts):
        return None  # "Trẻ 1 tuổi | Trẻ 2 tuổi" counts children
    taken = {index for child in children for index in (child.name, *child.told.values())}
    headings = ["" if i in taken else lower.get(i) or upper[i] for i in range(width)]
    meant = {i: meaning_of(text)[0] for i, text in enumerate(headings) if text}
    mother = next((i for i, m in meant.items() if _parent(m, headings[i], Field.MOTHER, _MOTHER)), -1)
    father = next((i for i, m in meant.items() if _parent(m, headings[i], Field.FATHER, _FATHER)), -1)
    own = next((i for i, meaning in meant.items() if meaning in _NAMES), -1)
    if own < 0:
        own = next((i for i in (mother, father) if i >= 0 and meant[i] not in (Field.MOTHER, Field.FATHER)), -1)
        if own >= 0:
            headings[own] = "Họ và tên"  # "Họ tên vợ": a list of couples by the wife
    said = {meaning: i for i, meaning in reversed(meant.items()) if meaning is not None}
    targets: dict[Meaning, int] = {Field.NAME: own} if own >= 0 else {}
    wanted: dict[Meaning, str] = {Field.NAME: "Họ và tên", Field.MOTHER: "Họ tên mẹ", Field.FATHER: "Họ tên cha"}
    wanted |= {meaning: _OF_A_CHILD[meaning] for child in children for meaning in child.told}
    for meaning, heading in wanted.items():
        kept = meaning not in (Field.NAME, Field.MOTHER, Field.FATHER) or meant.get(said.get(meaning, -1)) is meaning
        if meaning not in targets and meaning in said and kept:
            targets[meaning] = said[meaning]
        elif meaning not in targets:
            targets[meaning] = len(headings)
            headings.append(heading)
    shared = frozenset(i for i, meaning in meant.items() if meaning in _SHARED and i != own)
    last = head[place + 1][0] if lower else number
    return _Columns(number, last, headings, children, own, said.get(Field.SEX, -1), mother, father, shared, targets)


def _children(upper: Sequence[str], lower: Mapping[int, str]) -> list[_Child]:
    """The columns of each child: from the one that names him up to the next that says nothing of him."""
    starts = [i for i, text in enumerate(upper) if _CHILD.match(words(text)) and not _fact(text)]
    children = []
    for place, start in enumerate(starts):
        end = starts[place + 1] if place + 1 < len(starts) else len(upper)
        ordinal = _CHILD.match(words(upper[start]))
        told: dict[Meaning, int] = {}
        for index in range(start + 1, end):
            own = _CHILD.search(words(upper[index]))
            if (own and ordinal and own[1] != ordinal[1]) or (upper[index] and start in lower and not own):
                break
            meaning = _fact(lower.get(index, "") or upper[index])
            if meaning is None:
                break
            told.setdefault(meaning, index)
        children.append(_Child(start, told))
    return children


def _fact(heading: str) -> Meaning | None:
    """What a heading tells of a child besides his name ("Năm sinh con thứ nhất")."""
    rest = re.sub(r"\b(?:cua )?" + _CHILD.pattern, "", words(heading)).strip()
    meaning, sure = meaning_of(rest) if rest else (None, 0.0)
    return meaning if meaning in _OF_A_CHILD and sure >= 0.5 else None


def _parent(meaning: Meaning | None, heading: str, parent: Field, word: re.Pattern[str]) -> bool:
    """Whether a column names a parent: as such, or as wife or husband."""
    named = meaning in (Field.SPOUSE, Field.NAME, None, Extra.OTHER) and bool(
        re.search(r"\b(?:ho|ten)\b", words(heading))
    )
    return meaning is parent or (named and bool(word.search(words(heading))))


def _named(cell: Cell) -> bool:
    return any(map(str.isalpha, cell_text(cell)))


def _at(row: Row, index: int) -> Cell:
    return row[index] if 0 <= index < len(row) else ""
