"""How a heading is spelt otherwise than it is known: words cut short or run together, one slip of the typist."""

from __future__ import annotations


def is_cut(word: str) -> bool:
    """Whether a word is no more than the consonants that another begins with, or a single letter."""
    return len(word) == 1 or (len(word) <= 3 and not set(word) & set("aeiouy0123456789"))


def one_slip(a: str, b: str) -> bool:
    """Whether one letter changed, added, left out, or two neighbours exchanged make one text of the other."""
    if len(a) > len(b):
        a, b = b, a
    at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    if len(a) < len(b):
        return a[at:] == b[at + 1 :]
    return a[at + 1 :] == b[at + 1 :] or (a[at : at + 2] == b[at : at + 2][::-1] and a[at + 2 :] == b[at + 2 :])


def unjoined(text: str) -> str:
    """A database column's name cut into words: "HoTenCha", "HO_TEN_CHA"."""
    if " " in text.strip():
        return text
    return "".join(
        f" {letter}" if letter == "_" or (letter.isupper() and before.islower()) else letter
        for before, letter in zip(" " + text, text, strict=False)
    )
