"""Who is at the machine and whether he may do a thing: asked by the use cases, never by widgets."""

from __future__ import annotations

import json
from dataclasses import dataclass

from fieldtool.ports import Home
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.events import RecordKind
from fieldtool.records.exchange import HomeCard
from fieldtool.records.roles import POWERS, OfficerRole, Power

ROLE, NAME, VILLAGES = "role", "name", "villages"


@dataclass(frozen=True, slots=True)
class User:
    """The officer at the machine. `villages` bound a collector; () for all."""

    id: str
    name: str
    role: OfficerRole
    villages: tuple[str, ...] = ()

    def may(self, power: Power, village: str = "") -> bool:
        """Whether his role has a power, in a village if one is named."""
        if power not in POWERS[self.role]:
            return False
        return not village or not self.villages or village in self.villages


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
    return User(id, _newest(home, id, NAME) or name or id, role, tuple(json.loads(villages)) if villages else ())


def _newest(home: Home, id: str, field: str) -> str:
    events = home.log.register(RecordKind.OFFICER, id, field)
    return max(events, key=lambda event: event.seq).value if events else ""


def require_one(home: Home, *powers: Power) -> User:
    """The user, if he may at least one thing of several; NOT_ALLOWED otherwise, naming the first."""
    here = current_user(home)
    return here if any(map(here.may, powers)) else require(home, powers[0])


def require(home: Home, power: Power, village: str = "") -> User:
    """The user, if he may; NOT_ALLOWED otherwise, which is noted in the journal."""
    here = current_user(home)
    if not here.may(power, village):
        home.log.note("refused", f"{here.id} {power} {village}".strip())
        raise FieldtoolError(ErrorCode.NOT_ALLOWED, values={"role": here.role, "power": power})
    return here
