"""How the sheets of an .xls look: bold, struck and old-font cells, merged ranges, what is hidden, formulas (BIFF8)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from fieldtool.excel.read_look_xlsx import LEGACY_FONT, Look
from fieldtool.excel.read_ole import workbook_stream
from fieldtool.excel.read_package import check_area
from fieldtool.excel.read_refusals import Refused
from fieldtool.excel.read_struck_xls import Piece, struck_texts
from fieldtool.excel.read_struck_xlsx import Parts
from fieldtool.records.errors import ErrorCode

MOST_BYTES = 200_000_000
_MACROS = "_VBA_PROJECT".encode("utf-16-le")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BOF, _EOF, _FILEPASS, _FONT, _XF, _SHEET, _SUPBOOK = 0x809, 0x0A, 0x2F, 0x31, 0xE0, 0x85, 0x1AE
_ROW, _COLUMN, _MERGED, _FORMULA, _MANY_NUMBERS = 0x208, 0x7D, 0xE5, 0x06, 0xBD
_TEXTS, _CONTINUED, _NAMED = 0xFC, 0x3C, 0xFD  # shared texts, and a cell that names one
_CELLS = frozenset({_NAMED, 0x203, 0x27E, 0x204, 0x205, 0xD6, _FORMULA})
_BOLD = 700
_STRUCK = 0x0008  # of a font's options
_OWN, _ADD_IN = 0x0401, 0x3A01  # SUPBOOK records that point at this workbook itself, or at functions


@dataclass(slots=True)
class _Styles:
    """Fonts and cell styles of the workbook."""

    fonts: list[tuple[bool, bool, str]] = field(default_factory=list)  # bold, struck through, name
    cells: list[tuple[bool, bool, str]] = field(default_factory=list)
    texts: dict[int, Parts] = field(default_factory=dict)  # shared texts struck through in part


def looks_of(path: Path) -> dict[str, Look]:
    """The look of every sheet. Refused for macros, a password, links to other files, or no workbook inside.

    Excel 5 and older tell no look here; calamine reads their values all the same.
    """
    if path.stat().st_size > MOST_BYTES:
        raise Refused(ErrorCode.HOSTILE_WORKBOOK, detail="size")
    content = path.read_bytes()
    if _ENCRYPTED in content:
        raise Refused(ErrorCode.PROTECTED_WORKBOOK)
    if _MACROS in content:
        raise Refused(ErrorCode.WORKBOOK_MACROS, detail="_VBA_PROJECT")
    stream = workbook_stream(content)
    if stream[:4] != b"\x09\x08\x10\x00" or stream[4:6] != b"\x00\x06":
        return {}
    try:
        styles, sheets = _globals(stream)
        return {name: _look(stream, at, styles) for name, at in sheets}
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise Refused(ErrorCode.NOT_A_WORKBOOK, detail="biff") from error


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Kind, start and length of the records of one part, from its BOF to its EOF; charts inside are passed over."""
    depth = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield kind, at + 4, length
        at += 4 + length


def _globals(stream: bytes) -> tuple[_Styles, list[tuple[str, int]]]:
    styles = _Styles()
    sheets: list[tuple[str, int]] = []
    texts: list[Piece] = []
    before = 0
    for kind, at, length in _records(stream, 0):
        if kind == _FILEPASS:
            raise Refused(ErrorCode.PROTECTED_WORKBOOK)
        if kind == _FONT:
            (options,) = struct.unpack_from("<H", stream, at + 2)
            (weight,) = struct.unpack_from("<H", stream, at + 6)
            styles.fonts.append((weight >= _BOLD, bool(options & _STRUCK), _text(stream, at + 14)))
            if len(styles.fonts) == 4:
                styles.fonts.append((False, False, ""))  # font number 4 does not exist
        elif kind == _XF:
            (font,) = struct.unpack_from("<H", stream, at)
            heavy, struck, name = styles.fonts[font] if font < len(styles.fonts) else (False, False, "")
            styles.cells.append((heavy, struck, name if LEGACY_FONT.match(name) else ""))
        elif kind == _SHEET:
            (start,) = struct.unpack_from("<I", stream, at)
            sheets.append((_text(stream, at + 6), start))
        elif kind == _TEXTS or (kind == _CONTINUED and before == _TEXTS):
            texts.append((at, length))
            kind = _TEXTS
        elif kind == _SUPBOOK and length >= 4:
            (mark,) = struct.unpack_from("<H", stream, at + 2)
            if mark not in (_OWN, _ADD_IN) and length > 4:
                raise Refused(ErrorCode.WORKBOOK_LINKS, detail="SUPBOOK")
        before = kind
    crossed = {number for number, font in enumerate(styles.fonts) if font[1]}
    styles.texts = struck_texts(stream, texts, crossed)
    return styles, sheets


def _text(stream: bytes, at: int) -> str:
    """A short text: count, whether two bytes a letter, letters."""
    count, wide = stream[at], stream[at + 1] & 1
    raw = stream[at + 2 : at + 2 + count * (2 if wide else 1)]
    return raw.decode("utf-16-le" if wide else "latin-1")


def _look(stream: bytes, start: int, styles: _Styles) -> Look:
    look = Look()
    for kind, at, length in _records(stream, start):
        if kind in _CELLS:
            row, column, style = struct.unpack_from("<HHH", stream, at)
            _mark(look, row + 1, column, style, styles)
            if kind == _NAMED and styles.texts:
                (number,) = struct.unpack_from("<I", stream, at + 6)
                if number in styles.texts:
                    look.cross(row + 1, column, styles.texts[number])
            if kind == _FORMULA:
                look.computed.setdefault(row + 1, {})[column] = "=…"  # such a record always holds a value
        elif kind == _MANY_NUMBERS:
            row, first = struct.unpack_from("<HH", stream, at)
            for index in range((length - 6) // 6):
                (style,) = struct.unpack_from("<H", stream, at + 4 + 6 * index)
                _mark(look, row + 1, first + index, style, styles)
        elif kind == _MERGED:
            (count,) = struct.unpack_from("<H", stream, at)
            for index in range(min(count, (length - 2) // 8)):
                first, last, left, right = struct.unpack_from("<4H", stream, at + 2 + 8 * index)
                look.merged.append((first + 1, left, last + 1, right))
        elif kind == _ROW and stream[at + 12] & 0x20:
            (row,) = struct.unpack_from("<H", stream, at)
            look.hidden_rows.append(row + 1)
        elif kind == _COLUMN and stream[at + 8] & 1:
            first, last = struct.unpack_from("<HH", stream, at)
            look.hidden_columns.extend(range(first, min(last, 500) + 1))
    check_area("", look.last_row, look.last_column, look.values)
    return look


def _mark(look: Look, row: int, column: int, style: int, styles: _Styles) -> None:
    look.last_row, look.last_column = max(look.last_row, row), max(look.last_column, column + 1)
    look.values += 1
    heavy, struck, font = styles.cells[style] if style < len(styles.cells) else (False, False, "")
    if heavy:
        look.bold[row] = look.bold.get(row, 0) | 1 << column
    if struck:
        look.struck[row] = look.struck.get(row, 0) | 1 << column
    if font:
        look.fonts.setdefault(row, {})[column] = font
