"""The desk's parts around the grid: why (the law, or the evidence), the choices with their keys, who stands beside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from fieldtool.records.reasons import Reason
from fieldtool.ui.flow import Flow
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
    """Why two papers may be one person: the evidence as a waterfall under its title."""

    def __init__(self, look: Look, wording: Wording) -> None:
        super().__init__()
        self.setObjectName("card")
        self._title = label("", "heading", wrap=True)
        self._waterfall = Waterfall(look, wording)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 12, 6)
        column.setSpacing(2)
        column.addWidget(self._title)
        column.addWidget(self._waterfall)

    def tell(self, title: str, reasons: Sequence[Reason]) -> None:
        """Show the evidence; without any the card takes no room."""
        self.setVisible(bool(reasons))
        self._title.setText(title)
        self._waterfall.show_reasons(reasons)


class AskLine(QLineEdit):
    """Where a value, a note or a name is typed, in the page itself; Escape gives up."""

    left = Signal()
    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape gives up; Enter ends here, lest the page take it for an answer to the next question."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
            return
        super().keyPressEvent(event)


class ChoiceCard(QFrame):
    """What was found and what the law says, the question, a button for each answer, a line to type into when needed.

    It never scrolls: the road that an answer takes is read before the key is pressed.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("card")
        self._look = look
        self._title, self._law = label("", "heading", wrap=True), label("", wrap=True)
        self._law.setTextFormat(Qt.TextFormat.RichText)
        self._asked = label("", "heading", wrap=True)
        self.line = AskLine()
        self.line.hide()
        self._flow = Flow(stretch=True)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(12, 4, 12, 6)
        outer.setSpacing(3)
        for widget in (self._title, self._law, self._asked, self.line):
            outer.addWidget(widget)
        outer.addLayout(self._flow)
        self.choices: Sequence[Choice] = ()
        self._buttons: list[QPushButton] = []

    def tell(self, title: str, law: str, source: str) -> None:
        """What was found, and the legal road with its source; what is empty takes no room."""
        self._title.setText(title)
        self._title.setVisible(bool(title))
        under = f" <span style='color:{self._look.theme.muted}'>— {escape(source)}</span>" if source else ""
        self._law.setText(escape(law) + under if law else "")
        self._law.setVisible(bool(law))

    def ask(self, title: str, choices: Sequence[Choice]) -> None:
        """Put a new question in place of the old one."""
        self._asked.setText(title)
        self._asked.setVisible(bool(title))
        self.line.hide()
        self.choices = choices
        while len(self._buttons) < len(choices):
            self._add_button()
        for button, choice in zip(self._buttons, choices, strict=False):
            self._show_choice(button, choice)
        for button in self._buttons[len(choices) :]:
            button.hide()
        self._flow.invalidate()
        self.updateGeometry()

    def _add_button(self) -> None:
        """Buttons stay and change their words: making and dressing them anew is the dearest part of the next doubt."""
        button, place = QPushButton(), len(self._buttons)
        button.setProperty("choice", True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda _checked=False: self.choices[place].act())
        self._buttons.append(button)
        self._flow.addWidget(button)

    def _show_choice(self, button: QPushButton, choice: Choice) -> None:
        button.setText(choice.text.replace("&", "&&"))
        button.setAccessibleName(choice.text)
        if button.property("advised") is not choice.advised:
            button.setProperty("advised", choice.advised)
            button.setIcon(self._look.icon("check", "accent") if choice.advised else QIcon())
            button.style().unpolish(button)
            button.style().polish(button)
        button.show()

    def type_into(self, text: str, hint: str, most: int) -> None:
        """Open the line with a text in it; it takes so many characters."""
        self.line.setPlaceholderText(hint)
        self.line.setAccessibleName(hint)
        self.line.setMaxLength(most)
        self.line.setText(text)
        self.line.selectAll()
        self.line.show()
        self.line.setFocus()


@dataclass(frozen=True, slots=True)
class SideLine:
    """A line of the side: a small head, the main words, what is told under them."""

    head: str
    main: str = ""
    under: str = ""
    warn: bool = False


class SideCard(QFrame):
    """Who and what stands beside the doubt: relatives with their own values, rivals, what a merge would bring."""

    def __init__(self, look: Look, title: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setFixedWidth(look.px(252))
        self.setAccessibleName(title)
        self._look = look
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.viewport().setAutoFillBackground(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(2, 2, 2, 2)
        outer.addWidget(scroll)
        inner = QWidget()
        inner.setAutoFillBackground(False)
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.RichText)
        self._text.setWordWrap(True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(inner)
        column.setContentsMargins(10, 8, 10, 8)
        column.addWidget(self._text)
        column.addStretch(1)
        scroll.setWidget(inner)
        inner.setStyleSheet("background: transparent")
        self.lines: Sequence[SideLine] = ()

    def tell(self, lines: Sequence[SideLine]) -> None:
        """Show lines in place of the old ones."""
        self.lines = lines
        theme = self._look.theme
        parts = []
        for line in lines:
            if line.head and not line.main:
                parts.append(f"<p style='margin:6px 0 2px 0'><b>{escape(line.head)}</b></p>")
                continue
            head = f"<span style='color:{theme.muted}'>{escape(line.head)}: </span>" if line.head else ""
            color = theme.bad if line.warn else theme.text
            under = f"<br><span style='color:{theme.muted}'>{escape(line.under)}</span>" if line.under else ""
            parts.append(
                f"<p style='margin:2px 0'>{head}<span style='color:{color}'>{escape(line.main)}</span>{under}</p>"
            )
        self._text.setText("".join(parts))
        self.setAccessibleDescription("; ".join(f"{line.head} {line.main} {line.under}" for line in lines))
