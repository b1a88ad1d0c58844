"""Commands that settle doubts or put them aside: decide, one or in bulk, and undo."""

from __future__ import annotations

from dataclasses import replace

import click

from fieldtool.cli.kinds import DAY
from fieldtool.cli.queue import choices, find_doubt
from fieldtool.cli.session import Session, command, purposed
from fieldtool.conflicts.roads import Suggestion, suggest
from fieldtool.ports import Home
from fieldtool.records.doubts import Standing
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.fields import Field
from fieldtool.records.persons import DoubtKind, FieldState
from fieldtool.usecases import settle_conflict
from fieldtool.usecases.decide_in_bulk import Bulk, bulk_lines, decide_in_bulk, undo_bulk
from fieldtool.usecases.put_aside import PAPERS, put_aside, reopen
from fieldtool.usecases.recent_acts import recent_acts
from fieldtool.usecases.review_queue import law_of


@click.command("decide")
@click.argument("id", required=False, default="")
@click.option("--value", default="", help="Giá trị tự nhập / a value typed in")
@click.option("--choose", type=click.IntRange(min=1), default=None, help="Số thứ tự giá trị / number of a value")
@click.option("--same", is_flag=True, help="Cùng một người / the same person")
@click.option("--apart", is_flag=True, help="Khác người / not the same person")
@click.option("--person", "person_id", default="", help="Người nhận giấy tờ / the person a paper belongs to")
@click.option("--park", is_flag=True, help="Để sau / put aside")
@click.option("--needs-paper", type=click.Choice(PAPERS), default=None, help="Cần giấy tờ / needs a paper")
@click.option("--ask-visit", is_flag=True, help="Hỏi khi đến nhà / ask at the visit")
@click.option("--accept", is_flag=True, help="Đúng như vậy / right as it stands")
@click.option("--reopen", "open_again", is_flag=True, help="Đưa lại vào hàng đợi / back into the queue")
@click.option("--until", type=DAY, default="", help="Đến ngày / until a day, DD/MM/YYYY")
@click.option("--bulk", "reason", default="", help="Quyết định cả loạt một lý do / all doubts of one reason")
@click.option("--village", default="", help="Chỉ một bản / one village only (--bulk)")
@click.option("--except", "excepted", multiple=True, help="Trừ điểm này / not this doubt (--bulk)")
@click.option("--dry-run", is_flag=True, help="Chỉ liệt kê / list only (--bulk)")
@click.option(
    "--undo", is_flag=True, help="Hoàn tác quyết định hoặc cả loạt có mã này / take back this decision or bulk"
)
@click.option("--recent", is_flag=True, help="Những việc hoàn tác được, mới nhất trước / acts that can be undone")
@click.option("--note", default="", help="Lý do bằng lời của cán bộ / the officer's own words")
@purposed
@command
def decide(session: Session, id: str, **given: object) -> None:
    """Quyết định một điểm chưa rõ hoặc cả loạt, để sau, hoàn tác / decide one doubt or many, put aside, undo."""
    acts = [name for name in _ACTS if given[name] not in ("", None, False)]
    if given["recent"] and not acts and not id:
        _recent(session)
        return
    if len(acts) != 1 or bool(id) == (acts == ["reason"]):
        raise click.UsageError("ID (--value | --choose | --same | --apart | --person | --park | --needs-paper"
                               " | --ask-visit | --accept | --reopen | --undo); --bulk; --recent")  # fmt: skip
    if given["note"] and acts[0] in _WORDLESS:
        raise click.UsageError("--note")  # words that no act would keep
    with session.opened() as opened:
        if acts == ["reason"]:
            _bulk(session, opened.home, given)
            return
        events = _one(session, opened.home, id, acts[0], given)
    if events:
        session.say("cli.decide.done", event=events[0])
    session.result({"events": events})


def _recent(session: Session) -> None:
    with session.opened() as opened:
        found = recent_acts(opened.home, _RECENT)
    for act in found:
        session.line(f"{session.wording.recent(act)}  [{act.event}]")
    if not found:
        session.say("cli.decide.none_recent")
    session.result({"acts": found})


_RECENT = 50
_ACTS = ("value", "choose", "same", "apart", "person_id", "park", "needs_paper", "ask_visit", "accept", "open_again",
         "reason", "undo")  # fmt: skip
