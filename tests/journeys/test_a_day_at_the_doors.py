"""A whole day and a week: plan, forty households, a scan, a forced restart, a full disk, a clock set back a year,
the clerk's evening, Friday's export, headquarters, and next week's plan from the bundle that comes back."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from door_home import SetClock
from exchange_homes import KEY, card, enrol, home_of, new_home

from fieldtool.excel.read_book import ChildWorkbooks
from fieldtool.excel.report_book import ReportBooks
from fieldtool.excel.sample_workbooks import write_books
from fieldtool.machine.randomness import SystemIds
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.presence import Asked, Presence, Sighting, TimeOfDay, VisitResult
from fieldtool.records.visits import ConflictAnswer, MemberAnswer
from fieldtool.reports import printed
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

    # a scanned card
    known = next(line for line in home.people.persons() if len(line.n12) == 12 and line.household == households[1])
    digits = "".join(part.zfill(2) for part in known.dob.replace("-", "/").split("/"))
    line = f"{known.n12}||{known.name.upper()}|{digits}|{known.sex}|Bản, xã Lượng Minh|01012022"
    assert scan_card.look_up_card(home.people, line).person == known.id
    scan_card.keep_card(home, line, household=households[1])

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
