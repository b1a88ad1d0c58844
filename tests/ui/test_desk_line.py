"""What is being typed at the desk when the home locks itself or the power goes: kept at each letter, given back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.fields import Field
from fieldtool.ui.desk_page import DeskPage
from fieldtool.ui.main_window import DESK, MainWindow
from fieldtool.ui.office import Office
from fieldtool.usecases import settle_conflict

Key = Qt.Key
VALUE = "Lô Thị Hường"


def _compose(page: DeskPage, text: str) -> None:
    """Type as an input method does, a letter at a time."""
    line = page._choices.line
    line.clear()
    for letter in text:
        event = QInputMethodEvent()
        event.setCommitString(letter)
        QApplication.sendEvent(line, event)


def _settled(page: DeskPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not page._waiting, timeout=10_000)


def _keys(page: DeskPage, qtbot: QtBot, keys: str) -> None:
    page.setFocus()
    for key in keys:
        qtbot.keyClick(page, getattr(Key, f"Key_{key}"))


@pytest.mark.parametrize("keys", ["E", "Y", "L4", "M"])
def test_a_line_that_stood_open_stands_open_again(open_desk: Callable[[], DeskPage], qtbot: QtBot, keys: str) -> None:
    page = open_desk()
    page.open_doubt("p4:name")
    _keys(page, qtbot, keys)
    _compose(page, VALUE)
    again = open_desk()  # nothing was closed or told: as after a power cut
    assert again.shown() == "p4:name"
    assert again._choices.line.isVisible() and again._choices.line.text() == VALUE


def test_the_value_given_back_is_decided_by_enter_and_then_forgotten(
    desk_office: Office, open_desk: Callable[[], DeskPage], qtbot: QtBot
) -> None:
    page = open_desk()
    page.open_doubt("p4:name")
    _keys(page, qtbot, "E")
    _compose(page, VALUE)
    again = open_desk()
    qtbot.keyClick(again._choices.line, Key.Key_Return)
    _settled(again, qtbot)
    person = desk_office.people.person("p4")
    assert person is not None and person.value(Field.NAME) == VALUE
    assert desk_office.home.drafts.names("desk.") == []
    third = open_desk()
    assert not third._choices.line.isVisible()


def test_escape_gives_up_and_going_on_by_mouse_keeps(
    desk_office: Office, open_desk: Callable[[], DeskPage], qtbot: QtBot
) -> None:
    page = open_desk()
    page.open_doubt("p4:name")
    _keys(page, qtbot, "E")
    _compose(page, VALUE)
    page.next()  # a press of the button beside the line
    assert desk_office.home.drafts.kept("desk.line.open") == ""
    page.open_doubt("p4:name")
    assert VALUE in page._choices._asked.text() and not page._choices.line.isVisible()
    _keys(page, qtbot, "E")
    assert page._choices.line.text() == VALUE
    qtbot.keyClick(page._choices.line, Key.Key_Escape)
    assert VALUE not in page._choices._asked.text()
    assert desk_office.home.drafts.names("desk.") == []


def test_a_refused_act_gives_the_value_back(
    open_desk: Callable[[], DeskPage], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_desk()
    page.open_doubt("p4:name")

    def refuse(*_args: object, **_named: object) -> None:
        raise FieldtoolError(ErrorCode.DISK_FULL, values={"path": "x"})

    monkeypatch.setattr(settle_conflict, "decide", refuse)
    _keys(page, qtbot, "E")
    _compose(page, VALUE)
    qtbot.keyClick(page._choices.line, Key.Key_Return)
    _settled(page, qtbot)
    page.open_doubt("p4:name")
    assert VALUE in page._choices._asked.text()
    _keys(page, qtbot, "E")
    assert page._choices.line.text() == VALUE


def test_what_belongs_to_a_doubt_that_is_gone_is_told(
    desk_office: Office, open_desk: Callable[[], DeskPage], qtbot: QtBot
) -> None:
    page = open_desk()
    page.open_doubt("p4:name")
    _keys(page, qtbot, "E")
    _compose(page, VALUE)
    person = desk_office.people.person("p4")
    assert person is not None
    settle_conflict.decide(desk_office.home, "p4", Field.NAME, person.fields[Field.NAME].values[0][0])
    told: list[str] = []
    desk_office.news.said.connect(told.append)
    again = open_desk()
    assert not again._choices.line.isVisible()
    assert VALUE in told[-1]
    assert desk_office.home.drafts.names("desk.line.") == []


def test_the_window_comes_back_to_the_open_line(desk_office: Office, qtbot: QtBot) -> None:
    first = MainWindow(desk_office, lambda language, theme, zoom: None)
    qtbot.addWidget(first)
    first.start()
    first.show()
    first.activateWindow()
    qtbot.waitUntil(first.isActiveWindow)
    first.go(DESK)
    first.desk.open_doubt("p4:name")
    _keys(first.desk, qtbot, "E")
    _compose(first.desk, VALUE)
    assert first.desk._choices.line.isVisible()
    place = first.place()
    first.close()
    second = MainWindow(desk_office, lambda language, theme, zoom: None)
    qtbot.addWidget(second)
    second.start()
    second.show()
    second.return_to(place)
    assert second.desk._choices.line.isVisible() and second.desk._choices.line.text() == VALUE


def test_news_from_elsewhere_do_not_close_the_line_under_the_hands(
    desk_office: Office, open_desk: Callable[[], DeskPage], qtbot: QtBot
) -> None:
    page = open_desk()
    page.open_doubt("p4:name")
    _keys(page, qtbot, "E")
    _compose(page, VALUE)
    desk_office.news.changed.emit()  # an import or a match has ended
    assert page._choices.line.isVisible() and page._choices.line.text() == VALUE
    qtbot.keyClick(page._choices.line, Key.Key_Escape)
    _keys(page, qtbot, "L")
    desk_office.news.changed.emit()
    assert page.asking()
