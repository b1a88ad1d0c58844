"""Commands of the locks: officers' own passphrases, a forgotten one, and the panic command."""

from __future__ import annotations

from pathlib import Path

import click

from fieldtool.cli.session import Session, command
from fieldtool.records.errors import ErrorCode, FieldtoolError

_PATH = click.Path(path_type=Path)
_FILE = click.Path(path_type=Path, exists=True)


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8").rstrip("\r\n")


@click.group("slots")
def slots() -> None:
    """Cụm mật khẩu riêng của từng cán bộ / each officer's own passphrase."""


@slots.command("list")
@command
def slots_list(session: Session) -> None:
    """Ai mở được kho / whose passphrases open the home."""
    with session.opened() as opened:
        found, bound = opened.officers(), opened.bound()
    for officer in found:
        session.line(officer or "–")
    session.say("locks.bound.yes" if bound else "locks.bound.no")
    session.result(found)


@slots.command("bind")
@click.option("--backup", type=_PATH, help="Ghi bản sao lưu ra tệp này trước / write a backup to this file first")
@command
def slots_bind(session: Session, backup: Path | None) -> None:
    """Buộc kho vào máy này: chép sang máy khác thì không mở được / bind the home to this machine."""
    with session.opened() as opened:
        done = opened.bind_machine(True, backup)
    session.say("locks.bind.done" if done else "locks.bind.was")
    session.result({"bound": True, "changed": done})


@slots.command("unbind")
@command
def slots_unbind(session: Session) -> None:
    """Thôi buộc kho vào máy này / the passphrase alone opens it again."""
    with session.opened() as opened:
        done = opened.bind_machine(False)
    session.say("locks.unbind.done" if done else "locks.bound.no")
    session.result({"bound": False, "changed": done})


@slots.command("add")
@click.argument("officer")
@click.option("--new-file", type=_FILE, required=True, help="Tệp chứa cụm mật khẩu của cán bộ / his passphrase")
@command
def slots_add(session: Session, officer: str, new_file: Path) -> None:
    """Thêm hoặc thay / add or replace."""
    with session.opened() as opened:
        opened.add_officer(officer, _text(new_file))
    session.say("locks.added", officer=officer)
    session.result({"officer": officer})


@slots.command("remove")
@click.argument("officer")
@command
def slots_remove(session: Session, officer: str) -> None:
    """Bỏ, trừ cụm cuối cùng / take away, never the last."""
    with session.opened() as opened:
        if not opened.remove_officer(officer):
            raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": officer})
    session.say("locks.removed", officer=officer)
    session.result({"officer": officer})


@click.group("recover")
def recover() -> None:
    """Quên cụm mật khẩu: xin cấp trên mở lại / a forgotten passphrase."""


@recover.command("request")
@click.argument("folder", type=_PATH)
@command
def recover_request(session: Session, folder: Path) -> None:
    """Máy xã: viết yêu cầu, không cần mật khẩu / laptop: write the request."""
    file, words = session.doors.ask_recovery(session.folder, folder)
    session.say("locks.asked", file=file, words=" ".join(words))
    session.result({"file": file, "words": words})


@recover.command("answer")
@click.argument("file", type=_PATH)
@click.argument("folder", type=_PATH)
@click.option("--found", is_flag=True, help="Máy mất đã tìm lại, đang ở trước mặt / a lost machine found again")
@click.option("--words", default="", help="Sáu từ nghe đọc; khác thì không trả lời / the six words heard")
@command
def recover_answer(session: Session, file: Path, folder: Path, found: bool, words: str) -> None:
    """Cấp trên: trả lời sau khi nghe đọc khớp sáu từ / headquarters: answer."""
    with session.opened() as opened:
        heard = words.split()
        if not heard and session.asks:
            heard = list(opened.recovery_words(file))
            if not click.confirm(session.wording.say("locks.compare", words=" ".join(heard)), default=False, err=True):
                raise FieldtoolError(ErrorCode.WORDS_DIFFER, values={"words": " ".join(heard)})
        written, device, said = opened.answer_recovery(file, folder, found, heard)
    session.say(
        "locks.answered" if heard else "locks.answered.unheard", device=device, file=written, words=" ".join(said)
    )
    session.result({"file": written, "device": device, "words": said})


@recover.command("finish")
@click.argument("file", type=_PATH)
@click.option("--new-file", type=_FILE, required=True, help="Tệp chứa cụm mới / new passphrase")
@command
def recover_finish(session: Session, file: Path, new_file: Path) -> None:
    """Máy xã: nhận trả lời, đặt cụm mới; các cụm cũ hết hiệu lực / laptop: set a new passphrase."""
    session.doors.finish_recovery(session.folder, file, _text(new_file))
    session.say("cli.passphrase.done")
    session.result({"changed": True})


@click.command("panic")
@click.option("--yes", is_flag=True, required=True, help="Xác nhận: không có cách hoàn lại / confirm: no undo")
@command
def panic(session: Session, yes: bool) -> None:
    """Khẩn cấp: huỷ mọi ngăn khoá, kho không mở được nữa / destroy every way into the home."""
    session.passphrase()  # whoever finds the machine must not be able to destroy the work on it
    with session.opened():
        pass
    session.doors.panic(session.folder)
    session.say("locks.destroyed")
    session.result({"destroyed": True})


COMMANDS = (slots, recover, panic)
