"""Commands on lists and linking: sample, import, undo-import, match, clusters, reviews, explain."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from fieldtool.cli.session import Session, command, plain
from fieldtool.intake.issues import Issue, Severity
from fieldtool.machine.memory import peak_memory_mb
from fieldtool.matching.explain import explain_pair
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.fields import DocumentKind
from fieldtool.usecases.import_list import ImportOutcome, import_list
from fieldtool.usecases.make_sample import make_sample
from fieldtool.usecases.match_village import match_village
from fieldtool.usecases.undo_import import undo_import as undo

_KINDS = click.Choice([str(kind) for kind in DocumentKind])


@click.command("sample")
@click.option("--people", default=12_000, show_default=True, type=click.IntRange(1, 1_000_000))
@click.option("--seed", default=1, show_default=True)
@click.option("--truth", is_flag=True, help="Kèm tệp đáp án để đo / with the truth, for measuring")
@click.argument("folder", type=click.Path(path_type=Path), default=Path("sample"))
@command
def sample(session: Session, people: int, seed: int, truth: bool, folder: Path) -> None:
    """Viết ba danh sách Excel của một xã bịa / write an invented commune as three lists."""
    outcome = make_sample(
        folder,
        people=people,
        seed=seed,
        write=session.doors.write_books,
        truth=truth,
        progress=session.progress(),
    )
    for file in outcome.files:
        session.line(str(file))
    session.say("cli.sample.done", households=outcome.households, people=outcome.people)
    session.result(outcome)


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--kind", type=_KINDS, default=None, help="Loại danh sách / kind of list")
@click.option("--sheet", default=None, help="Chỉ một trang tính / one sheet only")
@click.option("--map", "mapping", type=click.Path(path_type=Path), default=None, help="Tệp gán cột / saved mapping")
@click.option("--dry-run", is_flag=True, help="Chỉ thử, không ghi / change nothing")
@command
def import_(
    session: Session, files: tuple[Path, ...], kind: str | None, sheet: str | None, mapping: Path | None, dry_run: bool
) -> None:
    """Nhập danh sách Excel thành giấy tờ / foreign lists to documents."""
    outcomes = []
    with session.opened() as opened:
        for file in files:
            outcome = import_list(
                opened.home,
                session.doors.workbooks,
                file,
                kind=DocumentKind(kind) if kind else None,
                sheet=sheet,
                mapping=mapping,
                dry_run=dry_run,
                progress=session.progress(),
            )
            outcomes.append(outcome)
            _say_import(session, file, outcome)
    totals = {name: sum(getattr(item, name) for item in outcomes) for name in _COUNTS}
    issues = [_issue(session, issue) for item in outcomes for issue in item.issues]
    summaries = [_summary(file, outcome) for file, outcome in zip(files, outcomes, strict=True)]
    session.result({**totals, "issues": issues, "files": summaries})


_COUNTS = ("rows", "added", "unchanged", "parked", "refused")


def _say_import(session: Session, file: Path, outcome: ImportOutcome) -> None:
    session.say("cli.import.done", file=file.name, **{name: getattr(outcome, name) for name in _COUNTS})
    for issue in outcome.issues:
        if issue.severity is Severity.NOTE:
            continue  # all of them are in the JSON and in the import's own report
        read = _issue(session, issue)
        session.line(f"  {read['sheet']}!{read['cell']}  {read['code']}  {read['message']}")


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


@click.command("match")
@click.option("--full", is_flag=True, help="Ghép lại từ đầu, giữ quyết định của cán bộ / match anew")
@command
def match(session: Session, full: bool) -> None:
    """Ghép giấy tờ vào người / link documents to persons."""
    with session.opened() as opened:
        outcome = match_village(opened.home, full=full, progress=session.progress())
    values = plain(outcome)
    session.say("cli.match.done", **{name: values[name] for name in ("documents", "persons", "linked", "reviews")})
    session.result({**values, "to_review": outcome.reviews, "peak_memory_mb": peak_memory_mb()})


@click.command("clusters")
@click.option("--csv", "target", type=click.Path(path_type=Path), required=True)
@command
def clusters(session: Session, target: Path) -> None:
    """Mỗi giấy tờ thuộc người nào / which person each document belongs to."""
    with session.opened() as opened:
        links = opened.home.people.links()
        rows = [
            (
                paper.id,
                paper.source.file,
                paper.source.sheet,
                paper.source.row,
                paper.source.key,
                paper.kind,
                *links.get(paper.id, ("", "")),
            )
            for paper in opened.home.people.documents()
        ]
        opened.home.log.note("export", target.name)
    header = ("document_id", "source_file", "sheet", "row", "source_key", "kind", "person_id", "band")
    _write_csv(target, header, rows)
    session.say("cli.rows_written", rows=len(rows), file=target)
    session.result({"rows": len(rows), "file": target})


@click.command("reviews")
@click.option("--csv", "target", type=click.Path(path_type=Path), required=True)
@command
def reviews(session: Session, target: Path) -> None:
    """Hàng đợi các cặp nghi ngờ / the queue of doubtful pairs."""
    with session.opened() as opened:
        keys = {paper.id: paper.source.key for paper in opened.home.people.documents()}
        rows = [
            (
                item.a,
                item.b,
                keys.get(item.a, ""),
                keys.get(item.b, ""),
                round(item.weight, 3),
                round(item.probability, 6),
                item.rank,
                " ".join(reason.code for reason in item.reasons),
            )
            for item in opened.home.people.reviews()
        ]
        opened.home.log.note("export", target.name)
    header = (
        "document_id_a",
        "document_id_b",
        "source_key_a",
        "source_key_b",
        "weight",
        "probability",
        "rank",
        "reasons",
    )
    _write_csv(target, header, rows)
    session.say("cli.rows_written", rows=len(rows), file=target)
    session.result({"rows": len(rows), "file": target})


# A spreadsheet that opens a CSV runs a cell that begins with one of these as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _write_csv(target: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        for row in rows:
            writer.writerow([f"'{c}" if isinstance(c, str) and c.startswith(_FORMULA) else c for c in row])


@click.command("explain")
@command
def explain(session: Session) -> None:
    """Đọc cặp hồ sơ JSON từ stdin, giải thích vì sao cùng hay khác / explain pairs from stdin."""
    try:
        pairs = json.loads(sys.stdin.buffer.read().decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError) as trouble:
        raise FieldtoolError(ErrorCode.BAD_RECORD, values={"detail": str(trouble)}) from trouble
    if not isinstance(pairs, list):
        raise FieldtoolError(ErrorCode.BAD_RECORD, values={"detail": "[{a, b}, …]"})
    answers = []
    for number, pair in enumerate(pairs, start=1):
        if not (isinstance(pair, dict) and isinstance(pair.get("a"), dict) and isinstance(pair.get("b"), dict)):
            raise FieldtoolError(ErrorCode.BAD_RECORD, values={"detail": f"#{number}"})
        verdict = explain_pair(_texts(pair["a"]), _texts(pair["b"]))
        reasons = [
            {"code": r.code, "field": r.field, "weight": round(r.weight, 3), "text": session.wording.reason(r)}
            for r in verdict.reasons
        ]
        answers.append(
            {
                "verdict": str(verdict.outcome),
                "weight": round(verdict.weight, 3),
                "probability": verdict.probability,
                "reasons": reasons,
            }
        )
    click.echo(json.dumps(answers, ensure_ascii=False, indent=2))


def _texts(record: dict[str, object]) -> dict[str, str]:
    return {name: "" if value is None else str(value) for name, value in record.items()}


COMMANDS = (sample, import_, undo_import, match, clusters, reviews, explain)
