"""The strict reader: hostile and odd workbooks are refused by name, a re-saved good one is read the same."""

from __future__ import annotations

import io
import re
import tracemalloc
import zipfile
from collections.abc import Callable

import openpyxl
import pytest

from fieldtool.excel.bundle_books import SHEETS, ExcelBundles
from fieldtool.excel.bundle_reader import BundleReader
from fieldtool.excel.bundle_writer import write_workbook
from fieldtool.records.errors import ErrorCode, FieldtoolError

HEAD = ("khoa", "gia_tri")
ROWS = [
    ("stt", "gia_tri"),
    ("1", "Lô Thị Mùa Xuân"),
    ("2", '=HYPERLINK("http://x","y")'),
    ("3", "dòng một\ndòng hai"),
    ("4", "+84 0001 1E5 01/02/1960 #N/A 'x <b>&amp;"),
    ("5", "012345678901"),
    ("6", "", "  cách  ", "x" * 32_767),
    ("7", "Ðặng Đức 𝒳 ﬀ"),
]
SHEET_XML = "xl/worksheets/sheet2.xml"
WORKBOOK = "xl/workbook.xml"


def good() -> bytes:
    return write_workbook(SHEETS, ROWS, lambda: [HEAD, ("a", "b")])[0]


def read(content: bytes, sheet: str = "thay_doi") -> list[tuple[int, tuple[str, ...]]]:
    return list(BundleReader(content, SHEETS).rows(sheet))


def repacked(change: Callable[[dict[str, bytes]], object]) -> bytes:
    """The good workbook with some of its parts changed."""
    with zipfile.ZipFile(io.BytesIO(good())) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    change(parts)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


def _replaced(part: str, old: str, new: str) -> bytes:
    def change(parts: dict[str, bytes]) -> None:
        text = parts[part].decode("utf-8")
        assert old in text, (part, old)
        parts[part] = text.replace(old, new, 1).encode("utf-8")

    return repacked(change)


def _added(name: str, content: bytes = b"x") -> bytes:
    return repacked(lambda parts: parts.update({name: content}))


def test_what_is_written_is_read() -> None:
    assert [cells for _, cells in read(good())] == ROWS
    assert read(good(), "to_khai") == [(1, HEAD), (2, ("a", "b"))]
    assert good() == good()


def test_openpyxl_reads_the_same_and_its_copy_too() -> None:
    book = openpyxl.load_workbook(io.BytesIO(good()))
    assert book.sheetnames == list(SHEETS)
    values = [[cell or "" for cell in row] for row in book["thay_doi"].iter_rows(values_only=True)]
    assert [tuple(row) for row in values] == [(*row, *("",) * (4 - len(row))) for row in ROWS]
    assert all(cell.data_type == "s" for row in book["thay_doi"].iter_rows() for cell in row if cell.value)
    buffer = io.BytesIO()
    book.save(buffer)
    assert [tuple(cells) for _, cells in read(buffer.getvalue())] == ROWS


def test_what_excel_adds_when_it_saves_is_taken() -> None:
    def change(parts: dict[str, bytes]) -> None:
        text = parts[WORKBOOK].decode("utf-8")
        text = text.replace(
            "<bookViews>",
            '<fileVersion appName="xl"/><workbookPr/><mc:AlternateContent'
            ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="x15">'
            '<x15ac:absPath xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac" url="C:/"/>'
            '</mc:Choice></mc:AlternateContent><xr:revisionPtr xmlns:xr="http://schemas.microsoft.com/office/'
            'spreadsheetml/2014/revision" revIDLastSave="0"/><bookViews>',
        )
        parts[WORKBOOK] = text.replace("</workbook>", '<calcPr calcId="1"/></workbook>').encode("utf-8")
        sheet = parts[SHEET_XML].decode("utf-8")
        parts[SHEET_XML] = sheet.replace(
            "</worksheet>", '<pageMargins left="0.7" right="0.7" top="1" bottom="1" header="0" footer="0"/></worksheet>'
        ).encode("utf-8")
        parts["xl/theme/theme1.xml"] = b"<a/>"
        parts["docProps/app.xml"] = b"<a/>"

    assert [tuple(cells) for _, cells in read(repacked(change))] == ROWS


