"""Machines restored from a backup, or cloned: what they lost comes back by ordinary bundles; nobody waits for ever."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from exchange_homes import KEY, CountingIds, SteadyClock, decide, fill, hashes, home_of, homes
from test_receipts_and_trust import down, up

from fieldtool.ports import Home
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.events import RecordKind
from fieldtool.records.exchange import BundleState
from fieldtool.records.roles import OfficerRole
from fieldtool.store.opening import open_store
from fieldtool.usecases.enrol_device import accept_enrolment, finish_enrolment, request_enrolment
from fieldtool.usecases.export_bundle import export_bundle
from fieldtool.usecases.keep_root import renew_headquarters
from fieldtool.usecases.keep_trust import assign_scope, read_list_file, revoke_device, take_list_file
from fieldtool.usecases.own_leftovers import behind_by
from fieldtool.usecases.receive_bundle import receive_bundle
from fieldtool.usecases.watch_makers import lost_device, makers, missing_bundles

PERSON = "p" + "0" * 31


def carried(maker: Home, receiver: Home, stick: Path) -> None:
    made = export_bundle(maker, receiver.card.unit, stick)
    outcomes = receive_bundle(receiver, [*made.resent, *made.files])
    assert [outcome.error for outcome in outcomes] == [None] * len(outcomes)


def reopened(folder: Path):
    return open_store(folder / "home.db", KEY, clock=SteadyClock(), ids=CountingIds(66))


def own(home: Home) -> set[str]:
    return {event.id for event in home.log.events() if event.device == home.card.device}


def test_a_restored_laptop_gets_its_own_lost_work_back_by_an_ordinary_bundle(tmp_path: Path) -> None:
    with homes(tmp_path) as (office, laptop):
        decide(laptop, PERSON, "name", "một")
        carried(laptop, office, tmp_path / "up1")
        carried(office, laptop, tmp_path / "down1")
        shutil.copytree(tmp_path / "x1", tmp_path / "backup")
        decide(laptop, PERSON, "dob", "1/1/1960")
        carried(laptop, office, tmp_path / "up2")
        store = reopened(tmp_path / "backup")
        try:
            restored = home_of(store, 67)
            carried(office, restored, tmp_path / "down2")
            with pytest.raises(FieldtoolError) as refused:
                decide(restored, PERSON, "sex", "Nữ")
            assert refused.value.code is ErrorCode.HOME_BEHIND
            asked = request_enrolment(restored, tmp_path / "renew", renew=True)
            finish_enrolment(restored, accept_enrolment(office, asked.file, tmp_path / "renew").file)
            restored = home_of(store, 68)
            carried(office, restored, tmp_path / "down3")
            assert own(restored) == own(laptop)
            assert missing_bundles(restored) == [] and all(not maker.waiting for maker in makers(restored))
            decide(restored, PERSON, "sex", "Nữ")
            carried(restored, office, tmp_path / "up3")
            carried(office, restored, tmp_path / "down4")
            assert hashes(restored) == hashes(office)
        finally:
            store.close()


def test_headquarters_restored_gets_its_laptops_work_back_and_no_thief_is_trusted_again(tmp_path: Path) -> None:
    with homes(tmp_path, laptops=2) as (office, laptop, stolen):
        decide(laptop, PERSON, "name", "một")
        carried(laptop, office, tmp_path / "up1")
        decide(stolen, "p" + "0" * 30 + "1", "name", "Kha")
        carried(stolen, office, tmp_path / "up1b")
        shutil.copytree(tmp_path / "office", tmp_path / "backup")
        carried(office, laptop, tmp_path / "down1")
        decide(laptop, PERSON, "dob", "1/1/1960")
        carried(laptop, office, tmp_path / "up2")
        lost_device(office, stolen.card.device)
        carried(office, laptop, tmp_path / "down2")  # with the receipt of what the backup does not hold
        cut = [(item.device, item.incarnation) for item in laptop.trust.cutoffs()]
        assert cut == [(stolen.card.device, 1)]
        store = reopened(tmp_path / "backup")
        try:
            restored = home_of(store, 67)
            decide(laptop, PERSON, "sex", "Nữ")
            carried(laptop, restored, tmp_path / "up3")
            assert restored.log.count() < office.log.count()
            for act in (lambda: decide(restored, PERSON, "name", "x"), lambda: revoke_device(restored, "m02")):
                number = restored.trust.number()
                with pytest.raises(FieldtoolError) as refused:
                    act()
                assert refused.value.code is ErrorCode.HOME_BEHIND
                assert restored.trust.number() == number, "no list that bears the number of another"
            done = renew_headquarters(restored, tmp_path / "list")
            restored = home_of(store, 68)
            assert read_list_file(laptop, done.list_file)
            assert [(item.device, item.incarnation) for item in laptop.trust.cutoffs()] == cut
            assert [(item.device, item.incarnation) for item in laptop.trust.cutoffs_lost()] == cut
            carried(laptop, restored, tmp_path / "up4")
            assert own(laptop) <= {event.id for event in restored.log.events()}
            assert missing_bundles(restored) == [] and not any(maker.waiting for maker in makers(restored))
            revoke_device(restored, stolen.card.device)
            carried(restored, laptop, tmp_path / "down5")
            assert laptop.trust.cutoffs_lost() == ()
            decide(laptop, PERSON, "origin", "Tương Dương")
            carried(laptop, restored, tmp_path / "up6")
            assert own(laptop) <= {event.id for event in restored.log.events()}
        finally:
            store.close()


def _after_the_backup(office: Home, laptop: Home, late: Home, folder: Path) -> None:
    """What headquarters decides once its backup lies in a safe: an answer, a machine it cuts off, a scope, an own
    decision; it goes down to the laptop."""
    shutil.copytree(folder / "office", folder / "backup")
    (said,) = [event.id for event in laptop.log.events() if event.field == "name"]
    decide(office, PERSON, "name", "do cấp trên", (said,))
    revoke_device(office, late.card.device)
    assign_scope(office, laptop.card.device, OfficerRole.HEAD)
    carried(office, laptop, folder / "down1")
    decide(office, PERSON, "dob", "1/1/1961")
    carried(office, laptop, folder / "down2")


def _kept_of(office: Home) -> set[str]:
    return {event.id for event in office.log.events() if event.kind != RecordKind.RECEIPT}


def test_headquarters_restored_gets_its_own_decisions_back_from_a_laptop(tmp_path: Path) -> None:
    with homes(tmp_path, laptops=2) as (office, laptop, stolen):
        decide(laptop, PERSON, "name", "một")
        carried(laptop, office, tmp_path / "up1")
        _after_the_backup(office, laptop, stolen, tmp_path)
        store = reopened(tmp_path / "backup")
        try:
            done = renew_headquarters(home_of(store, 67), tmp_path / "list")
            restored = home_of(store, 68)
            assert read_list_file(laptop, done.list_file)
            decide(laptop, PERSON, "sex", "Nữ")
            made = export_bundle(laptop, "ct", tmp_path / "up2")
            assert len(made.carried) == 2
            outcomes = receive_bundle(restored, [tmp_path / "up2"])
            assert [outcome.error for outcome in outcomes] == [None] * 3
            assert _kept_of(office) <= {event.id for event in restored.log.events()}
            assert {event.value for event in restored.log.register(RecordKind.PERSON, PERSON, "name")} == {
                "do cấp trên"
            }
            assert [(item.device, item.incarnation) for item in restored.trust.cutoffs()] == [("m02", 1)]
            assert [scope.device for scope in restored.trust.scopes()] == ["m01"]
            assert missing_bundles(restored) == [] and all(not maker.waiting for maker in makers(restored))
            again = receive_bundle(restored, [tmp_path / "up2"])
            assert all(outcome.already_known for outcome in again)
            carried(restored, laptop, tmp_path / "down3")
            assert hashes(restored) == hashes(laptop)
            decide(laptop, PERSON, "origin", "Tương Dương")
            assert export_bundle(laptop, "ct", tmp_path / "up3").carried == ()  # it has said that it is back
            assert not store.check().complaints
        finally:
            store.close()


def test_headquarters_finds_on_its_own_old_sticks_that_it_was_restored(tmp_path: Path) -> None:
    with homes(tmp_path, laptops=2) as (office, laptop, stolen):
        decide(laptop, PERSON, "name", "một")
        carried(laptop, office, tmp_path / "up1")
        _after_the_backup(office, laptop, stolen, tmp_path)
        number = office.trust.number()
        store = reopened(tmp_path / "backup")
        try:
            restored = home_of(store, 67)
            (outcome,) = receive_bundle(restored, [tmp_path / "down1"])
            assert (outcome.error, outcome.state) == (None, BundleState.MADE)
            assert restored.trust.number() == number and len(restored.trust.cutoffs()) == 1
            with pytest.raises(FieldtoolError) as refused:
                decide(restored, PERSON, "sex", "Nữ")
            assert refused.value.code is ErrorCode.HOME_BEHIND
            renew_headquarters(restored, tmp_path / "list")
            assert decide(home_of(store, 68), PERSON, "sex", "Nữ")
        finally:
            store.close()


def test_on_an_ordinary_day_its_own_bundles_change_nothing_at_headquarters(tmp_path: Path) -> None:
    with homes(tmp_path) as (office, laptop):
        decide(office, PERSON, "name", "một")
        carried(office, laptop, tmp_path / "down1")
        before = [event.id for event in office.log.events()]
        (outcome,) = receive_bundle(office, [tmp_path / "down1"])
        assert outcome.already_known and [event.id for event in office.log.events()] == before
        decide(laptop, PERSON, "dob", "1/1/1960")
        assert export_bundle(laptop, "ct", tmp_path / "up1").carried == ()
        assert len(export_bundle(laptop, "ct", tmp_path / "up2", hand_back=True).carried) == 1
        assert decide(office, PERSON, "sex", "Nam")


def test_a_restored_laptop_is_read_only_until_it_is_issued_again(tmp_path: Path) -> None:
    with homes(tmp_path) as (office, laptop):
        fill(laptop, 2)
        up(laptop, office, tmp_path / "usb")
        shutil.copytree(tmp_path / "x1", tmp_path / "old copy")
        decide(laptop, PERSON, "name", "Sau bản sao")
        up(laptop, office, tmp_path / "usb")
        store = open_store(tmp_path / "old copy" / "home.db", KEY, clock=SteadyClock(), ids=CountingIds(50))
        restored = home_of(store)
        waits = down(office, restored, tmp_path / "usb2")
        assert waits.state is BundleState.WAITING
        assert [(item.name.device, item.name.number) for item in waits.missing if item.name] == [("m01", 2)]
        assert (behind_by(restored), behind_by(laptop), behind_by(office)) == ("2", "", "")
        with pytest.raises(FieldtoolError) as refused:
            decide(restored, PERSON, "name", "không được ghi")
        assert refused.value.code is ErrorCode.HOME_BEHIND
        asked = request_enrolment(restored, tmp_path / "usb3", renew=True)
        answer = accept_enrolment(office, asked.file, tmp_path / "usb3")
        finish_enrolment(restored, answer.file)
        down(office, restored, tmp_path / "usb4", all=True)
        assert behind_by(restored) == ""
        assert hashes(restored) == hashes(office)
        mine = decide(restored, PERSON, "name", "Lần cấp hai")
        assert mine.startswith("m01.2:1:")
        assert up(restored, office, tmp_path / "usb5").error is None
        assert hashes(restored) == hashes(office)
        assert store.check().complaints == []
        store.close()


def test_both_copies_of_a_cloned_laptop_are_issued_anew(tmp_path: Path) -> None:
    """The second copy is told why its request is refused, and what it wrote still goes up after its own renewal."""
    with homes(tmp_path) as (office, laptop):
        up_first = decide(laptop, PERSON, "name", "Lô Thị Mùa Xuân")
        up(laptop, office, tmp_path / "usb")
        shutil.copytree(tmp_path / "x1", tmp_path / "copy")
        store = open_store(tmp_path / "copy" / "home.db", KEY, clock=SteadyClock(), ids=CountingIds(88))
        try:
            copy = home_of(store, 88)
            request = request_enrolment(laptop, tmp_path / "one", renew=True)
            finish_enrolment(laptop, accept_enrolment(office, request.file, tmp_path / "one").file)
            mine = decide(copy, PERSON, "dob", "1/1/1960")
            refused = request_enrolment(copy, tmp_path / "two", renew=True)
            with pytest.raises(FieldtoolError) as caught:
                accept_enrolment(office, refused.file, tmp_path / "two")
            assert caught.value.code is ErrorCode.INCARNATION_TAKEN
            take_list_file(copy, office.trust.list_text())
            again = request_enrolment(copy, tmp_path / "two", renew=True)
            finish_enrolment(copy, accept_enrolment(office, again.file, tmp_path / "two").file)
            assert copy.keys.card().incarnation == 3
            later = decide(home_of(store, 89), PERSON, "sex", "Nữ")
            up(home_of(store, 89), office, tmp_path / "usb2")
            assert {up_first, mine, later} <= {event.id for event in office.log.events()}
        finally:
            store.close()
