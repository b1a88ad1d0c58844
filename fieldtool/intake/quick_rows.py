"""Rows of which there is nothing to say, made into documents by what is known of their cells; others go the slow way.

Both ways give the same documents and share what they remember (households, equal rows, shared numbers).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import NamedTuple

from fieldtool.intake.cells import cell_text
from fieldtool.intake.columns import Extra
from fieldtool.intake.fields import Line
from fieldtool.intake.issues import Issue
from fieldtool.intake.quick_cells import BLANK, Entry, QuickCells, entry, quoted
from fieldtool.intake.rows import RowReader, RowResult
from fieldtool.records.documents import Transcript
from fieldtool.records.fields import Field
from fieldtool.records.raw_books import Cell, RawSheet, Row

_HOME_FIELDS = (Field.NAME, Field.RELATION, Field.HEAD, Field.BOOK, Field.PLACE)
_new = tuple.__new__  # a third of the time that a named tuple's own constructor takes
_PARTS = (Extra.VILLAGE, Extra.COMMUNE, Extra.DISTRICT, Extra.PROVINCE)
_HOMES_KEPT = 256
_FIRST = 20  # rows read the slow way, for an officer to look at


class Noted(NamedTuple):
    """A row that became a document, with remarks; `RowResult` in the form that an import goes on with."""

    paper: Transcript
    issues: tuple[Issue, ...]


class QuickRows:
    """Reads the rows of one sheet, over the reader that knows the slow way."""

    def __init__(self, reader: RowReader) -> None:
        self._reader = reader
        self._cells = cells = QuickCells(reader.layout, reader.sorter, reader.fields, reader.silent)
        self._fields = cells.fields
        self._home = [(field, cells.place[field]) for field in _HOME_FIELDS if field in cells.place]
        self._parts = [index for part in _PARTS if (index := cells.extras.get(part, -1)) >= 0]
        self._key, self._village, self._ordinal = (
            cells.extras.get(extra, -1) for extra in (Extra.KEY, Extra.VILLAGE, Extra.HOUSEHOLD_NO)
        )
        self._at = cells.place
        kind, self._sheet = reader.layout.kind, reader.layout.sheet
        self._kind, self._in_id, self._birth = kind, f"[{quoted(kind)}, ", kind == "birth"
        self._kind_text = str(kind)
        self._in_payload = f'","kind":"{kind}","list":"{reader.lists[kind]}","raw":{{'
        self._source = f'}},"source":[{quoted(reader.reading.file)},{quoted(reader.layout.sheet)},'
        # Without a column of relations the name stands for it too: it is there already.
        self._homes_at = [cells.place.get(field, cells.place.get(Field.NAME, -1)) for field in _HOME_FIELDS]
        self._known_homes: dict[tuple[object, ...], tuple[str, str]] = {}
        self._n12 = cells.place.get(Field.N12, -1)
        self._name = cells.place.get(Field.NAME, -1)
        self._last: tuple[list[Entry], Row] | None = None  # the row above, when it was read here

    def results(self, sheet: RawSheet) -> Iterator[RowResult | Noted | Transcript]:
        """The outcome of every row of data, in order."""
        reader, usable = self._reader, self._cells.usable
        below, odd = reader.layout.header_rows[1], reader.odd
        for number, row in sheet.rows():
            if number <= below:
                continue
            found = None
            if usable and number not in odd and reader.reading.rows >= _FIRST:
                found = self._cells.entries(row)
            result = self._slow(number, row) if found is None else self._quick(number, row, found)
            if result is not None:
                yield result

    def _slow(self, number: int, row: Row) -> RowResult | None:
        if self._last is not None:
            found, above = self._last
            extras = {m: text for m, i in self._cells.extras.items() if i < len(above) and (text := _text(above[i]))}
            self._reader.fields.follow(self._raw(found), extras)
            self._last = None
        self._known_homes.clear()  # such a row may begin a village or a household
        return self._reader.result(number, row)

    def _raw(self, found: list[Entry]) -> dict[Field, str]:
        return {field: known.text for field, known in zip(self._fields, found, strict=True) if known is not BLANK}

    def _quick(self, number: int, row: Row, found: list[Entry]) -> RowResult | Noted | Transcript:
        reader, at = self._reader, self._at
        reader.reading.rows += 1
        self._last = found, row
        line, key = None, self._key_of(row)
        if reader.apart():
            village, household = self._home_apart(number, row, found)
        else:
            line = self._line(row, found)
            household = self._household(number, line, found) if reader.in_homes(self._kind) else ""
            village = reader.village(line)
        if found[at[Field.PLACE]] is BLANK and (place := reader.default_place(line or self._line(row, found))):
            found[at[Field.PLACE]] = entry(Field.PLACE, place)
        _, in_id, in_payload, _, noted = zip(*[known for known in found if known is not BLANK])  # noqa: B905  (entries are of one length)
        content = f'{self._in_id}{key}, "0", {", ".join(in_id)}]'
        mark = hashlib.sha256(content.encode("utf-8")).digest()[:16]
        if mark in reader.occurrences or (line is not None and line.findings):
            line = line or self._line(row, found)
            line.raw = self._raw(found)
            return reader.judged(number, line, self._kind, household)
        reader.occurrences[mark] = 1
        payload = (
            f'{{"household":"{household}{self._in_payload}{",".join(in_payload)}'
            f'{self._source}{number},{key}],"village":{quoted(village)}}}'
        )
        paper = _new(Transcript, (
            mark.hex(), self._kind_text, village, household, payload, self._sheet, number, found[self._name].text
        ))  # fmt: skip
        if (
            True in noted
            or (not village and reader.tells_village and not self._birth)
            or self._cells.at_odds(found)
            or not self._holds_number(found)
        ):
            issues = reader.remarked(number, self._kind, self._raw(found), village)
            return Noted(paper, issues) if issues else paper
        return paper

    def _key_of(self, row: Row) -> str:
        """The list's own key of a row, quoted."""
        return quoted(_text(row[self._key])) if 0 <= self._key < len(row) else '""'

    def _home_apart(self, number: int, row: Row, found: list[Entry]) -> tuple[str, str]:
        """Village and household of a row that takes nothing from the rows above; its neighbours have the same."""
        at, (name, relation, head, book, place) = self._village, self._homes_at
        own = found[book].text or found[head].text
        alone = "" if own else f"{found[relation].text}\n{found[name].text}"  # a head's own name makes his household
        told = own, found[book] is BLANK, alone, found[place].text, row[at] if 0 <= at < len(row) else ""
        known = self._known_homes.get(told)
        if known is None:
            line, reader = self._line(row, found), self._reader
            household = reader.household(number, line, self._kind) if reader.in_homes(self._kind) else ""
            known = reader.village(line), household
            if len(self._known_homes) >= _HOMES_KEPT:
                self._known_homes.clear()
            self._known_homes[told] = known
        return known

    def _line(self, row: Row, found: list[Entry]) -> Line:
        """What a household and a village are told by."""
        width = len(row)
        key, village, ordinal = (
            _text(row[index]) if 0 <= index < width else "" for index in (self._key, self._village, self._ordinal)
        )
        place = ", ".join([text for i in self._parts if i < width and (text := _text(row[i]))])
        raw = {field: known.text for field, index in self._home if (known := found[index]) is not BLANK}
        return Line(raw, key, "", ordinal, village, place)

    def _household(self, number: int, line: Line, found: list[Entry]) -> str:
        household = self._reader.household(number, line, self._kind)
        for field in (Field.HEAD, Field.BOOK):
            if found[self._at[field]] is BLANK and (text := line.raw.get(field)):
                found[self._at[field]] = entry(field, text)
        return household

    def _holds_number(self, found: list[Entry]) -> bool:
        """Whether nobody else above had the number of a row; from now on the row has it."""
        number = found[self._n12].text if self._n12 >= 0 else ""
        if not number:
            return True
        name = found[self._name].text
        return self._reader.holders.setdefault(number, name) == name


def _text(cell: Cell) -> str:
    return cell if type(cell) is str else cell_text(cell)
