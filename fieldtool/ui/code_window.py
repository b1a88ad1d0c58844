"""QR codes on the screen, for the other machine's camera or a photograph; nothing waits for them to be closed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from fieldtool.ui.office import Office

_SIDE = 560  # points; larger would not fit 768 with the words under it


class CodeWindow(QWidget):
    """The pictures one at a time, black on white in every theme, and the words to read aloud under them; Left and Right
    turn the page, Esc closes."""

    def __init__(self, office: Office, title: str, pictures: Sequence[bytes], words: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._office, self._pictures, self.page = office, list(pictures), 0
        self.setWindowTitle(title)
        self.code = QLabel()
        self.code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.code.setStyleSheet("background: white; padding: 12px")
        self.code.setAccessibleName(title)
        told = QLabel(words)
        told.setWordWrap(True)
        column = QVBoxLayout(self)
        column.addWidget(self.code, 1)
        column.addWidget(told)
        self._which = QLabel()
        if len(self._pictures) > 1:
            column.addLayout(self._turning())
        self._show(0)
        QShortcut(QKeySequence("Esc"), self).activated.connect(self.close)

    def _turning(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self._office.button("ui.code.previous", "arrow-left", self.previous))
        row.addWidget(self._which, 1, Qt.AlignmentFlag.AlignCenter)
        row.addWidget(self._office.button("ui.code.next", "arrow-right", self.next))
        QShortcut(QKeySequence("Left"), self).activated.connect(self.previous)
        QShortcut(QKeySequence("Right"), self).activated.connect(self.next)
        return row

    def next(self) -> None:
        """The page after, round to the first."""
        self._show(self.page + 1)

    def previous(self) -> None:
        """The page before, round to the last."""
        self._show(self.page - 1)

    def _show(self, page: int) -> None:
        count = len(self._pictures)
        self.page = page % count
        pixmap = QPixmap()
        pixmap.loadFromData(self._pictures[self.page], "PNG")  # named, since other handlers of pictures guess wrongly
        self.code.setPixmap(
            pixmap.scaled(_SIDE, _SIDE, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.FastTransformation)
            if pixmap.width() > _SIDE
            else pixmap
        )
        self._which.setText(self._office.say("ui.code.page", page=self.page + 1, count=count))
