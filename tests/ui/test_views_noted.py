"""The households page notes in the journal what it shows."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from fieldtool.ui.households_page import HouseholdsPage
from fieldtool.ui.main_window import MainWindow
from fieldtool.ui.office import Office


def test_what_is_shown_is_noted_once(window: MainWindow, office: Office, qtbot: QtBot) -> None:
    page = window.findChild(HouseholdsPage)
    assert page is not None
    person = office.people.persons(limit=1)[0]
    before = office.home.log.journal_head()
    page.show_person(person.id)
    qtbot.waitUntil(office.worker.resting, timeout=10_000)
    after = office.home.log.journal_head()
    assert after != before
    page.show_person(person.id)
    qtbot.waitUntil(office.worker.resting, timeout=10_000)
    assert office.home.log.journal_head() == after
