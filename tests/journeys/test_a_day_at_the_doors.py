"""A whole day and a week: plan, forty households, a scanner pulled out in the middle of a card, power gone at any
letter, a disk that answers late on battery saver, a forced restart, a full disk, a clock set back a year, the clerk's
evening, Friday's export, headquarters, and next week's plan from the bundle that comes back."""

from __future__ import annotations

import dataclasses
import shutil
import threading
from pathlib import Path

import pytest
import serial
from door_home import SetClock
from exchange_homes import KEY, card, enrol, home_of, new_home

from fieldtool.excel.read_book import ChildWorkbooks
from fieldtool.excel.report_book import ReportBooks
from fieldtool.excel.sample_workbooks import write_books
from fieldtool.machine.randomness import SystemIds
from fieldtool.machine.serial_scanner import SerialScanner
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.presence import Asked, Presence, Sighting, TimeOfDay, VisitResult
from fieldtool.records.visits import ConflictAnswer, MemberAnswer
from fieldtool.reports import printed
from fieldtool.store.connection import connect
from fieldtool.store.drafts import SqlDrafts
from fieldtool.store.opening import open_store
from fieldtool.usecases import enter_papers, four_words, plan_visits, scan_card, work_case
from fieldtool.usecases import open_household as door
from fieldtool.usecases.export_bundle import export_bundle
from fieldtool.usecases.import_list import import_list
from fieldtool.usecases.make_sample import make_sample
from fieldtool.usecases.match_village import match_village
from fieldtool.usecases.receive_bundle import receive_bundle
from fieldtool.usecases.record_visit import record_visit, undo_visit
from fieldtool.usecases.today import today
from fieldtool.usecases.weekly_report import weekly_report
from fieldtool.wording.catalogue import Language, Wording

SAY = Wording(Language.VIETNAMESE).say
MORNING = "2026-11-25T07:30:00+07:00"


def opened(store, name, clock):
    return dataclasses.replace(home_of(store, name), clock=clock, ids=SystemIds())


def restart(store, folder: Path, name: int, clock):
    """The battery falls out: no goodbye to anything but what the disk already has."""
    store.close()
    again = open_store(folder / "home.db", KEY, clock=clock, ids=SystemIds())
    return again, opened(again, name, clock)


def page(home, household):
    return door.open_household(home.people, home.work, home.drafts, home.ids, household, today(home).day)


def filled(home, household, number):
    """What forty households say: most are as before, every fifth has a change, a difference is asked about."""
    start = page(home, household)
    sheet = start.sheet
    first = start.members[0]
    if number % 5 == 1:
        answers = {Asked.COUNTRY: "Lào", Asked.KIN: start.members[-1].member.name}
        sheet = sheet.with_member(
            MemberAnswer(first.member.person, Presence.ABROAD, answers, saw=first.presence.events)
        )
    if number % 5 == 2:
        answers = {Asked.NAME: f"Lô Mới {number}", Asked.DOB: "01/11/2026", Asked.SEX: "Nữ", Asked.CERTIFICATE: "no"}
        sheet = sheet.with_member(MemberAnswer(presence=Presence.BORN, answers=answers, slot=f"n{number}"))
    for item in start.members:
        for question in item.questions:
            sheet = sheet.with_conflict(
                ConflictAnswer(question.person, question.field, question.values[0], first.member.name, saw=question.saw)
            )
    sheet = sheet.with_member(
        dataclasses.replace(
            sheet.answer_of(first.member.person), person=first.member.person, papers={"id": Sighting.ORIGINAL},
            saw=first.presence.events,
        )
    )  # fmt: skip
    return door.all_here(start, sheet)


class PulledOut:
    """A scanner's port that gives some bytes and is then pulled out."""

    in_waiting = 9

    def __init__(self, data: bytes) -> None:
        self._data = data

    def __enter__(self):
        return self

    def __exit__(self, *_trouble):
        return None

    def read(self, size):
        if not self._data:
            raise serial.SerialException("device disconnected")
        part, self._data = self._data[:size], self._data[size:]
        return part


def scanned(data: bytes):
    """The lines that a scanner gave before it was pulled out, and how its loss was told."""
    said, lost, over = [], [], threading.Event()

    def gone(error):
        lost.append(error.code)
        over.set()

    scanner = SerialScanner("COM7", said.append, gone, opening=lambda _name: PulledOut(data))
    scanner.start()
    assert over.wait(10)
    scanner.stop()
    return said, lost


