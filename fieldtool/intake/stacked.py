"""Several lists on one sheet, below one another with other columns or side by side, given out as sheets of their own.

Row numbers and column positions stay those of the real sheet, so that every remark points at the right cell.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain

from fieldtool.intake.cells import cell_text
from fieldtool.intake.columns import Extra, Meaning, meaning_of, words
from fieldtool.records.fields import Field
from fieldtool.records.raw_books import HEAD_ROWS, RawSheet, Row

Line = tuple[int, Row]

_LOOKED_AT = 10  # columns in which a heading's name column is looked for
_OPENS = re.compile(
    r"[\W\d]*(?:h[oọ]\b|h[oọ]?ten|hovaten|t[eê]n\b|full ?name|name\b|ch[uủ] h[oộ]|th[aà]nh vi[eê]n|nh[aâ]n kh[aẩ]u"
    r"|c[oô]ng d[aâ]n)",
    re.IGNORECASE,
)
_NAMES = frozenset({Field.NAME, Field.HEAD, Extra.GIVEN, Extra.SURNAME})
_VALUE = re.compile(r"[\d/.,\-\s]*\d[\d/.,\-\s]*")
_DATA = re.compile(r"[\d/.\-\s]{7,}")
_TITLE_ROWS = 6


def lists_of(sheets: Iterable[RawSheet]) -> Iterator[RawSheet]:
    """Every list of every sheet. A list's rows must be read before the next is asked for."""
    for sheet in sheets:
        halves = _halves(sheet)
        if halves is not None:
            yield from halves
            continue
        source = _Source(sheet)
        while (part := source.part()) is not None:
            yield part


@lru_cache(maxsize=16_384)
def _opens(text: str) -> bool:
    return bool(_OPENS.match(text))


def headings(row: Row) -> Mapping[int, Meaning]:
    """What the cells of a row mean as headings; empty when the row is none. Three certain meanings and a name make
    one."""
    for cell in row:
        if isinstance(cell, tuple) or (isinstance(cell, int | float) and cell > 9999):
            return {}
        if type(cell) is str and len(cell) > 6 and not cell[0].isalpha() and _DATA.fullmatch(cell):
            return {}  # a heading holds no dates and no long numbers
    if not any(type(cell) is str and cell != "" and _opens(cell) for cell in row[:_LOOKED_AT]):
        return {}
    found: dict[int, Meaning] = {}
    for index, cell in enumerate(row):
        if isinstance(cell, str) and 0 < len(cell) <= 80:
            meaning, sure = meaning_of(cell_text(cell))
            if meaning is not None and (sure >= 0.8 or (meaning in _NAMES and sure >= 0.5)):
                found[index] = meaning
    known = set(found.values()) - {Extra.OTHER}
    return found if len(known) >= 3 and known & _NAMES else {}


class _Part:
    """One list of a sheet, as a sheet; `again` gives its rows anew."""

    def __init__(
        self, sheet: RawSheet, head: list[Line], rows: Iterator[Line], again: Callable[[], Iterator[Line]]
    ) -> None:
        self.name, self.hidden, self.look = sheet.name, sheet.hidden, sheet.look
        self._head, self._rows, self._again = head, rows, again

    def head(self) -> list[Line]:
        """The first rows."""
        return self._head

    def rows(self) -> Iterator[Line]:
        """All rows, once."""
        return self._rows

    def again(self) -> Iterator[Line]:
        """All rows, read anew."""
        return self._again()


