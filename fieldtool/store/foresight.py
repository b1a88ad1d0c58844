"""Persons folded ahead: a run that links papers knows of whom they will speak long before its links are written.

Only in a home where nobody is linked yet, so that the links to come tell everything. What was foreseen is compared with
what came to be written before anything made of it is used; otherwise it is folded as if nothing had been foreseen.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import NamedTuple

from sqlite_utils import Database

from fieldtool.records.events import LINK, RecordKind
from fieldtool.store.fold_helper import Folding
from fieldtool.store.load_persons import decisions_of
from fieldtool.store.person_fold import Told
from fieldtool.store.rows import chunks, marks


class _Foreseen(NamedTuple):
    persons: list[str]
    links: set[tuple[str, str, str]]
    told: Told


class Foresight:
    """What one coming append will have to fold."""

    def __init__(self, database: Database, fold: Folding, placed: Mapping[str, str]) -> None:
        """Hand the helper, where there is one, the first of the persons that papers (by id) will be linked with."""
        self._database = database
        self._coming: deque[_Foreseen] = deque()
        self._alone: bool | None = None  # whether the links are all that was written since; asked once
        self._arrival = self._last_arrival()
        if not fold.has_help or self._any_before():
            return
        papers: dict[str, list[str]] = {}
        for document, person in placed.items():
            papers.setdefault(person, []).append(document)
        for part in chunks(papers):
            links = {(document, person, "") for person in part for document in papers[person]}
            told = self._told(part, {document: person for document, person, _ in links})
            if not fold.ahead(told):
                return
            self._coming.append(_Foreseen(part, links, told))

    def told(self, persons: list[str]) -> Told | None:
        """What was foreseen of these persons, where just that was written; None when they were not foreseen."""
        if not self._coming:
            return None
        foreseen = self._coming.popleft()
        rows = self._database.execute(
            f"SELECT document, person, rivals FROM links WHERE person IN ({marks(persons)})", persons
        )
        if foreseen.persons == persons and set(rows.fetchall()) == foreseen.links and self._nothing_else():
            return foreseen.told
        self._coming.clear()
        return None

    def _any_before(self) -> bool:
        """Whether anybody is linked, or an extract's household depends on who lives with whom."""
        (found,) = self._database.execute(
            "SELECT EXISTS (SELECT 1 FROM links)"
            " OR EXISTS (SELECT 1 FROM documents d WHERE d.kind = 'register' AND d.household <> '')"
        ).fetchone()
        return bool(found)

    def _nothing_else(self) -> bool:
        """Whether the links are all that was written since: no paper, decision or knowledge that came between."""
        if self._alone is None:
            (other,) = self._database.execute(
                "SELECT EXISTS (SELECT 1 FROM events WHERE arrival > ? AND NOT (kind = ? AND field = ?))",
                (self._arrival, str(RecordKind.DOCUMENT), LINK),
            ).fetchone()
            self._alone = not other
        return self._alone

    def _last_arrival(self) -> int:
        return int(self._database.execute("SELECT coalesce(max(arrival), 0) FROM events").fetchone()[0])

    def _told(self, persons: list[str], placed: Mapping[str, str]) -> Told:
        rows: list[tuple[str, str, str, str]] = []
        for part in chunks(placed):
            found = self._database.execute(
                "SELECT d.id, e.value FROM documents d JOIN events e ON e.arrival = d.arrival"
                f" WHERE d.alive AND d.id IN ({marks(part)})",
                part,
            )
            rows += [(id, payload, placed[id], "") for id, payload in found.fetchall()]
        return Told(rows, decisions_of(self._database, persons), {})
