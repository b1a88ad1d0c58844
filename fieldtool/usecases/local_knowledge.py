"""What an officer adds to the tables: places no table has, other names of villages, surnames; events like all else."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from fieldtool.ports import Home
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.events import CONTENT, Draft, RecordKind
from fieldtool.records.gazetteer import MERGERS, gazetteer, place_key
from fieldtool.records.places import PlaceReading, address_today, parse_place, place_on
from fieldtool.records.roles import Power
from fieldtool.records.vietnamese import fold, nfc
from fieldtool.records.villages import village_of
from fieldtool.usecases.authority import require


@dataclass(frozen=True, slots=True)
class Added:
    """Something an officer added: the record, what it says, who and when."""

    record: str
    told: Mapping[str, str]
    author: str
    at: str


@dataclass(frozen=True, slots=True)
class PlaceToday:
    """A written place resolved: what the text names, and today's commune (or that of `day`) with its code."""

    reading: PlaceReading
    day: str
    code: str
    name: str
    address: str
    village: str  # the local id of the village, "" when the text names none


def find_place(home_commune: str, text: str, *, district: str = "", day: str = "", written: str = "") -> PlaceToday:
    """Resolve free text or an old address; `district` is context, `day` (ISO) asks for another day than today,
    `written` (ISO) is the day of the paper. What is not known for sure has code ""."""
    reading = parse_place(text, commune=home_commune if not district else "", district=district, on_date=written)
    found = reading.found
    units = () if found is None else gazetteer().on(found, day) if day else gazetteer().today(found)
    one = units[0] if len(units) == 1 else None
    address = address_today(text, commune=home_commune if not district else "", on_date=written) if not day else ""
    if one is not None and not address:
        address = ", ".join(filter(None, (reading.village, one.name, one.district, one.province)))
    village, _ = village_of(text, one.code if one is not None else "")
    names = one.name if one is not None else "; ".join(unit.name for unit in units)
    return PlaceToday(reading, day, one.code if one is not None else "", names, address, village)


def add_place(home: Home, name: str, *, district: str, successor: str = "", valid_to: str = "") -> str:
    """Add a commune that no table has (Kim Đa); its record. `successor` is a place as `find_place` reads it or a code,
    "" when nobody knows where its people went. BAD_VALUE for an unknown district or successor."""
    require(home, Power.DECIDE)
    clean = " ".join(nfc(name).split())
    if not place_key(clean):
        raise _bad("name", name)
    if not gazetteer().district_codes(district):
        raise _bad("district", district)
    code = _successor(successor, valid_to or MERGERS) if successor else ""
    record = f"commune-{place_key(district)}-{place_key(clean)}"
    told = {"name": clean, "district": " ".join(nfc(district).split()), "successor": code, "valid_to": valid_to}
    return _write(home, RecordKind.PLACE, record, told)


def _successor(text: str, day: str) -> str:
    """The code, on the day when the old place ended, of the commune that took it in."""
    if text.isdecimal():
        if gazetteer().at(text, day) is None:
            raise _bad("successor", text)
        return text
    units = place_on(text, day)
    if len(units) != 1:
        raise _bad("successor", text)
    return units[0].code


def add_village_name(home: Home, other: str, village: str) -> str:
    """Say that a village is also called otherwise (both as texts or ids); its record. BAD_VALUE when one names none."""
    require(home, Power.DECIDE)
    ids = [_village_id(home, text) for text in (other, village)]
    if ids[0] == ids[1]:
        raise _bad("village", other)
    return _write(home, RecordKind.PLACE, f"village-{ids[0]}", {"village": ids[0], "meant": ids[1]})


def _village_id(home: Home, text: str) -> str:
    known = {village.id for village in home.people.villages()}
    found = text if text in known else village_of(text, home.card.commune)[0]
    if not found:
        raise _bad("village", text)
    return found


def add_surname(home: Home, people: str, variants: list[str]) -> str:
    """Say that surnames are spellings of one among a people (canonical name, "" for any); its record. BAD_VALUE when
    there are not at least two, or one is no surname."""
    require(home, Power.DECIDE)
    clean = list(dict.fromkeys(" ".join(nfc(item).split()) for item in variants if item.strip()))
    wrong = [item for item in clean if not item.replace(" ", "").replace("-", "").isalpha() or len(item) > 30]
    if wrong or not clean:
        raise _bad("variants", ", ".join(wrong))
    told = {"people": people, "variants": ";".join(clean)}
    name = hashlib.sha256("|".join([people, *sorted(map(fold, clean))]).encode("utf-8")).hexdigest()[:16]
    return _write(home, RecordKind.SURNAME, name, told)


def list_added(home: Home, kind: RecordKind) -> list[Added]:
    """What was added and not withdrawn, oldest first."""
    records = dict.fromkeys(event.record for event in home.log.events(kind=kind))
    found = []
    for record in records:
        for event in home.log.register(kind, record, CONTENT):
            if event.value:
                found.append(Added(record, json.loads(event.value), event.author, event.at))
    return found


def withdraw_added(home: Home, kind: RecordKind, record: str) -> None:
    """Take an addition back; NOT_FOUND when there is none."""
    require(home, Power.DECIDE)
    standing = home.log.register(kind, record, CONTENT)
    if not any(event.value for event in standing):
        raise FieldtoolError(ErrorCode.NOT_FOUND, values={"id": record, "detail": record})
    home.log.append([Draft(kind, record, CONTENT, "", supersedes=tuple(event.id for event in standing))])


def _write(home: Home, kind: RecordKind, record: str, told: Mapping[str, str]) -> str:
    value = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    standing = home.log.register(kind, record, CONTENT)
    if [event.value for event in standing] != [value]:
        home.log.append([Draft(kind, record, CONTENT, value, supersedes=tuple(event.id for event in standing))])
    return record


def _bad(field: str, text: str) -> FieldtoolError:
    return FieldtoolError(ErrorCode.BAD_VALUE, values={"field": field, "value": text})
