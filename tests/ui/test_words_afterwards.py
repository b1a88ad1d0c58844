"""The words of an enrolment that nobody compared are compared later in the window, on both sides, by keys alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from exchange_homes import card, new_home
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from test_exchange_window import page_of

from fieldtool.ports import Home
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.ui.exchange_page import ExchangePage
from fieldtool.usecases.enrol_device import (
    accept_enrolment,
    finish_enrolment,
    kept_words,
    own_words,
    request_enrolment,
    root_unheard,
    unheard,
)

_MACHINES = 3  # the tab's place


@pytest.fixture(name="two")
def _two(tmp_path: Path) -> Iterator[list[Home]]:
    """Headquarters and a laptop, enrolled by scripts that compared nothing."""
    opened = [
        new_home(tmp_path / "office", card("mhq", "ct", headquarters=True), 1),
        new_home(tmp_path / "x1", card("m01", "x1"), 2),
    ]
    (_, office), (_, laptop) = opened
    asked = request_enrolment(laptop, tmp_path / "usb")
    finish_enrolment(laptop, accept_enrolment(office, asked.file, tmp_path / "usb").file)
    yield [office, laptop]
    for store, _ in opened:
        store.close()


def board(page: ExchangePage, qtbot: QtBot) -> None:
    """The tab of the machines, its table with the keyboard."""
    page.refresh()
    qtbot.waitUntil(lambda: "(1)" in page.tabs.tabText(_MACHINES), timeout=60_000)
    page.tabs.setCurrentIndex(_MACHINES)
    page.tabs.makers.setFocus()
    qtbot.waitUntil(page.tabs.makers.hasFocus)


def press(qtbot: QtBot, key: Qt.Key) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, key)


def test_headquarters_compares_a_machines_words_by_keys(two: list[Home], qtbot: QtBot, qapp: object) -> None:
    office, laptop = two
    page, worker = page_of(office, qtbot, qapp)
    words = page.tabs.words
    try:
        board(page, qtbot)
        assert "chưa so các từ" in page.tabs.makers.item(0, 5).text()
        page.tabs.makers.selectRow(0)
        press(qtbot, Qt.Key.Key_W)
        qtbot.waitUntil(words.isVisible, timeout=60_000)
        assert " – ".join(own_words(laptop).words) in words.heard.text()
        qtbot.waitUntil(words.differ.hasFocus)
        press(qtbot, Qt.Key.Key_Return)  # pressed without reading: nothing is believed
        assert not words.isVisible() and unheard(office) == {("m01", 1)}
        assert "Mất máy" in page._told.text()
        page.tabs.makers.setFocus()
        press(qtbot, Qt.Key.Key_W)
        qtbot.waitUntil(words.differ.hasFocus, timeout=60_000)
        qtbot.keyClick(words.differ, Qt.Key.Key_Backtab)
        qtbot.waitUntil(words.same.hasFocus)
        press(qtbot, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: not unheard(office), timeout=60_000)
        page.refresh()  # as the window does when the home changed
        qtbot.waitUntil(lambda: "chưa so" not in page.tabs.makers.item(0, 5).text(), timeout=60_000)
        assert page.tabs.tabText(_MACHINES) == "Các máy"
        page.tabs.compare()
        qtbot.waitUntil(lambda: "đã được so" in page._told.text(), timeout=60_000)
    finally:
        worker.close()


def test_headquarters_chooses_a_machine_first(two: list[Home], qtbot: QtBot, qapp: object) -> None:
    page, worker = page_of(two[0], qtbot, qapp)
    try:
        page.tabs.compare()
        assert "Chọn trong bảng" in page._told.text() and not page.tabs.words.isVisible()
    finally:
        worker.close()


def test_a_laptop_reads_its_words_and_compares_the_roots(two: list[Home], qtbot: QtBot, qapp: object) -> None:
    office, laptop = two
    page, worker = page_of(laptop, qtbot, qapp)
    words = page.tabs.words
    try:
        board(page, qtbot)
        assert "khoá gốc" in page._told.text()
        press(qtbot, Qt.Key.Key_W)
        qtbot.waitUntil(words.isVisible, timeout=60_000)
        assert " – ".join(own_words(laptop).words) in page._told.text()
        assert " – ".join(office.keys.root_words()) in words.heard.text()
        words.differ.click()
        assert root_unheard(laptop) and "gọi cấp trên" in page._told.text()
        page.tabs.compare()
        qtbot.waitUntil(words.isVisible, timeout=60_000)
        words.same.click()
        qtbot.waitUntil(lambda: not root_unheard(laptop), timeout=60_000)
        page.refresh()
        qtbot.waitUntil(lambda: page.tabs.tabText(_MACHINES) == "Các máy", timeout=60_000)
    finally:
        worker.close()


def test_before_enrolment_there_are_only_own_words(tmp_path: Path, qtbot: QtBot, qapp: object) -> None:
    store, home = new_home(tmp_path / "x1", card("m01", "x1"), 2)
    page, worker = page_of(home, qtbot, qapp)
    try:
        page.tabs.compare()
        qtbot.waitUntil(lambda: " – ".join(own_words(home).words) in page._told.text(), timeout=60_000)
        assert not page.tabs.words.isVisible()
        with pytest.raises(FieldtoolError) as refused:
            kept_words(home)
        assert refused.value.code is ErrorCode.NOT_ENROLLED
    finally:
        worker.close()
        store.close()
