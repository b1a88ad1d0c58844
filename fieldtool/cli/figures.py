"""Commands on figures and paper: figures, figure, trend, propose, roster, report, print."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from fieldtool.cli.kinds import DAY
from fieldtool.cli.report_group import report_group
from fieldtool.cli.session import Session, command
from fieldtool.ports import Home
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.fields import Field
from fieldtool.usecases import four_words, propose_cases, saved_queries, work_case
from fieldtool.usecases.behind_figures import behind
from fieldtool.usecases.look_back import NOT_BACK, WEEKS, TrendWeek, look_back
from fieldtool.usecases.plan_visits import find_plan
from fieldtool.usecases.report_template import template_in_force
from fieldtool.usecases.seen_work import seen_work
from fieldtool.usecases.today import today
from fieldtool.usecases.week_work import week_work
from fieldtool.usecases.weekly_report import use_template, weekly_report
from fieldtool.wording.days import day_told
from fieldtool.wording.query_words import query_told


@click.command("figures")
@click.option("--village", default="", help="Mã bản / village id")
@click.option("--day", type=DAY, default="", help="Tính đến ngày / as of a day, DD/MM/YYYY")
@click.option("--keep", is_flag=True, help="Ghi lại làm số liệu của tuần này / keep as this week's")
@command
def figures(session: Session, village: str, day: str, keep: bool) -> None:
    """Đúng, đủ, sạch, sống: số đếm trên tổng, từng bản / the four words as counts by village."""
    with session.opened() as opened:
        home = opened.home
        if keep:
            four_words.keep_week(home)
        day, seen = day or today(home).day, seen_work(home, home.work)
        words = four_words.four_words(seen, day, village)
        work = week_work(seen, day, village, work_case.list_cases(home, "", village))
    for word, codes in four_words.WORDS.items():
        session.say(f"word.{word}")
        for code in codes:
            count, of = words.total.get(code, (0, 0))
            session.line(f"  {session.wording.say(f'figure.{code}')}: {count} / {of}  [{code}]")
    for group, names, second in (("week", saved_queries.WEEK, "last"), ("case", saved_queries.CASES, "late")):
        found = [(name, *work[name]) for name in names if any(work.get(name, ()))]
        if found:
            session.say(f"figures.{group}")
        for name, now, other in found:
            beside = f"{session.wording.say(f'figures.{group}.{second}')} {other}"
            session.line(f"  {query_told(name, session.wording)}: {now}, {beside}  [{name}]")
    session.result(words)


@click.command("figure")
@click.argument("code")
@click.option("--village", default="")
@click.option("--day", type=DAY, default="", help="Tính đến ngày / as of a day, DD/MM/YYYY")
@click.option("--week", default="", help="Tuần của báo cáo / the report's week, 2026-W48")
@click.option("--rest", is_flag=True, help="Những người chưa đạt / those who are not counted")
@command
def figure(session: Session, code: str, village: str, day: str, week: str, rest: bool) -> None:
    """Danh sách đằng sau một con số hay một truy vấn của báo cáo / the list behind a figure or a report's query."""
    with session.opened() as opened:
        home = opened.home
        home.log.note("view", f"figure {code} {village}".strip())
        day = day or today(home).day
        if week:
            day = min(four_words.week_span(week)[1], day)
        found = behind(seen_work(home, home.work), code, day, village, rest=rest)
    for item in found:
        waited = "" if item.days is None else session.wording.say("figures.days", days=item.days)
        about = session.wording.say(f"field.{item.about}") if item.about in set(Field) else item.about
        facts = (item.person, item.name, item.dob, item.village_name, item.household, waited, about)
        session.line("  ".join(facts).rstrip())
    session.tell_none(found)
    session.result(found)


@click.command("trend")
@click.option("--village", default="")
@click.option(
    "--weeks", type=click.IntRange(1, 260), default=WEEKS, show_default=True, help="Lùi mấy tuần / weeks back"
)
@click.option("--kept", is_flag=True, help="Chỉ những tuần đã lưu / only the weeks that were kept")
@command
def trend(session: Session, village: str, weeks: int, kept: bool) -> None:
    """Số liệu qua các tuần; tuần chưa lưu thì tính lùi từ nhật ký / weeks; those not kept from the log."""
    with session.opened() as opened:
        home = opened.home
        if kept:
            found = {week: TrendWeek(counts, False) for week, counts in four_words.trend(home, village).items()}
        else:
            found = look_back(home, village, weeks=weeks, progress=session.progress())
    for week, told in found.items():
        session.line(f"{week}{'*' if told.worked_out else ' '} {_leading(told, session.wording.say)}")
    if any(told.worked_out for told in found.values()):
        session.say("trend.worked_out", what=", ".join(session.wording.say(f"figure.{code}") for code in NOT_BACK))
    session.result({week: told.counts for week, told in found.items()})


def _leading(told: TrendWeek, say: Callable[..., str]) -> str:
    codes = {**four_words.LEADING, "sure": "sure.visited"}
    pairs = [(say(f"word.{word}"), told.counts.get(code)) for word, code in codes.items()]
    return "  ".join(f"{word} {pair[0]}/{pair[1]}" if pair else f"{word} —" for word, pair in pairs)


