"""Rows of an .xlsx sheet that are written as nearly all programs write them, each taken by one pattern.

calamine makes each cell of a row for itself; a pattern made for the columns of the sheet at hand takes a whole row, in
a sixth of the time. It takes exactly what it knows: a row that is written in any other way (an entity, a formula, a
text in runs, an unknown attribute) is left to calamine, and so is a sheet of many such rows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from fieldtool.excel.read_cells import REMEMBERED, TextsOf
from fieldtool.excel.read_package import holds
from fieldtool.intake.cells import cell_text
from fieldtool.records.raw_books import Cell, Row

Numbered = tuple[int, Row]
Figure = tuple[bytes, bytes]  # the number of its style, b"" for none, and what is written
Lots = Callable[[bytes], Iterator[Numbered]]  # rows as calamine reads them, in plain values
FiguresOf = Callable[[Sequence[Figure]], list[Cell]]  # figures as calamine reads them: some styles make days of them

TEXT, SAID, NAMED, FIGURE = "text", "said", "named", "figure"  # in the cell, of a formula or not, by number, a number
_WAYS = {
    TEXT: rb' t="inlineStr"><is><t(?: xml:space="preserve")?+>([^<]*+)</t></is></c>',
    SAID: rb' t="str"><v>([^<]*+)</v></c>',
    NAMED: rb' t="s"><v>(\d++)</v></c>',
    FIGURE: rb'(?: t="n")?+><v>(-?\d{1,17}+(?:\.\d{1,20}+)?+(?:E[-+]?\d\d?)?+)</v></c>',
}
# What is taken of a row is decoded where it is taken; nothing else in it may be other than ASCII.
_OPENS = rb'<row r="(\d++)"[^>\x80-\xff]*+>'
_ENDS = rb"</row>\s*+"
_ANY = re.compile(
    rb'<c r="([A-Z]{1,2})(\d++)"(?: s="\d++")?+(?:(/>)|' + b"|".join(b"(?:%b)" % way for way in _WAYS.values()) + b")"
)
_ROW, _END, _BLANK = re.compile(_OPENS), re.compile(_ENDS), re.compile(rb'<row r="\d+"[^>\x80-\xff]*/>\s*')
_PLACES = re.compile(rb'<c r="[A-Z]{1,3}(\d++)"')
_SAMPLED = 100  # cells of a column's piece, by which it is told whether they repeat
_MOST_FORMS = 200  # patterns made for one sheet
_TRIED = 300  # rows after which a sheet is given up of which the pattern did not take three in four


def written_otherwise(content: bytes) -> bool:
    """Whether anything stands for other characters: XML's entities and line ends, Excel's _x000D_."""
    return b"&" in content or b"\r" in content or holds(content, b"_", b"_x")


def _column(letters: bytes) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + letter - 64
    return index - 1


def _letters(index: int) -> bytes:
    return (bytes((64 + index // 26,)) if index >= 26 else b"") + bytes((65 + index % 26,))


class RowForm:
    """The pattern of a sheet's rows: its columns, and in which ways the cells of each were written so far."""

    def __init__(self) -> None:
        self._ways: dict[int, list[str]] = {}
        self._made = 0
        self.groups: list[tuple[int, str]] = []  # column and way of each group behind the row's number; style first
        self.pattern = re.compile(_OPENS + _ENDS)

    def learn(self, row: bytes) -> bool:
        """Take the columns and ways of one more row into the pattern; False when it has others than are known."""
        opened = _ROW.match(row)
        if opened is None or self._made >= _MOST_FORMS:
            return False
        at, before, met = opened.end(), -1, list[tuple[int, str]]()
        while (cell := _ANY.match(row, at)) is not None:
            column = _column(cell[1])
            if column <= before or cell[2] != opened[1]:
                return False
            way = "" if cell.lastindex == 3 else list(_WAYS)[(cell.lastindex or 0) - 4]
            met.append((column, way))
            at, before = cell.end(), column
        if _END.fullmatch(row, at) is None:
            return False
        for column, way in met:
            ways = self._ways.setdefault(column, [])
            if way and way not in ways:
                ways.append(way)
        self._make()
        return self.pattern.fullmatch(row) is not None

    def _make(self) -> None:
        self._made += 1
        self.groups = []
        parts = [_OPENS]
        for column in sorted(self._ways):
            ways = self._ways[column]
            style = rb'(?: s="(\d++)")?+' if FIGURE in ways else rb'(?: s="\d++")?+'
            self.groups += [(column, "style")] * (FIGURE in ways) + [(column, way) for way in ways]
            told = b"|".join([b"/>", *[_WAYS[way] for way in ways]])
            parts.append(rb'(?:<c r="%b\1"%b(?:%b))?+' % (_letters(column), style, told))
        self.pattern = re.compile(b"".join([*parts, _ENDS]))


