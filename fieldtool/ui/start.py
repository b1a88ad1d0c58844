"""From nothing to a window: fonts, look, the gate, the home opened off the window's thread, the main window."""

from __future__ import annotations

import gc
import importlib
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon, QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QPushButton

from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.tables import RESOURCES
from fieldtool.ui.gate import UnlockPage
from fieldtool.ui.idle import LOCK, IdleWatch, minutes_of
from fieldtool.ui.look import Look, ThemeName, application, load_fonts
from fieldtool.ui.qt_words import QtWords
from fieldtool.ui.token_pin import TokenPin
from fieldtool.ui.window_doors import WindowDoors
from fieldtool.ui.worker import Worker
from fieldtool.wording.catalogue import Language, Wording

if TYPE_CHECKING:  # the gate does without what stands behind these names, and is on the screen sooner
    from fieldtool.ports import FieldWork, People, Progress
    from fieldtool.ui.first_start import FirstStart
    from fieldtool.ui.opened_home import OpenedHome
    from fieldtool.ui.restore_page import RestorePage

_LOOK = "ui.look"  # setting: language, theme, zoom
_PLACE = "ui.place"  # setting: where the officer was, see MainWindow.place
_EXCHANGE = "3"  # the page on which a new laptop enrols
_KEEP_EVERY = 2000  # milliseconds
_SOON = 20  # milliseconds


