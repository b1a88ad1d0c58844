"""A text too long for one QR code, as several pages that say which they are; put together again in any order.

A page is `FTQ1/ID/PAGE/PAGES/PIECE` in the characters that a QR code packs closest: the piece is base32 of the
compressed text, ID the first digits of its hash, so that pages of two texts are never mixed.
"""

from __future__ import annotations

import base64
import hashlib
import re
import zlib
from collections.abc import Sequence

from fieldtool.records.errors import ErrorCode, FieldtoolError

MOST_PAGES = 99
_PIECE = 2_000  # characters: a code of 125 squares, four points each on the screen
_LARGEST = 4_000_000  # bytes of a text put together
_HEAD = "FTQ1"
_PAGE = re.compile(rf"{_HEAD}/([0-9A-F]{{16}})/(\d{{1,2}})/(\d{{1,2}})/([A-Z2-7]*)")


def is_page(text: str) -> bool:
    """Whether a code says that it is a page of a longer text."""
    return text.startswith(_HEAD + "/")


def split_pages(text: str) -> list[str]:
    """The text as pages, each for one code; CODE_TOO_LONG when there would be too many."""
    packed = zlib.compress(text.encode("utf-8"), 9)
    whole = base64.b32encode(packed).decode("ascii").rstrip("=")
    pieces = [whole[start : start + _PIECE] for start in range(0, len(whole), _PIECE)]
    if len(pieces) > MOST_PAGES:
        raise FieldtoolError(ErrorCode.CODE_TOO_LONG)
    name = hashlib.sha256(packed).hexdigest()[:16].upper()
    return [f"{_HEAD}/{name}/{page}/{len(pieces)}/{piece}" for page, piece in enumerate(pieces, start=1)]


def joined_pages(pages: Sequence[str]) -> str:
    """The text of pages in any order, also with some twice. CODE_PAGES_MISSING names those that are missing,
    CODE_PAGES_MIXED stands for pages of different texts and for damaged ones."""
    found: dict[int, str] = {}
    heads = set()
    for page in pages:
        read = _PAGE.fullmatch(page.strip())
        if read is None:
            raise FieldtoolError(ErrorCode.CODE_PAGES_MIXED)
        heads.add((read[1], int(read[3])))
        if found.setdefault(int(read[2]), read[4]) != read[4]:
            raise FieldtoolError(ErrorCode.CODE_PAGES_MIXED)
    if len(heads) != 1:
        raise FieldtoolError(ErrorCode.CODE_PAGES_MIXED)
    ((name, count),) = heads
    missing = [page for page in range(1, count + 1) if page not in found]
    if missing:
        values = {"pages": ", ".join(map(str, missing)), "count": count}
        raise FieldtoolError(ErrorCode.CODE_PAGES_MISSING, values=values)
    return _opened("".join(found[page] for page in range(1, count + 1)), name)


def _opened(whole: str, name: str) -> str:
    try:
        packed = base64.b32decode(whole + "=" * (-len(whole) % 8))
        if hashlib.sha256(packed).hexdigest()[:16].upper() != name:
            raise ValueError("hash")
        unpacking = zlib.decompressobj()
        text = unpacking.decompress(packed, _LARGEST)
        if unpacking.unconsumed_tail or not unpacking.eof:
            raise ValueError("length")
        return text.decode("utf-8")
    except (ValueError, zlib.error) as trouble:
        raise FieldtoolError(ErrorCode.CODE_PAGES_MIXED) from trouble
