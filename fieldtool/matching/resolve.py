"""From judged pairs to persons: best pairs first, one document of a list to a person, checked against all members.

No connected components: a chain of likely pairs may not join two different numbers, sexes, or two lines of one list.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from fieldtool.matching.features import Features, Flags, Ints
from fieldtool.matching.judge import LEAD, LONE_LEAD, REVIEW_FLOOR, Judgement
from fieldtool.matching.model import Floats

_ROUNDS = 4
_RIVALS = 5
_REVIEWS_PER_PERSON = 0.19


@dataclass(slots=True)
class Cluster:
    """Documents of one person, with what a newcomer may not clash with."""

    members: list[int]
    lists: set[int]
    numbers: set[int]
    sexes: set[int]
    person: str = ""
    weight: dict[int, float] = field(default_factory=dict)


class Resolver:
    """Unites documents to persons, never against an officer's word."""

    def __init__(self, f: Features, settled: Mapping[str, str], apart: Collection[tuple[str, str]]) -> None:
        self._f = f
        self._apart = {frozenset(pair) for pair in apart}
        self._barred: set[int] = set()
        self.place: list[int] = list(range(len(f)))
        self.clusters: dict[int, Cluster] = {}
        by_person: dict[str, int] = {}
        for row, id in enumerate(f.ids):
            person = settled.get(id, "")
            home = by_person.setdefault(person, row) if person else row
            self.place[row] = home
            cluster = self.clusters.setdefault(home, Cluster([], set(), set(), set(), person))
            cluster.members.append(row)
            cluster.lists.add(int(f.list_id[row]))
            cluster.numbers |= {int(f.n12[row])} - {-1}
            cluster.sexes |= {int(f.sex[row])} - {-1}

    def fits(self, a: int, b: int) -> bool:
        """Whether the persons of two documents may become one by the machine alone."""
        one, other = self.clusters[self.place[a]], self.clusters[self.place[b]]
        if one is other or (one.person and other.person) or one.lists & other.lists:
            return False
        if len(one.numbers | other.numbers) > max(1, len(one.numbers), len(other.numbers)):
            return False
        if one.sexes and other.sexes and one.sexes != other.sexes:
            return False
        count = len(self._f)
        if any(
            min(left, right) * count + max(left, right) in self._barred
            for left in one.members
            for right in other.members
        ):
            return False
        return not self._said_apart(one.members, other.members)

    def unite(self, a: int, b: int, weight: float) -> None:
        """Make two documents' persons one."""
        keep, gone = self.place[a], self.place[b]
        if self.clusters[gone].person:
            keep, gone = gone, keep
        one, other = self.clusters[keep], self.clusters.pop(gone)
        one.members += other.members
        one.lists |= other.lists
        one.numbers |= other.numbers
        one.sexes |= other.sexes
        one.weight.update(other.weight)
        for row in (a, b):
            one.weight[row] = max(weight, one.weight.get(row, weight))
        for row in other.members:
            self.place[row] = keep

    def run(self, a: Ints, b: Ints, judged: Judgement) -> None:
        """Link what is certain: in rounds, since a rival that found its own person is a rival no more."""
        self._barred = set((a[judged.barred] * len(self._f) + b[judged.barred]).tolist())
        order = np.argsort(-judged.weight, kind="stable")
        waiting = order[(judged.certain | judged.lonely)[order]].tolist()
        needed = np.where(judged.certain, LEAD, LONE_LEAD)
        alive = judged.weight > REVIEW_FLOOR
        for _ in range(_ROUNDS):
            lead = self._leads(a, b, judged.weight, alive)
            left, united = [], 0
            for pair in waiting:
                one, other = int(a[pair]), int(b[pair])
                if not self.fits(one, other):
                    continue
                if lead[pair] >= needed[pair]:
                    self.unite(one, other, float(judged.weight[pair]))
                    united += 1
                else:
                    left.append(pair)
            waiting = left
            if not united or not waiting:
                return
            alive = alive & self._open(a, b)

    def _open(self, a: Ints, b: Ints) -> Flags:
        """Which pairs are already together or could still come together: the others are rivals no more."""
        f, clusters, place = self._f, self.clusters, self.place
        lists = [clusters[home].lists for home in place]
        return np.array(
            [
                place[one] == place[other]
                or (int(f.list_id[other]) not in lists[one] and int(f.list_id[one]) not in lists[other])
                for one, other in zip(a.tolist(), b.tolist(), strict=True)
            ],
            dtype=bool,
        )

    def _leads(self, a: Ints, b: Ints, weight: Floats, alive: Flags) -> Floats:
        """How far each pair is ahead of the best other candidate of either document in the other's list."""
        f = self._f
        lists = int(f.list_id.max(initial=0)) + 1
        usable = np.where(alive, weight, -np.inf)
        key_a, key_b = a * lists + f.list_id[b], b * lists + f.list_id[a]
        best, second = _best_two(np.concatenate((key_a, key_b)), np.concatenate((usable, usable)), len(f) * lists)
        rival_a = np.where(usable >= best[key_a], second[key_a], best[key_a])
        rival_b = np.where(usable >= best[key_b], second[key_b], best[key_b])
        lead: Floats = weight - np.maximum(rival_a, rival_b)
        return lead

    def doubts(self, a: Ints, b: Ints, judged: Judgement) -> list[tuple[int, int]]:
        """Pairs for a person to decide, as (pair, rank): the best one-to-one completion first, then near rivals.

        The number is bounded by the number of persons, since an officer's time is.
        """
        order = [
            pair
            for pair in np.argsort(-judged.weight, kind="stable").tolist()
            if judged.weight[pair] >= REVIEW_FLOOR and not (judged.barred[pair] and judged.weight[pair] < 2)
        ]
        best = self._completion(a, b, order)
        persons = len(self.clusters) - len(best)
        limit = max(50, int(_REVIEWS_PER_PERSON * persons))
        found = [(pair, 1) for pair in best[:limit]]
        top: dict[int, float] = {}
        for pair in best:
            for row in (int(a[pair]), int(b[pair])):
                top[self.place[row]] = max(float(judged.weight[pair]), top.get(self.place[row], -99.0))
        shown = {self._homes(a, b, pair): 1 for pair in best}
        ranks: dict[int, int] = dict.fromkeys(top, 1)
        for pair in order:
            homes = self._homes(a, b, pair)
            if len(found) >= limit:
                break
            near = any(judged.weight[pair] >= top.get(home, 99.0) - LEAD for home in homes)
            if not near or homes in shown or not self._open_homes(*homes):
                continue
            rank = max(ranks.get(homes[0], 0), ranks.get(homes[1], 0)) + 1
            if rank > _RIVALS:
                continue
            shown[homes] = rank
            ranks[homes[0]] = ranks[homes[1]] = rank
            found.append((pair, rank))
        return found

    def _homes(self, a: Ints, b: Ints, pair: int) -> tuple[int, int]:
        one, other = self.place[int(a[pair])], self.place[int(b[pair])]
        return (one, other) if one < other else (other, one)

    def _open_homes(self, one: int, other: int) -> bool:
        first, second = self.clusters[one], self.clusters[other]
        return one != other and not first.lists & second.lists and not self._said_apart(first.members, second.members)

    def _completion(self, a: Ints, b: Ints, order: Sequence[int]) -> list[int]:
        """The pairs that greedy best-first union would take next, each row of a list with one person at most."""
        root: dict[int, int] = {}
        lists = {home: set(cluster.lists) for home, cluster in self.clusters.items()}
        taken: list[int] = []
        for pair in order:
            homes = self._homes(a, b, pair)
            one, other = (_root(root, home) for home in homes)
            if one == other or lists[one] & lists[other] or not self._open_homes(*homes):
                continue
            root[other] = one
            lists[one] |= lists[other]
            taken.append(pair)
        return taken

    def _said_apart(self, first: Sequence[int], second: Sequence[int]) -> bool:
        ids = self._f.ids
        return bool(self._apart) and any(
            frozenset((ids[left], ids[right])) in self._apart for left in first for right in second
        )


