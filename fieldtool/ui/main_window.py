"""The main window: the rail at the left, one page at a time, the status bar; shows troubles in words."""

from __future__ import annotations

import traceback
from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QMessageBox,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from fieldtool.records.errors import Cancelled, FieldtoolError
from fieldtool.ui.cases_page import CasesPage
from fieldtool.ui.cut_label import CutLabel
from fieldtool.ui.desk_page import DeskPage
from fieldtool.ui.entry_page import EntryPage
from fieldtool.ui.exchange_page import ExchangePage
from fieldtool.ui.figures_page import FiguresPage
from fieldtool.ui.help_window import HelpWindow
from fieldtool.ui.households_page import HouseholdsPage
from fieldtool.ui.import_page import ImportPage
from fieldtool.ui.journal_page import JournalPage
from fieldtool.ui.look import ThemeName
from fieldtool.ui.lookup_window import LookupWindow
from fieldtool.ui.office import Office
from fieldtool.ui.scan_panel import ScanPanel
from fieldtool.ui.settings_page import SettingsPage
from fieldtool.ui.visit_page import VisitPage
from fieldtool.usecases.today import today_of
from fieldtool.wording.catalogue import Language
from fieldtool.wording.days import day_told
from fieldtool.wording.guide import START

# Pages by their place in the stack; the rail shows them in the order of the working day, and Ctrl+number follows it.
# The log and the backups have no place in the rail: few need them, Ctrl+0 and the settings lead there.
PEOPLE, DESK, IMPORT, EXCHANGE, SETTINGS, VISITS, CASES, ENTRY, FIGURES, JOURNAL = range(10)
_RAIL = (
    ("ui.rail.people", "home", PEOPLE),
    ("ui.rail.visits", "door", VISITS),
    ("ui.rail.desk", "git-compare", DESK),
    ("ui.rail.cases", "clipboard", CASES),
    ("ui.rail.import", "file-import", IMPORT),
    ("ui.rail.entry", "keyboard", ENTRY),
    ("ui.rail.figures", "chart", FIGURES),
    ("ui.rail.exchange", "usb", EXCHANGE),
    ("ui.rail.settings", "settings", SETTINGS),
)


