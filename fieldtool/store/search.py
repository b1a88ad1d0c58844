"""Finding persons as one types: our own folded column in FTS5, fragments of numbers by trigrams, our own ranking.

FTS5's own removal of marks leaves đ alone (reference/ui.md 0.5), so the column is folded before it is indexed.
"""

from __future__ import annotations

import re
from typing import Any

from sqlite_utils import Database

from fieldtool.records.persons import PersonLine
from fieldtool.records.vietnamese import fold, marked

_CANDIDATES = 400
_WORD = re.compile(r"\w+")
LINE = (
    "p.id, p.name, p.dob, p.sex, p.n12, p.n9, coalesce(v.name, ''), p.household, p.open, p.papers, p.folded, p.numbers"
)


def to_line(row: Any) -> PersonLine:
    """A person's line from the columns of LINE."""
    return PersonLine(*(*row[:9], tuple(row[9].split())))


def search(database: Database, text: str, limit: int) -> list[PersonLine]:
    """Persons that hold every word of the text: word beginnings in any order, or 3 and more digits anywhere."""
    words = _WORD.findall(fold(text))
    if not words:
        return []
    numbers = [word for word in words if word.isdigit() and len(word) >= 3]
    names = [word for word in words if word not in numbers]
    conditions, values = [], []
    if names:
        conditions.append("p.number IN (SELECT rowid FROM person_words WHERE person_words MATCH ? LIMIT 20000)")
        values.append(" ".join(f'"{word}"*' for word in names))
    for number in numbers:
        conditions.append(
            "(p.number IN (SELECT rowid FROM person_numbers WHERE person_numbers MATCH ?)"
            " OR p.number IN (SELECT rowid FROM person_words WHERE person_words MATCH ?))"
        )
        values += [f'"{number}"', f'"{number}"*']
    rows = database.execute(
        f"SELECT {LINE} FROM persons p LEFT JOIN villages v ON v.id = p.village"
        f" WHERE {' AND '.join(conditions)} LIMIT {_CANDIDATES}",
        values,
    ).fetchall()
    wanted = [word for word in _WORD.findall(marked(text)) if not word.isdigit()]
    scored = sorted(rows, key=lambda row: (_distance(row[1], row[11], wanted, numbers), row[1], row[0]))
    return [to_line(row) for row in scored[:limit]]


def _distance(name: str, held: str, wanted: list[str], numbers: list[str]) -> tuple[int, int, int]:
    """How far a hit is from what was typed: marked words missed, folded words missed, numbers not begun with."""
    has, folded = set(_WORD.findall(marked(name))), set(_WORD.findall(fold(name)))
    begun = 0 if not numbers else sum(not any(n.startswith(number) for n in held.split()) for number in numbers)
    return (
        sum(word not in has for word in wanted),
        sum(fold(word) not in folded for word in wanted),
        begun,
    )
