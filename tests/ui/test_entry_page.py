"""The clerk's desk by keys alone: two keys a line beyond its values, candidates beside it, nothing lost."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from fieldtool.records.fields import Field
from fieldtool.ui.main_window import CASES, ENTRY, FIGURES, MainWindow
from fieldtool.ui.office import Office
from fieldtool.usecases import typing_drafts, work_case
from fieldtool.usecases.look_back import TrendWeek
from fieldtool.usecases.typing_drafts import Record, Typing


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
    assert typing_drafts.kept(office.home, page.batch.id).form.typed[Field.NAME] == "Vi Th"
    page.choose(page.batch.id)


def test_who_it_probably_is_stands_beside_the_form_and_one_key_takes_him(page, office: Office, qtbot: QtBot) -> None:
    known = next(line for line in office.people.persons() if len(line.name.split()) > 2 and line.n12)
    commit(page.form.lines[Field.NAME], known.name)
    page.form.lines[Field.N12].setText(known.n12)
    page._look()
    assert page._alike[0].line.id == known.id and page._alike[0].sure
    qtbot.keyClick(page.form.lines[Field.NAME], Qt.Key.Key_F6)
    assert page.saving.person == known.id
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


PAGES = (  # an invented book: number, then members as they stand on paper
    ("230871455", (("Moong Văn Liệu", "12041961", "n", "c", "040061003311"), ("Cụt Thị Nga", "1963", "u", "v", ""),
                   ("Moong Thị Sen", "30091989", "u", "g", "040189003312"), ("Moong Ưởng", "02022015", "n", "u", ""))),
    ("230871456", (("Xeo Thị Bình", "1948", "u", "c", ""),)),
    ("230871457", (("Lữ Văn Ổn", "15111975", "n", "c", "040075003313"), ("Hoa Thị Lập", "01061978", "u", "v", ""))),
)  # fmt: skip
WORDS = {"n": "Nam", "u": "Nữ"}
RELATIONS = {"c": "Chủ hộ", "v": "Vợ", "g": "Con gái", "u": "Cháu"}


def test_a_whole_book_takes_at_most_two_keys_a_line_beyond_its_values(page, office: Office, qtbot: QtBot) -> None:
    """Every key goes to where the cursor is; the head's name stands on the cover and again as the first member's."""
    keys = values = 0

    def press(*pressed: Qt.Key) -> None:
        nonlocal keys
        for key in pressed:
            qtbot.keyClick(page.window().focusWidget(), key)
            keys += 1

    def put(text: str) -> None:
        nonlocal keys
        commit(page.window().focusWidget(), text)
        keys += len(text)

    lines = page.form.lines
    lines[Field.PLACE].setFocus()
    put("Bản Côi")
    press(Qt.Key.Key_Return)
    for place, (book, members) in enumerate(PAGES):
        if place:
            press(Qt.Key.Key_Up, Qt.Key.Key_Up)
        put(book)
        press(Qt.Key.Key_Return)
        assert lines[Field.HEAD].hasFocus() and lines[Field.HEAD].text() == ""
        put(members[0][0])
        press(Qt.Key.Key_Return)
        values += len(book) + len(members[0][0])
        for number, (name, dob, sex, relation, n12) in enumerate(members):
            if number:
                put(name)
            press(Qt.Key.Key_Return)
            put(dob)
            if len(dob) == 4:
                press(Qt.Key.Key_Return)
            put(sex)
            put(relation)
            if not place and not number:  # the first line of all: what is kept from then on
                put("Lượng Minh")
                press(Qt.Key.Key_Return)
                put("k")
                put("k")  # no religion declared
            put(n12)
            press(Qt.Key.Key_Return)
            values += len(name) + (10 if len(dob) == 8 else 4) + len(WORDS[sex] + RELATIONS[relation] + n12)
    values += len("Bản CôiLượng MinhKhơ-mú")
    count = sum(len(members) for _, members in PAGES)
    qtbot.waitUntil(lambda: page.batch.typed == count, timeout=20_000)
    papers = office.home.work.entered(page.batch.id)
    heads = {paper.get(Field.BOOK): paper.get(Field.HEAD) for paper in papers}
    assert heads == {book: members[0][0] for book, members in PAGES}
    assert [paper.get(Field.NAME) for paper in papers] == [m[0] for _, members in PAGES for m in members]
    assert (keys - values) / count <= 2, (keys, values, count)


@pytest.fixture(name="busy")
def _busy(office: Office):
    """The worker held by a long job until it is let go."""
    let_go = threading.Event()
    office.worker.submit(lambda progress: let_go.wait(30), lambda done: None, office.news.failed.emit)
    yield let_go
    let_go.set()


def names(page, office: Office) -> list[str]:
    return [paper.get(Field.NAME) for paper in office.home.work.entered(page.batch.id)]


def test_the_next_line_is_typed_while_the_last_still_waits_to_be_written(page, office: Office, busy, qtbot) -> None:
    first_line(page)
    type_line(page, qtbot, "Vi Thị Năm", "03021979", "040179004321")
    type_line(page, qtbot, "Vi Thị Sáu", "04031981", "040181004322")
    commit(page.form.lines[Field.NAME], "Vi Thị B")
    waiting = typing_drafts.kept(office.home, page.batch.id)
    assert [record.typed[Field.NAME] for record in waiting.waiting] == ["Vi Thị Năm", "Vi Thị Sáu"]
    busy.set()
    qtbot.waitUntil(lambda: page.batch.typed == 2, timeout=20_000)
    assert names(page, office) == ["Vi Thị Năm", "Vi Thị Sáu"]
    assert page.form.lines[Field.NAME].text() == "Vi Thị B"
    assert typing_drafts.kept(office.home, page.batch.id) == Typing(Record(page.form.typed()))


def test_what_waited_when_the_power_went_is_written_when_the_batch_is_opened(page, office: Office, qtbot) -> None:
    first_line(page)
    with qtbot.waitSignal(office.news.said):
        type_line(page, qtbot, "Vi Thị Năm", "03021979", "040179004321")
    qtbot.waitUntil(lambda: page.batch.typed == 1)
    done = Record({**page.form.typed(), Field.NAME: "Vi Thị Năm", Field.DOB: "03021979", Field.SEX: "u",
                   Field.RELATION: "v", Field.N12: "040179004321"})  # fmt: skip
    new = Record({**page.form.typed(), Field.NAME: "Vi Thị Bảy"})
    half = Record({**page.form.typed(), Field.NAME: "Vi Th"})
    typing_drafts.keep(office.home, page.batch.id, Typing(half, (), (done, new)))
    page.choose(page.batch.id)
    qtbot.waitUntil(lambda: page.batch.typed == 2, timeout=20_000)
    assert names(page, office) == ["Vi Thị Năm", "Vi Thị Bảy"]  # what was written before the cut is not there twice
    assert page.form.lines[Field.NAME].text() == "Vi Th"


def test_a_refused_record_comes_back_and_what_was_typed_meanwhile_follows_it(page, office: Office, busy, qtbot) -> None:
    first_line(page)
    form = page.form
    commit(form.lines[Field.DOB], "03021979")
    page.save()  # no name
    commit(form.lines[Field.NAME], "Vi Thị Tám")
    busy.set()
    qtbot.waitUntil(lambda: form.lines[Field.DOB].text() == "03021979", timeout=20_000)
    assert form.lines[Field.NAME].text() == ""
    commit(form.lines[Field.NAME], "Vi Thị Năm")
    page.save()
    assert form.lines[Field.NAME].text() == "Vi Thị Tám"
    page.save()
    qtbot.waitUntil(lambda: page.batch.typed == 2, timeout=20_000)
    assert names(page, office) == ["Vi Thị Năm", "Vi Thị Tám"]


def test_a_correction_puts_a_half_typed_line_aside_and_escape_gives_it_back(page, office: Office, qtbot) -> None:
    first_line(page)
    with qtbot.waitSignal(office.news.said):
        type_line(page, qtbot, "Vi Thị Năm", "03021979", "040179004321")
    qtbot.waitUntil(lambda: page.batch.typed == 1 and len(page._papers) == 1)
    name = page.form.lines[Field.NAME]
    commit(name, "Vi Thị Sá")
    qtbot.keyClick(name, Qt.Key.Key_F2)
    assert name.text() == "Vi Thị Năm"
    kept = typing_drafts.kept(office.home, page.batch.id)
    assert kept.form.corrects and kept.aside[0].typed[Field.NAME] == "Vi Thị Sá"
    qtbot.keyClick(name, Qt.Key.Key_Escape)
    assert name.text() == "Vi Thị Sá"
    qtbot.keyClick(name, Qt.Key.Key_F2)
    name.setText("Vi Thị Nằm")
    page.save()
    assert name.text() == "Vi Thị Sá"
    qtbot.waitUntil(lambda: names(page, office) == ["Vi Thị Nằm"], timeout=20_000)
    qtbot.waitUntil(lambda: not page.saving.waits)
    page.second.click()  # and back: the half-typed line is still there
    page.second.click()
    qtbot.waitUntil(lambda: page.form.lines[Field.NAME].text() == "Vi Thị Sá", timeout=20_000)


def test_an_unfinished_line_is_not_closed_away(page, office: Office, qtbot) -> None:
    commit(page.form.lines[Field.NAME], "Vi Thị Sá")
    with qtbot.waitSignal(office.news.said) as told:
        page.close_batch()
    assert told.args == [office.say("entry.unfinished")]
    page.form.lines[Field.NAME].clear()
    page.close_batch()
    qtbot.waitUntil(lambda: page.batch is None, timeout=20_000)


def test_figures_open_their_lists_and_lists_open_the_visit(window: MainWindow, office: Office, qtbot: QtBot) -> None:
    window.go(FIGURES)
    page = window.figures
    qtbot.waitUntil(lambda: page.words is not None)
    row = next(place for place, row in enumerate(page.rows) if row.opens[0] == ("right.both", True))
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
