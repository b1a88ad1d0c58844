"""The first page of the first start, and what all its pages have; the others follow when they are gone to."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from fieldtool.ui.look import Look, label
from fieldtool.wording.catalogue import Wording


class FirstPage(QWidget):
    """A title, an explanation, and what the page asks; `first` takes the cursor."""

    onward = Signal()

    def __init__(self, look: Look, wording: Wording, name: str) -> None:
        super().__init__()
        self.look, self.say = look, wording.say
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(8)
        self.column.addWidget(label(self.say(f"first.{name}.title"), "title", wrap=True))
        self.column.addWidget(label(self.say(f"first.{name}.hint"), "muted", wrap=True))
        self.first: QWidget = self

    def line(self, code: str, *, secret: bool = False) -> QLineEdit:
        """A labelled field; Enter goes on."""
        box = QLineEdit()
        box.setAccessibleName(self.say(code))
        if secret:
            box.setEchoMode(QLineEdit.EchoMode.Password)
        box.returnPressed.connect(self.onward.emit)
        self.column.addWidget(label(self.say(code)))
        self.column.addWidget(box)
        return box

    def missing(self) -> str:
        """What keeps the officer from going on, in words; "" when nothing does."""
        return ""


class BeginPage(FirstPage):
    """Work, or practise first."""

    def __init__(self, look: Look, wording: Wording) -> None:
        super().__init__(look, wording, "begin")
        self.practice = QPushButton(look.icon("users"), self.say("first.begin.practice"))
        self.column.addSpacing(8)
        self.column.addWidget(label(self.say("first.begin.real"), wrap=True))
        self.column.addSpacing(8)
        self.column.addWidget(label(self.say("first.begin.practice_hint"), wrap=True))
        self.column.addWidget(self.practice)
        self.restore = QPushButton(look.icon("upload"), self.say("restore.open"))
        self.column.addSpacing(8)
        self.column.addWidget(self.restore)
        self.column.addStretch(1)
        self.first = self.practice
