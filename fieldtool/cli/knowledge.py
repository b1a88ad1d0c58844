"""Commands on what the field knows: names, dates, number, place, places, surnames, age, card."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path

import click

from fieldtool.cli.age_options import age_options, age_question
from fieldtool.cli.kinds import DAY
from fieldtool.cli.pictures import read_code
from fieldtool.cli.session import Session, command, plain
from fieldtool.conflicts.compare import agree, differences, read_sex
from fieldtool.machine.clock import SystemClock
from fieldtool.records.age import events
from fieldtool.records.dates import parse_date
from fieldtool.records.events import RecordKind
from fieldtool.records.fields import Field
from fieldtool.records.number_findings import findings
from fieldtool.records.numbers import parse_number
from fieldtool.records.peoples import parse_people
from fieldtool.usecases.ask_age import AgeAnswer, ask_age
from fieldtool.usecases.local_knowledge import (
    PlaceToday,
    add_place,
    add_surname,
    add_village_name,
    find_place,
    list_added,
    withdraw_added,
)
from fieldtool.usecases.read_card import CardAnswer, look_at_card
from fieldtool.wording import age_words

_COMMUNE = "16906"  # Lượng Minh: only decides between namesakes when no home is asked


def _compared(session: Session, field: Field, a: str, b: str, sex: str, ethnicity: str) -> None:
    """Name the differences of two written values, with the spans of characters that differ."""
    found = differences(field, a, b, sex=read_sex(sex) if sex else "", ethnicity=ethnicity)
    for item in found:
        session.line(f"{item.code}: {session.wording.difference(item)}")
        for text, spans in ((a, item.left), (b, item.right)):
            session.line(f"    {_bracketed(text, spans)}")
    session.say("cli.compare.alike" if agree(found) else "cli.compare.differs")
    told = [{**plain(item), "text": session.wording.difference(item)} for item in found]
    session.result({"a": a, "b": b, "agree": agree(found), "differences": told})


def _bracketed(text: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


@click.command("names")
@click.argument("a")
@click.argument("b")
@click.option("--sex", default="", help="Nam, Nữ")
@click.option("--ethnicity", default="", help="Dân tộc / people, for its customs")
@command
def names(session: Session, a: str, b: str, sex: str, ethnicity: str) -> None:
    """Hai họ tên khác nhau ở đâu, vì sao / how two names differ, and why."""
    people = parse_people(ethnicity)[0] if ethnicity else None
    _compared(session, Field.NAME, a, b, sex, people.name if people is not None else "")


@click.command("dates")
@click.argument("a")
@click.argument("b", required=False, default="")
@command
def dates(session: Session, a: str, b: str) -> None:
    """Một ngày được hiểu ra sao, hai ngày khác nhau ở đâu / what a date says, how two differ."""
    if b:
        _compared(session, Field.DOB, a, b, "", "")
        return
    date = parse_date(a)
    session.line(f"{date.iso or '—'}  {date.precision}  {date.calendar}{'  01/01?' if date.imputed else ''}")
    for day in date.candidates:
        session.line(f"    {day:%d/%m/%Y}")
    session.result({**plain(date), "iso": date.iso, "candidates": [str(day) for day in date.candidates]})


@click.command("number")
@click.argument("a")
@click.argument("b", required=False, default="")
@click.option("--dob", default="", help="Ngày sinh / birth date")
@click.option("--sex", default="", help="Nam, Nữ")
@click.option("--place", default="", help="Nơi đăng ký khai sinh / place of birth registration")
@command
def number(session: Session, a: str, b: str, dob: str, sex: str, place: str) -> None:
    """Một số nói gì, có gì lạ; hai số khác nhau ở đâu / what a number says, what is odd, how two differ."""
    if b:
        _compared(session, Field.N12, a, b, "", "")
        return
    read = parse_number(a)
    found = findings(read, dob, read_sex(sex) if sex else "", place)
    for finding in found:
        session.say(f"finding.{finding.code}", **finding.values)
    if not found:
        session.say("cli.number.nothing")
    told = [{**plain(item), "text": session.wording.say(f"finding.{item.code}", **item.values)} for item in found]
    session.result({**plain(read), "identifies": read.identifies, "findings": told})


@click.command("place")
@click.argument("text")
@click.option("--district", default="", help="Huyện trên giấy / the district, as context")
@click.option("--on", "day", default="", help="Ngày khác hôm nay / another day than today, YYYY-MM-DD")
@click.option("--written", default="", help="Ngày của giấy / the day of the paper, YYYY-MM-DD")
@click.option("--commune", default="", help="Mã xã lập giấy / code of the commune where it was written")
@command
def place(session: Session, text: str, district: str, day: str, written: str, commune: str) -> None:
    """Địa chỉ cũ hoặc chữ tự do → nơi và mã ngày nay / an old address to today's place and code."""
    if (session.folder / "home.db").exists():  # with the places its officers added
        with session.opened() as opened:
            home = commune or opened.home.card.commune
            found = find_place(home, text, district=district, day=day, written=written)
    else:
        found = find_place(commune or _COMMUNE, text, district=district, day=day, written=written)
    _say_place(session, found)
    reading = plain(found.reading)
    flags = [{"code": flag, "text": session.wording.say(f"place_flag.{flag}")} for flag in found.reading.flags]
    session.result({**plain(found), "reading": {**reading, "flags": flags}})


