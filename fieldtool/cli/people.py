"""Commands on what the screens show: search, person, household, conflicts, decide."""

from __future__ import annotations

import click

from fieldtool.cli.kinds import COUNT
from fieldtool.cli.session import Session, command, purposed
from fieldtool.usecases.seen_people import search_people, view_household, view_person
from fieldtool.wording.days import moment_told

_ALL = 1_000_000


@click.command("search")
@click.argument("text", nargs=-1, required=True)
@click.option("--limit", type=COUNT, default=50, show_default=True)
@command
def search(session: Session, text: tuple[str, ...], limit: int) -> None:
    """Tìm người: có dấu hay không, thứ tự nào cũng được / find persons."""
    with session.opened() as opened:
        hits = search_people(opened.home, " ".join(text), limit)
    for hit in hits:
        session.line(f"{hit.id}  {hit.name}  {hit.dob}  {hit.sex}  {hit.n12 or hit.n9}  {hit.village_name}")
    if not hits:
        session.say("cli.search.none")
    session.result(hits)


@click.command("person")
@click.argument("id")
@purposed
@command
def person(session: Session, id: str) -> None:
    """Một người: các trường, giấy tờ và điểm lệch / one person with fields, papers and open conflicts."""
    with session.opened() as opened:
        found = view_person(opened.home, id)
        made = [item for view in found.fields.values() for item in view.decisions]
        authors = {item.author: opened.home.people.officer_called(item.author) for item in made}
    for name, view in found.fields.items():
        value, state = session.shown(name, view.value), session.wording.say(f"state.{view.state}")
        session.line(f"{session.wording.say(f'field.{name}')}: {value}  [{state}]")
        for item in view.decisions:
            words = session.wording.own_words(item.basis.get("note"))
            author = authors[item.author]
            session.line(f"    {session.shown(name, item.value)} – {author}, {moment_told(item.at)}{words}")
    session.tell_hidden(name for name, view in found.fields.items() if view.value)
    session.result(found)


@click.command("household")
@click.argument("id")
@command
def household(session: Session, id: str) -> None:
    """Một hộ và các thành viên / one household with its members."""
    with session.opened() as opened:
        found = view_household(opened.home, id)
    for member in found.members:
        session.line(f"{member.person}  {member.name}  {member.relation}  {member.dob}")
    session.result(found)


COMMANDS = (search, person, household)
