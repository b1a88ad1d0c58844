"""The PIN of a token, asked for in a window while a job on the worker's thread waits for it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMetaObject, QObject, QThread, Slot
from PySide6.QtWidgets import QApplication, QInputDialog, QLineEdit

from fieldtool.wording.catalogue import Wording


class TokenPin(QObject):
    """Lives on the window's thread; `ask` may be called on any. What was typed is handed on and kept nowhere here."""

    def __init__(self, wording: Callable[[], Wording]) -> None:
        super().__init__()
        self._wording = wording
        self._label = self._typed = ""

    def ask(self, label: str) -> str:
        """The PIN of the token of a label, "" when the officer gives none."""
        from PySide6.QtCore import Qt  # late: see look.py

        self._label = label
        if QThread.currentThread() is self.thread():
            self._show()
        else:
            QMetaObject.invokeMethod(self, "_show", Qt.ConnectionType.BlockingQueuedConnection)
        typed, self._typed = self._typed, ""
        return typed

    @Slot()
    def _show(self) -> None:
        asked = QInputDialog(QApplication.activeWindow())
        asked.setWindowTitle("fieldtool")
        asked.setLabelText(self._wording().say("cli.token_pin", token=self._label))
        asked.setTextEchoMode(QLineEdit.EchoMode.Password)
        self._typed = asked.textValue() if asked.exec() else ""
