"""A bundle that waited is judged when it is applied: what came between counts, whatever was right when it arrived."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from exchange_homes import homes

from fieldtool.ports import Home
from fieldtool.records.events import Draft, RecordKind
from fieldtool.records.exchange import BundleState, Held
from fieldtool.records.roles import OfficerRole
from fieldtool.usecases.export_bundle import export_bundle
from fieldtool.usecases.keep_trust import assign_scope, hand_over, revoke_device
from fieldtool.usecases.receive_bundle import receive_bundle

Stage = tuple[Home, Home, Home, list[str], list[Path]]
VILLAGE = "16906-ban-dua"
FIRST, SECOND = "p" + "1" * 31, "p" + "2" * 31


def write(home: Home, person: str, village: str = VILLAGE) -> str:
    return home.log.append([Draft(RecordKind.PERSON, person, "name", "Lô Thị Mùa Xuân", village=village)])[0]


@pytest.fixture(name="stage")
def _stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    """Headquarters, two laptops, two operations of the first laptop and its export of them in two parts, of which
    headquarters was handed the second."""
    monkeypatch.setattr("fieldtool.bundles.pack.MOST_ROWS", 1)
    with homes(tmp_path, laptops=2) as (office, first, second):
        events = [write(first, FIRST), write(first, SECOND)]
        files = export_bundle(first, "ct", tmp_path / "usb").files
        got = receive_bundle(office, [files[1]])[0]
        assert (got.error, got.state, got.quarantined) == (None, BundleState.WAITING, 0)
        yield office, first, second, events, list(files)


def reasons(home: Home) -> dict[str, str]:
    return {item.event.id: str(item.reason) for item in home.depot.quarantined()}


def test_nothing_came_between(stage: Stage) -> None:
    office, _, _, events, files = stage
    (first,) = receive_bundle(office, [files[0]])
    (late,) = first.late
    assert first.new_events == 1
    assert (late.file.name, late.state, late.new_events) == (files[1].name, BundleState.APPLIED, 1)
    assert all(office.log.event(id) for id in events) and reasons(office) == {}


Between = Callable[[Home, Home, Home], object]
BETWEEN: dict[str, tuple[Between, Held]] = {
    "handed over": (lambda office, _, second: hand_over(office, VILLAGE, second.card.device), Held.AFTER_HANDOVER),
    "cut off": (lambda office, first, _: revoke_device(office, first.card.device), Held.REVOKED),
    "other villages": (
        lambda office, first, _: assign_scope(office, first.card.device, OfficerRole.HEAD, ("16906-xom-3",)),
        Held.OUTSIDE_VILLAGES,
    ),
    "other role": (
        lambda office, first, _: assign_scope(office, first.card.device, OfficerRole.COLLECTOR),
        Held.OUTSIDE_ROLE,
    ),
}


@pytest.mark.parametrize("name", BETWEEN)
def test_what_came_between_counts(name: str, stage: Stage) -> None:
    between, reason = BETWEEN[name]
    office, first, second, events, files = stage
    between(office, first, second)
    (got,) = receive_bundle(office, [files[0]])
    assert [item.state for item in (got, *got.late)] == [BundleState.APPLIED] * 2
    assert [item.quarantined for item in (got, *got.late)] == [1, 1]
    assert reasons(office) == {id: str(reason) for id in events}
    assert not any(office.log.event(id) for id in events)


def test_what_was_held_when_it_came_and_is_right_now_is_joined(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fieldtool.bundles.pack.MOST_ROWS", 1)
    with homes(tmp_path) as (office, laptop):
        assign_scope(office, laptop.card.device, OfficerRole.HEAD, ("16906-xom-3",))
        events = [write(laptop, FIRST, "16906-xom-3"), write(laptop, SECOND)]
        files = export_bundle(laptop, "ct", tmp_path / "usb").files
        receive_bundle(office, [files[1]])
        assign_scope(office, laptop.card.device, OfficerRole.HEAD, ("16906-xom-3", VILLAGE))
        receive_bundle(office, [files[0]])
        assert all(office.log.event(id) for id in events) and reasons(office) == {}
