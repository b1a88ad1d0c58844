"""Settle a doubt about a field or a paper's place: each act supersedes exactly what the officer had before him.

What he could not have seen stays and shows up as a conflict. Merging and splitting persons lies in join_persons.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fieldtool.ports import Home
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.events import LINK, Draft, RecordKind
from fieldtool.records.fields import Field
from fieldtool.records.persons import Person
from fieldtool.records.roles import Power
from fieldtool.usecases.acts import Act, compact, link_draft, own_words, undo
from fieldtool.usecases.authority import require
from fieldtool.usecases.join_persons import verdict
from fieldtool.usecases.one_number import require_one_number
from fieldtool.usecases.overtaken import gone_person, overtaken
from fieldtool.usecases.typed_value import check_typed

__all__ = ("decide", "decision_draft", "settle_rivals", "undo", "verdict")


def decide(
    home: Home,
    person_id: str,
    field: Field,
    value: str,
    *,
    chosen: Sequence[str] = (),
    reason: str = "",
    note: str = "",
    form: str = "",
    saw: Sequence[str] | None = None,
) -> str:
    """Decide the value of a person's field; returns the event's id.

    `chosen` are the documents whose value was taken, `reason` the code of the rule or difference, `note` the officer's
    own words, `form` the paper that follows, `saw` the ids of the decisions that were on the screen (all live ones when
    None). BAD_VALUE for an empty value or a typed one that cannot be (typed_value), NOT_FOUND for an unknown person,
    STALE_DECISION when another decision arrived since the screen was drawn, or the person was merged into another.
    """
    value = value.strip()
    if not value:
        raise FieldtoolError(ErrorCode.BAD_VALUE, values={"field": field})
    person = home.people.person(person_id)
    if person is None:
        raise gone_person(home, person_id, field)
    require(home, Power.DECIDE, person.village)
    standing = home.log.register(RecordKind.PERSON, person_id, field)
    # What was taken back stands with an empty value, and no screen shows it as a decision.
    if saw is not None and {event.id for event in standing if event.value} != set(saw):
        raise overtaken(home, field, standing)
    view = person.fields.get(field)
    known = {text for text, _ in view.values} | {event.value for event in standing} if view else set()
    if value not in known:
        check_typed(field, value, home.clock.now()[:10])
    basis = {"documents": list(chosen), "reason": reason, **own_words(note)}
    if form:
        basis["form"] = form
    return home.log.append([decision_draft(home, person, field, value, basis)])[0]


def decision_draft(home: Home, person: Person, field: Field, value: str, basis: Mapping[str, object]) -> Draft:
    """The operation that decides a field: it supersedes what stands and names every value the papers hold."""
    standing = home.log.register(RecordKind.PERSON, person.id, field)
    view = person.fields.get(field)
    seen = [text for text, _ in view.values] if view else []
    return Draft(
        kind=RecordKind.PERSON,
        record=person.id,
        field=field,
        value=value,
        supersedes=tuple(event.id for event in standing),
        basis=compact({"seen": seen, **basis}),
        village=person.village,
        old=view.value if view else "",
    )


def settle_rivals(home: Home, document: str, person: str, note: str = "") -> str:
    """Place a document that two homes linked to different persons; returns the event's id.

    NOT_FOUND for a person that is none (the document's own id lets it stand alone), SECOND_OFFICER when it would bring
    him a second 12-digit number.
    """
    paper = home.people.document(document)
    if paper is None:
        raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": document})
    require(home, Power.DECIDE, paper.village)
    standing = {event.value for event in home.log.register(RecordKind.DOCUMENT, document, LINK)}
    if person not in standing | {document} and home.people.person(person) is None:
        raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": person})
    require_one_number(home, paper, person)
    act = Act(home.ids.record(), (), (document,))
    return home.log.append([link_draft(home, document, person, act, paper.village, **own_words(note))])[0]
