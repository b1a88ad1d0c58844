"""`tour`: the main job from three lists to a settled person on two machines, told step by step.

With a window it opens the practice commune; with --headless it runs the whole job in a folder and proves that both
homes end with the same persons.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from fieldtool.cli.doors import Doors, Setup
from fieldtool.cli.session import Session, command
from fieldtool.conflicts.roads import suggest
from fieldtool.ports import Home, Progress, no_progress
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.fields import Field
from fieldtool.records.persons import DoubtKind
from fieldtool.usecases import enrol_device, settle_conflict
from fieldtool.usecases.export_bundle import export_bundle
from fieldtool.usecases.import_list import import_list
from fieldtool.usecases.make_sample import make_sample
from fieldtool.usecases.match_village import match_village
from fieldtool.usecases.receive_bundle import receive_bundle
from fieldtool.usecases.users import PRACTICE
from fieldtool.usecases.verify_bundle import verify_bundle

# The practice commune holds invented people only, so its passphrase is no secret.
PRACTICE_PASSPHRASE = "bản thực hành trên núi 2026"
PRACTICE_PEOPLE = 1200  # enough to practise on, made in seconds
COMMUNE = "16906"


@click.command("tour")
@click.option("--headless", is_flag=True, help="Chạy trọn việc ở dòng lệnh / the whole job on the command line")
@click.option("--people", default=12_000, show_default=True, type=click.IntRange(200, 30_000))
@click.option("--folder", type=click.Path(path_type=Path), default=None, help="Nơi làm / where to work")
@command
def tour(session: Session, headless: bool, people: int, folder: Path | None) -> None:
    """Mở xã thực hành, hoặc chạy trọn việc chính / open the practice commune, or run the main job."""
    if headless:
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            session.result(whole_job(session, folder, people))
            return
        with tempfile.TemporaryDirectory(prefix="fieldtool-") as name:
            session.result(whole_job(session, Path(name), people))
        return
    home = folder or session.doors.default_home().with_name("practice")
    if not (home / "home.db").exists():
        session.say("tour.preparing")
        prepare(session, home, people)
    raise SystemExit(session.doors.window(home, PRACTICE_PASSPHRASE))


def prepare(session: Session, folder: Path, people: int) -> None:
    """Make the practice home: an invented commune, imported and matched."""
    building = folder.with_name(folder.name + ".new")
    if building.exists():
        _clear(building)
    session.doors.create(building, PRACTICE_PASSPHRASE, Setup("Lô Thực Hành", COMMUNE))
    with (
        session.doors.open(building, PRACTICE_PASSPHRASE) as opened,
        tempfile.TemporaryDirectory(prefix="fieldtool-") as lists,
    ):
        _fill(session, opened.home, Path(lists), people)
        opened.home.settings.put(PRACTICE, "1")
    building.rename(folder)  # only a whole practice home bears the name


def _clear(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir():
            path.rmdir()
        else:
            path.unlink()
    folder.rmdir()


def _fill(session: Session, home: Home, folder: Path, people: int) -> dict[str, object]:
    made = make_sample(folder, people=people, seed=1, write=session.doors.write_books, progress=session.progress())
    session.say("tour.sample", people=made.people, households=made.households, files=len(made.files))
    rows = added = 0
    for file in made.files:
        outcome = import_list(home, session.doors.workbooks, file, progress=session.progress())
        session.say("tour.import", file=file.name, rows=outcome.rows, added=outcome.added, refused=outcome.refused)
        rows, added = rows + outcome.rows, added + outcome.added
    matched = match_village(home, progress=session.progress())
    session.say("tour.match", persons=matched.persons, linked=matched.linked, reviews=matched.reviews)
    return {
        "rows": rows,
        "added": added,
        "persons": matched.persons,
        "linked": matched.linked,
        "to_review": matched.reviews,
    }


def whole_job(session: Session, folder: Path, people: int) -> dict[str, object]:
    """Two homes, from three lists to a field decided apart, proved equal; the figures of each step."""
    started = time.perf_counter()
    doors = session.doors
    commune, office, stick = folder / "commune", folder / "headquarters", folder / "stick"
    stick.mkdir(exist_ok=True)
    doors.create(office, PRACTICE_PASSPHRASE, Setup("Nguyễn Cấp Trên", COMMUNE, "Công an tỉnh", headquarters=True))
    doors.create(commune, PRACTICE_PASSPHRASE, Setup("Lô Thực Hành", COMMUNE))
    session.say("tour.homes")
    unit = _enrol(doors, commune, office, stick)
    session.say("tour.enrolled")
    with doors.open(commune, PRACTICE_PASSPHRASE) as opened:
        figures = _fill(session, opened.home, folder, people)
        decided = _settle_some(opened.home)
        session.say("tour.settled", decided=decided)
        sent = export_bundle(opened.home, unit["office"], stick, progress=session.progress())
        session.say("tour.export", file=", ".join(part.name for part in sent.files), events=sent.events)
        here = _state(opened.home)
    with doors.open(office, PRACTICE_PASSPHRASE) as opened:
        for file in sent.files:
            verify_bundle(opened.home, file)
        received = _receive(opened.home, sent.files, session.progress())
        again = _receive(opened.home, sent.files)
        there = _state(opened.home)
    same = here == there and again == 0
    session.say("tour.received", new=received, again=again)
    if not same:
        raise FieldtoolError(ErrorCode.HOME_DAMAGED, values={"detail": "commune and headquarters differ"})
    apart = _decide_apart(session, commune, office, stick, unit)
    session.say("tour.done", seconds=round(time.perf_counter() - started, 1))
    return {
        **figures,
        "decided": decided,
        "events": sent.events,
        "received": received,
        "received_again": again,
        "same_on_both": same,
        **apart,
    }


def _receive(home: Home, files: Sequence[Path], progress: Progress = no_progress) -> int:
    """Join bundles; how many operations were new. The first error of one stops the tour."""
    outcomes = receive_bundle(home, files, progress=progress)
    for outcome in outcomes:
        if outcome.error is not None:
            raise outcome.error
    return sum(outcome.new_events for outcome in outcomes)


def _enrol(doors: Doors, commune: Path, office: Path, stick: Path) -> dict[str, str]:
    with doors.open(commune, PRACTICE_PASSPHRASE) as opened:
        asked = enrol_device.request_enrolment(opened.home, stick)
        own = opened.home.card.unit
    with doors.open(office, PRACTICE_PASSPHRASE) as opened:
        answer = enrol_device.accept_enrolment(opened.home, asked.file, stick, compared=asked.words)
        above, root = opened.home.card.unit, opened.home.keys.root_words()
    with doors.open(commune, PRACTICE_PASSPHRASE) as opened:
        enrol_device.finish_enrolment(opened.home, answer.file, compared=root)
    return {"commune": own, "office": above}


def _settle_some(home: Home, limit: int = 25) -> int:
    """Decide as many plain doubts by the law's suggestion as an officer might before lunch."""
    decided = 0
    for doubt in home.people.doubts(kind=DoubtKind.FIELD, limit=limit * 4):
        person = home.people.person(doubt.person)
        if person is None or decided >= limit:
            continue
        road = suggest(person, Field(doubt.field))
        if road.value:
            settle_conflict.decide(home, person.id, Field(doubt.field), road.value, reason=road.code)
            decided += 1
    return decided