@click.command("propose")
@click.argument("kind", type=click.Choice(propose_cases.KINDS))
@click.option("--village", default="")
@click.option("--months", default=3, show_default=True, help="Nhìn trước mấy tháng / months ahead")
@click.option("--open", "opening", is_flag=True, help="Mở hồ sơ cho tất cả / open a case for each")
@command
def propose(session: Session, kind: str, village: str, months: int, opening: bool) -> None:
    """Ai cần có hồ sơ loại này / who should have a case of a kind."""
    with session.opened() as opened:
        found = propose_cases.propose(opened.home, kind, village, months=months)
        count = propose_cases.open_proposed(opened.home, found, session.progress()) if opening else 0
    for item in found:
        why = session.wording.say(f"choice.why.{item.why}") if item.why else ""
        session.line(f"{item.person}  {item.name}  {item.village_name}  {day_told(item.day)}  {why}")
    session.tell_none(found)
    session.result({"proposed": found, "opened": count})


@click.command("roster")
@click.argument("kind", type=click.Choice(["card_due", "vneid"]))
@click.option("--village", default="")
@click.option("--out", type=click.Path(path_type=Path), default=None, help="PDF")
@command
def roster(session: Session, kind: str, village: str, out: Path | None) -> None:
    """Danh sách gọi dân theo bản / the roster of a mobile session or an activation day, by village."""
    with session.opened() as opened:
        found = propose_cases.roster(opened.home, kind, village)
        if out is not None:
            content = opened.outputs().roster(opened.home, kind, village, session.wording.say)
            _write(opened.home, out, content)
    for place, cases in found.items():
        session.line(f"{place}: {len(cases)}")
    session.tell_none(found)
    session.result({"villages": found, "file": out})


def _write(home: Home, out: Path, content: bytes) -> Path:
    return home.sticks.write_proved(out.parent, out.name, content)


@report_group.command("queries")
@command
def report_queries(session: Session) -> None:
    """Các truy vấn mà mẫu báo cáo dùng được / the queries that a template may name."""
    for query in saved_queries.names():
        session.line(f"{query}  {query_told(query, session.wording)}")
    session.line(" ".join(f":{view}" for view in saved_queries.VIEWS))
    session.result({"queries": saved_queries.names(), "views": saved_queries.VIEWS})


@report_group.command("template")
@click.option("--out", type=click.Path(path_type=Path), default=None, help="Ghi mẫu đang dùng / the one in force")
@click.option("--use", type=click.Path(path_type=Path), default=None, help="Dùng mẫu đã sửa / the unit's own, edited")
@click.option("--shipped", is_flag=True, help="Dùng lại mẫu của chương trình / the program's own again")
@command
def report_template(session: Session, out: Path | None, use: Path | None, shipped: bool) -> None:
    """Mẫu báo cáo tuần để sửa, và mẫu đã sửa để dùng / the template of the weekly report, to be edited and used."""
    with session.opened() as opened:
        if use is not None or shipped:
            use_template(opened.home, opened.outputs().templates(), use)
            session.say("report.template.used", file=use or "—")
        file = _write(opened.home, out, template_in_force(opened.home).content) if out is not None else None
    session.result({"file": file, "used": use, "shipped": shipped})


@report_group.command("weekly")
@click.option("--out", type=click.Path(path_type=Path), required=True)
@click.option("--pdf", type=click.Path(path_type=Path), default=None)
@click.option("--template", type=click.Path(path_type=Path), default=None, help="Mẫu đã sửa / an edited template")
@click.option("--week", default="", help="2026-W48")
@command
def report_weekly(session: Session, out: Path, pdf: Path | None, template: Path | None, week: str) -> None:
    """Báo cáo tuần từ mẫu Excel / the weekly report from its template."""
    with session.opened() as opened:
        home = opened.home
        heads = [session.wording.say(f"sources.{item}") for item in _HEADS]
        made = weekly_report(
            home, opened.outputs().templates(), template, week=week, heads=heads, progress=session.progress()
        )
        file = _write(home, out, made.content)
        paper = _write(home, pdf, opened.outputs().weekly(home, made, session.wording.say)) if pdf else None
    session.say("cli.report.done", file=file, week=made.week)
    cells = [item for item in made.fillings if item.query]
    session.result({"file": file, "pdf": paper, "week": made.week, "cells": cells})


_HEADS = ("sheet", "cell", "value", "of", "query", "village")


SHEETS = ("route", "roster")


def print_sheet(session: Session, form: str, what: str, village: str, out: Path) -> None:
    """A route sheet (of a plan or village) or a roster as PDF; the command `print` calls it."""
    with session.opened() as opened:
        home, outputs = opened.home, opened.outputs()
        say: Callable[..., str] = session.wording.say
        if form == "route":
            content = outputs.route_sheet(home, find_plan(home, what), say)
        elif what in ("card_due", "vneid"):
            content = outputs.roster(home, what, village, say)
        else:
            raise FieldtoolError(ErrorCode.BAD_VALUE, values={"field": what, "detail": "card_due, vneid"})
        file = _write(home, out, content)
    session.say("cli.print.done", file=file)
    session.result({"file": file, "bytes": len(content)})


COMMANDS = (figures, figure, trend, propose, roster, report_group)
