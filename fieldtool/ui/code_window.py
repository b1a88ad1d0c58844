"""A QR code on the screen, for the other machine's camera or a photograph; nothing waits for it to be closed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

_SIDE = 560  # points; larger would not fit 768 with the words under it


class CodeWindow(QWidget):
    """The picture, black on white in every theme, and the words to read aloud under it; Esc closes."""

    def __init__(self, title: str, picture: bytes, words: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(title)
        pixmap = QPixmap()
        pixmap.loadFromData(picture)
        self.code = QLabel()
        self.code.setPixmap(
            pixmap.scaled(_SIDE, _SIDE, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.FastTransformation)
            if pixmap.width() > _SIDE
            else pixmap
        )
        self.code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.code.setStyleSheet("background: white; padding: 12px")
        self.code.setAccessibleName(title)
        told = QLabel(words)
        told.setWordWrap(True)
        column = QVBoxLayout(self)
        column.addWidget(self.code, 1)
        column.addWidget(told)
        QShortcut(QKeySequence("Esc"), self).activated.connect(self.close)
