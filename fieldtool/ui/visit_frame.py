"""The right of the visit page: whose house it is, the sheet to scroll in, what to look at before leaving, the buttons.

Head and buttons wrap where the letters are large, so that the page stays as wide as a small screen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from fieldtool.records.persons import Household
from fieldtool.records.work import CaseNote
from fieldtool.ui.flow import Flow
from fieldtool.ui.look import label
from fieldtool.ui.office import Office
from fieldtool.ui.visit_foot import VisitFoot
from fieldtool.wording.case_words import cases_told

_HEAD = (
    ("age", "visit.age.ask", "clock"),
    ("add", "visit.add", "plus"),
    ("scan", "visit.scan", "qr"),
    ("case", "visit.case", "clipboard"),
)
_BAR = (
    ("all_here", "visit.all_here", "users"),
    ("not_home", "visit.not_home", "door"),
    ("undo", "visit.undo", "arrow-back-up"),
    ("save", "visit.save", "arrow-right"),
)


class VisitFrame(QWidget):
    """What surrounds the members' cards; `members` is the layout they lie in."""

    def __init__(self, office: Office, acts: Mapping[str, Callable[[], None]]) -> None:
        super().__init__()
        self._office = office
        self.buttons: dict[str, QPushButton] = {}
        self.foot = VisitFoot(office)
        self._title, self._where = label("", "title"), label("", "muted")
        self._checks = label("", "warn", wrap=True)
        self._leaving = label("", "warn")
        self._found: Sequence[str] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._head(acts))
        column.addWidget(self._sheet(), 1)
        column.addWidget(self._leaving)
        column.addLayout(self._bar(acts))
        for words in (self._title, self._where, self._leaving):  # a long name is cut, it never widens the window
            words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def _head(self, acts: Mapping[str, Callable[[], None]]) -> QVBoxLayout:
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self._title)
        names.addWidget(self._where)
        row, large = QHBoxLayout(), self._office.look.zoom > 125
        row.addLayout(names, 1)
        flow = Flow()
        for name, code, icon in _HEAD:
            self._add(flow if large else row, name, code, icon, acts[name])
        head = QVBoxLayout()
        head.addLayout(row)
        if large:
            head.addLayout(flow)
        return head

    def _sheet(self) -> QScrollArea:
        self.members = QVBoxLayout()
        self.members.setContentsMargins(0, 0, 4, 0)
        self.members.setSpacing(8)
        self.holder = QWidget()
        inner = QVBoxLayout(self.holder)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addLayout(self.members)
        inner.addWidget(self.foot)
        inner.addWidget(self._checks)
        inner.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setWidget(self.holder)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return self.area

    def _bar(self, acts: Mapping[str, Callable[[], None]]) -> Flow:
        flow = Flow(stretch=True)
        for name, code, icon in _BAR:
            self._add(flow, name, code, icon, acts[name])
        self.buttons["save"].setProperty("primary", True)
        return flow

    def _add(self, row: QHBoxLayout | Flow, name: str, code: str, icon: str, act: Callable[[], None]) -> None:
        button = self._office.button(code, icon, act, primary=name == "save")
        self.buttons[name] = button
        row.addWidget(button)

    def show_house(self, house: Household, drafted: bool, cases: Sequence[CaseNote] = ()) -> None:
        """Whose house it is, its cases as a whole, and whether its sheet was begun before."""
        say = self._office.say
        self._title.setText(say("ui.household.title", head=house.head))
        where = say("ui.household.where", village=house.village_name or "—", book=house.book or "—")
        told = f" · {cases_told(cases, self._office.wording)}" if cases else ""
        self._where.setText(where + told + (f" · {say('visit.drafted')}" if drafted else ""))

    def show_checks(self, found: Sequence[str]) -> None:
        """What to look at before leaving: all of it under the sheet, and one line always in sight."""
        self._found = found
        self._leaving.setVisible(bool(found))
        self._checks.setText("\n".join(found))
        self._leaving.setToolTip("\n".join(found))
        self._leaving.setAccessibleDescription("; ".join(found))
        self._cut()

    def _cut(self) -> None:
        if not self._found:
            self._checks.hide()
            return
        words = self._office.say("visit.leaving", count=len(self._found), first=" · ".join(self._found))
        metrics = QFontMetrics(self._leaving.font())
        cut = metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(self.width() - 8, 80))
        self._leaving.setText(cut)
        self._checks.setVisible(cut != words)  # what did not fit is told in full under the sheet

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The line in sight is cut anew."""
        super().resizeEvent(event)
        self._cut()
