"""Record linkage of any table by a declared model: Fellegi-Sunter over levels, unsupervised (docs/link-spec.md)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from fieldtool.matching.numbering import Ints
from fieldtool.matching.spec import LinkSpec
from fieldtool.matching.table import Column, Table, joined
from fieldtool.matching.table_blocks import automatic_rules, declared_rules, pair_parts
from fieldtool.matching.table_levels import levels_of
from fieldtool.matching.table_model import (
    Patterns,
    first_model,
    fitted,
    frequency,
    measured_u,
    pattern_weights,
)
from fieldtool.matching.table_related import MILLI

_HOPELESS = -15 * MILLI  # no refit lifts a pair from below this to a link; it is counted and let go
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class PairScore:
    """One pair with its posterior weight in bits and probability."""

    id_l: str
    id_r: str
    weight: float
    probability: float


def link_tables(spec: LinkSpec, a: Table, b: Table | None, progress: Progress) -> list[PairScore]:
    """Link two tables, or find duplicates in one: pairs of at least the model's threshold, best first."""
    two = b is not None
    ids = a.ids + (b.ids if b else ())
    side = np.concatenate((np.zeros(len(a.ids), np.int64), np.ones(len(b.ids) if b else 0, np.int64)))
    progress(0, len(ids), "block")
    columns = joined(spec, a, b)
    u = {field.name: measured_u(field, columns[field.name], side, two=two) for field in spec.fields}
    rows = (len(a.ids), len(b.ids) if b else len(a.ids))
    patterns = Patterns(spec)
    left, right, codes = _candidates(spec, columns, side, patterns, two, u, rows, progress)
    model = fitted(spec, patterns, u, rows, lambda: progress(0, 0, "weigh"))
    levels = patterns.levels(codes)
    weight = pattern_weights(model, levels) + frequency(spec, columns, levels, left)
    bits = weight / MILLI
    probability = 1.0 / (1.0 + np.exp2(-bits.clip(-60, 60)))
    keep = np.flatnonzero(probability >= spec.threshold)
    order = keep[np.lexsort((right[keep], left[keep], -weight[keep]))]
    if spec.one_to_one:
        order = _one_to_one(order, left, right)
    return [PairScore(ids[left[i]], ids[right[i]], float(bits[i]), float(probability[i])) for i in order.tolist()]


def _candidates(
    spec: LinkSpec,
    columns: dict[str, Column],
    side: Ints,
    patterns: Patterns,
    two: bool,
    u: dict[str, np.typing.NDArray[np.float64]],
    rows: tuple[int, int],
    progress: Progress,
) -> tuple[Ints, Ints, Ints]:
    """Rows and pattern of each pair worth weighing; every pair's pattern is counted, the hopeless are not kept."""
    rules = declared_rules(spec, columns, side) if spec.blocking else automatic_rules(spec, columns, side)
    first = first_model(spec, u, rows)
    lefts, rights, codes = [np.empty(0, np.int32)], [np.empty(0, np.int32)], [np.empty(0, np.int64)]
    for left, right, done in pair_parts(rules, side, two=two):
        progress(done, len(side), "compare")
        levels = {field.name: levels_of(field, columns[field.name], left, right) for field in spec.fields}
        code = patterns.code(levels)
        patterns.count(code)
        hopeful = pattern_weights(first, levels) + frequency(spec, columns, levels, left) > _HOPELESS
        lefts.append(left[hopeful].astype(np.int32))
        rights.append(right[hopeful].astype(np.int32))
        codes.append(code[hopeful])
    return np.concatenate(lefts).astype(np.int64), np.concatenate(rights).astype(np.int64), np.concatenate(codes)


def _one_to_one(order: Ints, left: Ints, right: Ints) -> Ints:
    """The best pairs such that no row has two partners."""
    taken: set[int] = set()
    kept = []
    for pair in order.tolist():
        rows = {int(left[pair]), int(right[pair])}
        if not rows & taken:
            taken |= rows
            kept.append(pair)
    return np.array(kept, dtype=np.int64)
