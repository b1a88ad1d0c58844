"""Numbers against the whole store: shared by several persons, two of one person, and placeholders that say nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fieldtool.ports import Home, People, Progress, no_progress
from fieldtool.records.fields import Field
from fieldtool.records.number_findings import Finding
from fieldtool.records.numbers import parse_number
from fieldtool.records.persons import PersonLine
from fieldtool.records.vietnamese import fold


@dataclass(frozen=True, slots=True)
class NumberReport:
    """What the numbers of the store have against one another, and the persons the findings speak of by id."""

    findings: tuple[Finding, ...]
    persons: Mapping[str, PersonLine]


def check_numbers(people: People) -> NumberReport:
    """Every finding over the whole store, straight from what is kept beside the persons; nothing is computed anew.

    The desk can call this with the window's own reader: one finding is one question for an officer.
    """
    shared = [
        Finding("number_shared", {"number": number, "count": str(len(persons))}, persons=persons)
        for number, persons in people.number_clashes("shared")
    ]
    two = [
        Finding("number_two", {"numbers": ", ".join(numbers)}, persons=(person,))
        for person, numbers in people.number_clashes("two")
    ]
    placeholders = [
        Finding("number_placeholder", {"number": number, "count": str(len(persons))}, persons=persons)
        for number, persons in people.number_clashes("placeholder")
    ]
    found = (*shared, *two, *placeholders)
    return NumberReport(found, people.lines(person for finding in found for person in finding.persons))


def numbers_of_import(home: Home, id: str, progress: Progress = no_progress) -> NumberReport:
    """The numbers that an import brought in and that persons of another name already hold.

    Before matching nobody knows whose the new papers are: a number is reported when none of its holders bears the
    paper's name.
    """
    told: dict[str, set[str]] = {}
    for document in home.people.documents_of_import(id):
        for field in (Field.N12, Field.N9):
            read = parse_number(document.get(field))
            if read.identifies:
                told.setdefault(read.digits, set()).add(fold(document.get(Field.NAME)))
    progress(0, len(told), "check")
    holders = home.people.number_holders(told)
    lines = home.people.lines(person for persons in holders.values() for person in persons)
    found = []
    for number, persons in sorted(holders.items()):
        others = tuple(person for person in persons if person in lines and fold(lines[person].name) not in told[number])
        if others and len(others) == len(persons):
            found.append(Finding("number_held", {"number": number, "count": str(len(others))}, persons=others))
    spoken = {person for finding in found for person in finding.persons}
    return NumberReport(tuple(found), {id: line for id, line in lines.items() if id in spoken})
