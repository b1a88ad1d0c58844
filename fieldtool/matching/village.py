"""Match the documents of a home: block, compare, weigh, resolve; every document gets a person."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping, Sequence

import numpy as np

from fieldtool.matching.blocking import candidate_pairs
from fieldtool.matching.features import Features, Ints, read_documents
from fieldtool.matching.judge import Judgement, judge
from fieldtool.matching.levels import compare
from fieldtool.matching.model import Floats, Model, fitted_model, name_frequency, refitted
from fieldtool.matching.queue import doubts
from fieldtool.matching.reasons import reasons_of
from fieldtool.matching.resolve import BASES, Resolver, rivalled
from fieldtool.records.documents import Document
from fieldtool.records.fields import Field
from fieldtool.records.reasons import Reason
from fieldtool.records.verdicts import Band, Link, Matching, Review

_REFITS = 3
_CHUNK = 400_000  # pairs compared at once, to bound memory


def match_documents(
    documents: Sequence[Document],
    *,
    settled: Mapping[str, str],
    apart: Collection[tuple[str, str]] = (),
    same: Collection[tuple[str, str]] = (),
    progress: Callable[[int, int, str], None],
    full: bool = False,
) -> Matching:
    """Place every document with a person.

    `settled` are documents that already have one (they keep him), `apart` pairs that an officer said are two people,
    `same` pairs he said are one. A new person's id is the smallest document id of its cluster, so that two laptops
    that match the same lists agree. Nothing here is random but the sampling, whose seed is fixed.
    """
    started = time.perf_counter()
    papers = sorted(documents, key=lambda paper: paper.id)
    progress(0, len(papers), "block")
    f = read_documents(papers)
    model = fitted_model(f)
    a, b = candidate_pairs(f, lambda done, total: progress(done, total, "block"))
    levels, weight = _weigh(f, model, a, b, progress)
    rare = name_frequency(f, model, a, levels["name"])  # once: it depends on the lists alone
    for _ in range(_REFITS):
        model = refitted(model, levels, rivalled(a, b, weight, f))
        weight = model.score(levels) + rare
    keep = weight > -8.0  # what lies below can be neither linked nor a rival that matters
    a, b, weight, rare = a[keep], b[keep], weight[keep], rare[keep]
    levels = {name: level[keep] for name, level in levels.items()}
    progress(0, 0, "cluster")
    judged = judge(f, a, b, levels, weight)
    resolver = Resolver(f, settled, apart)
    rows = {id: row for row, id in enumerate(f.ids)}
    for left, right in same:
        if left in rows and right in rows and resolver.place[rows[left]] != resolver.place[rows[right]]:
            resolver.unite(rows[left], rows[right], 0.0)
    resolver.run(a, b, judged)
    doubtful = doubts(resolver, a, b, judged)
    reviews = tuple(
        _review(papers, model, levels, judged, a, b, float(rare[pair]), pair, rank) for pair, rank in doubtful
    )
    links = _links(f, resolver, settled)
    figures = {
        "documents": float(len(papers)),
        "pairs": float(len(keep)),
        "persons": float(len(resolver.clusters)),
        "linked": float(sum(len(home.members) for home in resolver.clusters.values() if len(home.members) > 1)),
        "reviews": float(len(reviews)),
        "seconds": round(time.perf_counter() - started, 3),
    }
    return Matching(links, reviews, figures)


def _weigh(
    f: Features, model: Model, a: Ints, b: Ints, progress: Callable[[int, int, str], None]
) -> tuple[dict[str, Ints], Floats]:
    parts: list[dict[str, Ints]] = []
    weights: list[Floats] = []
    for start in range(0, max(len(a), 1), _CHUNK):
        left, right = a[start : start + _CHUNK], b[start : start + _CHUNK]
        done = start
        levels = compare(f, left, right, lambda step, of, done=done: progress(done, len(a), "compare"))  # type: ignore[misc]
        parts.append(levels)
        weights.append(model.score(levels) + name_frequency(f, model, left, levels["name"]))
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}, np.concatenate(weights)


def _review(
    papers: Sequence[Document],
    model: Model,
    levels: dict[str, Ints],
    judged: Judgement,
    a: Ints,
    b: Ints,
    frequency: float,
    pair: int,
    rank: int,
) -> Review:
    left, right = papers[int(a[pair])], papers[int(b[pair])]
    look = judged.notes(pair)
    weight = float(judged.weight[pair])
    return Review(
        a=left.id,
        b=right.id,
        weight=round(weight, 3),
        probability=probability(weight),
        rank=rank,
        reasons=reasons_of(
            {name: int(level[pair]) for name, level in levels.items()},
            model,
            frequency,
            look,
            _texts(left),
            _texts(right),
        ),
    )


def _texts(paper: Document) -> dict[str, str]:
    return {str(field): paper.get(field) for field in (Field.NAME, Field.DOB, Field.SEX, Field.ETHNICITY)}


def probability(weight: float) -> float:
    """Probability from a posterior weight in bits."""
    return float(1.0 / (1.0 + 2.0 ** -max(min(weight, 60.0), -60.0)))


def _links(f: Features, resolver: Resolver, settled: Mapping[str, str]) -> tuple[Link, ...]:
    links = []
    for cluster in resolver.clusters.values():
        person = cluster.person or min(f.ids[row] for row in cluster.members)
        for row in cluster.members:
            if f.ids[row] in settled:
                band = Band.OFFICER
            else:
                band = Band.CERTAIN if len(cluster.members) > 1 else Band.ALONE
            groups = cluster.groups.get(row, 0)
            why = tuple(Reason(code, "", 0.0) for bit, code in BASES.items() if groups & bit)
            links.append(Link(f.ids[row], person, band, round(cluster.weight.get(row, 0.0), 3), why))
    return tuple(sorted(links, key=lambda link: link.document))
