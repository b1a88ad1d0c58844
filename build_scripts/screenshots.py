"""Render every screen to PNG at 1366×768 from a sample commune: `screenshots.py [FOLDER] [--people N]`.

Runs offscreen; what it shows is what the program draws, with the bundled fonts.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402  (after the platform is chosen)

SIZES = {"1366": (1366, 768), "1093": (1093, 614)}


def wait(app: QApplication, ready: Callable[[], bool], seconds: float = 120.0) -> None:
    """Let Qt work until something holds."""
    end = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > end:
            raise TimeoutError("the screen never came")
        app.processEvents()
        time.sleep(0.01)


def settle(app: QApplication) -> None:
    """Let queued paints and deletions happen."""
    for _ in range(20):
        app.processEvents()
        time.sleep(0.01)


def save(app: QApplication, widget: QWidget, path: Path, size: str = "1366") -> None:
    """Write one PNG."""
    widget.resize(*SIZES[size])
    settle(app)
    widget.grab().save(str(path))
    print(path.name, flush=True)


def render(folder: Path, people: int) -> None:
    """Every screen, the main ones in every theme and at Windows' 125 % scaling."""
    from fieldtool.app import doors, make_forms
    from fieldtool.cli.doors import Setup
    from fieldtool.cli.session import Session
    from fieldtool.cli.tour import PRACTICE_PASSPHRASE, prepare
    from fieldtool.excel.read_book import ChildWorkbooks
    from fieldtool.homes import create_home, open_home
    from fieldtool.ui.look import ThemeName, application
    from fieldtool.ui.main_window import MainWindow
    from fieldtool.ui.start import Program
    from fieldtool.ui.window_doors import WindowDoors
    from fieldtool.wording.catalogue import Language, Wording

    def create(at: Path, passphrase: str, *asked: Any) -> None:
        create_home(at, passphrase, Setup(*asked))

    app = application()
    window_doors = WindowDoors(create, open_home, ChildWorkbooks, lambda at: PRACTICE_PASSPHRASE, forms=make_forms)
    with tempfile.TemporaryDirectory(prefix="fieldtool-") as name:
        home = Path(name) / "practice"
        session = Session(doors, Wording())
        session.quiet = True
        first = Program(app, window_doors, Path(name) / "new")
        first.start()
        assert first.window is not None
        save(app, first.window, folder / "first_start.png")
        first.close()
        prepare(session, home, people)
        program = Program(app, window_doors, home)
        program.start()
        assert program.window is not None
        save(app, program.window, folder / "unlock.png")
        program.start(PRACTICE_PASSPHRASE)
        wait(app, lambda: isinstance(program.window, MainWindow))
        window = program.window
        assert isinstance(window, MainWindow)
        pages(app, window, folder)
        for theme in (ThemeName.DARK, ThemeName.CONTRAST):
            program._restyle(Language.VIETNAMESE, theme, 100)
            window = program.window
            assert isinstance(window, MainWindow)
            for place, page in ((0, "people"), (1, "desk"), (3, "exchange")):
                window.go(place)
                save(app, window, folder / f"{page}_{theme}.png")
        program._restyle(Language.ENGLISH, ThemeName.LIGHT, 125)
        window = program.window
        assert isinstance(window, MainWindow)
        for place, page in ((0, "people"), (1, "desk"), (2, "import")):
            window.go(place)
            save(app, window, folder / f"{page}_english_125.png")
        program.close()


def pages(app: QApplication, window: object, folder: Path) -> None:
    """Every page of the main window in the light theme."""
    from fieldtool.records.persons import DoubtKind
    from fieldtool.ui.help_window import HelpWindow
    from fieldtool.ui.main_window import MainWindow

    assert isinstance(window, MainWindow)
    save(app, window, folder / "people.png")
    window.people.search.setText("huong lo")
    window.people.refresh_list()
    save(app, window, folder / "people_search.png")
    line = window.people._model.line(0)
    if line is not None:
        window.people.show_person(line.id)
        save(app, window, folder / "person.png")
    window.people.search.setText("")
    window.people.refresh_list()
    window.go(1)
    save(app, window, folder / "desk.png")
    window.go(1)
    save(app, window, folder / "desk_1093.png", "1093")
    for kind in (DoubtKind.LINK, DoubtKind.FIELD):
        found = window.desk._office.people.doubts(kind=kind, limit=1)
        if found:
            window.desk.open_doubt(found[0].id)
            save(app, window, folder / f"desk_{kind}.png")
    window.show_help()
    helper = window.findChild(HelpWindow)
    assert helper is not None
    settle(app)
    helper.grab().save(str(folder / "help.png"))
    helper.close()
    window.go(2)
    save(app, window, folder / "import.png")
    window.go(3)
    save(app, window, folder / "exchange.png")
    window.go(4)
    save(app, window, folder / "settings.png")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "screenshots")
    parser.add_argument("--people", type=int, default=1200)
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    render(given.folder, given.people)
    return 0


if __name__ == "__main__":
    sys.exit(main())
