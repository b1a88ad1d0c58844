"""The files beside a list that the window asks for: mappings saved and loaded, reports written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QWidget

from fieldtool.intake.mappings import MappingSet
from fieldtool.ui.office import Office
from fieldtool.usecases.import_list import ImportOutcome
from fieldtool.usecases.list_mappings import read_mapping, write_mapping
from fieldtool.usecases.report_import import report_kept, report_list
from fieldtool.usecases.row_verdicts import VerdictPages

Run = Callable[[Any, Callable[[Any], None]], None]


class ListFiles:
    """Asks for a name, then has the page run the job."""

    def __init__(self, office: Office, parent: QWidget, run: Run) -> None:
        self._office, self._parent, self._run = office, parent, run

    def save_mapping(self, mappings: MappingSet) -> None:
        """Save mappings under a name that is asked for."""
        say = self._office.say
        name, _ = QFileDialog.getSaveFileName(self._parent, say("ui.mapping.save"), "", say("ui.mapping.filter"))
        if name:
            target = Path(name)
            told = say("cli.mapping.saved", layouts=len(mappings.by_layout), file=target.name)
            self._run(lambda progress: write_mapping(target, mappings), lambda _done: self._office.news.said.emit(told))

    def load_mapping(self, done: Callable[[MappingSet], None]) -> None:
        """Read a mapping file that is asked for."""
        say, home = self._office.say, self._office.home
        name, _ = QFileDialog.getOpenFileName(self._parent, say("ui.mapping.load"), "", say("ui.mapping.filter"))
        if name:
            self._run(lambda progress: read_mapping(home, Path(name)), done)

    def report(self, file: Path, outcome: ImportOutcome, pages: VerdictPages) -> None:
        """Write the report of the list in hand."""
        target = self._ask_report(file.stem)
        if target is not None:
            home, books, words = self._office.home, self._office.workbooks, self._office.wording
            self._run(
                lambda progress: report_list(home, books, file, outcome, pages, target, words, progress), self._reported
            )

    def report_kept(self, id: str, file: str) -> None:
        """Write the report of an earlier import."""
        target = self._ask_report(Path(file).stem)
        if target is not None:
            home, books, words = self._office.home, self._office.workbooks, self._office.wording
            self._run(lambda progress: report_kept(home, books, id, target, words, progress), self._reported)

    def _ask_report(self, stem: str) -> Path | None:
        say = self._office.say
        proposed = say("ui.import.report_name", file=stem)
        name, _ = QFileDialog.getSaveFileName(self._parent, say("ui.import.report_title"), proposed, "Excel (*.xlsx)")
        return Path(name) if name else None

    def _reported(self, target: Path) -> None:
        self._office.news.said.emit(self._office.say("cli.report.written", file=target))
