"""How lists name a village: the unit words, and where the name begins and ends in a row or a title."""

from __future__ import annotations

import re

from fieldtool.intake.columns import flat

_WORD = r"(?:ban|thon|xom|lang|buon|khoi(?: pho)?|to dan pho|tdp|cum(?: dan cu)?|ap|doi|khu(?: dan cu| pho)?|to)"
_ROW = re.compile(rf"^(?:(?:[ivx]{{1,5}}|\d{{1,2}}|[a-h])\s*[.):/\-]*\s*)?({_WORD}\b\s*:?\s*[^\W_].*)$", re.DOTALL)
_TITLE = re.compile(r"\b((?:ban|thon|xom|khoi|to dan pho)\b\s*:?\s+[^\W_].*)$", re.DOTALL)
_ENDS = re.compile(r"[,;–—()\n]|\s-\s|\s(?:xã|phường|huyện|tỉnh|thị trấn|năm)\s|:(?=\s*\d)", re.IGNORECASE)


def village_of_row(text: str) -> str:
    """The village that a row across the sheet names ("II. Bản Xốp Nặm: 12 hộ"), "" when it names none."""
    match = _ROW.match(flat(text))
    return _named(text, match.start(1)) if match else ""


def village_of_title(text: str) -> str:
    """The village that a title line names, "" for none."""
    for match in _TITLE.finditer(flat(text)):
        found = _named(text, match.start(1))
        if found:
            return found
    return ""


def _named(text: str, start: int) -> str:
    """The name from its unit word on; "ban" with another mark (Ủy ban, ban công an) is no bản."""
    rest = text[start:]
    first = rest.split(" ", 1)[0].lower().rstrip(":")
    if first == "ban" and not text.isascii():
        return ""
    end = _ENDS.search(rest)
    return (rest[: end.start()] if end else rest).strip(" .:")
