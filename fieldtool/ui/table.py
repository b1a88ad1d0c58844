"""A plain table of texts whose rows have ids."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from fieldtool.ui.office import Office


class Table(QTableWidget):
    """Rows of texts, each with the id that an act needs."""

    def __init__(self, office: Office, heads: Sequence[str], name: str) -> None:
        super().__init__(0, len(heads))
        self.setHorizontalHeaderLabels([office.say(code) for code in heads])
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAccessibleName(office.say(name))
        self.setMinimumHeight(office.look.px(64))  # on a small screen the acts below it matter more
        self._ids: list[str] = []

    def fill(self, rows: Sequence[tuple[str, Sequence[str]]]) -> None:
        """Show rows; the chosen one stays chosen when it is still there."""
        chosen = self.chosen()
        self._ids = [id for id, _ in rows]
        self.setRowCount(len(rows))
        for row, (_, texts) in enumerate(rows):
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.setItem(row, column, item)
        if chosen in self._ids:
            self.selectRow(self._ids.index(chosen))

    def chosen(self) -> str:
        """The id of the chosen row, "" when there is none."""
        row = self.currentRow()
        return self._ids[row] if 0 <= row < len(self._ids) else ""
