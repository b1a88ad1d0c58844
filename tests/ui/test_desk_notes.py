"""The officer's own words to a doubt: typed before the act, kept with it, seen with the person and in the undo."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fieldtool.records.fields import Field
from fieldtool.ui.desk_page import DeskPage
from fieldtool.usecases.recent_acts import recent_acts

WORDS = "mẹ và trưởng bản đều nói sinh năm 1990"
Key = Qt.Key


def _type(desk: DeskPage, qtbot: QtBot, words: str) -> None:
    qtbot.keyClick(desk, Key.Key_Y)
    desk._choices.line.setText(words)
    qtbot.keyClick(desk._choices.line, Key.Key_Return)


def _settled(desk: DeskPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not desk._waiting, timeout=10_000)


def test_a_finger_finishes_what_was_typed(desk: DeskPage, qtbot: QtBot) -> None:
    desk.open_doubt("p1:dob")
    qtbot.keyClick(desk, Key.Key_Y)
    desk._choices.line.setText(WORDS)
    done = next(b for b in desk._choices._buttons if b.isVisible() and b.text() == desk._office.say("ui.desk.enter"))
    assert done.height() >= 44
    qtbot.mouseClick(done, Qt.MouseButton.LeftButton)
    assert not desk._choices.line.isVisible() and WORDS in desk._choices._asked.text()


def test_words_are_shown_by_the_question_and_kept_with_the_decision(desk: DeskPage, qtbot: QtBot) -> None:
    home, id = desk._office.home, "p1:dob"
    desk.open_doubt(id)
    _type(desk, qtbot, WORDS)
    assert WORDS in desk._choices._asked.text()
    qtbot.keyClick(desk, Key.Key_N)
    assert WORDS not in desk._choices._asked.text()
    desk.open_doubt(id)
    assert WORDS in desk._choices._asked.text()
    qtbot.keyClick(desk, Key.Key_1)
    _settled(desk, qtbot)
    person = home.people.person("p1")
    assert person is not None
    assert person.fields[Field.DOB].decisions[0].basis["note"] == WORDS
    act = recent_acts(home)[0]
    assert act.note == WORDS and WORDS in desk._office.wording.recent(act)
    qtbot.keyClick(desk, Key.Key_U)
    _settled(desk, qtbot)
    qtbot.waitUntil(lambda: desk.shown() == id, timeout=10_000)
    assert WORDS not in desk._choices._asked.text()  # they went with the act that was taken back


def test_an_empty_line_takes_the_words_away_and_a_refused_act_keeps_them(desk: DeskPage, qtbot: QtBot) -> None:
    desk.open_doubt("p4:name")
    _type(desk, qtbot, WORDS)
    _type(desk, qtbot, "")
    assert WORDS not in desk._choices._asked.text()
    _type(desk, qtbot, WORDS)
    view = desk.view()
    assert view is not None
    desk.says._do(view, lambda home, _: (home.log.append([]), 1 / 0))  # type: ignore[arg-type, return-value]
    _settled(desk, qtbot)
    desk.open_doubt("p4:name")
    assert WORDS in desk._choices._asked.text()


def test_words_outlive_a_lock_until_their_act_is_written(desk: DeskPage, qtbot: QtBot) -> None:
    desk.open_doubt("p4:name")
    _type(desk, qtbot, WORDS)
    again = DeskPage(desk._office)  # the window after the lock
    qtbot.addWidget(again)
    again.show()
    again.open_doubt("p4:name")
    assert WORDS in again._choices._asked.text()
    desk.setFocus()
    qtbot.keyClick(desk, Key.Key_1)
    _settled(desk, qtbot)
    assert desk._office.home.drafts.names("desk.") == []


@pytest.mark.parametrize("key", [Key.Key_S, Key.Key_M, Key.Key_H])
def test_words_go_with_verdicts_and_with_what_is_put_aside(desk: DeskPage, qtbot: QtBot, key: Key) -> None:
    link = next(doubt for doubt in desk._lines.lines if doubt.kind == "link")
    desk.open_doubt(link.id)
    _type(desk, qtbot, WORDS)
    qtbot.keyClick(desk, key)
    _settled(desk, qtbot)
    assert recent_acts(desk._office.home)[0].note == WORDS
