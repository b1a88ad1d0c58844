"""Before the home is open: the passphrase, or on a first start the few things a new home needs."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFormLayout, QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from fieldtool.ui.look import Look, label
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
        column = QVBoxLayout()
        column.setSpacing(12)
        for widget in (
            label(say("ui.unlock.title"), "title"),
            label(folder, "muted", wrap=True),
            self.passphrase,
            self.show_text,
            self._told,
            self.open,
        ):
            column.addWidget(widget)
        _center(self, column, look)

    def _echo(self, shown: bool) -> None:
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)

    def _enter(self) -> None:
        if self.passphrase.text() and self.open.isEnabled():
            self.open.setEnabled(False)
            self.entered.emit(self.passphrase.text())

    def tell(self, message: str, hint: str) -> None:
        """Say what is wrong and let the officer try again."""
        self._told.setText(f"{message}. {hint}")
        self.open.setEnabled(True)
        self.passphrase.selectAll()
        self.passphrase.setFocus()


class FirstStartPage(QWidget):
    """Asks for officer, commune, unit and a new passphrase, twice; `entered` carries them."""

    entered = Signal(str, str, str, bool, str)  # officer, commune, unit, headquarters, passphrase

    def __init__(self, look: Look, wording: Wording, folder: str) -> None:
        super().__init__()
        self.setObjectName("page")
        self._wording = wording
        say = wording.say
        self.officer, self.commune, self.unit = QLineEdit(), QLineEdit(), QLineEdit()
        self.commune.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self.commune.setMaxLength(5)
        self.headquarters = QCheckBox(say("ui.first.headquarters"))
        self.passphrase, self.again = QLineEdit(), QLineEdit()
        form = QFormLayout()
        form.setSpacing(8)
        for code, box in (
            ("ui.first.officer", self.officer),
            ("ui.first.commune", self.commune),
            ("ui.first.unit", self.unit),
            ("ui.first.passphrase", self.passphrase),
            ("ui.first.again", self.again),
        ):
            box.setAccessibleName(say(code))
            form.addRow(label(say(code)), box)
        for box in (self.passphrase, self.again):
            box.setEchoMode(QLineEdit.EchoMode.Password)
        self.make = QPushButton(look.icon("check", "on_accent"), say("ui.first.make"))
        self.make.setProperty("primary", True)
        self.make.clicked.connect(lambda _checked=False: self._enter())
        self.again.returnPressed.connect(self._enter)
        self._told = label("", "bad", wrap=True)
        column = QVBoxLayout()
        column.setSpacing(10)
        column.addWidget(label(say("ui.first.title"), "title"))
        column.addWidget(label(say("ui.first.hint"), "muted", wrap=True))
        column.addLayout(form)
        column.addWidget(self.headquarters)
        column.addWidget(self._told)
        column.addWidget(self.make)
        _center(self, column, look)

    def _enter(self) -> None:
        say = self._wording.say
        commune = self.commune.text().strip()
        if not self.officer.text().strip():
            self.tell(say("ui.first.no_officer"), "")
        elif not (len(commune) == 5 and commune.isascii() and commune.isdigit()):
            self.tell(say("ui.first.no_commune"), "")
        elif self.passphrase.text() != self.again.text():
            self.tell(say("ui.first.not_the_same"), "")
        elif self.make.isEnabled():
            self.make.setEnabled(False)
            self.entered.emit(
                self.officer.text().strip(),
                commune,
                self.unit.text().strip(),
                self.headquarters.isChecked(),
                self.passphrase.text(),
            )

    def tell(self, message: str, hint: str) -> None:
        """Say what is missing or wrong and let the officer go on."""
        self._told.setText(f"{message}. {hint}" if hint else message)
        self.make.setEnabled(True)


def _center(page: QWidget, column: QVBoxLayout, look: Look) -> None:
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
