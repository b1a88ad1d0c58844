"""Cards by the system's own camera program: a new picture's code is read, then the picture is gone.

A camera of our own would need Qt's multimedia, larger than the rest of the program. A card's picture is sensitive (NĐ
356/2025), so it is deleted as soon as its code is read; other pictures, and all that lay there before, are left alone.
"""

from __future__ import annotations

import os
import stat
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from platformdirs import user_pictures_path

from fieldtool.machine.card_images import PICTURES, read_code
from fieldtool.records.card_qr import read_card
from fieldtool.records.errors import ErrorCode, FieldtoolError, Place

_LOOK = 0.4  # seconds between looks into the folder
_GRAIN = 2.0  # seconds; as coarse as FAT stamps a file
_TRIES = 5  # looks at a picture that cannot be read yet: it may still be written
WAIT = 120.0  # seconds without any card after which the watch ends by itself


def pictures_folder() -> Path:
    """Where the system's camera program puts its pictures."""
    pictures = user_pictures_path()
    return pictures / "Camera Roll" if sys.platform == "win32" else pictures


def open_camera() -> None:
    """Start the system's camera program; on Linux there is no common one, and only the folder is watched."""
    if sys.platform == "win32":
        os.startfile("microsoft.windows.camera:")


class CameraWatch:
    """Watches a folder until `stop`; `said` gets each card's text, `lost` what ended it, or a picture that stays.

    Both are called on the watch's own thread. `clock` counts seconds, `pause` waits and tells whether to stop, `now` is
    the time that files are stamped with.
    """

    def __init__(
        self,
        folder: Path,
        said: Callable[[str], None],
        lost: Callable[[FieldtoolError], None],
        *,
        opening: Callable[[], None] = open_camera,
        seconds: float = WAIT,
        clock: Callable[[], float] = time.monotonic,
        pause: Callable[[float], bool] | None = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._folder, self._said, self._lost, self._opening = folder, said, lost, opening
        self._seconds, self._clock, self._now = seconds, clock, now
        self._since = 0.0
        self._stop = threading.Event()
        self._pause = pause or self._stop.wait
        self._thread = threading.Thread(target=self._run, name="fieldtool-camera", daemon=True)
        self._seen: dict[str, int] = {}  # what lay there, or was looked at often enough
        self._sizes: dict[str, int] = {}
        self._tried: dict[str, int] = {}

    def start(self) -> None:
        """Note what lies there already, open the camera program, and begin to watch."""
        self._thread.start()

    def stop(self, seconds: float = 2.0) -> None:
        """Watch no more; what was not read stays where it is."""
        self._stop.set()
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join(seconds)

    def _run(self) -> None:
        try:
            self._seen = dict.fromkeys(self._pictures(), 0)
            self._since = self._now() - _GRAIN
            self._open()
            self._watch()
        except OSError as trouble:
            if not self._stop.is_set():
                self._lost(FieldtoolError(ErrorCode.CAMERA_FOLDER, values={"folder": self._folder, "detail": trouble}))

    def _open(self) -> None:
        try:
            self._opening()
        except OSError as trouble:  # the officer can open it himself: the watch goes on
            self._lost(FieldtoolError(ErrorCode.CAMERA_CLOSED, values={"folder": self._folder, "detail": trouble}))

    def _watch(self) -> None:
        last = self._clock()
        while not self._pause(_LOOK):
            for name, size in self._pictures().items():
                if name not in self._seen and self._look_at(name, size):
                    last = self._clock()
            if self._clock() - last > self._seconds:
                self._lost(FieldtoolError(ErrorCode.CAMERA_WAIT, values={"seconds": round(self._seconds)}))
                return

    def _pictures(self) -> dict[str, int]:
        """Plain picture files of this watch with their sizes; links, folders and what was moved in are none."""
        found = {}
        with os.scandir(self._folder) as entries:
            names = [entry.name for entry in entries if Path(entry.name).suffix.lower() in PICTURES]
        for name in names:
            try:
                about = (self._folder / name).lstat()
            except FileNotFoundError:  # gone again: the camera program writes under another name first
                continue
            if stat.S_ISREG(about.st_mode) and about.st_mtime >= self._since:
                found[name] = about.st_size
        return found

    def _look_at(self, name: str, size: int) -> bool:
        """Read a new picture once it has stopped growing; whether it was a card's."""
        if not size or self._sizes.get(name) != size:
            self._sizes[name] = size
            return False
        try:
            text = read_code(self._folder / name)
        except FieldtoolError as trouble:
            self._tried[name] = self._tried.get(name, 0) + 1
            if trouble.code is ErrorCode.NO_CODE_IN_IMAGE or self._tried[name] >= _TRIES:
                self._seen[name] = size
            return False
        self._seen[name] = size
        if read_card(text) is None:
            return False
        self._forget(name)
        self._said(text)
        return True

    def _forget(self, name: str) -> None:
        try:
            (self._folder / name).unlink()
        except OSError as trouble:
            values = {"file": name, "folder": self._folder, "detail": trouble}
            self._lost(FieldtoolError(ErrorCode.PICTURE_STAYS, place=Place(name), values=values))
