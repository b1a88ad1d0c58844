"""Pairs of relatives: they share a phone, an address, a surname, yet are two people; chance is no measure of them.

A class of its own beside true pairs and strangers, learned from the candidates, and only where the columns show it:
pairs that agree in much while a date, which nobody shares with his kin, agrees no more often than among strangers.
(Any other field may be at odds because a person moved or changed his phone: that makes him no two people.)
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from fieldtool.matching.numbering import Floats, Ints

MILLI = 1000  # weights are summed as whole thousandths of a bit: the same everywhere, in any order
_STRANGE = 0.03  # relatives agree in a date no more often than this above chance, or they are no relatives
_LIKELY = 0.02  # of being true, as far as chance alone is looked at
_LEAST = 30.0  # pairs; fewer teach nothing


@dataclass(frozen=True, slots=True)
class Related:
    """Weights in milli-bits against strangers, and the odds of relatives among all pairs."""

    weights: Mapping[str, Ints]
    prior: int


def first_related(
    dates: Sequence[str],
    levels: Mapping[str, Ints],
    counts: Ints,
    true: Floats,
    u: Mapping[str, Floats],
    all_pairs: float,
) -> Related | None:
    """The class as first guessed: what might be taken for true pairs, though the dates do not agree at all."""
    likely = true >= _LIKELY * counts
    apart = np.zeros(len(counts), bool)
    for name in dates:
        apart |= levels[name] == len(u[name]) - 1
    return _learned(dates, levels, np.where(likely & apart, counts, 0).astype(np.float64), u, all_pairs)


def next_related(
    dates: Sequence[str],
    related: Related,
    levels: Mapping[str, Ints],
    untrue: Floats,
    u: Mapping[str, Floats],
    all_pairs: float,
) -> Related | None:
    """One step of EM: `untrue` are the pairs of each pattern that are no true ones."""
    odds = total_of(levels, related.weights, related.prior) / MILLI
    return _learned(dates, levels, untrue / (1.0 + np.exp2(-odds.clip(-60, 60))), u, all_pairs)


def _learned(
    dates: Sequence[str], levels: Mapping[str, Ints], share: Floats, u: Mapping[str, Floats], all_pairs: float
) -> Related | None:
    size = float(share.sum())
    if size < _LEAST:
        return None
    found, strange = {}, False
    for name, chance in u.items():
        counted = tallied(levels[name], share, len(chance))
        found[name] = (counted + 10.0 * chance) / (counted.sum() + 10.0)
        known = counted.sum() > size / 4
        strange |= bool(known and name in dates and found[name][0] <= chance[0] + _STRANGE)
    return Related(bits_of(found, u), round(math.log2(size / all_pairs) * MILLI)) if strange else None


def tallied(level: Ints, share: Floats, size: int) -> Floats:
    """How much of the share stands at each level."""
    known = level >= 0
    return np.bincount(level[known], weights=share[known], minlength=size).astype(np.float64)


def bits_of(m: Mapping[str, Floats], u: Mapping[str, Floats]) -> dict[str, Ints]:
    """Milli-bits of each level, and a last zero for what is not known."""
    found = {}
    for name, share in m.items():
        bits = np.log2(np.maximum(share, 1e-6) / np.maximum(u[name], 1e-7))
        found[name] = np.append(np.round(bits * MILLI), 0.0).astype(np.int64)
    return found


def total_of(levels: Mapping[str, Ints], weights: Mapping[str, Ints], prior: int) -> Ints:
    """The sum of a pair's weights, prior included."""
    total = np.full(len(next(iter(levels.values()))), prior, np.int64)
    for name, level in levels.items():
        total += weights[name][level]
    return total
