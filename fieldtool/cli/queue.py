"""Commands that read the review queue: conflicts with filters and counts, one conflict with reasons and legal road."""

from __future__ import annotations

from collections.abc import Mapping

import click

from fieldtool.cli.kinds import COUNT
from fieldtool.cli.session import Session, command, purposed
from fieldtool.conflicts.evidence import grade
from fieldtool.conflicts.law import FORMS
from fieldtool.conflicts.queue import Wanted
from fieldtool.conflicts.roads import road_of
from fieldtool.ports import Home, People
from fieldtool.records.doubts import Standing, Who
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.fields import Field
from fieldtool.records.persons import Doubt, DoubtKind, FieldState, FieldView, Person
from fieldtool.usecases.join_persons import preview_merge
from fieldtool.usecases.look_around import relatives
from fieldtool.usecases.review_queue import Queue, explained, law_of, queue
from fieldtool.usecases.seen_people import seen_people
from fieldtool.wording.catalogue import Wording

_ALL = 1_000_000
CHOSEN = (DoubtKind.FIELD, DoubtKind.DIVIDED, DoubtKind.SPELLING)  # of which a value is chosen by its number
STANDINGS = ("open", *Standing, "any")


@click.command("conflicts")
@click.option("--village", default="", help="Mã bản / village id")
@click.option("--household", default="", help="Mã hộ / household id")
@click.option("--kind", type=click.Choice([str(item) for item in DoubtKind]), default=None)
@click.option("--reason", default="", help="Mã lý do / code of a reason")
@click.option("--field", "field_name", default="")
@click.option("--who", type=click.Choice([str(item) for item in Who]), default=None, help="Ai phải làm / who must act")
@click.option("--standing", type=click.Choice([str(item) for item in STANDINGS]), default="open", show_default=True)
@click.option("--limit", type=COUNT, default=_ALL)
@click.option("--counts", is_flag=True, help="Chỉ đếm / counts by kind, reason, field, village, who, standing")
@click.option("--explained", "share", is_flag=True, help="Tỷ lệ có lý do nêu tên / share with a named reason")
@purposed
@command
def conflicts(
    session: Session,
    village: str,
    household: str,
    kind: str | None,
    reason: str,
    field_name: str,
    who: str | None,
    standing: str,
    limit: int,
    counts: bool,
    share: bool,
) -> None:
    """Hàng đợi các điểm chưa rõ / the review queue, what settles most first, a household's doubts together."""
    wanted = Wanted(village, household, kind or "", reason, field_name, who or "", standing)
    with session.opened() as opened:
        today = opened.home.clock.now()[:10]
        if share:
            found = explained(seen_people(opened.home, opened.home.people), wanted, today)
            session.say("cli.conflicts.explained", explained=found.explained, open=found.open, share=found.share)
            session.result(found)
            return
        answer = queue(seen_people(opened.home, opened.home.people), wanted, today)
    if counts:
        _tell_counts(session, answer)
        session.result({"open": answer.open, "shown": len(answer.lines), **answer.counts})
        return
    for doubt in answer.lines[:limit]:
        values = " | ".join(session.shown(doubt.field, value) for value in doubt.values)
        session.line(f"{doubt.id}  {doubt.name}  {_about(session.wording, doubt)}  {values}")
    session.tell_hidden(doubt.field for doubt in answer.lines[:limit])
    if not answer.lines:
        session.say("cli.conflicts.none", open=answer.open)
    session.result(answer.lines[:limit])


def _about(wording: Wording, doubt: Doubt) -> str:
    """What a line is about, in words: the field or the kind of doubt, and the reason."""
    about = wording.say(f"field.{doubt.field}" if doubt.field else f"doubt.{doubt.kind}")
    reason = wording.reason_name(doubt.code) if doubt.code else ""
    return f"{about} – {reason}" if reason not in ("", about) else about


def _tell_counts(session: Session, answer: Queue) -> None:
    for name, found in answer.counts.items():
        for key, count in found.items():
            session.line(f"{name}  {key or '-'}  {count}  {_key_told(session.wording, name, key)}".rstrip())
    session.say("cli.conflicts.counts", shown=len(answer.lines), open=answer.open)


def _key_told(wording: Wording, name: str, key: str) -> str:
    """The words beside a code that a filter takes; a village is named by its id alone."""
    if name == "reason":
        return wording.reason_name(key) if key else ""
    code = {"kind": f"doubt.{key}", "field": f"field.{key}", "who": f"who.{key}", "standing": f"standing.{key}"}.get(
        name
    )
    return wording.say(code) if key and code and wording.knows(code) else ""


