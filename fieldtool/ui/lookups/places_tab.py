"""Places: an old address to today's commune and code; what no table has is added here, and taken back."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QListWidget, QVBoxLayout, QWidget

from fieldtool.records.events import RecordKind
from fieldtool.ui.look import label
from fieldtool.ui.lookups.answers import Answer, field, form_of
from fieldtool.ui.office import Office
from fieldtool.usecases.local_knowledge import (
    Added,
    PlaceToday,
    add_place,
    add_village_name,
    find_place,
    list_added,
    withdraw_added,
)


class PlacesTab(QWidget):
    """Look up as one types; add a commune, or another name of a village."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        say = office.say
        asking, adding = form_of(), form_of()
        self.text = field(office, asking, "ui.lookup.place.text", "ui.lookup.place.hint")
        self.district = field(office, asking, "ui.lookup.place.district")
        self.text.textChanged.connect(lambda _text: self.resolve())
        self.district.textChanged.connect(lambda _text: self.resolve())
        self.answer = Answer(office)
        self.name = field(office, adding, "ui.lookup.place.name")
        self.old_district = field(office, adding, "ui.lookup.place.old_district")
        self.successor = field(office, adding, "ui.lookup.place.successor", "ui.lookup.place.successor_hint")
        self.village = field(office, adding, "ui.lookup.place.village", "ui.lookup.place.village_hint")
        self.added = QListWidget()
        self.added.setMinimumHeight(office.look.px(48))
        self.added.setAccessibleName(say("ui.lookup.added"))
        self.add_button = office.button("ui.lookup.place.add", "check", self.add)
        self.remove_button = office.button("ui.lookup.remove", "arrow-back-up", self.remove)
        buttons = QHBoxLayout()
        buttons.addWidget(self.add_button)
        buttons.addStretch(1)
        buttons.addWidget(self.remove_button)
        page = QVBoxLayout(self)
        page.addLayout(asking)
        page.addWidget(self.answer, 1)
        page.addWidget(label(say("ui.lookup.place.adding"), "heading"))
        page.addLayout(adding)
        page.addLayout(buttons)
        page.addWidget(self.added, 1)
        self._records: list[str] = []

    def resolve(self) -> None:
        """Resolve what is typed."""
        text, home = self.text.text().strip(), self._office.home.card.commune
        self.answer.ask(lambda: self._lines(find_place(home, text, district=self.district.text())) if text else [])

    def _lines(self, found: PlaceToday) -> list[str]:
        say = self._office.say
        first = f"{found.code}  {found.address}" if found.code else say("cli.place.unsure", names=found.name or "—")
        return [first, *(f"⚠ {say(f'place_flag.{flag}')}" for flag in found.reading.flags)]

    def add(self) -> None:
        """Add a commune, or a village's other name when the village is given."""
        home, name, village = self._office.home, self.name.text(), self.village.text()
        district, successor = self.old_district.text(), self.successor.text().strip()

        def act(_progress: object) -> str:
            if village.strip():
                return add_village_name(home, name, village)
            return add_place(home, name, district=district, successor=successor)

        self._office.do(act, lambda _record: self._done())

    def remove(self) -> None:
        """Take back the addition in hand."""
        at, home = self.added.currentRow(), self._office.home
        if 0 <= at < len(self._records):
            record = self._records[at]
            self._office.do(
                lambda _progress: withdraw_added(home, RecordKind.PLACE, record), lambda _done: self._done()
            )

    def _done(self) -> None:
        for line in (self.name, self.old_district, self.successor, self.village):
            line.clear()
        self.resolve()
        self.refresh()

    def refresh(self) -> None:
        """Show what was added."""
        home = self._office.home
        self._office.worker.submit(
            lambda _progress: list_added(home, RecordKind.PLACE), self._show, self._office.news.failed.emit
        )

    def _show(self, added: list[Added]) -> None:
        self._records = [item.record for item in added]
        self.added.clear()
        self.added.addItems([" · ".join(filter(None, item.told.values())) for item in added])
