"""Acts of every kind by keys alone over a sample commune, each compared with the registers it should have written."""

from __future__ import annotations

import sys
from pathlib import Path

from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).resolve().parent))
from desk_hands import Hands

from fieldtool.ui.main_window import DESK, MainWindow
from fieldtool.ui.office import Office


def test_each_act_by_keys_writes_what_was_on_the_screen(window: MainWindow, office: Office, qtbot: QtBot) -> None:
    window.go(DESK)
    window.desk.setFocus()
    hands = Hands(window.desk, office.home, office.people, seed=61)
    hands.work(45, lambda holds: qtbot.waitUntil(holds, timeout=30_000))
    assert sum(hands.acts.values()) >= 45
    assert {"digit", "split", "parked", "visit"} <= set(hands.acts)
