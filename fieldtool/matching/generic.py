"""Record linkage of any table by a declared model: Fellegi-Sunter over levels, unsupervised.

u of equal values is counted exactly, u of the other levels on random pairs; m starts from defaults and is refitted by
EM held near them, since EM alone on blocked pairs collapses (reference/linkage.md finding 8). Weights are whole
thousandths of a bit, so that every machine and every way of running gives the same sums.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from fieldtool.matching.features import Ints
from fieldtool.matching.model import Floats
from fieldtool.matching.spec import FieldSpec, LinkSpec
from fieldtool.matching.table import Joined, Table, join_tables
from fieldtool.matching.table_levels import Levels, levels
from fieldtool.matching.table_pairs import candidate_pairs

_SAMPLE = 100_000
_HOLD = 0.3  # weight of the starting m, as a share of the expected true pairs
_ROUNDS = 8
_FREQUENCY_BITS = 4.0
_FIRST_M = 0.86  # a true pair agrees fully in a field this often, before anything is known
_PRIOR_BITS = 3.0  # the lists may move the prior by at most this
_SCALE = 1000.0  # parts of a bit


@dataclass(frozen=True, slots=True)
class PairScore:
    """One pair with its posterior weight in bits and probability."""

    id_l: str
    id_r: str
    weight: float
    probability: float


def link_tables(
    spec: LinkSpec, a: Table, b: Table | None, progress: Callable[[int, int, str], None]
) -> list[PairScore]:
    """Link two tables, or find duplicates in one: pairs of at least the model's threshold, best first.

    With `one_to_one` a row stands in one pair at most, the best pairs chosen first.
    """
    rows = join_tables(spec, a, b)
    left, right = candidate_pairs(spec, rows, lambda done, total: progress(done, total, "block"))
    found: dict[str, Levels] = {}
    for done, field in enumerate(spec.fields):
        progress(done, len(spec.fields), "compare")
        found[field.name] = levels(field, rows, left, right)
    progress(0, 0, "weigh")
    weight = _weights(spec, rows, found, left)
    probability = 1.0 / (1.0 + np.exp2(-(weight / _SCALE).clip(-60, 60)))
    keep = np.flatnonzero(probability >= spec.threshold)
    order = keep[np.argsort(-weight[keep], kind="stable")]
    if spec.one_to_one:
        order = _one_to_one(order, left, right)
    return [
        PairScore(rows.ids[left[i]], rows.ids[right[i]], float(weight[i]) / _SCALE, float(probability[i]))
        for i in order.tolist()
    ]


def _one_to_one(order: Ints, left: Ints, right: Ints) -> Ints:
    """The pairs, best first, whose rows no better pair has taken."""
    taken: set[int] = set()
    kept = []
    for i in order.tolist():
        one, other = int(left[i]), int(right[i])
        if one not in taken and other not in taken:
            taken |= {one, other}
            kept.append(i)
    return np.array(kept, dtype=np.int64)


def _weights(spec: LinkSpec, rows: Joined, found: dict[str, Levels], left: Ints) -> Ints:
    """The weight of each pair in thousandths of a bit, after EM over the distinct patterns of levels."""
    u = _u(spec, rows)
    frequency = _frequency(spec, rows, found, left)
    patterns, inverse = _patterns(spec, found, len(left))
    count = np.bincount(inverse, minlength=len(patterns)).astype(np.float64)
    usual = np.bincount(inverse, weights=frequency, minlength=len(patterns)) / np.maximum(count, 1.0) / _SCALE
    prior = _prior(spec, rows)
    m = {field.name: _first_m(field) for field in spec.fields}
    for _ in range(_ROUNDS):
        bits = _bits(spec, m, u)
        weight = (
            prior
            + usual
            + sum(
                (np.append(bits[f.name], 0)[patterns[:, i]] for i, f in enumerate(spec.fields)), np.zeros(len(patterns))
            )
            / _SCALE
        )
        true = count / (1.0 + np.exp2(-weight.clip(-60, 60)))
        prior = _moved_prior(spec, rows, float(true.sum()))
        hold = max(_HOLD * float(true.sum()), 10.0)
        for place, field in enumerate(spec.fields):
            level = patterns[:, place]
            known = level >= 0
            counts = np.bincount(level[known], weights=true[known], minlength=len(field.levels) + 2)
            m[field.name] = (counts + hold * _first_m(field)) / (counts.sum() + hold)
    total = np.full(len(left), round(prior * _SCALE), np.int64) + frequency
    for name, bits_of in _bits(spec, m, u).items():
        total += np.append(bits_of, 0)[found[name]]
    return total


def _patterns(spec: LinkSpec, found: dict[str, Levels], pairs: int) -> tuple[Ints, Ints]:
    """The distinct combinations of levels, a row each, and the combination of each pair."""
    code = np.zeros(pairs, np.int64)
    size = 1
    for field in spec.fields:
        radix = len(field.levels) + 3
        if size > (1 << 62) // radix:
            code, size = _dense(code)
        code = code * radix + (found[field.name] + 1)
        size *= radix
    code, size = _dense(code)
    first = np.empty(size, np.int64)
    first[code[::-1]] = np.arange(pairs - 1, -1, -1)
    return np.stack([found[field.name][first] for field in spec.fields], axis=1).astype(np.int64), code


def _dense(code: Ints) -> tuple[Ints, int]:
    distinct = np.sort(code)
    distinct = distinct[np.concatenate(([True], distinct[1:] != distinct[:-1]))] if len(distinct) else distinct
    return np.searchsorted(distinct, code), len(distinct)


def _u(spec: LinkSpec, rows: Joined) -> dict[str, Floats]:
    """Share of each level among random pairs, which are hardly ever true."""
    rng = np.random.default_rng(1)
    count = max(len(rows.ids), 1)
    first = int((rows.side == 0).sum())
    left = rng.integers(0, max(first, 1) if rows.two else count, _SAMPLE)
    right = rng.integers(first if rows.two and first < count else 0, count, _SAMPLE)
    keep = left != right
    left, right = left[keep], right[keep]
    found = {}
    for field in spec.fields:
        level = levels(field, rows, left, right) if field.levels else np.full(0, -1, np.int8)
        counts = np.bincount(level[level > 0], minlength=len(field.levels) + 2).astype(np.float64)
        distinct = max(len(rows.texts[field.name]), 2)
        counts[1:] += 1.0 / distinct
        equal = _chance(rows, field.name)
        found[field.name] = np.concatenate(([equal], (1.0 - equal) * counts[1:] / counts[1:].sum()))
    return found


def _chance(rows: Joined, name: str) -> float:
    """The exact chance that two random rows (of two tables, or of one) that have a value have the same."""
    values, size = rows.values[name], max(len(rows.texts[name]), 1)
    known = values >= 0
    one = np.bincount(values[known & (rows.side == 0)], minlength=size).astype(np.float64)
    other = np.bincount(values[known & (rows.side == 1)], minlength=size) if rows.two else one - 1.0
    pairs = one.sum() * (other.sum() if rows.two else one.sum() - 1.0)
    return float(min(max((one * other).sum() / max(pairs, 1.0), 0.5 / max(pairs, 1.0), 1e-9), 0.999))


def _prior(spec: LinkSpec, rows: Joined) -> float:
    """log2 odds of a random pair: about one true partner for each record of the larger table."""
    if spec.prior:
        return math.log2(spec.prior / (1 - spec.prior))
    first = int((rows.side == 0).sum())
    return -math.log2(max(first, len(rows.ids) - first, 2))


def _moved_prior(spec: LinkSpec, rows: Joined, true: float) -> float:
    """The log2 odds that so many true pairs mean, near the first guess; a declared prior stays as it is."""
    guess = _prior(spec, rows)
    if spec.prior:
        return guess
    first = int((rows.side == 0).sum())
    pairs = first * (len(rows.ids) - first) if rows.two else first * (first - 1) / 2
    told = math.log2(max(true, 1.0) / max(pairs, 1.0))
    return min(max(told, guess - _PRIOR_BITS), guess + _PRIOR_BITS)


def _first_m(field: FieldSpec) -> Floats:
    if field.m:
        given = np.array(field.m, dtype=np.float64)
        shares_given: Floats = given / given.sum()
        return shares_given
    rest = 1.0 - _FIRST_M
    between = len(field.levels)
    if not between:
        return np.array([_FIRST_M, rest])
    shares = np.array([2.0**-place for place in range(between)] + [1.0])
    return np.concatenate(([_FIRST_M], rest * shares / shares.sum()))


def _bits(spec: LinkSpec, m: dict[str, Floats], u: dict[str, Floats]) -> dict[str, Ints]:
    """What each level says, in thousandths of a bit."""
    return {
        field.name: np.rint(_SCALE * np.log2(np.maximum(m[field.name], 1e-6) / np.maximum(u[field.name], 1e-7))).astype(
            np.int64
        )
        for field in spec.fields
    }


def _frequency(spec: LinkSpec, rows: Joined, found: dict[str, Levels], left: Ints) -> Ints:
    """Thousandths of a bit that a rare value adds and a common one takes, where the field agrees fully."""
    total = np.zeros(len(left), np.int64)
    for field in spec.fields:
        if not field.term_frequency:
            continue
        values = rows.values[field.name]
        known = values[values >= 0]
        if not len(known):
            continue
        shares = np.bincount(known) / len(known)
        middle = np.log2(shares[known]).mean()
        bits = np.rint(_SCALE * (middle - np.log2(shares)).clip(-_FREQUENCY_BITS, _FREQUENCY_BITS)).astype(np.int64)
        equal = found[field.name] == 0
        total[equal] += bits[values[left[equal]]]
    return total
