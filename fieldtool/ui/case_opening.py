"""Opening a case where one meets its person: a menu of the kinds, by mouse, finger or key, on people's page and at the
door."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from fieldtool.ports import Progress
from fieldtool.records.casebook import book
from fieldtool.ui.office import Office
from fieldtool.usecases.work_case import CaseView, open_case


class CaseMenu(QMenu):
    """The kinds of case, each with a digit; the one chosen is opened for a person, or for a household as a whole."""

    def __init__(self, office: Office, parent: QWidget, opened: Callable[[CaseView], None]) -> None:
        super().__init__(parent)
        self._office, self._opened = office, opened
        self._person, self._household = "", ""
        self._whose = self.addAction("")
        self._whose.setEnabled(False)
        for number, kind in enumerate(book.MACHINES, start=1):
            act = self.addAction(f"&{number}  {office.say(f'case.{kind}')}")
            act.setData(kind)
            act.triggered.connect(lambda _on=False, kind=kind: self.open(kind))

    def ask(self, name: str, person: str, household: str, near: QWidget) -> None:
        """Ask which kind, under a widget."""
        self._person, self._household = person, household
        self._whose.setText(self._office.say("cases.whose", name=name.replace("&", "&&")))
        self.popup(near.mapToGlobal(QPoint(0, near.height())))

    def open(self, kind: str) -> None:
        """Open a case of a kind, or find the one that is open already, and say so."""
        home, person, household = self._office.home, self._person, self._household

        def act(progress: Progress) -> CaseView:
            return open_case(home, kind, person, household)

        def done(found: CaseView) -> None:
            say = self._office.say
            told = say("cases.opened_one", kind=say(f"case.{kind}"), name=found.case.name)
            self._office.news.said.emit(told)
            self._opened(found)

        self._office.do(act, done)
