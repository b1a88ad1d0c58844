"""The desk from the keyboard alone: every kind of doubt, further questions, a long queue, acts behind a running job."""

from __future__ import annotations

import json
import threading
from collections import Counter
from pathlib import Path

import pytest
from desk_home import REVIEWS
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fieldtool.conflicts.queue import Wanted
from fieldtool.ports import Home
from fieldtool.records.documents import Document, to_payload
from fieldtool.records.events import CONTENT, LINK, Draft, RecordKind
from fieldtool.records.fields import COMPARED_FIELDS, DocumentKind, Field
from fieldtool.records.persons import DoubtKind
from fieldtool.records.verdicts import Review
from fieldtool.ui.desk_page import DeskPage
from fieldtool.ui.law_window import LawWindow
from fieldtool.ui.office import Office
from fieldtool.usecases import settle_conflict
from fieldtool.wording.catalogue import Wording

SHARED = "number:040080000005"


def press(desk: DeskPage, qtbot: QtBot, *keys: object) -> None:
    for key in keys:
        qtbot.keyClick(QApplication.focusWidget() or desk, key)


def commit(widget: QWidget, text: str) -> None:
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def written(desk: DeskPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not desk._acts.pending, timeout=60_000)


def shown(desk: DeskPage) -> str:
    return desk._doubt.id if desk._doubt else ""


def test_one_key_settles_a_plain_conflict_and_the_next_is_there_at_once(desk: DeskPage, qtbot: QtBot) -> None:
    desk.open_doubt("p2:dob")
    press(desk, qtbot, Qt.Key.Key_1)
    assert shown(desk) not in ("", "p2:dob")  # before the worker has written anything
    written(desk, qtbot)
    person = desk._office.people.person("p2")
    assert person is not None
    assert person.value(Field.DOB) == "05/06/1965"


def test_the_key_of_a_capital_spelling_takes_the_ordinary_one(
    desk: DeskPage, desk_office: Office, qtbot: QtBot
) -> None:
    home = desk_office.home
    for id, kind, name in (("y1", DocumentKind.ID_CARD, "LÒ VĂN Y"), ("y2", DocumentKind.BIRTH, "Lò Văn Y"),
                           ("y3", DocumentKind.HOUSEHOLD, "Lò Văn Ỷ")):  # fmt: skip
        home.log.append([Draft(RecordKind.DOCUMENT, id, CONTENT, to_payload(Document(id, kind, {Field.NAME: name})),
                               basis='{"import":"i"}'), Draft(RecordKind.DOCUMENT, id, LINK, "y")])  # fmt: skip
    desk.refresh()
    desk.open_doubt("y:name")
    press(desk, qtbot, Qt.Key.Key_2)
    written(desk, qtbot)
    person = desk._office.people.person("y")
    assert person is not None
    assert person.value(Field.NAME) == "Lò Văn Y"


def test_a_value_is_typed_in_the_page_and_escape_gives_up(desk: DeskPage, qtbot: QtBot) -> None:
    desk.open_doubt("p4:name")
    press(desk, qtbot, Qt.Key.Key_E)
    line = desk._choices.line
    assert line.hasFocus()
    assert line.text() == "Vi Thị Dũng"
    press(desk, qtbot, Qt.Key.Key_Escape)
    assert not line.isVisible()
    assert shown(desk) == "p4:name"
    press(desk, qtbot, Qt.Key.Key_E)
    line.clear()
    commit(line, "123")
    with qtbot.waitSignal(desk._office.news.said):
        press(desk, qtbot, Qt.Key.Key_Return)
    assert (line.text(), line.isVisible(), shown(desk)) == ("123", True, "p4:name")  # to be mended, not typed anew
    line.clear()
    commit(line, "Vi Thị Đung")
    press(desk, qtbot, Qt.Key.Key_Return)
    written(desk, qtbot)
    person = desk._office.people.person("p4")
    assert person is not None
    assert person.value(Field.NAME) == "Vi Thị Đung"


