"""Levels of agreement of pairs of rows of a generic table: each distinct pair of texts is met once."""

from __future__ import annotations

import math

import numpy as np
from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.process import cpdist

from fieldtool.matching.features import Ints
from fieldtool.matching.model import Floats
from fieldtool.matching.spec import FieldSpec
from fieldtool.matching.table import Joined

Levels = np.typing.NDArray[np.int8]
_CHUNK = 500_000  # pairs of texts handed to the kernel at once


def levels(field: FieldSpec, rows: Joined, left: Ints, right: Ints) -> Levels:
    """0 equal, 1… by the thresholds of the field, then "other"; -1 where either side is not known."""
    level = np.empty(len(left), np.int8)
    for start in range(0, len(left), 4 * _CHUNK):
        part = slice(start, start + 4 * _CHUNK)
        level[part] = _part(field, rows, left[part], right[part])
    return level


def _part(field: FieldSpec, rows: Joined, left: Ints, right: Ints) -> Levels:
    a, b = rows.values[field.name][left], rows.values[field.name][right]
    level = np.full(len(a), len(field.levels) + 1, np.int8)
    unknown = (a < 0) | (b < 0)
    level[unknown] = -1
    level[~unknown & (a == b)] = 0
    differ = np.flatnonzero(~unknown & (a != b))
    if not field.levels or not len(differ):
        return level
    a, b = a[differ], b[differ]
    size = len(rows.texts[field.name])
    codes = np.minimum(a, b) * size + np.maximum(a, b)
    distinct = np.sort(codes)
    distinct = distinct[np.concatenate(([True], distinct[1:] != distinct[:-1]))]
    near = _near(field, rows.texts[field.name], distinct // size, distinct % size)
    level[differ] = near[np.searchsorted(distinct, codes)]
    return level


def _near(field: FieldSpec, texts: list[str], one: Ints, other: Ints) -> Levels:
    """The level of each pair of different texts."""
    likeness = _by_likeness(field)
    measured = _measured(field, texts, one, other)
    level = np.full(len(one), len(field.levels) + 1, np.int8)
    for place in range(len(field.levels) - 1, -1, -1):
        threshold = field.levels[place]
        level[measured >= threshold if likeness else measured <= threshold] = place + 1
    return level


def _by_likeness(field: FieldSpec) -> bool:
    return field.comparator in ("jaro_winkler", "token")


def _measured(field: FieldSpec, texts: list[str], one: Ints, other: Ints) -> Floats:
    if field.comparator == "numeric":
        numbers = np.array([_number(text) for text in texts])
        gaps: Floats = np.nan_to_num(np.abs(numbers[one] - numbers[other]), nan=math.inf, posinf=math.inf)
        return gaps
    if field.comparator == "date":
        texts = ["".join(char for char in text if char.isdigit()) for text in texts]
    elif field.comparator == "token":
        texts = [" ".join(sorted(text.split())) for text in texts]
    likeness = _by_likeness(field)
    measured = np.empty(len(one), np.float64)
    for start in range(0, len(one), _CHUNK):
        part = slice(start, start + _CHUNK)
        first, second = [texts[i] for i in one[part].tolist()], [texts[i] for i in other[part].tolist()]
        if likeness:
            least = min(field.levels)
            measured[part] = cpdist(first, second, scorer=JaroWinkler.similarity, score_cutoff=least, dtype=np.float64)
        else:
            most = int(max(field.levels))
            measured[part] = cpdist(first, second, scorer=OSA.distance, score_cutoff=most, dtype=np.int32)
    return measured


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan
