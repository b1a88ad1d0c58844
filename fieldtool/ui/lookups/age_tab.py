"""The age interview beside the work: animal, age said, brothers and sisters, an event, to candidate dates in words."""

from __future__ import annotations

import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from fieldtool.records.age import events
from fieldtool.ui.look import label
from fieldtool.ui.lookups.answers import Answer, field, form_of
from fieldtool.ui.office import Office
from fieldtool.usecases.ask_age import RELATIONS, AgeAnswer, AgeQuestion, ask_age
from fieldtool.wording.age_words import line_told

_OLDEST = 120


def _beside(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row


class AgeTab(QWidget):
    """Answers anew whenever something is typed."""

    answered = Signal(object)  # AgeAnswer, or None when what was said says nothing yet

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        say, form = office.say, form_of()
        self.animal = field(office, form, "ui.lookup.age.animal", "ui.lookup.age.animal_hint")
        self.said = QSpinBox()
        self.said.setRange(0, _OLDEST)
        self.said.setSpecialValueText("—")
        self.asked = field(office, form, "ui.lookup.age.asked", "ui.lookup.age.asked_hint")
        self.counting = self._combo([("", "ui.lookup.age.either"), ("mu", "ui.lookup.age.mu"),
                                     ("solar", "ui.lookup.age.solar")])  # fmt: skip
        said = (self.said, QLabel(say("ui.lookup.age.counting")), self.counting)
        form.addRow(QLabel(say("ui.lookup.age.said")), _beside(*said))
        self.older = field(office, form, "ui.lookup.age.older", "ui.lookup.age.date_hint")
        self.younger = field(office, form, "ui.lookup.age.younger", "ui.lookup.age.date_hint")
        self.remembered = self._combo(
            [("", "ui.lookup.age.no_event"), *((e.code, f"event.{e.code}") for e in events())]
        )
        self.relation = self._combo([(name, f"ui.lookup.age.{name}") for name in RELATIONS])
        self.years = QSpinBox()
        self.years.setRange(0, _OLDEST)
        form.addRow(QLabel(say("ui.lookup.age.event")), self.remembered)
        when = (self.relation, QLabel(say("ui.lookup.age.years")), self.years)
        form.addRow(QLabel(say("ui.lookup.age.relation")), _beside(*when))
        self.answer = Answer(office)
        page = QVBoxLayout(self)
        page.addWidget(label(say("ui.lookup.age.tell"), "muted", wrap=True))
        page.addLayout(form)
        page.addWidget(self.answer, 1)
        for line in (self.animal, self.asked, self.older, self.younger):
            line.textChanged.connect(lambda _text: self.refresh())
        for spin in (self.said, self.years):
            spin.valueChanged.connect(lambda _value: self.refresh())
        for combo in (self.counting, self.remembered, self.relation):
            combo.currentIndexChanged.connect(lambda _at: self.refresh())

    def _combo(self, choices: list[tuple[str, str]]) -> QComboBox:
        combo = QComboBox()
        for code, words in choices:
            combo.addItem(self._office.say(words), code)
        return combo

    def question(self) -> AgeQuestion:
        """What stands in the fields."""
        code = str(self.remembered.currentData())
        told = [(code, str(self.relation.currentData()), self.years.value())] if code else []
        return AgeQuestion(
            self.animal.text().strip(),
            self.said.value(),
            self.asked.text().strip(),
            str(self.counting.currentData()),
            [self.older.text()] if self.older.text().strip() else [],
            [self.younger.text()] if self.younger.text().strip() else [],
            told,
        )

    def refresh(self) -> None:
        """Answer what is said so far."""
        today = datetime.date.fromisoformat(self._office.home.clock.now()[:10])
        self._found: AgeAnswer | None = None
        self.answer.ask(lambda: self._lines(ask_age(self.question(), today)))
        self.answered.emit(self._found)

    def _lines(self, answer: AgeAnswer) -> list[str]:
        self._found = answer
        lines = [line_told(item, self._office.say) for item in answer.candidates]
        return lines or [self._office.say("cli.age.nothing")]
