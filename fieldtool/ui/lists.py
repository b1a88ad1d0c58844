"""Tables over the read side: a window of rows is fetched when it is shown, never the whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from fieldtool.records.persons import HouseholdLine, PersonLine
from fieldtool.ui.look import Look
from fieldtool.ui.marked_text import draw_marked
from fieldtool.wording.catalogue import Wording

Line = PersonLine | HouseholdLine
_WINDOW = 200
_KEPT = 24
Index = QModelIndex | QPersistentModelIndex


class LineModel(QAbstractTableModel):
    """Lines fetched in windows of 200 as the view asks for them."""

    def __init__(self) -> None:
        super().__init__()
        self._count = 0
        self._fetch: Callable[[int, int], Sequence[Line]] = lambda offset, limit: ()
        self._windows: dict[int, Sequence[Line]] = {}

    def show_lines(self, count: int, fetch: Callable[[int, int], Sequence[Line]]) -> None:
        """Show `count` lines; `fetch(offset, limit)` gives a window of them."""
        self.beginResetModel()
        self._count, self._fetch = count, fetch
        self._windows.clear()
        self.endResetModel()

    def line(self, row: int) -> Line | None:
        """The line of a row, None past the end."""
        if not 0 <= row < self._count:
            return None
        number = row // _WINDOW
        if number not in self._windows:
            while len(self._windows) >= _KEPT:
                self._windows.pop(next(iter(self._windows)))
            self._windows[number] = self._fetch(number * _WINDOW, _WINDOW)
        window = self._windows[number]
        place = row % _WINDOW
        return window[place] if place < len(window) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own signature)
        """How many lines there are."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """One: the delegate paints the whole line."""
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The name as text (for screen readers and typing ahead), the line itself for the delegate."""
        if not index.isValid():
            return None
        line = self.line(index.row())
        if line is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return line.name if isinstance(line, PersonLine) else line.head
        return line if role == Qt.ItemDataRole.UserRole else None


class LineDelegate(QStyledItemDelegate):
    """Paints a person or a household in two lines of text with its state as a chip: words, shape and colour."""

    def __init__(self, look: Look, wording: Wording) -> None:
        super().__init__()
        self._look, self._wording = look, wording

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Fixed height, at least a finger."""
        return QSize(200, self._look.px(56))

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
        width = rect.width() - 28 - chip
        half = rect.height() / 2
        first, second = self._texts(line)
        top = QRectF(rect.left() + 14, rect.top() + 4, width, half - 2)
        below = QRectF(rect.left() + 14, rect.top() + half, width, half - 6)
        draw_marked(painter, top, first, look.data_font(1.05, bold=True), look.color("text"))
        draw_marked(painter, below, second, look.data_font(0.9), look.color("muted"))
        painter.restore()

    def _texts(self, line: Line) -> tuple[str, str]:
        say = self._wording.say
        if isinstance(line, PersonLine):
            parts = (line.dob, line.sex, line.n12 or line.n9, line.village_name)
            return line.name, " · ".join(part for part in parts if part)
        return line.head, say("ui.house_line", book=line.book or "—", count=line.members)

    def _chip(self, painter: QPainter, rect: QRect, line: Line) -> int:
        count = line.open_conflicts
        look = self._look
        text = self._wording.say("ui.open_chip", count=count) if count else self._wording.say("ui.settled_chip")
        fill, ink = ("warn_soft", "warn") if count else ("good_soft", "good")
        font = look.data_font(0.88, bold=True)
        painter.setFont(font)
        width = painter.fontMetrics().horizontalAdvance(text) + 18
        height = look.px(24)
        box = QRectF(rect.right() - width - 10, rect.center().y() - height / 2, width, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(look.color(fill))
        painter.setPen(QPen(look.color(ink), 1))
        painter.drawRoundedRect(box, height / 2, height / 2)
        draw_marked(painter, box.adjusted(9, 0, 0, 0), text, font, look.color(ink))
        return int(width) + 10
