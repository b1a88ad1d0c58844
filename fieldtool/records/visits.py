"""A visit at the door as it is recorded, and the sheet that is being filled in until then."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from fieldtool.records.presence import Asked, Presence, Sighting, TimeOfDay, VisitResult

_Code = TypeVar("_Code", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class MemberAnswer:
    """What was told of one member. `saw` are the states that stood on the page when it was told.

    `person` is "" for somebody who is to be added, who has a `slot` on the page; `papers` maps kinds of document to
    how they were seen; `clues` says what of animal, age and events a birth date was worked out from.
    """

    person: str = ""
    presence: Presence | None = None
    answers: Mapping[Asked, str] = field(default_factory=dict)
    papers: Mapping[str, Sighting] = field(default_factory=dict)
    said_by: str = ""
    saw: tuple[str, ...] | None = None
    slot: str = ""
    clues: str = ""

    @property
    def key(self) -> str:
        """What tells this answer from the others of the sheet."""
        return self.slot or self.person


@dataclass(frozen=True, slots=True)
class ConflictAnswer:
    """What somebody of the house said when asked which value is right; "" for "does not know"."""

    person: str
    field: str
    value: str
    said_by: str = ""
    settles: bool = True  # the officer takes it as decided; otherwise the word is kept as a statement alone
    saw: tuple[str, ...] | None = None
    clues: str = ""  # what a birth date was worked out from, in the officer's words


@dataclass(frozen=True, slots=True)
class Sheet:
    """A visit being filled in, or as it was recorded. Days are ISO; `next_day` "" for no further visit."""

    id: str
    household: str
    village: str = ""
    day: str = ""
    result: VisitResult = VisitResult.DONE
    met: str = ""
    members: tuple[MemberAnswer, ...] = ()
    conflicts: tuple[ConflictAnswer, ...] = ()
    next_day: str = ""
    next_time: TimeOfDay = TimeOfDay.ANY
    came: TimeOfDay = TimeOfDay.ANY
    note: str = ""
    helpers: tuple[str, ...] = ()
    plan: str = ""
    chose_result: bool = False  # the officer named `result` himself; otherwise it follows from what was answered

    def answer_of(self, person: str) -> MemberAnswer:
        """What the sheet has of a member; an empty answer when nothing."""
        return next((item for item in self.members if item.person == person and not item.slot), MemberAnswer(person))

    def with_member(self, answer: MemberAnswer) -> Sheet:
        """The sheet with a member's answer put in place of the one before."""
        others = tuple(item for item in self.members if item.key != answer.key or not answer.key)
        return dataclasses.replace(self, members=(*others, answer))

    def without(self, key: str) -> Sheet:
        """The sheet without a member's answer."""
        return dataclasses.replace(self, members=tuple(item for item in self.members if item.key != key))

    def with_conflict(self, answer: ConflictAnswer) -> Sheet:
        """The sheet with an answer to a difference put in place of the one before."""
        key = (answer.person, answer.field)
        others = tuple(item for item in self.conflicts if (item.person, item.field) != key)
        return dataclasses.replace(self, conflicts=(*others, answer))


def to_text(sheet: Sheet) -> str:
    """The compact JSON that a draft and an event carry for a sheet."""
    return json.dumps(dataclasses.asdict(sheet), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_text(text: str) -> Sheet:
    """Read a sheet back; what this version does not know is left out, never an error."""
    data = json.loads(text)
    known = {item.name for item in dataclasses.fields(Sheet)}
    plain = {name: value for name, value in data.items() if name in known}
    plain["members"] = tuple(_member(item) for item in data.get("members", ()))
    plain["conflicts"] = tuple(_conflict(item) for item in data.get("conflicts", ()))
    plain["helpers"] = tuple(data.get("helpers", ()))
    plain["result"] = _known(VisitResult, data.get("result"), VisitResult.PARTLY)
    plain["next_time"] = _known(TimeOfDay, data.get("next_time"), TimeOfDay.ANY)
    plain["came"] = _known(TimeOfDay, data.get("came"), TimeOfDay.ANY)
    return Sheet(**plain)


def _known(kind: type[_Code], text: object, otherwise: _Code) -> _Code:
    """A code by its text; one that a newer program wrote reads as `otherwise`."""
    return next((item for item in kind if item.value == text), otherwise)


def _saw(data: Mapping[str, object]) -> tuple[str, ...] | None:
    seen = data.get("saw")
    return tuple(str(item) for item in seen) if isinstance(seen, list) else None


def _member(data: Mapping[str, object]) -> MemberAnswer:
    answers, papers = data.get("answers") or {}, data.get("papers") or {}
    assert isinstance(answers, dict) and isinstance(papers, dict)
    asked = {item.value: item for item in Asked}
    state = data.get("presence")
    return MemberAnswer(
        person=str(data.get("person", "")),
        presence=next((item for item in Presence if item.value == state), None),
        answers={asked[name]: str(text) for name, text in answers.items() if name in asked},
        papers={str(kind): _known(Sighting, seen, Sighting.NOT_SHOWN) for kind, seen in papers.items()},
        said_by=str(data.get("said_by", "")),
        saw=_saw(data),
        slot=str(data.get("slot", "")),
        clues=str(data.get("clues", "")),
    )


def _conflict(data: Mapping[str, object]) -> ConflictAnswer:
    return ConflictAnswer(
        person=str(data["person"]),
        field=str(data["field"]),
        value=str(data.get("value", "")),
        said_by=str(data.get("said_by", "")),
        settles=bool(data.get("settles", True)),
        saw=_saw(data),
        clues=str(data.get("clues", "")),
    )
