"""Commands of trust and headquarters: receipts, quarantine, revoke, lost, assign, handover, trust, board, carry."""

from __future__ import annotations

from collections.abc import Sized
from pathlib import Path
from typing import Any

import click

from fieldtool.cli.root_keys import root
from fieldtool.cli.session import Session, command, plain
from fieldtool.records.exchange import QuarantineState, Result
from fieldtool.records.roles import OfficerRole
from fieldtool.usecases import keep_trust
from fieldtool.usecases.carry_bundle import carry_bundles, prune_files
from fieldtool.usecases.issue_receipts import answer_operation, receipts
from fieldtool.usecases.receive_bundle import receive_refused
from fieldtool.usecases.refused_files import clear_refused, refused_files
from fieldtool.usecases.settle_quarantine import of_whom, quarantined, settle_quarantine
from fieldtool.usecases.villages_meant import villages_meant
from fieldtool.usecases.watch_makers import lost_device, makers, missing_bundles
from fieldtool.wording.days import moment_told

_PATH = click.Path(path_type=Path)


@click.command("receipts")
@command
def receipts_command(session: Session) -> None:
    """Giấy nhận của cấp trên cho từng gói và từng thao tác / receipts, operation by operation."""
    with session.opened() as opened:
        found = receipts(opened.home)
    for receipt in found:
        session.say(
            "trust.receipt",
            device=receipt.device,
            number=receipt.number,
            accepted=receipt.accepted,
            other=len(receipt.operations),
        )
        for event, result, reason in receipt.operations:
            what, why = session.wording.say(f"receipt_result.{result}"), session.wording.receipt_reason(reason)
            session.line(f"  {what}  {event}  {why}")
    _none(session, found, "receipts.none")
    session.result(found)


def _none(session: Session, found: Sized, code: str) -> None:
    """An empty list says so, and when it will have something."""
    if not found:
        session.say(code)


@click.command("answer")
@click.argument("event")
@click.option("--refuse", "result", flag_value=Result.REFUSED, help="Không chấp nhận / refuse")
@click.option("--needs-paper", "result", flag_value=Result.NEEDS_PAPER, default=True, help="Cần giấy / needs a paper")
@click.option("--reason", required=True, help="Lý do / why")
@command
def answer(session: Session, event: str, result: str, reason: str) -> None:
    """Cấp trên trả lời một thao tác: không chấp nhận hoặc cần giấy tờ / refuse or ask for a paper."""
    with session.opened() as opened:
        written = answer_operation(opened.home, event, Result(result), reason)
    session.say("trust.answered", event=event)
    session.result({"event": written, "operation": event, "result": str(result)})


@click.group("quarantine")
def quarantine() -> None:
    """Thao tác bị giữ lại chờ người xem / operations held back for a person."""


@quarantine.command("list")
@click.option("--all", "every", is_flag=True, help="Cả những mục đã quyết / those settled too")
@command
def quarantine_list(session: Session, every: bool) -> None:
    """Liệt kê / list."""
    with session.opened() as opened:
        found = quarantined(opened.home, None if every else QuarantineState.HELD)
        names = of_whom(opened.home, found)
    for item in found:
        reason, name = session.wording.say(f"held.{item.reason}"), names[item.event.id] or "–"
        field, value = session.wording.field_called(item.event.field), session.written(item.event)[:60]
        session.line(f"{item.event.id}  {reason}  {name}  {item.event.kind}: {field}  {value}")
    _none(session, found, "quarantine.none")
    session.result([{**plain(item), "event": item.event._asdict()} for item in found])


def _settle(session: Session, event: str, state: QuarantineState, reason: str) -> None:
    with session.opened() as opened:
        done = settle_quarantine(opened.home, event, state, reason)
    session.say(f"quarantine.{state}", event=event)
    session.result(done)


@quarantine.command("files")
@command
def quarantine_files(session: Session) -> None:
    """Tệp từ USB không được nhận, kèm lý do / files from a stick that were refused, with the reason."""
    with session.opened() as opened:
        found = refused_files(opened.home)
    for item in found:
        message, hint = session.wording.error(item.error)
        session.line(f"{moment_told(item.at)}  {item.file}: {message}. {hint}")
    if not found:
        session.say("porch.none")
    session.result(found)


@quarantine.command("retry")
@command
def quarantine_retry(session: Session) -> None:
    """Thử nhận lại từ bản chép trong kho, không cần USB / try the kept copies again."""
    with session.opened() as opened:
        outcomes = receive_refused(opened.home, session.progress())
    joined = sum(outcome.error is None for outcome in outcomes)
    session.say("porch.retried", joined=joined, refused=len(outcomes) - joined)
    for outcome in outcomes:
        if outcome.one_person:
            session.say("receive.one_person", file=outcome.file.name, device=outcome.device)
        for late in outcome.one_person_late:
            session.say("receive.one_person", file=late.file, device=late.device)
    session.result({"joined": joined, "refused": len(outcomes) - joined})


