"""The tables of who is whom: each paper with its person, and the doubtful pairs; of a collector's own villages only.

Noted in the journal as what they are, an export.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fieldtool.ports import Home
from fieldtool.usecases.authority import require_one
from fieldtool.usecases.seen_people import LOOKS, bounds_of

CLUSTERS = ("document_id", "source_file", "sheet", "row", "source_key", "kind", "person_id", "band")
REVIEWS = (
    "document_id_a", "document_id_b", "source_key_a", "source_key_b", "weight", "probability", "rank", "reasons",
)  # fmt: skip
_MOST = 10_000_000
Row = Sequence[object]


def cluster_rows(home: Home, file: str) -> list[Row]:
    """One row (CLUSTERS) a paper, for a file of that name; NOT_ALLOWED for who may see nobody."""
    require_one(home, *LOOKS)
    links, own = home.people.links(), _own(home)
    rows: list[Row] = []
    for paper in home.people.documents():
        person, band = links.get(paper.id, ("", ""))
        if own is None or person in own:
            source = paper.source
            rows.append((paper.id, source.file, source.sheet, source.row, source.key, paper.kind, person, band))
    home.log.note("export", file)
    return rows


def review_rows(home: Home, file: str) -> list[Row]:
    """One row (REVIEWS) a doubtful pair, likewise; of a collector those pairs whose papers are both of his villages."""
    require_one(home, *LOOKS)
    own = _own(home)
    links = home.people.links() if own is not None else {}
    keys = {paper.id: paper.source.key for paper in home.people.documents()}
    rows: list[Row] = []
    for item in home.people.reviews():
        if own is not None and not _all_own((links.get(id, ("", ""))[0] for id in (item.a, item.b)), own):
            continue
        said = " ".join(reason.code for reason in item.reasons)
        told = (keys.get(item.a, ""), keys.get(item.b, ""), round(item.weight, 3), round(item.probability, 6))
        rows.append((item.a, item.b, *told, item.rank, said))
    home.log.note("export", file)
    return rows


def _all_own(persons: Iterable[str], own: frozenset[str]) -> bool:
    return all(person in own for person in persons)


def _own(home: Home) -> frozenset[str] | None:
    """The persons of the officer's villages; None where he may see all."""
    bounds = bounds_of(home)
    if bounds is None:
        return None
    return frozenset(line.id for village in bounds for line in home.people.persons(village, limit=_MOST))
