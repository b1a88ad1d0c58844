"""Sticks that are full, read-only, held by another program or lie about what they wrote."""

from __future__ import annotations

import errno
import os
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from fieldtool.machine.sticks import TEMPORARY, FolderSticks
from fieldtool.records.errors import ErrorCode, FieldtoolError

NAME = "m01-c1-0001-3fa91c20.goi"


class Waits:
    """Takes the place of sleeping and remembers for how long."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


def _error(act: Callable[[], object]) -> FieldtoolError:
    with pytest.raises(FieldtoolError) as caught:
        act()
    return caught.value


def test_a_file_is_whole_and_nothing_else_is_left(tmp_path: Path) -> None:
    content = bytes(range(256)) * 10_000
    path = FolderSticks().write_proved(tmp_path / "usb", NAME, content)
    assert path.read_bytes() == content
    assert [item.name for item in path.parent.iterdir()] == [NAME]


def test_what_a_pulled_stick_left_is_swept(tmp_path: Path) -> None:
    (tmp_path / ("older.goi" + TEMPORARY)).write_bytes(b"half")
    (tmp_path / "khác.txt").write_bytes(b"not ours")
    FolderSticks().write_proved(tmp_path, NAME, b"x")
    assert {item.name for item in tmp_path.iterdir()} == {NAME, "khác.txt"}


def test_an_existing_file_is_never_written_over(tmp_path: Path) -> None:
    sticks = FolderSticks()
    first = sticks.write_proved(tmp_path, NAME, b"one")
    assert sticks.write_proved(tmp_path, NAME, b"one") == first
    second = sticks.write_proved(tmp_path, NAME, b"two")
    assert second.name == "m01-c1-0001-3fa91c20-2.goi"
    assert (first.read_bytes(), second.read_bytes()) == (b"one", b"two")


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, ErrorCode.DISK_FULL),
        (errno.EFBIG, ErrorCode.FILE_TOO_LARGE),
        (errno.EROFS, ErrorCode.NOT_WRITABLE),
        (errno.EIO, ErrorCode.STICK_PULLED),
        (errno.ENODEV, ErrorCode.STICK_PULLED),
        (errno.ENOENT, ErrorCode.STICK_PULLED),
    ],
)
def test_trouble_of_the_system_has_its_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: ErrorCode
) -> None:
    def fails(_: int) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fails)
        error = _error(lambda: FolderSticks().write_proved(tmp_path, NAME, b"content"))
    assert error.code is code
    assert error.place.file == NAME
    assert list(tmp_path.iterdir()) == []


def test_a_held_file_is_tried_three_times_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waits = Waits()
    real = Path.rename
    refusals = iter([True, True, False])

    def rename(self: Path, target: Path) -> Path:
        if next(refusals):
            raise PermissionError(errno.EACCES, "held")
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    assert FolderSticks(waits).write_proved(tmp_path, NAME, b"x").read_bytes() == b"x"
    assert waits.seconds == [0.2, 0.5]


def test_a_file_that_stays_held_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waits = Waits()

    def rename(self: Path, target: Path) -> Path:
        raise PermissionError(errno.EACCES, "held")

    monkeypatch.setattr(Path, "rename", rename)
    assert _error(lambda: FolderSticks(waits).write_proved(tmp_path, NAME, b"x")).code is ErrorCode.FILE_LOCKED
    assert len(waits.seconds) == 3


def test_a_stick_that_lies_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.fsync

    def fsync(descriptor: int) -> None:
        real(descriptor)
        for path in tmp_path.glob("*" + TEMPORARY):
            path.write_bytes(b"y" + path.read_bytes()[1:])

    monkeypatch.setattr(os, "fsync", fsync)
    assert _error(lambda: FolderSticks().write_proved(tmp_path, NAME, b"xxxx")).code is ErrorCode.EXPORT_NOT_PROVED
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "usb").write_bytes(b"")
    error = _error(lambda: FolderSticks().write_proved(tmp_path / "usb", NAME, b"x"))
    assert error.code is ErrorCode.NOT_WRITABLE


@pytest.mark.parametrize("name", ["con.goi", "a/b", "..", "", "x" * 130, "a:b", "tệp. "])
def test_names_windows_refuses_are_refused(tmp_path: Path, name: str) -> None:
    assert _error(lambda: FolderSticks().write_proved(tmp_path, name, b"x")).code is ErrorCode.NOT_WRITABLE


def test_reading(tmp_path: Path) -> None:
    sticks = FolderSticks(Waits())
    (tmp_path / "gói.goi").write_bytes(b"12345")
    assert sticks.read(tmp_path / "gói.goi", 5) == b"12345"
    assert _error(lambda: sticks.read(tmp_path / "gói.goi", 4)).code is ErrorCode.WORKBOOK_BOMB
    assert _error(lambda: sticks.read(tmp_path / "none", 4)).code is ErrorCode.NO_FILE
    assert _error(lambda: sticks.read(tmp_path, 4)).code is ErrorCode.READ_FAILED


def test_a_small_file_takes_little_memory_whatever_may_be_read(tmp_path: Path) -> None:
    path = tmp_path / "a.goi"
    path.write_bytes(b"x" * 1000)
    tracemalloc.start()
    try:
        assert FolderSticks().read(path, 500_000_000) == b"x" * 1000
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()
