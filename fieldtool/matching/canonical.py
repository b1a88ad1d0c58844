"""One form for texts that say the same: dates as YYYYMMDD, numbers as numbers, words sorted, listed codes as the first.

Works on a whole column, since whether 03/04 is a day or a month first is told by the column and not by the cell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from fieldtool.matching.spec import FieldSpec

_YEAR_FIRST = re.compile(r"(\d{4})\D(\d{1,2})\D(\d{1,2})(?:\D.*)?")
_YEAR_LAST = re.compile(r"(\d{1,2})\D(\d{1,2})\D(\d{4})(?:\D.*)?")
_WORD = re.compile(r"[^\W_]+")
_MONTHS = 12


def canonical_form(field: FieldSpec, texts: Sequence[str]) -> list[str]:
    """The canonical form of each text of a column; "" for one that says nothing under this comparator."""
    if field.comparator == "date":
        return _dates(texts)
    if field.comparator == "numeric":
        return [_number(text) for text in texts]
    if field.comparator == "token":
        return [" ".join(sorted(_WORD.findall(text))) for text in texts]
    if field.codes:
        first = {code: group[0] for group in field.codes for code in group}
        return [first.get(text, text) for text in texts]
    return list(texts)


def _dates(texts: Sequence[str]) -> list[str]:
    found = [(text, _YEAR_FIRST.fullmatch(text), _YEAR_LAST.fullmatch(text)) for text in texts]
    middles = [int(last[2]) for _, _, last in found if last]
    firsts = [int(last[1]) for _, _, last in found if last]
    month_first = max(middles, default=0) > _MONTHS >= max(firsts, default=0)
    forms = []
    for text, early, last in found:
        if early:
            forms.append(f"{early[1]}{int(early[2]):02d}{int(early[3]):02d}")
        elif last:
            day, month = (last[2], last[1]) if month_first else (last[1], last[2])
            forms.append(f"{last[3]}{int(month):02d}{int(day):02d}")
        else:
            forms.append("".join(char for char in text if char.isdigit()))
    return forms


_ENDLESS = 1e100  # above it differences of two values overflow


def _number(text: str) -> str:
    try:
        value = float(text.replace(" ", "").replace(",", "."))
    except ValueError:
        return text
    return repr(value) if abs(value) < _ENDLESS else ""  # "NaN", "inf" and 1e308 are no measured number: not known
