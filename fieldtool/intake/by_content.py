"""Columns of a list without heading, or with one that names nobody, guessed from what stands in them.

Only what content tells by itself is guessed: the name, the birth date, the two numbers, sex, people, relation, village.
A name of a parent or a day of issue looks like the person's own, so of several such columns one is taken at most; a
heading goes before the content. What is guessed is said to be, and an officer can change it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from fieldtool.intake.cells import cell_text
from fieldtool.intake.checks import sex_of, written_as_name
from fieldtool.intake.columns import Extra, Meaning, flat, meaning_of
from fieldtool.intake.encodings import ENCODINGS, decoded_cell, with_encodings
from fieldtool.intake.kinds import kind_of
from fieldtool.intake.layout import Column, Layout
from fieldtool.intake.village_words import village_of_row, village_of_tab, village_of_title
from fieldtool.records.dates import FIRST_YEAR, REFERENCE_YEAR, parse_date
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.numbers import decode12
from fieldtool.records.peoples import parse_people
from fieldtool.records.raw_books import Cell, Row, SheetLook
from fieldtool.records.relations import relation_code

GUESSED = 0.3  # how sure such a column is
_DEPTH = 40  # titles stand in the rows before
_ROWS = 400
_LEAST = 3  # people from whom a list is told
_MOST = 0.6  # share of a column's filled cells that must be alike
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_DAY = re.compile(r"\d{1,2}\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?(?:\d{4}|\d{2})|(?:1[89]|20)\d\d-\d\d-\d\d")
_NINE = re.compile(r"[0-2]\d{8}")  # a telephone number that lost its zero begins otherwise
_FAR = 3  # columns behind the name in which a lone date is his birth

Texts = Mapping[int, str]  # row → filled text of one column


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The rows of people, and what each column holds in them."""

    first: int  # row number of the first person
    numbers: Sequence[int]
    columns: Sequence[Texts]
    typed: Sequence[Set[int]]  # rows of each column that hold a day typed as one


def guessed(
    sheet: str,
    head: Sequence[tuple[int, Row]],
    look: SheetLook,
    file: str = "",
    kind: DocumentKind | None = None,
) -> Layout | None:
    """The layout that the content of a sheet's first rows tells, None when it tells no list of people."""
    for encoding in ("", *ENCODINGS):
        layout = _layout(sheet, _decoded(head[: _DEPTH + _ROWS], look, encoding), file, kind)
        if layout is not None:
            return replace(layout, columns=with_encodings(layout.columns, head[: _DEPTH + _ROWS], look))
    return None


def _decoded(head: Sequence[tuple[int, Row]], look: SheetLook, encoding: str) -> Sequence[tuple[int, Row]]:
    """Rows with old fonts decoded, by font or all in one encoding."""
    if not look.fonts and not encoding:
        return head

    def cell(value: Cell, font: str) -> Cell:
        return decoded_cell(value, font, encoding)[0] if isinstance(value, str) else value

    fonts = look.fonts
    return [(n, [cell(value, fonts.get(n, {}).get(i, "")) for i, value in enumerate(row)]) for n, row in head]


def _layout(sheet: str, head: Sequence[tuple[int, Row]], file: str, kind: DocumentKind | None) -> Layout | None:
    body = _body(head)
    if body is None:
        return None
    above = [(number, row) for number, row in head if number < body.first]
    headings = _headings(above[-1][1]) if above else {}
    said = {index: meaning_of(text)[0] for index, text in headings.items()}
    found = _meanings(body, headings)
    if found is None:
        return None
    known = set(found.values())
    for index, meaning in said.items():
        if index not in found and meaning is not None and meaning not in known:
            found[index] = meaning
            if meaning is not Extra.OTHER:
                known.add(meaning)  # "Nơi ĐKTT | Chỗ ở hiện tại": the first is taken, as of headings that are read
    columns = tuple(
        Column(index, headings.get(index, ""), meaning := found.get(index), GUESSED if meaning else 0.0)
        for index in range(len(body.columns))
    )
    title = tuple(
        text
        for _, row in (above[:-1] if headings else above)
        if (text := " | ".join(dict.fromkeys(t for cell in row if (t := cell_text(cell)))))
    )
    chosen, sure = (kind, True) if kind else kind_of(columns, title, sheet, file)
    village = next(filter(None, map(village_of_title, reversed(title))), "") or village_of_tab(sheet)
    rows = (body.first - 1, body.first - 1)
    return Layout(sheet, rows, columns, chosen, sure, title, village, grouped=False, guessed=True)


