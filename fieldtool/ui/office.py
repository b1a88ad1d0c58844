"""What every page is given: the open home, a view of it for the window's thread, the worker, words and look."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton

from fieldtool.ports import FieldWork, Forms, Home, People, Progress, Workbooks
from fieldtool.ports.locks import Locks
from fieldtool.ports.safekeeping import Safekeeping
from fieldtool.records.errors import FieldtoolError
from fieldtool.ui.idle import USUAL
from fieldtool.ui.look import Look
from fieldtool.ui.worker import Worker
from fieldtool.usecases.apply_update import Upkeep
from fieldtool.usecases.outputs import Outputs
from fieldtool.wording.catalogue import Wording


class News(QObject):
    """What pages tell one another: that the home changed, what was done last, that something went wrong."""

    changed = Signal()
    said = Signal(str)
    failed = Signal(object)
    destroyed = Signal()  # no passphrase opens the home any more


@dataclass(slots=True)
class Office:
    """The pages' common ground. `people` and `work` read on the window's thread; `home` is for the worker's jobs."""

    home: Home
    people: People
    workbooks: Workbooks
    worker: Worker
    wording: Wording
    look: Look
    work: FieldWork
    outputs: Outputs
    news: News = field(default_factory=News)
    forms: Callable[[], Forms] | None = None  # None where nothing can be printed
    upkeep: Upkeep | None = None  # None in a window that is only tried or drawn
    locks: Locks | None = None  # likewise
    store: Safekeeping | None = None  # likewise
    purposes: set[tuple[str, str]] = field(default_factory=set)  # (officer, person) whose sensitive fields may show
    lock_minutes: int = USUAL  # without input, after which the home is locked

    def say(self, code: str, /, **values: object) -> str:
        """The sentence of a code."""
        return self.wording.say(code, **values)

    def button(self, code: str, icon: str, act: Callable[[], object], *, primary: bool = False) -> QPushButton:
        """A button with words and an icon; one a page is primary."""
        button = QPushButton(self.say(code))
        self.mark(button, icon, primary=primary)
        button.clicked.connect(lambda _checked=False: act())
        return button

    def mark(self, button: QPushButton, icon: str, *, primary: bool) -> None:
        """Show a button as the page's primary one, or as one of the others."""
        button.setIcon(self.look.icon(icon, "on_accent" if primary else "text"))
        button.setProperty("primary", primary)
        button.style().polish(button)

    def do(
        self,
        act: Callable[[Progress], Any],
        done: Callable[[Any], None],
        *,
        failed: Callable[[FieldtoolError], None] | None = None,
    ) -> None:
        """Run an act off the window's thread; afterwards every page hears that the home changed."""

        def finish(result: Any) -> None:
            self.news.changed.emit()
            done(result)

        def trouble(error: BaseException) -> None:
            self.news.failed.emit(error)
            if failed is not None and isinstance(error, FieldtoolError):
                failed(error)

        self.worker.submit(act, finish, trouble)
