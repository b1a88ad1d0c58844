"""Where two texts differ that are one name: letters put together otherwise, blanks and unseen characters."""

from __future__ import annotations

import unicodedata

from fieldtool.records.reasons import Difference, Span
from fieldtool.records.syllable_differences import runs


def form_difference(a: str, b: str, clean: str) -> Difference:
    """The difference of two raw texts that read as `clean`. The spans are of the characters written otherwise; of the
    whole where that is something before or behind the name."""
    same = unicodedata.normalize("NFC", a) == unicodedata.normalize("NFC", b)
    only_blanks = not same and "".join(a.split()) == "".join(b.split())
    left, right = _written(a), _written(b)
    spans: tuple[Span, ...] = ()
    if len(left) == len(right) == len(clean):
        spans = runs(place for place in range(len(clean)) if left[place] != right[place])
    spans = spans or ((0, len(clean)),)
    return Difference("blank_space" if only_blanks else "unicode_form", spans, spans, harmless=True)


def _written(raw: str) -> list[str]:
    """What was written for each character of a text: a letter with its marks, a run of blanks."""
    pieces: list[str] = []
    for letter in raw.strip():
        blank = letter.isspace()
        if pieces and (blank and pieces[-1].isspace() or unicodedata.category(letter) in ("Mn", "Cf")):
            pieces[-1] += letter
        else:
            pieces.append(letter)
    return pieces
