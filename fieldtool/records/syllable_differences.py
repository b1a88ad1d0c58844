"""How two syllables in the same place of a name differ: tone, hat, i/y, confused consonants, a slip of one letter.

The confusions are those of reference/domain.md 4.3. Nothing here knows of whole names or of customs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

from fieldtool.records.local_knowledge import remembered
from fieldtool.records.reasons import Span
from fieldtool.records.surnames import is_moong, same_surname_group
from fieldtool.records.vietnamese import LEVEL, TONE, fold, marked, tone_of, toneless

Slot = Literal["surname", "middle", "given"]


class Named(NamedTuple):
    """One named difference of two syllables; spans count from the start of each syllable."""

    code: str
    left: tuple[Span, ...]
    right: tuple[Span, ...]
    harmless: bool = False


class Parts(NamedTuple):
    """A syllable taken apart: toneless letters of onset, vowels and final, and the tone."""

    onset: str
    vowels: str
    final: str
    tone: int


_PARTS = re.compile(
    r"(ngh|ng|nh|gh|gi(?=[aăâeêioôơuưy])|kh|ph|th|tr|ch|[bcdđghklmnpqrstvx])?"
    r"([aăâeêioôơuưy]+)(ch|ng|nh|[cmnpt])?\Z"
)
_ONSETS = tuple(
    frozenset(group.split())
    for group in ("c k q", "ng ngh", "g gh", "d gi r", "đ d", "đ l", "b v", "s x", "tr ch", "l n")
)
_STRAIGHT = dict.fromkeys(map(ord, "\u2018\u2019\u02bc\u02b9\u0060\u00b4"), "'")  # H’Lan is H'Lan
_ONE_SOUND = tuple(frozenset(group.split()) for group in ("c k q", "ng ngh", "g gh"))  # spelling alone, 4.3: cost 0
_FINALS = tuple(frozenset(group.split()) for group in ("n ng nh", "t c ch", "m n"))
_I_OR_Y = frozenset("hklmstv")  # reference/domain.md 4.3; after qu as well, and nowhere else: Thúy is not Thúi


@remembered(maxsize=16384)
def syllable_differences(a: str, b: str, slot: Slot, *, bare: bool = False, people: str = "") -> tuple[Named, ...]:
    """The named differences of two syllables; () when they are written alike or differ in case only.

    `bare` says that one of the two names has no marks at all, so that a missing mark is the typist's. `people` is the
    canonical name of the person's people ("" unknown) and decides which surnames are variants of one.
    The last resort is "<slot>_differs" over the whole of both.
    """
    if marked(a) == marked(b):
        return _spellings(a, b)
    straight_a, straight_b = a.translate(_STRAIGHT), b.translate(_STRAIGHT)
    if (straight_a, straight_b) != (a, b):
        apostrophes = Named("unicode_form", *differing(a, b), harmless=True)
        rest = syllable_differences(straight_a, straight_b, slot, bare=bare, people=people)
        return rest or ((apostrophes,) if straight_a.lower() == straight_b.lower() else ())
    whole = (((0, len(a)),), ((0, len(b)),))
    if slot == "surname" and is_moong(a) and is_moong(b):
        return (Named("moong", *whole),)
    if bare and fold(a) == fold(b) and fold(a) in (a.lower(), b.lower()):
        return (Named("marks_missing", *differing(a, b)),)
    if slot == "surname" and (same_surname_group(a, b, people) or _compound_shortened(a, b)):
        return (Named("surname_variant", *differing(a, b)),)
    if abbreviates(a, b):
        return (Named("abbreviation", *whole),)
    return _by_parts(a, b) or _slip(a, b) or (Named(f"{slot}_differs", *whole),)


def _spellings(a: str, b: str) -> tuple[Named, ...]:
    """Ð for Đ and the tone on the other vowel of open oa, oe, uy: spellings of one syllable."""
    low_a, low_b = a.lower(), b.lower()
    eth = tuple((i, i + 1) for i, (x, y) in enumerate(zip(low_a, low_b, strict=True)) if {x, y} == {"ð", "đ"})
    found = [Named("d_bar", eth, eth, harmless=True)] if eth else []
    one, other = low_a.replace("ð", "đ"), low_b.replace("ð", "đ")
    if one != other:
        found.append(Named("tone_place", *differing(one, other), harmless=True))
    return tuple(found)


def _compound_shortened(a: str, b: str) -> bool:
    """Hủn for Hủn Vi: a compound surname and one of its words."""
    short, full = sorted((marked(a).split(), marked(b).split()), key=len)
    return len(short) == 1 and len(full) > 1 and short[0] in full


def abbreviates(a: str, b: str) -> bool:
    """Whether one of two words is the other shortened: "Ng." or "Ng" for Nguyễn, "V." for Văn, "T" for Thị.

    Without a full stop only letters without a vowel count: Y and A are words of their own.
    """
    short, full = (a, b) if len(fold(a).rstrip(".")) <= len(fold(b).rstrip(".")) else (b, a)
    letters, word = fold(short).rstrip("."), fold(full)
    if not letters or word.endswith(".") or len(letters) >= len(word) or not word.startswith(letters):
        return False
    return short.endswith(".") or not set(letters) & set("aeiouy")


def parts(syllable: str) -> Parts | None:
    """A syllable taken apart; None for a word that has no such shape (Ksor, H'Bia)."""
    match = _PARTS.match(toneless(syllable))
    if match is None or len(toneless(syllable)) != len(syllable):
        return None
    onset, vowels, final = match.group(1) or "", match.group(2), match.group(3) or ""
    return Parts(onset, vowels, final, tone_of(syllable))


def _by_parts(a: str, b: str) -> tuple[Named, ...]:
    """Small differences of onset, vowels, final and tone; () when one part differs in a way that has no name."""
    left, right = parts(a), parts(b)
    if left is None or right is None:
        return ()
    found: list[Named] = []
    if left.onset != right.onset:
        if not any({_onset(left), _onset(right)} <= group for group in _ONSETS):
            return ()
        same = any({_onset(left), _onset(right)} <= group for group in _ONE_SOUND)
        found.append(Named("consonant", ((0, len(left.onset)),), ((0, len(right.onset)),), harmless=same))
    vowels = _vowels(a, b, left, right)
    if vowels is None:
        return ()
    found += vowels
    if left.final != right.final:
        # A lost final is named as well: the Mông language has few finals (Vàng, Và).
        if left.final and right.final and not any({left.final, right.final} <= group for group in _FINALS):
            return ()
        found.append(Named("final_consonant", _tail(a, left), _tail(b, right)))
    if len(found) > 2:
        return ()
    if left.tone != right.tone:
        found.append(Named("tone", _tone_place(a, left, b, right), _tone_place(b, right, a, left)))
    if len(found) > 1 and fold(a) == fold(b) and fold(a) in (a.lower(), b.lower()):
        return (Named("marks_missing", *differing(a, b)),)
    return tuple(found) or (Named("tone_misplaced", *differing(a, b)),)


def _onset(syllable: Parts) -> str:
    """The onset as it sounds: gì and gìn begin as gia does."""
    return "gi" if syllable.onset == "g" and syllable.vowels.startswith("i") else syllable.onset


def _vowels(a: str, b: str, left: Parts, right: Parts) -> list[Named] | None:
    """The named differences of the vowels; None when they have no name."""
    one, other = left.vowels, right.vowels
    at_a, at_b = len(left.onset), len(right.onset)
    if one == other:
        return []
    if fold(one) == fold(other):
        places = [i for i, (x, y) in enumerate(zip(one, other, strict=True)) if x != y]
        return [
            Named(
                "hat", tuple((at_a + i, at_a + i + 1) for i in places), tuple((at_b + i, at_b + i + 1) for i in places)
            )
        ]
    if "oo" in one + other and _one_o(one) == _one_o(other):
        return [Named("telex_oo", ((at_a, at_a + len(one)),), ((at_b, at_b + len(other)),))]
    single = {one, other} == {"i", "y"} and {left.onset, right.onset} <= _I_OR_Y
    after_qu = {one, other} == {"ui", "uy"} and left.onset == right.onset == "q"
    if (single or after_qu) and not left.final and not right.final:
        return [Named("i_y", ((len(a) - 1, len(a)),), ((len(b) - 1, len(b)),))]
    return None


def _one_o(vowels: str) -> str:
    """Xoong, Xông and Xong: Telex makes one letter of "oo"."""
    return fold(vowels).replace("oo", "o")


def _tail(syllable: str, taken: Parts) -> tuple[Span, ...]:
    return ((len(syllable) - len(taken.final), len(syllable)),) if taken.final else ()


def _tone_place(a: str, left: Parts, b: str, right: Parts) -> tuple[Span, ...]:
    """The letter of `a` that bears the tone; for the level tone the letter that bears it in `b`."""
    place = _bearer(a)
    if place < 0:
        offset = max(_bearer(b) - len(right.onset), 0)
        place = len(left.onset) + min(offset, len(left.vowels) - 1)
    return ((place, place + 1),)


def _bearer(syllable: str) -> int:
    return next((i for i, letter in enumerate(syllable.lower()) if TONE.get(letter, LEVEL) != LEVEL), -1)


def _slip(a: str, b: str) -> tuple[Named, ...]:
    """One letter added, dropped, changed or two neighbours turned; in a short word nothing else may differ."""
    one, other = fold(a), fold(b)
    longest = max(len(one), len(other))
    if longest < 3 or not one_edit(one, other) or (longest < 5 and tone_of(a) != tone_of(b)):
        return ()
    found = [Named("letter_slip", *_stretch(toneless(a), toneless(b)))]
    if tone_of(a) != tone_of(b):
        left, right = ([(place, place + 1)] if place >= 0 else [] for place in (_bearer(a), _bearer(b)))
        found.append(Named("tone", tuple(left), tuple(right)))
    return tuple(found)


def one_edit(a: str, b: str) -> bool:
    """Whether one letter added, dropped, changed or two neighbours turned make the one into the other."""
    if len(a) > len(b):
        a, b = b, a
    if a == b or len(b) - len(a) > 1:
        return False
    start = next((i for i in range(len(a)) if a[i] != b[i]), len(a))
    if len(a) < len(b):
        return a[start:] == b[start + 1 :]
    turned = a[start : start + 2] == b[start : start + 2][::-1] and a[start + 2 :] == b[start + 2 :]
    return a[start + 1 :] == b[start + 1 :] or turned


def differing(a: str, b: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The characters that differ, case aside: place by place for texts of one length, else the stretch between."""
    low_a, low_b = a.lower(), b.lower()
    if len(low_a) == len(low_b) == len(a) == len(b):
        spans = runs(i for i in range(len(a)) if low_a[i] != low_b[i])
        return spans, spans
    return _stretch(a, b)


def runs(places: Iterable[int]) -> tuple[Span, ...]:
    """Rising places as spans, neighbours joined."""
    spans: list[Span] = []
    for place in places:
        if spans and spans[-1][1] == place:
            spans[-1] = (spans[-1][0], place + 1)
        else:
            spans.append((place, place + 1))
    return tuple(spans)


def _stretch(a: str, b: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """What lies between the common beginning and the common end; nothing on a side that lacks it."""
    low_a, low_b = a.lower(), b.lower()
    shorter = min(len(low_a), len(low_b), len(a), len(b))
    start = next((i for i in range(shorter) if low_a[i] != low_b[i]), shorter)
    end = 0
    while end < shorter - start and low_a[-1 - end] == low_b[-1 - end]:
        end += 1
    left, right = (start, len(a) - end), (start, len(b) - end)
    return (left,) if left[0] < left[1] else (), (right,) if right[0] < right[1] else ()
