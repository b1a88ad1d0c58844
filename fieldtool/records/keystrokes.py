"""Telex and VNI keystrokes left in a name because the input method was off: "Nguyeenx", "Va8n"."""

from __future__ import annotations

import re
from functools import lru_cache

from fieldtool.records.syllables import is_syllable
from fieldtool.records.vietnamese import HOI, HUYEN, NANG, NGA, SAC, put_tone, tone_of

# Real syllables of Khơ Mú and Kinh names that look like Telex (reference/domain.md 4.2).
EXEMPT = frozenset({"moong", "xoong", "loong", "đoọc", "doọc", "dooc", "noong", "boong"})
_TELEX_TONES = {"f": HUYEN, "r": HOI, "x": NGA, "s": SAC, "j": NANG}
_TELEX_HATS = (("dd", "đ"), ("aa", "â"), ("ee", "ê"), ("oo", "ô"), ("uow", "ươ"), ("uw", "ư"), ("ow", "ơ"), ("aw", "ă"))
_TELEX_KEYS = re.compile(r"[wfjz]|dd|aa|ee|oo|(?<=.)[rxs]|[aăâeêioôơuưy][^aăâeêioôơuưy]*[ao]")
_TONE_KEY = re.compile(r"(?<=[aăâeêioôơuưyw])[fsrxj]|[fsrxj]$")
_TWO_O = "\x00"  # stands for the pair of plain o that Telex writes as "ooo"
_LATE_HAT = re.compile(r"([^aeiouy]*[iuy]?)([aeo])([^aeiouw]+)\2([^aeiouy]*)$")  # "Tranaf": the hat typed at the end
_VNI = re.compile(r"[a-zđăâêôơư]+\d[a-zđăâêôơư\d]*")
_VNI_TONES = {"1": SAC, "2": HUYEN, "3": HOI, "4": NGA, "5": NANG}
_VNI_HATS = {
    ("a", "6"): "â",
    ("e", "6"): "ê",
    ("o", "6"): "ô",
    ("o", "7"): "ơ",
    ("u", "7"): "ư",
    ("a", "8"): "ă",
    ("d", "9"): "đ",
}


@lru_cache(maxsize=16384)
def meant(token: str) -> str:
    """The syllable that a token was typed for: decoded when it holds Telex or VNI keys, else the token itself."""
    return decode_telex(token) or decode_vni(token) or token


def decode_telex(token: str) -> str:
    """The syllable that Telex keys meant, in the token's own case; "" when they are no Telex leftover.

    Real syllables are never decoded, nor the Khơ Mú words that look like Telex. Half-typed words ("Vănf") are.
    """
    lower = token.lower()
    if not lower.isalpha() or tone_of(lower) or lower in EXEMPT or is_syllable(lower) or not _TELEX_KEYS.search(lower):
        return ""
    keys = list(_TONE_KEY.finditer(lower, 1))
    readings = []
    if keys:
        place = keys[-1].start()
        readings.append(put_tone(_telex_hats(lower[:place] + lower[place + 1 :]), _TELEX_TONES[lower[place]]))
    readings.append(_telex_hats(lower))
    found = next((reading for reading in readings if reading != lower and is_syllable(reading)), "")
    return _like(found, token) if found else ""


def _telex_hats(text: str) -> str:
    late = _LATE_HAT.match(text)
    if late:
        text = late.group(1) + late.group(2) * 2 + late.group(3) + late.group(4)
    if text.startswith("d") and text.endswith("d") and len(text) > 2:
        text = "dd" + text[1:-1]
    text = text.replace("ooo", _TWO_O)
    for keys, letter in _TELEX_HATS:
        text = text.replace(keys, letter)
    text = text.replace("ưow", "ươ").replace("ươ", "ươ")
    if "w" in text:
        rest = text.replace("w", "", 1)
        for plain, horned in (("uo", "ươ"), ("o", "ơ"), ("u", "ư"), ("a", "ă")):
            if plain in rest:
                text = rest.replace(plain, horned, 1)
                break
        else:
            text = text.replace("w", "ư", 1)
    return text.replace(_TWO_O, "oo")


def decode_vni(token: str) -> str:
    """The syllable that VNI keys meant ("Nguye64n" is Nguyễn); "" when they are none."""
    lower = token.lower()
    if not _VNI.fullmatch(lower):
        return ""
    tone, letters = 0, ""
    for char in lower:
        if char in _VNI_TONES:
            tone = _VNI_TONES[char]
        elif char.isdigit():
            place = next((i for i in range(len(letters) - 1, -1, -1) if (letters[i], char) in _VNI_HATS), -1)
            if place < 0:
                return ""
            letters = letters[:place] + _VNI_HATS[letters[place], char] + letters[place + 1 :]
            if char == "7" and place and letters[place - 1] == "u" and letters[place] == "ơ":
                letters = letters[: place - 1] + "ư" + letters[place:]
        else:
            letters += char
    letters = re.sub(r"uơ(?=[a-z])", "ươ", letters)
    candidate = put_tone(letters, tone)
    return _like(candidate, token) if is_syllable(candidate) else ""


def _like(text: str, pattern: str) -> str:
    if pattern.isupper():
        return text.upper()
    return text.capitalize() if pattern[:1].isupper() else text