def _headings(row: Row) -> dict[int, str]:
    """The texts of the row above the first person when it is a row of headings."""
    texts = {index: text for index, cell in enumerate(row) if (text := cell_text(cell))}
    return texts if len(texts) >= _LEAST and not any(map(str.isdecimal, "".join(texts.values()))) else {}


def _body(head: Sequence[tuple[int, Row]]) -> _Sheet | None:
    """From the first row on that names a person and says something of him; None when there are too few."""
    people = [(number, row) for number, row in head if _is_person(row)]
    if len(people) < _LEAST or people[0][0] > head[0][0] + _DEPTH:
        return None
    after = [row for number, row in head if number >= people[0][0] and sum(c != "" for c in row) > 1]
    if len(people) < _MOST * len(after):
        return None
    width = max(len(row) for _, row in people)
    columns: list[dict[int, str]] = [{} for _ in range(width)]
    typed: list[set[int]] = [set() for _ in range(width)]
    for number, row in people:
        for index, cell in enumerate(row):
            if text := cell_text(cell):
                columns[index][number] = text
                if isinstance(cell, tuple):
                    typed[index].add(number)
    return _Sheet(people[0][0], [number for number, _ in people], columns, typed)


def _is_person(row: Row) -> bool:
    texts = [text for cell in row if (text := cell_text(cell))]
    return any(map(_named, texts)) and any(map(_telling, texts))


def _named(text: str) -> bool:
    return written_as_name(text) and relation_code(text) in ("", "other")


def _telling(text: str) -> bool:
    digits = text.replace(" ", "")
    return bool(_DAY.fullmatch(text) or _YEAR.fullmatch(text) or (digits.isdecimal() and len(digits) in (9, 11, 12)))


def _alike(texts: Texts, fits: Callable[[str], object]) -> bool:
    return bool(texts) and sum(bool(fits(text)) for text in texts.values()) >= _MOST * len(texts)


def _meanings(body: _Sheet, headings: Mapping[int, str]) -> dict[int, Meaning] | None:
    """Position → meaning; None without a name, or with nothing that tells two of a name apart."""
    name = _name_column(body)
    if name is None:
        return None
    found: dict[int, Meaning] = {name: Field.NAME}
    if (given := _given_beside(name, body)) is not None:
        found |= {name: Extra.SURNAME, given: Extra.GIVEN}
    free = [i for i in range(len(body.columns)) if i not in found and i not in headings and body.columns[i]]
    tests: tuple[tuple[Meaning, Callable[[str], object]], ...] = (
        (Field.N12, _twelve),
        (Field.N9, _NINE.fullmatch),
        (Field.SEX, lambda text: sex_of(text) and not text.isdecimal()),
        (Field.ETHNICITY, lambda text: parse_people(text)[0] and not text.isdecimal()),
        (Field.RELATION, lambda text: relation_code(text) not in ("", "other")),
        (Field.PLACE, village_of_row),
    )
    for meaning, fits in tests:
        places = [index for index in free if index not in found and _alike(body.columns[index], fits)]
        if len(places) == 1 or (places and meaning is Field.PLACE):
            found[places[0]] = meaning
    found |= _births(body, name, [index for index in free if index not in found], found)
    telling = {Field.DOB, Field.N12, Field.N9, Extra.YEAR_MALE}
    return found if telling & set(found.values()) or headings else None


