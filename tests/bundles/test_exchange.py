"""The way of a bundle from laptop to headquarters and back, on real homes."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from exchange_homes import (
    KEY,
    CountingIds,
    SteadyClock,
    card,
    decide,
    enrol,
    fill,
    hashes,
    home_of,
    homes,
    new_home,
)

from fieldtool.ports import Home
from fieldtool.records.documents import Document, Source, to_payload
from fieldtool.records.errors import Cancelled, ErrorCode, FieldtoolError
from fieldtool.records.events import CONTENT, Draft, RecordKind
from fieldtool.records.exchange import BundleState
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.sensitive import HIDDEN
from fieldtool.store.opening import open_store
from fieldtool.usecases.export_bundle import export_bundle
from fieldtool.usecases.propose_edits import propose_edits
from fieldtool.usecases.receive_bundle import receive_bundle
from fieldtool.usecases.unseal_bundle import unseal_bundle
from fieldtool.usecases.verify_bundle import verify_bundle

ODD = 'NFD: Thi\u0323 \u202e "trích" _x0041_ =1+1 \x07 cuối\t'


def state(home: Home) -> tuple[object, ...]:
    """All that receiving may change."""
    return hashes(home), tuple(home.shelf.bundles()), home.log.count()


def test_a_bundle_brings_every_event_as_it_was(tmp_path: Path) -> None:
    with homes(tmp_path) as (office, laptop):
        fill(laptop, 30, odd=ODD)
        decide(laptop, "p" + "0" * 31, "name", '=HYPERLINK("x")\nhai dòng')
        decide(laptop, "p" + "0" * 31, "note", "dài " * 20_000)
        sent = export_bundle(laptop, "ct", tmp_path / "stick")
        assert sent.events == laptop.log.count() == 62
        assert sent.rows > sent.events  # the long note is continued
        assert sent.file.name.startswith("m01-c1-0001-")
        seen = verify_bundle(office, sent.file)
        assert (seen.unit, seen.device, seen.events, seen.for_us, seen.known) == ("x1", "m01", 62, True, False)
        got = receive_bundle(office, [sent.file])[0]
        assert got.error is None
        assert (got.new_events, got.state) == (62, BundleState.APPLIED)
        assert {e.id: e for e in office.log.events()} == {e.id: e for e in laptop.log.events()}


def test_receiving_twice_changes_nothing(tmp_path: Path) -> None:
    with homes(tmp_path) as (office, laptop):
        fill(laptop, 5)
        sent = export_bundle(laptop, "ct", tmp_path / "stick")
        receive_bundle(office, [sent.file])
        before = state(office)
        again = receive_bundle(office, [sent.file, sent.file])
        assert [(item.new_events, item.already_known) for item in again] == [(0, True), (0, True)]
        assert state(office) == before


def test_verify_changes_nothing(tmp_path: Path) -> None:
    with homes(tmp_path) as (office, laptop):
        fill(laptop, 3)
        sent = export_bundle(laptop, "ct", tmp_path / "stick")
        before, head = state(office), office.log.journal_head()
        verify_bundle(office, sent.file)
        assert (state(office), office.log.journal_head()) == (before, head)


def test_only_what_is_new_travels_after_an_answer(tmp_path: Path) -> None:
    with homes(tmp_path) as (office, laptop):
        fill(laptop, 4)
        receive_bundle(office, [export_bundle(laptop, "ct", tmp_path / "stick").file])
        decide(office, "p" + "0" * 31, "name", "Lô Thị Xuân")
        down = export_bundle(office, "x1", tmp_path / "stick")
        assert (
            down.events == 3
        )  # one decision, its receipt and the trust list: the laptop's own bundle told that it holds the rest
        receive_bundle(laptop, [down.file])
        assert hashes(laptop) == hashes(office)
        decide(laptop, "p" + "0" * 30 + "1", "name", "Xồng Bá Dìa")
        up = export_bundle(laptop, "ct", tmp_path / "stick")
        assert up.events == 1
        receive_bundle(office, [up.file])
        assert hashes(laptop) == hashes(office)


def test_without_an_answer_the_same_bundle_is_written_again_beside_the_new_one(tmp_path: Path) -> None:
    with homes(tmp_path) as (office, laptop):
        fill(laptop, 4)
        first = export_bundle(laptop, "ct", tmp_path / "stick")
        kept = first.file.read_bytes()
        decide(laptop, "p" + "0" * 31, "name", "Lô Thị Xuân")
        second = export_bundle(laptop, "ct", tmp_path / "another stick")
        assert (second.number, second.events) == (2, 1)
        assert [file.read_bytes() for file in second.resent] == [kept]
        late, _ = receive_bundle(office, [second.file, second.resent[0]])
        assert (late.state, late.forks) == (BundleState.APPLIED, ())
        assert hashes(office) == hashes(laptop)
        third = export_bundle(laptop, "ct", tmp_path / "third stick")
        assert (third.rows, third.events, len(third.resent)) == (0, 9, 2)


def test_headquarters_passes_on_what_other_laptops_wrote(tmp_path: Path) -> None:
    with homes(tmp_path, laptops=2) as (office, first, second):
        fill(first, 3)
        receive_bundle(office, [export_bundle(first, "ct", tmp_path / "stick").file])
        got = receive_bundle(second, [export_bundle(office, "x2", tmp_path / "stick").file])[0]
        assert got.new_events == 7  # the trust list too
        assert hashes(second) == hashes(first)


def test_a_laptop_cannot_speak_for_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with homes(tmp_path, laptops=2) as (office, first, second):
        fill(first, 2)
        receive_bundle(office, [export_bundle(first, "ct", tmp_path / "stick").file])
        receive_bundle(second, [export_bundle(office, "x2", tmp_path / "stick").file])
        decide(first, "p" + "0" * 31, "name", "Chỉ máy một biết")
        forged = next(e for e in first.log.events() if e.value == "Chỉ máy một biết")
        second.shelf.join(_note_of(second), [forged])  # a dishonest laptop got hold of it
        monkeypatch.setattr("fieldtool.usecases.export_bundle.may_speak_for", lambda maker, event: True)
        sent = export_bundle(second, "ct", tmp_path / "stick")
        before = hashes(office)
        got = receive_bundle(office, [sent.file])[0]
        assert got.error is not None
        assert got.error.code is ErrorCode.BUNDLE_FOREIGN_EVENTS
        assert hashes(office) == before


def _note_of(home: Home):
    return replace(home.shelf.bundles()[0], id="f" * 64, unit="x1", device="m01", number=77, parents=())


def test_a_missing_parent_holds_a_bundle_back(tmp_path: Path) -> None:
    """A laptop restored from an old copy lacks a bundle it made itself; what answers that bundle waits."""
    with homes(tmp_path) as (office, laptop):
        fill(laptop, 2)
        receive_bundle(office, [export_bundle(laptop, "ct", tmp_path / "stick").file])
        shutil.copytree(tmp_path / "x1", tmp_path / "old copy")
        decide(laptop, "p" + "0" * 31, "name", "Hai")
        lost = export_bundle(laptop, "ct", tmp_path / "stick")
        receive_bundle(office, [lost.file])
        decide(office, "p" + "0" * 31, "name", "Ba")
        down = export_bundle(office, "x1", tmp_path / "stick")
        store = open_store(tmp_path / "old copy" / "home.db", KEY, clock=SteadyClock(), ids=CountingIds(50))
        restored = home_of(store)
        before = restored.log.count()
        got = receive_bundle(restored, [down.file])[0]
        assert (got.error, got.state, got.missing_parents) == (None, BundleState.WAITING, (lost.bundle,))
        assert restored.log.count() == before
        store.close()


def test_two_homes_that_decided_apart_both_show_both(tmp_path: Path) -> None:
    with homes(tmp_path) as (office, laptop):
        fill(laptop, 2)
        receive_bundle(office, [export_bundle(laptop, "ct", tmp_path / "stick").file])
        person = "p" + "0" * 31
        decide(laptop, person, "name", "Lô Thị Xuân")
        decide(office, person, "name", "Lô Thị Mùa")
        receive_bundle(office, [export_bundle(laptop, "ct", tmp_path / "stick").file])
        receive_bundle(laptop, [export_bundle(office, "x1", tmp_path / "stick").file])
        for home in (office, laptop):
            live = home.log.register("person", person, "name")
            assert {event.value for event in live} == {"Lô Thị Xuân", "Lô Thị Mùa"}


def test_the_open_workbook_verifies_and_is_received(tmp_path: Path) -> None:
    with homes(tmp_path) as (office, laptop):
        fill(laptop, 3)
        sent = export_bundle(laptop, "ct", tmp_path / "stick")
        opened = unseal_bundle(office, sent.file, tmp_path / "doc" / "mở ra.xlsx")
        assert opened.file.read_bytes().startswith(b"PK")
        assert not verify_bundle(office, opened.file).sealed
        assert receive_bundle(office, [opened.file])[0].new_events == 6
        assert receive_bundle(office, [sent.file])[0].already_known


def test_a_copy_for_reading_has_no_ethnicity_or_religion_and_gives_no_edits(tmp_path: Path) -> None:
    with homes(tmp_path) as (office, laptop):
        raw = {Field.NAME: "Lô Thị Xuân", Field.ETHNICITY: "Thái", Field.RELIGION: "Tin Lành", Field.NOTE: "x" * 40_000}
        paper = Document("d1", DocumentKind.HOUSEHOLD, raw, Source(key="1"), "16906-xa", "i1")
        laptop.log.append([Draft(RecordKind.DOCUMENT, "d1", CONTENT, to_payload(paper), basis='{"import":"i1"}')])
        decide(laptop, "p" + "0" * 31, "ethnicity", "Khơ-mú")
        decide(laptop, "p" + "0" * 31, "name", "Lô Thị Mùa")
        sent = export_bundle(laptop, "ct", tmp_path / "stick")
        opened = unseal_bundle(office, sent.file, tmp_path / "che.xlsx", hide=True)
        assert opened.hidden
        book = openpyxl.load_workbook(opened.file, read_only=True)
        told = "\n".join(str(cell) for row in book["thay_doi"].iter_rows(values_only=True) for cell in row if cell)
        assert "Lô Thị Xuân" in told and "Lô Thị Mùa" in told and HIDDEN in told
        assert not any(word in told for word in ("Thái", "Tin Lành", "Khơ-mú"))
        with pytest.raises(FieldtoolError) as caught:
            verify_bundle(office, opened.file)
        assert caught.value.code is ErrorCode.BUNDLE_CHANGED
        assert receive_bundle(office, [opened.file])[0].error is not None
        receive_bundle(office, [sent.file])
        with pytest.raises(FieldtoolError):
            propose_edits(office, opened.file)


def test_the_wrong_receiver_learns_nothing(tmp_path: Path) -> None:
    with homes(tmp_path, laptops=2) as (office, first, second):
        fill(first, 2)
        sent = export_bundle(first, "ct", tmp_path / "stick")
        refused = receive_bundle(second, [sent.file])[0]
        assert refused.error is not None
        assert refused.error.code is ErrorCode.BUNDLE_NOT_OURS
        content = sent.file.read_bytes()
        assert b"m01" not in content
        assert "Xuân".encode() not in content


def test_an_unknown_maker_is_refused(tmp_path: Path) -> None:
    with homes(tmp_path / "one") as (office, laptop), homes(tmp_path / "two") as (strange, other):
        fill(other, 2)
        sent = export_bundle(other, "ct", tmp_path / "stick")
        opened = unseal_bundle(strange, sent.file, tmp_path / "open.xlsx")
        got = receive_bundle(office, [sent.file, opened.file])
        codes = [item.error.code for item in got if item.error]
        # the other headquarters enrolled a laptop of the same name: its signature is not the one we know
        assert codes == [ErrorCode.BUNDLE_NOT_OURS, ErrorCode.BUNDLE_BAD_SIGNATURE]


def test_a_bad_bundle_does_not_stop_the_others(tmp_path: Path) -> None:
    with homes(tmp_path) as (office, laptop):
        fill(laptop, 2)
        sent = export_bundle(laptop, "ct", tmp_path / "stick")
        bad = tmp_path / "cụt.goi"
        bad.write_bytes(sent.file.read_bytes()[:-100])
        text = tmp_path / "ghi chú.goi"
        text.write_text("không phải gói", encoding="utf-8")
        got = receive_bundle(office, [bad, text, tmp_path / "không có.goi", sent.file])
        assert [item.error.code if item.error else None for item in got] == [
            ErrorCode.BUNDLE_TRUNCATED,
            ErrorCode.BUNDLE_NOT_A_BUNDLE,
            ErrorCode.NO_FILE,
            None,
        ]
        assert got[0].error is not None
        assert got[0].error.place.file == "cụt.goi"
        assert got[3].new_events == 4


def test_nothing_to_export_and_unknown_units(tmp_path: Path) -> None:
    store, alone = new_home(tmp_path / "alone", card("m99", "x99"), 9)
    with pytest.raises(FieldtoolError) as refused:
        export_bundle(alone, "ct", tmp_path)
    assert refused.value.code is ErrorCode.NOT_ENROLLED
    store.close()
    with homes(tmp_path) as (_, laptop):
        for unit, code in (("ct", ErrorCode.NOTHING_TO_EXPORT), ("nowhere", ErrorCode.UNKNOWN_UNIT)):
            with pytest.raises(FieldtoolError) as refused:
                export_bundle(laptop, unit, tmp_path)
            assert refused.value.code is code


def test_cancelling_an_export_leaves_stick_and_home_as_before(tmp_path: Path) -> None:
    with homes(tmp_path) as (_, laptop):
        fill(laptop, 3)
        before = state(laptop)

        def stop(done: int, total: int, stage: str) -> None:
            if stage == "seal":
                raise Cancelled

        with pytest.raises(Cancelled):
            export_bundle(laptop, "ct", tmp_path / "usb", progress=stop)
        assert state(laptop) == before
        assert not (tmp_path / "usb").exists()


def test_a_number_is_never_used_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kill after the stick was written and before it was noted must not look like a cloned laptop."""
    with homes(tmp_path) as (office, laptop):
        fill(laptop, 2)
        with monkeypatch.context() as patch:
            patch.setattr(type(laptop.shelf), "record_made", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
            with pytest.raises(KeyboardInterrupt):
                export_bundle(laptop, "ct", tmp_path / "usb")
        export_bundle(laptop, "ct", tmp_path / "usb")
        files = sorted((tmp_path / "usb").glob("*.goi"))
        got = receive_bundle(office, files)
        assert [item.number for item in got] == [1, 2]
        assert not any(item.forks or item.error for item in got)


def test_enrolling_twice_is_refused(tmp_path: Path) -> None:
    with homes(tmp_path) as (office, laptop):
        with pytest.raises(FieldtoolError) as refused:
            enrol(laptop, office, tmp_path)
        assert refused.value.code is ErrorCode.ALREADY_ENROLLED
