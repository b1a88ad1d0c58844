"""The quick way through a row: cells that were examined before, or that are plainly in order, are not examined again.

A list repeats its villages, peoples, relations, dates and names. What the slow way (fields.py, sections.py, checks.py)
would say of a cell alone is learned once for each text of a column; a row with a cell that is not plain takes the slow
way. Both give the same documents, which tests/intake/test_quick_rows.py proves.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Container
from typing import NamedTuple

from fieldtool.intake.banner_words import is_label
from fieldtool.intake.cells import cell_text
from fieldtool.intake.checks import (
    LONGEST_CELL,
    LONGEST_NAME,
    date_remarked,
    name_fault,
    name_remark,
    sex_of,
    suspect,
)
from fieldtool.intake.columns import Extra, Meaning, line_meanings
from fieldtool.intake.ditto import marks
from fieldtool.intake.fields import FieldReader
from fieldtool.intake.issues import IssueCode
from fieldtool.intake.layout import Layout
from fieldtool.intake.parted import plain_name
from fieldtool.intake.sections import Sorter, is_total, tells
from fieldtool.records.fields import DATE_FIELDS, Field
from fieldtool.records.numbers import decode12
from fieldtool.records.raw_books import Cell, Row
from fieldtool.records.relations import implied_sex


class Entry(NamedTuple):
    """A cell as it enters a document: its text, its part of the id and of the payload, and what else is known of it."""

    text: str
    in_id: str = ""
    in_payload: str = ""
    known: str = ""  # of a sex "M" or "F", of a relation the sex that it implies, of a number both sex and year
    noted: bool = False  # there is a remark to be made on it


BLANK = Entry("")
_new = tuple.__new__  # a third of the time that a named tuple's own constructor takes
Learned = Callable[[Cell], Entry | None]

_REMEMBERED = 16_384  # texts of one column
_DAYS = 40_000  # and days: all those of a century
_READ: frozenset[Meaning] = frozenset({
    Extra.ORDINAL, Extra.KEY, Extra.HOUSEHOLD_NO, Extra.VILLAGE, Extra.COMMUNE, Extra.DISTRICT, Extra.PROVINCE,
})  # fmt: skip
_DERIVED = (Field.HEAD, Field.BOOK, Field.PLACE)  # a row may take these from what stands around it
quoted = json.encoder.encode_basestring  # what the payload's encoder writes for a text


def entry(field: Field, text: str, known: str = "", noted: bool = False) -> Entry:
    """A field's text with its parts of id and payload; see records.documents."""
    inner = quoted(text)
    return _new(Entry, (text, f'"{field}={inner[1:]}', f'"{field}":{inner}', known, noted))


