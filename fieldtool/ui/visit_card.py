"""One member at the door: his state by one touch or key, the few questions that follow, papers seen, differences asked.

A card never sets the text of a field that is being typed in; it tells the page what was said, and the page keeps it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from fieldtool.records.fields import DocumentKind
from fieldtool.records.presence import ADDING, NO, QUESTIONS, YES, Answers, Asked, Presence, Question, Sighting
from fieldtool.records.visits import ConflictAnswer, MemberAnswer
from fieldtool.ui.flow import Flow
from fieldtool.ui.look import label
from fieldtool.ui.office import Office
from fieldtool.ui.visit_age import AgePanel
from fieldtool.usecases.open_household import DoorMember, DoorQuestion
from fieldtool.wording.case_words import cases_told
from fieldtool.wording.days import day_told

PAPERS = (DocumentKind.BIRTH, DocumentKind.ID_CARD, DocumentKind.HOUSEHOLD)
_NEXT = {None: Sighting.ORIGINAL, Sighting.ORIGINAL: Sighting.COPY, Sighting.COPY: Sighting.NOT_SHOWN}
_LOOKS = {
    Sighting.ORIGINAL: ("circle-check", "good"),
    Sighting.COPY: ("book-2", "warn"),
    Sighting.NOT_SHOWN: ("circle-x", "bad"),
}
STATE_KEYS = {  # the first letter of what an officer says: H here, C moved (chuyển), M died (mất), L work, N abroad
    "H": Presence.HERE,
    "C": Presence.MOVED,
    "M": Presence.DIED,
    "L": Presence.WORKING,
    "N": Presence.ABROAD,
    "K": Presence.UNKNOWN,
}
PAPER_KEYS = {"S": DocumentKind.BIRTH, "D": DocumentKind.ID_CARD, "B": DocumentKind.HOUSEHOLD}
_KEYS = {state: key for key, state in STATE_KEYS.items()}
_PAPER_KEYS: dict[str, str] = {kind: key for key, kind in PAPER_KEYS.items()}
OTHER_STATES = (Presence.MOVED, Presence.DIED, Presence.WORKING, Presence.ABROAD, Presence.UNKNOWN)


class QuestionForm(QWidget):
    """The questions of a state; `said(question, text)` at every letter."""

    said = Signal(str, str)

    def __init__(self, office: Office, questions: tuple[Question, ...], answers: dict[Asked, str]) -> None:
        super().__init__()
        self._office = office
        self.fields: dict[Asked, QWidget] = {}
        form = QFormLayout(self)
        form.setContentsMargins(0, 4, 0, 0)
        form.setSpacing(6)
        for question in questions:
            words = office.say(f"ask.{question.code}") + (" *" if question.needed else "")
            field = self._field(question, answers.get(question.code, ""))
            field.setAccessibleName(words)
            self.fields[question.code] = field
            form.addRow(label(words), field)

    def _field(self, question: Question, text: str) -> QWidget:
        choices = {
            Answers.YES_NO: [("", "—"), (YES, self._office.say("answer.yes")), (NO, self._office.say("answer.no"))],
            Answers.SEX: [("", "—"), ("Nam", "Nam"), ("Nữ", "Nữ")],
        }.get(question.takes)
        if choices is not None:
            box = QComboBox()
            for value, words in choices:
                box.addItem(words, value)
            box.setCurrentIndex(max(box.findData(text), 0))
            box.currentIndexChanged.connect(lambda _row: self.said.emit(question.code, str(box.currentData())))
            return box
        line = QLineEdit(text)
        if question.takes is Answers.NUMBER:
            line.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        if question.takes is Answers.DATE:
            line.setPlaceholderText(self._office.say("visit.date_hint"))
        line.textChanged.connect(lambda words: self.said.emit(question.code, words))
        return line


class MemberCard(QFrame):
    """A member who is on the books, or (with `item` None) somebody to be added."""

    changed = Signal(object)  # MemberAnswer
    asked = Signal(object)  # ConflictAnswer
    dated = Signal(str, str)  # a birth date from the age interview, and its clues
    dropped = Signal(str)  # slot of somebody not to be added after all

    def __init__(self, office: Office, item: DoorMember | None, answer: MemberAnswer) -> None:
        super().__init__()
        self.setObjectName("card")
        self._office, self.item, self.answer = office, item, answer
        self.answered: dict[str, str] = {}
        self._choices: dict[str, dict[str, QPushButton]] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 8, 12, 8)
        self._column.setSpacing(4)
        self.form: QuestionForm | None = None
        self.age: AgePanel | None = None
        if item is not None:
            self._head(item)
            self._papers_row()
            for question in item.questions:
                self._question(question)
        else:
            self._newcomer()
        self._show_form()

    def _head(self, item: DoorMember) -> None:
        row = QHBoxLayout()
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(label(item.member.name, "heading", wrap=True))
        age = self._office.say("visit.age", age=item.age) if item.age is not None else ""
        facts = (item.member.relation, item.member.sex, item.member.dob, age)
        names.addWidget(label(" · ".join(part for part in facts if part), "muted", wrap=True))
        row.addLayout(names, 1)
        self.here = QPushButton(f"{self._office.say('presence.here')} ({_KEYS[Presence.HERE]})")
        self.here.setCheckable(True)
        self.here.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.here.clicked.connect(lambda _on=False: self.set_state(Presence.HERE))
        self.other = QPushButton(self._office.say("visit.other"))
        menu = QMenu(self.other)
        for state in OTHER_STATES:
            act = menu.addAction(f"{self._office.say(f'presence.{state}')} ({_KEYS[state]})")
            act.triggered.connect(lambda _on=False, state=state: self.set_state(state))
        self.other.setMenu(menu)
        self.other.setProperty("choice", True)
        self.other.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row.addWidget(self.here)
        row.addWidget(self.other)
        self._column.addLayout(row)
        self._told = label("", "muted", wrap=True)
        self._column.addWidget(self._told)
        if item.cases:
            self._column.addWidget(label(cases_told(item.cases, self._office.wording), "warn", wrap=True))
        self._show_state()

    def _show_state(self) -> None:
        assert self.item is not None
        state, note = self.answer.presence, self.item.presence
        self.here.setChecked(state is Presence.HERE)
        self.here.setIcon(self._office.look.icon("circle-check" if state is Presence.HERE else "circle-dashed", "good"))
        say = self._office.say
        away = state is not None and state is not Presence.HERE
        self.other.setText(say(f"presence.{state}") if away else say("visit.other"))
        self.other.setIcon(self._office.look.icon("circle-check", "good") if away else QIcon())
        if self.other.property("advised") is not away:
            self.other.setProperty("advised", away)
            self.other.style().unpolish(self.other)
            self.other.style().polish(self.other)
        if note.divided:
            told = say("visit.divided", states=", ".join(say(f"presence.{item}") for item in note.divided))
        elif note.state is not None:
            told = say(
                "visit.before", state=say(f"presence.{note.state}"), day=day_told(note.day), who=note.said_by or "—"
            )
        else:
            told = ""
        self._told.setText(told)
        self._told.setVisible(bool(told))

    def set_state(self, state: Presence) -> None:
        """Say how the member stands; the same state again takes it back."""
        if self.item is None:
            return
        same = self.answer.presence is state
        told = dataclasses.replace(
            self.answer, presence=None if same else state, saw=self.item.presence.events, answers={}
        )
        self.answer = told
        self._show_state()
        self._show_form()
        self.changed.emit(told)

    def _show_form(self) -> None:
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
            self.form = None
        state = self.answer.presence
        questions = QUESTIONS[state] if state is not None else ()
        if questions and (self.item is not None or state in ADDING):
            self.form = QuestionForm(self._office, questions, dict(self.answer.answers))
            self.form.said.connect(self._said)
            self._column.addWidget(self.form)

    def _said(self, question: str, text: str) -> None:
        answers = {**self.answer.answers, Asked(question): text}
        self.answer = dataclasses.replace(self.answer, answers=answers)
        self.changed.emit(self.answer)

    def _papers_row(self) -> None:
        row = Flow()
        self.papers: dict[str, QPushButton] = {}
        for kind in PAPERS:
            button = QPushButton()
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _on=False, kind=kind: self.cycle_paper(kind))
            self.papers[kind] = button
            row.addWidget(button)
        self._column.addLayout(row)
        self._show_papers()

    def _show_papers(self) -> None:
        assert self.item is not None
        say, look = self._office.say, self._office.look
        for kind, button in self.papers.items():
            seen = self.answer.papers.get(kind)
            before = self.item.papers.get(kind, "")
            icon, color = _LOOKS.get(seen, ("circle-dashed", "muted")) if seen else ("circle-dashed", "muted")
            button.setIcon(look.icon(icon, color))
            words = f"{say(f'visit.paper.{kind}')} ({_PAPER_KEYS[kind]})"
            if seen:
                words += f": {say(f'sighting.{seen}')}"
            elif before:
                words += f" ({say(f'sighting.{before}')})"
            button.setText(words)
            button.setAccessibleName(words)

    def cycle_paper(self, kind: str) -> None:
        """Original, copy, not shown, not said."""
        seen = _NEXT.get(self.answer.papers.get(kind))
        papers = {name: value for name, value in self.answer.papers.items() if name != kind}
        if seen is not None:
            papers[kind] = seen
        self.answer = dataclasses.replace(self.answer, papers=papers)
        self._show_papers()
        self.changed.emit(self.answer)

    def _question(self, question: DoorQuestion) -> None:
        assert self.item is not None
        say = self._office.say
        words = say(f"ask_conflict.{question.field}", name=self.item.member.name)
        self._column.addWidget(label(words, "warn", wrap=True))
        row = Flow()
        buttons: dict[str, QPushButton] = {}
        for number, value in enumerate(question.values[:4], start=1):
            button = QPushButton(f"{number}  {value}".replace("&", "&&"))
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setProperty("choice", True)
            button.setProperty("advised", value == question.road.value)
            button.setAccessibleName(f"{words} {value}")
            button.clicked.connect(lambda _on=False, value=value: self.choose(question, value))
            buttons[value] = button
            row.addWidget(button)
        self._column.addLayout(row)
        self._choices[question.field] = buttons

    def choose(self, question: DoorQuestion, value: str) -> None:
        """Take a value as what was said; the same again takes it back."""
        again = self.answered.get(question.field) == value
        self.answered[question.field] = "" if again else value
        self.show_choice(question.field, self.answered[question.field])
        told = self.answered[question.field]
        self.asked.emit(ConflictAnswer(question.person, question.field, told, saw=question.saw))

    def choose_number(self, number: int) -> bool:
        """Choose by key for the first difference without an answer; whether there was one."""
        if self.item is None:
            return False
        for question in self.item.questions:
            if not self.answered.get(question.field) and number <= len(question.values):
                self.choose(question, question.values[number - 1])
                return True
        return False

    def show_choice(self, field: str, value: str) -> None:
        """Show which value stands as said."""
        self.answered[field] = value
        for text, button in self._choices.get(field, {}).items():
            button.setChecked(text == value)

    def _newcomer(self) -> None:
        row = QHBoxLayout()
        row.addWidget(label(self._office.say("visit.newcomer"), "heading"), 1)
        self.kind = QComboBox()
        self.kind.setAccessibleName(self._office.say("visit.newcomer"))
        for state in sorted(ADDING, key=lambda item: list(Presence).index(item)):
            self.kind.addItem(self._office.say(f"presence.{state}"), state)
        self.kind.setCurrentIndex(max(self.kind.findData(self.answer.presence), 0))
        self.kind.currentIndexChanged.connect(lambda _row: self._set_kind())
        drop = QPushButton(self._office.look.icon("x"), self._office.say("visit.drop"))
        drop.clicked.connect(lambda _on=False: self.dropped.emit(self.answer.slot))
        row.addWidget(self.kind)
        row.addWidget(drop)
        self._column.addLayout(row)
        self.alike = label("", "warn", wrap=True)
        self.alike.hide()
        self.same = QPushButton(self._office.say("visit.same"))
        self.same.hide()
        self._take: Callable[[], None] = lambda: None
        self.same.clicked.connect(lambda _on=False: self._take())
        self._column.addWidget(self.alike)
        self._column.addWidget(self.same)
        self.pause = QTimer(self, singleShot=True, interval=250)
        self.changed.connect(lambda _answer: self.pause.start())

    def _set_kind(self) -> None:
        self.answer = dataclasses.replace(self.answer, presence=Presence(self.kind.currentData()))
        self._show_form()
        self.changed.emit(self.answer)

    def tell_alike(self, text: str, take: Callable[[], None]) -> None:
        """Say under the field who this probably is, with a button that takes him."""
        self.alike.setText(text)
        self.alike.setVisible(bool(text))
        self.same.setVisible(bool(text))
        self._take = take

    def toggle_age(self, papers: Sequence[str]) -> None:
        """Show the age interview under the member, or put it away."""
        if self.age is not None:
            self.age.hide()
            self.age.deleteLater()
            self.age = None
            return
        self.age = AgePanel(self._office, papers)
        self.age.taken.connect(self.dated.emit)
        self._column.addWidget(self.age)
        self.age.interview.animal.setFocus()

    def set_current(self, on: bool) -> None:
        """Show that keys speak of this member."""
        self.setProperty("current", on)
        self.setStyleSheet(f"QFrame#card {{ border: 2px solid {self._office.look.theme.accent}; }}" if on else "")
