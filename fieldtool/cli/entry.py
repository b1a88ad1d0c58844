"""Commands of the clerk's desk: entry open, add, list, verify, correct, withdraw, close."""

from __future__ import annotations

import json
import sys

import click

from fieldtool.cli.session import Session, command, purposed
from fieldtool.intake.forms import FORMS, form_of
from fieldtool.intake.issues import IssueCode
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.sensitive import SENSITIVE
from fieldtool.usecases import enter_papers
from fieldtool.usecases.look_alike import probably
from fieldtool.wording.days import day_told


@click.group("entry")
def entry() -> None:
    """Bàn nhập liệu / the clerk's desk."""


def _typed(given: tuple[str, ...]) -> dict[Field, str]:
    known = {item.value: item for item in Field}
    found = {}
    for text in given:
        name, sign, value = text.partition("=")
        if not sign or name not in known:
            raise FieldtoolError(ErrorCode.BAD_VALUE, values={"field": text, "detail": ", ".join(known)})
        found[known[name]] = value
    return found


@entry.command("forms")
@command
def forms(session: Session) -> None:
    """Các mục theo thứ tự in trên giấy / fields in the order they are printed."""
    say = session.wording.say
    for kind, fields in FORMS.items():
        session.line(f"{kind}  {say(f'kind.{kind}')}")
        for item in fields:
            session.line(f"    {item.field}  {say(f'field.{item.field}')}")
    session.result(FORMS)


@entry.command("open")
@click.argument("kind", type=click.Choice([str(item) for item in FORMS]))
@click.option("--title", default="", help="Tên sổ, tập giấy / what the pile is")
@click.option("--total", default=0, help="Số tờ ghi trên giấy / the paper's own total")
@command
def open_(session: Session, kind: str, title: str, total: int) -> None:
    """Mở một tập / begin a batch."""
    with session.opened() as opened:
        made = enter_papers.open_batch(opened.home, DocumentKind(kind), title, total)
    session.line(made.id)
    session.result(made)


@entry.command("batches")
@command
def batches(session: Session) -> None:
    """Các tập đã mở / batches."""
    with session.opened() as opened:
        found = enter_papers.batches(opened.home)
    for item in found:
        kind, closed = session.wording.say(f"kind.{item.kind}"), day_told(item.closed)
        session.line(f"{item.id}  {kind}  {item.title}  {item.typed}/{item.total or '?'}  {closed}".rstrip())
    session.tell_none(found)
    session.result(found)


@entry.command("add")
@click.argument("batch")
@click.option("--set", "fields", multiple=True, help="trường=giá trị / field=value")
@click.option("--lines", is_flag=True, help="Mỗi dòng stdin một bản ghi JSON / a JSON record a line on stdin")
@click.option("--person", default="", help="Thuộc về người / the person it is")
@command
def add(session: Session, batch: str, fields: tuple[str, ...], lines: bool, person: str) -> None:
    """Nhập một bản ghi; mục lặp lại giữ từ bản ghi trước / type a record; repeated fields stay from the last one."""
    given = [_from_line(line) for line in sys.stdin if line.strip()] if lines else [_typed(fields)]
    outcomes = []
    with session.opened() as opened:
        home = opened.home
        standing = enter_papers.batch(home, batch)
        kept = _kept(enter_papers.last_typed(home, batch), standing.kind)
        for typed in given:
            full = {**kept, **typed}
            alike = probably(home.people, enter_papers.read_fields(standing.kind, full), limit=3)
            done = enter_papers.add_paper(home, batch, full, person=person)
            kept = _kept(full, standing.kind)
            outcomes.append({"entered": done, "probably": alike})
            _tell(session, done.remarks)
        state = enter_papers.batch(home, batch)
    session.say("cli.entry.count", typed=state.typed, total=state.total or "?")
    session.result({"records": outcomes, "batch": state})


