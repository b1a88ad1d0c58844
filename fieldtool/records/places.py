"""Free text to place: village, commune, district and province as written, and which communes that may be.

What no table has (the drowned communes) is kept as written and flagged, never dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fieldtool.records.gazetteer import MERGERS, Commune, Gazetteer, gazetteer, marked_key, place_key, short_name, today
from fieldtool.records.local_knowledge import remembered
from fieldtool.records.vietnamese import nfc

__all__ = ["Commune", "Gazetteer", "PlaceReading", "gazetteer", "parse_place", "place_key", "today"]

HOME_PROVINCE = "40"  # Nghệ An: names without a province are sought here first
FLAGS = (
    "commune_unknown",
    "commune_ambiguous",
    "commune_missing",
    "district_unknown",
    "district_disagrees",
    "spelling_differs",
    "abolished",
    "successor_unknown",
    "abroad",
)
_VILLAGE = (
    r"bản|ban|b\.|thôn|thon|làng|lang|xóm|xom|khối\s*phố|khối|khoi|tổ\s*dân\s*phố|tổ|to|tdp|"
    r"khu\s*phố|khu|ấp|buôn|đội|cụm"
)
_COMMUNE = r"xã|xa|x\.|phường|phuong|p\.|thị\s*trấn|thi\s*tran|t\.?t\.?|đặc\s*khu"
_DISTRICT = r"huyện|huyen|h\.|thị\s*xã|thi\s*xa|tx\.?|quận|quan|q\."
_PROVINCE = r"tỉnh|tinh|t\."
_CITY = r"thành\s*phố|thanh\s*pho|tp\.?"
_UNITS = {"xa": "xa", "x": "xa", "phuong": "phuong", "p": "phuong", "thitran": "thitran", "tt": "thitran"}
_KINDS = (
    ("district", re.compile(rf"(?:{_DISTRICT})(?:\s+|(?<=\.))(?=\S)", re.IGNORECASE)),
    ("commune", re.compile(rf"(?:{_COMMUNE})(?:\s+|(?<=\.))(?=\S)", re.IGNORECASE)),
    ("village", re.compile(rf"(?:{_VILLAGE})(?:\s+|(?<=\.))(?=\S)", re.IGNORECASE)),
    ("province", re.compile(rf"(?:{_PROVINCE})(?:\s+|(?<=\.))(?=\S)", re.IGNORECASE)),
    ("city", re.compile(rf"(?:{_CITY})(?:\s+|(?<=\.))(?=\S)", re.IGNORECASE)),
)
# A unit's word with marks inside a text without commas starts a new part; words without marks are too often names.
_INNER = re.compile(
    r"(?<=\w)\s+(?=(?:bản|thôn|làng|xóm|khối|xã|phường|thị\s*trấn|huyện|thị\s*xã|quận|tỉnh|thành\s*phố|TT\.?|TP\.?)\s+\S)",
    re.IGNORECASE,
)
_INNER_PLAIN = re.compile(
    r"(?<=\w)(?<!\bxa)(?<!\bban)(?<!\bhuyen)\s+(?=(?:ban|xa|phuong|thi tran|huyen|thi xa|tinh|thanh pho)\s+\S)",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"^(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân|ban công an|công an|cong an|c\.?a\.?|phòng tư pháp)\s+", re.IGNORECASE
)
_ABROAD = frozenset(
    {"lao", "chdcndlao", "thailan", "trungquoc", "campuchia", "vietkieu", "hanquoc", "dailoan", "nhatban"}
)
_SPLIT = re.compile(r"\s*[,;\n()]+\s*|(?<=[^\W\d])\s*/\s*(?=[^\W\d])|\s+[-–—]\s*|\s*[-–—]\s+|(?<=\w{2})[-–—](?=\w)")
_OLD = re.compile(r"\s+(?:cũ|trước đây)\Z", re.IGNORECASE)
# "(nay là xã Tam Thái)": what the old name became stands beside it, and the tables know it.
_TODAY = re.compile(r"[(,;–-]\s*(?:hiện )?nay (?:là|thuộc)\b[^)]*\)?", re.IGNORECASE)
_TODAY_NAME = re.compile(r"\bnay (?:là|thuộc)\s+(?:(?:xã|phường|thị trấn)\s+)?([^,;()]+)", re.IGNORECASE)
_VUNG_TAU = re.compile(r"bà\s*rịa\s*[-–—]\s*vũng\s*tàu", re.IGNORECASE)


_CUT_PROVINCES = {
    "NA": "Nghệ An", "HN": "Hà Nội", "HCM": "Hồ Chí Minh", "TPHCM": "Hồ Chí Minh", "TpHCM": "Hồ Chí Minh",
}  # fmt: skip
# Communes of Tương Dương given up for the Bản Vẽ reservoir: in no table, so flagged, but communes and no villages
# (reference/domain.md 2.5, names likely).
_DROWNED = frozenset({"kimda", "kimtien", "huuduong", "luanmai"})


@dataclass(frozen=True, slots=True)
class PlaceReading:
    """What a written place says.

    The four names are as written, without the units' words except the village's ("Bản Chăm Puông"), "" when not
    given. `candidates` are the communes that it may mean, likeliest first; `flags` say what is doubtful (FLAGS).
    """

    text: str
    village: str = ""
    commune: str = ""
    district: str = ""
    province: str = ""
    candidates: tuple[Commune, ...] = ()
    flags: tuple[str, ...] = ()

    @property
    def found(self) -> Commune | None:
        """The commune as written, when all candidates are one ground today and the district agrees."""
        doubtful = {"commune_ambiguous", "district_disagrees"} & set(self.flags)
        return self.candidates[0] if self.candidates and not doubtful else None

    @property
    def code(self) -> str:
        """The code of the commune as written, "" when unknown or doubtful."""
        return self.found.code if self.found is not None else ""


def parse_place(
    text: str,
    *,
    commune: str = "",
    district: str = "",
    province: str = HOME_PROVINCE,
    on_date: str = "",
    additions: Iterable[Commune] = (),
) -> PlaceReading:
    """Read a written place.

    `commune` is today's code of the commune where the list was made: it is meant when the text names none or one of
    several alike; `district` (name) likewise. `province` (code) is sought first when the text names none. `on_date`
    (ISO) is the day of the paper: it tells generations apart. `additions` are communes an officer added. Never raises.
    """
    return _parse(text, commune, district, province, on_date, tuple(additions))


@remembered(maxsize=16384)
def _parse(
    text: str, home: str, around: str, province: str, on_date: str, additions: tuple[Commune, ...]
) -> PlaceReading:
    book = _extended(additions) if additions else gazetteer()
    parts = _named_parts(text, book, on_date, province)
    village, name = parts.get("village", ""), parts.get("commune", "")
    district, province_name = parts.get("district", ""), parts.get("province", "")
    if place_key(_last_piece(text)) in _ABROAD:
        return PlaceReading(text, village, name, district, province_name, (), ("abroad",))
    if not name:
        at_home = book.at(home) if home and not district else None
        if (
            at_home
            and province_name
            and (not village or at_home.province_code not in book.province_codes(province_name))
        ):
            at_home = None  # "tỉnh Thanh Hóa" names no commune, least of all this one
        flags: tuple[str, ...] = () if at_home else ("commune_missing",)
        return PlaceReading(text, village, "", district, province_name, (at_home,) if at_home else (), flags)
    candidates, flags = _candidates(book, parts, province, on_date)
    if "commune_ambiguous" in flags:
        codes = book.district_codes(around) if around else frozenset()
        said = place_key(match[1]) if (match := _TODAY_NAME.search(nfc(text))) else ""
        near = [
            c
            for c in candidates
            if c.district_code in codes
            or any(n.code == home or (said and place_key(n.short) == said) for n in book.today(c))
        ]
        if near and len({book.today(commune) for commune in near}) == 1:
            candidates, flags = tuple(near), tuple(flag for flag in flags if flag != "commune_ambiguous")
    return PlaceReading(text, village, name, district, province_name, candidates, flags)


def place_on(text: str, day: str = "", *, commune: str = "", on_date: str = "") -> tuple[Commune, ...]:
    """The communes on the ground of a written place on an ISO day, or today; () when the place is not known for sure.

    `commune` and `on_date` (of the paper) as in `parse_place`.
    """
    found = parse_place(text, commune=commune, on_date=on_date).found
    if found is None:
        return ()
    return gazetteer().on(found, day) if day else gazetteer().today(found)


def address_today(text: str, *, commune: str = "", on_date: str = "") -> str:
    """A written place as it is addressed today ("Bản Tân Hợp, xã Sơn Lâm, tỉnh Nghệ An"); "" when not sure."""
    now = place_on(text, commune=commune, on_date=on_date)
    if len(now) != 1:
        return ""
    village = parse_place(text, commune=commune, on_date=on_date).village
    units = (now[0].name, now[0].province)
    return ", ".join(filter(None, (village, *(unit[:1].lower() + unit[1:] for unit in units))))


@remembered(maxsize=8)
def _extended(additions: tuple[Commune, ...]) -> Gazetteer:
    return gazetteer().with_additions(additions)


def _last_piece(text: str) -> str:
    """The last piece of a place, where a foreign country would stand."""
    return re.sub(r"^(?:nước|nuoc)\s+", "", _SPLIT.split(text.strip(" ."))[-1].strip(), flags=re.IGNORECASE)


def _candidates(
    book: Gazetteer, parts: Mapping[str, str], home_province: str, on_date: str
) -> tuple[tuple[Commune, ...], tuple[str, ...]]:
    name, district, province_name = parts["commune"], parts.get("district", ""), parts.get("province", "")
    flags: list[str] = []
    provinces = book.province_codes(province_name) if province_name else frozenset({home_province})
    everywhere = book.named(name)
    near = [commune for commune in everywhere if commune.province_code in provinces]
    found = near or ([] if province_name else list(everywhere))
    if on_date:
        found = [commune for commune in found if commune.valid_on(on_date)] or found
    if district:
        found, flag = _in_district(book, found, near, book.district_codes(district))
        flags += flag
    spelled = [commune for commune in found if marked_key(name) in _spellings(commune)]
    found = spelled or found
    unit = _UNITS.get(parts.get("commune_unit", ""), "")
    found = [commune for commune in found if unit and place_key(commune.name).startswith(unit)] or found
    if not found:
        return (), (*flags, "commune_unknown")
    if len({book.today(commune) or (commune,) for commune in found}) > 1:
        flags.append("commune_ambiguous")
    if not any(marked_key(commune.short) == marked_key(name) for commune in found):
        flags.append("spelling_differs")
    if not any(place_key(now.short) == place_key(name) for commune in found for now in book.today(commune)):
        flags.append("abolished")
    if not any(book.today(commune) for commune in found):
        flags.append("successor_unknown")
    found.sort(key=lambda commune: (bool(commune.valid_to) != bool(district), commune.valid_from))
    return tuple(found), tuple(flags)


def _in_district(
    book: Gazetteer, found: list[Commune], near: list[Commune], codes: frozenset[str]
) -> tuple[list[Commune], list[str]]:
    """The communes of a district; since 1/7/2025 papers often keep the district's name beside a new commune."""
    if not codes:
        return found, ["district_unknown"]
    inside = [commune for commune in found if commune.district_code in codes]
    inside = inside or [c for c in found if any(part.district_code in codes for part in book.parts(c))]
    if inside:
        return inside, []
    return near, (["district_disagrees"] if near else [])


