"""The package of an untrusted bundle workbook: only parts a bundle has, nothing that unpacks to a flood, no macro.

The limits are those of reference/sync.md B6, wider where a bundle of 150,000 events needs it.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import NoReturn
from xml.parsers import expat

from fieldtool.records.errors import ErrorCode, FieldtoolError, Place

MOST_BYTES = 128_000_000
MOST_UNPACKED = 1_000_000_000
MOST_PARTS = 40
MOST_RATIO = 120
_RATIO_MATTERS_ABOVE = 1_000_000
_SMALL = 2_000_000
_CHUNK = 1 << 16
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    struct.error,
    expat.ExpatError,
)
_PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(?:app|core|custom)\.xml|docMetadata/LabelInfo\.xml"
    r"|xl/(?:workbook|styles|sharedStrings|calcChain)\.xml|xl/_rels/workbook\.xml\.rels|xl/theme/theme[0-9]\.xml"
    r"|xl/worksheets/sheet[0-9]\.xml|xl/worksheets/_rels/sheet[0-9]\.xml\.rels"
    r"|xl/printerSettings/printerSettings[0-9]\.bin"
)
_MACROS = re.compile(r"vba|macrosheets|activeX|ctrlProps|dialogsheets|\.bin$", re.IGNORECASE)
_LINKS = re.compile(r"externalLinks|queryTables|connections\.xml|embeddings|xl/model", re.IGNORECASE)
_MACRO_TYPES = re.compile(rb"macroEnabled|vbaProject|ms-excel\.", re.IGNORECASE)


def open_package(content: bytes) -> zipfile.ZipFile:
    """The package, its list of parts found harmless. BUNDLE_TRUNCATED, BUNDLE_NOT_A_BUNDLE, WORKBOOK_BOMB,
    WORKBOOK_MACROS, WORKBOOK_LINKS or HOSTILE_WORKBOOK otherwise."""
    if not content or (len(content) < 4 and b"PK\3\4".startswith(content)):
        refuse(ErrorCode.BUNDLE_TRUNCATED, "")
    if not content.startswith(b"PK\3\4"):
        refuse(ErrorCode.BUNDLE_NOT_A_BUNDLE, "")
    if len(content) > MOST_BYTES:
        refuse(ErrorCode.WORKBOOK_BOMB, f"{len(content)}")
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
    except BROKEN as trouble:
        # The list of parts lies at the end of the file, so a cut file has none.
        code = ErrorCode.BUNDLE_TRUNCATED if b"PK\5\6" not in content[-66_000:] else ErrorCode.BUNDLE_MALFORMED
        raise FieldtoolError(code, values={"detail": "zip"}) from trouble
    _check_parts(package.infolist())
    if _MACRO_TYPES.search(b"".join(part_chunks(package, "[Content_Types].xml", _SMALL))):
        refuse(ErrorCode.WORKBOOK_MACROS, "[Content_Types].xml")
    return package


def _check_parts(parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename for part in parts]
    if len(parts) > MOST_PARTS or len({name.lower() for name in names}) < len(names):
        refuse(ErrorCode.HOSTILE_WORKBOOK, f"{len(parts)}")
    for part in parts:
        name = part.filename
        if not _PARTS.fullmatch(name):
            if _MACROS.search(name):
                refuse(ErrorCode.WORKBOOK_MACROS, name)
            refuse(ErrorCode.WORKBOOK_LINKS if _LINKS.search(name) else ErrorCode.HOSTILE_WORKBOOK, name)
        if part.flag_bits & 0x41:
            refuse(ErrorCode.PROTECTED_WORKBOOK, name)
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            refuse(ErrorCode.HOSTILE_WORKBOOK, name)
        if part.file_size > _RATIO_MATTERS_ABOVE and part.file_size > MOST_RATIO * max(part.compress_size, 1):
            refuse(ErrorCode.WORKBOOK_BOMB, name)
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        refuse(ErrorCode.WORKBOOK_BOMB, "")
    if not parts or min(part.header_offset for part in parts) != 0:
        refuse(ErrorCode.HOSTILE_WORKBOOK, "zip")
    if not {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= set(names):
        refuse(ErrorCode.BUNDLE_NOT_A_BUNDLE, "xl/workbook.xml")


_APPLICATION = re.compile(rb"<Application>([^<]{1,80})</Application>")
_PROPERTIES = "docProps/app.xml"


def saved_by(content: bytes) -> str:
    """The program that saved a bundle's workbook after us, as it names itself; "" when it is as we wrote it. We write
    no properties; every office program does. Errors as `open_package`."""
    package = open_package(content)
    if _PROPERTIES not in package.namelist():
        return ""
    found = _APPLICATION.search(b"".join(part_chunks(package, _PROPERTIES, _SMALL)))
    return found[1].decode("utf-8", "replace") if found else "?"


def part_chunks(package: zipfile.ZipFile, name: str, most: int = MOST_UNPACKED) -> Iterator[bytes]:
    """The unpacked bytes of a part, in pieces; BUNDLE_MALFORMED when it is damaged, WORKBOOK_BOMB above `most`."""
    total = 0
    try:
        with package.open(name) as stream:
            while block := stream.read(_CHUNK):
                if total == 0 and b"\0" in block[:4]:
                    refuse(ErrorCode.HOSTILE_WORKBOOK, f"{name}: UTF-16")  # expat would follow its mark
                total += len(block)
                if total > most:
                    refuse(ErrorCode.WORKBOOK_BOMB, name)
                yield block
    except KeyError as missing:
        raise FieldtoolError(ErrorCode.BUNDLE_MALFORMED, values={"detail": name}) from missing
    except BROKEN as trouble:
        raise FieldtoolError(ErrorCode.BUNDLE_MALFORMED, values={"detail": f"zip: {name}"}) from trouble


def parser_for(part: str) -> expat.XMLParserType:
    """A parser of UTF-8 alone that refuses any document type, so that there are no entities to expand."""
    parser = expat.ParserCreate("UTF-8", " ")
    parser.buffer_text = True
    parser.ordered_attributes = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)

    def declared(*_: object) -> NoReturn:
        refuse(ErrorCode.WORKBOOK_ENTITIES, part)

    def declaration(version: str, encoding: str | None, standalone: int) -> None:
        if encoding is not None and encoding.lower() not in ("utf-8", "us-ascii"):
            refuse(ErrorCode.HOSTILE_WORKBOOK, f"{part}: {encoding[:20]}")

    parser.StartDoctypeDeclHandler = declared
    parser.EntityDeclHandler = declared
    parser.ProcessingInstructionHandler = lambda *_: refuse(ErrorCode.HOSTILE_WORKBOOK, part)
    parser.XmlDeclHandler = declaration
    return parser


def refuse(code: ErrorCode, detail: str, sheet: str = "", cell: str = "") -> NoReturn:
    """Raise the officer's error for a workbook that is not read."""
    raise FieldtoolError(code, place=Place(sheet=sheet, cell=cell), values={"detail": detail})
