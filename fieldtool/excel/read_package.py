"""First look into a zipped workbook (.xlsx, .ods): what must not be opened is refused before a reader sees it."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO, BinaryIO, TypeVar

from fieldtool.excel.read_refusals import Refused
from fieldtool.records.errors import ErrorCode

Piece = TypeVar("Piece")

MOST_PARTS = 2000
MOST_BYTES = 1_500_000_000  # unpacked; a real list of 100,000 rows × 20 columns has about 120 MB
MOST_RATIO = 150  # sheets of text pack 5 to 30 times; blank formatted ones up to 100
RATIO_MATTERS_ABOVE = 20_000_000
SMALL_PART = 30_000_000  # styles, workbook, relations
# Texts are written once and named by cells, whose own tags are about as long: far more texts than cells are a bomb.
TEXTS_ALWAYS = 60_000_000
TEXTS_PER_SHEETS = 3
# A reader lays a sheet out as one block from its first to its last cell, at up to 32 bytes a cell.
AREA_ALWAYS = 6_000_000
AREA_PER_VALUE = 4
MOST_ROW, MOST_COLUMN = 1_048_576, 16_384
_CHUNK = 1 << 20
_MACROS = re.compile(
    r"(?:^|/)(?:vbaProject\.bin|vbaData\.xml)$|^xl/(?:macrosheets|dialogsheets|activeX|ctrlProps)/|^(?:Basic|Scripts)/",
    re.IGNORECASE,
)
_LINKS = re.compile(
    r"^xl/(?:externalLinks|queryTables)/|^xl/connections\.xml$|^xl/embeddings/|^xl/model/", re.IGNORECASE
)
_MACRO_TYPE = re.compile(rb"macroEnabled|vbaProject|ms-excel\.(?:intl)?macrosheet", re.IGNORECASE)
_XML = re.compile(r"\.(?:xml|rels|vml)$", re.IGNORECASE)


def checked(path: Path | BinaryIO) -> zipfile.ZipFile:
    """An open package whose list of parts is harmless. Refused otherwise."""
    try:
        package = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Refused(ErrorCode.NOT_A_WORKBOOK, detail=type(error).__name__) from error
    parts = package.infolist()
    if len(parts) > MOST_PARTS:
        raise Refused(ErrorCode.HOSTILE_WORKBOOK, detail=f"{len(parts)} parts")
    names = [part.filename for part in parts]
    if len(set(names)) < len(names) or any(name.startswith(("/", "\\")) or ".." in name.split("/") for name in names):
        raise Refused(ErrorCode.HOSTILE_WORKBOOK, detail="part names")
    if any(part.flag_bits & 1 for part in parts):
        raise Refused(ErrorCode.PROTECTED_WORKBOOK)
    _check_sizes(parts)
    for name in names:
        if _MACROS.search(name):
            raise Refused(ErrorCode.WORKBOOK_MACROS, detail=name)
    for name in names:
        if _LINKS.search(name):
            raise Refused(ErrorCode.WORKBOOK_LINKS, detail=name)
    if "[Content_Types].xml" in names and _MACRO_TYPE.search(small_part(package, "[Content_Types].xml")):
        raise Refused(ErrorCode.WORKBOOK_MACROS, detail="[Content_Types].xml")
    return package


def _check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    total = sum(part.file_size for part in parts)
    if total > MOST_BYTES:
        raise Refused(ErrorCode.WORKBOOK_BOMB, detail=f"{total // 1_000_000} MB")
    sheets = sum(part.file_size for part in parts if "/worksheets/" in part.filename)
    for part in parts:
        if part.filename.endswith("sharedStrings.xml") and part.file_size > max(
            TEXTS_ALWAYS, TEXTS_PER_SHEETS * sheets
        ):
            raise Refused(ErrorCode.WORKBOOK_BOMB, detail=part.filename)
        ratio = part.file_size / max(part.compress_size, 1)
        if part.file_size > RATIO_MATTERS_ABOVE and ratio > MOST_RATIO and "/worksheets/" not in part.filename:
            raise Refused(ErrorCode.WORKBOOK_BOMB, detail=f"{part.filename} 1:{ratio:.0f}")
        if part.file_size > RATIO_MATTERS_ABOVE and ratio > 4 * MOST_RATIO:
            raise Refused(ErrorCode.WORKBOOK_BOMB, detail=f"{part.filename} 1:{ratio:.0f}")


def check_area(sheet: str, row: int, columns: int, values: int) -> None:
    """Refuse a sheet whose last cell lies outside any sheet, or so far off that the block up to it is nearly empty."""
    if row > MOST_ROW or columns > MOST_COLUMN:
        raise Refused(ErrorCode.HOSTILE_WORKBOOK, sheet=sheet, detail=f"{row} × {columns}")
    if row * columns > max(AREA_ALWAYS, AREA_PER_VALUE * values):
        raise Refused(ErrorCode.WORKBOOK_ROWS, sheet=sheet, detail=str(row))


def small_part(package: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of a part that a real workbook keeps small, b"" when it has none; no document type in it."""
    try:
        info = package.getinfo(name)
    except KeyError:
        return b""
    if info.file_size > SMALL_PART:
        raise Refused(ErrorCode.WORKBOOK_BOMB, detail=name)
    try:
        content = package.read(info)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError, zlib.error) as error:
        raise Refused(ErrorCode.NOT_A_WORKBOOK, detail=name) from error
    refuse_doctype(content, name)
    return content


