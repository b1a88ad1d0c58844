"""The first start, page by page: what to begin with, which commune, who works here, the passphrase, then enrolment."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from fieldtool.ui.first_start_begin import BeginPage, FirstPage
from fieldtool.ui.look import Look, label
from fieldtool.wording.catalogue import Wording

if TYPE_CHECKING:
    from fieldtool.ui.first_start_pages import LaterPages

STEPS = 5


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
        self._folder = folder
        self.begin = BeginPage(look, wording)
        self._build()
        self._join(self.begin)
        self.begin.practice.clicked.connect(lambda _checked=False: self._practise())
        back = QShortcut(QKeySequence("Alt+Left"), self)
        back.activated.connect(self.back)
        self.show_page(0)

    @cached_property
    def rest(self) -> LaterPages:
        """The pages after the first, made when they are gone to: the first one is on the screen sooner."""
        from fieldtool.ui.first_start_pages import later_pages

        pages = later_pages(self._look, self._wording, self._folder)
        for page in pages:
            self._join(page)
        return pages

    def _join(self, page: FirstPage) -> None:
        self._stack.addWidget(page)
        page.onward.connect(self.next)

    def _build(self) -> None:
        say, look = self._wording.say, self._look
        self._stack = QStackedWidget()
        self._step = label("", "muted")
        self._told = label("", "bad", wrap=True)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(say("first.working"))
        self.bar.hide()
        self.back_button = QPushButton(look.icon("arrow-left"), say("first.back"))
        self.back_button.clicked.connect(lambda _checked=False: self.back())
        self.next_button = _EnterButton(look.icon("arrow-right", "on_accent"), say("first.next"))
        self.next_button.setProperty("primary", True)
        self.next_button.clicked.connect(lambda _checked=False: self.next())
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
        page = self.begin if number == 0 else self.rest[number - 1]
        last = number == STEPS - 1
        if last:
            commune, officer, _, finish = self.rest
            finish.summarise(commune.name(), officer.officer.text().strip(), officer.unit_name())
        self._stack.setCurrentIndex(number)
        self._told.setText("")
        say = self._wording.say
        self._step.setText(say("first.step", step=number + 1, steps=STEPS))
        self.back_button.setVisible(number > 0)
        self.next_button.setText(say("first.make" if last else "first.next"))
        (self.next_button if page is self.begin else page.first).setFocus()

    def next(self) -> None:
        """Go on when the page at hand has what it needs; on the last one, make the home."""
        number = self._stack.currentIndex()
        page = self.begin if number == 0 else self.rest[number - 1]
        missing = page.missing()
        if missing:
            self._told.setText(missing)
            page.first.setFocus()
        elif number + 1 < STEPS:
            self.show_page(number + 1)
        elif self.next_button.isEnabled():
            self._busy(True)
            commune, officer, passphrase, finish = self.rest
            self.entered.emit(
                officer.officer.text().strip(),
                commune.code(),
                officer.unit.text().strip(),
                officer.headquarters.isChecked(),
                passphrase.passphrase.text(),
                finish.enrol.isChecked(),
                officer.suite.currentData(),
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


class _EnterButton(QPushButton):
    """A button that Enter presses, as it does in a dialog."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's hook."""
        if event.text() in ("\r", "\n"):
            self.click()
        else:
            super().keyPressEvent(event)


def _in_the_middle(page: QWidget, column: QVBoxLayout, look: Look) -> None:
    card = QFrame()
    card.setObjectName("card")
    card.setFixedWidth(look.px(640))
    card.setMinimumHeight(496)  # that of the highest page: the card keeps its place
    card.setLayout(column)
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(card)
    row.addStretch(1)
    outer = QVBoxLayout(page)
    outer.addStretch(1)
    outer.addLayout(row)
    outer.addStretch(1)
