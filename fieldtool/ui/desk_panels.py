"""The two cards under the desk's grid: why (the law, or the evidence), and the choices with their keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout

from fieldtool.records.reasons import Reason
from fieldtool.ui.look import Look, label
from fieldtool.ui.waterfall import Waterfall
from fieldtool.wording.catalogue import Wording


@dataclass(frozen=True, slots=True)
class Choice:
    """One button of the choices: its words, what it does, whether the law suggests it."""

    text: str
    act: Callable[[], None]
    advised: bool = False


class WhyCard(QFrame):
    """A title with a sentence and its source, or with the evidence as a waterfall."""

    def __init__(self, look: Look, wording: Wording) -> None:
        super().__init__()
        self.setObjectName("card")
        self._title, self._text = label("", "heading"), label("", wrap=True)
        self._source = label("", "muted", wrap=True)
        self._waterfall = Waterfall(look, wording)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        for widget in (self._title, self._text, self._source, self._waterfall):
            column.addWidget(widget)
        column.addStretch(1)

    def tell(self, title: str, text: str = "", source: str = "", reasons: Sequence[Reason] = ()) -> None:
        """Show what there is; what is empty takes no room."""
        self._title.setText(title)
        for widget, words in ((self._text, text), (self._source, source)):
            widget.setText(words)
            widget.setVisible(bool(words))
        self._waterfall.show_reasons(reasons)


class ChoiceCard(QFrame):
    """The question and a button for each answer."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("card")
        self._look = look
        self._asked = label("", "heading", wrap=True)
        self._column = QVBoxLayout()
        self._column.setSpacing(6)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(12, 10, 12, 10)
        outer.addWidget(self._asked)
        outer.addLayout(self._column)
        outer.addStretch(1)

    def ask(self, title: str, choices: Sequence[Choice]) -> None:
        """Put a new question in place of the old one."""
        self._asked.setText(title)
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for choice in choices:
            button = QPushButton(choice.text.replace("&", "&&"))
            button.setProperty("choice", True)
            button.setProperty("advised", choice.advised)
            if choice.advised:
                button.setIcon(self._look.icon("check", "accent"))
            button.setAccessibleName(choice.text)
            button.clicked.connect(lambda _checked=False, act=choice.act: act())
            self._column.addWidget(button)
