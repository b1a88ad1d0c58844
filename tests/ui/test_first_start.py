"""The first start: page by page by keyboard, nothing typed lost, each lack named, practice beside real work."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from fieldtool.app import create_from_gate, make_practice
from fieldtool.cli.tour import PRACTICE_PASSPHRASE
from fieldtool.excel.read_book import ChildWorkbooks
from fieldtool.homes import open_home
from fieldtool.records.tables import RESOURCES
from fieldtool.trust.passphrases import Strength, strength_of
from fieldtool.ui import look
from fieldtool.ui.first_start import FirstStart
from fieldtool.ui.look import Look
from fieldtool.ui.main_window import MainWindow
from fieldtool.ui.start import Program
from fieldtool.ui.window_doors import WindowDoors
from fieldtool.wording.catalogue import Language, Wording

GOOD = "mây trắng bò vàng suối sâu"
Entered = list[tuple[object, ...]]


@pytest.fixture(name="wizard")
def _wizard(qtbot: QtBot) -> Iterator[tuple[FirstStart, Entered]]:
    page = FirstStart(Look(), Wording(), "kho")
    page.resize(1366, 768)
    qtbot.addWidget(page)
    page.show()
    entered: Entered = []
    page.entered.connect(lambda *values: entered.append(values))
    yield page, entered


def _enter(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.keyClick(widget, Qt.Key.Key_Return)


def test_by_keyboard_from_page_to_page(wizard: tuple[FirstStart, Entered], qtbot: QtBot) -> None:
    page, entered = wizard
    _enter(qtbot, page.next_button)
    page.rest.commune.search.setText("luong minh")
    assert page.rest.commune.name() == "Xã Lượng Minh"
    _enter(qtbot, page.rest.commune.search)
    page.rest.officer.officer.setText("Lô Văn Thử")
    _enter(qtbot, page.rest.officer.officer)
    page.rest.passphrase.passphrase.setText(GOOD)
    page.rest.passphrase.again.setText(GOOD)
    _enter(qtbot, page.rest.passphrase.again)
    assert page.told() == ""
    page.next()
    assert entered == [("Lô Văn Thử", "16906", "", False, GOOD, True, "modern")]
    page.next()
    assert len(entered) == 1  # while the home is being made, a second press does nothing


def test_each_lack_is_named_and_nothing_typed_is_lost(wizard: tuple[FirstStart, Entered]) -> None:
    page, entered = wizard
    page.next()
    page.rest.commune.search.setText("khôngcóxãnày")
    page.next()
    assert page.told() == Wording().say("first.commune.missing")
    page.rest.commune.search.setText("16906")
    page.next()
    page.next()
    assert page.told() == Wording().say("ui.first.no_officer")
    page.rest.officer.officer.setText("Lô Văn Thử")
    page.next()
    for first, second, code in (
        ("matkhau123456", "matkhau123456", "first.passphrase.weak"),
        (GOOD, GOOD + "x", "ui.first.not_the_same"),
    ):
        page.rest.passphrase.passphrase.setText(first)
        page.rest.passphrase.again.setText(second)
        page.next()
        assert page.told() == Wording().say(code)
    page.back()
    assert page.rest.officer.officer.text() == "Lô Văn Thử"
    assert entered == []


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("zoom", [100, 125])
def test_every_page_fits_the_smallest_screen(qtbot: QtBot, language: Language, zoom: int) -> None:
    page = FirstStart(Look(zoom=zoom), Wording(language), "C:\\Users\\can-bo\\AppData\\Local\\fieldtool\\home")
    qtbot.addWidget(page)
    page.show()
    for number in range(5):
        page.show_page(number)
        hint = page.minimumSizeHint()
        assert (hint.width() <= 1024, hint.height() <= 614) == (True, True), number
        assert QApplication.focusWidget() is None or page.isAncestorOf(QApplication.focusWidget())


@pytest.mark.parametrize(
    ("passphrase", "strength"),
    [
        ("congan123456789", Strength.WEAK),
        ("aaaaaaaaaaaaaaaa", Strength.WEAK),
        ("trâu đen suối", Strength.ENOUGH),
        ("mây trắng bò vàng", Strength.GOOD),
        (GOOD + " chiều", Strength.STRONG),
    ],
)
def test_strength_grows_with_what_is_left_to_guess(passphrase: str, strength: Strength) -> None:
    assert strength_of(passphrase) is strength


def _doors(practised: list[Path]) -> WindowDoors:
    def practice(folder: Path) -> str:
        practised.append(folder)
        create_from_gate(folder, GOOD, "Lô Thực Hành", "16906", "", False)
        return GOOD

    def opened(folder: Path, passphrase: str) -> AbstractContextManager[Any]:
        return open_home(folder, passphrase)

    return WindowDoors(create_from_gate, opened, ChildWorkbooks, practice)


def test_a_new_laptop_ends_on_the_page_where_it_enrols(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> None:
    program = Program(qapp, _doors([]), tmp_path / "kho")
    program.start()
    page = program.window.centralWidget() if program.window else None
    assert isinstance(page, FirstStart)
    page.entered.emit("Lô Văn Thử", "16906", "", False, GOOD, True, "modern")
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow), timeout=60_000)
    assert isinstance(program.window, MainWindow)
    assert program.window.place() == "3"
    program.window.go(4)
    program.window.hide()
    program.close()
    again = Program(qapp, _doors([]), tmp_path / "kho")
    again.start(GOOD)  # the program that was ended, however it was, comes back to where it was
    qtbot.waitUntil(lambda: isinstance(again.window, MainWindow), timeout=60_000)
    assert isinstance(again.window, MainWindow)
    assert again.window.place() == "4"
    again.window.hide()
    again.close()


def test_practice_lies_beside_the_home_and_never_in_it(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> None:
    practised: list[Path] = []
    program = Program(qapp, _doors(practised), tmp_path / "kho")
    program.start()
    page = program.window.centralWidget() if program.window else None
    assert isinstance(page, FirstStart)
    qtbot.mouseClick(page.begin.practice, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow), timeout=60_000)
    assert practised == [tmp_path / "practice"]
    assert not (tmp_path / "kho").exists()
    assert program.window is not None
    program.window.hide()
    program.close()


def test_the_practice_commune_is_made_once(tmp_path: Path) -> None:
    create_from_gate(tmp_path / "practice", PRACTICE_PASSPHRASE, "Lô Thực Hành", "16906", "", False)
    assert make_practice(tmp_path / "practice") == PRACTICE_PASSPHRASE


def test_fonts_are_found_below_a_folder_with_vietnamese_letters(tmp_path: Path, qapp: QApplication) -> None:
    """FreeType on Windows opened no file there: every text was drawn in whatever font was left."""
    folder = tmp_path / "Cán bộ Lô Thị" / "fonts"
    shutil.copytree(RESOURCES / "fonts", folder)
    before = look.RESOURCES
    QFontDatabase.removeAllApplicationFonts()
    look.RESOURCES = folder.parent
    try:
        look.load_fonts()
        assert {"Be Vietnam Pro", "Noto Sans"} <= set(QFontDatabase.families())
    finally:
        look.RESOURCES = before
        look.load_fonts()
