"""The quick way through rows: cells that were examined before, or that are plainly in order, are not examined again.

A list repeats its villages, peoples, relations, dates and names. What the slow way (fields.py, sections.py, checks.py)
would say of a cell alone is learned once for each text of a column, and a lot of rows is looked up column by column; a
row with a cell that is not plain takes the slow way. Both give the same documents: tests/intake/test_quick_rows.py.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Sequence
from itertools import repeat
from typing import NamedTuple, cast

from fieldtool.intake.banner_words import is_label
from fieldtool.intake.cells import cell_text
from fieldtool.intake.checks import (
    LONGEST_CELL,
    LONGEST_NAME,
    date_remarked,
    name_fault,
    name_remark,
    plain_day,
    sex_of,
    suspect,
)
from fieldtool.intake.closing_words import is_total
from fieldtool.intake.columns import Extra, Meaning, line_meanings
from fieldtool.intake.ditto import dots_repeat, marks
from fieldtool.intake.fields import FieldReader
from fieldtool.intake.issues import IssueCode
from fieldtool.intake.layout import Layout
from fieldtool.intake.parted import plain_name
from fieldtool.intake.sections import Sorter, tells
from fieldtool.records.fields import DATE_FIELDS, Field
from fieldtool.records.numbers import decode12
from fieldtool.records.raw_books import Cell, Row
from fieldtool.records.relations import implied_sex


class Entry(NamedTuple):
    """A cell as it enters a document: its text, its part of the id and of the payload, and what else is known of it.

    The parts bring their commas along, so that those of a row need no more than to be put in a line.
    """

    text: str
    in_id: str = ""
    in_payload: str = ""
    known: str = ""  # of a sex "M" or "F", of a relation the sex it implies, of a birth its year, of a number both
    noted: bool = False  # there is a remark to be made on it


BLANK = Entry("")
_new = tuple.__new__  # a third of the time that a named tuple's own constructor takes
Entries = list[Entry]
Looked = list[Entry | None]  # None for a cell that is not plain

_REMEMBERED = 16_384  # texts of one column
_DAYS = 40_000  # and days: all those of a century
_READ: frozenset[Meaning] = frozenset({
    Extra.ORDINAL, Extra.KEY, Extra.HOUSEHOLD_NO, Extra.VILLAGE, Extra.COMMUNE, Extra.DISTRICT, Extra.PROVINCE,
})  # fmt: skip
_DERIVED = (Field.HEAD, Field.BOOK, Field.PLACE)  # a row may take these from what stands around it
_KNOWN_LENGTHS = {Field.N12: 12, Field.N9: 9}
quoted = json.encoder.encode_basestring  # what the payload's encoder writes for a text


def entry(field: Field, text: str, known: str = "", noted: bool = False) -> Entry:
    """A field's text with its parts of id and payload; see records.documents."""
    inner = quoted(text)
    return _new(Entry, (text, f', "{field}={inner[1:]}', f'"{field}":{inner},', known, noted))


class Lot(NamedTuple):
    """Some rows by column: the entries of each field, one a row, and which rows (counted from 0) are not plain.

    Where a row is not plain an entry may be missing.
    """

    found: list[Entries]
    odd: set[int]