@quarantine.command("clear")
@click.argument("files", nargs=-1)
@command
def quarantine_clear(session: Session, files: tuple[str, ...]) -> None:
    """Xoá khỏi danh sách, theo tên tệp hoặc tất cả / take off the list, by name or all."""
    with session.opened() as opened:
        done = clear_refused(opened.home, files)
    session.say("porch.cleared", count=done)
    session.result({"cleared": done})


@quarantine.command("accept")
@click.argument("event")
@click.option("--reason", default="")
@command
def quarantine_accept(session: Session, event: str, reason: str) -> None:
    """Chấp nhận: thao tác được ghi vào kho / accept."""
    _settle(session, event, QuarantineState.ACCEPTED, reason)


@quarantine.command("reject")
@click.argument("event")
@click.option("--reason", required=True)
@command
def quarantine_reject(session: Session, event: str, reason: str) -> None:
    """Không nhận, có lý do; vẫn giữ nguyên văn / reject with a reason; kept whole."""
    _settle(session, event, QuarantineState.REJECTED, reason)


@quarantine.command("undo")
@click.argument("event")
@command
def quarantine_undo(session: Session, event: str) -> None:
    """Đưa về chờ xem / put back to waiting."""
    _settle(session, event, QuarantineState.HELD, "")


@click.command("revoke")
@click.argument("device")
@click.option("--after", default="", help="Gói cuối còn tin, số hoặc mã / last bundle still believed")
@command
def revoke(session: Session, device: str, after: str) -> None:
    """Cấp trên: thôi tin một máy sau một gói / stop believing a machine after a bundle."""
    with session.opened() as opened:
        outcome = keep_trust.revoke_device(opened.home, device, after)
    session.say(
        "trust.revoked", device=device, number=outcome.last_number, bundles=outcome.bundles, held=outcome.quarantined
    )
    session.result(outcome)


@click.command("lost")
@click.argument("device")
@click.option("--after", default="", help="Gói cuối còn tin / last bundle still believed")
@command
def lost(session: Session, device: str, after: str) -> None:
    """Mất máy: máy giữ gì, đã nộp gì, và thôi tin máy / lost laptop drill."""
    with session.opened() as opened:
        report = lost_device(opened.home, device, after)
        names = {village.id: f"{village.name} ({village.id})" for village in opened.home.people.villages()}
    session.say("trust.lost", device=device, carried=report.carried, delivered=len(report.delivered))
    for village in report.villages:
        session.line(f"  {names.get(village, village)}")
    session.say("trust.lost.next")
    session.result(report)


@click.command("assign")
@click.argument("device")
@click.option("--role", type=click.Choice([str(role) for role in OfficerRole]), required=True)
@click.option("--villages", default="", help="Mã bản, cách nhau bởi dấu phẩy / village ids")
@command
def assign(session: Session, device: str, role: str, villages: str) -> None:
    """Cấp trên: giao vai trò và bản cho một máy / role and villages of a machine."""
    with session.opened() as opened:
        chosen = villages_meant(opened.home.people.villages(), villages.split(","))
        number = keep_trust.assign_scope(opened.home, device, OfficerRole(role), chosen)
    session.say("trust.number", number=number)
    session.result({"device": device, "role": role, "villages": chosen, "list": number})


@click.command("handover")
@click.argument("village")
@click.option("--to", "device", required=True, help="Máy nhận bàn giao / the machine that takes over")
@command
def handover(session: Session, village: str, device: str) -> None:
    """Cấp trên: bàn giao một bản cho máy khác / hand a village over."""
    with session.opened() as opened:
        (village,) = villages_meant(opened.home.people.villages(), [village.strip() or "?"])
        event = keep_trust.hand_over(opened.home, village, device)
    session.say("trust.handed_over", village=village, device=device)
    session.result({"event": event, "village": village, "device": device})


@click.group("trust")
def trust() -> None:
    """Danh sách tin cậy / the trust list."""


