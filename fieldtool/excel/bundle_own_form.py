"""The quick lane of the bundle reader: a sheet in the very form that `bundle_writer` gives it, and in no other.

It knows one spelling of each element and refuses nothing: at the first byte that is spelt otherwise it gives up, and
the strict reader reads the whole sheet. So it must give the rows that the strict reader gives; the fuzz campaign holds
both against each other.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Mapping

from fieldtool.excel.bundle_structure import LONGEST_CELL, plain_text
from fieldtool.excel.bundle_writer import MOST_ROWS, sheet_head
from fieldtool.ports import Row

TAIL = "</sheetData></worksheet>"
_ROW_END = "</row>"
_MOST_SHAPES, _MOST_LEARNED, _MOST_FILLED = 4, 64, 32
_LONGEST_ROW = 8_000_000  # characters; a row of the longest cells has fewer
_ROW = re.compile(r'<row r="([1-9][0-9]{0,6})">')
_CELL = re.compile(
    r'<c r="([A-Z]{1,2})([1-9][0-9]{0,6})" s="[12]" t="inlineStr"><is><t xml:space="preserve">([^<>]*)</t></is></c>'
)
_START, _END = '<row r="([1-9][0-9]{0,6})">', "</t></is></c>"
_AROUND = len('<c r="" s="1" t="inlineStr"><is><t xml:space="preserve"></t></is></c>')
# What XML does not let through, and the carriage return, which it changes; as bytes, and the two that are none.
_CONTROLS = bytes([*range(0x09), *range(0x0B, 0x20)])
_NO_LETTERS = ("\ufffe", "\uffff")
_AMPERSAND = re.compile("&(?!amp;|lt;|gt;)")


class OtherForm(Exception):
    """The sheet is not in this form, at the latest after the rows that were given."""


def own_rows(blocks: Iterable[bytes], columns: Mapping[str, int]) -> Iterator[Row]:
    """The rows of a sheet from its unpacked bytes; OtherForm at the first thing that is spelt otherwise."""
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    left, head, last = "", sheet_head(), 0
    shapes = _Shapes(columns)
    escaped_before = False
    for block in blocks:
        try:
            text = decoder.decode(block)
        except UnicodeDecodeError as other:
            raise OtherForm from other
        if len(block.translate(None, _CONTROLS)) != len(block) or _NO_LETTERS[0] in text or _NO_LETTERS[1] in text:
            raise OtherForm
        escaped = _escapes(block) or left.endswith("_")
        plain = not (escaped or escaped_before)  # what is left of the blocks before may hold one
        left += text
        if head:
            if len(left) < len(head) and head.startswith(left):
                continue
            if not left.startswith(head):
                raise OtherForm
            left, head = left[len(head) :], ""
        at = 0
        while taken := shapes.take(left, at, plain):
            number, cells, at = taken
            if not last < number <= MOST_ROWS:
                raise OtherForm
            last = number
            yield number, cells
        left = left[at:]
        escaped_before = escaped or (escaped_before and len(left) > len(text))
        if len(left) > _LONGEST_ROW:
            raise OtherForm
    if head or left != TAIL or decoder.getstate()[0]:
        raise OtherForm


def _escapes(block: bytes) -> bool:
    """Whether anything in a block may be written by an escape. Most have no underscore, which is found sooner."""
    return b"&" in block or (b"_" in block and b"_x" in block)


class _Shapes:
    """Rows by the columns they fill: nearly all fill the same few, and one pattern then takes a whole row."""

    def __init__(self, columns: Mapping[str, int]) -> None:
        self._columns = columns
        self._letters = {index: letters for letters, index in columns.items()}
        self._learned = 0
        self._shapes: list[tuple[re.Pattern[str], int]] = []  # each with its count of ">"; the newest hit first

    def take(self, text: str, at: int, plain: bool) -> tuple[int, tuple[str, ...], int] | None:
        """The row that begins at a place of a text, its number first, and where the next begins; None where the text
        ends within it. `plain` says that nothing in the text is written by an escape."""
        if plain:
            for place, shape in enumerate(self._shapes):
                found = shape[0].match(text, at)
                if found is None:
                    continue
                end = found.end()
                if end - at <= LONGEST_CELL and text.count(">", at, end) == shape[1]:
                    if place:
                        self._shapes.insert(0, self._shapes.pop(place))
                    groups = found.groups()
                    return int(groups[0]), groups[1:], end
        end = text.find(_ROW_END, at)
        if end < 0:
            return None
        number, read = _read(text[at:end], self._columns)
        if read and read[-1] and self._learned < _MOST_LEARNED:
            self._learn(read)
        return number, read, end + len(_ROW_END)

    def _learn(self, cells: tuple[str, ...]) -> None:
        """Remember the shape of a row that was read; a blank cell before others gets an empty group. So many are
        learned at most that a sheet made to have a new shape in each row costs little."""
        self._learned += 1
        filled = [index for index, text in enumerate(cells) if text]
        if len(filled) > _MOST_FILLED:
            return
        pattern = re.compile(
            _START + "".join(self._cell(index, bool(text)) for index, text in enumerate(cells)) + _ROW_END
        )
        shape = (pattern, 2 + 6 * len(filled))
        if shape not in self._shapes:
            self._shapes = [shape, *self._shapes[: _MOST_SHAPES - 1]]

    def _cell(self, index: int, filled: bool) -> str:
        if not filled:
            return "()"
        return f'<c r="{self._letters[index]}\\1" s="[12]" t="inlineStr"><is><t xml:space="preserve">([^<]*+){_END}'


def _read(row: str, columns: Mapping[str, int]) -> tuple[int, tuple[str, ...]]:
    """A row without its end."""
    opened = _ROW.match(row)
    if opened is None:
        raise OtherForm
    number = opened[1]
    size = opened.end()
    cells: list[str] = []
    for letters, at, text in _CELL.findall(row, opened.end()):
        size += _AROUND + len(letters) + len(at) + len(text)
        column = columns.get(letters, -1)
        if at != number or column < len(cells):
            raise OtherForm
        if "&" in text:
            text = _unescaped(text)
        if "_x" in text:
            text = plain_text([text])
        if len(text) > LONGEST_CELL:
            raise OtherForm
        if column > len(cells):
            cells.extend([""] * (column - len(cells)))
        cells.append(text)
    if size != len(row):  # something stands between the cells
        raise OtherForm
    return int(number), tuple(cells)


def _unescaped(text: str) -> str:
    if _AMPERSAND.search(text):
        raise OtherForm
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
