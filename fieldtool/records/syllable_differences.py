"""How two syllables in the same place of a name differ: tone, hat, i/y, confused consonants, a slip of one letter."""

from __future__ import annotations

import re
from typing import Literal

from fieldtool.records.reasons import Span
from fieldtool.records.surnames import is_moong, same_surname_group
from fieldtool.records.vietnamese import fold, marked, toneless

Slot = Literal["surname", "middle", "given"]
_ONSET = re.compile(r"^(ngh|ng|nh|gh|gi(?=[aeiouy])|kh|ph|th|tr|ch|qu|[bcdđghklmnpqrstvx])?(.*)$")
_CONFUSED = (
    {"c", "k", "q", "qu"},
    {"ng", "ngh"},
    {"g", "gh"},
    {"d", "gi", "r"},
    {"đ", "d"},
    {"đ", "l"},
    {"b", "v"},
    {"s", "x"},
    {"tr", "ch"},
    {"l", "n"},
)
_FINAL = re.compile(r"(ch|ng|nh|[cmnpt])$")
_FINALS = ({"n", "ng", "nh"}, {"t", "c", "ch"}, {"m", "n"}, {"n", ""}, {"ng", ""}, {"nh", ""}, {"m", ""})


def syllable_difference(a: str, b: str, slot: Slot, *, bare: bool = False) -> tuple[str, Span, Span, bool] | None:
    """Code, the span in each syllable, and whether it is harmless; None when they are the same.

    `bare` says that one of the two names has no marks at all, so that missing marks are the typist's.
    """
    if marked(a) == marked(b):
        return None
    span_a, span_b = changed(a, b)
    harmless = False
    if slot == "surname" and is_moong(a) and is_moong(b):
        return "moong", (0, len(a)), (0, len(b)), harmless
    if slot == "surname" and same_surname_group(a, b):
        return "surname_variant", span_a, span_b, harmless
    code = _code(a, b, bare)
    if code is None:
        code = f"{slot}_differs"
        span_a, span_b = (0, len(a)), (0, len(b))
    return code, span_a, span_b, harmless


def _code(a: str, b: str, bare: bool) -> str | None:
    if toneless(a) == toneless(b):
        return "marks_missing" if bare and fold(a) in (a.lower(), b.lower()) else "tone"
    if fold(a) == fold(b):
        return "marks_missing" if bare and fold(a) in (a.lower(), b.lower()) else "hat"
    low_a, low_b = toneless(a), toneless(b)
    if low_a.replace("y", "i") == low_b.replace("y", "i"):
        return "i_y"
    onset_a, rest_a = _split(low_a)
    onset_b, rest_b = _split(low_b)
    same_rest = onset_a != onset_b and rest_a.replace("y", "i") == rest_b.replace("y", "i")
    if same_rest and any({onset_a, onset_b} <= group for group in _CONFUSED):
        return "consonant"
    if onset_a == onset_b:
        body_a, final_a = _tail(rest_a)
        body_b, final_b = _tail(rest_b)
        if body_a == body_b and final_a != final_b and any({final_a, final_b} <= group for group in _FINALS):
            return "final_consonant"
    return "letter_slip" if _one_edit(fold(a), fold(b)) and min(len(a), len(b)) > 1 else None


def _split(syllable: str) -> tuple[str, str]:
    match = _ONSET.match(syllable)
    return (match.group(1) or "", match.group(2)) if match else ("", syllable)


def _tail(rhyme: str) -> tuple[str, str]:
    match = _FINAL.search(rhyme)
    return (rhyme[: match.start()], match.group(1)) if match and match.start() else (rhyme, "")


def _one_edit(a: str, b: str) -> bool:
    """Whether one letter added, dropped, changed or two neighbours turned make the one into the other."""
    if len(a) > len(b):
        a, b = b, a
    if len(b) - len(a) > 1:
        return False
    start = next((i for i in range(len(a)) if a[i] != b[i]), len(a))
    if len(a) < len(b):
        return a[start:] == b[start + 1 :]
    turned = a[start : start + 2] == b[start : start + 2][::-1] and a[start + 2 :] == b[start + 2 :]
    return a[start + 1 :] == b[start + 1 :] or turned


def changed(a: str, b: str) -> tuple[Span, Span]:
    """The stretch in which two texts differ, after their common beginning and end; whole letters on both sides."""
    low_a, low_b = a.lower(), b.lower()
    start = next((i for i in range(min(len(a), len(b))) if low_a[i] != low_b[i]), min(len(a), len(b)))
    end = 0
    while end < min(len(a), len(b)) - start and low_a[-1 - end] == low_b[-1 - end]:
        end += 1
    return (start, len(a) - end), (start, len(b) - end)