@trust.command("show")
@command
def trust_show(session: Session) -> None:
    """Số của danh sách, máy bị thôi tin, vai trò / number, cut-offs, scopes."""
    with session.opened() as opened:
        home = opened.home
        found: dict[str, Any] = {
            "number": home.trust.number(),
            "root_words": home.keys.root_words(),
            "root_here": home.trust.root_here(),
            "cards": home.keys.trusted(),
            "cutoffs": home.trust.cutoffs(),
            "cutoffs_lost": home.trust.cutoffs_lost(),
            "scopes": home.trust.scopes(),
        }
        above = home.card.headquarters
    session.say("trust.number", number=found["number"])
    for scope in found["scopes"]:
        role = session.wording.say(f"role.{scope.role}") if scope.role else "–"
        villages = ", ".join(scope.villages) or session.wording.say("ui.trust.all")
        session.line(f"  {scope.device}  {role}  {villages}")
    for cut in found["cutoffs"]:
        session.line(
            f"  {cut.device}.{cut.incarnation}  {session.wording.say('ui.trust.cut', bundles=len(cut.bundles))}"
        )
    if found["cutoffs_lost"]:
        lost = [f"{cut.device}.{cut.incarnation}" for cut in found["cutoffs_lost"]]
        session.say("trust.cutoffs_lost", machines=", ".join(lost))
    if above:
        session.say("root.here" if found["root_here"] else "root.not_here")
    session.result(found)


trust.add_command(root)


@trust.command("export")
@click.argument("folder", type=_PATH)
@command
def trust_export(session: Session, folder: Path) -> None:
    """Viết danh sách ra tệp / write the list to a file."""
    with session.opened() as opened:
        file = keep_trust.write_list_file(opened.home, folder)
    session.say("trust.written", file=file)
    session.result({"file": file})


@trust.command("import")
@click.argument("file", type=_PATH)
@command
def trust_import(session: Session, file: Path) -> None:
    """Nhận danh sách mới hơn; cũ hơn thì từ chối / take in a newer list."""
    with session.opened() as opened:
        newer = keep_trust.read_list_file(opened.home, file)
        number = opened.home.trust.number()
    session.say("trust.number", number=number)
    session.result({"newer": newer, "number": number})


@trust.command("new-root")
@command
def trust_new_root(session: Session) -> None:
    """Cấp trên: thay khoá gốc, khoá cũ bảo đảm khoá mới / new root, vouched for by the old."""
    with session.opened() as opened:
        words = keep_trust.new_root(opened.home)
        number = opened.home.trust.number()
    session.say("trust.new_root", words=" ".join(words), number=number)
    session.result({"words": words, "number": number})


@click.command("board")
@command
def board(session: Session) -> None:
    """Bảng các máy: gói cuối, số thiếu, chậm, rẽ nhánh / makers: last bundle, gaps, delays, forks."""
    with session.opened() as opened:
        found, missing = makers(opened.home), missing_bundles(opened.home)
    for maker in found:
        session.say(
            "trust.maker" if maker.last_number else "trust.maker.never",
            device=f"{maker.device}.{maker.incarnation}",
            unit=maker.unit_name,
            number=maker.last_number,
            days=maker.days if maker.days >= 0 else "?",
            gaps=", ".join(map(str, maker.gaps)) or "–",
            marks=", ".join(session.wording.say(f"mark.{mark}") for mark in maker.marks) or "–",
        )
    _none(session, found, "devices.none")
    session.result({"makers": found, "missing": missing})


@click.command("waiting")
@command
def waiting(session: Session) -> None:
    """Gói nào đang chờ gói nào, và ai mang được / which bundle is missing, and who may carry it."""
    with session.opened() as opened:
        found = missing_bundles(opened.home)
    for item in found:
        session.line(session.wording.missing(item.name, item.bundle, item.carriers, len(item.waiting)))
    _none(session, found, "waiting.none")
    session.result(found)


@click.command("carry")
@click.argument("files", nargs=-1, required=True, type=_PATH)
@command
def carry(session: Session, files: tuple[Path, ...]) -> None:
    """Mang hộ gói còn niêm phong của máy khác / carry sealed bundles for others."""
    with session.opened() as opened:
        kept = carry_bundles(opened.home, files)
    session.say("trust.carried", count=len(kept))
    session.result({"files": kept})


@click.command("stick")
@click.argument("folder", type=_PATH)
@command
def stick(session: Session, folder: Path) -> None:
    """USB có dùng được không, không mở gì trên đó / whether a stick can be used; opens nothing on it."""
    with session.opened() as opened:
        states = opened.home.sticks.look_at(folder)
    for state in states:
        session.line(session.wording.say(f"stick_state.{state}"))
    session.result({"states": states})


@click.command("prune")
@command
def prune(session: Session) -> None:
    """Bỏ bản sao của gói đã có giấy nhận / forget copies that have a receipt."""
    with session.opened() as opened:
        gone = prune_files(opened.home)
    session.say("trust.pruned", count=len(gone))
    session.result({"files": gone})


COMMANDS = (
    receipts_command, answer, quarantine, revoke, lost, assign, handover, trust, board, waiting, carry, stick, prune,
)  # fmt: skip
