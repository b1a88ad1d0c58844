"""The gazetteer: communes through the generations of the tables, and which commune became which.

A commune code alone is no key, since new communes took over codes of their parts: a commune is (code, valid_from,
valid_to). Reading free text is the business of `places`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from fieldtool.records.local_knowledge import knowledge
from fieldtool.records.tables import table_text
from fieldtool.records.vietnamese import fold, marked

MERGERS = "2025-07-01"  # QĐ 19/2025/QĐ-TTg: districts end, 3,321 communes begin
_TYPES = ("xa", "phuong", "thitran", "dackhu")
_MARKED = ("xã", "phường", "thịtrấn", "đặckhu")


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune in one generation.

    `name` with its type ("Xã Lượng Minh"); `short` without. `district` is the name of the district, "" since 1/7/2025
    and `province` the name of the province of that time, with its two-digit code. `valid_from` and `valid_to`
    (exclusive) are ISO days, "" for open ends. `successors` are codes of the next generation, the largest share first.
    """

    code: str
    name: str
    short: str
    district: str
    district_code: str
    province: str
    province_code: str
    valid_from: str = ""
    valid_to: str = ""
    successors: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()

    def valid_on(self, day: str) -> bool:
        """Whether the commune was in being on an ISO day."""
        return (not self.valid_from or self.valid_from <= day) and (not self.valid_to or day < self.valid_to)

    @property
    def current(self) -> bool:
        """Whether the commune is in being today."""
        return not self.valid_to


@lru_cache(maxsize=4096)  # types and districts stand at thousands of communes
def place_key(text: str) -> str:
    """The spelling-free form by which place names are found: no marks, no blanks, no punctuation, lower case."""
    return "".join(filter(str.isalnum, fold(text)))


def marked_key(text: str) -> str:
    """A name with its marks: Hoà and Hòa agree, Hóa and Hòa do not."""
    return marked(text.replace("-", " "))


