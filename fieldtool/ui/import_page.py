"""Import a list: file, what was recognised, dry run, import, report; every step can be gone back from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeySequence
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from fieldtool.intake.mappings import MappingSet
from fieldtool.ui.import_steps.buttons import DONE, DRY_RUN, FILE, MAPPING, Buttons, key, press
from fieldtool.ui.import_steps.file_step import FileStep
from fieldtool.ui.import_steps.list_files import ListFiles
from fieldtool.ui.import_steps.mapping_step import MappingStep
from fieldtool.ui.import_steps.verdict_step import VerdictStep
from fieldtool.ui.look import label
from fieldtool.ui.office import Office
from fieldtool.usecases.check_numbers import NumberReport, numbers_of_import
from fieldtool.usecases.import_list import ImportOutcome, get_ready, import_list
from fieldtool.usecases.list_imports import list_imports
from fieldtool.usecases.list_mappings import forget_mapping
from fieldtool.usecases.match_village import MatchOutcome, match_village
from fieldtool.usecases.preview_list import Preview, preview_list
from fieldtool.usecases.row_verdicts import VerdictPages
from fieldtool.usecases.undo_import import undo_import

_STEPS = ("file", "mapping", "dry_run", "done")
Judged = tuple[ImportOutcome, VerdictPages, NumberReport]


class ImportPage(QWidget):
    """One list at a time, from file to report; matching follows from the same page."""

    guide = "import"  # the page of the user guide that F1 opens

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.setObjectName("page")
        self._office = office
        self._file: Path | None = None
        self._import = ""
        self._judged: Judged | None = None
        self._busy = False
        self._at = FILE
        self.files = ListFiles(office, self, self._run)
        self.choose = office.button("ui.import.choose", "folder-open", self.choose_file, primary=True)
        self.cancel = office.button("ui.cancel", "x", office.worker.cancel)
        self.file_step = FileStep(office, self.choose)
        self.mapping_step = MappingStep(office)
        self.verdict_step = VerdictStep(office)
        self.buttons = Buttons(
            office,
            {
                "back": self.go_back,
                "again": lambda: self.go(FILE),
                "load_map": lambda: self.files.load_mapping(self._load),
                "save_map": lambda: self.files.save_mapping(self.mapping_step.whole()),
                "report": self._report,
                "undo": lambda: self._undo(self._import),
                "match": self._match,
                "try_all": lambda: self._judge(dry_run=True),
                "start": lambda: self._judge(dry_run=False),
            },
        )
        self._build()
        self._connect()
        self.go(FILE)

    def _build(self) -> None:
        self._path = QLabel()
        self._path.setTextFormat(Qt.TextFormat.RichText)
        self._told = label("", "heading", wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._stage = label("", "muted")
        self._steps = QStackedWidget()
        for step in (self.file_step, self.mapping_step, self.verdict_step):
            self._steps.addWidget(step)
        top, running = QHBoxLayout(), QHBoxLayout()
        top.addWidget(label(self._office.say("ui.import.title"), "title"))
        top.addStretch(1)
        top.addWidget(self._path)
        running.addWidget(self._bar, 1)
        running.addWidget(self._stage)
        running.addWidget(self.cancel)
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 10, 16, 10)
        page.addLayout(top)
        page.addWidget(self._told)
        page.addWidget(self._steps, 1)
        page.addLayout(running)
        page.addLayout(self.buttons)

    def _connect(self) -> None:
        named, first = self.buttons.by_name, self.file_step
        self._office.worker.progressed.connect(self._progress)
        self._office.news.changed.connect(self._list_imports)
        first.dropped.connect(self.open_file)
        first.wants_undo.connect(self._undo)
        first.wants_report.connect(self.files.report_kept)
        self.mapping_step.changed.connect(self._look)
        self.mapping_step.wants_forgotten.connect(self._forget)
        key(self, QKeySequence.StandardKey.Open, self.choose_file)
        key(self, "Ctrl+S", lambda: press(named["save_map"]))
        key(self, "Ctrl+M", lambda: press(named["load_map"]))
        key(self, "Ctrl+R", lambda: press(first.report_button if self._at == FILE else named["report"]))
        key(self, "Ctrl+Z", lambda: press(first.undo_button if self._at == FILE else named["undo"]))
        key(self, "Alt+Left", self.go_back)
        key(self, "Ctrl+Return", lambda: press(named[("match", "try_all", "start", "match")[self._at]]))
        key(self, "Esc", lambda: press(self.cancel))

    def go(self, step: int) -> None:
        """Show a step; nothing chosen is lost."""
        self._at = step
        self._steps.setCurrentIndex(min(step, DRY_RUN))
        names = [self._office.say(f"ui.import.step.{name}") for name in _STEPS]
        self._path.setText("  ›  ".join(f"<b>{name}</b>" if at == step else name for at, name in enumerate(names)))
        self._told.setVisible(step != FILE)
        self._name_file()
        if step == FILE:
            self._office.workbooks.let_go()
            self._list_imports()
        elif step == DRY_RUN:
            self._get_ready()
        self._enable()

    def _get_ready(self) -> None:
        """Let the reading process of the next step start while this one is looked at."""
        get_ready(self._office.workbooks)

    def hideEvent(self, event: QHideEvent) -> None:
        """Qt's hook: what waits for a next step is let go with the page; a list that is being read is not."""
        super().hideEvent(event)
        self._office.workbooks.let_go()

    def _name_file(self) -> None:
        self._told.setText(self._file.name if self._file is not None else "")

    def go_back(self) -> None:
        """One step back."""
        if not self._busy and self._at in (MAPPING, DRY_RUN):
            self.go(self._at - 1)

    def _enable(self) -> None:
        ready, judged = not self._busy, self._judged
        sensible = {
            "try_all": self.mapping_step.readable(),
            "start": judged is not None and judged[0].dry_run and judged[0].added > 0,
            "undo": bool(self._import),
        }
        self.buttons.show_step(self._at, ready=ready, sensible=sensible)
        for still in (self.choose, self.file_step, self.mapping_step):
            still.setEnabled(ready)
        for running in (self.cancel, self._bar, self._stage):
            running.setVisible(self._busy)

    def choose_file(self) -> None:
        """Ask for a file and show what is recognised of it."""
        say = self._office.say
        if self._busy:
            return
        self._get_ready()
        name, _ = QFileDialog.getOpenFileName(self, say("ui.import.choose_title"), "", say("ui.import.filter"))
        if name:
            self.open_file(Path(name))
        else:
            self._office.workbooks.let_go()

    def open_file(self, file: Path) -> None:
        """Show what is recognised of a list; nothing is written."""
        if not self._busy:
            self._file, self._judged, self._import = file, None, ""
            self._load(None)

    def _load(self, mappings: MappingSet | None) -> None:
        self.mapping_step.start(mappings)
        self._look()

    def _look(self) -> None:
        home, books, file = self._office.home, self._office.workbooks, self._file
        mappings = self.mapping_step.mappings()
        if file is not None:
            self._run(
                lambda progress: preview_list(home, books, file, mappings=mappings, progress=progress), self._looked
            )

    def _looked(self, preview: Preview) -> None:
        self.mapping_step.show_preview(preview)
        self._name_file()  # a list may be dropped on the page while another is looked at
        if self._at != MAPPING:
            self.go(MAPPING)
            self.buttons.by_name["try_all"].setFocus()
        self._get_ready()
        self._enable()

    def _forget(self, layout: str) -> None:
        home = self._office.home
        self._run(lambda progress: forget_mapping(home, layout), lambda _done: self._look())

    def _judge(self, *, dry_run: bool) -> None:
        home, books, file = self._office.home, self._office.workbooks, self._file
        mappings, pages = self.mapping_step.mappings(), VerdictPages()
        if file is None:
            return

        def act(progress: Any) -> Judged:
            outcome = import_list(
                home, books, file, mapping=mappings, dry_run=dry_run, verdicts=pages, progress=progress
            )
            clashes = numbers_of_import(home, outcome.id, progress) if outcome.id else NumberReport((), {})
            return outcome, pages, clashes

        self._run(act, self._show_judged)

    def _show_judged(self, judged: Judged) -> None:
        self._judged = judged
        outcome, named = judged[0], self.buttons.by_name
        self._import = outcome.id
        self.verdict_step.show_outcome(*judged)
        self.go(DRY_RUN if outcome.dry_run else DONE)
        if outcome.dry_run:
            named["start" if outcome.added else "back"].setFocus()
            return
        self._office.news.said.emit(self._office.say("ui.import.done", added=outcome.added, file=outcome.file))
        named["match"].setFocus()

    def _report(self) -> None:
        if self._file is not None and self._judged is not None:
            self.files.report(self._file, *self._judged[:2])

    def _undo(self, id: str) -> None:
        home = self._office.home
        if id:
            self._run(lambda progress: undo_import(home, id), lambda _done: self._undone(id))

    def _undone(self, id: str) -> None:
        if id == self._import:
            self._import, self._judged = "", None
        if self._at == DONE:
            self.go(MAPPING)
        self._enable()
        self._office.news.said.emit(self._office.say("ui.import.undone"))

    def _match(self) -> None:
        home = self._office.home
        self._run(lambda progress: match_village(home, progress=progress), self._matched)

    def _matched(self, outcome: MatchOutcome) -> None:
        text = self._office.say(
            "ui.import.matched", persons=outcome.persons, linked=outcome.linked, reviews=outcome.reviews
        )
        self._told.setVisible(True)
        self._told.setText(text)
        self._office.news.said.emit(text)

    def _list_imports(self) -> None:
        """Ask the worker for the imports; the list is small and comes when the worker is free."""
        home = self._office.home
        self._office.worker.submit(
            lambda progress: list_imports(home), self.file_step.show_imports, self._office.news.failed.emit
        )

    def _run(self, act: Any, done: Callable[[Any], None]) -> None:
        self._busy = True
        self._bar.setRange(0, 0)
        self._stage.setText("")
        self._enable()

        def finish(result: Any) -> None:
            self._idle()
            done(result)

        self._office.do(act, finish, failed=lambda _error: self._idle())

    def _idle(self) -> None:
        self._busy = False
        self._enable()

    def _progress(self, done: int, total: int, stage: str) -> None:
        if self._busy:
            self._bar.setRange(0, total)
            self._bar.setValue(done)
            share = f"{done:,} / {total:,}" if total else (f"{done:,}" if done else "")
            self._stage.setText(f"{self._office.say(f'stage.{stage}')}  {share}")
