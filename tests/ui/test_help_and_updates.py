"""F1 at the right place, the cards, the line that looks for updates, the diagnostics button."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from fieldtool.machine.drives import is_stick
from fieldtool.machine.facts import machine_facts
from fieldtool.machine.sticks import FolderSticks
from fieldtool.ports import InstallState, Progress, no_progress
from fieldtool.records.updates import UpdateManifest
from fieldtool.ui.help_window import HelpWindow
from fieldtool.ui.look import Look
from fieldtool.ui.main_window import MainWindow
from fieldtool.ui.office import Office
from fieldtool.ui.settings_page import SettingsPage
from fieldtool.ui.update_strip import UpdateStrip
from fieldtool.usecases.apply_update import Upkeep
from fieldtool.usecases.verify_update import Here, UpdateFound
from fieldtool.usecases.write_diagnostics import write_diagnostics
from fieldtool.wording.catalogue import Language, Wording
from fieldtool.wording.guide import CARDS, guide_file, headings


def test_f1_opens_the_guide_at_the_page_in_hand(window: MainWindow, qtbot: QtBot) -> None:
    told = headings(guide_file(Language.VIETNAMESE).read_text(encoding="utf-8"))
    for place in range(window.page_count()):
        window.go(place)
        qtbot.keyClick(window, Qt.Key.Key_F1)
        helper = window.findChild(HelpWindow)
        assert helper is not None
        guide = window._pages.widget(place).guide  # type: ignore[attr-defined]
        assert helper.heading() == told[guide]
        assert 0 <= helper.page.cursorRect().top() < 20, f"{guide}: the heading is not at the top"


@pytest.mark.parametrize("language", list(Language))
def test_the_guide_shows_its_pictures_and_cards(language: Language, qtbot: QtBot, window: MainWindow) -> None:
    helper = HelpWindow(Look(), Wording(language), window)
    qtbot.addWidget(helper)
    assert "￼" in helper.page.toPlainText()  # a place for a picture
    picture = helper.page.document().resource(
        QTextDocument.ResourceType.ImageResource.value, QUrl(f"pictures/{language}/desk.png")
    )
    assert isinstance(picture, QImage) and picture.width() > 300
    for card in CARDS:
        qtbot.mouseClick(helper.cards[card], Qt.MouseButton.LeftButton)
        assert helper.page.toPlainText().count("\n") > 5


def test_a_card_is_one_page_of_pdf(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    helper = HelpWindow(Look(), Wording(), window)
    qtbot.addWidget(helper)
    for card in CARDS:
        helper.show_card(card)
        helper.save_pdf(tmp_path / f"{card}.pdf")
        assert (tmp_path / f"{card}.pdf").read_bytes().count(b"/Type /Page\n") == 1


class _Setup:
    """An installer that only says it started."""

    def stage(self, setup: Path, progress: Progress = no_progress) -> Path:
        return setup

    def install(self, setup: Path, progress: Progress = no_progress) -> InstallState:
        return InstallState.INSTALLED


def _upkeep(office: Office, folder: Path) -> Upkeep:
    def diagnose(target: Path) -> Path:
        return write_diagnostics(FolderSticks(), target, machine_facts("0.1.0", folder), [], office.home)

    return Upkeep(Here("0.1.0", "linux", 2), lambda name: folder / name, _Setup(), diagnose)


def test_the_line_tells_of_a_folder_without_and_with_an_update(office: Office, qtbot: QtBot, tmp_path: Path) -> None:
    office.upkeep = _upkeep(office, tmp_path)
    strip = UpdateStrip(office)
    qtbot.addWidget(strip)
    strip.look_in(tmp_path)
    qtbot.waitUntil(lambda: strip.words.text() == Wording().say("update.nothing"))
    (tmp_path / "x.cap-nhat").write_text("{}", encoding="utf-8")
    strip.look_in(tmp_path)
    qtbot.waitUntil(lambda: "không đọc được" in strip.words.text())
    assert strip.install.isHidden()
    manifest = UpdateManifest("0.2.0", "linux", "f.tar.gz", 1, "0" * 64, 0, "mhq", 1)
    strip._found([UpdateFound(tmp_path / "y.cap-nhat", manifest)])
    assert not strip.install.isHidden()
    with qtbot.waitSignal(office.news.failed):
        strip._install()  # the manifest is not there: told, and the button may be pressed again
    qtbot.waitUntil(strip.install.isEnabled)


def test_the_settings_write_a_diagnostics_file(
    office: Office, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.upkeep = _upkeep(office, tmp_path)
    page = SettingsPage(office, lambda language, theme, zoom: None, lambda minutes: None)
    qtbot.addWidget(page)
    target = tmp_path / "chẩn đoán.zip"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *unused: (str(target), ""))
    with qtbot.waitSignal(office.news.said):
        page.diagnose.click()
    with zipfile.ZipFile(target) as file:
        assert json.loads(file.read("home.json"))["counts"]["persons"] > 0


@pytest.mark.parametrize(
    ("options", "mount", "windows", "stick"),
    [
        ("rw,removable", "E:\\", True, True),
        ("rw,fixed", "C:\\", True, False),
        ("ro,cdrom", "D:\\", True, False),
        ("rw,nosuid", "/media/can-bo/USB LÔ", False, True),
        ("rw", "/run/media/can-bo/KINGSTON", False, True),
        ("rw", "/", False, False),
    ],
)
def test_sticks_are_told_from_other_drives(options: str, mount: str, windows: bool, stick: bool) -> None:
    assert is_stick(options, mount, windows) is stick
