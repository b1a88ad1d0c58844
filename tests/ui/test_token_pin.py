"""A job that needs a token's PIN waits for what the officer types in the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QInputDialog, QLineEdit
from pytestqt.qtbot import QtBot

from fieldtool.app import window_doors
from fieldtool.trust import tokens
from fieldtool.ui.token_pin import TokenPin
from fieldtool.ui.worker import Worker
from fieldtool.wording.catalogue import Wording

TOKEN = tokens.Token("driver.so", "cap-tren")


@pytest.fixture(autouse=True)
def _no_pin_beside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(tokens.PIN, raising=False)
    monkeypatch.setattr(tokens, "_asked", tokens._Asked())


@pytest.mark.parametrize(("typed", "given"), [("246810", "246810"), (None, "")])
def test_the_pin_is_asked_for_while_a_job_waits(
    qtbot: QtBot, qapp: QApplication, typed: str | None, given: str
) -> None:
    shown: list[tuple[str, object]] = []
    pin, worker, found = TokenPin(Wording), Worker(), []
    tokens.ask_pin_by(pin.ask)

    def answer() -> None:
        asked = qapp.activeModalWidget()
        if not isinstance(asked, QInputDialog):
            QTimer.singleShot(20, answer)
            return
        shown.append((asked.labelText(), asked.textEchoMode()))
        if typed is None:
            asked.reject()
        else:
            asked.setTextValue(typed)
            asked.accept()

    QTimer.singleShot(20, answer)
    try:
        worker.submit(lambda progress: tokens._asked.pin(TOKEN), found.append, found.append)
        qtbot.waitUntil(lambda: bool(found), timeout=60_000)
    finally:
        worker.close()
    assert found == [given]
    assert shown == [("Mã PIN của token “cap-tren”", QLineEdit.EchoMode.Password)]


def test_every_window_is_given_the_prompt() -> None:
    assert window_doors().ask_token_pin == tokens.ask_pin_by
