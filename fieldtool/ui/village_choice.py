"""A button that holds any number of villages: ticks in a menu that stays open while one ticks; none is all."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QMenu, QPushButton

from fieldtool.records.persons import Village
from fieldtool.ui.office import Office


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
    """The villages of an officer."""

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
