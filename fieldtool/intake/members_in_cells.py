"""Lists with one line a household whose other members stand in one cell ("Vợ: Lô Thị An 1980; con: Lô Văn Ba 2004"),
given out as lists with one line a person: the head, then each member with the household's address.

A line of which no name can be made is given out as it stands, so that it is judged as a name and never lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from fieldtool.intake.cells import cell_text
from fieldtool.intake.checks import written_as_name
from fieldtool.intake.columns import Extra, Meaning, meaning_of, words
from fieldtool.intake.layout import letter
from fieldtool.intake.retold import Line, RetoldSheet
from fieldtool.records.fields import Field
from fieldtool.records.raw_books import Cell, RawSheet, Row
from fieldtool.records.relations import relation_code

_HEADING_ROWS = 40
_LOOKED_AT = 400  # rows by which it is told whether members stand in a cell
_MOST = 0.6
_MEMBERS = re.compile(r"\b(?:thanh vien|nhan khau|nguoi (?:trong|cung) ho|cac con|vo con|ho ten con|members)\b")
_COUNTS = re.compile(r"\b(?:so|tong)(?: \w+){0,2} (?:thanh vien|nhan khau|nguoi)\b|^so\b")
_HEADS = re.compile(r"\s*(?:của\s+)?chủ\s+hộ\b", re.IGNORECASE)
_BREAKS = re.compile(r"[;\n]+|,\s*(?=(?:[^\W\d_]+ ?){1,3}:)")
_MARK = re.compile(r"^[\s\-–+•*]*(?:\d{1,2}\s*[.)/]\s*)?[\-–+\s]*")
_NUMBER = re.compile(r"(?<!\d)(\d{12}|\d{9})(?!\d)")
_BIRTH = re.compile(
    r"(?:\b(?:sinh(?:\s+(?:năm|ngày))?|s\.?n\.?|n\.?s\.?)\s*[.:]?\s*)?(?<!\d)((?:\d{1,2}[/.\-]){0,2}(?:1[89]|20)\d\d)(?!\d)",
    re.IGNORECASE,
)
_PIECES = re.compile(r"[,:()\-–/]")
_LABEL = re.compile(r"\b(?:cccd|cmnd|số|số định danh|đddcn)\b\s*:?", re.IGNORECASE)
_SHARED: frozenset[Meaning | None] = frozenset({
    Field.PLACE, Field.BOOK, Extra.VILLAGE, Extra.COMMUNE, Extra.DISTRICT, Extra.PROVINCE, Extra.HOUSEHOLD_NO,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Member:
    """One member as a cell tells him: his name, or the whole line where none was found in it."""

    name: str
    relation: str = ""
    birth: str = ""
    number: str = ""

    def found(self) -> bool:
        """Whether a name was found with something that is said of him."""
        return bool(self.relation or self.birth or self.number)


def members_of(text: str) -> list[Member]:
    """The members that a cell names."""
    lines = (_MARK.sub("", line).strip(" ,.") for line in _BREAKS.split(text))
    return [_member(line) for line in lines if line]


def _member(line: str) -> Member:
    number, birth = _NUMBER.search(line), _BIRTH.search(_NUMBER.sub(" ", line))
    rest = _LABEL.sub(",", _BIRTH.sub(",", _NUMBER.sub(",", line)))
    pieces = [piece for part in _PIECES.split(rest) if (piece := " ".join(part.split()).strip(" ."))]
    names = list(filter(written_as_name, pieces))
    relations = [piece for piece in pieces if relation_code(piece) not in ("", "other")]
    if len(names) != 1 or len(relations) > 1:
        return Member(line)
    relation = relations[0] if relations else ""
    return Member(names[0], relation, birth[1] if birth else "", number[1] if number else "")


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where what stands in such a list."""

    heading: int  # row number
    members: int
    name: int
    birth: int
    number: int
    head: int  # a column of its own behind the others
    shared: frozenset[int]


