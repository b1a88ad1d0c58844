"""Commands on linking: sample, match, clusters, reviews, explain, link."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import click

from fieldtool.cli.csv_files import write_csv
from fieldtool.cli.session import Session, command, plain
from fieldtool.machine.memory import peak_memory_mb
from fieldtool.matching.explain import explain_pair
from fieldtool.matching.generic import link_tables
from fieldtool.matching.spec import read_spec
from fieldtool.matching.table import read_table
from fieldtool.records.errors import ErrorCode, FieldtoolError, Place
from fieldtool.usecases.make_sample import make_sample
from fieldtool.usecases.match_village import match_village


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
    write_csv(target, header, rows)
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
    write_csv(target, header, rows)
    session.say("cli.rows_written", rows=len(rows), file=target)
    session.result({"rows": len(rows), "file": target})


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


@click.command("link")
@click.argument("spec", type=click.Path(path_type=Path))
@click.argument("left", type=click.Path(path_type=Path))
@click.argument("right", type=click.Path(path_type=Path), required=False)
@click.option("--out", type=click.Path(path_type=Path), required=True)
@command
def link(session: Session, spec: Path, left: Path, right: Path | None, out: Path) -> None:
    """Liên kết hai bảng bất kỳ theo mô hình khai báo / link any tables by a declared model."""
    model = read_spec(_read(spec))
    tables = [read_table(model, _read(path)) for path in (left, right) if path is not None]
    pairs = link_tables(model, tables[0], tables[1] if len(tables) > 1 else None, session.progress())
    count = 0
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("id_l", "id_r", "weight", "probability"))
        for pair in pairs:
            writer.writerow((pair.id_l, pair.id_r, round(pair.weight, 4), round(pair.probability, 8)))
            count += 1
    session.say("cli.rows_written", rows=count, file=out)
    session.result({"pairs": count, "file": out, "peak_memory_mb": peak_memory_mb()})


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as trouble:
        code = ErrorCode.NO_FILE if isinstance(trouble, FileNotFoundError) else ErrorCode.READ_FAILED
        raise FieldtoolError(code, place=Place(file=path.name), values={"file": path.name}) from trouble
    except UnicodeDecodeError as trouble:
        raise FieldtoolError(
            ErrorCode.READ_FAILED, place=Place(file=path.name), values={"detail": "UTF-8"}
        ) from trouble


COMMANDS = (sample, match, clusters, reviews, explain, link)
