"""Lists saved as text (.csv): encoding, separator and rows."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from fieldtool.excel.read_refusals import Refused
from fieldtool.records.errors import ErrorCode

MOST_BYTES = 1_000_000_000
MOST_BLANK_ROWS = 200_000
LONGEST_LINE = 2_000_000  # characters
_SAMPLE = 1 << 18
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_TONED = re.compile("[aeiouyăâêôơưAEIOUYĂÂÊÔƠƯ][\u0300\u0301\u0303\u0309\u0323]")
_SEPARATORS = ",;\t|"


def encoding_of(path: Path, *, markup: bool = False) -> str:
    """The encoding of a text file: what its mark says, else UTF-8 when it reads as that, else the 8-bit one of Windows
    (old fonts look like Western letters in it and are decoded later). Refused when it is no text, or markup where none
    is looked for."""
    with path.open("rb") as file:
        sample = file.read(_SAMPLE)
        if sample[:3] == b"\xef\xbb\xbf":
            return "utf-8-sig"
        if sample[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return "utf-16"
        if plain := _wide(sample):
            return plain
        if b"\0" in sample or sum(byte < 32 and byte not in b"\t\r\n\x0c" for byte in sample) > len(sample) // 500:
            raise Refused(ErrorCode.NOT_A_WORKBOOK, detail="binary")
        if not markup and sample.lstrip()[:1] == b"<":
            raise Refused(ErrorCode.NOT_A_WORKBOOK, detail="html")
        try:
            decoder = codecs.getincrementaldecoder("utf-8")()
            block = sample
            while block:
                decoder.decode(block)
                block = file.read(_SAMPLE)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return _eight_bit(sample)
    return "utf-8"


def _wide(sample: bytes) -> str:
    """UTF-16 whose mark was lost: the high bytes of its separators, digits and ends of line are null; "" for others."""
    for encoding, high, low in (("utf-16-le", 1, 0), ("utf-16-be", 0, 1)):
        upper, lower = sample[high::2], sample[low::2]
        if 0.4 * len(upper) < upper.count(0) and not lower.count(0):
            return encoding
    return ""


def _eight_bit(sample: bytes) -> str:
    """Windows' Vietnamese code page when its tone marks follow vowels, else the Western one."""
    text = sample.decode("cp1258", errors="replace")
    tones = len(_TONES.findall(text))
    return "cp1258" if tones >= 3 and len(_TONED.findall(text)) >= 0.9 * tones else "cp1252"


def separator_of(sample: str) -> str:
    """The separator that cuts the most lines of the sample into the same number of cells."""
    lines = [line for line in sample.splitlines()[:200] if line.strip()]
    best, most = ",", 0.0
    for separator in _SEPARATORS:
        counts = Counter(len(next(csv.reader([line], delimiter=separator))) for line in lines)
        counts.pop(1, None)
        if counts:
            width, times = counts.most_common(1)[0]
            score = times * min(width, 8)
            if score > most:
                best, most = separator, score
    return best


def rows(path: Path) -> Iterator[list[str]]:
    """The rows of a text list. Refused for what is no text or too large."""
    if path.stat().st_size > MOST_BYTES:
        raise Refused(ErrorCode.HOSTILE_WORKBOOK, detail="size")
    encoding = encoding_of(path)
    csv.field_size_limit(1_000_000)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        sample = file.read(65536)
        separator = separator_of(sample)
        file.seek(0)
        try:
            yield from _with_content(map(_constant, csv.reader(_lines(file), delimiter=separator)))
        except csv.Error as error:
            raise Refused(ErrorCode.NOT_A_WORKBOOK, detail=str(error)) from error


_QUOTED = re.compile(r'=("{1,2})([^"=]*)\1\Z')


def _constant(row: list[str]) -> list[str]:
    """The row with texts that were written as formulas to save their zeros (="040…") as what they are."""
    return [match[2] if text[:1] == "=" and (match := _QUOTED.match(text)) else text for text in row]


def _with_content(rows: Iterable[list[str]]) -> Iterator[list[str]]:
    """The rows; refused when there are hundreds of thousands of blank ones and hardly any other."""
    blank = filled = 0
    for row in rows:
        if any(row):
            filled += 1
        else:
            blank += 1
            if blank > MOST_BLANK_ROWS and filled < blank // 2:
                raise Refused(ErrorCode.WORKBOOK_ROWS, detail=str(blank))
        yield row


def _lines(file: io.TextIOWrapper) -> Iterator[str]:
    """The lines without null characters; refused for one that no list has."""
    while line := file.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE:
            raise Refused(ErrorCode.HOSTILE_WORKBOOK, detail="line")
        yield line.replace("\0", "")
