"""The root's key in the window: put away under its own passphrase, brought back, headquarters' keys renewed by it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from fieldtool.ui.look import label
from fieldtool.ui.office import Office
from fieldtool.usecases import keep_root

_STOLEN = "stolen"
_WHY = ("old", _STOLEN)
Run = Callable[[Any, Any], None]


class RootRow(QWidget):
    """Every act is a use case; `run` does it with progress, `tell` says what came of it."""

    def __init__(self, office: Office, run: Run, tell: Callable[[str], None]) -> None:
        super().__init__()
        self._office, self._run, self._tell = office, run, tell
        self._armed = ""  # the act that the next press of its own button does
        self.state = label("", "muted", wrap=True)
        self.words = QLineEdit()
        self.words.setEchoMode(QLineEdit.EchoMode.Password)
        self.words.setPlaceholderText(office.say("ui.root.words"))
        self.words.setAccessibleName(office.say("ui.root.words"))
        self.words.setToolTip(office.say("ui.root.words"))
        self.away_button = office.button("ui.root.away", "download", self._away)
        self.back_button = office.button("ui.root.back", "upload", self._back)
        self.renew_button = office.button("ui.root.renew", "shield-check", self._renew)
        self.why = QComboBox()  # nothing is chosen beforehand: what is believed hangs on it
        for reason in ("", *_WHY):
            self.why.addItem(office.say(f"ui.root.why.{reason}" if reason else "ui.root.why"), reason)
        self.why.setAccessibleName(office.say("ui.root.why"))
        row = QHBoxLayout()
        row.addWidget(self.words, 1)
        for button in (self.away_button, self.back_button, self.why, self.renew_button):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.state)
        column.addLayout(row)

    def fill(self, here: bool) -> None:
        """Show where the root's key is, and what can be done there."""
        self.state.setText(self._office.say("root.here" if here else "root.not_here"))
        self.away_button.setVisible(here)
        self.why.setVisible(here)
        self.renew_button.setVisible(here)
        self.back_button.setVisible(not here)

    def _typed(self) -> str:
        """The root's passphrase; says what to do where none was typed."""
        words = self.words.text()
        if not words:
            self._tell(self._office.say("ui.root.words.first"))
            self.words.setFocus()
        return words

    def _twice(self, told: str) -> bool:
        """Whether this is the second press for one act; the first says what it will do, by the words of `told`."""
        again = self._armed == told
        self._armed = "" if again else told
        if not again:
            self._tell(self._office.say(told))
        return again

    def _folder(self) -> Path | None:
        folder = QFileDialog.getExistingDirectory(self, self._office.say("ui.root.folder"))
        return Path(folder) if folder else None

    def _away(self) -> None:
        if self._typed() and (folder := self._folder()):
            self.away_to([folder])

    def away_to(self, folders: list[Path]) -> None:
        """Put the root's key away into folders, at the second press."""
        words, home, say = self._typed(), self._office.home, self._office.say
        if not words:
            return
        if not self._twice("ui.root.away.confirm"):
            return

        def told(files: list[Path]) -> None:
            self.words.clear()
            lines = [say("root.away", files=", ".join(str(file) for file in files))]
            lines += [say("root.one_copy")] if len(files) == 1 else []
            self._tell("\n".join([*lines, say("root.backups")]))

        self._run(lambda progress: keep_root.put_root_away(home, folders, words), told)

    def _back(self) -> None:
        if not self._typed():
            return
        file, _ = QFileDialog.getOpenFileName(self, self._office.say("ui.root.back"), "", f"*{keep_root.ENDING}")
        if file:
            self.back_from(Path(file))

    def back_from(self, file: Path) -> None:
        """Bring the root's key back."""
        words, home = self._typed(), self._office.home

        def told(_none: object) -> None:
            self.words.clear()
            self._tell(self._office.say("root.back"))

        if words:
            self._run(lambda progress: keep_root.bring_root(home, file, words), told)

    def _renew(self) -> None:
        if self._reason() and (folder := self._folder()):
            self.renew_into(folder)

    def _reason(self) -> str:
        """Why the keys are renewed; says what to do where nothing was chosen."""
        reason = str(self.why.currentData())
        if not reason:
            self._tell(self._office.say("ui.root.why.first"))
            self.why.setFocus()
        return reason

    def renew_into(self, folder: Path) -> None:
        """New keys for headquarters' machine, at the second press for one reason; only keys lost or exposed are cut
        off."""
        reason, home, say = self._reason(), self._office.home, self._office.say
        if not reason or not self._twice(f"ui.root.renew.confirm.{reason}"):
            return

        def told(done: keep_root.RenewOutcome) -> None:
            self.why.setCurrentIndex(0)
            self._tell(say("root.renewed", device=done.device, incarnation=done.incarnation, file=done.list_file))

        self._run(lambda progress: keep_root.renew_headquarters(home, folder, stolen=reason == _STOLEN), told)
