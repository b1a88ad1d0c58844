"""The import wizard as an officer walks it: file, what was recognised, dry run, import, report, and back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog
from pytestqt.qtbot import QtBot

from fieldtool.excel.read_book import ChildWorkbooks
from fieldtool.ui.import_page import ImportPage
from fieldtool.ui.import_steps.buttons import DONE, DRY_RUN, FILE, MAPPING
from fieldtool.ui.import_steps.verdict_model import VerdictModel
from fieldtool.ui.main_window import MainWindow
from fieldtool.ui.office import Office
from fieldtool.usecases.list_mappings import kept_mappings

TEXT = (
    "DANH SÁCH BẢN XỐP NẶM,,,\nMã,Họ và tên,Khai sinh khi,Ghi chú\nX1,Lô Thị Mới,01/02/1999,a\nX2,,03/04/2000,b\n"
    'X3,"Vi Văn Ba\nVi Văn Tư",05/05/2001,\nX4,Moong Thị Năm,1988,\n'
)


@pytest.fixture(name="page")
def _page(window: MainWindow, qtbot: QtBot) -> ImportPage:
    window.go(2)
    return window.import_page


@pytest.fixture(name="csv")
def _csv(tmp_path: Path) -> Path:
    path = tmp_path / "thêm.csv"
    path.write_text(TEXT, encoding="utf-8")
    return path


def at(page: ImportPage, step: int) -> Callable[[], bool]:
    return lambda: page._at == step and not page._busy


def opened(page: ImportPage, file: Path, qtbot: QtBot) -> None:
    page.open_file(file)
    qtbot.waitUntil(at(page, MAPPING), timeout=60_000)


def choose(page: ImportPage, row: int, code: str, qtbot: QtBot, place: int = 2) -> None:
    combo = page.mapping_step.columns.cellWidget(row, place)
    assert isinstance(combo, QComboBox)
    combo.setCurrentIndex(combo.findData(code))
    combo.activated.emit(combo.currentIndex())
    qtbot.waitUntil(at(page, MAPPING), timeout=60_000)


def test_a_column_is_put_right_and_the_rows_after_show_it(page: ImportPage, csv: Path, qtbot: QtBot) -> None:
    opened(page, csv, qtbot)
    after = page.mapping_step.rows.after
    headings = [after.horizontalHeaderItem(i).text() for i in range(after.columnCount())]
    assert "Ngày sinh" not in headings
    choose(page, 2, "dob", qtbot)
    headings = [after.horizontalHeaderItem(i).text() for i in range(after.columnCount())]
    column = headings.index("Ngày sinh")
    assert after.item(0, column).text() == "01/02/1999"
    assert page.mapping_step.rows.before.item(0, 2).text() == "01/02/1999"
    choose(page, 2, "text_turned", qtbot, 4)
    assert after.item(0, column).text() == "02/01/1999"


def test_the_dry_run_shows_every_row_and_filters(page: ImportPage, csv: Path, office: Office, qtbot: QtBot) -> None:
    events = office.home.log.count()
    opened(page, csv, qtbot)
    page.buttons.by_name["try_all"].click()
    qtbot.waitUntil(at(page, DRY_RUN), timeout=60_000)
    model = page.verdict_step.model
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    counts = {}
    for choice, button in page.verdict_step.filters.items():
        if button.isEnabled():
            button.click()
            counts[choice] = model.rowCount()
    assert counts["all"] == 4 == counts["added"] + counts["refused"] + counts["parked"]
    page.verdict_step.choose("refused")
    assert [model.index(0, column).data() for column in range(model.columnCount())][1:5] == ["4", "Từ chối", "", "B4"]
    assert "B4" in page.verdict_step._detail.text()
    assert office.home.log.count() == events


def test_the_whole_way_by_keyboard_and_back(
    page: ImportPage, window: MainWindow, csv: Path, office: Office, qtbot: QtBot
) -> None:
    documents = office.people.counts()["documents"]
    opened(page, csv, qtbot)
    qtbot.keyClick(page.mapping_step.lists, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(at(page, DRY_RUN), timeout=60_000)
    qtbot.keyClick(page.verdict_step.table, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert page._at == MAPPING
    qtbot.keyClick(page.mapping_step.lists, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(at(page, DRY_RUN), timeout=60_000)
    qtbot.keyClick(page.verdict_step.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(at(page, DONE), timeout=60_000)
    assert office.people.counts()["documents"] == documents + 2
    page.go(FILE)
    qtbot.waitUntil(lambda: page.file_step.table.rowCount() == 4, timeout=60_000)
    assert page.file_step.table.item(0, 1).text() == csv.name
    with qtbot.waitSignal(office.news.said, timeout=60_000):
        qtbot.keyClick(page.file_step.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert office.people.counts()["documents"] == documents
    qtbot.waitUntil(lambda: "hoàn tác" in page.file_step.table.item(0, 3).text(), timeout=60_000)
    assert not page.file_step.undo_button.isEnabled()


def test_the_reading_process_of_the_next_step_waits_for_it_and_goes_with_the_page(
    window: MainWindow, page: ImportPage, csv: Path, office: Office, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    books = office.workbooks
    assert isinstance(books, ChildWorkbooks)
    seen: list[bool] = []

    def chosen(*_: object, **__: object) -> tuple[str, str]:
        seen.append(books._ready is not None)
        return (str(csv) if len(seen) > 1 else ""), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", staticmethod(chosen))
    page.choose_file()
    assert seen == [True] and books._ready is None, "no list was chosen: nothing waits on"
    page.choose_file()
    qtbot.waitUntil(at(page, MAPPING), timeout=60_000)
    assert seen == [True, True] and books._ready is not None
    page.buttons.by_name["try_all"].click()
    qtbot.waitUntil(at(page, DRY_RUN), timeout=60_000)
    waiting = books._ready
    assert waiting is not None and waiting.is_there()
    window.go(0)
    assert books._ready is None


def test_reports_of_the_list_in_hand_and_of_an_earlier_import(
    page: ImportPage, csv: Path, tmp_path: Path, office: Office, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(page, csv, qtbot)
    page.buttons.by_name["try_all"].click()
    qtbot.waitUntil(at(page, DRY_RUN), timeout=60_000)
    target = tmp_path / "báo cáo.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *given: (str(target), ""))
    with qtbot.waitSignal(office.news.said, timeout=60_000):
        qtbot.keyClick(page.verdict_step.table, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert openpyxl.load_workbook(target)["1"]["E4"].value == "Từ chối"
    page.go(FILE)
    qtbot.waitUntil(lambda: page.file_step.table.rowCount() == 3, timeout=60_000)
    with qtbot.waitSignal(office.news.said, timeout=60_000):
        page.file_step.report_button.click()
    assert openpyxl.load_workbook(target).sheetnames[0] == "Tổng hợp"


def test_a_mapping_is_saved_loaded_remembered_and_forgotten(
    page: ImportPage, csv: Path, tmp_path: Path, office: Office, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "gán.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *given: (str(target), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *given: (str(target), ""))
    opened(page, csv, qtbot)
    choose(page, 2, "dob", qtbot)
    with qtbot.waitSignal(office.news.said, timeout=60_000):
        page.buttons.by_name["save_map"].click()
    opened(page, csv, qtbot)
    assert page.mapping_step.mappings() is None
    page.buttons.by_name["load_map"].click()
    qtbot.waitUntil(lambda: page.mapping_step.mappings() is not None and not page._busy, timeout=60_000)
    assert page.mapping_step.columns.cellWidget(2, 2).currentData() == "dob"
    page.buttons.by_name["try_all"].click()
    qtbot.waitUntil(at(page, DRY_RUN), timeout=60_000)
    page.buttons.by_name["start"].click()
    qtbot.waitUntil(at(page, DONE), timeout=60_000)
    opened(page, csv, qtbot)
    assert page.mapping_step.forget.isVisible()
    page.mapping_step.forget.click()
    qtbot.waitUntil(lambda: not page._busy and not page.mapping_step.forget.isVisible(), timeout=60_000)
    assert kept_mappings(office.home) == []


def test_a_heading_that_was_not_found_is_told_by_its_row(page: ImportPage, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "lạ.csv"
    path.write_text("linh tinh,x\nAi,Bao giờ\nLô Văn An,1980\nVi Thị Ba,1981\n", encoding="utf-8")
    opened(page, path, qtbot)
    assert not page.buttons.by_name["try_all"].isEnabled()
    page.mapping_step.first.setValue(2)
    qtbot.waitUntil(lambda: not page._busy and page.mapping_step.columns.rowCount() == 2, timeout=60_000)
    choose(page, 0, "name", qtbot)
    choose(page, 1, "dob", qtbot)
    assert page.buttons.by_name["try_all"].isEnabled()
    assert page.mapping_step.rows.after.item(1, 0).text() == "Vi Thị Ba"


def test_a_list_without_heading_asks_for_its_columns(page: ImportPage, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "khong tieu de.csv"
    path.write_text(
        "1,Lô Thị Mới,01/02/1999,Hoa Thị Mới\n2,Vi Văn Ba,03/04/2000,Vi Văn Tám\n3,Moong Thị Năm,05/05/1988,\n", "utf-8"
    )
    opened(page, path, qtbot)
    step = page.mapping_step
    assert step.told.text().startswith(page._office.say("ui.mapping.guessed"))
    after = step.rows.after
    assert [after.horizontalHeaderItem(i).text() for i in range(after.columnCount())][:2] == ["Họ và tên", "Ngày sinh"]
    choose(page, 3, "other_name", qtbot)
    assert page._office.say("ui.mapping.guessed") not in step.told.text()
    headings = [after.horizontalHeaderItem(i).text() for i in range(after.columnCount())]
    assert after.item(0, headings.index(page._office.say("meaning.other_name"))).text() == "Hoa Thị Mới"
    assert after.rowCount() == 3


def test_a_dropped_list_is_opened(page: ImportPage, csv: Path, qtbot: QtBot) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(csv))])
    drop = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    page.file_step.dropEvent(drop)
    qtbot.waitUntil(at(page, MAPPING), timeout=60_000)


def test_a_list_opened_over_another_is_named(page: ImportPage, csv: Path, qtbot: QtBot) -> None:
    opened(page, csv, qtbot)
    other = csv.with_name("danh sách khác.csv")
    other.write_text("Họ và tên,Ngày sinh\nLô Văn Ín,01/02/1999\n", encoding="utf-8")
    page.open_file(other)
    qtbot.waitUntil(lambda: not page._busy and page._told.text() == other.name, timeout=60_000)
    assert page.mapping_step.rows.after.item(0, 0).text() == "Lô Văn Ín"


def test_the_page_fits_a_small_screen(window: MainWindow, page: ImportPage, csv: Path, qtbot: QtBot) -> None:
    opened(page, csv, qtbot)
    hint = page.minimumSizeHint()
    assert hint.width() <= 1024 - 88
    assert hint.height() <= 560


def test_the_page_fits_with_the_largest_letters(office: Office, csv: Path, qtbot: QtBot) -> None:
    office.look.zoom = 150
    office.look.apply(app := QApplication.instance())
    large = ImportPage(office)
    qtbot.addWidget(large)
    opened(large, csv, qtbot)
    wide = large.minimumSizeHint().width()
    office.look.zoom = 100
    office.look.apply(app)
    assert wide <= 1366 - 132


def test_an_empty_model_holds_nothing(office: Office) -> None:
    model = VerdictModel(office.look, office.wording)
    assert model.rowCount() == 0
    assert model.verdict(0) is None


def test_a_number_that_another_name_holds_is_told_after_the_import(
    page: ImportPage, tmp_path: Path, office: Office, qtbot: QtBot
) -> None:
    held = next(line for line in office.people.persons(limit=200) if len(line.n12) == 12)
    path = tmp_path / "trùng.csv"
    path.write_text(f"Họ và tên,Ngày sinh,Số CCCD\nVừ Thị Khác Hẳn,1/2/1999,{held.n12}\n", encoding="utf-8")
    opened(page, path, qtbot)
    page.buttons.by_name["try_all"].click()
    qtbot.waitUntil(at(page, DRY_RUN), timeout=60_000)
    assert not page.verdict_step.findings.isVisible()
    page.buttons.by_name["start"].click()
    qtbot.waitUntil(at(page, DONE), timeout=60_000)
    assert page.verdict_step.findings.isVisible()
    assert held.n12 in page.verdict_step.findings.text()
