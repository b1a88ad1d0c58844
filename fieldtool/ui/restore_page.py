"""A backup brought back before any home is open: which file, its passphrase, then the home as it was."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QProgressBar, QPushButton, QVBoxLayout, QWidget

from fieldtool.ui.gate import in_a_card
from fieldtool.ui.look import Look, label
from fieldtool.usecases.keep_backup import ENDING
from fieldtool.wording.catalogue import Wording


class RestorePage(QWidget):
    """`entered` carries the file and its passphrase; `stopped` asks the work to stop; `left` goes back to the gate."""

    entered = Signal(Path, str)
    stopped = Signal()
    left = Signal()

    def __init__(self, look: Look, wording: Wording, folder: str) -> None:
        super().__init__()
        self.setObjectName("page")
        self._wording = wording
        self._file: Path | None = None
        say = wording.say
        self.choose = QPushButton(look.icon("folder-open", "text"), say("restore.choose"))
        self.choose.clicked.connect(lambda _checked=False: self._choose())
        self.chosen = label(say("restore.none"), "muted", wrap=True)
        self.passphrase = QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.setPlaceholderText(say("ui.backup.words"))
        self.passphrase.setAccessibleName(say("ui.backup.words"))
        self.passphrase.returnPressed.connect(self.enter)
        self.go = QPushButton(look.icon("upload", "on_accent"), say("restore.go"))
        self.go.setProperty("primary", True)
        self.go.clicked.connect(lambda _checked=False: self.enter())
        self.cancel = QPushButton(look.icon("x", "text"), say("ui.cancel"))
        self.cancel.clicked.connect(lambda _checked=False: self.stopped.emit())
        self.back = QPushButton(look.icon("arrow-left", "text"), say("restore.back"))
        self.back.clicked.connect(lambda _checked=False: self.left.emit())
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(say("first.working"))
        self._told = label("", "bad", wrap=True)
        column = QVBoxLayout()
        column.setSpacing(12)
        for widget in (
            label(say("restore.title"), "title"), label(folder, "muted", wrap=True),
            label(say("restore.what"), wrap=True), label(say("restore.after"), "muted", wrap=True), self.choose,
            self.chosen, self.passphrase, self._told, self.bar, self.go,
        ):  # fmt: skip
            column.addWidget(widget)
        ends = QHBoxLayout()
        ends.addWidget(self.back)
        ends.addWidget(self.cancel)
        column.addLayout(ends)
        in_a_card(self, column, look)
        self.busy(False)

    def _choose(self) -> None:
        file, _ = QFileDialog.getOpenFileName(self, self._wording.say("restore.choose"), "", f"*{ENDING}")
        if file:
            self.take(Path(file))

    def take(self, file: Path) -> None:
        """This file is the backup."""
        self._file = file
        self.chosen.setText(str(file))
        self.passphrase.setFocus()

    def enter(self) -> None:
        """Bring it back; says what lacks."""
        if self._file is None:
            self._told.setText(self._wording.say("restore.none"))
            self.choose.setFocus()
        elif not self.passphrase.text():
            self._told.setText(self._wording.say("ui.backup.words.first"))
            self.passphrase.setFocus()
        elif self.go.isEnabled():
            self.busy(True)
            self.entered.emit(self._file, self.passphrase.text())

    def busy(self, working: bool) -> None:
        """While it works, stopping is all that can be done."""
        self._told.setText("")
        self.bar.setRange(0, 0)
        self.bar.setVisible(working)
        self.cancel.setEnabled(working)
        for button in (self.go, self.back, self.choose):
            button.setEnabled(not working)

    def progress(self, done: int, total: int, stage: str) -> None:
        """How far it is."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def tell(self, message: str, hint: str) -> None:
        """Say what went wrong and let the officer try again."""
        self.busy(False)
        self._told.setText(f"{message}. {hint}" if hint else message)

    def told(self) -> str:
        """What the page says."""
        return self._told.text()
