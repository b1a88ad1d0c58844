"""Draw the pictures of the guide in both languages: `guide_pictures.py [--people N]` writes docs/pictures.

Each page of the window is drawn under the name that it declares (`guide = …`), so a new page gets its picture by
itself; guide.py check says which guide still has to show it.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "build_scripts")]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image  # noqa: E402
from PySide6.QtCore import Qt  # noqa: E402  (after the platform is chosen)
from PySide6.QtGui import QImage  # noqa: E402
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402
from screenshots import SIZES, settle, wait  # noqa: E402

from fieldtool.app import create_from_gate, doors  # noqa: E402
from fieldtool.cli.session import Session  # noqa: E402
from fieldtool.cli.tour import PRACTICE_PASSPHRASE, prepare  # noqa: E402
from fieldtool.excel.read_book import ChildWorkbooks  # noqa: E402
from fieldtool.homes import open_home  # noqa: E402
from fieldtool.ui.look import ThemeName, application  # noqa: E402
from fieldtool.ui.main_window import MainWindow  # noqa: E402
from fieldtool.ui.start import Program  # noqa: E402
from fieldtool.ui.window_doors import WindowDoors  # noqa: E402
from fieldtool.wording.catalogue import Language, Wording  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"
WIDTH = 760


def draw(app: QApplication, widget: QWidget, path: Path) -> None:
    """One picture, made small: 256 colours are enough for flat screens."""
    widget.resize(*SIZES["1366"])
    settle(app)
    image = widget.grab().toImage().scaledToWidth(WIDTH, Qt.TransformationMode.SmoothTransformation)
    path.parent.mkdir(parents=True, exist_ok=True)
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = [bytes(image.constScanLine(line))[: 3 * image.width()] for line in range(image.height())]
    picture = Image.frombytes("RGB", (image.width(), image.height()), b"".join(rows))
    picture.quantize(128, dither=Image.Dither.NONE).save(path, optimize=True)
    print(path.relative_to(ROOT), flush=True)


def draw_gates(app: QApplication, window_doors: WindowDoors, home: Path, language: Language) -> None:
    """The screens before a home is open."""
    for name, folder in (("first_start", home.with_name("none")), ("unlock", home)):
        program = Program(app, window_doors, folder)
        program._wording = Wording(language)
        program._dress()
        program.start()
        assert program.window is not None
        draw(app, program.window, PICTURES / language / f"{name}.png")
        program.window.hide()
        program.close()


def draw_pages(app: QApplication, window: MainWindow, language: Language) -> None:
    """Every page of the window, by the name it declares; the first household and doubt are open."""
    window.go(0)
    house = next(iter(window.people._office.people.households(limit=1)), None)
    if house is not None:
        window.people.show_household(house.id)
    for place in range(window.page_count()):
        window.go(place)
        page = window._pages.widget(place)
        draw(app, window, PICTURES / language / f"{getattr(page, 'guide', place)}.png")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1200)
    people = parser.parse_args().people
    app = application()
    window_doors = WindowDoors(create_from_gate, open_home, ChildWorkbooks, lambda at: PRACTICE_PASSPHRASE)
    with tempfile.TemporaryDirectory(prefix="fieldtool-") as name:
        home = Path(name) / "practice"
        session = Session(doors, Wording())
        session.quiet = True
        prepare(session, home, people)
        for language in Language:
            draw_gates(app, window_doors, home, language)
        program = Program(app, window_doors, home)
        program.start(PRACTICE_PASSPHRASE)
        wait(app, lambda: isinstance(program.window, MainWindow))
        for language in Language:
            program._restyle(language, ThemeName.LIGHT, 100)
            assert isinstance(program.window, MainWindow)
            draw_pages(app, program.window, language)
        program.window.hide()
        program.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
