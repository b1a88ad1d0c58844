"""How a list opens a household: a banner across the sheet, or the labelled lines of the household's own form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from fieldtool.intake.columns import flat

_BANNER = re.compile(
    r"^(?:\d+\s*[.):/\-]\s*)?(?:ho(?: gia dinh)?(?: khau)?\s*(?:so|thu|ong|ba|:|\d)"
    r"|(?:ho (?:va )?ten )?chu ho\b|so ho khau\b|ho khau\b|so hk\b)"
)
_BARE_NUMBER = re.compile(r"so\s*[:.]?\s*(\d{6,9})")
_SURNAMES = frozenset({"hồ", "hờ", "hơ", "hò", "hố", "hổ"})
# A line of a household's own form: "Chủ hộ:", "Địa chỉ:", "Số sổ hộ khẩu:"; what it says stands behind it or in the
# next cells.
_LABEL = re.compile(
    r"^(?:[*+\-•]\s*|\d{1,2}\s*[.)/]\s*)?(?:(?:ho (?:va |, chu dem va )?ten )?chu ho|ho (?:so|thu|ong|ba)\b.{0,12}"
    r"|(?:so |ma )?(?:so )?(?:ho khau|ho so ho khau|ho gia dinh|so hk|hk|shk)(?: so)?|ma ho"
    r"|dia chi.{0,20}|d/?c|(?:noi )?(?:dang ky |dk )?(?:ho khau )?thuong tru|hktt|cho o.{0,12}|noi (?:o|cu tru).{0,12})"
    r"\s*:"
)


def is_banner(text: str) -> bool:
    """Whether a text opens a household ("Hộ: Lô Văn An - sổ hộ khẩu số 12"); the surnames Hồ and Hờ before Bá do
    not."""
    first, _, rest = text.lstrip().partition(" ")
    if first.lower() in _SURNAMES and not any(map(str.isdecimal, rest)) and ":" not in text:
        return False
    return bool(_BANNER.match(flat(text)))


def is_label(text: str) -> bool:
    """Whether a text opens a line of a household's own form, above its members."""
    return ":" in text and bool(_LABEL.match(flat(text)))


def form_lines(title: Sequence[str]) -> Iterator[str]:
    """The lines of a household's own form among those above a heading; "Số: 366542602" on a sheet called Sổ hộ khẩu is
    the book's number."""
    of_book = False
    for line in title:
        of_book = of_book or flat(line).strip().startswith("so ho khau")
        if is_label(line):
            yield line
        elif of_book and (number := _BARE_NUMBER.fullmatch(flat(line).strip())):
            yield f"Sổ hộ khẩu số: {number[1]}"
