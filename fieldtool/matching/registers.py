"""What only a whole run can know of a pair: kin already linked, and that a name has one bearer in two full registers.

Both are evidence that no pair has in itself, so they are named in the link ("in the whole run: …"). Two lists count as
registers of one village only after enough of its papers were linked between them by evidence of their own.
"""

from __future__ import annotations

import numpy as np

from fieldtool.matching.blocking import NameKeys
from fieldtool.matching.features import Features, Flags, Ints
from fieldtool.matching.numbering import both, dense

LEAST_LINKED = 20  # papers of a village linked between two lists before these are registers of the same people
LEAST_SHARE = 0.3  # and their share of the shorter list's papers of that village


class Registers:
    """Families and villages of a set of documents, and what the links made so far say of them."""

    def __init__(self, f: Features) -> None:
        self._f = f
        self._lists = int(f.list_id.max(initial=0)) + 1
        book = np.where(f.household >= 0, f.household * self._lists + f.list_id, -1)
        names = NameKeys(f)
        self._book = dense(book)
        self._parents = dense(both(both(names.father, names.mother), f.village))
        self._size = len(f) + 1

    def kin(self, linked: tuple[Ints, Ints], a: Ints, b: Ints) -> Ints:
        """For each pair, how many other members of its two families are linked with one another (at most three)."""
        found = np.zeros(len(a), np.int64)
        u, v = np.concatenate(linked), np.concatenate(linked[::-1])
        for one in (self._book, self._parents):
            for other in (self._book, self._parents):
                have = np.sort((one[u] * self._size + other[v])[(one[u] >= 0) & (other[v] >= 0)])
                asked = np.where((one[a] >= 0) & (other[b] >= 0), one[a] * self._size + other[b], -1)
                count = np.searchsorted(have, asked, "right") - np.searchsorted(have, asked, "left")
                found = np.maximum(found, np.where(asked >= 0, count, 0))
        result: Ints = np.minimum(found, 3)
        return result

    def proven(self, linked: tuple[Ints, Ints], a: Ints, b: Ints) -> tuple[Flags, Flags]:
        """Which pairs stand in two lists that are shown to be registers: of the one village of both papers, and of the
        village of either."""
        f, shown = self._f, self._shown(linked)
        first = shown[self._ways(a, b)] & (f.village[a] >= 0)
        second = shown[self._ways(b, a)] & (f.village[b] >= 0)
        return first & (f.village[a] == f.village[b]), first | second

    def _shown(self, linked: tuple[Ints, Ints]) -> Flags:
        """For each village and two lists (see `_ways`) whether enough of its papers are linked between them."""
        f, lists = self._f, self._lists
        villages = int(f.village.max(initial=0)) + 1
        u, v = linked
        same = (f.village[u] == f.village[v]) & (f.village[u] >= 0) & (f.list_id[u] != f.list_id[v])
        links = np.bincount(self._ways(u[same], v[same]), minlength=villages * lists * lists)
        known = f.village >= 0
        papers = np.bincount(f.village[known] * lists + f.list_id[known], minlength=villages * lists)
        papers = papers.reshape(villages, lists)
        shorter = np.minimum(papers[:, :, None], papers[:, None, :]).reshape(-1)
        flags: Flags = (links >= LEAST_LINKED) & (links >= LEAST_SHARE * shorter)
        return flags

    def _ways(self, a: Ints, b: Ints) -> Ints:
        low, high = (
            np.minimum(self._f.list_id[a], self._f.list_id[b]),
            np.maximum(self._f.list_id[a], self._f.list_id[b]),
        )
        codes: Ints = (np.maximum(self._f.village[a], 0) * self._lists + low) * self._lists + high
        return codes
