"""Commands about the home itself: init, check, backup, restore, log, passphrase."""

from __future__ import annotations

from pathlib import Path

import click

from fieldtool.cli.doors import Setup
from fieldtool.cli.kinds import COUNT
from fieldtool.cli.session import Session, command, purposed, secret_of
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.events import RecordKind
from fieldtool.records.exchange import SUITES
from fieldtool.usecases.keep_backup import back_up, rehearse
from fieldtool.usecases.read_log import GROUPS, NOTES, Looks, Wanted, read_looks, read_operations, spoken_of
from fieldtool.usecases.today import today, trust_clock
from fieldtool.wording.days import day_told, moment_told


@click.command("init")
@click.option("--officer", required=True, help="Họ tên cán bộ / officer's name")
@click.option("--commune", required=True, help="Mã xã 5 số / commune code")
@click.option("--unit", default="", help="Tên đơn vị / unit name")
@click.option("--headquarters", is_flag=True, help="Máy của cấp trên / this is headquarters")
@click.option(
    "--suite",
    type=click.Choice(SUITES),
    default=SUITES[0],
    show_default=True,
    help="Bộ mật mã, do cấp trên chọn một lần / cryptographic suite, headquarters' choice for good",
)
@click.option("--token-driver", default="", help="Tệp trình điều khiển PKCS#11 / the token's driver")
@click.option("--token-label", default="", help="Nhãn của USB token giữ khoá ký / label of the token")
@command
def init(
    session: Session, officer: str, commune: str, unit: str, headquarters: bool, suite: str, token_driver: str,
    token_label: str,
) -> None:  # fmt: skip
    """Tạo kho dữ liệu mã hoá mới / make an encrypted home."""
    if not officer.strip():
        raise FieldtoolError(ErrorCode.BAD_VALUE, values={"field": "--officer"})
    if not (len(commune) == 5 and commune.isascii() and commune.isdigit()):
        raise FieldtoolError(ErrorCode.BAD_VALUE, values={"field": "--commune"})
    setup = Setup(officer.strip(), commune, unit.strip(), headquarters, suite, (token_driver, token_label))
    session.doors.create(session.folder, session.passphrase(confirm=True), setup)
    with session.opened() as opened:
        card = opened.home.card
        session.say("cli.init.done", folder=session.folder, unit=card.unit_name, device=card.device)
        session.result(card)


@click.command("check")
@command
def check(session: Session) -> None:
    """Chứng minh kho dữ liệu còn nguyên vẹn / prove that the home is whole."""
    with session.opened() as opened:
        outcome = opened.check(session.progress())
    session.result({"whole": not outcome.complaints, **outcome.figures, "complaints": outcome.complaints})
    for complaint in outcome.complaints:
        session.line(complaint)
    if outcome.complaints:
        raise FieldtoolError(ErrorCode.HOME_DAMAGED, values={"detail": outcome.complaints[0]})
    session.say("cli.check.whole", events=outcome.figures.get("events", 0))


@click.command("backup")
@click.argument("target", type=click.Path(path_type=Path))
@command
def backup(session: Session, target: Path) -> None:
    """Sao lưu ra tệp mã hoá / copy the home into a sealed file."""
    with session.opened() as opened:
        path = back_up(opened.home, opened, target, session.progress())
    session.say("cli.backup.done", file=path)
    session.result({"file": path})


@click.command("restore")
@click.argument("source", type=click.Path(path_type=Path))
@click.option("--aside", is_flag=True, help="Dời kho đang có sang tên khác / set the home that lies there aside")
@click.option("--rehearse", "trial", is_flag=True, help="Diễn tập rồi xoá bản thử / rehearse, keep nothing")
@click.option(
    "--backup-passphrase-file",
    "words",
    type=click.Path(path_type=Path),
    help="Cụm mật khẩu của bản sao lưu khi diễn tập, nếu khác / of the backup rehearsed, where it is another",
)
@command
def restore(session: Session, source: Path, aside: bool, trial: bool, words: Path | None) -> None:
    """Khôi phục từ tệp sao lưu vào thư mục trống / bring a backup back into an empty folder."""
    if trial:
        with session.opened() as opened:
            passphrase = secret_of(words) if words else session.passphrase()
            found = rehearse(opened.home, opened, source, passphrase, session.progress())
        newest = moment_told(found.newest) if found.newest else "–"
        session.say(
            "backup.rehearsed", unit=found.unit_name, device=found.device, newest=newest,
            events=found.figures.get("events", 0),
        )  # fmt: skip
        session.result(found)
        return
    old = session.doors.restore(source, session.folder, session.passphrase(), aside, session.progress())
    session.say("cli.restore.done", folder=session.folder)
    if old is not None:
        session.say("restore.aside", folder=old)
    session.result({"home": session.folder, "aside": old})


