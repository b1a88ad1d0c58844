"""Who may take back that a machine was cut off."""

from __future__ import annotations

from pathlib import Path

from exchange_homes import decide, homes

from fieldtool.records.events import Draft, RecordKind
from fieldtool.usecases.export_bundle import export_bundle
from fieldtool.usecases.keep_trust import revoke_device
from fieldtool.usecases.receive_bundle import receive_bundle

PERSON = "p" + "0" * 31


def test_a_laptop_cannot_accept_what_a_machine_wrote_after_its_cut_off(tmp_path: Path) -> None:
    with homes(tmp_path, laptops=2) as (office, stolen, friend):
        first = decide(stolen, PERSON, "name", "một")
        receive_bundle(office, [export_bundle(stolen, "ct", tmp_path / "usb").file])
        late = decide(stolen, PERSON, "dob", "1/1/1960")
        friend.log.append([Draft(RecordKind.QUARANTINE, late, "verdict", "accepted", basis="{}")])
        for laptop in (stolen, friend):
            receive_bundle(office, [export_bundle(laptop, "ct", tmp_path / laptop.card.device).file])
        revoke_device(office, stolen.card.device, after="1")
        assert office.log.event(first) is not None and office.log.event(late) is None