class Gazetteer:
    """All communes of the tables, with those an officer added, found by code, by name and by descent."""

    def __init__(self, communes: Iterable[Commune], provinces: Iterable[tuple[str, str, str]] = ()) -> None:
        self.communes = tuple(communes)
        self._codes: dict[str, list[Commune]] = {}
        self._names: dict[str, list[Commune]] = {}
        self._districts: dict[str, set[str]] = {}
        self._district_provinces: dict[str, str] = {}
        self._provinces: dict[str, set[str]] = {}
        for commune in self.communes:
            self._codes.setdefault(commune.code, []).append(commune)
            keys = {place_key(commune.short), *(place_key(alias) for alias in commune.aliases)}
            for key in keys:
                self._names.setdefault(key, []).append(commune)
            if commune.district_code:
                self._district_provinces[commune.district_code] = commune.province_code
                for name in (commune.district, short_unit(commune.district)):
                    self._districts.setdefault(place_key(name), set()).add(commune.district_code)
        for prefix, before, after in provinces:
            for name in (before, short_unit(before)):
                for key in (place_key(name), marked_key(name)):
                    self._provinces.setdefault(key, set()).update((prefix[1:], after))

    def generations(self, code: str) -> tuple[Commune, ...]:
        """Every commune that bore a code, oldest first."""
        return tuple(sorted(self._codes.get(code, ()), key=lambda commune: commune.valid_from))

    def at(self, code: str, day: str = "") -> Commune | None:
        """The commune that bore a code on an ISO day, or bears it today."""
        for commune in self._codes.get(code, ()):
            if commune.valid_on(day) if day else commune.current:
                return commune
        return None

    def name_of(self, code: str) -> str:
        """The name that a code bears today, "" when it bears none."""
        commune = self.at(code)
        return commune.name if commune is not None else ""

    def named(self, name: str) -> tuple[Commune, ...]:
        """The communes of a name, whatever its marks and case."""
        return tuple(self._names.get(place_key(name), ()))

    def district_codes(self, name: str) -> frozenset[str]:
        """The codes of the districts of a name, with or without its type."""
        return frozenset(self._districts.get(place_key(name), ()))

    def province_codes(self, name: str) -> frozenset[str]:
        """The two-digit codes, old and new, that a province's name stands for; marks count where the text has any."""
        key = marked_key(name) if not name.isascii() else place_key(name)
        return frozenset(self._provinces.get(key, ()))

    def written_out(self, text: str, province: str) -> str:
        """The district of a province (code), or the province, that a name cut to its first letter means ("T.Dương" →
        "Tương Dương"); "" for none and where two could be meant."""
        letter, dot, rest = text.partition(".")
        if not dot or len(letter) != 1 or not rest.strip():
            return ""
        found = _initials(self, province).get(place_key(letter) + "." + marked_key(rest.strip()), frozenset())
        return next(iter(found)) if len(found) == 1 else ""

    def provinces_of_district(self, name: str) -> frozenset[str]:
        """The provinces in which a district of a name lay."""
        return frozenset(self._district_provinces[code] for code in self.district_codes(name))

    def next(self, commune: Commune) -> tuple[Commune, ...]:
        """What a commune became at the end of its time."""
        found = (self.at(code, commune.valid_to) for code in commune.successors)
        return tuple(heir for heir in found if heir is not None)

    def today(self, commune: Commune) -> tuple[Commune, ...]:
        """Today's communes on the ground of a commune: one, several where it was split, none where nobody knows."""
        if commune.current:
            return (commune,)
        heirs = (last for heir in self.next(commune) for last in self.today(heir))
        return tuple(dict.fromkeys(heirs))

    def parts(self, commune: Commune) -> tuple[Commune, ...]:
        """The communes of the generation before out of which a commune was made."""
        if not commune.valid_from:
            return ()
        return tuple(self._parts().get((commune.code, commune.valid_from), ()))

    def on(self, commune: Commune, day: str) -> tuple[Commune, ...]:
        """The communes on the ground of a commune on an ISO day, forward or back."""
        if commune.valid_on(day):
            return (commune,)
        later = bool(commune.valid_to) and commune.valid_to <= day
        step = self.next(commune) if later else self.parts(commune)
        return tuple(dict.fromkeys(last for other in step for last in self.on(other, day)))

    def with_additions(self, additions: Iterable[Commune]) -> Gazetteer:
        """This gazetteer with communes an officer added (Kim Đa and others that no table has)."""
        return Gazetteer((*self.communes, *additions), _provinces())

    def _parts(self) -> dict[tuple[str, str], list[Commune]]:
        return _descent(self)


@lru_cache(maxsize=4)
def _initials(gazetteer: Gazetteer, province: str) -> Mapping[str, frozenset[str]]:
    """First letter of a name and the rest of it → the names it may mean, of a province's districts and of provinces."""
    names = {short_unit(commune.district) for commune in gazetteer.communes if commune.province_code == province}
    names |= {short_unit(name) for _, name, _ in _provinces()}
    found: dict[str, set[str]] = {}
    for name in filter(None, names):
        first, _, rest = name.partition(" ")
        if rest:
            found.setdefault(f"{place_key(first)[:1]}.{marked_key(rest)}", set()).add(name)
    return {key: frozenset(meant) for key, meant in found.items()}


@lru_cache(maxsize=4)
def _descent(gazetteer: Gazetteer) -> dict[tuple[str, str], list[Commune]]:
    parts: dict[tuple[str, str], list[Commune]] = {}
    for commune in gazetteer.communes:
        for heir in gazetteer.next(commune):
            parts.setdefault((heir.code, heir.valid_from), []).append(commune)
    return parts


def gazetteer() -> Gazetteer:
    """The gazetteer: the shipped tables and what officers added."""
    added = knowledge().places
    return _extended(added) if added else shipped()


