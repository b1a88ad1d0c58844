"""The weights of a run, and how they weigh pairs: fitted on whole lists, or kept for the papers that come later."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from fieldtool.matching.blocking import KEYS
from fieldtool.matching.features import Features, Ints
from fieldtool.matching.learn import Learned
from fieldtool.matching.model import Floats, Model, fitted_model, model_from, name_frequency, refitted
from fieldtool.matching.numbering import Level
from fieldtool.matching.resolve import rivalled

_REFITS = 3


@dataclass(frozen=True, slots=True)
class Weighed:
    """Bits of each pair: its posterior weight, the same before the model learned, and what the name's rarity adds."""

    weight: Floats
    steady: Floats
    rare: Floats

    def least(self) -> Floats:
        """The weight that must pass the floor of the certain band; see judge."""
        lower: Floats = np.minimum(self.weight, self.steady)
        return lower

    def of(self, pairs: Ints) -> Weighed:
        """Those of some pairs alone."""
        return Weighed(self.weight[pairs], self.steady[pairs], self.rare[pairs])


@dataclass(frozen=True, slots=True)
class Kept:
    """The model of a run, and what it was before it learned.

    `learned` names what officers' verdicts had taught it, `keys` the edition of the blocking keys that found its pairs.
    """

    first: Model
    model: Model
    learned: str = ""
    keys: int = KEYS

    def weigh(self, levels: Mapping[str, Level], shares: Floats) -> Weighed:
        """Weigh pairs; `shares` are those of each pair's first name (model.name_shares)."""
        rare = name_frequency(self.first, shares, levels["name"])
        return Weighed(self.model.score(levels) + rare, self.first.score(levels) + rare, rare)

    def to_text(self) -> str:
        """All of it as JSON; `kept_from` reads it back to the last bit."""
        return json.dumps([self.first.to_text(), self.model.to_text(), self.learned, self.keys], separators=(",", ":"))


@lru_cache(maxsize=2)
def kept_from(text: str) -> Kept:
    """Read back what `to_text` wrote."""
    first, model, learned, *keys = json.loads(text)
    return Kept(model_from(first), model_from(model), learned, *(keys or (1,)))


def fit(
    f: Features, a: Ints, b: Ints, levels: Mapping[str, Level], shares: Floats, learned: Learned | None
) -> tuple[Kept, Weighed]:
    """Fit the model to whole lists and weigh their pairs; `shares` as for `Kept.weigh`."""
    first = fitted_model(f)
    kept = Kept(first, first)
    weighed = kept.weigh(levels, shares)
    for _ in range(_REFITS):
        kept = Kept(first, refitted(first, levels, rivalled(a, b, weighed.weight, f)))
        weighed = _anew(kept, levels, weighed)
    if learned:
        kept = Kept(first, learned.taught(kept.model, first), learned.digest())
        weighed = _anew(kept, levels, weighed)
    return kept, weighed


def _anew(kept: Kept, levels: Mapping[str, Level], before: Weighed) -> Weighed:
    """The pairs under another model; rarity and the first weights stay as they are."""
    return Weighed(kept.model.score(levels) + before.rare, before.steady, before.rare)
