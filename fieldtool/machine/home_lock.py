"""One process at a time in a home; the lock dies with its process, so a kill leaves nothing to clean up."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from fieldtool.machine.sticks import as_error
from fieldtool.records.errors import ErrorCode, FieldtoolError

LOCK = "home.lock"


@contextmanager
def home_lock(folder: Path) -> Iterator[None]:
    """Hold the home for this process; HOME_IN_USE when another holds it, NOT_WRITABLE on a read-only disk."""
    lock = FileLock(folder / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout as held:
        raise FieldtoolError(ErrorCode.HOME_IN_USE, values={"folder": str(folder)}) from held
    except (OSError, NotImplementedError) as trouble:
        raise as_error(trouble, folder) from trouble
    try:
        yield
    finally:
        lock.release()
