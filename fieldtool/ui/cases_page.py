"""Cases: late ones on top at the left, one case at the right with its checklist, details, steps and history."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from fieldtool.ports import Progress
from fieldtool.records.casebook import book
from fieldtool.records.casebook.machine import Step
from fieldtool.records.events import Event
from fieldtool.ui.case_filters import CaseFilters
from fieldtool.ui.look import label
from fieldtool.ui.office import Office
from fieldtool.usecases import propose_cases, work_case
from fieldtool.usecases.work_case import CaseView
from fieldtool.wording.case_words import case_event_told
from fieldtool.wording.days import day_told, moment_told

_Found = tuple[CaseView, list[Event]]


class CasesPage(QWidget):
    """The page; every act goes through the worker, and the case is read anew afterwards."""

    guide = "cases"  # the page of the user guide that F1 opens

    wants_household = Signal(str)
    wants_desk = Signal(str)

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.setObjectName("page")
        self._office = office
        self.shown: CaseView | None = None
        self._wanted = ""  # a case another page asks for, until the list was read
        self._noted = ""  # the case whose showing the journal has
        self.fields: dict[str, QLineEdit | QComboBox] = {}
        self.steps: dict[str, QPushButton] = {}
        self.checks: dict[str, QCheckBox] = {}
        self._build()
        office.news.changed.connect(self._refresh_if_seen)

    def _build(self) -> None:
        say, look = self._office.say, self._office.look
        self.filters = CaseFilters(self._office)
        self.filters.changed.connect(self.refresh)
        self.kinds = self.filters.kinds
        self._count = label("", "muted")
        self.list = QListWidget()
        self.list.setAccessibleName(say("ui.rail.cases"))
        self.list.currentItemChanged.connect(lambda item, _old: self._chosen(item))
        self.propose_button = self._office.button("cases.propose", "search", self.propose)
        self.roster_button = self._office.button("cases.roster", "printer", self.print_roster)
        self.propose_button.setShortcut("Ctrl+N")
        self.roster_button.setShortcut("Ctrl+P")
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        for widget in (self.filters, self._count):
            left.addWidget(widget)
        left.addWidget(self.list, 1)
        left.addWidget(self.propose_button)
        left.addWidget(self.roster_button)
        side = QWidget()
        side.setLayout(left)
        side.setFixedWidth(look.px(360))
        self._detail = QVBoxLayout()
        holder = QWidget()
        holder.setLayout(self._detail)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(holder)
        page = QHBoxLayout(self)
        page.setContentsMargins(12, 10, 12, 8)
        page.setSpacing(12)
        page.addWidget(side)
        page.addWidget(scroll, 1)
        undo = QShortcut(QKeySequence("Ctrl+Z"), self)
        undo.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        undo.activated.connect(self.undo)

    def showEvent(self, event: object) -> None:
        """Read the cases when the page is looked at."""
        super().showEvent(event)  # type: ignore[arg-type]
        self.filters.read_villages()
        self.refresh()

    def _refresh_if_seen(self) -> None:
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Read the list anew, off the window's thread."""
        home, kind, village = self._office.home, self.filters.kind(), self.filters.village()
        self._office.worker.submit(
            lambda progress: work_case.list_cases(home, kind, village), self._show_list, self._office.news.failed.emit
        )

    def show_case(self, id: str) -> None:
        """Show a case that another page asks for, whatever kinds were listed before."""
        self._wanted = id
        self.filters.show_all()
        self._refresh_if_seen()

    def _show_list(self, found: Sequence[CaseView]) -> None:
        say, look = self._office.say, self._office.look
        here = self._wanted or (self.shown.case.id if self.shown else "")
        self.list.blockSignals(True)
        self.list.clear()
        for item in found:
            case = item.case
            line = QListWidgetItem(f"{case.name or '—'}\n{say(f'case.{case.kind}')} · {self._days(item)}")
            line.setData(Qt.ItemDataRole.UserRole, case.id)
            line.setIcon(look.icon("alert-triangle" if item.late else "clock", "bad" if item.late else "muted"))
            line.setSizeHint(QSize(200, look.px(48)))
            self.list.addItem(line)
            if case.id == here:
                self.list.setCurrentItem(line)
        self.list.blockSignals(False)
        late = sum(item.late for item in found)
        self._count.setText(say("cases.count", count=len(found), late=late))
        if self._wanted:  # a closed one is in no list, and is shown all the same
            self.open(self._wanted)
            self._wanted = ""
        elif found and (not here or self.list.currentItem() is None):
            self.list.setCurrentRow(0)
        elif not found:
            self._clear()
            self.shown = None
            self._detail.addWidget(label(say("cases.none"), "muted", wrap=True))
            self._detail.addStretch(1)

    def _days(self, item: CaseView) -> str:
        if item.case.closed:
            return self._office.say(f"case_state.{item.case.kind}.{item.case.state}")
        if item.left is None:
            return self._office.say("cases.used", days=item.used)
        if item.left < 0:
            return self._office.say("cases.late", days=-item.left)
        return self._office.say("cases.left", days=item.left)

    def _chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.open(str(item.data(Qt.ItemDataRole.UserRole)))

    def open(self, id: str) -> None:
        """Show a case."""
        home, again = self._office.home, id == self._noted
        self._noted = id

        def read(progress: Progress) -> _Found:
            found = work_case.show_case(home, id), work_case.history(home, id)
            if not again:
                home.log.note("view", f"case {id}")
            return found

        self._office.worker.submit(read, lambda found: self._show(*found), self._office.news.failed.emit)

    def _clear(self) -> None:
        self.fields, self.steps, self.checks = {}, {}, {}
        while (item := self._detail.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _show(self, found: CaseView, done: Sequence[Event]) -> None:
        self.shown = found
        say, case = self._office.say, found.case
        self._clear()
        self._detail.addWidget(label(case.name or say(f"case.{case.kind}"), "title"))
        facts = [say(f"case.{case.kind}"), say(f"case_state.{case.kind}.{case.state}"), self._days(found)]
        if case.due:
            facts.append(f"{say('cases.due')} {day_told(case.due)}")
        facts.append(say("cases.used", days=found.used))
        facts.append(say("cases.owner", owner=self._office.people.officer_called(case.owner)))
        self._detail.addWidget(label(" · ".join(facts), "bad" if found.late else "muted", wrap=True))
        if case.states:
            states = ", ".join(say(f"case_state.{case.kind}.{state}") for state in case.states)
            self._detail.addWidget(label(say("cases.apart", states=states), "warn", wrap=True))
        self._detail.addWidget(self._steps_card(found))
        self._detail.addWidget(self._details_card(found))
        if found.machine.checklist:
            self._detail.addWidget(self._checklist_card(found))
        self._detail.addWidget(self._tail_card(found))
        for event in reversed(done[-20:]):
            called = self._office.people.officer_called
            told = case_event_told(event, found.machine, self._office.wording, called)
            text = f"{moment_told(event.at)}  {called(event.author)}  {told}"
            self._detail.addWidget(label(text, "muted", wrap=True))
        self._detail.addStretch(1)

    def _steps_card(self, found: CaseView) -> QFrame:
        frame, row = QFrame(), QHBoxLayout()
        frame.setObjectName("card")
        for number, step in enumerate(found.steps):
            words = self._office.say(f"case_step.{step.code}")
            button = QPushButton(words)
            button.setProperty("primary", number == 0)
            button.clicked.connect(lambda _on=False, step=step: self.take(step))
            self.steps[step.code] = button
            row.addWidget(button)
        if not found.steps:
            row.addWidget(label(self._office.say("cases.closed"), "good"))
        row.addStretch(1)
        frame.setLayout(row)
        return frame

    def _details_card(self, found: CaseView) -> QFrame:
        say, frame, form = self._office.say, QFrame(), QFormLayout()
        frame.setObjectName("card")
        for name in found.machine.details:
            standing = found.case.details.get(name, "")
            field: QLineEdit | QComboBox
            if name in found.machine.choices:
                field = QComboBox()
                field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
                field.addItem("—", "")
                for choice in found.machine.choices[name]:
                    field.addItem(say(f"choice.{name}.{choice}"), choice)
                field.setCurrentIndex(max(field.findData(standing), 0))
                field.activated.connect(lambda _row, name=name: self.tell(name))
            else:
                field = QLineEdit(standing)
                field.editingFinished.connect(lambda name=name: self.tell(name))
            field.setAccessibleName(say(f"detail.{name}"))
            self.fields[name] = field
            form.addRow(label(say(f"detail.{name}")), field)
        frame.setLayout(form)
        return frame

    def _checklist_card(self, found: CaseView) -> QFrame:
        frame, grid = QFrame(), QGridLayout()
        frame.setObjectName("card")
        for place, item in enumerate(found.machine.checklist):
            box = QCheckBox(self._office.say(f"case_check.{item}"))
            box.setChecked(found.case.checks.get(item) == book.TICKED)
            box.setMinimumHeight(36)
            box.clicked.connect(lambda on=False, item=item: self.tick(item, on))
            self.checks[item] = box
            grid.addWidget(box, place // 2, place % 2)
        frame.setLayout(grid)
        return frame

    def _tail_card(self, found: CaseView) -> QFrame:
        say, frame, row = self._office.say, QFrame(), QHBoxLayout()
        frame.setObjectName("card")
        self.note, self.owner = QLineEdit(), QLineEdit()
        self.note.setPlaceholderText(say("cases.note"))
        self.owner.setPlaceholderText(say("cases.hand_over"))
        self.note.returnPressed.connect(self.add_note)
        self.owner.returnPressed.connect(self.hand_over)
        row.addWidget(self.note, 2)
        row.addWidget(self.owner, 1)
        if found.case.household:
            row.addWidget(
                self._office.button("cases.visit", "door", lambda: self.wants_household.emit(found.case.household))
            )
        if found.case.person:
            row.addWidget(
                self._office.button("cases.desk", "git-compare", lambda: self.wants_desk.emit(found.case.person))
            )
        frame.setLayout(row)
        return frame

    def _value(self, name: str) -> str:
        field = self.fields[name]
        return str(field.currentData()) if isinstance(field, QComboBox) else field.text().strip()

    def _act(self, act: Callable[[], CaseView]) -> None:
        self._office.do(lambda progress: act(), lambda found: self.open(found.case.id))

    def take(self, step: Step) -> None:
        """Take a step with what stands in the fields."""
        if self.shown is None:
            return
        home, case = self._office.home, self.shown.case
        details = {name: text for name in self.fields if (text := self._value(name)) != case.details.get(name, "")}
        saw = case.states or (case.state,)
        self._act(lambda: work_case.step(home, case.id, step.code, details, saw=saw))

    def tell(self, name: str) -> None:
        """Keep a detail as soon as its field is left."""
        if self.shown is None or name not in self.fields:
            return
        home, case, text = self._office.home, self.shown.case, self._value(name)
        if text != case.details.get(name, ""):
            self._office.do(lambda progress: work_case.tell(home, case.id, {name: text}), self._kept)

    def _kept(self, found: CaseView) -> None:
        self.shown = found

    def tick(self, item: str, on: bool) -> None:
        """Tick an item or take the tick away."""
        if self.shown is not None:
            home, id = self._office.home, self.shown.case.id
            self._office.do(lambda progress: work_case.tick(home, id, item, on), self._kept)

    def add_note(self) -> None:
        """Add what stands in the note's field."""
        text = self.note.text().strip()
        if self.shown is not None and text:
            home, id = self._office.home, self.shown.case.id
            self._act(lambda: work_case.add_note(home, id, text))

    def hand_over(self) -> None:
        """Give the case to whoever stands in the field."""
        to = self.owner.text().strip()
        if self.shown is not None and to:
            home, id = self._office.home, self.shown.case.id
            self._act(lambda: work_case.hand_over(home, id, to))

    def undo(self) -> None:
        """Take the last step back."""
        if self.shown is not None:
            home, id = self._office.home, self.shown.case.id
            self._act(lambda: work_case.undo_step(home, id))

    def propose(self) -> None:
        """Open every case of the chosen kind that should be open and is not; how many is told, and each can be
        dropped."""
        kind, village, months = self.filters.kind(), self.filters.village(), self.filters.ahead()
        if kind not in propose_cases.KINDS:
            self._office.news.said.emit(self._office.say("cases.choose_kind"))
            return
        home = self._office.home

        def act(progress: Progress) -> int:
            return propose_cases.open_proposed(
                home, propose_cases.propose(home, kind, village, months=months), progress
            )

        self._office.do(act, lambda count: self._office.news.said.emit(self._office.say("cases.opened", count=count)))

    def print_roster(self, out: Path | None = None) -> None:
        """Write the roster of a kind whose people are called together."""
        kind, village, say = self.filters.kind(), self.filters.village(), self._office.say
        if kind not in book.MACHINES or not book.MACHINES[kind].roster:
            self._office.news.said.emit(say("cases.choose_roster"))
            return
        if out is None:
            chosen, _ = QFileDialog.getSaveFileName(self, say("cases.roster"), f"{kind}.pdf", "PDF (*.pdf)")
            if not chosen:
                return
            out = Path(chosen)
        home, outputs, target = self._office.home, self._office.outputs, out

        def act(progress: Progress) -> Path:
            content = outputs.roster(home, kind, village, self._office.wording.say)
            return home.sticks.write_proved(target.parent, target.name, content)

        self._office.do(act, lambda path: self._office.news.said.emit(say("cli.print.done", file=path)))
