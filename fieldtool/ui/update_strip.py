"""One line of the exchange page: look for an update on the stick, see what it is, install it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout

from fieldtool.machine.drives import sticks
from fieldtool.ports import InstallState, Progress
from fieldtool.records.errors import FieldtoolError
from fieldtool.ui.look import label
from fieldtool.ui.office import Office
from fieldtool.usecases.apply_update import ApplyOutcome, apply_update
from fieldtool.usecases.verify_update import UpdateFound, find_updates

_CLOSE_AFTER = 4000  # milliseconds to read that the program closes for its setup


class UpdateStrip(QFrame):
    """A button that looks, words for what was found, a button that installs."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.setObjectName("card")
        self._office = office
        self._offered: UpdateFound | None = None
        self.look = office.button("update.look", "usb", self._look)
        self.install = office.button("update.install", "download", self._install, primary=True)
        self.install.hide()
        self.words = label(office.say("update.none_yet"), "muted", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.addWidget(self.look)
        row.addWidget(self.words, 1)
        row.addWidget(self.install)
        self.setVisible(office.upkeep is not None)

    def _look(self) -> None:
        plugged = sticks()
        start = str(plugged[0]) if plugged else ""
        folder = QFileDialog.getExistingDirectory(self, self._office.say("update.look"), start)
        if folder:
            self.look_in(Path(folder))

    def look_in(self, folder: Path) -> None:
        """Show what a folder offers."""
        upkeep, home = self._office.upkeep, self._office.home
        if upkeep is None:
            return
        here = upkeep.here
        self._office.worker.submit(
            lambda progress: find_updates(home, folder, here), self._found, self._office.news.failed.emit
        )

    def _found(self, found: list[UpdateFound]) -> None:
        self._offered = next((item for item in found if item.manifest is not None), None)
        self.install.setVisible(self._offered is not None)
        say = self._office.say
        if self._offered is not None and self._offered.manifest is not None:
            self.words.setText(say("update.offered", version=self._offered.manifest.version))
        elif found and found[0].error is not None:
            self.words.setText(". ".join(self._office.wording.error(found[0].error)))
        else:
            self.words.setText(say("update.nothing"))

    def _install(self) -> None:
        upkeep, offered = self._office.upkeep, self._offered
        if upkeep is None or offered is None:
            return
        self.install.setEnabled(False)
        self.words.setText(self._office.say("update.working"))

        def act(progress: Progress) -> ApplyOutcome:
            return apply_update(self._office.home, offered.file, upkeep, progress)

        self._office.do(act, self._applied, failed=self._refused)

    def _applied(self, outcome: ApplyOutcome) -> None:
        say = self._office.say
        self.words.setText(say(f"update.{outcome.state}", version=outcome.version, backup=outcome.backup.name))
        if outcome.state is InstallState.STARTED:
            QTimer.singleShot(_CLOSE_AFTER, self.window().close)

    def _refused(self, error: FieldtoolError) -> None:
        self.install.setEnabled(True)
        self.words.setText(". ".join(self._office.wording.error(error)))