def _spellings(commune: Commune) -> set[str]:
    return {marked_key(commune.short), *(marked_key(alias) for alias in commune.aliases)}


def _named_parts(text: str, book: Gazetteer, on_date: str, home: str) -> dict[str, str]:
    """Which part of the text names which level; a part is claimed once, from the largest unit down."""
    whole = _VUNG_TAU.sub("Bà Rịa Vũng Tàu", _OFFICE.sub("", nfc(text)))
    inner = _INNER_PLAIN if whole.isascii() else _INNER
    whole = _TODAY.sub("", whole)
    pieces = [_OLD.sub("", piece.strip(" .")) for piece in _SPLIT.split(inner.sub(", ", whole))]
    pieces[-1] = _CUT_PROVINCES.get(pieces[-1].replace(" ", "").replace(".", ""), pieces[-1])
    parts: dict[str, str] = {}
    bare: list[str] = []
    for piece in (book.written_out(piece, home) or piece for piece in pieces if piece):
        kind, name, unit = _kind(piece)
        if kind == "commune" and book.named(piece) and not book.named(name):
            kind = ""  # "Xa Luong": the unit's word is part of the name
        if kind == "city":
            kind = "province" if book.province_codes(name) else "district"
        if not kind:
            bare.append(piece)
        elif kind == "village":
            # "Tổ 2, bản Chăm Puông": the village is the larger unit, named last
            parts["village"] = piece
        elif kind not in parts:
            parts[kind] = name
            parts[f"{kind}_unit"] = unit
    _claim_bare(parts, bare, book, since_mergers=on_date >= MERGERS, home=home)
    if "commune" not in parts and _is_commune(parts.get("village", ""), parts.get("district", ""), book):
        parts["commune"] = parts.pop("village")
    return parts


