"""Old 8-bit fonts: by the cell's font name first, then by whole columns; a cell alone never decides (domain.md 4.4)."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from fieldtool.intake.cells import cell_text
from fieldtool.intake.issues import IssueCode
from fieldtool.intake.layout import UNICODE, Column
from fieldtool.records.fields import Field
from fieldtool.records.legacy_fonts import TCVN3, TWICE, VNI, decode, encoding_of_font, score
from fieldtool.records.peoples import parse_people
from fieldtool.records.raw_books import Row, SheetLook
from fieldtool.records.syllables import is_syllable

# Letters that no 8-bit font produces: such a text is Unicode whatever its font is called.
_UNICODE_ONLY = re.compile(
    "[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9\u0300-\u0323]"
)
_CODES = {TCVN3: IssueCode.DECODED_TCVN3, VNI: IssueCode.DECODED_VNI, TWICE: IssueCode.DECODED_WESTERN}
_HORN_LOST = re.compile(r"(?<=[^\W\d_])ơ(?=[^\W\d_])", re.IGNORECASE)


def decoded_cell(text: str, font: str, column: str) -> tuple[str, IssueCode | None]:
    """A cell's text in Unicode, and a remark when that changed it."""
    if column == UNICODE:
        return text, None
    encoding, capitals = _encoding_of_font(font) if font else ("", False)
    encoding = encoding or column
    if not encoding or (text.isascii() and not capitals) or _UNICODE_ONLY.search(text):
        return text, None
    read = _decoded(text, encoding, capitals)
    if read == text:
        return text, None
    if encoding == TCVN3 and soft_hyphen_lost(read):
        return read, IssueCode.SOFT_HYPHEN_LOST
    return read, _CODES[encoding]


@lru_cache(maxsize=64)
def _encoding_of_font(name: str) -> tuple[str, bool]:
    return encoding_of_font(name)


@lru_cache(maxsize=32768)
def _decoded(text: str, encoding: str, capitals: bool) -> str:
    return decode(text, encoding, capitals=capitals)


def soft_hyphen_lost(text: str) -> bool:
    """Whether a decoded word is no syllable and becomes one with the ư that a lost soft hyphen stood for (Hơng)."""
    for word in text.split():
        if _HORN_LOST.search(word) and not is_syllable(word) and is_syllable(_HORN_LOST.sub("ươ", word)):
            return True
    return False


def with_encodings(
    columns: tuple[Column, ...], below: Sequence[tuple[int, Row]], look: SheetLook
) -> tuple[Column, ...]:
    """Columns whose cells name no old font but read as one all the same (text pasted into another font, csv)."""
    if not any(isinstance(cell, str) and not cell.isascii() for _, row in below for cell in row):
        return columns
    columns = _typed_in_unicode(columns, below, look) if look.fonts else columns
    told = tuple(
        column if column.encoding == UNICODE else replace(column, encoding=_of_column(column.index, below, look))
        for column in columns
    )
    counts = Counter(column.encoding for column in told if column.encoding not in ("", UNICODE))
    if not counts:
        return told
    most, times = counts.most_common(1)[0]
    if times < 2 or times < 0.6 * counts.total():
        return told
    return tuple(column if _stands(column, most, below) else replace(column, encoding=most) for column in told)


_LETTERS = frozenset("àáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ\u00a0–—“”‘’…")


def _typed_in_unicode(
    columns: tuple[Column, ...], below: Sequence[tuple[int, Row]], look: SheetLook
) -> tuple[Column, ...]:
    """Columns that were typed in Unicode though their cells name an old font: all their letters are Vietnamese ones and
    some are such as no 8-bit font has. Short words that read in both ("Thái") go with the other columns."""
    texts: dict[int, set[str]] = {}
    for number, row in below[:400]:
        for index in look.fonts.get(number, ()):
            if index < len(row) and isinstance(cell := row[index], str) and not cell.isascii():
                texts.setdefault(index, set()).add(unicodedata.normalize("NFC", cell))
    spoken = set().union(*texts.values()) if texts else set()
    if not any(map(_UNICODE_ONLY.search, spoken)):
        return columns
    plain = {index for index, said in texts.items() if not any(map(_old_letters, said))}
    sure = {index for index in plain if any(map(_UNICODE_ONLY.search, texts[index]))}
    typed = plain if plain == set(texts) else sure
    return tuple(replace(c, encoding=UNICODE) if c.index in typed else c for c in columns)


def _old_letters(text: str) -> bool:
    """Whether a text has a letter or sign that Vietnamese in Unicode has not, as old fonts do."""
    return any(not letter.isascii() and letter.lower() not in _LETTERS for letter in text)


def _stands(column: Column, most: str, below: Sequence[tuple[int, Row]]) -> bool:
    """Whether a column is no part of a sheet that was typed in one old encoding: it has letters of Unicode alone, or
    says what a list knows as it is. Cells of few words ("Cục", "Thái") read as words in both."""
    texts = {cell for _, row in below[:400] if column.index < len(row) and isinstance(cell := row[column.index], str)}
    if column.encoding in (most, UNICODE) or any(map(_UNICODE_ONLY.search, texts)):
        return True
    if column.meaning is Field.ETHNICITY:
        return any(not text.isascii() and parse_people(text)[0] for text in texts)
    return False


def _of_column(index: int, below: Sequence[tuple[int, Row]], look: SheetLook) -> str:
    texts = (
        cell_text(row[index])
        for number, row in below
        if index < len(row) and isinstance(row[index], str) and index not in look.fonts.get(number, ())
    )
    sample = [text for text in texts if not text.isascii()][:400]
    # Signatures below a list, and lines added later, are in Unicode; each such cell is left as it is.
    older = [text for text in sample if not _UNICODE_ONLY.search(text)]
    return score(older) if older and 2 * len(older) >= len(sample) else ""


def decoded_rows(rows: list[list[str]], numbers: Sequence[int], look: SheetLook, encoding: str = "") -> list[list[str]]:
    """The first rows of a sheet with old fonts decoded, by font or all in one encoding."""
    if not look.fonts and not encoding:
        return rows
    return [
        [decoded_cell(text, look.fonts.get(number, {}).get(index, ""), encoding)[0] for index, text in enumerate(row)]
        for number, row in zip(numbers, rows, strict=True)
    ]


ENCODINGS = (TCVN3, VNI, TWICE)
