"""The plan: what waits, in the order of the path; promises first; only what this laptop carries."""

from __future__ import annotations

import dataclasses

import pytest
from door_home import HOUSE, OTHER, VILLAGE, SetClock, door_home

from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.presence import TimeOfDay, VisitResult
from fieldtool.usecases import open_household as door
from fieldtool.usecases import plan_visits
from fieldtool.usecases.record_visit import record_visit
from fieldtool.usecases.today import Today, today, trust_clock


@pytest.fixture(name="clock")
def _clock():
    return SetClock()


@pytest.fixture(name="home")
def _home(tmp_path, clock):
    with door_home(tmp_path, clock) as (store, home):
        yield home
        assert store.check().complaints == []


def visit(home, house, **changes):
    page = door.open_household(home.people, home.work, home.drafts, home.ids, house, today(home).day)
    sheet = page.sheet if changes.get("result") is VisitResult.NOT_HOME else door.all_here(page, page.sheet)
    return record_visit(home, dataclasses.replace(sheet, **changes))


def waiting(home):
    return [line.household for line in plan_visits.tasks(home, VILLAGE).lines]


def test_only_households_with_something_open_wait(home):
    assert set(waiting(home)) == {HOUSE, OTHER}
    visit(home, OTHER)
    assert waiting(home) == [HOUSE]
    visit(home, HOUSE)  # the difference in a birth date is still open
    (line,) = plan_visits.tasks(home, VILLAGE).lines
    assert (line.household, line.unmet, line.doubts) == (HOUSE, 0, 1)


def test_not_home_come_after_dark(home, clock):
    visit(home, OTHER, result=VisitResult.NOT_HOME, next_day="2026-11-27", next_time=TimeOfDay.EVENING)
    assert waiting(home) == [HOUSE]  # let alone until then
    clock.at = "2026-11-27T08:00:00+07:00"
    found = plan_visits.tasks(home, VILLAGE).lines
    assert [line.household for line in found] == [OTHER, HOUSE]  # the promise first
    assert (found[0].attempts, found[0].next_time, found[0].last_result) == (1, "evening", "not_home")


def test_houses_follow_the_path(home):
    plan_visits.place_houses(home, "Cụm Suối", [OTHER, HOUSE])
    assert waiting(home) == [OTHER, HOUSE]
    plan_visits.place_houses(home, "Cụm Suối", [HOUSE, OTHER])
    assert waiting(home) == [HOUSE, OTHER]
    assert home.work.house_places([HOUSE]) == {HOUSE: ("Cụm Suối", 1)}


def test_a_plan_is_made_found_and_dropped(home):
    made = plan_visits.make_plan(home, VILLAGE, "2026-11-26", ["Trưởng bản Kha"], note="mang máy quét")
    assert set(made.households) == {HOUSE, OTHER}
    assert plan_visits.find_plan(home, VILLAGE) == made == plan_visits.find_plan(home, made.id)
    plan_visits.drop_plan(home, made.id)
    with pytest.raises(FieldtoolError) as caught:
        plan_visits.find_plan(home, made.id)
    assert caught.value.code is ErrorCode.NOT_FOUND


def test_who_comes_along_stands_on_the_sheet_of_a_planned_house(home, clock):
    plan = plan_visits.make_plan(home, VILLAGE, helpers=["Trưởng bản Kha", "Vi Văn An"], households=[HOUSE])
    for house, helpers, named in ((HOUSE, plan.helpers, plan.id), (OTHER, (), "")):
        sheet = door.open_household(home.people, home.work, home.drafts, home.ids, house, today(home).day).sheet
        assert (sheet.helpers, sheet.plan) == (helpers, named)
    clock.at = "2026-11-27T08:00:00+07:00"  # that plan was for another day
    later = door.open_household(home.people, home.work, home.drafts, home.ids, HOUSE, today(home).day).sheet
    assert (later.helpers, later.plan) == ((), "")


def test_the_carry_set(home):
    assert plan_visits.carried(home) == ()
    assert plan_visits.carry(home, [VILLAGE]) == (VILLAGE,)
    assert plan_visits.carry(home, []) == ()
    with pytest.raises(FieldtoolError):
        plan_visits.carry(home, ["elsewhere"])


def test_a_person_not_spoken_of_for_half_a_year_waits_again(home, clock):
    visit(home, OTHER)
    clock.at = "2027-06-25T08:00:00+07:00"
    assert OTHER in waiting(home)


def test_a_clock_that_was_ahead_counts_again_once_an_officer_says_so(tmp_path):
    clock = SetClock("2031-01-05T08:00:00+07:00")
    with door_home(tmp_path, clock) as (_, home):
        clock.at = "2026-11-25T08:00:00+07:00"
        found = today(home)
        assert (found.day, found.set_back) == ("2031-01-05", True)
        assert trust_clock(home) == today(home) == Today("2026-11-25", clock.at, False)
        plan_visits.carry(home, [VILLAGE])
        assert today(home).day == "2026-11-25"
        clock.at = "2025-01-01T08:00:00+07:00"  # what was written since holds it again
        assert (today(home).day, today(home).set_back) == ("2026-11-25", True)


def test_a_plan_for_a_later_day_has_the_visits_promised_for_it(home):
    visit(home, OTHER, result=VisitResult.NOT_HOME, next_day="2026-11-30", next_time=TimeOfDay.EVENING)
    assert plan_visits.make_plan(home, VILLAGE, "2026-11-30").households == (OTHER, HOUSE)
    assert plan_visits.make_plan(home, VILLAGE, "2026-11-29").households == (HOUSE,)
    assert plan_visits.make_plan(home, VILLAGE).households == (HOUSE,)


def test_a_promised_day_is_kept_as_lists_compare_it_and_nobody_was_met(home, clock):
    visit(home, OTHER, result=VisitResult.NOT_HOME, next_day="01/12/2026")
    (note,) = home.work.visits(OTHER)
    assert (note.next_day, note.met, note.result) == ("2026-12-01", "", "not_home")
    assert waiting(home) == [HOUSE]
    clock.at = "2026-12-01T08:00:00+07:00"
    assert waiting(home) == [OTHER, HOUSE]


def test_a_neighbour_met_instead_stays(home):
    visit(home, OTHER, result=VisitResult.NOT_HOME, met="hàng xóm Vi Thị Mai")
    assert home.work.visits(OTHER)[0].met == "hàng xóm Vi Thị Mai"