@pytest.mark.parametrize(
    ("keys", "standing"),
    [
        ((Qt.Key.Key_H,), "visit"),
        ((Qt.Key.Key_G, Qt.Key.Key_1), "paper"),
        ((Qt.Key.Key_L, Qt.Key.Key_2), "parked"),
        ((Qt.Key.Key_L, Qt.Key.Key_Return), "parked"),
    ],
)
def test_a_doubt_is_put_aside_by_keys_and_comes_back(
    desk: DeskPage, qtbot: QtBot, keys: tuple[Qt.Key, ...], standing: str
) -> None:
    desk.open_doubt("p4:name")
    press(desk, qtbot, *keys)
    written(desk, qtbot)
    doubt = desk._office.people.doubt("p4:name")
    assert doubt is not None
    assert doubt.standing == standing
    assert "p4:name" not in [line.id for line in desk._queue]
    desk.open_doubt("p4:name")  # the filter gives way for a doubt that is asked for
    press(desk, qtbot, Qt.Key.Key_K)
    written(desk, qtbot)
    doubt = desk._office.people.doubt("p4:name")
    assert doubt is not None
    assert doubt.standing == ""


def test_a_shared_number_is_accepted_and_undone(desk: DeskPage, qtbot: QtBot) -> None:
    desk.open_doubt(SHARED)
    press(desk, qtbot, Qt.Key.Key_K)
    written(desk, qtbot)
    assert SHARED not in [line.id for line in desk._queue]
    press(desk, qtbot, Qt.Key.Key_U)
    qtbot.waitUntil(lambda: shown(desk) == SHARED)


def test_two_numbers_are_only_proposed_by_the_key(desk: DeskPage, qtbot: QtBot) -> None:
    desk.open_doubt("g1|i1")
    press(desk, qtbot, Qt.Key.Key_M)
    written(desk, qtbot)
    links = desk._office.people.links()
    assert links["g1"][0] != links["i1"][0]
    assert [line.id for line in desk._queue if line.kind is DoubtKind.SECOND] == ["g1|i1"]
    desk.open_doubt("g1|i1")
    press(desk, qtbot, Qt.Key.Key_M)  # one's own proposal is not confirmed by oneself
    written(desk, qtbot)
    assert links == desk._office.people.links()


def test_a_paper_is_split_off_after_its_preview(desk: DeskPage, qtbot: QtBot) -> None:
    desk.open_doubt("p4:name")
    press(desk, qtbot, Qt.Key.Key_S, Qt.Key.Key_2)
    assert [line.head for line in desk._side.lines][0] == Wording().say("ui.desk.if_split")
    assert desk._office.people.links()["d2"][0] == "p4"  # a preview changes nothing
    press(desk, qtbot, Qt.Key.Key_Return)
    written(desk, qtbot)
    assert desk._office.people.links()["d2"][0] != "p4"
    press(desk, qtbot, Qt.Key.Key_U)
    qtbot.waitUntil(lambda: desk._office.people.links()["d2"][0] == "p4")


def test_a_person_is_merged_with_one_that_was_searched(desk: DeskPage, qtbot: QtBot) -> None:
    desk.open_doubt("p1:dob")
    press(desk, qtbot, Qt.Key.Key_M)
    commit(desk._choices.line, "hun vi khoa")
    press(desk, qtbot, Qt.Key.Key_Return, Qt.Key.Key_1)
    assert [line.head for line in desk._side.lines][0] == Wording().say("ui.desk.if_merged")
    press(desk, qtbot, Qt.Key.Key_Return)
    written(desk, qtbot)
    person = desk._office.people.person("p1")
    assert person is not None
    assert len(person.documents) == 3


def test_a_legal_form_takes_two_keys(desk: DeskPage, qtbot: QtBot) -> None:
    desk.open_doubt("p1:dob")
    press(desk, qtbot, Qt.Key.Key_1, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: bool(list(desk.says.prints.folder.glob("dc02-*.pdf"))), timeout=60_000)


def test_a_form_of_the_doubt_in_hand_takes_two_keys(desk: DeskPage, qtbot: QtBot) -> None:
    desk.open_doubt("p4:name")
    press(desk, qtbot, Qt.Key.Key_F, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(list(desk.says.prints.folder.glob("justice-*.pdf"))), timeout=60_000)


def test_many_are_decided_with_an_exception_and_taken_back(desk: DeskPage, qtbot: QtBot) -> None:
    desk.open_doubt("p1:dob")
    press(desk, qtbot, Qt.Key.Key_B)
    bulk = desk.bulk
    qtbot.waitUntil(lambda: bulk.list.count() == 4)
    bulk.list.setCurrentRow(1)
    press(desk, qtbot, Qt.Key.Key_Space)
    assert len(bulk.ticked()) == 3
    press(desk, qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: sum(line.code == "year_only" for line in desk._queue) == 1)
    press(desk, qtbot, Qt.Key.Key_U)
    qtbot.waitUntil(lambda: sum(line.code == "year_only" for line in desk._queue) == 4)


