"""Rows of which there is nothing to say, made into documents by what is known of their cells; others go the slow way.

A lot of rows is looked up column by column (quick_cells.py) and put together row by row. Both ways give the same
documents and share what they remember (households, equal rows, shared numbers).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple, cast

from fieldtool.intake.cells import cell_text
from fieldtool.intake.columns import Extra
from fieldtool.intake.fields import Line
from fieldtool.intake.issues import Issue
from fieldtool.intake.quick_cells import BLANK, Entries, Entry, QuickCells, entry, quoted
from fieldtool.intake.rows import RowReader, RowResult
from fieldtool.records.documents import Transcript
from fieldtool.records.fields import Field
from fieldtool.records.raw_books import Cell, RawSheet, Row

_HOME_FIELDS = (Field.NAME, Field.RELATION, Field.HEAD, Field.BOOK, Field.PLACE)
_new = tuple.__new__  # a third of the time that a named tuple's own constructor takes
_PARTS = (Extra.VILLAGE, Extra.COMMUNE, Extra.DISTRICT, Extra.PROVINCE)
_HOMES_KEPT = 256
_FIRST = 20  # rows read the slow way, for an officer to look at
_LOT = 500  # rows

Numbered = tuple[int, Row]
Home = tuple[Line | None, str, str]  # a row's line where it was made, its village and its household
_NO_HOME: Home = (None, "", "")


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
        self._known_homes: dict[tuple[object, ...], Home] = {}
        self._n12 = cells.place.get(Field.N12, -1)
        self._name = cells.place.get(Field.NAME, -1)
        self._last: tuple[Entries, Row] | None = None  # the row above, when it was read here

    def results(self, sheet: RawSheet) -> Iterator[RowResult | Noted | Transcript]:
        """The outcome of every row of data, in order."""
        reader, below = self._reader, self._reader.layout.header_rows[1]
        rows = (line for line in sheet.rows() if line[0] > below)
        ahead = _LOT - 1 if reader.in_place() else 0
        for number, row in rows:
            if self._cells.usable and not reader.fills_villages and reader.reading.rows >= _FIRST:
                yield from self._lot([(number, row), *islice(rows, ahead)])
            elif (result := self._slow(number, row)) is not None:
                yield result

    def _lot(self, rows: Sequence[Numbered]) -> Iterator[RowResult | Noted | Transcript]:
        """The outcomes of some rows: those that are plain together, each other one by itself."""
        lot = self._cells.lot([row for _, row in rows])
        odd = lot.odd
        if self._reader.odd:
            odd = odd | {at for at, (number, _) in enumerate(rows) if number in self._reader.odd}
        start = 0
        for at in (*sorted(odd), len(rows)):
            if at > start:
                whole = at - start == len(rows)
                found = lot.found if whole else [entries[start:at] for entries in lot.found]
                yield from self._quick(rows[start:at], found)
            if at < len(rows) and (result := self._slow(*rows[at])) is not None:
                yield result
            start = at + 1

    def _slow(self, number: int, row: Row) -> RowResult | None:
        if self._last is not None:
            found, above = self._last
            extras = {m: text for m, i in self._cells.extras.items() if i < len(above) and (text := _text(above[i]))}
            self._reader.fields.follow(self._raw(found), extras)
            self._last = None
        self._known_homes.clear()  # such a row may begin a village or a household
        return self._reader.result(number, row)

    def _raw(self, found: Entries) -> dict[Field, str]:
        return {field: known.text for field, known in zip(self._fields, found, strict=True) if known is not BLANK}

    def _quick(self, rows: Sequence[Numbered], found: list[Entries]) -> Iterator[RowResult | Noted | Transcript]:
        """The outcomes of plain rows that follow one another."""
        reader, name, holders = self._reader, self._name, self._reader.holders
        reader.sorter.met_person()
        reader.reading.rows += len(rows)
        unsaid = reader.tells_village and not self._birth  # what a row without a village gives cause to remark on
        numbers = found[self._n12] if self._n12 >= 0 else [BLANK] * len(rows)
        odds, keys = self._cells.at_odds(found), self._keys(rows)
        occurrences, sha256 = reader.occurrences, hashlib.sha256
        homes = self._homes_apart(rows, found) if reader.apart() else self._homes_grouped(rows, found)
        # A row's home is found first: it may put a head, a book or a place where the row has none.
        for (line, village, household), (number, row), key, odd, entries, held in zip(
            homes, rows, keys, odds, zip(*found, strict=True), numbers, strict=True
        ):
            content = f'{self._in_id}{key}, "0"{"".join([known[1] for known in entries])}]'
            mark = sha256(content.encode("utf-8")).digest()[:16]
            if mark in occurrences or (line is not None and line.findings):
                yield self._judged(number, row, line, list(entries), household)
                continue
            occurrences[mark] = 1
            payload = (
                f'{{"household":"{household}{self._in_payload}{"".join([known[2] for known in entries])[:-1]}'
                f'{self._source}{number},{key}],"village":{quoted(village)}}}'
            )
            named = entries[name].text
            paper = _new(Transcript, (
                mark.hex(), self._kind_text, village, household, payload, self._sheet, number, named
            ))  # fmt: skip
            shared = held is not BLANK and holders.setdefault(held.text, named) != named
            if odd or shared or (unsaid and not village):
                issues = reader.remarked(number, self._kind, self._raw(list(entries)), village)
                yield Noted(paper, issues) if issues else paper
            else:
                yield paper
        self._last = [entries[-1] for entries in found], rows[-1][1]

    def _judged(self, number: int, row: Row, line: Line | None, found: Entries, household: str) -> RowResult:
        """The outcome of a row that needs to be looked at once more: it equals another, or its household is odd."""
        line = line or self._line(row, found)
        line.raw = self._raw(found)
        return self._reader.judged(number, line, self._kind, household)

    def _homes_apart(self, rows: Sequence[Numbered], found: list[Entries]) -> Iterator[Home]:
        """Village and household of rows that take nothing from the rows above; neighbours have the same."""
        reader, at, place = self._reader, self._village, self._at[Field.PLACE]
        known_homes = self._known_homes
        columns = zip(*[found[index] for index in self._homes_at], strict=True)
        home, last_book, last_address, last_village = _NO_HOME, BLANK, BLANK, cast(Cell, "")
        for i, ((_, row), (name, relation, head, book, address)) in enumerate(zip(rows, columns, strict=True)):
            village = row[at] if 0 <= at < len(row) else ""
            if book is not last_book or book is BLANK or address is not last_address or village != last_village:
                own = book[0] or head[0]
                alone = "" if own else f"{relation[0]}\n{name[0]}"  # a head's own name makes his household
                told = own, book is BLANK, alone, address[0], village
                known = known_homes.get(told)
                if known is None:
                    line = self._line(row, [entries[i] for entries in found])
                    known = None, *reader.home_apart(line, self._kind)
                    if len(known_homes) >= _HOMES_KEPT:
                        known_homes.clear()
                    known_homes[told] = known
                home, last_book, last_address, last_village = known, book, address, village
            if address is BLANK:
                line = self._line(row, [entries[i] for entries in found])
                found[place][i] = self._placed(line)
            yield home

    def _homes_grouped(self, rows: Sequence[Numbered], found: list[Entries]) -> Iterator[Home]:
        """Village and household of rows that stand below one another by household, one after another."""
        reader, place, kept = self._reader, self._at[Field.PLACE], self._reader.in_homes(self._kind)
        for i, (number, row) in enumerate(rows):
            line = self._line(row, [entries[i] for entries in found])
            household = reader.household(number, line, self._kind) if kept else ""
            for field in (Field.HEAD, Field.BOOK) if kept else ():
                if found[self._at[field]][i] is BLANK and (text := line.raw.get(field)):
                    found[self._at[field]][i] = entry(field, text)
            village = reader.village(line)
            if found[place][i] is BLANK:
                found[place][i] = self._placed(line)
            yield line, village, household

    def _placed(self, line: Line) -> Entry:
        """The place of a row that names none."""
        place = self._reader.default_place(line)
        return entry(Field.PLACE, place) if place else BLANK

    def _keys(self, rows: Sequence[Numbered]) -> list[str]:
        """The list's own keys of some rows, quoted."""
        at = self._key
        if at < 0:
            return ['""'] * len(rows)
        return [quoted(_text(row[at])) if at < len(row) else '""' for _, row in rows]

    def _line(self, row: Row, found: Entries) -> Line:
        """What a household and a village are told by."""
        width = len(row)
        key, village, ordinal = (
            _text(row[index]) if 0 <= index < width else "" for index in (self._key, self._village, self._ordinal)
        )
        place = ", ".join([text for i in self._parts if i < width and (text := _text(row[i]))])
        raw = {field: known.text for field, index in self._home if (known := found[index]) is not BLANK}
        return Line(raw, key, "", ordinal, village, place)


def _text(cell: Cell) -> str:
    return cell if type(cell) is str else cell_text(cell)
