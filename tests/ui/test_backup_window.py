"""A home is backed up, rehearsed, lost and brought back from the window alone."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtWidgets import QApplication

from fieldtool.app import create_from_gate
from fieldtool.excel.read_book import ChildWorkbooks
from fieldtool.homes import open_home, restore_home
from fieldtool.records.events import Draft, RecordKind
from fieldtool.ui.first_start import FirstStart
from fieldtool.ui.gate import UnlockPage
from fieldtool.ui.main_window import JOURNAL, MainWindow
from fieldtool.ui.restore_page import RestorePage
from fieldtool.ui.start import Program
from fieldtool.ui.window_doors import WindowDoors

GOOD = "mây trắng bò vàng khe núi"
LONG = 60_000


@pytest.fixture(name="program")
def _program(tmp_path, qapp):
    folder = tmp_path / "kho"
    create_from_gate(folder, GOOD, "Lô Thực Hành", "16906", "", False)
    doors = WindowDoors(create_from_gate, open_home, ChildWorkbooks, lambda at: GOOD, restore=restore_home)
    program = Program(qapp, doors, folder)
    yield program
    if program.window is not None:
        program.window.hide()
    program.close()


def at_main(program, qtbot):
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow), timeout=LONG)
    assert isinstance(program.window, MainWindow)
    return program.window


def page_of(program, kind):
    page = program.window.centralWidget()
    assert isinstance(page, kind)
    return page


def rested(program, qtbot):
    qtbot.waitUntil(program._worker.resting, timeout=LONG)


def said(window):
    return window.journal.backup.told.text()


def brought(program, page, qtbot, file, words):
    page.take(file)
    page.passphrase.setText(words)
    page.enter()
    rested(program, qtbot)


def test_backed_up_rehearsed_lost_and_brought_back(program, tmp_path, qtbot):
    program.start(GOOD)
    window = at_main(program, qtbot)
    home = program._opened.home
    home.log.append([Draft(RecordKind.VILLAGE, "16906-a", "name", "Bản A", village="16906-a")])
    window.go(JOURNAL)
    window.journal.tabs.setCurrentIndex(2)
    file = tmp_path / "usb" / "kho.fieldtool-backup"
    file.parent.mkdir()
    tab = window.journal.backup
    tab.write_to(file)
    rested(program, qtbot)
    assert file.name in said(window) and file.is_file()
    assert sorted(item.name for item in file.parent.iterdir()) == [file.name]

    told = []
    window._office.news.failed.connect(told.append)
    tab.write_to(file)  # never over a file
    rested(program, qtbot)
    assert [error.code for error in told] == ["backup_exists"]

    tab.words.setText("không phải cụm này đâu nhé")
    tab.rehearse_from(file)
    rested(program, qtbot)
    assert told[-1].code == "wrong_passphrase" and tab.words.text() == ""
    tab.words.setText(GOOD)
    tab.rehearse_from(file)
    rested(program, qtbot)
    assert home.card.device in said(window) and home.card.unit_name in said(window)
    assert not (tmp_path / "kho.restoring").exists()
    tab.prove()
    rested(program, qtbot)
    assert said(window) == window._office.say("cli.check.whole", events=1)

    # what comes after the backup lies in the home that is set aside
    home.log.append([Draft(RecordKind.VILLAGE, "16906-b", "name", "Bản B", village="16906-b")])
    program.lock()
    qtbot.waitUntil(lambda: program._context is None, timeout=LONG)
    gate = page_of(program, UnlockPage)
    assert gate.restore.isVisible()
    gate.restore.click()
    page = page_of(program, RestorePage)
    page.enter()
    assert page.told() == program._wording.say("restore.none")
    brought(program, page, qtbot, file, "không phải cụm này đâu nhé")
    assert page.told() and page.go.isEnabled()
    page.take(file)
    page.passphrase.setText(GOOD)
    page.enter()
    window = at_main(program, qtbot)
    rested(program, qtbot)
    assert [village.id for village in program._opened.home.people.villages()] == ["16906-a"]
    old = tmp_path / "kho.before-restore-1"
    assert str(old) in window.statusBar().currentMessage()
    program.lock()
    qtbot.waitUntil(lambda: program._context is None, timeout=LONG)
    with open_home(old, GOOD) as opened:
        assert len(opened.home.people.villages()) == 2


def test_a_new_laptop_starts_from_a_backup(program, tmp_path, qtbot):
    with open_home(tmp_path / "kho", GOOD) as opened:
        device = opened.home.card.device
        file = opened.backup(tmp_path / "kho.fieldtool-backup")
    shutil.rmtree(tmp_path / "kho")
    program.start()
    first = page_of(program, FirstStart)
    first.begin.restore.click()
    page = page_of(program, RestorePage)
    page.back.click()
    page_of(program, FirstStart).begin.restore.click()
    page = page_of(program, RestorePage)
    damaged = tmp_path / "hong.fieldtool-backup"
    damaged.write_bytes(file.read_bytes()[:-5000])
    brought(program, page, qtbot, damaged, GOOD)
    assert page.told().startswith(program._wording.say("error.backup_damaged"))
    assert not (tmp_path / "kho").exists() and not (tmp_path / "kho.restoring").exists()
    page.take(file)
    page.passphrase.setText(GOOD)
    page.enter()
    at_main(program, qtbot)
    assert program._opened.home.card.device == device


def test_a_backup_is_stopped_and_leaves_nothing(program, tmp_path, qtbot):
    program.start(GOOD)
    window = at_main(program, qtbot)
    office = window._office
    store, target = office.store, tmp_path / "kho.fieldtool-backup"
    told = []
    office.news.failed.connect(told.append)

    class Stopping:
        def backup(self, target, progress):
            office.worker.cancel()
            return store.backup(target, progress)

    office.store = Stopping()
    window.journal.backup.write_to(target)
    rested(program, qtbot)
    office.store = store
    assert [error.code for error in told] == ["cancelled"]
    assert sorted(item.name for item in tmp_path.iterdir()) == ["kho"]
    assert not list((tmp_path / "kho").glob("backup.tmp*"))
    assert not window.journal.backup.cancel.isVisible()
    QApplication.processEvents()
