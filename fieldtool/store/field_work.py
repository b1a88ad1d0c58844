"""Folds the events of field work into their tables: presence, papers seen, visits, cases, plans, places of houses.

As with every projection, what a table says depends on the set of events alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlite_utils import Database

from fieldtool.records.casebook import book
from fieldtool.records.casebook.machine import Machine
from fieldtool.records.events import CONTENT, STATE, UNDONE, Event, RecordKind
from fieldtool.records.presence import PRESENCE, SIGHTED
from fieldtool.records.visits import from_text
from fieldtool.store.rows import COLUMNS, LIVE, chunks, from_row, marks

WORK_KINDS = frozenset({RecordKind.PERSON, RecordKind.VISIT, RecordKind.CASE, RecordKind.PLAN, RecordKind.HOUSEHOLD})
Registers = dict[str, list[Event]]


def project_work(database: Database, touched: Iterable[tuple[str, str]]) -> None:
    """Bring the tables of field work up to date with the records that were written."""
    by_kind: dict[str, set[str]] = {}
    for kind, record in touched:
        by_kind.setdefault(kind, set()).add(record)
    for kind, fold in _FOLDS.items():
        for part in chunks(by_kind.get(kind, ())):
            fold(database, part, _live(database, kind, part))


def _live(database: Database, kind: str, records: list[str]) -> dict[str, Registers]:
    """The live events of some records: record → field → events."""
    rows = database.execute(
        f"SELECT {COLUMNS} FROM events WHERE kind = ? AND record IN ({marks(records)}) AND {LIVE} ORDER BY id",
        (kind, *records),
    )
    found: dict[str, Registers] = {}
    for row in rows:
        event = from_row(row)
        if event.value:
            found.setdefault(event.record, {}).setdefault(event.field, []).append(event)
    return found


def _basis(event: Event) -> dict[str, Any]:
    data = json.loads(event.basis) if event.basis else {}
    return data if isinstance(data, dict) else {}


def _newest(events: list[Event], day: str = "day") -> Event:
    """The event that is shown of several: the latest day told, then the greatest id. Both stay in the register."""
    return max(events, key=lambda event: (str(_basis(event).get(day, "")), event.id))


def _presence(database: Database, ids: list[str], live: dict[str, Registers]) -> None:
    database.execute(f"DELETE FROM presence WHERE person IN ({marks(ids)})", ids)
    database.execute(f"DELETE FROM sightings WHERE person IN ({marks(ids)})", ids)
    told, seen = [], []
    for person, registers in live.items():
        for field, events in registers.items():
            if field == PRESENCE:
                told.append(_presence_row(person, events))
            elif field.startswith(SIGHTED):
                shown = _newest(events)
                seen.append((person, field.removeprefix(SIGHTED), shown.value, str(_basis(shown).get("day", ""))))
    database.conn.executemany(f"INSERT INTO presence VALUES ({', '.join('?' * 8)})", told)
    database.conn.executemany("INSERT INTO sightings VALUES (?, ?, ?, ?)", seen)


def _presence_row(person: str, events: list[Event]) -> tuple[object, ...]:
    shown = _newest(events)
    basis = _basis(shown)
    states = sorted({event.value for event in events})
    return (
        person,
        shown.value,
        str(basis.get("day", "")),
        str(basis.get("said_by", "")),
        json.dumps(basis.get("answers", {}), ensure_ascii=False, sort_keys=True),
        str(basis.get("visit", "")),
        " ".join(event.id for event in events),
        " ".join(states) if len(states) > 1 else "",
    )


def _visits(database: Database, ids: list[str], live: dict[str, Registers]) -> None:
    database.execute(f"DELETE FROM visits WHERE id IN ({marks(ids)})", ids)
    rows = []
    for id, registers in live.items():
        undone = any(event.value == UNDONE for event in registers.get(STATE, ()))
        if undone or CONTENT not in registers:
            continue
        event = max(registers[CONTENT], key=lambda event: event.id)
        sheet = from_text(event.value)
        rows.append(
            (
                id, sheet.household, sheet.village, sheet.day, event.at, str(sheet.result), sheet.met, sheet.next_day,
                str(sheet.next_time), str(sheet.came), sheet.note, event.author,
            )
        )  # fmt: skip
    database.conn.executemany(f"INSERT INTO visits VALUES ({', '.join('?' * 12)})", rows)


def _cases(database: Database, ids: list[str], live: dict[str, Registers]) -> None:
    database.execute(f"DELETE FROM cases WHERE id IN ({marks(ids)})", ids)
    rows = [row for id, registers in live.items() if (row := _case_row(id, registers)) is not None]
    database.conn.executemany(f"INSERT INTO cases VALUES ({', '.join('?' * 13)})", rows)


def _case_row(id: str, registers: Registers) -> tuple[object, ...] | None:
    if book.OPENED not in registers:
        return None
    # Opened apart on two machines: the earlier day counts, lest a clock run longer than it may.
    opened = min(registers[book.OPENED], key=lambda event: (str(_basis(event).get("day", "")), event.id))
    data = json.loads(opened.value)
    machine = book.MACHINES.get(str(data["kind"]))
    if machine is None:
        return None  # a kind that a newer program knows
    moved = registers.get(book.STATE, [])
    states = tuple(sorted({event.value for event in moved})) or (machine.first,)
    state = machine.least(states)
    return (
        id,
        machine.kind,
        str(data.get("person", "")),
        str(data.get("household", "")),
        opened.village,
        state,
        " ".join(states) if len(states) > 1 else "",
        _shown(registers, book.OWNER),
        str(_basis(opened).get("day", "")),
        min((event.value for event in registers.get(book.DUE, ())), default=""),
        _closing_day(machine, state, moved),
        _named(registers, book.DETAIL),
        _named(registers, book.CHECK),
    )


def _shown(registers: Registers, field: str) -> str:
    return _newest(registers[field]).value if field in registers else ""


def _closing_day(machine: Machine, state: str, moved: list[Event]) -> str:
    if state not in machine.ends:
        return ""
    days = [str(_basis(event).get("day", "")) for event in moved if event.value == state]
    return max(days, default="") or "?"


def _named(registers: Registers, prefix: str) -> str:
    found = {field.removeprefix(prefix): _shown(registers, field) for field in registers if field.startswith(prefix)}
    return json.dumps(found, ensure_ascii=False, sort_keys=True)


def _plans(database: Database, ids: list[str], live: dict[str, Registers]) -> None:
    database.execute(f"DELETE FROM plans WHERE id IN ({marks(ids)})", ids)
    rows = []
    for id, registers in live.items():
        undone = any(event.value == UNDONE for event in registers.get(STATE, ()))
        if CONTENT in registers and not undone:
            data = json.loads(max(registers[CONTENT], key=lambda event: event.id).value)
            lists = [json.dumps(data.get(name, []), ensure_ascii=False) for name in ("helpers", "households")]
            rows.append((id, str(data["village"]), str(data["day"]), *lists, str(data.get("note", ""))))
    database.conn.executemany("INSERT INTO plans VALUES (?, ?, ?, ?, ?, ?)", rows)


def _house_places(database: Database, ids: list[str], live: dict[str, Registers]) -> None:
    database.execute(f"DELETE FROM house_places WHERE household IN ({marks(ids)})", ids)
    rows = []
    for id, registers in live.items():
        if "path" in registers:
            data = json.loads(max(registers["path"], key=lambda event: event.id).value)
            rows.append((id, str(data.get("hamlet", "")), int(data.get("place", 0))))
    database.conn.executemany("INSERT INTO house_places VALUES (?, ?, ?)", rows)


_FOLDS = {
    RecordKind.PERSON: _presence,
    RecordKind.VISIT: _visits,
    RecordKind.CASE: _cases,
    RecordKind.PLAN: _plans,
    RecordKind.HOUSEHOLD: _house_places,
}
