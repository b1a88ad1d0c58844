"""Which operations of a proved bundle a person must look at first: after a cut-off, or outside what its maker may."""

from __future__ import annotations

from fieldtool.ports import Home
from fieldtool.records.events import Event, RecordKind
from fieldtool.records.exchange import Cutoff, DeviceCard, Held, Role, Scope
from fieldtool.records.readable import readable
from fieldtool.records.roles import POWERS, OfficerRole, Power
from fieldtool.usecases.prove_bundle import ProvedBundle

HOLDER = "holder"
_NEEDS = {
    RecordKind.DOCUMENT: Power.ENTER,
    RecordKind.PERSON: Power.DECIDE,
    RecordKind.PAIR: Power.DECIDE,
    RecordKind.VISIT: Power.VISIT,
    RecordKind.CASE: Power.CASES,
}
# What headquarters alone says: receipts, who is trusted, who holds a village.
_FROM_ABOVE = {RecordKind.RECEIPT, RecordKind.TRUST, RecordKind.ASSIGNMENT}
_KINDS = {str(kind): kind for kind in RecordKind}
_COMMUNE = 5  # digits of a commune's code, with which a village's id begins


def held_back(home: Home, proved: ProvedBundle) -> dict[str, str]:
    """Event id → reason for quarantine. Headquarters vouches for what it passes on: it is not judged again, unless the
    root cut the very keys off that signed this, or this program cannot read it."""
    broken = {event.id: str(Held.UNREADABLE) for event in proved.events if not readable(event)}
    return {**broken, **_judged(home, proved)}


def _judged(home: Home, proved: ProvedBundle) -> dict[str, str]:
    """Event id → reason, as to who wrote it."""
    cutoffs = {(cut.device, cut.incarnation): cut for cut in home.trust.cutoffs()}
    if proved.maker.role == Role.HEADQUARTERS:
        cut = cutoffs.get((proved.maker.device, proved.maker.incarnation))
        believed = cut is None or proved.id in cut.bundles
        return {} if believed else {event.id: str(Held.REVOKED) for event in proved.events}
    scope = next((item for item in home.trust.scopes() if item.device == proved.maker.device), None)
    holders = _holders(home, {event.village for event in proved.events if event.village})
    found = {}
    for event in proved.events:
        reason = (
            _revoked(cutoffs.get((event.device, event.incarnation)), event, proved)
            or _outside(proved.maker, scope, event)
            or _handed_over(home, proved.maker, event, holders)
        )
        if reason:
            found[event.id] = str(reason)
    return found


def _revoked(cutoff: Cutoff | None, event: Event, proved: ProvedBundle) -> Held | None:
    if cutoff is None:
        return None
    strange = event.device == proved.maker.device and proved.id not in cutoff.bundles
    return Held.REVOKED if strange or event.seq > cutoff.seq else None


def _outside(maker: DeviceCard, scope: Scope | None, event: Event) -> Held | None:
    role = OfficerRole(scope.role) if scope else None
    need = _NEEDS.get(_KINDS[event.kind]) if event.kind in _KINDS else None
    if maker.role == Role.AUDITOR or event.kind in _FROM_ABOVE or (role and need and need not in POWERS[role]):
        return Held.OUTSIDE_ROLE
    return None if in_area(maker, scope, event.village) else Held.OUTSIDE_VILLAGES


def in_area(card: DeviceCard, scope: Scope | None, village: str) -> bool:
    """Whether a village lies where a machine works; what names no village or no commune is nobody's alone."""
    commune = village[:_COMMUNE]
    if not (len(commune) == _COMMUNE and commune.isdecimal()):
        return True
    if scope and scope.villages:
        return village in scope.villages
    return not card.areas or commune in card.areas or village in card.areas


def _holders(home: Home, villages: set[str]) -> dict[str, set[str]]:
    """Who holds the villages that headquarters handed over; asked once a village, not once an operation."""
    found = {}
    for village in villages:
        named = {item.value for item in home.log.register(RecordKind.ASSIGNMENT, village, HOLDER)}
        if named:
            found[village] = named
    return found


def _handed_over(home: Home, maker: DeviceCard, event: Event, holders: dict[str, set[str]]) -> Held | None:
    """A village that headquarters gave to another machine: what still comes from the former one is looked at."""
    named = holders.get(event.village)
    if not named or event.kind == RecordKind.ASSIGNMENT:
        return None
    if maker.device in named or home.log.event(event.id) is not None:
        return None
    return Held.AFTER_HANDOVER
