"""The read side: what screens show, straight from the projections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from sqlite_utils import Database

from fieldtool.records.documents import Document
from fieldtool.records.exchange import HomeCard
from fieldtool.records.persons import (
    Household,
    HouseholdLine,
    Member,
    Person,
    PersonLine,
    Village,
)
from fieldtool.store.doubts import ALL_DOUBTS, SqlDoubts
from fieldtool.store.held_numbers import number_clashes, number_holders
from fieldtool.store.load_persons import load_documents, load_persons
from fieldtool.store.paper_index import SqlPaperIndex
from fieldtool.store.rows import chunks, marks
from fieldtool.store.search import LINE, search, to_line


class SqlPeople(SqlDoubts):
    """The People of an open home; see ports.People."""

    def __init__(self, database: Database, path: Path) -> None:
        super().__init__(database, path)
        self.index = SqlPaperIndex(database, path)

    def search(self, text: str, limit: int = 50) -> list[PersonLine]:
        """Persons that hold every word of the text."""
        return search(self._database, text, limit)

    def person(self, id: str) -> Person | None:
        """One person, whole."""
        found = load_persons(self._database, [id])
        return found[0][0] if found else None

    def household(self, id: str) -> Household | None:
        """One household, whole."""
        row = self._database.execute(
            "SELECT h.id, h.book, h.village, coalesce(v.name, ''), h.head FROM households h"
            " LEFT JOIN villages v ON v.id = h.village WHERE h.id = ?",
            (id,),
        ).fetchone()
        if row is None:
            return None
        members = self._database.execute(
            "SELECT id, name, relation, dob, sex, open, papers FROM persons WHERE household = ?"
            " ORDER BY place_in_house, sort, id",
            (id,),
        )
        return Household(*(*row, tuple(Member(*(*m[:6], tuple(m[6].split()))) for m in members)))

    def villages(self) -> list[Village]:
        """Villages of this home, in Vietnamese order; those that papers name but no list has named come last."""
        rows = self._database.execute(
            "SELECT v.id, v.name, substr(v.id, 1, instr(v.id, '-') - 1),"
            " (SELECT count(*) FROM households h WHERE h.village = v.id),"
            " (SELECT count(*) FROM persons p WHERE p.village = v.id),"
            " (SELECT coalesce(sum(open), 0) FROM persons p WHERE p.village = v.id)"
            " FROM villages v ORDER BY v.sort, v.id"
        )
        return [Village(*row) for row in rows]

    def households(self, village: str = "", offset: int = 0, limit: int = 200) -> list[HouseholdLine]:
        """Households of a village or of all, ordered by village and book."""
        where, values = ("WHERE h.village = ?", [village]) if village else ("", [])
        rows = self._database.execute(
            "SELECT h.id, h.book, h.head, h.village, h.members, h.open FROM households h"
            f" LEFT JOIN villages v ON v.id = h.village {where}"
            " ORDER BY v.sort, h.village, h.book, h.id LIMIT ? OFFSET ?",
            (*values, limit, offset),
        )
        return [HouseholdLine(*row) for row in rows]

    def persons(self, village: str = "", offset: int = 0, limit: int = 200) -> list[PersonLine]:
        """Persons of a village or of all, in Vietnamese order of given name."""
        where, values = ("WHERE p.village = ?", [village]) if village else ("", [])
        rows = self._database.execute(
            f"SELECT {LINE} FROM persons p LEFT JOIN villages v ON v.id = p.village {where}"
            " ORDER BY p.sort, p.id LIMIT ? OFFSET ?",
            (*values, limit, offset),
        )
        return [to_line(row) for row in rows]

    def documents(self) -> Iterator[Document]:
        """Every document that is not withdrawn, by id."""
        return (document for document, _, _ in load_documents(self._database, "1 ORDER BY d.id", ()))

    def documents_of_import(self, id: str) -> Iterator[Document]:
        """Every document that an import brought in and that is not withdrawn, by id."""
        where = "d.id IN (SELECT document FROM document_imports WHERE import = ?) ORDER BY d.id"
        return (document for document, _, _ in load_documents(self._database, where, (id,)))

    def document(self, id: str) -> Document | None:
        """One document."""
        return next((document for document, _, _ in load_documents(self._database, "d.id = ?", (id,))), None)

    def known_documents(self, ids: Iterable[str]) -> set[str]:
        """Which of these documents the home already holds and has not withdrawn."""
        found: set[str] = set()
        for part in chunks(ids):
            rows = self._database.execute(f"SELECT id FROM documents WHERE alive AND id IN ({marks(part)})", part)
            found.update(row[0] for row in rows)
        return found

    def links(self) -> Mapping[str, tuple[str, str]]:
        """Document id → (person id, band) of every living document that has been matched."""
        rows = self._database.execute(
            "SELECT l.document, l.person, l.band FROM links l JOIN documents d ON d.id = l.document WHERE d.alive"
        )
        return {row[0]: (row[1], row[2]) for row in rows}

    def kept(self, name: str) -> str:
        """A text of the settings, for a reader that has no settings of its own."""
        row = self._database.execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def officer_called(self, id: str) -> str:
        """An officer's name: as the machine that named him first says it, or as he who sits here; his id for one never
        named. No other machine gives him another name."""
        row = self._database.execute(
            "SELECT value FROM events e WHERE kind = 'officer' AND record = ? AND field = 'name' AND value <> ''"
            " AND device = (SELECT device FROM events WHERE kind = 'officer' AND record = e.record AND field = 'name'"
            " ORDER BY arrival LIMIT 1) ORDER BY arrival DESC LIMIT 1",
            (id,),
        ).fetchone()
        if row is not None:
            return str(row[0])
        card = self.kept("home.card")
        own = HomeCard.from_text(card) if card else None
        return own.officer_name if own is not None and own.officer == id and own.officer_name else id

    def number_clashes(self, kind: str) -> list[tuple[str, tuple[str, ...]]]:
        """Numbers shared, numbers of one person too many, placeholders."""
        return number_clashes(self._database, kind)

    def number_holders(self, numbers: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
        """Which persons hold each of these numbers."""
        return number_holders(self._database, sorted(set(numbers)))

    def lines(self, persons: Iterable[str]) -> Mapping[str, PersonLine]:
        """Persons by id as lines of a list."""
        found: dict[str, PersonLine] = {}
        for part in chunks(set(persons)):
            rows = self._database.execute(
                f"SELECT {LINE} FROM persons p LEFT JOIN villages v ON v.id = p.village WHERE p.id IN ({marks(part)})",
                part,
            )
            found |= {line.id: line for line in map(to_line, rows)}
        return found

    def counts(self, *names: str) -> Mapping[str, int]:
        """documents, persons, households, villages, events, doubts; with names, those alone."""
        tables = {
            "documents": "documents WHERE alive",
            "persons": "persons",
            "households": "households",
            "villages": "villages",
            "events": "events",
            "doubts": f"({ALL_DOUBTS})",
        }
        return {
            name: int(self._database.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
            for name, table in tables.items()
            if not names or name in names
        }
