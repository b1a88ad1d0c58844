"""Tables that screens read, folded from events: incrementally at each append, or all anew.

What a table says depends on the set of events alone, never on the order in which they came; `check` rebuilds and
compares.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from fieldtool.ports import Progress, no_progress
from fieldtool.records.documents import plain_payload
from fieldtool.records.events import (
    CONTENT,
    LINK,
    PROPOSAL,
    STANDING,
    STATE,
    SUMMARY,
    UNDONE,
    VERDICT,
    Event,
    RecordKind,
)
from fieldtool.records.persons import DoubtKind
from fieldtool.records.vietnamese import sort_key
from fieldtool.store.extract_houses import houses_of_papers, persons_beside
from fieldtool.store.field_work import WORK_KINDS, project_work
from fieldtool.store.finding_tables import FindingTables
from fieldtool.store.fold_helper import Folding, folding
from fieldtool.store.foresight import Foresight
from fieldtool.store.held_numbers import replace_held
from fieldtool.store.knowledge import learn
from fieldtool.store.load_persons import load_told
from fieldtool.store.migrations import PROJECTIONS
from fieldtool.store.paper_index import forget_index
from fieldtool.store.person_fold import FoldedPersons, Told
from fieldtool.store.rows import COLUMNS, LIVE, chunks, from_row, marks

# Moves whenever a rule that folds events into tables changes, in `conflicts` too; homes are then folded anew.
FOLD = "73"
# The basis of a link as the matcher writes it.
_NUMBER, _REASON = r"-?[0-9]+\.[0-9]+", r'\["[a-z_0-9]*","[a-z_0-9]*",-?[0-9]+\.[0-9]+\]'
_PLAIN_BASIS = re.compile(
    rf'\{{"band":"([a-z]+)","model":"[0-9a-f]*","reasons":\[(?:{_REASON}(?:,{_REASON})*)?\],"weight":{_NUMBER}\}}'
)


_DOCUMENT = str(RecordKind.DOCUMENT)  # nearly all that comes, and a plain text is compared in a third of the time


@dataclass(slots=True)
class Touched:
    """The registers that new events wrote."""

    contents: set[str] = dataclasses.field(default_factory=set)
    links: set[str] = dataclasses.field(default_factory=set)
    persons: set[str] = dataclasses.field(default_factory=set)
    imports: set[str] = dataclasses.field(default_factory=set)
    villages: set[str] = dataclasses.field(default_factory=set)
    pairs: set[str] = dataclasses.field(default_factory=set)
    doubts: set[str] = dataclasses.field(default_factory=set)
    knowledge: bool = False  # what officers know beyond the tables
    work: set[tuple[str, str]] = dataclasses.field(default_factory=set)

    def add(self, event: Event) -> None:
        """Remember what an event wrote; kinds that no table shows are kept in the log alone."""
        kind = event.kind
        if kind == _DOCUMENT:
            if event.field == CONTENT:
                self.contents.add(event.record)
            elif event.field == LINK:
                self.links.add(event.record)
            return
        if kind in WORK_KINDS:
            self.work.add((kind, event.record))
        if kind == RecordKind.PERSON:
            self.persons.add(event.record)
        elif kind == RecordKind.IMPORT and event.field != SUMMARY:
            self.imports.add(event.record)
        elif kind == RecordKind.VILLAGE:
            self.villages.add(event.record)
        elif kind == RecordKind.PAIR:
            self.pairs.add(event.record)
        elif kind == RecordKind.DOUBT:
            self.doubts.add(event.record)
        elif kind in (RecordKind.PLACE, RecordKind.SURNAME):
            self.knowledge = True


class Projector:
    """Keeps the projections of one open home; always inside the caller's transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._findings = FindingTables(database)
        self._ready: Folding | None = None
        self._foresight: Foresight | None = None

    @contextmanager
    def ready(self, count: int) -> Iterator[Callable[[Mapping[str, str]], None]]:
        """Within the block, so many papers and persons are about to be projected: what folds them is begun at once.
        It gives what may be told of links to come, document → person."""
        with folding(count) as fold:
            self._ready = fold

            def foresee(placed: Mapping[str, str]) -> None:
                self._foresight = Foresight(self._database, fold, placed)

            try:
                yield foresee
            finally:
                self._ready = self._foresight = None

    def rebuild(self, progress: Progress = no_progress) -> None:
        """Throw every projection away and fold it anew from the events."""
        for name in PROJECTIONS:
            self._database.execute(f"DELETE FROM {name}")
        for name in ("person_words", "person_numbers"):
            self._database.execute(f"INSERT INTO {name} ({name}) VALUES ('rebuild')")
        forget_index(self._database)
        touched = Touched()
        for kind, record, field in self._database.execute("SELECT DISTINCT kind, record, field FROM events"):
            touched.add(_Written(kind, record, field))  # type: ignore[arg-type]
        self.project(touched, progress)

    def raised(self, touched: Touched, progress: Progress = no_progress) -> int:
        """As `project`; how many doubts stand then that did not stand before, harmless spellings apart."""
        self._findings.watch()
        try:
            self.project(touched, progress)
        finally:
            raised = self._findings.raised()
        return sum(kind != DoubtKind.SPELLING for _, kind in raised)

    def project(
        self, touched: Touched, progress: Progress = no_progress, beside: Callable[[], None] | None = None
    ) -> None:
        """Bring the tables up to date with the registers that were written; `beside` writes what no projection is, and
        reads none, while persons are folded."""
        learn(self._database)
        self._imports(touched)
        try:
            self._fold_registers(touched, progress, beside)
        except BaseException:
            if self._ready is not None:
                self._ready.give_up()
            raise
        finally:
            self._foresight = None  # it was of this append
        project_work(self._database, touched.work)

    def _fold_registers(self, touched: Touched, progress: Progress, beside: Callable[[], None] | None) -> None:
        contents = sorted(touched.contents)  # once: what is in order already is sorted again for nothing
        stood = houses_of_papers(self._database, sorted({*contents, *touched.links}) if touched.links else contents)
        self._contents(contents)
        persons = set(touched.persons)
        persons |= self._linked(contents)
        persons |= self._links(touched.links)
        self._villages(touched.villages)
        self._pairs(touched.pairs)
        self._said(touched)
        if touched.knowledge:  # names and places of anybody may be read otherwise now
            persons |= {row[0] for row in self._database.execute("SELECT id FROM persons")}
            forget_index(self._database)
        persons |= persons_beside(self._database, persons, stood)
        houses: set[str] = set()
        with folding(len(persons)) if self._ready is None else nullcontext(self._ready) as fold:
            done = 0
            # What is told lies in tables that are written above: reading ahead of the writing reads the same.
            told = map(self._told, chunks(persons))
            for part, rows in zip(chunks(persons), fold.folded(told, beside), strict=True):
                progress(done, len(persons), "project")
                houses |= self._persons(part, rows)
                done += len(part)
        for part in chunks(houses):
            self._households(part)
            self._findings.families(part)

    def _told(self, persons: list[str]) -> Told:
        foreseen = self._foresight.told(persons) if self._foresight is not None else None
        return foreseen or load_told(self._database, persons)

    def _live_columns(self, columns: str, kind: str, field: str, records: list[str]) -> Iterable[tuple[Any, ...]]:
        """The record and some columns of the live events of some registers, by the events' ids."""
        rows: Iterable[tuple[Any, ...]] = self._database.execute(
            f"SELECT record, {columns} FROM events WHERE kind = ? AND field = ? AND record IN ({marks(records)})"
            f" AND {LIVE} ORDER BY id",
            (kind, field, *records),
        )
        return rows

    def _live(self, kind: str, field: str, records: list[str]) -> dict[str, list[Event]]:
        found: dict[str, list[Event]] = {}
        for row in self._live_columns(COLUMNS, kind, field, records):
            event = from_row(row[1:])
            found.setdefault(event.record, []).append(event)
        return found

    def _imports(self, touched: Touched) -> None:
        for part in chunks(touched.imports):
            self._database.execute(f"DELETE FROM undone_imports WHERE import IN ({marks(part)})", part)
            live = self._live(RecordKind.IMPORT, STATE, part)
            undone = [(name,) for name, events in live.items() if any(event.value == UNDONE for event in events)]
            self._database.conn.executemany("INSERT INTO undone_imports VALUES (?)", undone)
            rows = self._database.execute(
                f"SELECT document FROM document_imports WHERE import IN ({marks(part)})", part
            )
            touched.contents.update(row[0] for row in rows)

    def _contents(self, documents: Iterable[str]) -> None:
        for part in chunks(documents):
            rows = self._database.execute(
                "SELECT record, id, arrival, value, basis FROM events WHERE kind = 'document' AND field = 'content'"
                f" AND record IN ({marks(part)}) AND {LIVE} ORDER BY record, id",
                part,
            ).fetchall()
            named = {basis: str(json.loads(basis).get("import", "")) if basis else "" for basis in {r[4] for r in rows}}
            imports = [(row[0], named[row[4]]) for row in rows]
            undone = self._undone(name for _, name in imports)
            self._database.execute(f"DELETE FROM document_imports WHERE document IN ({marks(part)})", part)
            self._database.conn.executemany("INSERT OR IGNORE INTO document_imports VALUES (?, ?)", imports)
            shown: dict[str, tuple[object, ...]] = {}
            for row, (_, name) in zip(rows, imports, strict=True):
                if not row[3]:
                    continue  # withdrawn: a clerk put another transcription in its place
                alive = name not in undone
                before = shown.get(row[0])
                if before is None or (alive and not before[-1]):
                    household, kind, village = shown_of(row[3])
                    shown[row[0]] = (row[0], row[2], kind, village, household, alive)
            gone = [id for id in part if id not in shown]
            self._database.execute(f"DELETE FROM documents WHERE id IN ({marks(gone)})", gone)
            self._database.conn.executemany(
                "INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?, ?, ?)", list(shown.values())
            )

    def _undone(self, imports: Iterable[str]) -> set[str]:
        wanted = sorted(set(imports))
        rows = self._database.execute(f"SELECT import FROM undone_imports WHERE import IN ({marks(wanted)})", wanted)
        return {row[0] for row in rows}

    def _linked(self, documents: Iterable[str]) -> set[str]:
        found: set[str] = set()
        for part in chunks(documents):
            rows = self._database.execute(f"SELECT person, rivals FROM links WHERE document IN ({marks(part)})", part)
            for person, rivals in rows:
                found |= {person, *rivals.split()}
        return found

    def _links(self, documents: set[str]) -> set[str]:
        touched = self._linked(documents)
        for part in chunks(documents):
            said: dict[str, list[tuple[str, str]]] = {}
            for document, person, basis in self._live_columns("value, basis", RecordKind.DOCUMENT, LINK, part):
                if person:
                    said.setdefault(document, []).append((person, basis))
            rows = []
            for document, links in said.items():
                # Two homes that placed a paper with different persons: the smallest id is shown, a doubt is raised.
                persons = sorted({person for person, _ in links})
                basis = next(basis for person, basis in links if person == persons[0])
                rows.append((document, persons[0], _band_of(basis), " ".join(persons[1:])))
                touched |= set(persons)
            self._database.execute(f"DELETE FROM links WHERE document IN ({marks(part)})", part)
            self._database.conn.executemany("INSERT INTO links VALUES (?, ?, ?, ?)", rows)
        return touched

    def _villages(self, villages: set[str]) -> None:
        for part in chunks(villages):
            self._database.execute(f"DELETE FROM villages WHERE id IN ({marks(part)})", part)
            live = self._live(RecordKind.VILLAGE, "name", part)
            rows = [(id, min(event.value for event in events)) for id, events in live.items()]
            self._database.conn.executemany(
                "INSERT INTO villages VALUES (?, ?, ?)", [(id, name, sort_key(name)) for id, name in rows]
            )

    def _pairs(self, pairs: set[str]) -> None:
        for part in chunks(pairs):
            self._database.execute(f"DELETE FROM verdicts WHERE pair IN ({marks(part)})", part)
            live = self._live(RecordKind.PAIR, VERDICT, part)
            # Two officers who disagree keep two people apart: a duplicate is better than a wrong merge.
            says = [(pair, min((e.value for e in events if e.value), default="")) for pair, events in live.items()]
            self._database.conn.executemany("INSERT INTO verdicts VALUES (?, ?)", [row for row in says if row[1]])

    def _said(self, touched: Touched) -> None:
        for part in chunks(touched.doubts):
            self._findings.standings(part, self._live(RecordKind.DOUBT, STANDING, part))
        for part in chunks(touched.pairs):
            self._findings.proposals(part, self._live(RecordKind.PAIR, PROPOSAL, part))

    def _persons(self, ids: list[str], folded: FoldedPersons) -> set[str]:
        before = self._database.execute(
            f"SELECT number, id, household, folded, marked, numbers FROM persons WHERE id IN ({marks(ids)})", ids
        ).fetchall()
        words, numbers = "person_words", "person_numbers"
        self._database.conn.executemany(
            f"INSERT INTO {words} ({words}, rowid, folded, marked) VALUES ('delete', ?, ?, ?)",
            [(row[0], row[3], row[4]) for row in before],
        )
        self._database.conn.executemany(
            f"INSERT INTO {numbers} ({numbers}, rowid, numbers) VALUES ('delete', ?, ?)",
            [(row[0], row[5]) for row in before],
        )
        self._database.execute(f"DELETE FROM persons WHERE id IN ({marks(ids)})", ids)
        self._findings.drop(f"person IN ({marks(ids)})", ids)
        numbers_before = self._findings.numbers_of(ids)
        kept = {row[1]: row[0] for row in before}
        replace_held(self._database, ids, folded.held)
        rows = [(kept.get(str(row[0])), *row) for row in folded.persons]
        rows.sort(key=lambda row: row[0] is None)  # kept numbers first, lest a new person be given one of them
        self._database.conn.executemany(f"INSERT INTO persons VALUES ({', '.join('?' * 18)})", rows)
        self._findings.put(folded.doubts)
        self._findings.keep_persons(ids, folded.holders, folded.kin)
        self._findings.shared(numbers_before | self._findings.numbers_of(ids))
        self._facts(ids, folded)
        for table, columns in ((words, "folded, marked"), (numbers, "numbers")):
            self._database.execute(
                f"INSERT INTO {table} (rowid, {columns})"
                f" SELECT number, {columns} FROM persons WHERE id IN ({marks(ids)})",
                ids,
            )
        return {row[2] for row in before if row[2]} | folded.houses

    def _facts(self, ids: list[str], folded: FoldedPersons) -> None:
        for table in ("facts", "bearers"):
            self._database.execute(f"DELETE FROM {table} WHERE person IN ({marks(ids)})", ids)
        self._database.conn.executemany(f"INSERT INTO facts VALUES ({', '.join('?' * 13)})", folded.facts)
        self._database.conn.executemany("INSERT OR IGNORE INTO bearers VALUES (?, ?)", folded.bearers)

    def _households(self, ids: list[str]) -> None:
        self._database.execute(f"DELETE FROM households WHERE id IN ({marks(ids)})", ids)
        self._database.execute(
            "INSERT INTO households SELECT household, max(book), coalesce((SELECT name FROM persons h"
            " WHERE h.household = p.household ORDER BY place_in_house, sort, id LIMIT 1), ''),"
            " max(village), count(*), sum(open) FROM persons p"
            f" WHERE household IN ({marks(ids)}) GROUP BY household",
            ids,
        )


def _band_of(basis: str) -> str:
    """The band of a link by its basis. Most are spelt as the matcher spells them, and need no reader of JSON."""
    plain = _PLAIN_BASIS.fullmatch(basis)
    if plain is not None:
        return plain[1]
    band: str = json.loads(basis).get("band", "") if basis else ""
    return band


def shown_of(payload: str) -> tuple[str, str, str]:
    """Household, kind and village of a paper."""
    found = plain_payload(payload)
    if found is None:
        data = json.loads(payload)
        found = data["household"], data["kind"], data["village"]
    return found


@dataclass(frozen=True, slots=True)
class _Written:
    kind: str
    record: str
    field: str