def _blank(_: Cell) -> Entry:
    return BLANK


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
        self._columns: list[tuple[int, Learned]] = [
            (max(index, 0), self._looker(field, cache) if index >= 0 else _blank)
            for field, index, cache in zip(self.fields, self._index, self._caches, strict=True)
        ]
        self._n12, self._n9 = self.place.get(Field.N12, -1), self.place.get(Field.N9, -1)
        self._dob, self._sex = self.place.get(Field.DOB, -1), self.place.get(Field.SEX, -1)
        self._relation, self._name = self.place.get(Field.RELATION, -1), self.place.get(Field.NAME, -1)
        self._telling = [place for place in (self._n12, self._n9, self._dob, self._sex) if place >= 0]
        self.usable = (
            not reader.decodes
            and Field.NAME in columns
            and len(columns) == len(meanings)
            and all(isinstance(meaning, Field) or meaning in _READ for meaning in columns)
            and not any(line_meanings(column.heading) for column in layout.columns)
            and not any(text[:1].isdecimal() for text in sorter.spoken)
        )

    def _looker(self, field: Field, cache: dict[Cell, Entry]) -> Learned:
        """How a cell is looked up. Personal numbers hardly ever come again: each is looked at and none kept."""
        return self._personal if field is Field.N12 else self._card if field is Field.N9 else cache.get

    def entries(self, row: Row) -> list[Entry] | None:
        """The entries of a row that is certainly a person's and has nothing but plain cells; None for any other."""
        if len(row) < self._width:
            row = [*row, *[""] * (self._width - len(row))]
        found = [learned(row[index]) for index, learned in self._columns]
        if not all(found):
            for place, known in enumerate(found):
                if known is None and (now := self._learn(place, row[self._index[place]])) is None:
                    return None
                elif known is None:
                    found[place] = now
        plain: list[Entry] = found  # type: ignore[assignment]  # the loop above left no None
        if not plain[self._name].text or [plain[place] for place in self._telling].count(BLANK) == len(self._telling):
            return None  # nothing that only a person's line has
        if not self._loose_plain(row):
            return None
        self._sorter.met_person()
        return plain

    def _loose_plain(self, row: Row) -> bool:
        """Whether the cells that are no fields are plain too; a heading repeated at the top of a page is not."""
        spoken = self._sorter.spoken
        for index in self._loose:
            cell = row[index]
            if not cell or type(cell) is not str:
                continue
            if len(cell) > LONGEST_CELL or cell[0] == "=" or (lower := cell.lower()) in spoken or lower in marks():
                return False
            if ":" in cell and is_label(cell):
                return False
        return True

    def at_odds(self, found: list[Entry]) -> bool:
        """Whether the fields of a row give cause for a remark together; checks.remarks finds which."""
        sex = found[self._sex].known if self._sex >= 0 else ""
        dob = found[self._dob].text if self._dob >= 0 else ""
        implied = found[self._relation].known if self._relation >= 0 else ""
        if (not sex and self._wants_sex) or (not dob and self._wants_dob) or (sex and implied and implied != sex):
            return True
        number = found[self._n12].known if self._n12 >= 0 else ""
        return bool(number) and bool((sex and number[0] != sex) or (len(dob) in (4, 10) and number[1:] != dob[-4:]))

    def _learn(self, place: int, cell: Cell) -> Entry | None:
        """Examine a cell that was not met yet; None when it is not plain."""
        field, index, cache = self.fields[place], self._index[place], self._caches[place]
        if type(cell) is not str and (type(cell) is not tuple or field not in DATE_FIELDS):
            if field in DATE_FIELDS or type(cell) is bool:
                return None
            text = cell_text(cell)
            if field is Field.N12 or field is Field.N9:
                return self._looker(field, cache)(text)
            return cache.get(text) or self._learn(place, text)
        if field is Field.N12 or field is Field.N9:
            return None
        found = self._examined(field, index, cell)
        if found is not None:
            if len(cache) >= (_DAYS if field in DATE_FIELDS else _REMEMBERED):
                cache.clear()
                cache[""] = BLANK
            cache[cell] = found
        return found

    def _examined(self, field: Field, index: int, cell: Cell) -> Entry | None:
        text = cell_text(cell) if type(cell) is tuple else str(cell)
        if len(text) > (LONGEST_NAME if field is Field.NAME else LONGEST_CELL) or text[0] == "=":
            return None
        if ":" in text and is_label(text):
            return None
        if text.lower() in self._sorter.spoken or not self._reader.plain(index, field, cell, text):
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
            return entry(field, text, "", date_remarked(text)) if tells(field, text) else None
        if field is Field.SEX:
            return entry(field, text, sex_of(text)) if tells(field, text) else None
        if field is Field.RELATION:
            return entry(field, text, implied_sex(text))
        return entry(field, text, "", field is Field.ETHNICITY and text.isdecimal())

    def _personal(self, cell: Cell) -> Entry | None:
        """A whole personal number."""
        if type(cell) is not str or len(cell) != 12 or not (cell.isdecimal() and cell.isascii()):
            return BLANK if cell == "" else None
        prefix = cell[:6]
        known = self._prefixes.get(prefix)
        if known is None:
            decoded = decode12(cell)
            if decoded is None:
                return None
            known = Entry("", known=f"{decoded.sex}{decoded.year}", noted=not decoded.province and not decoded.abroad)
            self._prefixes[prefix] = known
        return _new(Entry, (cell, f'"n12={cell}"', f'"n12":"{cell}"', known.known, known.noted or suspect(cell)))

    @staticmethod
    def _card(cell: Cell) -> Entry | None:
        """A whole number of an old card."""
        if type(cell) is not str or len(cell) != 9 or not (cell.isdecimal() and cell.isascii()):
            return BLANK if cell == "" else None
        return _new(Entry, (cell, f'"n9={cell}"', f'"n9":"{cell}"', "", suspect(cell)))
