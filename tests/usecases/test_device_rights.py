"""An officer has no more rights than the trust list gives his machine; headquarters asks for the second officer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import pytest
from exchange_homes import fill, homes

from fieldtool.ports import Home
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.events import Draft, Event, RecordKind
from fieldtool.records.exchange import BundleState
from fieldtool.records.roles import OfficerRole, Power
from fieldtool.usecases import users
from fieldtool.usecases.authority import current_user, require
from fieldtool.usecases.export_bundle import export_bundle
from fieldtool.usecases.keep_trust import assign_scope
from fieldtool.usecases.receive_bundle import ReceiveOutcome, receive_bundle

HERE, THERE = "16906-xop-thap", "16906-cham-puong"


@pytest.fixture(name="two")
def _two(tmp_path: Path) -> Iterator[list[Home]]:
    with homes(tmp_path) as opened:
        yield list(opened)


def _code(act: Callable[[], object]) -> ErrorCode:
    with pytest.raises(FieldtoolError) as caught:
        act()
    return caught.value.code


def _assigned(office: Home, laptop: Home, role: OfficerRole, villages: tuple[str, ...] = ()) -> None:
    assign_scope(office, laptop.card.device, role, villages)
    assert laptop.trust.take_list(office.trust.list_text())


def test_a_head_on_a_collectors_machine_is_a_collector_there(two: list[Home]) -> None:
    office, laptop = two
    assert require(laptop, Power.APPROVE).role is OfficerRole.HEAD
    _assigned(office, laptop, OfficerRole.COLLECTOR, (HERE,))
    for power in (Power.APPROVE, Power.DECIDE, Power.TABLES, Power.TRUST):
        assert _code(lambda power=power: require(laptop, power)) is ErrorCode.DEVICE_NOT_ALLOWED  # type: ignore[misc]
    assert require(laptop, Power.VISIT, HERE)
    assert _code(lambda: require(laptop, Power.VISIT, THERE)) is ErrorCode.DEVICE_NOT_ALLOWED
    for power in (Power.EXPORT, Power.RECEIVE):  # otherwise his work could not leave the machine
        assert require(laptop, power)


def test_a_machine_of_a_head_gives_a_collector_nothing_more(two: list[Home]) -> None:
    office, laptop = two
    _assigned(office, laptop, OfficerRole.HEAD)
    users.set_pin(laptop, "1234")
    added = users.add_officer(laptop, "Vi Văn Tám", OfficerRole.COLLECTOR, "9999", [HERE])
    users.switch_user(laptop, added.id, "9999")
    assert _code(lambda: require(laptop, Power.DECIDE)) is ErrorCode.NOT_ALLOWED
    assert not current_user(laptop).may(Power.VISIT, THERE)


def test_headquarters_is_bounded_by_no_list(two: list[Home]) -> None:
    office, _ = two
    assign_scope(office, office.card.device, OfficerRole.COLLECTOR)
    assert require(office, Power.TRUST)


def _sent(office: Home, laptop: Home, folder: Path) -> ReceiveOutcome:
    (outcome,) = receive_bundle(office, [export_bundle(laptop, "ct", folder).file])
    assert outcome.error is None
    return outcome


def _two_officers(laptop: Home) -> str:
    users.set_pin(laptop, "1234")
    second = users.add_officer(laptop, "Vi Văn Tám", OfficerRole.HEAD, "5555").id
    users.switch_user(laptop, second, "5555")
    users.set_pin(laptop, "9999")
    users.switch_user(laptop, laptop.card.officer, "1234")
    return second


def test_the_word_of_a_second_officer_is_verified(two: list[Home], tmp_path: Path) -> None:
    office, laptop = two
    fill(laptop, 2)
    second = _two_officers(laptop)
    assert _code(lambda: export_bundle(laptop, "ct", tmp_path / "usb")) is ErrorCode.SECOND_PERSON
    users.approve_export(laptop, second, "9999")
    assert not _sent(office, laptop, tmp_path / "usb").one_person


@pytest.mark.parametrize("said", ["nothing", "himself", "yesterday", "a stranger", "his code"])
def test_a_program_that_skipped_the_rule_is_flagged(
    two: list[Home], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    office, laptop = two
    fill(laptop, 2)
    second = _two_officers(laptop)
    mine = laptop.card.officer
    by = {"himself": mine, "a stranger": "cb-ai-do"}.get(said, second)
    day = "2026-11-23" if said == "yesterday" else "2026-11-24"
    known = f',"code_from":"{mine}"' if said == "his code" else ""
    value = f'{{"by":"{by}","day":"{day}","for":"{mine}"{known}}}'
    if said != "nothing":
        laptop.log.append([Draft(RecordKind.UNIT, laptop.card.unit, users.APPROVED, value)])
    monkeypatch.setattr("fieldtool.usecases.export_bundle.may_export", lambda _home, _villages: None)
    assert _sent(office, laptop, tmp_path / "usb").one_person


def test_a_machine_of_one_officer_needs_no_second(two: list[Home], tmp_path: Path) -> None:
    office, laptop = two
    fill(laptop, 2)
    assert not _sent(office, laptop, tmp_path / "usb").one_person


def test_some_villages_need_no_second(two: list[Home], tmp_path: Path) -> None:
    office, laptop = two
    fill(laptop, 2)
    _two_officers(laptop)
    (outcome,) = receive_bundle(office, [export_bundle(laptop, "ct", tmp_path / "usb", villages=(HERE,)).file])
    assert (outcome.error, outcome.one_person) == (None, False)


def test_a_bundle_that_waited_is_asked_when_it_is_applied(
    two: list[Home], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, laptop = two
    monkeypatch.setattr("fieldtool.usecases.export_bundle.may_export", lambda _home, _villages: None)
    fill(laptop, 2)
    _two_officers(laptop)
    first = export_bundle(laptop, "ct", tmp_path / "usb", villages=(HERE,)).file
    fill(laptop, 3)
    second = export_bundle(laptop, "ct", tmp_path / "later").file
    (outcome,) = receive_bundle(office, [second])
    assert (outcome.state, outcome.one_person, outcome.one_person_late) == (BundleState.WAITING, False, ())
    (outcome,) = receive_bundle(office, [first])
    assert [note.file for note in outcome.one_person_late] == [second.name]
    assert receive_bundle(office, [second])[0].one_person_late == ()  # told once


def _threes(events: Iterator[Event]) -> Iterator[list[Event]]:
    left = iter(events)
    while part := list(islice(left, 3)):
        yield part


def test_the_word_in_a_later_part_holds_for_the_earlier_ones(
    two: list[Home], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, laptop = two
    second = _two_officers(laptop)
    fill(laptop, 3)
    users.approve_export(laptop, second, "9999")
    monkeypatch.setattr("fieldtool.usecases.export_bundle.in_parts", _threes)
    sent = export_bundle(laptop, "ct", tmp_path / "usb")
    assert len(sent.files) > 1
    assert [outcome.one_person for outcome in receive_bundle(office, sent.files)] == [False] * len(sent.files)
