"""The window to look things up beside the work; it never blocks the page behind it. F3 opens it, Escape closes it."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QPushButton, QTabWidget, QVBoxLayout, QWidget

from fieldtool.ui.lookups.age_tab import AgeTab
from fieldtool.ui.lookups.card_tab import CardTab
from fieldtool.ui.lookups.numbers_tab import NumbersTab
from fieldtool.ui.lookups.places_tab import PlacesTab
from fieldtool.ui.lookups.surnames_tab import SurnamesTab
from fieldtool.ui.office import Office

_TABS = ("card", "age", "place", "surname", "number")


class LookupWindow(QDialog):
    """Card, age, places, surnames, numbers; Alt+1 to Alt+5."""

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(office.say("ui.lookup.title"))
        self.setModal(False)
        self.card, self.age = CardTab(office), AgeTab(office)
        self.places, self.surnames, self.numbers = PlacesTab(office), SurnamesTab(office), NumbersTab(office)
        self.tabs = QTabWidget()
        pages = (self.card, self.age, self.places, self.surnames, self.numbers)
        for place, (name, page) in enumerate(zip(_TABS, pages, strict=True)):
            self.tabs.addTab(page, f"{office.say(f'ui.lookup.{name}')} (Alt+{place + 1})")
            shortcut = QShortcut(QKeySequence(f"Alt+{place + 1}"), self)
            shortcut.activated.connect(lambda place=place: self.show_tab(place))
        self.tabs.currentChanged.connect(self._refresh)
        column = QVBoxLayout(self)
        column.addWidget(self.tabs)
        self.resize(office.look.px(880), office.look.px(600))
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)  # Enter belongs to the line that is typed into

    def show_tab(self, place: int) -> None:
        """Show a tab with the cursor where one types."""
        self.tabs.setCurrentIndex(place)
        self._refresh(place)
        first = (self.card.text, self.age.animal, self.places.text, self.surnames.variants, self.numbers.number)[place]
        first.setFocus()

    def _refresh(self, place: int) -> None:
        if place == 2:
            self.places.refresh()
        elif place == 3:
            self.surnames.refresh()
        elif place == 4:
            self.numbers.refresh()
