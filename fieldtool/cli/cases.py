"""Commands on cases: open, list, show, step, tick, detail, note, hand-over, undo, kinds."""

from __future__ import annotations

import click

from fieldtool.cli.session import Session, command
from fieldtool.records.casebook import book
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.usecases import work_case
from fieldtool.wording.case_words import case_event_told, detail_told
from fieldtool.wording.days import day_told, moment_told


@click.group("case")
def case() -> None:
    """Hồ sơ theo dõi / cases."""


def _pairs(given: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for text in given:
        name, sign, value = text.partition("=")
        if not sign:
            raise FieldtoolError(ErrorCode.BAD_VALUE, values={"field": text, "detail": "NAME=VALUE"})
        found[name.strip()] = value.strip()
    return found


def _tell(session: Session, found: work_case.CaseView) -> None:
    item = found.case
    say = session.wording.say
    left = "" if found.left is None else say("cli.case.left", left=found.left)
    session.line(
        f"{item.id}  {say(f'case.{item.kind}')}  {item.name}  {say(f'case_state.{item.kind}.{item.state}')}  {left}"
    )


@case.command("kinds")
@command
def kinds(session: Session) -> None:
    """Các loại hồ sơ, bước và danh mục kiểm / kinds of case with their steps and checklists."""
    say = session.wording.say
    for kind, machine in book.MACHINES.items():
        session.line(f"{kind}  {say(f'case.{kind}')}")
        for state in machine.states:
            session.line(f"    {state}  {say(f'case_state.{kind}.{state}')}")
            for step in machine.steps_from(state):
                session.line(f"        → {step.code}  {say(f'case_step.{step.code}')}")
        for item in machine.checklist:
            session.line(f"    – {item}  {say(f'case_check.{item}')}")
        for name in machine.details:
            session.line(f"    {name}=…  {say(f'detail.{name}')}")
            for choice in machine.choices.get(name, ()):
                session.line(f"        {choice}  {say(f'choice.{name}.{choice}')}")
    session.result(book.MACHINES)


@case.command("open")
@click.argument("kind", type=click.Choice(list(book.MACHINES)))
@click.option("--person", default="")
@click.option("--household", default="")
@click.option("--set", "details", multiple=True, help="tên=giá trị / name=value")
@command
def open_(session: Session, kind: str, person: str, household: str, details: tuple[str, ...]) -> None:
    """Mở hồ sơ / open a case."""
    with session.opened() as opened:
        found = work_case.open_case(opened.home, kind, person, household, _pairs(details))
    _tell(session, found)
    session.result(found)


@case.command("list")
@click.option("--kind", default="")
@click.option("--village", default="")
@click.option("--owner", default="")
@click.option("--household", default="")
@click.option("--all", "closed", is_flag=True, help="Cả hồ sơ đã đóng / closed ones too")
@command
def list_(session: Session, kind: str, village: str, owner: str, household: str, closed: bool) -> None:
    """Các hồ sơ, quá hạn lên đầu / cases, late ones first."""
    with session.opened() as opened:
        found = work_case.list_cases(opened.home, kind, village, owner, household, closed=closed)
    for item in found:
        _tell(session, item)
    session.tell_none(found)
    session.result(found)


@case.command("show")
@click.argument("id")
@command
def show(session: Session, id: str) -> None:
    """Một hồ sơ với lịch sử / one case with its history."""
    with session.opened() as opened:
        opened.home.log.note("view", f"case {id}")
        found = work_case.show_case(opened.home, id)
        done = work_case.history(opened.home, id)
        called = opened.home.people.officer_called
        owner = called(found.case.owner)
        told = [
            (
                moment_told(event.at),
                called(event.author),
                case_event_told(event, found.machine, session.wording, called),
            )
            for event in done
        ]
    _tell(session, found)
    _tell_all(session, found, owner)
    for at, author, text in told:
        session.line(f"  {at}  {author}  {text}")
    session.result({"view": found, "history": done})


def _tell_all(session: Session, found: work_case.CaseView, owner: str) -> None:
    """Who has it, due day, details, checklist and what may be done next, each with the code that a command takes."""
    say, item = session.wording.say, found.case
    session.line(f"  {say('cases.owner', owner=owner)}")
    if item.due:
        session.line(f"  {say('cases.due')}: {day_told(item.due)}")
    for name, value in item.details.items():
        session.line(f"  {detail_told(name, value, found.machine, session.wording)}")
    for name in found.machine.checklist:
        mark = "✓" if item.checks.get(name) == book.TICKED else "–"
        session.line(f"  {mark} {name}  {say(f'case_check.{name}')}")
    for step in found.steps:
        session.line(f"  → {step.code}  {say(f'case_step.{step.code}')}")


@case.command("step")
@click.argument("id")
@click.argument("step")
@click.option("--set", "details", multiple=True, help="tên=giá trị / name=value")
@command
def step(session: Session, id: str, step: str, details: tuple[str, ...]) -> None:
    """Chuyển bước / take a step."""
    with session.opened() as opened:
        found = work_case.step(opened.home, id, step, _pairs(details))
    _tell(session, found)
    session.result(found)


@case.command("set")
@click.argument("id")
@click.argument("details", nargs=-1, required=True)
@command
def set_(session: Session, id: str, details: tuple[str, ...]) -> None:
    """Ghi chi tiết / write details."""
    with session.opened() as opened:
        found = work_case.tell(opened.home, id, _pairs(details))
    _tell(session, found)
    session.result(found)


@case.command("check")
@click.argument("id")
@click.argument("item")
@click.option("--off", is_flag=True, help="Bỏ đánh dấu / take the tick away")
@command
def check(session: Session, id: str, item: str, off: bool) -> None:
    """Đánh dấu một mục kiểm / tick an item of the checklist."""
    with session.opened() as opened:
        found = work_case.tick(opened.home, id, item, not off)
    _tell(session, found)
    session.result(found)


@case.command("note")
@click.argument("id")
@click.argument("text", nargs=-1, required=True)
@command
def note(session: Session, id: str, text: tuple[str, ...]) -> None:
    """Thêm ghi chú / add a note."""
    with session.opened() as opened:
        found = work_case.add_note(opened.home, id, " ".join(text))
    _tell(session, found)
    session.result(found)


@case.command("hand-over")
@click.argument("id")
@click.argument("to")
@command
def hand_over(session: Session, id: str, to: str) -> None:
    """Bàn giao cho người khác / give to another officer."""
    with session.opened() as opened:
        found = work_case.hand_over(opened.home, id, to)
    _tell(session, found)
    session.result(found)


@case.command("undo")
@click.argument("id")
@command
def undo(session: Session, id: str) -> None:
    """Hoàn tác bước cuối / take the last step back."""
    with session.opened() as opened:
        found = work_case.undo_step(opened.home, id)
    _tell(session, found)
    session.result(found)


COMMANDS = (case,)
