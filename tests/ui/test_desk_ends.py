"""The ends of the desk: keys that say nothing, an empty filter, acts of earlier days, sheets for a house or village."""

from __future__ import annotations

import threading

import pytest
from desk_home import VILLAGE
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from fieldtool.conflicts.queue import Wanted
from fieldtool.records.fields import Field
from fieldtool.ui.desk_page import DeskPage
from fieldtool.ui.law_window import LawWindow
from fieldtool.ui.main_window import MainWindow
from fieldtool.ui.office import Office
from fieldtool.usecases import join_persons, settle_conflict
from fieldtool.wording.catalogue import Wording

Key = Qt.Key
SAY = Wording().say


@pytest.fixture(name="said")
def _said(desk_office: Office) -> list[str]:
    told: list[str] = []
    desk_office.news.said.connect(told.append)
    return told


def press(desk: QWidget, qtbot: QtBot, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(QApplication.focusWidget() or desk, key)


def test_no_key_is_swallowed(desk: DeskPage, qtbot: QtBot, said: list[str]) -> None:
    press(desk, qtbot, Key.Key_P)
    assert said == [SAY("ui.desk.first")]
    press(desk, qtbot, *[Key.Key_N] * len(desk._queue))
    assert said[-1] == SAY("ui.desk.last")
    desk.open_doubt("p4:name")
    press(desk, qtbot, Key.Key_9)
    assert said[-1] == SAY("ui.desk.digit_idle", key=9)
    press(desk, qtbot, Key.Key_F2)
    assert said[-1] == SAY("ui.desk.no_offer")
    press(desk, qtbot, Key.Key_L, Key.Key_9)
    assert said[-1] == SAY("ui.desk.digit_idle", key=9)
    press(desk, qtbot, Key.Key_Escape, Key.Key_E)
    desk._choices.line.clear()
    press(desk, qtbot, Key.Key_Return)
    assert said[-1] == SAY("ui.desk.typed_nothing")


def test_the_tenth_paper_has_a_key(desk: DeskPage, qtbot: QtBot) -> None:
    desk.open_doubt("p4:name")
    press(desk, qtbot, Key.Key_G)
    assert desk._mode[9].text.startswith("0 ")
    press(desk, qtbot, Key.Key_0)
    qtbot.waitUntil(lambda: not desk._acts.pending)
    doubt = desk._office.people.doubt("p4:name")
    assert doubt is not None and doubt.standing == "paper"


def test_a_filter_that_empties_says_what_is_left_and_escape_drops_it(desk: DeskPage, qtbot: QtBot) -> None:
    desk.narrow(Wanted(household="h1", kind="field"))
    press(desk, qtbot, Key.Key_1, Key.Key_1, Key.Key_1)
    qtbot.waitUntil(lambda: not desk._acts.pending)
    assert desk.view() is None
    left = desk._lines.total
    assert desk._desk.name.text() == SAY("ui.desk.filter_empty") and left
    assert desk._desk.where.text() == SAY("ui.desk.filter_empty_hint", count=left)
    press(desk, qtbot, Key.Key_1, Key.Key_E, Key.Key_M)  # says nothing of nothing
    press(desk, qtbot, Key.Key_Escape)
    assert desk.view() is not None and desk.wanted() == Wanted()


def test_enter_before_the_list_of_a_reason_is_there_does_nothing(
    desk_office: Office, desk: DeskPage, qtbot: QtBot
) -> None:
    press(desk, qtbot, Key.Key_B)
    bulk = desk.bulk
    qtbot.waitUntil(lambda: bulk.list.count() > 0)
    let_go = threading.Event()
    desk_office.worker.submit(lambda _progress: let_go.wait(30), lambda _done: None, desk_office.news.failed.emit)
    other = next(place for place in range(bulk.reason.count()) if place != bulk.reason.currentIndex())
    bulk.reason.setCurrentIndex(other)
    bulk.reason.activated.emit(other)
    qtbot.keyClick(bulk, Key.Key_Return)
    assert bulk.ticked() == [] and desk._acts.done == []
    let_go.set()
    qtbot.waitUntil(desk_office.worker.resting)


def test_one_household_is_chosen_in_the_filter(desk: DeskPage, qtbot: QtBot) -> None:
    press(desk, qtbot, Key.Key_Slash)
    box = desk.filter.boxes["household"]
    here = box.findData("h1")
    assert "3" in box.itemText(here) and "Lô Văn Bình" in box.itemText(here)
    box.setCurrentIndex(here)
    box.activated.emit(here)
    assert {line.household for line in desk._queue} == {"h1"}
    village = desk.filter.boxes["village"]
    village.setCurrentIndex(village.findData(VILLAGE))
    village.activated.emit(village.currentIndex())
    assert desk.wanted() == Wanted(village=VILLAGE)  # the house may lie in another village


def test_what_an_earlier_sitting_did_is_taken_back_by_its_number(
    desk_office: Office, desk: DeskPage, qtbot: QtBot, said: list[str]
) -> None:
    press(desk, qtbot, Key.Key_U)
    qtbot.waitUntil(lambda: said == [SAY("ui.desk.nothing_to_undo")])
    home = desk_office.home
    for person, value in (("p1", "02/03/1990"), ("p2", "05/06/1965")):
        desk_office.worker.submit(
            lambda _, p=person, v=value: settle_conflict.decide(home, p, Field.DOB, v), lambda _: None, said.append
        )
    qtbot.waitUntil(desk_office.worker.resting)
    desk.refresh()
    press(desk, qtbot, Key.Key_U)
    qtbot.waitUntil(lambda: len(desk._mode) == 2)
    assert "Lô Văn Bình" in desk._mode[0].text and "05/06/1965" in desk._mode[0].text
    press(desk, qtbot, Key.Key_Return)  # no act is taken back without its number
    assert len(desk._mode) == 2
    press(desk, qtbot, Key.Key_2)
    qtbot.waitUntil(lambda: desk_office.people.doubt("p1:dob") is not None)
    assert desk_office.people.doubt("p2:dob") is None
    qtbot.waitUntil(lambda: "p1:dob" in {line.id for line in desk._queue})


def test_an_act_that_cannot_be_taken_back_does_not_bar_the_way_to_those_before(
    desk_office: Office, desk: DeskPage, qtbot: QtBot
) -> None:
    desk.open_doubt("p1:dob")
    press(desk, qtbot, Key.Key_1)
    desk.open_doubt("p4:name")
    press(desk, qtbot, Key.Key_1)
    qtbot.waitUntil(lambda: not desk._acts.pending)
    home = desk_office.home
    desk_office.worker.submit(
        lambda _: settle_conflict.decide(home, "p4", Field.NAME, "Vi Thị Dương"), lambda _: None, lambda _: None
    )
    qtbot.waitUntil(desk_office.worker.resting)
    press(desk, qtbot, Key.Key_U)  # stale: another decision stands on it
    qtbot.waitUntil(desk_office.worker.resting)
    press(desk, qtbot, Key.Key_U)
    qtbot.waitUntil(lambda: desk_office.people.doubt("p1:dob") is not None)


def test_a_form_is_printed_for_the_household_and_the_village(desk: DeskPage, qtbot: QtBot) -> None:
    desk.open_doubt("p1:dob")
    press(desk, qtbot, Key.Key_F, Key.Key_7)  # six forms, then the household and the village
    press(desk, qtbot, Key.Key_3)
    folder = desk.says.prints.folder
    qtbot.waitUntil(lambda: bool(list(folder.glob("ct01-*-h1.pdf"))), timeout=60_000)
    press(desk, qtbot, Key.Key_F, Key.Key_8, Key.Key_6)
    qtbot.waitUntil(lambda: bool(list(folder.glob(f"conflict-*-{VILLAGE}*.pdf"))), timeout=60_000)


def test_a_form_is_offered_no_more_once_its_decision_is_taken_back(desk: DeskPage, qtbot: QtBot) -> None:
    desk.open_doubt("p1:dob")
    press(desk, qtbot, Key.Key_1)
    assert desk.offer.isVisible()
    press(desk, qtbot, Key.Key_U)
    qtbot.waitUntil(lambda: not desk.offer.isVisible())


def test_no_page_has_a_key_that_the_window_has_too(window: MainWindow) -> None:
    """Two shortcuts of one key leave both dead: neither the page nor the window would answer."""
    own = {
        short.key().toString()
        for short in window.findChildren(QShortcut, options=Qt.FindChildOption.FindDirectChildrenOnly)
    }
    assert {"F1", "F3", "Ctrl+L"} <= own
    pages = [window.findChildren(QWidget)[0], *window.findChildren(QWidget)]
    taken = {
        (type(widget).__name__, short.key().toString())
        for widget in pages
        for short in widget.findChildren(QShortcut, options=Qt.FindChildOption.FindDirectChildrenOnly)
        if short.key().toString() in own
    }
    assert taken == set()


def test_the_legal_table_is_opened_by_its_key_and_by_its_button(window: MainWindow, qtbot: QtBot) -> None:
    window.go(1)
    window.desk.setFocus()
    press(window, qtbot, Key.Key_R)
    opened = window.desk.findChild(LawWindow)
    assert opened is not None and opened.isVisible()
    opened.close()
    window.desk._desk._acts["R"].click()
    assert opened.isVisible()
    opened.close()


def test_two_papers_of_three_are_split_off_as_one_person(desk_office: Office, desk: DeskPage, qtbot: QtBot) -> None:
    home = desk_office.home
    desk_office.worker.submit(lambda _: join_persons.merge(home, "p4", "p9"), lambda _: None, lambda _: None)
    qtbot.waitUntil(desk_office.worker.resting)
    desk.refresh()
    desk.open_doubt("p4:name")
    view = desk.view()
    assert view is not None and len(view.papers) == 3
    first, other, stays = (paper.id for paper in view.papers)
    press(desk, qtbot, Key.Key_S, Key.Key_1, Key.Key_2)
    assert len(desk._mode) == 1  # the last one stays: nothing more can go along
    press(desk, qtbot, Key.Key_Return)
    qtbot.waitUntil(lambda: not desk._acts.pending)
    links = {id: link for id, (link, _) in desk_office.people.links().items()}
    assert links[first] == links[other] != links[stays]
