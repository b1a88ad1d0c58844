"""A visit at the door: what was told becomes events, nothing unseen is overwritten, and it can be taken back whole."""

from __future__ import annotations

import dataclasses

import pytest
from door_home import HEAD, HOUSE, OLD, SON, VILLAGE, WIFE, SetClock, door_home

from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.persons import FieldState
from fieldtool.records.presence import Asked, Presence, Sighting, TimeOfDay, VisitResult
from fieldtool.records.visits import ConflictAnswer, MemberAnswer, Sheet, from_text, to_text
from fieldtool.usecases import open_household as door
from fieldtool.usecases import work_case
from fieldtool.usecases.record_visit import record_visit, result_for, undo_visit
from fieldtool.usecases.today import today
from fieldtool.wording.catalogue import Language, Wording


@pytest.fixture(name="opened")
def _opened(tmp_path):
    with door_home(tmp_path) as opened:
        yield opened
        assert opened[0].check().complaints == []


def page(home, house=HOUSE):
    return door.open_household(home.people, home.work, home.drafts, home.ids, house, today(home).day)


def told(person, state, saw=(), **answers):
    return MemberAnswer(person, state, {Asked(name): text for name, text in answers.items()}, saw=saw)


def test_a_household_without_change_is_one_act(opened):
    _, home = opened
    before = page(home)
    assert [item.member.name for item in before.members][0] == "Lô Văn Đạt"
    assert [(q.person, q.field, q.values) for i in before.members for q in i.questions] == [
        (HEAD, Field.DOB, ("03/02/1978", "03/02/1979"))
    ]
    sheet = door.all_here(before, before.sheet)
    outcome = record_visit(home, sheet)
    after = page(home)
    assert {item.presence.state for item in after.members} == {Presence.HERE}
    assert {item.presence.day for item in after.members} == {"2026-11-25"}
    assert after.visits[0].id == outcome.id
    assert (after.visits[0].met, after.visits[0].came) == ("Lô Văn Đạt", "morning")
    assert not outcome.added and not outcome.cases


def test_recording_a_sheet_twice_changes_nothing(opened):
    _, home = opened
    start = page(home)
    sheet = door.all_here(start, start.sheet)
    record_visit(home, sheet)
    events = home.log.count()
    assert record_visit(home, sheet).known
    assert home.log.count() == events


def test_death_abroad_and_birth_open_their_cases_and_the_child_joins_the_house(opened):
    _, home = opened
    sheet = dataclasses.replace(
        page(home).sheet,
        members=(
            told(OLD, Presence.DIED, since="tháng 8/2026", death_registered="no"),
            told(WIFE, Presence.ABROAD, country="Hàn Quốc", kin="Lô Văn Đạt"),
            told("", Presence.BORN, name="Lô Gia Bảo", dob="01/10/2026", sex="Nam", relation="Con", certificate="no"),
        ),
    )
    outcome = record_visit(home, sheet)
    cases = {case.kind: case for case in home.work.cases()}
    assert set(cases) == {"dead_listed", "abroad", "no_birth"}
    assert cases["dead_listed"].person == OLD and cases["dead_listed"].due == "2026-12-10"
    assert cases["abroad"].details == {"country": "Hàn Quốc", "kin": "Lô Văn Đạt"}
    (child,) = outcome.added
    assert cases["no_birth"].person == child
    house = home.people.household(HOUSE)
    assert [m.relation for m in house.members if m.person == child] == ["Con"]
    paper = home.people.person(child).documents[0]
    assert paper.kind is DocumentKind.STATEMENT and paper.get(Field.NOTE) == "Lô Văn Đạt"


