"""The window tried by itself, for the self-test: opened on a home, every page shown and drawn, closed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer

from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.ui.look import application
from fieldtool.ui.main_window import MainWindow
from fieldtool.ui.start import Program
from fieldtool.ui.window_doors import WindowDoors

_LONGEST = 120_000  # milliseconds until the window counts as stuck
_STEP = 50


def walk_pages(folder: Path, passphrase: str, doors: WindowDoors) -> dict[str, object]:
    """Show every page and count what was drawn. SELF_TEST_FAILED when the window never comes or a page is blank."""
    app = application()
    program = Program(app, doors, folder)
    colours: list[int] = []

    def look() -> None:
        window = program.window
        if not isinstance(window, MainWindow):
            return
        if colours:
            colours[-1] = _colours(window)
        if len(colours) == window.page_count():
            app.exit()  # quit() closes every window first, which under Wine on a busy machine never came back
            return
        window.go(len(colours))
        colours.append(0)

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(_STEP)
    QTimer.singleShot(_LONGEST, app.exit)
    program.start(passphrase)
    try:
        app.exec()
        platform = app.platformName()
    finally:
        timer.stop()
        if program.window is not None:
            program.window.hide()
        program.close()
    if not colours or min(colours) < 2:
        raise FieldtoolError(ErrorCode.SELF_TEST_FAILED, values={"detail": f"window {colours}"})
    return {"platform": platform, "pages": len(colours)}


def _colours(window: MainWindow) -> int:
    """How many colours a sample of the drawn window has; a blank one has a single colour."""
    image = window.grab().toImage()
    steps = (image.width() // 40 or 1, image.height() // 40 or 1)
    places = [(x, y) for x in range(0, image.width(), steps[0]) for y in range(0, image.height(), steps[1])]
    return len({image.pixel(x, y) for x, y in places})
