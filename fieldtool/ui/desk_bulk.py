"""All doubts of one reason as a list with exceptions to untick, decided at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from fieldtool.conflicts.findings import SPELLINGS
from fieldtool.records.errors import FieldtoolError
from fieldtool.ui.desk_filter import reason_name
from fieldtool.ui.look import label
from fieldtool.ui.office import Office
from fieldtool.usecases.decide_in_bulk import Line, bulk_lines

_MOST = 5000
_TICKED = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable


class DeskBulk(QWidget):
    """The list of one reason; Enter decides what is ticked, Escape leaves."""

    decided = Signal(str, object)  # reason, ids that stay ticked
    left = Signal()

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self._lines: Sequence[Line] = ()
        self._village = ""
        self._title, self._hint = label("", "title"), label("", "muted", wrap=True)
        self.reason = QComboBox()
        self.reason.setAccessibleName(office.say("ui.desk.filter.reason"))
        self.reason.setMinimumHeight(office.look.px(44))
        self.reason.activated.connect(lambda _index: self._load())
        self.list = QListWidget()
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName(office.say("ui.desk.bulk.list"))
        self.list.itemChanged.connect(lambda _item: self._count())
        self.go = office.button("ui.desk.bulk.go", "check", self.decide, primary=True)
        self.back = office.button("ui.desk.bulk.leave", "x", self.left.emit)
        buttons = QHBoxLayout()
        buttons.addWidget(self.reason, 1)
        buttons.addWidget(self.back)
        buttons.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._title)
        column.addWidget(self._hint)
        column.addLayout(buttons)
        column.addWidget(self.list, 1)

    def open(self, reasons: Mapping[str, int], first: str, village: str) -> None:
        """Offer the reasons of the queue and the spellings; `first` is the reason in hand."""
        self._village = village
        self.reason.clear()
        for code, count in reasons.items():
            self.reason.addItem(f"{reason_name(self._office, code)} ({count})", code)
        for code in sorted(SPELLINGS - set(reasons)):
            self.reason.addItem(reason_name(self._office, code), code)
        self.reason.setCurrentIndex(max(self.reason.findData(first), 0))
        self._load()

    def _load(self) -> None:
        code, village, home = str(self.reason.currentData() or ""), self._village, self._office.home
        self._title.setText(reason_name(self._office, code))
        self._hint.setText(self._office.say("ui.desk.bulk.loading"))
        self._lines = []  # keys pressed before the new list is there say nothing of the old one
        self.list.clear()
        self.go.setEnabled(False)
        today = home.clock.now()[:10]

        def told(error: BaseException) -> None:
            text = self._office.wording.error(error)[0] if isinstance(error, FieldtoolError) else str(error)
            self._hint.setText(text)

        self._office.worker.submit(
            lambda progress: bulk_lines(home.people, code, village, today), lambda lines: self._fill(code, lines), told
        )

    def _fill(self, reason: str, lines: Sequence[Line]) -> None:
        if reason != self.reason.currentData():  # another reason was chosen meanwhile
            return
        say = self._office.say
        self._lines = sorted(lines, key=lambda line: bool(line.left))[:_MOST]  # what must wait comes last
        self.list.blockSignals(True)
        self.list.clear()
        high = self._office.look.px(44)
        for line in self._lines:
            values = " | ".join(line.doubt.values)
            field = say(f"field.{line.doubt.field}")
            text = f"{line.doubt.name} · {field}: {values}" + (f"  →  {line.value}" if not line.left else "")
            item = QListWidgetItem(text + (say(f"left.{line.left}") if line.left else ""))
            item.setSizeHint(QSize(0, high))
            if line.left:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            else:
                item.setFlags(_TICKED)
                item.setCheckState(Qt.CheckState.Checked)
            self.list.addItem(item)
        self.list.blockSignals(False)
        self.list.setCurrentRow(0)
        if self.isVisible():
            self.list.setFocus()
        self._count()

    def ticked(self) -> list[str]:
        """Ids of the doubts that would be decided."""
        return [
            line.doubt.id
            for row, line in enumerate(self._lines)
            if not line.left and self.list.item(row).checkState() is Qt.CheckState.Checked
        ]

    def _count(self) -> None:
        ticked = len(self.ticked())
        left = sum(bool(line.left) for line in self._lines)
        self._hint.setText(self._office.say("ui.desk.bulk.count", ticked=ticked, all=len(self._lines), left=left))
        self.go.setEnabled(ticked > 0)

    def decide(self) -> None:
        """Decide what is ticked."""
        ids = self.ticked()
        if ids and self.go.isEnabled():
            self.go.setEnabled(False)
            self.decided.emit(str(self.reason.currentData()), ids)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter decides, Escape leaves; Space unticks a line by the list itself."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.decide()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
