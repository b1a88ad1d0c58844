"""What a number says against the rest of its paper and against the whole store. Findings warn, they never block."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fieldtool.records.dates import PaperDate, parse_date
from fieldtool.records.gazetteer import gazetteer
from fieldtool.records.numbers import LAST_BIRTH, Decoded, IdNumber, Repair, decode12, issuer, parse_number
from fieldtool.records.places import parse_place

HOME_ISSUER = "Nghệ An"
CODES = (
    "number_placeholder",
    "number_length",
    "number_digits_lost",
    "number_prefix_unknown",
    "number_abroad",
    "number_sex",
    "number_year",
    "number_future",
    "number_province",
    "number_cancelled",
    "number_repair_lost_zero",
    "number_repair_float_notation",
    "number_repair_spaces",
    "number_repair_letters",
    "number_repair_label",
    "number_issuer",
    "number_shared",
    "number_two",
)
STORE_CODES = ("number_held",)  # of an import against the store; see usecases.check_numbers


@dataclass(frozen=True, slots=True)
class Finding:
    """Something an officer should look at; its sentence is "finding.<code>".

    `proposal` is a value that would repair it, "" for none; `persons` are the ids a store finding speaks of.
    """

    code: str
    values: Mapping[str, str] = dataclasses.field(default_factory=dict)
    proposal: str = ""
    persons: tuple[str, ...] = ()


def findings(
    number: IdNumber | str,
    birth: PaperDate | str = "",
    sex: str = "",
    birth_place: str = "",
    *,
    cancelled: Iterable[str] = (),
) -> tuple[Finding, ...]:
    """What a number has against the birth date, the sex ("M", "F", "" unknown) and the place of birth registration.

    `cancelled` are numbers known to be withdrawn.
    """
    read = parse_number(number) if isinstance(number, str) else number
    born = parse_date(birth) if isinstance(birth, str) else birth
    if read.kind == "empty" or not (read.digits or read.repairs):
        return ()
    values = {"number": read.text.strip()}
    if read.placeholder:
        return (Finding("number_placeholder", values),)
    if read.cut:
        return (Finding("number_digits_lost", values),)
    found = [finding for finding in (_repair(repair, values, born, sex) for repair in read.repairs) if finding]
    if read.kind == "other":
        return tuple(found) or (Finding("number_length", {**values, "digits": str(len(read.digits))}),)
    if read.digits in set(cancelled):
        found.append(Finding("number_cancelled", values))
    decoded = decode12(read.digits)
    if decoded is not None:
        return (*found, *_against(decoded, values, born, sex, birth_place))
    province = issuer(read.digits)
    if province and province != HOME_ISSUER:
        found.append(Finding("number_issuer", {**values, "province": province}))
    return tuple(found)


def store_findings(numbers: Mapping[str, Iterable[str]]) -> tuple[Finding, ...]:
    """Findings over a whole store, from person id → his written numbers: shared numbers, two numbers of one person.

    Several 9-digit numbers of one person are lawful. Placeholders and unreadable numbers identify nobody and are
    left out.
    """
    holders: dict[str, set[str]] = {}
    own: dict[str, set[str]] = {}
    for person, texts in numbers.items():
        for read in map(parse_number, texts):
            if read.identifies:
                holders.setdefault(read.digits, set()).add(person)
                if read.kind == "n12":
                    own.setdefault(person, set()).add(read.digits)
    shared = [
        Finding("number_shared", {"number": digits, "count": str(len(persons))}, persons=tuple(sorted(persons)))
        for digits, persons in sorted(holders.items())
        if len(persons) > 1
    ]
    two = [
        Finding("number_two", {"numbers": ", ".join(sorted(digits))}, persons=(person,))
        for person, digits in sorted(own.items())
        if len(digits) > 1
    ]
    return (*shared, *two)


def _repair(repair: Repair, values: Mapping[str, str], born: PaperDate, sex: str) -> Finding | None:
    decoded = decode12(repair.value)
    if decoded is not None and (_sex_clash(decoded, sex) or _year_clash(decoded, born)):
        return None
    return Finding(f"number_repair_{repair.code}", {**values, "proposal": repair.value}, proposal=repair.value)


def _against(
    decoded: Decoded, values: Mapping[str, str], born: PaperDate, sex: str, birth_place: str
) -> Iterable[Finding]:
    if decoded.abroad:
        yield Finding("number_abroad", {**values, "prefix": decoded.prefix})
    elif not decoded.province:
        yield Finding("number_prefix_unknown", {**values, "prefix": decoded.prefix})
    if _sex_clash(decoded, sex):
        yield Finding("number_sex", values)
    if _year_clash(decoded, born):
        yield Finding("number_year", {**values, "year": str(decoded.year), "paper_year": str(born.year)})
    elif decoded.year > LAST_BIRTH:
        yield Finding("number_future", {**values, "year": str(decoded.year)})
    if decoded.province and birth_place:
        provinces = _provinces(birth_place)
        if provinces and not provinces & {decoded.prefix[1:], decoded.province_code_now}:
            yield Finding("number_province", {**values, "province": decoded.province, "place": birth_place})


def _sex_clash(decoded: Decoded, sex: str) -> bool:
    return sex in ("M", "F") and sex != decoded.sex


def _year_clash(decoded: Decoded, born: PaperDate) -> bool:
    """A lunar date may lie in the next solar year; both are accepted."""
    years = {born.year, *(day.year for day in born.candidates)}
    return born.year > 0 and decoded.year not in years


def _provinces(place: str) -> frozenset[str]:
    """The province codes, old and new, that a written place may lie in; empty when it does not tell."""
    reading = parse_place(place)
    if reading.province:
        return gazetteer().province_codes(reading.province)
    named = gazetteer().province_codes(place)
    if named:
        return named
    return frozenset({reading.found.province_code}) if reading.found is not None and reading.district else frozenset()
