"""A layout that puts widgets in a line and goes on in the next one when the line is full."""

from __future__ import annotations

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class Flow(QLayout):
    """Buttons side by side, wrapped; stretched to fill each line when `stretch` is true."""

    def __init__(self, parent: QWidget | None = None, spacing: int = 6, *, stretch: bool = False) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._stretch = stretch
        self.setContentsMargins(QMargins(0, 0, 0, 0))
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:
        """Qt's own: take an item."""
        self._items.append(item)

    def count(self) -> int:
        """Qt's own."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Qt's own."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Qt's own."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        """Narrower is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """How high the lines are."""
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Place every widget."""
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def expandingDirections(self) -> Qt.Orientation:
        """None: as high as its lines."""
        return Qt.Orientation(0)

    def sizeHint(self) -> QSize:
        """One line as far as it goes."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """The widest widget."""
        sizes = [item.minimumSize() for item in self._items]
        return QSize(max((s.width() for s in sizes), default=0), max((s.height() for s in sizes), default=0))

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        lines: list[list[QLayoutItem]] = [[]]
        used = 0
        shown = [item for item in self._items if not item.isEmpty()]
        for item in shown:
            width = item.sizeHint().width()
            if lines[-1] and used + width > rect.width():
                lines.append([])
                used = 0
            lines[-1].append(item)
            used += width + self.spacing()
        top = rect.y()
        for line in lines:
            high = max((item.sizeHint().height() for item in line), default=0)
            if move:
                self._place(line, QRect(rect.x(), top, rect.width(), high))
            top += high + (self.spacing() if line else 0)
        return top - rect.y() - (self.spacing() if shown else 0)

    def _place(self, line: list[QLayoutItem], rect: QRect) -> None:
        spare = rect.width() - sum(item.sizeHint().width() for item in line) - self.spacing() * (len(line) - 1)
        more = max(spare, 0) // len(line) if self._stretch and line else 0
        left = rect.x()
        for item in line:
            width = min(item.sizeHint().width() + more, rect.width())
            item.setGeometry(QRect(QPoint(left, rect.y()), QSize(width, rect.height())))
            left += width + self.spacing()
