"""Bundles of this machine that a power cut parted from their note: perhaps on a stick, perhaps not."""

from __future__ import annotations

import re

from fieldtool.ports import Home
from fieldtool.records.exchange import CARRIED, KEPT, BundleNote, BundleState

BEHIND = "home.behind"  # settings: the number of an own bundle that others know of and this home does not
_FILE = re.compile(r"(?P<device>.+)-c(?P<incarnation>\d+)-(?P<number>\d+)-[0-9a-f]{8}\.goi")


def behind_by(home: Home) -> str:
    """The number of the bundle by which others know more of this machine than it does itself; "" when they do not. Such
    a home is an old copy: it is only read until it is issued anew."""
    return home.settings.get(BEHIND)


def own_leftovers(home: Home) -> None:
    """Remember bundles of this machine that were kept, perhaps written, and cut off before they were remembered. What
    they hold lies under a seal, so that their operations travel once more."""
    noted = {note.id for note in home.shelf.bundles()}
    own = home.keys.card()
    for bundle, receiver, file in home.depot.files():
        named = _FILE.fullmatch(file)
        if receiver in (CARRIED, KEPT) or bundle in noted or named is None or named["device"] != own.device:
            continue
        note = BundleNote(
            bundle, own.device, int(named["incarnation"]), int(named["number"]), receiver, (), BundleState.MADE,
            home.clock.now(), 0, file, own.unit,
        )  # fmt: skip
        home.shelf.record_made(note, ())
        if home.settings.get(BEHIND) == str(note.number):  # others knew of it, and this home did not: it does now
            home.settings.put(BEHIND, "")
