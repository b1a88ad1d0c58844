"""The list of households that wait for a visit: two lines each and a chip that says what is open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from fieldtool.records.work import TaskLine
from fieldtool.ui.look import Look
from fieldtool.ui.two_lines import Told, TwoLines
from fieldtool.wording.catalogue import Wording

Index = QModelIndex | QPersistentModelIndex


class TaskModel(QAbstractListModel):
    """The households of one village; a village is some hundred at most, so all are held."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: Sequence[TaskLine] = ()

    def show_lines(self, lines: Sequence[TaskLine]) -> None:
        """Put these in place of what was shown."""
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def line(self, row: int) -> TaskLine | None:
        """The line of a row, None past the end."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def row_of(self, household: str) -> int:
        """The row of a household, -1 when it is not shown."""
        return next((row for row, line in enumerate(self._lines) if line.household == household), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own signature)
        """How many households wait."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The head's name for screen readers, the line for the delegate."""
        line = self.line(index.row()) if index.isValid() else None
        if line is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return line.head
        return line if role == Qt.ItemDataRole.UserRole else None


class TaskDelegate(TwoLines):
    """A household: head, then hamlet and what is open; a chip for promises and absences."""

    def __init__(self, look: Look, wording: Wording) -> None:
        super().__init__(look, self._told)
        self._wording = wording

    def _told(self, line: TaskLine) -> Told:
        return Told(line.head or line.book, self._facts(line), *self._state(line))

    def _facts(self, line: TaskLine) -> str:
        say = self._wording.say
        parts = [line.hamlet, say("visit.people", count=line.members)]
        if line.doubts:
            parts.append(say("visit.doubts", count=line.doubts))
        if line.cases:
            parts.append(say("visit.cases", count=line.cases))
        if line.attempts:
            parts.append(say("visit.attempts", count=line.attempts))
        return " · ".join(part for part in parts if part)

    def _state(self, line: TaskLine) -> tuple[str, str, str]:
        say = self._wording.say
        if line.next_day:
            day = f"{line.next_day[8:10]}/{line.next_day[5:7]}"
            return say("visit.chip.promised", day=day), "warn_soft", "warn"
        if not line.unmet and not line.doubts and not line.cases:
            return say("visit.chip.done"), "good_soft", "good"
        if line.last_day:
            return say("visit.chip.partly"), "warn_soft", "warn"
        return say("visit.chip.new"), "page", "muted"