def test_as_before_keeps_what_is_known_and_opens_no_closed_case_again(opened):
    _, home = opened
    start = page(home)
    told_first = (
        told(OLD, Presence.DIED, since="15/11/2026", death_registered="no"),
        told(WIFE, Presence.ABROAD, country="Hàn Quốc", kin="Lô Văn Đạt"),
        told(SON, Presence.HERE),
    )
    record_visit(home, dataclasses.replace(start.sheet, members=told_first))
    for kind, steps in (
        ("dead_listed", (("register", {"death_no": "3/2026"}), ("remove", {}))),
        ("abroad", (("close", {"reason": "có hộ chiếu, đã khai báo"}),)),
    ):
        (case,) = home.work.cases(kind)
        for step, details in steps:
            work_case.step(home, case.id, step, details)
    home.clock.at = "2027-02-25T08:00:00+07:00"
    again = page(home)
    sheet = door.all_here(again, again.sheet)
    assert result_for(sheet, len(door.to_speak_of(again))) is VisitResult.DONE  # nobody asks after the dead again
    record_visit(home, sheet)
    assert home.work.cases() == []
    notes = {item.member.person: item.presence for item in page(home).members}
    assert (notes[OLD].state, notes[OLD].day) == (Presence.DIED, "2026-11-25")  # the day it was told stays
    assert (notes[WIFE].day, dict(notes[WIFE].answers)) == ("2027-02-25", {"country": "Hàn Quốc", "kin": "Lô Văn Đạt"})
    later = page(home)
    moved = dataclasses.replace(later.sheet, members=(told(WIFE, Presence.HERE, notes[WIFE].events),))
    record_visit(home, moved)
    gone = page(home)
    off = told(WIFE, Presence.ABROAD, [e for i in gone.members if i.member.person == WIFE for e in i.presence.events])
    assert record_visit(home, dataclasses.replace(gone.sheet, members=(off,))).cases  # she went anew: that is news


def test_a_registered_death_and_a_certified_birth_open_no_case(opened):
    _, home = opened
    members = (
        told(OLD, Presence.DIED, death_registered="yes"),
        told("", Presence.BORN, name="Lô Gia Bảo", certificate="yes"),
    )
    assert record_visit(home, dataclasses.replace(page(home).sheet, members=members)).cases == ()


def test_an_answer_settles_a_difference_and_names_who_said_it(opened):
    _, home = opened
    (question,) = [q for item in page(home).members for q in item.questions]
    word = ConflictAnswer(HEAD, Field.DOB, "03/02/1979", "Lô Thị Xìa", saw=question.saw)
    record_visit(home, dataclasses.replace(page(home).sheet, conflicts=(word,)))
    view = home.people.person(HEAD).fields[Field.DOB]
    assert (view.state, view.value) == (FieldState.DECIDED, "03/02/1979")
    assert view.decisions[0].basis["said_by"] == "Lô Thị Xìa"
    statements = [p for p in home.people.person(HEAD).documents if p.kind is DocumentKind.STATEMENT]
    assert statements[0].get(Field.DOB) == "03/02/1979"


def test_a_word_that_the_officer_does_not_take_stays_a_statement(opened):
    _, home = opened
    word = ConflictAnswer(HEAD, Field.DOB, "03/02/1979", "Lô Thị Xìa", settles=False)
    record_visit(home, dataclasses.replace(page(home).sheet, conflicts=(word,)))
    assert home.people.person(HEAD).fields[Field.DOB].state is FieldState.CONFLICT


def test_what_was_not_on_the_page_is_not_overwritten(opened):
    _, home = opened
    sheet = dataclasses.replace(page(home).sheet, members=(told(OLD, Presence.HERE),))  # nothing stood: saw ()
    other = dataclasses.replace(page(home).sheet, id="other", members=(told(OLD, Presence.DIED),))
    record_visit(home, sheet)
    record_visit(home, other)
    note = page(home).members[[i.member.person for i in page(home).members].index(OLD)].presence
    assert set(note.divided) == {"here", "died"}
    assert "told_apart" in {check.code for check in page(home).checks}


def test_papers_seen_are_kept(opened):
    _, home = opened
    seen = MemberAnswer(SON, papers={"birth": Sighting.ORIGINAL, "household": Sighting.NOT_SHOWN})
    record_visit(home, dataclasses.replace(page(home).sheet, members=(seen,)))
    assert home.work.sightings([SON]) == {SON: {"birth": "original", "household": "not_shown"}}


