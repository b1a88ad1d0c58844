"""Commands of the exchange: enrol, devices, export, verify, receive, take-edits, unseal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from fieldtool.cli.kinds import COUNT
from fieldtool.cli.pictures import code_if_picture, code_picture
from fieldtool.cli.session import Session, command, plain, purposed
from fieldtool.ports import Home
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.exchange import SUITES, BundleState
from fieldtool.usecases import enrol_device
from fieldtool.usecases.export_bundle import export_bundle
from fieldtool.usecases.own_leftovers import behind_by
from fieldtool.usecases.propose_edits import edited_rows, propose_edits
from fieldtool.usecases.receive_bundle import ReceiveOutcome, receive_bundle
from fieldtool.usecases.unseal_bundle import unseal_bundle
from fieldtool.usecases.verify_bundle import verify_bundle
from fieldtool.usecases.villages_meant import villages_meant
from fieldtool.wording.listing import some_of

_PATH = click.Path(path_type=Path)
_SHOWN = 80  # characters of an edited value; a whole paper would fill the screen


@click.group("enrol")
def enrol() -> None:
    """Ghi danh máy với cấp trên, không cần mạng / enrol a laptop with headquarters, no network."""


@enrol.command("request")
@click.argument("folder", type=_PATH)
@click.option("--renew", is_flag=True, help="Xin cấp lại khoá và lần cấp mới / new keys, next incarnation")
@click.option("--suite", type=click.Choice(SUITES), help="Bộ mật mã của cấp trên / headquarters' suite")
@click.option("--qr", is_flag=True, help="Ghi thêm ảnh mã QR / write a QR code beside it")
@command
def request(session: Session, folder: Path, renew: bool, suite: str | None, qr: bool) -> None:
    """Máy xã: viết tệp xin ghi danh / laptop: write the request."""
    with session.opened() as opened:
        outcome = enrol_device.request_enrolment(opened.home, folder, renew, suite or "")
        drawn = _drawn(opened.home, outcome.file) if qr else None
    session.say("cli.enrol.request", file=outcome.file, words=" ".join(outcome.words))
    if drawn is not None:
        session.say("cli.enrol.qr", file=drawn)
    session.result(outcome)


def _drawn(home: Home, file: Path) -> Path:
    """The request as a picture beside its file."""
    picture = code_picture(enrol_device.request_for_code(home, file))
    if picture is None:
        raise FieldtoolError(ErrorCode.CODE_TOO_LONG, values={"file": file.name})
    return home.sticks.write_proved(file.parent, f"{file.stem}.png", picture)


_heard = click.option(
    "--words", default="", help="Sáu từ nghe đọc; khác thì không ghi danh / the six words heard; others are refused"
)


def _compared(session: Session, heard: str, seen: Callable[[], enrol_device.EnrolOutcome]) -> tuple[str, ...]:
    """The words that must be those of the file: those given, or the ones that a person at a terminal agreed to. A
    script that gives none answers for the comparison itself."""
    if heard or not session.asks:
        return tuple(heard.split())
    outcome = seen()
    told = session.wording.say("cli.enrol.compare", words=" ".join(outcome.words), unit=outcome.unit_name)
    if not click.confirm(told, default=False, err=True):
        raise FieldtoolError(ErrorCode.WORDS_DIFFER, values={"words": " ".join(outcome.words)})
    return outcome.words


@enrol.command("accept")
@click.argument("file", type=_PATH)
@click.argument("folder", type=_PATH)
@click.option("--qr", is_flag=True, help="Ghi thêm trả lời thành các ảnh mã QR / write the answer as QR codes too")
@_heard
@command
def accept(session: Session, file: Path, folder: Path, qr: bool, words: str) -> None:
    """Cấp trên: nhận yêu cầu sau khi đọc khớp các từ / headquarters: accept after comparing the words."""
    text = code_if_picture(file)
    with session.opened() as opened:
        compared = _compared(session, words, lambda: enrol_device.inspect_request(opened.home, file, text))
        outcome = enrol_device.accept_enrolment(opened.home, file, folder, text, compared)
        pages = _answer_drawn(opened.home, outcome.file) if qr else []
    session.say("cli.enrol.accept", file=outcome.file, words=" ".join(outcome.words))
    if not outcome.compared:
        session.say("cli.enrol.unheard", device=outcome.device)
    if pages:
        session.say("cli.enrol.answer_qr", count=len(pages), files=", ".join(page.name for page in pages))
    session.result({**plain(outcome), "pages": pages})


def _answer_drawn(home: Home, file: Path) -> list[Path]:
    """The answer as numbered pictures beside its file."""
    texts = enrol_device.answer_for_codes(home, file)
    pictures = [code_picture(text) for text in texts]
    return [
        home.sticks.write_proved(file.parent, f"{file.stem}-tra-loi-{page}-{len(texts)}.png", picture)
        for page, picture in enumerate(pictures, start=1)
        if picture is not None  # a page always fits
    ]


@enrol.command("finish")
@click.argument("files", nargs=-1, required=True, type=_PATH)
@_heard
@command
def finish(session: Session, files: tuple[Path, ...], words: str) -> None:
    """Máy xã: nhận trả lời của cấp trên, là một tệp hoặc mọi ảnh mã QR của nó / laptop: take in the answer."""
    codes = [code_if_picture(file) for file in files]
    text = enrol_device.answer_of_codes([code for code in codes if code])
    with session.opened() as opened:
        compared = _compared(session, words, lambda: enrol_device.inspect_answer(opened.home, files[0], text))
        outcome = enrol_device.finish_enrolment(opened.home, files[0], text, compared)
    session.say("cli.enrol.finish", unit=outcome.unit_name, words=" ".join(outcome.words))
    if not outcome.compared:
        session.say("cli.enrol.root_unheard")
    session.result(outcome)


@enrol.command("confirm")
@click.argument("device", default="")
@click.option("--words", required=True, help="Sáu từ nghe đọc / the six words heard")
@command
def confirm(session: Session, device: str, words: str) -> None:
    """Đã so các từ sau khi ghi danh: của MÁY ở cấp trên, của khoá gốc ở máy xã / words compared afterwards."""
    with session.opened() as opened:
        outcome = enrol_device.confirm_words(opened.home, words, device)
    session.say("cli.enrol.confirmed", device=device or outcome.unit_name)
    session.result(outcome)


@enrol.command("words")
@command
def words(session: Session) -> None:
    """Các từ của máy này để đọc to, và của khoá gốc / this machine's words to read aloud, and the root's."""
    with session.opened() as opened:
        own, root = enrol_device.own_words(opened.home), opened.home.keys.root_words()
        unheard = enrol_device.root_unheard(opened.home)
    session.say("ui.exchange.own_words", words=" ".join(own.words))
    if root:
        session.say("cli.enrol.root_words", words=" ".join(root))
    if unheard:
        session.say("cli.enrol.root_unheard")
    session.result({"device": own.device, "words": own.words, "root_words": root})


@click.command("devices")
@command
def devices(session: Session) -> None:
    """Các máy đã ghi danh / enrolled devices."""
    with session.opened() as opened:
        cards = opened.home.keys.trusted()
        cut = {(item.device, item.incarnation) for item in opened.home.trust.cutoffs()}
        names = {card.officer: opened.home.people.officer_called(card.officer) for card in cards}
        unheard, root_unheard = enrol_device.unheard(opened.home), enrol_device.root_unheard(opened.home)
    for card in cards:
        key = (card.device, card.incarnation)
        code = "mark.revoked" if key in cut else "mark.unheard" if key in unheard else ""
        mark = f"  {session.wording.say(code)}" if code else ""
        officer = session.wording.officer_or_none(names[card.officer], card.officer)
        session.line(f"{card.device}.{card.incarnation}  {card.unit}  {card.unit_name}  {officer}{mark}")
    if not cards:
        session.say("devices.none")
    if root_unheard:
        session.say("cli.enrol.root_unheard")
    session.result(
        [
            {
                **plain(card),
                "officer_name": names[card.officer],
                "words_compared": (card.device, card.incarnation) not in unheard,
            }
            for card in cards
        ]
    )


@click.command("export")
@click.option("--to", "unit", required=True, help="Đơn vị nhận / receiving unit")
@click.option("--villages", default="", help="Mã bản, cách nhau bởi dấu phẩy / village ids")
@click.option("--since-receipt/--all", default=True, help="Chỉ phần chưa được nhận / only what is not acknowledged")
@click.option(
    "--hand-back", is_flag=True, help="Trả lại cấp trên các gói của chính cấp trên / headquarters' own bundles"
)
@click.argument("folder", type=_PATH)
@command
def export(session: Session, unit: str, villages: str, since_receipt: bool, hand_back: bool, folder: Path) -> None:
    """Xuất một gói đã ký và niêm phong / write one signed, sealed bundle and prove it."""
    with session.opened() as opened:
        chosen = villages_meant(opened.home.people.villages(), villages.split(","))
        outcome = export_bundle(
            opened.home,
            unit,
            folder,
            villages=chosen,
            since_receipt=since_receipt,
            hand_back=hand_back,
            progress=session.progress(),
        )
    session.say("cli.export.done", file=outcome.file, events=outcome.events)
    if outcome.more:
        session.say("export.parts", count=len(outcome.files), files=", ".join(part.name for part in outcome.files))
    if outcome.resent or outcome.carried:
        session.say("trust.resent", count=len(outcome.resent), carried=len(outcome.carried))
    session.say("stick.written")
    session.say("stick.safe" if outcome.safe else "stick.not_safe")
    session.result(outcome)


@click.command("verify")
@click.argument("file", type=_PATH)
@command
def verify(session: Session, file: Path) -> None:
    """Ai gửi, gửi ai, có nguyên vẹn không; không thay đổi gì / who, for whom, whole or not."""
    with session.opened() as opened:
        try:
            outcome = verify_bundle(opened.home, file)
        except FieldtoolError as error:
            if error.code is ErrorCode.BUNDLE_CHANGED:
                _tell_edits(session, opened.home, file)
            raise
    session.say("cli.verify.whole", unit=outcome.unit_name, device=outcome.device, events=outcome.events)
    if outcome.saved_by:
        session.say("verify.saved_by", program=outcome.saved_by)
    session.result(outcome)


def _tell_edits(session: Session, home: Home, file: Path) -> None:
    """Of a workbook in which new values alone were edited, which rows, and what may be done with them."""
    try:
        found = edited_rows(home, file)
    except FieldtoolError:
        return  # more was changed than values; the error of the verification says what
    rows = ", ".join(str(row.row) for row in found.rows)
    session.say("edits.found", count=len(found.rows), rows=rows, unit=found.unit_name)
    session.say("edits.take")


@click.command("take-edits")
@click.argument("file", type=_PATH)
@click.option("--row", "rows", type=COUNT, multiple=True, help="Chỉ các dòng này / these rows only")
@click.option("--dry-run", is_flag=True, help="Chỉ xem / only look")
@command
def take_edits(session: Session, file: Path, rows: tuple[int, ...], dry_run: bool) -> None:
    """Lấy dòng sửa trong sổ đã ký làm đề nghị của mình / take edited rows of a bundle as one's own proposal."""
    with session.opened() as opened:
        if dry_run:
            found, taken = edited_rows(opened.home, file), {}
        else:
            done = propose_edits(opened.home, file, rows)
            found, taken = done.bundle, done.events
    say = session.wording.say
    for row in found.rows:
        session.line(
            say("edits.row", row=row.row, name=row.name, field=session.wording.field_called(row.field),
                now=session.shown(row.field, row.now), value=session.shown(row.field, row.value)[:_SHOWN],
                state=say(f"edit.{row.state}"))
        )  # fmt: skip
    if not found.rows:
        session.say("edits.none")
    elif not dry_run:
        session.say("edits.taken", count=len(taken))
    session.result({"bundle": found.bundle, "rows": found.rows, "taken": taken})


