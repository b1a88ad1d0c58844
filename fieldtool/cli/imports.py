"""Commands on foreign lists: import, imports, undo-import, mapping, report import."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from fieldtool.cli.csv_files import write_csv
from fieldtool.cli.numbers import number_results
from fieldtool.cli.report_group import report_group
from fieldtool.cli.session import Session, command, plain, purposed
from fieldtool.intake.issues import Issue, IssueCode, Severity, severity_of
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.usecases.check_numbers import NumberReport, numbers_of_import
from fieldtool.usecases.import_list import ImportOutcome, get_ready, import_list
from fieldtool.usecases.list_imports import list_imports
from fieldtool.usecases.list_mappings import (
    forget_mapping,
    kept_mappings,
    mappings_of,
    read_mapping,
    write_mapping,
)
from fieldtool.usecases.preview_list import Preview, preview_list
from fieldtool.usecases.report_import import report_kept, report_list
from fieldtool.usecases.row_verdicts import VerdictPages
from fieldtool.usecases.undo_import import undo_import as undo
from fieldtool.wording.days import moment_told

_KINDS = click.Choice([str(kind) for kind in DocumentKind])
_FILE = click.Path(path_type=Path)
_COUNTS = ("rows", "added", "unchanged", "parked", "refused")


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=_FILE)
@click.option("--kind", type=_KINDS, default=None, help="Loại danh sách / kind of list")
@click.option("--sheet", default=None, help="Chỉ một trang tính / one sheet only")
@click.option("--map", "mapping", type=_FILE, default=None, help="Tệp gán cột / saved mapping")
@click.option("--save-map", type=_FILE, default=None, help="Lưu cách gán cột ra tệp / save the mapping found")
@click.option("--dry-run", is_flag=True, help="Chỉ thử, không ghi / change nothing")
@click.option("--verdicts", type=_FILE, default=None, help="CSV: kết quả từng dòng / every row's verdict")
@click.option("--report", type=_FILE, default=None, help="Báo cáo Excel, lý do cạnh từng ô / report workbook")
@command
def import_(
    session: Session,
    files: tuple[Path, ...],
    kind: str | None,
    sheet: str | None,
    mapping: Path | None,
    save_map: Path | None,
    dry_run: bool,
    verdicts: Path | None,
    report: Path | None,
) -> None:
    """Nhập danh sách Excel thành giấy tờ / foreign lists to documents."""
    if report is not None and len(files) > 1:
        raise click.UsageError("--report: một tệp mỗi lần / one file at a time")
    outcomes: list[ImportOutcome] = []
    told: list[VerdictPages] = []
    clashes: list[NumberReport] = []
    books = session.doors.workbooks
    get_ready(books)
    with session.opened() as opened:
        for file in files:
            pages = VerdictPages()
            outcome = import_list(
                opened.home,
                books,
                file,
                kind=DocumentKind(kind) if kind else None,
                sheet=sheet,
                mapping=mapping,
                dry_run=dry_run,
                verdicts=pages,
                progress=session.progress(),
            )
            outcomes.append(outcome)
            told.append(pages)
            _say_import(session, file, outcome)
            if outcome.id:
                clashes.append(numbers_of_import(opened.home, outcome.id, session.progress()))
                for finding in clashes[-1].findings:
                    session.say(f"finding.{finding.code}", **finding.values)
            if report is not None:
                report_list(opened.home, books, file, outcome, pages, report, session.wording, session.progress())
                session.say("cli.report.written", file=report)
    _write_files(session, outcomes, told, save_map, verdicts)
    totals = {name: sum(getattr(item, name) for item in outcomes) for name in _COUNTS}
    issues = [_issue(session, issue) for item in outcomes for issue in item.issues]
    summaries = [_summary(file, outcome) for file, outcome in zip(files, outcomes, strict=True)]
    numbers = [item for report_ in clashes for item in number_results(session, report_)]
    session.result({**totals, "issues": issues, "numbers": numbers, "files": summaries})


def _write_files(
    session: Session,
    outcomes: list[ImportOutcome],
    told: list[VerdictPages],
    save_map: Path | None,
    verdicts: Path | None,
) -> None:
    """The files an import may leave beside the home: the mapping that was found, and the verdict on every row."""
    if save_map is not None:
        found = mappings_of(layout for outcome in outcomes for layout in outcome.layouts)
        write_mapping(save_map, found)
        session.say("cli.mapping.saved", layouts=len(found.by_layout), file=save_map)
    if verdicts is not None:
        write_csv(verdicts, _VERDICT_COLUMNS, _verdict_rows(session, told))
        session.say("cli.rows_written", rows=sum(map(len, told)), file=verdicts)


_VERDICT_COLUMNS = ("file", "sheet", "row", "verdict", "name", "cells", "codes", "reasons", "to_do", "document_id")


def _verdict_rows(session: Session, told: list[VerdictPages]) -> Iterator[tuple[object, ...]]:
    for pages in told:
        for row in pages:
            said = [session.wording.issue(issue.code, issue.text) for issue in row.issues]
            yield (
                pages.file,
                row.sheet,
                row.row,
                str(row.verdict),
                row.raw.get(Field.NAME, ""),
                " ".join(issue.cell for issue in row.issues),
                " ".join(issue.code for issue in row.issues),
                "; ".join(what for what, _ in said),
                " ".join(dict.fromkeys(then for _, then in said)),
                row.document,
            )


def _say_import(session: Session, file: Path, outcome: ImportOutcome) -> None:
    """The account; each row that was parked or refused, what to do at the first of its kind; of notes how many."""
    session.say("cli.import.done", file=file.name, **{name: getattr(outcome, name) for name in _COUNTS})
    hinted = set()
    for issue in outcome.issues:
        if issue.severity is Severity.NOTE:
            continue  # all of them are in the JSON and in the import's own report
        read = _issue(session, issue)
        place = "!".join(part for part in (issue.sheet, issue.cell) if part)
        session.line(f"  {place}  {read['code']}  {read['message']}")
        if issue.code not in hinted:
            session.line(f"      → {read['hint']}")
            hinted.add(issue.code)
    texts = {issue.code: issue.text for issue in reversed(outcome.issues)}
    for code in map(IssueCode, outcome.counts):
        if severity_of(code) is Severity.NOTE:
            message, hint = session.wording.issue(code, texts.get(code, ""))
            session.say("cli.import.noted", count=outcome.counts[code], message=message, hint=hint)


def _issue(session: Session, issue: Issue) -> dict[str, object]:
    """An issue with its words: what is wrong, and what to do."""
    message, hint = session.wording.issue(issue.code, issue.text)
    data: dict[str, object] = plain(issue)
    return {**data, "message": message, "hint": hint}


def _summary(file: Path, outcome: ImportOutcome) -> dict[str, object]:
    data: dict[str, object] = plain(outcome)
    for name in ("issues", "preview", "layouts"):  # said once for all files, or of use to the window alone
        data.pop(name, None)
    return {"file": file.name, **data}


@click.command("undo-import")
@click.argument("id")
@command
def undo_import(session: Session, id: str) -> None:
    """Hoàn tác cả một lần nhập / take a whole import back."""
    with session.opened() as opened:
        undo(opened.home, id)
    session.say("cli.undo_import.done", id=id)
    session.result({"undone": id})


@click.command("imports")
@command
def imports(session: Session) -> None:
    """Các lần nhập, mới nhất trước / the imports, newest first."""
    with session.opened() as opened:
        lines = list_imports(opened.home)
    for line in lines:
        counts = {name: getattr(line, name) for name in _COUNTS}
        state = session.wording.say("import.undone" if line.undone else "import.stands")
        session.line(f"{line.id}  {moment_told(line.at)}  {state}")
        session.say("cli.import.done", file=f"  {line.file}", **counts)
    session.result({"imports": lines})


@click.group("mapping")
def mapping_group() -> None:
    """Cách gán cột của danh sách / how a list's columns are understood."""