@click.command("log")
@click.option(
    "--limit", type=COUNT, default=50, show_default=True, help="Số dòng mới nhất, 0 là tất cả / newest lines, 0 for all"
)
@click.option("--record", default="", help="Chỉ một hồ sơ / of one record only")
@click.option(
    "--looked", is_flag=True, help="Ai đã tra cứu, xem, in, xuất, vì mục đích gì / searches, views, prints, purposes"
)
@click.option("--kind", default="", help=f"{', '.join(RecordKind)}; --looked: {', '.join(GROUPS)}")
@click.option("--officer", default="", help="Ai đã làm: mã hoặc họ tên / who acted, by id or name")
@purposed
@command
def log(session: Session, limit: int, record: str, looked: bool, kind: str, officer: str) -> None:
    """Đọc nhật ký / read the audit log."""
    allowed = (*GROUPS, *NOTES) if looked else tuple(map(str, RecordKind))
    if kind and kind not in allowed:
        journals = not looked and kind in (*GROUPS, *NOTES)  # right, had --looked been said too
        detail = f"--looked --kind {kind}" if journals else ", ".join(allowed)
        raise FieldtoolError(ErrorCode.BAD_VALUE, values={"field": "--kind", "value": kind, "detail": detail})
    wanted = Wanted(kind, officer, record, limit)
    with session.opened() as opened:
        if looked:
            _tell_looks(session, read_looks(opened.home, wanted))
            return
        found = read_operations(opened.home, wanted)
        for event in found.lines:
            text = session.wording.written(event.field, session.written(event))
            text = text if len(text) <= 80 else text[:79] + "…"
            who = found.names.get(event.author, event.author)
            named = dict.fromkeys(found.persons[id] for id in spoken_of(event.record) if found.persons.get(id))
            of = " – ".join(named) or event.record[:12]
            session.line(f"{moment_told(event.at)}  {who}  {event.kind}/{event.field}  {of}  {text}")
        session.tell_none(found.lines)
        session.result([event._asdict() for event in found.lines])


def _tell_looks(session: Session, found: Looks) -> None:
    for note in found.lines:
        who = found.names.get(note.author, note.author) or session.wording.say("log.nobody")
        what = session.wording.noted(note.what)
        of = ", ".join(found.persons[word] for word in note.detail.split() if word in found.persons)
        detail = session.wording.note_detail(note.detail)
        session.line(f"{moment_told(note.at)}  {who}  {what}  {detail}{f' ({of})' if of else ''}")
    session.tell_none(found.lines)
    code = "log.broken" if found.proof.broken else "log.whole"
    session.say(code, lines=found.proof.lines, broken=found.proof.broken, head=found.proof.head[:16])
    session.result(found.lines)


@click.command("passphrase")
@click.option("--new-file", type=click.Path(path_type=Path, exists=True), required=True, help="Tệp chứa cụm mới / new")
@command
def passphrase(session: Session, new_file: Path) -> None:
    """Đổi cụm mật khẩu / change the passphrase; the data is not written anew."""
    old = session.passphrase()
    with session.doors.open(session.folder, old) as opened:
        opened.change_passphrase(old, new_file.read_text(encoding="utf-8").rstrip("\r\n"))
    session.say("cli.passphrase.done")
    session.result({"changed": True})


@click.command("clock")
@click.option("--trust", is_flag=True, help="Đồng hồ nay đã đúng, trước đây chạy trước / it is right now, it was ahead")
@command
def clock(session: Session, trust: bool) -> None:
    """Hôm nay là ngày nào, đồng hồ có lùi không / which day counts, and whether the clock stands before it."""
    with session.opened() as opened:
        found = trust_clock(opened.home) if trust else today(opened.home)
    session.say("clock.set_back" if found.set_back else "clock.day", day=day_told(found.day), at=day_told(found.at))
    session.result(found)


COMMANDS = (init, check, backup, restore, log, passphrase, clock)
