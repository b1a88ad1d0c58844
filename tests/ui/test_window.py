"""The window as an officer uses it: typed, clicked, pressed in the wrong order."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import Mock

import pytest
from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QInputMethodEvent, QPainter
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLineEdit, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from fieldtool.records.errors import Cancelled, ErrorCode, FieldtoolError
from fieldtool.records.events import Draft, RecordKind
from fieldtool.records.fields import Field
from fieldtool.records.persons import DoubtKind
from fieldtool.ui.gate import UnlockPage
from fieldtool.ui.help_window import HelpWindow
from fieldtool.ui.lists import LineModel
from fieldtool.ui.look import Look, ThemeName
from fieldtool.ui.main_window import MainWindow
from fieldtool.ui.marked_text import draw_marked
from fieldtool.ui.office import Office
from fieldtool.ui.qt_words import QtWords
from fieldtool.ui.worker import Worker
from fieldtool.usecases import settle_conflict
from fieldtool.wording.catalogue import Language, Wording


def commit(line: QLineEdit, text: str) -> None:
    """Type as an input method does; keyClicks would abort on accented letters."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(line, event)


def first(window: MainWindow, kind: DoubtKind) -> str:
    found = window.desk._office.people.doubts(kind=kind, limit=1)
    assert found, kind
    window.go(1)
    window.desk.open_doubt(found[0].id)
    return found[0].id


def test_search_as_one_types_finds_with_and_without_marks(window: MainWindow, office: Office, qtbot: QtBot) -> None:
    name = office.people.persons(limit=1)[0].name
    for text in (name, name.lower(), " ".join(reversed(name.split()))):
        window.people.search.clear()
        commit(window.people.search, text)
        window.people.refresh_list()
        line = window.people._model.line(0)
        assert line is not None
        assert getattr(line, "name", "").lower() == name.lower()


def test_arrows_walk_the_list_while_the_cursor_stays_in_the_search(window: MainWindow, qtbot: QtBot) -> None:
    window.people.search.setFocus()
    before = window.people._list.currentIndex().row()
    qtbot.keyClick(window.people.search, Qt.Key.Key_Down)
    assert window.people._list.currentIndex().row() == before + 1
    qtbot.keyClick(window.people.search, Qt.Key.Key_Up)
    qtbot.keyClick(window.people.search, Qt.Key.Key_Up)
    assert window.people._list.currentIndex().row() == 0


def test_one_key_decides_and_one_key_undoes(window: MainWindow, office: Office, qtbot: QtBot) -> None:
    id = first(window, DoubtKind.FIELD)
    before = office.people.counts()["doubts"]
    with qtbot.waitSignal(office.news.said):
        qtbot.keyClick(window.desk, Qt.Key(Qt.Key.Key_0 + _filled_column(window, id)))
    assert office.people.doubt(id) is None
    assert office.people.counts()["doubts"] == before - 1
    with qtbot.waitSignal(office.news.said):
        qtbot.keyClick(window.desk, Qt.Key.Key_U)
    assert office.people.doubt(id) is not None
    assert window.desk._doubt is not None
    assert window.desk._doubt.id == id


def test_the_keys_still_answer_after_a_choice_by_mouse(window: MainWindow, office: Office, qtbot: QtBot) -> None:
    id = first(window, DoubtKind.FIELD)
    qtbot.waitUntil(lambda: bool(_shown_choices(window)))  # Qt shows a new question at its next turn
    choice = _shown_choices(window)[0]
    with qtbot.waitSignal(office.news.said):
        qtbot.mouseClick(choice, Qt.MouseButton.LeftButton)
    assert office.people.doubt(id) is None
    focused = QApplication.focusWidget()
    assert focused is window.desk or window.desk.isAncestorOf(focused)
    with qtbot.waitSignal(office.news.said):
        qtbot.keyClick(focused, Qt.Key.Key_U)
    assert office.people.doubt(id) is not None


def test_a_person_without_doubts_never_shows_another_persons(window: MainWindow, office: Office, qtbot: QtBot) -> None:
    shown = first(window, DoubtKind.FIELD)
    with qtbot.waitSignal(office.news.said) as told:
        window.desk.open_person("nobody")
    assert told.args == [Wording().say("ui.desk.gone")]
    assert window.desk._doubt is not None
    assert window.desk._doubt.id == shown


