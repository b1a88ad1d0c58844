"""A line of a list as an officer reads it: a name, what more there is to say below it, and its state as a chip."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from fieldtool.ui.look import Look
from fieldtool.ui.marked_text import draw_marked


class Told(NamedTuple):
    """What a line says; `fill` and `ink` are names of colours of the look."""

    name: str
    more: str
    chip: str
    fill: str
    ink: str


class TwoLines(QStyledItemDelegate):
    """Paints what `tell` says of the value that a model keeps under UserRole; the state in words, shape and colour."""

    def __init__(self, look: Look, tell: Callable[[Any], Told]) -> None:
        super().__init__()
        self._look, self._tell = look, tell

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Fixed height, more than a finger."""
        return QSize(200, self._look.px(58))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the line."""
        line = index.data(Qt.ItemDataRole.UserRole)
        if line is None:
            return
        look, rect, told = self._look, QRect(option.rect), self._tell(line)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, look.color("accent_soft"))
            painter.fillRect(QRect(rect.left(), rect.top(), 4, rect.height()), look.color("accent"))
        painter.setPen(QPen(look.color("line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        half, width = rect.height() / 2, rect.width() - 26
        top = QRectF(rect.left() + 14, rect.top() + 4, width - self._chip(painter, rect, told), half - 2)
        below = QRectF(rect.left() + 14, rect.top() + half, width, half - 6)
        draw_marked(painter, top, told.name, look.data_font(1.05, bold=True), look.color("text"))
        draw_marked(painter, below, told.more, look.data_font(0.9), look.color("muted"))
        painter.restore()

    def _chip(self, painter: QPainter, rect: QRect, told: Told) -> int:
        """Draw the chip in the upper right corner; the room it takes."""
        look = self._look
        font = look.data_font(0.85, bold=True)
        painter.setFont(font)
        width = painter.fontMetrics().horizontalAdvance(told.chip) + 18
        height = look.px(22)
        box = QRectF(rect.right() - width - 8, rect.top() + 6, width, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(look.color(told.fill))
        painter.setPen(QPen(look.color(told.ink), 1))
        painter.drawRoundedRect(box, height / 2, height / 2)
        draw_marked(painter, box.adjusted(9, 0, 0, 0), told.chip, font, look.color(told.ink))
        return int(width) + 8
