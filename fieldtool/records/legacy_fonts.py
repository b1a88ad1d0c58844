"""Text typed for 8-bit fonts: TCVN3 (.VnTime …) and VNI, decoded by the letter table in resources/codes/.

The table was checked against glibc's TCVN5712-1 (reference/domain.md 4.4). Decide by font name, else by whole column:
single short cells look like plain Latin text.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from fieldtool.records.syllables import is_syllable
from fieldtool.records.tables import table_text

TCVN3 = "TCVN3"
VNI = "VNI"
TWICE = "UTF-8"  # Unicode that was taken for Western letters and saved so: "LÃ´ VÄƒn" for "Lô Văn"
_WORD = re.compile(r"[^\W\d_]+")


def encoding_of_font(name: str) -> tuple[str, bool]:
    """Encoding that a font name tells ("" for a Unicode font), and whether it draws lower case as capitals."""
    if name.lower().startswith(".vn"):
        return TCVN3, name.rstrip().endswith("H")
    return (VNI, False) if name.upper().startswith("VNI") else ("", False)


def decode(text: str, encoding: str, *, capitals: bool = False) -> str:
    """Text of an 8-bit font as Unicode in NFC; `capitals` for fonts in ...H, which draw all letters as capitals."""
    if encoding == TWICE:
        return unicodedata.normalize("NFC", _MANGLED.sub(_mended, text))
    table, letters = _table(encoding)
    decoded = unicodedata.normalize("NFC", letters.sub(lambda match: table[match.group()], text))
    return decoded.upper() if capitals else decoded


def score(texts: Iterable[str]) -> str:
    """The encoding in which a whole column reads as Vietnamese best: "", "TCVN3" or "VNI".

    Needs at least three words outside ASCII; a legacy encoding must win by a clear margin.
    """
    sample = [text for text in texts if text][:400]
    foreign = [word for text in sample for word in text.split() if not word.isascii()]
    if len(foreign) < 3:
        return ""
    shares = {encoding: _share(foreign, encoding) for encoding in ("", TCVN3, VNI)}
    if any(map(_TELLING.search, sample)):
        shares[TWICE] = _share(" ".join(decode(text, TWICE) for text in sample).split(), "")
    best = max(shares, key=lambda encoding: shares[encoding])
    return best if best and shares[best] > shares[""] + 0.2 and shares[best] >= 0.6 else ""


_WESTERN = {bytes([b]).decode("cp1252", errors="ignore") or chr(b): b for b in range(0x80, 0x100)}
_HIGH = "".join(_WESTERN)
# Two or three bytes of one letter; the blank that no-break spaces have become stands for the second byte of "à".
_MANGLED = re.compile(f"[\u00c3-\u00c6][{re.escape(_HIGH)} ]|\u00c3\\Z|\u00e1[\u00ba\u00bb][{re.escape(_HIGH)} ]")
_TELLING = re.compile(
    "\u00e1[\u00ba\u00bb].|\u00c4[\u0192\u2018\u0090\u201a]|\u00c6[\u00b0\u00a1\u00af]|\u00c3[\u00b4\u00a2\u00aa\u00a1\u00ad\u00b2\u00b3]"
)


def _mended(match: re.Match[str]) -> str:
    """The letter that a run of Western ones stands for; the run itself when it stands for none."""
    run = match.group()
    if run == "\u00c3":
        return "à"
    try:
        return bytes(_WESTERN.get(letter, 0xA0) for letter in run).decode("utf-8")
    except UnicodeDecodeError:
        return run


def _share(words: list[str], encoding: str) -> float:
    good = 0
    for word in words:
        text = decode(word, encoding) if encoding else unicodedata.normalize("NFC", word)
        parts = _WORD.findall(text)
        good += bool(parts) and all(is_syllable(part) for part in parts) and not re.search(r"[^\w\s.,'’()/-]", text)
    return good / len(words)


@lru_cache(maxsize=4)
def _table(encoding: str) -> tuple[dict[str, str], re.Pattern[str]]:
    """Legacy letters to true ones, and the pattern that finds them, the longest first; nothing for no encoding."""
    rows = csv.DictReader(io.StringIO(table_text("codes/legacy_encodings.csv")))
    table = {row["as_seen_in_unicode"]: row["true_letter"] for row in rows if row["encoding"] == encoding}
    if encoding == TCVN3:
        table["\xad"] = "ư"
    longest_first = sorted(table, key=len, reverse=True)
    return table, re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")
