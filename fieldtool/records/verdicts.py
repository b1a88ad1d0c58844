"""What the matcher says of two documents, and what it proposes for a whole village."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from fieldtool.records.reasons import Reason


class Band(StrEnum):
    """How sure a link is. Only CERTAIN links by itself."""

    CERTAIN = "certain"
    REVIEW = "review"
    OFFICER = "officer"  # an officer said so
    ALONE = "alone"  # the only document of its person


class Outcome(StrEnum):
    """Verdict on a pair, in the words of the public interface."""

    LINK = "link"
    REVIEW = "review"
    DISTINCT = "distinct"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Verdict on two documents. `weight` in bits; `probability` 0..1; reasons strongest first."""

    outcome: Outcome
    weight: float
    probability: float
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """A doubtful pair for a person to decide; `rank` is 1 for the best rival of document `a`, at most 5."""

    a: str
    b: str
    weight: float
    probability: float
    rank: int
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A document's place: `person` is an existing person id or, for a new one, the id of its founding document."""

    document: str
    person: str
    band: Band
    weight: float = 0.0
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Matching:
    """Outcome of a match run: a link for every document given, the review queue, the figures of the run, the digest
    of the model that weighed; that model itself, and how complete the lists were, as text, so that later papers can be
    placed by them."""

    links: tuple[Link, ...]
    reviews: tuple[Review, ...]
    figures: Mapping[str, float] = dataclasses.field(default_factory=dict)
    model: str = ""
    kept: str = ""
    complete: str = ""
