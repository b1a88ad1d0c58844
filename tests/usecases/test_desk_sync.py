"""What the desk says travels: standings, bulk acts, proposals reach headquarters; undone later, undone there too."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk_home import fill
from exchange_homes import homes

from fieldtool.conflicts.queue import Wanted
from fieldtool.ports import Home
from fieldtool.records.doubts import Standing
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.fields import Field
from fieldtool.records.persons import DoubtKind
from fieldtool.usecases import join_persons, settle_conflict
from fieldtool.usecases.decide_in_bulk import decide_in_bulk, undo_bulk
from fieldtool.usecases.export_bundle import export_bundle
from fieldtool.usecases.put_aside import put_aside
from fieldtool.usecases.receive_bundle import receive_bundle
from fieldtool.usecases.review_queue import queue


def send(sender: Home, unit: str, receiver: Home, folder: Path) -> None:
    file = export_bundle(sender, unit, folder).file
    outcome = receive_bundle(receiver, [file])[0]
    assert outcome.error is None, outcome.error


def ids(home: Home, **wanted: str) -> set[str]:
    return {doubt.id for doubt in queue(home.people, Wanted(**wanted), "2026-11-25").lines}


def test_acts_travel_and_their_undoing_follows_them(tmp_path: Path) -> None:
    with homes(tmp_path, 1) as (office, laptop):
        fill(laptop)
        put_aside(laptop, ["p4:name"], Standing.PAPER, paper="birth", note="mất bản gốc")
        done = decide_in_bulk(laptop, "year_only", only=["p1:dob", "p2:dob"])
        merged = join_persons.merge(laptop, "p9", "p10")
        join_persons.propose(laptop, "g1", "i1")
        send(laptop, "ct", office, tmp_path / "usb")
        assert ids(office, standing="paper") == {"p4:name"}
        assert not {"p1:dob", "p2:dob"} & ids(office)
        assert office.people.person("p10") is None
        assert ids(office, kind="second") == {"g1|i1"}
        # undone at home after the sync, and sent again
        undo_bulk(laptop, done.act)
        settle_conflict.undo(laptop, merged[0])
        send(laptop, "ct", office, tmp_path / "usb")
        assert {"p1:dob", "p2:dob"} <= ids(office)
        assert office.people.person("p10") is not None
        # another officer may confirm what one proposed
        join_persons.confirm(office, "g1|i1")
        send(office, "x1", laptop, tmp_path / "usb")
        assert laptop.people.links()["g1"][0] == laptop.people.links()["i1"][0]
        assert ids(laptop, kind="second") == set()


def test_two_officers_who_put_aside_and_decide_apart_lose_nothing(tmp_path: Path) -> None:
    with homes(tmp_path, 1) as (office, laptop):
        fill(laptop)
        send(laptop, "ct", office, tmp_path / "usb")
        put_aside(laptop, ["p4:name"], Standing.PARKED)
        put_aside(office, ["p4:name"], Standing.PAPER, paper="id")
        settle_conflict.decide(laptop, "p4", Field.DOB, "09/10/1970")
        settle_conflict.decide(office, "p4", Field.DOB, "1970")
        send(laptop, "ct", office, tmp_path / "usb")
        send(office, "x1", laptop, tmp_path / "usb")
        for home in (office, laptop):
            assert ids(home, standing="paper") == {"p4:name"}  # what asks for more is kept
            doubt = home.people.doubt("p4:dob")
            assert doubt is not None
            assert doubt.kind is DoubtKind.DIVIDED
            assert set(doubt.values) == {"09/10/1970", "1970"}
        first = settle_conflict.decide(laptop, "p4", Field.DOB, "09/10/1970")
        send(laptop, "ct", office, tmp_path / "usb")
        assert office.people.doubt("p4:dob") is None
        settle_conflict.undo(laptop, first)
        send(laptop, "ct", office, tmp_path / "usb")
        again = office.people.doubt("p4:dob")
        assert again is not None
        assert again.kind is DoubtKind.DIVIDED


def test_an_undone_act_of_another_machine_is_stale_not_lost(tmp_path: Path) -> None:
    with homes(tmp_path, 1) as (office, laptop):
        fill(laptop)
        event = settle_conflict.decide(laptop, "p4", Field.NAME, "Vi Thị Dung")
        send(laptop, "ct", office, tmp_path / "usb")
        settle_conflict.decide(office, "p4", Field.NAME, "Vi Thị Dũng")
        send(office, "x1", laptop, tmp_path / "usb")
        with pytest.raises(FieldtoolError) as told:
            settle_conflict.undo(laptop, event)
        assert told.value.code is ErrorCode.STALE_DECISION
        person = laptop.people.person("p4")
        assert person is not None
        assert person.value(Field.NAME) == "Vi Thị Dũng"
