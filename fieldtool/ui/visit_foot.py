"""The foot of a visit: whom one met, how it ended, when to come again, a note, and what to look at before leaving."""

from __future__ import annotations

import dataclasses

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QLineEdit

from fieldtool.records.dates import parse_date
from fieldtool.records.presence import TimeOfDay, VisitResult
from fieldtool.records.visits import Sheet
from fieldtool.ui.look import label
from fieldtool.ui.office import Office
from fieldtool.wording.days import day_told


class VisitFoot(QFrame):
    """Fields of the visit as a whole; `changed` at every letter."""

    changed = Signal()

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.setObjectName("card")
        say = office.say
        self.met = QComboBox()
        self.met.setEditable(True)
        self.result = QComboBox()
        self.result.addItem(say("visit.result.auto"), None)
        for item in VisitResult:
            self.result.addItem(say(f"result.{item}"), item)
        self.next_day, self.note, self.helpers = QLineEdit(), QLineEdit(), QLineEdit()
        self.next_day.setPlaceholderText(say("visit.date_hint"))
        self.next_time = QComboBox()
        for box in (self.met, self.result, self.next_time):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(8)
        for time in TimeOfDay:
            self.next_time.addItem(say(f"time.{time}"), time)
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 8, 12, 8)
        grid.setSpacing(6)
        for place, (code, field) in enumerate(
            (
                ("visit.met", self.met),
                ("visit.result", self.result),
                ("visit.next_day", self.next_day),
                ("visit.next_time", self.next_time),
                ("visit.helpers", self.helpers),
                ("visit.note", self.note),
            )
        ):
            field.setAccessibleName(say(code))
            row, column = divmod(place, 2)
            grid.addWidget(label(say(code), "muted"), row, column * 2)
            grid.addWidget(field, row, column * 2 + 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        for line in (self.next_day, self.note, self.helpers, self.met.lineEdit()):
            if line is not None:
                line.textChanged.connect(lambda _text: self.changed.emit())
        for box in (self.result, self.next_time):
            box.currentIndexChanged.connect(lambda _row: self.changed.emit())

    def show_sheet(self, sheet: Sheet, names: list[str]) -> None:
        """Fill the fields for another household; never while one types."""
        self.blockSignals(True)
        self.met.clear()
        self.met.addItems(names)
        self.met.setEditText(sheet.met)
        self.next_day.setText(day_told(sheet.next_day))
        self.next_time.setCurrentIndex(max(self.next_time.findData(sheet.next_time), 0))
        self.note.setText(sheet.note)
        self.helpers.setText(", ".join(sheet.helpers))
        self.result.setCurrentIndex(max(self.result.findData(sheet.result), 0) if sheet.chose_result else 0)
        self.blockSignals(False)

    def read(self, sheet: Sheet) -> Sheet:
        """The sheet with what stands in the fields; a day that cannot be read is kept as typed."""
        day = parse_date(self.next_day.text().strip()).solar
        chosen = self.result.currentData()
        return dataclasses.replace(
            sheet,
            met=self.met.currentText().strip(),
            next_day=day.isoformat() if day else self.next_day.text().strip(),
            next_time=TimeOfDay(self.next_time.currentData()),
            note=self.note.text().strip(),
            helpers=tuple(part.strip() for part in self.helpers.text().split(",") if part.strip()),
            result=VisitResult(chosen) if chosen else sheet.result,
            chose_result=chosen is not None,
        )

    def chosen_result(self) -> bool:
        """Whether the officer named a result himself."""
        return self.result.currentData() is not None
