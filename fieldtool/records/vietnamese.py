"""Vietnamese letters: one fixed table gives folding, tones, alphabetical order and the comparing form.

The table is ours and does not follow the runtime's Unicode data, so that two versions of Python fold alike.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Each row: one vowel with level tone, huyền, hỏi, ngã, sắc, nặng: the order of Vietnamese dictionaries.
VOWELS = (
    "aàảãáạ",
    "ăằẳẵắặ",
    "âầẩẫấậ",
    "eèẻẽéẹ",
    "êềểễếệ",
    "iìỉĩíị",
    "oòỏõóọ",
    "ôồổỗốộ",
    "ơờởỡớợ",
    "uùủũúụ",
    "ưừửữứự",
    "yỳỷỹýỵ",
)
_BASE = {"a": "a", "ă": "a", "â": "a", "e": "e", "ê": "e", "i": "i", "o": "o", "ô": "o", "ơ": "o", "u": "u", "ư": "u"}
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
LEVEL, HUYEN, HOI, NGA, SAC, NANG = range(6)

TONE = {letter: tone for row in VOWELS for tone, letter in enumerate(row)}
TONELESS = {letter: row[0] for row in VOWELS for letter in row}
_FOLDED = {letter: _BASE.get(row[0], row[0]) for row in VOWELS for letter in row}
_ETH = {"ð": "đ", "Ð": "Đ"}
_FOLD_TABLE = str.maketrans({**_FOLDED, "đ": "d", "ð": "d"} | {chr(code): None for code in range(0x300, 0x370)})
_TONELESS_TABLE = str.maketrans({**TONELESS, "ð": "đ"})
# U+00AD is dropped here: text in TCVN3 fonts must be decoded before it comes to this door.
_INVISIBLE = re.compile("[\u00ad\u034f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
# Some keyboards put the tone before the hat; Unicode composes that to no Vietnamese letter.
_LOOSE_MARK = re.compile("[\u0300-\u036f]")
_HATS_AND_TONES = re.compile("[\u0300-\u0303\u0306\u0309]{2,}")
_HATS = "\u0302\u0306"
# Only open syllables in oa, oe, uy have two ways of placing the tone; "qu" is an onset and leaves no choice.
_NEW_PLACE = re.compile(r"(?<!q)(o[àảãáạèẻẽéẹ]|u[ỳỷỹýỵ])(?![\w\u0300-\u036f])")
_ORDER = {letter: f"{place:02d}" for place, letter in enumerate(_ALPHABET, start=10)}


def nfc(text: str) -> str:
    """Text in NFC with no-break and zero-width characters gone and single blanks; letters stay as written."""
    if text.isascii():
        return " ".join(text.split())
    # Unseen characters go first: one between a letter and its mark would keep the two apart.
    composed = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    if _LOOSE_MARK.search(composed):
        apart = _HATS_AND_TONES.sub(_hats_first, unicodedata.normalize("NFD", composed))
        composed = unicodedata.normalize("NFC", apart)
    return " ".join(composed.split())


def _hats_first(match: re.Match[str]) -> str:
    return "".join(sorted(match.group(), key=lambda mark: mark not in _HATS))


@lru_cache(maxsize=32768)
def fold(text: str) -> str:
    """Lower case without any mark, đ as d, single blanks: the form for searching."""
    return " ".join(nfc(text).lower().translate(_FOLD_TABLE).split())


@lru_cache(maxsize=32768)
def marked(text: str) -> str:
    """Lower case with marks, Ð as đ, and the tone of open oa, oe, uy on the first vowel: the form for comparing."""
    lower = nfc(text).lower().replace("ð", "đ")
    return _NEW_PLACE.sub(_old_place, lower)


def _old_place(match: re.Match[str]) -> str:
    first, second = match.group(1)[0], match.group(1)[1]
    return _with_tone(first, TONE[second]) + TONELESS[second]


def toneless(text: str) -> str:
    """Lower case with hats and horns but without tones."""
    return nfc(text).lower().translate(_TONELESS_TABLE)


def tone_of(syllable: str) -> int:
    """The tone of a syllable, 0 (level) to 5 (nặng)."""
    return next((TONE[letter] for letter in syllable.lower() if TONE.get(letter)), LEVEL)


def _with_tone(vowel: str, tone: int) -> str:
    return next(row[tone] for row in VOWELS if row[0] == vowel)


def put_tone(bare: str, tone: int) -> str:
    """A toneless lower-case syllable with a tone on the right letter (old placement: hòa, thúy)."""
    if tone == LEVEL:
        return bare
    start = 2 if re.match(r"qu[^c]|gi[aăâeêoôơuưy]", bare) else 0
    places = [i for i, letter in enumerate(bare) if i >= start and letter in _BASE or (i >= start and letter == "y")]
    if not places:
        places = [i for i, letter in enumerate(bare) if letter in TONELESS]
    if not places:
        return bare
    hats = [i for i in places if bare[i] in "ăâêôơư"]
    if hats:
        place = hats[-1]
    elif places[-1] < len(bare) - 1 or len(places) == 1:
        place = places[-1]
    else:
        place = places[-2]
    return bare[:place] + _with_tone(bare[place], tone) + bare[place + 1 :]


@lru_cache(maxsize=32768)
def sort_key(text: str) -> str:
    """A text that sorts as the Vietnamese alphabet does: letters first, then tones level huyền hỏi ngã sắc nặng."""
    lower = nfc(text).lower().replace("ð", "đ")
    letters = "".join(
        "01" if char == " " else _ORDER.get(TONELESS.get(char, char), f"9{ord(char):07d}") for char in lower
    )
    tones = "".join(str(tone_of(word)) for word in lower.split(" "))
    return f"{letters}-{tones}"


def words(text: str) -> list[str]:
    """The blank-separated words of a text in NFC."""
    return nfc(text).split(" ") if text.strip() else []
