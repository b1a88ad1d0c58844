"""The window tried by itself, for the self-test: opened on a home, every page and its part of the guide shown and
drawn, closed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.ui.help_window import HelpWindow
from fieldtool.ui.look import application
from fieldtool.ui.main_window import MainWindow
from fieldtool.ui.start import Program
from fieldtool.ui.window_doors import WindowDoors
from fieldtool.wording.guide import CARDS

_LONGEST = 120_000  # milliseconds until the window counts as stuck
_STEP = 50


def walk_pages(folder: Path, passphrase: str, doors: WindowDoors) -> dict[str, object]:
    """Show every page and what F1 tells of it, and count what was drawn. SELF_TEST_FAILED when the window never comes,
    a page is blank, or the guide lacks a page or a card."""
    app = application()
    program = Program(app, doors, folder)
    colours: list[int] = []
    guide: dict[str, int] = {}  # heading to colours

    def look() -> None:
        window = program.window
        if not isinstance(window, MainWindow):
            return
        if colours:
            colours[-1] = _colours(window)
            guide.update(_guide(window))
        if len(colours) == window.page_count():
            app.exit()  # quit() closes every window first, which under Wine on a busy machine never came back
            return
        window.go(len(colours))
        colours.append(0)

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(_STEP)
    longest = QTimer()
    longest.setSingleShot(True)
    longest.timeout.connect(app.exit)
    longest.start(_LONGEST)
    program.start(passphrase)
    try:
        app.exec()
        platform = app.platformName()
    finally:
        timer.stop()
        longest.stop()  # it would end the loops of whoever goes on with this application
        if program.window is not None:
            program.window.hide()
        program.close()
    if not colours or min(colours) < 2:
        raise FieldtoolError(ErrorCode.SELF_TEST_FAILED, values={"detail": f"window {colours}"})
    if "" in guide or min(guide.values()) < 2:
        raise FieldtoolError(ErrorCode.SELF_TEST_FAILED, values={"detail": f"guide {guide}"})
    return {"platform": platform, "pages": len(colours), "guide": len(guide)}


def _guide(window: MainWindow) -> Iterator[tuple[str, int]]:
    """What F1 shows at the page in hand, and the cards: heading ("" for none) and colours."""
    window.show_help()
    helper = window.findChild(HelpWindow)
    assert helper is not None
    yield helper.heading(), _colours(helper)
    for card in CARDS:
        helper.show_card(card)
        yield helper.heading(), _colours(helper)
    helper.reject()


def _colours(window: QWidget) -> int:
    """How many colours a sample of the drawn window has; a blank one has a single colour."""
    image = window.grab().toImage()
    steps = (image.width() // 40 or 1, image.height() // 40 or 1)
    places = [(x, y) for x in range(0, image.width(), steps[0]) for y in range(0, image.height(), steps[1])]
    return len({image.pixel(x, y) for x, y in places})
