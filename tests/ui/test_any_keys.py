"""Keys, clicks and words in any order, as a tired officer or a child at the laptop would press them: nothing breaks."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from fieldtool.ui.main_window import MainWindow

STEPS = 400
NAMED = ["Return", "Escape", "Tab", "Backspace", "Delete", "Up", "Down", "Left", "Right", "PageDown", "Home", "End"]
NAMED += ["Space", "Slash", "Question"]
NAMED += [f"F{number}" for number in range(1, 10)] + list("ABCDEFGHIJKLMNOPRSTUVWXYZ0123456789")  # Ctrl+Q leaves
KEYS = [getattr(Qt.Key, f"Key_{name}") for name in NAMED]
MODIFIERS = [Qt.KeyboardModifier.NoModifier] * 8 + [Qt.KeyboardModifier.ControlModifier] * 3
MODIFIERS += [Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier]
WORDS = ["Vi Văn", "1990", "31/02/1990", "%", "'", "040090123456", "Xồng Bá", "  ", "9" * 50]


class Child:
    """Presses what it finds in the windows that are open."""

    def __init__(self, window: MainWindow, seed: int) -> None:
        self._window = window
        self._chance = random.Random(seed)
        self._acts: list[Callable[[QWidget], None]] = [self._click] * 5 + [
            self._type,
            self._row,
            self._combo,
            self._page,
        ]
        self._acts += [self._key] * 8

    def step(self) -> None:
        """One press, click or word somewhere; now and then another window is closed."""
        tops = [one for one in QApplication.topLevelWidgets() if one.isVisible() and one.isWindow()]
        self._chance.choice(self._acts)(QApplication.activeModalWidget() or self._chance.choice(tops))
        QApplication.processEvents()
        for other in tops:
            # A menu is gone once it closed.
            if other is not self._window and self._chance.random() < 0.05 and isValid(other):
                other.close()

    def _one(self, top: QWidget, kind: type[QWidget]) -> QWidget | None:
        found = [one for one in top.findChildren(kind) if one.isVisible() and one.isEnabled()]
        return self._chance.choice(found) if found else None

    def _click(self, top: QWidget) -> None:
        button = self._one(top, QAbstractButton)
        if button is not None:
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def _type(self, top: QWidget) -> None:
        line = self._one(top, QLineEdit)
        if isinstance(line, QLineEdit):
            line.setFocus()
            line.insert(self._chance.choice(WORDS))

    def _row(self, top: QWidget) -> None:
        view = self._one(top, QAbstractItemView)
        if isinstance(view, QAbstractItemView) and view.model() and view.model().rowCount():
            view.setCurrentIndex(view.model().index(self._chance.randrange(view.model().rowCount()), 0))
            QTest.keyClick(view, Qt.Key.Key_Return)

    def _combo(self, top: QWidget) -> None:
        combo = self._one(top, QComboBox)
        if isinstance(combo, QComboBox) and combo.count():
            combo.setCurrentIndex(self._chance.randrange(combo.count()))
            combo.activated.emit(combo.currentIndex())

    def _page(self, _top: QWidget) -> None:
        number = self._chance.choice(KEYS[-9:])
        QTest.keyClick(self._window, number, Qt.KeyboardModifier.ControlModifier)

    def _key(self, top: QWidget) -> None:
        target = QApplication.focusWidget() or top
        QTest.keyClick(target, self._chance.choice(KEYS), self._chance.choice(MODIFIERS))


@pytest.mark.parametrize("seed", [3, 8])
def test_any_keys_in_any_order(
    seed: int, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    chance = random.Random(-seed)
    chosen = {
        "getSaveFileName": lambda *_, **__: (str(tmp_path / "out.pdf") if chance.random() < 0.5 else "", ""),
        "getOpenFileName": lambda *_, **__: (str(tmp_path / "none.xlsx") if chance.random() < 0.5 else "", ""),
        "getOpenFileNames": lambda *_, **__: ([], ""),
        "getExistingDirectory": lambda *_, **__: str(tmp_path) if chance.random() < 0.5 else "",
    }
    for name, answer in chosen.items():
        monkeypatch.setattr(QFileDialog, name, staticmethod(answer))
    child = Child(window, seed)
    for _ in range(
        STEPS
    ):  # an exception in any slot fails the test (pytest-qt), and so does a broken home (the fixture)
        child.step()
    qtbot.waitUntil(lambda: window.isVisible())
