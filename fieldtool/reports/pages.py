"""Common ground of printed forms: bundled fonts, A4, headings, tables, QR codes. All reportlab and segno lies here.

Equal content gives equal bytes (invariant), so that a reprint can be told from a change.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import segno
from reportlab.graphics.shapes import Drawing, Rect
from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

from fieldtool.records.tables import RESOURCES

REGULAR, BOLD = "FieldtoolText", "FieldtoolBold"
WIDTH = 180 * mm


@lru_cache(maxsize=1)
def _fonts() -> None:
    """Make the bundled fonts known to reportlab; once a process."""
    pdfmetrics.registerFont(TTFont(REGULAR, str(RESOURCES / "fonts" / "BeVietnamPro-Regular.ttf")))
    pdfmetrics.registerFont(TTFont(BOLD, str(RESOURCES / "fonts" / "BeVietnamPro-Bold.ttf")))


def style(size: float = 9.5, *, bold: bool = False, center: bool = False) -> ParagraphStyle:
    """A text style; lines stand close, since paper is carried."""
    _fonts()
    look = ParagraphStyle("fieldtool", fontName=BOLD if bold else REGULAR, fontSize=size, leading=size * 1.35)
    if center:
        look.alignment = TA_CENTER
    return look


def words(text: str, size: float = 9.5, *, bold: bool = False, center: bool = False) -> Paragraph:
    """A paragraph of plain text: what papers say is never markup."""
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", "<br/>")
    return Paragraph(safe, style(size, bold=bold, center=center))


def gap(height: float = 3.0) -> Spacer:
    """Some millimetres of nothing."""
    return Spacer(1, height * mm)


def new_page() -> PageBreak:
    """What follows begins a page."""
    return PageBreak()


def table(rows: Sequence[Sequence[Any]], widths: Sequence[float], *, head: int = 1, close: bool = False) -> Table:
    """A ruled table; widths in millimetres, the first `head` rows repeated on each page. `close` rows are read, not
    written in by hand."""
    made = Table([list(row) for row in rows], colWidths=[width * mm for width in widths], repeatRows=head)
    look: list[tuple[Any, ...]] = [
        ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 3),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3),
        ("TOPPADDING", (0, 0), (-1, -1), 1 if close else 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2 if close else 3),
    ]
    if head:
        look.append(("BACKGROUND", (0, 0), (-1, head - 1), colors.whitesmoke))
    made.setStyle(look)
    return made


def qr(text: str, side: float = 22.0) -> Drawing:
    """A QR code as squares of ink, `side` millimetres wide with its quiet zone; error correction M."""
    rows = [
        list(row) for row in segno.make(text, error="m", micro=False, encoding="utf-8").matrix_iter(scale=1, border=2)
    ]
    unit = side * mm / len(rows)
    drawing = Drawing(side * mm, side * mm)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                place = side * mm - (y + 1) * unit
                drawing.add(Rect(x * unit, place, unit, unit, strokeWidth=0, fillColor=colors.black))
    return drawing


def document(story: Sequence[Any], title: str, footer: str = "", *, wide: bool = False) -> bytes:
    """The PDF's bytes; each page bears the footer and its number."""
    buffer = io.BytesIO()
    size = landscape(A4) if wide else A4
    pages = SimpleDocTemplate(
        buffer,
        pagesize=size,
        leftMargin=15 * mm,
        rightMargin=15 * mm,
        topMargin=12 * mm,
        bottomMargin=14 * mm,
        title=title,
        invariant=1,
    )

    def foot(canvas: Any, page: Any) -> None:
        canvas.setFont(REGULAR, 8)
        canvas.drawString(15 * mm, 7 * mm, footer)
        canvas.drawRightString(size[0] - 15 * mm, 7 * mm, str(page.page))

    _fonts()
    pages.build(list(story), onFirstPage=foot, onLaterPages=foot)
    return buffer.getvalue()
