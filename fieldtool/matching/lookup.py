"""One paper against a few others, by the very levels and weights of a full run: what a page asks while somebody types.

The frequencies of names in the village are left out, since a handful of papers does not show them; officers' verdicts
and the assignment of rows to persons, which need the whole store, too. A full run may therefore link what is only
likely here; what is certain here is certain there, unless an officer or another paper speaks against it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from fieldtool.matching.features import read_documents
from fieldtool.matching.judge import REVIEW_FLOOR, judge
from fieldtool.matching.levels import compare
from fieldtool.matching.model import shipped_model
from fieldtool.matching.reasons import reasons_of
from fieldtool.matching.village import probability
from fieldtool.records.documents import Document
from fieldtool.records.verdicts import Outcome, Verdict


def look_up(paper: Document, others: Sequence[Document]) -> list[Verdict]:
    """The verdict on the paper and each of the others, in their order."""
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
    for place, (other, weight) in enumerate(zip(others, weights.tolist(), strict=True)):
        if judged.certain[place]:
            outcome = Outcome.LINK
        elif weight >= REVIEW_FLOOR and not (judged.barred[place] and weight < 2):
            outcome = Outcome.REVIEW
        else:
            outcome = Outcome.DISTINCT
        own = {str(field): text for field, text in other.raw.items()}
        at = {name: int(level[place]) for name, level in levels.items()}
        reasons = reasons_of(at, model, 0.0, judged.notes(place), given, own)
        found.append(Verdict(outcome, weight, probability(weight), reasons))
    return found
