"""Commands of the root of trust: put its key away, bring it back, renew headquarters' own keys by it."""

from __future__ import annotations

from pathlib import Path

import click

from fieldtool.cli.session import Session, command
from fieldtool.usecases import keep_root

_PATH = click.Path(path_type=Path)
_FILE = click.Path(path_type=Path, exists=True)
_WORDS = click.option(
    "--root-file",
    "words",
    type=_FILE,
    required=True,
    help="Tệp chứa cụm mật khẩu riêng của khoá gốc / file with the root's own passphrase",
)


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8").rstrip("\r\n")


@click.group("root")
def root() -> None:
    """Khoá gốc: cất khỏi máy, đưa về, thay khoá của máy cấp trên / the root of trust."""


@root.command("away")
@click.argument("folders", nargs=-1, required=True, type=_PATH)
@_WORDS
@command
def root_away(session: Session, folders: tuple[Path, ...], words: Path) -> None:
    """Ghi khoá gốc niêm phong ra từng thư mục, đọc lại, rồi bỏ khỏi máy / put the root's key away."""
    with session.opened() as opened:
        files = keep_root.put_root_away(opened.home, folders, _text(words))
    session.say("root.away", files=", ".join(str(file) for file in files))
    if len(files) == 1:
        session.say("root.one_copy")
    session.say("root.backups")
    session.result({"files": files})


@root.command("back")
@click.argument("file", type=_PATH)
@_WORDS
@command
def root_back(session: Session, file: Path, words: Path) -> None:
    """Đưa khoá gốc về máy để thay khoá hay thay gốc / bring the root's key back."""
    with session.opened() as opened:
        keep_root.bring_root(opened.home, file, _text(words))
    session.say("root.back")
    session.result({"here": True})


@root.command("renew")
@click.argument("folder", type=_PATH)
@click.option("--stolen", is_flag=True, help="Khoá cũ đã lộ: chỉ còn tin các gói máy này đã lập / old keys stolen")
@command
def root_renew(session: Session, folder: Path, stolen: bool) -> None:
    """Thay khoá của máy cấp trên; ghi danh sách tin mới ra thư mục / new keys for headquarters' machine."""
    with session.opened() as opened:
        done = keep_root.renew_headquarters(opened.home, folder, stolen)
    session.say("root.renewed", device=done.device, incarnation=done.incarnation, file=done.list_file)
    session.result(done)
