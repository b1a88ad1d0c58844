"""Commands about the program itself: update issue, verify and apply; diagnostics without personal data."""

from __future__ import annotations

from pathlib import Path

import click

from fieldtool.cli.session import Session, command
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.updates import SYSTEMS
from fieldtool.usecases.apply_update import apply_update
from fieldtool.usecases.issue_update import issue_update
from fieldtool.usecases.verify_update import UpdateFound, find_updates, verify_update

_PATH = click.Path(path_type=Path)


@click.group("update")
def update() -> None:
    """Cập nhật chương trình bằng USB / updates of the program on a stick."""


@update.command("issue")
@click.argument("setup", type=_PATH)
@click.argument("folder", type=_PATH)
@click.option("--version", required=True, help="Phiên bản của bộ cài / the version the setup installs")
@click.option("--system", type=click.Choice(SYSTEMS), default="windows", show_default=True)
@click.option("--minimum-schema", default=0, help="Kho phải mới đến bước nào / least schema of a home")
@command
def issue(session: Session, setup: Path, folder: Path, version: str, system: str, minimum_schema: int) -> None:
    """Cấp trên: ký một bộ cài / headquarters: sign a setup."""
    with session.opened() as opened:
        outcome = issue_update(
            opened.home,
            setup,
            folder,
            version=version,
            system=system,
            minimum_schema=minimum_schema,
            progress=session.progress(),
        )
    session.say("update.issued", file=outcome.manifest, version=outcome.version)
    session.result(outcome)


@update.command("verify")
@click.argument("place", type=_PATH)
@command
def verify(session: Session, place: Path) -> None:
    """Kiểm một bản cập nhật hay cả thư mục / verify an update, or all of a folder."""
    with session.opened() as opened:
        here = opened.upkeep().here
        if place.is_dir():
            found = find_updates(opened.home, place, here)
            if not found:
                raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": str(place)})
        else:
            found = [UpdateFound(place, verify_update(opened.home, place, here, session.progress()))]
    for item in found:
        _tell(session, item)
    session.result([_plain(item) for item in found])


def _tell(session: Session, item: UpdateFound) -> None:
    if item.manifest is not None:
        session.say("update.good", version=item.manifest.version, file=item.file)
    elif item.error is not None:
        session.line(session.wording.error(item.error)[0])


def _plain(item: UpdateFound) -> dict[str, object]:
    error = str(item.error.code) if item.error is not None else ""
    return {"file": item.file, "manifest": item.manifest, "refused": error}


@update.command("apply")
@click.argument("file", type=_PATH)
@click.option("--program", type=_PATH, default=None, help="Thư mục chương trình / the program's folder")
@command
def apply(session: Session, file: Path, program: Path | None) -> None:
    """Kiểm, sao lưu, cài, tự kiểm tra; hỏng thì quay về / verify, back up, install, self-test, or go back."""
    with session.opened() as opened:
        outcome = apply_update(opened.home, file, opened.upkeep(program), session.progress())
    session.say(f"update.{outcome.state}", version=outcome.version, backup=outcome.backup)
    session.result(outcome)


@click.command("diagnostics")
@click.option("--out", "target", type=_PATH, required=True, help="Tệp .zip / the file to write")
@click.option("--without-home", is_flag=True, help="Không mở kho / leave the home closed")
@command
def diagnostics(session: Session, target: Path, without_home: bool) -> None:
    """Tệp cho người hỗ trợ, không có dữ liệu cá nhân / a file for support, without personal data."""
    write = session.doors.diagnose
    if without_home or not (session.folder / "home.db").exists():
        file = write(session.folder, target, None)
    else:
        with session.opened() as opened:
            file = write(session.folder, target, opened.home)
    session.say("diagnostics.done", file=file)
    session.result({"file": file})


COMMANDS = (update, diagnostics)