def _from_line(line: str) -> dict[Field, str]:
    try:
        data = json.loads(line)
    except ValueError as error:
        raise FieldtoolError(ErrorCode.BAD_RECORD, values={"detail": str(error)}) from error
    if not isinstance(data, dict):
        raise FieldtoolError(ErrorCode.BAD_RECORD, values={"detail": line.strip()[:60]})
    return _typed(tuple(f"{name}={value}" for name, value in data.items()))


def _kept(typed: dict[Field, str], kind: DocumentKind) -> dict[Field, str]:
    return {item.field: typed[item.field] for item in form_of(kind) if item.kept and item.field in typed}


def _tell(session: Session, found: tuple[tuple[IssueCode, Field], ...]) -> None:
    for code, field in found:
        session.line(f"! {session.wording.say(f'field.{field}')}: {session.wording.issue(code)[0]}")


@entry.command("list")
@click.argument("batch")
@purposed
@command
def list_(session: Session, batch: str) -> None:
    """Các bản ghi trong một tập / the records of a batch."""
    with session.opened() as opened:
        state = enter_papers.batch(opened.home, batch)
        papers = opened.home.work.entered(batch)
    for number, paper in enumerate(papers, start=1):
        session.line(f"{number}. {paper.id}  {paper.get(Field.NAME)}  {paper.get(Field.DOB)}")
    session.result({"batch": state, "records": papers})


@entry.command("correct")
@click.argument("batch")
@click.argument("document")
@click.option("--set", "fields", multiple=True, required=True)
@command
def correct(session: Session, batch: str, document: str, fields: tuple[str, ...]) -> None:
    """Sửa bản ghi do mình nhập / correct one's own record."""
    with session.opened() as opened:
        found = opened.home.people.document(document)
        before = dict(found.raw) if found else {}
        done = enter_papers.correct_paper(opened.home, batch, document, {**before, **_typed(fields)})
    _tell(session, done.remarks)
    session.result(done)


@entry.command("withdraw")
@click.argument("batch")
@click.argument("document")
@command
def withdraw(session: Session, batch: str, document: str) -> None:
    """Rút một bản ghi / take a record back."""
    with session.opened() as opened:
        enter_papers.withdraw_paper(opened.home, batch, document)
    session.result({"withdrawn": document})


@entry.command("verify")
@click.argument("batch")
@click.argument("document", required=False)
@click.option("--set", "fields", multiple=True)
@command
def verify(session: Session, batch: str, document: str | None, fields: tuple[str, ...]) -> None:
    """Người thứ hai nhập lại các ô đánh dấu / a second person types the marked fields again; without a record, what
    is left."""
    with session.opened() as opened:
        home = opened.home
        if document is None:
            left = enter_papers.to_verify(home, batch)
            kind = enter_papers.batch(home, batch).kind
            marked = enter_papers.marked_fields(kind)
            session.say("cli.entry.marked", fields=", ".join(session.wording.say(f"field.{item}") for item in marked))
            for paper in left:
                session.line(f"{paper.id}  {paper.get(Field.NAME)}")
            session.tell_none(left)
            session.result({"left": [paper.id for paper in left], "fields": marked})
            return
        differs = enter_papers.verify_paper(home, batch, document, _typed(fields))
    for field, (first, second) in differs.items():
        session.line(f"{session.wording.say(f'field.{field}')}: {first} / {second}")
    session.result({"differs": differs}, needed=SENSITIVE)  # of the paper in his hand


@entry.command("close")
@click.argument("batch")
@command
def close(session: Session, batch: str) -> None:
    """Đóng tập / close a batch."""
    with session.opened() as opened:
        done = enter_papers.close_batch(opened.home, batch)
    words = "entry.closed_differs" if done.missing else "entry.closed"
    session.say(words, typed=done.typed, total=done.total or "?")
    session.result({"batch": done, "missing": done.missing})


COMMANDS = (entry,)
