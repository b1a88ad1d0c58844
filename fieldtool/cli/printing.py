"""Commands for paper: printed forms, and what a unit may change of them (the legal table, the forms' texts)."""

from __future__ import annotations

from pathlib import Path

import click

from fieldtool.cli import figures
from fieldtool.cli.session import Session, command, purposed
from fieldtool.conflicts.law import FORMS
from fieldtool.records.errors import ErrorCode, FieldtoolError, Place
from fieldtool.usecases import unit_texts
from fieldtool.usecases.print_form import Scope, print_form
from fieldtool.usecases.review_queue import law_of

_LARGEST = 1_000_000  # bytes of a table or template


@click.command("print")
@click.argument("form", type=click.Choice((*FORMS, *figures.SHEETS)))
@click.argument("what", required=False, default="")
@click.option("--conflict", "doubt", default="", help="Mã điểm lệch / id of a doubt")
@click.option("--person", default="", help="Mã người / person id")
@click.option("--household", default="", help="Mã hộ / household id")
@click.option("--village", default="", help="Mã bản / village id")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Tệp PDF / PDF file")
@purposed
@command
def print_(
    session: Session, form: str, what: str, doubt: str, person: str, household: str, village: str, out: Path
) -> None:
    """In biểu mẫu, phiếu đường đi, danh sách gọi dân ra PDF / print a form, a route sheet or a roster as PDF on A4.

    WHAT: mã kế hoạch hoặc bản (route), card_due hay vneid (roster); biểu mẫu thì dùng --conflict, --person,
    --household hoặc --village / a plan or village, a kind of roster; for forms one of the options.
    """
    if form in figures.SHEETS:
        if not what:
            raise click.UsageError("print route PLAN | print roster KIND")
        figures.print_sheet(session, form, what, village, out)
        return
    if what:
        raise click.UsageError(what)
    if sum(map(bool, (doubt, person, household, village))) != 1:
        raise click.UsageError("(--conflict | --person | --household | --village)")
    scope = Scope(doubt, person, household, village)
    with session.opened() as opened:
        done = print_form(
            opened.home, session.doors.forms(), form, scope, out, session.progress(), sensitive=bool(session.purpose)
        )
    session.say("cli.print.forms", file=done.file, count=done.sheets)
    session.result(done)


@click.command("law")
@click.option("--save", type=click.Path(path_type=Path), help="Ghi bảng ra tệp CSV / write the table to a file")
@click.option("--load", type=click.Path(path_type=Path), help="Dùng bảng của đơn vị / put the unit's table in force")
@click.option("--reset", is_flag=True, help="Trở lại bảng có sẵn / back to the shipped table")
@command
def law(session: Session, save: Path | None, load: Path | None, reset: bool) -> None:
    """Bảng đường pháp lý: xem, sửa / the table of legal roads."""
    with session.opened() as opened:
        home = opened.home
        if load is not None:
            try:
                unit_texts.keep_law(home, _read(load), file=load.name)
            except FieldtoolError as error:
                _faults(session, error, "law_issue")
                raise
        elif reset:
            unit_texts.reset_law(home)
        table = law_of(home.people)
        if save is not None:
            _write(save, unit_texts.law_text(home.people))
    for rule in table.rules:
        parts = (" ".join(sorted(rule.subject)), rule.paper, rule.against, rule.birth, rule.who, rule.form)
        session.line(f"{rule.code}  {' · '.join(part for part in parts if part)}  {rule.source} [{rule.certainty}]")
    session.result({"own": table.own, "rules": table.rules})


@click.command("template")
@click.argument("form", type=click.Choice(FORMS))
@click.option("--save", type=click.Path(path_type=Path), help="Ghi mẫu ra tệp TOML / write the template to a file")
@click.option("--load", type=click.Path(path_type=Path), help="Dùng mẫu của đơn vị / put the unit's template in force")
@click.option("--reset", is_flag=True, help="Trở lại mẫu có sẵn / back to the shipped template")
@command
def template(session: Session, form: str, save: Path | None, load: Path | None, reset: bool) -> None:
    """Tên và câu chữ của biểu mẫu in / titles and texts of a printed form."""
    with session.opened() as opened:
        home = opened.home
        if load is not None:
            try:
                unit_texts.keep_template(home, form, _read(load), file=load.name)
            except FieldtoolError as error:
                _faults(session, error, "template_issue")
                raise
        elif reset:
            unit_texts.reset_template(home, form)
        text = unit_texts.template_text(home.people, form)
        if save is not None:
            _write(save, text)
    session.line(text)
    session.result({"form": form, "text": text})


def _faults(session: Session, error: FieldtoolError, family: str) -> None:
    """Every fault by its row, before the refusal itself."""
    issues = error.values.get("issues")
    for issue in issues if isinstance(issues, tuple) else ():
        where = getattr(issue, "row", "") or getattr(issue, "where", "")
        session.line(f"{where}: {session.wording.say(f'{family}.{issue.code}', detail=issue.detail)}")


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST:
            raise FieldtoolError(ErrorCode.READ_FAILED, place=Place(file=path.name), values={"detail": path.name})
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as trouble:
        raise FieldtoolError(
            ErrorCode.NO_FILE, place=Place(file=path.name), values={"file": path.name, "detail": str(trouble)}
        ) from trouble


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as trouble:
        raise FieldtoolError(ErrorCode.NOT_WRITABLE, values={"detail": str(trouble)}) from trouble


COMMANDS = (print_, law, template)
