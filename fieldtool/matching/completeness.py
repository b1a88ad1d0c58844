"""How complete the lists of each village are: whether a name that has but one bearer in two of them may tell who he is.

Where many papers of a list have no likely partner in another one, both papers of a pair may well be of somebody whom
the other list left out. That is measured by a whole run, and kept for the papers that come later.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from fieldtool.matching.blocking import NameKeys
from fieldtool.matching.features import Features, Flags, Ints
from fieldtool.matching.model import Floats
from fieldtool.matching.numbering import both

LIKELY = 0.0  # bits from which another list's paper is a likely partner
MOST_RISK = 0.1


@dataclass(frozen=True, slots=True)
class Completeness:
    """For village and two lists, in order of their names: the share of the one list's papers without a likely partner
    in the other, times the same of the other list. A village that is not named is not known to be complete."""

    gaps: Mapping[tuple[str, str, str], float]

    def to_text(self) -> str:
        """All of it as JSON; `completeness_from` reads it back."""
        return json.dumps([[*key, gap] for key, gap in self.gaps.items()], ensure_ascii=False, separators=(",", ":"))

    def allows(self, f: Features, a: Ints, b: Ints) -> Flags:
        """Which pairs may rest on a name and a year having one bearer in either list.

        The risk grows with the gaps of both lists and with the bearers of the name in the village, of any age. Papers
        without a partner are also those that are only written too badly to find it, so that small gaps say more than
        is true; the power above one allows for it.
        """
        count = len(f.lists)
        gaps = np.ones((len(f.villages) + 1, count, count))  # the last for papers without a village
        villages = {village: place for place, village in enumerate(f.villages)}
        lists = {name: place for place, name in enumerate(f.lists)}
        for (village, one, other), gap in self.gaps.items():
            if village in villages and one in lists and other in lists:
                gaps[villages[village], lists[one], lists[other]] = gap
                gaps[villages[village], lists[other], lists[one]] = gap
        bearers = _bearers(f)
        risk = gaps[f.village[a], f.list_id[a], f.list_id[b]] ** 1.5 * np.maximum(bearers[a], bearers[b])
        flags: Flags = risk <= MOST_RISK
        return flags


def completeness_from(text: str) -> Completeness:
    """Read back what `to_text` wrote."""
    return Completeness({(village, one, other): float(gap) for village, one, other, gap in json.loads(text)})


def completeness_of(f: Features, a: Ints, b: Ints, weight: Floats) -> Completeness:
    """What the weighed pairs of a whole run say of its lists."""
    count = len(f.lists)
    likely = weight > LIKELY
    met = np.unique(np.concatenate(((a * count + f.list_id[b])[likely], (b * count + f.list_id[a])[likely])))
    paper, partners = np.divmod(met, max(count, 1))
    known = f.village >= 0
    papers, found = np.zeros((len(f.villages), count)), np.zeros((len(f.villages), count, count))
    np.add.at(papers, (f.village[known], f.list_id[known]), 1)
    kept = known[paper]
    np.add.at(found, (f.village[paper[kept]], f.list_id[paper[kept]], partners[kept]), 1)
    absent = 1 - found / np.maximum(papers, 1)[:, :, None]
    gaps: dict[tuple[str, str, str], float] = {}
    for place, village in enumerate(f.villages):
        for one, other in combinations(sorted(range(count), key=f.lists.__getitem__), 2):
            if papers[place, one] and papers[place, other]:
                gap = float(absent[place, one, other] * absent[place, other, one])
                gaps[village, f.lists[one], f.lists[other]] = round(gap, 4)
    return Completeness(gaps)


def _bearers(f: Features) -> Ints:
    """For each paper how many papers of its village bear its name in the list that has most of them."""
    named = both(NameKeys(f).whole, f.village)
    most = np.ones(len(f), np.int64)
    for one in range(len(f.lists)):
        ordered = np.sort(named[f.list_id == one])
        times = np.searchsorted(ordered, named, "right") - np.searchsorted(ordered, named, "left")
        most = np.maximum(most, times)
    return most
