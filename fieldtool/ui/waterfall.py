"""Why two papers may be one person: each piece of evidence as a bar in plain words, and their sum."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from fieldtool.records.reasons import Reason
from fieldtool.ui.look import Look
from fieldtool.ui.marked_text import draw_marked
from fieldtool.wording.catalogue import Wording

_LINE = 25


class Waterfall(QWidget):
    """Bars from left to right for what speaks for one person, back for what speaks against; points, not percent."""

    def __init__(self, look: Look, wording: Wording) -> None:
        super().__init__()
        self._look, self._wording = look, wording
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._reasons: Sequence[Reason] = ()
        self._total = 0.0

    def show_reasons(self, reasons: Sequence[Reason], most: int = 7) -> None:
        """Show the strongest reasons."""
        self._reasons = [reason for reason in reasons if reason.weight or not reason.field][:most]
        self._total = sum(reason.weight for reason in self._reasons if reason.field)
        told = [f"{self._wording.reason(reason)}: {reason.weight:+.0f}" for reason in self._reasons]
        self.setAccessibleName("; ".join(told))
        self.setVisible(bool(self._reasons))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its lines."""
        return QSize(420, self._look.px(_LINE) * (len(self._reasons) + bool(self._reasons)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw each reason's words at the left and its bar at the right."""
        painter = QPainter(self)
        look = self._look
        words, line = self.width() * 0.56, look.px(_LINE)
        sums = [0.0]
        for reason in self._reasons:
            sums.append(sums[-1] + reason.weight)
        low, high = min(sums), max(sums)
        scale = (self.width() - words - 56) / max(high - low, 1.0)
        for place, reason in enumerate(self._reasons):
            top = place * line
            text = self._wording.reason(reason)
            warn = not reason.field
            font = look.data_font(0.92, bold=warn)
            draw_marked(painter, QRectF(0, top, words - 8, line), text, font, look.color("warn" if warn else "text"))
            if warn:
                continue
            start, end = sorted((sums[place], sums[place + 1]))
            box = QRectF(words + (start - low) * scale, top + 4, max((end - start) * scale, 3), line - 8)
            painter.fillRect(box, look.color("good" if reason.weight >= 0 else "bad"))
            painter.setPen(QPen(look.color("text")))
            number = f"{reason.weight:+.0f}"
            draw_marked(painter, QRectF(box.right() + 6, top, 50, line), number, font, look.color("text"))
        self._sum_line(painter, words, line, low, scale)
        painter.end()

    def _sum_line(self, painter: QPainter, words: float, line: int, low: float, scale: float) -> None:
        """What the evidence comes to, from zero."""
        if not self._reasons:
            return
        look, top = self._look, len(self._reasons) * line
        font = look.data_font(0.92, bold=True)
        draw_marked(
            painter, QRectF(0, top, words - 8, line), self._wording.say("ui.desk.sum"), font, look.color("text")
        )
        start, end = sorted((0.0, self._total))
        box = QRectF(words + (start - low) * scale, top + 4, max((end - start) * scale, 3), line - 8)
        painter.fillRect(box, look.color("accent" if self._total >= 0 else "bad"))
        at = QRectF(box.right() + 6, top, 50, line)
        draw_marked(painter, at, f"{self._total:+.0f}", font, look.color("text"))
