"""Lists with two people in each line, husband and wife or two parties to a contract, each with columns of his own
("Chồng: Họ tên | Ngày sinh | Số CCCD" beside "Vợ: …"), given out with one line each.

What the line says of neither stands in both lines; husband and wife name one another. A list in which the second has
nothing but a name, or a year beside it below headings of one row, stays one of the first: that is no paper of anybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from fieldtool.intake.cells import cell_text
from fieldtool.intake.columns import Extra, Meaning, meaning_of, words
from fieldtool.intake.encodings import ENCODINGS, decoded_rows
from fieldtool.intake.heading_stacks import meaning_of_stack
from fieldtool.intake.layout import letter
from fieldtool.intake.retold import Line, RetoldSheet
from fieldtool.intake.two_headings import PROVING, below_group, stacks_at, two_groups
from fieldtool.records.fields import Field
from fieldtool.records.raw_books import Cell, RawSheet, Row

_HEADING_ROWS = 40
_LOOKED_AT = 400  # rows by which it is told whether both are named
# Words for the first and for the second of two, and whether they tell husband and wife.
_PAIRS: Sequence[tuple[re.Pattern[str], re.Pattern[str], bool]] = (
    (
        re.compile(r"\b(?:chong|ben nam|chu re)\b"),  # "Nam | Nữ" may be two lists side by side
        re.compile(r"\b(?:vo|ben nu|co dau)\b"),
        True,
    ),
    (
        re.compile(r"\b(?:(?:ben|nguoi) (?:ban|chuyen|cho|tang|the chap|giao|gui|a|thu nhat)|ben 1)\b"),
        re.compile(r"\b(?:(?:ben|nguoi) (?:mua|nhan|duoc|thue|vay|b|thu hai)|ben 2)\b"),
        False,
    ),
)
# Said of one person, with the heading that says it of the person of a line.
_TOLD: Mapping[Meaning | str, str] = {
    Field.DOB: "Ngày sinh", Field.SEX: "Giới tính", Field.N12: "Số CCCD", Field.N9: "Số CMND",
    Extra.NUMBER: "CMND/CCCD", Field.ETHNICITY: "Dân tộc", Field.RELIGION: "Tôn giáo", Field.NATIONALITY: "Quốc tịch",
    Field.PLACE: "Nơi cư trú", Field.ORIGIN: "Quê quán", Field.BIRTH_PLACE: "Nơi sinh", Field.ISSUE_DATE: "Ngày cấp",
    Field.ISSUE_PLACE: "Nơi cấp", Field.EXPIRY: "Có giá trị đến", Extra.VILLAGE: "Bản", Extra.COMMUNE: "Xã",
    Extra.DISTRICT: "Huyện", Extra.PROVINCE: "Tỉnh", Field.OTHER_NAME: "Tên gọi khác",
}  # fmt: skip
_ISSUE = frozenset({Field.ISSUE_DATE, Field.ISSUE_PLACE, Field.EXPIRY})
_NAMED = re.compile(r"\b(?:ho|ten|name)\b")
_ASIDE = re.compile(r"\b(?:cha|bo|me|con|chau|tre|chu ho|giam ho)\b")
_BARE = re.compile(r"(?:so|ngay|noi)(?: thang nam| thang)?(?: dang ky| dk| vao so)?|quyen so|so quyen")
_REGISTERED = " kết hôn"  # "Ngày đăng ký" of a marriage is none of a birth
_NAME, _SPOUSE, _SEX = "Họ và tên", "Họ tên vợ/chồng", "Giới tính"


@dataclass(frozen=True, slots=True)
class _Party:
    """The columns of one of the two: the name's, and by what they tell those of the rest (words where it has no
    meaning)."""

    name: int
    told: Mapping[Meaning | str, int]
    sex: str  # "" where his being one of the two tells none


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the heading stands, the two and the headings given out; -1 for a column that is not added."""

    first: int  # row numbers
    last: int
    spoken: frozenset[str]  # words of the heading's own cells
    headings: Sequence[str]
    one: _Party
    other: _Party
    targets: Mapping[Meaning | str, int]  # where what is told of either goes
    spouse: int
    sex: int


