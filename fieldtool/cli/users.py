"""Commands on the officers of a machine: officer list, add, role, pin, switch, approve."""

from __future__ import annotations

import os
from pathlib import Path

import click

from fieldtool.cli.session import Session, command
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.roles import POWERS, OfficerRole
from fieldtool.usecases import users
from fieldtool.usecases.authority import User, current_user
from fieldtool.usecases.own_codes import is_lent


@click.group("officer")
def officer() -> None:
    """Cán bộ dùng máy này, vai trò và đổi nhanh / officers of this machine, roles, fast switch."""


def _pin(file: Path | None) -> str:
    """A personal code from a file or FIELDTOOL_PIN; NO_PIN when there is none."""
    text = file.read_text(encoding="utf-8").strip() if file else os.environ.get("FIELDTOOL_PIN", "")
    if not text:
        raise FieldtoolError(ErrorCode.NO_PIN)
    return text


def _tell(session: Session, found: User) -> None:
    session.line(f"{found.id}  {found.name}  {session.wording.say(f'role.{found.role}')}  {' '.join(found.villages)}")


_FILE = click.option(
    "--pin-file",
    type=click.Path(path_type=Path, exists=True),
    default=None,
    help="Tệp có mã cá nhân; không có thì lấy biến FIELDTOOL_PIN / file with the personal code, else FIELDTOOL_PIN",
)
_ROLES = click.Choice([str(item) for item in OfficerRole])


@officer.command("list")
@command
def list_(session: Session) -> None:
    """Ai dùng máy này / who uses this machine."""
    with session.opened() as opened:
        here, found = current_user(opened.home), users.users(opened.home)
    for item in found:
        _tell(session, item)
    session.result({"here": here, "officers": found, "powers": {role: sorted(POWERS[role]) for role in OfficerRole}})


@officer.command("add")
@click.argument("name")
@click.argument("role", type=_ROLES)
@click.option("--village", "villages", multiple=True, help="Chỉ các bản này / these villages only")
@_FILE
@command
def add(session: Session, name: str, role: str, villages: tuple[str, ...], pin_file: Path | None) -> None:
    """Thêm cán bộ; mã cá nhân là của người được thêm / add an officer; the personal code is his."""
    with session.opened() as opened:
        users.who_may_add(opened.home)  # before the new officer's code is asked for, lest his own be thought meant
        found = users.add_officer(opened.home, name, OfficerRole(role), _pin(pin_file), villages)
    _tell(session, found)
    session.result(found)


@officer.command("role")
@click.argument("id")
@click.argument("role", type=_ROLES)
@click.option("--village", "villages", multiple=True)
@command
def role(session: Session, id: str, role: str, villages: tuple[str, ...]) -> None:
    """Đổi vai trò / change a role."""
    with session.opened() as opened:
        found = users.change_role(opened.home, id, OfficerRole(role), villages)
    _tell(session, found)
    session.result(found)


@officer.command("pin")
@click.argument("id", required=False, default="")
@_FILE
@command
def pin(session: Session, id: str, pin_file: Path | None) -> None:
    """Đặt mã cá nhân; mã đặt cho người khác thì người ấy phải đổi / set a personal code; another's he must change."""
    with session.opened() as opened:
        users.set_pin(opened.home, _pin(pin_file), id)
    session.say("cli.pin.set")
    session.result({"set": True})


@officer.command("switch")
@click.argument("id")
@_FILE
@command
def switch(session: Session, id: str, pin_file: Path | None) -> None:
    """Đổi người dùng / switch the user."""
    with session.opened() as opened:
        found = users.switch_user(opened.home, id, _pin(pin_file))
        lent = is_lent(opened.home, found.id)
    _tell(session, found)
    if lent:
        session.say("users.lent")
    session.result(found)


@officer.command("approve")
@click.argument("id")
@_FILE
@command
def approve(session: Session, id: str, pin_file: Path | None) -> None:
    """Người thứ hai đồng ý xuất cả xã hôm nay / the second person agrees to export the whole commune today."""
    with session.opened() as opened:
        found = users.approve_export(opened.home, id, _pin(pin_file))
    _tell(session, found)
    session.result(found)


COMMANDS = (officer,)
