"""What one laptop of a unit sent up reaches the other one through headquarters; after a fork, the copy that goes on."""

from __future__ import annotations

import shutil
from pathlib import Path

from exchange_homes import KEY, CountingIds, SteadyClock, card, decide, enrol, hashes, home_of, homes, new_home

from fieldtool.ports import Home
from fieldtool.store.opening import open_store
from fieldtool.usecases.enrol_device import accept_enrolment, finish_enrolment, request_enrolment
from fieldtool.usecases.export_bundle import export_bundle
from fieldtool.usecases.keep_trust import take_list_file
from fieldtool.usecases.receive_bundle import receive_bundle
from fieldtool.usecases.watch_makers import makers, missing_bundles

PERSON = "p" + "0" * 31


def carry(maker: Home, stick: Path, *receivers: Home) -> None:
    made = export_bundle(maker, receivers[0].card.unit, stick)
    for receiver in receivers:
        outcomes = receive_bundle(receiver, [*made.resent, *made.files])
        assert [outcome.error for outcome in outcomes] == [None] * len(outcomes)
        assert missing_bundles(receiver) == []


def test_both_laptops_of_a_unit_hold_all(tmp_path: Path) -> None:
    with homes(tmp_path) as (office, one):
        decide(one, PERSON, "name", "Lô Thị Mùa")
        carry(one, tmp_path / "up1", office)
        export_bundle(office, "x1", tmp_path / "lost")  # sealed before the second laptop came
        store, two = new_home(tmp_path / "two", card("m02", "x1"), 20)
        try:
            enrol(two, office, tmp_path / "stick")
            carry(office, tmp_path / "down1", one, two)
            assert hashes(two) >= hashes(one)
            decide(two, PERSON, "dob", "1/1/1960")
            carry(two, tmp_path / "up2", office)
            decide(one, PERSON, "sex", "Nữ")
            carry(one, tmp_path / "up3", office)
            carry(office, tmp_path / "down2", one, two)
            assert hashes(one) == hashes(two) == hashes(office)
        finally:
            store.close()


def test_the_copy_that_was_issued_last_goes_on(tmp_path: Path) -> None:
    with homes(tmp_path) as (office, laptop):
        decide(laptop, PERSON, "name", "Lô Thị Mùa")
        carry(laptop, tmp_path / "up", office)
        shutil.copytree(tmp_path / "x1", tmp_path / "copy")
        store = open_store(tmp_path / "copy" / "home.db", KEY, clock=SteadyClock(), ids=CountingIds(88))
        try:
            for number, home in enumerate((laptop, home_of(store, 88))):
                decide(home, PERSON, "dob", f"1/1/196{number}")
                receive_bundle(office, [export_bundle(home, "ct", tmp_path / f"fork{number}").file])
            asked = request_enrolment(laptop, tmp_path / "c2", renew=True)
            finish_enrolment(laptop, accept_enrolment(office, asked.file, tmp_path / "c2").file)
            decide(laptop, PERSON, "sex", "Nữ")
            carry(laptop, tmp_path / "up2", office)
            copy = home_of(store, 89)
            take_list_file(copy, office.trust.list_text())
            asked = request_enrolment(copy, tmp_path / "c3", renew=True)
            finish_enrolment(copy, accept_enrolment(office, asked.file, tmp_path / "c3").file)
            carry(office, tmp_path / "down", home_of(store, 90))
            assert hashes(home_of(store, 90)) == hashes(office)
        finally:
            store.close()


def test_what_headquarters_sent_to_other_units_is_no_gap(tmp_path: Path) -> None:
    with homes(tmp_path, laptops=2) as (office, one, two):
        for laptop in (two, one, two, one):
            decide(office, PERSON, "name", f"Lô Thị {laptop.card.device}")
            carry(office, tmp_path / "down", laptop)
        assert [(maker.last_number, maker.gaps) for maker in makers(one) if maker.device == "mhq"] == [(4, ())]
