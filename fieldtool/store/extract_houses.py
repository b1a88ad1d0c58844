"""Who lives together by an extract of the residence database, and which book's household that is.

An extract seldom bears the number of a household book. Its household is the book's household in which most of its
members stand: so a child that only the extract has is shown with his family, not in a house of his own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from sqlite_utils import Database

from fieldtool.records.documents import Document
from fieldtool.records.fields import DocumentKind
from fieldtool.store.rows import chunks, marks

Stands = tuple[str, str]  # an import and a household of an extract in it

_OWN = "d.kind = 'register' AND d.household <> ''"


def stands_of(database: Database, documents: Iterable[str]) -> set[Stands]:
    """Where papers stand in extracts, as the tables have them now."""
    found: set[Stands] = set()
    for part in chunks(set(documents)):
        found |= set(
            database.execute(
                "SELECT i.import, d.household FROM documents d JOIN document_imports i ON i.document = d.id"
                f" WHERE d.id IN ({marks(part)}) AND {_OWN}",
                part,
            )
        )
    return found


def persons_beside(database: Database, persons: Iterable[str], before: Iterable[Stands]) -> set[str]:
    """The persons who stand in an extract's household with one of these persons, or in one of `before`."""
    stands = set(before)
    for part in chunks(set(persons)):
        stands |= set(
            database.execute(
                "SELECT DISTINCT i.import, d.household FROM links l JOIN documents d ON d.id = l.document"
                f" JOIN document_imports i ON i.document = d.id WHERE l.person IN ({marks(part)}) AND {_OWN}",
                part,
            )
        )
    found: set[str] = set()
    for name, houses in _by_import(stands).items():
        rows = database.execute(
            "SELECT d.household, l.person FROM document_imports i JOIN documents d ON d.id = i.document"
            f" JOIN links l ON l.document = d.id WHERE i.import = ? AND {_OWN}",
            (name,),
        )
        found |= {person for house, person in rows if house in houses}
    return found


def book_houses(database: Database, papers: Sequence[Document]) -> Mapping[str, str]:
    """An extract's household → the book's household most of its members stand in, for the extracts among papers; where
    two are equally full the smaller id, and nothing where no book knows any of them."""
    extracts = [paper.id for paper in papers if paper.kind is DocumentKind.REGISTER and paper.household]
    found: dict[str, str] = {}
    for name, houses in _by_import(stands_of(database, extracts)).items():
        rows = database.execute(
            "SELECT DISTINCT d.household, b.household, l.person FROM document_imports i"
            " JOIN documents d ON d.id = i.document JOIN links l ON l.document = d.id"
            " JOIN links k ON k.person = l.person JOIN documents b ON b.id = k.document"
            f" WHERE i.import = ? AND d.alive AND {_OWN} AND b.alive AND b.kind = 'household' AND b.household <> ''",
            (name,),
        )
        members = Counter((own, book) for own, book, _ in rows if own in houses)
        for (own, book), _ in sorted(members.items(), key=lambda item: (-item[1], item[0][1])):
            found.setdefault(own, book)
    return found


def _by_import(stands: Iterable[Stands]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name, house in stands:
        found.setdefault(name, set()).add(house)
    return found
