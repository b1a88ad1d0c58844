"""From judged pairs to persons: best pairs first, one document of a list to a person, checked against all members.

No connected components: a chain of likely pairs may not join two different numbers, sexes, or two lines of one list.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from fieldtool.matching.completeness import Completeness
from fieldtool.matching.features import Features, Flags, Ints
from fieldtool.matching.judge import GROUPS, LEAD, NUMBER, WIDE_LEAD, Judgement
from fieldtool.matching.model import Floats
from fieldtool.matching.registers import Registers
from fieldtool.matching.rivals import Rivals

KIN, ONLY, CHILD = 16, 32, 64
# What only a whole run can know stands last.
BASES = {**GROUPS, KIN: "by_linked_kin", ONLY: "by_only_bearer", CHILD: "by_only_child"}

_ROUNDS = 4
_SOCIAL_ROUNDS = 3
_CONTRADICTS = -4.0  # a pair this much against may not come together by a chain either
_STRANGERS = -6.0  # nor, this much, by a chain of two links that each stand by themselves


_NONE: frozenset[int] = frozenset()


@dataclass(slots=True)
class Cluster:
    """Documents of one person, with what a newcomer may not clash with; `lists` and `sexes` have a bit for each."""

    members: list[int]
    lists: int
    numbers: frozenset[int]
    sexes: int
    person: str


class Resolver:
    """Unites documents to persons, never against an officer's word.

    `weight` and `groups` are, for each document that was united, the best weight and the kinds of evidence.
    """

    def __init__(self, f: Features, settled: Mapping[str, str], apart: Collection[tuple[str, str]]) -> None:
        self.features = f
        self._apart = {frozenset(pair) for pair in apart}
        self._barred: set[int] = set()
        self._order: Ints = np.empty(0, np.int64)  # the pairs of a run, the heaviest first
        self.place: list[int] = list(range(len(f)))
        self.clusters: dict[int, Cluster] = {}
        self.weight: dict[int, float] = {}
        self.groups: dict[int, int] = {}
        by_person: dict[str, int] = {}
        for row, (list_id, n12, sex) in enumerate(zip(f.list_id.tolist(), f.n12.tolist(), f.sex.tolist(), strict=True)):
            person = settled.get(f.ids[row], "")
            home = by_person.setdefault(person, row) if person else row
            numbers = frozenset((n12,)) if n12 >= 0 else _NONE
            own = Cluster([row], 1 << list_id, numbers, 1 << sex if sex >= 0 else 0, person)
            if home == row:
                self.clusters[row] = own
            else:
                self.place[row] = home
                _join(self.clusters[home], own)

    def fits(self, a: int, b: int) -> bool:
        """Whether the persons of two documents may become one by the machine alone."""
        one, other = self.clusters[self.place[a]], self.clusters[self.place[b]]
        if one is other or (one.person and other.person) or one.lists & other.lists:
            return False
        if len(one.numbers | other.numbers) > max(1, len(one.numbers), len(other.numbers)):
            return False
        if one.sexes and other.sexes and one.sexes != other.sexes:
            return False
        count = len(self.features)
        for left in one.members:
            for right in other.members:
                if (left * count + right if left < right else right * count + left) in self._barred:
                    return False
        return not self._said_apart(one.members, other.members)

    def unite(self, a: int, b: int, weight: float, groups: int = 0) -> None:
        """Make two documents' persons one; `groups` are the kinds of evidence that spoke for it."""
        keep, gone = self.place[a], self.place[b]
        if self.clusters[gone].person:
            keep, gone = gone, keep
        other = self.clusters.pop(gone)
        _join(self.clusters[keep], other)
        for row in (a, b):
            self.weight[row] = max(weight, self.weight.get(row, weight))
            self.groups[row] = self.groups.get(row, 0) | groups
        for row in other.members:
            self.place[row] = keep

    def must_link(self, pairs: Iterable[tuple[int, int]]) -> int:
        """Unite what officers said is one person; how many of them another word of an officer forbids."""
        refused = 0
        for a, b in pairs:
            if self.place[a] == self.place[b]:
                continue
            one, other = self.clusters[self.place[a]], self.clusters[self.place[b]]
            if self._said_apart(one.members, other.members):
                refused += 1
            else:
                self.unite(a, b, 0.0)
        return refused

    def run(self, a: Ints, b: Ints, judged: Judgement, complete: Completeness) -> None:
        """Link what is certain: by the pairs' own evidence first, then by what these links have shown of the lists."""
        count = len(self.features)
        codes = a * count + b
        apart = judged.barred | judged.look_alike() | (judged.weight < _CONTRADICTS)
        self._barred = set(codes[apart].tolist())
        registers, rivals = Registers(self.features), Rivals(self.features, a, b, judged.weight)
        self._order = np.argsort(-judged.weight, kind="stable")
        self._stage(a, b, judged, judged.certain, LEAD, rivals, judged.groups)
        self._by_two_links(a, b, judged, rivals)
        bare = judged.bare & (~judged.year_only | complete.allows(self.features, a, b))
        for _ in range(_SOCIAL_ROUNDS):
            linked = self.linked()
            kin = registers.kin(linked, a, b)
            done = self._stage(a, b, judged, judged.related & (kin > 0), LEAD, rivals, np.full(len(a), KIN))
            open_ = self.open(a, b)
            single = ~rivals.several_near(open_, WIDE_LEAD)
            here, near = registers.proven(linked, a, b)
            sure = here & single
            done += self._stage(a, b, judged, judged.dated & near & single, WIDE_LEAD, rivals, judged.groups)
            child = judged.sole & sure & ~self._several(a, b, judged.siblings & open_)
            for which, never, basis in ((bare & sure, judged.never, ONLY), (child, judged.never & ~judged.sole, CHILD)):
                with self._lenient(codes, judged, never):
                    done += self._stage(a, b, judged, which, WIDE_LEAD, rivals, np.full(len(a), basis))
            if not done:
                break

    def _by_two_links(self, a: Ints, b: Ints, judged: Judgement, rivals: Rivals) -> None:
        """Unite what two links of their own evidence bring together although the outer papers disagree somewhere.

        Of three papers two pairs are certain and the third has another date or name: one of the three slipped. A
        number does not carry that, since a housemate's number is just such a slip.
        """
        named = judged.certain & ((judged.groups & NUMBER) == 0)
        with self._lenient(a * len(self.features) + b, judged, judged.never):
            self._stage(a, b, judged, named, WIDE_LEAD, rivals, judged.groups)

    @contextmanager
    def _lenient(self, codes: Ints, judged: Judgement, never: Flags) -> Iterator[None]:
        """For a while only what `never` is one person, and what is very unlikely to be, keeps two papers apart."""
        kept = self._barred
        self._barred = set(codes[never | (judged.weight < _STRANGERS)].tolist())
        try:
            yield
        finally:
            self._barred = kept

    def linked(self) -> tuple[Ints, Ints]:
        """Every two documents of one person, as two columns."""
        pairs = [
            (one, other)
            for cluster in self.clusters.values()
            if len(cluster.members) > 1
            for place, one in enumerate(cluster.members)
            for other in cluster.members[place + 1 :]
        ]
        table = np.array(pairs, dtype=np.int64).reshape(len(pairs), 2)
        return table[:, 0], table[:, 1]

    def _stage(
        self, a: Ints, b: Ints, judged: Judgement, which: Flags, needed: float, rivals: Rivals, groups: Ints
    ) -> int:
        """Unite the pairs of one kind of evidence that lead far enough; a rival with its own person is one no more."""
        waiting = self._order[which[self._order]]
        done = 0
        for _ in range(_ROUNDS):
            lead = rivals.leads(self.open(a, b))[waiting].tolist()
            told = zip(lead, *(column[waiting].tolist() for column in (a, b, judged.weight, groups)), strict=True)
            left, united = [], 0
            for place, (ahead, one, other, weight, evidence) in enumerate(told):
                if not self.fits(one, other):
                    continue
                if ahead >= needed:
                    self.unite(one, other, weight, evidence)
                    united += 1
                else:
                    left.append(place)
            waiting, done = waiting[left], done + united
            if not united or not len(waiting):
                break
        return done

    def _several(self, a: Ints, b: Ints, which: Flags) -> Flags:
        """Pairs of which one document has two or more partners of a kind in any one list."""
        f = self.features
        lists = int(f.list_id.max(initial=0)) + 1
        keys = np.concatenate(((a * lists + f.list_id[b])[which], (b * lists + f.list_id[a])[which]))
        doubtful = np.flatnonzero(np.bincount(keys, minlength=len(f) * lists) > 1) // lists
        flags: Flags = np.isin(a, doubtful) | np.isin(b, doubtful)
        return flags

    def open(self, a: Ints, b: Ints) -> Flags:
        """Which pairs are already together or could still come together: the others are rivals no more."""
        f, place = self.features, np.array(self.place, dtype=np.int64)
        lists = int(f.list_id.max(initial=0)) + 1
        present = np.zeros(len(f) * lists, bool)
        present[place * lists + f.list_id] = True
        taken = present[place[a] * lists + f.list_id[b]] | present[place[b] * lists + f.list_id[a]]
        result: Flags = (place[a] == place[b]) | ~taken
        return result

    def homes(self, a: Ints, b: Ints, pair: int) -> tuple[int, int]:
        """The persons of a pair's two documents, in one order."""
        one, other = self.place[int(a[pair])], self.place[int(b[pair])]
        return (one, other) if one < other else (other, one)

    def may_meet(self, one: int, other: int) -> bool:
        """Whether two persons could be one, by their lists and by what officers said."""
        first, second = self.clusters[one], self.clusters[other]
        return one != other and not first.lists & second.lists and not self._said_apart(first.members, second.members)

    def _said_apart(self, first: Sequence[int], second: Sequence[int]) -> bool:
        ids = self.features.ids
        return bool(self._apart) and any(
            frozenset((ids[left], ids[right])) in self._apart for left in first for right in second
        )


def _join(one: Cluster, other: Cluster) -> None:
    one.members += other.members
    one.lists |= other.lists
    one.numbers |= other.numbers
    one.sexes |= other.sexes


def rivalled(a: Ints, b: Ints, weight: Floats, f: Features) -> Floats:
    """Probability of each pair when each document has at most one partner in the other's list."""
    lists = int(f.list_id.max(initial=0)) + 1
    odds = np.exp2(weight.clip(-30, 40))
    one, other = a * lists + f.list_id[b], b * lists + f.list_id[a]
    # A document is the first of some of its pairs and the second of others.
    mass = np.bincount(one, odds, len(f) * lists) + np.bincount(other, odds, len(f) * lists)
    result: Floats = odds / (1.0 + np.maximum(mass[one], mass[other]))
    return result
