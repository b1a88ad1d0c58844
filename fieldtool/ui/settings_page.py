"""Settings of this laptop: language, theme, text size, lock. They take effect at once and are kept in the home."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QFileDialog, QFormLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from fieldtool.ui.idle import MINUTES
from fieldtool.ui.look import ThemeName, label
from fieldtool.ui.model_card import ModelCard
from fieldtool.ui.office import Office
from fieldtool.ui.users_card import UsersCard
from fieldtool.usecases.today import Today, today_of, trust_clock
from fieldtool.wording.catalogue import Language

ZOOMS = (100, 110, 125, 150)


class SettingsPage(QWidget):
    """Choices of this laptop; `changed(language, theme, zoom)` builds the window anew in the new look,
    `relock(minutes)` says after how long without input the home is locked."""

    guide = "settings"  # the page of the user guide that F1 opens

    wants_log = Signal()

    def __init__(
        self, office: Office, changed: Callable[[Language, ThemeName, int], None], relock: Callable[[int], None]
    ) -> None:
        super().__init__()
        self.setObjectName("page")
        self._changed = changed
        self._office = office
        say, look = office.say, office.look
        self.language = _choice([(say(f"ui.language.{item}"), item) for item in Language], office.wording.language)
        self.theme = _choice([(say(f"ui.theme.{item}"), item) for item in ThemeName], look.name)
        self.zoom = _choice([(f"{zoom} %", zoom) for zoom in ZOOMS], look.zoom)
        form = QFormLayout()
        form.setSpacing(14)
        for code, box in (
            ("ui.settings.language", self.language),
            ("ui.settings.theme", self.theme),
            ("ui.settings.zoom", self.zoom),
        ):
            box.setAccessibleName(say(code))
            box.currentIndexChanged.connect(lambda _place: self._tell())
            form.addRow(label(say(code)), box)
        minutes = office.lock_minutes
        self.lock = _choice([(say("ui.lock.minutes", minutes=item), item) for item in MINUTES], minutes)
        self.lock.setAccessibleName(say("ui.lock.after"))
        self.lock.currentIndexChanged.connect(lambda _place: relock(int(self.lock.currentData())))
        form.addRow(label(say("ui.lock.after")), self.lock)
        card = QFrame()
        card.setObjectName("card")
        form.setContentsMargins(16, 16, 16, 16)
        card.setLayout(form)
        content = QWidget()
        content.setObjectName("page")
        area = QScrollArea()
        area.setWidget(content)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        page = QVBoxLayout(content)
        page.setContentsMargins(16, 10, 16, 10)
        page.addWidget(label(say("ui.rail.settings"), "title"))
        page.addWidget(card)
        page.addWidget(UsersCard(office))
        page.addWidget(office.button("ui.log.open", "book-2", self.wants_log.emit))
        self.model = ModelCard(office)
        page.addWidget(self.model)
        own = office.home.card
        page.addWidget(
            label(say("ui.settings.home", officer=own.officer_name, unit=own.unit_name, device=own.device), "muted")
        )
        page.addWidget(label(say("ui.settings.unclassified"), "muted", wrap=True))
        self.clock = office.button("clock.trust", "clock", self._trust_clock)
        self.clock.hide()
        page.addWidget(self.clock)
        if office.upkeep is not None:
            self.diagnose = office.button("diagnostics.write", "file-import", self._diagnose)
            page.addWidget(self.diagnose)
            page.addWidget(label(say("diagnostics.what"), "muted", wrap=True))
        page.addStretch(1)

    def showEvent(self, event: QShowEvent) -> None:
        """Offer to trust the clock when it stands before the last thing written here."""
        super().showEvent(event)
        office = self._office
        self.clock.setVisible(today_of(office.home.clock, office.work, office.home.card.device).set_back)

    def _trust_clock(self) -> None:
        home, office = self._office.home, self._office

        def done(found: Today) -> None:
            self.clock.setVisible(found.set_back)
            office.news.said.emit(office.say("clock.day", day=found.day))
            office.news.changed.emit()

        office.do(lambda progress: trust_clock(home), done)

    def _diagnose(self) -> None:
        """Write the file for support where the officer wants it."""
        upkeep, office = self._office.upkeep, self._office
        title = office.say("diagnostics.write")
        name, _ = QFileDialog.getSaveFileName(self, title, "fieldtool-chan-doan.zip", "ZIP (*.zip)")
        if name and upkeep is not None:
            office.do(
                lambda progress: upkeep.diagnose(Path(name)),
                lambda file: office.news.said.emit(office.say("diagnostics.done", file=file)),
            )

    def _tell(self) -> None:
        self._changed(
            Language(self.language.currentData()), ThemeName(self.theme.currentData()), int(self.zoom.currentData())
        )


def _choice(options: list[tuple[str, object]], current: object) -> QComboBox:
    box = QComboBox()
    for text, value in options:
        box.addItem(text, value)
    box.setCurrentIndex([value for _, value in options].index(current))
    return box
