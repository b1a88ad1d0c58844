"""CSV tables as columns of numbers for generic linkage; blank and missing are one thing: not known."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from fieldtool.matching.features import Ints
from fieldtool.matching.spec import LinkSpec
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.vietnamese import nfc

_NOTHING = frozenset({"", "nan", "none", "null", "n/a"})
_SEPARATORS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Table:
    """Ids and, for each field of the model, its texts: lower case, single blanks, "" when not known."""

    ids: tuple[str, ...]
    columns: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Joined:
    """One or two tables as one: a number for each distinct text of each field (-1 not known), and each row's table.

    `side` is 0 for rows of the first table and 1 for those of the second; `two` whether there is a second.
    """

    ids: tuple[str, ...]
    values: dict[str, Ints]
    texts: dict[str, list[str]]
    side: Ints
    two: bool


def read_table(spec: LinkSpec, text: str) -> Table:
    """Read a CSV with a header, parted by comma, semicolon, tab or bar. BAD_SPEC when the id or a field's column is
    not in it; BAD_TABLE, with the line, when a row has more cells than the header or an id is blank or stands twice.
    """
    lines = csv.reader(io.StringIO(text), delimiter=_separator(text), skipinitialspace=True)
    header = [name.strip() for name in next(lines, ())]
    for name in (spec.id, *(field.column for field in spec.fields)):
        if name not in header:
            raise FieldtoolError(ErrorCode.BAD_SPEC, values={"detail": f"{name} ({', '.join(header)})"})
    places = [header.index(field.column) for field in spec.fields]
    key = header.index(spec.id)
    ids: dict[str, None] = {}
    columns: list[list[str]] = [[] for _ in places]
    clean: dict[str, str] = {}
    for row in lines:
        if not any(row):
            continue
        if len(row) > len(header):
            raise _bad(lines.line_num, f"{len(row)} > {len(header)}")
        row += [""] * (len(header) - len(row))
        id = row[key].strip()
        if not id or id in ids:
            raise _bad(lines.line_num, f"{spec.id} = {id}")
        ids[id] = None
        for texts, place in zip(columns, places, strict=True):
            cell = row[place]
            if cell not in clean:
                clean[cell] = _clean(cell)
            texts.append(clean[cell])
    return Table(tuple(ids), {f.name: tuple(column) for f, column in zip(spec.fields, columns, strict=True)})


def _separator(text: str) -> str:
    head = text.partition("\n")[0]
    return max(_SEPARATORS, key=head.count)


def _bad(line: int, detail: str) -> FieldtoolError:
    return FieldtoolError(ErrorCode.BAD_TABLE, values={"line": line, "detail": detail})


def _clean(text: str) -> str:
    plain = " ".join(nfc(text).lower().split())
    return "" if plain in _NOTHING else plain


def join_tables(spec: LinkSpec, a: Table, b: Table | None) -> Joined:
    """Number the distinct texts of each field over both tables."""
    values, texts = {}, {}
    for field in spec.fields:
        column = (*a.columns[field.name], *(b.columns[field.name] if b else ()))
        values[field.name], texts[field.name] = _numbered(column)
    side = np.concatenate((np.zeros(len(a.ids), np.int64), np.ones(len(b.ids) if b else 0, np.int64)))
    return Joined(a.ids + (b.ids if b else ()), values, texts, side, b is not None)


def _numbered(column: Iterable[str]) -> tuple[Ints, list[str]]:
    places: dict[str, int] = {"": -1}
    numbers = np.array([places.setdefault(text, len(places) - 1) for text in column], dtype=np.int64)
    del places[""]
    return numbers, list(places)
