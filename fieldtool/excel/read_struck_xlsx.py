"""Cells of an .xlsx of which only a part is struck through: "186̶0̶0̶0̶1̶1̶1̶ 186800111".

Excel keeps such a text in runs, each with its own look. Runs are rare: the shared texts are gone through once, looking
for nothing but a struck one, and cells are looked for only where there is any.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from fieldtool.excel.read_package import chunks
from fieldtool.excel.read_rows_xlsx import TEXTS

Parts = tuple[str, str]  # what stands, what is struck through
_STRIKE = b"<strike"
_TEXT = re.compile(rb"<si(?:\s[^>]*)?(?:/>|>.*?</si>)", re.DOTALL)
_INLINE = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*>\s*<is>(.*?)</is>', re.DOTALL)
_MOST = 5000  # texts; a list with more was not crossed out by hand


def struck_texts(package: zipfile.ZipFile) -> dict[int, Parts]:
    """Number of a shared text → its two parts, of those that are partly or wholly struck run by run."""
    found: dict[int, Parts] = {}
    if TEXTS not in package.namelist():
        return found
    before = 0
    for piece in chunks(package, TEXTS, before=b"<si"):
        if _STRIKE in piece and len(found) < _MOST:
            for place, match in enumerate(_TEXT.finditer(piece)):
                if _STRIKE in match[0] and (parts := _parts(match[0])) is not None:
                    found[before + place] = parts
        before += piece.count(b"<si>") + piece.count(b"<si ") + piece.count(b"<si/>")
    return found


def struck_cells(
    piece: bytes, texts: Mapping[int, Parts], pattern: re.Pattern[bytes]
) -> list[tuple[int, bytes, Parts]]:
    """Row, column letters and parts of the cells in some rows that name such a text or hold one of their own."""
    found = [(int(cell[2]), cell[1], texts[int(cell[3])]) for cell in pattern.finditer(piece)] if texts else []
    if _STRIKE in piece:
        for cell in _INLINE.finditer(piece):
            if _STRIKE in cell[3] and (parts := _parts(b"<si>" + cell[3] + b"</si>")) is not None:
                found.append((int(cell[2]), cell[1], parts))
    return found


def naming(texts: Mapping[int, Parts]) -> re.Pattern[bytes]:
    """What finds the cells that name one of some texts by its number."""
    numbers = b"|".join(str(number).encode() for number in sorted(texts))
    return re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"(?=[^>]*\st="s")[^>]*>\s*<v>(' + numbers + rb")</v>")


def _parts(content: bytes) -> Parts | None:
    """The parts of a text in runs; None when no run of it that holds anything is struck."""
    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError):
        return None  # whoever reads the values judges the text
    stands, struck = "", ""
    for run in root.iter("r"):
        text = "".join(part.text or "" for part in run.iter("t"))
        mark = run.find("rPr/strike")
        if mark is not None and mark.get("val", "1") not in ("0", "false"):
            struck += text
            stands += " "
        else:
            stands += text
    return (stands, struck) if struck.strip() else None
