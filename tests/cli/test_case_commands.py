"""Cases from the command line: every step of every kind, refused without its answer, late ones first, handed over."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from case_walks import answers, way_out, way_to
from door_home import HEAD, HOUSE, MUON, OLD, SON, VILLAGE, WIFE, SetClock, door_home
from open_doors import doors_of

from fieldtool.cli.main import run
from fieldtool.records.casebook import book
from fieldtool.records.casebook.machine import Machine, Step

PEOPLE = (HEAD, WIFE, SON, OLD, MUON)
Call = Callable[..., tuple[int, dict]]


@pytest.fixture(name="clock")
def _clock() -> SetClock:
    return SetClock()


@pytest.fixture(name="call")
def _call(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, clock: SetClock
) -> Iterator[Call]:
    monkeypatch.setenv("FIELDTOOL_PASSPHRASE", "bốn con trâu qua suối")
    with door_home(tmp_path / "home", clock) as (store, _home):
        given = doors_of(store, clock)

        def call(*arguments: str) -> tuple[int, dict]:
            capsys.readouterr()
            code = run(given, ["--json", *arguments])
            return code, json.loads(capsys.readouterr().out)

        yield call
        assert store.check().complaints == []


def taken(call: Call, id: str, machine: Machine, step: Step) -> tuple[int, dict]:
    said = [f"--set={name}={text}" for name, text in answers(machine, step).items()]
    return call("case", "step", id, step.code, *said)


@pytest.mark.parametrize("machine", book.MACHINES.values(), ids=lambda machine: machine.kind)
def test_every_step_of_a_kind_is_taken_and_refused_without_its_answer(call: Call, machine: Machine) -> None:
    for place, step in enumerate(machine.steps):
        who = ("--person", PEOPLE[place]) if place < len(PEOPLE) else ("--household", HOUSE)
        id = call("case", "open", machine.kind, *who)[1]["case"]["id"]
        for before in way_to(machine, step):
            assert taken(call, id, machine, before)[0] == 0
        held = call("case", "show", id)[1]["view"]["case"]
        if any(not held["details"].get(name) for name in step.asks):
            code, said = call("case", "step", id, step.code)
            assert (code, said["error"]["code"]) == (1, "answer_needed")
        code, found = taken(call, id, machine, step)
        assert (code, found["case"]["state"]) == (0, step.end), step
        assert bool(found["case"]["closed"]) is (step.end in machine.ends)
        for onward in way_out(machine, step.end):  # so that the next of this person is a case of its own
            assert taken(call, id, machine, onward)[0] == 0


def test_the_archive_case_has_seven_days_and_rises_when_they_are_over(call: Call, clock: SetClock) -> None:
    later = call("case", "open", "no_birth", "--person", SON)[1]["case"]
    case = call("case", "open", "archive", "--person", OLD)[1]
    assert (case["left"], case["case"]["due"], case["case"]["owner"]) == (7, "2026-12-02", "cb-m01")
    clock.at = "2026-12-04T08:00:00+07:00"
    first, second = call("case", "list")[1]
    assert (first["case"]["id"], first["left"], second["case"]["id"]) == (case["case"]["id"], -2, later["id"])
    handed = call("case", "hand-over", first["case"]["id"], "Công an xã Yên Na")[1]
    assert handed["case"]["owner"] == "Công an xã Yên Na"
    assert [item["case"]["id"] for item in call("case", "list", "--owner", "Công an xã Yên Na")[1]] == [
        case["case"]["id"]
    ]
    assert [line["person"] for line in call("figure", "case.archive:late")[1]] == [OLD]


def test_rosters_are_by_village(call: Call) -> None:
    opened = call("propose", "card_due", "--months", "6", "--open")[1]["opened"]
    rosters = call("roster", "card_due")[1]["villages"]
    assert list(rosters) == ["Bản Chăm Puông"] and len(rosters["Bản Chăm Puông"]) == opened > 0
    assert call("roster", "card_due", "--village", VILLAGE)[1]["villages"] == rosters
    assert call("roster", "card_due", "--village", "elsewhere")[1]["villages"] == {}
