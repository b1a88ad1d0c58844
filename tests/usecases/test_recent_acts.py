"""Acts of an earlier sitting are found again, newest first, and taken back: only those that still stand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_home import desk_home

from fieldtool.ports import Home
from fieldtool.records.doubts import Standing
from fieldtool.records.events import LINK, Draft, RecordKind
from fieldtool.records.fields import Field
from fieldtool.usecases import join_persons, settle_conflict
from fieldtool.usecases.decide_in_bulk import decide_in_bulk
from fieldtool.usecases.put_aside import put_aside, reopen
from fieldtool.usecases.recent_acts import CODES, recent_acts, take_back
from fieldtool.wording.catalogue import Language, Wording


@pytest.fixture(name="home")
def _home(tmp_path: Path) -> Iterator[Home]:
    with desk_home(tmp_path / "home") as (store, home):
        yield home
        assert store.check().complaints == []


def codes(home: Home) -> list[str]:
    return [act.code for act in recent_acts(home, 50)]


def test_a_home_in_which_nobody_decided_has_nothing_to_take_back(home: Home) -> None:
    assert recent_acts(home) == ()


def test_every_act_of_the_desk_is_told_and_taken_back(home: Home) -> None:
    before = {id: link for id, (link, _) in home.people.links().items()}
    settle_conflict.decide(home, "p4", Field.NAME, "Vi Thị Dung")
    decide_in_bulk(home, "year_only", excepted=("p4:dob",))
    put_aside(home, ["p4:dob"], Standing.PARKED)
    reopen(home, "p4:dob")
    join_persons.propose(home, "g1", "i1")
    join_persons.merge(home, "p9", "p10")
    join_persons.split(home, "p2", ["b2"])
    settle_conflict.settle_rivals(home, "m2", "p9")
    found = recent_acts(home, 50)
    assert [act.code for act in found] == [
        "paper", "apart", "same", "proposal", "reopened", "bulk", "field",
    ]  # fmt: skip  # what was reopened stands on what was put aside
    assert {act.code for act in found} <= set(CODES)
    assert [(act.name, act.field, act.value) for act in found if act.code == "field"] == [
        ("Vi Thị Dung", "name", "Vi Thị Dung")
    ]
    assert next(act.count for act in found if act.code == "bulk") == 3
    for language in Language:
        assert all(Wording(language).recent(act) for act in found)
    while acts := recent_acts(home, 1):
        take_back(home, acts[0].event)
    assert {id: link for id, (link, _) in home.people.links().items()} == before
    assert home.people.doubt("p4:name") is not None
    assert home.people.doubt("p1:dob") is not None


def test_an_act_on_which_a_later_one_stands_comes_back_when_that_is_gone(home: Home) -> None:
    settle_conflict.decide(home, "p4", Field.NAME, "Vi Thị Dung")
    later = settle_conflict.decide(home, "p4", Field.NAME, "Vi Thị Dũng")
    assert [act.value for act in recent_acts(home)] == ["Vi Thị Dũng"]
    settle_conflict.undo(home, later)
    assert [act.value for act in recent_acts(home)] == ["Vi Thị Dung"]


def test_older_ones_follow_page_by_page(home: Home) -> None:
    for field, value in ((Field.NAME, "Vi Thị Dung"), (Field.DOB, "09/10/1970"), (Field.SEX, "Nữ")):
        settle_conflict.decide(home, "p4", field, value)
    assert [act.field for act in recent_acts(home, 2)] == ["sex", "dob"]
    assert [act.field for act in recent_acts(home, 2, skip=2)] == ["name"]


def test_links_of_a_match_visits_and_other_machines_are_no_acts_of_this_desk(home: Home) -> None:
    home.log.append([Draft(RecordKind.DOCUMENT, "a1", LINK, "p1", basis='{"band":"certain"}')])
    home.log.append([Draft(RecordKind.PERSON, "p1", Field.DOB, "02/03/1990", basis='{"visit":"v1","seen":[]}')])
    home.log.append([Draft(RecordKind.PERSON, "p1", "presence", "here", basis="{}")])
    assert codes(home) == []


def test_an_act_on_ethnicity_is_told_without_its_value(home: Home) -> None:
    settle_conflict.decide(home, "p4", Field.ETHNICITY, "Khơ Mú")
    (act,) = recent_acts(home)
    assert act.value == "Khơ Mú"
    for language in Language:
        told = Wording(language).recent(act)
        assert "Khơ Mú" not in told and "•••" in told
