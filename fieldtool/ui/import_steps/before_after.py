"""Twenty rows side by side: the cells as they stand in the file, and the fields as they would be read."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from fieldtool.intake.layout import letter
from fieldtool.records.fields import Field
from fieldtool.ui.look import label
from fieldtool.ui.office import Office
from fieldtool.usecases.preview_list import ListView, SeenRow


class BeforeAfter(QSplitter):
    """Two tables that scroll together."""

    def __init__(self, office: Office) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._office = office
        self.before, self.after = self._table(), self._table()
        for table, code in ((self.before, "ui.mapping.before"), (self.after, "ui.mapping.after")):
            table.setAccessibleName(office.say(code))
            half = QWidget()
            column = QVBoxLayout(half)
            column.setContentsMargins(0, 0, 0, 0)
            column.addWidget(label(office.say(code), "heading"))
            column.addWidget(table)
            self.addWidget(half)
        self.before.verticalScrollBar().valueChanged.connect(self.after.verticalScrollBar().setValue)
        self.after.verticalScrollBar().valueChanged.connect(self.before.verticalScrollBar().setValue)

    def _table(self) -> QTableWidget:
        table = QTableWidget()
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.verticalHeader().setDefaultSectionSize(self._office.look.px(30))
        table.horizontalHeader().setDefaultSectionSize(self._office.look.px(130))
        table.setTabKeyNavigation(False)
        table.setFont(self._office.look.data_font(0.95))
        return table

    def show_list(self, view: ListView) -> None:
        """Show the first rows of a list; of one without heading, the top of its sheet."""
        lines = [(seen.row, seen.cells) for seen in view.rows] or list(view.top)
        width = max((len(cells) for _, cells in lines), default=0)
        _fill(self.before, [letter(column) for column in range(width)], lines)
        used = {field for seen in view.rows for field in seen.result.raw}
        fields = [field for field in Field if field in used]
        say = self._office.say
        titles = [*(say(f"field.{field}") for field in fields), say("ui.mapping.becomes")]
        _fill(self.after, titles, [(seen.row, self._read(seen, fields)) for seen in view.rows])
        for row, seen in enumerate(view.rows):
            for column, field in enumerate(fields):
                text, item = seen.result.raw.get(field, ""), self.after.item(row, column)
                if text and text not in seen.cells and item is not None:
                    item.setBackground(self._office.look.color("accent_soft"))

    def _read(self, seen: SeenRow, fields: list[Field]) -> tuple[str, ...]:
        say = self._office.say
        result = seen.result
        became = say(f"kind.{result.document.kind}") if result.document else say(f"verdict.{result.severity}")
        return (*(result.raw.get(field, "") for field in fields), became)


def _fill(table: QTableWidget, titles: list[str], lines: list[tuple[int, tuple[str, ...]]]) -> None:
    table.clear()
    table.setColumnCount(len(titles))
    table.setRowCount(len(lines))
    table.setHorizontalHeaderLabels(titles)
    table.setVerticalHeaderLabels([str(number) for number, _ in lines])
    for row, (_, cells) in enumerate(lines):
        for column in range(len(titles)):
            text = cells[column] if column < len(cells) else ""
            item = QTableWidgetItem(text)
            item.setToolTip(text)
            table.setItem(row, column, item)