class TwoSheet(RetoldSheet):
    """Such a sheet as a list. `cells` tells where each cell of the line given out last stands on the sheet."""

    def __init__(self, sheet: RawSheet, columns: _Columns) -> None:
        super().__init__(sheet)
        self.row, self.column = columns.first, columns.other.name
        self._at = columns
        look = sheet.look
        self._struck, self._crossed = look.struck, look.crossed
        # Told anew for each person before he is given out.
        self._now, self._parts = dict(self._struck), dict(self._crossed)
        self._written, self._fonts = look.fonts, dict(look.fonts)
        for number in range(columns.first, columns.last + 1):
            self._fonts.pop(number, None)  # the headings given out are decoded
        own = {columns.one.name, columns.other.name, *columns.one.told.values(), *columns.other.told.values()}
        merged = tuple(m for m in look.merged if m[0] > columns.last and (m[0] == m[2] or m[1] not in own))
        self.look = replace(look, struck=self._now, crossed=self._parts, fonts=self._fonts, merged=merged, computed={})

    def _given(self, lines: Iterable[Line]) -> Iterator[Line]:
        at = self._at
        for number, row in lines:
            if number < at.first:
                yield number, row
            elif number == at.first:
                yield number, list(at.headings)
            elif number > at.last and not self._repeated(row):
                yield from self._two(number, row)

    def _repeated(self, row: Row) -> bool:
        """Whether a row is one of the heading's own again, at the top of a printed page."""
        filled = [text for cell in row if (text := words(cell_text(cell)))]
        return len(filled) > 1 and self._at.spoken.issuperset(filled)

    def _two(self, number: int, row: Row) -> Iterator[Line]:
        at = self._at
        people = [party for party in (at.one, at.other) if _is_name(_at(row, party.name))]
        if at.other not in people:
            people = [at.one]  # a village, a total, or one who is named alone
        for party in people:
            mate = next((other for other in people if other is not party), None)
            yield self._line(number, row, party, mate)

    def _line(self, number: int, row: Row, party: _Party, mate: _Party | None) -> Line:
        at = self._at
        theirs = {place for p in (at.one, at.other) for place in (p.name, *p.told.values())}
        source = {place: place for place in range(len(row)) if place not in theirs}
        source |= {at.targets[key]: place for key, place in party.told.items()}
        source[at.one.name] = party.name
        if mate is not None and at.spouse >= 0:
            source[at.spouse] = mate.name
        line: Row = [""] * max(len(at.headings), len(row))
        for target, place in source.items():
            line[target] = _at(row, place)
        if at.sex >= 0 and party.sex and line[at.one.name] != "" and line[at.sex] == "":
            line[at.sex] = party.sex
        self.cells.clear()
        self.cells.update({(number, target): f"{letter(place)}{number}" for target, place in source.items()})
        self._cross(number, source)
        return number, line

    def _cross(self, number: int, source: Mapping[int, int]) -> None:
        """Say which cells of the line given out next are struck through, in whole or in part, or in an old font."""
        if bits := self._struck.get(number, 0):
            self._now[number] = sum(1 << target for target, place in source.items() if bits >> place & 1)
        if fonts := self._written.get(number):
            self._fonts[number] = {target: fonts[place] for target, place in source.items() if place in fonts}
        if parts := self._crossed.get(number):
            self._parts[number] = {target: parts[place] for target, place in source.items() if place in parts}


def two_in_lines(sheet: RawSheet) -> TwoSheet | None:
    """The sheet as a list of one line a person where each line has two people, None for any other sheet."""
    if sheet.look.formulas:
        return None
    for encoding in ("", *ENCODINGS):
        if (found := _found(sheet, _decoded(sheet, encoding))) is not None:
            return found
    return None