def card_line(person):
    """What the code on a person's card says."""
    digits = "".join(part.zfill(2) for part in person.dob.replace("-", "/").split("/"))
    return f"{person.n12}||{person.name.upper()}|{digits}|{person.sex}|Bản, xã Lượng Minh|01012022"


def two_cards(home, household):
    """Two cards by the scanner, pulled out in the middle of the second: half a card is no card."""
    lines = [line for v in home.people.villages() for line in home.people.persons(v.id)]
    known, other = [line for line in lines if len(line.n12) == 12 and len(line.dob) == 10][:2]
    line, second = card_line(known), card_line(other)
    said, lost = scanned(f"{line}\r\n{second[: len(second) // 2]}".encode())
    assert (said, lost) == ([line], [ErrorCode.SCANNER_LOST])
    assert scan_card.look_up_card(home.people, said[0]).person == known.id
    scan_card.keep_card(home, said[0], household=household)
    papers = len(home.people.person(known.id).documents)
    said, _ = scanned(f"{line}\r{second}\r".encode())  # plugged in again: both once more
    scan_card.keep_card(home, said[0], household=household)
    assert len(home.people.person(known.id).documents) == papers  # the same card again is no second paper
    assert scan_card.look_up_card(home.people, said[1]).person == other.id


def letter_by_letter(home, folder: Path, sheet, clock):
    """A note typed on battery saver: the disk answers late, the laptop falls asleep, the power may go at any letter.
    What the disk has then is the whole sheet so far."""
    other = connect(folder / "drafts.db", KEY, create=True)
    for number, note in enumerate(("đ", "đa", "đang", "đang ghi"), start=1):
        clock.at = f"2026-11-25T{9 + number:02}:30:00+07:00"
        other.execute("BEGIN IMMEDIATE")
        threading.Timer(0.02, lambda: other.execute("ROLLBACK")).start()
        door.keep_draft(home.drafts, dataclasses.replace(sheet, note=note))
        left = folder.parent / f"left-{number}"
        left.mkdir()
        for file in folder.glob("drafts.db*"):
            shutil.copy(file, left)
        found = SqlDrafts(left / "drafts.db", KEY)
        there = door.open_household(home.people, home.work, found, home.ids, sheet.household, today(home).day)
        assert (there.drafted, there.sheet) == (True, dataclasses.replace(sheet, note=note))
        found.close()
    other.close()


@pytest.fixture(name="commune")
def _commune(tmp_path):
    clock = SetClock(MORNING)
    office_store, office = new_home(tmp_path / "office", card("mhq", "ct", headquarters=True), 1)
    store, home = new_home(tmp_path / "xa", card("m01", "xa"), 2)
    enrol(home, office, tmp_path / "stick")
    made = make_sample(tmp_path / "lists", people=220, seed=11, write=write_books)
    for file in made.files:
        import_list(home, ChildWorkbooks(), file)
    match_village(home)
    store.close()
    store = open_store(tmp_path / "xa" / "home.db", KEY, clock=clock, ids=SystemIds())
    yield {"folder": tmp_path, "clock": clock, "store": store, "home": opened(store, 2, clock), "office": office}
    office_store.close()


