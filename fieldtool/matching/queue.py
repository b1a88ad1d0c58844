"""The review queue: which doubtful pairs an officer is asked about, in what order, with which rivals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from fieldtool.matching.features import Ints
from fieldtool.matching.judge import LEAD, Judgement
from fieldtool.matching.model import Floats
from fieldtool.matching.resolve import Resolver, rivalled

FIRST_BONUS = 2.0  # bits; see `_chances`
_FLOOR = -3.0  # bits; below it even the best completion is as often wrong as right where lists leave many out
_PLAIN = 2.0  # bits from which a barred pair is a doubt, and not merely what is left over
_RIVALS = 5
_REVIEWS_PER_PERSON = 0.199
_SHARED = 0.25  # of what rivals take from a pair that the best completion chose
_UNSEEN = 0.2  # two papers of one person that no doubt joins, for each doubt that does; see `_persons`


class Doubt(NamedTuple):
    """A pair for a person to decide: its place among the pairs, its rank among rivals, how likely it is one person."""

    pair: int
    rank: int
    chance: float


def doubts(resolver: Resolver, a: Ints, b: Ints, judged: Judgement) -> list[Doubt]:
    """Pairs for a person to decide: the best one-to-one completion first, then near rivals.

    Their number is bounded by the number of persons, since an officer's time is; it is spent first where one
    answer is likely to bring most papers together.
    """
    # What nothing but a name or a number's year speaks against may still be the best that either paper has.
    asked = (judged.weight >= _FLOOR) & ~(judged.parted & (judged.weight < _PLAIN))
    order = [pair for pair in np.argsort(-judged.weight, kind="stable").tolist() if asked[pair]]
    best = _completion(resolver, a, b, order)
    limit = max(50, int(_REVIEWS_PER_PERSON * _persons(len(resolver.clusters), len(best))))
    chances = _chances(resolver, a, b, judged, list(best))
    shown = sorted(best, key=lambda pair: -best[pair] * chances[pair])[:limit]
    asked_for = [(pair, 1) for pair in shown] + _rivals(resolver, a, b, judged, order, shown, limit - len(shown))
    return [Doubt(pair, rank, float(chances[pair])) for pair, rank in asked_for]


def _persons(clusters: int, doubts: int) -> int:
    """About how many people the papers speak of: neither what is a doubt nor what nobody will see is a person more.

    Papers too badly written to be compared at all are as much more frequent as doubts are. On invented communes of
    four kinds and one to five times their slips, a tenth to a quarter of the doubts; where it is less, the queue is a
    little shorter than an officer's day.
    """
    return clusters - int((1 + _UNSEEN) * doubts)


def _chances(resolver: Resolver, a: Ints, b: Ints, judged: Judgement, best: Sequence[int]) -> Floats:
    """The probability that each pair is one person, when each paper has one partner at most in the other's list.

    The best completion of two persons has met no better partner on either side, which the weight of the pair alone
    does not know. Measured on five kinds of invented communes (build_scripts/bench_linkage.py), such pairs of -3 to 0
    bits are right seven to nine times in ten, where lists leave many out one time in two: 2 bits stand between.
    Where a paper has another candidate as good, both share what speaks for either; but the completion has already seen
    that the others have better partners elsewhere, so that its own pair keeps most of what it would have alone (of
    such pairs seven to eight in ten are right).
    """
    weight = np.where(resolver.open(a, b), judged.weight, -np.inf)
    weight[list(best)] += FIRST_BONUS
    chances = rivalled(a, b, weight, resolver.features)
    for pair in best:
        alone = probability(float(weight[pair]))
        chances[pair] = alone - _SHARED * (alone - chances[pair])
    return chances


def probability(weight: float) -> float:
    """Probability from a posterior weight in bits."""
    return float(1.0 / (1.0 + 2.0 ** -max(min(weight, 60.0), -60.0)))


def _rivals(
    resolver: Resolver, a: Ints, b: Ints, judged: Judgement, order: Sequence[int], best: Sequence[int], room: int
) -> list[tuple[int, int]]:
    """Near rivals of the pairs already chosen, ranked, at most five to a document."""
    top: dict[int, float] = {}
    ranks: dict[int, int] = {}
    seen = set()
    for pair in best:
        homes = resolver.homes(a, b, pair)
        seen.add(homes)
        for home in homes:
            top[home] = max(float(judged.weight[pair]), top.get(home, -99.0))
            ranks[home] = 1
    found: list[tuple[int, int]] = []
    for pair in order:
        homes = resolver.homes(a, b, pair)
        if len(found) >= room:
            break
        if judged.barred[pair] and judged.weight[pair] < _PLAIN:
            continue
        near = any(judged.weight[pair] >= top.get(home, 99.0) - LEAD for home in homes)
        if not near or homes in seen or not resolver.may_meet(*homes):
            continue
        rank = max(ranks.get(homes[0], 0), ranks.get(homes[1], 0)) + 1
        if rank > _RIVALS:
            continue
        seen.add(homes)
        ranks[homes[0]] = ranks[homes[1]] = rank
        found.append((pair, rank))
    return found


def _completion(resolver: Resolver, a: Ints, b: Ints, order: Sequence[int]) -> dict[int, float]:
    """The pairs that greedy best-first union would take next, each row of a list with one person at most, with how
    many pairs of papers the answer to each would settle: those of the two persons, and half of what the answers
    before it would have added to them."""
    root: dict[int, int] = {}
    lists = {home: cluster.lists for home, cluster in resolver.clusters.items()}
    sizes = {home: len(cluster.members) for home, cluster in resolver.clusters.items()}
    grown = dict(sizes)
    taken: dict[int, float] = {}
    for pair in order:
        homes = resolver.homes(a, b, pair)
        one, other = (_root(root, home) for home in homes)
        if one == other or lists[one] & lists[other] or not resolver.may_meet(*homes):
            continue
        taken[pair] = (sizes[homes[0]] * sizes[homes[1]] + grown[one] * grown[other]) / 2
        root[other] = one
        lists[one] |= lists[other]
        grown[one] += grown[other]
    return taken


def _root(root: dict[int, int], home: int) -> int:
    while home in root:
        home = root[home]
    return home