def _decoded(sheet: RawSheet, encoding: str) -> list[Line]:
    """The first rows with the texts of those in which a heading may stand decoded, by font or all in one encoding."""
    head = sheet.head()
    if not sheet.look.fonts and not encoding:
        return head
    top = head[:_HEADING_ROWS]
    texts = decoded_rows([list(map(cell_text, row)) for _, row in top], [n for n, _ in top], sheet.look, encoding)
    lines: list[Line] = [(number, [*row]) for (number, _), row in zip(top, texts, strict=True)]
    return lines + head[_HEADING_ROWS:]


def _found(sheet: RawSheet, head: Sequence[Line]) -> TwoSheet | None:
    for place, (_, row) in enumerate(head[:_HEADING_ROWS]):
        spoken = [words(cell_text(cell)) for cell in row]
        if (pair := two_groups(head, place)) and (found := _sheet(sheet, head, place, pair, couple=False)):
            return found
        for first, second, couple in _PAIRS:
            if any(map(first.search, spoken)) and any(map(second.search, spoken)):
                found = _sheet(sheet, head, place, (first, second), couple)
                if found is not None:
                    return found
    return None


def _sheet(
    sheet: RawSheet, head: Sequence[Line], place: int, pair: tuple[re.Pattern[str], re.Pattern[str]], couple: bool
) -> TwoSheet | None:
    stacks, rows = stacks_at(head, place)
    owners = _owners(stacks, pair)
    last = place + rows - 1
    meanings = [meaning_of_stack(below_group(stack))[0] for stack in stacks]
    names = [_name_of(stacks, meanings, owners, party) for party in (0, 1)]
    if min(names) < 0:
        return None
    if meanings.count(Extra.ORDINAL) > 1:
        return None  # two lists side by side
    if any(m is Field.NAME and index not in names and owners[index] is None for index, m in enumerate(meanings)):
        return None  # the line's own person is another than the two
    if any(
        _ASIDE.search(words(" ".join(stack))) and meaning_of_stack(stack)[0] in (Field.FATHER, Field.MOTHER)
        for stack in stacks
    ):
        return None
    owners = _runs(owners, names, meanings, grouped=rows > 1)
    people = [_party(stacks, meanings, owners, names[party], party) for party in (0, 1)]
    if not all(PROVING.intersection(told) for told in people):
        return None
    body = [row for _, row in head[last + 1 :][:_LOOKED_AT]]
    if rows == 1 and not all(_told_well(told, body) for told in people):
        return None
    both = sum(all(_is_name(_at(row, name)) for name in names) for row in body)
    either = sum(any(_is_name(_at(row, name)) for name in names) for row in body)
    if not both or 2 * both < either - 4:  # signers stand below a list
        return None
    sexes = ("Nam", "Nữ") if couple else ("", "")
    one, other = sorted(
        (_Party(names[party], people[party], sexes[party]) for party in (0, 1)), key=lambda party: party.name
    )
    return TwoSheet(sheet, _given_out(head, place, last, stacks, one, other, couple))


def _owners(stacks: Sequence[Sequence[str]], pair: tuple[re.Pattern[str], re.Pattern[str]]) -> list[int | None]:
    """Whose each column is, as its heading says: 0 or 1, None for neither or both ("Họ tên vợ/chồng")."""
    owners: list[int | None] = []
    for stack in stacks:
        told = [bool(pattern.search(words(stack[0]))) if stack else False for pattern in pair]
        owners.append(told.index(True) if sum(told) == 1 else None)
    return owners


def _name_of(
    stacks: Sequence[Sequence[str]], meanings: Sequence[Meaning | None], owners: Sequence[int | None], party: int
) -> int:
    """The column of a party's name, -1 for none or several."""
    found = [
        index
        for index, stack in enumerate(stacks)
        if owners[index] == party
        and (
            meanings[index] is Field.NAME
            if len(stack) > 1
            else meanings[index] in (Field.NAME, Field.SPOUSE)
            and (_NAMED.search(words(stack[0])) or len(words(stack[0]).split(" ")) <= 2)
        )
    ]
    return found[0] if len(found) == 1 else -1