def test_a_day_a_friday_and_the_next_plan(commune, monkeypatch):
    folder, clock, home, store = commune["folder"], commune["clock"], commune["home"], commune["store"]
    village = max(home.people.villages(), key=lambda item: item.households).id
    plan_visits.carry(home, [village])
    plan = plan_visits.make_plan(home, village, helpers=["Trưởng bản"])
    assert printed.plan_sheet(home, plan, SAY).startswith(b"%PDF")
    others = [line.household for v in home.people.villages() for line in home.work.tasks(v.id, "2026-01-01")]
    households = list(dict.fromkeys([*plan.households, *others]))[:40]
    assert len(households) == 40

    # the morning: some doors, one nobody home
    recorded = []
    for number, household in enumerate(households[:12]):
        if number == 3:
            absent = dataclasses.replace(
                page(home, household).sheet, result=VisitResult.NOT_HOME, next_day="2026-11-27",
                next_time=TimeOfDay.EVENING,
            )  # fmt: skip
            recorded.append(record_visit(home, absent).id)
            continue
        recorded.append(record_visit(home, filled(home, household, number)).id)

    two_cards(home, households[1])
    letter_by_letter(home, folder / "xa", filled(home, households[12], 12), clock)

    # a forced restart with a sheet half filled in: every word is there
    half = dataclasses.replace(filled(home, households[12], 12), note="đang ghi dở thì mất điện")
    door.keep_draft(home.drafts, half)
    store, home = restart(store, folder / "xa", 2, clock)
    assert door.drafts_open(home.drafts) == [households[12]]
    again = page(home, households[12])
    assert again.drafted and again.sheet == half
    recorded.append(record_visit(home, again.sheet).id)

    # the disk is full: nothing is half written, the sheet is kept, and it goes through afterwards
    before = home.log.count()
    sheet = filled(home, households[13], 13)
    pages = store._database.execute("PRAGMA page_count").fetchone()[0]
    store._database.execute(f"PRAGMA max_page_count = {pages}")
    long = dataclasses.replace(sheet, note="x" * 200_000)
    with pytest.raises(FieldtoolError) as caught:
        record_visit(home, long)
    assert caught.value.code is ErrorCode.DISK_FULL
    assert home.log.count() == before and home.work.visits(households[13]) == []
    store._database.execute("PRAGMA max_page_count = 1073741823")
    recorded.append(record_visit(home, sheet).id)

    # the clock jumps back a year, and the day goes on
    clock.at = "2025-11-25T14:00:00+07:00"
    assert today(home).set_back
    for number, household in enumerate(households[14:], start=14):
        recorded.append(record_visit(home, filled(home, household, number)).id)
    clock.at = "2026-11-25T20:00:00+07:00"
    assert {visit.day for visit in home.work.visits(limit=100)} == {"2026-11-25"}
    assert len(set(recorded)) == 40 == len(home.work.visits(limit=100))

    # one visit was of the wrong house
    undo_visit(home, recorded[-1])
    record_visit(home, door.sheet_of(home, recorded[-2]))  # recorded before: changes nothing
    assert len(home.work.visits(limit=100)) == 39

    # the evening: a clerk types what came on paper
    batch = enter_papers.open_batch(home, DocumentKind.BIRTH, "Giấy khai sinh bản trên", 2)
    for name in ("Lô Giấy Một", "Lô Giấy Hai"):
        typed = {Field.NAME: name, Field.DOB: "02112026", Field.SEX: "n", Field.PLACE: "Bản Côi"}
        enter_papers.add_paper(home, batch.id, typed)
    assert enter_papers.close_batch(home, batch.id).missing == 0
    assert {case.case.kind for case in work_case.list_cases(home)} >= {"abroad", "no_birth"}

    # Friday: the report, the export, headquarters
    clock.at = "2026-11-27T16:00:00+07:00"
    report = weekly_report(home, ReportBooks())
    said = {item.query: item.value for item in report.fillings if item.query and not item.village}
    assert said["week.houses_met"] == len({v.household for v in home.work.visits(limit=100)} - {households[3]})
    sent = export_bundle(home, "ct", folder / "stick")
    office = commune["office"]
    (received,) = receive_bundle(office, [sent.file])
    assert received.error is None and received.new_events == sent.events
    day = today(home).day
    here, there = (dict(four_words.four_words(side.work, day).total) for side in (home, office))
    for code in ("clean.duplicate", "clean.all"):  # doubtful pairs are worked out by each home for itself
        here.pop(code), there.pop(code)
    assert here == there
    backs = [
        side.work.count_back((day,))[day] for side in (home, office)
    ]  # worked out from the log: alike at both ends
    assert backs[0] == backs[1]
    assert sum(counts["sure.visited"][0] for counts in backs[0].values()) == here["sure.visited"][0]
    assert {case.id for case in office.work.cases()} == {case.id for case in home.work.cases()}
    assert len(office.work.visits(limit=100)) == 39

    # headquarters answers a case and decides; next week is planned from what comes back
    case = next(case for case in office.work.cases("no_birth"))
    work_case.step(office, case.id, "collect")
    back = export_bundle(office, "xa", folder / "back")
    (joined,) = receive_bundle(home, [back.file])
    assert joined.error is None
    assert home.work.case(case.id).state == "papers"
    clock.at = "2026-11-30T08:00:00+07:00"
    next_plan = plan_visits.make_plan(home, village)
    waiting = {line.household for line in plan_visits.tasks(home, village).lines}
    assert set(next_plan.households) <= waiting
    if home.people.household(households[3]).village == village:
        assert next_plan.households[0] == households[3]  # promised for Friday evening, still owed
    assert store.check().complaints == []
    store.close()
