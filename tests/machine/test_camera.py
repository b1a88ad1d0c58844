"""The system's camera as a scanner: new pictures of cards are read and deleted, everything else is left alone."""

from __future__ import annotations

import itertools
import os
import sys
from pathlib import Path

import segno
from PIL import Image

from fieldtool.machine.camera import CameraWatch
from fieldtool.records.errors import ErrorCode

CARD = "040079001122|186123456|Lô Văn Đạt|03021979|Nam|Bản Chăm Puông, Lượng Minh|01052021"


def picture(path: Path, text: str = CARD) -> Path:
    segno.make(text).save(str(path), kind="png", scale=4)
    return path


class Day:
    """A folder, a faked camera program, and what happens in the folder between one look and the next."""

    def __init__(self, folder: Path, *happens: object, seconds: float = 10.0) -> None:
        self.folder, self.said, self.lost = folder, [], []
        self._happens, self.opened = list(happens), 0
        ticks = itertools.count()
        self.watch = CameraWatch(
            folder, self.said.append, self.lost.append, opening=self._open, seconds=seconds,
            clock=lambda: float(next(ticks)), pause=self._pause,
        )  # fmt: skip

    def _open(self) -> None:
        self.opened += 1

    def _pause(self, _seconds: float) -> bool:
        if not self._happens:
            return True
        step = self._happens.pop(0)
        if callable(step):
            step()
        return False

    def pass_by(self) -> list[str]:
        self.watch.start()
        self.watch._thread.join(20)
        assert not self.watch._thread.is_alive()
        return [error.code for error in self.lost]


def test_a_new_card_is_read_and_its_picture_is_gone(tmp_path):
    old = picture(tmp_path / "hôm qua.png")
    day = Day(tmp_path, lambda: picture(tmp_path / "WIN_1.png"), None, None)
    assert day.pass_by() == []
    assert day.said == [CARD]
    assert day.opened == 1
    assert [path.name for path in tmp_path.iterdir()] == [old.name]


def test_other_pictures_are_left_alone(tmp_path):
    def family() -> None:
        Image.new("L", (90, 90), 200).save(tmp_path / "nhà.jpg")
        picture(tmp_path / "vé xe.png", "https://example.org/ve")
        (tmp_path / "ghi chú.txt").write_text("x", encoding="utf-8")
        old = picture(tmp_path / "chép vào.png")
        os.utime(old, (1_600_000_000, 1_600_000_000))  # moved in from elsewhere, taken long ago
        (tmp_path / "hỏng.jpg").write_bytes(b"\xff\xd8 no picture")

    day = Day(tmp_path, family, *[None] * 8)
    assert day.pass_by() == []
    assert day.said == []
    assert len(list(tmp_path.iterdir())) == 5


def test_a_picture_that_is_still_written_is_read_when_it_is_whole(tmp_path):
    whole = picture(tmp_path / "x.png").read_bytes()
    (tmp_path / "x.png").unlink()
    half = len(whole) // 2
    new = tmp_path / "WIN_2.png"
    day = Day(tmp_path, lambda: new.write_bytes(whole[:half]), None, lambda: new.write_bytes(whole), None, None)
    day.pass_by()
    assert day.said == [CARD]
    assert not new.exists()


def test_a_link_is_no_picture(tmp_path):
    inside, outside = tmp_path / "ảnh", tmp_path / "ngoài.png"
    inside.mkdir()

    def linked() -> None:
        picture(outside)
        if sys.platform != "win32":  # making a link needs a right there
            (inside / "a.png").symlink_to(outside)

    day = Day(inside, linked, None, None)
    day.pass_by()
    assert day.said == [] and outside.exists()


def test_nothing_for_long_ends_the_watch_and_a_folder_that_is_none_is_told(tmp_path):
    assert Day(tmp_path, *[None] * 30, seconds=5).pass_by() == [ErrorCode.CAMERA_WAIT]
    assert Day(tmp_path / "không có", None).pass_by() == [ErrorCode.CAMERA_FOLDER]


def test_a_picture_that_cannot_be_deleted_is_told_and_the_card_is_still_said(tmp_path, monkeypatch):
    def locked(self, missing_ok=False):
        raise PermissionError(13, "in use")

    day = Day(tmp_path, lambda: picture(tmp_path / "WIN_3.png"), None, None, None)
    monkeypatch.setattr(Path, "unlink", locked)
    assert day.pass_by() == [ErrorCode.PICTURE_STAYS]
    assert day.said == [CARD]


def test_a_camera_program_that_does_not_start_is_told_and_the_folder_is_watched_all_the_same(tmp_path):
    day = Day(tmp_path, lambda: picture(tmp_path / "WIN_4.png"), None, None)

    def missing() -> None:
        raise FileNotFoundError(2, "no camera")

    day.watch._opening = missing
    assert day.pass_by() == [ErrorCode.CAMERA_CLOSED]
    assert day.said == [CARD]


def test_stopping_ends_the_thread(tmp_path):
    watch = CameraWatch(tmp_path, print, print, opening=lambda: None)
    watch.start()
    watch.stop()
    assert not watch._thread.is_alive()
