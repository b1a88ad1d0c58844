"""What the QR code of a household on a route sheet holds, and reading it back.

A scanner that types goes through the input method: Telex makes "dd" of an id into "đ". So an id in hexadecimal is
written as a number; what sheets printed by earlier programs bear is read as well.
"""

from __future__ import annotations

import re

_PLAIN, _NUMBER = "FT1|H|", "FT2|"
_HEX = re.compile(r"[0-9a-f]{1,64}")
_NUMBERED = re.compile(r"FT2\|(\d{1,2})\|(\d{1,80})")


def code_of(household: str) -> str:
    """The text of a household's code: how many hexadecimal digits its id has, and its number; another id as it is."""
    if _HEX.fullmatch(household):
        return f"{_NUMBER}{len(household)}|{int(household, 16)}"
    return _PLAIN + household


def household_of(scanned: str) -> str:
    """The household that a scanned code of a route sheet names, "" for any other text."""
    text = scanned.strip()
    found = _NUMBERED.fullmatch(text.upper())
    if found:
        digits = f"{int(found[2]):x}"
        return digits.zfill(int(found[1])) if len(digits) <= int(found[1]) else ""
    return text[len(_PLAIN) :].strip() if text.startswith(_PLAIN) else ""
