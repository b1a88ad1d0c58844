"""Surnames that clerks write in several ways, by people, and compound surnames: tables in resources/codes/."""

from __future__ import annotations

import csv
import io
from functools import lru_cache

from fieldtool.records.tables import table_text
from fieldtool.records.vietnamese import fold, marked

MONG_SURNAMES = frozenset({"xồng", "vừ", "lầu", "và", "già", "hờ", "mùa", "lỳ", "thò", "cự", "dềnh"})
KHMU_SURNAMES = frozenset({"moong", "hoa", "cụt", "lữ", "ốc", "xeo", "pịt", "chíp", "lương", "vi", "ven"})


@lru_cache(maxsize=4096)
def surname_group(surname: str) -> str:
    """The first-listed spelling of a surname's group of variants, folded; the folded surname when it is in none."""
    return _groups().get(marked(surname), _groups().get(fold(surname), fold(surname)))


def same_surname_group(a: str, b: str) -> bool:
    """Whether two surnames are variants of one by the table (Lô~Lo~Lò), not merely alike when folded."""
    left, right = _groups().get(marked(a)), _groups().get(marked(b))
    return left is not None and left == right


def is_moong(surname: str) -> bool:
    """Whether a surname is Moong, Mông, Mong or Mo-ong: one clan through Telex and lost marks."""
    return fold(surname).replace("-", "").replace(" ", "") in ("moong", "mong")


@lru_cache(maxsize=1)
def _groups() -> dict[str, str]:
    table: dict[str, str] = {}
    for row in csv.DictReader(io.StringIO(table_text("codes/surnames.csv"))):
        variants = row["variants"].split(";")
        for variant in variants:
            table.setdefault(marked(variant), fold(variants[0]))
    for row in csv.DictReader(io.StringIO(table_text("codes/surnames.csv"))):
        variants = row["variants"].split(";")
        for variant in variants:
            table.setdefault(fold(variant), fold(variants[0]))
    return table


@lru_cache(maxsize=1)
def compound_surnames() -> frozenset[tuple[str, ...]]:
    """Compound surnames as tuples of folded words."""
    rows = csv.DictReader(io.StringIO(table_text("codes/compound_surnames.csv")))
    return frozenset(tuple(fold(row["surname"]).split()) for row in rows)