class MainWindow(QMainWindow):
    """Pages over one open home; Ctrl+1 to Ctrl+9 walk the rail, Ctrl+0 shows log and backups, F1 help, F3 looks up,
    Ctrl+L locks."""

    wants_lock = Signal()

    def __init__(
        self,
        office: Office,
        restyle: Callable[[Language, ThemeName, int], None],
        relock: Callable[[int], None] = lambda minutes: None,
    ) -> None:
        super().__init__()
        self._office = office
        say = office.say
        self.setWindowTitle(say("ui.window", unit=office.home.card.unit_name))
        self.people, self.desk = HouseholdsPage(office), DeskPage(office)
        self.import_page, self.exchange = ImportPage(office), ExchangePage(office)
        self.settings = SettingsPage(office, restyle, relock)
        self._pages = QStackedWidget()
        self.visits, self.cases = VisitPage(office), CasesPage(office)
        self.entry, self.figures = EntryPage(office), FiguresPage(office)
        self.journal = JournalPage(office)
        for page in (
            self.people, self.desk, self.import_page, self.exchange, self.settings, self.visits, self.cases, self.entry,
            self.figures, self.journal,
        ):  # fmt: skip
            self._pages.addWidget(page)
        self._buttons = QButtonGroup(self)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._rail())
        row.addWidget(self._pages, 1)
        middle = QWidget()
        middle.setLayout(row)
        self.setCentralWidget(middle)
        self._state = CutLabel()
        self.statusBar().addPermanentWidget(self._state)
        self.people.wants_desk.connect(self._to_desk)
        self.people.wants_case.connect(self._to_case)
        self.figures.wants_case.connect(self._to_case)
        self.scan = ScanPanel(office, self)
        self.scan.wants_household.connect(self._to_visit)
        self.visits.wants_scan.connect(self.scan.open_for)
        self.settings.wants_log.connect(lambda: self.go(JOURNAL))
        for page in (self.cases, self.figures):
            page.wants_household.connect(self._to_visit)
            page.wants_desk.connect(self._to_desk)
        office.news.said.connect(self.statusBar().showMessage)
        office.news.failed.connect(self.tell)
        office.news.changed.connect(self._refresh_state)
        self.resize(1366, 768)

    def _rail(self) -> QFrame:
        say, look = self._office.say, self._office.look
        rail = QFrame()
        rail.setObjectName("rail")
        rail.setFixedWidth(look.px(88))
        column = QVBoxLayout(rail)
        column.setContentsMargins(6, 8, 6, 8)
        column.setSpacing(2)
        for number, (code, icon, place) in enumerate(_RAIL, start=1):
            button = self._rail_button(say(code), icon)
            button.setCheckable(True)
            button.setToolTip(f"{say(code)} (Ctrl+{number})")
            self._buttons.addButton(button, place)
            button.clicked.connect(lambda _checked=False, place=place: self.go(place))
            shortcut = QShortcut(QKeySequence(f"Ctrl+{number}"), self)
            shortcut.activated.connect(lambda place=place: self.go(place))
            if number == len(_RAIL):
                column.addStretch(1)
                helper = self._rail_button("F1", "help-circle")
                helper.setAccessibleName(say("ui.help.title"))
                helper.clicked.connect(lambda _checked=False: self.show_help())
                finder = self._rail_button("F3", "search")
                finder.setAccessibleName(say("ui.lookup.title"))
                finder.setToolTip(f"{say('ui.lookup.title')} (F3)")
                finder.clicked.connect(lambda _checked=False: self.show_lookup())
                pair = QHBoxLayout()
                pair.setSpacing(2)
                for small in (helper, finder):
                    small.setFixedWidth(look.px(37))
                    pair.addWidget(small)
                column.addLayout(pair)
            column.addWidget(button)
        shortcut = QShortcut(QKeySequence("Ctrl+0"), self)
        shortcut.activated.connect(lambda: self.go(JOURNAL))
        shortcut = QShortcut(QKeySequence("F1"), self)
        shortcut.activated.connect(self.show_help)
        shortcut = QShortcut(QKeySequence("F3"), self)
        shortcut.activated.connect(self.show_lookup)
        shortcut = QShortcut(QKeySequence("Ctrl+L"), self)
        shortcut.activated.connect(self.wants_lock)
        return rail

    def _rail_button(self, text: str, icon: str) -> QToolButton:
        look = self._office.look
        button = QToolButton()
        button.setObjectName("rail")
        button.setText(text)
        button.setAccessibleName(text)
        button.setIcon(look.icon(icon, "accent"))
        button.setIconSize(QSize(26, 26))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setFixedWidth(look.px(76))
        button.setMinimumHeight(46)
        button.setMaximumHeight(look.px(62))
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        return button

    def start(self) -> None:
        """Show the first page with what the home holds."""
        self._office.news.changed.emit()
        self.go(0)

    def place(self) -> str:
        """Where the officer is: the page, and the person or doubt on it; `return_to` comes back there."""
        page = self._pages.currentIndex()
        shown = {0: self.people.shown, 1: self.desk.shown, VISITS: self.visits.shown}.get(page, str)()
        return f"{page} {shown}".strip()

    def return_to(self, place: str) -> None:
        """Go back to a kept place; what is gone since, or written by another version, leaves the page itself."""
        number, _, shown = place.partition(" ")
        page = int(number) if number.isascii() and number.isdigit() else 0
        if page >= self.page_count():
            return
        self.go(page)
        if shown and page == 0:
            self.people.show_person(shown)
        elif shown and page == 1:
            self.desk.return_to(shown)
        elif shown and page == VISITS:
            self.visits.open(shown)

    def page_count(self) -> int:
        """How many pages the rail has."""
        return self._pages.count()

    def go(self, place: int) -> None:
        """Show a page of the rail."""
        button = self._buttons.button(SETTINGS if place == JOURNAL else place)
        if button is not None:
            button.setChecked(True)
        self._pages.setCurrentIndex(place)
        focus = {
            PEOPLE: self.people.search,
            DESK: self.desk,
            IMPORT: self.import_page.choose,
            EXCHANGE: self.exchange.receive,
            VISITS: self.visits,
            CASES: self.cases.list,
            ENTRY: self.entry,
            FIGURES: self.figures,
            JOURNAL: self.journal.tabs,
        }.get(place)
        if focus is not None:
            focus.setFocus()

    def _to_desk(self, person: str) -> None:
        self.desk.open_person(person)
        self.go(DESK)

    def _to_visit(self, household: str) -> None:
        self.go(VISITS)
        self.visits.open(household)

    def _to_case(self, id: str) -> None:
        self.go(CASES)
        self.cases.show_case(id)

    def _refresh_state(self) -> None:
        # Documents are left out: counting them reads them all, which in a large home costs more than the next doubt.
        counts = self._office.people.counts("persons", "doubts", "events")
        office = self._office
        told = office.say("ui.status", persons=counts["persons"], doubts=counts["doubts"], events=counts["events"])
        day = today_of(office.home.clock, office.work, office.home.card.device)
        if day.set_back:
            told = f"{office.say('clock.set_back', day=day_told(day.day), at=day_told(day.at))} · {told}"
        self._state.setText(told)

    def tell(self, error: object) -> None:
        """Tell of a trouble: message, what to do next, code. A defect is told as one, with its trace for support."""
        say = self._office.say
        if isinstance(error, Cancelled):
            self.statusBar().showMessage(self._office.wording.error(error)[0])
            return
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Warning)
        if isinstance(error, FieldtoolError):
            message, hint = self._office.wording.error(error)
            box.setWindowTitle(say("ui.trouble"))
            box.setText(message)
            box.setInformativeText(f"{hint}\n[{error.code}]")
        elif isinstance(error, BaseException):
            box.setWindowTitle(say("ui.defect"))
            box.setText(say("ui.defect.text"))
            box.setDetailedText("".join(traceback.format_exception(error)))
        box.show()

    def show_lookup(self) -> None:
        """Card, age, places, surnames and numbers in a window beside the work, one however often it is asked for."""
        window = self.findChild(LookupWindow) or LookupWindow(self._office, self)
        window.show()
        window.activateWindow()
        window.show_tab(window.tabs.currentIndex())

    def show_help(self) -> None:
        """The user guide at the page in hand, offline, in one window however often it is asked for."""
        helper = self.findChild(HelpWindow) or HelpWindow(self._office.look, self._office.wording, self)
        helper.show_at(getattr(self._pages.currentWidget(), "guide", START))
        helper.show()
        helper.activateWindow()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let the running job stop cleanly before the home is closed."""
        self.people.stop()
        for page in (self.visits, self.entry):
            page.stop()
        self.scan.stop()
        self._office.worker.cancel()
        event.accept()