def _root(root: dict[int, int], home: int) -> int:
    while home in root:
        home = root[home]
    return home


def rivalled(a: Ints, b: Ints, weight: Floats, f: Features) -> Floats:
    """Probability of each pair when each document has at most one partner in the other's list."""
    lists = int(f.list_id.max(initial=0)) + 1
    odds = np.exp2(weight.clip(-30, 40))
    mass = [np.bincount(key, weights=odds) for key in (a * lists + f.list_id[b], b * lists + f.list_id[a])]
    all_of = np.maximum(mass[0][a * lists + f.list_id[b]], mass[1][b * lists + f.list_id[a]])
    result: Floats = odds / (1.0 + all_of)
    return result


def _best_two(keys: Ints, weight: Floats, size: int) -> tuple[Floats, Floats]:
    """The best and the second best weight under each key."""
    order = np.lexsort((-weight, keys))
    ordered, values = keys[order], weight[order]
    first = np.concatenate(([True], ordered[1:] != ordered[:-1])) if len(ordered) else np.zeros(0, bool)
    best, second = np.full(size, -np.inf), np.full(size, -np.inf)
    best[ordered[first]] = values[first]
    after = np.concatenate(([False], first[:-1])) & ~first if len(first) else first
    second[ordered[after]] = values[after]
    return best, second
