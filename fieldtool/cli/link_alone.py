"""The command `link`: any table by a declared model. Needs no home, so it starts without the rest of the program."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fieldtool.cli.root import answer, root
from fieldtool.cli.session import Session, command
from fieldtool.machine.memory import peak_memory_mb
from fieldtool.matching.generic import link_tables
from fieldtool.matching.spec import read_spec
from fieldtool.matching.table import read_table
from fieldtool.records.errors import ErrorCode, FieldtoolError, Place

if TYPE_CHECKING:  # the doors bring the use cases with them, which `link` has no need to load
    from fieldtool.cli.doors import Doors

_UTF16 = (b"\xff\xfe", b"\xfe\xff")  # what Excel calls Unicode text


@click.command("link")
@click.argument("spec", type=click.Path(path_type=Path))
@click.argument("left", type=click.Path(path_type=Path))
@click.argument("right", type=click.Path(path_type=Path), required=False)
@click.option("--out", type=click.Path(path_type=Path), required=True)
@command
def link(session: Session, spec: Path, left: Path, right: Path | None, out: Path) -> None:
    """Liên kết hai bảng bất kỳ theo mô hình khai báo / link any tables by a declared model."""
    model = read_spec(_read(spec))
    tables = [read_table(model, _read(path), path.name) for path in (left, right) if path is not None]
    pairs = link_tables(model, tables[0], tables[1] if len(tables) > 1 else None, session.progress())
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("id_l", "id_r", "weight", "probability"))
        writer.writerows((p.id_l, p.id_r, round(p.weight, 4), round(p.probability, 8)) for p in pairs)
    session.say("cli.rows_written", rows=len(pairs), file=out)
    session.result({"pairs": len(pairs), "file": out, "peak_memory_mb": peak_memory_mb()})


def _read(path: Path) -> str:
    try:
        content = path.read_bytes()
        return content.decode("utf-16" if content.startswith(_UTF16) else "utf-8-sig")
    except OSError as trouble:
        code = ErrorCode.NO_FILE if isinstance(trouble, FileNotFoundError) else ErrorCode.READ_FAILED
        raise FieldtoolError(
            code, place=Place(file=path.name), values={"file": path.name, "detail": trouble.strerror}
        ) from trouble
    except UnicodeDecodeError as trouble:
        line = trouble.object[: trouble.start].count(b"\n") + 1
        raise FieldtoolError(
            ErrorCode.BAD_TABLE,
            place=Place(file=path.name, cell=str(line)),
            values={"file": path.name, "line": line, "detail": "UTF-8?"},
        ) from trouble


COMMANDS = (link,)


def run(doors: Callable[[], Doors]) -> int:
    """Run `link` alone; `doors` is asked only if something wants a home after all."""
    root.add_command(link)
    return answer(doors)