@lru_cache(maxsize=1)
def shipped() -> Gazetteer:
    """The shipped gazetteer, read on first use (about 14,500 communes)."""
    return Gazetteer((*_old(), *_new()), _provinces())


@lru_cache(maxsize=2)
def _extended(places: tuple[tuple[str, str, str, str], ...]) -> Gazetteer:
    return shipped().with_additions(added_commune(*place) for place in places)


def added_commune(name: str, district: str, successor: str = "", valid_to: str = MERGERS) -> Commune:
    """A commune an officer adds: its name and district as papers have them.

    `successor` is the code, on the day `valid_to` (ISO, exclusive), of the commune where its people or its ground
    went; "" when nobody knows. Its code is local ("local-kimda") and never printed as an official one.
    """
    book = shipped()
    codes = sorted(book.district_codes(district))
    near = next((commune for commune in book.communes if codes and commune.district_code == codes[0]), None)
    return Commune(
        code=f"local-{place_key(short_name(name))}",
        name=name,
        short=short_name(name),
        district=near.district if near else district,
        district_code=codes[0] if codes else "",
        province=near.province if near else "Tỉnh Nghệ An",
        province_code=near.province_code if near else "40",
        valid_to=valid_to or MERGERS,
        successors=(successor,) if successor else (),
    )


def today(code: str, day: str = "") -> tuple[Commune, ...]:
    """Today's communes for a code as it was meant on an ISO day; without a day the code is taken as today's."""
    commune = gazetteer().at(code, day)
    return gazetteer().today(commune) if commune is not None else ()


def short_name(name: str) -> str:
    """A commune's name without its type: "Xã Lượng Minh" → "Lượng Minh"."""
    words = name.split(" ")
    for count in (1, 2):
        head = "".join(words[:count])
        # "Xá Lượng" is a name, though its letters are those of a type.
        if place_key(head) in _TYPES and (head.isascii() or head.lower() in _MARKED) and len(words) > count:
            rest = " ".join(words[count:])
            return name if rest.isdecimal() else rest
    return name


def short_unit(name: str) -> str:
    """A district's or province's name without its type."""
    for head in ("Huyện ", "Quận ", "Thị xã ", "Thị Xã ", "Thành phố ", "Thành Phố ", "Tỉnh ", "Huyện đảo "):
        if name.startswith(head) and not name[len(head) :].isdecimal():
            return name[len(head) :]
    return name


def _rows(name: str) -> list[list[str]]:
    lines = [line for line in table_text(f"gazetteer/{name}").splitlines() if not line.startswith("#")]
    return list(csv.reader(io.StringIO("\n".join(lines))))[1:]


@lru_cache(maxsize=1)
def _provinces() -> tuple[tuple[str, str, str], ...]:
    """(prefix, name before 1/7/2025, code after) and, for the 34, the same with the name after."""
    rows = _rows("provinces.csv")
    before = [(prefix, name, after) for prefix, name, after, _ in rows]
    now = [("0" + after, name, after) for _, _, after, name in rows]
    return tuple(dict.fromkeys(before + now + [("046", "Tỉnh Thừa Thiên Huế", "46")]))


def _old() -> list[Commune]:
    names = {prefix[1:]: name for prefix, name, _, _ in _rows("provinces.csv")}
    districts = {code: (name, province) for code, name, province in _rows("districts.csv")}
    communes = []
    for code, name, district, since, until, successors, aliases in _rows("communes_old.csv"):
        district_name, province = districts[district]
        communes.append(
            Commune(
                code,
                name,
                short_name(name),
                district_name,
                district,
                names.get(province, ""),
                province,
                since,
                until,
                tuple(successors.split(";")) if successors else (),
                tuple(aliases.split(";")) if aliases else (),
            )
        )
    return communes


def _new() -> list[Commune]:
    names = {code: name for _, _, code, name in _rows("provinces.csv")}
    return [
        Commune(code, name, short_name(name), "", "", names.get(province, ""), province, MERGERS)
        for code, name, province in _rows("communes_new.csv")
    ]
