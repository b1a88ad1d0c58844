"""What was done in a span of days, as rows: the report's counts are counts of these rows, so each opens its list.

Each row is about a person or, for visits, a household; of a household its first member stands for it.
"""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database

from fieldtool.records.fields import COMPARED_FIELDS
from fieldtool.store.rows import WHOSE

_FIELDS = ", ".join(f"'{field}'" for field in COMPARED_FIELDS)
_SPAN = "BETWEEN :first AND :last"
_CASES = f"FROM (SELECT c.*, {WHOSE} AS whose FROM cases c) c LEFT JOIN persons p ON p.id = c.whose WHERE"
_CASE_AT = (
    "c.whose, coalesce(nullif(c.household, ''), p.household, ''), c.id, coalesce(nullif(c.village, ''), p.village, '')"
)
# Rows of (what, person, household, about, village); "about" is a visit's or a case's id, or a field's name.
_DONE = f"""
    WITH done AS (
        SELECT 'visit.' || result AS what, '' AS person, household, id AS about, village FROM visits WHERE day {_SPAN}
        UNION ALL
        SELECT 'houses_met', '', household, max(id), max(village) FROM visits
            WHERE result <> 'not_home' AND day {_SPAN} GROUP BY household
        UNION ALL
        SELECT 'told.' || e.state, p.id, p.household, e.visit, p.village FROM presence e
            JOIN persons p ON p.id = e.person WHERE e.day {_SPAN}
        UNION ALL SELECT 'opened.' || c.kind, {_CASE_AT} {_CASES} c.opened {_SPAN}
        UNION ALL SELECT 'closed.' || c.kind, {_CASE_AT} {_CASES} c.closed {_SPAN}
        UNION ALL
        SELECT 'decided', {WHOSE}, '', c.field, c.village FROM
            (SELECT record AS person, field, max(village) AS village FROM events WHERE kind = 'person' AND value <> ''
                AND field IN ({_FIELDS}) AND substr(at, 1, 10) {_SPAN} GROUP BY record, field) c)
"""
_FIRST = "(SELECT id FROM persons x WHERE x.household = d.household ORDER BY place_in_house, sort, id LIMIT 1)"


def _values(first: str, last: str, village: str) -> dict[str, str]:
    return {"first": first, "last": last, **({"village": village} if village else {})}


def done_counts(database: Database, first: str, last: str, village: str = "") -> dict[str, int]:
    """What → how often, from one day to another, both counted."""
    here = "WHERE village = :village" if village else ""
    rows = database.execute(
        f"{_DONE} SELECT what, count(*) FROM done {here} GROUP BY what", _values(first, last, village)
    )
    return {str(what): int(count) for what, count in rows}


def done_rows(database: Database, what: str, first: str, last: str, village: str, columns: str) -> list[Any]:
    """The rows of one of them: (person, name, village, village's name, household, about, *columns); the columns are
    None where the person is no more, and a household without members is called by its head's name in its book."""
    here = "AND d.village = :village" if village else ""
    found: list[Any] = database.execute(
        f"{_DONE} SELECT coalesce(p.id, d.person), coalesce(p.name, h.head, ''), d.village, coalesce(v.name, ''),"
        f" coalesce(nullif(d.household, ''), p.household, ''), d.about, {columns} FROM done d"
        f" LEFT JOIN persons p ON p.id = CASE d.person WHEN '' THEN {_FIRST} ELSE d.person END"
        " LEFT JOIN facts f ON f.person = p.id LEFT JOIN presence e ON e.person = p.id"
        " LEFT JOIN households h ON h.id = d.household LEFT JOIN villages v ON v.id = d.village"
        f" WHERE d.what = :what {here} ORDER BY v.sort, d.village, p.household, p.sort, d.person, d.about",
        {"what": what, **_values(first, last, village)},
    ).fetchall()
    return found
