"""A CSV table as columns for generic linkage; blank and missing are one thing: not known."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

import numpy as np

from fieldtool.matching.canonical import canonical_form
from fieldtool.matching.numbering import Ints, Numbering
from fieldtool.matching.spec import LinkSpec
from fieldtool.records.errors import ErrorCode, FieldtoolError, Place
from fieldtool.records.vietnamese import nfc

_NOTHING = frozenset({"", "nan", "none", "null", "n/a"})
_DELIMITERS = (",", ";", "\t", "|")
_LONGEST_CELL = 1_000_000
_END = "\x00end"  # a last line of our own: a quotation mark that was never closed swallows it


@dataclass(frozen=True, slots=True)
class Column:
    """A number for each row (-1 where nothing is known) and the text each number stands for."""

    codes: Ints
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Ids and, for each field of the model, its texts: lower case, single blanks, not yet in canonical form."""

    ids: tuple[str, ...]
    columns: dict[str, Column]


def read_table(spec: LinkSpec, text: str, name: str = "") -> Table:
    """Read a CSV with a header, cells apart by comma, semicolon, tab or bar.

    BAD_SPEC when the id or a field's column is not in it; BAD_TABLE with the line for a row longer than the header, an
    empty id or one that stands twice, a quotation mark that is never closed, and a table without a header. `name` is
    the file's, for messages.
    """
    rows = _rows(text, name)
    header = [cell.strip() for cell in next(rows, (0, []))[1]]
    if not header:
        raise _bad(name, 1, spec.id)
    wanted = [(field.name, _place(field.column, header, name)) for field in spec.fields]
    at = _place(spec.id, header, name)
    numbers = {field: _Known() for field, _ in wanted}
    codes: dict[str, list[int]] = {field: [] for field, _ in wanted}
    ids: dict[str, int] = {}
    for line, row in rows:
        if len(row) > len(header):
            raise _bad(name, line, f"{len(row)} > {len(header)}")
        row += [""] * (len(header) - len(row))
        id = row[at].strip()
        if not id:
            raise _bad(name, line, spec.id)
        if id in ids:
            raise _bad(name, line, f"{spec.id} = {id} ({ids[id]})")
        ids[id] = line
        for field, place in wanted:
            codes[field].append(numbers[field].of(row[place]))
    return Table(
        tuple(ids),
        {
            field: Column(np.array(codes[field], dtype=np.int64), tuple(numbers[field].numbering.texts))
            for field, _ in wanted
        },
    )


class _Known:
    """Numbers of cleaned texts, each raw text cleaned once."""

    def __init__(self) -> None:
        self.numbering = Numbering()
        self._seen: dict[str, int] = {}

    def of(self, text: str) -> int:
        code = self._seen.get(text)
        if code is None:
            plain = nfc(text).lower()
            code = self._seen[text] = self.numbering.of("" if plain in _NOTHING else plain)
        return code


def _rows(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    first = text.lstrip("\ufeff").partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    csv.field_size_limit(_LONGEST_CELL)
    lines = chain(io.StringIO(text.lstrip("\ufeff"), newline=""), (_END,))
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True)
    row, line = [""], 1
    try:
        for row in reader:
            if row != [_END] and any(row):  # a line of nothing but separators is a blank line that a spreadsheet wrote
                if _END in row[-1]:
                    raise _bad(name, line, '"')
                yield reader.line_num, row
            line = reader.line_num + 1
    except csv.Error as trouble:
        raise _bad(name, reader.line_num, str(trouble)) from trouble


def _place(column: str, header: list[str], name: str) -> int:
    if header.count(column) != 1:
        found = ", ".join(header)
        raise FieldtoolError(
            ErrorCode.BAD_SPEC, place=Place(file=name), values={"detail": f"{column}: {name or 'csv'} ({found})"}
        )
    return header.index(column)


def _bad(name: str, line: int, detail: str) -> FieldtoolError:
    return FieldtoolError(
        ErrorCode.BAD_TABLE,
        place=Place(file=name, cell=str(line)),
        values={"file": name or "csv", "line": line, "detail": detail},
    )


def joined(spec: LinkSpec, a: Table, b: Table | None) -> dict[str, Column]:
    """Both tables' rows in one column for each field, texts in the canonical form of the field's comparator."""
    columns = {}
    for field in spec.fields:
        parts = [table.columns[field.name] for table in (a, b) if table is not None]
        texts = [text for part in parts for text in part.texts]
        forms = canonical_form(field, texts)
        numbering = Numbering()
        codes = np.array([*(numbering.of(form) for form in forms), -1], dtype=np.int64)
        shift, moved = 0, []
        for part in parts:
            moved.append(np.where(part.codes < 0, len(texts), part.codes + shift))
            shift += len(part.texts)
        columns[field.name] = Column(codes[np.concatenate(moved)], tuple(numbering.texts))
    return columns
