"""Import a list: choose a file, see what was recognised and what would happen, import, read the report, undo."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QProgressBar,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from fieldtool.ui.look import label
from fieldtool.ui.office import Office
from fieldtool.usecases.import_list import ImportOutcome, import_list
from fieldtool.usecases.match_village import MatchOutcome, match_village
from fieldtool.usecases.undo_import import undo_import

_SHOWN = 2000


class ImportPage(QWidget):
    """One list at a time, from file to report; matching follows from the same page."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.setObjectName("page")
        self._office = office
        self._file: Path | None = None
        self._import = ""
        self._build()
        office.worker.progressed.connect(self._progress)

    def _build(self) -> None:
        say, look = self._office.say, self._office.look
        self._title = label(say("ui.import.title"), "title")
        self._told = label(say("ui.import.hint"), "muted", wrap=True)
        self._file_label = label("", "heading")
        self._counts = label("", wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.hide()
        self._stage = label("", "muted")
        self._table = QTableWidget(0, 4)
        self._table.setHorizontalHeaderLabels(
            [say(f"ui.import.column.{name}") for name in ("where", "what", "do", "code")]
        )
        self._table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, width in enumerate((150, 430, 420, 160)):
            self._table.setColumnWidth(column, look.px(width))
        self._table.verticalHeader().hide()
        self._table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self._table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self._table.setAccessibleName(say("ui.import.report"))
        self.choose = self._office.button("ui.import.choose", "folder-open", self.choose_file)
        self.cancel = self._office.button("ui.cancel", "x", self._office.worker.cancel)
        self.undo = self._office.button("ui.import.undo", "arrow-back-up", self._undo)
        self.match = self._office.button("ui.import.match", "git-compare", self._match)
        self.start = self._office.button("ui.import.start", "file-import", self._start, primary=True)
        buttons = QHBoxLayout()
        for button in (self.choose, self.undo, self.cancel):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.match)
        buttons.addWidget(self.start)
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 10, 16, 10)
        for widget in (self._title, self._told, self._file_label, self._counts, self._bar, self._stage):
            page.addWidget(widget)
        page.addWidget(self._table, 1)
        page.addLayout(buttons)
        opening = QShortcut(QKeySequence.StandardKey.Open, self)
        opening.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        opening.activated.connect(self.choose_file)
        self.undo.setEnabled(False)
        self.start.setEnabled(False)
        self.cancel.setEnabled(False)

    def choose_file(self) -> None:
        """Ask for a file and try it without writing anything."""
        say = self._office.say
        name, _ = QFileDialog.getOpenFileName(self, say("ui.import.choose"), "", say("ui.import.filter"))
        if name:
            self.try_file(Path(name))

    def try_file(self, file: Path) -> None:
        """Recognise and judge every row of a list; nothing is written."""
        self._file = file
        self._file_label.setText(file.name)
        home, books = self._office.home, self._office.workbooks
        self._run(lambda progress: import_list(home, books, file, dry_run=True, progress=progress), self._tried)

    def _tried(self, outcome: ImportOutcome) -> None:
        say = self._office.say
        kinds = ", ".join(say(f"kind.{kind}") for kind in outcome.kinds)
        self._told.setText(say("ui.import.recognised", kinds=kinds or "—"))
        self._show(outcome)
        self.start.setEnabled(outcome.added > 0)
        self.start.setFocus()

    def _start(self) -> None:
        if self._file is None:
            return
        home, books, file = self._office.home, self._office.workbooks, self._file
        self._run(lambda progress: import_list(home, books, file, progress=progress), self._imported)

    def _imported(self, outcome: ImportOutcome) -> None:
        self._import = outcome.id
        self._show(outcome)
        self.start.setEnabled(False)
        self.undo.setEnabled(outcome.added > 0)
        text = self._office.say("ui.import.done", added=outcome.added, file=outcome.file)
        self._told.setText(text)
        self._office.news.said.emit(text)
        self.match.setFocus()

    def _undo(self) -> None:
        home, id = self._office.home, self._import
        self._run(lambda progress: undo_import(home, id), self._undone)

    def _undone(self, _result: object) -> None:
        self.undo.setEnabled(False)
        self.start.setEnabled(True)
        text = self._office.say("ui.import.undone")
        self._told.setText(text)
        self._office.news.said.emit(text)

    def _match(self) -> None:
        home = self._office.home
        self._run(lambda progress: match_village(home, progress=progress), self._matched)

    def _matched(self, outcome: MatchOutcome) -> None:
        text = self._office.say(
            "ui.import.matched", persons=outcome.persons, linked=outcome.linked, reviews=outcome.reviews
        )
        self._told.setText(text)
        self._office.news.said.emit(text)

    def _run(self, act: Any, done: Any) -> None:
        for button in (self.choose, self.start, self.match, self.undo):
            button.setProperty("was", button.isEnabled())
            button.setEnabled(False)
        self.cancel.setEnabled(True)
        self._bar.setRange(0, 0)
        self._bar.show()

        def finish(result: Any) -> None:
            self._idle()
            done(result)

        self._office.do(act, finish, failed=lambda error: self._idle())

    def _idle(self) -> None:
        self._bar.hide()
        self._stage.setText("")
        self.cancel.setEnabled(False)
        for button in (self.choose, self.start, self.match, self.undo):
            button.setEnabled(bool(button.property("was")))

    def _progress(self, done: int, total: int, stage: str) -> None:
        if self._bar.isHidden():
            return
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        share = f"{done:,} / {total:,}" if total else (f"{done:,}" if done else "")
        self._stage.setText(f"{self._office.say(f'stage.{stage}')}  {share}")

    def _show(self, outcome: ImportOutcome) -> None:
        say = self._office.say
        names = ("rows", "added", "unchanged", "parked", "refused")
        self._counts.setText(say("ui.import.counts", **{name: getattr(outcome, name) for name in names}))
        issues = outcome.issues[:_SHOWN]
        self._table.setRowCount(len(issues))
        for row, issue in enumerate(issues):
            message, hint = self._office.wording.issue(issue.code, issue.text)
            cells = (f"{issue.sheet}!{issue.cell or issue.row}", message, hint, str(issue.code))
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self._table.setItem(row, column, item)