_WORDLESS = ("reason", "undo", "open_again")
_STANDINGS = {
    "park": Standing.PARKED,
    "needs_paper": Standing.PAPER,
    "ask_visit": Standing.VISIT,
    "accept": Standing.ACCEPTED,
}


def _one(session: Session, home: Home, id: str, act: str, given: dict[str, object]) -> tuple[str, ...]:
    note = str(given["note"])
    if act == "undo":
        if home.log.event(id) is None:
            undone = undo_bulk(home, id, session.progress())
            session.say("cli.decide.bulk_undone", restored=undone.restored, left=undone.left)
            return ()
        return settle_conflict.undo(home, id)
    if act in ("same", "apart"):
        a, _, b = id.partition("|")
        if not b:
            raise FieldtoolError(ErrorCode.BAD_VALUE, values={"field": f"--{act}", "value": id})
        return settle_conflict.verdict(home, a, b, act, note=note)
    if act == "person_id":
        return (settle_conflict.settle_rivals(home, id, str(given["person_id"]), note),)
    if act == "open_again":
        return reopen(home, id)
    if act in _STANDINGS:
        doubt = find_doubt(home, id)
        if act == "accept" and doubt.kind not in (DoubtKind.NUMBER, DoubtKind.FAMILY):
            raise FieldtoolError(ErrorCode.BAD_VALUE, values={"field": "--accept", "value": id})
        paper, until = str(given["needs_paper"] or ""), str(given["until"])
        return put_aside(home, [id], _STANDINGS[act], until=until, note=note, paper=paper)
    choose = given["choose"]
    return (_decide_field(home, id, str(given["value"]), choose if isinstance(choose, int) else None, note),)


def _decide_field(home: Home, id: str, value: str, choose: int | None, note: str) -> str:
    person_id, _, name = id.rpartition(":")
    if id.startswith(("number:", "family:")):  # what cannot be his is mended in the field that the finding names
        doubt = find_doubt(home, id)
        person_id, name = doubt.person, doubt.field
    if name not in set(Field):
        if home.people.doubt(id) is not None:  # a right id with an act that says nothing of it
            told = "--value" if value else "--choose"
            raise FieldtoolError(ErrorCode.BAD_VALUE, values={"field": told, "value": id})
        raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": id})
    field = Field(name)
    found = home.people.person(person_id)
    if found is None:
        raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": person_id})
    view = found.fields.get(field)
    chosen: tuple[str, ...] = ()
    if choose is not None:
        options = choices(view) if view else []
        if choose > len(options):
            raise FieldtoolError(ErrorCode.BAD_VALUE, values={"field": "--choose", "detail": f"1–{len(options)}"})
        value, given = options[choose - 1]
        chosen = given if view is not None and view.state is not FieldState.DIVIDED else ()
    road = suggest(found, field, law_of(home.people)) if view else Suggestion("")
    reason = road.code if road.value == value else ""
    return settle_conflict.decide(
        home, found.id, field, value, chosen=chosen, reason=reason, note=note, form=road.form if view else ""
    )


def _bulk(session: Session, home: Home, given: dict[str, object]) -> None:
    reason, village = str(given["reason"]), str(given["village"])
    excepted = given["excepted"] if isinstance(given["excepted"], tuple) else ()
    if given["dry_run"]:
        outcome = Bulk("", (), tuple(bulk_lines(home.people, reason, village, home.clock.now()[:10])))
        if not outcome.lines:
            raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": reason})
    else:
        outcome = decide_in_bulk(home, reason, village=village, excepted=excepted, progress=session.progress())
    lines = [replace(line, value=session.shown(line.doubt.field, line.value)) for line in outcome.lines]
    for line in lines:
        values = " | ".join(session.shown(line.doubt.field, value) for value in line.doubt.values)
        becomes = session.wording.say(f"left.{line.left}") if line.left else f" → {line.value}"
        session.line(f"{line.doubt.id}  {line.doubt.name}  {values}{becomes}")
    left = len(outcome.lines) - outcome.decided
    code = "cli.decide.bulk_dry" if given["dry_run"] else "cli.decide.bulk"
    session.say(code, act=outcome.act, decided=outcome.decided, left=left)
    session.result(
        {
            "act": outcome.act,
            "decided": outcome.decided,
            "left": left,
            "events": outcome.events,
            "lines": lines,
        }
    )


COMMANDS = (decide,)
