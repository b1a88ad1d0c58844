"""Ethnicity and religion stay hidden in the window until the officer says what he needs them for, once a person."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from fieldtool.records.exchange import HomeCard
from fieldtool.records.persons import Person
from fieldtool.records.sensitive import SENSITIVE
from fieldtool.ui.office import Office
from fieldtool.usecases.state_purpose import state_purpose


def stated(office: Office, *persons: str) -> bool:
    """Whether the officer who sits here now stated a purpose for each of these persons since the home was opened."""
    here = _officer(office)
    return all((here, person) in office.purposes for person in persons)


def state(office: Office, persons: Iterable[str], text: str, done: Callable[[], None]) -> None:
    """Write the purpose into the journal, then show; what cannot be written shows nothing."""
    here, wanted, home = _officer(office), tuple(persons), office.home

    def noted(_result: object) -> None:
        office.purposes.update((here, person) for person in wanted)
        done()

    office.worker.submit(lambda _progress: state_purpose(home, " ".join(wanted), text), noted, office.news.failed.emit)


def hides(person: Person) -> bool:
    """Whether a person has anything that is hidden without a purpose."""
    return any(person.value(field) for field in SENSITIVE)


def _officer(office: Office) -> str:
    text = office.people.kept("home.card")
    return HomeCard.from_text(text).officer if text else office.home.card.officer


class PurposeLine(QWidget):
    """A button that asks the purpose in its own place; Enter states it, Escape leaves. F8 presses it."""

    def __init__(self, office: Office, person: str, done: Callable[[], None]) -> None:
        super().__init__()
        self._office, self._person, self._done = office, person, done
        say = office.say
        self.button = office.button("ui.purpose.show", "lock", self.ask)
        self.line = QLineEdit()
        self.line.setPlaceholderText(say("ui.purpose.ask"))
        self.line.setAccessibleName(say("ui.purpose.ask"))
        self.line.returnPressed.connect(self._state)
        self.line.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.button)
        row.addWidget(self.line, 1)
        row.addStretch(0)
        for key, act in (("F8", self.ask), ("Escape", self._leave)):
            shortcut = QShortcut(QKeySequence(key), self if key == "Escape" else self.button)
            whole = Qt.ShortcutContext.WindowShortcut
            shortcut.setContext(whole if key == "F8" else Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def ask(self) -> None:
        """Open the line."""
        self.line.show()
        self.line.setFocus()

    def _leave(self) -> None:
        self.line.clear()
        self.line.hide()
        self.button.setFocus()

    def _state(self) -> None:
        if self.line.text().strip():
            state(self._office, (self._person,), self.line.text(), self._done)