def _decide_apart(
    session: Session, commune: Path, office: Path, stick: Path, unit: Mapping[str, str]
) -> dict[str, object]:
    """One field decided differently on both machines while apart: both must show both values."""
    with session.doors.open(commune, PRACTICE_PASSPHRASE) as opened:
        doubt = opened.home.people.doubts(kind=DoubtKind.FIELD, limit=1)[0]
        field = Field(doubt.field)
        settle_conflict.decide(opened.home, doubt.person, field, doubt.values[0])
        up = export_bundle(opened.home, unit["office"], stick)
    with session.doors.open(office, PRACTICE_PASSPHRASE) as opened:
        settle_conflict.decide(opened.home, doubt.person, field, doubt.values[1])
        _receive(opened.home, up.files)
        down = export_bundle(opened.home, unit["commune"], stick)
        there = opened.home.people.doubt(doubt.id)
    with session.doors.open(commune, PRACTICE_PASSPHRASE) as opened:
        _receive(opened.home, down.files)
        here = opened.home.people.doubt(doubt.id)
    both = [item.values if item is not None and item.kind is DoubtKind.DIVIDED else () for item in (here, there)]
    if both[0] != both[1] or set(both[0]) != set(doubt.values[:2]):
        raise FieldtoolError(ErrorCode.HOME_DAMAGED, values={"detail": "divided decision not shown on both"})
    session.say("tour.divided", name=doubt.name, a=both[0][0], b=both[0][1])
    return {"divided_on_both": True}


def _state(home: Home) -> dict[str, object]:
    """What must be equal on two homes that hold the same events."""
    people = home.people
    persons = {line.id: people.person(line.id) for line in people.persons(limit=1_000_000)}
    return {"persons": persons, "events": {event.hash for event in home.log.events()}, "villages": people.villages()}


COMMANDS = (tour,)
