"""Record linkage of any table by a declared model: Fellegi-Sunter over levels, unsupervised.

u is counted on random pairs; m starts from defaults and is refitted by EM held near them, since EM alone on blocked
pairs collapses (reference/linkage.md finding 8).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.process import cpdist

from fieldtool.matching.features import Flags, Ints, Numbering
from fieldtool.matching.model import Floats
from fieldtool.matching.spec import FieldSpec, LinkSpec
from fieldtool.matching.table import Table

_SAMPLE = 200_000
_CAP = 100
_HOLD = 0.3  # weight of the starting m, as a share of the expected true pairs
_ROUNDS = 8
_FREQUENCY_BITS = 4.0
_FIRST_M = 0.86  # a true pair agrees fully in a field this often, before anything is known
_CHUNK = 500_000


@dataclass(frozen=True, slots=True)
class PairScore:
    """One pair with its posterior weight in bits and probability."""

    id_l: str
    id_r: str
    weight: float
    probability: float


@dataclass(slots=True)
class _Joined:
    """Both tables as one: a number for each distinct text of each field, and which table a row is of."""

    ids: tuple[str, ...]
    values: dict[str, Ints]
    texts: dict[str, list[str]]
    side: Ints


def link_tables(
    spec: LinkSpec, a: Table, b: Table | None, progress: Callable[[int, int, str], None]
) -> list[PairScore]:
    """Link two tables, or find duplicates in one: pairs of at least the model's threshold, best first."""
    rows = _join(spec, a, b)
    progress(0, len(rows.ids), "block")
    left, right = _candidates(spec, rows, b is not None)
    bits_u = _u(spec, rows, b is not None)
    levels = {}
    for done, field in enumerate(spec.fields):
        progress(done, len(spec.fields), "compare")
        levels[field.name] = _levels(field, rows, left, right)
    progress(0, 0, "weigh")
    base = _prior(spec, rows, b is not None)
    weight = _weights(spec, rows, levels, bits_u, base, left)
    probability = 1.0 / (1.0 + np.exp2(-weight.clip(-60, 60)))
    keep = np.flatnonzero(probability >= spec.threshold)
    order = keep[np.argsort(-weight[keep], kind="stable")]
    return [
        PairScore(rows.ids[left[i]], rows.ids[right[i]], float(weight[i]), float(probability[i]))
        for i in order.tolist()
    ]


def _join(spec: LinkSpec, a: Table, b: Table | None) -> _Joined:
    ids = a.ids + (b.ids if b else ())
    values, texts = {}, {}
    for field in spec.fields:
        numbers = Numbering()
        column = a.columns[field.name] + (b.columns[field.name] if b else ())
        values[field.name] = np.array([numbers.of(text) for text in column], dtype=np.int64)
        texts[field.name] = numbers.texts
    side = np.concatenate((np.zeros(len(a.ids), np.int64), np.ones(len(b.ids) if b else 0, np.int64)))
    return _Joined(ids, values, texts, side)


def _candidates(spec: LinkSpec, rows: _Joined, two: bool) -> tuple[Ints, Ints]:
    count = max(len(rows.ids), 1)
    codes = [np.empty(0, np.int64)]
    for rule in spec.blocking or _automatic(spec, rows):
        key = np.zeros(count, np.int64)
        known = np.ones(count, bool)
        for name in rule:
            value = rows.values[name]
            known &= value >= 0
            key = key * 1_000_003 + value
        codes.append(_pairs(np.where(known, key, -1), rows, two, count, capped=not spec.blocking))
    joined = np.sort(np.concatenate(codes))
    if len(joined):
        joined = joined[np.concatenate(([True], joined[1:] != joined[:-1]))]
    return joined // count, joined % count