class _Source:
    """Cuts a sheet where a heading stands that differs from the one above."""

    def __init__(self, sheet: RawSheet) -> None:
        self._sheet = sheet
        self._rows: Iterator[Line] = iter(())
        self._begun = False
        self._waiting: list[Line] = []  # the next list's heading with the titles above it
        self._current: Mapping[int, Meaning] = {}

    def part(self) -> _Part | None:
        """The next list; None when there is none, or when the last was not read."""
        if not self._begun:
            self._begun = True
            head = self._until_other(iter(self._sheet.head()), [])
            self._waiting, self._current = [], {}
            return _Part(self._sheet, list(head), self._first(), self._again(0, {}))
        if not self._waiting:
            return None
        opening, self._waiting = self._waiting, []
        self._current = headings(opening[-1][1])
        # The head is read ahead; a heading found on the way waits until these rows are given out.
        ahead: list[Line] = []
        for line in self._until_other(self._rows, opening, opening[-1][0]):
            ahead.append(line)
            if len(ahead) >= HEAD_ROWS:
                break
        whole = bool(self._waiting) or len(ahead) < HEAD_ROWS
        rest: Iterator[Line] = iter(()) if whole else self._until_other(self._rows, ahead[-_TITLE_ROWS:])
        again = self._again(opening[-1][0], self._current)
        return _Part(self._sheet, [*opening, *ahead], chain(opening, ahead, rest), again)

    def _again(self, heading: int, current: Mapping[int, Meaning]) -> Callable[[], Iterator[Line]]:
        """What reads the rows from a heading on anew, up to the next list."""

        def rows() -> Iterator[Line]:
            source = _Source(self._sheet)
            source._current = current
            return source._until_other((line for line in self._sheet.again() if line[0] >= heading), [], heading)

        return rows

    def _first(self) -> Iterator[Line]:
        self._rows = self._sheet.rows()
        yield from self._until_other(self._rows, [])

    def _until_other(self, rows: Iterator[Line], before: list[Line], heading: int = -1) -> Iterator[Line]:
        """Rows up to the next heading that differs from the current one; that heading then waits. `heading` is the last
        row of a heading so far: what follows it at once is its lower part."""
        recent = deque(before, _TITLE_ROWS)
        for line in rows:
            found = headings(line[1])
            if found and not self._current:
                self._current = found
            elif found and heading != line[0] - 1 and _differs(found, self._current):
                self._waiting = [*_titles(recent), line]
                return
            if found:
                heading = line[0]
            recent.append(line)
            yield line


def _differs(found: Mapping[int, Meaning], current: Mapping[int, Meaning]) -> bool:
    """Whether two headings put different things into a column, or one has columns that the other has not. A group over
    several columns says the same whether it is merged or written over each."""
    return _once(found) != _once(current)


def _once(meanings: Mapping[int, Meaning]) -> dict[int, Meaning]:
    return {
        index: meaning
        for index, meaning in meanings.items()
        if meaning is not Extra.OTHER and meanings.get(index - 1) is not meaning
    }


def _titles(recent: Iterable[Line]) -> list[Line]:
    """The rows directly above a heading that hold titles, a household's own lines or groups of columns, that is no
    values."""
    found: list[Line] = []
    for number, row in reversed([*recent]):
        texts = [text for cell in row if (text := cell_text(cell))]
        if any(map(_VALUE.fullmatch, texts)) and not texts[0].endswith(":"):
            break
        found.append((number, row))
    return found[::-1]


def _halves(sheet: RawSheet) -> Iterator[_Part] | None:
    """The left and right lists of a sheet whose heading stands twice side by side, None when it does not."""
    head = sheet.head()[:40]
    at, start = next(((at, start) for at, (_, row) in enumerate(head) if (start := _second_start(row))), (0, 0))
    if not start or any(cell_text(cell) for _, above in head[max(at - 1, 0) : at] for cell in above[start:]):
        return None  # a row of groups above: two kinds of person in one line, not two lists
    number = head[at][0]
    wide = {first for first, left, _, right in sheet.look.merged if left < start <= right}

    def left(lines: Iterable[Line]) -> Iterator[Line]:
        return ((n, cells if n < number or n in wide else cells[:start]) for n, cells in lines)

    def right(lines: Iterable[Line]) -> Iterator[Line]:
        return (
            (n, cells if n < number or n in wide else [*[""] * len(cells[:start]), *cells[start:]])
            for n, cells in lines
        )

    def half(cut: Callable[[Iterable[Line]], Iterator[Line]], rows: Callable[[], Iterator[Line]]) -> _Part:
        return _Part(sheet, list(cut(sheet_head)), (line for line in cut(rows())), lambda: cut(sheet.again()))

    # Read once for each half, so that no more than the top of such a sheet is ever held.
    sheet_head = sheet.head()[:HEAD_ROWS]
    return iter([half(left, sheet.rows), half(right, sheet.again)])


def _second_start(row: Row) -> int:
    """The column where a heading begins anew: an ordinal, a name and one more heading, all met before; 0 for none."""
    texts = [words(cell_text(cell)) for cell in row]
    places = [index for index, meaning in headings(row).items() if meaning is Extra.ORDINAL]
    for first, second in zip(places, places[1:], strict=False):
        step = second - first
        same = [
            text
            for offset, text in enumerate(texts[first:second])
            if text and texts[second + offset : second + offset + 1] == [text]
        ]
        filled = [text for text in texts[first : first + step] if text]
        if len(same) >= 3 and len(same) == len(filled):
            return second
    return 0
