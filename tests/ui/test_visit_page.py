"""The visit page as an officer uses it: keys, drafts at every letter, undo, people to be added, nothing lost."""

from __future__ import annotations

import os
import threading

import pytest
import segno
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from fieldtool.records.dates import parse_date
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.fields import Field
from fieldtool.records.presence import Asked, Presence, Sighting
from fieldtool.records.route_codes import code_of
from fieldtool.ui.main_window import VISITS, MainWindow
from fieldtool.ui.office import Office
from fieldtool.usecases import open_household as door


def commit(line: QLineEdit, text: str) -> None:
    """Type as an input method does; keyClicks would abort on accented letters."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(line, event)


@pytest.fixture(name="page")
def _page(window: MainWindow, qtbot: QtBot):
    window.go(VISITS)
    page = window.visits
    assert page.page is not None
    return page


def test_a_household_without_change_takes_three_keys(page, office: Office, qtbot: QtBot) -> None:
    household = page.page.house.id
    members = [item.member.person for item in page.page.members]
    with qtbot.waitSignal(office.news.said):
        qtbot.keyClick(page, Qt.Key.Key_A)
        qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert {note.state for note in office.work.presences(members).values()} == {Presence.HERE}
    assert [visit.household for visit in office.work.visits(household)] == [household]
    assert page.page.house.id != household  # the next one is open already
    assert office.home.drafts.kept(door.DRAFT + household) == ""


def test_every_letter_is_kept_and_comes_back(page, office: Office, qtbot: QtBot) -> None:
    household = page.page.house.id
    qtbot.keyClick(page, Qt.Key.Key_C)  # moved away
    card = page.cards[0]
    assert card.form is not None
    line = card.form.fields[Asked.TO_PLACE]
    for letters in ("Đắk", " Lắk"):
        commit(line, letters)
        kept = door.open_household(
            office.people, office.work, office.home.drafts, office.home.ids, household, "2026-11-25"
        )
        assert kept.sheet.answer_of(card.item.member.person).answers[Asked.TO_PLACE] == line.text()
    commit(page.foot.note, "nhà cuối dốc")
    other = page.model.line(1)
    page.open(other.household)
    page.open(household)
    assert page.cards[0].form.fields[Asked.TO_PLACE].text() == "Đắk Lắk"
    assert page.foot.note.text() == "nhà cuối dốc"
    assert page.sheet.answer_of(card.item.member.person).presence is Presence.MOVED


def test_letters_in_a_field_are_not_keys(page, qtbot: QtBot) -> None:
    page.foot.note.setFocus()
    qtbot.keyClicks(page.foot.note, "acm")
    assert page.foot.note.text() == "acm"
    assert all(answer.presence is None for answer in page.sheet.members)


def test_states_papers_and_values_by_key_and_undo_step_by_step(page, qtbot: QtBot) -> None:
    card = page.cards[0]
    qtbot.keyClick(page, Qt.Key.Key_H)
    qtbot.keyClick(page, Qt.Key.Key_D)
    qtbot.keyClick(page, Qt.Key.Key_D)
    answer = page.sheet.answer_of(card.item.member.person)
    assert (answer.presence, answer.papers["id"]) == (Presence.HERE, Sighting.COPY)
    for expected in (Sighting.ORIGINAL, None):
        qtbot.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert page.sheet.answer_of(card.item.member.person).papers.get("id") is expected
    qtbot.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.sheet.answer_of(card.item.member.person).presence is None


def test_a_recorded_visit_is_undone_and_its_sheet_comes_back(page, office: Office, qtbot: QtBot) -> None:
    household = page.page.house.id
    with qtbot.waitSignal(office.news.said):
        qtbot.keyClick(page, Qt.Key.Key_A)
        qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.page.house.id == household)
    assert office.work.visits(household) == []
    assert {answer.presence for answer in page.sheet.members} == {Presence.HERE}


def test_a_newcomer_is_recognised_and_taken(page, office: Office, qtbot: QtBot) -> None:
    stranger = next(line for line in office.people.persons() if line.household != page.page.house.id and line.n12)
    qtbot.keyClick(page, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    card = page.cards[-1]
    commit(card.form.fields[Asked.NAME], stranger.name)
    page._who_is(card)
    assert not card.alike.isHidden()
    assert stranger.name in card.alike.text()
    card.same.click()
    assert page.sheet.members[-1].person != ""
    with qtbot.waitSignal(office.news.said):
        page.save()


def test_a_missing_name_is_refused_in_words_and_nothing_is_lost(page, window, office: Office, qtbot: QtBot) -> None:
    qtbot.keyClick(page, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(office.news.failed):
        page.save()
    assert page.sheet.members[-1].slot
    assert page.save_button.isEnabled()


def test_nobody_home(page, office: Office, qtbot: QtBot) -> None:
    household = page.page.house.id
    page.foot.next_day.setText("01/12/2030")
    with qtbot.waitSignal(office.news.said):
        page.frame.buttons["not_home"].click()
    (visit,) = office.work.visits(household)
    assert (visit.result, visit.next_day) == ("not_home", "2030-12-01")


def test_one_key_for_nobody_home_loses_no_answers(page, office: Office, qtbot: QtBot) -> None:
    household = page.page.house.id
    page.all_here()
    with qtbot.waitSignal(office.news.said) as told:
        qtbot.keyClick(page, Qt.Key.Key_F7)
    assert told.args == [office.say("visit.somebody_answered")]
    qtbot.waitUntil(office.worker.resting, timeout=60_000)
    assert office.work.visits(household) == []
    assert all(page.sheet.answer_of(card.item.member.person).presence for card in page.cards)


def test_the_route_sheet_of_today_is_written_from_the_page(page, office: Office, qtbot: QtBot, tmp_path) -> None:
    households = {page.model.line(row).household for row in range(page.model.rowCount())}
    with qtbot.waitSignal(office.news.said, timeout=60_000):
        page.tasks.print_route(tmp_path / "route.pdf")
    assert (tmp_path / "route.pdf").read_bytes().startswith(b"%PDF")
    (plan,) = office.work.plans()
    assert set(plan.households) == households


def test_a_code_of_the_route_sheet_opens_its_household(page, window, office: Office, qtbot: QtBot, tmp_path) -> None:
    first, second = (page.model.line(row).household for row in (0, 1))
    page.open(first)
    window.scan.read(code_of(second))
    assert page.page.house.id == second
    segno.make(code_of(first), error="m").save(str(tmp_path / "phiếu.png"), scale=4)
    window.scan.choose_picture(tmp_path / "phiếu.png")
    qtbot.waitUntil(lambda: page.page.house.id == first)


def test_the_page_fits_a_small_screen(page) -> None:
    assert page.minimumSizeHint().width() <= 1024 - 90
    assert page.minimumSizeHint().height() <= 560


def _with_doubtful_birth(page, office: Office) -> None:
    """Go to the first household of which papers disagree on somebody's birth, and mark him."""
    for village in range(page.villages.count()):
        page.villages.setCurrentIndex(village)
        for row in range(page.model.rowCount()):
            page.open(page.model.line(row).household)
            for place, card in enumerate(page.cards):
                if any(question.field is Field.DOB for question in card.item.questions):
                    page._mark(place)
                    return
    raise AssertionError("the commune of the tests holds no doubtful date of birth")


