"""From the cells of one row to the fields of a document: joined columns, ditto marks, merged cells, numbers."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from fieldtool.intake.cells import day_serial, serial_day
from fieldtool.intake.checks import LONGEST_CELL, LONGEST_NAME, error_value, hashes, lost_letters, sex_written
from fieldtool.intake.columns import Extra, Meaning, flat, line_meanings
from fieldtool.intake.day_order import SERIALS, turned_text
from fieldtool.intake.ditto import LONGEST, dots_repeat, is_none, is_same, marks
from fieldtool.intake.encodings import decoded_cell
from fieldtool.intake.heading_stacks import ADDRESSES
from fieldtool.intake.issues import IssueCode
from fieldtool.intake.joins import join_birth, join_facts, join_names, join_number, join_sex, sex_codes
from fieldtool.intake.layout import DayOrder, Layout
from fieldtool.intake.marked_cells import standing, told_of_formulas, uncrossed
from fieldtool.intake.parted import Finding, parted
from fieldtool.intake.settling import CROSSES
from fieldtool.intake.told_facts import facts_of
from fieldtool.intake.whole_columns import Untold
from fieldtool.records.fields import DATE_FIELDS, Field
from fieldtool.records.peoples import parse_people
from fieldtool.records.raw_books import Cell, Row, SheetLook
from fieldtool.records.relations import relation_code

_NUMBERS = frozenset({Field.N12, Field.N9})
_YEARS_AS_DAYS = range(1880, 2036)  # serials whose days (1905) are really years typed into a date cell
_REMEMBERED = 5000  # texts of one column
_BETWEEN_PARTS = re.compile(r"[,;]|\s[-–]\s|(?<!\d)/(?!\d)")  # a stroke between digits belongs to a date
_TWO_NUMBERS = re.compile(r"\d{9,12}\D+\d{9,12}\Z")
# Merged down over a household, these hold for each of its rows; names, numbers and relations never do.
_REACHING: frozenset[Meaning] = frozenset({
    *(set(Field) - {Field.NAME, Field.N12, Field.N9, Field.RELATION, Field.NOTE, Field.DOB}),
    Extra.VILLAGE,
    Extra.COMMUNE,
    Extra.HOUSEHOLD_NO,
})  # fmt: skip


# Columns that are no field by themselves and may say "the same as above".
_REPEATED = frozenset({
    Extra.SURNAME, Extra.MIDDLE, Extra.VILLAGE, Extra.COMMUNE, Extra.DISTRICT, Extra.PROVINCE, Extra.HOUSEHOLD_NO,
    Extra.BIRTH_YEAR, Extra.BIRTH_MONTH, Extra.BIRTH_DAY, Extra.YEAR_MALE, Extra.YEAR_FEMALE, Extra.MARK_MALE,
    Extra.MARK_FEMALE, Extra.ONLY_MALE, Extra.ONLY_FEMALE,
})  # fmt: skip


_PARTS: Mapping[Field, tuple[Meaning, ...]] = {
    Field.NAME: (Extra.SURNAME, Extra.GIVEN, Field.HEAD),
    Field.DOB: (Extra.YEAR_MALE, Extra.YEAR_FEMALE, Extra.BIRTH_YEAR, Extra.BIRTH_DAY),
    Field.SEX: (
        *(Extra.MARK_MALE, Extra.MARK_FEMALE, Extra.YEAR_MALE, Extra.YEAR_FEMALE),
        *(Extra.ONLY_MALE, Extra.ONLY_FEMALE),
    ),
    Field.N12: (Extra.NUMBER, Field.N9),
    Field.N9: (Extra.NUMBER, Field.N12),
    Field.PLACE: (Extra.VILLAGE, Extra.COMMUNE),
}

# Fields that a row has from either of two columns, and which of them it was.
_TOLD_BY: Mapping[Extra, tuple[Field, ...]] = {
    Extra.YEAR_MALE: (Field.DOB, Field.SEX),
    Extra.YEAR_FEMALE: (Field.DOB, Field.SEX),
    Extra.MARK_MALE: (Field.SEX,),
    Extra.MARK_FEMALE: (Field.SEX,),
}


@dataclass(slots=True)
class Line:
    """What one row says, before it is judged."""

    raw: dict[Field, str] = dataclasses.field(default_factory=dict)
    key: str = ""
    doc: str = ""
    household_no: str = ""
    village: str = ""  # the village column
    place: str = ""  # village and commune columns joined
    findings: list[Finding] = dataclasses.field(default_factory=list)
    places: dict[Field, int] = dataclasses.field(default_factory=dict)  # columns of fields that may stand in several


class FieldReader:
    """Reads rows of one layout; it remembers the row above for ditto marks."""

    def __init__(self, layout: Layout, look: SheetLook, untold: Untold, decide: Callable[[int], DayOrder]) -> None:
        self._meaning: dict[int, Meaning] = {
            column.index: column.meaning
            for column in layout.columns
            if column.meaning is not None and column.meaning is not Extra.OTHER
        }
        self._fields = {index: meaning for index, meaning in self._meaning.items() if isinstance(meaning, Field)}
        # Texts of a column that were kept as they stand, so that "Thái" is not examined a thousand times.
        self._plain: dict[int, set[str]] = {
            index: set()
            for index, meaning in self._fields.items()
            if meaning not in DATE_FIELDS | _NUMBERS | {Field.NAME}
        }
        self._position = {meaning: index for index, meaning in reversed(self._meaning.items())}
        columns = Counter(self._fields.values())
        self._joined = {field for field, count in columns.items() if count > 1 and field in ADDRESSES}
        self._boxed = {field for field in _NUMBERS if columns[field] > 1}  # a digit in each column
        self._ticked = _ticked(layout)
        self._lined = {
            column.index: parts
            for column in layout.columns
            if (parts := line_meanings(column.heading)) and parts[0] is column.meaning
        }
        self._headings = {column.index: column.heading for column in layout.columns}
        self._sexes = next(
            (sex_codes(c.heading) or sex_codes(c.codes) for c in layout.columns if c.meaning is Field.SEX), {}
        )
        self._only = Extra.ONLY_FEMALE in self._position or Extra.ONLY_MALE in self._position
        self._look = look
        self._encoding = {column.index: column.encoding for column in layout.columns if column.encoding}
        self._turned: dict[int, DayOrder] = {
            column.index: column.order for column in layout.columns if column.order is not DayOrder.DAY_FIRST
        }
        self._blank, self._typed, self._decide = set(untold.blank), set(untold.typed), decide
        self.decodes = bool(self._encoding) or bool(look.fonts)
        self._above: dict[Field, str] = {}
        self._extras_above: dict[Extra, str] = {}
        self._scratch = Line()
        self._reaching = self._merged_down(look)
        self._reached: dict[int, str] = {}

    def plain(self, index: int, field: Field, cell: Cell, text: str) -> bool:
        """Whether a cell is kept as it stands, with nothing to say of it."""
        if index in self._ticked:
            return False
        line = self._scratch
        kept = self._kept(line, index, field, cell, text)
        if line.findings:
            line.findings.clear()
            return False
        return kept == text

    def sex_said(self, text: str) -> str:
        """The sex that a cell tells, by the list's own codes where it has some."""
        return self._sexes[text] if text in self._sexes else sex_written(text)

    def undecided(self, index: int, cell: Cell) -> bool:
        """Whether a cell is the first in a column of dates to decide of its order."""
        return index in self._blank or (index in self._typed and isinstance(cell, str))

    def keeps_days(self, index: int) -> bool:
        """Whether a day written out in a column of dates is kept as it stands, whichever it is."""
        return not self.undecided(index, "") and self._turned.get(index) is not DayOrder.TEXT_TURNED

    def follow(self, raw: dict[Field, str], extras: dict[Extra, str]) -> None:
        """Take a row that was read elsewhere for the one above the next."""
        self._above, self._extras_above = raw, extras

    @property
    def touched(self) -> set[int]:
        """Rows with merged cells that reach down from above or on to the next."""
        return {row for number in self._reaching for row in (number - 1, number)}

    def position(self, field: Field) -> int | None:
        """The column a field is read from, or the first of those it is put together from."""
        if (place := self._position.get(field)) is not None:
            return place
        places = (self._position.get(meaning) for meaning in _PARTS.get(field, ()))
        return next((place for place in places if place is not None), None)

    def _merged_down(self, look: SheetLook) -> dict[int, list[int]]:
        """Row → columns that a merged range above it covers."""
        covered: dict[int, list[int]] = {}
        for first_row, first_column, last_row, last_column in look.merged:
            if last_row == first_row or last_column - first_column > 1 or last_row - first_row > 100:
                continue
            meaning = self._meaning.get(first_column)
            if meaning in _REACHING:
                for row in range(first_row + 1, last_row + 1):
                    covered.setdefault(row, []).append(first_column)
        return covered

    def decoded(self, number: int, filled: list[tuple[int, str]]) -> tuple[list[tuple[int, str]], list[Finding]]:
        """Filled cells with old fonts decoded, and a remark for each that was."""
        findings: list[Finding] = []
        if number in self._look.crossed:
            filled = uncrossed(filled, self._look.crossed[number], self._meaning, findings)
        if not self.decodes:
            return filled, findings
        fonts = self._look.fonts.get(number, {})
        read: list[tuple[int, str]] = []
        for index, written in filled:
            text, code = decoded_cell(written, fonts.get(index, ""), self._encoding.get(index, ""))
            read.append((index, text))
            if code is not None:
                meaning = self._meaning.get(index)
                findings.append((code, index, meaning if isinstance(meaning, Field) else None, written))
        return read, findings

    def line(self, number: int, row: Row, filled: Sequence[tuple[int, str]], findings: list[Finding]) -> Line:
        """What a row of data says; `filled` is decoded, with `findings` of that."""
        line = Line(findings=findings)
        extras: dict[Extra, str] = {}
        raw = line.raw
        meanings, plain = self._meaning, self._plain
        if number in self._look.struck:
            filled = standing(filled, self._look.struck[number], meanings, line.findings)
        for index, text in filled:
            meaning = meanings.get(index)
            if meaning is None:
                continue
            if index in self._lined and self._apart(line, index, text):
                continue
            if text in plain.get(index, ()):
                raw[meaning] = text  # type: ignore[index]  # only fields have plain texts
                continue
            if len(text) > LONGEST_CELL or (meaning is Field.NAME and len(text) > LONGEST_NAME):
                code = IssueCode.NAME_TOO_LONG if meaning is Field.NAME else IssueCode.CELL_TOO_LONG
                line.findings.append((code, index, None, text[:80] + "…"))
                continue
            if text[0] == "=" and len(text) > 1 and meaning is not Extra.ORDINAL:
                line.findings.append((IssueCode.FORMULA_IN_CELL, index, None, text[:80]))
            if isinstance(meaning, Extra):
                if (said := self._extra(line, index, meaning, text)) is not None:
                    extras[meaning] = said
            elif meaning in self._boxed:
                raw[meaning] = raw.get(meaning, "") + text
            elif index in self._ticked and flat(text) in CROSSES:
                raw[meaning] = self._ticked[index]
            elif (kept := self._kept(line, index, meaning, row[index], text)) is not None:
                raw[meaning] = f"{raw[meaning]}, {kept}" if meaning in self._joined and meaning in raw else kept
                known = self._plain.get(index) if meaning not in self._joined else None
                if known is not None and kept is text and len(known) < _REMEMBERED and not findings:
                    known.add(text)
        if number in self._reaching:
            self._fill_merged(number, line, extras)
        self._remember_merged(number, line, extras)
        if extras or self._only:
            self._join(line, extras)
        self._extras_above = extras
        if number in self._look.formulas:
            told_of_formulas(IssueCode.FORMULA_IN_CELL, self._look.formulas[number], meanings, line.findings)
        if number in self._look.computed:
            computed = {i: self._look.computed[number][i] for i, _ in filled if i in self._look.computed[number]}
            told_of_formulas(IssueCode.FORMULA_VALUE, computed, meanings, line.findings)
        if number in self._look.hidden_rows:
            line.findings.append((IssueCode.HIDDEN_ROW, None, None, ""))
        if Field.NAME not in raw and Field.HEAD in raw and len(raw) > 1:
            raw[Field.NAME] = raw[Field.HEAD]  # the head stands in the head's column, the members in their own
        line.findings = parted(line.raw, line.findings, self.position)
        self._moved(line)
        self._above = line.raw
        return line

    def _moved(self, line: Line) -> None:
        """A whole number that stands in the column of the other kind goes where its length belongs."""
        for field, other, length in ((Field.N12, Field.N9, 9), (Field.N9, Field.N12, 12)):
            text = line.raw.get(field, "")
            if len(text) == length and text.isdecimal() and other not in line.raw:
                line.raw[other] = line.raw.pop(field)
                line.findings.append((IssueCode.NUMBER_OTHER_COLUMN, self._position.get(field), other, text))

    def _kept(self, line: Line, index: int, field: Field, cell: Cell, text: str) -> str | None:
        """The text to keep for a field, None for nothing; remarks go into the line."""
        if len(text) <= LONGEST and (text.lower() in marks() or text[0] in "#E"):
            if is_same(text) or (field in self._above and dots_repeat(field, text)):
                return self._same(line, index, field, text)
            if field is not Field.NAME and is_none(field, text) and not (field is Field.SEX and text == "0"):
                if field in _NUMBERS or field is Field.DOB:
                    line.findings.append(
                        (IssueCode.NUMBER_NONE if field in _NUMBERS else IssueCode.DATE_UNREADABLE, index, field, text)
                    )
                return None
            if text[0] in "#E" and field is not Field.NAME and (error_value(text) or hashes(text)):
                line.findings.append((IssueCode.HASHES if hashes(text) else IssueCode.ERROR_VALUE, index, field, text))
                return None
        if field in DATE_FIELDS:
            return self._date(line, index, field, cell, text)
        if field is Field.SEX:
            return self.sex_said(text)
        if field in _NUMBERS and _TWO_NUMBERS.search(text):
            line.findings.append((IssueCode.TWO_NUMBERS, index, field, text))
        elif field is not Field.NAME and lost_letters(text):
            line.findings.append((IssueCode.LETTERS_LOST, index, field, text))
        return text

    def _apart(self, line: Line, index: int, text: str) -> bool:
        """Whether a cell has a line, or a part behind a comma, for each meaning of its heading, and was taken apart."""
        meanings = self._lined[index]
        lines = [part.strip() for part in text.split("\n")]
        if len(lines) == 1 and "\n" not in self._headings[index]:
            lines = [part.strip() for part in _BETWEEN_PARTS.split(text, maxsplit=len(meanings) - 1)]
        if len(lines) != len(meanings):
            return False
        for meaning, part in zip(meanings, lines, strict=True):
            part = part.strip("() ") if meaning is Field.OTHER_NAME else part
            if (
                isinstance(meaning, Field)
                and part
                and (kept := self._kept(line, index, meaning, part, part)) is not None
            ):
                line.raw.setdefault(meaning, kept)
        return True

    def _extra(self, line: Line, index: int, meaning: Extra, text: str) -> str | None:
        """The text to keep for a column that is no field by itself; one that repeats the cell above takes it."""
        if meaning not in _REPEATED or len(text) > LONGEST or not is_same(text):
            return text
        above = self._extras_above.get(meaning)
        code = IssueCode.DITTO_FILLED if above is not None else IssueCode.DITTO_NOTHING_ABOVE
        line.findings.append((code, index, Field.NAME if meaning is Extra.SURNAME else None, text))
        return above

    def _same(self, line: Line, index: int, field: Field, text: str) -> str | None:
        above = self._above.get(field)
        if field is Field.NAME:
            line.findings.append((IssueCode.NAME_DITTO, index, field, text))
        elif field in _NUMBERS:
            line.findings.append((IssueCode.NUMBER_DITTO, index, field, text))
        elif above is None:
            line.findings.append((IssueCode.DITTO_NOTHING_ABOVE, index, field, text))
        else:
            line.findings.append((IssueCode.DITTO_FILLED, index, field, text))
            return above
        return None

    def _date(self, line: Line, index: int, field: Field, cell: Cell, text: str) -> str:
        """A date as an officer reads it: serials and years that Excel took for something else are put right."""
        if self.undecided(index, cell):
            self._blank.discard(index)
            self._typed.discard(index)
            self._turned[index] = self._decide(index)
        if isinstance(cell, tuple):
            if cell[0] == 1905 and day_serial(*cell) in _YEARS_AS_DAYS:
                line.findings.append((IssueCode.DATE_YEAR_AS_DAY, index, field, text))
                return str(day_serial(*cell))
            if self._turned.get(index) is DayOrder.TYPED_TURNED:
                year, day, month = cell
                line.findings.append((IssueCode.DATE_MONTH_FIRST, index, field, text))
                return f"{day:02d}/{month:02d}/{year}"
            return text
        if self._turned.get(index) is DayOrder.TEXT_TURNED and (right := turned_text(text)) != text:
            line.findings.append((IssueCode.DATE_MONTH_FIRST, index, field, text))
            return right
        counted = not isinstance(cell, str) or self._turned.get(index) is DayOrder.SERIALS
        if counted and text.isdecimal() and int(text) in SERIALS:
            line.findings.append((IssueCode.DATE_SERIAL, index, field, text))
            return serial_day(int(text))
        return text

    def _fill_merged(self, number: int, line: Line, extras: dict[Extra, str]) -> None:
        for index in self._reaching[number]:
            meaning = self._meaning[index]
            text = self._reached.get(index, "")
            if not text:
                continue
            if isinstance(meaning, Extra):
                extras.setdefault(meaning, text)
            else:
                line.raw.setdefault(meaning, text)

    def _remember_merged(self, number: int, line: Line, extras: dict[Extra, str]) -> None:
        for index in self._reaching.get(number + 1, ()):
            meaning = self._meaning[index]
            self._reached[index] = extras.get(meaning, "") if isinstance(meaning, Extra) else line.raw.get(meaning, "")

    def _join(self, line: Line, extras: dict[Extra, str]) -> None:
        line.key = extras.get(Extra.KEY, "")
        line.doc = extras.get(Extra.DOC, "")
        line.household_no = extras.get(Extra.HOUSEHOLD_NO, "")
        line.village = extras.get(Extra.VILLAGE, "")
        line.place = ", ".join(
            extras[part] for part in (Extra.VILLAGE, Extra.COMMUNE, Extra.DISTRICT, Extra.PROVINCE) if part in extras
        )
        join_names(line.raw, extras)
        if Extra.NUMBER in extras:
            join_number(line.raw, line.findings, extras[Extra.NUMBER], self._position.get(Extra.NUMBER))
        for meaning, fields in _TOLD_BY.items():
            if meaning in extras and meaning in self._position:
                line.places.update(dict.fromkeys(fields, self._position[meaning]))
        join_birth(line.raw, line.findings, extras, self._position)
        join_sex(line.raw, line.findings, extras, self._position)
        if Extra.FACTS in extras:
            join_facts(line.raw, extras[Extra.FACTS])
            if Extra.FACTS in self._position:
                line.places.update(dict.fromkeys(facts_of(extras[Extra.FACTS]), self._position[Extra.FACTS]))


def _ticked(layout: Layout) -> dict[int, str]:
    """What a cross says: in each of several columns that share "Dân tộc" a people, below "Chủ hộ" that he is the
    head."""
    said = {column.index: column.heading.rpartition(" / ")[2] for column in layout.columns}
    peoples = [c.index for c in layout.columns if c.meaning is Field.ETHNICITY and parse_people(said[c.index])[0]]
    heads = [c.index for c in layout.columns if c.meaning is Field.RELATION and relation_code(said[c.index]) == "head"]
    return {index: said[index] for index in peoples if len(peoples) > 1} | dict.fromkeys(heads, "Chủ hộ")
