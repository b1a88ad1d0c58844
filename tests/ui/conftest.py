"""A small practice home for the window's tests: built once, copied for each test, opened without the slow unlocking."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import shutil
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from exchange_homes import KEY, card, home_of, new_home
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from fieldtool.excel.read_book import ChildWorkbooks
from fieldtool.excel.sample_workbooks import write_books
from fieldtool.late_outputs import LateOutputs
from fieldtool.machine.clock import SystemClock
from fieldtool.machine.randomness import SystemIds
from fieldtool.store.opening import Store, open_store
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


@pytest.fixture(name="office")
def _office(store: Store, qapp: object) -> Iterator[Office]:
    load_fonts()
    look = Look()
    look.apply(qapp)  # type: ignore[arg-type]
    worker = Worker()
    yield Office(
        home_of(store), store.reader(), ChildWorkbooks(), worker, Wording(), look, store.work_reader(), LateOutputs()
    )
    worker.close()


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
