"""One line of text with marked stretches: backgrounds first, then the whole line in one go, then underlines.

Painting letters one by one would cover the horn of the letter before (reference/ui.md 0.3).
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTextLayout

from fieldtool.records.reasons import Span


def draw_marked(
    painter: QPainter,
    box: QRectF,
    text: str,
    font: QFont,
    color: QColor,
    spans: Sequence[Span] = (),
    mark: QColor | None = None,
) -> None:
    """Draw a line of text at the left middle of a box, cut with an ellipsis where it is too long."""
    metrics = QFontMetricsF(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    layout = QTextLayout(shown, font)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(box.width() + 1)
    layout.endLayout()
    top = box.top() + (box.height() - line.height()) / 2
    painter.save()
    painter.setClipRect(box)
    places = []
    for start, end in spans:
        start, end = min(start, len(shown)), min(end, len(shown))
        left = _x(line, start)
        right = _x(line, end) if end > start else left + 3
        places.append((box.left() + left, right - left))
    if mark is not None:
        for left, width in places:
            painter.fillRect(QRectF(left, top, width, line.height()), mark)
    painter.setPen(color)
    layout.draw(painter, QPointF(box.left(), top))
    for left, width in places:
        painter.setPen(QPen(color, 2))
        painter.drawLine(QPointF(left, top + line.height() - 1), QPointF(left + width, top + line.height() - 1))
    painter.restore()


def _x(line: object, place: int) -> float:
    answer = line.cursorToX(place)  # type: ignore[attr-defined]
    return float(answer[0] if isinstance(answer, tuple) else answer)
