"""The porch: copied before it is looked at, nothing followed, what is refused stays listed until it is cleared."""

from __future__ import annotations

import hashlib
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from exchange_homes import fill, homes

from fieldtool.machine.sticks import FolderSticks
from fieldtool.ports import Home, Porch
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.usecases.carry_bundle import carry_bundles
from fieldtool.usecases.enrol_device import inspect_request
from fieldtool.usecases.export_bundle import export_bundle
from fieldtool.usecases.keep_trust import read_list_file
from fieldtool.usecases.propose_edits import edited_rows
from fieldtool.usecases.receive_bundle import receive_bundle, receive_refused
from fieldtool.usecases.refused_files import clear_refused, refused_files, sweep_porch
from fieldtool.usecases.unseal_bundle import unseal_bundle
from fieldtool.usecases.verify_bundle import verify_bundle
from fieldtool.usecases.verify_update import Here, verify_update


@pytest.fixture(name="two")
def _two(tmp_path: Path) -> Iterator[list[Home]]:
    with homes(tmp_path) as opened:
        fill(opened[1], 2)
        yield list(opened)


def _porch(tmp_path: Path) -> list[Path]:
    return list(tmp_path.rglob("quarantine/*"))


class Pulled(FolderSticks):
    """A stick that is pulled as soon as the file was read."""

    def read(self, path: Path, limit: int) -> bytes:
        content = super().read(path, limit)
        shutil.rmtree(path.parent)
        return content


def test_a_stick_pulled_after_the_copy_changes_nothing(two: list[Home], tmp_path: Path) -> None:
    office, laptop = two
    sent = export_bundle(laptop, "ct", tmp_path / "usb")
    (outcome,) = receive_bundle(replace(office, sticks=Pulled()), [sent.file])
    assert outcome.error is None
    assert outcome.new_events == sent.events
    assert _porch(tmp_path) == []  # joined: no copy is left, nor a refusal
    assert refused_files(office) == []


def test_a_stick_pulled_before_is_listed_by_name(two: list[Home], tmp_path: Path) -> None:
    office, _ = two
    (outcome,) = receive_bundle(office, [tmp_path / "usb" / "m01.goi"])
    assert outcome.error is not None
    assert [(item.file, item.code) for item in refused_files(office)] == [("m01.goi", "no_file")]


def test_a_refused_file_stays_until_it_is_cleared(two: list[Home], tmp_path: Path) -> None:
    office, laptop = two
    sent = export_bundle(laptop, "ct", tmp_path / "usb").file
    content = sent.read_bytes()
    sent.write_bytes(content[:-40] + bytes(40))
    for _ in range(2):
        (outcome,) = receive_bundle(office, [sent])
        assert outcome.error is not None
    (item,) = refused_files(office)  # once, though it was tried twice
    assert (item.file, item.code) == (sent.name, str(outcome.error.code))
    assert [path.name for path in _porch(tmp_path)] == [item.copy]
    assert sweep_porch(office) == 0
    assert [found.error is None for found in receive_refused(office)] == [False]
    assert clear_refused(office, ["khác.goi"]) == 0
    assert clear_refused(office) == 1
    assert refused_files(office) == []
    assert _porch(tmp_path) == []


def test_what_was_refused_is_received_from_its_copy_without_the_stick(two: list[Home], tmp_path: Path) -> None:
    office, laptop = two
    sent = export_bundle(laptop, "ct", tmp_path / "usb").file

    class NotYet:
        """Keys that do not know the maker yet."""

        def __getattr__(self, name: str) -> object:
            return getattr(office.keys, name)

        def known(self, device: str, incarnation: int) -> None:
            return None

    (outcome,) = receive_bundle(replace(office, keys=NotYet()), [sent])  # type: ignore[arg-type]
    assert outcome.error is not None
    assert outcome.error.code is ErrorCode.BUNDLE_UNKNOWN_MAKER
    shutil.rmtree(tmp_path / "usb")
    assert [found.error for found in receive_refused(office)] == [None]
    assert refused_files(office) == []
    assert _porch(tmp_path) == []


def test_a_readable_workbook_is_never_copied_into_the_home(two: list[Home], tmp_path: Path) -> None:
    office, laptop = two
    sent = export_bundle(laptop, "ct", tmp_path / "usb").file
    opened = tmp_path / "goi.xlsx"
    unseal_bundle(office, sent, opened)
    spoiled = tmp_path / "usb" / "hong.xlsx"
    spoiled.write_bytes(opened.read_bytes()[:-200])
    outcomes = receive_bundle(office, [opened, spoiled])
    assert [outcome.error is None for outcome in outcomes] == [True, False]
    assert [(item.file, item.copy) for item in refused_files(office)] == [("hong.xlsx", "")]
    assert _porch(tmp_path) == []


