"""Plots drawn with QPainter, on the screen and into files alike; each has its figures as its accessible name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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


class Plot(QWidget):
    """A plot that can also be saved as a picture."""

    def __init__(self, look: Look, title: str) -> None:
        super().__init__()
        self._look, self._title = look, title
        self.setMinimumHeight(look.px(150))

    def sizeHint(self) -> QSize:
        """Wide rather than high."""
        return QSize(420, self._look.px(190))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw into the window."""
        painter = QPainter(self)
        self._draw(painter, QRectF(self.rect()))
        painter.end()

    def picture(self, width: int = 1200, height: int = 700) -> QImage:
        """The plot as a picture for a report."""
        image = QImage(width, height, QImage.Format.Format_RGB32)
        image.fill(self._look.color("card"))
        painter = QPainter(image)
        painter.scale(2, 2)
        self._draw(painter, QRectF(0, 0, width / 2, height / 2))
        painter.end()
        return image

    def _draw(self, painter: QPainter, box: QRectF) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(box, self._look.color("card"))
        painter.setFont(self._look.data_font(0.95, bold=True))
        painter.setPen(self._look.color("text"))
        head = QRectF(box.left() + 8, box.top() + 4, box.width() - 16, self._look.px(22))
        title = painter.fontMetrics().elidedText(self._title, Qt.TextElideMode.ElideRight, int(head.width()))
        painter.drawText(head, Qt.AlignmentFlag.AlignVCenter, title)
        painter.setFont(self._look.data_font(0.82))
        self._body(painter, box.adjusted(10, self._look.px(30), -10, -8))

    def _body(self, painter: QPainter, box: QRectF) -> None:
        raise NotImplementedError


class Bars(Plot):
    """Lying bars: a count of a whole for each name (coverage by village), or counts alone (cases by age)."""

    def __init__(self, look: Look, title: str) -> None:
        super().__init__(look, title)
        self._rows: Sequence[tuple[str, int, int]] = ()

    def show_rows(self, rows: Sequence[tuple[str, int, int]]) -> None:
        """Rows of (name, count, of); `of` 0 for counts alone."""
        self._rows = rows
        told = "; ".join(f"{name} {count}" + (f"/{of}" if of else "") for name, count, of in rows)
        self.setAccessibleName(f"{self._title}: {told}")
        self.setMinimumHeight(self._look.px(44 + 22 * min(len(rows), 14)))
        self.update()

    def _body(self, painter: QPainter, box: QRectF) -> None:
        if not self._rows:
            return
        high = min(box.height() / len(self._rows), self._look.px(26))
        most = max((count for _, count, of in self._rows if not of), default=1) or 1
        names = min(box.width() * 0.38, self._look.px(170))
        for place, (name, count, of) in enumerate(self._rows):
            top = box.top() + place * high
            if top + high > box.bottom() + 1:
                break
            painter.setPen(self._look.color("text"))
            text = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, int(names - 8))
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(box.left(), top, names - 8, high), middle, text)
            room = box.width() - names - self._look.px(92)
            bar = QRectF(box.left() + names, top + high * 0.2, room, high * 0.6)
            painter.setPen(QPen(self._look.color("line"), 1))
            painter.drawRect(bar)
            share = count / of if of else count / most
            filled = QRectF(bar.left(), bar.top(), room * min(share, 1.0), bar.height())
            painter.fillRect(filled, self._look.color("accent"))
            painter.setPen(self._look.color("text"))
            said = f"{count}/{of}" if of else str(count)
            painter.drawText(QRectF(bar.right() + 8, top, self._look.px(88), high), middle, said)


class Trend(Plot):
    """Lines over the weeks, each with a colour and a dash of its own; the share in per cent."""

    def __init__(self, look: Look, title: str) -> None:
        super().__init__(look, title)
        self._weeks: Sequence[str] = ()
        self._lines: Mapping[str, Sequence[float | None]] = {}

    def show_lines(self, weeks: Sequence[str], lines: Mapping[str, Sequence[float | None]]) -> None:
        """Name → share of each week, 0 to 1; None where a week has no such figure."""
        self._weeks, self._lines = weeks, lines
        parts = {name: ", ".join("—" if v is None else f"{v:.0%}" for v in values) for name, values in lines.items()}
        told = "; ".join(f"{name} {part}" for name, part in parts.items())
        self.setAccessibleName(f"{self._title}: {told}")
        self.update()

    def _body(self, painter: QPainter, box: QRectF) -> None:
        px = self._look.px
        frame = box.adjusted(px(34), px(6), -px(110), -px(18))
        for part in (0.0, 0.5, 1.0):
            y = frame.bottom() - part * frame.height()
            painter.setPen(QPen(self._look.color("line"), 1))
            painter.drawLine(QPointF(frame.left(), y), QPointF(frame.right(), y))
            painter.setPen(self._look.color("muted"))
            painter.drawText(QRectF(box.left(), y - px(8), px(32), px(16)), Qt.AlignmentFlag.AlignRight, f"{part:.0%}")
        step = frame.width() / max(len(self._weeks) - 1, 1)
        for place in {0, len(self._weeks) - 1} if self._weeks else set():
            spot = QRectF(frame.left() + place * step - px(30), frame.bottom() + 2, px(60), px(16))
            painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, self._weeks[place][5:])
        for number, (name, values) in enumerate(self._lines.items()):
            color = QColor(self._look.color(_SHAPES[number % len(_SHAPES)]))
            painter.setPen(QPen(color, 2, _DASHES[number % len(_DASHES)]))
            points = [
                QPointF(frame.left() + place * step, frame.bottom() - value * frame.height())
                for place, value in enumerate(values)
                if value is not None
            ]
            if len(points) == 1:
                painter.drawEllipse(points[0], 3, 3)
            painter.drawPolyline(QPolygonF(points))
            spot = QRectF(frame.right() + 8, frame.top() + number * px(18), px(100), px(18))
            painter.drawLine(spot.topLeft() + QPointF(0, px(9)), spot.topLeft() + QPointF(16, px(9)))
            painter.drawText(spot.adjusted(20, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, name)
