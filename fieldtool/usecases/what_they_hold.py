"""Which machines a bundle's receivers are, as to what they hold: a unit of two laptops holds only what both do.

What one laptop of a commune sent up, another one of it never saw; after a fork the copies of one machine hold different
things under one name; and a machine that was issued anew may have been restored from a backup that lacks what it said
before. A bundle must not name as parent what one of its receivers cannot have.
"""

from __future__ import annotations

from collections.abc import Sequence

from fieldtool.ports import Home
from fieldtool.records.exchange import BundleNote, BundleState, DeviceCard, Makers, Role
from fieldtool.usecases.watch_makers import makers
from fieldtool.usecases.who_receives import receivers_of

_SEALED = "bundle.sealed."  # setting: the machines that a bundle made here was sealed for


def holders_of(home: Home, receivers: Sequence[DeviceCard]) -> tuple[Makers, ...]:
    """For each receiving machine the incarnation whose bundles, and receipts, tell what it holds: its newest alone. ()
    where the unit's own tell it: one machine that was never issued anew and never forked."""
    if len(receivers) < 2 and not any(_anew(home, receivers)):
        return ()
    return tuple(frozenset({(card.device, card.incarnation)}) for card in receivers)


def _anew(home: Home, receivers: Sequence[DeviceCard]) -> list[bool]:
    """Of each machine, whether what it said before may be unknown to what it is now."""
    forked = {maker.device for maker in makers(home) if maker.fork}
    return [card.incarnation > 1 or card.device in forked for card in receivers]


def note_sealed(home: Home, bundle: str, receivers: Sequence[DeviceCard]) -> None:
    """Remember for which machines a bundle was sealed."""
    home.settings.put(_SEALED + bundle, " ".join(f"{card.device}.{card.incarnation}" for card in receivers))


def forget_sealed(home: Home) -> None:
    """Drop the notes of bundles whose sealed file is no longer kept: only what is written again asks for them."""
    kept = {bundle for bundle, _, _ in home.depot.files()}
    for name in home.settings.names(_SEALED):
        if name.removeprefix(_SEALED) not in kept:
            home.settings.drop(name)


def acknowledged(home: Home) -> set[str]:
    """Kept bundles of this machine to units that write no receipts, each of whose machines has said in a bundle of its
    own that it holds them. Only headquarters writes receipts; for what goes to it nothing else stands in their place.
    """
    above = {card.unit for card in home.keys.trusted() if card.role == Role.HEADQUARTERS}
    made = {note.id for note in home.shelf.bundles() if note.state is BundleState.MADE}
    found: set[str] = set()
    for unit in {unit for bundle, unit, _ in home.depot.files() if bundle in made} - above:
        receivers = receivers_of(home, unit)
        if receivers:  # of a unit without any it is not known what it holds
            waiting = {note.id for note in home.shelf.pending(unit, holders_of(home, receivers))}
            found |= {bundle for bundle, _, _ in home.depot.files(unit) if bundle in made and bundle not in waiting}
    return found


def opens_for_all(home: Home, note: BundleNote, receivers: Sequence[DeviceCard]) -> bool:
    """Whether each receiver can open a bundle made before, and use it: he was among those it was sealed for, by the
    keys he has now where he was issued anew or forked. True for a bundle of a program that did not note it, to machines
    that never were."""
    sealed = {name.rpartition(".")[::2] for name in home.settings.get(_SEALED + note.id).split()}
    anew = _anew(home, receivers)
    if not sealed:
        return not any(anew)
    devices = {device for device, _ in sealed}
    return all(
        (card.device, str(card.incarnation)) in sealed if changed else card.device in devices
        for card, changed in zip(receivers, anew, strict=True)
    )
