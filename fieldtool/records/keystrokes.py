"""Telex and VNI keystrokes left in a name because the input method was off: "Nguyeenx", "Va8n"."""

from __future__ import annotations

import re

from fieldtool.records.syllables import is_syllable
from fieldtool.records.vietnamese import HOI, HUYEN, NANG, NGA, SAC, put_tone

# Real syllables of Khơ Mú and Kinh names that look like Telex (reference/domain.md 4.2).
EXEMPT = frozenset({"moong", "xoong", "loong", "đoọc", "doọc", "dooc", "noong", "boong"})
_TELEX_TONES = {"f": HUYEN, "r": HOI, "x": NGA, "s": SAC, "j": NANG}
_TELEX_HATS = (("dd", "đ"), ("aa", "â"), ("ee", "ê"), ("oo", "ô"), ("uow", "ươ"), ("uw", "ư"), ("ow", "ơ"), ("aw", "ă"))
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


def decode_telex(token: str) -> str:
    """The syllable that Telex keys meant, in the token's own case; "" when they are no Telex leftover."""
    lower = token.lower()
    if not lower.isascii() or not lower.isalpha() or lower in EXEMPT or is_syllable(lower):
        return ""
    tone = 0
    text = lower
    tones = list(re.finditer(r"(?<=[aeiouyw])[fsrxj]|[fsrxj]$", text[1:]))
    if tones:
        place = tones[-1].start() + 1
        tone = _TELEX_TONES[text[place]]
        text = text[:place] + text[place + 1 :]
    hatted = _telex_hats(text)
    for candidate in dict.fromkeys((put_tone(hatted, tone), _telex_hats(lower))):
        if candidate != lower and is_syllable(candidate):
            return _like(candidate, token)
    return ""


def _telex_hats(text: str) -> str:
    late = re.match(r"([^aeiouy]*)([aeo])([^aeiou]*)\2([^aeiouy]*)$", text)  # "Tranaf": the hat typed at the end
    if late and late.group(3):
        text = late.group(1) + late.group(2) * 2 + late.group(3) + late.group(4)
    if text.startswith("d") and text.endswith("d") and len(text) > 2:
        text = "dd" + text[1:-1]
    for keys, letter in _TELEX_HATS:
        text = text.replace(keys, letter)
    if "w" in text:
        rest = text.replace("w", "", 1)
        for plain, horned in (("uo", "ươ"), ("o", "ơ"), ("u", "ư"), ("a", "ă")):
            if plain in rest:
                text = rest.replace(plain, horned, 1)
                break
        else:
            text = text.replace("w", "ư", 1)
    return text


def decode_vni(token: str) -> str:
    """The syllable that VNI keys meant ("Nguye64n" is Nguyễn); "" when they are none."""
    lower = token.lower()
    if not re.fullmatch(r"[a-z]+\d[a-z\d]*", lower):
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
    letters = letters.replace("uơ", "ươ") if re.search(r"uơ[a-z]", letters) else letters
    candidate = put_tone(letters, tone)
    return _like(candidate, token) if is_syllable(candidate) else ""


def _like(text: str, pattern: str) -> str:
    if pattern.isupper():
        return text.upper()
    return text.capitalize() if pattern[:1].isupper() else text
