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
_LONGEST_ROW = 8_000_000  # characters; a row of the longest cells has fewer
_ROW = re.compile(r'<row r="([1-9][0-9]{0,6})">')
_CELL = re.compile(
    r'<c r="([A-Z]{1,2})([1-9][0-9]{0,6})" s="[12]" t="inlineStr"><is><t xml:space="preserve">([^<>]*)</t></is></c>'
)
_AROUND = len('<c r="" s="1" t="inlineStr"><is><t xml:space="preserve"></t></is></c>')
# What XML does not let through, and the carriage return, which it changes.
_NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_AMPERSAND = re.compile("&(?!amp;|lt;|gt;)")


class OtherForm(Exception):
    """The sheet is not in this form, at the latest after the rows that were given."""


def own_rows(blocks: Iterable[bytes], columns: Mapping[str, int]) -> Iterator[Row]:
    """The rows of a sheet from its unpacked bytes; OtherForm at the first thing that is spelt otherwise."""
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    left, head, last = "", sheet_head(), 0
    for block in blocks:
        try:
            text = decoder.decode(block)
        except UnicodeDecodeError as other:
            raise OtherForm from other
        if _NO_TEXT.search(text):
            raise OtherForm
        left += text
        if head:
            if len(left) < len(head) and head.startswith(left):
                continue
            if not left.startswith(head):
                raise OtherForm
            left, head = left[len(head) :], ""
        *whole, left = left.split(_ROW_END)
        for row in whole:
            number, cells = _read(row, columns)
            if not last < number <= MOST_ROWS:
                raise OtherForm
            last = number
            yield number, cells
        if len(left) > _LONGEST_ROW:
            raise OtherForm
    if head or left != TAIL or decoder.getstate()[0]:
        raise OtherForm


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
