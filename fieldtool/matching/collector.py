"""What a run asks of Python's collector of cycles."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_SELDOM = 50_000  # new objects until the next search


@contextmanager
def seldom_searched() -> Iterator[None]:
    """For a while cycles are searched for seldom: papers and pairs by the hundred thousand hold none, and walking all
    of them again and again took a quarter of a run. A program that asked for less stays as it is."""
    before = gc.get_threshold()
    gc.set_threshold(max(before[0], _SELDOM) if before[0] else 0, max(before[1], 20), max(before[2], 20))
    try:
        yield
    finally:
        gc.set_threshold(*before)
