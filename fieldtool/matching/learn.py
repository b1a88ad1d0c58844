"""Learning from officers' verdicts: by how much each comparison's weight should grow or shrink here, within bounds.

A ridge logistic regression on the weights' parts, with the total as it stands as offset (reference/linkage.md 7). What
it learns moves no level by more than 3 bits, keeps every order of levels, and passes through the same floor as before:
it may reorder the queue and narrow the certain band, never widen it.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from fieldtool.matching.features import Flags, read_documents
from fieldtool.matching.levels import LEVELS, compare
from fieldtool.matching.model import Floats, Model, falling, shipped_model
from fieldtool.records.documents import Document

LEAST = 200  # verdicts before anything is learned
LEAST_EACH = 20  # of "same" and of "apart"
_BOUND = 3.0  # bits that a level may move
_MOST = 0.5  # share by which a comparison's weights may grow or shrink
_RIDGE = 10.0
_STEPS = 30
_TENTH = 10


@dataclass(frozen=True, slots=True)
class Learned:
    """What verdicts taught: a factor for each comparison, a shift of the prior, and how well it does.

    `before` and `after` are the mean surprise in bits at the verdicts of the held tenth, which it did not learn from.
    """

    factors: Mapping[str, float]
    shift: float
    verdicts: int
    before: float
    after: float

    def to_text(self) -> str:
        """As one line of canonical JSON."""
        said = {
            "after": round(self.after, 4),
            "before": round(self.before, 4),
            "factors": {name: round(factor, 4) for name, factor in sorted(self.factors.items())},
            "shift": round(self.shift, 4),
            "verdicts": self.verdicts,
        }
        return json.dumps(said, separators=(",", ":"), sort_keys=True)

    def digest(self) -> str:
        """What tells this from anything else that could be learned."""
        return hashlib.sha256(self.to_text().encode()).hexdigest()[:16]

    def taught(self, model: Model, first: Model) -> Model:
        """The model with its weights moved, each level by at most 3 bits from what it was at first."""
        bits = {}
        for name, own in model.bits.items():
            start = first.bits[name]
            moved = start + (own * (1.0 + self.factors.get(name, 0.0)) - start).clip(-_BOUND, _BOUND)
            bits[name] = falling(moved) if np.all(np.diff(own) <= 0) else moved
        return Model(bits, model.prior + max(-_BOUND, min(_BOUND, self.shift)), model.common)


def learned_of(text: str) -> Learned | None:
    """Read what `to_text` wrote; None for anything else, which then teaches nothing."""
    try:
        said = json.loads(text)
        factors = {str(name): float(factor) for name, factor in said["factors"].items() if name in LEVELS}
        numbers = [float(said[name]) for name in ("shift", "before", "after")]
        count = int(said["verdicts"])
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    if not all(math.isfinite(number) for number in (*numbers, *factors.values())):
        return None
    capped = {name: max(-_MOST, min(_MOST, factor)) for name, factor in factors.items()}
    return Learned(capped, numbers[0], count, numbers[1], numbers[2])


def learn(papers: Mapping[str, Document], verdicts: Mapping[tuple[str, str], str]) -> Learned | None:
    """What the verdicts on pairs of these papers teach, or None while they are too few or all of one kind."""
    pairs = sorted(pair for pair in verdicts if pair[0] in papers and pair[1] in papers)
    same = np.array([verdicts[pair] == "same" for pair in pairs], dtype=bool)
    if len(pairs) < LEAST or min(int(same.sum()), int((~same).sum())) < LEAST_EACH:
        return None
    parts, total = _parts(papers, pairs)
    held = np.array([_held(pair) for pair in pairs], dtype=bool)
    if held.all() or not held.any():
        held = np.arange(len(pairs)) % _TENTH == 0
    slope = _fit(parts[~held], total[~held], same[~held])
    slope[:-1] = slope[:-1].clip(-_MOST, _MOST)
    slope[-1] = max(-_BOUND, min(_BOUND, float(slope[-1])))
    factors = dict(zip(LEVELS, slope[:-1].tolist(), strict=True))
    before, after = (_surprise(total[held] + parts[held] @ way, same[held]) for way in (0 * slope, slope))
    return Learned(factors, float(slope[-1]), len(pairs), before, after)


def _parts(papers: Mapping[str, Document], pairs: Sequence[tuple[str, str]]) -> tuple[Floats, Floats]:
    """The weight of each comparison for each pair (and a last column of ones), and the total as it stands."""
    ids = sorted({id for pair in pairs for id in pair})
    rows = {id: row for row, id in enumerate(ids)}
    f = read_documents([papers[id] for id in ids])
    a = np.array([rows[pair[0]] for pair in pairs], dtype=np.int64)
    b = np.array([rows[pair[1]] for pair in pairs], dtype=np.int64)
    levels = compare(f, a, b, lambda done, total: None)
    model = shipped_model()
    columns = [np.append(model.bits[name], 0.0)[levels[name]] for name in LEVELS]
    return np.column_stack([*columns, np.ones(len(pairs))]), model.score(levels)


def _held(pair: tuple[str, str]) -> bool:
    """Whether a pair is of the tenth kept for measuring: the same on every laptop."""
    return hashlib.sha256("|".join(pair).encode()).digest()[0] % _TENTH == 0


def _fit(parts: Floats, total: Floats, same: Flags) -> Floats:
    """Newton's method on the penalised likelihood, in natural units."""
    x, offset, y = parts * math.log(2), total * math.log(2), same.astype(np.float64)
    slope = np.zeros(x.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-(offset + x @ slope).clip(-40, 40)))
        gradient = x.T @ (y - chance) - _RIDGE * slope
        curve = (x * (chance * (1 - chance))[:, None]).T @ x + _RIDGE * np.eye(len(slope))
        step = np.linalg.solve(curve, gradient)
        slope = slope + step.clip(-0.5, 0.5)
        if float(np.abs(step).max()) < 1e-6:
            break
    result: Floats = slope
    return result


def _surprise(weight: Floats, same: Flags) -> float:
    """Mean bits of surprise at the verdicts."""
    signed = np.where(same, weight, -weight).clip(-60, 60)
    return float(np.mean(np.log2(1 + np.exp2(-signed))))
