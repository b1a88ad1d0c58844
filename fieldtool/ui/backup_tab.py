"""Backups of the open home: written, rehearsed; and the proof of the home itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QProgressBar, QVBoxLayout, QWidget

from fieldtool.records.safekeeping import CheckResult, Rehearsed
from fieldtool.records.sticks import StickState
from fieldtool.ui.look import label
from fieldtool.ui.office import Office
from fieldtool.usecases.keep_backup import ENDING, back_up, rehearse
from fieldtool.wording.days import moment_told

_WARN = (StickState.OWN_DISK, StickState.NEARLY_FULL, StickState.WRONG_SYSTEM, StickState.SEVERAL)


class BackupTab(QWidget):
    """Every act runs on the worker with progress and can be stopped; what came of it stands below."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        say = office.say
        self.write = office.button("ui.backup.write", "download", self._write, primary=True)
        self.rehearse = office.button("ui.backup.rehearse", "shield-check", self._rehearse)
        self.check = office.button("ui.backup.check", "check", self.prove)
        self.cancel = office.button("ui.cancel", "x", office.worker.cancel)
        self.words = QLineEdit()
        self.words.setEchoMode(QLineEdit.EchoMode.Password)
        self.words.setPlaceholderText(say("ui.backup.words"))
        self.words.setAccessibleName(say("ui.backup.words"))
        self.words.setMinimumWidth(office.look.px(320))
        self.told = label("", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 0)
        column.setSpacing(10)
        column.addWidget(label(say("ui.backup.what"), "muted", wrap=True))
        column.addLayout(_row(self.write))
        column.addWidget(label(say("ui.backup.rehearse.what"), "muted", wrap=True))
        column.addLayout(_row(self.words, self.rehearse))
        column.addWidget(label(say("ui.backup.real"), "muted", wrap=True))
        column.addLayout(_row(self.check))
        column.addWidget(self.told)
        column.addWidget(self.bar)
        column.addLayout(_row(self.cancel))
        column.addStretch(1)
        self._idle()
        office.worker.progressed.connect(self._progress)
        for button in (self.write, self.rehearse, self.check):
            button.setEnabled(office.store is not None)  # a window that is only drawn has no store behind it

    def _write(self) -> None:
        name = f"{self._office.home.card.device}-{date.today():%Y-%m-%d}{ENDING}"
        file, _ = QFileDialog.getSaveFileName(self, self._office.say("ui.backup.write"), name, f"*{ENDING}")
        if file:
            self.write_to(Path(file))

    def write_to(self, target: Path) -> None:
        """Write a backup; a home's own disk is no safe place for one, which is said."""
        home, store, say = self._office.home, self._office.store, self._office.say
        if store is None:
            return

        def act(progress: Any) -> tuple[Path, list[StickState]]:
            return back_up(home, store, target, progress), home.sticks.look_at(target.parent)

        def done(found: tuple[Path, list[StickState]]) -> None:
            lines = [say("cli.backup.done", file=found[0])]
            lines += [say(f"stick_state.{state}") for state in found[1] if state in _WARN]
            self._tell("\n".join(lines))

        self._run(act, done)

    def _rehearse(self) -> None:
        if not self.words.text():
            self._tell(self._office.say("ui.backup.words.first"))
            self.words.setFocus()
            return
        file, _ = QFileDialog.getOpenFileName(self, self._office.say("ui.backup.rehearse"), "", f"*{ENDING}")
        if file:
            self.rehearse_from(Path(file))

    def rehearse_from(self, source: Path) -> None:
        """Bring a backup back for trial with the passphrase typed, which is forgotten at once."""
        home, store, words = self._office.home, self._office.store, self.words.text()
        self.words.clear()
        if store is None:
            return

        def done(found: Rehearsed) -> None:
            newest = moment_told(found.newest) if found.newest else "–"
            events = found.figures.get("events", 0)
            told = {"unit": found.unit_name, "device": found.device, "newest": newest, "events": events}
            self._tell(self._office.say("backup.rehearsed", **told))

        self._run(lambda progress: rehearse(home, store, source, words, progress), done)

    def prove(self) -> None:
        """Prove the open home: pages, chains, and that the tables are what the operations give."""
        store, say = self._office.store, self._office.say
        if store is None:
            return

        def done(found: CheckResult) -> None:
            if found.complaints:
                self._tell(say("ui.backup.broken", first=found.complaints[0]))
            else:
                self._tell(say("cli.check.whole", events=found.figures.get("events", 0)))

        self._run(store.check, done)

    def _run(self, act: Any, done: Any) -> None:
        self.bar.setRange(0, 0)
        for widget in (self.bar, self.cancel):
            widget.show()

        def finish(result: Any) -> None:
            self._idle()
            done(result)

        def trouble(error: BaseException) -> None:
            self._idle()
            self.told.setText("")
            self._office.news.failed.emit(error)

        self._office.worker.submit(act, finish, trouble)

    def _idle(self) -> None:
        self.bar.hide()
        self.cancel.hide()

    def _progress(self, done: int, total: int, stage: str) -> None:
        if not self.bar.isHidden():
            self.bar.setRange(0, total)
            self.bar.setValue(done)

    def _tell(self, text: str) -> None:
        self.told.setText(text)
        self._office.news.said.emit(text.split("\n")[0])


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row
