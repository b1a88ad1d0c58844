"""A forgotten passphrase, at the gate: the request to headquarters, its answer, a new passphrase."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QLineEdit, QPushButton, QVBoxLayout, QWidget

from fieldtool.ui.look import Look, label
from fieldtool.wording.catalogue import Wording


class RecoveryBox(QFrame):
    """Two steps, days apart: `asked` carries the folder for the request, `answered` the answer and a new passphrase."""

    asked = Signal(Path)
    answered = Signal(Path, str)

    def __init__(self, look: Look, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wording = wording
        say = wording.say
        self._told = label("", wrap=True)
        self.ask = QPushButton(look.icon("upload", "text"), say("recovery.ask"))
        self.ask.clicked.connect(lambda _checked=False: self._ask())
        self.fresh, self.again = self._line("ui.keys.new"), self._line("ui.keys.again")
        self.answer = QPushButton(look.icon("download", "text"), say("recovery.answer"))
        self.answer.clicked.connect(lambda _checked=False: self._answer())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(say("recovery.what"), "muted", wrap=True))
        for widget in (self.ask, self.fresh, self.again, self.answer, self._told):
            column.addWidget(widget)

    def _line(self, code: str) -> QLineEdit:
        box = QLineEdit()
        box.setEchoMode(QLineEdit.EchoMode.Password)
        box.setPlaceholderText(self._wording.say(code))
        box.setAccessibleName(self._wording.say(code))
        return box

    def _ask(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self._wording.say("recovery.ask"))
        if folder:
            self.asked.emit(Path(folder))

    def _answer(self) -> None:
        if not self.ready():
            return
        file, _ = QFileDialog.getOpenFileName(self, self._wording.say("recovery.answer"), "", "*.tra-loi-khoi-phuc")
        if file:
            self.take(Path(file))

    def ready(self) -> bool:
        """Whether the new passphrase is strong enough and twice the same; says so where it is not."""
        from fieldtool.trust.passphrases import Strength, strength_of  # late: not for the gate

        if strength_of(self.fresh.text()) is Strength.WEAK:
            self.tell(self._wording.say("first.passphrase.weak"))
            self.fresh.setFocus()
            return False
        if self.fresh.text() != self.again.text():
            self.tell(self._wording.say("ui.first.not_the_same"))
            self.again.setFocus()
            return False
        return True

    def take(self, file: Path) -> None:
        """Take headquarters' answer in with the passphrase typed."""
        if self.ready():
            self.answered.emit(file, self.fresh.text())

    def show_words(self, file: Path, words: tuple[str, ...]) -> None:
        """The request is written: where, and the six words to read aloud."""
        self.tell(self._wording.say("locks.asked", file=file.name, words=" – ".join(words)))

    def tell(self, text: str) -> None:
        """Say what came of a step."""
        self._told.setText(text)
