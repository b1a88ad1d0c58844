"""Fellegi-Sunter for a declared model: u from the columns, m by EM over patterns of levels, weights in milli-bits.

EM alone on blocked pairs takes every candidate for true; so m is held near its start, and the share of true pairs may
rise by no more than twice above what the number of rows allows.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from fieldtool.matching.numbering import Floats, Ints
from fieldtool.matching.spec import FieldSpec, LinkSpec
from fieldtool.matching.table import Column
from fieldtool.matching.table_levels import share_of_levels
from fieldtool.matching.table_related import MILLI, Related, bits_of, first_related, next_related, tallied, total_of

_SAMPLE = 500  # values of either side whose pairs are compared to learn how often unlike values look alike
_HOLD = 0.3  # weight of the starting m, as a share of the expected true pairs
_ROUNDS = 12
_FREQUENCY_BITS = 4.0
_FIRST_M = 0.86  # a true pair agrees fully in a field this often, before anything is known
_FALL, _RISE = 6.0, 1.0  # bits that the odds of a random pair may move


@dataclass(frozen=True, slots=True)
class TableModel:
    """Weights in milli-bits: `weights[field][level]`, the last for "not known"; `prior` of a random pair."""

    weights: Mapping[str, Ints]
    prior: int
    related: Related | None = None


class Patterns:
    """Levels of all fields as one number, and how often each number was seen."""

    def __init__(self, spec: LinkSpec) -> None:
        self._radix = [(field.name, len(field.levels) + 3) for field in spec.fields]
        self._seen = np.empty(0, np.int64)
        self._counts = np.empty(0, np.int64)

    def code(self, levels: Mapping[str, Ints]) -> Ints:
        """One number for each pair."""
        code = np.zeros(len(next(iter(levels.values()))), np.int64)
        for name, radix in self._radix:
            code = code * radix + levels[name] + 1
        return code

    def count(self, codes: Ints) -> None:
        """Count some pairs' numbers."""
        ordered = np.sort(codes)
        starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1]))) if len(ordered) else ordered
        seen = np.concatenate((self._seen, ordered[starts]))
        counts = np.concatenate((self._counts, np.diff(np.append(starts, len(ordered)))))
        self._seen, inverse = np.unique(seen, return_inverse=True)
        self._counts = np.bincount(inverse, weights=counts, minlength=len(self._seen)).astype(np.int64)

    def levels(self, codes: Ints) -> dict[str, Ints]:
        """The levels that a number stands for."""
        found = {}
        for name, radix in reversed(self._radix):
            found[name] = codes % radix - 1
            codes = codes // radix
        return found

    def tally(self) -> tuple[dict[str, Ints], Ints]:
        """The levels of every pattern seen, and how often it was."""
        return self.levels(self._seen), self._counts


def measured_u(field: FieldSpec, column: Column, side: Ints, *, two: bool) -> Floats:
    """Share of each level among random pairs, which are hardly ever true: equal counted, the rest on a sample."""
    first, second = (column.codes[side == 0], column.codes[side == 1]) if two else (column.codes, column.codes)
    first, second = first[first >= 0], second[second >= 0]
    size = max(len(column.texts), 1)
    pairs = float(len(first)) * float(len(second)) or 1.0
    equal = float((np.bincount(first, minlength=size).astype(np.float64) * np.bincount(second, minlength=size)).sum())
    if not two:
        equal, pairs = equal - len(first), max(pairs - len(first), 1.0)
    levels = np.zeros(len(field.levels) + 2)
    if field.levels and len(first) and len(second):
        levels = share_of_levels(field, column.texts, _spread(first), _spread(second))
    levels[0] = equal / pairs
    levels[-1] = max(1.0 - levels[:-1].sum(), 0.0)
    floor = min(1.0 / size, 0.1) / max(len(first), len(second), 1) + 1e-7
    shares: Floats = (levels + floor) / (levels + floor).sum()
    return shares


def _spread(values: Ints) -> Ints:
    """A sample of some values from all over the column, the same at every run."""
    stride = max(int(len(values) * 0.618), 1) | 1
    sample: Ints = values[np.arange(min(_SAMPLE, len(values))) * stride % len(values)]
    return sample


