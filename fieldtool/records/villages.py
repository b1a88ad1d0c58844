"""Villages (bản, thôn, xóm, khối): no national code exists, so each gets a local id that two laptops make alike."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from functools import lru_cache

from fieldtool.records.gazetteer import gazetteer, place_key, short_unit
from fieldtool.records.local_knowledge import knowledge, remembered
from fieldtool.records.places import PlaceReading, parse_place
from fieldtool.records.vietnamese import fold

_HEAD = re.compile(
    r"(bản|ban|b\.|thôn|thon|làng|lang|xóm|xom|khối\s*phố|khoi\s*pho|khối|khoi|tổ\s*dân\s*phố|tdp|khu\s*phố|khu|ấp|buôn)"
    r"(?:\s+|(?<=\.)\s*)(?=\S)",
    re.IGNORECASE,
)
ALIKE = 0.75  # share of common letters from which a commune's name counts as a misspelling
_WORD = re.compile(r"[a-z0-9]+")
_NUMBER = re.compile(r"(?:so )?(?:\d+[a-z]?|[ivx]+)\Z")
_HEADS = {"b.": "ban", "tdp": "to dan pho", "khoi pho": "khoi", "khu pho": "khu"}


@remembered(maxsize=32768)
def village_of(text: str, commune_code: str = "") -> tuple[str, str]:
    """The local stable id and the display name of the village that a text names; ("", "") when it names none.

    The id is "<commune>-<name>" with today's code of the commune: the one the text names if it is certain, else
    `commune_code`, else the name alone. Unit words (bản, thôn, xóm …), case, accents and punctuation do not matter;
    a village that has only a number keeps its unit word ("16906-xom-3").
    """
    if not text.strip():
        return "", ""
    reading = parse_place(text, commune=commune_code)
    village, commune = reading.village, reading.commune
    lone = place_key(text) in {place_key(name) for name in (commune, reading.district, reading.province) if name}
    if lone and not village and not _own_name(text, commune_code):
        village, commune = text, ""  # a bare name in a village column, though some larger unit bears it too
    key = village_key(village)
    if not key:
        return "", ""
    code = _commune_part(commune, reading, commune_code) if commune else commune_code
    id = f"{code}-{key}" if code else key
    return canonical(id, knowledge().villages), display_name(village)


def _commune_part(name: str, reading: PlaceReading, home: str) -> str:
    """The first part of a village's id when the text names a commune."""
    now = {commune.code for found in reading.candidates for commune in gazetteer().today(found)}
    if home in now:
        return home
    if reading.found is not None and len(now) == 1:
        return now.pop()
    at_home = gazetteer().at(home) if home else None
    if at_home is not None:
        # A slip in the home commune's own name is likelier in its lists than a commune that no table has.
        names = (at_home, *gazetteer().parts(at_home))
        if any(SequenceMatcher(None, place_key(name), place_key(item.short)).ratio() >= ALIKE for item in names):
            return home
    return "-".join(_WORD.findall(fold(name)))


def canonical(village: str, aliases: Mapping[str, str]) -> str:
    """The id under which a village goes today, through an officer's aliases (old id → new id), for merged villages."""
    seen = {village}
    while village in aliases and aliases[village] not in seen:
        village = aliases[village]
        seen.add(village)
    return village


@lru_cache(maxsize=32768)
def village_key(name: str) -> str:
    """A village's name as a slug without its unit word: "Bản Chăm Puông" → "cham-puong"."""
    plain = fold(name)
    match = _HEAD.match(plain)
    rest = plain[match.end() :] if match else plain
    words = _WORD.findall(rest)
    if match and _NUMBER.match(" ".join(words)):
        head = match.group(1)
        number = [word.lstrip("0") or "0" for word in words if word != "so"]
        return "-".join([*_HEADS.get(head, head).split(), *number])
    return "-".join(words)


def display_name(name: str) -> str:
    """A village's name as it is shown: written in one case throughout, it gets capitals at the word starts."""
    clean = " ".join(name.split()).strip(" .,;")
    if clean.isupper() or clean.islower():
        return " ".join(word[:1].upper() + word[1:].lower() for word in clean.split(" "))
    return clean[:1].upper() + clean[1:]


def _own_name(name: str, commune_code: str) -> bool:
    """Whether a name is that of the commune itself, of one of its parts, or of what they lie in."""
    commune = gazetteer().at(commune_code) if commune_code else None
    if commune is None:
        return False
    names = {commune.province, short_unit(commune.province)}
    for item in (commune, *gazetteer().parts(commune)):
        names |= {item.short, item.district, short_unit(item.district)}
    return place_key(name) in {place_key(item) for item in names}
