"""Families over four generations: who was born when and to whom, who married, who lives. Households come after."""

from __future__ import annotations

import dataclasses
import datetime
from dataclasses import dataclass, field
from random import Random

from fieldtool.usecases.sample.names import Name, make_name

TODAY = datetime.date(2026, 6, 15)  # the day on which the lists were drawn up
_TWINS, _NAME_AGAIN, _LIKE_FATHER = 0.012, 0.5, 0.012
_DIED_YOUNG = 0.03
# Share of those born before a year who still live.
_ALIVE = ((1940, 0.15), (1948, 0.45), (1956, 0.72), (1966, 0.88), (1980, 0.95), (2030, 0.985))


@dataclass(eq=False, slots=True)
class Person:
    """One invented person. `married` holds the spouse; `children` are in order of birth."""

    number: int
    name: Name
    male: bool
    born: datetime.date
    people: str
    village: str
    father: Person | None = None
    mother: Person | None = None
    alive: bool = True
    died_young: bool = False
    married: Person | None = None
    children: list[Person] = field(default_factory=list)
    adult_middle: Name | None = None
    n12: str = ""
    n9: str = ""

    @property
    def age(self) -> int:
        """Whole years on the day of the lists."""
        before = (TODAY.month, TODAY.day) < (self.born.month, self.born.day)
        return TODAY.year - self.born.year - before


@dataclass(slots=True)
class Cradle:
    """Numbers newborn persons through the whole commune and draws with one generator."""

    rng: Random
    count: int = 0

    def person(self, people: str, village: str, male: bool, born: datetime.date, surname: str = "") -> Person:
        """Somebody new without parents in the commune."""
        self.count += 1
        name = make_name(self.rng, people, male, surname)
        return Person(self.count, name, male, born, people, village, alive=self._lives(born))

    def _lives(self, born: datetime.date) -> bool:
        share = next(share for year, share in _ALIVE if born.year < year)
        return self.rng.random() < share


def clan(cradle: Cradle, people: str, village: str, founders: int = 6) -> list[Person]:
    """Some founder couples and all who came of them, in the order in which they were made."""
    rng = cradle.rng
    everyone: list[Person] = []
    couples = []
    for _ in range(founders):
        year = rng.randint(1931, 1957)
        man = cradle.person(people, village, True, _some_day(rng, year))
        woman = cradle.person(people, village, False, _some_day(rng, year + rng.randint(-2, 6)))
        couples.append(_marry(man, woman))
        everyone += (man, woman)
    for _generation in range(4):
        newborn = [child for man, woman in couples for child in _children(cradle, man, woman)]
        everyone += newborn
        couples, from_outside = _weddings(cradle, [child for child in newborn if not child.died_young])
        everyone += from_outside
    return everyone


def _some_day(rng: Random, year: int) -> datetime.date:
    return datetime.date(year, 1, 1) + datetime.timedelta(days=rng.randrange(365))


def _marry(man: Person, woman: Person) -> tuple[Person, Person]:
    man.married, woman.married = woman, man
    return man, woman


def _children(cradle: Cradle, man: Person, woman: Person) -> list[Person]:
    """Children of a couple, at least 280 days apart unless they are twins, the mother 17 to 42."""
    rng = cradle.rng
    mother_year = woman.born.year
    wanted = rng.choice(
        (3, 4, 5, 5, 6) if mother_year < 1962 else (2, 2, 3, 3, 4) if mother_year < 1985 else (2, 2, 2, 3, 3)
    )
    start = max(man.born, woman.born) + datetime.timedelta(days=rng.randint(17 * 366, 22 * 366))
    last = woman.born + datetime.timedelta(days=42 * 365)
    born: list[Person] = []
    day = start
    name_of_dead: Person | None = None
    while len(born) < wanted and day < min(last, TODAY):
        child = _child(cradle, man, woman, day)
        if name_of_dead is not None and name_of_dead.male == child.male and rng.random() < _NAME_AGAIN:
            child.name = name_of_dead.name
        name_of_dead = child if child.died_young else None
        born.append(child)
        if rng.random() < _TWINS:
            born.append(_twin(cradle, child, man, woman))
        day += datetime.timedelta(days=rng.randint(330, 1500))
    man.children, woman.children = list(born), list(born)
    return born


def _child(cradle: Cradle, man: Person, woman: Person, day: datetime.date) -> Person:
    rng = cradle.rng
    child = cradle.person(man.people, man.village, rng.random() < 0.51, day, man.name.surname)
    child.father, child.mother = man, woman
    taken = {str(other.name) for other in man.children}
    while str(child.name) in taken:
        child.name = make_name(rng, child.people, child.male, man.name.surname)
    if child.male and rng.random() < _LIKE_FATHER:
        child.name = man.name
    if rng.random() < _DIED_YOUNG and (TODAY - day).days > 1000:
        child.alive, child.died_young = False, True
    return child


def _twin(cradle: Cradle, first: Person, man: Person, woman: Person) -> Person:
    twin = _child(cradle, man, woman, first.born)
    while twin.name == first.name:
        twin.name = make_name(cradle.rng, twin.people, twin.male, man.name.surname)
    if twin.male == first.male:  # twins' names are made to sound alike
        twin.name = dataclasses.replace(twin.name, middle=first.name.middle)
        if twin.name == first.name:
            twin.name = dataclasses.replace(first.name, given=first.name.given + " Em")
    return twin


def _weddings(cradle: Cradle, young: list[Person]) -> tuple[list[tuple[Person, Person]], list[Person]]:
    """Couples among a generation, and the spouses who came from elsewhere. Some women marry away and are gone."""
    rng = cradle.rng
    brides = [girl for girl in young if not girl.male and girl.age >= 19]
    couples, from_outside = [], []
    for man in (boy for boy in young if boy.male and boy.age >= 20):
        if rng.random() > (0.93 if man.age >= 30 else 0.55):
            continue
        bride = next((girl for girl in brides if _may_marry(man, girl)), None)
        if bride is not None:
            brides.remove(bride)
        else:
            year = min(man.born.year + rng.randint(-1, 5), TODAY.year - 19)
            bride = cradle.person(man.people, man.village, False, _some_day(rng, year))
            from_outside.append(bride)
        couples.append(_marry(man, bride))
    for girl in brides:
        if girl.age >= 22 and rng.random() < 0.75:
            girl.village = ""
    return couples, from_outside


def _may_marry(man: Person, woman: Person) -> bool:
    return man.father is not woman.father and -2 <= (woman.born.year - man.born.year) <= 7
