"""A small practice home for the window's tests: built once, copied for each test, opened without the slow unlocking."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import shutil
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from desk_home import desk_home
from exchange_homes import KEY, card, home_of, new_home
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldtool.app import make_forms
from fieldtool.excel.read_book import ChildWorkbooks
from fieldtool.excel.sample_workbooks import write_books
from fieldtool.late_outputs import LateOutputs
from fieldtool.machine.clock import SystemClock
from fieldtool.machine.randomness import SystemIds
from fieldtool.ports import Forms, Home
from fieldtool.store.opening import Store, open_store
from fieldtool.ui.desk_page import DeskPage
from fieldtool.ui.look import Look, load_fonts
from fieldtool.ui.main_window import MainWindow
from fieldtool.ui.office import Office
from fieldtool.ui.worker import Worker
from fieldtool.usecases.import_list import import_list
from fieldtool.usecases.make_sample import make_sample
from fieldtool.usecases.match_village import match_village
from fieldtool.wording.catalogue import Wording


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, None, None]:
    """Delete what pytest-qt only asked to be deleted: without an event loop it would live on, and each look that is
    applied to the program would dress all windows of all tests before."""
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="session", name="qapp_args")
def _qapp_args() -> list[str]:
    """As the program itself asks for its style."""
    return ["fieldtool", "-style", "Fusion"]


@pytest.fixture(scope="session", name="practice")
def _practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("practice")
    made = make_sample(folder / "lists", people=150, seed=9, write=write_books)
    store, home = new_home(folder / "home", card("mxa", "xa"), 1)
    for file in made.files:
        import_list(home, ChildWorkbooks(), file)
    match_village(home)
    store.close()
    return folder


@pytest.fixture(name="store")
def _store(practice: Path, tmp_path: Path) -> Iterator[Store]:
    shutil.copytree(practice / "home", tmp_path / "home")
    store = open_store(tmp_path / "home" / "home.db", KEY, clock=SystemClock(), ids=SystemIds())
    yield store
    assert store.check().complaints == []
    store.close()


@contextmanager
def _office_over(store: Store, app: QApplication, forms: Callable[[], Forms] | None = None) -> Iterator[Office]:
    load_fonts()
    look = Look()
    look.apply(app)
    worker = Worker()
    yield Office(
        home_of(store), store.reader(), ChildWorkbooks(), worker, Wording(), look, store.work_reader(), LateOutputs(),
        forms=forms,
    )  # fmt: skip
    worker.close()


@pytest.fixture(name="office")
def _office(store: Store, qapp: QApplication) -> Iterator[Office]:
    with _office_over(store, qapp) as office:
        yield office


@pytest.fixture(name="desk_store")
def _desk_store(tmp_path: Path) -> Iterator[tuple[Store, Home]]:
    with desk_home(tmp_path / "desk") as (store, home):
        yield store, home
        assert store.check().complaints == []


@pytest.fixture(name="desk_office")
def _desk_office(desk_store: tuple[Store, Home], qapp: QApplication) -> Iterator[Office]:
    with _office_over(desk_store[0], qapp, make_forms) as office:
        yield office


@pytest.fixture(name="open_desk")
def _open_desk(desk_office: Office, tmp_path: Path, qtbot: QtBot) -> Callable[[], DeskPage]:
    """Opens a desk; another one after it is as after a restart."""

    def opened() -> DeskPage:
        page = DeskPage(desk_office)
        page.says.prints.folder = tmp_path / "giấy"
        qtbot.addWidget(page)
        page.resize(1270, 656)  # what the window leaves of 1366×768 under title bar and task bar
        page.show()
        page.activateWindow()  # under a real X server keys go to the active window alone
        qtbot.waitUntil(page.isActiveWindow)
        qtbot.waitUntil(desk_office.worker.resting, timeout=60_000)  # tests write on their own thread
        return page

    return opened


@pytest.fixture(name="desk")
def _desk(open_desk: Callable[[], DeskPage]) -> DeskPage:
    page = open_desk()
    page.setFocus()
    return page


@pytest.fixture(name="window")
def _window(office: Office, qtbot: QtBot) -> Iterator[MainWindow]:
    window = MainWindow(office, lambda language, theme, zoom: None)
    qtbot.addWidget(window)
    window.start()
    window.show()
    window.activateWindow()  # under a real X server keys go to the active window alone
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.waitUntil(office.worker.resting, timeout=60_000)  # tests write on their own thread
    yield window
    window.close()