def _say_place(session: Session, found: PlaceToday) -> None:
    if found.code:
        session.line(f"{found.code}  {found.address}")
    else:
        session.say("cli.place.unsure", names=found.name or "—")
    for flag in found.reading.flags:
        session.line(f"    {session.wording.say(f'place_flag.{flag}')}")


@click.group("places")
def places() -> None:
    """Địa danh do cán bộ thêm / places that officers add."""


@places.command("add")
@click.argument("name")
@click.option("--district", default="", help="Huyện trên giấy / its district on papers")
@click.option("--successor", default="", help="Nay thuộc đâu: mã hoặc tên / where it went: code or place")
@click.option("--until", type=DAY, default="", help="Hết từ ngày / ended on, YYYY-MM-DD")
@click.option("--village", "village", default="", help="Tên này là bản nào / the village that is meant")
@command
def places_add(session: Session, name: str, district: str, successor: str, until: str, village: str) -> None:
    """Thêm một xã không có trong bảng, hoặc tên khác của một bản (--village) / a commune, or a village's other name."""
    with session.opened() as opened:
        if village:
            record = add_village_name(opened.home, name, village)
        else:
            record = add_place(opened.home, name, district=district, successor=successor, valid_to=until)
    session.say("cli.knowledge.added", record=record)
    session.result({"record": record})


@places.command("find")
@click.argument("text")
@click.option("--district", default="")
@command
def places_find(session: Session, text: str, district: str) -> None:
    """Tìm một nơi / resolve a place with what officers added."""
    with session.opened() as opened:
        found = find_place(opened.home.card.commune, text, district=district)
    _say_place(session, found)
    session.result(found)


@click.group("surnames")
def surnames() -> None:
    """Họ và cách viết khác do cán bộ thêm / surnames and their spellings that officers add."""


@surnames.command("add")
@click.argument("variants", nargs=-1, required=True)
@click.option("--people", default="", help="Dân tộc / the people that has them")
@command
def surnames_add(session: Session, variants: tuple[str, ...], people: str) -> None:
    """Thêm một họ hoặc các cách viết của một họ / a surname or spellings of one."""
    named = parse_people(people)[0] if people else None
    with session.opened() as opened:
        record = add_surname(opened.home, named.name if named is not None else people, list(variants))
    session.say("cli.knowledge.added", record=record)
    session.result({"record": record})


def _list(session: Session, kind: RecordKind) -> None:
    with session.opened() as opened:
        added = list_added(opened.home, kind)
    for item in added:
        session.line(f"{item.record}  {'  '.join(text for text in item.told.values() if text)}")
    session.result({"added": added})


def _withdraw(session: Session, kind: RecordKind, record: str) -> None:
    with session.opened() as opened:
        withdraw_added(opened.home, kind, record)
    session.say("cli.knowledge.withdrawn", record=record)
    session.result({"withdrawn": record})


