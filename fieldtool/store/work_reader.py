"""The read side of field work: visits, states of members, tasks, cases, plans and facts, from their projections."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from fieldtool.ports import Progress, no_progress
from fieldtool.records.documents import Document
from fieldtool.records.presence import Presence
from fieldtool.records.work import (
    CLOCK_AFTER,
    CaseNote,
    FactLine,
    PlanNote,
    PresenceNote,
    SharedNumber,
    TaskLine,
    VisitNote,
)
from fieldtool.store import figures
from fieldtool.store.figures_back import counted_back
from fieldtool.store.load_persons import load_documents
from fieldtool.store.rows import WHOSE, chunks, marks
from fieldtool.store.week_done import done_counts, done_rows

_VISIT = "id, household, village, day, at, result, met, next_day, next_time, came, note, author"
_CASE = (
    "c.id, c.kind, coalesce(p.id, c.person),"
    " coalesce(p.name, CASE c.person WHEN '' THEN (SELECT head FROM households WHERE id = c.household) END, ''),"
    " coalesce(nullif(c.household, ''), p.household, ''),"
    " coalesce(nullif(c.village, ''), p.village, ''), c.state, c.owner, c.opened, c.due, c.closed, c.states,"
    " c.details, c.checks"
)
_OF_HIM = "p.dob, f.born, f.sex, f.card, f.issued, f.expiry, coalesce(e.state, ''), p.papers, f.missing, f.faults"
_FACT = f"p.id, p.name, p.village, coalesce(v.name, ''), p.household, {_OF_HIM}"
_MET = "EXISTS (SELECT 1 FROM visits v WHERE v.household = h.id AND v.result <> 'not_home')"
_TASKS = f"""
    SELECT h.id, h.head, h.book, h.village, coalesce(w.hamlet, ''), coalesce(w.place, 0), h.members,
      coalesce(u.unmet, 0), coalesce(d.doubts, 0), coalesce(c.cases, 0),
      coalesce(last.day, ''), coalesce(last.result, ''), coalesce(last.next_day, ''), coalesce(last.next_time, ''),
      coalesce(n.attempts, 0)
    FROM households h LEFT JOIN house_places w ON w.household = h.id
    LEFT JOIN (SELECT p.household, count(*) AS unmet FROM persons p LEFT JOIN presence e ON e.person = p.id
               WHERE p.village = :village AND (e.person IS NULL OR (e.day < :since
                     AND e.state NOT IN ('moved', 'died'))) GROUP BY p.household) u ON u.household = h.id
    LEFT JOIN (SELECT household, count(*) AS doubts FROM doubts WHERE village = :village AND kind <> 'spelling'
               GROUP BY household) d ON d.household = h.id
    LEFT JOIN (SELECT coalesce(nullif(c.household, ''), q.household) AS house, count(*) AS cases FROM cases c
               LEFT JOIN persons q ON q.id = {WHOSE} WHERE c.closed = '' GROUP BY house) c ON c.house = h.id
    LEFT JOIN (SELECT household, count(*) AS attempts FROM visits WHERE result = 'not_home' AND day >= :since
               GROUP BY household) n ON n.household = h.id
    LEFT JOIN visits last ON last.id = (SELECT id FROM visits x WHERE x.household = h.id
               ORDER BY x.day DESC, x.at DESC, x.id DESC LIMIT 1)
    WHERE h.village = :village
    ORDER BY coalesce(w.hamlet, ''), coalesce(w.place, 0) = 0, coalesce(w.place, 0), h.book, h.id
