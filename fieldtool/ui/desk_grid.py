"""The grid of the conflict desk, painted: papers as columns, fields as rows, the reason under an open field."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from fieldtool.conflicts.evidence import grade
from fieldtool.records.documents import Document
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.ui.desk_rows import Row
from fieldtool.ui.look import Look
from fieldtool.ui.marked_text import draw_marked
from fieldtool.wording.catalogue import Wording

ICONS = {
    DocumentKind.BIRTH: "certificate",
    DocumentKind.ID_CARD: "id-badge-2",
    DocumentKind.HOUSEHOLD: "book-2",
    DocumentKind.STATEMENT: "message",
    DocumentKind.REGISTER: "clipboard",
}
_HEAD, _ROW, _REASON, _LABEL, _PAD = 44, 26, 21, 112, 10


class DeskGrid(QWidget):
    """Shows rows of cells; a click on a paper's cell in the current row chooses it."""

    chosen = Signal(int)  # column of a paper, from 1
    field_picked = Signal(str)

    def __init__(self, look: Look, wording: Wording) -> None:
        super().__init__()
        self._look, self._wording = look, wording
        self._papers: Sequence[Document] = ()
        self._rows: Sequence[Row] = ()
        self._split = 0
        self._current = ""
        self._numbers = True
        self._named = True
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(wording.say("ui.desk.grid"))

    def show_rows(
        self,
        papers: Sequence[Document],
        rows: Sequence[Row],
        current: str,
        *,
        split: int = 0,
        numbers: bool = True,
        named: bool = True,
    ) -> None:
        """Show papers and rows; `current` is the field in question, `split` the first paper of a second person.

        `named` puts the reasons under their rows; a doubtful link tells them in its waterfall instead.
        """
        self._named = named
        self._papers, self._rows, self._current, self._split, self._numbers = papers, rows, current, split, numbers
        described = [
            f"{self._wording.say(f'field.{row.field}')}: " + "; ".join(cell.text or "—" for cell in row.cells)
            for row in rows
        ]
        self.setAccessibleDescription(". ".join(described))
        self.setFixedHeight(self._height())
        self.update()

    def _height(self) -> int:
        reasons = sum(1 for row in self._rows if self._reason(row))
        return self._look.px(_HEAD + _ROW * len(self._rows) + _REASON * reasons) + 2

    def sizeHint(self) -> QSize:
        """Wide enough for three papers, as high as its rows."""
        return QSize(900, self._height())

    def minimumSizeHint(self) -> QSize:
        """Narrow windows squeeze the columns; the rows stay."""
        return QSize(560, self._height())

    def _reason(self, row: Row) -> str:
        if not row.open or not row.named or not self._named:
            return ""
        texts = dict.fromkeys(self._wording.difference(item) for item in row.named)
        return " · ".join(texts)

    def _columns(self) -> list[tuple[float, float]]:
        """Left edge and width of the present value's column and of each paper's."""
        label = self._look.px(_LABEL)
        rest = self.width() - label
        count = len(self._papers) + (0 if self._split else 1)
        return [(label + rest * i / count, rest / count) for i in range(count)]

    def _bands(self) -> list[tuple[Row, float, float]]:
        """Each row with the top of its line and of what follows it."""
        top = float(self._look.px(_HEAD))
        bands = []
        for row in self._rows:
            height = self._look.px(_ROW) + (self._look.px(_REASON) if self._reason(row) else 0)
            bands.append((row, top, top + height))
            top += height
        return bands

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card, the head with the papers, then row by row."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._look
        painter.setPen(QPen(theme.color("line"), 1))
        painter.setBrush(theme.color("card"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        self._head(painter)
        for row, top, bottom in self._bands():
            self._line(painter, row, top, bottom)
        painter.end()

    def _head(self, painter: QPainter) -> None:
        look, wording = self._look, self._wording
        height = look.px(_HEAD)
        bold, small = look.data_font(1.1, bold=True), look.data_font(0.85)
        first = 0 if self._split else 1
        columns = self._columns()
        if not self._split:
            left, width = columns[0]
            box = QRectF(left + _PAD, 0, width - _PAD, height)
            draw_marked(painter, box, wording.say("ui.desk.present"), bold, look.color("accent"))
        for number, paper in enumerate(self._papers, start=1):
            left, width = columns[number - 1 + first]
            painter.drawPixmap(int(left + _PAD), int(height / 2 - 12), look.pixmap(ICONS[paper.kind], "accent"))
            name = wording.say(f"kind.{paper.kind}")
            title = f"{number}  {name}" if self._numbers else name
            at = left + _PAD + 32
            draw_marked(painter, QRectF(at, 5, width - 50, height / 2 - 3), title, bold, look.color("text"))
            worth = wording.say(f"evidence.{grade(paper)}")
            where = " · ".join(part for part in (worth, paper.source.key or paper.source.file) if part)
            copied = grade(paper) == "late"
            draw_marked(
                painter,
                QRectF(at, height / 2, width - 50, height / 2 - 6),
                where,
                small,
                look.color("warn" if copied else "muted"),
            )

    def _line(self, painter: QPainter, row: Row, top: float, bottom: float) -> None:
        look = self._look
        height = look.px(_ROW)
        painter.setPen(QPen(look.color("line"), 1))
        painter.drawLine(0, int(top), self.width(), int(top))
        if row.field == self._current:
            painter.fillRect(QRectF(1, top + 1, 5, bottom - top - 1), look.color("accent"))
        quiet = look.color("text" if row.open else "muted")
        font = look.data_font(1.05)
        strong = look.data_font(1.05, bold=True)
        small = look.data_font(0.95, bold=row.field == self._current)
        name = self._wording.say(f"field.{row.field}")
        draw_marked(painter, QRectF(_PAD, top, look.px(_LABEL) - _PAD, height), name, small, look.color("muted"))
        columns = self._columns()
        if not self._split:
            left, width = columns[0]
            draw_marked(painter, QRectF(left + _PAD, top, width - _PAD - 4, height), row.value or "—", strong, quiet)
            columns = columns[1:]
        for place, ((left, width), cell) in enumerate(zip(columns, row.cells, strict=True)):
            if row.open and cell.differs:
                painter.fillRect(QRectF(left, top + 1, width - 1, height - 1), look.color("warn_soft"))
            if place:
                painter.setPen(QPen(look.color("accent" if place == self._split else "line"), 1))
                painter.drawLine(int(left), int(top), int(left), int(top + height))
            spans = cell.spans if row.open else ()
            box = QRectF(left + _PAD, top, width - _PAD - 4, height)
            draw_marked(painter, box, cell.text or "—", font, quiet, spans, look.color("warn_mark"))
        reason = self._reason(row)
        if reason:
            box = QRectF(look.px(_LABEL) + _PAD, top + height, self.width() - look.px(_LABEL) - 2 * _PAD, bottom - top)
            box.setHeight(look.px(_REASON))
            draw_marked(painter, box, reason, look.data_font(0.92, bold=True), look.color("warn"))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on another row makes its field the one in question; on a paper in this row it chooses the value."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        x, y = event.position().x(), event.position().y()
        if y < self._look.px(_HEAD):  # high enough for a finger, as the rows are not
            self._choose_at(x)
            return
        for row, top, bottom in self._bands():
            if not top <= y < bottom or not row.open:
                continue
            if row.field != self._current:
                self.field_picked.emit(str(row.field))
                return
            self._choose_at(x)
            return

    def _choose_at(self, x: float) -> None:
        """Choose the paper under a place, when its value in the field in question is there to be chosen."""
        row = next((row for row in self._rows if row.field == self._current), None)
        papers = self._columns()[0 if self._split else 1 :]
        for number, (left, width) in enumerate(papers, start=1):
            if row is not None and left <= x < left + width and not self._split and self._text(row, number):
                self.chosen.emit(number)

    def _text(self, row: Row, number: int) -> str:
        return row.cells[number - 1].text

    @property
    def rows(self) -> Sequence[Row]:
        """The rows on the screen."""
        return self._rows

    def field(self) -> Field | None:
        """The field in question."""
        return Field(self._current) if self._current else None
