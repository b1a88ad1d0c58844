"""Tables behind the doubts that no single person raises: holders of numbers, kin, standings, proposals.

Kept by the projector, inside its transaction; what they say depends on the set of events alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from sqlite_utils import Database

from fieldtool.conflicts.families import Kin, family_findings
from fieldtool.conflicts.findings import Holder, family_doubts, shared_doubt
from fieldtool.records.doubts import Standing
from fieldtool.records.events import Event
from fieldtool.store.person_fold import Row, doubt_row
from fieldtool.store.rows import chunks, marks

_ORDER = [str(item) for item in Standing]
Key = tuple[str, str]  # id and kind of a doubt


class _Watched:
    """Which doubts stood before, as far as they were touched since, and which were put and not taken out again."""

    def __init__(self) -> None:
        self.stood: set[Key] = set()
        self.came: set[Key] = set()

    def stand(self, keys: Iterable[Key]) -> None:
        """Doubts that are in the table now."""
        self.stood.update(key for key in keys if key not in self.came)


class FindingTables:
    """Writes the tables; one for each projector."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._watched: _Watched | None = None

    def watch(self) -> None:
        """Remember from now on which doubts go and come."""
        self._watched = _Watched()

    def raised(self) -> set[Key]:
        """The doubts that stand now and did not when the watch began, which ends."""
        watched, self._watched = self._watched or _Watched(), None
        return watched.came - watched.stood

    def drop(self, where: str, values: list[str]) -> None:
        """Take lines of the queue out."""
        if self._watched is not None:
            standing = self._database.execute(f"SELECT id, kind FROM doubts WHERE {where}", values).fetchall()
            self._watched.stand(standing)
            self._watched.came.difference_update(standing)
        self._database.execute(f"DELETE FROM doubts WHERE {where}", values)

    def put(self, rows: Iterable[Row]) -> None:
        """Add lines of the queue, as `doubt_row` makes them."""
        rows = list(rows)
        if self._watched is not None:
            for part in chunks({str(row[0]) for row in rows}):  # another person's or household's until now
                self._watched.stand(
                    self._database.execute(f"SELECT id, kind FROM doubts WHERE id IN ({marks(part)})", part).fetchall()
                )
            self._watched.came.update((str(row[0]), str(row[2])) for row in rows)
        self._database.conn.executemany(f"INSERT OR REPLACE INTO doubts VALUES ({marks(range(13))})", rows)

    def numbers_of(self, persons: list[str]) -> set[str]:
        """The numbers that some persons are known to hold."""
        rows = self._database.execute(
            f"SELECT DISTINCT digits FROM holders WHERE person IN ({marks(persons)})", persons
        )
        return {row[0] for row in rows}

    def keep_persons(self, ids: list[str], holders: list[Row], kin: list[Row]) -> None:
        """Put what the persons of some ids hold and are in place of what was kept of them."""
        for table in ("holders", "kin"):
            self._database.execute(f"DELETE FROM {table} WHERE person IN ({marks(ids)})", ids)
        self._database.conn.executemany("INSERT INTO holders VALUES (?, ?, ?)", holders)
        self._database.conn.executemany("INSERT INTO kin VALUES (?, ?, ?, ?, ?)", kin)

    def shared(self, numbers: set[str]) -> None:
        """Bring the doubts of numbers up to date; a number with one holder has none."""
        for part in chunks(numbers):
            ids = [f"number:{digits}" for digits in part]
            self.drop(f"kind = 'number' AND id IN ({marks(ids)})", ids)
            rows = self._database.execute(
                "SELECT h.digits, h.field, p.id, p.name, p.village, p.household FROM holders h"
                f" JOIN persons p ON p.id = h.person WHERE h.digits IN ({marks(part)}) ORDER BY h.digits, p.id",
                part,
            )
            holders: dict[str, list[Holder]] = {}
            fields: dict[str, str] = {}
            for digits, field, *own in rows:
                holders.setdefault(digits, []).append(Holder(*own))
                fields[digits] = min(field, fields.get(digits, field))
            found = [shared_doubt(digits, fields[digits], people) for digits, people in holders.items()]
            self.put([doubt_row(doubt) for doubt in found if doubt is not None])

    def families(self, houses: list[str]) -> None:
        """Bring the doubts of households up to date."""
        self.drop(f"kind = 'family' AND household IN ({marks(houses)})", houses)
        rows = self._database.execute(
            "SELECT p.household, p.village, p.id, p.name, p.dob, p.sex, k.relation, k.father, k.mother, p.papers,"
            f" k.dead FROM persons p JOIN kin k ON k.person = p.id WHERE p.household IN ({marks(houses)})"
            " ORDER BY p.id",
            houses,
        )
        members: dict[str, list[Kin]] = {}
        people: dict[str, Holder] = {}
        for house, village, id, name, dob, sex, relation, father, mother, papers, dead in rows:
            kin = Kin(id, name, dob, sex, relation, father, mother, frozenset(papers.split()), dead)
            members.setdefault(house, []).append(kin)
            people[id] = Holder(id, name, village, house)
        for kept in members.values():
            self.put(map(doubt_row, family_doubts(family_findings(kept), people)))

    def standings(self, ids: list[str], live: Mapping[str, list[Event]]) -> None:
        """What officers said of doubts. Two who differ: what asks for more is kept."""
        self._database.execute(f"DELETE FROM standings WHERE doubt IN ({marks(ids)})", ids)
        rows = []
        for doubt, events in live.items():
            said = [event for event in events if event.value in _ORDER]
            if said:
                event = min(said, key=lambda event: (_ORDER.index(event.value), event.id))
                basis = json.loads(event.basis) if event.basis else {}
                texts = [str(basis.get(name, "")) for name in ("seen", "until", "note", "paper")]
                rows.append((doubt, event.value, *texts, event.author, event.at, event.id))
        self._database.conn.executemany("INSERT INTO standings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def proposals(self, pairs: list[str], live: Mapping[str, list[Event]]) -> None:
        """Merges that wait for a second officer."""
        self._database.execute(f"DELETE FROM proposals WHERE pair IN ({marks(pairs)})", pairs)
        rows = []
        for pair, events in live.items():
            open_ones = [event for event in events if event.value == "same"]
            if open_ones:
                first = min(open_ones, key=lambda event: event.id)
                rows.append((pair, first.author, first.at, first.id))
        self._database.conn.executemany("INSERT INTO proposals VALUES (?, ?, ?, ?)", rows)
