"""When nobody has touched the program for a while: told once, so that the home can be locked."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

LOCK = "ui.lock"  # setting: minutes
MINUTES = (5, 10, 15, 30)
USUAL = 10
_LOOK_EVERY = 5_000  # milliseconds
_TOUCHES = frozenset({
    QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel,
    QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.InputMethod,
})  # fmt: skip


def minutes_of(kept: str) -> int:
    """The kept choice; the usual one for none, or for what is none of MINUTES."""
    return int(kept) if kept.isascii() and kept.isdigit() and int(kept) in MINUTES else USUAL


class IdleWatch(QObject):
    """Watches what comes into the window in hand; `idle` comes again every few seconds until `touch` or input. The
    clock is the system's monotone one: setting the wall clock neither locks nor keeps open.

    Only windows are watched, through which all input passes: a filter over every event of the program made the
    building of a page twice as dear.
    """

    idle = Signal()

    def __init__(self, app: QGuiApplication, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._app, self._now, self._last = app, now, now()
        self.minutes = USUAL
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Begin to count."""
        self.touch()
        self._app.focusWindowChanged.connect(self._watch)
        self._watch(self._app.focusWindow())
        self._timer.start(_LOOK_EVERY)

    def stop(self) -> None:
        """Count no more: nothing is open that could be locked."""
        if self._timer.isActive():
            self._timer.stop()
            self._app.focusWindowChanged.disconnect(self._watch)

    def _watch(self, window: QWindow | None) -> None:
        """Another window came to the front: somebody is there, and what he does passes through it."""
        self.touch()
        if window is not None:
            window.installEventFilter(self)

    def touch(self) -> None:
        """Somebody is there."""
        self._last = self._now()

    def look(self) -> None:
        """Tell when nobody has been there for the minutes."""
        if self._now() - self._last >= 60 * self.minutes:
            self.idle.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's hook; lets everything pass."""
        if event.type() in _TOUCHES:
            self._last = self._now()
        return False
