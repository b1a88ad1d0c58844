"""The clerk's desk by keys alone: two keys a line beyond its values, candidates beside it, nothing lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from fieldtool.records.fields import Field
from fieldtool.ui.main_window import CASES, ENTRY, FIGURES, MainWindow
from fieldtool.ui.office import Office
from fieldtool.usecases import enter_papers, work_case
from fieldtool.usecases.look_back import TrendWeek


def commit(line: QLineEdit, text: str) -> None:
    """Type as an input method does; keyClicks would abort on accented letters."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(line, event)


@pytest.fixture(name="page")
def _page(window: MainWindow, qtbot: QtBot):
    window.go(ENTRY)
    page = window.entry
    commit(page.title, "Sổ bản thử")
    page.total.setText("2")
    qtbot.keyClick(page.total, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.form is not None)
    return page


def type_line(page, qtbot: QtBot, name: str, digits: str, number: str) -> int:
    """Type one member's line; how many keys beyond the characters of its values were pressed."""
    form = page.form
    keys = 0
    name_line = form.lines[Field.NAME]
    name_line.setFocus()
    commit(name_line, name)
    keys += len(name)
    qtbot.keyClick(name_line, Qt.Key.Key_Return)
    keys += 1
    for field, text in ((Field.DOB, digits), (Field.SEX, "u"), (Field.RELATION, "v")):
        assert form.lines[field].hasFocus() or page.window().focusWidget() is form.lines[field]
        qtbot.keyClicks(form.lines[field], text)
        keys += len(text)
    qtbot.keyClicks(form.lines[Field.N12], number)
    keys += len(number)
    last = page.window().focusWidget()
    qtbot.keyClick(last, Qt.Key.Key_Return)
    keys += 1
    values = (name, f"{digits[:2]}/{digits[2:4]}/{digits[4:]}", "Nữ", "Vợ", number)
    return keys - sum(map(len, values))


def first_line(page) -> None:
    for field, text in ((Field.PLACE, "Bản Côi"), (Field.BOOK, "230114999"), (Field.HEAD, "Kha Văn Tư")):
        page.form.lines[field].setText(text)
    page.form.lines[Field.ORIGIN].setText("Lượng Minh")
    page.form.lines[Field.ETHNICITY].setText("t")


def test_a_line_takes_at_most_two_keys_beyond_its_values(page, office: Office, qtbot: QtBot) -> None:
    first_line(page)
    with qtbot.waitSignal(office.news.said):
        extra = type_line(page, qtbot, "Vi Thị Năm", "03021979", "040179004321")
    assert extra <= 2
    qtbot.waitUntil(lambda: page.batch.typed == 1)
    form = page.form
    assert form.lines[Field.BOOK].text() == "230114999" and form.lines[Field.NAME].text() == ""
    with qtbot.waitSignal(office.news.said):
        type_line(page, qtbot, "Vi Thị Sáu", "04031981", "040181004322")
    qtbot.waitUntil(lambda: page.batch.typed == 2)
    papers = office.home.work.entered(page.batch.id)
    assert [paper.get(Field.NAME) for paper in papers] == ["Vi Thị Năm", "Vi Thị Sáu"]
    assert papers[0].get(Field.DOB) == "03/02/1979" and papers[0].get(Field.RELATION) == "Vợ"


def test_every_letter_is_kept(page, office: Office) -> None:
    commit(page.form.lines[Field.NAME], "Vi Th")
    assert enter_papers.kept_typing(office.home, page.batch.id)[Field.NAME] == "Vi Th"
    page.choose(page.batch.id)


def test_who_it_probably_is_stands_beside_the_form_and_one_key_takes_him(page, office: Office, qtbot: QtBot) -> None:
    known = next(line for line in office.people.persons() if len(line.name.split()) > 2 and line.n12)
    commit(page.form.lines[Field.NAME], known.name)
    page.form.lines[Field.N12].setText(known.n12)
    page._look()
    assert page._alike[0].line.id == known.id and page._alike[0].sure
    qtbot.keyClick(page.form.lines[Field.NAME], Qt.Key.Key_F6)
    assert page.person == known.id
    with qtbot.waitSignal(office.news.said):
        page.save()
    qtbot.waitUntil(lambda: page.batch.typed == 1)
    (paper,) = office.home.work.entered(page.batch.id)
    assert paper.id in {item.id for item in office.people.person(known.id).documents}


