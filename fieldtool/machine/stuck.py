"""A watchdog for work that must end: when its time is over it says where every thread stands and ends the process.

A thread that waits for another process, or for a window that never comes, cannot be asked to stop; whoever waits for
this process (an installer, an update) must not wait with it. What is told are names of our own functions, no values.
"""

from __future__ import annotations

import faulthandler
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import UnsupportedOperation
from typing import TextIO

_GRACE = 30.0  # seconds for the words; after them the process ends even if Python itself is stuck


@contextmanager
def must_end(seconds: float, told: Callable[[], None]) -> Iterator[None]:
    """End the process with exit code 1 if the block takes longer; `told` first says so, from a thread of its own."""
    stream = _stream()

    def end() -> None:
        try:
            told()
            if stream is not None:
                faulthandler.dump_traceback(stream)
        finally:
            os._exit(1)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    if stream is not None:
        faulthandler.dump_traceback_later(seconds + _GRACE, exit=True, file=stream)
    try:
        yield
    finally:
        timer.cancel()
        if stream is not None:
            faulthandler.cancel_dump_traceback_later()


def _stream() -> TextIO | None:
    """Where a traceback can be written without Python's help; None where there is no such stream."""
    for stream in (sys.stderr, sys.__stderr__):
        try:
            if stream is not None and stream.fileno() >= 0:
                return stream
        except (UnsupportedOperation, ValueError):
            continue
    return None
