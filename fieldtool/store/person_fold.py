"""From what the tables and the log hold of some persons to the rows that are kept of them.

Plain values in, plain values out: a second process folds by the same functions as this one (fold_helper), so nothing
here knows the database.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from fieldtool.conflicts.families import said_dead
from fieldtool.conflicts.findings import number_doubts, numbers_held, spelling_doubts
from fieldtool.conflicts.people import fold_person, person_doubts, rival_doubts
from fieldtool.records.documents import Document, from_payload
from fieldtool.records.events import Event
from fieldtool.records.fields import Field
from fieldtool.records.persons import Doubt, DoubtKind, Person
from fieldtool.store.facts import borne_by, facts_row, held_by
from fieldtool.store.person_rows import person_row
from fieldtool.store.rows import from_row

Row = tuple[object, ...]
# Made once: json.dumps builds a new encoder at each call that names options.
_spaced = json.JSONEncoder(ensure_ascii=False).encode
_spaced_sorted = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode
_RANK = {DoubtKind.DIVIDED: 0, DoubtKind.RIVALS: 1, DoubtKind.SPELLING: 9}


class Told(NamedTuple):
    """What is held of some persons.

    `papers`: (id, payload, person, other persons that a link names, parted by blanks); `decisions`: live events of
    their registers in the order of rows.COLUMNS; `houses`: an extract's household → the book's that it is.
    """

    papers: list[tuple[str, str, str, str]]
    decisions: list[tuple[Any, ...]]
    houses: Mapping[str, str]


class FoldedPersons(NamedTuple):
    """The rows of some persons for the tables that are named; `persons` without the number."""

    persons: list[Row]
    doubts: list[Row]
    held: list[tuple[str, str, str]]
    holders: list[Row]
    kin: list[Row]
    facts: list[Row]
    bearers: list[tuple[str, str]]
    houses: set[str]


def persons_of(told: Told) -> list[tuple[Person, dict[str, list[str]]]]:
    """The persons by id with, for each document that two homes placed differently, the other persons named."""
    papers: dict[str, list[Document]] = {}
    rivals: dict[str, dict[str, list[str]]] = {}
    for document, payload, person, others in told.papers:
        papers.setdefault(person, []).append(from_payload(document, payload))
        if others:
            rivals.setdefault(person, {})[document] = others.split()
    decisions: dict[str, list[Event]] = {}
    for row in told.decisions:
        event = from_row(row)
        decisions.setdefault(event.record, []).append(event)
    return [
        (
            fold_person(
                id,
                papers[id],
                decisions.get(id, []),
                sorted({o for n in rivals.get(id, {}).values() for o in n}),
                told.houses,
            ),
            rivals.get(id, {}),
        )
        for id in sorted(papers)
    ]


def fold_told(told: Told) -> FoldedPersons:
    """Every row that is kept of some persons."""
    rows = FoldedPersons([], [], [], [], [], [], [], set())
    for person, rivals in persons_of(told):
        rows.persons.append(person_row(person))
        rows.doubts.extend(map(doubt_row, _doubts(person, rivals)))
        rows.held.extend(held_by(person))
        rows.holders.extend((digits, person.id, str(field)) for digits, field in numbers_held(person).items())
        rows.facts.append(facts_row(person))
        rows.bearers.extend(borne_by(person))
        if person.household:
            rows.houses.add(person.household)
            parents = person.value(Field.FATHER), person.value(Field.MOTHER)
            rows.kin.append((person.id, person.value(Field.RELATION), *parents, said_dead(person.documents)))
    return rows


def _doubts(person: Person, rivals: Mapping[str, list[str]]) -> Iterable[Doubt]:
    yield from person_doubts(person)
    yield from number_doubts(person)
    yield from spelling_doubts(person)
    yield from rival_doubts(person, rivals)


def doubt_row(doubt: Doubt) -> Row:
    """The columns of `doubts` in their order."""
    return (
        doubt.id,
        _RANK.get(doubt.kind, 2),
        str(doubt.kind),
        doubt.person,
        doubt.name,
        doubt.village,
        doubt.household,
        str(doubt.field),
        doubt.code,
        _spaced(doubt.values),
        " ".join(doubt.people),
        _spaced_sorted(dict(doubt.facts)),
        doubt.situation,
    )
