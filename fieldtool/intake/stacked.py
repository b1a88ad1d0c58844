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
from fieldtool.intake.children_columns import children_list
from fieldtool.intake.columns import Extra, Meaning, meaning_of, words
from fieldtool.intake.members_in_cells import members_list
from fieldtool.intake.paired_lines import paired_lines
from fieldtool.intake.person_forms import form_of
from fieldtool.intake.scanned_cards import scanned_cards
from fieldtool.intake.turned_lists import turned_of
from fieldtool.intake.two_in_lines import two_in_lines
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
        if (told := _told_otherwise(sheet)) is not None:
            yield told
            continue
        halves = _halves(sheet)
        if halves is not None:
            yield from halves
            continue
        source = _Source(sheet)
        while (part := source.part()) is not None:
            yield part


def _told_otherwise(sheet: RawSheet) -> RawSheet | None:
    """The sheet as a list of one line a person where it holds its people in any other way."""
    for read in (turned_of, form_of, scanned_cards, members_list, paired_lines, children_list, two_in_lines):
        if (found := read(sheet)) is not None:
            return found
    return None


@lru_cache(maxsize=16_384)
def _opens(text: str) -> bool:
    return bool(_OPENS.match(text))


def headings(row: Row) -> Mapping[int, Meaning]:
    """What the cells of a row mean as headings; empty when the row is none. Three certain meanings and a name make
    one."""
    for cell in row:
        if isinstance(cell, str):
            if len(cell) > 6 and not cell[0].isalpha() and _DATA.fullmatch(cell):
                return {}  # a heading holds no dates and no long numbers
        elif isinstance(cell, tuple) or cell > 9999:
            return {}
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
    """The lists of a sheet whose heading stands several times side by side, None when it does not."""
    head = sheet.head()[:40]
    at, starts = next(((at, found) for at, (_, row) in enumerate(head) if len(found := _starts(row)) > 1), (0, []))
    if not starts:
        return None
    above = head[at - 1][1] if at else []
    numbered = Extra.ORDINAL in headings(head[at][1]).values()
    if not numbered and any(cell_text(cell) for cell in above[starts[1] :]):
        return None  # a row of groups above: two kinds of person in one line, not two lists
    number = head[at][0]
    wide = {first for first, left, _, right in sheet.look.merged if any(left < start <= right for start in starts[1:])}

    def part(first: int, last: int | None) -> Callable[[Iterable[Line]], Iterator[Line]]:
        def cut(lines: Iterable[Line]) -> Iterator[Line]:
            for n, cells in lines:
                own = [*[""] * len(cells[:first]), *cells[first:last]]
                # Titles hold for all; one that names something in each list holds for its own.
                whole = n in wide or (n < number and not any(cell != "" for cell in own))
                yield n, cells if whole else own

        return cut

    # Read once for each list, so that no more than the top of such a sheet is ever held.
    top = sheet.head()[:HEAD_ROWS]

    def made(cut: Callable[[Iterable[Line]], Iterator[Line]], rows: Callable[[], Iterator[Line]]) -> _Part:
        return _Part(sheet, list(cut(top)), (line for line in cut(rows())), lambda: cut(sheet.again()))

    ends = [*starts[1:], None]
    cuts = [
        part(0 if place == 0 else first, last) for place, (first, last) in enumerate(zip(starts, ends, strict=True))
    ]
    return iter([made(cut, sheet.again if place else sheet.rows) for place, cut in enumerate(cuts)])


def _starts(row: Row) -> list[int]:
    """The columns where a heading begins anew with an ordinal or a name; fewer than two for one heading.

    Without an ordinal a blank column must stand between, and nothing but the same headings again.
    """
    meanings = headings(row)
    texts = [words(cell_text(cell)) for cell in row]
    for opening in (frozenset({Extra.ORDINAL}), _NAMES):
        places = [index for index, meaning in meanings.items() if meaning in opening]
        if len(places) < 2:
            continue
        first, second = places[:2]
        beside = opening is _NAMES and any(texts[place - 1] for place in places[1:])
        block = [text for text in texts[first:second] if text]
        if opening is _NAMES and first == 0 and len(block) > 1 and texts == block * (len(texts) // len(block)):
            return places  # nothing but the same headings again and again
        if beside:
            continue
        same = [place for place in places if _again(texts, first, second, place)]
        if len(block) >= (3 if opening is not _NAMES else 2) and same == places:
            return places
    return []


def _again(texts: list[str], first: int, second: int, place: int) -> bool:
    """Whether the headings of the first list stand at another place too, in whatever order."""
    block = texts[first:second]
    return sorted(filter(None, block)) == sorted(filter(None, texts[place : place + len(block)]))
