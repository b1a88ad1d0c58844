"""Papers and persons read back from the tables, folded as the tables themselves were."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlite_utils import Database

from fieldtool.records.documents import from_payload
from fieldtool.records.persons import Person
from fieldtool.store.extract_houses import book_houses
from fieldtool.store.person_fold import Told, persons_of
from fieldtool.store.rows import COLUMNS, LIVE, marks

_PAPERS = (
    "FROM documents d JOIN events e ON e.arrival = d.arrival LEFT JOIN links l ON l.document = d.id WHERE d.alive AND"
)


def load_documents(database: Database, where: str, values: Sequence[object]) -> Iterator[tuple[Any, ...]]:
    """Living documents with extra columns: rows of (document, person, rivals); `where` speaks of d and l."""
    rows = database.execute(
        f"SELECT d.id, e.value, coalesce(l.person, ''), coalesce(l.rivals, '') {_PAPERS} {where}", values
    )
    return ((from_payload(row[0], row[1]), row[2], row[3]) for row in rows)


def load_told(database: Database, ids: Sequence[str]) -> Told:
    """What the tables and the log hold of some persons, not folded yet."""
    rows = database.execute(
        "SELECT d.id, e.value, l.person, l.rivals, CASE d.kind WHEN 'register' THEN d.household ELSE '' END"
        f" {_PAPERS} l.person IN ({marks(ids)})",
        ids,
    ).fetchall()
    houses = book_houses(database, {row[4] for row in rows} - {""})
    return Told([row[:4] for row in rows], decisions_of(database, ids), houses)


def decisions_of(database: Database, ids: Sequence[str]) -> list[tuple[Any, ...]]:
    """The live events of the registers of some persons."""
    return database.execute(
        f"SELECT {COLUMNS} FROM events WHERE kind = 'person' AND record IN ({marks(ids)}) AND {LIVE}",
        ids,
    ).fetchall()


def load_persons(database: Database, ids: Sequence[str]) -> list[tuple[Person, dict[str, list[str]]]]:
    """Persons by id with, for each document that two homes placed differently, the other persons named."""
    return persons_of(load_told(database, ids))
