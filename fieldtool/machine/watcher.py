"""A small process beside the window: when the window dies without a word, it opens the program again.

It reads a pipe that the window holds open. "done" before its end means that the window was closed on purpose. It is
started a few seconds after the window, so that it costs the start nothing; a program that dies at once is left alone.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the gate is on the screen sooner
    import subprocess

FLAG = "--watch-window"
_LATER = 5.0  # seconds
_DONE = b"done"


def program_command() -> list[str]:
    """How this program is started once more."""
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "fieldtool"]


class Watch:
    """The window's end of the pipe."""

    def __init__(self, again: Sequence[str], command: Sequence[str] | None = None) -> None:
        self._words = [*(command or program_command()), FLAG, *again]
        self._process: subprocess.Popen[bytes] | None = None
        self._timer = threading.Timer(_LATER, self.start)
        self._timer.daemon = True

    def start_later(self) -> None:
        """Start the watcher when the window has long been usable."""
        self._timer.start()

    def start(self) -> None:
        """Start the watcher; without one the program works all the same."""
        import subprocess

        flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
        try:
            self._process = subprocess.Popen(
                self._words,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                creationflags=flags,
            )
        except OSError:
            self._process = None

    def done(self) -> None:
        """The window was closed on purpose: nothing is opened again."""
        self._timer.cancel()
        if self._process is None or self._process.stdin is None:
            return
        try:
            self._process.stdin.write(_DONE)
            self._process.stdin.close()
        except OSError:
            return  # the watcher is gone, which is what is wanted
        self._process.wait(10)


def watch(again: Sequence[str]) -> int:
    """The watcher: wait for the window's end, and start `again` when it came without a word."""
    if sys.stdin is None or not again:  # nobody to listen to: opening a window now would open them without end
        return 0
    if sys.stdin.buffer.read().endswith(_DONE):
        return 0
    import subprocess

    subprocess.Popen(
        list(again), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, close_fds=True
    )
    return 0


def window_again(folder: Path) -> list[str]:
    """The command that opens this home's window."""
    return [*program_command(), "--home", str(folder)]
