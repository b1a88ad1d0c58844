"""Texts of an .xls of which a part is struck through: the runs of its shared texts (BIFF8, record SST).

The texts run on over CONTINUE records; where letters are cut by such a seam, the next record begins with a byte that
says anew how wide they are.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence, Set

from fieldtool.excel.read_struck_xlsx import Parts

_WIDE, _EXTENDED, _RICH = 1, 4, 8
_MOST = 5000  # texts; a list with more was not crossed out by hand
Piece = tuple[int, int]  # start and length of the data of a record


def struck_texts(stream: bytes, pieces: Sequence[Piece], fonts: Set[int]) -> dict[int, Parts]:
    """Number of a shared text → what stands and what is struck, of those with a run in one of `fonts`. `pieces` are the
    record and those that continue it. struct.error or IndexError for damaged records."""
    if not pieces or not fonts:
        return {}
    reader = _Reader(stream, pieces)
    _, count = struct.unpack("<II", reader.take(8))
    found: dict[int, Parts] = {}
    for number in range(count):
        if reader.ended() or len(found) >= _MOST:
            break
        text, runs = reader.text()
        if (parts := _parts(text, runs, fonts)) is not None:
            found[number] = parts
    return found


def _parts(text: str, runs: Sequence[tuple[int, int]], fonts: Set[int]) -> Parts | None:
    """The parts of a text whose runs (first letter, font) are told; None when nothing of it is struck by a run."""
    if not any(font in fonts for _, font in runs):
        return None
    letters = text.encode("utf-16-le")
    ends = [first for first, _ in runs[1:]] + [len(letters) // 2]
    stands, struck = [_cut(letters, 0, runs[0][0])], []
    for (first, font), end in zip(runs, ends, strict=True):
        part = _cut(letters, first, end)
        if font in fonts:
            struck.append(part)
            stands.append(" ")
        else:
            stands.append(part)
    whole = "".join(struck)
    return ("".join(stands), whole) if whole.strip() else None


def _cut(letters: bytes, first: int, last: int) -> str:
    return letters[2 * first : 2 * last].decode("utf-16-le", "replace")


class _Reader:
    """Reads over the seams between records."""

    def __init__(self, stream: bytes, pieces: Sequence[Piece]) -> None:
        self._stream, self._pieces = stream, list(pieces)
        self._piece = 0
        self._at, self._end = pieces[0][0], sum(pieces[0])

    def ended(self) -> bool:
        """Whether all records are read."""
        return self._at >= self._end and self._piece + 1 >= len(self._pieces)

    def _next(self) -> None:
        self._piece += 1
        start, length = self._pieces[self._piece]
        self._at, self._end = start, start + length

    def take(self, count: int) -> bytes:
        """So many bytes; a seam among them is of no matter."""
        taken = b""
        while len(taken) < count:
            if self._at >= self._end:
                self._next()
            part = self._stream[self._at : min(self._at + count - len(taken), self._end)]
            self._at += len(part)
            taken += part
        return taken

    def text(self) -> tuple[str, list[tuple[int, int]]]:
        """The next text and its runs."""
        count, flags = struct.unpack("<HB", self.take(3))
        runs = struct.unpack("<H", self.take(2))[0] if flags & _RICH else 0
        extended = struct.unpack("<I", self.take(4))[0] if flags & _EXTENDED else 0
        text = self._letters(count, bool(flags & _WIDE))
        told = [struct.unpack("<HH", self.take(4)) for _ in range(runs)]
        self.take(extended)
        return text, told

    def _letters(self, count: int, wide: bool) -> str:
        text = ""
        while len(text.encode("utf-16-le")) < 2 * count:
            if self._at >= self._end:
                self._next()
                wide = bool(self._stream[self._at] & _WIDE)
                self._at += 1
            left = count - len(text.encode("utf-16-le")) // 2
            size = min(left * (2 if wide else 1), self._end - self._at)
            raw = self._stream[self._at : self._at + size]
            self._at += size
            text += raw.decode("utf-16-le" if wide else "latin-1", "surrogatepass" if wide else "strict")
        return text
