"""The plan of a day in the window: villages carried, helpers, a day, the order of the houses, the sheet of a plan."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fieldtool.ui.main_window import VISITS, MainWindow
from fieldtool.ui.office import Office
from fieldtool.ui.plan_window import PlanWindow
from fieldtool.usecases import plan_visits
from fieldtool.usecases.seen_work import seen_work
from fieldtool.usecases.today import day_after, today
from fieldtool.wording.days import day_told


@pytest.fixture(name="plans")
def _plans(window: MainWindow, office: Office, qtbot: QtBot) -> PlanWindow:
    window.go(VISITS)
    qtbot.waitUntil(lambda: window.visits.page is not None)
    qtbot.keyClick(window, Qt.Key.Key_K, modifier=Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.visits.tasks.findChild(PlanWindow) is not None)
    found = window.visits.tasks.findChild(PlanWindow)
    qtbot.waitUntil(lambda: found.path.list.count() > 1 and found.carry.list.count() > 1)
    return found


def test_a_plan_with_day_and_helpers_is_made_and_dropped(plans: PlanWindow, office: Office, qtbot: QtBot) -> None:
    day = day_after(today(office.home).day, 2)
    plans.day.setText(day_told(day))
    plans.helpers.setText("Trưởng bản Kha, Vi Văn An")
    plans.limit.setText("3")
    plans.make()
    qtbot.waitUntil(lambda: plans.list.count() == 1)
    (made,) = seen_work(office.home, office.home.work).plans(plans.village)
    assert (made.day, made.helpers, len(made.households)) == (day, ("Trưởng bản Kha", "Vi Văn An"), 3)
    assert "Trưởng bản Kha" in plans.list.item(0).text()
    plans.drop()
    qtbot.waitUntil(lambda: plans.list.count() == 0)


@pytest.mark.parametrize(("day", "limit"), [("31/02/2027", "3"), ("", "x"), ("", "0")])
def test_a_day_or_number_that_is_none_makes_no_plan(
    plans: PlanWindow, office: Office, qtbot: QtBot, day: str, limit: str
) -> None:
    plans.day.setText(day)
    plans.limit.setText(limit)
    with qtbot.waitSignal(office.news.failed):
        plans.make()
    assert office.home.work.plans() == []


def test_villages_are_chosen_and_the_visits_show_those_alone(
    plans: PlanWindow, window: MainWindow, office: Office, qtbot: QtBot
) -> None:
    plans.carry.list.item(1).setCheckState(Qt.CheckState.Checked)
    village = plans.carry.list.item(1).data(Qt.ItemDataRole.UserRole)
    plans.carry.keep()
    qtbot.waitUntil(lambda: window.visits.tasks.villages.count() == 1)
    assert plan_visits.carried(office.home) == (village,)
    assert window.visits.tasks.villages.currentData() == village


def test_the_houses_are_put_in_the_order_of_the_path(plans: PlanWindow, office: Office, qtbot: QtBot) -> None:
    path = plans.path
    second = path.list.item(1).data(Qt.ItemDataRole.UserRole)
    path.list.item(1).setSelected(True)
    path.move_chosen(-1)
    path.move_chosen(-1)  # at the head it stays
    assert path.list.item(0).data(Qt.ItemDataRole.UserRole) == second
    path.hamlet.setText("Cụm Huồi Na")
    path.keep()
    qtbot.waitUntil(lambda: dict(office.home.work.house_places([second])) == {second: ("Cụm Huồi Na", 1)})


def test_the_marked_plans_sheet_is_printed_and_no_second_plan_is_made(
    plans: PlanWindow, window: MainWindow, office: Office, qtbot: QtBot, tmp_path: Path
) -> None:
    plans.day.setText(day_told(day_after(today(office.home).day, 1)))
    plans.helpers.setText("Vi Văn An")
    plans.make()
    qtbot.waitUntil(lambda: plans.list.count() == 1)
    for name in ("mai.pdf", "lai.pdf"):
        window.visits.tasks.print_route(tmp_path / name)
        qtbot.waitUntil((tmp_path / name).exists, timeout=20_000)
    qtbot.waitUntil(office.worker.resting)
    assert len(office.home.work.plans()) == 1
    plans.close()
    for _ in range(2):  # today's own plan is made once
        window.visits.tasks.print_route(tmp_path / "nay.pdf")
        qtbot.waitUntil(office.worker.resting, timeout=20_000)
    assert len(office.home.work.plans()) == 2
