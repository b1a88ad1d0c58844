"""The households page notes in the journal what it shows."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from fieldtool.ui.cases_page import CasesPage
from fieldtool.ui.desk_page import DeskPage
from fieldtool.ui.households_page import HouseholdsPage
from fieldtool.ui.main_window import CASES, DESK, MainWindow
from fieldtool.ui.office import Office
from fieldtool.usecases.work_case import open_case


def test_what_is_shown_is_noted_once(window: MainWindow, office: Office, qtbot: QtBot) -> None:
    page = window.findChild(HouseholdsPage)
    assert page is not None
    person = office.people.persons(limit=1)[0]
    before = office.home.log.journal_head()
    page.show_person(person.id)
    qtbot.waitUntil(office.worker.resting, timeout=60_000)
    after = office.home.log.journal_head()
    assert after != before
    page.show_person(person.id)
    qtbot.waitUntil(office.worker.resting, timeout=60_000)
    assert office.home.log.journal_head() == after


def test_the_desk_notes_whose_papers_it_shows(window: MainWindow, office: Office, qtbot: QtBot) -> None:
    def views() -> list[str]:
        qtbot.waitUntil(office.worker.resting, timeout=60_000)
        return [note.detail for note in office.home.log.notes() if note.what == "view"]

    desk = window.findChild(DeskPage)
    assert desk is not None
    before = len(views())
    window.go(DESK)
    first = desk.view()
    assert first is not None
    assert views()[before:] == [first.person.id]
    desk.refresh()
    assert views()[before:] == [first.person.id]  # once while he stays
    while (now := desk.view()) is not None and now.person.id == first.person.id:
        desk.next()
    assert now is not None and views()[before:] == [first.person.id, now.person.id]


def test_a_case_that_is_shown_is_noted_once(window: MainWindow, office: Office, qtbot: QtBot) -> None:
    line = office.people.persons(limit=1)[0]
    opened = open_case(office.home, "card_due", line.id).case
    window.go(CASES)
    page = window.findChild(CasesPage)
    assert page is not None
    for _ in range(2):
        page.open(opened.id)
        qtbot.waitUntil(office.worker.resting, timeout=60_000)
    assert [note.detail for note in office.home.log.notes() if note.what == "view"].count(f"case {opened.id}") == 1
