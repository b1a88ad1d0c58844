"""The word of a second officer in bundles of a whole commune, as headquarters verifies it from what was signed.

It is asked when a bundle is applied, which may be long after it came: a bundle waits for its parents, and of an export
in parts the word itself lies in the last.
"""

from __future__ import annotations

import json

from fieldtool.ports import Home
from fieldtool.records.events import Event, RecordKind
from fieldtool.records.exchange import BundleNote, BundleState, Role
from fieldtool.usecases.authority import NAME
from fieldtool.usecases.prove_bundle import ProvedBundle
from fieldtool.usecases.users import APPROVED

_TO_ASK = "second_person."  # settings: bundles of whole communes for which it is still to be asked


def note_to_ask(home: Home, proved: ProvedBundle) -> None:
    """Remember a bundle that brings a whole commune, before it is joined."""
    if home.card.headquarters and proved.maker.role != Role.HEADQUARTERS and not proved.manifest.villages:
        home.settings.put(_TO_ASK + proved.id, "1")


def lacking(home: Home) -> list[BundleNote]:
    """The remembered bundles that are applied by now and come from a machine of several officers of whom no second one
    agreed that day: the word is missing, or it is of the very officer who exports, or by a code he had set that day.
    Each is told once, and noted."""
    left = {name.removeprefix(_TO_ASK) for name in home.settings.names(_TO_ASK)}
    if not left:
        return []
    applied = [note for note in home.shelf.bundles() if note.id in left and note.state is BundleState.APPLIED]
    found = [note for note in applied if _lacks(home, note)]
    for note in found:
        home.log.note("receive.one_person", note.id)
    for note in applied:
        home.settings.put(_TO_ASK + note.id, "")
    return found


def _lacks(home: Home, note: BundleNote) -> bool:
    officers = {event.record for event in home.log.events(RecordKind.OFFICER) if _his(event, note.device, NAME)}
    if len(officers) < 2:
        return False
    words = [event for event in home.log.events(RecordKind.UNIT) if _his(event, note.device, APPROVED)]
    return not any(_holds(word, note.made_at[:10], officers) for word in words)


def _his(event: Event, device: str, field: str) -> bool:
    return event.device == device and event.field == field


def _holds(word: Event, day: str, officers: set[str]) -> bool:
    try:
        said = json.loads(word.value)
        two = said["by"] != said["for"] and said.get("code_from", "") != said["for"]
        return said["day"] == day and two and {said["by"], said["for"]} <= officers
    except (ValueError, KeyError, TypeError):
        return False
