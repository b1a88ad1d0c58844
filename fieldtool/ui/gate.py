"""Before the home is open: the passphrase. A first start has pages of its own (first_start.py)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from fieldtool.ui.look import Look, label
from fieldtool.ui.recovery import RecoveryBox
from fieldtool.wording.catalogue import Wording


class UnlockPage(QWidget):
    """Asks for the passphrase; `entered` carries it."""

    entered = Signal(str)

    def __init__(self, look: Look, wording: Wording, folder: str) -> None:
        super().__init__()
        self.setObjectName("page")
        say = wording.say
        self.passphrase = QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.setAccessibleName(say("ui.unlock.passphrase"))
        self.passphrase.setPlaceholderText(say("ui.unlock.passphrase"))
        self.show_text = QCheckBox(say("ui.unlock.show"))
        self.show_text.toggled.connect(self._echo)
        self.open = QPushButton(look.icon("lock", "on_accent"), say("ui.unlock.open"))
        self.open.setProperty("primary", True)
        self.open.clicked.connect(lambda _checked=False: self._enter())
        self.passphrase.returnPressed.connect(self._enter)
        self._told = label("", "bad", wrap=True)
        self.forgot = QPushButton(look.icon("help-circle", "text"), say("recovery.forgot"))
        self.forgot.setCheckable(True)
        self.recovery = RecoveryBox(look, wording)
        self.recovery.hide()
        self.forgot.toggled.connect(self.recovery.setVisible)
        self.restore = QPushButton(look.icon("upload", "text"), say("restore.open"))
        column = QVBoxLayout()
        column.setSpacing(12)
        for widget in (
            label(say("ui.unlock.title"), "title"),
            label(folder, "muted", wrap=True),
            self.passphrase,
            self.show_text,
            self._told,
            self.open,
            self.forgot,
            self.recovery,
            self.restore,
        ):
            column.addWidget(widget)
        in_a_card(self, column, look)

    def _echo(self, shown: bool) -> None:
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)

    def _enter(self) -> None:
        if self.passphrase.text() and self.open.isEnabled():
            self.open.setEnabled(False)
            self.entered.emit(self.passphrase.text())

    def say(self, text: str) -> None:
        """Say why the gate is shown, when it is not the start."""
        self._told.setText(text)

    def tell(self, message: str, hint: str) -> None:
        """Say what is wrong and let the officer try again."""
        self._told.setText(f"{message}. {hint}")
        self.open.setEnabled(True)
        self.passphrase.selectAll()
        self.passphrase.setFocus()


def in_a_card(page: QWidget, column: QVBoxLayout, look: Look) -> None:
    """Lay a column out as a card in the middle of a page."""
    card = QFrame()
    card.setObjectName("card")
    card.setFixedWidth(look.px(520))
    column.setContentsMargins(28, 24, 28, 24)
    card.setLayout(column)
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(card)
    row.addStretch(1)
    outer = QVBoxLayout(page)
    outer.addStretch(1)
    outer.addLayout(row)
    outer.addStretch(2)
