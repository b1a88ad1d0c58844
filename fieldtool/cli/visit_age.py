"""The age interview for a member of a household: `visit age`, and one date taken onto the draft of the visit."""

from __future__ import annotations

import datetime

import click

from fieldtool.cli.age_options import age_options, age_question
from fieldtool.cli.session import Session, command
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.presence import Asked
from fieldtool.records.visits import Sheet
from fieldtool.usecases import age_at_the_door as interview
from fieldtool.usecases import open_household as door
from fieldtool.usecases.seen_people import view_household
from fieldtool.usecases.today import today
from fieldtool.wording import age_words


@click.command("age")
@click.argument("household")
@click.argument("who")
@age_options
@click.option("--take", default=0, help="Ghi ngày số mấy vào phiếu / write down the date of this number")
@click.option("--said-by", default="", help="Ai nói / who said it")
@command
def age(session: Session, household: str, who: str, take: int, said_by: str, **said: object) -> None:
    """Hỏi tuổi một người trong hộ (mã người, hoặc mã chỗ của người mới) / the age interview at the door."""
    question = age_question(said)
    say = session.wording.say
    with session.opened() as opened:
        home = opened.home
        view_household(home, household)
        day = today(home).day
        page = door.open_household(home.people, home.work, home.drafts, home.ids, household, day)
        papers = interview.papers_of(page, who)
        found = interview.offers(question, datetime.date.fromisoformat(day), papers)
        for number, offer in enumerate(found, 1):
            mark = say("visit.age_paper", value=offer.value) if offer.on_paper else offer.value
            session.line(f"{number}  {mark}  {age_words.line_told(offer.candidate, say)}")
        if not found:
            session.say("visit.age_nothing")
        taken = ""
        if take:
            if not 0 < take <= len(found):
                raise FieldtoolError(ErrorCode.BAD_VALUE, values={"field": "--take", "detail": f"1–{len(found)}"})
            taken, speaker = found[take - 1].value, said_by or page.sheet.met
            clues = age_words.clues_told(question, say)
            sheet = interview.take_date(page, page.sheet, who, taken, speaker, clues)
            door.keep_draft(home.drafts, sheet)
            session.say("cli.visit.age_taken", household=household, value=taken, who=speaker)
            if _beside(sheet, who):
                session.say("cli.visit.age_statement")
    session.result({"offers": [_plain(offer) for offer in found], "taken": taken})


def _plain(offer: interview.Offer) -> dict[str, object]:
    days = offer.candidate
    span = {"first": str(days.first), "last": str(days.last), "lunar_year": days.lunar_year, "reasons": days.reasons}
    return {"value": offer.value, "on_paper": offer.on_paper, **span}


def _beside(sheet: Sheet, who: str) -> bool:
    """Whether the date stays a statement beside papers that agree on another one."""
    return any(item.person == who and item.field == Asked.DOB and not item.settles for item in sheet.conflicts)