def _runs(
    owners: Sequence[int | None], names: Sequence[int], meanings: Sequence[Meaning | None], *, grouped: bool
) -> list[int | None]:
    """Whose each column is where headings do not say it: what stands behind a name, up to the other's, is his; behind
    the second only what the first has as well."""
    told = list(owners)
    if grouped:
        return told
    first, second = sorted((0, 1), key=lambda party: names[party])
    of_first = set()
    for index in range(names[first] + 1, names[second]):
        if told[index] is None:
            told[index] = first
        if told[index] == first:
            of_first.add(meanings[index])
    for index in range(names[second] + 1, len(told)):
        if told[index] is None:
            if meanings[index] not in of_first or meanings[index] in (None, Extra.OTHER):
                break
            told[index] = second
    return told


def _party(
    stacks: Sequence[Sequence[str]],
    meanings: Sequence[Meaning | None],
    owners: Sequence[int | None],
    name: int,
    party: int,
) -> dict[Meaning | str, int]:
    """What is told of one of the two, by meaning or words → column; the left of two that tell the same."""
    told: dict[Meaning | str, int] = {}
    for index, stack in enumerate(stacks):
        if owners[index] == party and index != name and stack:
            told.setdefault(_key(stack, meanings[index]), index)
    return told


_OF_ONE = re.compile(r"\b(?:cua )?(?:(?:ben|nguoi) )?(?:chong|vo|nam|nu|ban|mua|nhan|chuyen nhuong|a|b)\b")


def _key(stack: Sequence[str], meaning: Meaning | None) -> Meaning | str:
    if len(stack) == 1 and meaning not in _TOLD:  # "Năm sinh chồng", "CCCD người mua"
        rest = " ".join(_OF_ONE.sub(" ", words(stack[0])).split())
        meaning = meaning_of(rest)[0] if rest else None
    return meaning if meaning is not None and meaning in _TOLD else words(" ".join(below_group(stack)))


def _given_out(
    head: Sequence[Line],
    place: int,
    last: int,
    stacks: Sequence[Sequence[str]],
    one: _Party,
    other: _Party,
    couple: bool,
) -> _Columns:
    """The headings of the list and where everything goes: what is told of the second below the first's headings."""
    theirs = {column for party in (one, other) for column in (party.name, *party.told.values())}
    headings = ["" if index in theirs else _shared(stack, couple) for index, stack in enumerate(stacks)]
    targets: dict[Meaning | str, int] = {}
    for party in (one, other):
        for key, column in party.told.items():
            if key in targets:
                continue
            heading = _TOLD.get(key, stacks[column][-1])
            if party is one:
                targets[key] = column
                headings[column] = heading
            else:
                targets[key] = len(headings)
                headings.append(heading)
    headings[one.name] = _NAME
    spouse = sex = -1
    if couple:
        spouse = len(headings)
        headings.append(_SPOUSE)
        sex = targets.get(Field.SEX, len(headings))
        if sex == len(headings):
            headings.append(_SEX)
    spoken = frozenset(words(text) for _, row in head[place : last + 1] for cell in row if (text := cell_text(cell)))
    return _Columns(head[place][0], head[last][0], spoken, headings, one, other, targets, spouse, sex)


def _shared(stack: Sequence[str], couple: bool) -> str:
    """The heading of a column that is nobody's own; the number and day of a marriage are said to be its."""
    text = " / ".join(stack)
    return text + _REGISTERED if couple and _BARE.fullmatch(words(text)) else text


def _told_well(told: Mapping[Meaning | str, int], body: Sequence[Row]) -> bool:
    """Whether more is told of one than the year of his birth: a number or a day."""
    numbers = [told[key] for key in PROVING if key in told and key is not Field.DOB]
    if any(cell_text(_at(row, place)) for place in numbers for row in body):
        return True
    births = [_at(row, told[Field.DOB]) for row in body] if Field.DOB in told else []
    return any(isinstance(cell, tuple) or len(cell_text(cell)) > len("1990") for cell in births)


def _is_name(cell: Cell) -> bool:
    text = cell_text(cell)
    return " " in text and len(text) <= 120 and not any(map(str.isdecimal, text))


def _at(row: Row, index: int) -> Cell:
    return row[index] if 0 <= index < len(row) else ""
