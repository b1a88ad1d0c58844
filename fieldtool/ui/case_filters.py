"""Which cases are listed: a kind, a village, and how far ahead birthdays count when cards are proposed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from fieldtool.records.casebook import book
from fieldtool.ui.office import Office
from fieldtool.ui.village_choice import VillageBox

_MONTHS = (1, 3, 6, 12)


class CaseFilters(QWidget):
    """`changed` when another kind or village is chosen."""

    changed = Signal()

    def __init__(self, office: Office) -> None:
        super().__init__()
        say = office.say
        self.kinds, self.villages, self.months = QComboBox(), VillageBox(office), QComboBox()
        self.kinds.addItem(say("cases.all"), "")
        for kind in book.MACHINES:
            self.kinds.addItem(say(f"case.{kind}"), kind)
        for months in _MONTHS:
            self.months.addItem(say("cases.months", months=months), months)
        self.months.setCurrentIndex(1)
        for box, code in ((self.kinds, "cases.kind"), (self.villages, "visit.village"), (self.months, "cases.ahead")):
            box.setAccessibleName(say(code))
            box.setToolTip(say(code))
        self.kinds.currentIndexChanged.connect(lambda _row: self.changed.emit())
        self.villages.currentIndexChanged.connect(lambda _row: self.changed.emit())
        row = QHBoxLayout()
        row.addWidget(self.villages, 3)
        row.addWidget(self.months, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.kinds)
        column.addLayout(row)
        self.read_villages()

    def read_villages(self) -> None:
        """List the villages anew; the chosen one stays."""
        self.villages.read()

    def show_all(self) -> None:
        """Every kind and village, without `changed`."""
        self.blockSignals(True)
        self.kinds.setCurrentIndex(0)
        self.villages.setCurrentIndex(0)
        self.blockSignals(False)

    def kind(self) -> str:
        """The kind chosen, "" for all."""
        return str(self.kinds.currentData() or "")

    def village(self) -> str:
        """The village chosen, "" for all."""
        return self.villages.chosen()

    def ahead(self) -> int:
        """How many months ahead birthdays count."""
        return int(self.months.currentData())
