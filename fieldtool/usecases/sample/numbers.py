"""Invented personal numbers that agree with sex and birth year, and old nine-digit numbers; all drawn at random."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

from fieldtool.usecases.sample.families import Person

_PROVINCE = "040"
_ELSEWHERE = ("038", "042", "014", "036", "020")  # registered in another province
_OLD_PREFIXES = ("186", "187", "187", "188", "182", "181")


def give_numbers(rng: Random, persons: Iterable[Person]) -> None:
    """Give each person a number of twelve digits and, to adults of the time, one of nine; none is given twice."""
    taken: set[str] = set()
    for person in persons:
        person.n12 = _fresh(rng, taken, _front(rng, person), 6)
        if person.born.year <= 2004 and rng.random() < 0.85:
            person.n9 = _fresh(rng, taken, rng.choice(_OLD_PREFIXES), 6)


def _front(rng: Random, person: Person) -> str:
    """Province, century with sex, and year: PPP C YY (NĐ 137/2015 art. 13)."""
    province = _PROVINCE if rng.random() < 0.975 else rng.choice(_ELSEWHERE)
    century = 2 * (person.born.year // 100 - 19) + (not person.male)
    return f"{province}{century}{person.born.year % 100:02d}"


def _fresh(rng: Random, taken: set[str], front: str, digits: int) -> str:
    while True:
        number = front + f"{rng.randrange(10**digits):0{digits}d}"
        if number not in taken:
            taken.add(number)
            return number
