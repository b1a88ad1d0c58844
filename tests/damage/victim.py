"""A process that works on a home until it is killed; it prints a line for each act it may call acknowledged.

Run as: victim.py ACT HOME KEY_HEX ARGUMENT…; the test sends SIGKILL at a random moment.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from exchange_homes import home_of

from fieldtool.app import make_forms
from fieldtool.excel.read_book import ChildWorkbooks
from fieldtool.machine.clock import SystemClock
from fieldtool.machine.randomness import SystemIds
from fieldtool.ports import Home
from fieldtool.records.doubts import Standing
from fieldtool.records.errors import FieldtoolError
from fieldtool.records.fields import Field
from fieldtool.records.persons import DoubtKind
from fieldtool.store.opening import open_store
from fieldtool.usecases.decide_in_bulk import decide_in_bulk, undo_bulk
from fieldtool.usecases.export_bundle import export_bundle
from fieldtool.usecases.import_list import import_list
from fieldtool.usecases.join_persons import merge, split
from fieldtool.usecases.match_village import match_village
from fieldtool.usecases.print_form import Scope, print_form
from fieldtool.usecases.put_aside import put_aside
from fieldtool.usecases.receive_bundle import receive_bundle
from fieldtool.usecases.settle_conflict import decide, undo, verdict


def _acknowledge(text: object) -> None:
    print(text, flush=True)


def _import(home: Home, *files: str) -> None:
    for file in files:
        _acknowledge(import_list(home, ChildWorkbooks(), Path(file)).id)


def _match(home: Home) -> None:
    match_village(home, full=True)
    _acknowledge("matched")


def _decide(home: Home) -> None:
    for doubt in home.people.doubts(kind=DoubtKind.FIELD, limit=1000):
        _acknowledge(decide(home, doubt.person, Field(doubt.field), doubt.values[0]))


def _desk(home: Home) -> None:
    """What the desk does besides: bulk, aside, merge and split, each told once it is written, then all taken back."""
    for reason in ("year_only", "imputed_0101", "number_lost_zero"):
        done = decide_in_bulk(home, reason)
        _acknowledge(f"bulk {done.act} {done.decided}")
        undo_bulk(home, done.act)
        _acknowledge(f"undone {done.act}")
    for doubt in home.people.doubts(kind=DoubtKind.FIELD, limit=20):
        _acknowledge("event " + put_aside(home, [doubt.id], Standing.VISIT)[0])
    for doubt in home.people.doubts(kind=DoubtKind.LINK, limit=20):
        for says in ("same", "apart"):
            try:
                events = verdict(home, *doubt.id.split("|"), says)
            except FieldtoolError:  # two different numbers: for a second officer
                continue
            _acknowledge("event " + events[0])
            _acknowledge("event " + undo(home, events[0])[0])


def _settle(home: Home, folder: str) -> None:
    """Each act of the desk once, told when it is written: decide, type, split, merge, bulk, print; then taken back."""
    fields = home.people.doubts(kind=DoubtKind.FIELD, limit=1000)
    chosen, typed = fields[0], next(doubt for doubt in fields[1:] if doubt.field == Field.NAME)
    written = [decide(home, chosen.person, Field(chosen.field), chosen.values[0], form="dc02")]
    _acknowledge(f"event {written[0]}")
    written.append(decide(home, typed.person, Field.NAME, "Lô Văn Viết Tay"))
    _acknowledge(f"event {written[1]}")
    person = home.people.person(typed.person)
    assert person is not None
    parts = split(home, person.id, [person.documents[-1].id])
    _acknowledge(f"event {parts[0]}")
    paper = person.documents[-1].id
    whole = merge(home, person.id, home.people.links()[paper][0])
    _acknowledge(f"event {whole[0]}")
    bulk = decide_in_bulk(home, "year_only")
    _acknowledge(f"bulk {bulk.act} {bulk.decided}")
    file = print_form(home, make_forms(), "dc02", Scope(person=chosen.person), Path(folder) / "dc02.pdf").file
    _acknowledge(f"file {file.name}")
    undo_bulk(home, bulk.act)
    _acknowledge(f"undone {bulk.act}")
    for event in (whole[0], parts[0], *reversed(written)):
        _acknowledge(f"event {undo(home, event)[0]}")


def _export(home: Home, unit: str, folder: str) -> None:
    _acknowledge(export_bundle(home, unit, Path(folder)).file)


def _receive(home: Home, *files: str) -> None:
    for file in files:
        outcome = receive_bundle(home, [Path(file)])[0]
        assert outcome.error is None, outcome.error
        _acknowledge(outcome.bundle)


def main() -> None:
    assert isinstance(sys.stdout, io.TextIOWrapper)
    sys.stdout.reconfigure(encoding="utf-8")  # Windows would write the name of a folder in its code page, or not at all
    act, folder, key, *arguments = sys.argv[1:]
    store = open_store(Path(folder) / "home.db", bytes.fromhex(key), clock=SystemClock(), ids=SystemIds())
    acts = {
        "import": _import,
        "match": _match,
        "decide": _decide,
        "desk": _desk,
        "settle": _settle,
        "export": _export,
        "receive": _receive,
    }
    _acknowledge("ready")
    acts[act](home_of(store), *arguments)
    store.close()


if __name__ == "__main__":
    main()
