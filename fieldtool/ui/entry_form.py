"""One paper's form: fields in printed order, each with its checks under it; keys enough that no mouse is needed.

Enter goes on (over fields whose value is kept); a code's letter, or the last digit of a date or number, goes on by
itself. The text of a field is never set while it is being typed in. Another book has another head: the one that was
kept goes, and once a new one stands there, Enter in the empty name takes it for the first member's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from fieldtool.intake.forms import FormField
from fieldtool.intake.issues import IssueCode
from fieldtool.records.fields import Field
from fieldtool.ui.look import label
from fieldtool.ui.office import Office


class EntryLine(QLineEdit):
    """A field; Enter and the arrows belong to the form, every letter to the input method."""

    stepped = Signal(int)
    entered = Signal()

    def __init__(self, form_field: FormField) -> None:
        super().__init__()
        self.form_field = form_field
        if form_field.codes or form_field.length:
            # One letter or digits alone: an input method would hold the key back, or turn "w" into "ư".
            self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setMinimumHeight(34)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, Up and Down walk; all else is typed."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.entered.emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(-1 if key == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)


class EntryForm(QWidget):
    """The form of one kind of paper."""

    changed = Signal()
    complete = Signal()

    def __init__(self, office: Office, fields: Sequence[FormField], *, second: bool = False) -> None:
        super().__init__()
        self._office, self._second = office, second
        self.lines: dict[Field, EntryLine] = {}
        self._remarks = {}
        self._order = [item for item in fields if item.marked or not second]
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 8, 12, 8)
        grid.setVerticalSpacing(1)
        for row, item in enumerate(self._order):
            line = EntryLine(item)
            words = office.say(f"field.{item.field}")
            line.setAccessibleName(words)
            if item.codes:
                line.setPlaceholderText("  ".join(f"{code} {word}" for code, word in list(item.codes.items())[:9]))
            if item.kept:
                line.setToolTip(office.say("entry.kept"))
            line.textEdited.connect(lambda text, line=line: self._typed(line, text))
            line.entered.connect(lambda line=line: self.enter(line))
            line.stepped.connect(lambda step, line=line: self.step(line, step))
            told = label("", "warn", wrap=True)
            told.hide()
            self.lines[item.field], self._remarks[item.field] = line, told
            grid.addWidget(label(words, "muted"), row * 2, 0)
            grid.addWidget(line, row * 2, 1)
            grid.addWidget(told, row * 2 + 1, 1)
        self._new_house = False  # book or head were typed since the last record
        marked = [row for row, item in enumerate(self._order) if item.marked]
        self._tail = marked[-1] if marked else len(self._order) - 1

    def typed(self) -> dict[Field, str]:
        """What stands in the fields."""
        return {field: line.text() for field, line in self.lines.items() if line.text().strip()}

    def own(self) -> bool:
        """Whether something stands in a field that does not repeat."""
        return any(line.text().strip() for line in self.lines.values() if not line.form_field.kept)

    def fill(self, texts: Mapping[Field, str]) -> None:
        """Put texts into all fields: at opening, after saving, to correct; never while one types."""
        for field, line in self.lines.items():
            line.setText(texts.get(field, ""))
        self._house(new=False)
        self.tell([])

    def clear_for_next(self) -> None:
        """Empty the fields that do not repeat."""
        for line in self.lines.values():
            if not line.form_field.kept:
                line.setText("")
        self._house(new=False)
        self.tell([])
        self.start()

    def start(self) -> None:
        """Go to the first field that wants typing."""
        first = next((line for line in self._walk() if self._wants(line)), None)
        if first is not None:
            first.setFocus()

    def _walk(self) -> list[EntryLine]:
        return [self.lines[item.field] for item in self._order]

    def _wants(self, line: EntryLine) -> bool:
        return not (line.form_field.kept and line.text().strip())

    def _house(self, *, new: bool) -> None:
        """Whether the next member is the first of his book, whose head may be he."""
        self._new_house = new and Field.HEAD in self.lines and Field.NAME in self.lines
        if Field.NAME in self.lines:
            self.lines[Field.NAME].setPlaceholderText(self._office.say("entry.head_again") if self._new_house else "")

    def _typed(self, line: EntryLine, text: str) -> None:
        if line.form_field.field in (Field.BOOK, Field.HEAD) and not self._second:
            if line.form_field.field is Field.BOOK and not self._new_house and Field.HEAD in self.lines:
                self.lines[Field.HEAD].setText("")
            self._house(new=True)
        self.changed.emit()
        if line.form_field.finished(text):
            self._go_on(line)

    def enter(self, line: EntryLine) -> None:
        """Enter: the next field; on an empty one at the end, or on the last, the record is complete."""
        lines = self._walk()
        place = lines.index(line)
        if self._new_house and line is self.lines[Field.NAME] and not line.text().strip():
            line.setText(self.lines[Field.HEAD].text())
            self.changed.emit()
        nothing_left = all(not later.text().strip() or later.form_field.kept for later in lines[place:])
        if place == len(lines) - 1 or (place >= self._tail and nothing_left):
            self.complete.emit()
        else:
            self._go_on(line)

    def _go_on(self, line: EntryLine) -> None:
        lines = self._walk()
        following = [item for item in lines[lines.index(line) + 1 :] if self._wants(item)]
        if following:
            following[0].setFocus()
        elif self._second:
            self.complete.emit()

    def step(self, line: EntryLine, step: int) -> None:
        """Up and Down go to every field, kept ones too."""
        lines = self._walk()
        place = min(max(lines.index(line) + step, 0), len(lines) - 1)
        lines[place].setFocus()
        lines[place].selectAll()

    def tell(self, remarks: Sequence[tuple[IssueCode, Field]], words: Callable[[IssueCode], str] = str) -> None:
        """Say under each field what is remarkable in it."""
        told: dict[Field, list[str]] = {}
        for code, field in remarks:
            told.setdefault(field, []).append(words(code))
        for field, place in self._remarks.items():
            place.setText(" · ".join(told.get(field, ())))
            place.setVisible(field in told)