@mapping_group.command("show")
@click.argument("file", type=_FILE)
@click.option("--map", "mapping", type=_FILE, default=None, help="Tệp gán cột / saved mapping")
@click.option("--sheet", default=None, help="Chỉ một trang tính / one sheet only")
@command
def mapping_show(session: Session, file: Path, mapping: Path | None, sheet: str | None) -> None:
    """Chương trình hiểu từng cột ra sao, 20 dòng trước và sau / what is recognised, 20 rows before and after."""
    with session.opened() as opened:
        given = read_mapping(opened.home, mapping) if mapping is not None else None
        seen = preview_list(
            opened.home, session.doors.workbooks, file, sheet=sheet, mappings=given, progress=session.progress()
        )
    _say_preview(session, seen)
    session.result(seen)


def _say_preview(session: Session, seen: Preview) -> None:
    for item in seen.lists:
        if item.layout is None:
            session.say("cli.mapping.no_heading", sheet=item.sheet)
            continue
        kind = session.wording.say(f"kind.{item.layout.kind}")
        first, last = item.layout.header_rows
        session.say(
            "cli.mapping.list", sheet=item.sheet, kind=kind, first=first, last=last, village=item.layout.village
        )
        if item.remembered:
            session.say("cli.mapping.remembered", layout=item.name)
        for column in item.layout.columns:
            meaning = session.wording.say(f"meaning.{column.meaning}") if column.meaning else "—"
            notes = " ".join(part for part in (column.encoding, str(column.order).replace("day_first", "")) if part)
            session.line(f"  {column.heading or '—'}  →  {meaning}  {notes}".rstrip())


@mapping_group.command("list")
@command
def mapping_list(session: Session) -> None:
    """Các cách gán cột đang được nhớ / the mappings this home remembers."""
    with session.opened() as opened:
        kept = kept_mappings(opened.home)
    for item in kept:
        session.line(f"{item.layout}  {', '.join(item.mapping.columns)}")
    session.result({"mappings": [{"layout": item.layout, **item.mapping.to_json()} for item in kept]})


@mapping_group.command("forget")
@click.argument("layout")
@command
def mapping_forget(session: Session, layout: str) -> None:
    """Quên một cách gán cột / forget a remembered mapping."""
    with session.opened() as opened:
        forget_mapping(opened.home, layout)
    session.say("cli.mapping.forgotten", layout=layout)
    session.result({"forgotten": layout})


@report_group.command("import")
@click.argument("id")
@click.option("--out", type=_FILE, required=True, help="Tệp báo cáo .xlsx / the workbook")
@purposed
@command
def report_import(session: Session, id: str, out: Path) -> None:
    """Báo cáo một lần nhập đã làm / the report of an earlier import."""
    with session.opened() as opened:
        report_kept(
            opened.home,
            session.doors.workbooks,
            id,
            out,
            session.wording,
            session.progress(),
            sensitive=bool(session.purpose),
        )
    session.say("cli.report.written", file=out)
    session.result({"report": out})


COMMANDS = (import_, undo_import, imports, mapping_group, report_group)
