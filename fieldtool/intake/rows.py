"""Turns the rows of one recognised sheet into documents or numbered issues, in one pass and little memory."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from fieldtool.intake.banner_words import form_lines
from fieldtool.intake.blocks import Blocks, in_extract
from fieldtool.intake.cells import cell_text, one_line
from fieldtool.intake.checks import name_fault, remarks
from fieldtool.intake.children_columns import ChildrenSheet
from fieldtool.intake.columns import Extra, Meaning, flat
from fieldtool.intake.fields import FieldReader, Line
from fieldtool.intake.grouping import bold_column, fills_villages
from fieldtool.intake.issues import Issue, IssueCode, Severity, severity_of
from fieldtool.intake.kinds import kind_of_text
from fieldtool.intake.layout import DayOrder, Layout, letter
from fieldtool.intake.members_in_cells import MembersSheet
from fieldtool.intake.paired_lines import PairedSheet
from fieldtool.intake.person_forms import FormSheet
from fieldtool.intake.sections import RowKind, Sorter
from fieldtool.intake.turned_lists import TurnedSheet
from fieldtool.intake.two_in_lines import TwoSheet
from fieldtool.intake.village_words import village_of_row
from fieldtool.intake.whole_columns import Untold
from fieldtool.records.documents import Document, Source, document_id
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.gazetteer import place_key
from fieldtool.records.numbers import parse_number
from fieldtool.records.places import parse_place
from fieldtool.records.raw_books import RawSheet, Row

_LONGEST_PERSON = 100  # rows over which a person's name is merged
VillageOf = Callable[[str, str], tuple[str, str]]  # fieldtool.records.villages.village_of


_HOMES: frozenset[Meaning] = frozenset({Field.RELATION, Field.BOOK, Field.HEAD, Extra.HOUSEHOLD_NO})
_BIRTHS: frozenset[Meaning] = frozenset({Field.DOB, Extra.YEAR_MALE, Extra.YEAR_FEMALE, Extra.BIRTH_YEAR})
_SEXES: frozenset[Meaning] = frozenset({
    Field.SEX, Extra.YEAR_MALE, Extra.YEAR_FEMALE, Extra.MARK_MALE, Extra.MARK_FEMALE, Extra.ONLY_MALE,
    Extra.ONLY_FEMALE,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class RowResult:
    """What became of one row of data. `document` is None when it was parked or refused; `raw` is what was read."""

    row: int
    document: Document | None
    severity: Severity
    issues: tuple[Issue, ...]
    raw: Mapping[Field, str]


@dataclass(slots=True)
class SheetReading:
    """The reading of one sheet: iterate `results`, then look at the remarks on what was no row of data."""

    file: str
    layout: Layout
    commune: str
    village_of: VillageOf
    untold: Untold = Untold()  # date columns of whose order nothing is told; `decide` tells it
    decide: Callable[[int], DayOrder] = lambda _: DayOrder.DAY_FIRST
    around: list[Issue] = dataclasses.field(default_factory=list)
    villages: dict[str, str] = dataclasses.field(default_factory=dict)  # id → name, as met
    rows: int = 0


def list_id_of(kind: DocumentKind, sheet: str, file: str) -> str:
    """The id of a list: kind, sheet and file name, not content, so that a corrected copy of a list is the same list."""
    return hashlib.sha256(f"list\n{kind}\n{sheet}\n{file}".encode()).hexdigest()[:16]


_IN_HOMES = frozenset({DocumentKind.HOUSEHOLD, DocumentKind.REGISTER})  # kinds of list that say who lives together
_RESHAPED = FormSheet | TurnedSheet | MembersSheet | PairedSheet | ChildrenSheet | TwoSheet
_IN_PLACE: Mapping[tuple[int, int], str] = {}  # every cell stands where its row and column say


class RowReader:
    """Reads the rows of one sheet."""

    def __init__(self, reading: SheetReading, sheet: RawSheet, occurrences: dict[bytes, int]) -> None:
        self.reading = reading
        self.layout = reading.layout
        self._look = sheet.look
        self._cells = sheet.cells if isinstance(sheet, _RESHAPED) else _IN_PLACE
        self._file = reading.file
        wide = frozenset(
            row for row, first, last_row, last in sheet.look.merged if row == last_row and last - first >= 2
        )  # fmt: skip
        look = sheet.look
        self.odd = {
            *wide,
            *look.hidden_rows,
            *look.formulas,
            *look.computed,
            *look.struck,
            *look.crossed,
        }  # rows that need every look
        self.sorter = Sorter(reading.layout, wide)
        self.fields = FieldReader(reading.layout, sheet.look, reading.untold, reading.decide)
        self.odd |= self.fields.touched
        self._blocks = Blocks(reading.layout.bold_heads or reading.layout.capital_heads)
        for line in form_lines(reading.layout.title):
            self._blocks.banner(line)
        self._name = reading.layout.column(Field.NAME)
        self._bold_at = bold_column(reading.layout)
        self._read_columns = {
            c.index for c in reading.layout.columns if c.meaning not in (None, Extra.OTHER, Field.NOTE)
        }
        self._merged_names = {
            row
            for first, left, last, _ in sheet.look.merged
            if left == self._name and first < last <= first + _LONGEST_PERSON
            for row in range(first + 1, last + 1)
        }
        self._head = -1 if (head := reading.layout.column(Field.HEAD)) is None else head
        self._village_text = reading.layout.village
        self.fills_villages = fills_villages(reading.layout, sheet.head())
        self._known_villages: dict[str, str] = {}
        self.occurrences = occurrences
        self.holders: dict[str, str] = {}  # personal number → name of its first row
        self._equal = False
        meanings = reading.layout.meanings()
        # Without any of these nothing says where a household begins, and none is made up.
        self._tells_homes = (
            reading.layout.bold_heads
            or reading.layout.capital_heads
            or reading.layout.named_relations
            or bool(meanings & _HOMES)
        )
        self.silent = set[IssueCode]()
        if not meanings & _SEXES:
            self.silent.add(IssueCode.SEX_MISSING)
        if not meanings & _BIRTHS:
            self.silent.add(IssueCode.DATE_MISSING)
        self.tells_village = bool(reading.layout.meanings() & {Field.PLACE, Extra.VILLAGE})
        self.lists = {kind: list_id_of(kind, reading.layout.sheet, reading.file) for kind in DocumentKind}

    def results(self, sheet: RawSheet) -> Iterator[RowResult]:
        """The outcome of every row of data, in order."""
        for number, row in sheet.rows():
            if number > self.layout.header_rows[1] and (result := self.result(number, row)) is not None:
                yield result

    def result(self, number: int, row: Row) -> RowResult | None:
        """The outcome of one row; None for a row that is none of data."""
        filled = [
            (index, cell if type(cell) is str else cell_text(cell)) for index, cell in enumerate(row) if cell != ""
        ]
        filled, decoded = self.fields.decoded(number, filled)
        kind = self.sorter.sort(number, filled)
        if kind is RowKind.DATA and self._continues(number, filled):
            kind = RowKind.CONTINUED
        if kind is RowKind.DATA:
            self.reading.rows += 1
            return self._read(number, self.fields.line(number, row, filled, decoded))
        if kind is not RowKind.BLANK:
            self._around(kind, number, filled)
        return None

    def _continues(self, number: int, filled: list[tuple[int, str]]) -> bool:
        """Whether a row only says more of the person above, in columns that are not read."""
        if number in self._merged_names and not any(index == self._name for index, _ in filled):
            return True
        return not any(index in self._read_columns for index, _ in filled)

    def _around(self, kind: RowKind, number: int, filled: list[tuple[int, str]]) -> None:
        """Follow villages and households; remark on what was left out."""
        spoken = [text for _, text in filled if any(map(str.isalpha, text))]
        if kind is RowKind.VILLAGE:
            self._village_text = next(filter(None, map(village_of_row, spoken)), self._village_text)
        elif kind is RowKind.SECTION and (head := dict(filled).get(self._head, "")):
            self._blocks.open(head)
            return
        elif kind is RowKind.BANNER:
            self._blocks.banner(one_line([text for _, text in filled]))
        codes = {
            RowKind.SECTION: IssueCode.SECTION_ROW,
            RowKind.TOTAL: IssueCode.TOTAL_ROW,
            RowKind.FOOTER: IssueCode.FOOTER_ROW,
            RowKind.ORDINAL: IssueCode.ORDINAL_ONLY,
            RowKind.CONTINUED: IssueCode.ROW_CONTINUED,
        }
        if kind in codes:
            text = " | ".join(text for _, text in filled)[:200]
            self.reading.around.append(self._issue(codes[kind], number, filled[0][0], None, text))

    def _issue(self, code: IssueCode, number: int, column: int | None, field: Field | None, text: str) -> Issue:
        cell = "" if column is None else self._cells.get((number, column), f"{letter(column)}{number}")
        return Issue(code, self._file, self.layout.sheet, number, cell, field, text)

    def _read(self, number: int, line: Line) -> RowResult:
        raw = line.raw
        if self.fills_villages and line.village:
            self._village_text = _as_village(line.village, line.village)
        self._name_checked(line)
        kind = self._kind(line)
        household = self.household(number, line, kind) if self.in_homes(kind) and Field.NAME in raw else ""
        return self.judged(number, line, kind, household)

    def in_homes(self, kind: DocumentKind) -> bool:
        """Whether rows of a kind stand in households here."""
        return kind in _IN_HOMES and (self._tells_homes or self._blocks.block.number > 0)

    def in_place(self) -> bool:
        """Whether every cell stands where its row and column say; else the sheet tells it of the row given out last
        alone, and no row may be asked for before that one is done with."""
        return self._cells is _IN_PLACE

    def apart(self) -> bool:
        """Whether a row's household is told by its own cells alone."""
        return not self.layout.grouped and not self._blocks.banners

    def judged(self, number: int, line: Line, kind: DocumentKind, household: str) -> RowResult:
        """What becomes of a row whose name, kind and household are known."""
        raw = line.raw
        worst = self._worst(line)
        if worst is Severity.NOTE:
            line.findings.extend(
                (code, None, field, raw.get(field, "")) for code, field in remarks(raw) if code not in self.silent
            )
            worst = self._worst(line)
        issues = tuple(
            self._issue(code, number, self._place(line, field) if column is None and field else column, field, text)
            for code, column, field, text in line.findings
        )
        document = None
        if worst is Severity.NOTE:
            document = self._document(number, line, kind, household)
            issues += tuple(self._after(number, kind, raw, document.village))
        return RowResult(number, document, worst, issues, raw)

    def remarked(self, number: int, kind: DocumentKind, raw: Mapping[Field, str], village: str) -> tuple[Issue, ...]:
        """What `judged` remarks on a row with nothing odd in a single cell, and no equal row above."""
        self._equal = False
        found = [(code, field) for code, field in remarks(raw) if code not in self.silent]
        return (
            *(
                self._issue(code, number, self.fields.position(field), field, raw.get(field, ""))
                for code, field in found
            ),
            *self._after(number, kind, raw, village),
        )

    def _place(self, line: Line, field: Field) -> int | None:
        """The column that a row has a field from."""
        return line.places[field] if field in line.places else self.fields.position(field)

    @staticmethod
    def _worst(line: Line) -> Severity:
        found = {severity_of(finding[0]) for finding in line.findings}
        if Severity.REFUSED in found:
            return Severity.REFUSED
        return Severity.PARKED if Severity.PARKED in found else Severity.NOTE

    def _after(self, number: int, kind: DocumentKind, raw: Mapping[Field, str], village: str) -> Iterator[Issue]:
        """Remarks that need the finished document or the rows before it."""
        name = raw.get(Field.NAME, "")
        if self._equal:
            yield self._issue(IssueCode.EQUAL_ROWS, number, None, None, name)
        if not village and self.tells_village and kind is not DocumentKind.BIRTH:
            yield self._issue(
                IssueCode.NO_VILLAGE, number, self.fields.position(Field.PLACE), Field.PLACE, raw.get(Field.PLACE, "")
            )
        n12 = raw.get(Field.N12, "")
        if len(n12) == 12:
            other = self.holders.setdefault(n12, name)
            if other is not name and flat(other) != flat(name) and not parse_number(n12).placeholder:
                yield self._issue(IssueCode.NUMBER_SHARED, number, self.fields.position(Field.N12), Field.N12, n12)

    def _name_checked(self, line: Line) -> None:
        name = line.raw.get(Field.NAME, "")
        if not name:
            if not any(code is IssueCode.NAME_DITTO for code, *_ in line.findings):
                line.findings.append((IssueCode.NO_NAME, self._name, Field.NAME, ""))
            return
        fault = name_fault(name)
        if fault is IssueCode.NAME_NO_LETTERS and self._shifted(line):
            fault = IssueCode.COLUMNS_SHIFTED
        if fault is not None:
            line.findings.append((fault, self._name, Field.NAME, name))
        elif len(line.raw) == 1 and not (line.key or line.village or line.household_no):
            line.findings.append((IssueCode.NAME_ONLY, self._name, Field.NAME, name))

    @staticmethod
    def _shifted(line: Line) -> bool:
        """Whether a field that never holds a name holds one, while the name cell has none."""
        odd = (line.raw.get(field, "") for field in (Field.DOB, Field.SEX, Field.N12, Field.N9))
        return any(" " in text and text.replace(" ", "").isalpha() for text in (*odd, line.key, line.household_no))

    def _kind(self, line: Line) -> DocumentKind:
        if not line.doc:
            return self.layout.kind
        kind = kind_of_text(line.doc)
        if kind is None:
            line.findings.append((IssueCode.UNKNOWN_DOC, self.layout.column(Extra.DOC), None, line.doc))
        return kind or self.layout.kind

    def household(self, number: int, line: Line, kind: DocumentKind) -> str:
        """The household of a member's line, which takes from it what it leaves out."""
        home = self._home(number, line)
        return in_extract(self.lists[kind], home) if home and kind is DocumentKind.REGISTER else home

    def home_apart(self, line: Line, kind: DocumentKind) -> tuple[str, str]:
        """The village and the household of a line that takes nothing from the lines above; see `apart`."""
        village = self.village(line)
        if not self.in_homes(kind):
            return village, ""
        home = self._blocks.apart(line.raw, self.lists[DocumentKind.HOUSEHOLD], village)
        return village, in_extract(self.lists[kind], home) if home and kind is DocumentKind.REGISTER else home

    def _home(self, number: int, line: Line) -> str:
        raw = line.raw
        if self.apart():
            return self._blocks.apart(raw, self.lists[DocumentKind.HOUSEHOLD], self.village(line))
        bold = self._bold_at is not None and bool(self._look.bold.get(number, 0) >> self._bold_at & 1)
        bold = bold or (self.layout.capital_heads and raw[Field.NAME].isupper())
        before = self._blocks.block
        block = self._blocks.place(raw, bold, line.household_no)
        if block is not before and not block.place:  # whose first line has an address alone: it is all the others' too
            block.place = raw.get(Field.PLACE, "") or (line.village and _as_village(line.village, line.village))
        if block.head and Field.HEAD not in raw:
            raw[Field.HEAD] = block.head
        if block.book and Field.BOOK not in raw:
            raw[Field.BOOK] = block.book
        if block.heads > 1 and bool(raw.get(Field.RELATION)) and raw.get(Field.NAME) != block.head:
            line.findings.append((IssueCode.TWO_HEADS, None, Field.RELATION, raw.get(Field.RELATION, "")))
        if not block.head:
            line.findings.append((IssueCode.NO_HEAD, None, Field.HEAD, ""))
        return block.id_in(self.lists[DocumentKind.HOUSEHOLD], self.village(line))

    def village(self, line: Line) -> str:
        """The village of a line: its own column, its address, its household's banner, the row above, the title."""
        place = self._blocks.block.place
        for text in (line.village, line.raw.get(Field.PLACE, ""), place, self._village_text):
            if not text or (text is not line.village and _larger(text)):
                continue
            known = self._known_villages.get(text)
            if known is None:
                known, name = self.reading.village_of(_as_village(text, line.village), self.reading.commune)
                self._known_villages[text] = known
                if known:
                    self.reading.villages.setdefault(known, name)
            if known:
                return known
        return ""

    def default_place(self, line: Line) -> str:
        """The place of a row that names none."""
        return line.place or self._blocks.block.place or self._village_text

    def _document(self, number: int, line: Line, kind: DocumentKind, household: str) -> Document:
        raw = line.raw
        village = self.village(line)
        if Field.PLACE not in raw and (place := self.default_place(line)):
            raw[Field.PLACE] = place
        list_id = self.lists[kind]
        first = document_id(kind, raw, line.key)
        mark = bytes.fromhex(first)
        count = self.occurrences.get(mark, 0)
        self.occurrences[mark] = count + 1
        self._equal = count > 0
        return Document(
            id=document_id(kind, raw, line.key, count) if count else first,
            kind=kind,
            raw=raw,
            source=Source(self._file, self.layout.sheet, number, line.key),
            village=village,
            list_id=list_id,
            household=household,
        )


@lru_cache(maxsize=4096)
def _larger(text: str) -> bool:
    """Whether an address names a district or a province and nothing in it ("Diễn Châu"): no village of this commune,
    though a bare name in a village's column may be one."""
    if "," in text or village_of_row(text):
        return False
    reading = parse_place(text)
    names = {place_key(name) for name in (reading.district, reading.province) if name}
    return place_key(text) in names and not reading.commune


def _as_village(text: str, column: str) -> str:
    """A village column may leave out the unit word ("Xốp Nặm"); a number alone needs one."""
    if text is column and not village_of_row(text):
        return f"Bản {text}"
    return text
