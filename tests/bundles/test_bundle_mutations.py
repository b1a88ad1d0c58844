"""Spoiled bundles: none accepted with other content, none met with anything but a plain refusal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from exchange_homes import decide, fill, hashes, homes
from mutations import KINDS, Sample, build, campaign, outcome, read_sheets

from fieldtool.bundles.rows import COLUMNS
from fieldtool.ports import Home
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.usecases.export_bundle import export_bundle
from fieldtool.usecases.prove_bundle import prove
from fieldtool.usecases.receive_bundle import receive_bundle

VALUE = COLUMNS.index("gia_tri_moi")


@pytest.fixture(name="stage", scope="module")
def _stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Home, Sample]]:
    folder = tmp_path_factory.mktemp("exchange")
    with homes(folder) as (office, laptop):
        fill(laptop, 20)
        first = export_bundle(laptop, "ct", folder / "stick").file.read_bytes()
        decide(laptop, "p" + "0" * 31, "name", "Khác")
        second = export_bundle(laptop, "ct", folder / "stick").file.read_bytes()
        books = [prove(office, content).workbook for content in (first, second)]
        sheets = [read_sheets(book) for book in books]
        yield office, Sample(first, books[0], *sheets[0], *sheets[1])


def test_no_mutation_is_believed_or_uncaught(stage: tuple[Home, Sample]) -> None:
    office, sample = stage
    good = prove(office, sample.sealed).events
    told = campaign(office, sample, list(good), tries=400, seed=20261124)
    assert set(told) == set(KINDS)
    bad = {kind: counts for kind, counts in told.items() if any(key.isupper() or key[0].isupper() for key in counts)}
    assert not bad, bad
    assert all("same content" not in told[kind] for kind in ("sealed bytes", "rows", "one cell", "sheet of another"))
    assert sum(map(sum, (counts.values() for counts in told.values()))) >= 390


def test_a_file_cut_anywhere_is_called_cut(stage: tuple[Home, Sample]) -> None:
    office, sample = stage
    for good in (sample.sealed, sample.workbook):
        for part in range(20):
            cut = good[: len(good) * part // 20]
            assert outcome(office, cut, ()) == ErrorCode.BUNDLE_TRUNCATED, part


def _refused(office: Home, content: bytes) -> FieldtoolError:
    with pytest.raises(FieldtoolError) as caught:
        prove(office, content)
    return caught.value


def test_a_changed_cell_is_named(stage: tuple[Home, Sample]) -> None:
    office, sample = stage
    changes = [list(row) for row in sample.changes]
    changes[16][VALUE] = "khác"
    error = _refused(office, build(sample.manifest, changes))
    assert (error.code, error.place.sheet, error.place.cell) == (ErrorCode.BUNDLE_CHANGED, "thay_doi", "L17")
    changes[39][VALUE + 1] = "x"
    assert _refused(office, build(sample.manifest, changes)).values["rows"] == "L17, M40"


def test_added_dropped_doubled_and_moved_rows_are_named(stage: tuple[Home, Sample]) -> None:
    office, sample = stage
    rows = sample.changes
    dropped = _refused(office, build(sample.manifest, rows[:7] + rows[8:]))
    assert (dropped.code, dropped.values["rows"]) == (ErrorCode.BUNDLE_ROWS_DROPPED, "7")
    last = _refused(office, build(sample.manifest, rows[:-1]))
    assert (last.code, last.values["rows"]) == (ErrorCode.BUNDLE_ROWS_DROPPED, "40")
    doubled = _refused(office, build(sample.manifest, [*rows, rows[3]]))
    assert (doubled.code, doubled.values["rows"]) == (ErrorCode.BUNDLE_ROWS_ADDED, "42")
    typed = _refused(office, build(sample.manifest, [*rows, ["41", *rows[3][1:17], ""]]))
    assert (typed.code, typed.place.cell) == (ErrorCode.BUNDLE_ROWS_ADDED, "A42")
    moved = _refused(office, build(sample.manifest, [rows[0], rows[2], rows[1], *rows[3:]]))
    assert (moved.code, moved.values["rows"]) == (ErrorCode.BUNDLE_ROWS_MOVED, "3")


def test_a_refused_bundle_changes_nothing(stage: tuple[Home, Sample], tmp_path: Path) -> None:
    office, sample = stage
    changes = [list(row) for row in sample.changes]
    changes[5][VALUE] = "khác"
    bad = tmp_path / "sửa.xlsx"
    bad.write_bytes(build(sample.manifest, changes))
    before = hashes(office), office.shelf.bundles()
    got = receive_bundle(office, [bad])[0]
    assert got.error is not None
    assert (got.error.place.file, got.error.place.cell) == ("sửa.xlsx", "L6")
    assert (hashes(office), office.shelf.bundles()) == before


def test_a_maker_who_signs_nonsense_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Signature and root hold, but an event is none: its hash is another's, or its text cannot be hashed at all."""
    with homes(tmp_path) as (office, laptop):
        fill(laptop, 2)
        event = next(iter(laptop.log.events()))
        monkeypatch.setattr("fieldtool.usecases.export_bundle._prove_content", lambda *_: None)
        for spoiled in ("khác", "\ud800"):
            bad = event._replace(value=spoiled)
            monkeypatch.setattr(laptop.shelf, "outgoing", lambda *_, bad=bad: iter([bad]))
            sent = export_bundle(laptop, "ct", tmp_path / "stick")
            got = receive_bundle(office, [sent.file])[0]
            assert got.error is not None
            assert got.error.code is ErrorCode.BUNDLE_MALFORMED
