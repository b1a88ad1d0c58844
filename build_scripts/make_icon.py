"""Draw the program's icon: packaging/fieldtool.ico for Windows and resources/icons/fieldtool.png for the window."""

from __future__ import annotations

import os
import struct
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF  # noqa: E402  (after the platform is chosen)
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter  # noqa: E402
from PySide6.QtSvg import QSvgRenderer  # noqa: E402

SIZES = (16, 24, 32, 48, 64, 128, 256)
GROUND, SIGN = "#15604f", "#ffffff"


def drawn(size: int) -> bytes:
    """The icon as a PNG: the badge of an officer on the accent colour."""
    text = (ROOT / "resources" / "icons" / "id-badge-2.svg").read_text(encoding="utf-8")
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(QColor(0, 0, 0, 0))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(GROUND))
    painter.setPen(QColor(GROUND))
    painter.drawRoundedRect(QRectF(0.5, 0.5, size - 1, size - 1), size * 0.2, size * 0.2)
    edge = size * 0.14
    svg = QSvgRenderer(QByteArray(text.replace("currentColor", SIGN).encode("utf-8")))
    svg.render(painter, QRectF(edge, edge, size - 2 * edge, size - 2 * edge))
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def ico(pictures: dict[int, bytes]) -> bytes:
    """An .ico file of PNG pictures, as Windows reads it since Vista."""
    head = struct.pack("<HHH", 0, 1, len(pictures))
    place = len(head) + 16 * len(pictures)
    entries, bodies = b"", b""
    for size, picture in pictures.items():
        entries += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(picture), place + len(bodies))
        bodies += picture
    return head + entries + bodies


def main() -> int:
    app = QGuiApplication([])
    pictures = {size: drawn(size) for size in SIZES}
    (ROOT / "packaging" / "fieldtool.ico").write_bytes(ico(pictures))
    (ROOT / "resources" / "icons" / "fieldtool.png").write_bytes(pictures[256])
    app.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main())