@click.command("receive")
@click.argument("files", nargs=-1, required=True, type=_PATH)
@command
def receive(session: Session, files: tuple[Path, ...]) -> None:
    """Kiểm rồi nhận các gói, mỗi gói một lần ghi / verify, then join, each in one transaction."""
    with session.opened() as opened:
        outcomes = receive_bundle(opened.home, files, progress=session.progress())
        behind, headquarters = behind_by(opened.home), opened.home.card.headquarters
    every = [item for outcome in outcomes for item in (outcome, *outcome.late)]
    revoked_or_outside = sum(outcome.quarantined for outcome in every)
    refused = [outcome for outcome in outcomes if outcome.error]
    if all(outcome.passed_over for outcome in outcomes):
        session.say("cli.receive.none", places=", ".join(map(str, files)))
    passed = [outcome.file.name for outcome in outcomes if outcome.passed_over]
    outcomes = [outcome for outcome in outcomes if not outcome.passed_over]
    if passed:
        session.say("receive.passed_over", count=len(passed), files=some_of(passed))
    for outcome in outcomes:
        if outcome.list_number:
            session.say("trust.number", number=outcome.list_number)
        elif outcome.state is BundleState.WAITING and not outcome.error:
            session.say("ui.exchange.waiting", file=outcome.file, count=len(outcome.missing_parents))
        elif not outcome.error:
            _say_joined(session, "cli.receive.done", outcome)
        for device in outcome.forks:
            session.say("receive.fork", device=device)
        for late_one in outcome.late:
            _say_joined(session, "receive.waited", late_one)
        if outcome.one_person:
            session.say("receive.one_person", file=outcome.file.name, device=outcome.device)
        for late in outcome.one_person_late:
            session.say("receive.one_person", file=late.file, device=late.device)
        for item in outcome.missing:
            session.line(session.wording.missing(item.name, item.bundle, item.carriers, len(item.waiting)))
    if revoked_or_outside:
        session.say("trust.held_back", count=revoked_or_outside)
    if behind:
        session.say("receive.behind.above" if headquarters else "receive.behind", number=behind)
    names = ("new_events", "known_events", "conflicts_raised", "quarantined")
    totals = {name: sum(getattr(outcome, name) for outcome in every) for name in names}
    if refused and len(outcomes) == 1 and not passed:
        raise _as_error(refused[0].error)
    bundles = [_told(session, outcome) for outcome in outcomes]
    first = {"error": next(told["error"] for told in bundles if "error" in told)} if refused else {}
    told = {**totals, **first, "bundles": bundles, **({"passed_over": passed} if passed else {})}
    session.result(told)  # the first refusal stands where a script looks for one
    for outcome in refused:
        message, hint = session.wording.error(_as_error(outcome.error))
        click.echo(f"{outcome.file}: {message}\n{hint}", err=True)
    if refused:
        raise click.exceptions.Exit(1)


