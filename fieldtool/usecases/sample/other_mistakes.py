"""How sex, people and head of household go wrong in a list; the same contract as the other mistakes."""

from __future__ import annotations

from random import Random

from fieldtool.usecases.sample.families import Person
from fieldtool.usecases.sample.names import DAN_LAI

_ALIASES = {
    "Khơ Mú": ("Khơ-mú", "Khơmú", "Kho Mu", "Khơ mú"),
    "Mông": ("H'Mông", "Hmông", "Mèo", "H’Mông"),
    "Ơ Đu": ("Ơ-đu", "Ơđu", "O Du", "Tày Hạt"),
    "Thái": ("Thai", "thái", "Tày Thanh"),
    "Kinh": ("kinh",),
    "Thổ": ("Tho",),
}


def other_sex(rng: Random, person: Person, text: str) -> str | None:
    """The wrong one of two words."""
    return "Nữ" if text == "Nam" else "Nam"


def people_alias(rng: Random, person: Person, text: str) -> str | None:
    """Another word for the same people."""
    return rng.choice(_ALIASES[text]) if text in _ALIASES else None


def dan_lai(rng: Random, person: Person, text: str) -> str | None:
    """Đan Lai is no people of the official list: papers say Thổ, Đan Lai, sometimes Thái (domain.md 3)."""
    return rng.choice(("Đan Lai", "Đan Lai", "Thái")) if person.people == DAN_LAI else None


def neighbours_people(rng: Random, person: Person, text: str) -> str | None:
    """Ơ Đu and Khơ Mú were once written down as Thái."""
    return "Thái" if person.people in {"Ơ Đu", "Khơ Mú"} else None


def other_head(rng: Random, person: Person, text: str) -> str | None:
    """The list names another grown member of the family as head."""
    for kin in (person.father, person.married, person.mother):
        if kin is not None and str(kin.name) != text:
            return str(kin.name)
    return None
