"""How two written places differ, by name: renamed, merged, one longer than the other, spelled otherwise …"""

from __future__ import annotations

from fieldtool.records.gazetteer import Commune, gazetteer
from fieldtool.records.local_knowledge import remembered
from fieldtool.records.places import PlaceReading, parse_place, place_key
from fieldtool.records.reasons import Difference
from fieldtool.records.villages import village_key

CODES = (
    "place_format",
    "place_detail",
    "place_spelling",
    "place_renamed",
    "place_merged",
    "place_village",
    "place_unknown",
    "place_other",
)


@remembered(maxsize=16384)  # one commune's papers write a few hundred places again and again
def place_differences(a: str, b: str) -> tuple[Difference, ...]:
    """The named difference of two written places; () when they are written alike.

    One ground named in two generations, with more or less detail, or in another spelling, is harmless.
    """
    if a == b:
        return ()
    if _letters(a) == _letters(b):
        return (_named("place_format", a, b, harmless=True),)
    left, right = parse_place(a), parse_place(b)
    # Nậm Cắn and Nậm Càn of Kỳ Sơn are two communes, whatever their letters
    two = left.found is not None and right.found is not None and not set(left.candidates) & set(right.candidates)
    if place_key(a) == place_key(b) and not two:
        return (_named("place_spelling", a, b, harmless=True),)
    if left.village and right.village and village_key(left.village) != village_key(right.village):
        return (_named("place_village", a, b, left.village, right.village),)
    if left.found is None or right.found is None:
        return (_unfound(left, right),)
    return (_communes(left, right, left.found, right.found),)


def _communes(left: PlaceReading, right: PlaceReading, one: Commune, other: Commune) -> Difference:
    a, b = left.text, right.text
    if one == other or set(left.candidates) & set(right.candidates):
        if "spelling_differs" in (*left.flags, *right.flags) and place_key(left.commune) == place_key(right.commune):
            return _named("place_spelling", a, b, left.commune, right.commune, harmless=True)
        return _named("place_detail", a, b, harmless=True)
    book = gazetteer()
    for old, new in ((one, other), (other, one)):
        # only descent makes two names one ground: two communes merged into a third stay two places
        if old.valid_to and new in book.on(old, new.valid_from):
            code = "place_merged" if len(book.parts(new)) > 1 else "place_renamed"
            day = "/".join(part.lstrip("0") for part in reversed(new.valid_from.split("-")))
            return _named(code, a, b, old.name, new.name, day=day, harmless=True)
    return _named("place_other", a, b, one.name, other.name)


def _unfound(left: PlaceReading, right: PlaceReading) -> Difference:
    a, b = left.text, right.text
    keys = place_key(a), place_key(b)
    if all(keys) and (keys[0] in keys[1] or keys[1] in keys[0]):
        return _named("place_detail", a, b, harmless=True)
    if not (left.commune and right.commune):
        return (
            _named("place_detail", a, b, harmless=True) if _larger_agree(left, right) else _named("place_other", a, b)
        )
    if place_key(left.commune) == place_key(right.commune):
        return _named("place_detail", a, b, harmless=True)
    lost = [reading.commune for reading in (left, right) if not reading.candidates]
    return _named("place_unknown", a, b, lost[0], lost[-1]) if lost else _named("place_other", a, b, a, b)


def _larger_agree(left: PlaceReading, right: PlaceReading) -> bool:
    """Whether two places, one of them without a commune, lie in one district or province or name one village."""
    if left.district and right.district:
        return place_key(left.district) == place_key(right.district)
    provinces = _provinces(left), _provinces(right)
    if all(provinces):
        return bool(provinces[0] & provinces[1])
    keys = village_key(left.village), village_key(right.village)
    return bool(keys[0]) and keys[0] == keys[1]


def _provinces(reading: PlaceReading) -> frozenset[str]:
    book = gazetteer()
    if reading.province:
        return book.province_codes(reading.province)
    if reading.district:
        return book.provinces_of_district(reading.district)
    return frozenset({reading.found.province_code}) if reading.found is not None else frozenset()


def _letters(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum())


def _named(
    code: str, a: str, b: str, old: str = "", new: str = "", *, day: str = "", harmless: bool = False
) -> Difference:
    values = {"a": a, "b": b, "old": old, "new": new, "day": day}
    return Difference(code, (_span(a, old),), (_span(b, new),), values, harmless=harmless)


def _span(text: str, name: str) -> tuple[int, int]:
    """Where a name stands in a text; the whole text when it is not written so."""
    short = name.split(" ", 1)[-1]
    for part in (name, short):
        start = text.lower().find(part.lower()) if part else -1
        if start >= 0:
            return (start, start + len(part))
    return (0, len(text))
