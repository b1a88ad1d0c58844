"""Which passphrases a home accepts: long enough that a stolen disk cannot be opened by trying."""

from __future__ import annotations

import re
import unicodedata
from enum import IntEnum

from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.vietnamese import fold

SHORTEST = 12  # characters, NFC
_FEWEST_DIFFERENT = 6
_RUNS = ("0123456789", "9876543210", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm")
# What people take when asked for twelve characters; compared without accents, blanks and case.
_COMMON = ("matkhau", "password", "passphrase", "conganxa", "congan", "vietnam", "nghean", "kyson", "admin", "iloveyou")


class Strength(IntEnum):
    """How well a passphrase withstands being tried; WEAK is refused."""

    WEAK = 0
    ENOUGH = 1
    GOOD = 2
    STRONG = 3


def strength_of(passphrase: str) -> Strength:
    """A measure to type by: what counts is how much is left once known words and runs of keys are taken out."""
    try:
        check_strength(passphrase)
    except FieldtoolError:
        return Strength.WEAK
    text = unicodedata.normalize("NFC", passphrase).strip()
    left = len(_without_known(re.sub(r"[\W_]+", "", fold(text))))
    words = len(text.split())
    if left >= 20 and words >= 5:
        return Strength.STRONG
    return Strength.GOOD if left >= 16 or (left >= 12 and words >= 4) else Strength.ENOUGH


def check_strength(passphrase: str) -> None:
    """Raise WEAK_PASSPHRASE for one that is short, a run of keys, a repetition, or a common word with digits."""
    text = unicodedata.normalize("NFC", passphrase).strip()
    plain = re.sub(r"[\W_]+", "", fold(text))
    weak = (
        len(text) < SHORTEST
        or len(set(plain)) < _FEWEST_DIFFERENT
        or len(_without_known(plain)) < 4
        or re.fullmatch(r"(.{1,6}?)\1+", plain) is not None
    )
    if weak:
        raise FieldtoolError(ErrorCode.WEAK_PASSPHRASE, values={"shortest": SHORTEST})


def _without_known(plain: str) -> str:
    """What is left when common words and runs of four or more neighbouring keys are taken out."""
    for word in _COMMON:
        plain = plain.replace(word, "")
    for run in _RUNS:
        for length in range(len(run), 3, -1):
            for start in range(len(run) - length + 1):
                plain = plain.replace(run[start : start + length], "")
    return plain