def _automatic(spec: LinkSpec, rows: _Joined) -> list[tuple[str, ...]]:
    """Every field that tells rows apart by itself, and every two fields together."""
    names = [field.name for field in spec.fields]
    single: list[tuple[str, ...]] = [(name,) for name in names if len(rows.texts[name]) > max(20, len(rows.ids) // 50)]
    double: list[tuple[str, ...]] = [(one, other) for place, one in enumerate(names) for other in names[place + 1 :]]
    return single + double


def _pairs(key: Ints, rows: _Joined, two: bool, count: int, *, capped: bool) -> Ints:
    order = np.argsort(key, kind="stable")
    order = order[int(np.searchsorted(key[order], -1, side="right")) :]
    ordered = key[order]
    if len(order) < 2:
        return np.empty(0, np.int64)
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    ends = np.append(starts[1:], len(ordered))
    found = [np.empty(0, np.int64)]
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        if end - start < 2 or (capped and end - start > _CAP):
            continue
        block = np.sort(order[start:end])
        one, other = np.triu_indices(len(block), 1)
        left, right = block[one], block[other]
        if two:
            apart = rows.side[left] != rows.side[right]
            left, right = left[apart], right[apart]
        found.append(left * count + right)
    return np.concatenate(found)


def _levels(field: FieldSpec, rows: _Joined, left: Ints, right: Ints) -> Ints:
    """0 equal, 1… by the thresholds, then "other"; -1 where either side is not known. Distinct pairs are met once."""
    a, b = rows.values[field.name][left], rows.values[field.name][right]
    texts = rows.texts[field.name]
    size = len(texts) + 1
    codes = np.where((a < 0) | (b < 0), -1, np.minimum(a, b) * size + np.maximum(a, b))
    distinct, inverse = np.unique(codes, return_inverse=True)
    level = np.full(len(distinct), len(field.levels) + 1, np.int64)
    level[distinct < 0] = -1
    one, other = distinct // size, distinct % size
    level[(distinct >= 0) & (one == other)] = 0
    open_pairs = np.flatnonzero((distinct >= 0) & (one != other))
    if field.levels and len(open_pairs):
        near = _likeness(field, [texts[i] for i in one[open_pairs]], [texts[i] for i in other[open_pairs]])
        for place in range(len(field.levels) - 1, -1, -1):
            reached = near >= field.levels[place] if _by_likeness(field) else near <= field.levels[place]
            level[open_pairs[reached]] = place + 1
    result: Ints = level[inverse]
    return result


def _by_likeness(field: FieldSpec) -> bool:
    return field.comparator in ("jaro_winkler", "token")


def _likeness(field: FieldSpec, one: list[str], other: list[str]) -> Floats:
    if field.comparator == "numeric":
        pairs = zip(one, other, strict=True)
        return np.array([_gap(a, b) for a, b in pairs])
    if field.comparator == "date":
        one, other = [_digits(text) for text in one], [_digits(text) for text in other]
    if field.comparator == "token":
        one, other = [" ".join(sorted(t.split())) for t in one], [" ".join(sorted(t.split())) for t in other]
    scorer = JaroWinkler.similarity if _by_likeness(field) else OSA.distance
    parts = [
        cpdist(one[start : start + _CHUNK], other[start : start + _CHUNK], scorer=scorer)
        for start in range(0, len(one), _CHUNK)
    ]
    return np.concatenate(parts).astype(np.float64)


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())


def _gap(a: str, b: str) -> float:
    try:
        return abs(float(a) - float(b))
    except ValueError:
        return math.inf


def _u(spec: LinkSpec, rows: _Joined, two: bool) -> dict[str, Floats]:
    """Share of each level among random pairs, which are hardly ever true."""
    rng = np.random.default_rng(1)
    count = max(len(rows.ids), 1)
    left, right = rng.integers(0, count, _SAMPLE), rng.integers(0, count, _SAMPLE)
    keep: Flags = left != right
    if two:
        keep &= rows.side[left] != rows.side[right]
    left, right = left[keep], right[keep]
    found = {}
    for field in spec.fields:
        level = _levels(field, rows, left, right)
        counts = np.bincount(level[level >= 0], minlength=len(field.levels) + 2).astype(np.float64)
        distinct = max(len(rows.texts[field.name]), 2)
        smooth = np.full(len(counts), 1.0 / distinct)
        found[field.name] = (counts + smooth) / (counts.sum() + smooth.sum())
    return found


def _prior(spec: LinkSpec, rows: _Joined, two: bool) -> float:
    """log2 odds of a random pair: about one true partner for each record of the smaller table."""
    if spec.prior:
        return math.log2(spec.prior / (1 - spec.prior))
    first = int((rows.side == 0).sum())
    other = int((rows.side == 1).sum()) if two else first
    return -math.log2(max(first, other, 2))


def _weights(
    spec: LinkSpec, rows: _Joined, levels: dict[str, Ints], u: dict[str, Floats], prior: float, left: Ints
) -> Floats:
    m = {field.name: _first_m(field) for field in spec.fields}
    frequency = _frequency(spec, rows, levels, left)
    weight = _sum(spec, levels, m, u, prior) + frequency
    for _ in range(_ROUNDS):
        true = 1.0 / (1.0 + np.exp2(-weight.clip(-60, 60)))
        hold = max(_HOLD * float(true.sum()), 10.0)
        for field in spec.fields:
            level = levels[field.name]
            known = level >= 0
            counts = np.bincount(level[known], weights=true[known], minlength=len(field.levels) + 2)
            start = _first_m(field)
            m[field.name] = (counts + hold * start) / (counts.sum() + hold)
        weight = _sum(spec, levels, m, u, prior) + frequency
    return weight


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


def _sum(spec: LinkSpec, levels: dict[str, Ints], m: dict[str, Floats], u: dict[str, Floats], prior: float) -> Floats:
    total = np.full(len(next(iter(levels.values()))), prior)
    for field in spec.fields:
        bits = np.log2(np.maximum(m[field.name], 1e-6) / np.maximum(u[field.name], 1e-7))
        total += np.append(bits, 0.0)[levels[field.name]]
    return total


def _frequency(spec: LinkSpec, rows: _Joined, levels: dict[str, Ints], left: Ints) -> Floats:
    """Bits that a rare value adds and a common one takes, where the field agrees fully."""
    total = np.zeros(len(left))
    for field in spec.fields:
        if not field.term_frequency:
            continue
        values = rows.values[field.name]
        known = values[values >= 0]
        if not len(known):
            continue
        shares = np.append(np.bincount(known) / len(known), 1.0)
        middle = float(np.exp2((np.log2(shares[known])).mean()))
        bits = np.log2(middle / shares[values[left]]).clip(-_FREQUENCY_BITS, _FREQUENCY_BITS)
        total += np.where(levels[field.name] == 0, bits, 0.0)
    return total
