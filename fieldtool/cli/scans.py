"""Commands on scanned cards: scan read, keep, image, ports, listen."""

from __future__ import annotations

import queue
import sys
from pathlib import Path

import click

from fieldtool.cli.kinds import COUNT, SECONDS
from fieldtool.cli.session import Session, command
from fieldtool.ports import Home
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.persons import Household
from fieldtool.records.route_codes import household_of
from fieldtool.usecases import card_pictures, scan_card
from fieldtool.usecases.seen_people import seen_people, view_household


@click.group("scan")
def scan() -> None:
    """Quét thẻ, so với mọi giấy tờ / scan a card and compare it with all papers."""


def _text(given: str) -> str:
    return sys.stdin.readline() if given == "-" else given


def _tell(session: Session, look: scan_card.CardLook) -> None:
    session.line(f"{look.person or '—'}  {look.name}  {look.card.n12}")
    for item in look.candidates:
        session.line(f"  ? {item.line.id}  {item.line.name}  {item.line.dob}")
    for found in look.differs:
        words = "; ".join(session.wording.difference(item) for item in found.differences)
        kind = session.wording.say(f"kind.{found.kind}")
        session.line(
            f"  ! {session.wording.say(f'field.{found.field}')}: {found.card} / {found.paper} ({kind}) {words}"
        )
    if not look.safe:
        session.say("card.unsafe")


def _of_sheet(session: Session, home: Home, text: str) -> Household | None:
    """The household that a route sheet's code names, told and noted as looked at; None for any other text. NOT_FOUND
    for one that is not here, or not of the villages of who looks."""
    id = household_of(text)
    if not id:
        return None
    house = view_household(home, id)
    session.line(f"{house.id}  {house.head}  {house.village_name}  {house.book}")
    return house


@scan.command("read")
@click.argument("text")
@click.option("--person", default="")
@command
def read(session: Session, text: str, person: str) -> None:
    """Đọc một dòng quét (hoặc - từ stdin): thẻ của ai, khác giấy tờ nào; mã trên phiếu đường đi: hộ nào / whose card,
    compared with all papers; the household of a route sheet's code."""
    with session.opened() as opened:
        line = _text(text)
        house = _of_sheet(session, opened.home, line)
        if house is not None:
            session.result({"household": house.id, "page": house})
            return
        opened.home.log.note("scan", "card")
        look = scan_card.look_up_card(seen_people(opened.home, opened.home.people), line, person)
    _tell(session, look)
    session.result(look)


@scan.command("keep")
@click.argument("text")
@click.option("--person", default="")
@click.option("--household", default="", help="Quét tại hộ này / scanned in this household")
@command
def keep(session: Session, text: str, person: str, household: str) -> None:
    """Ghi thẻ vào hồ sơ người / keep the card as a paper of its person."""
    with session.opened() as opened:
        line = _text(text)
        look = scan_card.look_up_card(seen_people(opened.home, opened.home.people), line, person)
        owner = scan_card.keep_card(opened.home, line, person=person, household=household)
    _tell(session, look)
    session.result({"person": owner, "look": look})


@scan.command("image")
@click.argument("file", type=click.Path(path_type=Path))
@command
def image(session: Session, file: Path) -> None:
    """Đọc QR (thẻ hay phiếu đường đi) từ tệp ảnh, ảnh không được lưu / a card or route sheet in a picture."""
    with session.opened() as opened:
        text = opened.outputs().text_in_picture(file)
        house = _of_sheet(session, opened.home, text)
        if house is not None:
            session.result({"text": text, "household": house.id, "page": house})
            return
        opened.home.log.note("scan", "picture")
        look = scan_card.look_up_card(seen_people(opened.home, opened.home.people), text)
    _tell(session, look)
    session.result({"text": text, "look": look})


@scan.command("ports")
@command
def ports(session: Session) -> None:
    """Các cổng nối tiếp có thể là máy quét / serial ports that may be scanners."""
    with session.opened() as opened:
        found = opened.outputs().scanner_ports()
    for device, words in found:
        session.line(f"{device}  {words}")
    session.result(found)


@scan.command("listen")
@click.argument("port")
@click.option("--count", type=COUNT, default=1, show_default=True, help="Số lần quét / how many scans")
@click.option("--seconds", type=SECONDS, default=60, show_default=True)
@command
def listen(session: Session, port: str, count: int, seconds: int) -> None:
    """Nghe máy quét ở một cổng / listen to a scanner."""
    heard: queue.Queue[str | FieldtoolError] = queue.Queue()
    looks: list[scan_card.CardLook | dict[str, str]] = []
    with session.opened() as opened:
        scanner = opened.outputs().listen(port, heard.put, heard.put)
        scanner.start()
        try:
            for _ in range(count):
                said = heard.get(timeout=seconds)
                if isinstance(said, FieldtoolError):
                    raise said
                house = _of_sheet(session, opened.home, said)
                if house is not None:
                    looks.append({"household": house.id})
                    continue
                look = scan_card.look_up_card(seen_people(opened.home, opened.home.people), said)
                opened.home.log.note("scan", "card")
                _tell(session, look)
                looks.append(look)
        except queue.Empty as error:
            raise FieldtoolError(ErrorCode.SCANNER_LOST, values={"detail": f"{seconds} s"}) from error
        finally:
            scanner.stop()
    session.result(looks)


@scan.command("camera")
@click.option("--folder", type=click.Path(path_type=Path), help="Thư mục ảnh, nhớ cho lần sau / pictures, kept")
@click.option("--system-folder", is_flag=True, help="Lại dùng thư mục của hệ thống / the system's folder again")
@click.option("--count", type=COUNT, default=1, show_default=True, help="Số thẻ / how many cards")
@click.option("--seconds", type=SECONDS, default=120, show_default=True)
@click.option("--keep", is_flag=True, help="Ghi thẻ vào hồ sơ / keep each card as a paper of its person")
@click.option("--household", default="", help="Tại hộ này (--keep) / in this household")
@command
def camera(
    session: Session, folder: Path | None, system_folder: bool, count: int, seconds: float, keep: bool, household: str
) -> None:
    """Mở máy ảnh, chờ ảnh mới, đọc QR rồi xóa ảnh thẻ đó / the system's camera: a new picture is read, then deleted."""
    heard: queue.Queue[str | FieldtoolError] = queue.Queue()
    looks: list[scan_card.CardLook] = []
    with session.opened() as opened:
        home = opened.home
        if folder is not None or system_folder:
            card_pictures.choose_folder(home, folder)
        chosen = card_pictures.chosen_folder(home.people)
        watch, place = opened.outputs().watch_pictures(chosen, heard.put, heard.put, seconds)
        session.say("scan.camera.told", folder=place)
        watch.start()
        try:
            while len(looks) < count:
                said = heard.get()
                if isinstance(said, FieldtoolError):
                    if said.code is ErrorCode.CAMERA_CLOSED:
                        session.line(session.wording.error(said)[1])
                        continue
                    raise said
                look = scan_card.look_up_card(seen_people(home, home.people), said)
                home.log.note("scan", "camera")
                if keep:
                    scan_card.keep_card(home, said, household=household)
                _tell(session, look)
                looks.append(look)
        finally:
            watch.stop()
    session.result(looks)


COMMANDS = (scan,)
