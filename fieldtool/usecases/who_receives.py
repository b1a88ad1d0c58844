"""Whom a bundle is for: the unit that is meant, its machines, and what of the log is their business."""

from __future__ import annotations

import json

from fieldtool.ports import Home
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.events import Event, RecordKind
from fieldtool.records.exchange import DeviceCard, Role
from fieldtool.records.vietnamese import fold
from fieldtool.usecases.judge_operations import in_area


def unit_meant(home: Home, given: str) -> str:
    """The code of a unit given by its code or by its name; AMBIGUOUS when two units bear the name."""
    cards = home.keys.trusted()
    if any(card.unit == given for card in cards):
        return given
    named = sorted({card.unit for card in cards if fold(card.unit_name) == fold(given)})
    if len(named) > 1:
        raise FieldtoolError(ErrorCode.AMBIGUOUS, values={"what": given})
    return named[0] if named else given


def receivers_of(home: Home, unit: str) -> list[DeviceCard]:
    """The unit's machines to seal for: each by its newest keys, none that was cut off, not this one."""
    cut = {(item.device, item.incarnation) for item in home.trust.cutoffs()}
    newest: dict[str, DeviceCard] = {}
    for card in home.keys.receivers(unit):
        if card.incarnation >= newest.get(card.device, card).incarnation:
            newest[card.device] = card
    own = home.keys.card().device
    return [c for c in newest.values() if c.device != own and (c.device, c.incarnation) not in cut]


def nobody_there(home: Home, unit: str) -> FieldtoolError:
    """Why no bundle can be made for a unit that has no receiver: UNIT_CUT_OFF, OWN_UNIT, or UNKNOWN_UNIT."""
    own = home.keys.card()
    cards = [card for card in home.keys.trusted() if card.unit == unit]
    name = next((card.unit_name for card in cards), unit)
    if any(card.device != own.device for card in cards):
        return FieldtoolError(ErrorCode.UNIT_CUT_OFF, values={"unit": unit, "name": name})
    code = ErrorCode.OWN_UNIT if unit == own.unit else ErrorCode.UNKNOWN_UNIT
    return FieldtoolError(code, values={"unit": unit, "name": own.unit_name})


def concerns(home: Home, receivers: list[DeviceCard], event: Event) -> bool:
    """Whether an operation is the receiver's business: headquarters sends each commune its own villages and receipts.

    What names no village goes to those who share an area with its maker, and from headquarters to everybody.
    """
    own = home.keys.card()
    if own.role != Role.HEADQUARTERS or any(card.role == Role.HEADQUARTERS for card in receivers):
        return True
    if event.kind == RecordKind.RECEIPT:
        return bool(event.basis) and json.loads(event.basis).get("unit") == receivers[0].unit
    if event.kind == RecordKind.QUARANTINE and _wrote(home, event.record) == receivers[0].unit:
        return True  # its own operation, wherever that lies: the receipt said that it waits
    maker = home.keys.known(event.device, event.incarnation)
    if not event.village and maker is not None and maker.role != Role.HEADQUARTERS:
        return any(set(maker.areas) & set(card.areas) for card in receivers)
    scopes = {scope.device: scope for scope in home.trust.scopes()}
    return any(in_area(card, scopes.get(card.device), event.village) for card in receivers)


def _wrote(home: Home, operation: str) -> str:
    """The unit of the machine that wrote an operation, by the operation's id."""
    device, _, incarnation = operation.partition(":")[0].rpartition(".")
    card = home.keys.known(device, int(incarnation)) if incarnation.isdecimal() else None
    return card.unit if card is not None else ""