def _asked_at_forty(page, qtbot: QtBot, year: int) -> list[str]:
    """Open the interview and say 41 by the old count, asked forty years after; the dates offered."""
    qtbot.keyClick(page, Qt.Key.Key_F6)
    interview = page.cards[page._current].age.interview
    interview.asked.setText(str(year + 40))
    interview.said.setValue(41)  # one at birth, one more each Tết
    interview.counting.setCurrentIndex(1)
    return [button.text().split(" ")[1] for button in page.cards[page._current].age.offers]


def test_the_age_interview_says_which_paper_agrees_and_takes_it(page, office: Office, qtbot: QtBot) -> None:
    _with_doubtful_birth(page, office)
    card = page.cards[page._current]
    doubt = next(question for question in card.item.questions if question.field is Field.DOB)
    page.foot.met.setEditText("Vi Thị Mai")
    year = parse_date(doubt.values[0]).year
    offered = _asked_at_forty(page, qtbot, year)
    assert doubt.values[0] in offered
    assert all(abs(parse_date(text).year - year) <= 1 for text in offered)
    qtbot.mouseClick(card.age.offers[offered.index(doubt.values[0])], Qt.MouseButton.LeftButton)
    (said,) = page.sheet.conflicts
    assert (said.field, said.value, said.said_by) == (Field.DOB, doubt.values[0], "Vi Thị Mai")
    assert "41" in said.clues
    qtbot.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.sheet.conflicts == ()


