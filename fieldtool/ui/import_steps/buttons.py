"""The buttons of the import page and their keys: which stand on which step, and which can be pressed now."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from fieldtool.ui.office import Office

FILE, MAPPING, DRY_RUN, DONE = range(4)
_LOOKS: Mapping[str, tuple[str, str, bool]] = {
    "back": ("ui.import.back", "arrow-left", False),
    "again": ("ui.import.another", "file-import", False),
    "load_map": ("ui.mapping.load", "upload", False),
    "save_map": ("ui.mapping.save", "download", False),
    "report": ("ui.import.report_button", "download", False),
    "undo": ("ui.import.undo", "arrow-back-up", False),
    "match": ("ui.import.match", "git-compare", False),
    "try_all": ("ui.import.try", "circle-check", True),
    "start": ("ui.import.start", "file-import", True),
}
_RIGHT = ("match", "try_all", "start")
_STANDS: Mapping[int, tuple[str, ...]] = {
    FILE: ("match",),
    MAPPING: ("back", "load_map", "save_map", "try_all"),
    DRY_RUN: ("back", "report", "start"),
    DONE: ("again", "report", "undo", "match"),
}


class Buttons(QHBoxLayout):
    """The row at the foot of the page."""

    def __init__(self, office: Office, acts: Mapping[str, Callable[[], object]]) -> None:
        super().__init__()
        self.by_name: dict[str, QPushButton] = {}
        for name, (code, icon, primary) in _LOOKS.items():
            self.by_name[name] = office.button(code, icon, acts[name], primary=primary)
            if name == _RIGHT[0]:
                self.addStretch(1)
            self.addWidget(self.by_name[name])

    def show_step(self, step: int, *, ready: bool, sensible: Mapping[str, bool]) -> None:
        """Show the buttons of a step; enable those that make sense while nothing runs."""
        for name, button in self.by_name.items():
            button.setVisible(name in _STANDS[step])
            button.setEnabled(ready and sensible.get(name, True))


def press(button: QPushButton) -> None:
    """What a key does: press a button that can be pressed."""
    if button.isVisible() and button.isEnabled():
        button.click()


def key(page: QWidget, keys: QKeySequence | QKeySequence.StandardKey | str, act: Callable[[], object]) -> None:
    """Give a page a key."""
    shortcut = QShortcut(QKeySequence(keys), page)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(act)
