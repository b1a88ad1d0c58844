"""After a while without input, or at Ctrl+L, the home is closed and the passphrase asked for again; nothing is lost."""

from __future__ import annotations

import gc
import shutil
from collections import Counter

import pytest
from desk_home import fill
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from fieldtool.app import create_from_gate
from fieldtool.excel.read_book import ChildWorkbooks
from fieldtool.homes import open_home
from fieldtool.records.fields import Field
from fieldtool.records.roles import OfficerRole
from fieldtool.store.opening import Store
from fieldtool.ui.gate import UnlockPage
from fieldtool.ui.idle import USUAL, IdleWatch, minutes_of
from fieldtool.ui.main_window import DESK, SETTINGS, VISITS, MainWindow
from fieldtool.ui.office import Office
from fieldtool.ui.start import Program
from fieldtool.ui.users_card import UsersCard
from fieldtool.ui.window_doors import WindowDoors
from fieldtool.usecases import users

GOOD = "mây trắng bò vàng khe núi"


class Watched:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.at = 1000.0

    def now(self) -> float:
        return self.at


@pytest.fixture(name="program")
def _program(tmp_path, qapp, qtbot):
    """The window over a new home with a passphrase."""
    folder = tmp_path / "kho"
    create_from_gate(folder, GOOD, "Lô Thực Hành", "16906", "", False)
    program = Program(qapp, WindowDoors(create_from_gate, open_home, ChildWorkbooks, lambda at: GOOD), folder)
    program.start(GOOD)
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow), timeout=60_000)
    assert isinstance(program.window, MainWindow)
    program.window.show()
    yield program
    program.window.hide()
    program.close()
    shutil.rmtree(folder)


def locked(program, qtbot):
    qtbot.waitUntil(lambda: program._context is None, timeout=60_000)
    page = program.window.centralWidget()
    assert isinstance(page, UnlockPage)
    assert [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow) and w.isVisible()] == []
    return page


def opened(program, qtbot):
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow), timeout=60_000)
    return program.window


def alive():
    """How many of what a home is shown by and held in can still be reached, what other tests left included."""
    gc.collect()
    return Counter(type(one).__name__ for one in gc.get_objects() if type(one) in (MainWindow, Office, Store))


def test_nothing_of_a_locked_home_stays_in_memory(program, qtbot):
    """Its window, its people and its key were kept by one connection to a signal that outlived the window."""
    before = alive()
    program.lock()
    locked(program, qtbot)
    qtbot.waitUntil(lambda: set(before - alive()) == {"MainWindow", "Office", "Store"}, timeout=60_000)


def test_the_watch_counts_from_the_last_input(qapp, qtbot):
    clock, page = Watched(), QWidget()
    qtbot.addWidget(page)
    page.show()
    watch = IdleWatch(qapp, clock.now)
    told = []
    watch.idle.connect(lambda: told.append(clock.at))
    watch.start()
    qapp.focusWindowChanged.emit(page.windowHandle())
    clock.at += 60 * USUAL - 1
    watch.look()
    assert told == []
    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(page.windowHandle(), key)
    clock.at += 60 * USUAL - 1
    watch.look()
    assert told == []
    clock.at += 1
    watch.look()
    assert len(told) == 1
    watch.stop()
    watch.stop()
    qapp.focusWindowChanged.emit(page.windowHandle())  # nobody looks any more
    watch.look()
    assert len(told) == 2


@pytest.mark.parametrize(("kept", "minutes"), [("", USUAL), ("5", 5), ("30", 30), ("0", USUAL), ("x", USUAL)])
def test_only_offered_minutes_are_kept(kept, minutes):
    assert minutes_of(kept) == minutes


def test_locked_home_asks_for_the_passphrase_and_returns_to_the_page(program, qtbot):
    program.window.go(SETTINGS)
    qtbot.waitUntil(program._worker.resting, timeout=60_000)
    qtbot.keyClick(program.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    page = locked(program, qtbot)
    with open_home(program._folder, GOOD):  # nobody holds it any more
        pass
    page.passphrase.setText("một câu sai hẳn đây")
    page.open.click()
    qtbot.waitUntil(page.open.isEnabled, timeout=60_000)
    assert program._context is None
    page.passphrase.setText(GOOD)
    page.open.click()
    assert opened(program, qtbot).place() == str(SETTINGS)


def test_a_value_half_typed_at_the_desk_stands_in_its_line_after_the_lock(program, qtbot):
    fill(program._opened.home)
    window = program.window
    window.go(DESK)
    window.desk.refresh()
    window.desk.open_doubt("p4:name")
    window.desk.says.type_value()
    line = window.desk._choices.line
    line.selectAll()
    for letter in "Vi Thị Dượng":
        event = QInputMethodEvent()
        event.setCommitString(letter)
        QApplication.sendEvent(line, event)
    qtbot.waitUntil(program._worker.resting, timeout=60_000)
    program._idle.idle.emit()  # nobody touched the program for the minutes of the setting
    page = locked(program, qtbot)
    page.passphrase.setText(GOOD)
    page.open.click()
    desk = opened(program, qtbot).desk
    qtbot.waitUntil(lambda: desk._choices.line.isVisible(), timeout=60_000)
    assert (desk.shown(), desk._choices.line.text()) == ("p4:name", "Vi Thị Dượng")
    qtbot.keyClick(desk._choices.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not desk._waiting, timeout=60_000)
    assert desk._office.people.person("p4").value(Field.NAME) == "Vi Thị Dượng"


def test_a_running_job_is_not_cut_off(program, qtbot):
    gate, done = [False], []

    def long(progress):
        while not gate[0]:
            progress(0, 0, "read")

    program._worker.submit(long, lambda _: done.append("whole"), lambda error: done.append(error))
    program._idle.idle.emit()  # somebody waits for the job, perhaps without touching anything
    QApplication.processEvents()
    assert isinstance(program.window, MainWindow) and program._context is not None
    program.lock()
    QApplication.processEvents()
    assert program._context is not None
    gate[0] = True
    locked(program, qtbot)
    assert done == ["whole"]


def test_the_choice_is_kept_in_the_home(program, qtbot):
    box = program.window.settings.lock
    box.setCurrentIndex(box.findData(5))
    assert program._idle.minutes == 5
    qtbot.waitUntil(program._worker.resting, timeout=60_000)
    program.lock()
    page = locked(program, qtbot)
    page.passphrase.setText(GOOD)
    page.open.click()
    assert opened(program, qtbot).settings.lock.currentData() == 5
    assert program._idle.minutes == 5


def test_a_place_of_a_household_is_read_back(window):
    household = window._office.people.households(window._office.people.villages()[0].id)[0].id
    window.return_to(f"{VISITS} {household}")
    assert window.place() == f"{VISITS} {household}"


def test_a_collector_is_added_with_his_village(window, office, qtbot):
    users.set_pin(office.home, "1234")
    card = window.settings.findChild(UsersCard)
    card.name.setText("Vi Văn Tám")
    card.role.setCurrentIndex(card.role.findData(OfficerRole.COLLECTOR))
    village = office.people.villages()[0].id
    card.villages.choose([village])
    card.new_pin.setText("9999")
    card.add()
    qtbot.waitUntil(lambda: any(item.villages == (village,) for item in users.users(office.home)), timeout=60_000)
