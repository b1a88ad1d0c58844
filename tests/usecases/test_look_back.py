"""The trend worked out backwards: equal to the figures of the day it is asked for, whatever was told and taken back."""

from __future__ import annotations

import dataclasses

import pytest
from door_home import HEAD, HOUSE, MUON, OLD, OTHER, SON, VILLAGE, WIFE, SetClock, door_home
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldtool.records.errors import Cancelled
from fieldtool.records.presence import Asked, Presence, Sighting
from fieldtool.records.visits import MemberAnswer
from fieldtool.records.work import BACK
from fieldtool.usecases import four_words
from fieldtool.usecases import open_household as door
from fieldtool.usecases.look_back import NOT_BACK, look_back
from fieldtool.usecases.record_visit import record_visit, undo_visit
from fieldtool.usecases.today import today


@pytest.fixture(name="clock")
def _clock():
    return SetClock("2026-11-04T08:30:00+07:00")  # a Wednesday


@pytest.fixture(name="home")
def _home(tmp_path, clock):
    with door_home(tmp_path, clock) as (store, home):
        yield home
        assert store.check().complaints == []


def visit(home, *members, house=HOUSE):
    page = door.open_household(home.people, home.work, home.drafts, home.ids, house, today(home).day)
    return record_visit(home, dataclasses.replace(page.sheet, members=members)).id


def now(home):
    """The figures as the figures page counts them, of the codes that the log can tell."""
    total = four_words.four_words(home.work, today(home).day).total
    return {code: total[code] for code in BACK}


def of_the_log(told):
    return {code: told.counts[code] for code in BACK}


def test_each_week_is_as_its_page_would_have_shown_it(home, clock):
    pages = {"2026-W45": now(home)}
    clock.at = "2026-11-11T08:30:00+07:00"
    visit(
        home, MemberAnswer(HEAD, Presence.HERE, papers={"id": Sighting.ORIGINAL}), MemberAnswer(SON, Presence.UNKNOWN)
    )
    pages["2026-W46"] = now(home)
    clock.at = "2026-11-25T08:30:00+07:00"
    visit(home, MemberAnswer(MUON, Presence.HERE), house=OTHER)
    visit(home, MemberAnswer(OLD, Presence.DIED, {Asked.SINCE: "20/11/2026"}), MemberAnswer(SON, Presence.HERE))
    pages["2026-W48"] = now(home)
    pages["2026-W47"] = pages["2026-W46"]  # nothing happened in it
    found = look_back(home)
    assert {week: of_the_log(told) for week, told in found.items()} == pages
    assert [told.worked_out for told in found.values()] == [True, True, True, False]
    assert found["2026-W48"].counts == four_words.four_words(home.work, today(home).day).total  # today is counted
    assert list(found) == sorted(pages)  # none before the first paper
    assert look_back(home, VILLAGE) == found and look_back(home, "elsewhere") == {}


def test_a_kept_week_stands_as_it_was_kept(home, clock):
    four_words.keep_week(home)
    clock.at = "2026-11-18T08:30:00+07:00"
    found = look_back(home)
    assert [told.worked_out for told in found.values()] == [False, True, False]
    assert ["right.both" in told.counts for told in found.values()] == [True, False, True]
    assert set(NOT_BACK) | set(BACK) == {code for codes in four_words.WORDS.values() for code in codes}


def test_a_visit_taken_back_later_still_stood_in_its_week(home, clock):
    told = visit(home, MemberAnswer(WIFE, Presence.HERE))
    clock.at = "2026-11-11T08:30:00+07:00"
    undo_visit(home, told)
    found = look_back(home)
    assert [week.counts["sure.visited"] for week in found.values()] == [(1, 5), (0, 5)]


def test_a_clock_set_back_a_year_moves_nothing_into_last_year(home, clock):
    clock.at = "2025-11-11T08:30:00+07:00"
    visit(home, MemberAnswer(MUON, Presence.HERE), house=OTHER)
    found = look_back(home, weeks=60)
    assert list(found) == ["2026-W45"]
    assert of_the_log(found["2026-W45"]) == now(home)


def test_it_can_be_cancelled(home):
    def stop(done, total, stage):
        raise Cancelled

    with pytest.raises(Cancelled):
        look_back(home, progress=stop)


STATES = st.sampled_from([Presence.HERE, Presence.MOVED, Presence.DIED, Presence.WORKING, Presence.UNKNOWN])
SIGHTS = st.sampled_from([Sighting.ORIGINAL, Sighting.COPY, Sighting.NOT_SHOWN])
ACTS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from([HEAD, WIFE, SON, OLD]), STATES, st.dictionaries(st.just("id"), SIGHTS)),
        st.just("undo"),
    ),
    max_size=8,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_today_worked_out_backwards_is_today(tmp_path_factory, acts):
    with door_home(tmp_path_factory.mktemp("home"), SetClock()) as (_, home):
        last: list[str] = []
        for act in acts:
            if act == "undo":
                if last:
                    undo_visit(home, last.pop())
                continue
            person, state, papers = act
            last.append(visit(home, MemberAnswer(person, state, papers=papers)))
        (villages,) = home.work.count_back((today(home).day,)).values()
        (counts,) = (counts for place, counts in villages.items() if place == VILLAGE)
        assert dict(counts) == now(home)
