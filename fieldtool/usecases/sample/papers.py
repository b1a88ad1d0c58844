"""The three papers of a person as they should be, who has which, and the mistakes planted in them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from random import Random

from fieldtool.records.fields import DocumentKind, Field
from fieldtool.usecases.sample.families import TODAY, Person
from fieldtool.usecases.sample.households import Commune, Household
from fieldtool.usecases.sample.mistakes import HARMLESS, MISTAKES, PARENT_MISTAKES, Mistake
from fieldtool.usecases.sample.names import DAN_LAI, make_name

Value = str | int | datetime.date

# Born before the year: the share who have a birth entry.
_BIRTH_ENTRY = ((1955, 0.10), (1975, 0.35), (1990, 0.70), (2016, 0.96), (2030, 0.97))
_NUMBERS_FROM = datetime.date(2016, 1, 1)  # the birth register carries the personal number
_KEYS = {DocumentKind.BIRTH: "KS", DocumentKind.ID_CARD: "CC", DocumentKind.HOUSEHOLD: "HK"}
_OLD_HOMES = (
    "Bản Xốp Mạt, xã Kim Đa, huyện Tương Dương",
    "Bản Com, xã Kim Đa, Tương Dương",
    "xã Kim Tiến, huyện Tương Dương, tỉnh Nghệ An",
    "xã Hữu Dương, Tương Dương",
    "xã Luân Mai, Tương Dương, Nghệ An",
)


@dataclass(slots=True)
class Paper:
    """One row to be: whose it is (for the truth file only), its key in the list, its values, what was planted."""

    person: Person
    kind: DocumentKind
    household: Household | None
    values: dict[Field, Value]
    key: str = ""
    relation: str = ""
    planted: list[str] = field(default_factory=list)

    @property
    def wrong(self) -> bool:
        """Whether anything was planted that changes a value of the person and not only the way it is stored."""
        return any(code not in HARMLESS for code in self.planted)

    def text(self, name: Field) -> Value:
        """The value of a field, "" when the paper has none."""
        return self.values.get(name, "")


@dataclass(frozen=True, slots=True)
class Papers:
    """The rows of the three lists, each in the order of its list."""

    births: tuple[Paper, ...]
    cards: tuple[Paper, ...]
    book: tuple[Paper, ...]

    def all(self) -> tuple[Paper, ...]:
        """Every row."""
        return self.births + self.cards + self.book


def make_papers(rng: Random, commune: Commune) -> Papers:
    """Who stands in which list, and how. Keys are drawn apart in each list, so that they tell nothing across lists."""
    births = [_birth(rng, person, None) for person in commune.dead]
    cards: list[Paper] = []
    book: list[Paper] = []
    for household in commune.households:
        for person, relation in household.members:
            if rng.random() < _share_registered(person):
                births.append(_birth(rng, person, household))
            if rng.random() < _share_carded(person):
                cards.append(_card(rng, person, household))
            if rng.random() < 0.985 or person is household.head:
                book.append(_book_line(rng, person, household, relation))
    births.sort(key=lambda paper: (str(paper.text(Field.REG_DATE)), paper.person.number))
    _number_entries(births)
    for papers in (births, cards, book):
        _give_keys(rng, papers)
        for paper in papers:
            _plant(rng, paper)
    return Papers(tuple(births), tuple(cards), tuple(book))


def _share_registered(person: Person) -> float:
    return next(share for year, share in _BIRTH_ENTRY if person.born.year < year)


def _share_carded(person: Person) -> float:
    if person.age >= 14:
        return 0.94
    return 0.10 if person.age >= 6 else 0.01


def _common(person: Person) -> dict[Field, Value]:
    return {
        Field.NAME: str(person.name),
        Field.DOB: person.born,
        Field.SEX: "Nam" if person.male else "Nữ",
        Field.ETHNICITY: "Thổ" if person.people == DAN_LAI else person.people,
    }


def _birth(rng: Random, person: Person, household: Household | None) -> Paper:
    """A line of the register. Who was born long ago was mostly entered late, from other papers."""
    values = _common(person)
    days = rng.choice((3, 7, 12, 20, 31, 45, 80, 200))
    entered = person.born + datetime.timedelta(days=days)
    kind = "Đúng hạn" if days <= 60 else "Quá hạn"
    if person.born.year < 1990:
        entered = datetime.date(rng.randint(2003, 2019), rng.randint(1, 12), rng.randint(1, 28))
        kind = rng.choice(("Đăng ký lại", "Đăng ký lại", "Quá hạn"))
    values[Field.REG_DATE] = min(entered, TODAY)
    values[Field.REG_KIND] = kind
    values[Field.BIRTH_PLACE] = _birth_place(rng, person)
    values[Field.ORIGIN] = "xã Lượng Minh, huyện Tương Dương, tỉnh Nghệ An"
    if person.born >= _NUMBERS_FROM or rng.random() < 0.2:
        values[Field.N12] = person.n12
    values |= _parents(rng, person)
    return Paper(person, DocumentKind.BIRTH, household, values)


def _parents(rng: Random, person: Person) -> dict[Field, Value]:
    """Names and years of the parents; those of founders and of spouses from elsewhere are drawn here."""
    if person.father is not None and person.mother is not None:
        father, mother = str(person.father.name), str(person.mother.name)
        years = person.father.born.year, person.mother.born.year
    else:
        father = str(make_name(rng, person.people, True, person.name.surname))
        mother = str(make_name(rng, person.people, False))
        years = person.born.year - rng.randint(21, 38), person.born.year - rng.randint(19, 33)
    return {
        Field.FATHER: father,
        Field.FATHER_DOB: str(years[0]),
        Field.MOTHER: mother,
        Field.MOTHER_DOB: str(years[1]),
    }


def _birth_place(rng: Random, person: Person) -> str:
    if person.born.year < 2008 and rng.random() < 0.12:
        return rng.choice(_OLD_HOMES)
    village = person.village or "Lạ"
    return rng.choice(
        (f"Bản {village}, xã Lượng Minh", "Trạm y tế xã Lượng Minh", f"Bản {village}, Lượng Minh, Tương Dương")
    )


def _card(rng: Random, person: Person, household: Household) -> Paper:
    values = _common(person)
    values[Field.N12] = person.n12
    if person.n9 and rng.random() < 0.8:
        values[Field.N9] = person.n9
    values[Field.HEAD] = str(household.head.name)
    values[Field.ORIGIN] = rng.choice(_ORIGINS)
    values[Field.PLACE] = rng.choice(_PLACES).format(village=household.village)
    issued = max(datetime.date(rng.randint(2021, 2025), rng.randint(1, 12), rng.randint(1, 28)), person.born)
    values[Field.ISSUE_DATE] = issued
    return Paper(person, DocumentKind.ID_CARD, household, values)


# Addresses before and after 1/7/2025, and the older spelling of the commune (domain.md 2.5).
_ORIGINS = ("Lượng Minh, Tương Dương, Nghệ An",) * 8 + ("Lưỡng Minh, Tương Dương, Nghệ An", "Lượng Minh, Nghệ An")
_PLACES = (
    "Bản {village}, Lượng Minh, Tương Dương, Nghệ An",
    "Bản {village}, Lượng Minh, Tương Dương, Nghệ An",
    "Bản {village}, xã Lượng Minh, huyện Tương Dương, tỉnh Nghệ An",
    "Bản {village}, xã Lượng Minh, tỉnh Nghệ An",
    "Bản {village}, Lưỡng Minh, Tương Dương, Nghệ An",
)


def _book_line(rng: Random, person: Person, household: Household, relation: str) -> Paper:
    values = _common(person)
    if person.age >= 15 and person.n9 and rng.random() < 0.45:
        values[Field.N9] = person.n9
    elif person.age >= 15 or rng.random() < 0.4:
        values[Field.N12] = person.n12
    values[Field.ORIGIN] = "Lượng Minh"
    return Paper(person, DocumentKind.HOUSEHOLD, household, values, relation=relation)


def _number_entries(births: list[Paper]) -> None:
    """Number and volume of each entry, counted anew every year."""
    year, number = 0, 0
    for paper in births:
        entered = paper.values[Field.REG_DATE]
        assert isinstance(entered, datetime.date)
        number = number + 1 if entered.year == year else 1
        year = entered.year
        paper.values[Field.REG_NO] = f"{number:02d}/{year}"
        paper.values[Field.REG_BOOK] = f"01/{year}"


def _give_keys(rng: Random, papers: list[Paper]) -> None:
    keys = list(range(1, len(papers) + 1))
    rng.shuffle(keys)
    for paper, key in zip(papers, keys, strict=True):
        paper.key = f"{_KEYS[paper.kind]}{key:06d}"


def _plant(rng: Random, paper: Paper) -> None:
    """Let each mistake of the table happen at its rate, at most one to a field."""
    touched: set[Field] = set()
    for mistake in MISTAKES:
        if mistake.field not in touched and _happens(rng, paper, mistake, mistake.field, mistake.rate(paper.kind)):
            touched.add(mistake.field)
    for name in (Field.FATHER, Field.MOTHER):
        for mistake in PARENT_MISTAKES:
            if _happens(rng, paper, mistake, name, mistake.birth):
                break


def _happens(rng: Random, paper: Paper, mistake: Mistake, name: Field, rate: float) -> bool:
    if rng.random() >= rate or name not in paper.values:
        return False
    wrong = mistake.make(rng, paper.person, paper.values[name])
    if wrong is None:
        return False
    paper.values[name] = wrong
    paper.planted.append(mistake.code if name is mistake.field else f"{name}_{mistake.code}")
    return True
