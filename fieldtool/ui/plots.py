"""Plots drawn with QPainter, on the screen and into files alike; each has its figures as its accessible name.

A plot is a frame with a title that holds a drawing; a drawing is values that can paint themselves and say themselves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from fieldtool.ui.look import Look

_SHAPES = ("accent", "warn", "good", "bad", "text")
_DASHES = (
    Qt.PenStyle.SolidLine,
    Qt.PenStyle.DashLine,
    Qt.PenStyle.DotLine,
    Qt.PenStyle.DashDotLine,
    Qt.PenStyle.DashDotDotLine,
)


class Drawing(Protocol):
    """What stands in a plot."""

    def paint(self, painter: QPainter, box: QRectF, look: Look) -> None:
        """Draw into a box."""

    def told(self) -> str:
        """The figures in words, for who cannot see them."""

    def least_height(self, look: Look) -> int:
        """The height in pixels, title included, below which the drawing loses something."""


@dataclass(frozen=True, slots=True)
class Bars:
    """Lying bars of (name, count, of): a count of a whole for each name (coverage by village), or with `of` 0 counts
    alone (cases by age)."""

    rows: Sequence[tuple[str, int, int]] = ()

    def told(self) -> str:
        """See Drawing."""
        return "; ".join(f"{name} {count}" + (f"/{of}" if of else "") for name, count, of in self.rows)

    def least_height(self, look: Look) -> int:
        """See Drawing."""
        return look.px(44 + 22 * len(self.rows))

    def paint(self, painter: QPainter, box: QRectF, look: Look) -> None:
        """See Drawing."""
        if not self.rows:
            return
        high = min(box.height() / len(self.rows), look.px(26))
        most = max((count for _, count, of in self.rows if not of), default=1) or 1
        names = min(box.width() * 0.38, look.px(170))
        for place, (name, count, of) in enumerate(self.rows):
            top = box.top() + place * high
            painter.setPen(look.color("text"))
            text = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, int(names - 8))
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(box.left(), top, names - 8, high), middle, text)
            room = box.width() - names - look.px(92)
            bar = QRectF(box.left() + names, top + high * 0.2, room, high * 0.6)
            painter.setPen(QPen(look.color("line"), 1))
            painter.drawRect(bar)
            share = count / of if of else count / most
            filled = QRectF(bar.left(), bar.top(), room * min(share, 1.0), bar.height())
            painter.fillRect(filled, look.color("accent"))
            painter.setPen(look.color("text"))
            said = f"{count}/{of}" if of else str(count)
            painter.drawText(QRectF(bar.right() + 8, top, look.px(88), high), middle, said)


@dataclass(frozen=True, slots=True)
class Trend:
    """Lines over the weeks, each with a colour and a dash of its own: name → share of each week, 0 to 1, None where a
    week has no such figure."""

    weeks: Sequence[str]
    lines: Mapping[str, Sequence[float | None]]

    def told(self) -> str:
        """See Drawing."""
        parts = {
            name: ", ".join("—" if v is None else f"{v:.0%}" for v in values) for name, values in self.lines.items()
        }
        return "; ".join(f"{name} {part}" for name, part in parts.items())

    def least_height(self, look: Look) -> int:
        """See Drawing."""
        return look.px(150)

    def paint(self, painter: QPainter, box: QRectF, look: Look) -> None:
        """See Drawing."""
        frame = box.adjusted(look.px(34), look.px(6), -look.px(110), -look.px(18))
        self._scales(painter, box, frame, look)
        step = frame.width() / max(len(self.weeks) - 1, 1)
        for number, (name, values) in enumerate(self.lines.items()):
            color = QColor(look.color(_SHAPES[number % len(_SHAPES)]))
            painter.setPen(QPen(color, 2, _DASHES[number % len(_DASHES)]))
            places = [
                None if value is None else QPointF(frame.left() + place * step, frame.bottom() - value * frame.height())
                for place, value in enumerate(values)
            ]
            for run in _runs(places):
                if len(run) == 1:
                    painter.drawEllipse(run[0], 3, 3)
                painter.drawPolyline(QPolygonF(run))
            spot = QRectF(frame.right() + 8, frame.top() + number * look.px(18), look.px(100), look.px(18))
            painter.drawLine(spot.topLeft() + QPointF(0, look.px(9)), spot.topLeft() + QPointF(16, look.px(9)))
            painter.drawText(spot.adjusted(20, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, name)

    def _scales(self, painter: QPainter, box: QRectF, frame: QRectF, look: Look) -> None:
        for part in (0.0, 0.5, 1.0):
            y = frame.bottom() - part * frame.height()
            painter.setPen(QPen(look.color("line"), 1))
            painter.drawLine(QPointF(frame.left(), y), QPointF(frame.right(), y))
            painter.setPen(look.color("muted"))
            beside = QRectF(box.left(), y - look.px(8), look.px(32), look.px(16))
            painter.drawText(beside, Qt.AlignmentFlag.AlignRight, f"{part:.0%}")
        step = frame.width() / max(len(self.weeks) - 1, 1)
        for place in sorted({0, len(self.weeks) - 1}) if self.weeks else ():
            spot = QRectF(frame.left() + place * step - look.px(30), frame.bottom() + 2, look.px(60), look.px(16))
            painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, self.weeks[place][5:])


def _runs(places: Sequence[QPointF | None]) -> list[list[QPointF]]:
    """The points that stand side by side: a week without a figure breaks the line, it is not drawn across."""
    found: list[list[QPointF]] = [[]]
    for place in places:
        if place is not None:
            found[-1].append(place)
        elif found[-1]:
            found.append([])
    return [run for run in found if run]


class Plot(QWidget):
    """A drawing under a title, in the window or saved as a picture."""

    def __init__(self, look: Look, title: str) -> None:
        super().__init__()
        self._look, self._title = look, title
        self._drawing: Drawing = Bars()
        self.setMinimumHeight(look.px(150))

    def show_drawing(self, drawing: Drawing) -> None:
        """Put another drawing in."""
        self._drawing = drawing
        self.setAccessibleName(f"{self._title}: {drawing.told()}")
        self.setMinimumHeight(drawing.least_height(self._look))
        self.update()

    def sizeHint(self) -> QSize:
        """Wide rather than high."""
        return QSize(420, self._look.px(190))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw into the window."""
        painter = QPainter(self)
        self._paint(painter, QRectF(self.rect()))
        painter.end()

    def picture(self, width: int = 1200, height: int = 700) -> QImage:
        """The plot as a picture for a report, as high as all of it needs."""
        height = max(height, 2 * self._drawing.least_height(self._look))
        image = QImage(width, height, QImage.Format.Format_RGB32)
        image.fill(self._look.color("card"))
        painter = QPainter(image)
        painter.scale(2, 2)
        self._paint(painter, QRectF(0, 0, width / 2, height / 2))
        painter.end()
        return image

    def _paint(self, painter: QPainter, box: QRectF) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(box, self._look.color("card"))
        painter.setFont(self._look.data_font(0.95, bold=True))
        painter.setPen(self._look.color("text"))
        head = QRectF(box.left() + 8, box.top() + 4, box.width() - 16, self._look.px(22))
        title = painter.fontMetrics().elidedText(self._title, Qt.TextElideMode.ElideRight, int(head.width()))
        painter.drawText(head, Qt.AlignmentFlag.AlignVCenter, title)
        painter.setFont(self._look.data_font(0.82))
        self._drawing.paint(painter, box.adjusted(10, self._look.px(30), -10, -8), self._look)