def test_a_date_is_not_taken_from_nobody(page, office: Office, qtbot: QtBot) -> None:
    _with_doubtful_birth(page, office)
    card = page.cards[page._current]
    doubt = next(question for question in card.item.questions if question.field is Field.DOB)
    page.foot.met.setEditText("")
    _asked_at_forty(page, qtbot, parse_date(doubt.values[0]).year)
    with qtbot.waitSignal(office.news.failed) as told:
        qtbot.mouseClick(card.age.offers[0], Qt.MouseButton.LeftButton)
    assert told.args[0].code is ErrorCode.ANSWER_NEEDED
    assert page.sheet.conflicts == ()
    assert card.age.interview.said.value() == 41  # what was told is still there


def test_where_no_paper_agrees_that_is_said_and_the_year_told_is_offered(page, office: Office, qtbot: QtBot) -> None:
    _with_doubtful_birth(page, office)
    offered = _asked_at_forty(page, qtbot, 1915)
    panel = page.cards[page._current].age
    assert offered == ["1915"]
    assert panel._told.text() == office.say("visit.age.none_agrees")
    qtbot.keyClick(page, Qt.Key.Key_F6)
    assert page.cards[page._current].age is None
    assert page.sheet.conflicts == ()


def test_the_age_of_a_newcomer_gives_the_year_to_write(page, qtbot: QtBot) -> None:
    page.foot.met.setEditText("Vi Thị Mai")
    page.add_newcomer()
    card = page.cards[-1]
    qtbot.keyClick(card.form.fields[Asked.NAME], Qt.Key.Key_F6)
    commit(card.age.interview.animal, "Ất Sửu")
    assert [button.text().split(" ", 1)[1] for button in card.age.offers] == ["1925", "1985"]
    qtbot.mouseClick(card.age.offers[1], Qt.MouseButton.LeftButton)
    told = page.sheet.members[-1]
    assert (told.answers[Asked.DOB], told.said_by) == ("1985", "Vi Thị Mai")
    assert "Ất Sửu" in told.clues
    assert page.cards[-1].form.fields[Asked.DOB].text() == "1985"


def card_of(office: Office) -> tuple[str, str]:
    """A known person's id and what his card's code says."""
    people = (line for village in office.people.villages() for line in office.people.persons(village.id))
    known = next(line for line in people if len(line.n12) == 12 and len(line.dob) == 10)
    digits = known.dob.replace("-", "").replace("/", "")
    return known.id, f"{known.n12}||{known.name.upper()}|{digits}|{known.sex}|Bản|01012022"


def test_an_unplugged_scanner_is_told_and_the_keyboard_goes_on(page, window, office: Office, qtbot: QtBot) -> None:
    qtbot.keyClick(page, Qt.Key.Key_F4)
    panel = window.scan
    panel.ports.addItem("COM7", "COM7")
    panel.ports.setCurrentIndex(panel.ports.count() - 1)
    with qtbot.waitSignal(office.news.failed) as told:
        panel._lost.emit(FieldtoolError(ErrorCode.SCANNER_LOST))
    assert told.args[0].code is ErrorCode.SCANNER_LOST
    assert panel.ports.currentData() == ""
    known, text = card_of(office)
    panel.field.setText(text)
    qtbot.keyClick(panel.field, Qt.Key.Key_Return)
    assert panel.look is not None and panel.look.person == known
    panel.close()


def cards_of(office: Office, count: int) -> list[tuple[str, str]]:
    people = [line for village in office.people.villages() for line in office.people.persons(village.id)]
    known = [line for line in people if len(line.n12) == 12 and len(line.dob) == 10][:count]
    return [
        (
            line.id,
            f"{line.n12}||{line.name.upper()}|{line.dob.replace('-', '').replace('/', '')}|{line.sex}|Bản|01012022",
        )
        for line in known
    ]