def chunks(package: zipfile.ZipFile, name: str, before: bytes = b"<") -> Iterator[bytes]:
    """A part's unpacked bytes, cut only in front of `before`; where that is not met, in front of any tag.

    Refused when the part is damaged or has a document type.
    """
    rest = b""
    try:
        with package.open(name) as stream:
            while block := _next(stream, name):
                block = rest + block
                cut = block.rfind(before)
                if cut <= 0 and len(block) > 16 * _CHUNK:
                    cut = block.rfind(b"<")
                if cut <= 0:
                    rest = block
                    if len(rest) > 64 * _CHUNK:
                        raise Refused(ErrorCode.HOSTILE_WORKBOOK, detail=name)
                    continue
                piece, rest = block[:cut], block[cut:]
                refuse_doctype(piece, name)
                yield piece
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError) as error:
        raise Refused(ErrorCode.NOT_A_WORKBOOK, detail=name) from error
    refuse_doctype(rest, name)
    yield rest


def ahead(items: Iterator[Piece]) -> Iterator[Piece]:
    """The same, the next fetched while the last is looked at: zlib and calamine work without Python's lock."""
    with ThreadPoolExecutor(1) as other:
        coming = other.submit(next, items, None)
        while (item := coming.result()) is not None:
            coming = other.submit(next, items, None)
            yield item


def _next(stream: IO[bytes], name: str) -> bytes:
    try:
        return stream.read(_CHUNK)
    except Exception as error:  # zlib.error and kin: whatever the unpacker says, the part is damaged
        raise Refused(ErrorCode.NOT_A_WORKBOOK, detail=name) from error


def refuse_doctype(content: bytes, name: str) -> None:
    """No workbook has a document type; one is there to declare entities."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or (
        holds(content, b"!", b"<!") and (b"<!DOCTYPE" in content or b"<!ENTITY" in content)
    ):
        raise Refused(ErrorCode.WORKBOOK_ENTITIES, detail=name)


def holds(content: bytes, rare: bytes, sought: bytes) -> bool:
    """Whether something is sought in a content with success; `rare` is its rarest letter. One letter is found twenty
    times faster than two, and there are a hundred megabytes to look through."""
    return rare in content and sought in content


def scan_others(package: zipfile.ZipFile, done: set[str]) -> None:
    """Look for document types in the remaining XML parts; shared texts can be large, so in pieces."""
    for part in package.infolist():
        if part.filename not in done and _XML.search(part.filename):
            for _ in chunks(package, part.filename):
                pass
