"""Surnames that clerks write in several ways, by people, and compound surnames: tables in resources/codes/."""

from __future__ import annotations

import csv
import io
from functools import lru_cache

from fieldtool.records.local_knowledge import knowledge, remembered
from fieldtool.records.tables import table_text
from fieldtool.records.vietnamese import LEVEL, fold, marked, tone_of

MONG_SURNAMES = frozenset({"xồng", "vừ", "lầu", "và", "già", "hờ", "mùa", "lỳ", "thò", "cự", "dềnh"})
KHMU_SURNAMES = frozenset({"moong", "hoa", "cụt", "lữ", "ốc", "xeo", "pịt", "chíp", "lương", "vi", "ven"})
MONG = "Mông"


@remembered(maxsize=4096)
def surname_group(surname: str) -> str:
    """The first-listed spelling of a surname's group of variants, folded; the folded surname when it is in none."""
    folded = fold(surname)
    return _folded().get(folded, folded)


def same_surname_group(a: str, b: str, people: str = "") -> bool:
    """Whether two surnames are variants of one by the table (Lô~Lo~Lò), not merely alike when folded.

    `people` is a canonical name or "": the variants of Mông surnames hold for Mông people and those of the Thái group
    for everyone else, since papers mix up Thái, Khơ Mú, Ơ Đu, Thổ and Kinh for one person.
    """
    one, other = marked(a), marked(b)
    mong, rest = _groups()
    tables = (mong, rest) if not people else (mong,) if people == MONG else (rest,)
    return any(one in table and table[one] == table.get(other) for table in tables)


def is_moong(surname: str) -> bool:
    """Whether a surname is Moong, Mông, Mong or Mo-ong: one clan through Telex and lost marks."""
    return tone_of(surname) == LEVEL and fold(surname).replace("-", "").replace(" ", "") in ("moong", "mong")


def _rows() -> list[tuple[str, list[str]]]:
    table = csv.DictReader(io.StringIO(table_text("codes/surnames.csv")))
    added = [(people, list(variants)) for people, variants in knowledge().surnames]
    return [*((row["people"], row["variants"].split(";")) for row in table), *added]


@remembered(maxsize=1)
def _groups() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Marked surname to its group of variants: of Mông surnames, and of all others."""
    mong: dict[str, tuple[str, ...]] = {}
    rest: dict[str, tuple[str, ...]] = {}
    for people, variants in _rows():
        for variant in variants:
            (mong if people == MONG else rest).setdefault(marked(variant), tuple(variants))
    return mong, rest


@remembered(maxsize=1)
def _folded() -> dict[str, str]:
    """Folded surname to the folded first spelling of its group."""
    table: dict[str, str] = {}
    for _, variants in _rows():
        for variant in variants:
            table.setdefault(fold(variant), fold(variants[0]))
    return table


def is_known(surname: str) -> bool:
    """Whether a word is a surname of the region or a common one of the lowlands, marks and variants aside."""
    return fold(surname) in _known() or fold(surname) in _folded()


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    rows = csv.DictReader(io.StringIO(table_text("codes/known_surnames.csv")))
    return frozenset(fold(surname) for row in rows for surname in row["surnames"].split(";"))


def is_compound(first: str, second: str) -> bool:
    """Whether two words are one of the known compound surnames, marks and i/y aside: Hủn Vi, Lo Kăm."""
    return first[:1].lower() in _initials() and _alike(f"{first} {second}") in _compounds()


def _alike(surname: str) -> str:
    return fold(surname).replace("y", "i")


@remembered(maxsize=1)
def _compounds() -> frozenset[str]:
    rows = csv.DictReader(io.StringIO(table_text("codes/compound_surnames.csv")))
    added = (variant for _, variants in knowledge().surnames for variant in variants if " " in variant)
    return frozenset(_alike(surname) for surname in (*(row["surname"] for row in rows), *added))


@remembered(maxsize=1)
def _initials() -> frozenset[str]:
    return frozenset(surname[0] for surname in _compounds())
