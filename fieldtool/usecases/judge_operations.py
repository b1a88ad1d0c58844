"""Which operations of a proved bundle a person must look at first: after a cut-off, or outside what its maker may."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache

from fieldtool.ports import Home
from fieldtool.records.events import Event, RecordKind
from fieldtool.records.exchange import BundleNote, Cutoff, DeviceCard, Held, Role, Scope
from fieldtool.records.readable import readable
from fieldtool.records.roles import POWERS, OfficerRole, Power
from fieldtool.usecases.prove_bundle import ProvedBundle
from fieldtool.usecases.things_touched import Touched

HOLDER = "holder"
_NEEDS = {
    RecordKind.DOCUMENT: Power.ENTER,
    RecordKind.PERSON: Power.DECIDE,
    RecordKind.PAIR: Power.DECIDE,
    RecordKind.VISIT: Power.VISIT,
    RecordKind.CASE: Power.CASES,
}
_asked_once = lru_cache(maxsize=10_000)  # for questions that each operation of one bundle asks again
# What headquarters alone says: receipts, who is trusted, who holds a village.
_FROM_ABOVE = {RecordKind.RECEIPT, RecordKind.TRUST, RecordKind.ASSIGNMENT}
_KINDS = {str(kind): kind for kind in RecordKind}
_COMMUNE = 5  # digits of a commune's code, with which a village's id begins


def held_back(home: Home, proved: ProvedBundle) -> dict[str, str]:
    """Event id → reason for quarantine. Headquarters vouches for what it passes on: it is not judged again, unless the
    root cut the very keys off that signed this, or this program cannot read it."""
    return _held(home, proved.id, proved.maker, proved.events)


def held_when_applied(home: Home, note: BundleNote, events: Sequence[Event]) -> dict[str, str]:
    """As `held_back`, of a bundle that had waited for another: since it was proved its maker may have been cut off, or
    his villages given to somebody else. Of a maker whom no list knows any more everything is held."""
    maker = home.keys.known(note.device, note.incarnation)
    if maker is None:
        return {event.id: str(Held.REVOKED) for event in events}
    return _held(home, note.id, maker, events)


def _held(home: Home, bundle: str, maker: DeviceCard, events: Sequence[Event]) -> dict[str, str]:
    broken = {event.id: str(Held.UNREADABLE) for event in events if not readable(event)}
    return {**broken, **_judged(home, bundle, maker, events, broken)}


def _judged(
    home: Home, bundle: str, maker: DeviceCard, events: Sequence[Event], broken: Collection[str]
) -> dict[str, str]:
    """Event id → reason, as to who wrote it."""
    cutoffs = {(cut.device, cut.incarnation): cut for cut in home.trust.cutoffs()}
    if maker.role == Role.HEADQUARTERS:
        cut = cutoffs.get((maker.device, maker.incarnation))
        believed = cut is None or bundle in cut.bundles
        return {} if believed else {event.id: str(Held.REVOKED) for event in events}
    scope = next((item for item in home.trust.scopes() if item.device == maker.device), None)
    held: dict[str, Held] = {}
    unsuspected: list[Event] = []
    outside = _asked_once(lambda kind, village: _outside(maker, scope, kind, village))
    said = {(event.kind, event.village) for event in events}
    if not (cutoffs or broken or any(outside(*one) for one in said)):  # nearly always: asked once for them all
        return {id: str(reason) for id, reason in _elsewhere(home, maker, scope, events).items()}
    for event in events:
        cut = cutoffs.get((event.device, event.incarnation)) if cutoffs else None
        reason = _revoked(cut, event, bundle, maker) or outside(event.kind, event.village)
        if reason:
            held[event.id] = reason
        elif event.id not in broken:
            unsuspected.append(event)
    held |= _elsewhere(home, maker, scope, unsuspected)
    return {id: str(reason) for id, reason in held.items()}


def _elsewhere(home: Home, maker: DeviceCard, scope: Scope | None, events: Sequence[Event]) -> dict[str, Held]:
    """Operations about what lies in villages of others: as they say themselves, or as what they touch tells."""
    handed = _Handed(home, maker)
    told = {event.village for event in events if handed.away(event.village)}
    found = {e.id: Held.AFTER_HANDOVER for e in events if e.village in told and e.kind != RecordKind.ASSIGNMENT}
    if maker.areas or (scope and scope.villages) or handed.any():
        inside = _asked_once(lambda village: in_area(maker, scope, village))
        touched = Touched(home, events, lambda village: inside(village) and not handed.away(village))
        suspected = touched.suspected()
        if suspected:
            touched.once_there(suspected)
        for event in suspected:
            for villages in touched.places(event):
                found.setdefault(event.id, Held.AFTER_HANDOVER if any(map(inside, villages)) else Held.OUTSIDE_VILLAGES)
    new = {id for id, reason in found.items() if reason is Held.OUTSIDE_VILLAGES or home.log.event(id) is None}
    return {id: reason for id, reason in found.items() if id in new}


def _revoked(cutoff: Cutoff | None, event: Event, bundle: str, maker: DeviceCard) -> Held | None:
    if cutoff is None:
        return None
    strange = event.device == maker.device and bundle not in cutoff.bundles
    return Held.REVOKED if strange or event.seq > cutoff.seq else None


def _outside(maker: DeviceCard, scope: Scope | None, kind: str, village: str) -> Held | None:
    role = OfficerRole(scope.role) if scope else None
    need = _NEEDS.get(_KINDS[kind]) if kind in _KINDS else None
    if maker.role == Role.AUDITOR or kind in _FROM_ABOVE or (role and need and need not in POWERS[role]):
        return Held.OUTSIDE_ROLE
    return None if in_area(maker, scope, village) else Held.OUTSIDE_VILLAGES


def in_area(card: DeviceCard, scope: Scope | None, village: str) -> bool:
    """Whether a village lies where a machine works; what names no village or no commune is nobody's alone."""
    commune = village[:_COMMUNE]
    if not (len(commune) == _COMMUNE and commune.isdecimal()):
        return True
    if scope and scope.villages:
        return village in scope.villages
    return not card.areas or commune in card.areas or village in card.areas


class _Handed:
    """The villages that headquarters handed over to other machines: what still comes from the former one is looked at.
    Each village is asked for once."""

    def __init__(self, home: Home, maker: DeviceCard) -> None:
        self._home = home
        self._maker = maker.device
        self._held_by_others: dict[str, bool] = {"": False}

    def any(self) -> bool:
        """Whether any village was ever handed over."""
        return next(iter(self._home.log.events(RecordKind.ASSIGNMENT)), None) is not None

    def away(self, village: str) -> bool:
        """Whether a village is others' now."""
        if village not in self._held_by_others:
            named = {item.value for item in self._home.log.register(RecordKind.ASSIGNMENT, village, HOLDER)}
            self._held_by_others[village] = bool(named) and self._maker not in named
        return self._held_by_others[village]
