"""Machines restored from a backup: what they lost comes back by ordinary bundles, and nobody waits for ever."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from exchange_homes import KEY, CountingIds, SteadyClock, decide, hashes, home_of, homes

from fieldtool.ports import Home
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.store.opening import open_store
from fieldtool.usecases.enrol_device import accept_enrolment, finish_enrolment, request_enrolment
from fieldtool.usecases.export_bundle import export_bundle
from fieldtool.usecases.keep_root import renew_headquarters
from fieldtool.usecases.keep_trust import read_list_file, revoke_device
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
