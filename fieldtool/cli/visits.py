"""Commands of a day at the doors: visit open, record, undo, list, drafts; tasks; plan; carry."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

import click

from fieldtool.cli.kinds import COUNT, DAY
from fieldtool.cli.session import Session, command, purposed
from fieldtool.cli.visit_age import age
from fieldtool.ports import Home
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.persons import FieldState
from fieldtool.records.presence import Asked, Presence, Sighting, TimeOfDay, VisitResult
from fieldtool.records.visits import ConflictAnswer, MemberAnswer, Sheet, from_text
from fieldtool.usecases import open_household as door
from fieldtool.usecases import plan_visits, record_visit
from fieldtool.usecases.seen_people import view_household
from fieldtool.usecases.seen_work import seen_work
from fieldtool.usecases.today import today
from fieldtool.usecases.villages_meant import villages_meant
from fieldtool.wording.case_words import cases_told
from fieldtool.wording.days import day_told

_Code = TypeVar("_Code", bound=StrEnum)


@click.group("visit")
def visit() -> None:
    """Thăm hộ tại nhà / visits at the door."""


def _page(home: Home, household: str) -> door.DoorPage:
    view_household(home, household)
    return door.open_household(home.people, home.work, home.drafts, home.ids, household, today(home).day)


@visit.command("open")
@click.argument("household")
@purposed
@command
def open_(session: Session, household: str) -> None:
    """Mở trang một hộ: ai ở đây, điều gì chưa rõ / one household's page."""
    with session.opened() as opened:
        page = _page(opened.home, household)
    session.line(f"{page.house.head}  {page.house.village_name}  {page.house.book}")
    for item in page.members:
        state = session.wording.say(f"presence.{item.presence.state}") if item.presence.state else "—"
        session.line(f"{item.member.person}  {item.member.name}  {item.member.relation}  {item.member.dob}  {state}")
        for question in item.questions:
            asked = session.wording.say(f"ask_conflict.{question.field}", name=item.member.name)
            values = " / ".join(session.shown(question.field, value) for value in question.values)
            session.line(f"   {asked} {values}")
        session.tell_hidden(question.field for question in item.questions)
        for case in item.cases:
            session.line(f"   {case.id}  {cases_told([case], session.wording)}")
    for case in page.cases:
        if not case.person:
            session.line(f"{case.id}  {cases_told([case], session.wording)}")
    for check in page.checks:
        session.line(f"! {session.wording.say(check.words, **check.values)}")
    session.result(page)


@visit.command("record")
@click.argument("household")
@click.option("--all-here", is_flag=True, help="Mọi người vẫn như trước / everybody as before")
@click.option("--member", multiple=True, help="MÃ=TRẠNG_THÁI[;câu=trả lời]… / ID=STATE[;question=answer]…")
@click.option("--add", "adding", multiple=True, help="born|married_in|not_on_books;name=…;dob=…;sex=…")
@click.option("--paper", multiple=True, help="MÃ:birth|id|household=original|copy|not_shown")
@click.option("--answer", multiple=True, help="MÃ:trường=giá trị / ID:field=value")
@click.option("--keep-open", is_flag=True, help="Chỉ ghi lời khai, chưa quyết định / statements only, nothing decided")
@click.option("--said-by", default="", help="Ai trả lời / who said it")
@click.option("--met", default="", help="Gặp ai / whom one met")
@click.option("--result", "outcome", type=click.Choice([str(item) for item in VisitResult]), default=None)
@click.option("--next-day", type=DAY, default="", help="Ngày hẹn lại / next visit, DD/MM/YYYY")
@click.option("--next-time", type=click.Choice([str(item) for item in TimeOfDay]), default=str(TimeOfDay.ANY))
@click.option("--came", type=click.Choice([str(item) for item in TimeOfDay]), default=str(TimeOfDay.ANY))
@click.option("--helper", multiple=True, help="Người đi cùng / who came along")
@click.option("--plan", default="", help="Mã kế hoạch / plan id")
@click.option("--note", default="")
@click.option("--sheet", "file", type=click.File("r", encoding="utf-8"), help="Phiếu JSON / a sheet as JSON")
@click.option("--draft", is_flag=True, help="Chỉ lưu nháp / keep as a draft only")
@command
def record(session: Session, household: str, draft: bool, **given: object) -> None:
    """Ghi một lần thăm hộ / record one visit; what is not given stays as it was."""
    with session.opened() as opened:
        home = opened.home
        page = _page(home, household)
        sheet = _filled(page, given)
        if draft:
            door.keep_draft(home.drafts, sheet)
            session.say("cli.visit.drafted", household=household)
            session.result({"draft": household, "id": sheet.id})
            return
        outcome = record_visit.record_visit(home, sheet)
        home.drafts.drop(door.DRAFT + household)
        checks = [session.wording.say(check.words, **check.values) for check in door.house_checks(page.members, sheet)]
    for text in checks:
        session.line(f"! {text}")
    session.say("cli.visit.recorded", id=outcome.id, added=len(outcome.added), cases=len(outcome.cases))
    session.result({**dataclasses.asdict(outcome), "checks": checks})


