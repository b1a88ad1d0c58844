"""The rows of an .xlsx sheet of any length in little memory: a few thousand at a time, each lot a small workbook.

calamine lays a sheet out whole, 200 MB for 100,000 rows of 20 columns. The same bytes are taken in pieces instead, cut
in front of a row: most rows by their form (read_row_form.py), the others by calamine, which is given the styles that
tell days from numbers with them. Texts that cells name by number are read once, in pieces too, and kept packed. A
sheet written in a way that does not allow this (`Look.steady`) is read whole.
"""

from __future__ import annotations

import io
import re
import zipfile
from array import array
from collections.abc import Iterator, Sequence
from typing import Any

import python_calamine

from fieldtool.excel.read_cells import MARK, Cleaned, TextsOf, cleaned, plain
from fieldtool.excel.read_package import ahead, chunks, small_part
from fieldtool.excel.read_refusals import Refused
from fieldtool.excel.read_row_form import Figure, FormedRows, clean_texts, written_otherwise
from fieldtool.intake.cells import cell_text
from fieldtool.records.errors import ErrorCode
from fieldtool.records.raw_books import Cell, Row

TEXTS = "xl/sharedStrings.xml"
NUMBERED = (b't="s"', b't="s"><v>')  # a cell that names a text by number, and the one way of writing it that is known
_MARKED = b't="str"><v>' + MARK.encode("utf-8")
_ROW, _NUMBER = b"<row ", re.compile(rb'<row r="(\d+)"')
_SPAN = 50_000  # rows; a piece of a megabyte has at most half as many without gaps
_TAGS = re.compile(rb"<(?=si[ />])")
_PLAIN_TEXT = re.compile(rb'<si><t(?: xml:space="preserve")?+>([^<]*+)</t></si>\s*+')
_STYLES = re.compile(rb"<(numFmts|cellXfs)\b.*?</\1>", re.DOTALL)
_MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_XML = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PARTS = {
    "[Content_Types].xml": _XML + b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    "_rels/.rels": _XML
    + b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    + b'<Relationship Id="r1" Type="'
    + _OFFICE
    + b'/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": _XML
    + b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    + b'<Relationship Id="r1" Type="'
    + _OFFICE
    + b'/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}


class Texts:
    """The texts that cells name by number, cleaned and packed."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self._packed = bytearray()
        self._ends = array("Q", [0])
        if TEXTS in package.namelist():
            for piece in chunks(package, TEXTS, before=b"<si"):
                self._take(piece)

    def _take(self, piece: bytes) -> None:
        start = piece.find(b"<si")
        if start < 0:
            return
        end = piece.rfind(b"</sst>")
        body = piece[start : end if end > 0 else len(piece)]
        for text in _plain_texts(body) or _texts_one_by_one(body):
            self._packed += text.encode("utf-8", "surrogatepass")
            self._ends.append(len(self._packed))

    def named(self, numbers: Sequence[bytes]) -> list[str]:
        """Texts by their numbers, "" for none; Refused when there is no text of a number."""
        ends, packed = self._ends, self._packed
        longest = max(numbers, key=len, default=b"")
        if len(longest) > 9 or not b"".join((b"0", *numbers)).isdigit():
            raise Refused(ErrorCode.NOT_A_WORKBOOK, detail=f"{TEXTS} {longest[:12].decode('utf-8', 'replace')}")
        places = [int(number) if number else -1 for number in numbers]
        if (last := max(places, default=-1)) >= len(ends) - 1:
            raise Refused(ErrorCode.NOT_A_WORKBOOK, detail=f"{TEXTS} {last}")
        return [packed[ends[at] : ends[at + 1]].decode("utf-8", "surrogatepass") if at >= 0 else "" for at in places]


def _plain_texts(items: bytes) -> list[str]:
    """Texts that are all written plainly, cleaned; [] when one is not."""
    found = [] if written_otherwise(items) else _PLAIN_TEXT.findall(items)
    if not found or len(found) != len(_TAGS.findall(items)):
        return []
    try:
        return clean_texts(found) or [cell_text(text.decode("utf-8")) for text in found]
    except UnicodeDecodeError:
        return []


def _texts_one_by_one(items: bytes) -> list[str]:
    """Texts of which some are written in other ways (in runs, with entities), cleaned; those are read by calamine."""
    each = items.split(b"<si>")[1:]
    if len(each) != len(_TAGS.findall(items)):
        return _texts_by_calamine(items)
    try:
        texts = [
            None if written_otherwise(item) or (found := _PLAIN_TEXT.fullmatch(b"<si>" + item)) is None
            else cell_text(found[1].decode("utf-8"))
            for item in each
        ]  # fmt: skip
    except UnicodeDecodeError:
        return _texts_by_calamine(items)
    others = iter(
        _texts_by_calamine(b"".join(b"<si>" + item for item, text in zip(each, texts, strict=True) if text is None))
    )
    return [next(others) if text is None else text for text in texts]


def _texts_by_calamine(items: bytes) -> list[str]:
    count = len(_TAGS.findall(items))
    cells = b"".join([b'<row r="%d"><c r="A%d" t="s"><v>%d</v></c></row>' % (n + 1, n + 1, n) for n in range(count)])
    parts = {TEXTS: _XML + b"<sst " + _MAIN + b">" + items + b"</sst>"}
    texts = [row[0] if row else "" for _, row in _rows(_lot(cells, parts))]
    if len(texts) != count:
        raise Refused(ErrorCode.NOT_A_WORKBOOK, detail=TEXTS)
    return [cell_text(str(text)) for text in texts]


def rows_of(package: zipfile.ZipFile, part: str, days_from_1904: bool, named: TextsOf) -> Iterator[tuple[int, Row]]:
    """The rows of a steady sheet that hold anything, with their numbers, in plain values; `named` gives the texts that
    cells name by number, cleaned."""
    lots = _Lots(_styles(package), b'<workbookPr date1904="1"/>' if days_from_1904 else b"")
    read = Cleaned(named)

    def by_calamine(body: bytes) -> Iterator[tuple[int, Row]]:
        return (row for lot in lots.of(body) for row in cleaned(_rows(lot), read))

    formed = FormedRows(by_calamine, lots.figures, named)
    bodies = ahead(_bodies(package, part))
    for body in bodies:
        yield from formed.rows(body)
        if formed.given_up:
            break
    for lot in ahead(lot for body in bodies for lot in lots.of(body)):
        yield from cleaned(_rows(lot), read)


def _bodies(package: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The rows of a steady sheet as written, a few thousand at a time."""
    begun = False
    for piece in chunks(package, part, before=_ROW):
        if not begun:
            start = piece.find(b"<sheetData>")
            if start < 0:
                continue
            piece, begun = piece[start + len(b"<sheetData>") :], True
        end = piece.rfind(b"</sheetData>")
        yield piece if end < 0 else piece[:end]
        if end >= 0:
            return


class _Lots:
    """Rows of one sheet as calamine reads them, in small sheets."""

    def __init__(self, styles: bytes, days: bytes) -> None:
        self._parts = {"xl/styles.xml": styles}
        self._days = days

    def of(self, body: bytes) -> Iterator[python_calamine.CalamineSheet]:
        """Some rows, in a few small sheets."""
        for lot in _together(body):
            yield _lot(lot.replace(NUMBERED[1], _MARKED), self._parts, self._days)

    def figures(self, figures: Sequence[Figure]) -> list[Cell]:
        """What figures are with their styles: numbers or days."""
        rows = b"".join(
            b'<row r="%d"><c r="A%d"%b><v>%b</v></c></row>' % (n, n, b' s="%b"' % style if style else b"", written)
            for n, (style, written) in enumerate(figures, start=1)
        )
        return [plain(row[0]) for _, row in _rows(_lot(rows, self._parts, self._days))]


def _together(rows: bytes) -> Iterator[bytes]:
    """Rows in lots that lie near one another: calamine fills the gaps, of which a sheet may have a million rows."""
    first, last = _NUMBER.search(rows), _NUMBER.match(rows, max(rows.rfind(_ROW), 0))
    if first is None or last is None:
        return
    if int(last[1]) - int(first[1]) > _SPAN:
        middle = rows.find(_ROW, len(rows) // 2)
        cut = middle if middle > 0 else rows.rfind(_ROW)
        if cut > first.start():
            yield from _together(rows[:cut])
            yield from _together(rows[cut:])
            return
    yield rows


def _styles(package: zipfile.ZipFile) -> bytes:
    """What of the styles tells days from numbers."""
    whole = small_part(package, "xl/styles.xml")
    found = {match[1]: match[0] for match in _STYLES.finditer(whole)}
    if b"cellXfs" not in found:
        return whole or _XML + b"<styleSheet " + _MAIN + b"/>"
    kept = found.get(b"numFmts", b"") + found[b"cellXfs"]
    return _XML + b"<styleSheet " + _MAIN + b">" + kept + b"</styleSheet>"


def _lot(rows: bytes, parts: dict[str, bytes], days: bytes = b"") -> python_calamine.CalamineSheet:
    """Some rows read by calamine, as a workbook of one sheet."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        for name, part in (_PARTS | parts).items():
            package.writestr(name, part)
        package.writestr(
            "xl/workbook.xml",
            _XML + b"<workbook " + _MAIN + b' xmlns:r="' + _OFFICE + b'">' + days
            + b'<sheets><sheet name="1" sheetId="1" r:id="r1"/></sheets></workbook>',
        )  # fmt: skip
        package.writestr(
            "xl/worksheets/sheet1.xml",
            b"".join((_XML, b"<worksheet ", _MAIN, b"><sheetData>", rows, b"</sheetData></worksheet>")),
        )
    content.seek(0)
    return python_calamine.CalamineWorkbook.from_filelike(content).get_sheet_by_index(0)


def _rows(sheet: python_calamine.CalamineSheet) -> Iterator[tuple[int, list[Any]]]:
    """The rows of a small sheet with the numbers they have in the large one."""
    if sheet.start is None:
        return
    left: list[Any] = [""] * sheet.start[1]
    for number, row in enumerate(sheet.to_python(skip_empty_area=True), start=sheet.start[0] + 1):
        yield number, left + row if left else row


def tabs_of(package: zipfile.ZipFile) -> python_calamine.CalamineWorkbook:
    """A workbook of the same tabs without any content, to be asked for names and what is hidden."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as stub:
        for name in ("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
            stub.writestr(name, small_part(package, name) or _PARTS.get(name, b""))
    content.seek(0)
    return python_calamine.CalamineWorkbook.from_filelike(content)
