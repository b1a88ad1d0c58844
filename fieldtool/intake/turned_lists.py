"""Sheets that are lists turned on their side: labels down one column, one person in each column beside it, given out
as lists with one row each. Remarks point at the sheet's own cells; a person's row is the one of the names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from fieldtool.intake.cells import cell_text
from fieldtool.intake.columns import Extra, Meaning, meaning_of
from fieldtool.intake.layout import letter
from fieldtool.records.fields import Field
from fieldtool.records.raw_books import Cell, RawSheet, Row, SheetLook

Line = tuple[int, Row]
_LABEL_COLUMNS = 3  # the labels stand in one of the first columns, behind numbers perhaps
_LEAST = 4  # labels whose meaning is known
_LEAST_PEOPLE = 2
_MOST_ROWS = 120  # what is asked of a person; more rows than that hold people
_SURE = 0.8
_LONGEST_LABEL = 60  # characters
_FIELDS = frozenset({Extra.NUMBER, Extra.HOUSEHOLD_NO, Extra.VILLAGE})  # besides the fields of a document


@dataclass(frozen=True, slots=True)
class _Labelled:
    """A row behind a label."""

    label: str
    number: int
    row: Row


class TurnedSheet:
    """Such a sheet as a list. `cells` tells where each cell of the row given out last stands on the sheet."""

    def __init__(
        self, sheet: RawSheet, labelled: Sequence[_Labelled], people: Sequence[int], named: int, titles: Sequence[Line]
    ) -> None:
        self.name, self.hidden = sheet.name, sheet.hidden
        self._struck = sheet.look.struck
        # All people have the row of the names: what is struck is told anew for each before he is given out.
        self._crossed: dict[int, int] = {named: 0} if self._struck else {}
        self._in_part = sheet.look.crossed
        self._parts: dict[int, Mapping[int, tuple[str, str]]] = {named: {}} if self._in_part else {}
        self.look = SheetLook(styled=sheet.look.styled, struck=self._crossed, crossed=self._parts)
        self._labelled, self._people, self._named = labelled, people, named
        self._above: list[Line] = [*titles, (named - 1, [line.label for line in labelled])]
        self._cells: dict[tuple[int, int], str] = {}

    @property
    def cells(self) -> Mapping[tuple[int, int], str]:
        """Row and column of the list → cell of the sheet, of the person given out last."""
        return self._cells

    def head(self) -> list[Line]:
        """All rows."""
        return list(self.rows())

    def rows(self) -> Iterator[Line]:
        """All rows."""
        yield from self._above
        for column in self._people:
            if self._struck:
                bits = (self._struck.get(line.number, 0) >> column & 1 for line in self._labelled)
                self._crossed[self._named] = sum(bit << index for index, bit in enumerate(bits))
            if self._in_part:
                cells = ((i, self._in_part.get(line.number, {}).get(column)) for i, line in enumerate(self._labelled))
                self._parts[self._named] = {index: parts for index, parts in cells if parts is not None}
            for index, line in enumerate(self._labelled):
                self._cells[self._named, index] = f"{letter(column)}{line.number}"
            yield self._named, [_at(line.row, column) for line in self._labelled]

    def again(self) -> Iterator[Line]:
        """All rows."""
        return self.rows()


def turned_of(sheet: RawSheet) -> TurnedSheet | None:
    """The sheet as a list where people stand in its columns, None for any other sheet."""
    head = sheet.head()
    if not 0 < len(head) <= _MOST_ROWS or sheet.look.fonts:
        return None
    for column in range(_LABEL_COLUMNS):
        meanings = [(line, _asked(_at(line[1], column))) for line in head]
        known = [meaning for _, meaning in meanings if meaning is not None]
        if len(known) < _LEAST or len(set(known)) < len(known) or Field.NAME not in known:
            continue
        first = next(line for line, meaning in meanings if meaning is Field.NAME)
        people = _people(first[1], column)
        opening = next(number for (number, _), meaning in meanings if meaning is not None)
        labelled = [
            _Labelled(cell_text(_at(row, column)), number, row)
            for (number, row), meaning in meanings
            if number >= opening and meaning is not None
        ]
        if len(people) < _LEAST_PEOPLE or not _filled_along(labelled, people):
            continue
        titles = [(min(number, first[0] - 1), row) for number, row in head if number < opening]
        return TurnedSheet(sheet, labelled, people, first[0], titles)
    return None


def _at(row: Row, column: int) -> Cell:
    return row[column] if column < len(row) else ""


def _asked(cell: Cell) -> Meaning | None:
    """What a label asks for, None when a cell is none."""
    if not isinstance(cell, str) or not 0 < len(text := cell.strip(" :")) <= _LONGEST_LABEL:
        return None
    meaning, sure = meaning_of(text)
    return meaning if sure >= _SURE and (isinstance(meaning, Field) or meaning in _FIELDS) else None


def _people(names: Row, column: int) -> list[int]:
    """The columns that hold a name; none when a heading stands among them, as in a list."""
    filled = [place for place in range(column + 1, len(names)) if cell_text(names[place])]
    texts = [cell_text(names[place]) for place in filled]
    named = all(" " in text and not any(map(str.isdecimal, text)) and meaning_of(text)[1] < _SURE for text in texts)
    return filled if named else []


def _filled_along(labelled: Sequence[_Labelled], people: Sequence[int]) -> bool:
    """Whether most labels have something behind them for most of the people, and nobody else has."""
    beside = [{p for p in range(len(line.row)) if cell_text(line.row[p])} for line in labelled]
    most = sum(2 * len(filled & set(people)) > len(people) for filled in beside)
    others = set().union(*beside) - set(people)
    return 2 * most > len(labelled) and not any(other > min(people) for other in others)