def _filled(page: door.DoorPage, given: Mapping[str, object]) -> Sheet:
    """The draft with what the options say laid over it."""
    file = given["file"]
    if file is not None:
        try:
            sheet = from_text(file.read())  # type: ignore[attr-defined]
        except (ValueError, KeyError, TypeError) as error:
            raise FieldtoolError(ErrorCode.BAD_VALUE, values={"field": "--sheet", "detail": str(error)}) from error
        return dataclasses.replace(sheet, id=sheet.id or page.sheet.id, household=page.house.id)
    sheet, who = page.sheet, str(given["said_by"])
    for text in _texts(given["member"]):
        person, _, rest = text.partition("=")
        item = next((item for item in page.members if item.member.person == person), None)
        if item is None:
            raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": person})
        sheet = sheet.with_member(_told(door.blank_answer(item), rest, who, sheet.answer_of(person)))
    for text in _texts(given["paper"]):
        who_and_kind, _, seen = text.partition("=")
        person, _, kind = who_and_kind.partition(":")
        before = sheet.answer_of(person)
        papers = {**before.papers, kind: _one(Sighting, seen)}
        sheet = sheet.with_member(dataclasses.replace(before, person=person, papers=papers))
    if given["all_here"]:
        sheet = door.all_here(page, sheet)
    news = tuple(_told(MemberAnswer(), text, who, MemberAnswer()) for text in _texts(given["adding"]))
    sheet = dataclasses.replace(sheet, members=(*sheet.members, *news))
    for text in _texts(given["answer"]):
        sheet = sheet.with_conflict(_answer(page, text, who, not given["keep_open"]))
    return _headed(page, sheet, given)


def _headed(page: door.DoorPage, sheet: Sheet, given: Mapping[str, object]) -> Sheet:
    outcome = given["outcome"]
    return dataclasses.replace(
        sheet,
        result=_one(VisitResult, str(outcome))
        if outcome
        else record_visit.result_for(sheet, len(door.to_speak_of(page))),
        met=str(given["met"]) or sheet.met,
        next_day=str(given["next_day"]) or sheet.next_day,
        next_time=_one(TimeOfDay, str(given["next_time"])),
        came=_one(TimeOfDay, str(given["came"])),
        helpers=_texts(given["helper"]) or sheet.helpers,
        plan=str(given["plan"]) or sheet.plan,
        note=str(given["note"]) or sheet.note,
    )


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(item) for item in value) if isinstance(value, tuple | list) else ()


def _one(kind: type[_Code], text: str) -> _Code:
    """A code by its text; BAD_VALUE with the codes there are otherwise."""
    found = next((item for item in kind if item.value == text), None)
    if found is None:
        known = ", ".join(item.value for item in kind)
        raise FieldtoolError(ErrorCode.BAD_VALUE, values={"field": text, "detail": known})
    return found


def _told(blank: MemberAnswer, text: str, who: str, before: MemberAnswer) -> MemberAnswer:
    state, *parts = text.split(";")
    answers = {_one(Asked, name.strip()): value.strip() for name, _, value in (part.partition("=") for part in parts)}
    presence = _one(Presence, state.strip())
    return dataclasses.replace(blank, presence=presence, answers=answers, said_by=who, papers=before.papers)


def _answer(page: door.DoorPage, text: str, who: str, settles: bool) -> ConflictAnswer:
    key, _, value = text.partition("=")
    person, _, field = key.partition(":")
    asked = [q for item in page.members for q in item.questions if (q.person, q.field) == (person, field)]
    if not asked:
        raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": key})
    if value.isdigit() and len(value) == 1 and 0 < int(value) <= len(asked[0].values):
        value = asked[0].values[int(value) - 1]
    saw = asked[0].saw if asked[0].view.state in (FieldState.DIVIDED, FieldState.CONFLICT) else None
    return ConflictAnswer(person, field, value, who, settles, saw)


@visit.command("undo")
@click.argument("id")
@command
def undo(session: Session, id: str) -> None:
    """Hoàn tác cả một lần thăm / take a whole visit back."""
    with session.opened() as opened:
        restored = record_visit.undo_visit(opened.home, id)
    session.say("cli.visit.undone", count=restored)
    session.result({"restored": restored})


