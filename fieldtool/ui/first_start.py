"""The first start, page by page: what to begin with, which commune, who works here, the passphrase, then enrolment."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from fieldtool.ui.first_start_pages import BeginPage, CommunePage, FinishPage, OfficerPage, PassphrasePage
from fieldtool.ui.look import Look, label
from fieldtool.wording.catalogue import Wording


class FirstStart(QWidget):
    """Five small pages; `entered` carries what a new home needs, `practice` asks for the practice commune.

    Enter goes on, Alt+Left goes back; a page that lacks something says what, and keeps what was typed.
    """

    entered = Signal(str, str, str, bool, str, bool, str)  # officer, commune, unit, above, passphrase, enrol, suite
    practice = Signal()

    def __init__(self, look: Look, wording: Wording, folder: str) -> None:
        super().__init__()
        self.setObjectName("page")
        self._wording, self._look = wording, look
        self.begin, self.commune = BeginPage(look, wording), CommunePage(look, wording)
        self.officer, self.passphrase = OfficerPage(look, wording), PassphrasePage(look, wording)
        self.finish = FinishPage(look, wording, folder)
        self._pages = (self.begin, self.commune, self.officer, self.passphrase, self.finish)
        self._build()
        self.begin.practice.clicked.connect(lambda _checked=False: self._practise())
        for page in self._pages:
            page.onward.connect(self.next)
        back = QShortcut(QKeySequence("Alt+Left"), self)
        back.activated.connect(self.back)
        self.show_page(0)

    def _build(self) -> None:
        say, look = self._wording.say, self._look
        self._stack = QStackedWidget()
        for page in self._pages:
            self._stack.addWidget(page)
        self._step = label("", "muted")
        self._told = label("", "bad", wrap=True)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(say("first.working"))
        self.bar.hide()
        self.back_button = QPushButton(look.icon("arrow-left"), say("first.back"))
        self.back_button.clicked.connect(lambda _checked=False: self.back())
        self.next_button = QPushButton(look.icon("arrow-right", "on_accent"), say("first.next"))
        self.next_button.setProperty("primary", True)
        self.next_button.clicked.connect(lambda _checked=False: self.next())
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            pressed = QShortcut(QKeySequence(key), self.next_button)
            pressed.setContext(Qt.ShortcutContext.WidgetShortcut)
            pressed.activated.connect(self.next)
        buttons = QHBoxLayout()
        buttons.addWidget(self.back_button)
        buttons.addStretch(1)
        buttons.addWidget(self.next_button)
        column = QVBoxLayout()
        column.setContentsMargins(28, 20, 28, 20)
        column.setSpacing(10)
        column.addWidget(self._step)
        column.addWidget(self._stack, 1)
        column.addWidget(self._told)
        column.addWidget(self.bar)
        column.addLayout(buttons)
        _in_the_middle(self, column, look)

    def show_page(self, number: int) -> None:
        """Show a page and put the cursor where its first answer goes."""
        page = self._pages[number]
        if page is self.finish:
            self.finish.summarise(self.commune.name(), self.officer.officer.text().strip(), self.officer.unit_name())
        self._stack.setCurrentIndex(number)
        self._told.setText("")
        say = self._wording.say
        self._step.setText(say("first.step", step=number + 1, steps=len(self._pages)))
        self.back_button.setVisible(number > 0)
        self.next_button.setText(say("first.make" if page is self.finish else "first.next"))
        (self.next_button if page is self.begin else page.first).setFocus()

    def next(self) -> None:
        """Go on when the page at hand has what it needs; on the last one, make the home."""
        number = self._stack.currentIndex()
        missing = self._pages[number].missing()
        if missing:
            self._told.setText(missing)
            self._pages[number].first.setFocus()
        elif number + 1 < len(self._pages):
            self.show_page(number + 1)
        elif self.next_button.isEnabled():
            self._busy(True)
            self.entered.emit(
                self.officer.officer.text().strip(),
                self.commune.code(),
                self.officer.unit.text().strip(),
                self.officer.headquarters.isChecked(),
                self.passphrase.passphrase.text(),
                self.finish.enrol.isChecked(),
                self.officer.suite.currentData(),
            )

    def back(self) -> None:
        """Go back; what was typed stays."""
        if self._stack.currentIndex() > 0 and self.next_button.isEnabled():
            self.show_page(self._stack.currentIndex() - 1)

    def _practise(self) -> None:
        self._busy(True)
        self.practice.emit()

    def _busy(self, working: bool) -> None:
        self.bar.setVisible(working)
        for button in (self.next_button, self.back_button, self.begin.practice):
            button.setEnabled(not working)

    def tell(self, message: str, hint: str) -> None:
        """Say what went wrong and let the officer go on."""
        self._busy(False)
        self._told.setText(f"{message}. {hint}" if hint else message)

    def told(self) -> str:
        """What the page says is missing or wrong."""
        return self._told.text()


def _in_the_middle(page: QWidget, column: QVBoxLayout, look: Look) -> None:
    card = QFrame()
    card.setObjectName("card")
    card.setFixedWidth(look.px(640))
    card.setMinimumHeight(470)
    card.setLayout(column)
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(card)
    row.addStretch(1)
    outer = QVBoxLayout(page)
    outer.addStretch(1)
    outer.addLayout(row)
    outer.addStretch(1)