def fitted(
    spec: LinkSpec, patterns: Patterns, u: Mapping[str, Floats], rows: tuple[int, int], progress: Callable[[], None]
) -> TableModel:
    """The model after EM; `rows` of either table, or of the one table twice."""
    levels, counts = patterns.tally()
    m = {field.name: first_m(field) for field in spec.fields}
    start = prior = _first_prior(spec, rows)
    all_pairs = max(float(rows[0]) * float(rows[1]), 2.0)
    dates = [field.name for field in spec.fields if field.comparator == "date"]
    related: Related | None = None
    for turn in range(2 * _ROUNDS):
        progress()
        model = TableModel(bits_of(m, u), round(prior * MILLI), related)
        true = counts / (1.0 + np.exp2(-(pattern_weights(model, levels) / MILLI).clip(-60, 60)))
        hold = max(_HOLD * float(true.sum()), 10.0)
        for field in spec.fields:
            found = tallied(levels[field.name], true, len(field.levels) + 2)
            m[field.name] = (found + hold * first_m(field)) / (found.sum() + hold)
        if not spec.prior:
            share = min(max(float(true.sum()), 1.0) / all_pairs, 0.5)
            prior = min(max(math.log2(share / (1 - share)), start - _FALL), start + _RISE)
        if turn == _ROUNDS:
            related = first_related(dates, levels, counts, true, u, all_pairs)
        elif related is not None:
            related = next_related(dates, related, levels, counts - true, u, all_pairs)
    return TableModel(bits_of(m, u), round(prior * MILLI), related)


def first_model(spec: LinkSpec, u: Mapping[str, Floats], rows: tuple[int, int]) -> TableModel:
    """The model before EM."""
    m = {field.name: first_m(field) for field in spec.fields}
    return TableModel(bits_of(m, u), round(_first_prior(spec, rows) * MILLI))


def pattern_weights(model: TableModel, levels: Mapping[str, Ints]) -> Ints:
    """Milli-bits of some pairs by their levels, prior included."""
    total = total_of(levels, model.weights, model.prior)
    if model.related is None:
        return total
    # Against a pair stands not chance alone but also kin: its odds among pairs of relatives and of strangers together.
    kin = total_of(levels, model.related.weights, model.related.prior) / MILLI
    fair: Ints = total - np.round(np.log2(1.0 + np.exp2(kin.clip(-60, 60))) * MILLI).astype(np.int64)
    return fair


def frequency(spec: LinkSpec, columns: Mapping[str, Column], levels: Mapping[str, Ints], left: Ints) -> Ints:
    """Milli-bits that a rare value adds and a common one takes, where the field agrees fully."""
    total = np.zeros(len(left), np.int64)
    for field in spec.fields:
        codes = columns[field.name].codes
        known = codes[codes >= 0]
        if not field.term_frequency or not len(known):
            continue
        shares = np.append(np.bincount(known) / len(known), 1.0)
        middle = np.log2((shares[:-1] ** 2).sum())  # u of "equal" is this mean; a value's own u is its share
        bits = (middle - np.log2(np.maximum(shares, 1e-12))).clip(-_FREQUENCY_BITS, _FREQUENCY_BITS)
        milli = np.round(bits * MILLI).astype(np.int64)
        total += np.where(levels[field.name] == 0, milli[codes[left]], 0)
    return total


def first_m(field: FieldSpec) -> Floats:
    """Shares of the levels among true pairs before anything is known."""
    given = np.array(field.m, dtype=np.float64)
    if len(given):
        shares_given: Floats = given / given.sum()
        return shares_given
    rest = 1.0 - _FIRST_M
    shares = np.array([2.0**-place for place in range(len(field.levels))] + [1.0])
    return np.concatenate(([_FIRST_M], rest * shares / shares.sum()))


def _first_prior(spec: LinkSpec, rows: tuple[int, int]) -> float:
    """log2 odds of a random pair: about one true partner for each row of the smaller table."""
    if spec.prior:
        return math.log2(spec.prior / (1 - spec.prior))
    return -math.log2(max(*rows, 2))
