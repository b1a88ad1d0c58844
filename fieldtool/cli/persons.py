"""Commands on whole persons: merge, split, and the proposals that a second officer confirms."""

from __future__ import annotations

import click

from fieldtool.cli.session import Session, command, purposed
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.usecases import join_persons
from fieldtool.usecases.join_persons import Preview


@click.command("merge")
@click.argument("into")
@click.argument("other", required=False, default="")
@click.option("--preview", is_flag=True, help="Chỉ xem hệ quả / consequences only")
@purposed
@click.option("--propose", is_flag=True, help="Đề nghị cán bộ thứ hai xác nhận / propose to a second officer")
@click.option("--confirm", is_flag=True, help="Xác nhận đề nghị của cán bộ khác / confirm another officer's proposal")
@click.option("--decline", is_flag=True, help="Rút hoặc từ chối đề nghị / withdraw or refuse a proposal")
@click.option("--note", default="", help="Lý do bằng lời của cán bộ / the officer's own words")
@command
def merge(
    session: Session, into: str, other: str, preview: bool, propose: bool, confirm: bool, decline: bool, note: str
) -> None:
    """Nhập hai người làm một (mã người); đề nghị: mã cặp giấy "a|b" / merge two persons; a proposal by its pair id."""
    if sum((preview, propose, confirm, decline)) > 1 or bool(other) == (confirm or decline):
        raise click.UsageError("merge INTO OTHER [--preview | --propose]; merge PAIR (--confirm | --decline)")
    with session.opened() as opened:
        home = opened.home
        if confirm:
            events = join_persons.confirm(home, into, note)
        elif decline:
            events = (join_persons.decline(home, into, note),)
        else:
            seen = join_persons.preview_merge(home.people, home.work, into, other)
            _tell(session, seen)
            if preview:
                session.result(seen)
                return
            if propose:
                left, right = home.people.person(into), home.people.person(other)
                if left is None or right is None:
                    raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": into if left is None else other})
                events = (join_persons.propose(home, left.documents[0].id, right.documents[0].id, note),)
            else:
                events = join_persons.merge(home, into, other, note)
    session.say("cli.decide.done", event=events[0])
    session.result({"events": events})


@click.command("split")
@click.argument("person")
@click.option("--document", "documents", multiple=True, required=True, help="Giấy tờ tách ra / a paper that leaves")
@click.option("--preview", is_flag=True, help="Chỉ xem hệ quả / consequences only")
@click.option("--note", default="", help="Lý do bằng lời của cán bộ / the officer's own words")
@purposed
@command
def split(session: Session, person: str, documents: tuple[str, ...], preview: bool, note: str) -> None:
    """Tách giấy tờ khỏi một người / take papers out of a person; they found another one."""
    with session.opened() as opened:
        seen = join_persons.preview_split(opened.home.people, person, documents)
        _tell(session, seen)
        if preview:
            session.result(seen)
            return
        events = join_persons.split(opened.home, person, documents, note)
    session.say("cli.decide.done", event=events[0])
    session.result({"events": events})


def _tell(session: Session, preview: Preview) -> None:
    for item in preview.consequences:
        session.consequence(item)


COMMANDS = (merge, split)