def test_checks_stand_under_the_field_and_nothing_pops_up(page) -> None:
    commit(page.form.lines[Field.NAME], "Vi Thị Năm")
    page.form.lines[Field.DOB].setText("32/13/1990")
    page._look()
    assert not page.form._remarks[Field.DOB].isHidden()
    assert page.form._remarks[Field.NAME].isHidden()


def test_the_last_record_is_corrected_and_withdrawn_by_key(page, office: Office, qtbot: QtBot) -> None:
    first_line(page)
    with qtbot.waitSignal(office.news.said):
        type_line(page, qtbot, "Vi Thị Năm", "03021979", "040179004321")
    qtbot.waitUntil(lambda: page.batch.typed == 1)
    qtbot.keyClick(page.form.lines[Field.NAME], Qt.Key.Key_F2)
    page.form.lines[Field.NAME].setText("Vi Thị Nằm")
    with qtbot.waitSignal(office.news.said):
        page.save()
    qtbot.waitUntil(lambda: [p.get(Field.NAME) for p in page._papers] == ["Vi Thị Nằm"])
    qtbot.keyClick(page.form.lines[Field.NAME], Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: page.batch.typed == 0)
    assert page.form.lines[Field.NAME].text() == "Vi Thị Nằm"


def test_figures_open_their_lists_and_lists_open_the_visit(window: MainWindow, office: Office, qtbot: QtBot) -> None:
    window.go(FIGURES)
    page = window.figures
    qtbot.waitUntil(lambda: page.words is not None)
    row = page._codes.index("right.both")
    page.table.setCurrentCell(row, 0)
    assert page.list.count() == page.words.total["right.both"][1] - page.words.total["right.both"][0]
    fact = next(item for item in page._people if item.household)
    page.list.itemActivated.emit(page.list.item(list(page._people).index(fact)))
    assert window.visits.page is not None and window.visits.page.house.id == fact.household
    assert not page.coverage.picture(400, 200).isNull()


def test_a_home_that_kept_no_week_still_has_a_trend(window: MainWindow, office: Office, qtbot: QtBot) -> None:
    assert not list(office.home.log.events("figures"))
    window.go(FIGURES)
    page = window.figures
    qtbot.waitUntil(lambda: "SỐNG" in page.trend.accessibleName())
    assert "SỐNG 0%" in page.trend.accessibleName()
    assert "ĐÚNG —" not in page.trend.accessibleName()  # this week is counted as it stands
    assert page.told_back.isHidden()  # and no week before it held a paper
    page._show_weeks({"2026-W40": TrendWeek({"live.90": (0, 5)}, worked_out=True)})
    assert "SỐNG 0%" in page.trend.accessibleName()
    assert "ĐÚNG —" in page.trend.accessibleName()  # not claimed for a week that was not kept
    assert "tính lùi" in page.told_back.text()
    assert not page.told_back.isHidden()
    assert page.coverage.accessibleName()


def test_cases_are_proposed_stepped_noted_and_undone(window: MainWindow, office: Office, qtbot: QtBot) -> None:
    window.go(CASES)
    page = window.cases
    page.kinds.setCurrentIndex(page.kinds.findData("card_due"))
    with qtbot.waitSignal(office.news.said):
        page.propose()
    qtbot.waitUntil(lambda: page.list.count() > 0 and page.shown is not None)
    page.steps["take"].click()
    qtbot.waitUntil(lambda: page.shown.case.state == "taken")
    page.undo()
    qtbot.waitUntil(lambda: page.shown.case.state == "due")
    page.note.setText("hẹn sau Tết")
    page.add_note()
    id = page.shown.case.id
    qtbot.waitUntil(lambda: any(event.value == "hẹn sau Tết" for event in work_case.history(office.home, id)))


@pytest.mark.parametrize("name", ["visits", "cases", "entry", "figures", "settings"])
def test_every_page_fits_a_small_screen(window: MainWindow, name: str) -> None:
    hint = getattr(window, name).minimumSizeHint()
    assert hint.width() <= 1024 - 90 and hint.height() <= 560


def test_without_a_batch_the_page_says_how_to_begin_and_then_no_more(page, qtbot: QtBot) -> None:
    page.batch = None
    page._show_form()
    assert page.hint.isVisible()
    assert "Ctrl+N" in page.hint.text()
    page.title.setText("Sổ bản Xốp Tháp")
    page.new_batch()
    qtbot.waitUntil(lambda: page.form is not None, timeout=60_000)
    assert not page.hint.isVisible()


def test_a_total_of_any_length_is_shown(page, office: Office, qtbot: QtBot) -> None:
    page.total.setText("9" * 50)
    page.new_batch()
    qtbot.waitUntil(lambda: "999" in page._count.text())
