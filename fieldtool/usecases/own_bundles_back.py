"""Headquarters' own bundles, kept by its laptops and on sticks, for a headquarters that was restored from a backup.

What headquarters decided after the backup was made lies nowhere but in what it sent out. Its bundles are sealed for
itself too, every laptop keeps the last ones as they came, and hands them back once headquarters shows by new keys that
it was restored. Headquarters proves them by its own signature, so nothing is believed that it did not say itself.
"""

from __future__ import annotations

import re

from fieldtool.ports import Home
from fieldtool.records.events import RecordKind
from fieldtool.records.exchange import KEPT, BundleNote, BundleState, Role
from fieldtool.usecases.own_leftovers import BEHIND
from fieldtool.usecases.prove_bundle import ProvedBundle

_MOST = 52  # bundles that are kept: a year of Fridays
_FILE = re.compile(r"(?P<device>.+)-c(?P<incarnation>\d+)-\d+-[0-9a-f]{8}\.goi")


def keep_for_headquarters(home: Home, proved: ProvedBundle, content: bytes) -> None:
    """Keep a sealed bundle of headquarters as it came, under its own name whatever the file was called on the way, and
    forget the oldest beyond a year's."""
    if proved.maker.role != Role.HEADQUARTERS or home.card.headquarters or not proved.sealed:
        return
    made = proved.manifest
    name = f"{made.device}-c{made.incarnation}-{made.number:04d}-{proved.id[:8]}.goi"
    home.depot.keep_file(proved.id, KEPT, name, content)
    kept = [bundle for bundle, _, _ in home.depot.files(KEPT)]
    home.depot.drop_files(kept[:-_MOST])


def to_hand_back(home: Home, unit: str, everything: bool) -> list[tuple[str, str]]:
    """Bundle and file name of what headquarters may have lost: everything if asked for, else what its former keys made
    until it says by the new ones that it received anything. () for other units."""
    above = [card for card in home.keys.trusted() if card.role == Role.HEADQUARTERS and card.unit == unit]
    newest = max(((card.device, card.incarnation) for card in above), key=lambda item: item[1], default=None)
    if newest is None or home.card.headquarters:
        return []
    kept = [(bundle, file) for bundle, _, file in home.depot.files(KEPT)]
    if everything:
        return kept
    said = any((event.device, event.incarnation) == newest for event in home.log.events(RecordKind.RECEIPT))
    return [] if said else [item for item in kept if _former(item[1], newest[1])]


def _former(file: str, incarnation: int) -> bool:
    named = _FILE.fullmatch(file)
    return named is not None and int(named["incarnation"]) < incarnation


def is_own(home: Home, proved: ProvedBundle) -> bool:
    """Whether a bundle is headquarters' own, made for somebody else. One that stolen keys may have made is not."""
    maker = proved.maker
    if not home.card.headquarters or maker.device != home.card.device or proved.manifest.receiver == home.card.unit:
        return False
    cut = [c for c in home.trust.cutoffs() if (c.device, c.incarnation) == (maker.device, maker.incarnation)]
    return all(proved.id in item.bundles for item in cut)


def note_behind(home: Home, note: BundleNote) -> None:
    """A bundle of today's keys that this home did not know: it is a restored copy, and must not write again under
    numbers that are taken until its keys are renewed."""
    own = home.keys.card()
    if note.state is BundleState.MADE and (note.device, note.incarnation) == (own.device, own.incarnation):
        home.settings.put(BEHIND, str(note.number))
        home.log.note("behind", str(note.number))
