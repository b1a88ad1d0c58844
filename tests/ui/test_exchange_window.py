"""The exchange page: what is held back, receipts, machines and missing bundles, by mouse and key."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from exchange_homes import KEY, CountingIds, SteadyClock, card, decide, fill, home_of, homes, new_home
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fieldtool.bundles import code_pages
from fieldtool.excel.read_book import ChildWorkbooks
from fieldtool.machine.card_images import read_code
from fieldtool.ports import Home
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.exchange import QuarantineState
from fieldtool.records.roles import OfficerRole
from fieldtool.records.sensitive import HIDDEN
from fieldtool.store.opening import open_store
from fieldtool.ui.exchange_page import ExchangePage
from fieldtool.ui.look import Look, load_fonts
from fieldtool.ui.office import Office
from fieldtool.ui.worker import Worker
from fieldtool.usecases.enrol_device import inspect_request, request_enrolment
from fieldtool.usecases.export_bundle import export_bundle
from fieldtool.usecases.keep_trust import assign_scope
from fieldtool.usecases.receive_bundle import receive_bundle
from fieldtool.usecases.unseal_bundle import unseal_bundle
from fieldtool.usecases.verify_bundle import verify_bundle
from fieldtool.wording.catalogue import Wording


@pytest.fixture(name="two")
def _two(tmp_path: Path) -> Iterator[list[Home]]:
    with homes(tmp_path) as opened:
        office, laptop = opened
        fill(laptop, 2)
        receive_bundle(office, [export_bundle(laptop, "ct", tmp_path / "usb").file])
        assign_scope(office, "m01", OfficerRole.COLLECTOR)
        decide(laptop, "p" + "0" * 31, "name", "Không được quyết")
        export_bundle(laptop, "ct", tmp_path / "usb")
        yield opened


def page_of(home: Home, qtbot: QtBot, qapp: object) -> tuple[ExchangePage, Worker]:
    load_fonts()
    look = Look()
    look.apply(qapp)  # type: ignore[arg-type]
    worker = Worker()
    office = Office(home, home.people, ChildWorkbooks(), worker, Wording(), look, home.work, None)  # type: ignore[arg-type]
    page = ExchangePage(office)
    qtbot.addWidget(page)
    page.resize(1024, 560)
    page.show()
    return page, worker


def test_headquarters_takes_a_folder_and_settles_what_was_held_back(
    two: list[Home], tmp_path: Path, qtbot: QtBot, qapp: object
) -> None:
    page, worker = page_of(two[0], qtbot, qapp)
    try:
        page.receive_files([tmp_path / "usb"])
        qtbot.waitUntil(lambda: page.tabs.held.rowCount() == 1, timeout=60_000)
        assert page.tabs.held.item(0, 0).text() == "Lô Thị Mùa Xuân – Họ và tên – m01"
        page.tabs.held.selectRow(0)
        page.tabs.reason.setText("đã hỏi trưởng công an xã")
        page.tabs.settle(QuarantineState.ACCEPTED)
        qtbot.waitUntil(
            lambda: [item.state for item in two[0].depot.quarantined()] == [QuarantineState.ACCEPTED], timeout=60_000
        )
        qtbot.waitUntil(lambda: "1" not in page.tabs.tabText(2), timeout=60_000)
        assert page.tabs.makers.rowCount() == 1
        page.tabs.makers.selectRow(0)
        page.tabs.lose()
        assert two[0].trust.cutoffs() == ()  # the first press only asks
        page.tabs.lose()
        qtbot.waitUntil(lambda: len(two[0].trust.cutoffs()) == 1, timeout=60_000)
    finally:
        worker.close()


def test_a_bundle_that_had_waited_is_told_with_the_one_it_waited_for(
    tmp_path: Path, qtbot: QtBot, qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fieldtool.bundles.pack.MOST_ROWS", 2)
    with homes(tmp_path) as (office, laptop):
        fill(laptop, 2)
        first, second = export_bundle(laptop, "ct", tmp_path / "usb").files
        receive_bundle(office, [second])
        page, worker = page_of(office, qtbot, qapp)
        try:
            page.receive_files([first])
            qtbot.waitUntil(lambda: second.name in page._told.text(), timeout=60_000)
            assert f"{second.name}: gói này đã chờ gói khác, nay ghép được: 2 thao tác mới" in page._told.text()
        finally:
            worker.close()


def test_a_fork_is_told_when_its_second_branch_comes(tmp_path: Path, qtbot: QtBot, qapp: object) -> None:
    with homes(tmp_path) as (office, laptop):
        fill(laptop, 2)
        shutil.copytree(tmp_path / "x1", tmp_path / "copy")
        store = open_store(tmp_path / "copy" / "home.db", KEY, clock=SteadyClock(), ids=CountingIds(88))
        decide(laptop, "p" + "0" * 31, "name", "nhánh một")
        receive_bundle(office, [export_bundle(laptop, "ct", tmp_path / "one").file])
        clone = home_of(store, 88)
        decide(clone, "p" + "0" * 31, "name", "nhánh hai")
        other = export_bundle(clone, "ct", tmp_path / "two").file
        store.close()
        page, worker = page_of(office, qtbot, qapp)
        try:
            page.receive_files([other])
            qtbot.waitUntil(lambda: "RẼ NHÁNH" in page._told.text(), timeout=60_000)
            assert "m01" in page._told.text() and "xin cấp lại khoá" in page._told.text()
        finally:
            worker.close()


def test_an_old_copy_says_so_and_what_comes_next(two: list[Home], qtbot: QtBot, qapp: object) -> None:
    two[1].settings.put("home.behind", "7")
    page, worker = page_of(two[1], qtbot, qapp)
    try:
        page.refresh()
        qtbot.waitUntil(lambda: "bản sao cũ" in page._told.text(), timeout=60_000)
        assert "gói số 7" in page._told.text() and "Xin cấp lại khoá" in page._told.text()
        page.refresh()
        qtbot.waitUntil(worker.resting, timeout=60_000)
        assert page._told.text().count("bản sao cũ") == 1
    finally:
        worker.close()


def test_the_people_in_a_held_operation_is_shown_for_a_purpose_alone(
    two: list[Home], tmp_path: Path, qtbot: QtBot, qapp: object
) -> None:
    decide(two[1], "p" + "0" * 31, "ethnicity", "Ơ-đu")
    export_bundle(two[1], "ct", tmp_path / "usb")
    page, worker = page_of(two[0], qtbot, qapp)
    try:
        page.receive_files([tmp_path / "usb"])
        held = page.tabs.held
        qtbot.waitUntil(lambda: held.rowCount() == 2, timeout=60_000)

        def values() -> list[str]:
            return [held.item(row, 1).text() for row in range(held.rowCount())]

        row = values().index(HIDDEN)
        held.selectRow(row)
        page.tabs.show_hidden()  # no purpose yet
        assert values()[row] == HIDDEN
        page.tabs.reason.setText("kiểm tra quyết định ngoài quyền")
        page.tabs.show_hidden()
        qtbot.waitUntil(lambda: values()[row] == "Ơ-đu", timeout=60_000)
        assert held.currentRow() == row
        noted = [line.detail for line in two[0].log.notes() if line.what == "purpose"]
        assert len(noted) == 1 and noted[0].endswith(": kiểm tra quyết định ngoài quyền")
    finally:
        worker.close()


def test_a_laptop_reads_its_receipts(two: list[Home], tmp_path: Path, qtbot: QtBot, qapp: object) -> None:
    down = export_bundle(two[0], "x1", tmp_path / "down")
    page, worker = page_of(two[1], qtbot, qapp)
    try:
        page.receive_files([down.file])
        qtbot.waitUntil(lambda: page.tabs.receipts.rowCount() == 1, timeout=60_000)
        assert "4" in page.tabs.receipts.item(0, 3).text()
    finally:
        worker.close()


def test_an_edited_workbook_is_named_and_its_rows_are_taken(
    two: list[Home], tmp_path: Path, qtbot: QtBot, qapp: object
) -> None:
    office, laptop = two
    assign_scope(office, "m01", OfficerRole.OFFICER)
    decide(laptop, "p" + "0" * 31, "dob", "02/03/1985")
    sealed = export_bundle(laptop, "ct", tmp_path / "third").file
    readable = tmp_path / "so.xlsx"
    receive_bundle(office, [tmp_path / "third"])
    unseal_bundle(office, sealed, readable)
    book = openpyxl.load_workbook(readable)
    sheet = book["thay_doi"]
    row = next(row for row in range(2, sheet.max_row + 1) if sheet[f"L{row}"].value == "02/03/1985")
    sheet[f"L{row}"] = "20/03/1985"
    book.save(readable)
    page, worker = page_of(office, qtbot, qapp)
    try:
        assert page.take.isHidden()
        page.verify_file(readable)
        qtbot.waitUntil(lambda: not page.take.isHidden(), timeout=60_000)
        page.take.click()
        qtbot.waitUntil(
            lambda: [e.value for e in office.log.register("person", "p" + "0" * 31, "dob")] == ["20/03/1985"],
            timeout=60_000,
        )
        assert page.take.isHidden()
    finally:
        worker.close()


def test_the_code_on_the_screen_enrols_the_machine(tmp_path: Path, qtbot: QtBot, qapp: object) -> None:
    office_store, office = new_home(tmp_path / "office", card("mhq", "ct", headquarters=True), 1)
    store, laptop = new_home(tmp_path / "x", card("m01", "x1"), 2)
    page, worker = page_of(laptop, qtbot, qapp)
    try:
        page.enrolment.request_into(tmp_path / "usb")
        qtbot.waitUntil(lambda: page.enrolment.shown_code is not None, timeout=60_000)
        shown = page.enrolment.shown_code
        assert shown is not None
        assert shown.minimumSizeHint().height() <= 728
        photo = tmp_path / "photo.png"
        assert shown.grab().save(str(photo))
        text = read_code(photo)
        seen = inspect_request(office, photo, text)
        assert (seen.device, seen.words) == ("m01", laptop.keys.words_of(laptop.keys.card()))
        shown.close()
    finally:
        worker.close()
        store.close()
        office_store.close()


def test_the_answer_in_pages_enrols_the_machine(
    tmp_path: Path, qtbot: QtBot, qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(code_pages, "_PIECE", 1_200)
    office_store, office = new_home(tmp_path / "office", card("mhq", "ct", headquarters=True), 1)
    store, laptop = new_home(tmp_path / "x", card("m01", "x1"), 2)
    above, above_worker = page_of(office, qtbot, qapp)
    below, below_worker = page_of(laptop, qtbot, qapp)
    try:
        asked = request_enrolment(laptop, tmp_path / "usb")
        above.enrolment.accept_into(asked.file, tmp_path / "usb")
        qtbot.waitUntil(lambda: " – ".join(asked.words) in above.enrolment.words.heard.text(), timeout=60_000)
        above.enrolment.words.differ.click()
        assert not above.enrolment.words.heard.text() and not list((tmp_path / "usb").glob("*.tra-loi"))
        assert len(office.keys.trusted()) == 1
        whole = asked.file.read_bytes()
        above.enrolment.accept_into(asked.file, tmp_path / "usb")
        qtbot.waitUntil(lambda: bool(above.enrolment.words.heard.text()), timeout=60_000)
        stranger_store, stranger = new_home(tmp_path / "stranger", card("m09", "x9"), 3)
        asked.file.write_bytes(request_enrolment(stranger, tmp_path / "other").file.read_bytes())  # since the words
        stranger_store.close()
        with qtbot.waitSignal(above.enrolment._office.news.failed, timeout=60_000) as told:
            above.enrolment.words.same.click()
        assert told.args[0].code is ErrorCode.WORDS_DIFFER and len(office.keys.trusted()) == 1
        asked.file.write_bytes(whole)
        above.enrolment.accept_into(asked.file, tmp_path / "usb")
        qtbot.waitUntil(lambda: bool(above.enrolment.words.heard.text()), timeout=60_000)
        above.enrolment.words.same.click()
        qtbot.waitUntil(lambda: above.enrolment.shown_code is not None, timeout=60_000)
        shown = above.enrolment.shown_code
        assert shown is not None
        assert shown.minimumSizeHint().height() <= 728
        photos = []
        for _ in range(2):
            photos.append(tmp_path / f"photo{shown.page}.png")
            assert shown.grab().save(str(photos[-1]))
            qtbot.keyClick(shown, Qt.Key.Key_Left)
        shown.close()
        failed: list[FieldtoolError] = []
        below.enrolment._office.news.failed.connect(failed.append)
        below.enrolment.finish_from(photos[:1])
        qtbot.waitUntil(lambda: [error.code for error in failed] == [ErrorCode.CODE_PAGES_MISSING], timeout=60_000)
        below.enrolment.finish_from(photos)
        root = " – ".join(office.keys.root_words())
        qtbot.waitUntil(lambda: root in below.enrolment.words.heard.text(), timeout=60_000)
        assert not laptop.keys.enrolled()
        below.enrolment.words.same.click()
        qtbot.waitUntil(laptop.keys.enrolled, timeout=60_000)
    finally:
        above_worker.close()
        below_worker.close()
        store.close()
        office_store.close()


def test_the_readable_workbook_is_written_from_the_window(
    two: list[Home], tmp_path: Path, qtbot: QtBot, qapp: object
) -> None:
    page, worker = page_of(two[0], qtbot, qapp)
    try:
        sealed = sorted((tmp_path / "usb").glob("*.goi"))[-1]
        page.unseal_into(sealed, tmp_path / "open.xlsx")
        qtbot.waitUntil((tmp_path / "open.xlsx").exists, timeout=60_000)
        qtbot.waitUntil(lambda: "open.xlsx" in page._told.text(), timeout=60_000)
        assert openpyxl.load_workbook(tmp_path / "open.xlsx").sheetnames == ["to_khai", "thay_doi"]
        before = (tmp_path / "open.xlsx").read_bytes()
        assert "không kiểm được" in page._told.text()  # no purpose: ethnicity and religion are left out
        page._opening = sealed, tmp_path / "whole.xlsx"
        page.purpose.setText("đối chiếu sổ hộ tịch")
        page.purpose.returnPressed.emit()
        qtbot.waitUntil(lambda: "whole.xlsx" in page._told.text(), timeout=60_000)
        assert not verify_bundle(two[0], tmp_path / "whole.xlsx").sealed
        page.unseal_into(sealed, tmp_path / "open.xlsx")  # never over a file
        worker.close()  # what was asked is done first
        assert (tmp_path / "open.xlsx").read_bytes() == before
    finally:
        worker.close()
