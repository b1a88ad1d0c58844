"""Say of a doubt what is no settlement: parked, needs a paper, ask at the visit, right as it stands; and reopen it.

What was said holds until its evidence changes (or its day comes), travels in bundles, and can be undone like any act.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence

from fieldtool.ports import Home
from fieldtool.records.doubts import Standing, evidence
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.events import STANDING, Draft, RecordKind
from fieldtool.records.persons import Doubt
from fieldtool.records.roles import Power
from fieldtool.usecases.acts import own_words
from fieldtool.usecases.authority import require

PAPERS = ("birth", "id", "household", "marriage", "death", "school", "insurance", "land", "witness", "other")


def put_aside(
    home: Home, ids: Sequence[str], standing: Standing, *, until: str = "", note: str = "", paper: str = ""
) -> tuple[str, ...]:
    """Say how some doubts stand, with the officer's own words (`note`); returns the event ids.

    NOT_FOUND for a doubt that is gone, BAD_VALUE for a day that is none or a paper that is not in PAPERS.
    """
    if until:
        until = _day(until)
    if paper and paper not in PAPERS or (standing is Standing.PAPER and not paper):
        raise FieldtoolError(
            ErrorCode.BAD_VALUE, values={"field": "paper", "value": paper, "detail": ", ".join(PAPERS)}
        )
    basis = {"until": until, "paper": paper, **{name: str(text) for name, text in own_words(note).items()}}
    doubts = [_doubt(home, id) for id in ids]
    for village in {doubt.village for doubt in doubts}:
        require(home, Power.DECIDE, village)
    return home.log.append([_draft(home, doubt, standing, basis) for doubt in doubts])


def reopen(home: Home, id: str) -> tuple[str, ...]:
    """Take a doubt back into the open queue; NOTHING_TO_UNDO when nobody put it aside."""
    standing = home.log.register(RecordKind.DOUBT, id, STANDING)
    if not any(event.value for event in standing):
        raise FieldtoolError(ErrorCode.NOTHING_TO_UNDO, values={"what": id})
    seen = tuple(event.id for event in standing)
    village = standing[0].village
    require(home, Power.DECIDE, village)
    return home.log.append([Draft(RecordKind.DOUBT, id, STANDING, "", seen, village=village, old=standing[0].value)])


def _draft(home: Home, doubt: Doubt, standing: Standing, basis: dict[str, str]) -> Draft:
    before = home.log.register(RecordKind.DOUBT, doubt.id, STANDING)
    kept = {name: text for name, text in {**basis, "seen": evidence(doubt)}.items() if text}
    return Draft(
        kind=RecordKind.DOUBT,
        record=doubt.id,
        field=STANDING,
        value=str(standing),
        supersedes=tuple(event.id for event in before),
        basis=json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":")),
        village=doubt.village,
        old=doubt.standing,
    )


def _doubt(home: Home, id: str) -> Doubt:
    doubt = home.people.doubt(id)
    if doubt is None:
        raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": id})
    return doubt


def _day(text: str) -> str:
    try:
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise FieldtoolError(ErrorCode.BAD_VALUE, values={"field": "until", "value": text}) from error