ROW2 = '<row r="2">'
CELL = '<c r="B2" s="1" t="inlineStr">'
DTD = '<!DOCTYPE worksheet [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
HOSTILE: dict[str, tuple[Callable[[], bytes], ErrorCode]] = {
    "nothing": (lambda: b"", ErrorCode.BUNDLE_TRUNCATED),
    "two letters": (lambda: b"PK", ErrorCode.BUNDLE_TRUNCATED),
    "half": (lambda: good()[: len(good()) // 2], ErrorCode.BUNDLE_TRUNCATED),
    "html": (lambda: b"<html><table>", ErrorCode.BUNDLE_NOT_A_BUNDLE),
    "junk before": (lambda: b"MZ" + good(), ErrorCode.BUNDLE_NOT_A_BUNDLE),
    "zip before": (lambda: b"PK\3\4" + good(), ErrorCode.HOSTILE_WORKBOOK),
    "another zip": (lambda: repacked(lambda parts: parts.pop(WORKBOOK)), ErrorCode.BUNDLE_NOT_A_BUNDLE),
    "macro": (lambda: _added("xl/vbaProject.bin"), ErrorCode.WORKBOOK_MACROS),
    "macro type": (
        lambda: _replaced("[Content_Types].xml", "spreadsheetml.sheet.main", "ms-excel.sheet.macroEnabled.main"),
        ErrorCode.WORKBOOK_MACROS,
    ),
    "external link": (lambda: _added("xl/externalLinks/externalLink1.xml"), ErrorCode.WORKBOOK_LINKS),
    "connections": (lambda: _added("xl/connections.xml"), ErrorCode.WORKBOOK_LINKS),
    "path upwards": (lambda: _added("../../evil.xml"), ErrorCode.HOSTILE_WORKBOOK),
    "comments": (lambda: _added("xl/comments1.xml"), ErrorCode.HOSTILE_WORKBOOK),
    "third sheet part": (lambda: _added("xl/worksheets/sheet3.xml"), ErrorCode.HOSTILE_WORKBOOK),
    "sixty parts": (
        lambda: repacked(lambda parts: parts.update({f"xl/theme/{n}.xml": b"" for n in range(60)})),
        ErrorCode.HOSTILE_WORKBOOK,
    ),
    "bomb": (lambda: _added("xl/sharedStrings.xml", b" " * 30_000_000), ErrorCode.WORKBOOK_BOMB),
    "dtd": (lambda: _replaced(SHEET_XML, "<worksheet", DTD + "<worksheet"), ErrorCode.WORKBOOK_ENTITIES),
    "dtd in workbook": (lambda: _replaced(WORKBOOK, "<workbook", DTD + "<workbook"), ErrorCode.WORKBOOK_ENTITIES),
    "dtd in relations": (
        lambda: _replaced("xl/_rels/workbook.xml.rels", "<Relationships", DTD + "<Relationships"),
        ErrorCode.WORKBOOK_ENTITIES,
    ),
    "instruction": (lambda: _replaced(SHEET_XML, "<worksheet", "<?x y?><worksheet"), ErrorCode.HOSTILE_WORKBOOK),
    "other encoding": (
        lambda: _replaced(SHEET_XML, 'encoding="UTF-8"', 'encoding="UTF-7"'),
        ErrorCode.HOSTILE_WORKBOOK,
    ),
    "utf-16": (
        lambda: repacked(lambda p: p.update({SHEET_XML: p[SHEET_XML].decode("utf-8").encode("utf-16")})),
        ErrorCode.HOSTILE_WORKBOOK,
    ),
    "external relation": (
        lambda: _replaced(
            "xl/_rels/workbook.xml.rels", '" Target="worksheets', '" TargetMode="External" Target="worksheets'
        ),
        ErrorCode.WORKBOOK_LINKS,
    ),
    "hidden sheet": (
        lambda: _replaced(WORKBOOK, 'sheetId="2"', 'sheetId="2" state="veryHidden"'),
        ErrorCode.HOSTILE_WORKBOOK,
    ),
    "renamed sheet": (lambda: _replaced(WORKBOOK, "thay_doi", "thay doi"), ErrorCode.BUNDLE_SHEETS),
    "extra sheet": (
        lambda: _replaced(WORKBOOK, "</sheets>", '<sheet name="x" sheetId="9" r:id="rId3"/></sheets>'),
        ErrorCode.BUNDLE_SHEETS,
    ),
    "one part for both": (
        lambda: _replaced("xl/_rels/workbook.xml.rels", "sheet2", "sheet1"),
        ErrorCode.BUNDLE_MALFORMED,
    ),
    "1904 dates": (
        lambda: _replaced(WORKBOOK, "<bookViews>", '<workbookPr date1904="1"/><bookViews>'),
        ErrorCode.HOSTILE_WORKBOOK,
    ),
    "defined name": (
        lambda: _replaced(
            WORKBOOK, "</workbook>", '<definedNames><definedName name="x">1</definedName></definedNames></workbook>'
        ),
        ErrorCode.HOSTILE_WORKBOOK,
    ),
    "alternate rows": (
        lambda: _replaced(
            SHEET_XML,
            ROW2,
            '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"/>' + ROW2,
        ),
        ErrorCode.HOSTILE_WORKBOOK,
    ),
    "formula": (lambda: _replaced(SHEET_XML, CELL, '<c r="B2" t="str"><f>1+1</f></c>'), ErrorCode.WORKBOOK_FORMULA),
    "filter": (
        lambda: _replaced(SHEET_XML, "</worksheet>", '<autoFilter ref="A1:B2"/></worksheet>'),
        ErrorCode.HOSTILE_WORKBOOK,
    ),
    "merged": (lambda: _replaced(SHEET_XML, "</worksheet>", "<mergeCells/></worksheet>"), ErrorCode.HOSTILE_WORKBOOK),
    "hyperlink": (lambda: _replaced(SHEET_XML, "</worksheet>", "<hyperlinks/></worksheet>"), ErrorCode.WORKBOOK_LINKS),
    "drawing": (
        lambda: _replaced(SHEET_XML, "</worksheet>", "<legacyDrawing/></worksheet>"),
        ErrorCode.HOSTILE_WORKBOOK,
    ),
    "protection": (
        lambda: _replaced(SHEET_XML, "</worksheet>", "<sheetProtection/></worksheet>"),
        ErrorCode.HOSTILE_WORKBOOK,
    ),
    "rows backwards": (lambda: _replaced(SHEET_XML, ROW2, '<row r="1">'), ErrorCode.WORKBOOK_ROWS),
    "row far away": (lambda: _replaced(SHEET_XML, '<row r="8">', '<row r="999999999">'), ErrorCode.WORKBOOK_ROWS),
    "row without number": (lambda: _replaced(SHEET_XML, ROW2, "<row>"), ErrorCode.WORKBOOK_ROWS),
    "cell far away": (lambda: _replaced(SHEET_XML, CELL, CELL.replace("B2", "XFD2")), ErrorCode.WORKBOOK_ROWS),
    "cell of another row": (lambda: _replaced(SHEET_XML, CELL, CELL.replace("B2", "B3")), ErrorCode.WORKBOOK_ROWS),
    "cell twice": (lambda: _replaced(SHEET_XML, CELL, CELL.replace("B2", "A2")), ErrorCode.WORKBOOK_ROWS),
    "text outside": (lambda: _replaced(SHEET_XML, ROW2, "chữ" + ROW2), ErrorCode.HOSTILE_WORKBOOK),
    "long cell": (lambda: _replaced(SHEET_XML, "Lô Thị", "x" * 32_768), ErrorCode.HOSTILE_WORKBOOK),
    "deep": (
        lambda: _replaced(SHEET_XML, "<sheetViews>", "<sheetViews>" + "<sheetView>" * 20),
        ErrorCode.HOSTILE_WORKBOOK,
    ),
    "not closed": (lambda: _replaced(SHEET_XML, "</worksheet>", ""), ErrorCode.BUNDLE_MALFORMED),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_workbooks_are_refused_by_name(name: str) -> None:
    make, code = HOSTILE[name]
    content = make()
    tracemalloc.start()
    try:
        with pytest.raises(FieldtoolError) as caught:
            read(content)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert caught.value.code is code
    assert peak < 32_000_000


@pytest.mark.parametrize("cell", ["<v>40077000123</v>", "<v>4.0077E10</v>"])
def test_a_number_is_refused_with_its_cell(cell: str) -> None:
    whole = re.escape(CELL) + ".*?</c>"

    def change(parts: dict[str, bytes]) -> None:
        text = parts[SHEET_XML].decode("utf-8")
        parts[SHEET_XML] = re.sub(whole, f'<c r="B2" s="1">{cell}</c>', text).encode("utf-8")

    with pytest.raises(FieldtoolError) as caught:
        read(repacked(change))
    assert caught.value.code is ErrorCode.BUNDLE_NOT_TEXT
    assert (caught.value.place.sheet, caught.value.place.cell) == ("thay_doi", "B2")


def test_escapes_are_undone_but_for_half_characters() -> None:
    rows = read(_replaced(SHEET_XML, "Lô Thị Mùa Xuân", "_x0041__xD800__x000a_"))
    assert rows[1][1] == ("1", "A_xD800_\n")


def test_two_parts_of_one_name_are_refused() -> None:
    buffer = io.BytesIO(good())
    with zipfile.ZipFile(buffer, "a") as package, pytest.warns(UserWarning, match="Duplicate"):
        package.writestr(SHEET_XML, b"<worksheet/>")
    with pytest.raises(FieldtoolError) as caught:
        read(buffer.getvalue())
    assert caught.value.code is ErrorCode.HOSTILE_WORKBOOK


def test_shared_texts_out_of_range_are_refused() -> None:
    with pytest.raises(FieldtoolError) as caught:
        read(_replaced(SHEET_XML, CELL, '<c r="B2" t="s"><v>7</v></c><c r="C2" t="inlineStr">'))
    assert caught.value.code is ErrorCode.BUNDLE_MALFORMED


def test_memory_is_flat_while_reading() -> None:
    rows = [("stt", "x")] + [(str(n), "Lô Thị Mùa Xuân " * 4 + str(n * n)) for n in range(1, 8_000)]
    content = write_workbook(SHEETS, rows, lambda: [HEAD])[0]
    tracemalloc.start()
    try:
        count = sum(1 for _ in ExcelBundles({}).changes(content))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count == 8_000
    assert peak < 3_000_000


def test_a_text_that_fits_no_cell_is_not_cut() -> None:
    with pytest.raises(FieldtoolError):
        write_workbook(SHEETS, [("x" * 32_768,)], lambda: [HEAD])
    with pytest.raises(FieldtoolError):
        write_workbook(SHEETS, [("𝒳" * 16_384,)], lambda: [HEAD])
