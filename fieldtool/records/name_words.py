"""The words of two names laid side by side: surname with surname, given with given, middle words in the best order."""

from __future__ import annotations

import re
from typing import NamedTuple

from fieldtool.records.keystrokes import decode_vni, meant
from fieldtool.records.names import PersonName
from fieldtool.records.reasons import Span
from fieldtool.records.surnames import same_surname_group
from fieldtool.records.syllable_differences import Slot, syllable_differences
from fieldtool.records.vietnamese import fold

_COUPLINGS = frozenset({"van", "thi", "ba", "y"})  # words that stand behind a surname
_SURE_KEYS = re.compile(r"[wfjxrs]$|w|dd|aa|ee|oo")


class Word(NamedTuple):
    """A word (or a surname of two) as written, where it stands in the NFC text, and what its keys meant."""

    start: int
    text: str
    meant: str

    @property
    def span(self) -> Span:
        """The word's place in the NFC text."""
        return self.start, self.start + len(self.text)


class Sides(NamedTuple):
    """Words that stand in the same slot, and the words that stand alone on either side."""

    pairs: tuple[tuple[Word, Word, Slot], ...]
    alone_left: tuple[Word, ...]
    alone_right: tuple[Word, ...]
    surname_left: Word | None  # a surname to which the other side has none
    surname_right: Word | None


def words_of(name: PersonName, other: PersonName) -> tuple[Word, ...]:
    """The words of a name; keystrokes are decoded where they are sure or where the other name bears them out."""
    theirs = {fold(token) for token in other.tokens} | {fold(meant(token)) for token in other.tokens}
    words, start = [], name.start
    for token in name.tokens:
        start = name.nfc.index(token, start)
        read = meant(token)
        sure = bool(_SURE_KEYS.search(token.lower())) or bool(decode_vni(token)) or fold(read) in theirs
        words.append(Word(start, token, read if sure else token))
        start += len(token)
    return tuple(words)


def surname_size(name: PersonName) -> int:
    """How many words the surname has; 0 for a name of one word."""
    return len(name.surname.split())


def lay_side_by_side(a: PersonName, left: tuple[Word, ...], b: PersonName, right: tuple[Word, ...]) -> Sides:
    """Pair the words of two names by their slots."""
    size_a, size_b = surname_size(a), surname_size(b)
    if _cut_short(left, right):
        size_a = 0
    elif _cut_short(right, left):
        size_b = 0
    pairs: list[tuple[Word, Word, Slot]] = []
    lone_a = lone_b = None
    if size_a and size_b:
        one, other = _joined(a, left[:size_a]), _joined(b, right[:size_b])
        pairs.append((one, other, "surname"))
        if size_a == size_b > 1 and not same_surname_group(one.meant, other.meant):
            pairs = [(x, y, "surname") for x, y in zip(left[:size_a], right[:size_b], strict=True)]
    elif size_a:
        lone_a = _joined(a, left[:size_a])
    elif size_b:
        lone_b = _joined(b, right[:size_b])
    middle, alone_a, alone_b = _middles(left[size_a:-1], right[size_b:-1])
    pairs += [(one, other, "middle") for one, other in middle]
    pairs.append((left[-1], right[-1], "given"))
    return Sides(tuple(pairs), alone_a, alone_b, lone_a, lone_b)


def _cut_short(short: tuple[Word, ...], whole: tuple[Word, ...]) -> bool:
    """Whether a name begins with Văn, Thị, Bá or Y because its surname was left out."""
    size = len(short)
    if not 1 < size < len(whole) or fold(short[0].meant) not in _COUPLINGS:
        return False
    return [fold(word.meant) for word in short] == [fold(word.meant) for word in whole[-size:]]


def _joined(name: PersonName, words: tuple[Word, ...]) -> Word:
    text = name.nfc[words[0].start : words[-1].span[1]]
    return Word(words[0].start, text, " ".join(word.meant for word in words))


def _middles(
    left: tuple[Word, ...], right: tuple[Word, ...]
) -> tuple[list[tuple[Word, Word]], tuple[Word, ...], tuple[Word, ...]]:
    """Middle words that are one (same letters before mere likeness, near before far), and those left over."""
    ranked = []
    for i, one in enumerate(left):
        for j, other in enumerate(right):
            same = fold(one.meant) == fold(other.meant)
            if same or all(d.code != "middle_differs" for d in syllable_differences(one.meant, other.meant, "middle")):
                ranked.append((not same, abs(i - j), i + j, i, j))
    taken_a: set[int] = set()
    taken_b: set[int] = set()
    pairs = []
    for *_, i, j in sorted(ranked):
        if i not in taken_a and j not in taken_b:
            taken_a.add(i)
            taken_b.add(j)
            pairs.append((left[i], right[j]))
    alone_a = tuple(word for i, word in enumerate(left) if i not in taken_a)
    alone_b = tuple(word for j, word in enumerate(right) if j not in taken_b)
    return sorted(pairs), alone_a, alone_b
