"""The four words as counts: each figure is a condition and the people it is counted among (reference/domain.md 6).

One pass over the persons counts all of them by village; the same two conditions give the list behind a number.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from sqlite_utils import Database

_KEY = "'name', 'dob', 'sex', 'n12', 'n9', 'father', 'mother', 'ethnicity'"
_HERE = "coalesce(e.state, '') NOT IN ('moved', 'died', 'unknown')"
_OLD_ENOUGH = f"f.born <> '' AND f.born <= :born14 AND {_HERE}"
_SEEN = "EXISTS (SELECT 1 FROM sightings s WHERE s.person = p.id AND s.seen IN ('original', 'copy'))"
_APART = "d.kind IN ('field', 'divided')"
_OPEN = f"EXISTS (SELECT 1 FROM doubts d WHERE d.person = p.id AND {_APART} AND d.field IN ({_KEY}))"
_SHARED = (
    "EXISTS (SELECT 1 FROM bearers b JOIN bearers o ON o.number = b.number AND o.person <> b.person"
    " WHERE b.person = p.id) OR (SELECT count(*) FROM bearers b WHERE b.person = p.id AND length(b.number) = 12) > 1"
)
_TWIN = "p.id IN twins"
_DEAD = "coalesce(e.state, '') = 'died' AND f.on_books AND p.id NOT IN removed"
_KIN = "f.faults LIKE '%relation%'"
_FORM = "f.faults <> '' AND replace(f.faults, 'relation_sex', '') <> ''"
_CARD = "f.card = 'n12' AND (f.expiry = '' OR f.expiry >= :day)"
_ACCOUNT = "p.id IN active"

# code → (counted, among whom)
PERSONS: Mapping[str, tuple[str, str]] = {
    "right.agreed": (f"NOT ({_OPEN})", _HERE),
    "right.seen": (_SEEN, _HERE),
    "right.both": (f"NOT ({_OPEN}) AND {_SEEN}", _HERE),
    "full.fields": ("f.filled = f.due", _HERE),
    "full.met": (f"e.person IS NOT NULL AND {_HERE}", "f.on_books AND coalesce(e.state, '') NOT IN ('moved', 'died')"),
    "full.missing": ("e.state = 'unknown'", "f.on_books"),
    "full.extra": ("NOT f.on_books", f"e.person IS NOT NULL AND {_HERE}"),
    "full.number": ("p.n12 <> ''", _OLD_ENOUGH),
    "full.card": (_CARD, _OLD_ENOUGH),
    "full.account": (_ACCOUNT, _OLD_ENOUGH),
    "clean.all": (f"NOT ({_SHARED}) AND NOT ({_TWIN}) AND NOT ({_DEAD}) AND f.faults = ''", "1"),
    "clean.duplicate": (_TWIN, "1"),
    "clean.shared": (_SHARED, "1"),
    "clean.kin": (_KIN, "1"),
    "clean.form": (_FORM, "1"),
    "clean.dead": (_DEAD, "1"),
    "live.90": ("e.day >= :day90", _HERE),
    "live.180": ("e.day >= :day180", _HERE),
    "sure.visited": ("e.person IS NOT NULL", "1"),
    "people.abroad": ("e.state = 'abroad'", "1"),
    "people.working": ("e.state = 'working'", "1"),
    "people.born": ("e.state = 'born'", "1"),
    "people.died": ("e.state = 'died'", "1"),
    "people.moved": ("e.state = 'moved'", "1"),
    "people.married_in": ("e.state = 'married_in'", "1"),
}
# Sums over the same people instead of heads: fields filled of fields due. The list behind has those who lack some.
SUMS: Mapping[str, tuple[str, str]] = {"full.filled": ("f.filled", "f.due")}
_FROM = (
    "FROM persons p JOIN facts f ON f.person = p.id LEFT JOIN presence e ON e.person = p.id"
    " LEFT JOIN villages v ON v.id = p.village"
)
_WITH = """
    WITH twins AS MATERIALIZED (
        SELECT la.person FROM reviews r JOIN links la ON la.document = r.a JOIN links lb ON lb.document = r.b
        WHERE la.person <> lb.person AND NOT EXISTS
            (SELECT 1 FROM verdicts x WHERE x.pair = min(r.a, r.b) || '|' || max(r.a, r.b))
        UNION
        SELECT lb.person FROM reviews r JOIN links la ON la.document = r.a JOIN links lb ON lb.document = r.b
        WHERE la.person <> lb.person AND NOT EXISTS
            (SELECT 1 FROM verdicts x WHERE x.pair = min(r.a, r.b) || '|' || max(r.a, r.b))),
    removed AS MATERIALIZED (SELECT person FROM cases WHERE kind = 'dead_listed' AND state = 'removed'),
    active AS MATERIALIZED (SELECT person FROM cases WHERE kind = 'vneid' AND state = 'activated')
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
    sums += "".join(
        f", coalesce(sum(CASE WHEN {_HERE} THEN {part} END), 0), coalesce(sum(CASE WHEN {_HERE} THEN {whole} END), 0)"
        for part, whole in SUMS.values()
    )
    codes = (*PERSONS, *SUMS)
    where = "WHERE p.village = :village" if village else ""
    rows = database.execute(
        f"{_WITH} SELECT p.village, {sums} {_FROM} {where} GROUP BY p.village",
        {**days(day), **({"village": village} if village else {})},
    )
    return {row[0]: {code: (int(row[1 + 2 * n]), int(row[2 + 2 * n])) for n, code in enumerate(codes)} for row in rows}


def listed(database: Database, code: str, day: str, village: str, rest: bool, columns: str) -> list[Any]:
    """The rows behind a figure; `rest` for those it is counted among who are not counted."""
    part, whole = SUMS.get(code, ("", ""))
    what, among = PERSONS.get(code, (f"{part} = {whole}", _HERE))
    wanted = f"({among}) AND {'NOT ' if rest else ''}coalesce(({what}), 0)"
    where = f"{wanted} AND p.village = :village" if village else wanted
    values = {**days(day), **({"village": village} if village else {})}
    found: list[Any] = database.execute(
        f"{_WITH} SELECT {columns} {_FROM} WHERE {where} ORDER BY v.sort, p.village, p.household, p.sort, p.id", values
    ).fetchall()
    return found
