"""What other machines say of officers arrives in bundles and gives or takes nothing here; names travel."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from exchange_homes import card, decide, enrol, home_of, homes, new_home

from fieldtool.ports import Home
from fieldtool.records.events import Draft, RecordKind
from fieldtool.records.exchange import Held
from fieldtool.records.roles import OfficerRole, Power
from fieldtool.usecases.authority import current_user
from fieldtool.usecases.export_bundle import export_bundle
from fieldtool.usecases.issue_receipts import receipts
from fieldtool.usecases.keep_trust import revoke_device
from fieldtool.usecases.receive_bundle import receive_bundle
from fieldtool.usecases.settle_quarantine import quarantined
from fieldtool.usecases.users import add_officer, approve_export, set_pin, switch_user, users

PERSON = "p" + "0" * 31


def sent(maker: Home, receiver: Home, stick: Path) -> None:
    outcomes = receive_bundle(receiver, export_bundle(maker, receiver.card.unit, stick).files)
    assert [outcome.error for outcome in outcomes] == [None]


def two_at(home: Home) -> None:
    set_pin(home, "1234")
    first = current_user(home).id
    second = add_officer(home, "Vi Văn Tám", OfficerRole.HEAD, "9753")
    switch_user(home, second.id, "9753")
    set_pin(home, "5678")
    switch_user(home, first, "1234")
    approve_export(home, second.id, "5678")


def test_officers_of_another_laptop_do_not_sit_here(tmp_path: Path) -> None:
    with homes(tmp_path, laptops=2) as (office, one, two):
        two_at(two)
        sent(two, office, tmp_path / "up")
        sent(office, one, tmp_path / "down")
        assert any(event.kind == RecordKind.OFFICER for event in one.log.events())
        assert [item.id for item in users(one)] == [one.card.officer]
        assert [item.id for item in users(office)] == [office.card.officer]
        decide(one, PERSON, "name", "Lô Thị Xuân")
        sent(one, office, tmp_path / "usb")  # a laptop of one officer needs no second one


@pytest.mark.parametrize("field", ["role", "villages"])
def test_a_laptop_gives_and_takes_no_rights_elsewhere(tmp_path: Path, field: str) -> None:
    with homes(tmp_path) as (office, laptop):
        set_pin(office, "1234")
        add_officer(office, "Vi Văn Tám", OfficerRole.SUPERIOR, "5678")
        before = users(office)
        sent(office, laptop, tmp_path / "down")
        for officer in before:
            standing = laptop.log.register(RecordKind.OFFICER, officer.id, field)
            value = {"role": "auditor", "villages": '["16906-xa"]'}[field]
            seen = tuple(event.id for event in standing)
            laptop.log.append([Draft(RecordKind.OFFICER, officer.id, field, value, seen)])
        sent(laptop, office, tmp_path / "usb")
        assert users(office) == before and current_user(office).may(Power.TRUST)


def test_the_word_of_another_machine_is_no_second_person(tmp_path: Path) -> None:
    with homes(tmp_path) as (office, laptop):
        two_at(laptop)
        sent(laptop, office, tmp_path / "up")
        (word,) = laptop.log.register(RecordKind.UNIT, laptop.card.unit, "export.approved")
        laptop.log.append([Draft(RecordKind.UNIT, laptop.card.unit, "export.approved", "", (word.id,))])
        office.log.append([Draft(RecordKind.UNIT, laptop.card.unit, "export.approved", word.value)])
        sent(office, laptop, tmp_path / "down")
        decide(laptop, PERSON, "name", "Lô Thị Xuân")
        with pytest.raises(Exception, match="second_person"):
            export_bundle(laptop, "ct", tmp_path / "usb")


@pytest.mark.parametrize("kind", [RecordKind.RECEIPT, RecordKind.ASSIGNMENT, RecordKind.TRUST])
def test_what_headquarters_alone_says_is_held_when_a_laptop_says_it(tmp_path: Path, kind: RecordKind) -> None:
    with homes(tmp_path, laptops=2) as (office, one, two):
        decide(two, PERSON, "name", "Lô Thị Xuân")
        made = export_bundle(two, "ct", tmp_path / "two")
        one.log.append([Draft(kind, made.bundle, {"receipt": "receipt", "assignment": "holder"}.get(kind, "x"), "m01")])
        sent(one, office, tmp_path / "one")
        assert [(item.event.kind, item.reason) for item in quarantined(office)] == [(kind, Held.OUTSIDE_ROLE)]
        receive_bundle(office, [made.file])
        export_bundle(office, "x2", tmp_path / "down")
        assert made.bundle in {receipt.bundle for receipt in receipts(office)}


def test_a_machine_that_is_cut_off_accepts_none_of_its_own_work(tmp_path: Path) -> None:
    with homes(tmp_path) as (office, laptop):
        decide(laptop, PERSON, "name", "Lô Thị Xuân")
        sent(laptop, office, tmp_path / "one")
        late = decide(laptop, PERSON, "name", "Kẻ trộm")
        laptop.log.append([Draft(RecordKind.QUARANTINE, late, "verdict", "accepted")])
        sent(laptop, office, tmp_path / "two")
        revoke_device(office, laptop.card.device, after="1")
        assert "Kẻ trộm" not in [event.value for event in office.log.register(RecordKind.PERSON, PERSON, "name")]
        assert late in [item.event.id for item in quarantined(office)]


def test_the_first_officer_is_called_by_name_on_other_machines(tmp_path: Path) -> None:
    with homes(tmp_path) as (office, _):
        store, laptop = new_home(tmp_path / "named", replace(card("m77", "x77"), officer_name="Lô Văn Thử"), 77)
        try:
            enrol(laptop, office, tmp_path / "stick")
            decide(laptop, PERSON, "name", "Lô Thị Xuân")
            sent(laptop, office, tmp_path / "up")
            assert office.people.officer_called("cb-m77") == "Lô Văn Thử"
            office.log.append([Draft(RecordKind.OFFICER, "cb-m77", "name", "Người khác")])
            assert office.people.officer_called("cb-m77") == "Lô Văn Thử"
            decide(home_of(store), PERSON, "dob", "1/1/1960")
            assert export_bundle(laptop, "ct", tmp_path / "again").events == 1  # told once
        finally:
            store.close()
