"""Invented names by people and sex, put together from parts in resources/sample; no name is taken from a person."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from random import Random

from fieldtool.records.tables import table_text

MONG, KHMU, DAN_LAI = "Mông", "Khơ Mú", "Đan Lai"


@dataclass(frozen=True, slots=True)
class Name:
    """A name in its parts; `middle` may be empty and a surname may have two syllables."""

    surname: str
    middle: str
    given: str

    def __str__(self) -> str:
        return " ".join(part for part in (self.surname, self.middle, self.given) if part)


@cache
def name_parts() -> Mapping[tuple[str, str], tuple[str, ...]]:
    """(people, slot) → parts; a part that stands twice is twice as common, "-" is none, "_" joins two syllables."""
    rows = csv.DictReader(io.StringIO(table_text("sample/name_parts.csv")))
    return {
        (row["people"], row["slot"]): tuple(part.replace("_", " ").strip("-") for part in row["parts"].split())
        for row in rows
    }


@cache
def surname_variants() -> Mapping[str, tuple[str, ...]]:
    """Surname → spellings of the same surname that clerks write for it."""
    rows = csv.DictReader(io.StringIO(table_text("sample/surname_variants.csv")))
    return {row["surname"]: tuple(row["variants"].split()) for row in rows}


def make_name(rng: Random, people: str, male: bool, surname: str = "") -> Name:
    """A name of a people; the surname is drawn too unless it is given."""
    parts = name_parts()
    side = "male" if male else "female"
    return Name(
        surname or rng.choice(parts[people, "surname"]),
        rng.choice(parts[people, f"{side}_middle"]),
        rng.choice(parts[people, side]),
    )


def adult_name(rng: Random, name: Name) -> Name:
    """The name a Mông man bears after marriage: another middle element, the rest stays (domain.md 4.2)."""
    choices = [part for part in name_parts()[MONG, "adult_middle"] if part not in (name.middle, name.given)]
    return Name(name.surname, rng.choice(choices), name.given)
