"""Sheets that are filled forms of one person: labels down the page with what was written behind them, given out as a
list of one row (several forms of the same shape below one another: of several).

Where a line of its own opens what is told of a parent ("II. THÔNG TIN MẸ"), name and birth below it are the parent's. A
form that says the same thing twice of different people without such a line is none: whose is whose cannot be told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from fieldtool.intake.cells import cell_text
from fieldtool.intake.columns import Extra, Meaning, meaning_of, words
from fieldtool.intake.layout import letter
from fieldtool.records.fields import Field
from fieldtool.records.raw_books import HEAD_ROWS, Cell, RawSheet, Row, SheetLook
from fieldtool.records.relations import relation_code

Line = tuple[int, Row]
_LEAST = 4  # labels whose meaning is known
_LEAST_ROWS = 3  # a list's heading stands in one row or two
_SURE = 0.8
_LONGEST_LABEL = 60  # characters


@dataclass(frozen=True, slots=True)
class _Entry:
    """A label with a known meaning, what is written behind it, and where that stands."""

    label: str
    meaning: Meaning
    value: Cell
    row: int
    column: int


class FormSheet:
    """The forms of a sheet as a list. `cells` tells where each row and column of the list stands on the sheet."""

    def __init__(self, sheet: RawSheet, forms: Sequence[Sequence[_Entry]], titles: Sequence[Line] = ()) -> None:
        self.name, self.hidden = sheet.name, sheet.hidden
        heading: Row = [entry.label for entry in forms[0]]
        # The row of a person is the one of his name; the heading comes before the first.
        named = [next(entry.row for entry in form if entry.meaning is Field.NAME) for form in forms]
        struck: dict[int, int] = {}
        for row, form in zip(named, forms, strict=True):
            for index, entry in enumerate(form):
                if sheet.look.struck.get(entry.row, 0) >> entry.column & 1:
                    struck[row] = struck.get(row, 0) | 1 << index
        self.look = SheetLook(styled=sheet.look.styled, struck=struck, crossed=_crossed(sheet.look, named, forms))
        self.cells = {
            (row, index): f"{letter(entry.column)}{entry.row}"
            for row, form in zip(named, forms, strict=True)
            for index, entry in enumerate(form)
        }
        data = [(row, [entry.value for entry in form]) for row, form in zip(named, forms, strict=True)]
        above = [(min(number, named[0] - 1), row) for number, row in titles]
        self._lines: list[Line] = [*above, (named[0] - 1, heading), *data]

    def head(self) -> list[Line]:
        """All rows."""
        return self._lines

    def rows(self) -> Iterator[Line]:
        """All rows."""
        return iter(self._lines)

    def again(self) -> Iterator[Line]:
        """All rows."""
        return iter(self._lines)


def _crossed(
    look: SheetLook, named: Sequence[int], forms: Sequence[Sequence[_Entry]]
) -> Mapping[int, Mapping[int, tuple[str, str]]]:
    """What stands and what is struck of the values that are struck through in part, by row and column of the list."""
    crossed: dict[int, dict[int, tuple[str, str]]] = {}
    for row, form in zip(named, forms, strict=True):
        for index, entry in enumerate(form):
            if parts := look.crossed.get(entry.row, {}).get(entry.column):
                label, colon, value = parts[0].partition(":")  # the label may stand in the same cell
                stands = value.strip() if colon and label.strip() == entry.label.strip() else parts[0]
                crossed.setdefault(row, {})[index] = (stands, parts[1])
    return crossed


def form_of(sheet: RawSheet) -> FormSheet | None:
    """The sheet as a list where it holds filled forms, None for any other sheet."""
    head = sheet.head()
    if not 0 < len(head) < HEAD_ROWS or sheet.look.fonts:
        return None
    forms: list[list[_Entry]] = []
    titles: list[Line] = []
    section: _Section = _OWN
    for number, row in head:
        if (opened := _section(row)) is not None:
            section = opened
            continue
        entries = _entries(number, row)
        if entries is None:
            return None
        if not entries and not forms:
            titles.append((number, row))
        for entry in _spoken_of(section, entries):
            if not forms or (entry.meaning in (Field.NAME, forms[-1][0].meaning) and _named(forms[-1])):
                forms.append([])
            forms[-1].append(entry)
    if not forms or not all(_whole(form) for form in forms):
        return None
    shapes = {tuple(entry.meaning for entry in form) for form in forms}
    return FormSheet(sheet, forms, titles) if len(shapes) == 1 else None


_Section = Field | bool  # the parent that the lines below speak of, NAME for the form's own person, False for others
_OWN = Field.NAME  # the person of the form himself
_BIRTHS = {Field.FATHER: Field.FATHER_DOB, Field.MOTHER: Field.MOTHER_DOB}
_LABELS = {
    Field.FATHER: "Họ tên cha", Field.FATHER_DOB: "Năm sinh cha", Field.MOTHER: "Họ tên mẹ",
    Field.MOTHER_DOB: "Năm sinh mẹ",
}  # fmt: skip
_OPENING = re.compile(
    r"(?:(?:[ivx]{1,4}|[a-h]|\d{1,2}) )?(?:(?:phan|muc|thong tin|phan thong tin|ve|cua|nguoi|ho so|khai|phan khai) )*"
    r"(?P<who>cha|bo|me|cha de|me de|bo de|ban than|tre(?: em)?|con|nguoi duoc khai sinh|duoc khai sinh|di khai"
    r"|di khai sinh|yeu cau|giam ho|khai)\b(?: (?:nguoi|duoc|khai|sinh|de|tre|cua|ve|thong|tin|em))*"
)


def _section(row: Row) -> _Section | None:
    """Of whom the lines below speak where a row with one text says it; None for any other row."""
    filled = [cell for cell in row if cell != ""]
    if len(filled) != 1 or not isinstance(filled[0], str) or len(filled[0]) > _LONGEST_LABEL:
        return None
    match = _OPENING.fullmatch(words(filled[0]))
    if match is None:
        return None
    who = match["who"].split(" ")[0]
    if who in ("cha", "bo"):
        return Field.FATHER
    return Field.MOTHER if who == "me" else _OWN if who in ("ban", "tre", "con", "nguoi", "duoc") else False


def _spoken_of(section: _Section, entries: Sequence[_Entry]) -> Sequence[_Entry]:
    """The entries as they concern the person of the form: a parent's name and birth are his parent's, what is said of
    anybody else is left out."""
    if section is _OWN:
        return entries
    if not isinstance(section, Field):
        return []
    turned: dict[Meaning, Field] = {Field.NAME: section, Field.DOB: _BIRTHS[section]}
    return [
        replace(entry, meaning=turned[entry.meaning], label=_LABELS[turned[entry.meaning]])
        for entry in entries
        if entry.meaning in turned
    ]


def _named(form: Sequence[_Entry]) -> bool:
    """Whether a form holds a name."""
    return any(entry.meaning is Field.NAME and cell_text(entry.value) for entry in form)


def _whole(form: Sequence[_Entry]) -> bool:
    """Whether a form names one person and says nothing twice."""
    meanings = [entry.meaning for entry in form]
    return (
        _named(form)
        and len(set(meanings)) == len(meanings) >= _LEAST
        and len({entry.row for entry in form}) >= _LEAST_ROWS
    )


def _label(cell: Cell) -> Meaning | None:
    """What a cell asks for, None when it is no label."""
    if not isinstance(cell, str) or not 0 < len(text := cell.strip(" :")) <= _LONGEST_LABEL:
        return None
    meaning, sure = meaning_of(text)
    asks = isinstance(meaning, Field) or meaning is Extra.NUMBER  # "Nam" and "Thái" are answers
    return meaning if asks and sure >= _SURE else None


def _inside(cell: Cell) -> tuple[str, str] | None:
    """Label and value of one cell ("Họ và tên: Lô Văn An")."""
    if not isinstance(cell, str):
        return None
    label, colon, value = cell.partition(":")
    return (label, value.strip()) if colon and value.strip() and _label(label) is not None else None


def _entries(number: int, row: Row) -> list[_Entry] | None:
    """The labels of a row with what is written in them or in the next filled cell; labels that end with a colon may be
    blank. None where labels stand beside one another as in a list's heading."""
    found: list[_Entry] = []
    filled = [(index, cell) for index, cell in enumerate(row) if cell != ""]
    place = 0
    while place < len(filled):
        index, cell = filled[place]
        place += 1
        if (pair := _inside(cell)) is not None and (meaning := _label(pair[0])) is not None:
            found.append(_Entry(pair[0], meaning, pair[1], number, index))
        elif (meaning := _label(cell)) is not None:
            asked, open_ended = str(cell).strip(" :"), str(cell).rstrip().endswith(":")
            after = filled[place] if place < len(filled) else None
            if after is not None and _answers(meaning, open_ended, after[1]):
                found.append(_Entry(asked, meaning, after[1], number, after[0]))
                place += 1
            elif open_ended:
                found.append(_Entry(asked, meaning, "", number, index))
            else:
                return None
    return found


def _answers(meaning: Meaning, open_ended: bool, cell: Cell) -> bool:
    """Whether a cell behind a label is what was written there, not the next label: "Quan hệ với chủ hộ: | Chủ hộ"."""
    if _inside(cell) is not None or str(cell).rstrip().endswith(":"):
        return False
    return _label(cell) is None or open_ended or (meaning is Field.RELATION and bool(relation_code(str(cell))))
