"""The list of households that wait for a visit: two lines each and a chip that says what is open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from fieldtool.records.work import TaskLine
from fieldtool.ui.look import Look
from fieldtool.ui.marked_text import draw_marked
from fieldtool.wording.catalogue import Wording

Index = QModelIndex | QPersistentModelIndex


class TaskModel(QAbstractListModel):
    """The households of one village; a village is some hundred at most, so all are held."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: Sequence[TaskLine] = ()

    def show_lines(self, lines: Sequence[TaskLine]) -> None:
        """Put these in place of what was shown."""
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def line(self, row: int) -> TaskLine | None:
        """The line of a row, None past the end."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def row_of(self, household: str) -> int:
        """The row of a household, -1 when it is not shown."""
        return next((row for row, line in enumerate(self._lines) if line.household == household), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own signature)
        """How many households wait."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The head's name for screen readers, the line for the delegate."""
        line = self.line(index.row()) if index.isValid() else None
        if line is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return line.head
        return line if role == Qt.ItemDataRole.UserRole else None


class TaskDelegate(QStyledItemDelegate):
    """Paints a household: head and hamlet, then what is open; a chip for promises and absences."""

    def __init__(self, look: Look, wording: Wording) -> None:
        super().__init__()
        self._look, self._wording = look, wording

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Fixed height, more than a finger."""
        return QSize(200, self._look.px(58))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the line."""
        line = index.data(Qt.ItemDataRole.UserRole)
        if line is None:
            return
        look, rect = self._look, QRect(option.rect)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, look.color("accent_soft"))
            painter.fillRect(QRect(rect.left(), rect.top(), 4, rect.height()), look.color("accent"))
        painter.setPen(QPen(look.color("line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        chip = self._chip(painter, rect, line)
        half, width = rect.height() / 2, rect.width() - 26 - chip
        top = QRectF(rect.left() + 14, rect.top() + 4, width, half - 2)
        below = QRectF(rect.left() + 14, rect.top() + half, rect.width() - 26, half - 6)
        draw_marked(painter, top, line.head or line.book, look.data_font(1.05, bold=True), look.color("text"))
        draw_marked(painter, below, self._facts(line), look.data_font(0.88), look.color("muted"))
        painter.restore()

    def _facts(self, line: TaskLine) -> str:
        say = self._wording.say
        parts = [line.hamlet, say("visit.people", count=line.members)]
        if line.doubts:
            parts.append(say("visit.doubts", count=line.doubts))
        if line.cases:
            parts.append(say("visit.cases", count=line.cases))
        if line.attempts:
            parts.append(say("visit.attempts", count=line.attempts))
        return " · ".join(part for part in parts if part)

    def _chip(self, painter: QPainter, rect: QRect, line: TaskLine) -> int:
        text, fill, ink = self._state(line)
        look = self._look
        font = look.data_font(0.85, bold=True)
        painter.setFont(font)
        width = painter.fontMetrics().horizontalAdvance(text) + 18
        height = look.px(22)
        box = QRectF(rect.right() - width - 8, rect.top() + 6, width, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(look.color(fill))
        painter.setPen(QPen(look.color(ink), 1))
        painter.drawRoundedRect(box, height / 2, height / 2)
        draw_marked(painter, box.adjusted(9, 0, 0, 0), text, font, look.color(ink))
        return int(width) + 8

    def _state(self, line: TaskLine) -> tuple[str, str, str]:
        say = self._wording.say
        if line.next_day:
            day = f"{line.next_day[8:10]}/{line.next_day[5:7]}"
            return say("visit.chip.promised", day=day), "warn_soft", "warn"
        if not line.unmet and not line.doubts and not line.cases:
            return say("visit.chip.done"), "good_soft", "good"
        if line.last_day:
            return say("visit.chip.partly"), "warn_soft", "warn"
        return say("visit.chip.new"), "page", "muted"
