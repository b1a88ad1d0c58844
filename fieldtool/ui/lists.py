"""Tables over the read side: a window of rows is fetched when it is shown, never the whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from fieldtool.records.persons import HouseholdLine, PersonLine
from fieldtool.ui.look import Look
from fieldtool.ui.two_lines import Told, TwoLines
from fieldtool.wording.catalogue import Wording

Line = PersonLine | HouseholdLine
_WINDOW = 200
_KEPT = 24
Index = QModelIndex | QPersistentModelIndex


class LineModel(QAbstractTableModel):
    """Lines fetched in windows of 200 as the view asks for them."""

    def __init__(self) -> None:
        super().__init__()
        self._count = 0
        self._fetch: Callable[[int, int], Sequence[Line]] = lambda offset, limit: ()
        self._windows: dict[int, Sequence[Line]] = {}

    def show_lines(self, count: int, fetch: Callable[[int, int], Sequence[Line]]) -> None:
        """Show `count` lines; `fetch(offset, limit)` gives a window of them."""
        self.beginResetModel()
        self._count, self._fetch = count, fetch
        self._windows.clear()
        self.endResetModel()

    def line(self, row: int) -> Line | None:
        """The line of a row, None past the end."""
        if not 0 <= row < self._count:
            return None
        number = row // _WINDOW
        if number not in self._windows:
            while len(self._windows) >= _KEPT:
                self._windows.pop(next(iter(self._windows)))
            self._windows[number] = self._fetch(number * _WINDOW, _WINDOW)
        window = self._windows[number]
        place = row % _WINDOW
        return window[place] if place < len(window) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own signature)
        """How many lines there are."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """One: the delegate paints the whole line."""
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The name as text (for screen readers and typing ahead), the line itself for the delegate."""
        if not index.isValid():
            return None
        line = self.line(index.row())
        if line is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return line.name if isinstance(line, PersonLine) else line.head
        return line if role == Qt.ItemDataRole.UserRole else None


class LineDelegate(TwoLines):
    """A person or a household."""

    def __init__(self, look: Look, wording: Wording) -> None:
        super().__init__(look, self._told)
        self._say = wording.say

    def _told(self, line: Line) -> Told:
        count = line.open_conflicts
        chip = self._say("ui.open_chip", count=count) if count else self._say("ui.settled_chip")
        colours = ("warn_soft", "warn") if count else ("good_soft", "good")
        if isinstance(line, PersonLine):
            parts = (line.dob, line.sex, line.n12 or line.n9, line.village_name)
            return Told(line.name, " · ".join(part for part in parts if part), chip, *colours)
        more = self._say("ui.house_line", book=line.book or "—", count=line.members)
        return Told(line.head, more, chip, *colours)
