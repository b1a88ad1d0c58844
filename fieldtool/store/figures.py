"""The four words as counts: each figure is a condition and the people it is counted among (reference/domain.md 6).

One pass over the persons counts all of them by village; the same two conditions give the list behind a number.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from sqlite_utils import Database

from fieldtool.store.rows import WHOSE

_KEY = "'name', 'dob', 'sex', 'n12', 'n9', 'father', 'mother', 'ethnicity'"
_OF_14 = "here AND grown"  # those who must hold a card

# code → (counted, among whom), in the columns of `marked`
PERSONS: Mapping[str, tuple[str, str]] = {
    "right.agreed": ("NOT differs", "here"),
    "right.seen": ("papers", "here"),
    "right.both": ("NOT differs AND papers", "here"),
    "full.fields": ("filled = due", "here"),
    "full.met": ("told AND here", "on_books AND state NOT IN ('moved', 'died')"),
    "full.missing": ("state = 'unknown'", "on_books"),
    "full.extra": ("NOT on_books", "told AND here"),
    "full.number": ("numbered", _OF_14),
    "full.card": ("carded", _OF_14),
    "full.account": ("account", _OF_14),
    "clean.all": ("NOT (shared OR twin OR dead OR kin OR form)", "1"),
    "clean.duplicate": ("twin", "1"),
    "clean.shared": ("shared", "1"),
    "clean.kin": ("kin", "1"),
    "clean.form": ("form", "1"),
    "clean.dead": ("dead", "1"),
    "live.90": ("day >= :day90", "here"),
    "live.180": ("day >= :day180", "here"),
    "sure.visited": ("told", "1"),
    "people.abroad": ("state = 'abroad'", "1"),
    "people.working": ("state = 'working'", "1"),
    "people.born": ("state = 'born'", "1"),
    "people.died": ("state = 'died'", "1"),
    "people.moved": ("state = 'moved'", "1"),
    "people.married_in": ("state = 'married_in'", "1"),
}
# Sums over the same people instead of heads: fields filled of fields due. The list behind has those who lack some.
SUMS: Mapping[str, tuple[str, str]] = {"full.filled": ("filled", "due")}
_FROM = (
    "FROM marked k JOIN persons p ON p.id = k.id JOIN facts f ON f.person = k.id"
    " LEFT JOIN presence e ON e.person = k.id LEFT JOIN villages v ON v.id = p.village"
)
# Each mark of a person is worked out once; the sums above then only add them up.
_WITH = f"""
    WITH pairs AS (
        SELECT la.person AS a, lb.person AS b FROM reviews r JOIN links la ON la.document = r.a
        JOIN links lb ON lb.document = r.b WHERE la.person <> lb.person AND NOT EXISTS
            (SELECT 1 FROM verdicts x WHERE x.pair = min(r.a, r.b) || '|' || max(r.a, r.b))),
    twins AS MATERIALIZED (SELECT a FROM pairs UNION SELECT b FROM pairs),
    seen AS MATERIALIZED (SELECT person FROM sightings WHERE seen IN ('original', 'copy')),
    differing AS MATERIALIZED (
        SELECT person FROM doubts WHERE kind IN ('field', 'divided') AND field IN ({_KEY})),
    sharing AS MATERIALIZED (
        SELECT person FROM bearers WHERE number IN (SELECT number FROM bearers GROUP BY number HAVING count(*) > 1)
        UNION
        SELECT person FROM bearers WHERE length(number) = 12 GROUP BY person HAVING count(*) > 1),
    removed AS MATERIALIZED (SELECT {WHOSE} FROM cases c WHERE kind = 'dead_listed' AND state = 'removed'),
    active AS MATERIALIZED (SELECT {WHOSE} FROM cases c WHERE kind = 'vneid' AND state = 'activated'),
    marked AS MATERIALIZED (
        SELECT p.id, p.village, coalesce(e.state, '') AS state, coalesce(e.day, '') AS day,
            e.person IS NOT NULL AS told, f.on_books, f.filled, f.due,
            coalesce(e.state, '') NOT IN ('moved', 'died', 'unknown') AS here,
            f.born <> '' AND f.born <= :born14 AS grown, p.n12 <> '' AS numbered,
            f.card = 'n12' AND (f.expiry = '' OR f.expiry >= :day) AS carded,
            p.id IN active AS account, p.id IN seen AS papers, p.id IN differing AS differs, p.id IN sharing AS shared,
            p.id IN twins AS twin, coalesce(e.state, '') = 'died' AND f.on_books AND p.id NOT IN removed AS dead,
            f.faults LIKE '%relation%' AS kin, f.faults NOT IN ('', 'relation_sex') AS form
        FROM persons p JOIN facts f ON f.person = p.id LEFT JOIN presence e ON e.person = p.id)
"""


def days(day: str) -> dict[str, str]:
    """The days the conditions speak of, for figures as of one day."""
    today = datetime.date.fromisoformat(day)
    born14 = today.replace(year=today.year - 14, day=min(today.day, 28)) if today.month == 2 else None
    return {
        "day": day,
        "day90": (today - datetime.timedelta(days=90)).isoformat(),
        "day180": (today - datetime.timedelta(days=180)).isoformat(),
        "born14": (born14 or today.replace(year=today.year - 14)).isoformat(),
    }


def counted(database: Database, day: str, village: str = "") -> dict[str, dict[str, tuple[int, int]]]:
    """Village → code → (count, of); a village "" holds people no paper places."""
    sums = ", ".join(
        f"coalesce(sum(({among}) AND ({what})), 0), coalesce(sum({among}), 0)" for what, among in PERSONS.values()
    )
    sums += "".join(f", coalesce(sum(here * {part}), 0), coalesce(sum(here * {of}), 0)" for part, of in SUMS.values())
    codes = (*PERSONS, *SUMS)
    where = "WHERE village = :village" if village else ""
    rows = database.execute(
        f"{_WITH} SELECT village, {sums} FROM marked {where} GROUP BY village",
        {**days(day), **({"village": village} if village else {})},
    )
    return {row[0]: {code: (int(row[1 + 2 * n]), int(row[2 + 2 * n])) for n, code in enumerate(codes)} for row in rows}


def listed(database: Database, code: str, day: str, village: str, rest: bool, columns: str) -> list[Any]:
    """The rows behind a figure; `rest` for those it is counted among who are not counted."""
    part, of = SUMS.get(code, ("", ""))
    what, among = PERSONS.get(code, (f"{part} = {of}", "here"))
    wanted = f"({among}) AND {'NOT ' if rest else ''}({what})"
    where = f"{wanted} AND village = :village" if village else wanted
    values = {**days(day), **({"village": village} if village else {})}
    found: list[Any] = database.execute(
        f"{_WITH} SELECT {columns} {_FROM} WHERE k.id IN (SELECT id FROM marked WHERE {where})"
        " ORDER BY v.sort, p.village, p.household, p.sort, p.id",
        values,
    ).fetchall()
    return found
