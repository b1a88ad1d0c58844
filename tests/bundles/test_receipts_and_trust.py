"""Receipts, revocation, quarantine, hand-over, renewal, relay: the way down and what is not believed unseen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from exchange_homes import card, decide, enrol, fill, hashes, homes, new_home

from fieldtool.ports import Home
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.events import Draft, RecordKind
from fieldtool.records.exchange import BundleState, Held, QuarantineState, Result
from fieldtool.records.roles import OfficerRole
from fieldtool.usecases.carry_bundle import carry_bundles, prune_files
from fieldtool.usecases.export_bundle import export_bundle
from fieldtool.usecases.issue_receipts import answer_operation, receipts
from fieldtool.usecases.keep_trust import (
    assign_scope,
    hand_over,
    new_root,
    revoke_device,
    take_list_file,
    write_list_file,
)
from fieldtool.usecases.plan_visits import drop_plan, make_plan
from fieldtool.usecases.receive_bundle import receive_bundle
from fieldtool.usecases.settle_quarantine import settle_quarantine
from fieldtool.usecases.watch_makers import lost_device, makers, missing_bundles

PERSON = "p" + "0" * 31


def up(laptop: Home, office: Home, stick: Path):
    return receive_bundle(office, [export_bundle(laptop, "ct", stick).file])[0]


def down(office: Home, laptop: Home, stick: Path, *, all: bool = False):
    return receive_bundle(laptop, [export_bundle(office, laptop.card.unit, stick, since_receipt=not all).file])[0]


def values(home: Home, person: str = PERSON, field: str = "name") -> list[str]:
    return sorted(event.value for event in home.log.register(RecordKind.PERSON, person, field))


def test_a_receipt_tells_each_operation_and_is_bound_to_the_bundle(tmp_path: Path) -> None:
    with homes(tmp_path) as (office, laptop):
        fill(laptop, 2)
        first = up(laptop, office, tmp_path / "usb")
        down(office, laptop, tmp_path / "usb")
        mine = decide(laptop, PERSON, "name", "Lô Thị Xuân")
        asked = decide(laptop, "p" + "0" * 30 + "1", "dob", "1/1/1960")
        decide(office, PERSON, "name", "Lô Thị Mùa Xuân")
        second = up(laptop, office, tmp_path / "usb")
        answer_operation(office, asked, Result.NEEDS_PAPER, "Cần giấy khai sinh")
        down(office, laptop, tmp_path / "usb")
        told = {receipt.bundle: receipt for receipt in receipts(laptop)}
        assert set(told) == {first.bundle, second.bundle}
        assert (told[first.bundle].accepted, told[first.bundle].operations) == (4, ())
        assert {id: (result, why) for id, result, why in told[second.bundle].operations} == {
            mine: (Result.CONFLICT, ""),
            asked: (Result.NEEDS_PAPER, "Cần giấy khai sinh"),
        }


def test_only_headquarters_answers_and_never_without_a_reason(tmp_path: Path) -> None:
    with homes(tmp_path) as (office, laptop):
        mine = decide(laptop, PERSON, "name", "Lô")
        for home, reason, code in (
            (laptop, "x", ErrorCode.NOT_HEADQUARTERS),
            (office, " ", ErrorCode.REASON_NEEDED),
            (office, "x", ErrorCode.NOT_FOUND),
        ):
            with pytest.raises(FieldtoolError) as refused:
                answer_operation(home, mine, Result.REFUSED, reason)
            assert refused.value.code is code


def test_nothing_is_pruned_before_the_receipt(tmp_path: Path) -> None:
    with homes(tmp_path) as (office, laptop):
        fill(laptop, 2)
        up(laptop, office, tmp_path / "usb")
        assert prune_files(laptop) == []
        down(office, laptop, tmp_path / "usb")
        assert len(prune_files(laptop)) == 1
        assert laptop.depot.files("ct") == []


def test_what_a_revoked_machine_wrote_later_waits_for_a_person(tmp_path: Path) -> None:
    with homes(tmp_path, laptops=2) as (office, thief, other):
        fill(thief, 1)
        up(thief, office, tmp_path / "usb")
        decide(thief, PERSON, "name", "Sau khi mất máy")
        late = up(thief, office, tmp_path / "usb")
        down(office, other, tmp_path / "usb")
        assert values(office) == values(other) == ["Sau khi mất máy"]
        done = revoke_device(office, thief.card.device, after="1")
        assert (done.quarantined, done.last_number, done.bundles) == (1, 1, 1)
        assert values(office) == []
        down(office, other, tmp_path / "usb")
        assert values(other) == []  # the cut-off works wherever the operation came from
        decide(thief, PERSON, "name", "Lại nữa")
        again = up(thief, office, tmp_path / "usb")
        assert (again.error, again.quarantined) == (None, 1)
        assert values(office) == []
        held = office.depot.quarantined(QuarantineState.HELD)
        assert [item.reason for item in held] == [Held.REVOKED] * 2
        first = next(item.event for item in held if item.event.value == "Sau khi mất máy")
        assert late.bundle != again.bundle
        settle_quarantine(office, first.id, QuarantineState.ACCEPTED, "đã hỏi chủ hộ")
        assert values(office) == ["Sau khi mất máy"]
        down(office, other, tmp_path / "usb")
        assert values(other) == ["Sau khi mất máy"]
        settle_quarantine(office, first.id, QuarantineState.HELD)
        assert values(office) == []
        with pytest.raises(FieldtoolError) as refused:
            settle_quarantine(office, first.id, QuarantineState.REJECTED)
        assert refused.value.code is ErrorCode.REASON_NEEDED
        words = [event.value for event in office.log.events(RecordKind.QUARANTINE, first.id)]
        assert words == ["accepted", "held"]


def test_operations_outside_villages_role_or_after_a_hand_over_are_held(tmp_path: Path) -> None:
    with homes(tmp_path, laptops=2) as (office, first, second):
        hand_over(office, "16906-ban-dua", second.card.device)
        assign_scope(office, second.card.device, OfficerRole.COLLECTOR)

        def write(home: Home, village: str) -> str:
            return home.log.append([Draft(RecordKind.PERSON, PERSON, "name", village, village=village)])[0]

        kept = write(first, "16906-xom-3")
        strange, handed = write(first, "17245-ban-xop"), write(first, "16906-ban-dua")
        got = up(first, office, tmp_path / "usb")
        assert (got.new_events, got.quarantined, got.known_events) == (1, 2, 0)
        assert office.log.event(kept) is not None
        forbidden = write(second, "16906-ban-dua")
        up(second, office, tmp_path / "usb")
        assert {item.event.id: item.reason for item in office.depot.quarantined()} == {
            strange: Held.OUTSIDE_VILLAGES,
            handed: Held.AFTER_HANDOVER,
            forbidden: Held.OUTSIDE_ROLE,
        }


def test_a_new_root_is_taken_in_and_an_older_list_is_refused_by_name(tmp_path: Path) -> None:
    with homes(tmp_path, laptops=2) as (office, first, second):
        old = office.trust.list_text()
        words = first.keys.root_words()
        new_root(office)
        new_root(office)
        down(office, first, tmp_path / "usb")
        assert first.keys.root_words() == office.keys.root_words() != words
        assert take_list_file(second, office.trust.list_text()) is True
        number = first.trust.number()
        with pytest.raises(FieldtoolError) as refused:
            take_list_file(first, old)
        assert (refused.value.code, first.trust.number()) == (ErrorCode.TRUST_OLDER, number)
        decide(first, PERSON, "name", "dưới khoá gốc mới")
        assert up(first, office, tmp_path / "usb").error is None


class Full:
    """A stick that is full."""

    def __init__(self, home: Home) -> None:
        self._sticks = home.sticks

    def __getattr__(self, name: str) -> object:
        return getattr(self._sticks, name)

    def write_proved(self, folder: Path, name: str, content: bytes) -> Path:
        raise FieldtoolError(ErrorCode.DISK_FULL)


def test_what_a_full_stick_refused_goes_with_the_next_export_under_its_name(tmp_path: Path) -> None:
    with homes(tmp_path) as (office, laptop):
        decide(laptop, PERSON, "name", "Lần đầu")
        with pytest.raises(FieldtoolError):
            export_bundle(replace(laptop, sticks=Full(laptop)), "ct", tmp_path / "usb")  # type: ignore[arg-type]
        decide(laptop, PERSON, "dob", "1/1/1960")
        sent = export_bundle(laptop, "ct", tmp_path / "usb")
        assert (sent.number, [file.name[:11] for file in sent.resent], sent.carried) == (2, ["m01-c1-0001"], ())
        assert {item.state for item in receive_bundle(office, [tmp_path / "usb"])} == {BundleState.APPLIED}
        assert hashes(laptop) == hashes(office)
        assert down(office, laptop, tmp_path / "back").state is BundleState.APPLIED
        assert laptop.settings.get("home.behind") == ""


def test_a_bundle_that_a_power_cut_parted_from_its_note_is_known_again(tmp_path: Path) -> None:
    with homes(tmp_path) as (office, laptop):
        decide(laptop, PERSON, "name", "Mất điện lúc ghi")

        class Cut:
            """A shelf on which the power goes before the note is written."""

            def __getattr__(self, name: str) -> object:
                return getattr(laptop.shelf, name)

            def record_made(self, note: object, events: object) -> None:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            export_bundle(replace(laptop, shelf=Cut()), "ct", tmp_path / "usb")  # type: ignore[arg-type]
        ((bundle, _, file),) = laptop.depot.files("ct")
        (tmp_path / "usb").mkdir()
        (tmp_path / "usb" / file).write_bytes(laptop.depot.content(bundle))  # an older program had
        assert receive_bundle(office, [tmp_path / "usb"])[0].state is BundleState.APPLIED
        laptop.settings.put("home.behind", "1")  # and what it then took itself for
        assert down(office, laptop, tmp_path / "back").state is BundleState.APPLIED
        assert laptop.settings.get("home.behind") == ""
        assert export_bundle(laptop, "ct", tmp_path / "usb").events == 1  # what lay under the seal travels once more
        assert {item.state for item in receive_bundle(office, [tmp_path / "usb"])} == {BundleState.APPLIED}
        assert hashes(laptop) == hashes(office)


def test_a_machine_that_is_cut_off_keeps_and_sends_its_own_work(tmp_path: Path) -> None:
    with homes(tmp_path) as (office, laptop):
        decide(laptop, PERSON, "name", "Chưa nộp")
        revoke_device(office, laptop.card.device)
        assert take_list_file(laptop, office.trust.list_text())
        assert values(laptop) == ["Chưa nộp"]
        sent = up(laptop, office, tmp_path / "usb")
        assert (sent.error, sent.quarantined, values(office)) == (None, 1, [])  # a person there will say


def test_a_list_of_another_root_is_refused(tmp_path: Path) -> None:
    with homes(tmp_path / "a") as (_, laptop), homes(tmp_path / "b") as (stranger, _):
        with pytest.raises(FieldtoolError) as refused:
            take_list_file(laptop, stranger.trust.list_text())
        assert refused.value.code is ErrorCode.TRUST_BAD_LIST


def test_a_courier_carries_what_he_cannot_open(tmp_path: Path) -> None:
    with homes(tmp_path, laptops=2) as (office, maker, courier):
        decide(maker, PERSON, "name", "đi nhờ")
        sealed = export_bundle(maker, "ct", tmp_path / "a").file
        carry_bundles(courier, [sealed])
        sent = export_bundle(courier, "ct", tmp_path / "b")
        assert [file.read_bytes() for file in sent.carried] == [sealed.read_bytes()]
        got = receive_bundle(office, [tmp_path / "b"])
        assert [item.error for item in got] == [None] * len(got)
        assert values(office) == ["đi nhờ"]


def test_the_board_and_the_drill_for_a_lost_laptop(tmp_path: Path) -> None:
    with homes(tmp_path, laptops=2) as (office, laptop, silent):
        fill(laptop, 1)
        export_bundle(laptop, "ct", tmp_path / "lost stick")
        decide(laptop, PERSON, "name", "hai")
        second = export_bundle(laptop, "ct", tmp_path / "usb")
        (second.resent[0]).unlink()
        receive_bundle(office, [second.file])
        (gap,) = missing_bundles(office)
        assert gap.name is not None
        assert (gap.name.device, gap.name.number) == ("m01", 1)
        assert "m01" in gap.carriers
        board = {maker.device: maker for maker in makers(office)}
        assert (board["m01"].gaps, board["m01"].waiting) == ((1,), 1)
        assert "late" in board[silent.card.device].marks
        report = lost_device(office, "m01")
        assert (report.unit, report.gaps, report.delivered) == ("x1", (1,), ())
        assert next(maker for maker in makers(office) if maker.device == "m01").revoked


def test_a_bundle_from_laptop_to_laptop_is_no_gap_at_headquarters(tmp_path: Path) -> None:
    with homes(tmp_path, laptops=2) as (office, laptop, other):
        take_list_file(laptop, office.trust.list_text())
        take_list_file(other, office.trust.list_text())
        decide(laptop, PERSON, "name", "một")
        up(laptop, office, tmp_path / "usb1")
        across = export_bundle(laptop, other.card.unit, tmp_path / "ngang")
        assert [item.error for item in receive_bundle(other, [*across.files])] == [None] * len(across.files)
        decide(laptop, PERSON, "name", "ba")
        up(laptop, office, tmp_path / "usb3")
        board = {maker.device: maker for maker in makers(office)}
        assert (board["m01"].last_number, board["m01"].gaps, board["m01"].marks) == (3, (), ())
        # what really lacks is named, though a number before it went elsewhere
        decide(laptop, PERSON, "name", "bốn")
        export_bundle(laptop, "ct", tmp_path / "lost stick")
        decide(laptop, PERSON, "name", "năm")
        receive_bundle(office, [export_bundle(laptop, "ct", tmp_path / "usb5").file])
        board = {maker.device: maker for maker in makers(office)}
        assert (board["m01"].gaps, board["m01"].waiting) == ((4,), 1)


def test_no_empty_list_is_written_before_there_is_one(tmp_path: Path) -> None:
    store, home = new_home(tmp_path / "x", card("m55", "x5"), 55)
    try:
        with pytest.raises(FieldtoolError) as refused:
            write_list_file(home, tmp_path / "usb")
        assert refused.value.code is ErrorCode.NOT_ENROLLED
        assert not (tmp_path / "usb").exists()
    finally:
        store.close()


def test_why_nobody_can_receive_is_said(tmp_path: Path) -> None:
    with homes(tmp_path, laptops=2) as (office, laptop, other):
        decide(office, PERSON, "name", "Vi Thị Hoa")
        told = {}
        for unit in ("x9", office.card.unit):
            with pytest.raises(FieldtoolError) as refused:
                export_bundle(office, unit, tmp_path / "usb")
            told[unit] = refused.value.code
        lost_device(office, other.card.device)
        with pytest.raises(FieldtoolError) as refused:
            export_bundle(office, other.card.unit, tmp_path / "usb")
        assert refused.value.code is ErrorCode.UNIT_CUT_OFF
        assert refused.value.values["name"] == other.card.unit_name
        assert told == {"x9": ErrorCode.UNKNOWN_UNIT, office.card.unit: ErrorCode.OWN_UNIT}
        assert not (tmp_path / "usb").exists()


def test_headquarters_keeps_no_copy_of_what_its_laptops_acknowledged(tmp_path: Path) -> None:
    with homes(tmp_path) as (office, laptop):
        decide(office, PERSON, "name", "Vi Thị Hoa")
        down(office, laptop, tmp_path / "down")
        assert prune_files(office) == [], "nobody has said that he holds it"
        decide(laptop, PERSON, "dob", "1/1/1960")
        up(laptop, office, tmp_path / "up")
        assert len(prune_files(office)) == 1
        assert office.settings.names("bundle.sealed.") == []
        decide(office, PERSON, "sex", "Nữ")
        down(office, laptop, tmp_path / "down2")
        assert hashes(office) == hashes(laptop)
        decide(office, PERSON, "name", "Vi Thị Huệ")
        unread = export_bundle(office, "x1", tmp_path / "lost")
        assert prune_files(office) == [] and len(office.settings.names("bundle.sealed.")) == 2
        sent = export_bundle(office, "x1", tmp_path / "again")
        assert unread.file.name in [file.name for file in sent.resent]
        # a laptop that joins the unit after the copies are gone gets everything all the same
        decide(laptop, PERSON, "name", "Vi Thị Huệ")
        receive_bundle(laptop, [tmp_path / "again"])
        up(laptop, office, tmp_path / "up2")
        assert len(prune_files(office)) == 2
        store, late = new_home(tmp_path / "late", card("m77", "x1"), 77)
        try:
            enrol(late, office, tmp_path / "stick")
            made = export_bundle(office, "x1", tmp_path / "down3")
            outcomes = receive_bundle(late, [*made.resent, *made.files])
            assert [item.error for item in outcomes] == [None] * len(outcomes)
            assert missing_bundles(late) == [] and hashes(late) == hashes(office)
        finally:
            store.close()


def test_a_laptop_enrolled_later_can_be_given_everything(tmp_path: Path) -> None:
    with homes(tmp_path, laptops=2) as (office, first, second):
        fill(first, 3)
        up(first, office, tmp_path / "usb")
        down(office, second, tmp_path / "usb", all=True)
        assert hashes(second) == hashes(office)
        with pytest.raises(FieldtoolError) as refused:
            enrol(second, office, tmp_path / "usb")
        assert refused.value.code is ErrorCode.ALREADY_ENROLLED


def test_the_next_visits_travel_down_with_the_return_bundle(tmp_path: Path) -> None:
    with homes(tmp_path) as (office, laptop):
        laptop.log.append([Draft(RecordKind.VILLAGE, "16906-ban-dua", "name", "Bản Đửa", village="16906-ban-dua")])
        up(laptop, office, tmp_path / "usb")
        made = make_plan(office, "16906-ban-dua", "2026-12-01", note="đem máy ảnh")
        down(office, laptop, tmp_path / "usb2")
        (plan,) = laptop.work.plans("16906-ban-dua", "2026-11-27")
        assert (plan.id, plan.day, plan.note) == (made.id, "2026-12-01", "đem máy ảnh")
        drop_plan(office, made.id)
        down(office, laptop, tmp_path / "usb3")
        assert list(laptop.work.plans("16906-ban-dua", "2026-11-27")) == []
