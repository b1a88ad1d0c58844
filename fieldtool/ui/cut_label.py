"""A line of words that is cut with dots where there is no room for it, and told whole in its tip."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel

_LEAST = 160  # pixels that are always left to it


class CutLabel(QLabel):
    """Never wider than there is room for; what comes first in its words is seen longest."""

    def __init__(self, style: str = "") -> None:
        super().__init__()
        self._whole = ""
        self.setObjectName(style)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def setText(self, text: str) -> None:
        """Show other words."""
        self._whole = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        self._cut()
        self.updateGeometry()

    def text(self) -> str:
        """The words, uncut."""
        return self._whole

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's hook."""
        super().resizeEvent(event)
        self._cut()

    def sizeHint(self) -> QSize:
        """Qt's hook: room for all of the words."""
        return QSize(self.fontMetrics().horizontalAdvance(self._whole) + 4, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Qt's hook."""
        return QSize(_LEAST, super().minimumSizeHint().height())

    def _cut(self) -> None:
        super().setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width()))
