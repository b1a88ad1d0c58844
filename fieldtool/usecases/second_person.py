"""The word of a second officer in a bundle of a whole commune, as headquarters verifies it from what was signed."""

from __future__ import annotations

import json

from fieldtool.ports import Home
from fieldtool.records.events import Event, RecordKind
from fieldtool.records.exchange import Role
from fieldtool.usecases.authority import NAME
from fieldtool.usecases.prove_bundle import ProvedBundle
from fieldtool.usecases.users import APPROVED


def lacks_second_person(home: Home, proved: ProvedBundle) -> bool:
    """Whether a joined bundle brings a whole commune from a machine of several officers, and no second one of them
    agreed that day: the word is missing, or it is of the very officer who exports."""
    maker, manifest = proved.maker, proved.manifest
    if not home.card.headquarters or maker.role == Role.HEADQUARTERS or manifest.villages:
        return False
    officers = {event.record for event in home.log.events(RecordKind.OFFICER) if _his(event, maker.device, NAME)}
    if len(officers) < 2:
        return False
    words = [event for event in home.log.events(RecordKind.UNIT) if _his(event, maker.device, APPROVED)]
    return not any(_holds(word, manifest.made_at[:10], officers) for word in words)


def _his(event: Event, device: str, field: str) -> bool:
    return event.device == device and event.field == field


def _holds(word: Event, day: str, officers: set[str]) -> bool:
    try:
        said = json.loads(word.value)
        return said["day"] == day and said["by"] != said["for"] and {said["by"], said["for"]} <= officers
    except (ValueError, KeyError, TypeError):
        return False
