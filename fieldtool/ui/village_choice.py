"""One village or all in a box that is read anew, and any number of them by ticks in a menu that stays open."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QComboBox, QMenu, QPushButton

from fieldtool.records.persons import Village
from fieldtool.ui.office import Office


class VillageBox(QComboBox):
    """All villages, or one of them; `told` is what its line says of a village."""

    def __init__(self, office: Office, told: Callable[[Village], str] = lambda village: village.name) -> None:
        super().__init__()
        self._office, self._line = office, told
        self.setAccessibleName(office.say("visit.village"))

    def read(self) -> None:
        """List the villages anew, without a signal; the chosen one stays."""
        here = self.chosen()
        self.blockSignals(True)
        self.clear()
        self.addItem(self._office.say("ui.village.all"), "")
        for village in self._office.people.villages():
            self.addItem(self._line(village), village.id)
        self.setCurrentIndex(max(self.findData(here), 0))
        self.blockSignals(False)

    def chosen(self) -> str:
        """The village chosen, "" for all."""
        return str(self.currentData() or "")


class _Ticks(QMenu):
    """A menu that a tick does not close."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick, and stay."""
        act = self.activeAction()
        if act is not None and act.isCheckable():
            act.trigger()
        else:
            super().mouseReleaseEvent(event)


class VillageChoice(QPushButton):
    """The villages of an officer; none is all."""

    def __init__(self, office: Office, villages: Sequence[Village]) -> None:
        super().__init__()
        self._office = office
        menu = _Ticks(self)
        self.ticks = {village.id: menu.addAction(village.name.replace("&", "&&")) for village in villages}
        for act in self.ticks.values():
            act.setCheckable(True)
            act.toggled.connect(lambda _on: self._told())
        self.setMenu(menu)
        self.setAccessibleName(office.say("users.village"))
        self.setToolTip(office.say("users.village"))
        self._told()

    def chosen(self) -> list[str]:
        """The villages ticked."""
        return [id for id, act in self.ticks.items() if act.isChecked()]

    def choose(self, villages: Sequence[str]) -> None:
        """Tick these alone."""
        for id, act in self.ticks.items():
            act.setChecked(id in villages)

    def _told(self) -> None:
        names = [act.text().replace("&&", "&") for act in self.ticks.values() if act.isChecked()]
        text = names[0] if len(names) == 1 else self._office.say("users.village.some", count=len(names))
        self.setText(text if names else self._office.say("users.village.all"))
