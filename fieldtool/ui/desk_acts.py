"""The desk's acts on the worker: each is queued at once, the desk goes on; a failed one brings its doubt back.

While a long job runs, acts wait their turn in the worker's queue and none is lost; undo waits behind them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from fieldtool.ports import Home, Progress
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.persons import Doubt
from fieldtool.ui.office import Office
from fieldtool.usecases import settle_conflict
from fieldtool.usecases.recent_acts import take_back

Act = Callable[[Home, Progress], Sequence[str]]
# What no second try takes back: kept, it would bar the way to the acts before it.
_GONE = (ErrorCode.STALE_DECISION, ErrorCode.NOTHING_TO_UNDO, ErrorCode.NOT_FOUND)


@dataclass(slots=True)
class Ticket:
    """One act of this sitting: the doubts it settles, the persons it touches, and its event once it is written."""

    doubts: tuple[Doubt, ...]
    persons: tuple[str, ...]
    household: str
    said: str
    form: str = ""  # the paper that follows
    event: str = ""
    whole: bool = False  # touches more than one household: the queue is read anew
    takes_back: Callable[[Home, str], object] = dataclasses.field(default=lambda home, event: None)


class DeskActs(QObject):
    """Submits acts, remembers them for undoing, tells the page what to mend."""

    settled = Signal(object)  # a ticket whose act is written
    undone = Signal(object)  # a ticket whose act was taken back
    failed = Signal(object)  # a ticket whose act was refused

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self.pending: set[str] = set()
        self.done: list[Ticket] = []

    def act(self, ticket: Ticket, act: Act, takes_back: Callable[[Home, str], object] | None = None) -> None:
        """Queue an act; the doubts it settles are pending until it is written."""
        home = self._office.home
        ticket.takes_back = takes_back or (lambda home, event: settle_conflict.undo(home, event))
        ids = {doubt.id for doubt in ticket.doubts}
        self.pending |= ids
        self.done.append(ticket)

        def work(progress: Progress) -> Sequence[str]:
            events = act(home, progress)
            ticket.event = events[0] if events else ""  # set by the worker, so that an undo queued behind finds it
            return events

        def written(_events: object) -> None:
            self.pending -= ids
            self.settled.emit(ticket)
            self._office.news.said.emit(ticket.said)

        def refused(error: BaseException) -> None:
            self.pending -= ids
            if ticket in self.done:
                self.done.remove(ticket)
            self.failed.emit(ticket)
            if isinstance(error, FieldtoolError) and ticket.doubts:
                error.values["who"] = ticket.doubts[0].name  # several may be on their way: which one is this of
            self._office.news.failed.emit(error)

        self._office.worker.submit(work, written, refused)

    def take_back(self, act: str) -> None:
        """Take back an act of an earlier sitting."""
        self._take_back(Ticket((), (), "", "", event=act, whole=True, takes_back=take_back), again=False)

    def undo(self) -> None:
        """Take back the last act of this sitting, after those that still wait to be written."""
        self._take_back(self.done.pop(), again=True)

    def _take_back(self, ticket: Ticket, *, again: bool) -> None:
        home = self._office.home

        def work(progress: Progress) -> None:
            if not ticket.event:
                raise FieldtoolError(ErrorCode.NOTHING_TO_UNDO, values={"what": ""})
            ticket.takes_back(home, ticket.event)

        def undone(_result: object) -> None:
            self.undone.emit(ticket)
            self._office.news.said.emit(self._office.say("ui.desk.undone"))

        def refused(error: BaseException) -> None:
            gone = isinstance(error, FieldtoolError) and error.code in _GONE
            if again and ticket.event and not gone:
                self.done.append(ticket)  # so that an undo that failed can be tried again
            self._office.news.failed.emit(error)

        self._office.worker.submit(work, undone, refused)
