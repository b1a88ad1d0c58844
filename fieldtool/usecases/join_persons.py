"""Merge and split persons: what would follow is shown first, everything can be taken back at any later time.

Two different 12-digit numbers come into one person only when a second officer confirms what a first one proposed.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from fieldtool.conflicts.people import fold_person
from fieldtool.ports import FieldWork, Home, People
from fieldtool.records.documents import Document
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.events import PROPOSAL, VERDICT, Draft, RecordKind
from fieldtool.records.fields import Field
from fieldtool.records.persons import FieldState, Person
from fieldtool.records.presence import PRESENCE, SIGHTED
from fieldtool.records.roles import Power
from fieldtool.usecases.acts import Act, compact, link_draft, own_words, pair_draft, pair_of, read_basis, without_act
from fieldtool.usecases.authority import current_user, require
from fieldtool.usecases.one_number import clashing, twelve
from fieldtool.usecases.own_codes import require_own_code

CONSEQUENCES = (
    "papers", "household", "village", "relation", "opens", "settles", "carried", "divided", "numbers", "stays_with",
    "standing", "case", "case_twice", "presence", "presence_divided",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Consequence:
    """One thing that would follow; its sentence is "consequence.<code>"."""

    code: str
    values: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Preview:
    """What an act on persons would do. `second` is true when another officer must confirm it."""

    consequences: tuple[Consequence, ...]
    second: bool = False


class Carried(NamedTuple):
    """A register of one person that goes along to another: field, value, and what its event said beside."""

    field: str
    value: str
    basis: dict[str, object]


def preview_merge(people: People, work: FieldWork, into: str, other: str) -> Preview:
    """What would follow if the papers of `other` came to `into`. NOT_FOUND for an unknown person."""
    left, right = _person(people, into), _person(people, other)
    if left.id == right.id:
        raise FieldtoolError(ErrorCode.BAD_VALUE, values={"field": "same_person"})
    whole = fold_person(left.id, [*left.documents, *right.documents], [])
    found = [Consequence("papers", {"count": str(len(right.documents)), "name": right.value(Field.NAME)})]
    for code in ("household", "village"):
        a, b = str(getattr(left, code)), str(getattr(right, code))
        if a and b and a != b:
            found.append(Consequence(code, {"a": _house(people, a, code), "b": _house(people, b, code)}))
    relations = [person.value(Field.RELATION) for person in (left, right)]
    if all(relations) and relations[0] != relations[1]:
        found.append(Consequence("relation", {"a": relations[0], "b": relations[1]}))
    numbers = clashing(left, right)
    if numbers:
        found.append(Consequence("numbers", {"numbers": ", ".join(sorted(numbers))}))
    for field in whole.open_fields:
        if left.fields.get(field) is None or field not in (*left.open_fields, *right.open_fields):
            values = " | ".join(text for text, _ in whole.fields[field].values)
            found.append(Consequence("opens", {"field": field, "values": values}))
    for field, view in right.fields.items():
        if view.state is FieldState.DECIDED:
            own = left.fields.get(field)
            clash = own is not None and own.state is FieldState.DECIDED and own.value != view.value
            code = "divided" if clash else "carried"
            found.append(Consequence(code, {"field": field, "value": view.value, "own": own.value if own else ""}))
    return Preview((*found, *_field_work(work, left.id, right.id)), bool(numbers))


def _field_work(work: FieldWork, into: str, other: str) -> list[Consequence]:
    """What visits and cases of the other person become: nothing of them is lost."""
    coming, own = work.cases(person=other), {case.kind for case in work.cases(person=into)}
    found = [Consequence("case", {"case": case.kind, "state": case.state, "opened": case.opened}) for case in coming]
    found += [Consequence("case_twice", {"case": kind}) for kind in sorted(own & {case.kind for case in coming})]
    told = work.presences([into, other])
    if other in told and told[other].state is not None:
        clash = into in told and told[into].state not in (None, told[other].state)
        code = "presence_divided" if clash else "presence"
        found.append(Consequence(code, {"state": str(told[other].state), "day": told[other].day}))
    return found


def preview_split(people: People, person_id: str, documents: Sequence[str]) -> Preview:
    """What would follow if some papers left a person and founded another. NOT_FOUND, BAD_VALUE as `split`."""
    person = _person(people, person_id)
    _leaving(person, documents)
    stay = fold_person(person.id, [paper for paper in person.documents if paper.id not in documents], [])
    leave = fold_person("new", [paper for paper in person.documents if paper.id in documents], [])
    found = [Consequence("papers", {"count": str(len(leave.documents)), "name": leave.value(Field.NAME)})]
    if person.household and stay.household != person.household:
        found.append(Consequence("household", {"a": "–", "b": _house(people, person.household, "household")}))
    for field in person.open_fields:
        if field not in stay.open_fields and field not in leave.open_fields:
            found.append(Consequence("settles", {"field": field}))
    for field, view in person.fields.items():
        if view.decisions:
            found.append(Consequence("stays_with", {"field": field, "value": view.value}))
    return Preview(tuple(found))


def verdict(home: Home, a: str, b: str, says: str, *, confirms: str = "", note: str = "") -> tuple[str, ...]:
    """Say that two documents are of one person ("same") or not ("apart"); returns the event ids, verdict first.

    "same" moves the documents of b's person to a's, with the decisions on them; SECOND_OFFICER when the two hold
    different 12-digit numbers and `confirms` names no proposal. "apart" takes b out of a's person when they share
    one, and keeps the matcher from ever joining them, or other papers of the two it had put beside one another.
    `note` are the officer's own words.
    """
    if says not in ("same", "apart"):
        raise FieldtoolError(ErrorCode.BAD_VALUE, values={"field": "verdict"})
    first, second = _two_papers(home, a, b)
    require(home, Power.DECIDE, first.village)
    if says == "same":
        require(home, Power.DECIDE, second.village)
    links = home.people.links()
    person_a, person_b = links.get(a, (a, ""))[0], links.get(b, (b, ""))[0]
    if says == "same":
        return _join(home, first, second, (person_a, person_b), a in links, confirms, own_words(note))
    return _part(home, first, second, (person_a, person_b), own_words(note))


def merge(home: Home, into: str, other: str, note: str = "") -> tuple[str, ...]:
    """Merge two persons by their ids; see `verdict`."""
    left, right = _person(home.people, into), _person(home.people, other)
    if left.id == right.id:
        raise FieldtoolError(ErrorCode.BAD_VALUE, values={"field": "same_person"})
    return verdict(home, left.documents[0].id, right.documents[0].id, "same", note=note)


def propose(home: Home, a: str, b: str, note: str = "") -> str:
    """Propose that two papers with different 12-digit numbers are of one person, for a second officer to confirm."""
    first, second = _two_papers(home, a, b)
    for village in dict.fromkeys((first.village, second.village)):
        require(home, Power.DECIDE, village)
    links = home.people.links()
    if a in links and b in links and links[a][0] == links[b][0]:
        raise FieldtoolError(ErrorCode.BAD_VALUE, values={"field": "same_person"})
    pair = pair_of(a, b)
    seen = tuple(event.id for event in home.log.register(RecordKind.PAIR, pair, PROPOSAL))
    words = own_words(note)
    basis = compact(words) if words else ""
    return home.log.append([Draft(RecordKind.PAIR, pair, PROPOSAL, "same", seen, basis, first.village)])[0]


def confirm(home: Home, pair: str, note: str = "") -> tuple[str, ...]:
    """Confirm another officer's proposal: the merge itself. NOT_FOUND without one, SECOND_OFFICER for one's own,
    CODE_LENT while another knows the code of him who sits here."""
    open_ones = [event for event in home.log.register(RecordKind.PAIR, pair, PROPOSAL) if event.value == "same"]
    if not open_ones:
        raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": pair})
    here = current_user(home)
    others = [event for event in open_ones if event.author != here.id]
    if not others:
        raise FieldtoolError(ErrorCode.SECOND_OFFICER, values={"numbers": _numbers_of(home, pair)})
    require_own_code(home, here.id, here.name)
    a, _, b = pair.partition("|")
    return verdict(home, a, b, "same", confirms=others[0].id, note=note)


def decline(home: Home, pair: str, note: str = "") -> str:
    """Withdraw or refuse a proposal; the pair goes back to the queue."""
    open_ones = [event for event in home.log.register(RecordKind.PAIR, pair, PROPOSAL) if event.value]
    if not open_ones:
        raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": pair})
    require(home, Power.DECIDE, open_ones[0].village)
    seen = tuple(event.id for event in open_ones)
    words = own_words(note)
    basis = compact(words) if words else ""
    return home.log.append([Draft(RecordKind.PAIR, pair, PROPOSAL, "", seen, basis, open_ones[0].village)])[0]


def split(home: Home, person_id: str, documents: Sequence[str], note: str = "") -> tuple[str, ...]:
    """Take some papers out of a person: they found another one. BAD_VALUE when none or all of them are named."""
    person = _person(home.people, person_id)
    require(home, Power.DECIDE, person.village)
    leaving = _leaving(person, documents)
    staying = [paper.id for paper in person.documents if paper.id not in leaving]
    # A person is called by his founding paper, so that two laptops agree; the founder's own id stays behind.
    founder = next((id for id in leaving if id != person.id), None) or home.ids.record()
    pairs = tuple(pair_of(one, other) for one in leaving for other in staying)
    act = Act(home.ids.record(), pairs, tuple(leaving))
    drafts = [pair_draft(home, pair, VERDICT, "apart", act, person.village, **own_words(note)) for pair in pairs]
    drafts += [link_draft(home, id, founder, act, person.village) for id in leaving]
    return home.log.append(drafts)


def _join(
    home: Home,
    first: Document,
    second: Document,
    persons: tuple[str, str],
    linked: bool,
    confirms: str,
    words: Mapping[str, object],
) -> tuple[str, ...]:
    person_a, person_b = persons
    moves: list[str] = []
    carried: list[Carried] = []
    if person_a != person_b:
        left, right = home.people.person(person_a), home.people.person(person_b)
        _two_numbers(home, left, right, first.id, second.id, confirms)
        papers = {paper.id for paper in right.documents} if right else set()
        moves = sorted(papers | {second.id} | (set() if linked else {first.id}))
        carried = _decisions(right) + _told(home, person_b)
    pair = pair_of(first.id, second.id)
    places = tuple(f"{person_a}:{field}" for field, _, _ in carried)
    act = Act(home.ids.record(), (pair,), tuple(moves), places, pair if confirms else "")
    more = {**({"confirms": confirms} if confirms else {}), **words}
    drafts = [pair_draft(home, pair, VERDICT, "same", act, first.village, **more)]
    drafts += [link_draft(home, document, person_a, act, first.village) for document in moves]
    for field, value, basis in carried:
        drafts.append(Draft(RecordKind.PERSON, person_a, field, value, basis=act.basis(**basis), village=first.village))
    if confirms:
        drafts.append(pair_draft(home, pair, PROPOSAL, "", act, first.village))
    return home.log.append(drafts)


def _part(
    home: Home, first: Document, second: Document, persons: tuple[str, str], words: Mapping[str, object]
) -> tuple[str, ...]:
    person_a, person_b = persons
    pairs = {pair_of(first.id, second.id)}
    moves: list[tuple[str, str]] = []
    if person_a == person_b:
        leaver, stays = (second, first) if person_a != second.id else (first, second)
        moves = [(leaver.id, leaver.id), (stays.id, person_a)]
    else:
        sides = [_ids(home.people.person(id)) for id in (person_a, person_b)]
        pairs |= {
            pair_of(review.a, review.b)
            for review in home.people.reviews_of(sorted(sides[0]))
            if {review.a, review.b} & sides[1]
        }
    ordered = [pair_of(first.id, second.id), *sorted(pairs - {pair_of(first.id, second.id)})]
    act = Act(home.ids.record(), tuple(ordered), tuple(document for document, _ in moves))
    drafts = [pair_draft(home, pair, VERDICT, "apart", act, first.village, **words) for pair in ordered]
    drafts += [link_draft(home, document, person, act, first.village) for document, person in moves]
    return home.log.append(drafts)


def _two_numbers(home: Home, left: Person | None, right: Person | None, a: str, b: str, confirms: str) -> None:
    if left is None or right is None or confirms:
        return
    numbers = clashing(left, right)
    if numbers:
        raise FieldtoolError(ErrorCode.SECOND_OFFICER, values={"numbers": ", ".join(sorted(numbers))})


def _told(home: Home, other: str) -> list[Carried]:
    """What was told at the door of the other person, and which of his papers were seen, with its own day and voice.
    What is told of both stays told of both, and a page shows that they differ."""
    return [
        Carried(event.field, event.value, without_act(read_basis(event.basis)))
        for event in home.log.events(RecordKind.PERSON, other)
        if event.value
        and (event.field == PRESENCE or event.field.startswith(SIGHTED))
        and any(one.id == event.id for one in home.log.register(RecordKind.PERSON, other, event.field))
    ]


def _decisions(person: Person | None) -> list[Carried]:
    if person is None:
        return []
    return [
        Carried(field, view.decisions[0].value, _why(view.decisions[0].basis))
        for field, view in person.fields.items()
        if view.state is FieldState.DECIDED
    ]


def _why(basis: Mapping[str, object]) -> dict[str, object]:
    """What a decision keeps when it goes along: the values it saw, why it was made, which form follows."""
    seen = basis.get("seen")
    told = {name: basis[name] for name in ("documents", "reason", "note", "form") if basis.get(name)}
    return {**told, "seen": [str(text) for text in seen] if isinstance(seen, list | tuple) else []}


def _numbers_of(home: Home, pair: str) -> str:
    links = home.people.links()
    people = [home.people.person(links[id][0]) for id in pair.split("|") if id in links]
    return ", ".join(sorted({digits for person in people if person for digits in twelve(person)}))


def _ids(person: Person | None) -> set[str]:
    return {paper.id for paper in person.documents} if person else set()


def _leaving(person: Person, documents: Sequence[str]) -> list[str]:
    own = [paper.id for paper in person.documents]
    leaving = [id for id in own if id in set(documents)]
    if len(leaving) != len(set(documents)) or not leaving or len(leaving) == len(own):
        raise FieldtoolError(ErrorCode.BAD_VALUE, values={"field": "document"})
    return leaving


def _house(people: People, id: str, code: str) -> str:
    if code == "village":
        return next((village.name for village in people.villages() if village.id == id), id)
    house = people.household(id)
    return f"{house.head} ({house.book})" if house else id


def _person(people: People, id: str) -> Person:
    person = people.person(id)
    if person is None:
        raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": id})
    return person


def _two_papers(home: Home, a: str, b: str) -> tuple[Document, Document]:
    if a == b:
        raise FieldtoolError(ErrorCode.BAD_VALUE, values={"field": "same_person"})
    return _paper(home, a), _paper(home, b)


def _paper(home: Home, id: str) -> Document:
    paper = home.people.document(id)
    if paper is None:
        raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": id})
    return paper
