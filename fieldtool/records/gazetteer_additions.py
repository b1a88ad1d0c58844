"""Communes that no table has (Kim Đa and others drowned or given up): added by an officer, kept as small CSV text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from fieldtool.records.gazetteer import MERGERS, Commune, added_commune

_HEAD = ("name", "district", "successor", "valid_to")


def read_additions(text: str) -> tuple[Commune, ...]:
    """The added communes of a CSV text with the columns name, district, successor, valid_to; bad rows are left out."""
    rows = csv.DictReader(io.StringIO(text))
    return tuple(
        added_commune(row["name"], row["district"], row.get("successor") or "", row.get("valid_to") or MERGERS)
        for row in rows
        if row.get("name") and row.get("district") is not None
    )


def write_additions(communes: Iterable[Commune]) -> str:
    """The CSV text that `read_additions` reads back."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(_HEAD)
    for commune in communes:
        writer.writerow((commune.name, commune.district, ";".join(commune.successors), commune.valid_to))
    return buffer.getvalue()
