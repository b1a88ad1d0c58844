"""The question about six words that two people read to each other, with its two answers."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fieldtool.ui.look import label
from fieldtool.ui.office import Office


class HeardWords(QWidget):
    """Hidden until it asks. The answer that trusts nobody has the keyboard: Enter pressed without reading does no
    harm."""

    def __init__(self, office: Office, same: str = "ui.exchange.words_same", *, wide: bool = False) -> None:
        super().__init__()
        self._agreed: Callable[[], None] = lambda: None
        self._refused: Callable[[], None] = lambda: None
        self.heard = label("", "plain", wrap=True)
        self.same: QPushButton = office.button(same, "check", lambda: self._answer(agreed=True))
        self.differ: QPushButton = office.button("ui.exchange.words_differ", "x", lambda: self._answer(agreed=False))
        for button in (self.same, self.differ):
            button.setAutoDefault(True)  # Enter presses the one that has the keyboard
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.heard)
        answers = QHBoxLayout() if wide else QVBoxLayout()
        answers.addWidget(self.same)
        answers.addWidget(self.differ)
        column.addLayout(answers)
        self.hide()

    def ask(self, question: str, agreed: Callable[[], None], refused: Callable[[], None]) -> None:
        """Show a question; one of the two follows."""
        self._agreed, self._refused = agreed, refused
        self.heard.setText(question)
        self.show()
        self.differ.setFocus()

    def put_away(self) -> None:
        """Ask no more; nobody has answered."""
        self.heard.setText("")
        self.hide()

    def _answer(self, *, agreed: bool) -> None:
        self.put_away()
        (self._agreed if agreed else self._refused)()
