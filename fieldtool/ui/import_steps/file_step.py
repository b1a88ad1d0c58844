"""The first step: choose a list or drop one, and the imports there were, each with its report and its undoing."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from fieldtool.ui.look import label
from fieldtool.ui.office import Office
from fieldtool.usecases.list_imports import ImportLine
from fieldtool.wording.days import moment_told

_WIDTHS = (150, 300, 430, 140)
_ENDS = (".xlsx", ".xls", ".ods", ".csv", ".txt", ".tsv", ".xlsm", ".xml", ".htm", ".html")


class FileStep(QWidget):
    """Nothing chosen yet."""

    dropped = Signal(Path)
    wants_undo = Signal(str)
    wants_report = Signal(str, str)

    def __init__(self, office: Office, choose: QPushButton) -> None:
        super().__init__()
        self._office = office
        self._lines: list[ImportLine] = []
        self.setAcceptDrops(True)
        say = office.say
        self.undo_button = office.button("ui.import.undo_this", "arrow-back-up", self._undo)
        self.report_button = office.button("ui.import.report_this", "download", self._report)
        self.table = self._table()
        self._empty = label(say("ui.import.none_yet"), "muted")
        buttons = QHBoxLayout()
        buttons.addWidget(label(say("ui.import.earlier"), "heading"))
        buttons.addStretch(1)
        buttons.addWidget(self.report_button)
        buttons.addWidget(self.undo_button)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(12)
        page.addWidget(self._zone(choose))
        page.addLayout(buttons)
        page.addWidget(self._empty)
        page.addWidget(self.table, 1)
        self.show_imports([])

    def _zone(self, choose: QPushButton) -> QFrame:
        zone = QFrame()
        zone.setObjectName("drop")
        zone.setMinimumHeight(self._office.look.px(190))
        column = QVBoxLayout(zone)
        picture = QLabel()
        picture.setPixmap(self._office.look.pixmap("file-import", "accent", 40))
        for widget in (picture, label(self._office.say("ui.import.drop"), "heading"), choose):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        hint = label(self._office.say("ui.import.hint"), "muted", wrap=True)
        hint.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        hint.setMinimumHeight(self._office.look.px(44))
        column.addWidget(hint)
        return zone

    def _table(self) -> QTableWidget:
        say, look = self._office.say, self._office.look
        table = QTableWidget(0, 4)
        table.setHorizontalHeaderLabels([say(f"ui.import.past.{name}") for name in ("at", "file", "rows", "state")])
        for column, width in enumerate(_WIDTHS):
            table.setColumnWidth(column, look.px(width))
        table.horizontalHeader().setStretchLastSection(True)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(look.px(40))
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setAccessibleName(say("ui.import.earlier"))
        table.itemSelectionChanged.connect(self._enable)
        return table

    def show_imports(self, lines: list[ImportLine]) -> None:
        """Show the imports, newest first."""
        say = self._office.say
        newer = [line.id for line in lines[:1]] != [line.id for line in self._lines[:1]]
        chosen = None if newer else self._chosen()  # after an import it is the new one that lies ready
        self._lines = lines
        self.table.setRowCount(len(lines))
        names = ("rows", "added", "unchanged", "parked", "refused")
        for row, line in enumerate(lines):
            counts = say("ui.import.counts", **{name: getattr(line, name) for name in names})
            state = say("import.undone" if line.undone else "import.stands")
            for column, text in enumerate((moment_told(line.at), line.file, counts, state)):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.table.setItem(row, column, item)
        self.table.setVisible(bool(lines))
        self._empty.setVisible(not lines)
        again = next((row for row, line in enumerate(lines) if chosen and line.id == chosen.id), 0)
        if lines:
            self.table.selectRow(again)
        self._enable()

    def _chosen(self) -> ImportLine | None:
        row = self.table.currentRow()
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def _enable(self) -> None:
        chosen = self._chosen()
        self.undo_button.setEnabled(chosen is not None and not chosen.undone)
        self.report_button.setEnabled(chosen is not None)

    def _undo(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.wants_undo.emit(chosen.id)

    def _report(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.wants_report.emit(chosen.id, chosen.file)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one file that may be a list."""
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile() and urls[0].toLocalFile().lower().endswith(_ENDS):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the dropped file."""
        event.acceptProposedAction()
        self.dropped.emit(Path(event.mimeData().urls()[0].toLocalFile()))
