"""Writes the workbook of a bundle: every cell text, in flat memory, and nothing of it on the disk.

XlsxWriter in constant memory keeps each sheet as a readable temporary file on the disk, which must not hold the
names of people; so the few parts a bundle needs are written here. tests/excel proves that openpyxl reads it back.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable
from typing import IO

from fieldtool.records.errors import ErrorCode, FieldtoolError

LONGEST_CELL = 32_767  # UTF-16 units
MOST_ROWS = 1_048_576
_MOMENT = (1980, 1, 1, 0, 0, 0)  # the same input gives the same bytes
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_FLUSH = 1 << 18

_FIXED = {
    "[Content_Types].xml": (
        f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet2.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'{_HEAD}<Relationships xmlns="{_PACKAGE_REL}">'
        f'<Relationship Id="rId1" Type="{_REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'{_HEAD}<Relationships xmlns="{_PACKAGE_REL}">'
        f'<Relationship Id="rId1" Type="{_REL}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_REL}/worksheet" Target="worksheets/sheet2.xml"/>'
        f'<Relationship Id="rId3" Type="{_REL}/styles" Target="styles.xml"/></Relationships>'
    ),
    # Style 1 is text (@), so that a number typed over a cell stays a text; style 2 the same in bold for headings.
    "xl/styles.xml": (
        f'{_HEAD}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
        '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    ),
}


def write_workbook(
    sheets: tuple[str, str],
    changes: Iterable[tuple[str, ...]],
    manifest: Callable[[], Iterable[tuple[str, ...]]],
) -> tuple[bytes, int]:
    """The workbook's bytes and the number of change rows under the heading. `sheets` names the manifest's and the
    changes' sheet; the manifest is asked for when the last change was written. ValueError for a text no cell holds."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for name, text in _FIXED.items():
            package.writestr(_entry(name), text.encode("utf-8"))
        package.writestr(_entry("xl/workbook.xml"), _workbook(sheets).encode("utf-8"))
        rows = _sheet(package, "xl/worksheets/sheet2.xml", changes)
        _sheet(package, "xl/worksheets/sheet1.xml", manifest())
    return buffer.getvalue(), rows - 1


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _MOMENT)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _workbook(sheets: tuple[str, str]) -> str:
    listed = "".join(f'<sheet name="{name}" sheetId="{i}" r:id="rId{i}"/>' for i, name in enumerate(sheets, 1))
    return (
        f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><bookViews><workbookView activeTab="0"/></bookViews>'
        f"<sheets>{listed}</sheets></workbook>"
    )


def _sheet(package: zipfile.ZipFile, name: str, rows: Iterable[tuple[str, ...]]) -> int:
    count = 0
    # force_zip64 would write a field that strict readers, ours among them, refuse; 4 GB are out of reach.
    with package.open(_entry(name), "w") as part:
        part.write(sheet_head().encode("utf-8"))
        pending: list[str] = []
        size = 0
        for count, cells in enumerate(rows, 1):
            row = _row(count, cells)
            pending.append(row)
            size += len(row)
            if size > _FLUSH:
                size = _flush(part, pending)
        _flush(part, pending)
        part.write(b"</sheetData></worksheet>")
    return count


def sheet_head() -> str:
    """What a sheet begins with, up to its first row."""
    pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
        '<sheetFormatPr defaultRowHeight="15"/><cols><col min="1" max="18" width="18" style="1" customWidth="1"/>'
        "</cols><sheetData>"
    )


def _flush(part: IO[bytes], pending: list[str]) -> int:
    part.write("".join(pending).encode("utf-8"))
    pending.clear()
    return 0


_COLUMNS = tuple(chr(65 + i) for i in range(26)) + tuple("A" + chr(65 + i) for i in range(26))


def _row(number: int, cells: tuple[str, ...]) -> str:
    style = 2 if number == 1 else 1
    if number > MOST_ROWS:
        raise FieldtoolError(ErrorCode.BUNDLE_MALFORMED, values={"detail": f"{number} > {MOST_ROWS}"})
    texts = [f'<row r="{number}">']
    for column, text in zip(_COLUMNS, cells, strict=False):
        if not text:
            continue
        if len(text) > 16_000 and len(text.encode("utf-16-le")) > 2 * LONGEST_CELL:
            raise FieldtoolError(ErrorCode.BUNDLE_MALFORMED, values={"detail": f"{column}{number}"})
        if "&" in text or "<" in text or ">" in text:
            text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        texts.append(
            f'<c r="{column}{number}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
        )
    texts.append("</row>")
    return "".join(texts)
