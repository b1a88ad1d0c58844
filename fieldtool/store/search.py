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
    """Persons that hold every word of the text: word beginnings in any order, or 3 and more digits anywhere.

    Asked in stages, the closest reading first, until there are enough: words as marked, whole folded words, word
    beginnings. So a common beginning never crowds out the name that was typed in full.
    """
    words = _WORD.findall(fold(text))
    if not words:
        return []
    numbers = [word for word in words if word.isdigit() and len(word) >= 3]
    names = [word for word in words if word not in numbers]
    typed = [word for word in _WORD.findall(marked(text)) if not word.isdigit()]
    stages = [""]
    if names:
        exact = " ".join(f'"{word}"' for word in names)
        begun = " ".join(f'"{word}"*' for word in names)
        stages = [f"folded : ({exact})", f"folded : ({begun})"]
        if typed and typed != [fold(word) for word in typed]:
            given = " ".join(f'"{word}"*' for word in typed)
            stages.insert(0, f"marked : ({given})")
    found: dict[str, Any] = {}
    for stage in stages:
        for row in _matching(database, stage, numbers):
            found.setdefault(row[0], row)
        if len(found) >= limit:
            break
    rows = sorted(found.values(), key=lambda row: (_distance(row[1], row[11], typed, numbers), row[1], row[0]))
    return [to_line(row) for row in rows[:limit]]


def _matching(database: Database, names: str, numbers: list[str]) -> list[Any]:
    """Rows of LINE for an FTS expression over words and fragments of numbers."""
    conditions, values = [], []
    if names:
        conditions.append("p.number IN (SELECT rowid FROM person_words WHERE person_words MATCH ?)")
        values.append(names)
    for number in numbers:
        conditions.append(
            "(p.number IN (SELECT rowid FROM person_numbers WHERE person_numbers MATCH ?)"
            " OR p.number IN (SELECT rowid FROM person_words WHERE person_words MATCH ?))"
        )
        values += [f'"{number}"', f'folded : "{number}"*']
    found: list[Any] = database.execute(
        f"SELECT {LINE} FROM persons p LEFT JOIN villages v ON v.id = p.village"
        f" WHERE {' AND '.join(conditions)} LIMIT {_CANDIDATES}",
        values,
    ).fetchall()
    return found


def _distance(name: str, held: str, wanted: list[str], numbers: list[str]) -> tuple[int, int, int]:
    """How far a hit is from what was typed: marked words missed, folded words missed, numbers not begun with."""
    has, folded = set(_WORD.findall(marked(name))), set(_WORD.findall(fold(name)))
    begun = 0 if not numbers else sum(not any(n.startswith(number) for n in held.split()) for number in numbers)
    return (
        sum(word not in has for word in wanted),
        sum(fold(word) not in folded for word in wanted),
        begun,
    )
