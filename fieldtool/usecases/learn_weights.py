"""Weights learned from officers' verdicts: show those in use, propose others, accept them by digest, withdraw them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from fieldtool.matching.learn import LEAST, LEAST_EACH, Learned, learn, learned_of
from fieldtool.matching.levels import LEVELS
from fieldtool.matching.model import Model, shipped_model
from fieldtool.ports import Home
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.events import CONTENT, Draft, Event, RecordKind
from fieldtool.records.roles import Power
from fieldtool.usecases.authority import require

_RECORD = "village"


@dataclass(frozen=True, slots=True)
class ModelView:
    """The model in use. `learned` is None for the shipped one; `divided` when laptops accepted different ones and
    neither counts until one is accepted again. `bits` are the weights by comparison and level."""

    digest: str
    learned: Learned | None
    divided: bool
    same: int
    apart: int
    needed: int
    needed_each: int
    bits: Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the verdicts teach. `digest` names it for `accept`; `before` and `after` hold the weights by level."""

    digest: str
    learned: Learned
    before: Mapping[str, Mapping[str, float]]
    after: Mapping[str, Mapping[str, float]]


def learned_here(home: Home) -> Learned | None:
    """What this home's officers accepted, if one thing stands."""
    standing = _standing(home)
    return learned_of(standing[0].value) if len(standing) == 1 else None


def show_model(home: Home) -> ModelView:
    """The model in use and how many verdicts there are to learn from."""
    learned, model = learned_here(home), shipped_model()
    if learned:
        model = learned.taught(model, model)
    says = list(home.people.pair_verdicts().values())
    return ModelView(
        digest=model.digest(),
        learned=learned,
        divided=len(_standing(home)) > 1,
        same=says.count("same"),
        apart=says.count("apart"),
        needed=LEAST,
        needed_each=LEAST_EACH,
        bits=_bits(model),
    )


def propose_model(home: Home) -> Proposal:
    """Learn from all verdicts. VERDICTS_TOO_FEW while they are too few or nearly all of one kind."""
    verdicts = home.people.pair_verdicts()
    asked = {id for pair in verdicts for id in pair}
    papers = {paper.id: paper for paper in home.people.documents() if paper.id in asked}
    learned = learn(papers, verdicts)
    if learned is None:
        values = {"have": len(verdicts), "needed": LEAST, "each": LEAST_EACH}
        raise FieldtoolError(ErrorCode.VERDICTS_TOO_FEW, values=values)
    first = shipped_model()
    return Proposal(learned.digest(), learned, _bits(first), _bits(learned.taught(first, first)))


def accept_model(home: Home, digest: str) -> str:
    """Use what `propose_model` showed under this digest; returns the event's id. NOT_ALLOWED,
    STALE_DECISION when the verdicts teach something else by now, MODEL_NO_BETTER when it does worse on the verdicts
    kept for measuring.
    """
    require(home, Power.TABLES)
    proposal = propose_model(home)
    if proposal.digest != digest:
        raise FieldtoolError(ErrorCode.STALE_DECISION, values={"field": "model"})
    learned = proposal.learned
    if learned.after >= learned.before:
        values = {"before": f"{learned.before:.3f}", "after": f"{learned.after:.3f}"}
        raise FieldtoolError(ErrorCode.MODEL_NO_BETTER, values=values)
    return _put(home, learned.to_text(), {"digest": digest, "verdicts": learned.verdicts})


def withdraw_model(home: Home) -> str:
    """Go back to the shipped weights; NOT_ALLOWED, or NOTHING_TO_UNDO when they are in use."""
    require(home, Power.TABLES)
    if not _standing(home):
        raise FieldtoolError(ErrorCode.NOTHING_TO_UNDO)
    return _put(home, "", {"digest": ""})


def _put(home: Home, text: str, basis: Mapping[str, object]) -> str:
    standing = _standing(home)
    draft = Draft(
        kind=RecordKind.MODEL,
        record=_RECORD,
        field=CONTENT,
        value=text,
        supersedes=tuple(event.id for event in standing),
        basis=json.dumps(basis, separators=(",", ":"), sort_keys=True),
        old=standing[0].value if standing else "",
    )
    return home.log.append([draft])[0]


def _standing(home: Home) -> list[Event]:
    return [event for event in home.log.register(RecordKind.MODEL, _RECORD, CONTENT) if event.value]


def _bits(model: Model) -> dict[str, dict[str, float]]:
    return {
        name: dict(zip(levels, [round(bit, 3) for bit in model.bits[name].tolist()], strict=True))
        for name, levels in LEVELS.items()
    }
