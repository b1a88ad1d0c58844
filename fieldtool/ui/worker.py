"""The one bridge between the window and the use cases: a thread, a queue, progress and cancel.

One thread does every job in the order they were asked for, so that there is one writer. Jobs are plain blocking
functions that take a Progress; results and troubles come back as signals on the window's thread.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from fieldtool.records.errors import Cancelled, FieldtoolError

if TYPE_CHECKING:
    from fieldtool.ports import Progress

_TELL_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class _Job:
    act: Callable[[Progress], Any]
    done: Callable[[Any], None]
    failed: Callable[[BaseException], None]


class Worker(QObject):
    """Runs jobs one after another off the window's thread."""

    progressed = Signal(int, int, str)
    busy = Signal(bool)
    _finished = Signal(object, object)

    def __init__(
        self,
        parent: QObject | None = None,
        in_words: Callable[[BaseException], BaseException] = lambda error: error,
    ) -> None:
        super().__init__(parent)
        self._in_words = in_words
        self._queue: queue.Queue[_Job | None] = queue.Queue()
        self._stop = threading.Event()
        self._told = 0.0
        self._closed = False
        self._owed = 0  # jobs whose outcome was not told yet; counted on the window's thread alone
        self._finished.connect(self._deliver)  # emitted on the job's thread alone, hence queued
        self._thread = threading.Thread(target=self._run, name="fieldtool-worker", daemon=True)
        self._thread.start()

    def submit(
        self,
        act: Callable[[Progress], Any],
        done: Callable[[Any], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        """Queue a job; exactly one of `done` and `failed` is called later, on the window's thread."""
        self._owed += 1
        self._queue.put(_Job(act, done, failed))

    def resting(self) -> bool:
        """Whether no job runs and none waits, and every outcome was told."""
        return self._owed == 0

    def cancel(self) -> None:
        """Ask the running job to stop; it leaves the store as it was."""
        self._stop.set()

    def close(self, seconds: float = 30.0) -> None:
        """Cancel, finish and end the thread. What was not yet told is told no more: its home is about to close."""
        self._closed = True
        self._stop.set()
        self._queue.put(None)
        self._thread.join(seconds)

    def _run(self) -> None:
        while (job := self._queue.get()) is not None:
            self._stop.clear()
            self.busy.emit(True)
            try:
                result: Any = job.act(self._step)
                delivery = (job.done, result)
            except FieldtoolError as error:
                delivery = (job.failed, error)
            except Exception as defect:  # noqa: BLE001  (handed to the window, which tells and journals it)
                delivery = (job.failed, self._in_words(defect))
            self._finished.emit(*delivery)
            self.busy.emit(False)

    def _step(self, done: int, total: int, stage: str, /) -> None:
        if self._stop.is_set():
            raise Cancelled
        now = time.monotonic()
        if now - self._told >= _TELL_SECONDS:
            self._told = now
            self.progressed.emit(done, total, stage)

    def _deliver(self, receive: Callable[[Any], None], value: Any) -> None:
        self._owed -= 1
        if not self._closed:
            receive(value)
