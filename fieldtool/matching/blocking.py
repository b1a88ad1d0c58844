"""Candidate pairs by several keys, each with a number, a full date, or a place, so that they grow with the records.

A block that is too large is split by a further key instead of being dropped (reference/linkage.md 5.1).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from fieldtool.matching.features import Features, Ints
from fieldtool.matching.numbering import both, dense
from fieldtool.records.fields import Field

CAP = 20  # documents in a block before it is split
KEYS = 3  # edition of the keys below: an index by another edition is made anew
WINDOW = 480  # documents that meet where no key can split a block
_PART = 2_000_000  # pairs made at once, to bound memory


def candidate_pairs(features: Features, step: Callable[[int, int], None]) -> tuple[Ints, Ints]:
    """Index pairs (a < b) of documents of different lists worth comparing, each once."""
    count = len(features)
    codes: list[Ints] = []
    keys = list(keys_of(features))
    for done, (key, splitter) in enumerate(keys):
        step(done, len(keys))
        codes.append(_pairs_of(key, splitter, features, count))
    joined = np.concatenate(codes) if codes else np.empty(0, np.int64)
    joined.sort()  # sort and compare neighbours: np.unique is many times slower on large arrays
    if len(joined):
        joined = joined[np.concatenate(([True], joined[1:] != joined[:-1]))]
    return joined // max(count, 1), joined % max(count, 1)


def keys_of(f: Features) -> Iterator[tuple[Ints, Ints]]:
    """Block keys (-1 where the document has none) with the key that splits a large block.

    They depend on the papers' own texts alone, so that an index may keep them.
    """
    names = NameKeys(f)
    village = f.key_of_village()
    none = np.full(len(f), -1, np.int64)
    full = np.where((f.year > 0) & (f.month > 0) & (f.day > 0), f.year * 10000 + f.month * 100 + f.day, -1)
    day_month = np.where((f.month > 0) & (f.day > 0), f.month * 100 + f.day, -1)
    year = np.where(f.year > 0, f.year, -1)
    keyed, given, surname = names.whole, names.given, names.surname
    yield f.n12, keyed
    yield f.n9, keyed
    yield both(full, f.sex), village
    yield both(full, given), none
    yield both(day_month, given), year
    yield both(both(year, village), both(f.sex, surname)), given
    yield both(given, year), both(village, surname)
    yield both(keyed, village), year
    yield both(given, both(village, surname)), year
    yield both(given, names.father), village
    yield both(given, names.mother), village
    yield both(keyed, f.sex), both(village, year)
    yield both(both(given, village), np.where(year > 0, (year + 1) // 3, -1)), surname
    yield both(day_month, both(village, surname)), year
    # Whoever moved, where a name has so many bearers that the name alone is split by villages. The last keys are the
    # newest, since an index keeps keys by their place here.
    yield both(keyed, year), village


class NameKeys:
    """For each document the keys of its folded whole name, given name and surname, and of its parents' names."""

    def __init__(self, f: Features) -> None:
        by_name = f.names.keys()
        own = f.columns[Field.NAME]
        self.whole, self.given, self.surname = by_name[own, 0], by_name[own, 1], by_name[own, 2]
        self.father, self.mother = by_name[f.columns[Field.FATHER], 0], by_name[f.columns[Field.MOTHER], 0]


def _pairs_of(key: Ints, splitter: Ints, f: Features, count: int) -> Ints:
    """Codes (left * count + right) of the pairs that share a key; no loop over blocks."""
    block, place = _parted(key, splitter)
    rows = np.flatnonzero(block >= 0)
    order = rows[np.lexsort((place[rows], block[rows]))]
    ordered = block[order]
    last = np.searchsorted(ordered, ordered, side="right")
    width = last - np.arange(1, len(order) + 1)
    total = np.cumsum(width)
    found, start = [np.empty(0, np.int64)], 0
    while start < len(order):
        before = int(total[start - 1]) if start else 0
        end = max(start + 1, int(np.searchsorted(total, before + _PART, side="right")))
        part = width[start:end]
        left = np.repeat(np.arange(start, end), part)
        right = left + 1 + np.arange(len(left)) - np.repeat(np.cumsum(part) - part, part)
        left, right = order[left], order[right]
        apart = f.list_id[left] != f.list_id[right]
        found.append(left[apart] * count + right[apart])
        start = end
    return np.concatenate(found)


def _parted(key: Ints, splitter: Ints) -> tuple[Ints, Ints]:
    """A small number for each row's block (-1 for none) and its place in it; large blocks parted by the splitter, and
    what no key can split by windows."""
    block, place, size = _placed(key)
    large = size > CAP
    if large.any():
        splitter = dense(splitter)
        part = np.where(splitter >= 0, block * (int(splitter.max(initial=0)) + 2) + splitter + 1, -1)
        inner, inner_place, _ = _placed(np.where(large, part, -1))
        block = np.where(large, np.where(inner >= 0, inner + int(block.max(initial=0)) + 1, -1), block)
        place = np.where(large, inner_place, place)
    windows = int(place.max(initial=0)) // WINDOW + 1
    return np.where(block >= 0, block * windows + place // WINDOW, -1), place


def _placed(key: Ints) -> tuple[Ints, Ints, Ints]:
    """For each row the number of its block, its place in the block by row, and the block's size; -1 without a key."""
    block, place, size = (np.full(len(key), -1, np.int64) for _ in range(3))
    rows = np.flatnonzero(key >= 0)
    if not len(rows):
        return block, place, size
    order = rows[np.argsort(key[rows], kind="stable")]
    ordered = key[order]
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    sizes = np.diff(np.append(starts, len(order)))
    block[order] = np.repeat(np.arange(len(starts)), sizes)
    place[order] = np.arange(len(order)) - np.repeat(starts, sizes)
    size[order] = np.repeat(sizes, sizes)
    return block, place, size
