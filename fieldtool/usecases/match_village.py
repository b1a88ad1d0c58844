"""Match: place every document with a person; only what is certain links by itself, the rest goes to review."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from fieldtool.matching.comparable import Comparable, comparable
from fieldtool.matching.features import Features, features_of, with_relatives
from fieldtool.matching.paper_keys import KINDS, Line, shelved, sorted_keys
from fieldtool.matching.parts import Engine
from fieldtool.matching.village import Said, match_papers
from fieldtool.ports import Home, Progress, no_progress
from fieldtool.ports.paper_index import IndexState
from fieldtool.records.documents import Document
from fieldtool.records.events import LINK, Draft, RecordKind
from fieldtool.records.roles import Power
from fieldtool.records.verdicts import Band, Link, Matching
from fieldtool.usecases.authority import require_one
from fieldtool.usecases.learn_weights import learned_here
from fieldtool.usecases.match_changed import match_changed

# Made once: json.dumps builds a new encoder at each call that names options.
_compact = json.JSONEncoder(separators=(",", ":"), sort_keys=True).encode


@dataclass(frozen=True, slots=True)
class MatchOutcome:
    """What a match run did. `linked` counts documents that share a person with another one; times in seconds.

    `model` is the digest of the weights it used; every link carries it too. `compared` counts the documents that were
    compared with the others: all, or those that were new or changed.
    """

    documents: int
    persons: int
    linked: int
    reviews: int
    changed: int
    compared: int
    seconds: float
    figures: Mapping[str, float]
    model: str


def match_village(
    home: Home, *, full: bool = False, engine: Engine | None = None, progress: Progress = no_progress
) -> MatchOutcome:
    """Match the documents of the home.

    Incremental by default: documents that already have a person keep him, new ones join or found one. Where an
    earlier run left an index and few papers are new, these alone are compared, by the model of that run. `full`
    forgets automatic links (never an officer's) and matches anew; a person of whom an officer said anything stays.
    `engine` scores the pairs (this machine when None); which one it is changes no verdict. NOT_ALLOWED.
    """
    require_one(home, Power.ENTER, Power.DECIDE)
    started = time.perf_counter()
    progress(0, 0, "read")
    if not full and engine is None:
        near = match_changed(home, progress)
        if near is not None:
            asked = partial(home.people.replace_reviews, near.matching.reviews, of=near.compared)
            changed = _record(home, near.matching, near.standing, near.villages, progress, asked)
            return _outcome(home, near.matching, len(near.compared), changed, started)
    return _match_all(home, full, engine, progress, started)


def _match_all(home: Home, full: bool, engine: Engine | None, progress: Progress, started: float) -> MatchOutcome:
    standing = dict(home.people.links())
    with home.log.soon(home.people.counts("documents")["documents"] - len(standing)) as foresee:
        papers = with_relatives([comparable(paper) for paper in home.people.documents()])
        columns = features_of(papers)  # once: the index asks for the same keys as the pairs
        placed = {document: person for document, (person, _) in standing.items()}
        settled = {id: person for id, (person, band) in standing.items() if not full or band == Band.OFFICER}
        settled |= _anchors(home, placed)
        verdicts = home.people.pair_verdicts()
        matching = match_papers(
            papers,
            lambda id: _paper(home, id),
            Said(
                settled,
                apart=[pair for pair, verdict in verdicts.items() if verdict == "apart"],
                same=[pair for pair, verdict in verdicts.items() if verdict == "same"],
            ),
            progress=progress,
            learned=learned_here(home),
            engine=engine,
            columns=columns,
        )
        foresee({link.document: link.person for link in matching.links})
        villages = {paper.id: paper.village for paper in papers}
        kept = partial(_keep, home, papers, columns, matching, progress)
        changed = _record(home, matching, placed, villages, progress, kept)
    return _outcome(home, matching, len(papers), changed, started)


def _keep(home: Home, papers: Sequence[Comparable], columns: Features, matching: Matching, progress: Progress) -> None:
    """Keep the queue of the run, and all papers under their keys for those that come later."""
    home.people.replace_reviews(matching.reviews)
    progress(0, 0, "index")
    order = shelved(papers)
    index = home.people.index
    state = IndexState(len(papers), index.last_arrival(), matching.kept)
    contents = ((papers[place].id, papers[place].to_text()) for place in order)
    index.make_anew(contents, _told(sorted_keys(papers, order, columns), progress), state, matching.complete)


def _told(keys: Iterator[list[Line]], progress: Progress) -> Iterator[list[Line]]:
    for done, batch in enumerate(keys):
        progress(done, KINDS, "index")
        yield batch


def _anchors(home: Home, standing: Mapping[str, str]) -> dict[str, str]:
    """One paper of each person of whom an officer said anything: it keeps him, so that he keeps what was said."""
    spoken_of = {event.record for event in home.log.events(RecordKind.PERSON)}
    spoken_of |= {case.person for case in home.work.cases(closed=True)}
    found: dict[str, str] = {}
    for document, person in sorted(standing.items()):
        if person in spoken_of and (person not in found or document == person):  # his founding paper, where he has it
            found[person] = document
    return {document: person for person, document in found.items()}


def _paper(home: Home, id: str) -> Document:
    found = home.people.document(id)
    if found is None:
        raise KeyError(id)
    return found


def _record(
    home: Home,
    matching: Matching,
    standing: Mapping[str, str],
    villages: Mapping[str, str],
    progress: Progress,
    beside: Callable[[], None],
) -> int:
    """Append the links of the run that are not as they stood; how many. Papers without a village entry are not its.
    `beside` writes what else the run found, in the same transaction."""
    changed = [
        link for link in matching.links if link.document in villages and standing.get(link.document) != link.person
    ]
    home.log.append(_drafts(home, matching.model, changed, villages, standing, progress), progress, beside)
    return len(changed)


def _drafts(
    home: Home,
    model: str,
    links: list[Link],
    villages: Mapping[str, str],
    standing: Mapping[str, str],
    progress: Progress,
) -> Iterator[Draft]:
    for done, link in enumerate(links):
        if done % 512 == 0:
            progress(done, len(links), "link")
        before = home.log.register(RecordKind.DOCUMENT, link.document, LINK) if link.document in standing else []
        basis = {
            "band": link.band,
            "model": model,
            "reasons": [[reason.code, reason.field, round(reason.weight, 2)] for reason in link.reasons[:6]],
            "weight": round(link.weight, 2),
        }
        yield Draft(
            kind=RecordKind.DOCUMENT,
            record=link.document,
            field=LINK,
            value=link.person,
            supersedes=tuple(event.id for event in before),
            basis=_compact(basis),
            village=villages[link.document],
            old=before[0].value if before else "",
        )


def _outcome(home: Home, matching: Matching, compared: int, changed: int, started: float) -> MatchOutcome:
    totals = home.people.index.totals()
    return MatchOutcome(
        documents=totals.documents,
        persons=totals.persons,
        linked=totals.linked,
        reviews=totals.reviews,
        changed=changed,
        compared=compared,
        seconds=round(time.perf_counter() - started, 3),
        figures=dict(matching.figures),
        model=matching.model,
    )
