"""A third generator of communes with truth: few clans to a village, popular given names, wives born in other villages.

The names that matter most here are those borne by many of one village, and lists leave more people out than elsewhere.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from random import Random

from linkage_generator import Made

from fieldtool.records.documents import Document, Source
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.vietnamese import fold

_CLANS = ["Lô", "Vi", "Lương", "Kha", "Moong", "Cụt", "Xồng", "Lầu", "Và", "Hờ", "Nguyễn", "Trần", "La", "Lữ"]
_MEN = "Hùng Dũng Nam Thành Tuấn Cường Hải Long Sơn Tâm Đức Bình Khánh Tiến Thắng Hiếu Quân Phúc Lâm Vinh"
_WOMEN = "Hoa Lan Hương Hà Mai Nga Tâm Thanh Hạnh Liên Xuân Ngọc Hằng Vân Loan Yến Nhung Bích Thảo Linh"
_GIVEN = (_MEN.split(), _WOMEN.split())
_RARE_MIDDLE = ("Xuân", "Ngọc", "Minh", "Hồng", "Thanh", "Quốc", "Kim")
_COVERED = ((DocumentKind.BIRTH, 0.75), (DocumentKind.ID_CARD, 0.85), (DocumentKind.HOUSEHOLD, 0.93))
_PARENTS = {DocumentKind.BIRTH: 0.92, DocumentKind.ID_CARD: 0.5, DocumentKind.HOUSEHOLD: 0.1}


@dataclass(slots=True)
class Villager:
    """One person; relatives are places in the list, -1 when there is none; `origin` the village of birth."""

    clan: str
    middle: str
    given: str
    sex: int
    born: datetime.date
    village: int
    origin: int
    father: int = -1
    mother: int = -1
    home: int = -1
    relation: str = ""
    dead: bool = False
    n12: str = ""
    n9: str = ""


class Clans:
    """Grows villages and writes their papers; `fault` multiplies the rates of mistakes."""

    def __init__(self, people: int, seed: int, fault: float) -> None:
        self.rng, self.people, self.fault = Random(seed), people, fault
        self.villages = max(3, people // 500)
        self.all: list[Villager] = []
        self.heads: list[int] = []

    def grow(self) -> None:
        """Villages of some five hundred until there are enough people."""
        while len(self.all) < self.people:
            self._village(len(self.all) * self.villages // self.people)

    def _village(self, village: int) -> None:
        clans, start, goal = self.rng.sample(_CLANS, 2), len(self.all), self.people // self.villages
        couples = []
        for _ in range(max(4, goal // 60)):
            man = self._person(self.rng.choice(clans), 0, self.rng.randint(1930, 1955), village)
            couples.append((man, self._wife(clans, man, village)))
        while couples and len(self.all) - start < goal:
            couples = [
                (son, self._wife(clans, son, village))
                for man, wife in couples
                for son in self._children(man, wife, village)
            ]

    def _wife(self, clans: list[str], man: int, village: int) -> int:
        wife = self._person(self.rng.choice(clans), 1, self.all[man].born.year + self.rng.randint(-4, 6), village)
        if self.rng.random() < 0.4:
            self.all[wife].origin = self.rng.randrange(self.villages)
        return wife

    def _person(self, clan: str, sex: int, year: int, village: int, middle: str = "") -> int:
        year = min(max(year, 1925), 2024)
        if not middle:
            middle = ("Văn", "Thị")[sex] if self.rng.random() < 0.8 else self.rng.choice(_RARE_MIDDLE)
        born = datetime.date(year, 1, 1) + datetime.timedelta(self.rng.randrange(365))
        person = Villager(clan, middle, self._given(sex), sex, born, village, village)
        person.n12 = f"040{(0 if year < 2000 else 2) + sex}{year % 100:02d}{self.rng.randrange(10**6):06d}"
        person.n9 = f"18{self.rng.randrange(10**7):07d}" if year < 2005 else ""
        self.all.append(person)
        return len(self.all) - 1

    def _given(self, sex: int) -> str:
        return _GIVEN[sex][min(int(self.rng.expovariate(1 / 7)), len(_GIVEN[sex]) - 1)]

    def _children(self, man: int, wife: int, village: int) -> list[int]:
        """The children of a couple; which sons found a family of their own."""
        home, married = len(self.heads), []
        self.heads.append(man)
        for place, relation in ((man, "Chủ hộ"), (wife, "Vợ")):
            self.all[place].home, self.all[place].relation = home, relation
        year = self.all[wife].born.year + self.rng.randint(18, 25)
        taken: set[str] = set()
        for _ in range(self.rng.choice((1, 2, 2, 3, 4, 5))):
            if year > 2024:
                break
            child = self._person(self.all[man].clan, self.rng.randint(0, 1), year, village)
            brood = [child, *self._sibling(child)]
            for one in brood:
                person = self.all[one]
                person.father, person.mother, person.home, person.relation = man, wife, home, "Con"
            # No two living children of a family are named alike.
            while self.all[child].given in taken and not self.all[child].dead:
                self.all[child].given = self._given(self.all[child].sex)
            taken |= {self.all[one].given for one in brood}
            year += self.rng.randint(1, 4)
            first = self.all[child]
            if first.sex == 0 and first.born.year < 2003 and not first.dead and self.rng.random() < 0.55:
                married.append(child)
        return married

    def _sibling(self, child: int) -> list[int]:
        """Now and then a twin, half of them a letter apart, or the next child that was given a dead one's name."""
        first, chance = self.all[child], self.rng.random()
        if chance > 0.05:
            return []
        other = self.all[self._person(first.clan, first.sex, first.born.year, first.village, first.middle)]
        if chance < 0.03:
            other.born = first.born
            near = [first.given[:-1] + letter for letter in "nmhg" if letter != first.given[-1]]
            while other.given == first.given or (near and self.rng.random() < 0.4):
                other.given = self.rng.choice(near or _GIVEN[first.sex])
                near = []
        else:
            first.dead, other.given = True, first.given
            other.born = min(first.born + datetime.timedelta(self.rng.randint(330, 1100)), datetime.date(2024, 12, 30))
        return [len(self.all) - 1]

    def papers(self, seed: int) -> Made:
        """Three lists: the birth register by village of birth, the card list, the household books."""
        made = Made([], {})
        for place, person in enumerate(self.all):
            for kind, share in _COVERED:
                if self.rng.random() > share or (person.dead and kind is not DocumentKind.BIRTH):
                    continue
                if kind is DocumentKind.ID_CARD and person.born.year > 2014:
                    continue
                id = f"{Random(seed * 999_983 + len(made.truth)).getrandbits(128):032x}"
                made.documents.append(self._paper(person, kind, id))
                made.truth[id] = place
        return made

    def _paper(self, person: Villager, kind: DocumentKind, id: str) -> Document:
        bare = self._odds(0.05)
        raw = {
            Field.NAME: self._name(person, bare),
            Field.DOB: self._date(person.born),
            Field.SEX: ("Nam", "Nữ")[person.sex ^ self._odds(0.007)],
            Field.N12: self._number(person, kind),
            Field.N9: person.n9 if kind is not DocumentKind.BIRTH and self.rng.random() < 0.3 else "",
        }
        for slot, parent in ((Field.FATHER, person.father), (Field.MOTHER, person.mother)):
            if parent >= 0 and self.rng.random() < _PARENTS[kind]:
                raw[slot] = self._name(self.all[parent], bare)
        book = ""
        if kind is DocumentKind.HOUSEHOLD and person.home >= 0:
            book = f"S{person.home:05d}"
            raw |= {Field.BOOK: book, Field.RELATION: person.relation}
            raw[Field.HEAD] = self._name(self.all[self.heads[person.home]], bare)
        village = person.origin if kind is DocumentKind.BIRTH else person.village
        if self._odds(0.05):
            village = self.rng.randrange(self.villages)
        text = {name: value for name, value in raw.items() if value}
        return Document(id, kind, text, Source("made", str(kind), 1, id), f"w{village}", str(kind), book)

    def _odds(self, share: float) -> bool:
        return self.rng.random() < share * self.fault

    def _name(self, person: Villager, bare: bool) -> str:
        words = [person.clan, person.middle, person.given]
        if self._odds(0.04):
            del words[1]
        if self._odds(0.07):
            at = self.rng.randrange(len(words))
            words[at] = self._slip(words[at])
        if self._odds(0.06):
            at = self.rng.randrange(len(words))
            words[at] = fold(words[at]).capitalize()
        text = " ".join(word for word in words if word)
        return fold(text).upper() if bare else text

    def _slip(self, word: str) -> str:
        at, letter = self.rng.randrange(len(word)), self.rng.choice("aeiounhgtcm")
        ways = (word[:at] + word[at + 1 :], word[:at] + letter + word[at:], word[:at] + letter + word[at + 1 :])
        return self.rng.choice([way for way in ways if way])

    def _date(self, born: datetime.date) -> str:
        old, chance = born.year < 1980, self.rng.random()
        if chance < (0.35 if old else 0.03):
            text = str(born.year)
        elif chance < (0.55 if old else 0.05):
            text = f"01/01/{born.year}"
        else:
            text = f"{born:%d/%m/%Y}"
        if self._odds(0.05):
            text = text[:-4] + str(born.year + self.rng.choice((-1, 1, -2, 2, 3, -3, 10)))
        return f"{self.rng.randint(1, 28):02d}{text[2:]}" if len(text) == 10 and self._odds(0.05) else text

    def _number(self, person: Villager, kind: DocumentKind) -> str:
        born_late = 0.3 if person.born.year > 2010 else 0.0
        share = {DocumentKind.BIRTH: born_late, DocumentKind.ID_CARD: 0.9, DocumentKind.HOUSEHOLD: 0.4}[kind]
        if self.rng.random() > share:
            return ""
        digits = person.n12
        if self._odds(0.02):
            at = self.rng.randrange(4, 12)
            return digits[:at] + self.rng.choice("0123456789") + digits[at + 1 :]
        if self._odds(0.01) and person.home >= 0:  # the number of the head
            return self.all[self.heads[person.home]].n12
        return digits[1:] if self._odds(0.05) else digits


def make_clans(people: int, seed: int, fault: float = 1.0) -> Made:
    """A commune of clans; the same arguments give the same documents."""
    clans = Clans(people, seed, fault)
    clans.grow()
    return clans.papers(seed)
