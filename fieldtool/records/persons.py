"""Persons, households and villages as screens see them: folded out of documents, links and decisions.

A person has no fields of its own. Every value comes from a linked document or from an officer's decision.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from fieldtool.records.documents import Document
from fieldtool.records.fields import Field
from fieldtool.records.reasons import Difference


class FieldState(StrEnum):
    """How a field of a person stands."""

    EMPTY = "empty"  # no paper has it
    AGREED = "agreed"  # all papers that have it agree, or differ harmlessly
    DECIDED = "decided"  # an officer decided, having seen every value there is
    CONFLICT = "conflict"  # papers disagree and nobody has decided between these values
    DIVIDED = "divided"  # two decisions made apart name different values


@dataclass(frozen=True, slots=True)
class Decision:
    """One live decision on a field: the event, what it chose, who, when by his clock, on which basis."""

    event: str
    field: Field
    value: str
    author: str
    at: str
    device: str
    basis: Mapping[str, object] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FieldView:
    """A person's field: the value to show, its state, the distinct values with the documents that say so.

    `values` are (text as written, ids of the documents) in order of evidence, best first. `differences` name how
    each other value differs from the first. `decisions` are the live ones: two with different values mean DIVIDED.
    """

    field: Field
    value: str
    state: FieldState
    values: tuple[tuple[str, tuple[str, ...]], ...] = ()
    differences: tuple[Difference, ...] = ()
    decisions: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """A person as the witnesses have it. `rivals` are other person ids that some document's link also names."""

    id: str
    documents: tuple[Document, ...]
    fields: Mapping[Field, FieldView]
    village: str = ""
    household: str = ""
    rivals: tuple[str, ...] = ()

    def value(self, name: Field) -> str:
        """The value to show for a field, "" when no paper and no officer gives one."""
        view = self.fields.get(name)
        return view.value if view else ""

    @property
    def open_fields(self) -> tuple[Field, ...]:
        """The fields that wait for a decision."""
        waiting = (FieldState.CONFLICT, FieldState.DIVIDED)
        return tuple(name for name, view in self.fields.items() if view.state in waiting)


@dataclass(frozen=True, slots=True)
class Member:
    """A person's place in a household, as the household book has it."""

    person: str
    name: str
    relation: str
    dob: str
    sex: str
    open_fields: int
    papers: tuple[str, ...]  # kinds of document held


@dataclass(frozen=True, slots=True)
class Household:
    """A household: the members of one household book, the head first."""

    id: str
    book: str
    village: str
    village_name: str
    head: str
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class HouseholdLine:
    """A household in a list of households."""

    id: str
    book: str
    head: str
    village: str
    members: int
    open_conflicts: int


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person in a search result or a list; every text ready to show, dates as written."""

    id: str
    name: str
    dob: str
    sex: str
    n12: str
    n9: str
    village_name: str
    household: str
    open_conflicts: int
    papers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Village:
    """A village (bản, thôn) with its local stable id."""

    id: str
    name: str
    commune: str
    households: int = 0
    persons: int = 0
    open_conflicts: int = 0


class DoubtKind(StrEnum):
    """What a line of the one review queue asks."""

    FIELD = "field"  # papers disagree on a field
    DIVIDED = "divided"  # two officers decided differently while apart
    LINK = "link"  # may or may not be one person
    RIVALS = "rivals"  # a document that two homes linked to different persons
    SECOND = "second"  # a merge that one officer proposed and another must confirm
    NUMBER = "number"  # a number that several persons hold, or that cannot be theirs
    FAMILY = "family"  # members of a household that cannot well be so
    SPELLING = "spelling"  # one value in two spellings: no conflict, shown only when asked for


@dataclass(frozen=True, slots=True)
class Doubt:
    """One line of the review queue.

    `id` is stable: "person:field", "a|b" for a link, "document" for rivals, "number:…" and "family:…" for findings.
    `people` are the other persons it speaks of, `facts` fill the sentence of a finding, `situation` is what the legal
    table is asked (see conflicts.law). `standing` is what an officer said of it without settling it, while that holds.
    """

    id: str
    kind: DoubtKind
    person: str
    name: str
    village: str
    household: str
    field: str = ""
    code: str = ""  # the leading difference or reason
    values: tuple[str, ...] = ()
    weight: float = 0.0
    people: tuple[str, ...] = ()
    facts: Mapping[str, str] = dataclasses.field(default_factory=dict)
    situation: str = ""
    standing: str = ""
    until: str = ""
    note: str = ""
