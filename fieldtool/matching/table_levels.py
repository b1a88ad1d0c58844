"""Comparison levels of a declared field: each distinct pair of values is compared once, by compiled kernels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.process import cdist, cpdist

from fieldtool.matching.numbering import Floats, Ints
from fieldtool.matching.spec import LIKENESS, FieldSpec
from fieldtool.matching.table import Column

_CHUNK = 200_000


def levels_of(field: FieldSpec, column: Column, left: Ints, right: Ints) -> Ints:
    """0 equal, 1… by the thresholds, then "other"; -1 where either side is not known."""
    a, b = column.codes[left], column.codes[right]
    level = np.full(len(a), len(field.levels) + 1, np.int64)
    level[a == b] = 0
    level[(a < 0) | (b < 0)] = -1
    if not field.levels:
        return level
    unlike = np.flatnonzero((level > 0) & (a != b))
    size = len(column.texts)
    codes = np.minimum(a[unlike], b[unlike]) * size + np.maximum(a[unlike], b[unlike])
    order = np.argsort(codes, kind="stable")
    ordered = codes[order]
    first = np.concatenate(([True], ordered[1:] != ordered[:-1])) if len(ordered) else np.zeros(0, bool)
    distinct = ordered[first]
    found = _graded(field, _nearness(field, column.texts, distinct // max(size, 1), distinct % max(size, 1)))
    level[unlike[order]] = found[np.cumsum(first) - 1]
    return level


def share_of_levels(field: FieldSpec, texts: Sequence[str], one: Ints, other: Ints) -> Floats:
    """Share of each level among all pairs of two samples of values, equal values left out."""
    if field.comparator == "numeric":
        near = np.abs(_numbers([texts[i] for i in one])[:, None] - _numbers([texts[i] for i in other])[None, :])
    else:
        near = cdist([texts[i] for i in one], [texts[i] for i in other], scorer=_scorer(field), workers=1)
    level = _graded(field, np.nan_to_num(near.astype(np.float64), nan=np.inf).ravel())
    unlike = (one[:, None] != other[None, :]).ravel()
    return np.bincount(level[unlike], minlength=len(field.levels) + 2).astype(np.float64) / max(len(level), 1)


def _graded(field: FieldSpec, near: Floats) -> Ints:
    level = np.full(len(near), len(field.levels) + 1, np.int64)
    for place in range(len(field.levels) - 1, -1, -1):
        limit = field.levels[place]
        level[near >= limit if field.comparator in LIKENESS else near <= limit] = place + 1
    return level


def _nearness(field: FieldSpec, texts: Sequence[str], one: Ints, other: Ints) -> Floats:
    if field.comparator == "numeric":
        values = _numbers(texts)
        gap: Floats = np.nan_to_num(np.abs(values[one] - values[other]), nan=np.inf)
        return gap
    objects = np.array(texts, dtype=object)
    parts = [
        cpdist(objects[one[at : at + _CHUNK]], objects[other[at : at + _CHUNK]], scorer=_scorer(field), workers=1)
        for at in range(0, len(one), _CHUNK)
    ]
    return np.concatenate(parts).astype(np.float64) if parts else np.empty(0)


def _scorer(field: FieldSpec) -> Any:
    return JaroWinkler.similarity if field.comparator in LIKENESS else OSA.distance


def _numbers(texts: Sequence[str]) -> Floats:
    found = np.full(len(texts), np.nan)
    for place, text in enumerate(texts):
        try:
            found[place] = float(text)
        except ValueError:
            continue  # a word in a column of numbers is like no number
    return found
