"""Communes that no table has (Kim Đa and others drowned or given up): added by an officer, kept as small CSV text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from fieldtool.records.gazetteer import MERGERS, Commune, gazetteer, place_key, short_name

_HEAD = ("name", "district", "successor", "valid_to")


def added_commune(name: str, district: str, successor: str = "", valid_to: str = MERGERS) -> Commune:
    """A commune an officer adds: its name and district as papers have them.

    `successor` is the code, on the day `valid_to` (ISO, exclusive), of the commune where its people or its ground
    went; "" when nobody knows. Its code is local ("local-kimda") and never printed as an official one.
    """
    codes = sorted(gazetteer().district_codes(district))
    near = [commune for commune in gazetteer().communes if codes and commune.district_code == codes[0]]
    return Commune(
        code=f"local-{place_key(short_name(name))}",
        name=name,
        short=short_name(name),
        district=near[0].district if near else district,
        district_code=codes[0] if codes else "",
        province=near[0].province if near else "Tỉnh Nghệ An",
        province_code=near[0].province_code if near else "40",
        valid_to=valid_to,
        successors=(successor,) if successor else (),
    )


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
