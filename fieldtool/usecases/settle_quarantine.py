"""Quarantine: a person accepts or rejects an operation held back; each word is an event, and can be taken back."""

from __future__ import annotations

import json
from collections.abc import Sequence

from fieldtool.ports import Home
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.events import VERDICT, Draft, RecordKind
from fieldtool.records.exchange import Quarantined, QuarantineState, Role
from fieldtool.records.readable import readable
from fieldtool.records.roles import Power
from fieldtool.usecases.authority import require
from fieldtool.usecases.names_in_bundle import names_in


def quarantined(home: Home, state: QuarantineState | None = None) -> list[Quarantined]:
    """Operations in quarantine, of one state or all."""
    return home.depot.quarantined(state)


def of_whom(home: Home, items: Sequence[Quarantined]) -> dict[str, str]:
    """Whom operations in quarantine speak of, by the operation's id; "" for nobody, or somebody unknown here."""
    events = [item.event for item in items]
    name_of = names_in(home, events)
    return {event.id: name_of(event) for event in events}


def settle_quarantine(home: Home, event: str, state: QuarantineState, reason: str = "") -> Quarantined:
    """Accept, reject with a reason, or put back to waiting. NOT_FOUND, REASON_NEEDED for a rejection without one,
    HELD_UNREADABLE for accepting what this program cannot read."""
    require(home, Power.RECEIVE)
    if state is QuarantineState.REJECTED and not reason.strip():
        raise FieldtoolError(ErrorCode.REASON_NEEDED)
    found = next((item for item in home.depot.quarantined() if item.event.id == event), None)
    if found is None:
        raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": event})
    if state is QuarantineState.ACCEPTED and not readable(found.event):
        raise FieldtoolError(ErrorCode.HELD_UNREADABLE, values={"event": event})
    before = home.log.register(RecordKind.QUARANTINE, event, VERDICT)
    # The word first: a kill in between leaves a word without its effect, which saying it again mends.
    home.log.append(
        [
            Draft(
                RecordKind.QUARANTINE,
                event,
                VERDICT,
                str(state),
                tuple(item.id for item in before),
                json.dumps({"reason": reason.strip(), "held": str(found.reason)}, ensure_ascii=False),
                found.event.village,
                str(found.state),
            )
        ]
    )
    home.depot.settle(event, state, reason.strip())
    return next(item for item in home.depot.quarantined() if item.event.id == event)


def follow_verdicts(home: Home) -> int:
    """Do what headquarters said to operations held back, as its bundles tell; how many changed. A machine's own
    operations stay as its officer left them: the receipt tells him."""
    if home.card.headquarters:
        return 0
    above = {card.device for card in home.keys.trusted() if card.role == Role.HEADQUARTERS}
    held_here = home.depot.quarantined()
    states = {item.event.id: item.state for item in held_here}
    broken = {item.event.id for item in held_here if not readable(item.event)}
    said: dict[str, str] = {}
    for word in home.log.events(RecordKind.QUARANTINE):
        if word.field == VERDICT and word.device in above:
            said[word.record] = word.value  # in the order headquarters said it
    changed = 0
    for id, value in said.items():
        held = home.log.event(id)
        state = QuarantineState(value)
        mine = held is not None and held.device == home.card.device
        here = states.get(id, QuarantineState.ACCEPTED if held is not None else None)
        if mine or here in (None, state) or (id in broken and state is QuarantineState.ACCEPTED):
            continue
        home.depot.settle(id, state, "")
        changed += 1
    return changed
