"""Cases: tables that hold together, steps that the state allows, days that run, hand-over, undo."""

from __future__ import annotations

import pytest
from door_home import HEAD, HOUSE, OLD, WIFE, SetClock, door_home

from fieldtool.records.casebook import book
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.usecases import work_case


@pytest.fixture(name="clock")
def _clock():
    return SetClock()


@pytest.fixture(name="home")
def _home(tmp_path, clock):
    with door_home(tmp_path, clock) as (store, home):
        yield home
        assert store.check().complaints == []


@pytest.mark.parametrize("machine", book.MACHINES.values(), ids=lambda machine: machine.kind)
def test_every_table_holds_together(machine):
    assert machine.ends < set(machine.states)
    for step in machine.steps:
        assert {step.start, step.end} <= set(machine.states)
        assert step.start not in machine.ends
        assert set(step.asks) <= set(machine.details)
        assert set(step.needs) <= set(machine.checklist)
    assert set(machine.choices) <= set(machine.details)
    reached = {machine.first}
    for _ in machine.states:
        reached |= {step.end for step in machine.steps if step.start in reached}
    assert reached == set(machine.states)
    keys = [(step.start, step.code) for step in machine.steps]
    assert len(keys) == len(set(keys))


def test_the_archive_case_walks_the_legal_path_within_its_seven_days(home, clock):
    case = work_case.open_case(home, "archive", OLD)
    assert (case.case.state, case.case.due, case.used, case.left) == ("found", "2026-12-02", 0, 7)
    id = case.case.id
    work_case.tick(home, id, "school_record")
    work_case.step(home, id, "collect")
    clock.at = "2026-11-28T09:00:00+07:00"
    asked = work_case.step(home, id, "ask", {"asked_place": "Công an tỉnh Đắk Lắk"})
    assert (asked.used, asked.left, asked.late) == (3, 4, False)
    work_case.step(home, id, "answer", {"answer": "không lưu"})
    work_case.step(home, id, "file", {"path": "reregister", "file_no": "12/2026"})
    clock.at = "2026-12-05T09:00:00+07:00"
    assert work_case.show_case(home, id).late
    assert work_case.list_cases(home)[0].case.id == id
    work_case.step(home, id, "set_number", {"number": "040151000123"})
    work_case.step(home, id, "take_card")
    done = work_case.step(home, id, "close")
    assert done.case.closed == "2026-12-05" and done.used == 10 and not done.late
    assert work_case.list_cases(home) == []
    assert done.case.checks == {"school_record": "yes"} and done.case.details["path"] == "reregister"
    assert [e.value for e in work_case.history(home, id) if e.field == "state"] == [
        "traces", "asked", "answered", "filed", "number_set", "card_taken", "closed",
    ]  # fmt: skip


def test_a_step_the_state_does_not_allow_or_without_its_answer_is_refused(home):
    id = work_case.open_case(home, "archive", OLD).case.id
    for code, details, wanted in (
        ("close", {}, ErrorCode.STEP_NOT_ALLOWED),
        ("drop", {}, ErrorCode.ANSWER_NEEDED),
        ("drop", {"colour": "red"}, ErrorCode.BAD_VALUE),
    ):
        with pytest.raises(FieldtoolError) as caught:
            work_case.step(home, id, code, details)
        assert caught.value.code is wanted
    work_case.step(home, id, "collect")
    with pytest.raises(FieldtoolError) as caught:
        work_case.step(home, id, "file", {"path": "by heart", "file_no": "1"})
    assert caught.value.code is ErrorCode.BAD_VALUE
    with pytest.raises(FieldtoolError) as caught:
        work_case.step(home, id, "ask", {"asked_place": "x"}, saw=("found",))
    assert caught.value.code is ErrorCode.STALE_DECISION


def test_undo_walks_back_step_by_step(home):
    id = work_case.open_case(home, "vneid", WIFE).case.id
    work_case.step(home, id, "submit")
    work_case.step(home, id, "approve")
    work_case.step(home, id, "activate")
    assert work_case.undo_step(home, id).case.state == "approved"
    assert work_case.undo_step(home, id).case.state == "submitted"
    assert work_case.undo_step(home, id).case.state == "not_asked"
    with pytest.raises(FieldtoolError) as caught:
        work_case.undo_step(home, id)
    assert caught.value.code is ErrorCode.NOTHING_TO_UNDO
    assert work_case.step(home, id, "submit").case.state == "submitted"


def test_opening_again_finds_the_open_case_and_a_new_round_after_it_closed(home):
    first = work_case.open_case(home, "card_due", HEAD, details={"why": "expired"}).case.id
    assert work_case.open_case(home, "card_due", HEAD).case.id == first
    work_case.step(home, first, "take")
    work_case.step(home, first, "hand_over")
    second = work_case.open_case(home, "card_due", HEAD).case.id
    assert second != first
    assert [case.id for case in home.work.cases(household=HOUSE)] == [second]


def test_hand_over_notes_and_ticks(home):
    id = work_case.open_case(home, "home_intake", OLD, details={"why": "bedridden"}).case.id
    work_case.hand_over(home, id, "Cán bộ Vi Văn Tám")
    work_case.add_note(home, id, "Nhà ở cuối bản")
    work_case.add_note(home, id, "Đi xe máy được")
    assert home.work.case(id).owner == "Cán bộ Vi Văn Tám"
    assert sum(event.field.startswith("note.") for event in work_case.history(home, id)) == 2
    assert work_case.tick(home, id, "kin_present").case.checks == {"kin_present": "yes"}
    assert work_case.tick(home, id, "kin_present", False).case.checks == {}
    with pytest.raises(FieldtoolError):
        work_case.tick(home, id, "no such item")


def test_two_officers_open_the_same_case_apart(tmp_path):
    with door_home(tmp_path / "a", name=1) as (_, a), door_home(tmp_path / "b", name=2) as (_, b):
        assert work_case.open_case(a, "abroad", WIFE).case.id == work_case.open_case(b, "abroad", WIFE).case.id