def test_leftovers_of_a_power_cut_are_swept(two: list[Home], tmp_path: Path) -> None:
    office, _ = two
    office.porch.hold(b"cut off before it was joined")
    (left,) = _porch(tmp_path)
    left.with_name(left.name + ".part").write_bytes(b"half")
    assert sweep_porch(office) == 2
    assert _porch(tmp_path) == []


def test_a_copy_that_the_disk_spoiled_is_not_believed(two: list[Home], tmp_path: Path) -> None:
    office, _ = two
    name = office.porch.hold(b"sealed")
    _porch(tmp_path)[0].write_bytes(b"other")
    with pytest.raises(Exception) as caught:
        office.porch.content(name)
    assert caught.value.code is ErrorCode.BUNDLE_CHANGED  # type: ignore[attr-defined]


def test_shortcuts_are_refused_by_name_and_not_followed(two: list[Home], tmp_path: Path) -> None:
    office, laptop = two
    sent = export_bundle(laptop, "ct", tmp_path / "usb").file
    (tmp_path / "usb" / "Danh sách xã.lnk").write_bytes(b"L\0\0\0")
    outcomes = receive_bundle(office, [tmp_path / "usb"])
    told = {outcome.file.name: outcome.error.code if outcome.error else None for outcome in outcomes}
    assert told == {sent.name: None, "Danh sách xã.lnk": ErrorCode.POINTS_ELSEWHERE}


class Watched(FolderSticks):
    """A stick that counts how often it is read, and is pulled after the first time."""

    def __init__(self) -> None:
        super().__init__(wait=lambda seconds: None)
        self.reads: list[str] = []

    def read(self, path: Path, limit: int) -> bytes:
        content = super().read(path, limit)
        self.reads.append(path.name)
        path.unlink()
        return content


Act = Callable[[Home, Path, Path], object]
ACTS: dict[str, Act] = {
    "verify": lambda home, file, out: verify_bundle(home, file),
    "unseal": unseal_bundle,
    "carry": lambda home, file, out: carry_bundles(home, [file]),
}


def test_every_reader_of_bundles_goes_through_the_porch(two: list[Home], tmp_path: Path) -> None:
    office, laptop = two
    sent = export_bundle(laptop, "ct", tmp_path / "usb").file.read_bytes()
    for name, act in ACTS.items():
        file = tmp_path / "usb" / f"{name}.goi"
        file.write_bytes(sent)
        held = Held(office.porch)
        stick = Watched()
        act(replace(office, sticks=stick, porch=held), file, tmp_path / f"{name}.xlsx")
        assert (stick.reads, held.names) == ([file.name], [hashlib.sha256(sent).hexdigest()]), name
        assert _porch(tmp_path) == [], name


class Held:
    """A porch that remembers what it was given."""

    def __init__(self, porch: Porch) -> None:
        self._porch = porch
        self.names: list[str] = []

    def hold(self, content: bytes) -> str:
        self.names.append(self._porch.hold(content))
        return self.names[-1]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._porch, name)


def test_looking_at_a_refused_file_keeps_its_copy(two: list[Home], tmp_path: Path) -> None:
    office, laptop = two
    sent = export_bundle(laptop, "ct", tmp_path / "usb").file
    sent.write_bytes(sent.read_bytes()[:-40] + bytes(40))
    receive_bundle(office, [sent])
    (copy,) = _porch(tmp_path)
    with pytest.raises(FieldtoolError):
        verify_bundle(office, sent)
    assert _porch(tmp_path) == [copy]


LINKED: dict[str, Act] = {
    **ACTS,
    "take edits": lambda home, file, out: edited_rows(home, file),
    "update": lambda home, file, out: verify_update(home, file, Here("0.1.0", "linux", 2)),
    "trust list": lambda home, file, out: read_list_file(home, file),
    "request": lambda home, file, out: inspect_request(home, file),
}


def test_no_reader_follows_a_shortcut(two: list[Home], tmp_path: Path) -> None:
    file = tmp_path / "goi.lnk"
    file.write_bytes(b"L\0\0\0")
    for name, act in LINKED.items():
        with pytest.raises(FieldtoolError) as caught:
            act(two[0], file, tmp_path / "out.xlsx")
        assert caught.value.code is ErrorCode.POINTS_ELSEWHERE, name


def test_links_are_refused_by_name_and_not_followed(two: list[Home], tmp_path: Path) -> None:
    office, laptop = two
    sent = export_bundle(laptop, "ct", tmp_path / "elsewhere").file
    stick = tmp_path / "usb"
    stick.mkdir()
    if sys.platform == "win32":
        pytest.skip("making a link needs a right there; its twin is the shortcut")
    else:
        (stick / "goi.goi").symlink_to(sent)
        (stick / "thư mục").symlink_to(sent.parent)
    outcomes = receive_bundle(office, [stick])
    assert [outcome.error.code for outcome in outcomes if outcome.error] == [ErrorCode.POINTS_ELSEWHERE] * 2
    assert receive_bundle(office, [stick / "goi.goi"])[0].error is not None
    assert office.shelf.bundles() == []
