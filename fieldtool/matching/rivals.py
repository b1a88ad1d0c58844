"""The candidates of every paper in every other list, best first: how far each leads, and where two are near."""

from __future__ import annotations

import numpy as np

from fieldtool.matching.features import Features, Flags, Ints
from fieldtool.matching.judge import REVIEW_FLOOR
from fieldtool.matching.model import Floats


class Rivals:
    """Pairs of papers as each other's candidates. Sorted once; what is asked is which pairs are still open."""

    def __init__(self, f: Features, a: Ints, b: Ints, weight: Floats) -> None:
        self._lists = int(f.list_id.max(initial=0)) + 1
        self._a, self._b, self._weight = a, b, weight
        self._key_a, self._key_b = a * self._lists + f.list_id[b], b * self._lists + f.list_id[a]
        self._size = len(f) * self._lists
        self._above = weight > REVIEW_FLOOR
        keys, both = np.concatenate((self._key_a, self._key_b)), np.concatenate((weight, weight))
        order = np.lexsort((-both, keys))
        order = order[both[order] > REVIEW_FLOOR]  # what lies lower is nobody's rival
        self._keys, self._values, self._pairs = keys[order], both[order], order % max(len(a), 1)

    def leads(self, open_: Flags) -> Floats:
        """How far each pair is ahead of the best other open candidate of either paper in the other's list."""
        best, second = self._best_two(open_)
        usable = np.where(open_ & self._above, self._weight, -np.inf)
        rivals = [np.where(usable >= best[key], second[key], best[key]) for key in (self._key_a, self._key_b)]
        lead: Floats = self._weight - np.maximum(*rivals)
        return lead

    def several_near(self, open_: Flags, gap: float) -> Flags:
        """Pairs of which one paper has two open candidates within `gap` bits in any one list: there is more than one
        bearer."""
        best, second = self._best_two(open_)
        doubtful = np.zeros(self._size // self._lists + 1, bool)
        doubtful[np.flatnonzero((second > REVIEW_FLOOR) & (second > best - gap)) // self._lists] = True
        flags: Flags = doubtful[self._a] | doubtful[self._b]
        return flags

    def _best_two(self, open_: Flags) -> tuple[Floats, Floats]:
        """The best and the second best open weight of each paper in each list."""
        kept = open_[self._pairs]
        keys, values = self._keys[kept], self._values[kept]
        best, second = np.full(self._size, -np.inf), np.full(self._size, -np.inf)
        if len(keys):
            first = np.concatenate(([True], keys[1:] != keys[:-1]))
            best[keys[first]] = values[first]
            after = np.concatenate(([False], first[:-1])) & ~first
            second[keys[after]] = values[after]
        return best, second
