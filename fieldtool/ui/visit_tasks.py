"""The left of the visit page: the villages this laptop carries, and the households of one that wait."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QListView, QProgressBar, QVBoxLayout, QWidget

from fieldtool.ports import Progress
from fieldtool.ui.look import label
from fieldtool.ui.office import Office
from fieldtool.ui.plan_window import PlanWindow
from fieldtool.ui.visit_list import TaskDelegate, TaskModel
from fieldtool.usecases.plan_visits import carried, make_plan, today_plan, waiting


class VisitTasks(QWidget):
    """`opened(household)` when one is to be shown, `chosen` when the officer himself pointed at it."""

    opened = Signal(str)
    chosen = Signal()

    def __init__(self, office: Office, day: Callable[[], str], shown: Callable[[], tuple[str, str]]) -> None:
        super().__init__()
        self._office, self._day, self._shown = office, day, shown
        self._carried: tuple[str, ...] | None = None
        say, look = office.say, office.look
        self.villages = QComboBox()
        self.villages.setAccessibleName(say("visit.village"))
        self.villages.currentIndexChanged.connect(lambda _row: self.refresh_list())
        self._progress, self._count = QProgressBar(), label("", "muted")
        self._progress.setTextVisible(False)
        self.model = TaskModel()
        self.list = QListView()
        self.list.setModel(self.model)
        self._delegate = TaskDelegate(look, office.wording)
        self.list.setItemDelegate(self._delegate)
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName(say("ui.rail.visits"))
        self.list.clicked.connect(self._open_row)
        self.list.activated.connect(self._open_row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.villages, self._count, self._progress):
            column.addWidget(widget)
        column.addWidget(self.list, 1)
        self.route_button = office.button("visit.route", "printer", self.print_route)
        self.route_button.setShortcut("Ctrl+P")
        self.plan_button = office.button("visit.plan", "clipboard", self.show_plans)
        self.plan_button.setShortcut("Ctrl+K")
        column.addWidget(self.plan_button)
        column.addWidget(self.route_button)
        self.setFixedWidth(min(look.px(290), 340))  # large letters leave the sheet its room

    def refresh(self) -> None:
        """Read villages and list anew."""
        self._office.worker.submit(
            lambda progress: carried(self._office.home), self._set_carried, self._office.news.failed.emit
        )
        self._fill()

    def _fill(self) -> None:
        here = self.villages.currentData()
        self.villages.blockSignals(True)
        self.villages.clear()
        for village in self._office.people.villages():
            if not self._carried or village.id in self._carried:
                self.villages.addItem(village.name, village.id)
        self.villages.setCurrentIndex(max(self.villages.findData(here), 0))
        self.villages.blockSignals(False)
        self.refresh_list()

    def _set_carried(self, villages: tuple[str, ...]) -> None:
        changed = villages != (self._carried or ())
        self._carried = villages
        if changed and self.isVisible():
            self._fill()

    def show_plans(self) -> None:
        """The window of plans, for the village that stands here."""
        window = self.findChild(PlanWindow) or PlanWindow(self._office, self)
        window.show()
        window.activateWindow()
        window.show_village(str(self.villages.currentData() or ""), self.villages.currentText())

    def refresh_list(self) -> None:
        """The households of the village that wait."""
        village = str(self.villages.currentData() or "")
        if not village:
            self.model.show_lines(())
            return
        found = waiting(self._office.work, village, self._day())
        self.model.show_lines(found.lines)
        total = len(found.lines) + found.quiet
        self._progress.setMaximum(max(total, 1))
        self._progress.setValue(found.quiet)
        self._count.setText(self._office.say("visit.count", done=found.quiet, total=total))
        household, there = self._shown()
        if household and there == village:
            self.mark(household)
        elif (line := self.model.line(0)) is not None:
            self.opened.emit(line.household)

    def print_route(self, out: Path | None = None) -> None:
        """Write the route sheet of today's plan in the village, made now if there is none, with a code a household for
        notes by hand; of another plan where one is marked in the window of plans."""
        village, say = str(self.villages.currentData() or ""), self._office.say
        if self.model.line(0) is None:
            self._office.news.said.emit(say("visit.nothing_waits"))
            return
        if out is None:
            title = say("visit.route_file", village=self.villages.currentText())
            chosen, _ = QFileDialog.getSaveFileName(self, say("visit.route"), title, "PDF (*.pdf)")
            if not chosen:
                return
            out = Path(chosen)
        home, outputs, target = self._office.home, self._office.outputs, out
        window = self.findChild(PlanWindow)
        marked = window.chosen() if window is not None and window.isVisible() and window.village == village else None

        def act(progress: Progress) -> Path:
            plan = marked or today_plan(home, village) or make_plan(home, village)
            content = outputs.route_sheet(home, plan, say)
            return home.sticks.write_proved(target.parent, target.name, content)

        self._office.do(act, lambda file: self._office.news.said.emit(say("cli.print.done", file=file)))

    def mark(self, household: str) -> None:
        """Show which household stands on the page."""
        self.list.setCurrentIndex(self.model.index(self.model.row_of(household), 0))

    def _open_row(self, index: QModelIndex) -> None:
        line = self.model.line(index.row())
        if line is not None:
            self.opened.emit(line.household)
            self.chosen.emit()
