"""What the desk shows of a doubt, as plain values: papers, rows, the law in words, the choices, who stands beside."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fieldtool.conflicts.law import Law
from fieldtool.conflicts.roads import Suggestion, road_of
from fieldtool.ports import FieldWork, People
from fieldtool.records.documents import Document
from fieldtool.records.fields import Field
from fieldtool.records.persons import Doubt, DoubtKind, Person
from fieldtool.records.reasons import Reason
from fieldtool.records.sensitive import veiled_texts
from fieldtool.records.verdicts import Review
from fieldtool.ui.desk_panels import SideLine
from fieldtool.ui.desk_rows import Row, compared, in_order, rows_of, veiled
from fieldtool.usecases.join_persons import preview_merge
from fieldtool.usecases.look_around import relatives
from fieldtool.wording.catalogue import Wording
from fieldtool.wording.days import day_told

_MOST_CHOICES = 9
_MOST_RIVALS = 4
_FINDINGS = (DoubtKind.NUMBER, DoubtKind.FAMILY)


@dataclass(frozen=True, slots=True)
class Answer:
    """A value that a digit chooses: what is shown, the value, the paper it is from; advised by the law."""

    text: str
    value: str
    document: str = ""
    advised: bool = False


@dataclass(frozen=True, slots=True)
class DeskView:
    """One doubt, ready to be drawn."""

    doubt: Doubt
    person: Person
    papers: tuple[Document, ...]
    rows: tuple[Row, ...]
    split: int
    road: Suggestion
    title: str
    why: str
    source: str
    question: str
    answers: tuple[Answer, ...]
    reasons: tuple[Reason, ...] = ()
    side: tuple[SideLine, ...] = ()
    second: bool = False  # two different numbers: a merge can only be proposed
    saw: tuple[str, ...] = dataclasses.field(default_factory=tuple)


def view_of(
    people: People,
    work: FieldWork,
    doubt: Doubt,
    law: Law,
    wording: Wording,
    officer: str = "",
    may_show: Callable[..., bool] = lambda *_persons: False,
) -> DeskView | None:
    """What to show of a doubt; None when its person is gone. `may_show` says of persons whether a purpose was stated
    for them: without one ethnicity is hidden, but where it is itself the field in question."""
    person = people.person(doubt.person)
    if person is None:
        return None
    if doubt.kind in (DoubtKind.LINK, DoubtKind.SECOND) or (doubt.kind is DoubtKind.NUMBER and doubt.people):
        other = people.person(doubt.people[0]) if doubt.people else None
        side = _merge_side(people, work, person, other, wording)
        view = _two(people, doubt, person, other, law, wording, officer, side)
        open_ = may_show(person.id, *([other.id] if other else []))
    else:
        view, open_ = _one(people, doubt, person, law, wording), may_show(person.id)
    return view if open_ else dataclasses.replace(view, rows=tuple(veiled(view.rows, doubt.field)))


def _one(people: People, doubt: Doubt, person: Person, law: Law, wording: Wording) -> DeskView:
    say = wording.say
    papers = in_order(person.documents)
    road = road_of(doubt, person, law)
    answers: list[Answer] = []
    saw: tuple[str, ...] = ()
    question = say(f"doubt.{doubt.kind}")
    if doubt.kind is DoubtKind.RIVALS:
        answers = [
            Answer(say("ui.desk.give_to", number=number, name=_owner(people, id, doubt.id, wording)), id)
            for number, id in enumerate(doubt.values[:_MOST_CHOICES], start=1)
        ]
        paper = people.document(doubt.id)
        question = say("ui.desk.whose", paper=paper_told(paper, wording) if paper else "…")
    elif doubt.field and Field(doubt.field) in person.fields:
        field = Field(doubt.field)
        saw = tuple(item.event for item in person.fields[field].decisions)
        question = say("ui.desk.choose", field=say(f"field.{field}"))
        answers = _answers(people, doubt, person, papers, road, wording)
    return DeskView(
        doubt=doubt,
        person=person,
        papers=tuple(papers),
        rows=tuple(rows_of(person, papers)),
        split=0,
        road=road,
        title=_finding(doubt, wording),
        why=_law_words(road, wording),
        source=_source(road, wording),
        question=question,
        answers=tuple(answers),
        side=tuple(_kin(people, person, wording)),
        saw=saw,
    )


def paper_told(paper: Document, wording: Wording) -> str:
    """A paper in one breath: its kind, the name and date on it."""
    parts = (wording.say(f"kind.{paper.kind}"), paper.get(Field.NAME), paper.get(Field.DOB), paper.source.key)
    return " · ".join(part for part in parts if part)


def _owner(people: People, id: str, document: str, wording: Wording) -> str:
    """A person by what his other papers say, so that two of one name are told apart."""
    owner = people.person(id)
    if owner is None or all(paper.id == document for paper in owner.documents):
        return wording.say("ui.desk.alone")
    house = people.household(owner.household) if owner.household else None
    where = wording.say("ui.household.title", head=house.head) if house else ""
    parts = (owner.value(Field.NAME), owner.value(Field.DOB), owner.value(Field.N12) or owner.value(Field.N9), where)
    return " · ".join(part for part in parts if part)


def _answers(
    people: People, doubt: Doubt, person: Person, papers: Sequence[Document], road: Suggestion, wording: Wording
) -> list[Answer]:
    say, field = wording.say, Field(doubt.field)
    if doubt.kind is DoubtKind.DIVIDED:
        return [
            Answer(
                say(
                    "ui.desk.keep_decision",
                    number=number,
                    value=item.value,
                    at=day_told(item.at),
                    author=people.officer_called(item.author),
                ),
                item.value,
            )
            for number, item in enumerate(person.fields[field].decisions[:_MOST_CHOICES], start=1)
        ]
    found = []
    ordinary = {id: text for text, ids in person.fields[field].values for id in ids}
    for number, paper in enumerate(papers[:_MOST_CHOICES], start=1):
        # Of spellings that mean the same the ordinary one is taken: capitals are a habit of the form.
        value = ordinary.get(paper.id, "")
        if doubt.kind in _FINDINGS and value == person.value(field):
            value = ""  # it stands already and settles nothing
        text = say("ui.desk.keep_paper", number=number, paper=say(f"kind.{paper.kind}"), value=value)
        found.append(Answer(text if value else "", value, paper.id, bool(road.value) and value == road.value))
    return found


def _two(
    people: People,
    doubt: Doubt,
    person: Person,
    other: Person | None,
    law: Law,
    wording: Wording,
    officer: str,
    merging: tuple[list[SideLine], bool],
) -> DeskView:
    left = in_order(person.documents)
    right = in_order(other.documents) if other else []
    ids = [paper.id for paper in (*left, *right)]
    reviews = people.reviews_of(ids) if doubt.kind is not DoubtKind.NUMBER else []
    own = next((review for review in reviews if f"{review.a}|{review.b}" == doubt.id), None)
    road = road_of(doubt, person, law)
    side, second = merging
    kin = [line for one in (person, other) if one for line in _kin(people, one, wording, named=True)]
    side = [*_rivals(people, reviews, ids, doubt, wording), *side, *kin]
    code = "ui.desk.one_or_two" if doubt.kind is not DoubtKind.SECOND else "ui.desk.second"
    if doubt.kind is DoubtKind.SECOND and doubt.facts.get("author") == officer:
        code = "ui.desk.second_own"
    shared = doubt.kind is DoubtKind.NUMBER
    return DeskView(
        doubt=doubt,
        person=person,
        papers=(*left, *right),
        rows=tuple(compared(left, right)),
        split=len(left),
        road=road,
        title=_finding(doubt, wording) if shared else wording.say("ui.desk.why_link") if own else "",
        why=_law_words(road, wording) if shared or not own else "",
        source=_source(road, wording) if shared else "",
        question=wording.say(code, author=people.officer_called(doubt.facts.get("author", "…"))),
        answers=(),
        reasons=own.reasons if own else (),
        side=tuple(side),
        second=second,
    )


def _merge_side(
    people: People, work: FieldWork, person: Person, other: Person | None, wording: Wording
) -> tuple[list[SideLine], bool]:
    if other is None:
        return [], False
    seen = preview_merge(people, work, person.id, other.id)
    lines = [SideLine(wording.say("ui.desk.if_merged"))]
    for item in seen.consequences:
        told = wording.consequence(item.code, veiled_texts(item.values))
        lines.append(SideLine("", told, warn=item.code in ("numbers", "divided", "opens")))
    return lines, seen.second


def _rivals(
    people: People, reviews: Sequence[Review], ids: Sequence[str], doubt: Doubt, wording: Wording
) -> list[SideLine]:
    """Other papers that were put beside one of these, with their sums."""
    found: list[SideLine] = []
    for review in reviews:
        outside = [id for id in (review.a, review.b) if id not in ids]
        if not outside or len(found) == _MOST_RIVALS:
            continue
        paper = people.document(outside[0])
        if paper is not None:
            told = f"{paper.get(Field.NAME)} · {paper.get(Field.DOB)}"
            under = wording.say("ui.desk.rival", paper=wording.say(f"kind.{paper.kind}"), points=round(review.weight))
            found.append(SideLine("", told, under))
    return [SideLine(wording.say("ui.desk.rivals_beside")), *found] if found else []


def _kin(people: People, person: Person, wording: Wording, *, named: bool = False) -> list[SideLine]:
    """The relatives of a person with their own values; `named` where two persons are compared."""
    title = wording.say("ui.desk.relatives_of", name=person.value(Field.NAME)) if named else ""
    lines = [SideLine(title or wording.say("ui.desk.relatives"))]
    for kin in relatives(people, person):
        papers = ", ".join(wording.say(f"kind.{paper}") for paper in kin.papers)
        under = " · ".join(part for part in (kin.dob, kin.number, papers) if part)
        head = wording.say(f"kin.{kin.kind}")
        lines.append(SideLine(head, kin.name, under))
        if kin.open:
            lines.append(SideLine("", wording.say("ui.open_chip", count=kin.open), warn=True))
    return lines if len(lines) > 1 else []


def _finding(doubt: Doubt, wording: Wording) -> str:
    return wording.finding(doubt.code, doubt.facts) if doubt.facts and doubt.kind is not DoubtKind.SECOND else ""


def _law_words(road: Suggestion, wording: Wording) -> str:
    told = road.text or wording.say(f"road.{road.code}")
    who = wording.say(f"who.{road.who}") if road.who else ""
    form = wording.say(f"form.{road.form}") if road.form else ""
    return " → ".join(part for part in (told, who, form) if part)


def _source(road: Suggestion, wording: Wording) -> str:
    certainty = wording.say(f"certainty.{road.certainty}") if road.certainty and road.certainty != "sure" else ""
    return " – ".join(part for part in (road.source, certainty) if part)
