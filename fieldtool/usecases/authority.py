"""Who is at the machine and whether he may do a thing: asked by the use cases, never by widgets."""

from __future__ import annotations

import json
from dataclasses import dataclass

from fieldtool.ports import Home
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.events import Event, RecordKind
from fieldtool.records.exchange import HomeCard, Scope
from fieldtool.records.roles import POWERS, OfficerRole, Power

# What an officer does with his machine itself: the trust list speaks of the work on persons and papers.
_OF_THE_OFFICER = {Power.EXPORT, Power.RECEIVE, Power.FIGURES, Power.READ_LOG, Power.OFFICERS}
ROLE, NAME, VILLAGES = "role", "name", "villages"


@dataclass(frozen=True, slots=True)
class User:
    """The officer at the machine. `villages` bound a collector; () for all. `device` is what headquarters lets the
    machine do: an officer has never more rights than the machine he sits at."""

    id: str
    name: str
    role: OfficerRole
    villages: tuple[str, ...] = ()
    device: Scope | None = None

    def may(self, power: Power, village: str = "") -> bool:
        """Whether his role has a power, in a village if one is named."""
        if power not in POWERS[self.role]:
            return False
        return self.device_may(power, village) and (not village or not self.villages or village in self.villages)

    def device_may(self, power: Power, village: str = "") -> bool:
        """Whether the trust list gives his machine a power, in a village if one is named."""
        if self.device is None or power in _OF_THE_OFFICER:
            return True
        allowed = power in POWERS[OfficerRole(self.device.role)]
        return allowed and (not village or not self.device.villages or village in self.device.villages)


def current_user(home: Home) -> User:
    """Who is at the machine: the officer the home's card names now, with the role that was given to him here.

    Nobody's role was given yet on a home just made: its first officer is its head, or headquarters' own.
    """
    text = home.settings.get("home.card")
    card = HomeCard.from_text(text) if text else home.card
    return user(home, card.officer, card.officer_name)


def user(home: Home, id: str, name: str = "") -> User:
    """An officer of this home by id."""
    given = _newest(home, id, ROLE)
    role = next((item for item in OfficerRole if item.value == given), None)
    if role is None:
        role = OfficerRole.SUPERIOR if home.card.headquarters else OfficerRole.HEAD
        if id != home.card.officer and _newest(home, id, NAME):
            role = OfficerRole.COLLECTOR
    villages = _newest(home, id, VILLAGES)
    within = tuple(json.loads(villages)) if villages else ()
    return User(id, _newest(home, id, NAME) or name or id, role, within, _device(home))


def _device(home: Home) -> Scope | None:
    """What the trust list says of this machine; headquarters' own is bounded by nobody."""
    if home.card.headquarters:
        return None
    return next((scope for scope in home.trust.scopes() if scope.device == home.card.device), None)


def said_here(home: Home, id: str = "") -> list[Event]:
    """What was said of officers, or of one, at this machine, oldest first. Who sits here and what he may is decided
    here alone: what other machines say of their officers, or of ours, comes in bundles and gives or takes nothing."""
    return [event for event in home.log.events(RecordKind.OFFICER, id) if event.device == home.card.device]


def _newest(home: Home, id: str, field: str) -> str:
    """Not the register's live value: another machine's word may claim to supersede ours."""
    return next((event.value for event in reversed(said_here(home, id)) if event.field == field), "")


def has_role(home: Home, id: str) -> bool:
    """Whether a role was given to an officer here; the first one has none until a second one comes."""
    return bool(_newest(home, id, ROLE))


def require_one(home: Home, *powers: Power) -> User:
    """The user, if he may at least one thing of several; NOT_ALLOWED otherwise, naming the first."""
    here = current_user(home)
    return here if any(map(here.may, powers)) else require(home, powers[0])


def require(home: Home, power: Power, village: str = "") -> User:
    """The user, if he may; NOT_ALLOWED otherwise, which is noted in the journal."""
    here = current_user(home)
    if not here.may(power, village):
        home.log.note("refused", f"{here.id} {power} {village}".strip())
        if power in POWERS[here.role] and not here.device_may(power, village):
            raise FieldtoolError(ErrorCode.DEVICE_NOT_ALLOWED, values={"power": power})
        raise FieldtoolError(ErrorCode.NOT_ALLOWED, values={"role": here.role, "power": power})
    return here
