"""The stream of a workbook inside an OLE file (.xls). Only what is needed; every number in the file is mistrusted."""

from __future__ import annotations

import struct
from collections.abc import Sequence

from fieldtool.excel.read_refusals import Refused
from fieldtool.records.errors import ErrorCode

_END = 0xFFFFFFFA  # from here on, sector numbers are marks
_ENTRY = 128


def workbook_stream(content: bytes) -> bytes:
    """The bytes of the stream "Workbook" or "Book". Refused when the file has none or is damaged."""
    try:
        return _Container(content).stream(("Workbook", "Book"))
    except (struct.error, IndexError, ValueError, UnicodeDecodeError) as error:
        raise Refused(ErrorCode.NOT_A_WORKBOOK, detail="ole") from error


class _Container:
    """Sectors, their chains and the directory of an OLE file."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        shift, mini_shift = struct.unpack_from("<HH", content, 0x1E)
        if shift not in (9, 12) or mini_shift != 6:
            raise ValueError("sector size")
        self._size = 1 << shift
        self._most = len(content) // self._size + 1
        (self._cutoff,) = struct.unpack_from("<I", content, 0x38)
        self._fat = self._read_fat()
        (directory,) = struct.unpack_from("<I", content, 0x30)
        self._directory = self._chain(directory)
        (mini,) = struct.unpack_from("<I", content, 0x3C)
        mini_fat = self._chain(mini) if mini < _END else b""
        self._mini_fat = struct.unpack(f"<{len(mini_fat) // 4}I", mini_fat)
        start, _ = self._place(self._directory[:_ENTRY])
        self._mini = self._chain(start) if start < _END else b""

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        if start >= len(self._content):
            raise ValueError("sector")
        return self._content[start : start + self._size]

    def _read_fat(self) -> Sequence[int]:
        sectors = [n for n in struct.unpack_from("<109I", self._content, 0x4C) if n < _END]
        more, count = struct.unpack_from("<II", self._content, 0x44)
        per = self._size // 4
        for _ in range(min(count, self._most)):
            if more >= _END:
                break
            block = struct.unpack(f"<{per}I", self._sector(more))
            sectors += [n for n in block[:-1] if n < _END]
            more = block[-1]
        table = b"".join(self._sector(n) for n in sectors[: self._most])
        return struct.unpack(f"<{len(table) // 4}I", table)

    def _chain(self, start: int) -> bytes:
        pieces: list[bytes] = []
        while start < _END:
            if len(pieces) > self._most:
                raise ValueError("chain")
            pieces.append(self._sector(start))
            start = self._fat[start]
        return b"".join(pieces)

    def _mini_chain(self, start: int) -> bytes:
        pieces: list[bytes] = []
        while start < _END:
            if len(pieces) > len(self._mini_fat):
                raise ValueError("chain")
            pieces.append(self._mini[start * 64 : start * 64 + 64])
            start = self._mini_fat[start]
        return b"".join(pieces)

    @staticmethod
    def _place(entry: bytes) -> tuple[int, int]:
        start, size = struct.unpack_from("<II", entry, 116)
        return start, size

    def stream(self, names: Sequence[str]) -> bytes:
        """A stream by one of its names."""
        for at in range(0, len(self._directory), _ENTRY):
            entry = self._directory[at : at + _ENTRY]
            (length,) = struct.unpack_from("<H", entry, 64)
            if 2 <= length <= 64 and entry[: length - 2].decode("utf-16-le") in names:
                start, size = self._place(entry)
                return (self._mini_chain(start) if size < self._cutoff else self._chain(start))[:size]
        raise ValueError("stream")