@visit.command("list")
@click.option("--household", default="")
@click.option("--village", default="")
@click.option("--since", type=DAY, default="", help="Từ ngày / from a day")
@click.option("--limit", type=COUNT, default=200)
@command
def list_(session: Session, household: str, village: str, since: str, limit: int) -> None:
    """Các lần thăm, mới nhất trước / visits, the newest first."""
    with session.opened() as opened:
        found = seen_work(opened.home, opened.home.work).visits(household, village, since, limit)
    for item in found:
        result = session.wording.say(f"result.{item.result}") if item.result else "—"
        days = day_told(item.day), day_told(item.next_day)
        session.line(f"{item.id}  {days[0]}  {item.household}  {result}  {item.met}  {days[1]}".rstrip())
    session.tell_none(found)
    session.result(found)


@visit.command("drafts")
@command
def drafts(session: Session) -> None:
    """Các hộ đang ghi dở / households with a visit begun and not recorded."""
    with session.opened() as opened:
        found = door.drafts_open(opened.home.drafts)
    for household in found:
        session.line(household)
    session.tell_none(found)
    session.result(found)


@click.command("tasks")
@click.option("--village", default="", help="Mã bản / village id")
@click.option("--all", "everything", is_flag=True, help="Cả hộ không còn việc / households with nothing open too")
@command
def tasks(session: Session, village: str, everything: bool) -> None:
    """Việc còn lại theo bản, xếp theo đường đi / what waits, by hamlet and path."""
    with session.opened() as opened:
        home = opened.home
        carried = plan_visits.carried(home)
        villages = [village] if village else [v.id for v in home.people.villages() if not carried or v.id in carried]
        found = [plan_visits.tasks(home, item, everything=everything) for item in villages]
    for part in found:
        for line in part.lines:
            facts = session.wording.say(
                "cli.task", unmet=line.unmet, doubts=line.doubts, cases=line.cases, attempts=line.attempts
            )
            session.line(f"{line.household}  {line.hamlet}  {line.head}  {facts}  {day_told(line.next_day)}".rstrip())
    session.result(found)


@click.group("plan")
def plan() -> None:
    """Kế hoạch đi bản / plans for a village and a day."""


@plan.command("make")
@click.argument("village")
@click.option("--day", type=DAY, default="", help="Ngày đi / the day, DD/MM/YYYY")
@click.option("--helper", multiple=True, help="Người đi cùng / who comes along")
@click.option("--household", "households", multiple=True)
@click.option("--limit", type=COUNT, default=40, show_default=True)
@click.option("--note", default="")
@command
def make(
    session: Session,
    village: str,
    day: str,
    helper: tuple[str, ...],
    households: tuple[str, ...],
    limit: int,
    note: str,
) -> None:
    """Lập kế hoạch một ngày ở một bản / plan a day in a village."""
    with session.opened() as opened:
        (meant,) = villages_meant(opened.home.people.villages(), [village]) or (village,)
        made = plan_visits.make_plan(opened.home, meant, day, helper, households, note, limit=limit)
    session.say("cli.plan.made", id=made.id, count=len(made.households))
    session.result(made)


@plan.command("list")
@click.option("--village", default="")
@command
def plans(session: Session, village: str) -> None:
    """Các kế hoạch / plans."""
    with session.opened() as opened:
        found = seen_work(opened.home, opened.home.work).plans(village)
    for item in found:
        count = session.wording.say("cli.plan.houses", count=len(item.households))
        session.line(f"{item.id}  {day_told(item.day)}  {item.village}  {count}")
    session.tell_none(found)
    session.result(found)


@plan.command("drop")
@click.argument("id")
@command
def drop(session: Session, id: str) -> None:
    """Bỏ một kế hoạch / take a plan back."""
    with session.opened() as opened:
        plan_visits.drop_plan(opened.home, id)
    session.result({"dropped": id})


@plan.command("carry")
@click.argument("villages", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Mọi bản / all villages")
@command
def carry(session: Session, villages: tuple[str, ...], everything: bool) -> None:
    """Bản nào đi theo máy này / which villages this laptop carries; without names, shows them."""
    with session.opened() as opened:
        home = opened.home
        found = plan_visits.carry(home, villages) if villages or everything else plan_visits.carried(home)
    for item in found:
        session.line(item)
    session.result(found)


@plan.command("path")
@click.argument("hamlet")
@click.argument("households", nargs=-1, required=True)
@command
def path(session: Session, hamlet: str, households: tuple[str, ...]) -> None:
    """Thứ tự các nhà dọc đường trong một cụm / the order of houses along the path of a hamlet."""
    with session.opened() as opened:
        placed = plan_visits.place_houses(opened.home, hamlet, households)
    session.result({"placed": placed})


visit.add_command(age)
COMMANDS = (visit, tasks, plan)
