"""The watcher: a window that dies is opened again, one that was closed is not."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from fieldtool.machine.watcher import FLAG, Watch


def _again(mark: Path) -> list[str]:
    return [sys.executable, "-c", f"open({str(mark)!r}, 'w', encoding='utf-8').close()"]


def _appears(mark: Path, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not mark.exists() and time.monotonic() < end:
        time.sleep(0.05)
    return mark.exists()


def test_a_window_that_dies_is_opened_again(tmp_path: Path) -> None:
    mark = tmp_path / "mở lại"
    command = [sys.executable, "-m", "fieldtool", FLAG, *_again(mark)]
    watcher = subprocess.Popen(command, stdin=subprocess.PIPE)
    assert watcher.stdin is not None
    watcher.stdin.close()  # what the system does with the pipe of a process that died
    assert watcher.wait(60) == 0
    assert _appears(mark, 60)


def test_a_window_that_was_closed_stays_closed(tmp_path: Path) -> None:
    mark = tmp_path / "mở lại"
    watch = Watch(_again(mark))
    watch.start()
    watch.done()
    assert not mark.exists()


def test_a_watcher_that_cannot_start_does_no_harm(tmp_path: Path) -> None:
    watch = Watch(_again(tmp_path / "x"), [str(tmp_path / "không có")])
    watch.start()
    watch.done()
