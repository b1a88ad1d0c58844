"""Match: place every document with a person; only what is certain links by itself, the rest goes to review."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass

from fieldtool.matching.parts import Engine
from fieldtool.matching.village import match_documents
from fieldtool.ports import Home, Progress, no_progress
from fieldtool.records.documents import Document
from fieldtool.records.events import LINK, Draft, RecordKind
from fieldtool.records.roles import Power
from fieldtool.records.verdicts import Band, Link, Matching
from fieldtool.usecases.authority import require_one
from fieldtool.usecases.learn_weights import learned_here


@dataclass(frozen=True, slots=True)
class MatchOutcome:
    """What a match run did. `linked` counts documents that share a person with another one; times in seconds.

    `model` is the digest of the weights it used; every link carries it too.
    """

    documents: int
    persons: int
    linked: int
    reviews: int
    changed: int
    seconds: float
    figures: dict[str, float]
    model: str


def match_village(
    home: Home, *, full: bool = False, engine: Engine | None = None, progress: Progress = no_progress
) -> MatchOutcome:
    """Match all documents of the home.

    Incremental by default: documents that already have a person keep him, new ones join or found one. `full`
    forgets automatic links (never an officer's) and matches anew; existing persons keep their ids where they can.
    `engine` scores the pairs (this machine when None); which one it is changes no verdict. NOT_ALLOWED.
    """
    require_one(home, Power.ENTER, Power.DECIDE)
    started = time.perf_counter()
    progress(0, 0, "read")
    documents = list(home.people.documents())
    standing = dict(home.people.links())
    settled = {document: person for document, (person, band) in standing.items() if not full or band == Band.OFFICER}
    said = home.people.pair_verdicts()
    matching = match_documents(
        documents,
        settled=settled,
        apart=[pair for pair, verdict in said.items() if verdict == "apart"],
        same=[pair for pair, verdict in said.items() if verdict == "same"],
        progress=progress,
        full=full,
        learned=learned_here(home),
        engine=engine,
    )
    changed = [link for link in matching.links if standing.get(link.document, ("", ""))[0] != link.person]
    papers = {paper.id: paper for paper in documents}
    home.log.append(_drafts(home, matching.model, changed, papers, standing, progress), progress)
    home.people.replace_reviews(matching.reviews)
    return _outcome(matching, len(documents), len(changed), time.perf_counter() - started)


def _drafts(
    home: Home,
    model: str,
    links: list[Link],
    papers: dict[str, Document],
    standing: dict[str, tuple[str, str]],
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
            basis=json.dumps(basis, separators=(",", ":"), sort_keys=True),
            village=papers[link.document].village,
            old=before[0].value if before else "",
        )


def _outcome(matching: Matching, documents: int, changed: int, seconds: float) -> MatchOutcome:
    sizes: dict[str, int] = {}
    for link in matching.links:
        sizes[link.person] = sizes.get(link.person, 0) + 1
    return MatchOutcome(
        documents=documents,
        persons=len(sizes),
        linked=sum(size for size in sizes.values() if size > 1),
        reviews=len(matching.reviews),
        changed=changed,
        seconds=round(seconds, 3),
        figures=dict(matching.figures),
        model=matching.model,
    )
