"""Lists with two lines a person, the name above and the birth below it, given out with one line each.

What tells such a list is its data: below most names stands a birth, in a line without number of its own. The headings
of the lower line stand in a second row, or behind a stroke or line break in the first; where they do not, the cells
themselves tell what stands there. Remarks point at the sheet's own cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from fieldtool.intake.cells import cell_text
from fieldtool.intake.checks import sex_of
from fieldtool.intake.columns import Extra, Meaning, meaning_of
from fieldtool.intake.layout import letter
from fieldtool.intake.retold import Line, RetoldSheet
from fieldtool.records.fields import DATE_FIELDS, Field
from fieldtool.records.peoples import parse_people
from fieldtool.records.raw_books import Cell, RawSheet, Row, SheetLook
from fieldtool.records.relations import relation_code

_HEADING_ROWS = 40
_LOOKED_AT = 400  # rows by which it is told whether births stand below names
_LEAST = 2  # people
_MOST = 0.6  # of the rows below the heading; signatures stand there too
_SURE = 0.5
_BIRTH = re.compile(
    r"(?:(?:sinh|sn|ns|ngày sinh|năm sinh|sinh ngày|sinh năm)\s*[.:]?\s*)?"
    r"((?:\d{1,2}\s?[/.\-]\s?){0,2}(?:1[89]|20)\d\d|\d{1,2}[/.\-]\d{1,2}[/.\-]\d\d)\Z",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:\n|\s/\s?|(?<=[^\W\d])/(?=\s?[^\W\d]))\s*")
_NUMBERS: frozenset[Meaning | None] = frozenset({Field.N12, Field.N9, Extra.NUMBER})


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the heading ends, the columns of names and of running numbers, and the headings of both lines."""

    first: int  # row numbers
    last: int
    name: int
    ordinal: int  # -1 for none
    upper: Sequence[str]
    lower: Sequence[str]


class PairedSheet(RetoldSheet):
    """Such a sheet as a list. `cells` tells where each cell of the lower line given out last stands on the sheet."""

    def __init__(self, sheet: RawSheet, columns: _Columns) -> None:
        super().__init__(sheet)
        self._at = columns
        self._width = len(columns.upper)
        self.look = self._looked(sheet.look)

    def _looked(self, look: SheetLook) -> SheetLook:
        """The look of the list: a lower line's cells are the right half of the row above it."""

        def joined(bits: dict[int, int]) -> dict[int, int]:
            half = (1 << self._width) - 1
            rows = {*bits, *(number - 1 for number in bits)}
            return {row: bits.get(row, 0) & half | bits.get(row + 1, 0) << self._width for row in rows}

        return SheetLook(
            bold=joined(dict(look.bold)),
            struck=joined(dict(look.struck)),
            hidden_rows=look.hidden_rows,
            styled=look.styled,
        )

    def _given(self, lines: Iterable[Line]) -> Iterator[Line]:
        at, above = self._at, None
        for number, row in lines:
            if at.first <= number <= at.last:
                if number == at.first:
                    yield number, [*at.upper, *at.lower]
                continue
            if number < at.first:
                yield number, row
                continue
            if above is not None:
                if number == above[0] + 1 and _lower(row, at):
                    yield self._pair(above, row)
                    above = None
                    continue
                yield above
            above = (number, row)
        if above is not None:
            yield above

    def _pair(self, above: Line, row: Row) -> Line:
        number, upper = above
        first = [*upper, *[""] * (self._width - len(upper))][: self._width]
        second: Row = [_plain(cell, index == self._at.name) for index, cell in enumerate(row[: self._width])]
        moved = [index for index, cell in enumerate(second) if cell != ""]
        self.cells.clear()
        self.cells |= {(number, self._width + index): f"{letter(index)}{number + 1}" for index in moved}
        return number, [*first, *second]


def paired_lines(sheet: RawSheet) -> PairedSheet | None:
    """The sheet as a list of one line a person where each has two, None for any other sheet."""
    head = sheet.head()
    if sheet.look.fonts or sheet.look.formulas:
        return None
    for place, (_, row) in enumerate(head[:_HEADING_ROWS]):
        for index, cell in enumerate(row):
            if isinstance(cell, str) and meaning_of(_first(cell))[0] is Field.NAME and meaning_of(cell)[1] >= _SURE:
                if (at := _columns(head, place, index)) is not None:
                    return PairedSheet(sheet, at)
                break
    return None