@places.command("list")
@command
def places_list(session: Session) -> None:
    """Những nơi đã thêm / what was added."""
    _list(session, RecordKind.PLACE)


@surnames.command("list")
@command
def surnames_list(session: Session) -> None:
    """Những họ đã thêm / what was added."""
    _list(session, RecordKind.SURNAME)


@places.command("remove")
@click.argument("record")
@command
def places_remove(session: Session, record: str) -> None:
    """Rút lại một nơi đã thêm / take an addition back."""
    _withdraw(session, RecordKind.PLACE, record)


@surnames.command("remove")
@click.argument("record")
@command
def surnames_remove(session: Session, record: str) -> None:
    """Rút lại một họ đã thêm / take an addition back."""
    _withdraw(session, RecordKind.SURNAME, record)


@click.command("age")
@age_options
@click.option("--list", "listing", is_flag=True, help="Lịch sự kiện / the event calendar")
@command
def age(session: Session, listing: bool, **said: object) -> None:
    """Hỏi tuổi: con giáp, tuổi nói ra, anh em, sự kiện → những ngày sinh có thể / the age interview."""
    if listing:
        for event in events():
            session.line(f"{event.code}  {event.first:%d/%m/%Y}–{event.last:%d/%m/%Y}  {_event(session, event.code)}")
        session.result({"events": [{**plain(e), "first": str(e.first), "last": str(e.last)} for e in events()]})
        return
    answer = ask_age(age_question(said), datetime.date.fromisoformat(SystemClock().now()[:10]))
    _say_age(session, answer)


def _event(session: Session, code: str) -> str:
    return session.wording.say(f"event.{code}")


def _say_age(session: Session, answer: AgeAnswer) -> None:
    say = session.wording.say
    told = []
    for item in answer.candidates:
        session.line(age_words.line_told(item, say))
        told.append(
            {
                "lunar_year": item.lunar_year,
                "year_name": age_words.lunar_year_told(item, say),
                "animal": item.animal,
                "first": str(item.first),
                "last": str(item.last),
                "reasons": item.reasons,
                "text": age_words.candidate_told(item, say),
            }
        )
    if not told:
        session.say("cli.age.nothing")
    session.result(
        {
            "candidates": told,
            "first": str(answer.first) if answer.first else "",
            "last": str(answer.last) if answer.last else "",
        }
    )


@click.command("card")
@click.argument("text", required=False, default="")
@click.option("--image", type=click.Path(path_type=Path), default=None, help="Ảnh chụp mã QR / a picture of the code")
@click.option("--known", is_flag=True, help="Tìm trong kho theo số của thẻ / look its numbers up in the home")
@command
def card(session: Session, text: str, image: Path | None, known: bool) -> None:
    """Chữ trong mã QR của thẻ, hoặc ảnh mã QR → các trường / a card's QR text or picture to its fields."""
    if not text and image is None:
        raise click.UsageError("TEXT | --image FILE")
    line = read_code(image) if image is not None else text
    if known:
        with session.opened() as opened:
            answer = look_at_card(line, opened.home.people)
    else:
        answer = look_at_card(line)
    _say_card(session, answer)


def _say_card(session: Session, answer: CardAnswer) -> None:
    say = session.wording.say
    for field, text in answer.fields.items():
        session.line(f"{say(f'field.{field}')}: {text}")
    flags = [{"code": flag, "text": say(f"card_flag.{flag}")} for flag in answer.card.flags]
    for flag in flags:
        session.line(f"! {flag['text']}")
    for finding in answer.findings:
        session.line(f"! {say(f'finding.{finding.code}', **finding.values)}")
    for line in answer.holders:
        session.line(f"→ {line.name}  {line.dob}  {line.village_name}  {line.id}")
    session.result(
        {
            "fields": answer.fields,
            "dob": answer.card.dob.iso,
            "issued": answer.card.issued.iso,
            "cancelled": answer.card.cancelled,
            "spare": answer.card.spare,
            "flags": flags,
            "findings": [{**plain(f), "text": say(f"finding.{f.code}", **f.values)} for f in answer.findings],
            "holders": answer.holders,
        }
    )


COMMANDS = (names, dates, number, place, places, surnames, age, card)
