"""Figures of days gone by, worked out from the log: who was told of, seen and confirmed by then.

Who is whom, and in which village, is as it stands today. What hangs on values and doubts of that day (agreement,
fields filled, duplicates) would want every person folded anew for each day, and is not worked out.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from fieldtool.ports import Progress, no_progress
from fieldtool.records.presence import PRESENCE, SEEN, SIGHTED
from fieldtool.records.work import BACK

Back = Mapping[str, Mapping[str, tuple[int, int]]]
_NEVER = "9999"
_BIRTH_PAPERS = """
    SELECT e.device, substr(e.at, 1, 10), l.person, d.kind IN ('household', 'register') FROM events e
    JOIN documents d ON d.id = e.record AND d.alive JOIN links l ON l.document = d.id
    WHERE e.kind = 'document' AND e.field = 'content' AND e.value <> '' ORDER BY e.device, e.incarnation, e.seq
"""
_TOLD = f"""
    SELECT device, substr(at, 1, 10), id, record, field, value, basis, supersedes FROM events
    WHERE kind = 'person' AND (field = '{PRESENCE}' OR field LIKE '{SIGHTED}%') ORDER BY device, incarnation, seq
"""


@dataclass(slots=True)
class _Life:
    """A person of today: since when papers know him, and since when he is on the books."""

    village: str
    known: str = _NEVER
    on_books: str = _NEVER


@dataclass(frozen=True, slots=True)
class _Word:
    """Something told or seen of a person, at the day it was recorded."""

    recorded: str
    id: str
    register: tuple[str, str]
    value: str
    day: str
    supersedes: tuple[str, ...]


class _Standing:
    """What stood of each register as the days pass; an event that came before the one it yields to is gone too."""

    def __init__(self) -> None:
        self.live: dict[str, dict[str, dict[str, tuple[str, str]]]] = {}
        self._gone: set[tuple[tuple[str, str], str]] = set()

    def take(self, word: _Word) -> None:
        """Let one more event count."""
        person, field = word.register
        standing = self.live.setdefault(person, {}).setdefault(field, {})
        for old in word.supersedes:
            self._gone.add((word.register, old))
            standing.pop(old, None)
        if word.value and (word.register, word.id) not in self._gone:
            standing[word.id] = (word.day, word.value)

    def of(self, person: str) -> tuple[str, str, bool]:
        """State, day it was told, and whether a paper of his was seen."""
        registers = self.live.get(person)
        if registers is None:
            return "", "", False
        day, state, papers = "", "", False
        for field, standing in registers.items():
            if not standing:
                continue
            shown = max((item[0], id, item[1]) for id, item in standing.items())
            if field == PRESENCE:
                day, state = shown[0], shown[2]
            else:
                papers = papers or shown[2] in SEEN
        return state, day, papers


def counted_back(database: Database, days: Sequence[str], progress: Progress = no_progress) -> dict[str, Back]:
    """Day → village → code of `records.work.BACK` → (count, of); days on which nobody was known are left out."""
    progress(0, len(days), "read")
    lives, words = _lives(database), sorted(_words(database), key=lambda word: word.recorded)
    standing, found, place = _Standing(), dict[str, Back](), 0
    for done, day in enumerate(sorted(days)):
        progress(done, len(days), "weigh")
        while place < len(words) and words[place].recorded <= day:
            standing.take(words[place])
            place += 1
        counts = _count(lives, standing, day)
        if counts:
            found[day] = counts
    return found


def _lives(database: Database) -> dict[str, _Life]:
    lives = {id: _Life(village) for id, village in database.execute("SELECT id, village FROM persons")}
    latest: dict[str, str] = {}
    for device, at, person, book in database.execute(_BIRTH_PAPERS):
        day = latest[device] = max(latest.get(device, ""), at)  # a clock set back does not make a paper older
        life = lives.get(person)
        if life is not None:
            life.known = min(life.known, day)
            life.on_books = min(life.on_books, day) if book else life.on_books
    return lives


def _words(database: Database) -> Iterator[_Word]:
    latest: dict[str, str] = {}
    for device, at, id, person, field, value, basis, supersedes in database.execute(_TOLD):
        data = json.loads(basis) if basis else {}
        day = str(data.get("day", "")) if isinstance(data, dict) else ""
        latest[device] = recorded = max(latest.get(device, ""), at, day)
        yield _Word(recorded, id, (person, field), value, day, tuple(supersedes.split()))


def _count(lives: Mapping[str, _Life], standing: _Standing, day: str) -> Back:
    today = datetime.date.fromisoformat(day)
    day90, day180 = ((today - datetime.timedelta(days=span)).isoformat() for span in (90, 180))
    totals: dict[str, list[int]] = {}
    for person, life in lives.items():
        if life.known > day:
            continue
        state, told, papers = standing.of(person)
        here, books = state not in ("moved", "died", "unknown"), life.on_books <= day
        total = totals.setdefault(life.village, [0] * (2 * len(BACK)))
        marks = (
            (bool(state), True),
            (told >= day90, here),
            (told >= day180, here),
            (papers, here),
            (bool(state) and here, books and state not in ("moved", "died")),
            (state == "unknown", books),
            (not books, bool(state) and here),
        )
        for number, (counts, among) in enumerate(marks):
            if among:
                total[2 * number + 1] += 1
                total[2 * number] += counts
    return {
        village: {code: (total[2 * number], total[2 * number + 1]) for number, code in enumerate(BACK)}
        for village, total in totals.items()
    }
