"""Undoing at the desk what an earlier sitting did: the acts that still stand are listed, a digit takes one back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fieldtool.ui.desk_acts import DeskActs
from fieldtool.ui.desk_panels import Choice
from fieldtool.ui.office import Office
from fieldtool.usecases.recent_acts import Recent, recent_acts

if TYPE_CHECKING:
    from fieldtool.ui.desk_page import DeskPage

_SHOWN = 5  # what fits at 150 % text; the sixth digit goes further back


class EarlierActs:
    """U asks here once nothing of this sitting is left to be taken back."""

    def __init__(self, page: DeskPage, office: Office, acts: DeskActs) -> None:
        self._page, self._office, self._acts = page, office, acts

    def ask(self, skip: int = 0) -> None:
        """Read the acts on the worker, then ask which one."""
        home = self._office.home
        self._office.worker.submit(
            lambda _progress: recent_acts(home, _SHOWN + 1, skip),
            lambda found: self._show(found, skip),
            self._office.news.failed.emit,
        )

    def _show(self, found: Sequence[Recent], skip: int) -> None:
        say, wording = self._office.say, self._office.wording
        if not found:
            self._office.news.said.emit(say("ui.desk.nothing_to_undo" if not skip else "ui.desk.nothing_older"))
            return
        choices = [
            Choice(f"{number}   {wording.recent(act)}", lambda act=act: self._take(act))  # type: ignore[misc]
            for number, act in enumerate(found[:_SHOWN], start=1)
        ]
        if len(found) > _SHOWN:
            choices.append(Choice(say("ui.desk.older", number=_SHOWN + 1), lambda: self.ask(skip + _SHOWN)))
        self._page.ask(say("ui.desk.undo_which"), choices, of_doubt=False)

    def _take(self, act: Recent) -> None:
        self._acts.take_back(act.event)
        self._page.leave_mode()
