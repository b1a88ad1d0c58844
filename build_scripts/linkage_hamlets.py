"""A second generator of communes with truth, built otherwise than `linkage_generator`, lest we fit to one.

Here a hamlet is grown through four generations from a few couples; papers then copy one another's faults: the card is
often typed from the household book, ages are told rather than dates, clans are few, twins and next-born named alike.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from random import Random

from linkage_generator import Made

from fieldtool.records.documents import Document, Source
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.lunar import lunar_readings
from fieldtool.records.vietnamese import fold

_CLANS = {
    "thai": "Lô Vi Lương Kha Quang Lữ Hà Ngân Lộc Sầm",
    "mong": "Xồng Vừ Lầu Và Già Hờ Mùa Lỳ Cự",
    "khmu": "Moong Cụt Lữ Xeo Ven Ốc Hoa Pịt",
}
_GIVEN = {
    "thai": (
        "Thành Hải Dũng Thắng Thanh Hùng Nam Tuấn Cường Long Minh Đức Sơn Tâm Hiếu Quý Thủy Bình Khăm Ọt Phúc Tiến",
        "Hoa Lan Hồng Thủy Hương Hà Mai Nga Tâm Thanh Hoài Liên Xuân Thương Ngọc Hằng Vân Loan Yến Nhung Bích May",
    ),
    "mong": (
        "Thái Dềnh Chồng Pó Xò Pà Tu Giống Lầu Nênh Chư Sùa Xềnh Dia Nhìa Tồng Chia Bì",
        "Pay Xia Dợ Mỷ Chù Bầu Dở Xây Mo Sua Ka Nhìa Và Lỳ Xi Chá",
    ),
    "khmu": (
        "Nhiên Nhi Bún Hợi Phôn Dũng Tình Thắng Kẹo Thoong Văn Ba Hải Quyền Dần Lâm",
        "Hợi Hoa Xuân Hồng Môn Thìn Bún Nga Oanh Thơm Lan May Phương Hiền",
    ),
}
_MIDDLE = {"thai": ("Văn", "Thị"), "mong": ("Bá", "Y"), "khmu": ("Văn", "Thị")}
_OTHER_MIDDLE = ("Thanh", "Xuân", "Hồng", "Minh", "Ngọc", "Phò", "Đức", "Quốc", "Kim")
_ADULT = ("Rua", "Chứ", "Nỏ", "Nhia", "Vả", "Giống", "Tồng")
_NEAR = {"Thành": "Thanh", "Hoa": "Hòa", "Dũng": "Dung", "Hải": "Hà", "Lan": "Lạn", "Thủy": "Thùy", "Hồng": "Hông"}


@dataclass(slots=True)
class Soul:
    """One person of a hamlet; relatives are places in the list, -1 when there is none."""

    people: str
    surname: str
    middle: str
    given: str
    sex: int
    born: datetime.date
    hamlet: int
    father: int = -1
    mother: int = -1
    spouse: int = -1
    home: int = -1
    gone: bool = False
    abroad: bool = False
    adult: str = ""
    n12: str = ""
    n9: str = ""

    def name(self, adult: bool = False) -> str:
        """The written name, the adult one if there is one and it is asked for."""
        middle = self.adult if adult and self.adult else self.middle
        return " ".join(part for part in (self.surname, middle, self.given) if part)


class Hamlets:
    """Grows hamlets and writes their papers; `fault` multiplies every rate of mistakes."""

    def __init__(self, seed: int, fault: float) -> None:
        self.rng, self.fault = Random(seed * 77 + 5), fault
        self.souls: list[Soul] = []
        self.heads: list[tuple[int, str]] = []

    def odds(self, share: float) -> bool:
        """Whether a mistake of this share happens."""
        return self.rng.random() < share * self.fault

    def grow(self, people: int) -> None:
        """Hamlets of two to nine hundred people until there are enough."""
        hamlet = 0
        while len(self.souls) < people:
            goal = min(len(self.souls) + self.rng.randint(200, 900), people)
            way = self.rng.choices(("thai", "mong", "khmu"), (6, 2, 2))[0]
            clans = self.rng.sample(_CLANS[way].split(), 4)
            while len(self.souls) < goal:
                self._tree(way, clans, hamlet)
            hamlet += 1

    def _tree(self, way: str, clans: list[str], hamlet: int) -> None:
        couples = [self._couple(way, clans, hamlet, self.rng.randint(1928, 1950), -1)]
        for _ in range(3):
            couples = [
                self._couple(way, clans, hamlet, self.souls[child].born.year, child)
                for couple in couples
                for child in self._brood(couple)
                if self.souls[child].sex == 0 and self.souls[child].born.year < 2003 and self.rng.random() < 0.6
            ]

    def _couple(self, way: str, clans: list[str], hamlet: int, year: int, man: int) -> int:
        if man < 0:
            man = self._soul(way, self.rng.choice(clans), 0, year, hamlet)
        wife = self._soul(way, self.rng.choice(clans), 1, year + self.rng.randint(-4, 5), hamlet)
        self.souls[man].spouse, self.souls[wife].spouse = wife, man
        self.souls[man].home = self.souls[wife].home = len(self.heads)
        self.heads.append((man, f"{hamlet}/{len(self.heads):05d}"))
        if way == "mong":
            self.souls[man].adult = self.rng.choice(_ADULT)
        if way == "khmu" and self.rng.random() < 0.06:
            self.souls[man].surname = self.souls[man].surname  # keeps it at birth; papers may write the wife's
        return man

    def _soul(self, way: str, surname: str, sex: int, year: int, hamlet: int) -> int:
        middle = _MIDDLE[way][sex] if self.rng.random() < 0.75 else self.rng.choice(_OTHER_MIDDLE)
        day = datetime.date(min(max(year, 1925), 2024), 1, 1) + datetime.timedelta(self.rng.randrange(365))
        given = self.rng.choice(_GIVEN[way][sex].split())
        soul = Soul(way, surname, middle, given, sex, day, hamlet, abroad=self.rng.random() < 0.04)
        soul.gone = year < 1945 and self.rng.random() < 0.4
        soul.n12 = f"040{(0 if day.year < 2000 else 2) + sex}{day.year % 100:02d}{self.rng.randrange(10**6):06d}"
        soul.n9 = f"18{self.rng.randrange(10**7):07d}" if day.year < 2006 else ""
        self.souls.append(soul)
        return len(self.souls) - 1

    def _brood(self, man: int) -> list[int]:
        father = self.souls[man]
        made: list[int] = []
        year = max(father.born.year, self.souls[father.spouse].born.year) + self.rng.randint(17, 25)
        for _ in range(self.rng.choice((1, 2, 2, 3, 3, 4, 5, 6))):
            if year > 2024:
                break
            child = self._soul(father.people, father.surname, self.rng.randint(0, 1), year, father.hamlet)
            made += [child, *self._sibling(child)]
            year = self.souls[made[-1]].born.year + self.rng.randint(1, 4)
        for child in made:
            soul = self.souls[child]
            soul.father, soul.mother, soul.home = man, father.spouse, father.home
        return made

    def _sibling(self, child: int) -> list[int]:
        first, chance = self.souls[child], self.rng.random()
        if chance > 0.045:
            return []
        sex = first.sex if chance < 0.035 else 1 - first.sex
        other = self.souls[self._soul(first.people, first.surname, sex, first.born.year, first.hamlet)]
        if chance < 0.02:  # twins, half of them named one mark apart
            other.born = first.born
            if sex == first.sex and self.rng.random() < 0.5:
                other.middle, other.given = first.middle, _NEAR.get(first.given, first.given + "h")
        elif chance < 0.035:  # the dead child's name given to the next
            first.gone = True
            other.middle, other.given = first.middle, first.given
            other.born = min(first.born + datetime.timedelta(self.rng.randint(300, 1100)), datetime.date(2024, 12, 30))
        return [len(self.souls) - 1]

    # papers

    def papers(self, seed: int) -> Made:
        """Three lists: the birth register, the card list, the household books."""
        made = Made([], {})
        for place, soul in enumerate(self.souls):
            told = self._told(soul)
            for kind, share in (
                (DocumentKind.BIRTH, 0.8),
                (DocumentKind.ID_CARD, 0.88),
                (DocumentKind.HOUSEHOLD, 0.96),
            ):
                if self.rng.random() > share or (kind is not DocumentKind.BIRTH and (soul.gone or soul.home < 0)):
                    continue
                if kind is DocumentKind.ID_CARD and (soul.born.year > 2015 or soul.abroad):
                    continue
                paper = self._paper(
                    place, soul, kind, told, f"{Random(seed * 31 + len(made.truth)).getrandbits(128):032x}"
                )
                made.documents.append(paper)
                made.truth[paper.id] = place
        return made

    def _told(self, soul: Soul) -> str:
        """How the family tells the birth date: what most papers of the old were written from."""
        born, old = soul.born, soul.born.year < 1978
        if self.odds(0.5 if old else 0.06):
            return str(born.year) if self.rng.random() < 0.5 else f"01/01/{born.year}"
        if self.odds(0.05 if old else 0.01):
            lunar = list(lunar_readings(born))
            if lunar:
                return f"{lunar[0].day:02d}/{lunar[0].month:02d}/{lunar[0].year}"
        return f"{born.day:02d}/{born.month:02d}/{born.year}"

    def _paper(self, place: int, soul: Soul, kind: DocumentKind, told: str, id: str) -> Document:
        birth, card = kind is DocumentKind.BIRTH, kind is DocumentKind.ID_CARD
        raw = {Field.NAME: self._name(soul, birth), Field.SEX: ("Nam", "Nữ")[soul.sex ^ self.odds(0.006)]}
        raw[Field.DOB] = self._date(soul, told if not birth or soul.born.year < 1978 else "")
        if self.rng.random() < (0.12 if birth else 0.75 if card else 0.3):
            raw[Field.N12] = self._number(soul.n12, place)
        if soul.n9 and self.rng.random() < (0.0 if birth else 0.35 if card else 0.25):
            raw[Field.N9] = self._number(soul.n9, place)
        for slot, parent in ((Field.FATHER, soul.father), (Field.MOTHER, soul.mother)):
            if parent >= 0 and self.rng.random() < (0.95 if birth else 0.3 if card else 0.2):
                raw[slot] = self._name(self.souls[parent], False)
        book = ""
        if kind is DocumentKind.HOUSEHOLD:
            head, book = self.heads[soul.home]
            raw[Field.HEAD], raw[Field.BOOK] = self._name(self.souls[head], False), book
            mine = self.souls[head].spouse == place
            raw[Field.RELATION] = "Chủ hộ" if head == place else "Vợ" if mine else "Con"
        hamlet = self.rng.choice(self.souls).hamlet if self.odds(0.05) else soul.hamlet
        text = {name: value for name, value in raw.items() if value}
        return Document(id, kind, text, Source("made", str(kind), 1, id), f"h{hamlet}", str(kind), book)

    def _name(self, soul: Soul, birth: bool) -> str:
        name = soul.name(adult=not birth and self.rng.random() < 0.5)
        parts = name.split()
        if soul.people == "khmu" and soul.sex == 0 and soul.spouse >= 0 and not birth and self.odds(0.05):
            parts[0] = self.souls[soul.spouse].surname
        if parts[0] == "Moong" and self.odds(0.3):
            parts[0] = self.rng.choice(("Mông", "Mong"))
        if len(parts) > 2 and self.odds(0.05):
            del parts[1]
        if self.odds(0.07):
            at = self.rng.randrange(len(parts))
            parts[at] = self._slip(parts[at])
        if self.odds(0.05):
            at = self.rng.randrange(len(parts))
            parts[at] = fold(parts[at]).capitalize()
        if self.odds(0.015):
            parts[-1] = self._slip(self._slip(parts[-1]))
        text = " ".join(parts)
        return fold(text).upper() if self.odds(0.06) else text.upper() if self.rng.random() < 0.3 else text

    def _slip(self, word: str) -> str:
        at, letter = self.rng.randrange(len(word)), self.rng.choice("aeiouhnglmtc")
        ways = (word[:at] + word[at + 1 :], word[:at] + letter + word[at:], word[:at] + letter + word[at + 1 :])
        return str(self.rng.choice([way for way in ways if way]) or word)

    def _date(self, soul: Soul, told: str) -> str:
        born = soul.born
        if told and not self.odds(0.12):
            text = told
        elif not told and self.odds(0.04):
            return str(born.year)
        else:
            text = f"{born.day:02d}/{born.month:02d}/{born.year}"
        if self.odds(0.035):
            year = int(text[-4:]) + self.rng.choice((-3, -2, -1, -1, 1, 1, 2, 10, -10))
            text = text[:-4] + str(year)
        if len(text) == 10 and self.odds(0.04):
            day, month, year_text = text.split("/")
            change = self.rng.randrange(3)
            day = f"{self.rng.randint(1, 28):02d}" if change == 0 else day
            month = f"{self.rng.randint(1, 12):02d}" if change == 1 else month
            text = f"{month}/{day}/{year_text}" if change == 2 and int(day) < 13 else f"{day}/{month}/{year_text}"
        return text

    def _number(self, digits: str, place: int) -> str:
        if self.odds(0.004):
            return "000000000000"[: len(digits)]
        if self.odds(0.008):  # the row above's number
            above = self.souls[max(place - 1, 0)]
            return above.n12 if len(digits) == 12 else above.n9
        if self.odds(0.02):
            at = self.rng.randrange(4, len(digits))
            return digits[:at] + self.rng.choice("0123456789") + digits[at + 1 :]
        return digits.lstrip("0") if self.odds(0.05) else digits


def make_hamlets(people: int, seed: int, fault: float = 1.0) -> Made:
    """A commune of hamlets; the same arguments give the same documents."""
    hamlets = Hamlets(seed, fault)
    hamlets.grow(people)
    return hamlets.papers(seed)
