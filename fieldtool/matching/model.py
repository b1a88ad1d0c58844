"""Fellegi-Sunter: what each level says in bits, from shipped m and u, u measured on the lists themselves.

m are the shipped priors of resources/priors/village.csv (guesses from the field, reference/linkage.md 7); u are
counted on random pairs of the file, so that a common level weighs little here. Names weigh by their frequency.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from fieldtool.matching.features import Features, Flags, Ints
from fieldtool.matching.levels import LEVELS, compare
from fieldtool.matching.numbering import Level
from fieldtool.records.fields import Field
from fieldtool.records.tables import table_text

Floats = npt.NDArray[np.float64]
_SAMPLE = 60_000
_TRUST = 200.0  # pairs that a shipped u counts for against those counted
_USUAL = 1 / 2000  # share of a usual name
_NAMES_HELD = 1_000  # documents that this counts for against those there are
_NAME_BITS = 4.0  # frequency moves a name's weight by at most this
_FAMILY = ("father", "mother", "spouse", "head", "place")
_BOUNDED = frozenset({*_FAMILY, "own"})  # what may not add its bits without more ado
_FAMILY_GAP = 2.0  # log2 of the members of a family
_LEAST_PAIRS = 2_000  # fewer candidates than this teach nothing
_HOLD = 0.3  # the shipped m count as this share of the pairs
_BOUND = 3.0  # bits that a refit may move a level
_ORDERED = ("sex", "n12", "n9", "own", "father", "mother", "spouse", "head", "place", "ethnicity")
_FIXED_U = ("n12", "n9")  # random pairs can never measure these


@dataclass(frozen=True, slots=True)
class Model:
    """Weights in bits: `bits[comparison][level]`; `prior` the log2 odds of a random pair of two lists."""

    bits: Mapping[str, Floats]
    prior: float
    common: float  # mean share of a name, the middle of the frequency correction
    _known: Mapping[str, Floats] = field(init=False, repr=False, compare=False)  # the bits, and 0 for a level of -1

    def __post_init__(self) -> None:
        known = {name: np.append(bits, 0.0) for name, bits in self.bits.items()}
        object.__setattr__(self, "_known", known)

    def to_text(self) -> str:
        """All of it as JSON; `model_from` reads it back to the last bit."""
        bits = {name: bits.tolist() for name, bits in self.bits.items()}
        return json.dumps({"bits": bits, "prior": self.prior, "common": self.common}, separators=(",", ":"))

    def digest(self) -> str:
        """What tells this model from any other: its weights in whole thousandths of a bit."""
        milli = {name: [round(1000 * bit) for bit in bits.tolist()] for name, bits in sorted(self.bits.items())}
        text = json.dumps([milli, round(1000 * self.prior)], separators=(",", ":"), sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def score(self, levels: Mapping[str, Level]) -> Floats:
        """Sum of the weights of each pair, prior included; what is not known adds nothing."""
        known = self._known
        # One family's members share parents, house and village: together these cannot say more than "this family".
        family = np.zeros(len(levels["name"]))
        for name in _FAMILY:
            family += known[name][levels[name]]
        weight: Floats = self.prior + np.minimum(family, -self.prior - _FAMILY_GAP)
        for name, level in levels.items():
            if name not in _BOUNDED:
                weight += known[name][level]
        # A number's own year and sex repeat the birth date of its paper: new only where no date is compared.
        own = known["own"][levels["own"]]
        weight += np.where(levels["dob"] < 0, own, np.clip(own, -2.0, 1.0))
        return weight


def model_from(text: str) -> Model:
    """Read back what `to_text` wrote."""
    said = json.loads(text)
    bits = {name: np.array(bits, dtype=np.float64) for name, bits in said["bits"].items()}
    return Model(bits, float(said["prior"]), float(said["common"]))


@lru_cache(maxsize=1)
def shipped() -> dict[str, tuple[tuple[float, ...], tuple[float, ...]]]:
    """Shipped m and u for each comparison, in the order of its levels."""
    table: dict[str, dict[str, tuple[float, float]]] = {}
    for row in csv.DictReader(io.StringIO(table_text("priors/village.csv"))):
        table.setdefault(row["comparison"], {})[row["level"]] = (float(row["m"]), float(row["u"]))
    return {
        name: (tuple(table[name][level][0] for level in names), tuple(table[name][level][1] for level in names))
        for name, names in LEVELS.items()
    }


def shipped_model(documents: int = 12_000) -> Model:
    """The model without any list, for explaining a single pair in a commune of so many persons."""
    bits = {name: falling(_bits(m, u)) if name in _ORDERED else _bits(m, u) for name, (m, u) in shipped().items()}
    return Model(bits, -math.log2(documents), _USUAL)


def fitted_model(f: Features, seed: int = 1) -> Model:
    """The model of a set of lists: shipped m, u counted on random pairs of different lists."""
    lists = np.bincount(f.list_id) if len(f) else np.zeros(1)
    rng = np.random.default_rng(seed)
    a, b = rng.integers(0, max(len(f), 1), _SAMPLE), rng.integers(0, max(len(f), 1), _SAMPLE)
    keep = f.list_id[a] != f.list_id[b] if len(f) else np.zeros(_SAMPLE, bool)
    a, b = a[keep], b[keep]
    if len(a) < 1000 or len(f) < 200:
        return shipped_model(max(200, int(lists.max(initial=0))))
    levels = compare(f, a, b, lambda done, total: None)
    bits = {}
    for name, (m, u) in shipped().items():
        known = levels[name][levels[name] >= 0]
        counted = np.bincount(known, minlength=len(u)) if name not in _FIXED_U else np.zeros(len(u))
        prior_u = np.array(u)
        # What is rarer than one pair in so many is held by as many pairs as should show it once: a sample that happens
        # to show none must not make it a thousand times rarer.
        trust = np.maximum(_TRUST, 1 / np.maximum(prior_u, 1e-7))
        measured = (counted + trust * prior_u) / (counted.sum() + trust)
        bits[name] = falling(_bits(m, tuple(measured))) if name in _ORDERED else _bits(m, tuple(measured))
    return Model(bits, -math.log2(max(float(lists.max()), 200.0)), _mean_share(f))


def refitted(model: Model, levels: Mapping[str, Level], truth: Floats) -> Model:
    """One step of EM from an unfitted model: m counted with each pair's probability, held near the shipped m.

    No level moves by more than 3 bits in all, and what agrees better never weighs less than what agrees worse. `truth`
    must already respect one-to-one (a rival's share is taken off), else the step drifts to "all are true". Fewer than
    2,000 pairs teach nothing: the model stays as it is.
    """
    if len(truth) < _LEAST_PAIRS:
        return model
    first = shipped()
    bits = dict(model.bits)
    for name, (m, _) in first.items():
        if name in _FIXED_U:
            continue
        level = levels[name]
        known = level >= 0
        prior_m = np.array(m) / sum(m)
        counts = np.bincount(level[known], weights=truth[known], minlength=len(m))
        hold = _HOLD * float(known.sum()) / 4 + 50
        change = np.log2(((counts + hold * prior_m) / (counts.sum() + hold)) / prior_m)
        moved = model.bits[name] + change.clip(-_BOUND, _BOUND)
        bits[name] = falling(moved) if name in _ORDERED else moved
    return Model(bits, model.prior, model.common)


def falling(bits: Floats) -> Floats:
    """The nearest weights that never rise from a better level to a worse one (neighbours at fault are averaged)."""
    groups: list[tuple[float, int]] = []
    for one in bits.tolist():
        groups.append((one, 1))
        while len(groups) > 1 and groups[-1][0] > groups[-2][0]:
            (low, few), (high, many) = groups.pop(), groups.pop()
            groups.append(((low * few + high * many) / (few + many), few + many))
    return np.array([mean for mean, count in groups for _ in range(count)])


def _bits(m: tuple[float, ...], u: tuple[float, ...]) -> Floats:
    return np.array([math.log2(max(one, 1e-6) / max(other, 1e-7)) for one, other in zip(m, u, strict=True)])


def name_shares(f: Features) -> Floats:
    """Share of each document's folded name among all documents, held near a usual one while documents are few."""
    keys = np.append(f.names.table().key, -1)[f.columns[Field.NAME]]
    _, inverse, counts = np.unique(keys, return_inverse=True, return_counts=True)
    shares: Floats = share(counts[inverse], len(f))
    return shares


def share(bearers: Ints, documents: int) -> Floats:
    """The share of a name that so many of so many documents bear."""
    shares: Floats = (bearers + _USUAL * _NAMES_HELD) / (documents + _NAMES_HELD)
    return shares


def _mean_share(f: Features) -> float:
    shares = name_shares(f)
    return float(np.exp(np.mean(np.log(shares)))) if len(shares) else _USUAL


def name_frequency(model: Model, shares: Floats, level: Level) -> Floats:
    """Bits that a name's rarity adds (or its commonness takes) where names agree; bounded by four.

    `shares` are those of each pair's first name.
    """
    bits = np.log2(model.common / shares).clip(-_NAME_BITS, _NAME_BITS)
    result: Floats = np.where(agreeing(level), bits, 0.0)
    return result


def agreeing(level: Level) -> Flags:
    """Where names agree so far that their rarity counts."""
    flags: Flags = (level >= 0) & (level <= 3)
    return flags
