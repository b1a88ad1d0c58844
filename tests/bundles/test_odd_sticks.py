"""What lies on sticks beside bundles: capitals, pipes, lists of offices, halves of what came whole later."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
import xlsxwriter
from exchange_homes import decide, fill, hashes, homes

from fieldtool.records.errors import ErrorCode
from fieldtool.usecases.export_bundle import export_bundle
from fieldtool.usecases.receive_bundle import receive_bundle
from fieldtool.usecases.refused_files import refused_files

_PIPE = getattr(os, "mkfifo", None)
PERSON = "p" + "0" * 31


def test_an_ending_in_capitals_is_a_bundle_all_the_same(tmp_path: Path) -> None:
    """Sticks formatted by old cameras and recorders give names back in capitals."""
    with homes(tmp_path) as (office, laptop):
        fill(laptop, 2)
        made = export_bundle(laptop, "ct", tmp_path / "usb").file
        other = tmp_path / "usb2"
        other.mkdir()
        shutil.copy(made, other / made.name.upper())
        outcomes = receive_bundle(office, [other])
        assert [outcome.error for outcome in outcomes] == [None]
        assert hashes(office) == hashes(laptop)


@pytest.mark.skipif(_PIPE is None, reason="Windows has no such files in folders")
def test_a_pipe_with_the_name_of_a_bundle_is_not_waited_for(tmp_path: Path) -> None:
    with homes(tmp_path) as (office, laptop):
        decide(laptop, PERSON, "name", "Lô")
        stick = tmp_path / "usb"
        export_bundle(laptop, "ct", stick)
        assert _PIPE is not None
        _PIPE(stick / "a.goi")
        outcomes = {outcome.file.name: outcome for outcome in receive_bundle(office, [stick])}
        error = outcomes.pop("a.goi").error
        assert error is not None and error.code is ErrorCode.READ_FAILED
        assert [outcome.new_events for outcome in outcomes.values()] == [1]


def test_lists_of_the_office_are_passed_over_in_a_folder_and_refused_when_named(tmp_path: Path) -> None:
    with homes(tmp_path) as (office, laptop):
        decide(laptop, PERSON, "name", "Lô")
        stick = tmp_path / "usb"
        export_bundle(laptop, "ct", stick)
        for number in range(3):
            with xlsxwriter.Workbook(stick / f"danh sách {number}.xlsx") as book:
                book.add_worksheet("Sổ hộ khẩu").write_string(0, 0, "Họ và tên")
        (stick / "~$danh sách.xlsx").write_bytes(b"x")
        (stick / "rubbish.goi").write_bytes(b"x" * 100)
        outcomes = receive_bundle(office, [stick])
        assert sum(outcome.passed_over for outcome in outcomes) == 3
        assert [outcome.file.name for outcome in outcomes if outcome.error] == ["rubbish.goi"]
        assert [item.file for item in refused_files(office)] == ["rubbish.goi"]
        (named,) = receive_bundle(office, [stick / "danh sách 1.xlsx"])
        assert named.error is not None and named.error.code is ErrorCode.BUNDLE_NOT_A_BUNDLE


def test_half_a_bundle_is_forgotten_once_the_whole_one_came(tmp_path: Path) -> None:
    with homes(tmp_path) as (office, laptop):
        decide(laptop, PERSON, "name", "Lô")
        made = export_bundle(laptop, "ct", tmp_path / "usb").file
        half = tmp_path / "half"
        half.mkdir()
        (half / made.name).write_bytes(made.read_bytes()[:900])
        (half / "other.goi").write_bytes(made.read_bytes()[:800])
        receive_bundle(office, [half])
        assert {item.file for item in refused_files(office)} == {made.name, "other.goi"}
        receive_bundle(office, [made])
        assert {item.file for item in refused_files(office)} == {"other.goi"}
