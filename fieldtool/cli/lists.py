"""Commands on linking: sample, match, clusters, reviews, explain."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from fieldtool.cli.csv_files import write_csv
from fieldtool.cli.session import Session, command, plain
from fieldtool.machine.memory import peak_memory_mb
from fieldtool.matching.cluster import dask_engine
from fieldtool.matching.explain import explain_pair
from fieldtool.ports import Home
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.usecases import linking_tables
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
@click.option("--engine", type=click.Choice(["here", "dask"]), default="here", help="Nơi so sánh / where to compare")
@click.option("--scheduler", default="", metavar="ADDRESS", help="Máy điều phối Dask / scheduler: tcp://host:8786")
@command
def match(session: Session, full: bool, engine: str, scheduler: str) -> None:
    """Ghép giấy tờ vào người / link documents to persons."""
    if (engine == "dask") != bool(scheduler):
        raise click.UsageError("--engine dask --scheduler ADDRESS")
    far = dask_engine(scheduler) if scheduler else None
    with session.opened() as opened:
        outcome = match_village(opened.home, full=full, engine=far, progress=session.progress())
    values = plain(outcome)
    session.say("cli.match.done", **{name: values[name] for name in ("documents", "persons", "linked", "reviews")})
    session.result({**values, "to_review": outcome.reviews, "peak_memory_mb": peak_memory_mb()})


@click.command("clusters")
@click.option("--csv", "target", type=click.Path(path_type=Path), required=True)
@command
def clusters(session: Session, target: Path) -> None:
    """Mỗi giấy tờ thuộc người nào / which person each document belongs to."""
    _table(session, target, linking_tables.CLUSTERS, linking_tables.cluster_rows)


@click.command("reviews")
@click.option("--csv", "target", type=click.Path(path_type=Path), required=True)
@command
def reviews(session: Session, target: Path) -> None:
    """Hàng đợi các cặp nghi ngờ / the queue of doubtful pairs."""
    _table(session, target, linking_tables.REVIEWS, linking_tables.review_rows)


def _table(
    session: Session, target: Path, header: Sequence[str], read: Callable[[Home, str], list[linking_tables.Row]]
) -> None:
    with session.opened() as opened:
        rows = read(opened.home, target.name)
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


COMMANDS = (sample, match, clusters, reviews, explain)
