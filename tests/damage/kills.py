"""Homes to be killed: prepared once, copied for each kill, judged afterwards. Also used by the campaign script."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from exchange_homes import KEY, card, home_of, new_home

from fieldtool.excel.read_book import ChildWorkbooks
from fieldtool.excel.sample_workbooks import write_books
from fieldtool.machine.clock import SystemClock
from fieldtool.machine.randomness import SystemIds
from fieldtool.ports import Home
from fieldtool.records.events import SUMMARY, RecordKind
from fieldtool.records.exchange import BundleState
from fieldtool.store.opening import Store, open_store
from fieldtool.usecases.acts import Act
from fieldtool.usecases.enrol_device import accept_enrolment, finish_enrolment, request_enrolment
from fieldtool.usecases.export_bundle import export_bundle
from fieldtool.usecases.import_list import import_list
from fieldtool.usecases.make_sample import make_sample
from fieldtool.usecases.match_village import match_village
from fieldtool.usecases.verify_bundle import verify_bundle

ACTS = ("import", "match", "decide", "desk", "export", "receive")
VICTIM = Path(__file__).with_name("victim.py")
ROOT = Path(__file__).resolve().parents[2]
PEOPLE = 150


@contextmanager
def opened(folder: Path) -> Iterator[tuple[Store, Home]]:
    """A home with the known key."""
    store = open_store(folder / "home.db", KEY, clock=SystemClock(), ids=SystemIds())
    try:
        yield store, home_of(store)
    finally:
        store.close()


@dataclass(frozen=True, slots=True)
class Grounds:
    """Prepared homes by what has already happened to them, and the files that acts need."""

    folder: Path
    lists: tuple[Path, ...]
    bundle: Path

    def start(self, act: str) -> Path:
        """The home an act begins with."""
        names = {
            "import": "empty",
            "match": "imported",
            "decide": "matched",
            "desk": "matched",
            "export": "matched",
            "receive": "office",
        }
        return self.folder / names.get(act, "matched")

    def arguments(self, act: str, stick: Path) -> list[str]:
        """What the victim is told besides its home."""
        lists = [str(path) for path in self.lists]
        given = {"import": lists, "export": ["ct", str(stick)], "settle": [str(stick)]}
        return given.get(act, [str(self.bundle)] if act == "receive" else [])


def prepare(folder: Path) -> Grounds:
    """Make the homes: empty and enrolled, imported, matched, headquarters, and a bundle for it."""
    made = make_sample(folder / "lists", people=PEOPLE, seed=3, write=write_books)
    office, office_home = new_home(folder / "office", card("mct", "ct", headquarters=True), 2)
    store, home = new_home(folder / "empty", card("mxa", "xa"), 1)
    asked = request_enrolment(home, folder)
    finish_enrolment(home, accept_enrolment(office_home, asked.file, folder).file)
    store.close()
    office.close()
    shutil.copytree(folder / "empty", folder / "imported")
    with opened(folder / "imported") as (_, home):
        for file in made.files:
            import_list(home, ChildWorkbooks(), file)
    shutil.copytree(folder / "imported", folder / "matched")
    with opened(folder / "matched") as (_, home):
        match_village(home)
    shutil.copytree(folder / "matched", folder / "sender")
    (folder / "stick").mkdir()
    with opened(folder / "sender") as (_, home):
        bundle = export_bundle(home, "ct", folder / "stick").file
    return Grounds(folder, tuple(made.files), bundle)


def run_victim(act: str, home: Path, arguments: list[str], delay: float | None) -> tuple[list[str], float]:
    """Run an act in a process of its own and kill it `delay` seconds after it is ready (None lets it end).

    Returns what it acknowledged and how long it worked.
    """
    command = [sys.executable, str(VICTIM), act, str(home), KEY.hex(), *arguments]
    paths = [str(ROOT), str(ROOT / "tests" / "fakes"), str(ROOT / "tests" / "bundles")]
    victim = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL if delay is not None else None,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
    )
    assert victim.stdout is not None
    assert victim.stdout.readline() == "ready\n"
    started = time.perf_counter()
    if delay is not None:
        time.sleep(delay)  # the random moment is the subject of the test
        victim.kill()
    said = victim.stdout.read().splitlines()
    code = victim.wait()
    victim.stdout.close()
    assert delay is not None or code == 0
    return said, time.perf_counter() - started


def judge(grounds: Grounds, act: str, home_folder: Path, stick: Path, said: list[str]) -> None:
    """The home opens, is whole, holds what was acknowledged, and nothing by halves."""
    with opened(home_folder) as (store, home):
        assert store.check().complaints == []
        {
            "import": _judge_import,
            "match": _judge_match,
            "decide": _judge_decide,
            "desk": _judge_desk,
            "settle": _judge_desk,
            "export": _judge_export,
            "receive": _judge_receive,
        }[act](home, grounds.start(act), said)
    if act == "settle":  # what bears a printed form's name is a whole form, and what was told to be printed is there
        told = {line.partition(" ")[2] for line in said if line.startswith("file ")}
        assert told <= {file.name for file in stick.glob("*.pdf")}
        assert all(file.read_bytes().rstrip().endswith(b"%%EOF") for file in stick.glob("*.pdf"))
    if act == "export":
        with opened(grounds.folder / "office") as (_, office):
            for file in stick.glob("*.goi"):  # what bears a final name is whole
                assert verify_bundle(office, file).whole


@cache
def events_before(start: Path) -> int:
    """How many events a home held before an act, counted in a copy."""
    copy = start.with_name(start.name + "-counted")
    shutil.copytree(start, copy)
    with opened(copy) as (_, home):
        count = home.log.count()
    shutil.rmtree(copy)
    return count


def _judge_import(home: Home, start: Path, said: list[str]) -> None:
    whole = {event.record for event in home.log.events(RecordKind.IMPORT) if event.field == SUMMARY}
    assert set(said) <= whole
    assert len(whole - set(said)) <= 1  # one may have been written and not yet told
    bases = {event.basis for event in home.log.events(RecordKind.DOCUMENT)}
    assert len(bases) == len(whole)
    assert all(any(name in basis for name in whole) for basis in bases)


def _judge_match(home: Home, start: Path, said: list[str]) -> None:
    documents, links = sum(1 for _ in home.people.documents()), len(home.people.links())
    assert links in (0, documents)
    if said:
        assert links == documents


def _judge_decide(home: Home, start: Path, said: list[str]) -> None:
    assert all(home.log.event(id) is not None for id in said)
    assert 0 <= home.log.count() - events_before(start) - len(said) <= 1


def _judge_desk(home: Home, start: Path, said: list[str]) -> None:
    """What was told stands; a bulk act is there whole or not at all, a merge with all its links."""
    for line in said:
        what, id, *rest = line.split()
        if what == "file":
            continue
        if what == "event":
            assert home.log.event(id) is not None
            continue
        summaries = list(home.log.events(RecordKind.ACT, id))
        assert summaries
        if what == "bulk":
            decided = [
                e for e in home.log.events(RecordKind.PERSON) if f'"bulk":"{id}"' in e.basis and "undoes" not in e.basis
            ]
            assert len(decided) == int(rest[0])
    for event in home.log.events(RecordKind.PAIR):
        act = Act.of(event)
        for kind, record, field in act.registers() if act else ():
            assert any(Act.of(other) == act for other in home.log.events(kind, record) if other.field == field)


def _judge_export(home: Home, start: Path, said: list[str]) -> None:
    notes = [note for note in home.shelf.bundles() if note.state is BundleState.MADE]
    for file in said:
        assert Path(file).exists()
        assert Path(file).name in {note.file for note in notes}


def _judge_receive(home: Home, start: Path, said: list[str]) -> None:
    applied = {note.id: note.events for note in home.shelf.bundles() if note.state is BundleState.APPLIED}
    assert set(said) <= set(applied)
    assert home.log.count() - events_before(start) == sum(applied.values())


def kill_once(grounds: Grounds, act: str, place: Path, moment: float) -> bool:
    """One kill at a share (0 to 1) of the act's own duration; whether anything had been acknowledged by then."""
    place.mkdir(parents=True)
    stick = place / "stick"
    stick.mkdir()
    home = place / "home"
    shutil.copytree(grounds.start(act), home)
    said, _ = run_victim(act, home, grounds.arguments(act, stick), moment)
    judge(grounds, act, home, stick, said)
    shutil.rmtree(place)
    return bool(said)


def duration(grounds: Grounds, act: str, place: Path) -> float:
    """How long an act takes when it is left alone, in seconds; it is judged too."""
    place.mkdir(parents=True)
    stick = place / "stick"
    stick.mkdir()
    home = place / "home"
    shutil.copytree(grounds.start(act), home)
    said, seconds = run_victim(act, home, grounds.arguments(act, stick), None)
    assert said
    judge(grounds, act, home, stick, said)
    return seconds


def moments(seconds: float, count: int, seed: int) -> list[float]:
    """Random moments within an act, one in each of `count` equal stretches, so that all of it is hit."""
    chance = random.Random(seed)
    return [seconds * (place + chance.random()) / count for place in range(count)]
