"""The officers of one machine: who they are, what each is, fast switch by a personal code, the second person's word.

The passphrase opens the home; the personal code only says who sits before it, so that the log names the right one.
It is kept here, never in the log: it does not travel.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Sequence
from dataclasses import replace

from fieldtool.ports import Home
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.events import Draft, RecordKind
from fieldtool.records.exchange import HomeCard
from fieldtool.records.roles import POWERS, OfficerRole, Power
from fieldtool.usecases.authority import NAME, ROLE, VILLAGES, User, current_user, has_role, require, said_here, user
from fieldtool.usecases.code_tries import count_wrong, forget_wrong, wait_over
from fieldtool.usecases.own_codes import is_lent, lend_code, own_code, require_own_code, reset_today
from fieldtool.usecases.own_leftovers import BEHIND
from fieldtool.usecases.today import today

_PIN = "user.pin."
_CARD = "home.card"
APPROVED = "export.approved"
PRACTICE = "home.practice"  # setting of a home of invented people, which nothing may leave
LEAST = 4  # characters of a personal code


def users(home: Home) -> list[User]:
    """Every officer of this machine: the first one, and those added."""
    card = _card(home)
    ids = {card.officer, home.card.officer}
    ids |= {event.record for event in said_here(home) if event.field == NAME}
    named = {card.officer: card.officer_name, home.card.officer: home.card.officer_name}
    return sorted((user(home, id, named.get(id, "")) for id in ids), key=lambda item: item.name)


def _card(home: Home) -> HomeCard:
    text = home.settings.get(_CARD)
    return HomeCard.from_text(text) if text else home.card


def add_officer(home: Home, name: str, role: OfficerRole, pin: str, villages: Sequence[str] = ()) -> User:
    """Add an officer with his role and code; `villages` bound a collector. The one who adds must have a code of his
    own first: OWN_PIN_FIRST otherwise, since he could not come back."""
    here = who_may_add(home)
    if not name.strip():
        raise FieldtoolError(ErrorCode.BAD_VALUE, values={"field": "name"})
    _require_long(pin)
    id = f"cb-{home.ids.nonce()[:8]}"
    introduce_officer(home, here.name)
    drafts = [
        _draft(home, officer, field, value)
        for officer, field, value in (
            *([] if has_role(home, here.id) else [(here.id, ROLE, str(here.role))]),
            (id, NAME, name.strip()),
            (id, ROLE, str(role)),
            (id, VILLAGES, json.dumps(sorted(set(villages)), ensure_ascii=False)),
        )
    ]
    home.log.append(drafts)
    _keep_pin(home, id, pin)
    lend_code(home, id, here.id, anew=False)
    return user(home, id)


def who_may_add(home: Home) -> User:
    """He who sits here, if he may add officers and has a code of his own; NOT_ALLOWED or OWN_PIN_FIRST otherwise."""
    here = require(home, Power.OFFICERS)
    if not home.settings.get(_PIN + here.id):
        raise FieldtoolError(ErrorCode.OWN_PIN_FIRST, values={"officer": here.name})
    return here


def _require_long(pin: str) -> None:
    if len(pin) < LEAST:
        raise FieldtoolError(ErrorCode.BAD_VALUE, values={"field": "pin", "detail": f"≥ {LEAST}"})


def introduce_officer(home: Home, name: str = "") -> None:
    """Write the name of him who sits here (`name`, else the home's card's) into the log once, so that other machines
    call him by it; not in a copy restored from behind, which writes nothing."""
    card = _card(home)
    name = name or card.officer_name
    told = any(event.field == NAME for event in said_here(home, card.officer))
    if name and not told and not home.settings.get(BEHIND):
        home.log.append([_draft(home, card.officer, NAME, name)])


def change_role(home: Home, id: str, role: OfficerRole, villages: Sequence[str] = ()) -> User:
    """Give an officer another role; NOT_FOUND for an unknown one. The last who may do so keeps that power."""
    require(home, Power.OFFICERS)
    known = {item.id: item for item in users(home)}
    if id not in known:
        raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": id})
    heads = [item.id for item in known.values() if item.may(Power.OFFICERS)]
    if heads == [id] and Power.OFFICERS not in POWERS[role]:
        raise FieldtoolError(ErrorCode.BAD_VALUE, values={"field": "role"})
    bounds = json.dumps(sorted(set(villages)), ensure_ascii=False)
    home.log.append([_draft(home, id, ROLE, str(role)), _draft(home, id, VILLAGES, bounds)])
    return user(home, id)


def _draft(home: Home, id: str, field: str, value: str) -> Draft:
    standing = home.log.register(RecordKind.OFFICER, id, field)
    return Draft(RecordKind.OFFICER, id, field, value, tuple(event.id for event in standing))


def set_pin(home: Home, pin: str, id: str = "") -> None:
    """Set one's own code, or another's with the power over officers: he changes it before he may speak as the second
    of two (own_codes). SAME_CODE when one's own would be the one another gave."""
    here = current_user(home)
    owner = _known(home, id).id if id else here.id
    other = owner != here.id
    if other:
        require(home, Power.OFFICERS)
    _require_long(pin)
    had = home.settings.get(_PIN + owner)
    if not other and is_lent(home, owner) and _is_code(home, owner, pin):
        raise FieldtoolError(ErrorCode.SAME_CODE)
    _keep_pin(home, owner, pin)
    if other:
        lend_code(home, owner, here.id, anew=bool(had))
    else:
        own_code(home, owner)
    home.log.note("user.pin", owner)