def test_the_filter_narrows_and_counts(desk: DeskPage, qtbot: QtBot) -> None:
    press(desk, qtbot, Qt.Key.Key_Slash)
    assert desk.filter.isVisible()
    box = desk.filter.boxes["kind"]
    box.setCurrentIndex(box.findData("number"))
    box.activated.emit(box.currentIndex())
    assert [line.id for line in desk._queue] == [SHARED]
    assert "1" in desk._desk.counts.text()
    desk.narrow(Wanted())
    assert len(desk._queue) > 1


def test_acts_behind_a_running_job_wait_their_turn_and_none_is_lost(desk: DeskPage, qtbot: QtBot) -> None:
    office, running, end = desk._office, threading.Event(), threading.Event()

    def match(_progress: object) -> None:
        running.set()
        end.wait(20)

    office.worker.submit(match, lambda _done: office.news.changed.emit(), lambda error: None)
    qtbot.waitUntil(running.is_set)
    desk.open_doubt("p1:dob")
    press(desk, qtbot, Qt.Key.Key_1)
    desk.open_doubt("p2:dob")
    press(desk, qtbot, Qt.Key.Key_1)
    desk.open_doubt("p1:dob")  # the same again: it is on its way, no second act
    press(desk, qtbot, Qt.Key.Key_1, Qt.Key.Key_2)
    assert desk._acts.pending == {"p1:dob", "p2:dob"}
    events = office.home.log.count()
    press(desk, qtbot, Qt.Key.Key_U)  # takes back the last of them, once it is written
    end.set()
    written(desk, qtbot)
    qtbot.waitUntil(lambda: office.people.doubt("p2:dob") is not None)
    assert office.people.doubt("p1:dob") is None
    assert office.home.log.count() == events + 3


def test_a_decision_of_another_officer_is_told_and_nothing_is_lost(desk: DeskPage, qtbot: QtBot) -> None:
    desk.open_doubt("p4:name")
    qtbot.waitUntil(desk._office.worker.resting, timeout=60_000)  # the view is noted on the worker
    settle_conflict.decide(desk._office.home, "p4", Field.NAME, "Vi Thị Dung")
    with qtbot.waitSignal(desk._office.news.failed) as told:
        press(desk, qtbot, Qt.Key.Key_2)
    assert told.args[0].code == "stale_decision"
    person = desk._office.people.person("p4")
    assert person is not None
    assert person.value(Field.NAME) == "Vi Thị Dung"
    message, _ = desk._office.wording.error(told.args[0])  # whose act was refused, what stands there by whom
    officer = desk._office.people.officer_called(desk.officer())
    for words in ("Vi Thị Dung", desk._office.say("field.name"), officer):
        assert words in message, message


def two_hundred(home: Home) -> None:
    """Two hundred more doubts: a year alone, a tone, a digit, two machines that decided apart, perhaps one person."""
    drafts, reviews = [], list(REVIEWS)
    for number in range(200):
        person, sort, year = f"n{number:03}", number % 5, 1950 + number % 45
        first = {
            Field.NAME: f"Lô Văn Thành {number}",
            Field.DOB: f"03/04/{year}",
            Field.N12: f"0400{year % 100:02}{number:06}",
        }
        second = dict(first)
        if sort == 0:
            second[Field.DOB] = str(year)
        elif sort in (1, 3):
            second[Field.NAME] = f"Lô Văn Thánh {number}"
        elif sort == 2:
            second[Field.N12] = f"0400{year % 100:02}{number + 700_000:06}"
        for side, raw in (("x", first), ("z", second)):
            kind = DocumentKind.ID_CARD if side == "x" else DocumentKind.HOUSEHOLD
            paper = Document(f"{side}{number:03}", kind, raw, village="16906-dua", household=f"n{number // 4}")
            owner = f"{person}{side}" if sort == 4 else person
            drafts.append(Draft(RecordKind.DOCUMENT, paper.id, CONTENT, to_payload(paper), basis='{"import":"k"}'))
            drafts.append(Draft(RecordKind.DOCUMENT, paper.id, LINK, owner))
        if sort == 3:
            seen = [first[Field.NAME], second[Field.NAME]]
            basis = json.dumps({"seen": seen}, ensure_ascii=False)
            drafts += [Draft(RecordKind.PERSON, person, Field.NAME, text, basis=basis) for text in seen]
        if sort == 4:
            reviews.append(Review(f"x{number:03}", f"z{number:03}", 8.0, 0.9, 1))
    home.log.append(drafts)
    home.people.replace_reviews(reviews)


