"""Cases and figures in the window: opened where a person is met, found behind the figures, handed over by name."""

from __future__ import annotations

from pathlib import Path

import pytest
from case_walks import answers, way_to
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from fieldtool.records.casebook import book
from fieldtool.records.casebook.machine import Machine
from fieldtool.ui.main_window import CASES, FIGURES, PEOPLE, VISITS, MainWindow
from fieldtool.ui.office import Office
from fieldtool.usecases import propose_cases, work_case


def choose(window: MainWindow, menu: object, kind: str) -> None:
    """Choose a kind in the menu as it stands open."""
    assert menu.isVisible()  # type: ignore[attr-defined]
    next(act for act in menu.actions() if act.data() == kind).trigger()  # type: ignore[attr-defined]
    menu.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", list(book.MACHINES))
def test_a_case_of_every_kind_is_opened_from_a_person(
    window: MainWindow, office: Office, qtbot: QtBot, kind: str
) -> None:
    window.go(PEOPLE)
    line = office.people.persons()[3]
    window.people.show_person(line.id)
    qtbot.keyClick(window, Qt.Key.Key_H, modifier=Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(window.people.case_menu.isVisible)
    choose(window, window.people.case_menu, kind)
    qtbot.waitUntil(lambda: window.cases.shown is not None and window.cases.shown.case.kind == kind)
    assert window._pages.currentIndex() == CASES
    assert window.cases.shown.case.person == line.id
    (found,) = [item for item in work_case.list_cases(office.home, kind) if item.case.person == line.id]
    qtbot.waitUntil(lambda: window.cases.list.currentItem() is not None)
    assert found.case.id == window.cases.shown.case.id


def test_a_case_is_opened_at_the_door_and_the_visit_goes_on(window: MainWindow, office: Office, qtbot: QtBot) -> None:
    window.go(VISITS)
    page = window.visits
    qtbot.waitUntil(lambda: page.page is not None)
    page._mark(1)
    member = page.cards[1].item.member
    qtbot.keyClick(page, Qt.Key.Key_H)  # a state of hers, kept while the case is opened
    page.open_case()
    qtbot.waitUntil(page.case_menu.isVisible)
    with qtbot.waitSignal(office.news.said) as told:
        choose(window, page.case_menu, "home_intake")
    assert member.name in told.args[0]
    qtbot.waitUntil(office.worker.resting)
    (found,) = work_case.list_cases(office.home, "home_intake")
    assert (found.case.person, found.case.household) == (member.person, page.page.house.id)
    assert page.sheet.answer_of(member.person).presence is not None


def test_what_was_done_and_open_cases_stand_among_the_figures_with_their_lists(
    window: MainWindow, office: Office, qtbot: QtBot
) -> None:
    person = office.people.persons()[0].id
    case = work_case.open_case(office.home, "archive", person).case
    window.go(FIGURES)
    page = window.figures
    qtbot.waitUntil(lambda: any(row.opens[0] == ("case.archive", False) for row in page.rows))
    row = next(place for place, row in enumerate(page.rows) if row.opens[0] == ("case.archive", False))
    assert [page.table.item(row, column).text() for column in (1, 2)] == ["1", "0"]
    page.table.setCurrentCell(row, 1)
    assert page.list.count() == 1
    page.table.setCurrentCell(row, 2)  # none is late
    assert page.list.count() == 0
    page.table.setCurrentCell(row, 0)
    page.list.itemActivated.emit(page.list.item(0))
    qtbot.waitUntil(lambda: window.cases.shown is not None and window.cases.shown.case.id == case.id)
    assert any(row.opens[0] == ("week.opened.archive", False) for row in page.rows)


def test_numbers_open_whom_they_count_and_the_column_beside_all_of_them(
    window: MainWindow, office: Office, qtbot: QtBot
) -> None:
    window.go(FIGURES)
    page = window.figures
    qtbot.waitUntil(lambda: page.words is not None)
    for place, row in enumerate(page.rows):
        code = row.opens[0][0] if row.opens[0] else ""
        if row.heading or code in ("live.lag", "full.filled"):
            continue
        for column in (1, 2):
            page.open_cell(place, column)
            assert len(page._people) == int(row.texts[column]), (code, column)


def test_a_case_is_handed_over_by_name_and_shown_by_name(window: MainWindow, office: Office, qtbot: QtBot) -> None:
    id = work_case.open_case(office.home, "archive", office.people.persons()[0].id).case.id
    window.go(CASES)
    page = window.cases
    page.show_case(id)
    qtbot.waitUntil(lambda: page.shown is not None and page.shown.case.id == id)
    page.owner.setText("Công an xã Yên Na")
    page.hand_over()
    qtbot.waitUntil(lambda: page.shown.case.owner == "Công an xã Yên Na")
    here = office.people.officer_called(office.home.card.officer)
    page.owner.setText(here)
    page.hand_over()
    qtbot.waitUntil(lambda: page.shown.case.owner == office.home.card.officer)


@pytest.mark.parametrize("machine", book.MACHINES.values(), ids=lambda machine: machine.kind)
def test_every_step_of_a_kind_is_taken_in_the_window(
    window: MainWindow, office: Office, qtbot: QtBot, machine: Machine
) -> None:
    page, home = window.cases, office.home
    people = office.people.persons()
    window.go(CASES)
    for place, step in enumerate(machine.steps):
        id = work_case.open_case(home, machine.kind, people[place].id).case.id
        for before in way_to(machine, step):
            work_case.step(home, id, before.code, answers(machine, before))
        page.show_case(id)
        qtbot.waitUntil(lambda id=id: page.shown is not None and page.shown.case.id == id)
        qtbot.waitUntil(office.worker.resting)
        assert set(page.steps) == {item.code for item in machine.steps_from(step.start)}
        for name, text in answers(machine, step).items():
            field = page.fields[name]
            if isinstance(field, QComboBox):
                field.setCurrentIndex(field.findData(text))
            else:
                field.setText(text)
        page.steps[step.code].click()
        qtbot.waitUntil(office.worker.resting)
        now = work_case.show_case(home, id)
        assert now.case.state == step.end, step
        assert bool(now.case.closed) is (step.end in machine.ends)
        assert answers(machine, step).items() <= now.case.details.items()


def test_cards_of_one_village_are_proposed_so_many_months_ahead(
    window: MainWindow, office: Office, qtbot: QtBot, tmp_path: Path
) -> None:
    window.go(CASES)
    page, home = window.cases, office.home
    page.kinds.setCurrentIndex(page.kinds.findData("card_due"))
    village = office.people.villages()[1].id
    page.filters.villages.setCurrentIndex(page.filters.villages.findData(village))
    page.filters.months.setCurrentIndex(page.filters.months.findData(12))
    wanted = propose_cases.propose(home, "card_due", village, months=12)
    assert len(wanted) >= len(propose_cases.propose(home, "card_due", village, months=1)) > 0
    with qtbot.waitSignal(office.news.said):
        page.propose()
    qtbot.waitUntil(lambda: page.list.count() == len(wanted))
    assert {item.case.village for item in work_case.list_cases(home)} == {village}
    page.print_roster(tmp_path / "bản.pdf")
    qtbot.waitUntil((tmp_path / "bản.pdf").exists, timeout=20_000)
