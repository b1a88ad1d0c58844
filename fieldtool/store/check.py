"""Prove a home: pages, chains, and projections equal to a rebuild.

Finds damage and tampering with single rows. It cannot find that somebody who holds the key wrote the whole chain
anew; for that headquarters holds the heads that travelled in bundles.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from sqlite_utils import Database

from fieldtool.ports import Progress, no_progress
from fieldtool.records.events import FORK, RecordKind, event_hash
from fieldtool.store.connection import DriverError, trouble
from fieldtool.store.log import prove_journal
from fieldtool.store.migrations import PROJECTIONS
from fieldtool.store.projections import Projector
from fieldtool.store.rows import COLUMNS, from_row, gone_by


@dataclass(slots=True)
class CheckReport:
    """Figures by name, and complaints, one line each; no complaint means the home is whole."""

    figures: dict[str, int] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)


class _Undo(Exception):
    """Leaves the trial rebuild by rolling it back."""


def check_store(database: Database, path: Path, projector: Projector, progress: Progress = no_progress) -> CheckReport:
    """Check everything that can be checked without another machine; changes nothing."""
    report = CheckReport()
    with trouble(path):
        progress(0, 4, "check")
        if not _pages(database, report):
            return report
        progress(1, 4, "check")
        _chains(database, report)
        progress(2, 4, "check")
        _journal(database, report)
        progress(3, 4, "rebuild")
        _projections(database, projector, report)
    return report


def _pages(database: Database, report: CheckReport) -> bool:
    # The first check reads the file past the write-ahead log: after a power cut in the middle of a checkpoint it would
    # call pages damaged that the log holds whole.
    database.execute("PRAGMA wal_checkpoint(FULL)").fetchone()
    for pragma in ("cipher_integrity_check", "integrity_check"):
        try:
            lines = [str(row[0]) for row in database.execute(f"PRAGMA {pragma}").fetchall()]
        except DriverError as error:
            lines = [str(error)]
        report.complaints += [f"{pragma}: {line}" for line in lines if line != "ok"]
    return not report.complaints


def _chains(database: Database, report: CheckReport) -> None:
    """Each event's hash is that of its content; where its predecessor is here, the chain joins.

    Of a machine that was cloned, one branch may be here without the event that it follows (it lies in quarantine, or
    was never brought): then an event of the other branch stands at that place, and nothing is broken.
    """
    count = 0
    broken: dict[str, tuple[str, int]] = {}
    gone: set[str] = set()
    before: dict[tuple[str, int, int], set[str]] = {}
    rows = database.execute(f"SELECT {COLUMNS} FROM events ORDER BY device, incarnation, seq")
    for row in rows:
        event = from_row(row)
        count += 1
        gone.update(gone_by(event))
        if event_hash(event) != event.hash:
            report.complaints.append(f"event {event.id}: content does not fit its hash")
        earlier = before.get((event.device, event.incarnation, event.seq - 1))
        if earlier is not None and event.prev not in earlier:
            broken[event.id] = (event.device, event.incarnation)
        before.setdefault((event.device, event.incarnation, event.seq), set()).add(event.hash)
    forked = _forked(database)
    report.complaints += [f"event {id}: chain broken" for id, maker in broken.items() if maker not in forked]
    report.figures["events"] = count
    report.figures["devices"] = len({key[:2] for key in before})
    kept = {row[0] for row in database.execute("SELECT id FROM superseded")}
    if gone != kept:
        report.complaints.append("superseded: differs from what the events say")


def _forked(database: Database) -> set[tuple[str, int]]:
    """Makers of whom two bundles bear one number, here or as headquarters said: their work goes on in two copies."""
    rows = database.execute(
        "SELECT DISTINCT device, incarnation FROM bundles GROUP BY device, incarnation, number HAVING count(*) > 1"
    )
    found = {(str(device), int(incarnation)) for device, incarnation in rows}
    told = database.execute("SELECT field FROM events WHERE kind = ? AND record = ?", (RecordKind.TRUST, FORK))
    split = (str(row[0]).rpartition(".") for row in told)
    return found | {(device, int(number)) for device, _, number in split if number.isdecimal()}


def _journal(database: Database, report: CheckReport) -> None:
    proof = prove_journal(database)
    if proof.broken:
        report.complaints.append(f"journal line {proof.broken}: chain broken")
    report.figures["journal"] = proof.lines


def _projections(database: Database, projector: Projector, report: CheckReport) -> None:
    """Rebuild inside a transaction that is rolled back, and compare every table before and after."""
    shown = {name: _digest(database, name) for name in PROJECTIONS}
    words = _search_digest(database)
    try:
        with database.atomic():
            projector.rebuild()
            for name, (digest, rows) in shown.items():
                report.figures[name] = rows
                if _digest(database, name)[0] != digest:
                    report.complaints.append(f"{name}: differs from a rebuild")
            if _search_digest(database) != words:
                report.complaints.append("search: differs from a rebuild")
            raise _Undo
    except _Undo:
        return


def _digest(database: Database, table: str) -> tuple[str, int]:
    columns = [column.name for column in database[table].columns if column.name != "number"]
    listed = ", ".join(f'"{name}"' for name in columns)
    digest, rows = hashlib.sha256(), 0
    for row in database.execute(f"SELECT {listed} FROM {table} ORDER BY {listed}"):
        digest.update(repr(tuple(row)).encode("utf-8"))
        rows += 1
    return digest.hexdigest(), rows


def _search_digest(database: Database) -> str:
    """Which words and numbers the search index holds, by person."""
    digest = hashlib.sha256()
    for table in ("person_words", "person_numbers"):
        database.execute(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.seen_{table} USING fts5vocab(main, {table}, instance)"
        )
        rows = database.execute(
            f"SELECT s.term, p.id, s.offset FROM temp.seen_{table} s LEFT JOIN persons p ON p.number = s.doc"
            " ORDER BY s.term, p.id, s.offset"
        )
        for row in rows:
            digest.update(repr(tuple(row)).encode("utf-8"))
    return digest.hexdigest()
