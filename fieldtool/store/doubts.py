"""Reads the review queue: doubts of the tables, doubtful pairs, proposals, and what officers said of them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from fieldtool.conflicts.law import Situation
from fieldtool.records.doubts import Said, Standing
from fieldtool.records.persons import Doubt, DoubtKind
from fieldtool.records.reasons import Reason
from fieldtool.records.verdicts import Review
from fieldtool.store.connection import transaction
from fieldtool.store.rows import chunks, marks

# A doubtful pair waits until an officer has spoken or the two papers came to one person some other way.
LINK_DOUBTS = """
    SELECT r.a || '|' || r.b AS id, 3 AS rank, 'link' AS kind, la.person AS person, p.name AS name,
           p.village AS village, p.household AS household, '' AS field, r.reasons AS code,
           json_array(p.name, q.name) AS "values", q.id AS people, '{}' AS facts, '' AS situation, r.weight AS weight
    FROM reviews r JOIN links la ON la.document = r.a JOIN links lb ON lb.document = r.b
    JOIN persons p ON p.id = la.person JOIN persons q ON q.id = lb.person
    WHERE la.person <> lb.person
      AND NOT EXISTS (SELECT 1 FROM verdicts v WHERE v.pair = min(r.a, r.b) || '|' || max(r.a, r.b))
      AND NOT EXISTS (SELECT 1 FROM proposals o WHERE o.pair = min(r.a, r.b) || '|' || max(r.a, r.b))
"""
_SECOND_DOUBTS = """
    SELECT o.pair AS id, 1 AS rank, 'second' AS kind, la.person AS person, p.name AS name, p.village AS village,
           p.household AS household, '' AS field, 'second_officer' AS code, json_array(p.name, q.name) AS "values",
           q.id AS people, json_object('author', o.author, 'at', o.at) AS facts, '' AS situation, 0.0 AS weight
    FROM proposals o JOIN links la ON la.document = substr(o.pair, 1, instr(o.pair, '|') - 1)
    JOIN links lb ON lb.document = substr(o.pair, instr(o.pair, '|') + 1)
    JOIN persons p ON p.id = la.person JOIN persons q ON q.id = lb.person
    WHERE la.person <> lb.person
"""
_TABLE = """
    SELECT id, rank, kind, person, name, village, household, field, code, "values", people, facts, situation,
           0.0 AS weight FROM doubts
