"""Match the documents of a home: block, compare, weigh, resolve; every document gets a person."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from fieldtool.matching.blocking import candidate_pairs
from fieldtool.matching.collector import seldom_searched
from fieldtool.matching.comparable import Comparable, comparable
from fieldtool.matching.completeness import Completeness, completeness_of
from fieldtool.matching.features import Features, Ints, features_of, with_relatives
from fieldtool.matching.judge import Judgement, judge
from fieldtool.matching.learn import Learned
from fieldtool.matching.levels import compare
from fieldtool.matching.model import name_shares
from fieldtool.matching.numbering import Level
from fieldtool.matching.parts import Engine, all_levels, fitting_engine
from fieldtool.matching.queue import Doubt, doubts
from fieldtool.matching.reasons import reasons_of
from fieldtool.matching.resolve import BASES, Resolver
from fieldtool.matching.shares import Shares
from fieldtool.matching.weighing import Kept, Weighed, fit
from fieldtool.records.documents import Document
from fieldtool.records.fields import Field
from fieldtool.records.reasons import Reason
from fieldtool.records.verdicts import Band, Link, Matching, Review

_LEAST = -8.0  # bits; what lies below can be neither linked nor a rival that matters
Step = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Said:
    """What stands before a run: documents that have a person, and pairs that officers judged."""

    settled: Mapping[str, str]
    apart: Collection[tuple[str, str]] = ()
    same: Collection[tuple[str, str]] = ()


def match_documents(
    documents: Sequence[Document],
    *,
    settled: Mapping[str, str],
    apart: Collection[tuple[str, str]] = (),
    same: Collection[tuple[str, str]] = (),
    progress: Step,
    learned: Learned | None = None,
    engine: Engine | None = None,
) -> Matching:
    """Place every document with a person; see match_papers."""
    papers = {paper.id: paper for paper in documents}
    said = Said(settled, apart, same)
    with seldom_searched():
        heap = with_relatives([comparable(papers[id]) for id in sorted(papers)])
        return match_papers(heap, papers.__getitem__, said, progress=progress, learned=learned, engine=engine)


def match_papers(
    papers: Sequence[Comparable],
    read: Callable[[str], Document],
    said: Said,
    *,
    progress: Step,
    learned: Learned | None = None,
    kept: Kept | None = None,
    complete: Completeness | None = None,
    engine: Engine | None = None,
    columns: Features | None = None,
) -> Matching:
    """Place every paper with a person.

    `papers` in the order of their ids, with their relatives (features.with_relatives), `columns` the same as columns
    where the caller has them; `read` gives a paper as written, for the reasons of the few doubtful pairs.
    `said.settled` are papers that already have a person (they keep him), `learned` what officers accepted of what
    their verdicts teach; `kept` weighs by the model of an earlier run instead of fitting one, `complete` is what that
    run knew of the lists. A new person's id is the smallest id of its papers, so that two laptops that match the same
    lists agree. Nothing here is random but the sampling, whose seed is fixed.
    """
    progress(0, len(papers), "block")
    with seldom_searched():
        # What was needed of all pairs goes before persons are made of the few that matter.
        f = columns or features_of(papers)
        return _weighed(f, read, progress, learned, kept, complete, engine).place(said, progress)


def _weighed(
    f: Features,
    read: Callable[[str], Document],
    progress: Step,
    learned: Learned | None,
    kept: Kept | None,
    complete: Completeness | None,
    engine: Engine | None,
) -> _Run:
    """All candidate pairs, compared and weighed."""
    a, b = candidate_pairs(f, lambda done, total: progress(done, total, "block"))
    levels = all_levels(f, a, b, engine or fitting_engine(len(a)), progress)
    shares = name_shares(f)[a]
    if kept is None:
        kept, weighed = fit(f, a, b, levels, shares, learned)
    else:
        weighed = kept.weigh(levels, shares)
    complete = complete or completeness_of(f, a, b, weighed.weight)
    return _Run(f, a, b, levels, kept, weighed, complete, read)


def match_near(
    papers: Sequence[Comparable],
    pairs: Collection[tuple[str, str]],
    shares: Shares,
    read: Callable[[str], Document],
    said: Said,
    kept: Kept,
    complete: Completeness,
    progress: Step,
) -> Matching:
    """Place the papers that have no person yet, as a run over the whole home would by the model kept.

    `pairs` are all candidate pairs of the unplaced papers and of their likely partners; `papers` hold these, the
    papers of the persons concerned, and what shows their families and registers.
    """
    f = features_of(papers)
    rows = {id: row for row, id in enumerate(f.ids)}
    ordered = sorted({(min(rows[one], rows[other]), max(rows[one], rows[other])) for one, other in pairs})
    table = np.array(ordered, dtype=np.int64).reshape(len(ordered), 2)
    a, b = table[:, 0], table[:, 1]
    levels = compare(f, a, b, lambda done, total: progress(done, total, "compare"))
    weighed = kept.weigh(levels, shares.of(f, a, levels["name"]))
    return _Run(f, a, b, levels, kept, weighed, complete, read).place(said, progress)


class _Run:
    """The pairs of one run, weighed; what lies too low to matter is dropped."""

    def __init__(
        self,
        f: Features,
        a: Ints,
        b: Ints,
        levels: Mapping[str, Level],
        kept: Kept,
        weighed: Weighed,
        complete: Completeness,
        read: Callable[[str], Document],
    ) -> None:
        keep = np.flatnonzero(weighed.weight > _LEAST)
        self._f, self._kept, self._complete, self._read = f, kept, complete, read
        self._pairs = len(a)
        self._a, self._b, self._weighed = a[keep], b[keep], weighed.of(keep)
        self._levels = {name: level[keep] for name, level in levels.items()}

    def place(self, said: Said, progress: Step) -> Matching:
        """Judge the pairs, unite what is certain, ask about what is doubtful."""
        progress(0, 0, "cluster")
        f, a, b = self._f, self._a, self._b
        judged = judge(f, a, b, self._levels, self._weighed.weight, self._weighed.least())
        f.names.forget()
        resolver = Resolver(f, said.settled, said.apart)
        rows = {id: row for row, id in enumerate(f.ids)}
        known = ((rows[left], rows[right]) for left, right in said.same if left in rows and right in rows)
        refused = resolver.must_link(known)
        resolver.run(a, b, judged, self._complete)
        reviews = self._reviews(judged, doubts(resolver, a, b, judged))
        figures = {
            "documents": float(len(f)),
            "pairs": float(self._pairs),
            "persons": float(len(resolver.clusters)),
            "linked": float(sum(len(home.members) for home in resolver.clusters.values() if len(home.members) > 1)),
            "reviews": float(len(reviews)),
            "refused_same": float(refused),
        }
        links = _links(f, resolver, said.settled)
        return Matching(
            links, reviews, figures, self._kept.model.digest(), self._kept.to_text(), self._complete.to_text()
        )

    def _reviews(self, judged: Judgement, asked: Sequence[Doubt]) -> tuple[Review, ...]:
        """The doubtful pairs in words."""
        pairs = np.array([doubt.pair for doubt in asked], dtype=np.int64)
        levels = {name: level[pairs].tolist() for name, level in self._levels.items()}
        told = zip(
            self._a[pairs].tolist(),
            self._b[pairs].tolist(),
            judged.weight[pairs].tolist(),
            self._weighed.rare[pairs].tolist(),
            strict=True,
        )
        ids, texts = self._f.ids, {}
        reviews = []
        for place, (doubt, (left, right, weight, rare)) in enumerate(zip(asked, told, strict=True)):
            for row in (left, right):
                if row not in texts:
                    texts[row] = _texts(self._read(ids[row]))
            own = {name: column[place] for name, column in levels.items()}
            notes = judged.notes(doubt.pair)
            reasons = reasons_of(own, self._kept.model, rare, notes, texts[left], texts[right])
            reviews.append(Review(ids[left], ids[right], round(weight, 3), doubt.chance, doubt.rank, reasons))
        return tuple(reviews)


def _texts(paper: Document) -> dict[str, str]:
    return {str(field): paper.get(field) for field in (Field.NAME, Field.DOB, Field.SEX, Field.ETHNICITY)}


def _links(f: Features, resolver: Resolver, settled: Mapping[str, str]) -> tuple[Link, ...]:
    links = []
    seen = set(resolver.groups.values())
    why = {groups: _why(groups) for groups in {0, *seen}}
    for cluster in resolver.clusters.values():
        person = cluster.person or min(f.ids[row] for row in cluster.members)
        for row in cluster.members:
            if f.ids[row] in settled:
                band = Band.OFFICER
            else:
                band = Band.CERTAIN if len(cluster.members) > 1 else Band.ALONE
            reasons = why[resolver.groups.get(row, 0)]
            links.append(Link(f.ids[row], person, band, round(resolver.weight.get(row, 0.0), 3), reasons))
    return tuple(sorted(links, key=lambda link: link.document))


def _why(groups: int) -> tuple[Reason, ...]:
    return tuple(Reason(code, "", 0.0) for bit, code in BASES.items() if groups & bit)
