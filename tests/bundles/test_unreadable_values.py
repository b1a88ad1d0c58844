"""What a trusted machine signed and no table can hold waits for a person; it stops no bundle and no folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from exchange_homes import decide, homes

from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.events import Draft, RecordKind
from fieldtool.records.exchange import Held, QuarantineState
from fieldtool.usecases.export_bundle import export_bundle
from fieldtool.usecases.receive_bundle import receive_bundle
from fieldtool.usecases.settle_quarantine import quarantined, settle_quarantine

PERSON = "p" + "0" * 31
BROKEN = ("[]", "{}", "null", "3", '"x"', "{bad", "Lô", '{"kind":5,"village":[]}', "9" * 5000, "[" * 5000)
REGISTERS = (
    (RecordKind.DOCUMENT, "content"), (RecordKind.VISIT, "content"), (RecordKind.PLAN, "content"),
    (RecordKind.CASE, "opened"),
)  # fmt: skip
PLACES = ("[]", "null", "{bad", '{"place":"xa"}', '{"place":99999999999999999999}', '{"hamlet":"\\ud800"}')


class _Silent:
    """A projector that holds everything: what a broken program, or an attacker's, would write."""

    def project(self, *_arguments: object) -> None:
        pass


def test_broken_values_are_held_and_the_rest_is_joined(tmp_path: Path) -> None:
    with homes(tmp_path) as (office, laptop):
        laptop.log._projector = _Silent()
        drafts = [
            Draft(kind, f"{kind}-{number}", field, value)
            for kind, field in REGISTERS
            for number, value in enumerate(BROKEN)
        ]
        drafts += [Draft(RecordKind.HOUSEHOLD, f"h{number}", "path", value) for number, value in enumerate(PLACES)]
        drafts += [
            Draft(RecordKind.PERSON, PERSON, "dob", "1/1/1960", basis=basis)
            for basis in ("[]", "{bad", "3", '{"band":"\\ud800"}')
        ]
        laptop.log.append(drafts)
        good = decide(laptop, PERSON, "name", "Lô Thị Mùa")
        (outcome,) = receive_bundle(office, [export_bundle(laptop, "ct", tmp_path / "usb").file])
        assert outcome.error is None
        assert office.log.event(good) is not None
        held = quarantined(office)
        assert {(item.event.kind, item.event.record, item.event.value) for item in held} == {
            (str(draft.kind), draft.record, draft.value) for draft in drafts
        }
        assert {item.reason for item in held} == {Held.UNREADABLE}
        for item in held[:3]:
            with pytest.raises(FieldtoolError) as refused:
                settle_quarantine(office, item.event.id, QuarantineState.ACCEPTED, "thử")
            assert refused.value.code is ErrorCode.HELD_UNREADABLE
            assert settle_quarantine(office, item.event.id, QuarantineState.REJECTED, "hỏng").note == "hỏng"


def test_registers_that_this_program_does_not_know_are_kept(tmp_path: Path) -> None:
    with homes(tmp_path) as (office, laptop):
        laptop.log.append(
            [Draft(RecordKind.PERSON, PERSON, "of_a_newer_program", "{bad"), Draft("drone", "d", "x", "[")]
        )  # type: ignore[arg-type]
        (outcome,) = receive_bundle(office, [export_bundle(laptop, "ct", tmp_path / "usb").file])
        assert (outcome.new_events, outcome.quarantined) == (2, 0)
