"""How the sheets of an .xlsx look: bold, struck and old-font cells, merged ranges, hidden rows, formulas.

One pass over the bytes of a sheet, searching only for what is rare; a full XML parse would take longer than reading
the values. It also refuses what shows only inside a sheet: a million formatted blank rows, dangerous formulas.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from fieldtool.excel.read_package import (
    AREA_ALWAYS,
    MOST_COLUMN,
    MOST_ROW,
    ahead,
    check_area,
    chunks,
    holds,
    small_part,
)
from fieldtool.excel.read_refusals import Refused
from fieldtool.excel.read_rows_xlsx import NUMBERED
from fieldtool.excel.read_struck_xlsx import Parts, naming, struck_cells
from fieldtool.records.errors import ErrorCode

MOST_BLANK_ROWS = 200_000  # formatted rows without a value
LEGACY_FONT = re.compile(r"\.?vn|vni[-\s]|tcvn|abc", re.IGNORECASE)
DANGEROUS = re.compile(
    rb"\b(?:WEBSERVICE|FILTERXML|CALL|EXEC|REGISTER(?:\.ID)?|RTD|DDE(?:AUTO)?|IMPORT(?:DATA|XML|HTML|RANGE)|HYPERLINK|INDIRECT|FORMULA|FOPEN|URLMON)\s*\("
    rb"|\w+\|(?:'|&apos;|&#39;|!|\s*/)|\[[^\]]*\.xl|\[\d+\]|https?:|file:|\\\\\\\\",
    re.IGNORECASE,
)
_REF = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_FORMULA = re.compile(rb"<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>([^<]*)(?:</(?:\w+:)?f\s*>)?)(\s*<(?:\w+:)?v>[^<])?")
_HIDDEN = re.compile(rb'\shidden="(?:1|true)"')
# References that a list of up to 26 columns and 99,999 rows does not have.
# No word boundary in front: the search must stay a plain one for its first letters, over two million cells.
_FAR = re.compile(rb"r=[\"'](?:[A-Z][A-Z]+\d+|[A-Z]?\d{6,})")
# Among double quotes this finds whatever _FAR finds (and what has no number), in half the time.
_MAYBE_FAR = re.compile(rb'r="[A-Z]?+(?!\d{1,5}+")')
_LETTER = re.compile(rb"r=[\"']([A-Z])\d")
_ROW = re.compile(rb'<row[ >/](?:r="(\d{1,7})")?')
_COL = re.compile(rb'\b(min|max)="(\d{1,5})"')


NO_TEXTS: Mapping[int, Parts] = {}


@dataclass(slots=True)
class Look:
    """A sheet's look in plain values; see records.raw_books.SheetLook."""

    bold: dict[int, int] = field(default_factory=dict)
    fonts: dict[int, dict[int, str]] = field(default_factory=dict)
    formulas: dict[int, dict[int, str]] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    struck: dict[int, int] = field(default_factory=dict)
    computed: dict[int, dict[int, str]] = field(default_factory=dict)
    crossed: dict[int, dict[int, Parts]] = field(default_factory=dict)
    steady: bool = False  # every row says its number, in order, and all is written as Excel writes it
    values: int = 0
    last_row: int = 0
    last_column: int = 0  # as a count

    def cross(self, row: int, column: int, parts: Parts) -> None:
        """Keep what stands and what is struck through in a cell; nothing stands in one that is struck whole."""
        if parts[0].strip():
            self.crossed.setdefault(row, {})[column] = parts
            if row in self.struck:  # LibreOffice gives the cell the look of its first letters
                self.struck[row] &= ~(1 << column)
        else:
            self.struck[row] = self.struck.get(row, 0) | 1 << column


