"""Surnames: spellings of one surname that the tables do not know are added here, and taken back."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QListWidget, QVBoxLayout, QWidget

from fieldtool.records.events import RecordKind
from fieldtool.records.peoples import parse_people
from fieldtool.ui.look import label
from fieldtool.ui.lookups.answers import field, form_of
from fieldtool.ui.office import Office
from fieldtool.usecases.local_knowledge import Added, add_surname, list_added, withdraw_added


class SurnamesTab(QWidget):
    """One line, spellings parted by commas."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        form = form_of()
        self.variants = field(office, form, "ui.lookup.surname.variants", "ui.lookup.surname.hint")
        self.people = field(office, form, "ui.lookup.surname.people", "ui.lookup.surname.people_hint")
        self.variants.returnPressed.connect(self.add)
        self.added = QListWidget()
        self.added.setAccessibleName(office.say("ui.lookup.added"))
        buttons = QHBoxLayout()
        self.add_button = office.button("ui.lookup.surname.add", "check", self.add, primary=True)
        self.remove_button = office.button("ui.lookup.remove", "arrow-back-up", self.remove)
        buttons.addWidget(self.add_button)
        buttons.addStretch(1)
        buttons.addWidget(self.remove_button)
        page = QVBoxLayout(self)
        page.addWidget(label(office.say("ui.lookup.surname.tell"), "muted", wrap=True))
        page.addLayout(form)
        page.addLayout(buttons)
        page.addWidget(self.added, 1)
        self._records: list[str] = []

    def add(self) -> None:
        """Add the spellings."""
        home, people = self._office.home, self.people.text().strip()
        named = parse_people(people)[0] if people else None
        variants = [part for part in self.variants.text().split(",") if part.strip()]
        told = named.name if named is not None else people
        self._office.do(lambda _progress: add_surname(home, told, variants), lambda _record: self._done())

    def remove(self) -> None:
        """Take back the addition in hand."""
        at, home = self.added.currentRow(), self._office.home
        if 0 <= at < len(self._records):
            record = self._records[at]
            self._office.do(
                lambda _progress: withdraw_added(home, RecordKind.SURNAME, record), lambda _done: self._done()
            )

    def _done(self) -> None:
        self.variants.clear()
        self.people.clear()
        self.refresh()

    def refresh(self) -> None:
        """Show what was added."""
        home = self._office.home
        self._office.worker.submit(
            lambda _progress: list_added(home, RecordKind.SURNAME), self._show, self._office.news.failed.emit
        )

    def _show(self, added: list[Added]) -> None:
        self._records = [item.record for item in added]
        self.added.clear()
        self.added.addItems([" · ".join(filter(None, item.told.values())) for item in added])