class Program:
    """One run of the window: at most one home open, closed when the window goes."""

    def __init__(self, app: QApplication, doors: WindowDoors, folder: Path) -> None:
        self._app, self._doors, self._folder = app, doors, folder
        self._look, self._wording = Look(), Wording()
        self._pin = TokenPin(lambda: self._wording)
        self._aside = ""  # where a home lies that a backup took the place of, told once
        self._worker = Worker(in_words=doors.in_words)
        self._context: AbstractContextManager[OpenedHome] | None = None
        self._opened: OpenedHome | None = None
        self._people: People | None = None
        self._work: FieldWork | None = None
        self._words: QtWords | None = None
        self.window: QMainWindow | None = None
        self._kept = self._first_place = ""
        self._keeper = QTimer()
        self._keeper.timeout.connect(self._keep_place)
        self._idle = IdleWatch(app)
        self._idle.idle.connect(lambda: self.lock() if self._worker.resting() else None)
        self._locking = False
        load_fonts()
        self._dress()

    def _dress(self) -> None:
        if self._words is not None:
            self._app.removeTranslator(self._words)
        self._words = QtWords(self._wording)
        self._app.installTranslator(self._words)
        self._look.apply(self._app)

    def start(self, passphrase: str = "") -> None:
        """Open the home at once when the passphrase is known, else show the gate."""
        if passphrase:
            self._enter(passphrase, self._refused_at_start)
        elif (self._folder / "home.db").exists():
            self._show_unlock()
        else:
            self._show_first_start()

    def _show_restore(self) -> None:
        from fieldtool.ui.restore_page import RestorePage  # late: seldom asked for

        page, restore, folder = (
            RestorePage(self._look, self._wording, str(self._folder)),
            self._doors.restore,
            self._folder,
        )

        def refused(error: BaseException) -> None:
            page.tell(*self._wording.error(_told(error)))

        def bring(file: Path, passphrase: str) -> None:
            def act(progress: Progress) -> Path | None:
                return restore(file, folder, passphrase, True, progress) if restore else None

            def done(old: Path | None) -> None:
                self._aside = self._wording.say("restore.aside", folder=old) if old else ""
                self._enter(passphrase, refused)

            self._worker.submit(act, done, refused)

        page.entered.connect(bring)
        page.stopped.connect(self._worker.cancel)
        page.left.connect(lambda: self.start())
        self._worker.progressed.connect(page.progress)
        self._gate_window(page)
        page.choose.setFocus()

    def _gate_window(self, page: UnlockPage | FirstStart | RestorePage) -> None:
        window = QMainWindow()
        window.setWindowTitle("fieldtool")
        window.setCentralWidget(page)
        QShortcut(QKeySequence("F1"), window).activated.connect(lambda: self._show_help(window))
        window.resize(1366, 768)
        window.show()
        self.window = window

    def _show_help(self, window: QMainWindow) -> None:
        from fieldtool.ui.help_window import HelpWindow  # late: the gate is on the screen sooner

        HelpWindow(self._look, self._wording, window).show()

    def lock(self) -> None:
        """Close the home and ask for the passphrase again, once no job runs; the officer comes back to where he was.

        Every window is gone before the home is: nothing of it stays on the screen, and its key leaves the memory of
        the driver. What was typed lies in the drafts.
        """
        if self._context is None or self._locking:
            return
        self._locking = True
        self._keep_place()
        self._lock_when_resting()

    def _lock_when_resting(self) -> None:
        if not self._worker.resting():
            QTimer.singleShot(_SOON, self._lock_when_resting)
            return
        self._keeper.stop()
        self._idle.stop()
        shown = [window for window in self._app.topLevelWidgets() if window.isVisible()]
        self._show_unlock("ui.locked")
        for window in shown:
            window.close()
            window.deleteLater()
        QTimer.singleShot(0, self._close_home)

    def _close_home(self) -> None:
        """Close the home once what the closing windows still wrote is written."""
        if not self._worker.resting():
            QTimer.singleShot(_SOON, self._close_home)
            return
        self._locking = False
        context, self._context = self._context, None
        self._opened = self._people = self._work = None
        if context is not None:
            context.__exit__(None, None, None)
        gc.collect()  # pages hold one another in rings: what they showed goes now, not at some later time

    def _show_unlock(self, told: str = "") -> None:
        page = UnlockPage(self._look, self._wording, str(self._folder))
        page.entered.connect(lambda text: self._enter(text, lambda error: page.tell(*self._wording.error(error))))
        if told:
            page.say(self._wording.say(told))
        self._offer_recovery(page)
        self._offer_restore(page.restore)
        self._gate_window(page)
        page.passphrase.setFocus()

    def _offer_restore(self, button: QPushButton) -> None:
        button.setVisible(self._doors.restore is not None)
        button.clicked.connect(lambda _checked=False: self._show_restore())

    def _offer_recovery(self, page: UnlockPage) -> None:
        ask, finish, folder, box = self._doors.ask_recovery, self._doors.finish_recovery, self._folder, page.recovery
        if ask is None or finish is None:
            page.forgot.hide()
            return

        def refused(error: BaseException) -> None:
            message, hint = self._wording.error(_told(error))
            box.tell(f"{message}. {hint}")

        def finished(file: Path, passphrase: str) -> None:
            act = partial(finish, folder, file, passphrase)
            self._worker.submit(lambda progress: act(), lambda _none: self._enter(passphrase, refused), refused)

        box.asked.connect(
            lambda target: self._worker.submit(
                lambda progress: ask(folder, target), lambda found: box.show_words(*found), refused
            )
        )
        box.answered.connect(finished)

    def _show_first_start(self) -> None:
        from fieldtool.ui.first_start import FirstStart  # late: once in a home's life

        page = FirstStart(self._look, self._wording, str(self._folder))

        def make(
            officer: str, commune: str, unit: str, headquarters: bool, passphrase: str, enrol: bool, suite: str
        ) -> None:
            self._first_place = _EXCHANGE if enrol else ""
            made = (passphrase, officer, commune, unit, headquarters, suite)
            self._worker.submit(
                lambda progress: self._doors.create(self._folder, *made),
                lambda _done: self._enter(passphrase, refused),
                lambda error: refused(_told(error)),
            )

        def practise() -> None:
            self._folder = self._folder.with_name("practice")
            self._worker.submit(
                lambda progress: self._doors.practice(self._folder),
                lambda passphrase: self._enter(passphrase, refused),
                lambda error: refused(_told(error)),
            )

        def refused(error: FieldtoolError) -> None:
            page.tell(*self._wording.error(error))

        page.entered.connect(make)
        page.practice.connect(practise)
        self._offer_restore(page.begin.restore)
        self._gate_window(page)
        page.show_page(0)

    def _refused_at_start(self, error: FieldtoolError) -> None:
        self._show_unlock()
        page = self.window.centralWidget() if self.window else None
        if isinstance(page, UnlockPage):
            page.tell(*self._wording.error(error))

    def _enter(self, passphrase: str, refused: Callable[[FieldtoolError], None]) -> None:
        def opening(progress: Progress) -> tuple[AbstractContextManager[OpenedHome], OpenedHome, People, FieldWork]:
            # The pages and all that stands behind them are loaded here, beside the slow unlocking, so that the gate
            # is on the screen at once.
            importlib.import_module("fieldtool.ui.main_window")
            self._doors.ask_token_pin(self._pin.ask)  # a token signs from here on
            context = self._doors.open(self._folder, passphrase)
            opened = context.__enter__()
            return context, opened, opened.reader(), opened.work_reader()

        def done(found: tuple[AbstractContextManager[OpenedHome], OpenedHome, People, FieldWork]) -> None:
            self._context, self._opened, self._people, self._work = found
            self._read_look()
            self._show_main()
            self._return()

        self._worker.submit(opening, done, lambda error: refused(_told(error)))

    def _read_look(self) -> None:
        kept = self._opened.home.settings.get(_LOOK).split() if self._opened else []
        self._kept = self._opened.home.settings.get(_PLACE) if self._opened else ""
        self._kept = self._kept or self._first_place
        self._idle.minutes = minutes_of(self._opened.home.settings.get(LOCK) if self._opened else "")
        if len(kept) == 3:
            self._wording = Wording(Language(kept[0]))
            self._look = Look(ThemeName(kept[1]), int(kept[2]))
            self._dress()

    def _return(self) -> None:
        """Go back to where the officer was when the program ended, however it ended; then keep the place in mind."""
        from fieldtool.ui.main_window import MainWindow

        if isinstance(self.window, MainWindow) and self._kept:
            self.window.return_to(self._kept)
        if self.window is not None and (told := self._told_once()):
            self.window.statusBar().showMessage(told)
        self._keeper.start(_KEEP_EVERY)
        self._idle.start()

    def _told_once(self) -> str:
        """What happened to the program since the last time, in words; "" when nothing did."""
        if self._aside:
            told, self._aside = self._aside, ""
            return told
        word, _, version = self._doors.setup.partition(" ")
        if version and self._wording.knows(f"setup.{word}"):
            return self._wording.say(f"setup.{word}", version=version)
        return self._wording.say("crash.left", file=self._doors.left) if self._doors.left else ""

    def _keep_place(self) -> None:
        place = getattr(self.window, "place", str)()
        if place and place != self._kept and self._opened is not None:
            self._kept = place
            settings = self._opened.home.settings
            self._worker.submit(lambda progress: settings.put(_PLACE, place), lambda _done: None, lambda _error: None)

    def defect(self, error: object) -> None:
        """Keep a report of what is no FieldtoolError, and say where it lies."""
        if isinstance(error, BaseException) and not isinstance(error, FieldtoolError):
            file = self._doors.defect(error)
            if self.window is not None and file:
                self.window.statusBar().showMessage(self._wording.say("crash.kept", file=file))

    def unforeseen(self, error: BaseException) -> None:
        """A defect that no job caught: kept, and told in the window, which goes on."""
        error = self._doors.in_words(error)
        self.defect(error)
        tell = getattr(self.window, "tell", None)
        if tell is not None:
            tell(error)

    def _show_main(self, page: int = 0) -> None:
        if self._opened is None or self._people is None or self._work is None:
            return
        from fieldtool.ui.main_window import MainWindow
        from fieldtool.ui.office import News, Office

        office = Office(
            home=self._opened.home,
            people=self._people,
            workbooks=self._doors.workbooks(),
            worker=self._worker,
            wording=self._wording,
            look=self._look,
            work=self._work,
            outputs=self._opened.outputs(),
            news=News(),
            forms=self._doors.forms,
            upkeep=self._opened.upkeep(),
            locks=self._opened,
            store=self._opened,
            lock_minutes=self._idle.minutes,
        )
        office.news.failed.connect(self.defect)
        office.news.destroyed.connect(self.lock)
        window = MainWindow(office, self._restyle, self._relock)
        window.wants_lock.connect(self.lock)
        old, self.window = self.window, window
        if old is not None:
            window.setGeometry(old.geometry())
            old.hide()
            old.deleteLater()
        window.start()
        window.go(page)
        window.show()

    def _restyle(self, language: Language, theme: ThemeName, zoom: int) -> None:
        """Build the window anew in another look, and keep the choice in the home."""
        self._wording, self._look = Wording(language), Look(theme, zoom)
        self._dress()
        if self._opened is not None:
            settings = self._opened.home.settings
            text = f"{language} {theme} {zoom}"
            self._worker.submit(lambda progress: settings.put(_LOOK, text), lambda _done: None, lambda _error: None)
        self._show_main(4)

    def _relock(self, minutes: int) -> None:
        """Keep after how many minutes the program locks itself."""
        self._idle.minutes = minutes
        if self._opened is not None:
            settings = self._opened.home.settings
            self._worker.submit(
                lambda progress: settings.put(LOCK, str(minutes)), lambda _done: None, lambda _error: None
            )

    def close(self) -> None:
        """Stop the worker, then close the home."""
        self._keeper.stop()
        self._idle.stop()
        self._keep_place()
        self._worker.close()
        if self._context is not None:
            self._context.__exit__(None, None, None)
            self._context = None


def _told(error: BaseException) -> FieldtoolError:
    """A trouble for the gate: what is no FieldtoolError is a defect and is told as one."""
    if isinstance(error, FieldtoolError):
        return error
    return FieldtoolError(ErrorCode.UNEXPECTED, values={"detail": f"{type(error).__name__}: {error}"})


def run_window(folder: Path, passphrase: str, doors: WindowDoors) -> int:
    """Run the window until it is closed; returns the exit code."""
    app = application()
    icon = QPixmap()  # of a named format, else every picture plugin is loaded; the format is text, whatever stubs say
    icon.load(str(RESOURCES / "icons" / "fieldtool.png"), "PNG")  # type: ignore[arg-type]
    app.setWindowIcon(QIcon(icon))
    program = Program(app, doors, folder)
    # What a page raises outside of a job ends here: Python's default would print it where no officer looks.
    sys.excepthook = lambda kind, error, trace: program.unforeseen(error)
    program.start(passphrase)
    try:
        return app.exec()
    finally:
        sys.excepthook = sys.__excepthook__
        program.close()
