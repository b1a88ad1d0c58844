"""Papers and persons read back from the tables, folded as the tables themselves were."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlite_utils import Database

from fieldtool.conflicts.people import fold_person
from fieldtool.records.documents import Document, from_payload
from fieldtool.records.events import Event
from fieldtool.records.persons import Person
from fieldtool.store.extract_houses import book_houses
from fieldtool.store.rows import COLUMNS, LIVE, from_row, marks


def load_documents(database: Database, where: str, values: Sequence[object]) -> Iterator[tuple[Any, ...]]:
    """Living documents with extra columns: rows of (document, person, rivals); `where` speaks of d and l."""
    rows = database.execute(
        "SELECT d.id, e.value, coalesce(l.person, ''), coalesce(l.rivals, '') FROM documents d"
        f" JOIN events e ON e.arrival = d.arrival LEFT JOIN links l ON l.document = d.id WHERE d.alive AND {where}",
        values,
    )
    return ((from_payload(row[0], row[1]), row[2], row[3]) for row in rows)


def load_persons(database: Database, ids: Sequence[str]) -> list[tuple[Person, dict[str, list[str]]]]:
    """Persons by id with, for each document that two homes placed differently, the other persons named."""
    papers: dict[str, list[Document]] = {}
    rivals: dict[str, dict[str, list[str]]] = {}
    for document, person, others in load_documents(database, f"l.person IN ({marks(ids)})", ids):
        papers.setdefault(person, []).append(document)
        if others:
            rivals.setdefault(person, {})[document.id] = others.split()
    decisions: dict[str, list[Event]] = {}
    for row in database.execute(
        f"SELECT {COLUMNS} FROM events WHERE kind = 'person' AND record IN ({marks(ids)}) AND {LIVE}",
        ids,
    ):
        event = from_row(row)
        decisions.setdefault(event.record, []).append(event)
    houses = book_houses(database, [paper for own in papers.values() for paper in own])
    return [
        (
            fold_person(
                id,
                papers[id],
                decisions.get(id, []),
                sorted({o for n in rivals.get(id, {}).values() for o in n}),
                houses,
            ),
            rivals.get(id, {}),
        )
        for id in sorted(papers)
    ]
