"""One paper against others, by the very levels and weights of a full run: what a page asks while somebody types.

With the model that the last run kept and the shares of names in the whole store, a pair's verdict is the run's own.
What one pair cannot know stays with the run: the assignment of rows to persons, kin already linked, an only bearer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from fieldtool.matching.comparable import Comparable
from fieldtool.matching.features import features_of, read_documents
from fieldtool.matching.judge import REVIEW_FLOOR, Judgement, judge
from fieldtool.matching.levels import compare
from fieldtool.matching.model import shipped_model
from fieldtool.matching.queue import probability
from fieldtool.matching.reasons import reasons_of
from fieldtool.matching.shares import Shares
from fieldtool.matching.weighing import Kept
from fieldtool.records.documents import Document
from fieldtool.records.verdicts import Outcome, Verdict

_OUTCOMES = (Outcome.LINK, Outcome.REVIEW, Outcome.DISTINCT)


class Found(NamedTuple):
    """A paper found for another: the outcome of the pair's own evidence, its weight in bits, and whether what only a
    whole run knows (kin already linked, an only bearer) could still link it."""

    paper: Comparable
    outcome: Outcome
    weight: float
    social: bool


def verdicts_near(paper: Comparable, others: Sequence[Comparable], shares: Shares, kept: Kept) -> list[Found]:
    """The verdict on a paper and each of the others, by the model kept."""
    if not others:
        return []
    papers = [paper, *others]
    f = features_of(papers)
    first = np.zeros(len(others), np.int64)
    second = np.arange(1, len(papers), dtype=np.int64)
    turned = np.array([other.id < paper.id for other in others], dtype=bool)  # as a full run: the smaller id first
    a, b = np.where(turned, second, first), np.where(turned, first, second)
    levels = compare(f, a, b, lambda done, total: None)
    weighed = kept.weigh(levels, shares.of(f, a, levels["name"]))
    judged = judge(f, a, b, levels, weighed.weight, weighed.least())
    social = (judged.bare | judged.related | judged.sole | judged.dated).tolist()
    return list(map(Found, others, outcomes(judged), weighed.weight.tolist(), social))


def outcomes(judged: Judgement) -> list[Outcome]:
    """What each pair's own evidence comes to."""
    doubtful = (judged.weight >= REVIEW_FLOOR) & ~(judged.barred & (judged.weight < 2))
    return [_OUTCOMES[place] for place in np.where(judged.certain, 0, np.where(doubtful, 1, 2)).tolist()]


def look_up(paper: Document, others: Sequence[Document]) -> list[Verdict]:
    """The verdict on a paper and each of the others, in their order, by the shipped model and without any store."""
    if not others:
        return []
    apart = replace(paper, list_id="")  # a paper that is being typed is in no list yet
    f = read_documents([apart, *others])
    right = np.arange(1, len(others) + 1, dtype=np.int64)
    left = np.zeros(len(others), dtype=np.int64)
    levels = compare(f, left, right, lambda done, total: None)
    model = shipped_model()
    weights = model.score(levels)
    judged = judge(f, left, right, levels, weights)
    given = {str(field): text for field, text in paper.raw.items()}
    found = []
    for place, (other, weight, outcome) in enumerate(zip(others, weights.tolist(), outcomes(judged), strict=True)):
        own = {str(field): text for field, text in other.raw.items()}
        at = {name: int(level[place]) for name, level in levels.items()}
        reasons = reasons_of(at, model, 0.0, judged.notes(place), given, own)
        found.append(Verdict(outcome, weight, probability(weight), reasons))
    return found