"""
_SPELLING = f"{_TABLE} WHERE kind = 'spelling'"
ALL_DOUBTS = f"{_TABLE} WHERE kind <> 'spelling' UNION ALL {LINK_DOUBTS} UNION ALL {_SECOND_DOUBTS}"


class SqlDoubts:
    """The queue as an open home has it; see ports.People."""

    def __init__(self, database: Database, path: Path) -> None:
        self._database = database
        self._path = path

    def doubts(
        self, village: str = "", kind: DoubtKind | None = None, field: str = "", offset: int = 0, limit: int = 200
    ) -> list[Doubt]:
        """The review queue: divided decisions first, then a household's doubts together; spellings when asked for."""
        wanted = [(name, value) for name, value in (("village", village), ("kind", kind), ("field", field)) if value]
        where = " AND ".join(f"{name} = ?" for name, _ in wanted) or "1"
        table = _SPELLING if kind == DoubtKind.SPELLING else ALL_DOUBTS
        rows = self._database.execute(
            f"SELECT * FROM ({table}) WHERE {where}"
            " ORDER BY rank > 1, village = '', village, household = '', household, person, rank, weight DESC, id"
            " LIMIT ? OFFSET ?",
            (*(str(value) for _, value in wanted), limit, offset),
        )
        return self._with_standing([_doubt(row) for row in rows])

    def doubts_near(self, household: str, persons: Sequence[str]) -> list[Doubt]:
        """The lines of one household and of some persons, unsorted: what one act may have changed."""
        asked = list(persons)
        # A number that one of them holds with others stands under whoever comes first among its holders.
        found = self._database.execute(
            f"{_TABLE} WHERE kind = 'number' AND id IN (SELECT 'number:' || digits FROM holders"
            f" WHERE person IN ({marks(asked)}))",
            asked,
        ).fetchall()
        for table, column in ((f"{_TABLE} WHERE kind <> 'spelling' AND", ""), (f"{LINK_DOUBTS} AND", "p."),
                              (f"{_SECOND_DOUBTS} AND", "p.")):  # fmt: skip
            person = f"{column}id" if column else "person"
            also = f" OR q.id IN ({marks(asked)})" if column else ""
            found += self._database.execute(
                f"{table} ((? <> '' AND {column}household = ?) OR {person} IN ({marks(asked)}){also})",
                (household, household, *asked, *(asked if also else ())),
            ).fetchall()
        return self._with_standing([_doubt(row) for row in {(row[0], row[2]): row for row in found}.values()])

    def doubt(self, id: str) -> Doubt | None:
        """One line of the queue by its id."""
        row = self._database.execute(f"SELECT * FROM ({ALL_DOUBTS}) WHERE id = ? LIMIT 1", (id,)).fetchone()
        row = row or self._database.execute(f"SELECT * FROM ({_SPELLING}) WHERE id = ?", (id,)).fetchone()
        return self._with_standing([_doubt(row)])[0] if row else None

    def doubt_counts(self, village: str = "") -> Mapping[str, int]:
        """How many doubts are open, by kind."""
        where, values = ("WHERE village = ?", [village]) if village else ("", [])
        rows = self._database.execute(f"SELECT kind, count(*) FROM ({ALL_DOUBTS}) {where} GROUP BY kind", values)
        return {str(kind): 0 for kind in DoubtKind} | dict(rows.fetchall())

    def _with_standing(self, doubts: list[Doubt]) -> list[Doubt]:
        said = self.standings()
        return [
            replace(doubt, standing=said[doubt.id].standing, until=said[doubt.id].until, note=said[doubt.id].note)
            if doubt.id in said and said[doubt.id].holds(doubt)
            else doubt
            for doubt in doubts
        ]

    def standings(self) -> Mapping[str, Said]:
        """What officers said of doubts, by the doubt's id, whether or not it still holds."""
        rows = self._database.execute("SELECT doubt, says, seen, until, note, paper, author, at, event FROM standings")
        return {row[0]: Said(Standing(row[1]), *row[2:]) for row in rows}

    def pair_verdicts(self) -> Mapping[tuple[str, str], str]:
        """Officers' verdicts: (a, b) with a < b → "same" or "apart"."""
        rows = self._database.execute("SELECT pair, says FROM verdicts")
        return {(pair.partition("|")[0], pair.partition("|")[2]): says for pair, says in rows}

    def reviews(self) -> Iterator[Review]:
        """The doubtful pairs of the last match run that are still undecided."""
        rows = self._database.execute(
            "SELECT r.a, r.b, r.weight, r.probability, r.rank, r.reasons FROM reviews r"
            f" JOIN ({LINK_DOUBTS}) d ON d.id = r.a || '|' || r.b ORDER BY r.a, r.rank, r.b"
        )
        return (Review(*(*row[:5], _reasons(row[5]))) for row in rows)

    def reviews_of(self, documents: Sequence[str]) -> list[Review]:
        """The pairs of the last match run that name one of some documents, decided or not, the heaviest first."""
        asked = list(documents)
        rows = self._database.execute(
            "SELECT a, b, weight, probability, rank, reasons FROM reviews"
            f" WHERE a IN ({marks(asked)}) OR b IN ({marks(asked)}) ORDER BY weight DESC, a, b",
            (*asked, *asked),
        )
        return [Review(*(*row[:5], _reasons(row[5]))) for row in rows]

    def replace_reviews(self, reviews: Sequence[Review], of: Collection[str] | None = None) -> None:
        """Put the review queue of a new match run in place of the old one, or that of some documents alone."""
        with transaction(self._database, self._path):
            if of is None:
                self._database.execute("DELETE FROM reviews")
            for part in chunks(of or ()):
                self._database.execute(
                    f"DELETE FROM reviews WHERE a IN ({marks(part)}) OR b IN ({marks(part)})", (*part, *part)
                )
            self._database.conn.executemany(
                "INSERT OR REPLACE INTO reviews VALUES (?, ?, ?, ?, ?, ?)",
                [(r.a, r.b, r.weight, r.probability, r.rank, _reasons_text(r.reasons)) for r in reviews],
            )


def _doubt(row: Any) -> Doubt:
    id, _, kind, person, name, village, household, field, code, values, people, facts, situation, weight = row
    if kind == DoubtKind.LINK:
        reasons = _reasons(code)
        code = reasons[0].code if reasons else ""
    return Doubt(
        id=id,
        kind=DoubtKind(kind),
        person=person,
        name=name,
        village=village,
        household=household,
        field=field,
        code=code,
        values=tuple(json.loads(values)),
        weight=float(weight),
        people=tuple(people.split()),
        facts=json.loads(facts),
        situation=situation or Situation(kind).to_text(),
    )


def _reasons(text: str) -> tuple[Reason, ...]:
    return tuple(Reason(code, field, weight, values) for code, field, weight, values in json.loads(text))


def _reasons_text(reasons: Iterable[Reason]) -> str:
    return json.dumps([[r.code, r.field, r.weight, dict(r.values)] for r in reasons], ensure_ascii=False)