def _first(heading: str) -> str:
    return _BETWEEN.split(heading)[0]


def _columns(head: Sequence[Line], place: int, name: int) -> _Columns | None:
    number, row = head[place]
    last, below = place, head[place + 1][1] if place + 1 < len(head) else []
    lower = {i: text for i, cell in enumerate(below) if (text := cell_text(cell))}
    if lower and all(meaning_of(text)[1] >= _SURE for text in lower.values()) and not _is_birth(_at(below, name)):
        last = place + 1  # a second row of headings
    else:
        lower = {}
    body = [line for line in head[last + 1 : last + 1 + _LOOKED_AT] if any(cell != "" for cell in line[1])]
    width = max([len(row), *(len(cells) for _, cells in body[:40])], default=0)
    upper = [cell_text(_at(row, index)) for index in range(width)]
    ordinal = next((i for i, text in enumerate(upper) if meaning_of(text)[0] is Extra.ORDINAL), -1)
    pairs = _pairs(body, name, ordinal)
    if len(pairs) < _LEAST or 2 * len(pairs) < _MOST * len(body):
        return None
    told = [part[1] if len(part := _BETWEEN.split(text, maxsplit=1)) > 1 else "" for text in upper]
    upper = [_first(text) if told[index] else text for index, text in enumerate(upper)]
    spoken = [lower.get(index) or told[index] or _told(upper[index], _texts(pairs, index)) for index in range(width)]
    spoken[name] = spoken[name] if meaning_of(spoken[name])[0] in DATE_FIELDS else "Ngày sinh"
    return _Columns(number, head[last][0], name, ordinal, upper, spoken)


def _pairs(body: Sequence[Line], name: int, ordinal: int) -> list[Row]:
    """The lower line of each person whose birth stands below his name."""
    found: list[Row] = []
    for (first, upper), (second, lower) in zip(body, body[1:], strict=False):
        text = cell_text(_at(upper, name))
        named = " " in text and not any(map(str.isdecimal, text))
        numbered = ordinal >= 0 and cell_text(_at(lower, ordinal)) not in ("", cell_text(_at(upper, ordinal)))
        if second == first + 1 and named and not numbered and _is_birth(_at(lower, name)):
            found.append(lower)
    return found


def _lower(row: Row, at: _Columns) -> bool:
    """Whether a row goes on with the person above: no name and no number of its own."""
    numbered = at.ordinal >= 0 and cell_text(_at(row, at.ordinal)) != ""
    return not numbered and (_at(row, at.name) == "" or _is_birth(_at(row, at.name)))


def _is_birth(cell: Cell) -> bool:
    return isinstance(cell, tuple) or bool(_BIRTH.match(cell_text(cell)))


def _plain(cell: Cell, birth: bool) -> Cell:
    """A birth without its label ("Sinh năm 1958"); every other cell as it stands."""
    match = _BIRTH.match(cell) if birth and isinstance(cell, str) else None
    return match[1] if match else cell


def _texts(rows: Sequence[Row], index: int) -> list[str]:
    return [text for row in rows if (text := cell_text(_at(row, index)))]


def _told(above: str, texts: Sequence[str]) -> str:
    """The heading that the cells of a lower line without one earn; "" where they tell nothing."""
    if not texts:
        return ""
    if meaning_of(above)[0] in _NUMBERS and all(map(_is_birth, texts)):
        return "Ngày cấp"
    fits = (
        ("Số CCCD", lambda text: len(text) == 12 and text.isdecimal()),
        ("Số CMND", lambda text: len(text) == 9 and text.isdecimal()),
        ("Giới tính", lambda text: bool(sex_of(text))),
        ("Dân tộc", lambda text: bool(parse_people(text)[0])),
        ("Quan hệ với chủ hộ", lambda text: relation_code(text) not in ("", "other")),
    )
    return next((heading for heading, fit in fits if all(map(fit, texts))), "")


def _at(row: Row, index: int) -> Cell:
    return row[index] if index < len(row) else ""
