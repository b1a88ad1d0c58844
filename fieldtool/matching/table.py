"""A CSV table as columns for generic linkage; blank and missing are one thing: not known."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from fieldtool.matching.spec import LinkSpec
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.vietnamese import nfc

_NOTHING = frozenset({"", "nan", "none", "null", "n/a"})


@dataclass(frozen=True, slots=True)
class Table:
    """Ids and, for each field of the model, its texts: lower case, single blanks, "" when not known."""

    ids: tuple[str, ...]
    columns: dict[str, tuple[str, ...]]


def read_table(spec: LinkSpec, text: str) -> Table:
    """Read a CSV with a header; BAD_SPEC when the id or a field's column is not in it."""
    reader = csv.DictReader(io.StringIO(text), skipinitialspace=True)
    header = [name.strip() for name in reader.fieldnames or ()]
    reader.fieldnames = header
    for column in (spec.id, *(field.column for field in spec.fields)):
        if column not in header:
            raise FieldtoolError(ErrorCode.BAD_SPEC, values={"detail": f"{column} ({', '.join(header)})"})
    rows = list(reader)
    return Table(
        ids=tuple((row[spec.id] or "").strip() for row in rows),
        columns={field.name: tuple(_clean(row[field.column]) for row in rows) for field in spec.fields},
    )


def _clean(text: str | None) -> str:
    plain = nfc(text or "").lower()
    return "" if plain in _NOTHING else plain
