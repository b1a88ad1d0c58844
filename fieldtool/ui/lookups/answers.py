"""What the tabs share: a labelled field, an answer in lines, and troubles told in the tab instead of in a box."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QPlainTextEdit

from fieldtool.records.errors import FieldtoolError
from fieldtool.ui.office import Office


class Answer(QPlainTextEdit):
    """Lines that can be read, selected and copied."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self.setReadOnly(True)
        self.setFont(office.look.data_font())
        self.setTabChangesFocus(True)
        self.setMinimumHeight(office.look.px(48))
        self.setAccessibleName(office.say("ui.lookup.answer"))

    def show_lines(self, lines: list[str]) -> None:
        """Show an answer."""
        self.setPlainText("\n".join(lines))

    def ask(self, act: Callable[[], list[str]]) -> None:
        """Show what an act answers; a trouble of the family in words, with what to do."""
        try:
            self.show_lines(act())
        except FieldtoolError as error:
            self.show_lines(list(self._office.wording.error(error)))


def field(office: Office, form: QFormLayout, code: str, hint: str = "") -> QLineEdit:
    """A line to type into, under its label."""
    line = QLineEdit()
    words = office.say(code)
    line.setAccessibleName(words.replace("&", ""))
    if hint:
        line.setPlaceholderText(office.say(hint))
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.AutoText)
    label.setBuddy(line)
    form.addRow(label, line)
    return line


def form_of() -> QFormLayout:
    """A form whose labels stand beside their lines."""
    form = QFormLayout()
    form.setContentsMargins(0, 0, 0, 0)
    form.setHorizontalSpacing(12)
    return form
