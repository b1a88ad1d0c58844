"""The verdicts of a list as a table: a row is unpacked when it is shown, never all of them."""

from __future__ import annotations

from array import array
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from fieldtool.records.fields import Field
from fieldtool.ui.look import Look
from fieldtool.usecases.row_verdicts import RowVerdict, Verdict, VerdictPages
from fieldtool.wording.catalogue import Wording

Index = QModelIndex | QPersistentModelIndex
COLUMNS = ("sheet", "row", "verdict", "name", "cell", "what", "do")
_INK = {Verdict.ADDED: "good", Verdict.UNCHANGED: "muted", Verdict.PARKED: "warn", Verdict.REFUSED: "bad"}


class VerdictModel(QAbstractTableModel):
    """All verdicts, those of one kind, or those with a remark."""

    def __init__(self, look: Look, wording: Wording) -> None:
        super().__init__()
        self._look, self._wording = look, wording
        self._pages = VerdictPages()
        self._places: array[int] = array("L")

    def show_verdicts(self, pages: VerdictPages, verdict: Verdict | None = None, *, remarked: bool = False) -> None:
        """Show the verdicts of a kind."""
        self.beginResetModel()
        self._pages = pages
        self._places = pages.places(verdict, remarked=remarked)
        self.endResetModel()

    def verdict(self, row: int) -> RowVerdict | None:
        """The verdict in a row of the table."""
        return self._pages.at(self._places[row]) if 0 <= row < len(self._places) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own signature)
        """How many rows are shown."""
        return 0 if parent.isValid() else len(self._places)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Where, what became of it, whose, and why."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The heading of a column."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._wording.say(f"ui.verdicts.{COLUMNS[section]}")
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a cell, and the colour of a verdict."""
        if not index.isValid() or role not in _ROLES:
            return None
        told = self.verdict(index.row())
        if told is None:
            return None
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._look.color(_INK[told.verdict]) if COLUMNS[index.column()] == "verdict" else None
        return self._text(told, COLUMNS[index.column()])

    def _text(self, told: RowVerdict, column: str) -> str:
        if column == "sheet":
            return told.sheet
        if column == "row":
            return str(told.row)
        if column == "verdict":
            return self._wording.say(f"verdict.{told.verdict}")
        if column == "name":
            return told.raw.get(Field.NAME, "")
        if column == "cell":
            return " ".join(dict.fromkeys(issue.cell for issue in told.issues if issue.cell))
        said = [self._wording.issue(issue.code, issue.text) for issue in told.issues]
        return "; ".join(dict.fromkeys(pair[0 if column == "what" else 1] for pair in said))


_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.ForegroundRole)
