"""Invented communes with truth to measure the matcher by: lists, twins, namesakes, replaced siblings, few surnames.

Nothing here is shared with the program's own sample, so that what is tuned on the one can be checked on the other.
"""

from __future__ import annotations

import csv
import datetime
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from fieldtool.records.documents import Document, Source
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.vietnamese import fold

PARTS = Path(__file__).resolve().parents[1] / "resources" / "sample" / "name_parts.csv"
TONES = str.maketrans("áàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệóòỏõọốồổỗộớờởỡợ", "aaaaaâââââăăăăăeeeeeêêêêêoooooôôôôôơơơơơ")


@dataclass(slots=True)
class Resident:
    """One invented person; `father`, `mother`, `spouse` are places in the list of residents, -1 when unknown."""

    name: str
    sex: str
    born: datetime.date
    village: str
    father: int = -1
    mother: int = -1
    spouse: int = -1
    head: int = -1
    relation: str = ""
    book: str = ""
    n12: str = ""
    n9: str = ""
    dead: bool = False
    other_name: str = ""


@dataclass(slots=True)
class Rates:
    """How often each thing goes wrong, as shares; `noise` multiplies them all."""

    noise: float = 1.0
    year_only: float = 0.11
    first_january: float = 0.06
    date_slip: float = 0.05
    year_slip: float = 0.04
    swap: float = 0.01
    no_marks: float = 0.07
    letter: float = 0.09
    tone: float = 0.06
    surname: float = 0.04
    middle: float = 0.06
    adult: float = 0.3
    sex: float = 0.008
    digit: float = 0.02
    lost_zero: float = 0.03
    placeholder: float = 0.02
    shared: float = 0.005
    village: float = 0.08
    parent: float = 0.06
    parent_letter: float = 0.12
    given: float = 0.02
    coverage: tuple[float, float, float] = (0.85, 0.85, 0.95)
    with_n12: tuple[float, float, float] = (0.1, 0.7, 0.2)
    with_n9: tuple[float, float, float] = (0.0, 0.4, 0.2)
    with_parents: tuple[float, float, float] = (0.93, 0.35, 0.15)


@dataclass(slots=True)
class Made:
    """A commune: its documents and, for each, the place of its person in `residents`."""

    documents: list[Document]
    truth: dict[str, int]
    residents: list[Resident] = field(default_factory=list)


