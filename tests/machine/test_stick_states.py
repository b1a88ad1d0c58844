"""Every state a stick is found in, before anything is written; nothing on it is followed or started."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from fieldtool.machine.stick_states import FAT_LIMIT, TEMPORARY, Surroundings, look_at
from fieldtool.records.sticks import Plugged, StickState
from fieldtool.wording.catalogue import Language, Wording


def test_an_ordinary_folder_is_ready_and_left_as_it_was(tmp_path: Path) -> None:
    assert look_at(tmp_path, 1000) == [StickState.READY]
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_there_or_no_folder(tmp_path: Path) -> None:
    (tmp_path / "tệp").write_text("x", encoding="utf-8")
    assert look_at(tmp_path / "rút rồi") == [StickState.NOT_THERE]
    assert look_at(tmp_path / "tệp") == [StickState.NOT_A_FOLDER]


def test_shortcut_malware_is_named_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / ".Ảnh").mkdir()
    (tmp_path / "Ảnh.lnk").write_bytes(b"L\0\0\0")
    (tmp_path / "AUTORUN.INF").write_text("[autorun]", encoding="ascii")
    (tmp_path / ("gói.goi" + TEMPORARY)).write_bytes(b"")
    assert set(look_at(tmp_path)) == {StickState.SHORTCUTS, StickState.AUTORUN, StickState.LEFT_OVER}


@pytest.mark.parametrize(
    ("free", "need", "state"),
    [
        (10, 100, StickState.FULL),
        (150, 100, StickState.NEARLY_FULL),
        (3 * FAT_LIMIT, FAT_LIMIT + 1, StickState.FILE_LIMIT),
    ],
)
def test_space(tmp_path: Path, free: int, need: int, state: StickState) -> None:
    assert look_at(tmp_path, need, Surroundings(free=lambda folder: free)) == [state]


@pytest.mark.parametrize(
    ("number", "state"),
    [
        (errno.EROFS, StickState.READ_ONLY),
        (errno.EACCES, StickState.LOCKED),
        (errno.ENOSPC, StickState.FULL),
        (errno.EIO, StickState.FAULTY),
    ],
)
def test_what_writing_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, state: StickState) -> None:
    def fail(self: Path, content: bytes) -> int:
        raise OSError(number, "thử")

    monkeypatch.setattr(Path, "write_bytes", fail)
    assert look_at(tmp_path) == [state]


def test_several_sticks_the_own_disk_and_a_foreign_file_system(tmp_path: Path) -> None:
    one, two = tmp_path / "e", tmp_path / "f"
    one.mkdir()
    two.mkdir()
    good, strange = Plugged(one, "exfat"), Plugged(two, "ext4")
    assert look_at(one, around=Surroundings([good])) == [StickState.READY]
    assert look_at(one, around=Surroundings([good, strange])) == [StickState.SEVERAL]
    assert look_at(tmp_path, around=Surroundings([good])) == [StickState.OWN_DISK]
    assert look_at(two, around=Surroundings([strange])) == [StickState.WRONG_SYSTEM]
    assert look_at(one, around=Surroundings(own=tmp_path)) == [StickState.OWN_DISK]


def test_bundles_of_tomorrow_tell_of_the_clock(tmp_path: Path) -> None:
    (tmp_path / "m01-c1-0001-3fa91c20.goi").write_bytes(b"x")
    written = (tmp_path / "m01-c1-0001-3fa91c20.goi").stat().st_mtime
    assert look_at(tmp_path, around=Surroundings(now=written)) == [StickState.READY]
    assert look_at(tmp_path, around=Surroundings(now=written - 100_000)) == [StickState.CLOCK_ODD]


def test_every_state_has_its_words() -> None:
    assert len(StickState) >= 13
    for language in Language:
        words = Wording(language)
        assert len({words.say(f"stick_state.{state}") for state in StickState}) == len(StickState)