class MembersSheet(RetoldSheet):
    """Such a sheet as a list. `cells` tells where each cell of the member given out last stands on the sheet."""

    def __init__(self, sheet: RawSheet, columns: _Columns) -> None:
        super().__init__(sheet)
        self.column, self.row = columns.members, columns.heading
        self._at = columns

    def _given(self, lines: Iterable[Line]) -> Iterator[Line]:
        at = self._at
        for number, row in lines:
            if number < at.heading:
                yield number, row
            elif number == at.heading:
                yield number, self._heading(row)
            else:
                yield from self._household(number, row)

    def _heading(self, row: Row) -> Row:
        wide: Row = [*row, *[""] * (self._at.head - len(row)), "Họ tên chủ hộ"]
        named: Row = [_HEADS.sub("", cell) if isinstance(cell, str) else cell for cell in wide[:-1]]
        named[self._at.name], named[self._at.members] = "Họ và tên", "Quan hệ với chủ hộ"
        named[self._at.birth] = named[self._at.birth] or "Ngày sinh"
        return [*named, wide[-1]]

    def _household(self, number: int, row: Row) -> Iterator[Line]:
        at, text = self._at, cell_text(_cell(row, self._at.members))
        head = cell_text(_cell(row, at.name))
        self.cells.clear()
        own: Row = [*row, *[""] * (at.head + 1 - len(row))]
        own[at.members], own[at.head] = ("Chủ hộ", head) if head else ("", "")
        yield number, own if head else row
        for member in members_of(text) if head else ():
            line: Row = [cell if index in at.shared else "" for index, cell in enumerate(own)]
            line[at.name], line[at.members], line[at.birth] = member.name, member.relation, member.birth
            line[at.head] = head
            if at.number >= 0:
                line[at.number] = member.number
            where = f"{letter(at.members)}{number}"
            self.cells.update({(number, index): where for index, cell in enumerate(line) if cell != ""})
            yield number, line


def members_list(sheet: RawSheet) -> MembersSheet | None:
    """The sheet as a list of people where members stand in one cell, None for any other sheet."""
    head = sheet.head()
    if sheet.look.fonts:
        return None
    for number, row in head[:_HEADING_ROWS]:
        for index, cell in enumerate(row):
            if isinstance(cell, str) and _asks_members(cell):
                columns = _columns(number, row, index)
                if columns and _held(head, columns):
                    return MembersSheet(sheet, columns)
    return None


def _asks_members(heading: str) -> bool:
    spoken = words(heading)
    return len(heading) <= 120 and bool(_MEMBERS.search(spoken)) and not _COUNTS.search(spoken)


def _columns(number: int, row: Row, members: int) -> _Columns | None:
    """Where the head's name and what is said of him stand; None without a column for heads beside."""
    texts = {i: text for i, cell in enumerate(row) if i != members and (text := cell_text(cell))}
    heads = [i for i, text in texts.items() if meaning_of(text)[0] in (Field.HEAD, Field.NAME)]
    if not heads or len(texts) < 2:
        return None
    said: dict[Meaning | None, int] = {}
    for index, text in texts.items():
        said.setdefault(meaning_of(_HEADS.sub("", text))[0], index)
    width = max(len(row), members + 1)
    birth = said.get(Field.DOB, -1)
    return _Columns(
        heading=number,
        members=members,
        name=heads[0],
        birth=birth if birth >= 0 else width,
        number=said.get(Field.N12, said.get(Extra.NUMBER, said.get(Field.N9, -1))),
        head=width + (birth < 0),
        shared=frozenset(index for meaning, index in said.items() if meaning in _SHARED),
    )


def _held(head: Sequence[Line], at: _Columns) -> bool:
    """Whether most cells of the column name members, each with what he is or when he was born."""
    below = [row for number, row in head[:_LOOKED_AT] if number > at.heading and cell_text(_cell(row, at.name))]
    told = [members_of(text) for row in below if (text := cell_text(_cell(row, at.members)))]
    whole = sum(bool(members) and all(member.found() for member in members) for members in told)
    return whole > 0 and whole >= _MOST * len(told) and any(len(members) > 1 for members in told)


def _cell(row: Row, index: int) -> Cell:
    return row[index] if index < len(row) else ""
