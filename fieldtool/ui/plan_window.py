"""The plan of a day beside the visits: which villages this laptop carries, who goes where, how the houses lie."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from fieldtool.ports import Progress
from fieldtool.records.dates import parse_date
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.work import PlanNote, TaskLine
from fieldtool.ui.look import label
from fieldtool.ui.office import Office
from fieldtool.usecases import plan_visits
from fieldtool.usecases.seen_work import seen_work
from fieldtool.wording.days import day_told

_ID = Qt.ItemDataRole.UserRole
_LIMIT = 40  # houses that two officers reach in a day
_FINGER = 40  # pixels of a line that is ticked or dragged with a finger


class CarryCard(QWidget):
    """The villages with a tick at those that go on this laptop; none ticked is all it holds."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self.list = QListWidget()
        self.list.setAccessibleName(office.say("plan.carry"))
        self.list.setMinimumHeight(office.look.px(120))
        column = QVBoxLayout(self)
        column.addWidget(label(office.say("plan.carry"), "heading", wrap=True))
        column.addWidget(self.list, 1)
        column.addWidget(office.button("plan.carry.keep", "check", self.keep))

    def show_villages(self, carried: Sequence[str]) -> None:
        """List the villages anew."""
        self.list.clear()
        for village in self._office.people.villages():
            line = QListWidgetItem(village.name)
            line.setData(_ID, village.id)
            line.setFlags(line.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            line.setSizeHint(QSize(80, self._office.look.px(_FINGER)))
            line.setCheckState(Qt.CheckState.Checked if village.id in carried else Qt.CheckState.Unchecked)
            self.list.addItem(line)

    def keep(self) -> None:
        """Carry the ticked villages."""
        lines = [self.list.item(row) for row in range(self.list.count())]
        chosen = [str(line.data(_ID)) for line in lines if line.checkState() is Qt.CheckState.Checked]
        home, say = self._office.home, self._office.say
        self._office.do(
            lambda progress: plan_visits.carry(home, chosen),
            lambda found: self._office.news.said.emit(say("plan.carried", count=len(found) or self.list.count())),
        )


class PathCard(QWidget):
    """The houses of a village as they lie; Alt+Up and Alt+Down move those chosen, which then get their hamlet."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self.list, self.hamlet = QListWidget(), QLineEdit()
        self.list.setAccessibleName(office.say("plan.path"))
        self.list.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.list.setDragDropMode(QListWidget.DragDropMode.InternalMove)
        self.hamlet.setPlaceholderText(office.say("plan.hamlet"))
        self.hamlet.setAccessibleName(office.say("plan.hamlet"))
        column = QVBoxLayout(self)
        column.addWidget(label(office.say("plan.path"), "heading", wrap=True))
        column.addWidget(self.list, 1)
        column.addWidget(self.hamlet)
        column.addWidget(office.button("plan.path.keep", "check", self.keep))
        for keys, step in (("Alt+Up", -1), ("Alt+Down", 1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(lambda step=step: self.move_chosen(step))

    def show_houses(self, lines: Sequence[TaskLine]) -> None:
        """List the houses of a village in their present order."""
        self.list.clear()
        for line in lines:
            where = f"{line.hamlet} · " if line.hamlet else ""
            item = QListWidgetItem(f"{where}{line.head}")
            item.setData(_ID, line.household)
            item.setSizeHint(QSize(80, self._office.look.px(_FINGER)))
            self.list.addItem(item)

    def move_chosen(self, step: int) -> None:
        """Move the chosen houses by one, as a block; at an end they stay."""
        rows = sorted(self.list.row(item) for item in self.list.selectedItems())
        if not rows or rows[0] + step < 0 or rows[-1] + step >= self.list.count():
            return
        items = {row: self.list.item(row) for row in rows}
        for row in rows if step < 0 else reversed(rows):
            taken = self.list.takeItem(row)
            self.list.insertItem(row + step, taken)
        for item in items.values():
            item.setSelected(True)

    def keep(self) -> None:
        """Write the order of the chosen houses, or of all, with the hamlet they lie in."""
        every = [self.list.item(row) for row in range(self.list.count())]
        chosen = [item for item in every if item.isSelected()] or every
        houses, hamlet = [str(item.data(_ID)) for item in chosen], " ".join(self.hamlet.text().split())
        home, say = self._office.home, self._office.say
        self._office.do(
            lambda progress: plan_visits.place_houses(home, hamlet, houses),
            lambda count: self._office.news.said.emit(say("plan.path.kept", count=count)),
        )


class PlanWindow(QDialog):
    """For the village chosen on the visit page; it never blocks the page behind it, Escape closes it."""

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__(parent)
        self._office, self.village, self._plans = office, "", list[PlanNote]()
        say = office.say
        self.setWindowTitle(say("plan.title"))
        self.setModal(False)
        self.carry, self.path = CarryCard(office), PathCard(office)
        self._head = label("", "heading")
        self.day, self.helpers, self.note, self.limit = QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit(str(_LIMIT))
        middle = QVBoxLayout()
        middle.addWidget(self._head)
        for code, line in (
            ("plan.day", self.day),
            ("visit.helpers", self.helpers),
            ("visit.note", self.note),
            ("plan.limit", self.limit),
        ):
            line.setAccessibleName(say(code))
            middle.addWidget(label(say(code), "muted"))
            middle.addWidget(line)
        self.limit.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        middle.addWidget(office.button("plan.make", "plus", self.make, primary=True))
        self.list = QListWidget()
        self.list.setAccessibleName(say("plan.list"))
        middle.addWidget(label(say("plan.list"), "muted"))
        middle.addWidget(self.list, 1)
        middle.addWidget(office.button("plan.drop", "x", self.drop))
        row = QHBoxLayout(self)
        row.addWidget(self.carry, 3)
        row.addLayout(middle, 4)
        row.addWidget(self.path, 4)
        self.resize(office.look.px(980), office.look.px(600))
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)  # Enter belongs to the line that is typed into

    def show_village(self, village: str, name: str) -> None:
        """Read what is planned and how the houses of a village lie."""
        self.village = village
        self._head.setText(self._office.say("plan.for", village=name))
        self.refresh()

    def refresh(self) -> None:
        """Read anew, off the window's thread."""
        home, village = self._office.home, self.village

        def read(progress: Progress) -> tuple[tuple[str, ...], list[PlanNote], Sequence[TaskLine]]:
            seen = seen_work(home, home.work)
            return (
                plan_visits.carried(home),
                seen.plans(village),
                plan_visits.tasks(home, village, everything=True).lines,
            )

        self._office.worker.submit(read, lambda found: self._show(*found), self._office.news.failed.emit)

    def _show(self, carried: Sequence[str], plans: list[PlanNote], lines: Sequence[TaskLine]) -> None:
        self.carry.show_villages(carried)
        self.path.show_houses(sorted(lines, key=lambda line: (line.hamlet, line.place == 0, line.place)))
        self._plans = plans
        self.list.clear()
        for plan in plans:
            facts = (day_told(plan.day), self._office.say("cli.plan.houses", count=len(plan.households)))
            self.list.addItem(" · ".join(part for part in (*facts, ", ".join(plan.helpers), plan.note) if part))
        if plans:
            self.list.setCurrentRow(0)

    def chosen(self) -> PlanNote | None:
        """The plan marked in the list."""
        row = self.list.currentRow()
        return self._plans[row] if 0 <= row < len(self._plans) else None

    def make(self) -> None:
        """Plan the day that stands in the fields."""
        text = self.day.text().strip()
        solar = parse_date(text).solar if text else None
        limit = self.limit.text().strip()
        if text and solar is None:
            self._wrong("plan.day", text)
        elif not limit.isdecimal() or not int(limit):
            self._wrong("plan.limit", limit)
        else:
            day = solar.isoformat() if solar else ""
            helpers = [part.strip() for part in self.helpers.text().split(",") if part.strip()]
            home, village, note = self._office.home, self.village, self.note.text().strip()
            self._office.do(
                lambda progress: plan_visits.make_plan(home, village, day, helpers, note=note, limit=int(limit)),
                self._made,
            )

    def _wrong(self, code: str, value: str) -> None:
        values = {"field": self._office.say(code), "value": value}
        self._office.news.failed.emit(FieldtoolError(ErrorCode.BAD_VALUE, values=values))

    def _made(self, plan: PlanNote) -> None:
        self._office.news.said.emit(self._office.say("cli.plan.made", id=plan.id, count=len(plan.households)))
        self.refresh()

    def drop(self) -> None:
        """Take the marked plan back."""
        plan, home = self.chosen(), self._office.home
        if plan is not None:
            self._office.do(lambda progress: plan_visits.drop_plan(home, plan.id), lambda _none: self.refresh())