"""


class SqlFieldWork:
    """The FieldWork of an open home; see ports.FieldWork."""

    def __init__(self, database: Database, path: Path) -> None:
        self._database = database
        self._path = path
        self._latest: dict[str, tuple[int, str]] = {}
        self._floor = 0

    def presences(self, persons: Iterable[str]) -> Mapping[str, PresenceNote]:
        """The states told of these persons."""
        found: dict[str, PresenceNote] = {}
        for part in chunks(persons):
            for row in self._database.execute(
                "SELECT person, state, day, said_by, answers, visit, events, divided FROM presence"
                f" WHERE person IN ({marks(part)})",
                part,
            ):
                state = next((item for item in Presence if item.value == row[1]), None)
                events, divided = tuple(row[6].split()), tuple(row[7].split())
                found[row[0]] = PresenceNote(row[0], state, row[2], row[3], json.loads(row[4]), row[5], events, divided)
        return found

    def sightings(self, persons: Iterable[str]) -> Mapping[str, Mapping[str, str]]:
        """How the papers of these persons were seen last: person → kind → sighting."""
        found: dict[str, dict[str, str]] = {}
        for part in chunks(persons):
            for person, paper, seen in self._database.execute(
                f"SELECT person, paper, seen FROM sightings WHERE person IN ({marks(part)})", part
            ):
                found.setdefault(person, {})[paper] = seen
        return found

    def visits(self, household: str = "", village: str = "", since: str = "", limit: int = 200) -> list[VisitNote]:
        """Visits, the newest first."""
        wanted = [(name, text) for name, text in (("household", household), ("village", village)) if text]
        where = " AND ".join([*(f"{name} = ?" for name, _ in wanted), "day >= ?"])
        rows = self._database.execute(
            f"SELECT {_VISIT} FROM visits WHERE {where} ORDER BY day DESC, at DESC, id DESC LIMIT ?",
            (*(text for _, text in wanted), since, limit),
        )
        return [VisitNote(*row) for row in rows]

    def tasks(self, village: str, since: str) -> list[TaskLine]:
        """Every household of a village by hamlet and path, with what is open in it; members not spoken of since a
        day count as unmet."""
        rows = self._database.execute(_TASKS, {"village": village, "since": since})
        return [TaskLine(*row) for row in rows]

    def cases(
        self,
        kind: str = "",
        village: str = "",
        owner: str = "",
        person: str = "",
        household: str = "",
        *,
        closed: bool = False,
        limit: int = 100_000,
    ) -> list[CaseNote]:
        """Open cases (or all), the latest due first to be seen: by due day, those without one last."""
        columns = (("c.kind", kind), ("c.owner", owner), ("coalesce(p.id, c.person)", person))
        wanted = [(name, text) for name, text in columns if text]
        where = [f"{name} = ?" for name, _ in wanted] + ([] if closed else ["c.closed = ''"])
        values = [text for _, text in wanted]
        for text, expression in (
            (village, "coalesce(nullif(c.village, ''), p.village, '')"),
            (household, "coalesce(nullif(c.household, ''), p.household, '')"),
        ):
            if text:
                where.append(f"{expression} = ?")
                values.append(text)
        rows = self._database.execute(
            f"SELECT {_CASE} FROM cases c LEFT JOIN persons p ON p.id = {WHOSE} WHERE {' AND '.join(where) or '1'}"
            " ORDER BY c.due = '', c.due, c.opened, c.id LIMIT ?",
            (*values, limit),
        )
        return [_case(row) for row in rows]

    def case(self, id: str) -> CaseNote | None:
        """One case."""
        row = self._database.execute(
            f"SELECT {_CASE} FROM cases c LEFT JOIN persons p ON p.id = {WHOSE} WHERE c.id = ?", (id,)
        ).fetchone()
        return _case(row) if row else None

    def plans(self, village: str = "", since: str = "") -> list[PlanNote]:
        """Plans, the newest day first."""
        where, values = ("AND village = ?", [village]) if village else ("", [])
        rows = self._database.execute(
            f"SELECT id, village, day, helpers, households, note FROM plans WHERE day >= ? {where}"
            " ORDER BY day DESC, village, id",
            (since, *values),
        )
        return [PlanNote(*(*row[:3], tuple(json.loads(row[3])), tuple(json.loads(row[4])), row[5])) for row in rows]

    def facts(self, village: str = "") -> list[FactLine]:
        """What lists of cards and births need, of a village or of all."""
        return self._facts("WHERE p.village = ?", [village]) if village else self._facts("", [])

    def facts_of(self, persons: Sequence[str]) -> list[FactLine]:
        """The same of these persons."""
        return self._facts("WHERE p.id IN (SELECT value FROM json_each(?))", [json.dumps(list(persons))])

    def _facts(self, where: str, values: Sequence[object]) -> list[FactLine]:
        rows = self._database.execute(
            f"SELECT {_FACT} FROM facts f JOIN persons p ON p.id = f.person LEFT JOIN presence e ON e.person = p.id"
            f" LEFT JOIN villages v ON v.id = p.village {where} ORDER BY v.sort, p.village, p.sort, p.id",
            values,
        )
        return [_fact(row) for row in rows]

    def shared_numbers(self, village: str = "") -> list[SharedNumber]:
        """Numbers of more than one person, and persons of two 12-digit numbers; those that touch a village."""
        rows = self._database.execute(
            "SELECT b.number, p.id, p.name, p.village FROM bearers b JOIN persons p ON p.id = b.person"
            " WHERE b.number IN (SELECT number FROM bearers GROUP BY number HAVING count(*) > 1)"
            " ORDER BY b.number, p.id"
        )
        found: dict[str, list[Any]] = {}
        for row in rows:
            found.setdefault(row[0], []).append(row)
        two = self._database.execute(
            "SELECT group_concat(b.number, ' '), p.id, p.name, p.village FROM bearers b JOIN persons p"
            " ON p.id = b.person WHERE length(b.number) = 12 GROUP BY b.person HAVING count(*) > 1 ORDER BY p.id"
        ).fetchall()
        groups = [*found.items(), *((row[0], [row]) for row in two)]
        return [
            SharedNumber(number, tuple(m[1] for m in held), tuple(m[2] for m in held), held[0][3])
            for number, held in groups
            if not village or village in {m[3] for m in held}
        ]

    def entered(self, batch: str) -> list[Document]:
        """The documents of a clerk's batch that are not withdrawn, in the order they were typed."""
        where = "d.id IN (SELECT document FROM document_imports WHERE import = ?) ORDER BY d.arrival"
        return [document for document, _, _ in load_documents(self._database, where, (batch,))]

    def count_figures(self, day: str, village: str = "") -> Mapping[str, Mapping[str, tuple[int, int]]]:
        """Figures by village: code → (count, of). See store.figures for what each counts."""
        return figures.counted(self._database, day, village)

    def count_back(
        self, days: Sequence[str], progress: Progress = no_progress
    ) -> Mapping[str, Mapping[str, Mapping[str, tuple[int, int]]]]:
        """Figures of days gone by. See store.figures_back for what each counts."""
        return counted_back(self._database, days, progress)

    def list_figure(self, code: str, day: str, village: str = "", *, rest: bool = False) -> list[FactLine]:
        """The persons behind a figure's count, or with `rest` those of its denominator who are not in the count."""
        rows = figures.listed(self._database, code, day, village, rest, _FACT)
        return [_fact(row) for row in rows]

    def lags(self, since: str, village: str = "") -> list[tuple[str, str, str, Mapping[str, str]]]:
        """Person, state, day told and answers of what happened to people: births, deaths, moves told since a day."""
        where, values = ("AND p.village = ?", [village]) if village else ("", [])
        rows = self._database.execute(
            "SELECT p.id, e.state, e.day, e.answers, f.born FROM presence e JOIN persons p ON p.id = e.person"
            " JOIN facts f ON f.person = p.id"
            f" WHERE e.state IN ('born', 'died', 'moved', 'married_in') AND e.day >= ? {where}",
            (since, *values),
        )
        return [(*row[:3], {"born": row[4], **json.loads(row[3])}) for row in rows]

    def house_places(self, households: Sequence[str]) -> Mapping[str, tuple[str, int]]:
        """Hamlet and place on the path, of the houses that have one."""
        found: dict[str, tuple[str, int]] = {}
        for part in chunks(households):
            rows = self._database.execute(
                f"SELECT household, hamlet, place FROM house_places WHERE household IN ({marks(part)})", part
            )
            found.update({row[0]: (row[1], row[2]) for row in rows})
        return found

    def done_between(self, first: str, last: str, village: str = "") -> Mapping[str, int]:
        """What was done from one day to another, both counted: visits by result, houses met, states told, cases
        opened and closed by kind, fields decided."""
        return done_counts(self._database, first, last, village)

    def list_done(self, what: str, first: str, last: str, village: str = "") -> list[FactLine]:
        """The lines behind one of these counts, as many as it says; "" stands for what is not known of a person."""
        rows = done_rows(self._database, what, first, last, village, _OF_HIM)
        return [replace(_fact([*row[:5], *(text or "" for text in row[6:])]), about=row[5]) for row in rows]

    def houses(self, village: str = "") -> tuple[int, int]:
        """Households that were ever met at a visit, of all."""
        where, values = ("WHERE h.village = ?", [village]) if village else ("", [])
        row = self._database.execute(
            f"SELECT coalesce(sum({_MET}), 0), count(*) FROM households h {where}", values
        ).fetchone()
        return int(row[0]), int(row[1])

    def heads(self, village: str = "", *, met: bool) -> list[FactLine]:
        """The first member of each household that was ever met, or never was."""
        where, values = ("AND h.village = ?", [village]) if village else ("", [])
        rows = self._database.execute(
            f"SELECT {_FACT} FROM households h JOIN persons p ON p.id = (SELECT id FROM persons x"
            " WHERE x.household = h.id ORDER BY place_in_house, sort, id LIMIT 1) JOIN facts f ON f.person = p.id"
            " LEFT JOIN presence e ON e.person = p.id LEFT JOIN villages v ON v.id = p.village"
            f" WHERE {_MET} = ? {where} ORDER BY v.sort, h.village, h.book, h.id",
            (met, *values),
        )
        return [_fact(row) for row in rows]

    def last_written(self, device: str) -> str:
        """The latest time that an event of a device bears, "" when there is none: what was written after the clock
        was set back does not move it. Read once, then only what came since; what came before an officer said that the
        clock is right again (usecases/today.py) counts no more."""
        said = self._database.execute("SELECT value FROM settings WHERE name = ?", (CLOCK_AFTER,)).fetchone()
        floor = int(said[0]) if said and said[0] else 0
        if floor != self._floor:
            self._floor = floor
            self._latest.clear()
        arrival, latest = self._latest.get(device, (floor, ""))
        row = self._database.execute(
            "SELECT max(arrival), max(at) FROM events WHERE device = ? AND arrival > ?", (device, arrival)
        ).fetchone()
        if row[0] is not None:
            self._latest[device] = (int(row[0]), max(latest, str(row[1])))
        return self._latest.get(device, (0, ""))[1]

    def last_arrival(self) -> int:
        """The place of the newest event here, 0 for none."""
        return int(self._database.execute("SELECT coalesce(max(arrival), 0) FROM events").fetchone()[0])


def _case(row: Any) -> CaseNote:
    return CaseNote(*(*row[:11], tuple(row[11].split()), _details(row[12]), _details(row[13])))


def _details(text: str) -> Mapping[str, str]:
    """Most cases of a commune, ten thousands with every account to be opened, have none yet."""
    found: Mapping[str, str] = {} if text == "{}" else json.loads(text)
    return found


def _fact(row: Any) -> FactLine:
    return FactLine(*(*row[:12], *(tuple(text.split()) for text in row[12:15])))