class _Texts(dict[bytes, str]):
    """Cleaned texts by their bytes in the file or, with `named`, by their number there."""

    def __init__(self, named: TextsOf | None = None) -> None:
        super().__init__({b"": ""})
        self._named = named

    def of(self, column: Sequence[bytes]) -> list[str]:
        """The texts of a column's cells."""
        some = column[:: 1 + len(column) // _SAMPLED]
        if 3 * len(set(some)) > len(some) and (texts := (self._named or clean_texts)(column)):
            return texts
        return list(map(self.__getitem__, column))

    def __missing__(self, written: bytes) -> str:
        if len(self) > REMEMBERED:
            self.clear()
            self[b""] = ""
        clean = self[written] = self._named([written])[0] if self._named else cell_text(written.decode("utf-8"))
        return clean


def clean_texts(column: Sequence[bytes]) -> list[str]:
    """The texts of cells that hardly repeat, looked at all together; [] when one of them must be cleaned."""
    together = b"\n".join(column).decode("utf-8")
    if (
        not together.replace("\n", "").isprintable()
        or not unicodedata.is_normalized("NFC", together)
        or any(blank in together for blank in ("\n ", " \n"))
        or together != together.strip(" ")
    ):
        return []
    texts = together.split("\n")
    return texts if len(texts) == len(column) else []


class FormedRows:
    """Reads the rows of one sheet, a piece at a time; `given_up` when its rows are better left to calamine."""

    def __init__(self, lots: Lots, figures: FiguresOf, named: TextsOf) -> None:
        self._form = RowForm()
        self._lots, self._figures_of = lots, figures
        texts = _Texts()
        self._texts = {TEXT: texts, SAID: texts, NAMED: _Texts(named)}
        self._days: dict[bytes, bool] = {}  # whether a style makes days of figures
        self._figures: dict[Figure, Cell] = {}
        self._taken = self._others = 0

    @property
    def given_up(self) -> bool:
        """Whether too few rows of the sheet are written in a known way."""
        return self._others > _TRIED and 3 * self._others > self._taken

    def rows(self, piece: bytes) -> list[Numbered]:
        """The rows of a piece, which begins with a row, that hold anything."""
        try:
            return self._rows(piece)
        except UnicodeDecodeError:
            return list(self._lots(piece))

    def _rows(self, piece: bytes) -> list[Numbered]:
        rows: list[Numbered] = []
        others: list[bytes] = []
        taken: list[tuple[bytes, ...]] = []
        at, size, match = 0, len(piece), self._form.pattern.match
        otherwise = written_otherwise(piece)
        while at < size:
            found = match(piece, at)
            if found is not None:
                end = found.end()
                if otherwise and written_otherwise(piece[at:end]):
                    others.append(piece[at:end])
                else:
                    taken.append(found.groups(b""))
                at = end
                continue
            end = piece.find(b"<row ", at + 1)
            row = piece[at : end if end > 0 else size]
            form = self._form.groups
            if self._form.learn(row):
                rows += self._values(taken, form)
                taken, match = [], self._form.pattern.match
                continue
            if _BLANK.fullmatch(row) is None:
                others.append(row)
            at += len(row)
        self._taken += len(taken) + len(rows)
        rows += self._values(taken, self._form.groups)
        if others:
            self._others += len(others)
            if not all(map(_in_place, others)):
                return list(self._lots(piece))
            rows = sorted([*rows, *self._lots(b"".join(others))], key=itemgetter(0))
        width = max([len(cells) for _, cells in rows], default=0)
        for _, cells in rows:
            if len(cells) < width:  # read before a column was met that a later row has
                cells.extend([""] * (width - len(cells)))
        return rows

    def _values(self, taken: list[tuple[bytes, ...]], groups: list[tuple[int, str]]) -> list[Numbered]:
        """The rows that the pattern took, in plain values."""
        if not taken or not groups:
            return []
        written = list(zip(*taken, strict=True))
        blank: Sequence[Cell] = [""] * len(taken)
        columns: list[Sequence[Cell]] = []
        filled = 0
        for column, parts in groupby(zip(groups, written[1:], strict=True), key=lambda part: part[0][0]):
            columns += [blank] * (column - len(columns))
            told = {way: texts for (_, way), texts in parts}
            filled = column + 1 if any(any(told[way]) for way in told if way != "style") else filled
            columns.append(self._column(told, blank))
        return [
            (int(number), row)
            for number, row in zip(written[0], map(list, zip(*columns[:filled], strict=True)), strict=False)
            if any(row) or row.count("") < len(row)
        ]

    def _column(self, told: dict[str, tuple[bytes, ...]], blank: Sequence[Cell]) -> Sequence[Cell]:
        """The values of one column, from what is written in each way."""
        styles = told.pop("style", ())
        values = [
            self._figured(styles, texts) if way == FIGURE else self._texts[way].of(texts) for way, texts in told.items()
        ]
        if not values:
            return blank
        first, *others = values
        for other in others:
            first = [one if one != "" else two for one, two in zip(first, other, strict=True)]
        return first

    def _figured(self, styles: Sequence[bytes], texts: Sequence[bytes]) -> list[Cell]:
        if news := list(set(styles) - self._days.keys()):
            # A day and a half a number in days: whatever a style makes of it is no number any more.
            self._days |= {
                style: type(value) is not float
                for style, value in zip(news, self._figures_of([(style, b"40000.5") for style in news]), strict=True)
            }
        if not any(map(self._days.__getitem__, set(styles))):
            return [float(text) if text else "" for text in texts]
        if len(self._figures) > REMEMBERED:
            self._figures.clear()
        pairs = [(style, text) for style, text in zip(styles, texts, strict=True)]
        if unread := list({pair for pair in pairs if pair[1]} - self._figures.keys()):
            self._figures |= zip(unread, self._figures_of(unread), strict=True)
        return [self._figures[pair] if pair[1] else "" for pair in pairs]


def _in_place(row: bytes) -> bool:
    """Whether a row says its number, and its cells no other."""
    opened = _ROW.match(row)
    return opened is not None and all(number == opened[1] for number in _PLACES.findall(row))