def test_undo_takes_everything_back_and_the_sheet_can_be_recorded_again(opened):
    store, home = opened
    first = dataclasses.replace(page(home).sheet, members=(told(WIFE, Presence.WORKING, to_place="Bình Dương"),))
    record_visit(home, first)
    start = page(home)
    sheet = dataclasses.replace(
        start.sheet,
        members=(
            told(WIFE, Presence.ABROAD, saw=start.members[1].presence.events, country="Lào"),
            told("", Presence.MARRIED_IN, name="Vi Thị Ngọc", sex="Nữ", relation="Con dâu"),
        ),
        conflicts=(ConflictAnswer(HEAD, Field.DOB, "03/02/1979"),),
    )
    record_visit(home, sheet)
    undo_visit(home, sheet.id)
    after = page(home)
    assert [i.presence.state for i in after.members if i.member.person == WIFE] == [Presence.WORKING]
    assert len(after.members) == 4 and home.work.cases() == []
    assert home.people.person(HEAD).fields[Field.DOB].state is FieldState.CONFLICT
    assert store.check().complaints == []
    with pytest.raises(FieldtoolError) as caught:
        undo_visit(home, sheet.id)
    assert caught.value.code is ErrorCode.NOTHING_TO_UNDO
    record_visit(home, sheet)
    assert len(page(home).members) == 5


def test_visits_undone_one_after_another_leave_what_stood_before_each(opened):
    _, home = opened
    visits = []
    for state in (Presence.HERE, Presence.MOVED, Presence.HERE):
        sheet = page(home).sheet
        record_visit(home, dataclasses.replace(sheet, members=(MemberAnswer(OLD, state),)))
        visits.append(sheet.id)
    for left in (Presence.MOVED, Presence.HERE, None):
        undo_visit(home, visits.pop())
        note = home.work.presences([OLD]).get(OLD)
        assert (note.state if note is not None else None) is left


def test_a_visit_with_something_later_upon_it_is_not_undone(opened):
    _, home = opened
    first = dataclasses.replace(page(home).sheet, members=(told(OLD, Presence.HERE),))
    record_visit(home, first)
    start = page(home)
    saw = next(i.presence.events for i in start.members if i.member.person == OLD)
    record_visit(home, dataclasses.replace(start.sheet, members=(told(OLD, Presence.DIED, saw=saw),)))
    with pytest.raises(FieldtoolError) as caught:
        undo_visit(home, first.id)
    assert caught.value.code is ErrorCode.STALE_DECISION


@pytest.mark.parametrize(
    "answer, code",
    [
        (MemberAnswer("", Presence.BORN, {Asked.DOB: "01/10/2026"}), ErrorCode.ANSWER_NEEDED),
        (MemberAnswer("", Presence.MOVED), ErrorCode.ANSWER_NEEDED),
        (MemberAnswer(OLD, Presence.DIED, {Asked.SINCE: "hôm kia"}), ErrorCode.BAD_VALUE),
        (MemberAnswer(OLD, Presence.DIED, {Asked.DEATH_REGISTERED: "maybe"}), ErrorCode.BAD_VALUE),
        (MemberAnswer("nobody", Presence.HERE), ErrorCode.NOT_FOUND),
    ],
)
def test_what_cannot_be_taken_is_refused_and_nothing_is_written(opened, answer, code):
    _, home = opened
    events = home.log.count()
    with pytest.raises(FieldtoolError) as caught:
        record_visit(home, dataclasses.replace(page(home).sheet, members=(answer,)))
    assert caught.value.code is code
    assert home.log.count() == events


def test_an_unknown_household_is_refused(opened):
    _, home = opened
    with pytest.raises(FieldtoolError) as caught:
        record_visit(home, Sheet("v1", "no such house"))
    assert caught.value.code is ErrorCode.NOT_FOUND


