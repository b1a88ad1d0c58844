"""Forms as PDF on A4 by reportlab: bundled fonts inside, text that can be copied, the template's words."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    Flowable,
    HRFlowable,
    KeepTogether,
    PageBreak,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
)

from fieldtool.ports import Progress, Words, no_progress
from fieldtool.records.form_texts import FormSheet, FormText, fill
from fieldtool.records.tables import RESOURCES

_FONTS = {"Form": "BeVietnamPro-Regular.ttf", "FormBold": "BeVietnamPro-Bold.ttf"}
_WIDE = A4[0] - 40 * mm
_DOTS = "…" * 12
_MOST_SHEETS = 5000


class PdfForms:
    """The Forms of the program; see ports.Forms."""

    def __init__(self, words: Words) -> None:
        self._words = words
        for name, file in _FONTS.items():
            if name not in pdfmetrics.getRegisteredFontNames():
                pdfmetrics.registerFont(TTFont(name, str(RESOURCES / "fonts" / file)))

    @property
    def words(self) -> Words:
        """The language of the forms."""
        return self._words

    def pdf(self, sheets: Sequence[FormSheet], progress: Progress = no_progress) -> bytes:
        """Sheets as one PDF on A4."""
        buffer = io.BytesIO()
        title = sheets[0].text.title if sheets else ""
        document = SimpleDocTemplate(
            buffer, pagesize=A4, leftMargin=22 * mm, rightMargin=18 * mm, topMargin=14 * mm, bottomMargin=14 * mm,
            title=title, author="fieldtool", invariant=1,
        )  # fmt: skip
        story: list[Flowable] = []
        for number, sheet in enumerate(sheets[:_MOST_SHEETS]):
            progress(number, len(sheets), "print")
            if number:
                story.append(PageBreak())
            story += _sheet(sheet)
        document.build(story)
        return buffer.getvalue()


def _style(name: str, size: float, *, bold: bool = False, centre: bool = False, after: float = 2) -> ParagraphStyle:
    font = "FormBold" if bold else "Form"
    style = ParagraphStyle(name, fontName=font, fontSize=size, leading=size * 1.35, spaceAfter=after)
    if centre:
        style.alignment = TA_CENTER
    return style


_BODY = _style("body", 10.5)
_BOLD = _style("bold", 10.5, bold=True)
_HEAD = _style("head", 9.5, centre=True, after=0)
_HEAD_BOLD = _style("headbold", 9.5, bold=True, centre=True, after=0)
_TITLE = _style("title", 14, bold=True, centre=True)
_SMALL = _style("small", 8.5, centre=True)
_CELL = _style("cell", 9, after=0)
_CELL_BOLD = _style("cellbold", 9, bold=True, centre=True, after=0)


def _sheet(sheet: FormSheet) -> list[Flowable]:
    text, values = sheet.text, sheet.values
    story: list[Flowable] = [_head(text, values), Spacer(1, 4 * mm), _line(text.title, _TITLE)]
    if text.subtitle:
        story.append(_line(fill(text.subtitle, values), _SMALL))
    story.append(Spacer(1, 3 * mm))
    story += [_line(fill(line, values, _DOTS), _BODY) for line in text.intro]
    for number, item in enumerate(text.items, start=1):
        shown = fill(item.value, values) if item.value else ""
        told = f"<font name='FormBold'>{escape(shown)}</font>" if shown else _DOTS * 2
        story.append(Paragraph(f"{number}. {escape(item.label)}: {told}", _BODY))
    if text.table:
        story += [Spacer(1, 2 * mm), _table(text, sheet.rows)]
    story.append(Spacer(1, 3 * mm))
    story += [_line(fill(line, values, _DOTS * 2), _BODY) for line in text.closing]
    story += [
        HRFlowable(width="100%", thickness=0.5, dash=(1, 2), spaceBefore=6 * mm, spaceAfter=1 * mm, color=colors.black)
        for _ in range(min(text.blanks, 20))
    ]
    foot: list[Flowable] = []
    if text.dated:
        foot.append(Paragraph(escape(fill(text.dated, values, "…")), ParagraphStyle("dated", _BODY, alignment=2)))
    if text.signatures:
        foot.append(_signatures(text.signatures))
    if text.note:
        foot.append(_line(fill(text.note, values), _SMALL))
    if foot:
        story.append(KeepTogether(foot))
    return story


def _head(text: FormText, values: Mapping[str, str]) -> Flowable:
    cells = [
        [
            _line(fill(line, values), _HEAD_BOLD if place == len(lines) - 1 else _HEAD)
            for place, line in enumerate(lines)
        ]
        for lines in (text.head_left, text.head_right)
    ]
    table = Table([[cells[0] or "", cells[1] or ""]], colWidths=[_WIDE * 0.42, _WIDE * 0.58])
    table.setStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0)])
    return table


def _table(text: FormText, rows: Sequence[Sequence[str]]) -> Flowable:
    width = len(text.columns)
    body = [[_line(cell, _CELL) for cell in (*row, *[""] * width)[:width]] for row in rows]
    body += [[[Spacer(1, 6 * mm)]] * width for _ in range(max(0, 2 - len(body)))]  # room to write in by hand
    table = Table(
        [[_line(name, _CELL_BOLD) for name in text.columns], *body], colWidths=_widths(text, rows), repeatRows=1
    )
    table.setStyle([("GRID", (0, 0), (-1, -1), 0.6, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")])
    return table


def _widths(text: FormText, rows: Sequence[Sequence[str]]) -> list[float]:
    """No number is broken over two lines; what room is left goes to all columns alike, but to a mere row number."""
    longest = []
    for place, title in enumerate(text.columns):
        cells = [title, *(row[place] for row in rows if place < len(row))]
        words = [word for cell in cells for word in cell.split()]
        longest.append(max((pdfmetrics.stringWidth(word, "FormBold", 9) for word in words), default=10.0) + 14)
    spare = max(_WIDE - sum(longest), 0)
    # A heading of several short words is no row number: an empty cell under it is there to be written in by hand.
    titles = [pdfmetrics.stringWidth(title, "FormBold", 9) + 14 for title in text.columns]
    wide = [place for place, least in enumerate(longest) if max(least, titles[place]) > 34]
    wide = wide or list(range(len(longest)))
    scale = min(_WIDE / sum(longest), 1.0)
    return [least * scale + (spare / len(wide) if place in wide else 0) for place, least in enumerate(longest)]


def _signatures(names: Sequence[str]) -> Flowable:
    cells = [[_line(name, _CELL_BOLD) for name in names], [_line("(ký, ghi rõ họ tên)", _SMALL) for _ in names]]
    table = Table([*cells, [Spacer(1, 18 * mm) for _ in names]], colWidths=[_WIDE / len(names)] * len(names))
    table.setStyle([("VALIGN", (0, 0), (-1, -1), "TOP")])
    return table


def _line(text: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(escape(text), style)
