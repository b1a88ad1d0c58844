"""The pages of the first start after the first one. Each says what it lacks; none writes anything."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QListWidget, QListWidgetItem, QProgressBar

from fieldtool.records.exchange import SUITES
from fieldtool.records.gazetteer import Commune, place_key
from fieldtool.records.places import gazetteer
from fieldtool.trust.passphrases import Strength, strength_of
from fieldtool.ui.first_start_begin import FirstPage
from fieldtool.ui.look import TARGET, Look, label
from fieldtool.wording.catalogue import Wording

_MOST = 200  # communes shown at once
_HOME_PROVINCE = "40"  # Nghệ An, shown before all others


class CommunePage(FirstPage):
    """The commune by name, with or without accents, or by its code."""

    def __init__(self, look: Look, wording: Wording) -> None:
        super().__init__(look, wording, "commune")
        self.search = self.line("first.commune.search")
        self.search.textChanged.connect(self._filter)
        self.list = QListWidget()
        self.list.setAccessibleName(self.say("first.commune.title"))
        self.list.itemActivated.connect(lambda _item: self.onward.emit())
        self.column.addWidget(self.list, 1)
        self.first = self.search
        self._communes: list[tuple[str, Commune]] = []

    def _filter(self, text: str) -> None:
        if not self._communes:  # the tables are read when the first letter is typed, so that the page is there at once
            here = [commune for commune in gazetteer().communes if commune.current]
            here.sort(key=lambda commune: (commune.province_code != _HOME_PROVINCE, commune.code))
            self._communes = [(place_key(commune.name), commune) for commune in here]
        wanted = place_key(text)
        self.list.clear()
        for key, commune in self._communes:
            if wanted and (wanted in key or commune.code.startswith(wanted)):
                item = QListWidgetItem(f"{commune.name}, {commune.province} ({commune.code})")
                item.setData(Qt.ItemDataRole.UserRole, (commune.code, commune.name))
                item.setSizeHint(QSize(0, self.look.px(TARGET)))
                self.list.addItem(item)
                if self.list.count() >= _MOST:
                    break
        self.list.setCurrentRow(0)

    def _chosen(self) -> tuple[str, str]:
        if self.list.currentRow() < 0:
            return ("", "")
        code, name = self.list.currentItem().data(Qt.ItemDataRole.UserRole)
        return (str(code), str(name))

    def code(self) -> str:
        """The chosen commune's code."""
        return self._chosen()[0]

    def name(self) -> str:
        """The chosen commune's name."""
        return self._chosen()[1]

    def missing(self) -> str:
        """A commune has to be chosen from the list."""
        return "" if self.code() else self.say("first.commune.missing")


class OfficerPage(FirstPage):
    """Who works here, and for which unit."""

    def __init__(self, look: Look, wording: Wording) -> None:
        super().__init__(look, wording, "officer")
        self.officer = self.line("ui.first.officer")
        self.unit = self.line("ui.first.unit")
        self.headquarters = QCheckBox(self.say("ui.first.headquarters"))
        self.column.addWidget(self.headquarters)
        self.suite = QComboBox()
        for name in SUITES:
            self.suite.addItem(self.say(f"suite.{name}"), name)
        self.suite.setAccessibleName(self.say("first.suite"))
        self.suite.setMinimumHeight(look.px(TARGET))
        self.column.addWidget(label(self.say("first.suite"), "muted"))
        self.column.addWidget(self.suite)
        self.column.addWidget(label(self.say("first.suite.why"), "muted", wrap=True))
        self.column.addStretch(1)
        self.first = self.officer

    def unit_name(self) -> str:
        """The unit's own name, "" when it is named after the commune."""
        return self.unit.text().strip()

    def missing(self) -> str:
        """An officer signs every act with a name."""
        return "" if self.officer.text().strip() else self.say("ui.first.no_officer")


class PassphrasePage(FirstPage):
    """A passphrase that a stolen laptop withstands, typed twice."""

    def __init__(self, look: Look, wording: Wording) -> None:
        super().__init__(look, wording, "passphrase")
        self.passphrase = self.line("ui.first.passphrase", secret=True)
        self._bar = QProgressBar()
        self._bar.setRange(0, len(Strength) - 1)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.say("first.passphrase.strength"))
        self._word = label("", "muted", wrap=True)
        self.column.addWidget(self._bar)
        self.column.addWidget(self._word)
        self.again = self.line("ui.first.again", secret=True)
        show = QCheckBox(self.say("ui.unlock.show"))
        show.toggled.connect(self._echo)
        self.column.addWidget(show)
        self.column.addStretch(1)
        self.passphrase.textChanged.connect(self._measure)
        self.first = self.passphrase
        self._measure("")

    def _measure(self, text: str) -> None:
        strength = strength_of(text)
        self._bar.setValue(int(strength))
        self._word.setText(self.say(f"strength.{strength.name.lower()}") if text else self.say("strength.none"))

    def _echo(self, shown: bool) -> None:
        for box in (self.passphrase, self.again):
            box.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)

    def missing(self) -> str:
        """Strong enough, and twice the same."""
        if strength_of(self.passphrase.text()) is Strength.WEAK:
            return self.say("first.passphrase.weak")
        if self.passphrase.text() != self.again.text():
            return self.say("ui.first.not_the_same")
        return ""


class FinishPage(FirstPage):
    """What will be made, and whether to enrol at once."""

    def __init__(self, look: Look, wording: Wording, folder: str) -> None:
        super().__init__(look, wording, "finish")
        self._summary = label("", "heading", wrap=True)
        self.column.addWidget(self._summary)
        self.column.addWidget(label(self.say("first.finish.folder", folder=folder), "muted", wrap=True))
        self.enrol = QCheckBox(self.say("first.finish.enrol"))
        self.enrol.setChecked(True)
        self.column.addWidget(self.enrol)
        self.column.addWidget(label(self.say("first.finish.paper"), "warn", wrap=True))
        self.column.addStretch(1)
        self.first = self.enrol

    def summarise(self, commune: str, officer: str, unit: str) -> None:
        """Say once more what was chosen."""
        self._summary.setText(self.say("first.finish.summary", officer=officer, commune=commune, unit=unit or commune))


class LaterPages(NamedTuple):
    """In the order in which they are asked."""

    commune: CommunePage
    officer: OfficerPage
    passphrase: PassphrasePage
    finish: FinishPage


def later_pages(look: Look, wording: Wording, folder: str) -> LaterPages:
    """All pages after the first one; `folder` is where the home will lie, as the officer is told it."""
    return LaterPages(
        CommunePage(look, wording),
        OfficerPage(look, wording),
        PassphrasePage(look, wording),
        FinishPage(look, wording, folder),
    )
