"""Canonical bytes of a bundle's content, and the form in which any text fits a cell. docs/bundle-format.md is the word.

A cell holds a text as it is when every spreadsheet program gives it back unchanged; any other text is written as a
JSON string in ASCII, quotation marks included. What is signed are the texts of the cells.
"""

from __future__ import annotations

import hashlib
import json
import re
import struct
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from zlib import crc32

LONGEST_CELL = 32_767  # UTF-16 units; Excel's limit
_PIECE = 16_000  # characters of a long text in one cell; astral ones count twice
_WORST_PIECE = 2_700  # the same when each character may need twelve ASCII ones

_size = struct.Struct(">I").pack
MARKS = [f"{mark:03x}" for mark in range(4096)]
_SHORT, _MOST_KNOWN = 100, 2_000  # bytes of a cell whose form is kept, and how many are

# Control characters but LF, lone surrogates, non-characters, line separators, and Excel's own escapes.
_UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufff9-\uffff\u2028\u2029]")
_ESCAPE = re.compile("_x[0-9A-Fa-f]{4}_")
# Those of _UNSAFE that Python calls printable; all others are controls, formats, surrogates, separators or unassigned.
_UNSAFE_PRINTABLE = ("\ufffc", "\ufffd")


def is_plain(text: str) -> bool:
    """Whether a cell gives a text back unchanged, so that it may be written as it is."""
    if text.isascii() and text.isprintable() and "_x" not in text:  # most are numbers, hashes and times
        return not text or (text[0] not in ' "' and text[-1] != " ")
    if text.startswith('"') or text != text.strip():
        return False
    return _is_safe(text) and unicodedata.is_normalized("NFC", text)


def _is_safe(text: str) -> bool:
    """Whether a text has no character or escape that a spreadsheet program may lose; most are told without a search."""
    if "_x" in text and _ESCAPE.search(text):
        return False
    if text.isprintable():
        return _UNSAFE_PRINTABLE[0] not in text and _UNSAFE_PRINTABLE[1] not in text
    return _UNSAFE.search(text) is None


def to_cell(text: str) -> str:
    """A text as a cell holds it."""
    if is_plain(text):
        return text
    return json.dumps(text).replace("_x", "\\u005fx")


def from_cell(cell: str) -> str:
    """The text that a cell holds; ValueError when the cell was not written by `to_cell`."""
    if not cell.startswith('"'):
        if not is_plain(cell):
            raise ValueError("cell text")
        return cell
    text = json.loads(cell)
    if not isinstance(text, str) or to_cell(text) != cell:
        raise ValueError("cell text")
    return text


def pieces(text: str) -> list[str]:
    """A text cut into cells: one for all but the longest."""
    if len(text) <= _WORST_PIECE:
        return [to_cell(text)]
    cell = to_cell(text)
    if len(cell) <= _PIECE:
        return [cell]
    step = _PIECE if is_plain(text) else _WORST_PIECE
    cells = [to_cell(text[start : start + step]) for start in range(0, len(text), step)]
    if any(len(item) > LONGEST_CELL for item in cells):
        cells = [to_cell(text[start : start + _WORST_PIECE]) for start in range(0, len(text), _WORST_PIECE)]
    return cells


def leaf(cells: Sequence[str]) -> bytes:
    """The hash of a change row: SHA-256 over a zero byte and the length-prefixed UTF-8 of its signed cells."""
    return _leaf([cell.encode("utf-8") for cell in cells])


def _leaf(encoded: Sequence[bytes]) -> bytes:
    parts = [b"\0"]
    for item in encoded:
        parts += (_size(len(item)), item)
    return hashlib.sha256(b"".join(parts)).digest()


def leaf_and_code(cells: Sequence[str]) -> tuple[bytes, str]:
    """A row's leaf and its check code: 16 hex digits of the leaf, a hyphen, and three for each cell so that a changed
    one is named. The code is no secret and proves nothing; the signature does."""
    encoded = [cell.encode("utf-8") for cell in cells]
    row_leaf = _leaf(encoded)
    return row_leaf, f"{row_leaf[:8].hex()}-{''.join([MARKS[crc32(item) & 0xFFF] for item in encoded])}"


class Cell(NamedTuple):
    """What is computed of a cell: `sized` are its length-prefixed UTF-8 bytes, `mark` its three digits of the check
    code, `text` the text it holds (None when `to_cell` did not write it) and `sized_text` that text's bytes."""

    sized: bytes
    mark: str
    text: str | None
    sized_text: bytes


class Cells:
    """The forms of many cells; those of short texts are kept for a while, since most columns repeat a few."""

    def __init__(self) -> None:
        self._known: dict[str, Cell] = {}

    def forms(self, cells: Sequence[str]) -> list[Cell]:
        """The forms of a row's signed cells."""
        known = self._known
        return [known.get(cell) or self._form(cell) for cell in cells]

    def _form(self, cell: str) -> Cell:
        encoded = cell.encode("utf-8")
        sized = _size(len(encoded)) + encoded
        mark = MARKS[crc32(encoded) & 0xFFF]
        form = Cell(sized, mark, cell, sized) if is_plain(cell) else _of_escaped(cell, sized, mark)
        if len(encoded) <= _SHORT:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[cell] = form
        return form


def _of_escaped(cell: str, sized: bytes, mark: str) -> Cell:
    try:
        text = from_cell(cell)
        encoded = text.encode("utf-8")
    except ValueError:
        return Cell(sized, mark, None, b"")
    return Cell(sized, mark, text, _size(len(encoded)) + encoded)


def leaf_and_code_of(forms: Sequence[Cell]) -> tuple[bytes, str]:
    """`leaf_and_code` of the forms of a row's signed cells."""
    row_leaf = hashlib.sha256(b"\0" + b"".join([form[0] for form in forms])).digest()
    return row_leaf, f"{row_leaf[:8].hex()}-{''.join([form[1] for form in forms])}"


class Root:
    """The hash over all rows in order, taken in one at a time."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256(b"\1")
        self.count = 0

    def add(self, row_leaf: bytes) -> None:
        """Take in the next row."""
        self._hash.update(row_leaf)
        self.count += 1

    def hex(self) -> str:
        """The root so far."""
        return self._hash.hexdigest()


def changed_cells(cells: Sequence[str], code: str) -> list[int]:
    """Which cells do not agree with a row's check code, by their index; all that can be said when the code was
    altered too is nothing."""
    head, _, marks = code.partition("-")
    if len(head) != 16 or len(marks) != 3 * len(cells):
        return []
    return [
        index
        for index, cell in enumerate(cells)
        if MARKS[crc32(cell.encode("utf-8")) & 0xFFF] != marks[3 * index : 3 * index + 3]
    ]


def compact(data: object) -> str:
    """JSON with sorted keys and no blanks: the one form that is hashed and signed."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def join_lines(items: Iterable[str]) -> str:
    """Several texts in one cell, one a line."""
    return "\n".join(items)


def split_lines(text: str) -> tuple[str, ...]:
    """The texts of a cell written by `join_lines`."""
    return tuple(text.split("\n")) if text else ()
