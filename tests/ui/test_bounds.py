"""The households page keeps to the villages of who sits at the machine, and what it shows is in the journal."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from fieldtool.records.roles import OfficerRole
from fieldtool.ui.households_page import HouseholdsPage
from fieldtool.ui.main_window import MainWindow
from fieldtool.ui.office import Office
from fieldtool.usecases import users


def test_after_a_switch_to_a_collector_only_his_villages_are_left(
    window: MainWindow, office: Office, qtbot: QtBot
) -> None:
    page = window.findChild(HouseholdsPage)
    assert page is not None
    villages = office.people.villages()
    own, other = villages[0], villages[1]
    page.refresh()
    assert page.villages.count() == len(villages) + 1
    stranger = office.people.persons(other.id, limit=1)[0]
    page.show_person(stranger.id)
    qtbot.waitUntil(office.worker.resting, timeout=10_000)

    def switch(_progress: object) -> None:
        users.set_pin(office.home, "1234")
        collector = users.add_officer(office.home, "Vi Thị Thu", OfficerRole.COLLECTOR, "9999", (own.id,))
        users.switch_user(office.home, collector.id, "9999")

    office.do(switch, lambda _done: None)
    qtbot.waitUntil(lambda: office.worker.resting() and page.villages.count() == 2, timeout=20_000)
    page.refresh()
    assert page.villages.itemData(1) == own.id
    page.search.setText(stranger.name)
    page.refresh_list()
    held = {person.id for person in office.people.persons(own.id, limit=10_000)}
    shown = [page._model.line(row) for row in range(page._model.rowCount())]
    assert all(line is not None and line.id in held for line in shown)
    page.show_person(stranger.id)
    assert page._detail.count() == 0


def test_what_is_shown_is_noted_once(window: MainWindow, office: Office, store: object, qtbot: QtBot) -> None:
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
