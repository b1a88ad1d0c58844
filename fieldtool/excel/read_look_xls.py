"""How the sheets of an .xls look; a first version that only refuses what must not be opened."""

from __future__ import annotations

from pathlib import Path

from fieldtool.excel.read_look_xlsx import Look
from fieldtool.excel.read_refusals import Refused
from fieldtool.records.errors import ErrorCode

MOST_BYTES = 200_000_000
_MACROS = "_VBA_PROJECT".encode("utf-16-le")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BOOKS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))


def looks_of(path: Path) -> dict[str, Look]:
    """The look of every sheet, as far as known. Refused for macros, a password, or no workbook inside."""
    if path.stat().st_size > MOST_BYTES:
        raise Refused(ErrorCode.HOSTILE_WORKBOOK, detail="size")
    content = path.read_bytes()
    if _ENCRYPTED in content:
        raise Refused(ErrorCode.PROTECTED_WORKBOOK)
    if _MACROS in content:
        raise Refused(ErrorCode.WORKBOOK_MACROS, detail="_VBA_PROJECT")
    if not any(name in content for name in _BOOKS):
        raise Refused(ErrorCode.NOT_A_WORKBOOK, detail="ole")
    return {}