class QuickCells:
    """The cells of one sheet's rows, learned by column. `fields` are those of its entries, in a payload's order."""

    def __init__(self, layout: Layout, sorter: Sorter, reader: FieldReader, silent: Container[IssueCode]) -> None:
        self._sorter, self._reader = sorter, reader
        self._wants_sex, self._wants_dob = IssueCode.SEX_MISSING not in silent, IssueCode.DATE_MISSING not in silent
        meanings = {c.index: c.meaning for c in layout.columns if c.meaning not in (None, Extra.OTHER)}
        columns = {meaning: index for index, meaning in meanings.items()}
        self.fields = sorted({m for m in columns if isinstance(m, Field)} | set(_DERIVED))
        self.extras = {m: index for m, index in columns.items() if isinstance(m, Extra)}
        self.place = {field: place for place, field in enumerate(self.fields)}
        self._loose = [c.index for c in layout.columns if c.meaning not in self.place]  # not among the entries
        self._width = max((column.index for column in layout.columns), default=-1) + 1
        self._index = [columns.get(field, -1) for field in self.fields]
        self._caches: list[dict[Cell, Entry]] = [{"": BLANK} for _ in self.fields]
        self._prefixes: dict[str, Entry] = {}
        self._noted: set[int] = set()  # fields of which some entry is noted
        self._dob, self._sex, self._relation, self._n12, self._name = (
            self.place.get(field, -1) for field in (Field.DOB, Field.SEX, Field.RELATION, Field.N12, Field.NAME)
        )
        self._telling = [
            self.place[field] for field in (Field.N12, Field.N9, Field.DOB, Field.SEX) if field in self.place
        ]
        self._words = sorter.spoken | marks() - {""}
        self.usable = (
            not reader.decodes
            and Field.NAME in columns
            and bool(self._telling)
            and len(columns) == len(meanings)
            and all(isinstance(meaning, Field) or meaning in _READ for meaning in columns)
            and not any(line_meanings(column.heading) for column in layout.columns)
            and not any(text[:1].isdecimal() for text in sorter.spoken)
        )

    def lot(self, rows: Sequence[Row]) -> Lot:
        """Some rows, at least one; odd is each that is not certainly a person's or has a cell that is not plain."""
        width = self._width
        columns = list(zip(*[row if len(row) >= width else [*row, *[""] * (width - len(row))] for row in rows]))  # noqa: B905  (what lies beyond the layout's columns is not read)
        odd: set[int] = set()
        looked: list[Looked] = []
        for place, index in enumerate(self._index):
            entries: Looked = [BLANK] * len(rows) if index < 0 else self._column(place, columns[index])
            if not all(entries):
                odd.update(at for at, known in enumerate(entries) if known is None)
            looked.append(entries)
        found = cast(list[Entries], looked)
        odd.update(at for at, known in enumerate(found[self._name]) if known is BLANK)
        odd |= self._untold(found)
        for index in self._loose:
            odd.update(self._loose_odd(columns[index]))
        return Lot(found, odd)

    def _column(self, place: int, cells: Sequence[Cell]) -> Looked:
        """The entries of a column's cells."""
        if (field := self.fields[place]) in _KNOWN_LENGTHS:
            return self._numbers(place, field, cells)
        cache = self._caches[place]
        entries = list(map(cache.get, cells))
        if not all(entries):
            for at, known in enumerate(entries):
                if known is None:
                    entries[at] = cache.get(cells[at]) or self._learn(place, cells[at])
        return entries

    def _untold(self, found: list[Entries]) -> set[int]:
        """The rows that have nothing that only a person's line has."""
        first, *others = (found[place] for place in self._telling)
        untold = [at for at, known in enumerate(first) if known is BLANK]
        for entries in others:
            untold = [at for at in untold if entries[at] is BLANK]
        return set(untold)

    def _loose_odd(self, cells: Sequence[Cell]) -> Iterable[int]:
        """The rows whose cell in a column that is no field is not plain; a heading repeated at the top of a page is
        not."""
        texts = [cell for cell in cells if type(cell) is str]
        together = "\n".join(texts)
        if (
            "=" not in together
            and ":" not in together
            and max(map(len, texts), default=0) <= LONGEST_CELL
            and self._words.isdisjoint(map(str.lower, texts))
        ):
            return ()
        return [at for at, cell in enumerate(cells) if type(cell) is str and cell and not self._plain(cell)]

    def _plain(self, cell: str) -> bool:
        if len(cell) > LONGEST_CELL or cell[0] == "=" or cell.lower() in self._words:
            return False
        return not is_label(cell)

    def at_odds(self, found: list[Entries]) -> list[bool]:
        """For each row whether its fields give cause for a remark alone or together; checks.remarks finds which."""
        sexes, births, implied, numbers = (
            [known[3] for known in found[place]] if place >= 0 else repeat("")
            for place in (self._sex, self._dob, self._relation, self._n12)
        )
        days = [known[0] for known in found[self._dob]] if self._dob >= 0 else repeat("")
        wants_sex, wants_dob = self._wants_sex, self._wants_dob
        odds = [
            (not sex and wants_sex)
            or (not day and wants_dob)
            or (relation != "" and sex != "" and relation != sex)
            or (number != "" and ((sex != "" and number[0] != sex) or (year != "" and number[1:] != year)))
            for sex, day, year, relation, number, _ in zip(sexes, days, births, implied, numbers, found[0])  # noqa: B905  (a field without a column goes on for ever)
        ]
        for place in self._noted:
            odds = [odd or known[4] for odd, known in zip(odds, found[place], strict=True)]
        return odds

    def _learn(self, place: int, cell: Cell) -> Entry | None:
        """Examine a cell that was not met yet; None when it is not plain."""
        field, index, cache = self.fields[place], self._index[place], self._caches[place]
        if type(cell) is not str and (type(cell) is not tuple or field not in DATE_FIELDS):
            if field in DATE_FIELDS or type(cell) is bool:
                return None
            text = cell_text(cell)
            return cache.get(text) or self._learn(place, text)
        found = self._figures(field, index, cell) or self._examined(field, index, cell)
        if found is not None:
            if len(cache) >= (_DAYS if field in DATE_FIELDS else _REMEMBERED):
                cache.clear()
                cache[""] = BLANK
            cache[cell] = found
            if found.noted:
                self._noted.add(place)
        return found

    def _figures(self, field: Field, index: int, cell: Cell) -> Entry | None:
        """The entry of a plain day or of a book's plain number, of which `_examined` has nothing to say; None for any
        other cell. Both hardly repeat in a list."""
        if type(cell) is not str:
            return None
        if field in DATE_FIELDS:
            if plain_day(cell) and self._reader.keeps_days(index):
                return entry(field, cell, cell[-4:] if field is Field.DOB else "")
        elif field is Field.BOOK and cell.isdecimal() and len(cell) <= LONGEST_NAME and cell not in self._words:
            return entry(field, cell)
        return None

    def _examined(self, field: Field, index: int, cell: Cell) -> Entry | None:
        text = cell_text(cell) if type(cell) is tuple else str(cell)
        if len(text) > (LONGEST_NAME if field is Field.NAME else LONGEST_CELL) or text[0] == "=":
            return None
        if ":" in text and is_label(text):
            return None
        if text.lower() in self._sorter.spoken or dots_repeat(field, text) or self._reader.undecided(index, cell):
            return None
        if field is Field.SEX:
            text = self._reader.sex_said(text)
        if not self._reader.plain(index, field, cell, text):
            return None
        if field is Field.NAME:
            if not plain_name(text):
                return None
            if name_fault(text) is not None or is_total(text) or any(map(str.isdecimal, text)):
                return None
            return entry(field, text, "", name_remark(text) is not None)
        if field in (Field.FATHER, Field.MOTHER) and any(map(str.isdecimal, text)):
            return None
        if field is Field.DOB:
            year = text[-4:] if len(text) in (4, 10) else ""
            return entry(field, text, year, date_remarked(text)) if tells(field, text) else None
        if field is Field.SEX:
            return entry(field, text, sex_of(text)) if tells(field, text) else None
        if field is Field.RELATION:
            return entry(field, text, implied_sex(text))
        return entry(field, text, "", field is Field.ETHNICITY and text.isdecimal())

    def _numbers(self, place: int, field: Field, cells: Sequence[Cell]) -> Looked:
        """The entries of whole personal numbers or numbers of old cards. They hardly ever come again: each is looked at
        and none kept but what its first half says."""
        length, prefixes = _KNOWN_LENGTHS[field], self._prefixes
        before_id, before_text, half = f', "{field}=', f'"{field}":"', length // 2
        texts = [cell if type(cell) is str else "?" if type(cell) is bool else cell_text(cell) for cell in cells]
        together = "".join(texts)
        whole = together.isdecimal() and together.isascii()  # asked once of all instead of each
        entries: Looked = []
        for text in texts:
            if len(text) != length or not (whole or (text.isdecimal() and text.isascii())):
                entries.append(BLANK if text == "" else None)
                continue
            start = prefixes.get(text[:half])
            if start is None:
                start = prefixes[text[:half]] = _begun(text)
            noted = start.noted or text.endswith("00000") or (start.text != "" and suspect(text))
            if noted:
                self._noted.add(place)
            entries.append(_new(Entry, (text, f'{before_id}{text}"', f'{before_text}{text}",', start.known, noted)))
        return entries


def _begun(digits: str) -> Entry:
    """What the first half of a number says: of a personal number sex and year; a text where all of it must be looked at
    for a placeholder."""
    start = digits[: len(digits) // 2]
    looked_at = start if suspect(start) else ""
    if (decoded := decode12(digits)) is None:
        return Entry(looked_at)
    return Entry(looked_at, known=f"{decoded.sex}{decoded.year}", noted=not decoded.province and not decoded.abroad)
