"""The columns of a list, each with what it means, its font and its order of days, to be changed by keyboard."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QComboBox, QTableWidget, QTableWidgetItem

from fieldtool.intake.columns import Extra
from fieldtool.intake.layout import Column, DayOrder, Layout, letter
from fieldtool.intake.mappings import ENCODINGS, ListMapping, column_keys
from fieldtool.records.fields import DATE_FIELDS, Field
from fieldtool.ui.office import Office

_WIDTHS = (50, 250, 250, 150, 230, 260)
_MEANINGS: tuple[str, ...] = ("", *(str(item) for group in (Field, Extra) for item in group))
_DATES = frozenset(str(field) for field in DATE_FIELDS)


class _NoWheel(QObject):
    """Keeps the wheel from changing a choice that only lies under the pointer."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Swallow wheel turns."""
        return event.type() is QEvent.Type.Wheel


class ColumnTable(QTableWidget):
    """One line a column."""

    changed = Signal()

    def __init__(self, office: Office) -> None:
        super().__init__(0, len(_WIDTHS))
        say, look = office.say, office.look
        self._office = office
        self._layout: Layout | None = None
        self._no_wheel = _NoWheel(self)
        self._touched: dict[str, dict[int, str]] = {"columns": {}, "encodings": {}, "orders": {}}
        names = ("letter", "heading", "meaning", "encoding", "order", "example")
        self._titles = [say(f"ui.mapping.{name}") for name in names]
        self.setHorizontalHeaderLabels(self._titles)
        self.horizontalHeader().setStretchLastSection(True)
        for column, width in enumerate(_WIDTHS):
            self.setColumnWidth(column, look.px(width))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(look.px(44))
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.setAccessibleName(say("ui.mapping.columns"))

    def show_layout(self, layout: Layout, examples: dict[int, str], given: ListMapping | None) -> None:
        """Show the columns of a list; `given` is what the officer said before."""
        self._layout = layout
        keys = column_keys(layout)
        for name, told in (("columns", given and given.columns), ("encodings", given and given.encodings),
                           ("orders", given and given.orders)):  # fmt: skip
            self._touched[name] = {i: told[key] for i, key in keys.items() if told and key in told}
        columns = [column for column in layout.columns if column.heading or examples.get(column.index)]
        self.setRowCount(len(columns))
        for row, column in enumerate(columns):
            self._line(row, column, examples.get(column.index, ""))

    def _line(self, row: int, column: Column, example: str) -> None:
        for place, text in ((0, letter(column.index)), (1, column.heading), (5, example)):
            item = QTableWidgetItem(text)
            item.setToolTip(text)
            self.setItem(row, place, item)
        say = self._office.say
        meanings = [(code, say(f"meaning.{code}") if code else say("ui.mapping.unread")) for code in _MEANINGS]
        self._combo(row, 2, column, "columns", meanings, str(column.meaning or ""))
        fonts = [(code, code or say("ui.mapping.by_itself")) for code in ENCODINGS]
        self._combo(row, 3, column, "encodings", fonts, column.encoding)
        if str(column.meaning) in _DATES:
            orders = [(str(order), say(f"ui.mapping.{order}")) for order in DayOrder]
            self._combo(row, 4, column, "orders", orders, str(column.order))
        else:
            self.removeCellWidget(row, 4)

    def _combo(
        self, row: int, place: int, column: Column, about: str, choices: Iterable[tuple[str, str]], chosen: str
    ) -> None:
        combo = QComboBox()
        for code, words in choices:
            combo.addItem(words, code)
        combo.setCurrentIndex(max(combo.findData(chosen), 0))
        combo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        combo.installEventFilter(self._no_wheel)
        combo.setAccessibleName(f"{column.heading} {self._titles[place]}")
        combo.activated.connect(lambda _at: self._chose(column.index, about, str(combo.currentData())))
        self.setCellWidget(row, place, combo)

    def _chose(self, index: int, about: str, code: str) -> None:
        self._touched[about][index] = code
        self.changed.emit()

    def mapping(self) -> ListMapping:
        """What the officer says of the columns: all meanings as shown, of fonts and days what he changed."""
        if self._layout is None:
            return ListMapping({})
        keys = column_keys(self._layout)
        columns = {keys[column.index]: str(column.meaning or "") for column in self._layout.columns}
        columns |= {keys[index]: code for index, code in self._touched["columns"].items()}
        taken = {code for code in self._touched["columns"].values() if code not in ("", Extra.OTHER, Field.NOTE)}
        for column in self._layout.columns:  # a meaning that he gave to one column is taken from others
            if column.index not in self._touched["columns"] and columns[keys[column.index]] in taken:
                columns[keys[column.index]] = ""
        return ListMapping(
            columns,
            encodings={keys[index]: code for index, code in self._touched["encodings"].items() if code},
            orders={keys[index]: code for index, code in self._touched["orders"].items()},
        )