def _say_joined(session: Session, code: str, outcome: ReceiveOutcome) -> None:
    told = {"new": outcome.new_events, "known": outcome.known_events, "conflicts": outcome.conflicts_raised}
    session.say(code, file=outcome.file, **told)


def _as_error(error: FieldtoolError | None) -> FieldtoolError:
    return error or FieldtoolError(ErrorCode.BUNDLE_MALFORMED)


def _told(session: Session, outcome: object) -> dict[str, object]:
    data: dict[str, object] = {
        name: plain(getattr(outcome, name)) for name in getattr(outcome, "__slots__", ()) if name != "error"
    }
    error = getattr(outcome, "error", None)
    if isinstance(error, FieldtoolError):
        message, hint = session.wording.error(error)
        data["error"] = {"code": str(error.code), "message": message, "hint": hint, "place": plain(error.place)}
    return data


@click.command("unseal")
@click.argument("file", type=_PATH)
@click.argument("out", type=_PATH)
@click.option("--hide", is_flag=True, help="Che dân tộc, tôn giáo (bản chỉ để đọc) / without them, for reading alone")
@purposed
@command
def unseal(session: Session, file: Path, out: Path, hide: bool) -> None:
    """Mở niêm phong thành sổ Excel đọc được; có ghi nhật ký / the readable workbook; logged."""
    with session.opened() as opened:
        unseal_bundle(opened.home, file, out, hide=hide)
    session.say("cli.unseal.hidden" if hide else "cli.unseal.done", file=out)
    session.result({"file": out, "hidden": hide})


COMMANDS = (enrol, devices, export, verify, receive, take_edits, unseal)
