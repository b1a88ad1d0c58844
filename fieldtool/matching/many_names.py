"""The levels of many pairs of names at once: the same rules as for one pair (levels.name_level and relative_level, to
which a test holds them), asked of whole columns. Equal forms have equal numbers; only texts that are still in question
are compared letter by letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any, NamedTuple

import numpy as np
from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.process import cpdist

from fieldtool.matching.name_forms import NameForms, forms_of_name
from fieldtool.matching.numbering import Flags, Floats, Ints, Numbering, first_of
from fieldtool.records.names import PersonName

_TOGETHER = 4_096  # names whose forms are held at a time


class NameTable(NamedTuple):
    """The forms of names as columns with an entry for each name; numbers are those of distinct texts, -1 for "".

    `last` is the last word of `marked`; `plain` was typed without marks; `middled` and `surnamed` have such a part.
    """

    marked: Ints
    folded: Ints
    key: Ints
    given: Ints
    byname: Ints  # numbered together with `given`
    sound: Ints
    group: Ints
    words: Ints
    last: Ints
    unnamed: Flags
    plain: Flags
    middled: Flags
    surnamed: Flags
    folded_texts: list[str]
    given_texts: list[str]
    group_texts: list[str]

    def part(self, places: Ints) -> NameTable:
        """Some of the names."""
        kept = places.tolist()
        return NameTable._make(
            column[places] if isinstance(column, np.ndarray) else [column[place] for place in kept] for column in self
        )


def table_of(names: Iterable[PersonName]) -> NameTable:
    """The forms of some names."""
    numbers = [Numbering() for _ in range(8)]
    marked, folded, key, called, sound, group, words, last = numbers
    parts: list[list[Sequence[Any]]] = []
    source = iter(names)
    while some := list(islice(source, _TOGETHER)):
        forms = [forms_of_name(name) for name in some]
        parts.append([
            marked.all_of([form.marked for form in forms]),
            folded.all_of([form.folded for form in forms]),
            key.all_of([form.key for form in forms]),
            called.all_of([form.given for form in forms]),
            called.all_of([form.byname for form in forms]),
            sound.all_of([form.sound for form in forms]),
            group.all_of([form.group for form in forms]),
            words.all_of([" ".join(form.words) for form in forms]),
            last.all_of([form.marked.rpartition(" ")[2] for form in forms]),
            *zip(*map(_flags, forms), strict=True),
        ])  # fmt: skip
    columns = [
        np.array([value for part in parts for value in part[place]], dtype=np.int64 if place < 9 else np.bool_)
        for place in range(13)
    ]
    texts = [[*numbering.texts, ""] for numbering in (folded, called, group)]  # -1 finds the last, which is ""
    spelled = zip(texts, (columns[1], columns[3], columns[6]), strict=True)
    spellings = ([known[place] for place in column.tolist()] for known, column in spelled)
    return NameTable._make((*columns, *spellings))


def _flags(form: NameForms) -> tuple[bool, bool, bool, bool]:
    return form.unnamed, form.marked.isascii(), bool(form.middle), bool(form.surname)


def name_levels(t: NameTable, a: Ints, b: Ints) -> Ints:
    """Levels of two written names for each pair of places; see levels.name_level."""
    unknown = t.unnamed[a] | t.unnamed[b] | (t.folded[a] < 0) | (t.folded[b] < 0)
    apart = (t.byname[a] != t.byname[b]) & (t.byname[a] >= 0) & (t.byname[b] >= 0)
    level = _written_levels(t, a, b, ~(unknown | apart))
    called = (t.group[a] == t.group[b]) & ((t.byname[a] == t.given[b]) | (t.byname[b] == t.given[a]))
    level[(level >= 7) & called] = 6
    level[apart] = 9
    level[unknown] = -1
    return level


def _written_levels(t: NameTable, a: Ints, b: Ints, asked: Flags) -> Ints:
    """The levels of the names themselves; of pairs not asked for anything."""
    marks = ~t.plain[a] & ~t.plain[b] & (t.last[a] != t.last[b])
    given, group = t.given[a] == t.given[b], t.group[a] == t.group[b]
    same_given, same_group = given & ~marks, group & (t.group[a] >= 0)
    sounds = given | (t.sound[a] == t.sound[b])
    conditions = [
        t.marked[a] == t.marked[b],
        (t.folded[a] == t.folded[b]) & marks,
        t.folded[a] == t.folded[b],
        (t.key[a] == t.key[b]) & same_given,
        t.key[a] == t.key[b],
        sounds & same_group & same_given & t.middled[a] & t.middled[b],
        sounds & same_group & same_given,
        sounds & same_group,
        sounds,
        t.words[a] == t.words[b],
    ]
    level = first_of(conditions, [0, 3, 1, 2, 3, 4, 2, 6, 5, 3], default=9)
    heard = np.flatnonzero(asked & (level == 5))
    near = (_alike(t.group_texts, a[heard], b[heard]) >= 0.8) & (t.group[a[heard]] >= 0) & (t.group[b[heard]] >= 0)
    level[heard[~near]] = 6
    other = np.flatnonzero(asked & (level == 9))
    kin = other[same_group[other]]
    level[kin[_edits(t, a[kin], b[kin]) <= 1]] = 7
    other = other[level[other] == 9]
    level[other[_alike(t.folded_texts, a[other], b[other]) >= 0.93]] = 8
    return level


def relative_levels(t: NameTable, a: Ints, b: Ints) -> Ints:
    """Levels of two relatives' names for each pair of places; see levels.relative_level."""
    same_given, same_sound = t.given[a] == t.given[b], t.sound[a] == t.sound[b]
    bare = ~t.surnamed[a] | ~t.surnamed[b]
    conditions = [
        (t.folded[a] < 0) | (t.folded[b] < 0),
        (t.folded[a] == t.folded[b]) | (t.key[a] == t.key[b]),
        bare & same_given,
        bare,
        same_sound & (t.group[a] == t.group[b]),
        same_sound,
    ]
    level = first_of(conditions, [-1, 0, 2, 4, 1, 2], default=3)
    heard = np.flatnonzero((level == 2) & ~bare)
    level[heard[_alike(t.folded_texts, a[heard], b[heard]) >= 0.93]] = 1
    other = np.flatnonzero(level == 3)
    alike = _alike(t.folded_texts, a[other], b[other])
    level[other[alike < 0.8]] = 4
    other, alike = other[alike >= 0.8], alike[alike >= 0.8]
    edits = _edits(t, a[other], b[other])
    texts = t.given_texts
    longest = [max(len(texts[x]), len(texts[y])) for x, y in zip(a[other].tolist(), b[other].tolist(), strict=True)]
    level[other[2 * edits > np.array(longest, dtype=np.int64)]] = 4
    level[other[(alike >= 0.88) & (edits <= 1)]] = 2
    return level


def _alike(texts: Sequence[str], a: Ints, b: Ints) -> Floats:
    ones, others = ([texts[place] for place in side.tolist()] for side in (a, b))
    found: Floats = cpdist(ones, others, scorer=JaroWinkler.similarity, dtype=np.float64, workers=1)
    return found


def _edits(t: NameTable, a: Ints, b: Ints) -> Ints:
    ones, others = ([t.given_texts[place] for place in side.tolist()] for side in (a, b))
    found: Ints = cpdist(ones, others, scorer=OSA.distance, dtype=np.int64, workers=1)
    return found