def _keep_pin(home: Home, id: str, pin: str) -> None:
    salt = home.ids.nonce() + home.ids.nonce()
    home.settings.put(_PIN + id, f"{salt} {home.keys.stretched(pin, salt)}")
    forget_wrong(home, id)


def _known(home: Home, id: str) -> User:
    """An officer of this machine by id or name; NOT_FOUND otherwise."""
    known = {item.id: item for item in users(home)}
    wanted = known.get(id) or next((item for item in known.values() if item.name == id), None)
    if wanted is None:
        raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": id})
    return wanted


def _is_code(home: Home, id: str, pin: str) -> bool:
    salt, _, kept = home.settings.get(_PIN + id).partition(" ")
    return bool(kept) and hmac.compare_digest(home.keys.stretched(pin, salt), kept)


def _proved(home: Home, id: str, pin: str) -> User:
    """The officer whose code this is; WRONG_PIN, noted in the journal, otherwise, PASSPHRASE_WAIT after many."""
    wanted = _known(home, id)
    wait_over(home, wanted.id)
    if not _is_code(home, wanted.id, pin):
        count_wrong(home, wanted.id)
        home.log.note("user.refused", wanted.id)
        raise FieldtoolError(ErrorCode.WRONG_PIN)
    forget_wrong(home, wanted.id)
    return wanted


def switch_user(home: Home, id: str, pin: str) -> User:
    """Another officer sits down, by id or name; what is done from now on bears his name. Takes no second."""
    wanted = _proved(home, id, pin)
    home.settings.put(_CARD, replace(_card(home), officer=wanted.id, officer_name=wanted.name).to_text())
    home.log.note("user.switch", wanted.id)
    return wanted


def approve_export(home: Home, id: str, pin: str) -> User:
    """A second officer agrees, for today, that the whole commune may be exported: SECOND_PERSON when it is the one
    who sits at the machine, NOT_ALLOWED when he may not approve, CODE_LENT when another set his code."""
    second = _proved(home, id, pin)
    if second.id == current_user(home).id:
        raise FieldtoolError(ErrorCode.SECOND_PERSON)
    if not second.may(Power.APPROVE) and not current_user(home).may(Power.APPROVE):
        raise FieldtoolError(ErrorCode.NOT_ALLOWED, values={"role": second.role, "power": Power.APPROVE})
    require_own_code(home, second.id, second.name)
    standing = home.log.register(RecordKind.UNIT, home.card.unit, APPROVED)
    said = {"day": today(home).day, "by": second.id, "for": current_user(home).id}
    giver = reset_today(home, second.id)
    value = json.dumps({**said, **({"code_from": giver} if giver else {})})
    seen = tuple(event.id for event in standing)
    home.log.append([Draft(RecordKind.UNIT, home.card.unit, APPROVED, value, seen)])
    return second


def _parts(home: Home, villages: Sequence[str]) -> bool:
    """Whether these villages are fewer than all; a machine that carries one village alone may name it."""
    known = {village.id for village in home.people.villages()}
    return bool(villages) and (len(known) < 2 or not known <= set(villages))


def may_export(home: Home, villages: Sequence[str]) -> User:
    """Who exports; for a whole commune from a machine of several officers, be it that every village is named, with
    today's word of a second one: NOT_ALLOWED, PRACTICE_HOME or SECOND_PERSON otherwise."""
    here = require(home, Power.EXPORT)
    if home.settings.get(PRACTICE):
        raise FieldtoolError(ErrorCode.PRACTICE_HOME)
    if _parts(home, villages) or home.card.headquarters or len(users(home)) < 2:
        return here
    standing = home.log.register(RecordKind.UNIT, home.card.unit, APPROVED)
    words = [json.loads(event.value) for event in standing if event.value and event.device == home.card.device]
    if not any(word["day"] == today(home).day and word["by"] != here.id for word in words):
        raise FieldtoolError(ErrorCode.SECOND_PERSON)
    return here