def _twelve(text: str) -> bool:
    digits = text.replace(" ", "")
    return digits.isdecimal() and (decode12(digits) is not None or (len(digits) == 11 and digits.startswith("4")))


def _name_column(body: _Sheet) -> int | None:
    """The column of the people's own names: the first with names that hardly repeat."""
    places = [index for index, texts in enumerate(body.columns) if _alike(texts, _named)]
    full = [index for index in places if len(body.columns[index]) >= _MOST * len(body.numbers)]
    apart = [index for index in full if len({*body.columns[index].values()}) >= 0.8 * len(body.columns[index])]
    return next(iter([*apart, *full]), None)


def _given_beside(name: int, body: _Sheet) -> int | None:
    """The column behind the names when it holds one more word of each."""
    if name + 1 >= len(body.columns):
        return None
    texts = body.columns[name + 1]
    words = [text for text in texts.values() if text.isalpha() and not sex_of(text) and not parse_people(text)[0]]
    told = [text for text in words if relation_code(text) in ("", "other")]
    whole = len(texts) >= 0.8 * len(body.numbers)
    return name + 1 if whole and len(told) >= 0.8 * len(texts) and 2 * len(set(told)) > len(told) else None


def _births(body: _Sheet, name: int, free: Sequence[int], found: Mapping[int, Meaning]) -> dict[int, Meaning]:
    """The column of birth dates, or the two of years by sex; none where several could be it."""
    years = {index: told for index in free if len(told := _years(body, index)) >= _MOST * len(body.columns[index])}
    pair = [index for index in years if index + 1 in years and not years[index].keys() & years[index + 1].keys()]
    if pair and all(_YEAR.fullmatch(text) for index in (pair[0], pair[0] + 1) for text in body.columns[index].values()):
        return {pair[0]: Extra.YEAR_MALE, pair[0] + 1: Extra.YEAR_FEMALE} if _women_right(body, name, pair[0]) else {}
    numbers = next((body.columns[index] for index, meaning in found.items() if meaning is Field.N12), {})
    coded = {row: number.year for row, text in numbers.items() if (number := decode12(text.replace(" ", "").zfill(12)))}
    proved = [index for index, told in years.items() if _same(told, coded)]
    if proved:
        return {proved[0]: Field.DOB}
    if len(coded) >= _LEAST:
        return {}  # days that are not those of the numbers: when cards were issued
    earliest = [i for i, told in years.items() if all(_before(told, years[other]) for other in years if other != i)]
    near = [index for index in earliest if len(years) > 1 or abs(index - name) <= _FAR]
    return {near[0]: Field.DOB} if len(near) == 1 else {}


def _years(body: _Sheet, index: int) -> dict[int, int]:
    """Row → year of the cells of a column that hold a day or a year of birth."""
    told: dict[int, int] = {}
    for row, text in body.columns[index].items():
        if row in body.typed[index] or _DAY.fullmatch(text) or _YEAR.fullmatch(text):
            year = parse_date(text).year
            if FIRST_YEAR <= year <= REFERENCE_YEAR + 1:
                told[row] = year
    return told


def _same(told: Mapping[int, int], coded: Mapping[int, int]) -> bool:
    both = told.keys() & coded.keys()
    return len(both) >= _LEAST and sum(told[row] == coded[row] for row in both) >= _MOST * len(both)


def _before(told: Mapping[int, int], other: Mapping[int, int]) -> bool:
    both = told.keys() & other.keys()
    return sum(told[row] < other[row] for row in both) >= 0.9 * len(both) > 0


def _women_right(body: _Sheet, name: int, left: int) -> bool:
    """Whether those whose names say that they are women stand in the right one of two columns."""
    women = [row for row, text in body.columns[name].items() if " thi " in flat(text)]
    return bool(women) and all(row in body.columns[left + 1] for row in women)
