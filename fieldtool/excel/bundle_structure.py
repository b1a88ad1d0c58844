"""The small parts of an untrusted bundle workbook: which sheets it has, where they lie, its shared texts."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Callable

from fieldtool.excel.bundle_package import BROKEN, parser_for, part_chunks, refuse
from fieldtool.records.errors import ErrorCode, FieldtoolError

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
_SMALL = 2_000_000
MOST_TEXTS = 1_500_000
MOST_TEXT = 400_000_000  # characters of all shared texts
MOST_DEPTH = 12
LONGEST_CELL = 32_767
_ESCAPED = re.compile(r"_x(?![dD][89A-Fa-f])([0-9A-Fa-f]{4})_")  # never a half of a surrogate pair

# What Excel, LibreOffice and openpyxl put into workbook.xml of a workbook without anything in it.
_WORKBOOK_ELEMENTS = {
    "workbook", "fileVersion", "workbookPr", "bookViews", "workbookView", "sheets", "sheet", "calcPr",
    "definedNames", "definedName", "fileRecoveryPr", "extLst", "workbookProtection",
}  # fmt: skip
_RELATIONS = (
    "officeDocument", "extended-properties", "core-properties", "custom-properties", "worksheet", "styles", "theme",
    "sharedStrings", "calcChain", "printerSettings", "classificationlabels",
)  # fmt: skip
_Attributes = dict[str, str]


def _walk(package: zipfile.ZipFile, part: str, start: Callable[[str, _Attributes, int], None]) -> None:
    """Call `start` for each element with its name, attributes and depth."""
    parser = parser_for(part)
    depth = 0

    def opened(name: str, pairs: list[str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MOST_DEPTH:
            refuse(ErrorCode.HOSTILE_WORKBOOK, part)
        start(name, dict(zip(pairs[::2], pairs[1::2], strict=True)), depth)

    def closed(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartElementHandler = opened  # a flat list, as ordered_attributes has it
    parser.EndElementHandler = closed
    try:
        for block in part_chunks(package, part, _SMALL):
            parser.Parse(block, False)
        parser.Parse(b"", True)
    except BROKEN as trouble:
        raise FieldtoolError(ErrorCode.BUNDLE_MALFORMED, values={"detail": part}) from trouble


def sheet_parts(package: zipfile.ZipFile, expected: tuple[str, ...]) -> dict[str, str]:
    """The part of each expected sheet. Refused unless the workbook has exactly these sheets, in order, visible."""
    found: list[tuple[str, str]] = []
    ignored_from = 0

    def element(name: str, attributes: _Attributes, depth: int) -> None:
        nonlocal ignored_from
        if ignored_from and depth > ignored_from:
            return
        ignored_from = 0
        space, _, local = name.rpartition(" ")
        if local == "AlternateContent" or local == "extLst" or space != MAIN:
            ignored_from = depth  # Excel keeps the folder of the last save there; nothing of it is read
            if space == MAIN or local in ("AlternateContent", "revisionPtr"):
                return
        if local not in _WORKBOOK_ELEMENTS or space != MAIN:
            refuse(ErrorCode.HOSTILE_WORKBOOK, f"workbook: {local}")
        if local == "definedName" and not attributes.get("name", "").startswith("_xlnm."):
            refuse(ErrorCode.HOSTILE_WORKBOOK, "definedName")
        if local == "workbookPr" and attributes.get("date1904", "0") not in ("0", "false"):
            refuse(ErrorCode.HOSTILE_WORKBOOK, "date1904")
        if local == "sheet":
            if attributes.get("state", "visible") != "visible":
                refuse(ErrorCode.HOSTILE_WORKBOOK, attributes.get("state", ""), attributes.get("name", "")[:40])
            found.append((attributes.get("name", ""), attributes.get(f"{_REL} id", "")))

    _walk(package, "xl/workbook.xml", element)
    targets = _targets(package, "xl/_rels/workbook.xml.rels", "xl")
    if "_rels/.rels" in package.namelist():
        _targets(package, "_rels/.rels", "")
    for part in package.namelist():
        if part.startswith("xl/worksheets/_rels/"):
            _targets(package, part, "xl/worksheets")
    names = tuple(name for name, _ in found)
    if names != expected:
        changed = [f"+ {name}" for name in names if name not in expected]
        changed += [f"– {name}" for name in expected if name not in names]
        code = ErrorCode.BUNDLE_SHEETS if set(expected) & set(names) else ErrorCode.BUNDLE_NOT_A_BUNDLE
        refuse(code, ", ".join(changed or names)[:80])
    parts = {name: targets.get(identity, "") for name, identity in found}
    if len(set(parts.values())) < len(parts) or not all(part in package.namelist() for part in parts.values()):
        refuse(ErrorCode.BUNDLE_MALFORMED, "xl/_rels/workbook.xml.rels")
    sheets = [part for part in package.namelist() if part.startswith("xl/worksheets/sheet")]
    if len(sheets) != len(expected):
        refuse(ErrorCode.HOSTILE_WORKBOOK, ", ".join(sheets)[:80])
    return parts


def _targets(package: zipfile.ZipFile, part: str, folder: str) -> dict[str, str]:
    targets: dict[str, str] = {}

    def element(name: str, attributes: _Attributes, depth: int) -> None:
        if name == f"{_PACKAGE_REL} Relationships" and depth == 1:
            return
        if name != f"{_PACKAGE_REL} Relationship" or depth != 2:
            refuse(ErrorCode.HOSTILE_WORKBOOK, part)
        kind, target = attributes.get("Type", ""), attributes.get("Target", "")
        if attributes.get("TargetMode", "Internal") != "Internal":
            refuse(ErrorCode.WORKBOOK_LINKS, part)
        if kind.rpartition("/")[2] not in _RELATIONS:
            refuse(ErrorCode.WORKBOOK_MACROS if "vba" in kind.lower() else ErrorCode.HOSTILE_WORKBOOK, kind[-60:])
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        identity = attributes.get("Id", "")
        if identity in targets or path.startswith("..") or "\\" in target:
            refuse(ErrorCode.HOSTILE_WORKBOOK, part)
        targets[identity] = path

    _walk(package, part, element)
    return targets


def shared_texts(package: zipfile.ZipFile) -> list[str]:
    """The shared texts by index; none when the workbook keeps its texts in the cells."""
    part = "xl/sharedStrings.xml"
    if part not in package.namelist():
        return []
    texts: list[str] = []
    current: list[str] = []
    inside: list[str] = []
    total = 0
    parser = parser_for(part)

    def opened(name: str, _: object) -> None:
        space, _sep, local = name.rpartition(" ")
        if space != MAIN or len(inside) >= MOST_DEPTH:
            refuse(ErrorCode.HOSTILE_WORKBOOK, f"{part}: {local}")
        if local == "rPh" or (not inside and local != "sst"):
            refuse(ErrorCode.HOSTILE_WORKBOOK, f"{part}: {local}")
        inside.append(local)

    def closed(_: str) -> None:
        nonlocal total
        if inside.pop() == "si":
            text = plain_text(current)
            total += len(text)
            if len(texts) >= MOST_TEXTS or total > MOST_TEXT or len(text) > LONGEST_CELL:
                refuse(ErrorCode.WORKBOOK_BOMB, part)
            texts.append(text)
            current.clear()

    def characters(text: str) -> None:
        if inside and inside[-1] == "t":
            current.append(text)

    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = characters
    try:
        for block in part_chunks(package, part):
            parser.Parse(block, False)
        parser.Parse(b"", True)
    except BROKEN as trouble:
        raise FieldtoolError(ErrorCode.BUNDLE_MALFORMED, values={"detail": part}) from trouble
    return texts


def plain_text(pieces: list[str]) -> str:
    """The text of a cell's runs, with the escapes of the format undone as every spreadsheet program does."""
    text = pieces[0] if len(pieces) == 1 else "".join(pieces)
    if "_x" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match.group(1), 16)), text)
    return text