@click.command("conflict")
@click.argument("id")
@purposed
@command
def conflict(session: Session, id: str) -> None:
    """Một điểm chưa rõ: lý do, đường pháp lý, người thân / one doubt with reasons, legal road and relatives."""
    with session.opened() as opened:
        people = seen_people(opened.home, opened.home.people)
        doubt = find_doubt(opened.home, id)
        if people.doubt(doubt.id) is None:
            raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": id})
        opened.home.log.note("view", doubt.person)
        found = people.person(doubt.person)
        a, _, b = id.partition("|")
        reviews = [item for item in people.reviews_of([a]) if item.b == b] if b else []
        rivals = [item for item in people.reviews_of([a, b]) if {item.a, item.b} != {a, b}][:5] if b else []
        road = road_of(doubt, found, law_of(people))
        near = relatives(people, found) if found else ()
        author = people.officer_called(doubt.facts.get("author", "…"))
        decided = _deciders(people, found, doubt)
        merge = preview_merge(people, opened.home.work, doubt.person, doubt.people[0]) if b and doubt.people else None
    view = found.fields.get(Field(doubt.field)) if found and doubt.field else None
    wording = session.wording
    reasons = [wording.difference(item) for item in view.differences] if view else []
    reasons += [wording.reason(reason) for item in reviews for reason in item.reasons]
    if doubt.kind is DoubtKind.SECOND:
        reasons.append(wording.say("ui.desk.second", author=author))
    elif doubt.facts:
        reasons.append(wording.finding(doubt.code, doubt.facts))
    session.line(f"{doubt.name} – {_about(wording, doubt)}")
    _tell_values(session, doubt, found, road.value, decided)
    weights = {wording.reason(reason): reason.weight for item in reviews for reason in item.reasons}
    for text in reasons:
        session.line(f"   {text}" + (f"  {round(weights[text]):+d}" if weights.get(text) else ""))
    told = road.text or wording.say(f"road.{road.code}")
    session.line(told + (f" — {road.source}" if road.source else ""))
    session.line(wording.say(f"who.{road.who}") + (f" → {wording.say(f'form.{road.form}')}" if road.form else ""))
    if road.certainty != "sure":
        session.say(f"certainty.{road.certainty}")
    for kin in near:
        session.line(f"   {wording.say(f'kin.{kin.kind}')}: {kin.name} {kin.dob} {kin.number}")
    for item in merge.consequences if merge else ():
        session.consequence(item)
    session.result(
        {
            "doubt": doubt,
            "view": view,
            "reasons": reasons,
            "road": road,
            "reviews": reviews,
            "rivals": rivals,
            "relatives": near,
            "merge": merge,
            "forms": [road.form] if road.form in FORMS else [],
        },
        needed=(doubt.field,),  # to decide it is the purpose
    )


def _deciders(people: People, found: Person | None, doubt: Doubt) -> dict[str, str]:
    """The names of those who decided the field in question, by their ids."""
    view = found.fields.get(Field(doubt.field)) if found and doubt.field in set(Field) else None
    return {item.author: people.officer_called(item.author) for item in view.decisions} if view else {}


def _tell_values(
    session: Session, doubt: Doubt, found: Person | None, advised: str, decided: Mapping[str, str]
) -> None:
    """What can be chosen by number, with the papers that have it and what each is worth; else what is beside it."""
    wording = session.wording
    view = found.fields.get(Field(doubt.field)) if found and doubt.field in set(Field) else None
    if view is None or doubt.kind not in CHOSEN:
        for value in doubt.values:
            session.line(f"·  {value}")
        return
    papers = {paper.id: paper for paper in found.documents} if found else {}
    for number, (value, given) in enumerate(choices(view), start=1):
        told = [
            f"{wording.say(f'kind.{papers[id].kind}')} ({wording.say(f'evidence.{grade(papers[id])}')})"
            for id in given
            if id in papers
        ]
        mark = wording.say("cli.conflict.advised") if advised and value == advised else ""
        whose = "; ".join(told or (decided.get(author, author) for author in given))
        session.line("  ".join(part for part in (f"{number}. {value}", whose, mark) if part))


def choices(view: FieldView) -> list[tuple[str, tuple[str, ...]]]:
    """The values that a number chooses, each with its papers, or with the author of a decision."""
    if view.state is FieldState.DIVIDED:
        return [(item.value, (item.author,)) for item in view.decisions]
    return [(text, tuple(ids)) for text, ids in view.values]


def find_doubt(home: Home, id: str) -> Doubt:
    """A line of the queue by its id; DOUBT_CLOSED for a person's field that is none now, NOT_FOUND otherwise."""
    doubt = home.people.doubt(id)
    if doubt is None:
        person, _, field = id.rpartition(":")
        if field in set(Field) and home.people.person(person) is not None:
            raise FieldtoolError(ErrorCode.DOUBT_CLOSED, values={"what": id, "person": person})
        raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": id})
    return doubt


COMMANDS = (conflicts, conflict)
