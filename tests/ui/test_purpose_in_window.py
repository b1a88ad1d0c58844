"""The window hides ethnicity and religion until a purpose is stated, once a person, with keys alone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fieldtool.records.fields import Field
from fieldtool.records.sensitive import HIDDEN
from fieldtool.ui.desk_grid import DeskGrid
from fieldtool.ui.desk_page import DeskPage
from fieldtool.ui.households_page import HouseholdsPage
from fieldtool.ui.main_window import DESK, PEOPLE, MainWindow
from fieldtool.ui.office import Office
from fieldtool.ui.purpose import PurposeLine


def _someone(office: Office, *, open_fields: bool = False) -> str:
    """A person whose people is known and in no dispute."""
    for line in office.people.persons(limit=500):
        person = office.people.person(line.id)
        known = person is not None and person.value(Field.ETHNICITY) and Field.ETHNICITY not in person.open_fields
        if known and (not open_fields or person.open_fields):
            return line.id
    raise AssertionError("the sample has nobody of a known people")


def _shown(page: HouseholdsPage) -> str:
    grids = [grid for grid in page.findChildren(DeskGrid) if grid.isVisible()]
    return " ".join(cell.text for grid in grids for row in grid.rows for cell in row.cells) + " ".join(
        grid.accessibleDescription() for grid in grids
    )


def test_a_person_page_shows_ethnicity_after_a_purpose(window: MainWindow, office: Office, qtbot: QtBot) -> None:
    id = _someone(office)
    people = office.people.person(id).value(Field.ETHNICITY)
    window.go(PEOPLE)
    page = window.findChild(HouseholdsPage)
    page.show_person(id)
    qtbot.waitUntil(office.worker.resting, timeout=60_000)
    assert people not in _shown(page).split() and HIDDEN in _shown(page)
    qtbot.keyClick(page, Qt.Key.Key_F8)
    line = next(item for item in page.findChildren(PurposeLine) if item.isVisible()).line
    assert line.hasFocus()
    before = office.home.log.journal_head()
    qtbot.keyClicks(line, "Lap ho so ho tro")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: people in _shown(page), timeout=60_000)
    assert HIDDEN not in _shown(page)
    assert office.home.log.journal_head() != before
    assert any("Lap ho so ho tro" in note.detail and id in note.detail for note in office.home.log.notes())
    others = [item.id for item in office.people.persons(limit=500) if item.id != id]
    other = next(item for item in others if office.people.person(item).value(Field.ETHNICITY))
    page.show_person(other)
    qtbot.waitUntil(lambda: HIDDEN in _shown(page), timeout=60_000)  # a purpose is stated for one person


def test_the_desk_hides_ethnicity_until_T_is_answered(window: MainWindow, office: Office, qtbot: QtBot) -> None:
    id = _someone(office, open_fields=True)
    window.go(DESK)
    desk = window.findChild(DeskPage)
    desk.open_person(id)
    row = next(row for row in desk.view().rows if row.field is Field.ETHNICITY)
    assert {cell.text for cell in row.cells} <= {HIDDEN, ""} and row.value in (HIDDEN, "")
    qtbot.keyClick(desk, Qt.Key.Key_T)
    qtbot.keyClicks(desk._choices.line, "Doi chieu")
    qtbot.keyClick(desk._choices.line, Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: next(row for row in desk.view().rows if row.field is Field.ETHNICITY).value != HIDDEN, timeout=60_000
    )
