"""Who lives together by an extract of the residence database, and which book's household that is.

An extract seldom bears the number of a household book. Its household is the book's household in which most of its
members stand: so a child that only the extract has is shown with his family, not in a house of his own.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlite_utils import Database

from fieldtool.store.rows import chunks, marks

_EXTRACT = "d.kind = 'register' AND d.household <> ''"  # by the words of the index documents_extract


def houses_of_papers(database: Database, documents: Iterable[str]) -> set[str]:
    """The households of extracts in which papers stand, as the tables have them now."""
    return _column(database, "SELECT d.household FROM documents d WHERE d.id IN ({}) AND", documents)


def persons_beside(database: Database, persons: Iterable[str], before: Iterable[str]) -> set[str]:
    """The persons who stand in an extract's household with one of these persons, or in one of the households before."""
    own = "SELECT d.household FROM links l JOIN documents d ON d.id = l.document WHERE l.person IN ({}) AND"
    beside = "SELECT l.person FROM documents d JOIN links l ON l.document = d.id WHERE d.household IN ({}) AND"
    return _column(database, beside, {*before, *_column(database, own, persons)})


def book_houses(database: Database, extracts: Iterable[str]) -> dict[str, str]:
    """An extract's household → the book's household most of its members stand in; where two are equally full the
    smaller id, and nothing where no book knows any of them."""
    found: dict[str, str] = {}
    for part in chunks(extracts):
        members = database.execute(
            "SELECT d.household, b.household, count(DISTINCT l.person) FROM documents d"
            " JOIN links l ON l.document = d.id"
            " JOIN links k ON k.person = l.person JOIN documents b ON b.id = k.document"
            f" WHERE d.household IN ({marks(part)}) AND d.alive AND {_EXTRACT}"
            " AND b.alive AND b.kind = 'household' AND b.household <> '' GROUP BY d.household, b.household",
            part,
        )
        for own, book, _ in sorted(members, key=lambda row: (-row[2], row[1])):
            found.setdefault(own, book)
    return found


def _column(database: Database, query: str, wanted: Iterable[str]) -> set[str]:
    """What a query about extracts finds for the ids that stand for its {}."""
    found: set[str] = set()
    for part in chunks(set(wanted)):
        found |= {row[0] for row in database.execute(f"{query.format(marks(part))} {_EXTRACT}", part)}
    return found