def test_the_whole_queue_can_be_walked(window: MainWindow, office: Office) -> None:
    window.go(1)
    assert len(window.desk._queue) == sum(office.people.doubt_counts().values())


def test_help_opens_the_guide_and_escape_closes_it(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F1)
    helper = window.findChild(HelpWindow)
    assert helper is not None
    assert "Đối chiếu" in helper.page.toPlainText()
    qtbot.keyClick(helper, Qt.Key.Key_Escape)
    assert not helper.isVisible()
    window.show_help()
    assert helper.isVisible()
    assert window.findChildren(HelpWindow) == [helper]


def test_a_field_of_a_doubtful_link_is_no_doubt_of_its_own(window: MainWindow, office: Office, qtbot: QtBot) -> None:
    shown = first(window, DoubtKind.LINK)
    with qtbot.assertNotEmitted(office.news.said):
        window.desk._grid.field_picked.emit(str(Field.N12))
    assert window.desk._doubt is not None
    assert window.desk._doubt.id == shown


def test_an_undo_that_failed_can_be_tried_again(
    window: MainWindow, office: Office, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = first(window, DoubtKind.FIELD)
    with qtbot.waitSignal(office.news.said):
        window.desk.choose_column(_filled_column(window, id))
    trouble = FieldtoolError(ErrorCode.DISK_FULL)
    with monkeypatch.context() as broken:
        broken.setattr(settle_conflict, "undo", Mock(side_effect=trouble))
        with qtbot.waitSignal(office.news.failed):
            window.desk.undo()
    assert office.people.doubt(id) is None
    qtbot.waitUntil(lambda: not window.desk._waiting)
    with qtbot.waitSignal(office.news.said):
        window.desk.undo()
    assert office.people.doubt(id) is not None


def _shown_choices(window: MainWindow) -> list[QPushButton]:
    buttons = window.desk.findChildren(QPushButton)
    return [button for button in buttons if button.property("choice") and button.isVisible()]


def _filled_column(window: MainWindow, id: str) -> int:
    field = Field(id.rpartition(":")[2])
    row = next(row for row in window.desk._grid.rows if row.field == field)
    return next(place for place, cell in enumerate(row.cells, start=1) if cell.text)


def test_keys_in_the_wrong_order_do_nothing_bad(window: MainWindow, office: Office, qtbot: QtBot) -> None:
    first(window, DoubtKind.FIELD)
    events = office.home.log.count()
    for key in (Qt.Key.Key_9, Qt.Key.Key_M, Qt.Key.Key_S, Qt.Key.Key_P, Qt.Key.Key_P, Qt.Key.Key_U, Qt.Key.Key_Z):
        qtbot.keyClick(window.desk, key)
    for _ in range(len(window.desk._queue) + 3):
        qtbot.keyClick(window.desk, Qt.Key.Key_N)
    assert office.home.log.count() == events
    assert window.desk._lines.place == len(window.desk._queue) - 1


def test_an_empty_queue_takes_every_key_calmly(window: MainWindow, qtbot: QtBot) -> None:
    window.desk._lines.lines = []
    window.desk._show()
    for key in (Qt.Key.Key_1, Qt.Key.Key_N, Qt.Key.Key_P, Qt.Key.Key_E, Qt.Key.Key_M, Qt.Key.Key_S, Qt.Key.Key_U):
        qtbot.keyClick(window.desk, key)
    assert window.desk._desk.name.text() == Wording().say("ui.desk.empty")


def test_a_doubtful_link_is_settled_by_its_key(window: MainWindow, office: Office, qtbot: QtBot) -> None:
    id = first(window, DoubtKind.LINK)
    with qtbot.waitSignal(office.news.said):
        qtbot.keyClick(window.desk, Qt.Key.Key_M)
    a, _, b = id.partition("|")
    links = office.people.links()
    assert links[a][0] == links[b][0]
    with qtbot.waitSignal(office.news.said):
        window.desk.undo()
    links = office.people.links()
    assert links[a][0] != links[b][0]


def test_two_decisions_made_apart_show_both_values(window: MainWindow, office: Office, qtbot: QtBot) -> None:
    doubt = office.people.doubts(kind=DoubtKind.FIELD, limit=1)[0]
    field = Field(doubt.field)
    home = office.home
    settle_conflict.decide(home, doubt.person, field, doubt.values[0])
    blind = home.log.register("person", doubt.person, doubt.field)[0]
    home.log.append([Draft(RecordKind.PERSON, doubt.person, field, doubt.values[1], basis=blind.basis)])
    office.news.changed.emit()
    window.go(1)
    window.desk.open_doubt(doubt.id)
    assert window.desk._doubt is not None
    assert window.desk._doubt.kind is DoubtKind.DIVIDED
    buttons = [button.text() for button in window.desk.findChildren(QPushButton) if button.property("choice")]
    assert all(any(value in text for text in buttons) for value in doubt.values[:2])


def test_a_decision_that_came_meanwhile_is_told(window: MainWindow, office: Office, qtbot: QtBot) -> None:
    id = first(window, DoubtKind.FIELD)
    person, _, field = id.rpartition(":")
    doubt = office.people.doubt(id)
    assert doubt is not None
    qtbot.waitUntil(office.worker.resting, timeout=60_000)
    settle_conflict.decide(office.home, person, Field(field), doubt.values[-1])
    with qtbot.waitSignal(office.news.failed) as told:
        window.desk.choose_column(_filled_column(window, id))
    assert told.args[0].code is ErrorCode.STALE_DECISION
    for box in window.findChildren(QMessageBox):
        box.close()


def test_a_list_is_tried_imported_and_undone(
    window: MainWindow, office: Office, practice: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window.go(2)
    page = window.import_page
    file = tmp_path / "thêm.csv"
    file.write_text("Mã,Họ và tên,Ngày sinh\nX1,Lô Thị Mới,01/02/1999\nX2,,03/04/2000\n", encoding="utf-8")
    documents = office.people.counts()["documents"]
    named = page.buttons.by_name
    page.open_file(file)
    qtbot.waitUntil(lambda: named["try_all"].isVisible() and named["try_all"].isEnabled(), timeout=60_000)
    named["try_all"].click()
    qtbot.waitUntil(lambda: named["start"].isVisible() and named["start"].isEnabled(), timeout=60_000)
    assert office.people.counts()["documents"] == documents
    assert page.verdict_step.model.rowCount() == 1
    with qtbot.waitSignal(office.news.said, timeout=60_000):
        named["start"].click()
    assert office.people.counts()["documents"] == documents + 1
    with qtbot.waitSignal(office.news.said, timeout=60_000):
        named["undo"].click()
    assert office.people.counts()["documents"] == documents


def test_a_file_that_is_no_workbook_is_told_with_its_code(
    window: MainWindow, office: Office, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "giả.xlsx"
    file.write_bytes(b"no workbook")
    with qtbot.waitSignal(office.news.failed, timeout=60_000) as told:
        window.import_page.open_file(file)
    assert told.args[0].code is ErrorCode.NOT_A_WORKBOOK
    boxes = window.findChildren(QMessageBox)
    assert any("not_a_workbook" in box.informativeText() for box in boxes)
    for box in boxes:
        box.close()
    assert window.import_page.choose.isEnabled()


def test_a_job_stops_when_asked_and_leaves_the_store_as_before(office: Office, qtbot: QtBot) -> None:
    events = office.home.log.count()
    failures: list[BaseException] = []

    def job(progress: object) -> None:
        def drafts() -> object:
            yield Draft(RecordKind.VILLAGE, "16906-x", "name", "Bản X")
            office.worker.cancel()
            progress(1, 2, "write")  # type: ignore[operator]
            yield Draft(RecordKind.VILLAGE, "16906-y", "name", "Bản Y")

        office.home.log.append(drafts())  # type: ignore[arg-type]

    office.worker.submit(job, lambda result: None, failures.append)
    qtbot.waitUntil(lambda: bool(failures))
    assert isinstance(failures[0], Cancelled)
    assert office.home.log.count() == events


def test_a_defect_reaches_the_window_and_not_the_officer_raw(qtbot: QtBot, qapp: QApplication) -> None:
    worker, failures = Worker(), []
    worker.submit(lambda progress: 1 / 0, lambda result: None, failures.append)
    qtbot.waitUntil(lambda: bool(failures))
    assert isinstance(failures[0], ZeroDivisionError)
    worker.close()


@pytest.mark.parametrize("place", range(9))
def test_every_page_fits_a_small_screen(place: int, window: MainWindow) -> None:
    window.go(place)
    hint = window._pages.widget(place).minimumSizeHint()
    assert hint.width() <= 1024
    assert hint.height() <= 560


def test_every_button_is_named_and_big_enough(window: MainWindow) -> None:
    for place in range(5):
        window.go(place)
        for button in window._pages.widget(place).findChildren(QPushButton):
            assert button.text() or button.accessibleName()
            assert button.minimumSizeHint().height() >= 44, button.text()


def test_mnemonics_differ_within_a_page(window: MainWindow) -> None:
    for place in range(5):
        texts = [button.text() for button in window._pages.widget(place).findChildren(QPushButton)]
        keys = [text[text.index("&") + 1].lower() for text in texts if "&" in text and "&&" not in text]
        assert len(keys) == len(set(keys)), texts


def test_the_list_model_keeps_qts_rules(office: Office, qtbot: QtBot) -> None:
    model = LineModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    lines = office.people.persons(limit=1000)
    model.show_lines(len(lines), lambda offset, limit: lines[offset : offset + limit])
    assert model.rowCount() == len(lines)
    assert model.data(model.index(len(lines) - 1, 0)) == lines[-1].name
    model.show_lines(0, lambda offset, limit: [])
    assert model.line(0) is None


def test_qts_own_buttons_speak_vietnamese(qapp: QApplication, qtbot: QtBot) -> None:
    words = QtWords(Wording())
    qapp.installTranslator(words)
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    texts = {button.text() for button in box.buttons()}
    other = QCoreApplication.translate("QFileDialog", "%1 bytes")
    qapp.removeTranslator(words)
    assert texts == {"Đồng ý", "Huỷ"}
    assert other == "%1 bytes", "what has no word of ours keeps Qt's, and is not blank"


def test_a_mark_lies_behind_the_text_and_leaves_the_horn(qapp: QApplication) -> None:
    """The letter before a marked one keeps every pixel it has without the mark (reference/ui.md 0.3)."""
    look = Look()

    def ink(spans: tuple[tuple[int, int], ...]) -> QImage:
        image = QImage(300, 60, QImage.Format.Format_RGB32)
        image.fill(QColor("white"))
        painter = QPainter(image)
        box = QRectF(10, 0, 280, 60)
        draw_marked(painter, box, "Hương", look.data_font(2.5), QColor("black"), spans, QColor("#f5cf6a"))
        painter.end()
        return image

    plain, marked = ink(()), ink(((3, 4),))
    dark = [
        (x, y) for x in range(plain.width()) for y in range(plain.height()) if plain.pixelColor(x, y).lightness() < 60
    ]
    assert dark
    assert all(marked.pixelColor(x, y).lightness() < 90 for x, y in dark)
    assert any(marked.pixelColor(x, y) == QColor("#f5cf6a") for x in range(300) for y in range(60))


def test_a_wrong_passphrase_can_be_typed_again(qtbot: QtBot, qapp: QApplication) -> None:
    page = UnlockPage(Look(), Wording(), "kho")
    qtbot.addWidget(page)
    entered: list[str] = []
    page.entered.connect(entered.append)
    qtbot.keyClick(page.passphrase, Qt.Key.Key_Return)
    assert entered == []
    commit(page.passphrase, "bốn con trâu")
    qtbot.keyClick(page.passphrase, Qt.Key.Key_Return)
    qtbot.keyClick(page.passphrase, Qt.Key.Key_Return)
    assert entered == ["bốn con trâu"]
    page.tell(*Wording().error(FieldtoolError(ErrorCode.WRONG_PASSPHRASE)))
    assert page.open.isEnabled()
    assert page._told.text()


@pytest.mark.parametrize("theme", list(ThemeName))
@pytest.mark.parametrize("language", list(Language))
def test_every_look_builds_every_page(theme: ThemeName, language: Language, office: Office, qtbot: QtBot) -> None:
    office.look, office.wording = Look(theme, 150), Wording(language)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    office.look.apply(app)
    window = MainWindow(office, lambda *given: None)
    qtbot.addWidget(window)
    window.start()
    for place in range(5):
        window.go(place)
        assert not window.grab().isNull()
    Look().apply(app)
