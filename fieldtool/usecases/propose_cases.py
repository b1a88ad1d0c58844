"""Who should have a case: computed from papers and visits, opened one by one or all together; and the day's roster."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from fieldtool.ports import Home, Progress, no_progress
from fieldtool.records.card_expiry import MILESTONES, birthday
from fieldtool.records.dates import parse_date
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.presence import Presence
from fieldtool.records.roles import Power
from fieldtool.records.work import CaseNote, FactLine
from fieldtool.usecases.authority import require
from fieldtool.usecases.seen_work import seen_work
from fieldtool.usecases.today import today
from fieldtool.usecases.work_case import machine_of, opening

KINDS = ("card_due", "no_birth", "dead_listed", "numbers", "abroad", "vneid")
_GONE = (Presence.DIED, Presence.MOVED, Presence.UNKNOWN)
CARD_AGE = 14


@dataclass(frozen=True, slots=True)
class Proposal:
    """A case that should be open and is not; `why` is a code of the kind's choices or "" ; `day` when it falls due."""

    kind: str
    person: str
    name: str
    village: str
    village_name: str
    household: str
    why: str = ""
    day: str = ""
    details: Mapping[str, str] | None = None
    subject: str = ""


def propose(home: Home, kind: str, village: str = "", *, months: int = 3) -> list[Proposal]:
    """The cases of a kind that should be open: by village, then by day. `months` is how far ahead birthdays count."""
    if kind not in KINDS:
        raise FieldtoolError(ErrorCode.BAD_VALUE, values={"field": kind, "detail": ", ".join(KINDS)})
    day = today(home).day
    open_now = {case.person for case in home.work.cases(kind) if case.person}
    if kind == "numbers":
        return list(_numbers(home, village))
    if kind == "vneid":  # done once is done
        open_now |= {case.person for case in home.work.cases(kind, closed=True)}
    found = []
    for fact in seen_work(home, home.work).facts(village):
        if fact.person not in open_now and (reason := _reason(kind, fact, day, months)) is not None:
            why, when = reason
            found.append(_proposal(kind, fact, why, when))
    return sorted(found, key=lambda item: (item.village_name, item.day, item.name))


def _proposal(kind: str, fact: FactLine, why: str, day: str) -> Proposal:
    details = {"why": why} if kind == "card_due" else {}
    return Proposal(kind, fact.person, fact.name, fact.village, fact.village_name, fact.household, why, day, details)


def _reason(kind: str, fact: FactLine, day: str, months: int) -> tuple[str, str] | None:
    """Why a person should have a case of a kind, and the day; None when he should not."""
    if kind == "dead_listed":
        return ("", "") if fact.presence == Presence.DIED else None
    if fact.presence in _GONE:
        return None
    if kind == "abroad":
        return ("", "") if fact.presence == Presence.ABROAD else None
    age = _age(fact, day)
    if kind == "no_birth":
        return ("", "") if age is not None and age < CARD_AGE and "birth" not in fact.papers else None
    if kind == "vneid":
        return ("", "") if age is not None and age >= CARD_AGE and fact.card == "n12" else None
    return card_reason(fact, day, months)


def card_reason(fact: FactLine, day: str, months: int) -> tuple[str, str] | None:
    """Why a card is due: none or the old one only from 14 on, expired, or a birthday of 14, 25, 40, 60 ahead.

    A card taken within two years before such a birthday already covers it (Luật Căn cước art. 21).
    """
    born = parse_date(fact.born)
    if not born.year or fact.presence == Presence.ABROAD:
        return None
    birth = born.solar or datetime.date(born.year, born.month or 12, 28)
    now = datetime.date.fromisoformat(day)
    ahead = now + datetime.timedelta(days=round(months * 30.44))
    coming = next(((age, at) for age in MILESTONES if now <= (at := birthday(birth, age)) <= ahead), None)
    if fact.card != "n12":
        if birthday(birth, CARD_AGE) <= now:
            return ("old_card_only" if fact.card == "n9" else "none"), day
        return ("turns_14", coming[1].isoformat()) if coming and coming[0] == CARD_AGE else None
    if len(fact.expiry) == len(day) and fact.expiry < day:
        return "expired", fact.expiry
    if len(fact.expiry) == len(day) and fact.expiry <= ahead.isoformat():
        age = coming[0] if coming else 0
        return (f"turns_{age}" if age else "expired"), fact.expiry
    if coming is None or coming[0] == CARD_AGE:
        return None
    issued = parse_date(fact.issued).solar
    if fact.expiry or (issued is not None and issued >= birthday(birth, coming[0] - 2)):
        return None
    return f"turns_{coming[0]}", coming[1].isoformat()


def _age(fact: FactLine, day: str) -> int | None:
    born = parse_date(fact.born)
    if not born.year:
        return None
    return int(day[:4]) - born.year - ((int(day[5:7]), int(day[8:10])) < (born.month or 12, born.day or 31))


def _numbers(home: Home, village: str) -> Iterator[Proposal]:
    known = {case.details.get("number") for case in home.work.cases("numbers", closed=True)}
    for shared in seen_work(home, home.work).shared_numbers(village):
        if shared.number in known:
            continue
        details = {"number": shared.number, "others": ", ".join(dict.fromkeys(shared.names))}
        person = shared.persons[0]
        yield Proposal(
            "numbers", person, shared.names[0], shared.village, "", "", details=details, subject=shared.number
        )


def open_proposed(home: Home, proposals: Sequence[Proposal], progress: Progress = no_progress) -> int:
    """Open the cases proposed, in one transaction; how many were opened."""
    day = today(home).day
    drafts = []
    opened = 0
    for done, item in enumerate(proposals):
        progress(done, len(proposals), "write")
        require(home, Power.CASES, item.village)
        _, new = opening(
            home,
            item.kind,
            item.person,
            day=day,
            household=item.household,
            village=item.village,
            details=item.details,
            subject=item.subject,
        )
        drafts += new
        opened += bool(new)
    home.log.append(drafts)
    return opened


def roster(home: Home, kind: str, village: str = "") -> dict[str, list[CaseNote]]:
    """Open cases of a kind whose people are called together, by village; BAD_VALUE for a kind that has no roster."""
    if not machine_of(kind).roster:
        raise FieldtoolError(ErrorCode.BAD_VALUE, values={"field": kind, "detail": "card_due, vneid"})
    names = {item.id: item.name for item in home.people.villages()}
    found: dict[str, list[CaseNote]] = {}
    for case in seen_work(home, home.work).cases(kind, village):
        found.setdefault(names.get(case.village, "—"), []).append(case)
    return dict(sorted(found.items()))