_ONE_KEY = {DoubtKind.LINK: Qt.Key.Key_S, DoubtKind.NUMBER: Qt.Key.Key_K}


def test_two_hundred_mixed_doubts_are_worked_through_from_the_keyboard_alone(
    desk: DeskPage, desk_office: Office, qtbot: QtBot
) -> None:
    two_hundred(desk_office.home)
    desk.refresh()
    start = len(desk._queue)
    kinds = Counter(line.kind for line in desk._queue)
    assert start >= 200
    assert min(kinds[kind] for kind in (DoubtKind.FIELD, DoubtKind.DIVIDED, DoubtKind.LINK, DoubtKind.NUMBER)) > 0
    keys = 0
    for turn in range(start):
        view = desk.view()
        if view is None:
            break
        key = _ONE_KEY.get(view.doubt.kind, Qt.Key.Key_1)
        press(desk, qtbot, Qt.Key.Key_H if turn % 10 == 9 else key)
        keys += 1
    written(desk, qtbot)
    assert desk._queue == []
    assert keys == start  # one key a doubt
    assert desk._desk.name.text() == Wording().say("ui.desk.empty")
    press(desk, qtbot, Qt.Key.Key_1, Qt.Key.Key_M, Qt.Key.Key_S, Qt.Key.Key_K, Qt.Key.Key_N, Qt.Key.Key_P)
    press(desk, qtbot, Qt.Key.Key_U)
    qtbot.waitUntil(lambda: len(desk._queue) == 1)


def test_three_papers_and_ten_fields_need_no_scrolling(desk: DeskPage, desk_office: Office, qtbot: QtBot) -> None:
    values = {
        Field.NAME: ("Lương Thị Hương", "Lương Thị Hường", "Lương Thị Hường"),
        Field.DOB: ("15/08/1982", "15/08/1982", "1982"),
        Field.N12: ("040182004417", "040182004418", ""),
    }
    home = desk_office.home
    for place, kind in enumerate((DocumentKind.BIRTH, DocumentKind.ID_CARD, DocumentKind.HOUSEHOLD)):
        raw = {field: values.get(field, (f"Giá trị {field}",) * 3)[place] for field in COMPARED_FIELDS}
        document = Document(f"w{place}", kind, {f: t for f, t in raw.items() if t}, village="16906-dua", household="hw")
        home.log.append([Draft(RecordKind.DOCUMENT, document.id, CONTENT, to_payload(document), basis='{"import":"i"}'),
                         Draft(RecordKind.DOCUMENT, document.id, LINK, "w")])  # fmt: skip
    desk.refresh()
    desk.open_doubt("w:dob")
    assert len(desk._grid.rows) == len(COMPARED_FIELDS) == 10
    assert len(desk.view().papers) == 3  # type: ignore[union-attr]
    QApplication.processEvents()
    page = QRect(QPoint(0, 0), desk.size())
    for widget in (desk._grid, desk._desk.why, desk._choices, desk._side):
        assert page.contains(QRect(widget.mapTo(desk, QPoint(0, 0)), widget.size())), widget
    scroll = desk._grid.parentWidget().parentWidget().parentWidget()
    assert scroll.verticalScrollBar().maximum() == 0  # type: ignore[attr-defined]
    assert desk.minimumSizeHint().height() <= 560
    for button in desk.findChildren(QPushButton):
        if button.isVisible():
            assert button.height() >= 44, button.text()


def test_the_table_of_the_unit_is_loaded_or_refused_by_its_rows(desk: DeskPage, qtbot: QtBot, tmp_path: Path) -> None:
    desk.show_law()
    window = desk.findChild(LawWindow)
    assert window is not None
    file = tmp_path / "đường.csv"
    window.save(file)
    text = file.read_text(encoding="utf-8-sig")
    file.write_text(text.replace(",sure,", ",chắc,", 1), encoding="utf-8")
    window.load(file)
    qtbot.waitUntil(lambda: "2: " in window.told.text())
    file.write_text(text.replace("birth_late", "birth_late", 1), encoding="utf-8")
    window.load(file)
    qtbot.waitUntil(lambda: window.told.text() == Wording().say("ui.law.own"))
    window.reset()
    qtbot.waitUntil(lambda: window.told.text() == Wording().say("ui.law.shipped"))
    window.close()