def test_the_draft_survives_and_is_gone_once_recorded(tmp_path):
    with door_home(tmp_path / "a") as (_, home):
        sheet = dataclasses.replace(page(home).sheet, note="chó dữ", members=(told(OLD, Presence.HERE),))
        door.keep_draft(home.drafts, sheet)
        assert door.drafts_open(home.drafts) == [HOUSE]
        again = page(home)
        assert again.drafted and again.sheet == sheet
        record_visit(home, sheet)  # and the power goes before the draft is dropped
        late = page(home)
        assert not late.drafted and late.sheet.id != sheet.id
        assert door.drafts_open(home.drafts) == []


def test_a_sheet_reads_back_as_written_and_tolerates_what_it_does_not_know():
    sheet = Sheet(
        "v1", HOUSE, VILLAGE, "2026-11-25", VisitResult.PARTLY, "Lô Văn Đạt",
        (MemberAnswer(OLD, Presence.ABROAD, {Asked.COUNTRY: "Lào"}, {"id": Sighting.COPY}, "con", ("e1",)),),
        (ConflictAnswer(HEAD, "dob", "1979", "con", False, ("e2",)),),
        "2026-12-01", TimeOfDay.EVENING, TimeOfDay.NOON, "xa", ("Trưởng bản",), "k1",
    )  # fmt: skip
    assert from_text(to_text(sheet)) == sheet
    newer = to_text(sheet).replace('"next_time":"evening"', '"next_time":"at_full_moon","colour":"red"')
    assert from_text(newer).next_time is TimeOfDay.ANY


def test_a_clock_set_back_a_year_is_noticed_and_does_not_move_the_day(tmp_path):
    clock = SetClock()
    with door_home(tmp_path, clock) as (_, home):
        clock.at = "2025-11-25T08:30:00+07:00"
        now = today(home)
        assert now.set_back and now.day == "2026-11-25"
        record_visit(home, door.all_here(page(home), page(home).sheet))
        assert home.work.visits()[0].day == "2026-11-25"


def test_two_laptops_that_were_told_differently_both_keep_it(tmp_path):
    """Union of events, whichever comes first: both states stand on both."""
    with door_home(tmp_path / "a", name=1) as (store_a, a), door_home(tmp_path / "b", name=2) as (_, b):
        record_visit(a, dataclasses.replace(page(a).sheet, members=(told(OLD, Presence.DIED),)))
        record_visit(b, dataclasses.replace(page(b).sheet, members=(told(OLD, Presence.MOVED),)))
        from fieldtool.records.exchange import BundleNote, BundleState

        foreign = [event for event in b.log.events() if event.kind in ("visit", "person", "case")]
        note = BundleNote("b1", "m02", 1, 1, "xa", (), BundleState.APPLIED, "", len(foreign), unit="x2")
        store_a.shelf.join(note, foreign)
        assert set(a.work.presences([OLD])[OLD].divided) == {"died", "moved"}
        assert len(a.work.visits(HOUSE)) == 2
        assert store_a.check().complaints == []


def test_who_is_back_from_abroad_is_told_with_what_his_case_wants(opened):
    _, home = opened
    away = (told(WIFE, Presence.ABROAD, country="Hàn Quốc"),)
    record_visit(home, dataclasses.replace(page(home).sheet, members=away))
    (case,) = home.work.cases("abroad")
    start = page(home)
    (item,) = [item for item in start.members if item.member.person == WIFE]
    assert [held.id for held in item.cases] == [case.id]
    back = dataclasses.replace(start.sheet, members=(told(WIFE, Presence.HERE, item.presence.events),))
    codes = {check.code for check in door.house_checks(start.members, back)}
    assert "returned" in codes and "returned" not in {check.code for check in start.checks}
    work_case.tell(home, case.id, {"on_return": "card"})
    again = page(home)
    assert "returned_card" in {check.code for check in door.house_checks(again.members, back)}
    for choice in ("", *(f"_{name}" for name in work_case.machine_of("abroad").choices["on_return"])):
        for language in Language:
            assert "Lương" in Wording(language).say(f"door_check.returned{choice}", name="Lương Thị Hường")
