"""Who lives with whom: households of an invented village with head and relations, and the whole commune."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from fieldtool.ports import Progress
from fieldtool.records.tables import table_text
from fieldtool.usecases.sample.families import Cradle, Person, clan
from fieldtool.usecases.sample.names import MONG, adult_name
from fieldtool.usecases.sample.numbers import give_numbers


@dataclass(frozen=True, slots=True)
class Household:
    """One household: its book number, the head first, each member with the relation to the head as books write it."""

    village: str
    book: str
    members: tuple[tuple[Person, str], ...]

    @property
    def head(self) -> Person:
        """The head as the household book has it."""
        return self.members[0][0]


@dataclass(frozen=True, slots=True)
class Commune:
    """The invented commune: households village by village, and those who died young and left only a birth entry."""

    households: tuple[Household, ...]
    dead: tuple[Person, ...]

    def living(self) -> list[Person]:
        """All members of all households, in the order of the book."""
        return [person for household in self.households for person, _ in household.members]


def make_commune(rng: Random, people: int, progress: Progress) -> Commune:
    """A commune of exactly so many living people, in villages as resources/sample/villages.csv has them."""
    cradle = Cradle(rng)
    households: list[Household] = []
    dead: list[Person] = []
    villages = list(csv.DictReader(io.StringIO(table_text("sample/villages.csv"))))
    shares = sum(int(row["share"]) for row in villages)
    done, share = 0, 0
    for row in villages:
        share += int(row["share"])
        wanted = people * share // shares - done
        mix = [part.split(":") for part in row["peoples"].split("|")]
        done += wanted
        _fill_village(cradle, row["village"], mix, wanted, households, dead)
        progress(done, people, "people")
    commune = Commune(tuple(households), tuple(dead))
    give_numbers(rng, [*commune.living(), *dead])
    return commune


def _fill_village(
    cradle: Cradle,
    village: str,
    mix: Sequence[Sequence[str]],
    wanted: int,
    households: list[Household],
    dead: list[Person],
) -> None:
    rng = cradle.rng
    names, weights = [name for name, _ in mix], [int(weight) for _, weight in mix]
    left = wanted
    while left > 0:
        everyone = clan(cradle, rng.choices(names, weights)[0], village)
        _adult_names(rng, everyone)
        dead += [person for person in everyone if person.died_young]
        for members in _group(rng, everyone):
            if left <= 0:
                break
            kept = members[:left]
            left -= len(kept)
            households.append(Household(village, f"{len(households) + 1:05d}", tuple(kept)))


def _adult_names(rng: Random, everyone: Sequence[Person]) -> None:
    """Mông men get their second name after marriage and the first child."""
    for person in everyone:
        if person.people == MONG and person.male and person.children and rng.random() < 0.7:
            person.adult_middle = adult_name(rng, person.name)


def _group(rng: Random, everyone: Sequence[Person]) -> list[list[tuple[Person, str]]]:
    """Households of a clan: each couple has its own, but old parents live with one married son."""
    placed: set[int] = set()
    groups = []
    for person in everyone:
        if not _leads(person) or person.number in placed:
            continue
        members = _couple_and_children(person, placed)
        son = next((s for s in reversed(person.children) if s.male and s.married and _here(s, placed)), None)
        if son is not None and person.age >= 50 and rng.random() < 0.8:
            members += _young_family(son, placed)
        groups.append(members)
    for person in everyone:
        if _here(person, placed):
            placed.add(person.number)
            groups.append([(person, "Chủ hộ")])
    return groups


def _here(person: Person, placed: set[int]) -> bool:
    return person.alive and bool(person.village) and person.number not in placed


def _leads(person: Person) -> bool:
    """A married man, or his widow, leads a household."""
    if not person.alive or person.married is None or not person.village:
        return False
    return person.male or not person.married.alive


def _couple_and_children(person: Person, placed: set[int]) -> list[tuple[Person, str]]:
    placed.add(person.number)
    members = [(person, "Chủ hộ")]
    spouse = person.married
    if spouse is not None and _here(spouse, placed):
        placed.add(spouse.number)
        members.append((spouse, "Vợ" if person.male else "Chồng"))
    members += [(child, "Con") for child in person.children if child.married is None and _here(child, placed)]
    placed.update(child.number for child, _ in members)
    return members


def _young_family(son: Person, placed: set[int]) -> list[tuple[Person, str]]:
    wife = son.married
    members = [(son, "Con")]
    if wife is not None and _here(wife, placed):
        members.append((wife, "Con dâu"))
    members += [(child, "Cháu") for child in son.children if child.married is None and _here(child, placed)]
    placed.update(member.number for member, _ in members)
    return members