def make_commune(people: int, seed: int, rates: Rates | None = None) -> Made:
    """A commune of about so many persons × three lists; the same arguments give the same documents."""
    rng = Random(seed)
    rates = rates or Rates()
    residents: list[Resident] = []
    names = _names()
    villages = max(2, people // 600)
    ways = list(names)
    for place in range(villages):
        way = names[ways[place % len(ways)]]
        clans = [rng.choice(way["surname"]) for _ in range(rng.randint(3, 6))]
        goal = people * (place + 1) // villages
        while len(residents) < goal:
            _family(rng, residents, way, clans, f"v{seed}-{place}")
    for person in residents:
        _number(rng, person)
    documents: list[Document] = []
    truth: dict[str, int] = {}
    kinds = (DocumentKind.BIRTH, DocumentKind.ID_CARD, DocumentKind.HOUSEHOLD)
    for place, person in enumerate(residents):
        for number, kind in enumerate(kinds):
            if rng.random() > rates.coverage[number] or (person.dead and number > 0):
                continue
            if kind is DocumentKind.ID_CARD and person.born.year > 2018:
                continue
            paper = _paper(rng, rates, residents, person, number, kind, len(documents), seed)
            documents.append(paper)
            truth[paper.id] = place
    return Made(documents, truth, residents)


def _names() -> dict[str, dict[str, list[str]]]:
    ways: dict[str, dict[str, list[str]]] = {}
    with PARTS.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            parts = [part.replace("_", " ").replace("-", "") for part in row["parts"].split()]
            ways.setdefault(row["people"], {})[row["slot"]] = parts
    return ways


def _name(rng: Random, way: dict[str, list[str]], surname: str, sex: str) -> str:
    slot = "male" if sex == "Nam" else "female"
    return " ".join(f"{surname} {rng.choice(way[slot + '_middle'])} {rng.choice(way[slot])}".split())


def _day(rng: Random, year: int) -> datetime.date:
    return datetime.date(min(max(year, 1925), 2024), 1, 1) + datetime.timedelta(rng.randrange(365))


def _family(rng: Random, residents: list[Resident], way: dict[str, list[str]], clans: list[str], village: str) -> None:
    start, year, book = len(residents), rng.randint(1932, 1998), f"{village}-{len(residents):06d}"
    man = Resident(_name(rng, way, rng.choice(clans), "Nam"), "Nam", _day(rng, year), village)
    wife = Resident(_name(rng, way, rng.choice(clans), "Nữ"), "Nữ", _day(rng, year + rng.randint(-3, 6)), village)
    if way.get("adult_middle"):
        parts = man.name.split()
        man.other_name = f"{parts[0]} {rng.choice(way['adult_middle'])} {parts[-1]}"
    elders = [place for place in range(max(0, start - 300), start) if residents[place].village == village]
    fathers = [
        place
        for place in elders
        if residents[place].sex == "Nam" and residents[place].spouse >= 0 and year - residents[place].born.year > 18
    ]
    for person, share in ((man, 0.7), (wife, 0.5)):
        if fathers and rng.random() < share:
            person.father = rng.choice(fathers)
            person.mother = residents[person.father].spouse
            if person is man:
                person.name = " ".join([residents[person.father].name.split()[0], *person.name.split()[1:]])
    man.spouse, wife.spouse, man.head, wife.head = start + 1, start, start, start
    man.relation, wife.relation, man.book, wife.book = "Chủ hộ", "Vợ", book, book
    residents += [man, wife]
    born = wife.born.year + rng.randint(18, 24)
    for _ in range(rng.choice((1, 2, 2, 3, 3, 4, 5))):
        if born > 2023:
            return
        born = _child(rng, residents, way, start, village, book, born)


def _child(
    rng: Random, residents: list[Resident], way: dict[str, list[str]], start: int, village: str, book: str, born: int
) -> int:
    man = residents[start]
    sex = rng.choice(("Nam", "Nữ"))
    child = Resident(_name(rng, way, man.name.split()[0], sex), sex, _day(rng, born), village)
    chance = rng.random()
    brood = [child]
    if chance < 0.025:  # twins, often one letter apart
        other = _name(rng, way, man.name.split()[0], sex)
        brood.append(Resident(other, sex, child.born, village))
    elif chance < 0.04:  # a dead child's name given to the next
        child.dead = True
        later = child.born + datetime.timedelta(rng.randint(330, 1200))
        brood.append(Resident(child.name, sex, min(later, datetime.date(2024, 12, 1)), village))
    elif chance < 0.05 and sex == "Nam":  # named like the father
        child.name = man.name
    for one in brood:
        one.father, one.mother, one.head = start, start + 1, start
        one.relation = "Con" if rng.random() < 0.6 else ("Con trai" if sex == "Nam" else "Con gái")
        one.book = book
        residents.append(one)
    return born + rng.randint(1, 4)


def _number(rng: Random, person: Resident) -> None:
    century = 0 if person.born.year < 2000 else 2
    sex = century + (person.sex == "Nữ")
    person.n12 = f"040{sex}{person.born.year % 100:02d}{rng.randrange(10**6):06d}"
    if person.born.year <= 2005:
        person.n9 = f"18{rng.randrange(10**7):07d}"


def _paper(
    rng: Random,
    rates: Rates,
    residents: list[Resident],
    person: Resident,
    number: int,
    kind: DocumentKind,
    serial: int,
    seed: int,
) -> Document:
    raw: dict[Field, str] = {Field.NAME: _written(rng, rates, person, kind), Field.DOB: _date(rng, rates, person)}
    raw[Field.SEX] = person.sex if rng.random() >= rates.sex * rates.noise else {"Nam": "Nữ", "Nữ": "Nam"}[person.sex]
    if rng.random() < rates.with_n12[number]:
        raw[Field.N12] = _digits(rng, rates, person.n12, residents, person)
    if person.n9 and rng.random() < rates.with_n9[number]:
        raw[Field.N9] = _digits(rng, rates, person.n9, residents, person)
    if rng.random() < rates.with_parents[number]:
        for slot, parent in ((Field.FATHER, person.father), (Field.MOTHER, person.mother)):
            if parent >= 0 and rng.random() >= rates.parent * rates.noise:
                raw[slot] = _parent(rng, rates, residents[parent])
    if kind is DocumentKind.HOUSEHOLD:
        raw[Field.RELATION] = person.relation
        raw[Field.HEAD] = _parent(rng, rates, residents[person.head])
        raw[Field.BOOK] = person.book
    village = person.village
    if rng.random() < rates.village * rates.noise:
        village = rng.choice(residents).village
    id = f"{Random(seed * 1_000_003 + serial).getrandbits(128):032x}"
    return Document(
        id=id,
        kind=kind,
        raw={name: text for name, text in raw.items() if text},
        source=Source("made", str(kind), serial + 1, str(serial)),
        village=village,
        list_id=str(kind),
        household=person.book if kind is DocumentKind.HOUSEHOLD else "",
    )


def _written(rng: Random, rates: Rates, person: Resident, kind: DocumentKind) -> str:
    name = person.name
    if person.other_name and kind is not DocumentKind.BIRTH and rng.random() < rates.adult:
        name = person.other_name
    if rng.random() < rates.given * rates.noise:
        name = " ".join([*name.split()[:-1], _typo(rng, _typo(rng, name.split()[-1]))])
    return _spelt(rng, rates, name, 1.0)


def _parent(rng: Random, rates: Rates, person: Resident) -> str:
    name = person.other_name if person.other_name and rng.random() < 0.4 else person.name
    return _spelt(rng, rates, name, rates.parent_letter / max(rates.letter, 0.001))


def _spelt(rng: Random, rates: Rates, name: str, more: float) -> str:
    parts = name.split()
    if len(parts) > 2 and rng.random() < rates.middle * rates.noise:
        parts = [parts[0], *parts[2:]]
    if rng.random() < rates.tone * rates.noise:
        place = rng.randrange(len(parts))
        parts[place] = parts[place].translate(TONES)
    if rng.random() < rates.letter * rates.noise * more:
        place = rng.randrange(len(parts))
        parts[place] = _typo(rng, parts[place])
    if rng.random() < rates.surname * rates.noise:
        parts[0] = _typo(rng, parts[0])
    name = " ".join(parts)
    return fold(name).title() if rng.random() < rates.no_marks * rates.noise else name


def _typo(rng: Random, word: str) -> str:
    if len(word) < 2:
        return word
    place = rng.randrange(len(word))
    way = rng.randrange(4)
    letter = rng.choice("aeiouhngtcmlsx")
    if way == 0:
        return word[:place] + word[place + 1 :]
    if way == 1:
        return word[:place] + letter + word[place:]
    if way == 2 and place + 1 < len(word):
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    return word[:place] + letter + word[place + 1 :]


def _date(rng: Random, rates: Rates, person: Resident) -> str:
    born = person.born
    old = 2.2 if born.year < 1975 else 0.6
    chance = rng.random() / max(rates.noise, 0.01)
    if rng.random() < rates.year_slip * rates.noise:
        born = _moved(born, born.year + rng.choice((-2, -1, -1, 1, 1, 2, 10, -10)))
    if chance < rates.year_only * old:
        return str(born.year)
    if chance < (rates.year_only + rates.first_january) * old:
        return f"01/01/{born.year}"
    if rng.random() < rates.swap * rates.noise and born.day <= 12:
        return f"{born.month:02d}/{born.day:02d}/{born.year}"
    day, month = born.day, born.month
    if rng.random() < rates.date_slip * rates.noise:
        if rng.random() < 0.6:
            day = rng.randint(1, 28)
        else:
            month = rng.randint(1, 12)
            day = min(day, 28)
    return f"{day:02d}/{month:02d}/{born.year}"


def _moved(born: datetime.date, year: int) -> datetime.date:
    return datetime.date(year, born.month, min(born.day, 28))


def _digits(rng: Random, rates: Rates, text: str, residents: list[Resident], person: Resident) -> str:
    if rng.random() < rates.shared * rates.noise:  # the number of a housemate
        return residents[person.head].n12 if len(text) == 12 else residents[person.head].n9
    if rng.random() < rates.placeholder * rates.noise:
        return rng.choice(("0", "000000000000", "123456789", "999999999999", "Không"))
    if rng.random() < rates.digit * rates.noise:
        place = rng.randrange(4, len(text))
        return text[:place] + rng.choice("0123456789") + text[place + 1 :]
    if text.startswith("0") and rng.random() < rates.lost_zero * rates.noise:
        return text[1:]
    return text