def test_the_next_card_is_scanned_while_the_last_is_written(page, window, office: Office, qtbot: QtBot) -> None:
    """Two scans and one Enter between them: the first is kept, the second stands on the panel."""
    qtbot.keyClick(page, Qt.Key.Key_F4)
    panel, told = window.scan, []
    office.news.said.connect(told.append)
    (first, one), (second, other), (_, third) = cards_of(office, 3)
    papers = len(office.home.people.person(first).documents)
    let_go = threading.Event()
    office.worker.submit(lambda progress: let_go.wait(30), lambda done: None, office.news.failed.emit)
    panel.read(one)
    panel.keep()
    panel.read(other)
    let_go.set()
    qtbot.waitUntil(lambda: office.say("scan.kept") in told, timeout=20_000)
    assert panel.look is not None and panel.look.person == second and panel.keep_button.isEnabled()
    assert len(office.home.people.person(first).documents) == papers + 1
    panel.read(third)  # without Enter: said, not silently passed over
    assert any(office.people.person(second).value(Field.NAME).lower() in words.lower() for words in told)
    panel.close()


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="no pseudo terminals on Windows")
def test_a_serial_scanner_is_heard_in_the_window_and_its_loss_is_told(page, window, office: Office, qtbot) -> None:
    qtbot.keyClick(page, Qt.Key.Key_F4)
    panel = window.scan
    (known, text), (other, next_text) = cards_of(office, 2)
    master, slave = os.openpty()
    panel.listen(os.ttyname(slave))
    try:
        qtbot.wait(300)  # until its thread has the port
        os.write(master, text.encode()[:20])
        os.write(master, text.encode()[20:] + b"\r")
        qtbot.waitUntil(lambda: panel.look is not None and panel.look.person == known, timeout=20_000)
        os.write(master, next_text.encode() + b"\r\n")
        qtbot.waitUntil(lambda: panel.look.person == other, timeout=20_000)
        with qtbot.waitSignal(office.news.failed, timeout=20_000) as lost:
            os.close(master)
        assert lost.args[0].code is ErrorCode.SCANNER_LOST
        assert panel.look is not None  # the card shown stays
    finally:
        os.close(slave)
        panel.close()


class FakeCamera:
    """The system's camera as the outputs give it: told to begin and to stop, it hands over what a test says."""

    def __init__(self, said, lost) -> None:
        self.said, self.lost, self.running = said, lost, False

    def start(self) -> None:
        self.running = True

    def stop(self, seconds: float = 2.0) -> None:
        self.running = False


def test_the_systems_camera_brings_a_card_and_is_stopped_by_its_key(
    page, window, office: Office, qtbot: QtBot, monkeypatch, tmp_path
) -> None:
    made: list[FakeCamera] = []

    def watch(folder, said, lost, seconds):
        made.append(FakeCamera(said, lost))
        return made[-1], folder or tmp_path

    monkeypatch.setattr(office.outputs, "watch_pictures", watch)
    qtbot.keyClick(page, Qt.Key.Key_F4)
    panel = window.scan
    panel.toggle_camera()
    assert made[0].running and str(tmp_path) in panel.waits.text()
    known, text = card_of(office)
    made[0].said(text)
    qtbot.waitUntil(lambda: panel.look is not None and panel.look.person == known)
    made[0].lost(FieldtoolError(ErrorCode.PICTURE_STAYS, values={"file": "a.jpg", "folder": tmp_path}))
    qtbot.wait_until(lambda: made[0].running)
    made[0].lost(FieldtoolError(ErrorCode.CAMERA_WAIT, values={"seconds": 120}))
    qtbot.waitUntil(lambda: not made[0].running)
    assert panel.camera_button.text() == office.say("scan.camera")
    panel.choose_folder(tmp_path)
    qtbot.waitUntil(lambda: len(made) == 2 and made[1].running)
    assert office.people.kept("camera.folder") == str(tmp_path.resolve())
    panel.toggle_camera()
    assert not made[1].running and panel.waits.isHidden()
    panel.close()
