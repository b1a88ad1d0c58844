"""The window to look things up: card, age, places, surnames, numbers, beside the work and by keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
import segno
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fieldtool.records.local_knowledge import Knowledge, put_in_force
from fieldtool.ui.lookup_window import LookupWindow
from fieldtool.ui.main_window import MainWindow
from fieldtool.ui.office import Office

CARD = "040080001234|181234567|LÔ VĂN AN|12031980|Nam|Bản Xốp Nặm, Tam Hợp, Tương Dương, Nghệ An|01072021"


@pytest.fixture(name="lookup")
def _lookup(window: MainWindow, qtbot: QtBot):
    qtbot.waitUntil(window.isActiveWindow, timeout=60_000)
    qtbot.keyClick(window, Qt.Key.Key_F3)
    found = window.findChild(LookupWindow)
    assert found is not None
    assert not found.isModal()
    yield found
    found.close()
    put_in_force(Knowledge())


def test_a_scan_and_enter_shows_the_fields_and_the_next_scan_replaces_it(lookup: LookupWindow, qtbot: QtBot) -> None:
    lookup.show_tab(0)
    lookup.card.text.setText(CARD)
    qtbot.keyClick(lookup.card.text, Qt.Key.Key_Return)
    said = lookup.card.answer.toPlainText()
    assert "Họ và tên: LÔ VĂN AN" in said
    assert "12/03/1980" in said
    assert "⚠" not in said
    assert lookup.card.text.selectedText() == CARD


def test_a_scan_through_an_input_method_is_flagged_and_rubbish_is_told(lookup: LookupWindow, qtbot: QtBot) -> None:
    lookup.card.text.setText("040080001234|181234567|LOO VAWN AN|12031980|Nam|Ban Xop Nam|01072021")
    lookup.card.read()
    assert "bộ gõ" in lookup.card.answer.toPlainText()
    lookup.card.text.setText("không phải thẻ")
    lookup.card.read()
    assert "UniKey" in lookup.card.answer.toPlainText()


def test_a_picture_of_the_code_is_read_and_one_without_is_told(lookup: LookupWindow, tmp_path: Path) -> None:
    segno.make(CARD, micro=False).save(str(tmp_path / "thẻ.png"), scale=4)
    lookup.card.read_picture(tmp_path / "thẻ.png")
    assert "040080001234" in lookup.card.answer.toPlainText()
    (tmp_path / "hỏng.png").write_bytes(b"no picture")
    lookup.card.read_picture(tmp_path / "hỏng.png")
    assert "040080001234" not in lookup.card.answer.toPlainText()


def test_age_answers_as_one_types(lookup: LookupWindow) -> None:
    age = lookup.age
    age.animal.setText("Sửu")
    age.asked.setText("2026")
    age.said.setValue(78)
    assert age.answer.toPlainText().startswith("29/01/1949 – 16/02/1950, năm Kỷ Sửu")
    age.younger.setText("1949")
    assert "Trước em" in age.answer.toPlainText()
    age.animal.setText("voi")
    assert "29/01/1949" not in age.answer.toPlainText()


def test_a_place_and_a_surname_are_added_and_taken_back(lookup: LookupWindow, office: Office, qtbot: QtBot) -> None:
    lookup.show_tab(2)
    places = lookup.places
    places.text.setText("Bản X, xã Kim Đa, huyện Tương Dương")
    assert "17759" not in places.answer.toPlainText()
    places.name.setText("Kim Đa")
    places.old_district.setText("Tương Dương")
    places.successor.setText("17759")
    places.add_button.click()
    qtbot.waitUntil(lambda: places.added.count() == 1, timeout=60_000)
    assert places.answer.toPlainText().startswith("17759")
    places.added.setCurrentRow(0)
    places.remove_button.click()
    qtbot.waitUntil(lambda: places.added.count() == 0, timeout=60_000)
    assert not places.answer.toPlainText().startswith("17759")
    lookup.show_tab(3)
    lookup.surnames.variants.setText("Xeng, Xiêng")
    qtbot.keyClick(lookup.surnames.variants, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: lookup.surnames.added.count() == 1, timeout=60_000)
    lookup.surnames.added.setCurrentRow(0)
    lookup.surnames.remove_button.click()
    qtbot.waitUntil(lambda: lookup.surnames.added.count() == 0, timeout=60_000)


def test_a_number_is_explained_and_the_home_is_checked(lookup: LookupWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(lookup, Qt.Key.Key_5, Qt.KeyboardModifier.AltModifier)
    assert lookup.tabs.currentIndex() == 4
    assert "điều cần xem" in lookup.numbers.whole.toPlainText()
    lookup.numbers.number.setText("40080001234")
    assert "040080001234" in lookup.numbers.answer.toPlainText()


def test_the_window_fits_a_small_screen(lookup: LookupWindow) -> None:
    hint = lookup.minimumSizeHint()
    assert hint.width() <= 1024
    assert hint.height() <= 560
