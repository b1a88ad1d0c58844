"""Where things lie: the villages of papers, persons, households, and of what hangs on them (visits, cases, plans …)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlite_utils import Database

from fieldtool.records.events import RecordKind
from fieldtool.store.rows import chunks, marks

Thing = tuple[str, str]  # kind and id

# A paper's villages are those of all that was ever transcribed of it; a person's those of his papers, also of the one
# he is called by where it went to somebody else; a household's those of its members.
_PAPERS = "SELECT record, village FROM events WHERE kind = 'document' AND field = 'content' AND record IN ({marks})"
_PAPERS_OF = (
    "SELECT l.person, e.village FROM links l JOIN events e ON e.kind = 'document' AND e.field = 'content'"
    " AND e.record = l.document WHERE l.person IN ({marks})"
)
_EVER_OF = (
    "SELECT l.value, e.village FROM events l JOIN events e ON e.kind = 'document' AND e.field = 'content'"
    " AND e.record = l.record WHERE l.kind = 'document' AND l.field = 'person' AND l.value IN ({marks})"
)
_MEMBERS = "SELECT household, village FROM persons WHERE household IN ({marks})"
_BY_OTHERS = (
    "SELECT d.import, e.village FROM document_imports d JOIN events e ON e.kind = 'document' AND e.field = 'content'"
    " AND e.record = d.document WHERE e.device <> ? AND d.import IN ({marks})"
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
    wanted = set(things)
    found: dict[Thing, set[str]] = {}
    hung: dict[Thing, set[Thing]] = {}
    for kind, asked in _HANGING.items():
        for id, village, person, household in _rows(database, asked, _ids(wanted, kind)):
            found.setdefault((kind, id), set()).add(village)
            hung.setdefault((kind, id), set()).update(
                thing for thing in ((RecordKind.PERSON, person), (RecordKind.HOUSEHOLD, household)) if thing[1]
            )
    wanted.update(*hung.values())
    persons = _ids(wanted, RecordKind.PERSON)
    told = (
        (RecordKind.DOCUMENT, _PAPERS, _ids(wanted, RecordKind.DOCUMENT), ()),
        (RecordKind.PERSON, _PAPERS, persons, ()),
        (RecordKind.PERSON, _PAPERS_OF, persons, ()),
        (RecordKind.HOUSEHOLD, _MEMBERS, _ids(wanted, RecordKind.HOUSEHOLD), ()),
        (RecordKind.IMPORT, _BY_OTHERS, _ids(wanted, RecordKind.IMPORT), (maker,)),
    )
    for kind, asked, ids, more in told:
        for id, village in _rows(database, asked, ids, more):
            found.setdefault((kind, id), set()).add(village)
    for thing, others in hung.items():
        found[thing].update(*(found.get(other, set()) for other in others))
    return found


def villages_ever(database: Database, persons: Sequence[str]) -> Mapping[str, set[str]]:
    """See ports.Depot.villages_ever."""
    found: dict[str, set[str]] = {}
    for id, village in _rows(database, _EVER_OF, persons):
        found.setdefault(id, set()).add(village)
    return found


def _ids(things: Iterable[Thing], kind: str) -> list[str]:
    return [id for of, id in things if of == kind]


def _rows(database: Database, asked: str, ids: Iterable[str], more: Sequence[str] = ()) -> Iterable[tuple[str, ...]]:
    for part in chunks(ids):
        yield from database.execute(asked.format(marks=marks(part)), [*more, *part])
