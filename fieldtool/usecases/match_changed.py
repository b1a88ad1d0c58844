"""Match what is new or changed since the last run against the index, without reading the other papers.

It reads what a run over the whole home would use for these papers and no more: their candidates, the candidates of
their likely partners (the rivals), the other papers of all persons concerned, and the villages where kin or registers
could speak for a pair. The links are those of a whole run by the same model.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from fieldtool.matching.blocking import KEYS
from fieldtool.matching.comparable import Comparable, comparable, from_texts
from fieldtool.matching.completeness import completeness_from
from fieldtool.matching.features import with_relatives
from fieldtool.matching.judge import REVIEW_FLOOR
from fieldtool.matching.lookup import Found
from fieldtool.matching.paper_keys import keys_of_papers
from fieldtool.matching.shares import Shares
from fieldtool.matching.village import Said, match_near
from fieldtool.matching.weighing import kept_from
from fieldtool.ports import Home, Progress
from fieldtool.ports.paper_index import Entry, PaperIndex
from fieldtool.records.documents import Document
from fieldtool.records.verdicts import Matching
from fieldtool.usecases.learn_weights import learned_here
from fieldtool.usecases.near_papers import find_near

_FEW = 200  # new or changed papers; more than these and than a twentieth of the home are matched by a whole run
_SHARE = 20


@dataclass(frozen=True, slots=True)
class NearRun:
    """What a run over the changed papers found: `compared` are these; `standing` and `villages` hold those of them
    that have no person and may be given one."""

    matching: Matching
    compared: Collection[str]
    standing: Mapping[str, str]
    villages: Mapping[str, str]


def match_changed(home: Home, progress: Progress) -> NearRun | None:
    """Match the changed papers alone, or None where a whole run is needed: none before, other blocking
    keys or weights since, too many changed, or an officer's "same" that is still to be carried out."""
    index, state, learned = home.people.index, home.people.index.state(), learned_here(home)
    if not state.model:
        return None
    kept = kept_from(state.model)
    if kept.keys != KEYS or kept.learned != (learned.digest() if learned else ""):
        return None
    changed = index.changed()
    verdicts = home.people.pair_verdicts()
    if len(changed) > max(_FEW, state.papers // _SHARE) or _still_apart(index, verdicts):
        return None
    papers = take_in(home, changed)
    surroundings = _Surroundings(index)
    for done, paper in enumerate(papers.values()):
        progress(done, len(papers), "compare")
        surroundings.add(paper)
    surroundings.complete()
    kept, state = kept_from(state.model), index.state()
    matching = match_near(
        sorted(surroundings.papers.values()),
        surroundings.pairs,
        Shares(index.count, state.papers),
        lambda id: _document(home, id),
        Said(surroundings.persons, apart=[pair for pair, verdict in verdicts.items() if verdict == "apart"]),
        kept,
        completeness_from(index.complete()),
        progress,
    )
    reviews = tuple(review for review in matching.reviews if review.a in papers or review.b in papers)
    new = {id: paper.village for id, paper in papers.items() if id not in surroundings.persons}
    return NearRun(replace(matching, reviews=reviews), set(papers), dict.fromkeys(new, ""), new)


def take_in(home: Home, changed: Collection[str]) -> dict[str, Comparable]:
    """Bring the index up to date with changed papers and the lines of their books; the changed ones that live."""
    index, arrival = home.people.index, home.people.index.last_arrival()
    held = dict(index.contents(changed))
    living = [document for id in sorted(changed) if (document := home.people.document(id)) is not None]
    fresh = [comparable(document) for document in living]
    before = from_texts(list(held.values()))
    books = {keys.book for keys in keys_of_papers([*fresh, *before])} - {-1} if fresh or before else set()
    mates = {paper.id for paper in from_texts(index.under(sorted(books)))} - set(changed)
    beside = [document for id in sorted(mates) if (document := home.people.document(id)) is not None]
    whole = with_relatives([*fresh, *(comparable(document) for document in beside)])
    held |= index.contents(mates)
    kept = [paper for paper in whole if held.get(paper.id) != paper.to_text()]
    same = {paper.id for paper in whole} - {paper.id for paper in kept}
    old = from_texts([text for id, text in held.items() if id not in same])
    index.put(_entries(kept), _entries(old), arrival)
    return {paper.id: paper for paper in whole[: len(fresh)]}


def _entries(papers: list[Comparable]) -> list[Entry]:
    if not papers:
        return []
    keyed = zip(papers, keys_of_papers(papers), strict=True)
    return [Entry(paper.id, paper.to_text(), tuple(keys.all())) for paper, keys in keyed]


def _still_apart(index: PaperIndex, verdicts: Mapping[tuple[str, str], str]) -> bool:
    same = [pair for pair, verdict in verdicts.items() if verdict == "same"]
    persons = index.persons(id for pair in same for id in pair)
    return any(one in persons and other in persons and persons[one] != persons[other] for one, other in same)


def _document(home: Home, id: str) -> Document:
    found = home.people.document(id)
    if found is None:
        raise KeyError(id)
    return found


class _Surroundings:
    """The papers and pairs that a whole run would look at to place some papers."""

    def __init__(self, index: PaperIndex) -> None:
        self._index = index
        self._asked: set[str] = set()
        self._likely: dict[str, Comparable] = {}
        self._villages: set[str] = set()
        self.papers: dict[str, Comparable] = {}
        self.pairs: set[tuple[str, str]] = set()
        self.persons: dict[str, str] = {}

    def add(self, paper: Comparable) -> None:
        """A paper to be placed: its candidates, of which the likely ones are remembered."""
        for found in self._pair(paper):
            if found.weight > REVIEW_FLOOR:
                self._likely[found.paper.id] = found.paper
                if found.social:
                    self._villages |= {paper.village, found.paper.village} - {""}

    def complete(self) -> None:
        """The rivals, the villages where a run knows more than a pair, and the other papers of all persons."""
        for paper in self._likely.values():
            if paper.id not in self._asked:
                self._pair(paper)
        keys = keys_of_papers([_somewhere(village) for village in sorted(self._villages)]) if self._villages else []
        self._keep(self._index.under(key.village for key in keys))
        self.persons = dict(self._index.persons(self.papers))
        self._keep(self._index.of_persons(set(self.persons.values())))
        self.persons |= self._index.persons(self.papers)

    def _pair(self, paper: Comparable) -> list[Found]:
        self._asked.add(paper.id)
        self.papers[paper.id] = paper
        found = find_near(self._index, paper)
        for one in found:
            self.papers.setdefault(one.paper.id, one.paper)
            self.pairs.add((min(paper.id, one.paper.id), max(paper.id, one.paper.id)))
        return found

    def _keep(self, contents: Sequence[str]) -> None:
        for paper in from_texts(contents):
            self.papers.setdefault(paper.id, paper)


def _somewhere(village: str) -> Comparable:
    """A paper of which nothing is known but its village."""
    return Comparable("", 0, "", "", "", "", "", "", 0, 0, 0, -1, -1, -1, 0, -1, village, "", "", "")
