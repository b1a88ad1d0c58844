"""Where things lie: the villages of papers, persons, households, and of what hangs on them (visits, cases, plans …)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlite_utils import Database

from fieldtool.records.events import RecordKind
from fieldtool.store.rows import chunks, marks

Thing = tuple[str, str]  # kind and id

# A paper's villages are those of all that was ever transcribed of it; a person's those of his papers, also of the one
# he is called by where it went to somebody else; a household's those of its members.
# CROSS JOIN keeps the order: left to choose, SQLite begins with all papers of the home, anew for every few hundred.
_PAPERS = "SELECT record, village FROM events WHERE kind = 'document' AND field = 'content' AND record IN ({marks})"
_CONTENT = "CROSS JOIN events e ON e.kind = 'document' AND e.field = 'content' AND e.record ="
_PAPERS_OF = f"SELECT l.person, e.village FROM links l {_CONTENT} l.document WHERE l.person IN ({{marks}})"
_EVER_OF = (
    f"SELECT l.value, e.village FROM events l {_CONTENT} l.record"
    " WHERE l.kind = 'document' AND l.field = 'person' AND l.value IN ({marks})"
)
_MEMBERS = "SELECT household, village FROM persons WHERE household IN ({marks})"
_BY_OTHERS = (
    f"SELECT d.import, e.village FROM document_imports d {_CONTENT} d.document"
    " WHERE e.device <> ? AND d.import IN ({marks})"
)
# What hangs on other things: its own village, and the person and the household it speaks of.
_HANGING = {
    RecordKind.CASE: "SELECT id, village, person, household FROM cases WHERE id IN ({marks})",
    RecordKind.VISIT: "SELECT id, village, '', household FROM visits WHERE id IN ({marks})",
    RecordKind.PLAN: "SELECT id, village, '', '' FROM plans WHERE id IN ({marks})",
    RecordKind.DOUBT: "SELECT id, village, person, household FROM doubts WHERE id IN ({marks})",
}


def villages_of(database: Database, things: Iterable[Thing], maker: str) -> dict[Thing, set[str]]:
    """See ports.Depot.villages_of."""
    wanted: dict[str, set[str]] = {}
    for kind, id in things:
        wanted.setdefault(kind, set()).add(id)
    found: dict[Thing, set[str]] = {}
    hung: dict[Thing, set[Thing]] = {}
    for kind, asked in _HANGING.items():
        for id, village, *others in _rows(database, asked, wanted.get(kind, ())):
            found.setdefault((kind, id), set()).add(village)
            for of, other in zip((RecordKind.PERSON, RecordKind.HOUSEHOLD), others, strict=True):
                if other:
                    hung.setdefault((kind, id), set()).add((of, other))
                    wanted.setdefault(of, set()).add(other)
    told: tuple[tuple[str, str, tuple[str, ...]], ...] = (
        (RecordKind.DOCUMENT, _PAPERS, ()),
        (RecordKind.PERSON, _PAPERS, ()),
        (RecordKind.PERSON, _PAPERS_OF, ()),
        (RecordKind.HOUSEHOLD, _MEMBERS, ()),
        (RecordKind.IMPORT, _BY_OTHERS, (maker,)),
    )
    for kind, asked, more in told:
        for id, village in _rows(database, asked, wanted.get(kind, ()), more):
            found.setdefault((kind, id), set()).add(village)
    for thing, beside in hung.items():
        found[thing].update(*(found.get(other, set()) for other in beside))
    return found


def villages_ever(database: Database, persons: Sequence[str]) -> Mapping[str, set[str]]:
    """See ports.Depot.villages_ever."""
    found: dict[str, set[str]] = {}
    for id, village in _rows(database, _EVER_OF, persons):
        found.setdefault(id, set()).add(village)
    return found


def _rows(database: Database, asked: str, ids: Iterable[str], more: Sequence[str] = ()) -> Iterable[tuple[str, ...]]:
    for part in chunks(ids):
        yield from database.execute(asked.format(marks=marks(part)), [*more, *part])