def _is_commune(village: str, district: str, book: Gazetteer) -> bool:
    """Whether what looks like a village's name is that of a commune of the district (Bản Lầu in Mường Khương)."""
    codes = book.district_codes(district) if village and district else frozenset()
    return any(commune.district_code in codes for commune in book.named(village))


def _kind(piece: str) -> tuple[str, str, str]:
    """Level, name and unit word of a piece; ("", piece, "") without a unit word."""
    for kind, pattern in _KINDS:
        match = pattern.match(piece)
        if match:
            rest = piece[match.end() :].strip()
            return kind, (piece if rest.isdecimal() and kind == "commune" else rest), place_key(match.group())
    return "", piece, ""


def _claim_bare(parts: dict[str, str], bare: list[str], book: Gazetteer, *, since_mergers: bool, home: str) -> None:
    """Give names without a unit's word to the levels still free, right to left."""
    if bare and "province" not in parts and book.province_codes(bare[-1]):
        parts["province"] = bare.pop()
    if bare and "district" not in parts and book.district_codes(bare[-1]):
        # "Bản Mon, Tương Dương" names the new commune, "Tương Dương, Nghệ An" on older papers the district
        alone = len(bare) == 1 and "commune" not in parts
        elsewhere = alone and _lies_elsewhere(bare[-1], parts.get("province", ""), book, home)
        if not elsewhere and not (alone and ("village" in parts or since_mergers) and book.named(bare[-1])):
            parts["district"] = bare.pop()
    known = bool(bare) and (bool(book.named(bare[-1])) or place_key(bare[-1]) in _DROWNED)
    if bare and "commune" not in parts and (len(bare) > 1 or parts or known):
        name = bare.pop()
        parts["commune"] = name if book.named(name) else short_name(name)
    if bare and "village" not in parts:
        parts["village"] = bare[-1]


def _lies_elsewhere(name: str, province: str, book: Gazetteer, home: str) -> bool:
    """Whether a name is that of a district in another province and of a commune in this one (Tây Sơn, Đồng Văn)."""
    here = book.province_codes(province) if province else frozenset({home})
    if book.provinces_of_district(name) & here:
        return False
    return any(commune.province_code in here for commune in book.named(name))
