"""Commands on what the screens show: search, person, household, conflicts, decide."""

from __future__ import annotations

import click

from fieldtool.cli.session import Session, command
from fieldtool.conflicts.roads import Suggestion, suggest
from fieldtool.ports import Home
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.fields import Field
from fieldtool.records.persons import Doubt, DoubtKind, FieldState, Person
from fieldtool.usecases import settle_conflict

_ALL = 1_000_000


@click.command("search")
@click.argument("text", nargs=-1, required=True)
@click.option("--limit", default=50, show_default=True)
@command
def search(session: Session, text: tuple[str, ...], limit: int) -> None:
    """Tìm người: có dấu hay không, thứ tự nào cũng được / find persons."""
    with session.opened() as opened:
        wanted = " ".join(text)
        hits = opened.home.people.search(wanted, limit)
        opened.home.log.note("search", wanted)
    for hit in hits:
        session.line(f"{hit.id}  {hit.name}  {hit.dob}  {hit.sex}  {hit.n12 or hit.n9}  {hit.village_name}")
    if not hits:
        session.say("cli.search.none")
    session.result(hits)


@click.command("person")
@click.argument("id")
@command
def person(session: Session, id: str) -> None:
    """Một người: các trường, giấy tờ và điểm lệch / one person with fields, papers and open conflicts."""
    with session.opened() as opened:
        found = _person(opened.home, id)
        opened.home.log.note("view", found.id)
    for name, view in found.fields.items():
        session.line(f"{session.wording.say(f'field.{name}')}: {view.value}  [{view.state}]")
    session.result(found)


@click.command("household")
@click.argument("id")
@command
def household(session: Session, id: str) -> None:
    """Một hộ và các thành viên / one household with its members."""
    with session.opened() as opened:
        found = opened.home.people.household(id)
        if found is None:
            raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": id})
        opened.home.log.note("view", id)
    for member in found.members:
        session.line(f"{member.person}  {member.name}  {member.relation}  {member.dob}")
    session.result(found)


@click.command("conflicts")
@click.option("--village", default="", help="Mã bản / village id")
@click.option("--kind", type=click.Choice([str(item) for item in DoubtKind]), default=None)
@click.option("--field", "field_name", default="")
@click.option("--limit", default=_ALL)
@command
def conflicts(session: Session, village: str, kind: str | None, field_name: str, limit: int) -> None:
    """Hàng đợi các điểm chưa rõ / the review queue."""
    with session.opened() as opened:
        doubts = opened.home.people.doubts(village, DoubtKind(kind) if kind else None, field_name, 0, limit)
    for doubt in doubts:
        session.line(f"{doubt.id}  {doubt.name}  {doubt.field}  {doubt.code}  {' | '.join(doubt.values)}")
    session.result(doubts)


@click.command("conflict")
@click.argument("id")
@command
def conflict(session: Session, id: str) -> None:
    """Một điểm chưa rõ: lý do và đường pháp lý / one doubt with reasons and the legal road."""
    with session.opened() as opened:
        doubt = _doubt(opened.home, id)
        found = opened.home.people.person(doubt.person)
        reviews = [item for item in opened.home.people.reviews() if f"{item.a}|{item.b}" == id]
    road = _road(found, doubt)
    view = found.fields.get(Field(doubt.field)) if found and doubt.field else None
    reasons = [session.wording.difference(item) for item in view.differences] if view else []
    reasons += [session.wording.reason(reason) for item in reviews for reason in item.reasons]
    for number, value in enumerate(doubt.values, start=1):
        session.line(f"{number}. {value}")
    for text in reasons:
        session.line(f"   {text}")
    if road:
        session.line(session.wording.say(f"road.{road.code}") + (f" — {road.source}" if road.source else ""))
    session.result({"doubt": doubt, "view": view, "reasons": reasons, "road": road, "reviews": reviews})


@click.command("decide")
@click.argument("id")
@click.option("--value", default="", help="Giá trị tự nhập / a value typed in")
@click.option("--choose", type=click.IntRange(min=1), default=None, help="Số thứ tự giá trị / number of a value")
@click.option("--same", is_flag=True, help="Cùng một người / the same person")
@click.option("--apart", is_flag=True, help="Khác người / not the same person")
@click.option("--person", "person_id", default="", help="Người nhận giấy tờ / the person a paper belongs to")
@click.option("--undo", is_flag=True, help="Hoàn tác quyết định có mã này / take back the decision of this event id")
@click.option("--note", default="")
@command
def decide(
    session: Session,
    id: str,
    value: str,
    choose: int | None,
    same: bool,
    apart: bool,
    person_id: str,
    undo: bool,
    note: str,
) -> None:
    """Quyết định một điểm chưa rõ, hoặc hoàn tác / one decision, or its undoing."""
    if sum((bool(value), choose is not None, same, apart, bool(person_id), undo)) != 1:
        raise click.UsageError("--value, --choose, --same, --apart, --person, --undo: one of them")
    with session.opened() as opened:
        home = opened.home
        if undo:
            events = settle_conflict.undo(home, id)
        elif same or apart:
            a, _, b = id.partition("|")
            events = settle_conflict.verdict(home, a, b, "same" if same else "apart")
        elif person_id:
            events = (settle_conflict.settle_rivals(home, id, person_id),)
        else:
            events = (_decide_field(home, id, value, choose, note),)
    session.say("cli.decide.done", event=events[0] if events else "")
    session.result({"events": events})


def _decide_field(home: Home, id: str, value: str, choose: int | None, note: str) -> str:
    person_id, _, name = id.rpartition(":")
    if name not in set(Field):
        raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": id})
    field = Field(name)
    found = _person(home, person_id)
    view = found.fields.get(field)
    chosen: tuple[str, ...] = ()
    if choose is not None:
        options = list(view.values) if view else []
        if view is not None and view.state is FieldState.DIVIDED:
            options = [(item.value, ()) for item in view.decisions]
        if choose > len(options):
            raise FieldtoolError(ErrorCode.BAD_VALUE, values={"field": "--choose"})
        value, chosen = options[choose - 1]
    road = suggest(found, field) if view else None
    reason = road.code if road and road.value == value else ""
    return settle_conflict.decide(home, found.id, field, value, chosen=chosen, reason=reason, note=note)


def _person(home: Home, id: str) -> Person:
    found = home.people.person(id)
    if found is None:
        raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": id})
    return found


def _doubt(home: Home, id: str) -> Doubt:
    doubt = home.people.doubt(id)
    if doubt is None:
        raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": id})
    return doubt


def _road(found: Person | None, doubt: Doubt) -> Suggestion | None:
    if found is None or not doubt.field:
        return None
    return suggest(found, Field(doubt.field))


COMMANDS = (search, person, household, conflicts, conflict, decide)
