"""The log and the home's copies, Ctrl+0: who looked at, printed and took out what, what was written by whom, backups.

Whoever may not read the log is told so by the use case, as everywhere; the page itself decides nothing.
"""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from fieldtool.ui.backup_tab import BackupTab
from fieldtool.ui.log_tabs import LogTab, looks_tab, operations_tab
from fieldtool.ui.look import label
from fieldtool.ui.office import Office


class JournalPage(QWidget):
    """Three tabs, Alt+1 to Alt+3; F5 reads again. Each reading is noted in the journal, so nothing is read unasked."""

    guide = "settings"  # the page of the user guide that F1 opens

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.setObjectName("page")
        say = office.say
        self.looks, self.work = looks_tab(office), operations_tab(office)
        self.backup = BackupTab(office)
        self.tabs = QTabWidget()
        for place, (code, tab) in enumerate(
            (("looks", self.looks), ("work", self.work), ("backup", self.backup)), start=1
        ):
            self.tabs.addTab(tab, f"{say(f'ui.log.tab.{code}')} (Alt+{place})")
            shortcut = QShortcut(QKeySequence(f"Alt+{place}"), self)
            shortcut.activated.connect(lambda place=place: self.tabs.setCurrentIndex(place - 1))
        again = QShortcut(QKeySequence("F5"), self)
        again.activated.connect(self.refresh)
        self.tabs.currentChanged.connect(lambda _place: self.refresh())
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 10, 16, 10)
        page.addWidget(label(say("ui.log.title"), "title"))
        page.addWidget(self.tabs, 1)

    def showEvent(self, event: QShowEvent) -> None:
        """Read the tab in sight."""
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Read the tab in sight anew."""
        tab = self.tabs.currentWidget()
        if isinstance(tab, LogTab):
            tab.read()