def sheet_parts(package: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name → name of its part."""
    book = _parsed(small_part(package, "xl/workbook.xml"), "xl/workbook.xml")
    relations = _parsed(small_part(package, "xl/_rels/workbook.xml.rels"), "xl/_rels/workbook.xml.rels")
    targets = {
        item.get("Id", ""): item.get("Target", "") for item in relations.iter() if _local(item) == "Relationship"
    }
    parts: dict[str, str] = {}
    for item in book.iter():
        if _local(item) == "sheet":
            id = next((value for key, value in item.attrib.items() if key.endswith("}id")), "")
            target = targets.get(id, "")
            parts[item.get("name", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return parts


def days_from_1904(package: zipfile.ZipFile) -> bool:
    """Whether days are counted from 1904, as old Macintoshes did."""
    book = _parsed(small_part(package, "xl/workbook.xml"), "xl/workbook.xml")
    return any(_local(item) == "workbookPr" and item.get("date1904") in ("1", "true") for item in book.iter())


@dataclass(frozen=True, slots=True)
class MarkingStyles:
    """Numbers of the cell styles that are bold, struck through, or in an old 8-bit font (with its name)."""

    bold: set[int] = field(default_factory=set)
    struck: set[int] = field(default_factory=set)
    fonts: dict[int, str] = field(default_factory=dict)

    def numbers(self) -> list[int]:
        """All of them."""
        return sorted(self.bold | self.struck | self.fonts.keys())


def marking_styles(package: zipfile.ZipFile) -> MarkingStyles:
    """The styles of a workbook that say something of a list."""
    styles = MarkingStyles()
    content = small_part(package, "xl/styles.xml")
    if not content:
        return styles
    root = _parsed(content, "xl/styles.xml")
    fonts: list[tuple[bool, bool, str]] = []
    for group in root:
        if _local(group) == "fonts":
            fonts = [_font(item) for item in group]
        elif _local(group) == "cellXfs":
            for number, style in enumerate(group):
                index = int(style.get("fontId", "0") or 0)
                heavy, struck, name = fonts[index] if 0 <= index < len(fonts) else (False, False, "")
                if heavy:
                    styles.bold.add(number)
                if struck:
                    styles.struck.add(number)
                if LEGACY_FONT.match(name):
                    styles.fonts[number] = name
    return styles


def _font(item: Element) -> tuple[bool, bool, str]:
    """Whether a font is bold, whether it is struck through, and its name."""
    heavy, struck, name = False, False, ""
    for part in item:
        if _local(part) == "b":
            heavy = part.get("val", "1") not in ("0", "false")
        elif _local(part) == "strike":
            struck = part.get("val", "1") not in ("0", "false")
        elif _local(part) in ("name", "rFont"):
            name = part.get("val", "")
    return heavy, struck, name


def look_of(
    package: zipfile.ZipFile,
    part: str,
    sheet: str,
    styles: MarkingStyles,
    numbered: bool = True,
    texts: Mapping[int, Parts] = NO_TEXTS,
) -> Look:
    """The look of one sheet. Refused for a million blank rows and for formulas that reach outside.

    `numbered` when cells may name their texts by number, which is then looked at for `Look.steady`; `texts` are those
    that are struck through in part.
    """
    look = Look(last_row=99_999)
    wanted = styles.numbers()
    styled = re.compile(rb' s="(' + b"|".join(str(number).encode() for number in wanted) + rb')"') if wanted else None
    named = naming(texts)
    prefixed: bool | None = None
    rows = _Rows(package, part, sheet)
    for piece in ahead(chunks(package, part, before=b"<row ")):
        if prefixed is None:
            prefixed = b":sheetData" in piece or b":worksheet" in piece
        rows.take(piece, prefixed)
        if numbered and rows.steady:
            rows.steady = piece.count(NUMBERED[0]) == piece.count(NUMBERED[1])
        _stretch(piece, look)
        if styled is not None:
            _styles(piece, styled, styles, look)
        if holds(piece, b"f", b":f" if prefixed else b"<f"):
            _formulas(piece, sheet, look)
        if texts or b"<strike" in piece:
            for row, place, parts in struck_cells(piece, texts, named):
                look.cross(row, column_index(place), parts)
        if b'hidden="' in piece:
            _hidden(piece, look)
        if b"mergeCell " in piece:
            for match in _MERGE.finditer(piece):
                look.merged.append((int(match[2]), column_index(match[1]), int(match[4]), column_index(match[3])))
    look.steady = rows.steady
    if look.last_column <= 26 and look.last_row * 26 > AREA_ALWAYS:
        # Only a list of so many rows is looked at once more, for the last of its few columns.
        letters = {letter for piece in chunks(package, part) for letter in set(_LETTER.findall(piece))}
        look.last_column = max(map(column_index, letters), default=0) + 1
    area = look.last_row * max(look.last_column, 1)
    check_area(sheet, look.last_row, max(look.last_column, 1), rows.values() if area > AREA_ALWAYS else 0)
    return look


class _Rows:
    """Follows the rows of a sheet: how many there are, and whether each says its number and comes after the last."""

    def __init__(self, package: zipfile.ZipFile, part: str, sheet: str) -> None:
        self._package, self._part, self._sheet = package, part, sheet
        self.steady = True
        self._count = self._last = 0
        self._prefixed = self._examined = False

    def take(self, piece: bytes, prefixed: bool) -> None:
        """Look at the next rows. Refused when most of a great many are blank."""
        self._prefixed = prefixed
        if prefixed:
            self.steady = False
            self._count += piece.count(b":row ")
        else:
            numbers = _ROW.findall(piece)
            self._count += len(numbers)
            self.steady = self.steady and not (b"!" in piece and b"<!" in piece) and self._follow(numbers)
        if self._count > MOST_BLANK_ROWS and not self._examined:
            self._examined = True
            if self.values() < self._count // 2:
                raise Refused(ErrorCode.WORKBOOK_ROWS, sheet=self._sheet, detail=str(self._count))

    def _follow(self, numbers: list[bytes]) -> bool:
        if not numbers:
            return True
        if b"" in numbers:
            return False
        places = [self._last, *map(int, numbers)]
        self._last = places[-1]
        return places == sorted(set(places)) and self._last <= MOST_ROW

    def values(self) -> int:
        """How many cells hold a value, counted anew: only a sheet of a great many rows is asked."""
        value, text = (b":v>", b":is>") if self._prefixed else (b"<v>", b"<is>")
        return sum(piece.count(value) + piece.count(text) for piece in chunks(self._package, self._part))


def _stretch(piece: bytes, look: Look) -> None:
    """Follow how far the cells reach."""
    if b"'" not in piece and _MAYBE_FAR.search(piece) is None:
        return
    for found in _FAR.findall(piece):
        letters = found[3:].rstrip(b"0123456789")
        number = found[3 + len(letters) :]
        look.last_column = max(look.last_column, column_index(letters[:6]) + 1)
        look.last_row = max(look.last_row, int(number) if len(number) <= 9 else 10**9)


def _styles(piece: bytes, styled: re.Pattern[bytes], styles: MarkingStyles, look: Look) -> None:
    for match in styled.finditer(piece):
        start = piece.rfind(b"<", 0, match.start())
        ref = _REF.search(piece, start, piece.find(b">", match.end()))
        if ref is None:
            continue
        row, column, style = int(ref[2]), column_index(ref[1]), int(match[1])
        if style in styles.bold:
            look.bold[row] = look.bold.get(row, 0) | 1 << column
        if style in styles.struck:
            look.struck[row] = look.struck.get(row, 0) | 1 << column
        if style in styles.fonts:
            look.fonts.setdefault(row, {})[column] = styles.fonts[style]


def _formulas(piece: bytes, sheet: str, look: Look) -> None:
    for match in _FORMULA.finditer(piece):
        cell = max(piece.rfind(b"<c ", 0, match.start()), piece.rfind(b":c ", 0, match.start()))
        ref = _REF.search(piece, max(cell, 0), match.start())
        text = match[1] or b""
        place = (ref[1] + ref[2]).decode() if ref else ""
        if DANGEROUS.search(text):
            raise Refused(
                ErrorCode.WORKBOOK_FORMULA, sheet=sheet, cell=place, detail=text[:80].decode("utf-8", "replace")
            )
        if ref is not None:
            written = "=" + text[:200].decode("utf-8", "replace")
            # Excel says of an empty text that it is one; programs that only write formulas leave an empty value.
            saved = match[2] or b't="str"' in piece[cell : match.start()]
            kept = look.computed if saved else look.formulas
            kept.setdefault(int(ref[2]), {})[column_index(ref[1])] = written


def _hidden(piece: bytes, look: Look) -> None:
    for match in _HIDDEN.finditer(piece):
        start = piece.rfind(b"<", 0, match.start())
        tag = piece[start : piece.find(b">", match.end())]
        if re.match(rb"<(?:\w+:)?row\s", tag):
            ref = re.search(rb'\br="(\d{1,7})"', tag)
            if ref:
                look.hidden_rows.append(int(ref[1]))
        elif re.match(rb"<(?:\w+:)?col\s", tag):
            ends = {key: int(value) for key, value in _COL.findall(tag)}
            first, last = ends.get(b"min", 1), min(ends.get(b"max", 1), 500)
            if len(look.hidden_columns) < MOST_COLUMN:
                look.hidden_columns.extend(range(first - 1, last))


def column_index(letters: bytes) -> int:
    """b"A" → 0, b"AA" → 26."""
    index = 0
    for letter in letters:
        index = index * 26 + letter - 64
    return index - 1


def _parsed(content: bytes, part: str) -> Element:
    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        raise Refused(ErrorCode.WORKBOOK_ENTITIES, detail=part) from error
    except (ParseError, ValueError, LookupError) as error:
        raise Refused(ErrorCode.NOT_A_WORKBOOK, detail=part) from error
    return root


def _local(item: Element) -> str:
    tag = item.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
