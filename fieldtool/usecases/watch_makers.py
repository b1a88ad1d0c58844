"""The board of makers: last bundle, gaps, delays and forks of every machine; it warns and never blocks.

Also the drill for a lost laptop: what it carried, what it had delivered, and its cut-off.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from fieldtool.ports import Home
from fieldtool.records.events import FORK, Draft, Event, RecordKind
from fieldtool.records.exchange import BundleName, BundleNote, BundleState, DeviceCard, Role
from fieldtool.usecases.enrol_device import unheard
from fieldtool.usecases.judge_operations import in_area
from fieldtool.usecases.keep_trust import RevokeOutcome, revoke_device

MARKS = ("fork", "revoked", "unheard", "waiting", "gaps", "late")


@dataclass(frozen=True, slots=True)
class Maker:
    """One machine as seen from here. `gaps` are numbers of its bundles that others wait for here; a number that went to
    another unit, or was used up when an export broke off, is none. `days` since its last bundle by its own clock, -1
    when none came or the dates make no sense."""

    device: str
    incarnation: int
    unit: str
    unit_name: str
    officer: str
    bundles: int
    last_number: int
    last_at: str
    days: int
    gaps: tuple[int, ...]
    waiting: int
    fork: bool
    revoked: bool
    unheard: bool = False  # accepted before anybody compared its words, and not confirmed since

    @property
    def marks(self) -> tuple[str, ...]:
        """What the board warns of, as codes."""
        found = {
            "fork": self.fork,
            "revoked": self.revoked,
            "unheard": self.unheard and not self.revoked,
            "waiting": self.waiting > 0,
            "gaps": bool(self.gaps),
        }
        late = self.days > LATE_DAYS or not self.bundles
        return (*(name for name, holds in found.items() if holds), *(("late",) if late and not self.revoked else ()))


_MOST_GAPS = 50
LATE_DAYS = 14  # without a bundle, as reference/sync.md C4 colours it


@dataclass(frozen=True, slots=True)
class Missing:
    """A bundle that others wait for, and which machines may carry it."""

    bundle: str
    name: BundleName | None
    waiting: tuple[str, ...]  # files that wait
    carriers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LostReport:
    """A lost laptop: what of others' lay on it, what it had delivered, what is missing, and its cut-off."""

    device: str
    unit: str
    officer: str
    carried: int  # operations of this home's that lay in its area
    villages: tuple[str, ...]
    delivered: tuple[str, ...]  # its bundles that arrived, by file
    gaps: tuple[int, ...]
    revoked: RevokeOutcome


def tell_forks(home: Home) -> int:
    """Headquarters writes of which machines the work goes on in two copies, once of each; how many are new.

    It travels down: a laptop sees no bundles but its own and headquarters', and must not take the other branch of a
    machine's work for damage. Part of every export, so that a kill after a bundle was taken in loses nothing.
    """
    if not home.card.headquarters:
        return 0
    seen = Counter((note.device, note.incarnation, note.number) for note in home.shelf.bundles())
    twice = {(device, incarnation) for (device, incarnation, _), count in seen.items() if count > 1}
    new = sorted(twice - _told_forks(home))
    home.log.append([Draft(RecordKind.TRUST, FORK, f"{device}.{number}", home.clock.now()) for device, number in new])
    return len(new)


def _told_forks(home: Home) -> set[tuple[str, int]]:
    """The machines of which headquarters said so."""
    above = {card.device for card in home.keys.trusted() if card.role == Role.HEADQUARTERS}
    told = [event for event in home.log.events(RecordKind.TRUST, FORK) if event.device in above]
    split = (event.field.rpartition(".") for event in told)
    return {(device, int(number)) for device, _, number in split if number.isdecimal()}


def makers(home: Home) -> list[Maker]:
    """Every trusted machine but this one, those that wait or lack something first."""
    notes, forks = _of_use(home), _told_forks(home)
    cut = {(item.device, item.incarnation) for item in home.trust.cutoffs()}
    own, lacking = home.card.device, _lacking(home, notes)
    found = [_maker(home, card, notes, cut, forks, lacking) for card in home.keys.trusted() if card.device != own]
    return sorted(found, key=lambda m: (not (m.fork or m.gaps or m.waiting), m.unit, m.device, m.incarnation))


def _maker(
    home: Home,
    card: DeviceCard,
    notes: list[BundleNote],
    cut: set[tuple[str, int]],
    forks: set[tuple[str, int]],
    lacking: dict[tuple[str, int], set[int]],
) -> Maker:
    own = [n for n in notes if (n.device, n.incarnation) == (card.device, card.incarnation)]
    numbers = [note.number for note in own]
    last = max(own, key=lambda note: note.number, default=None)
    return Maker(
        card.device,
        card.incarnation,
        card.unit,
        card.unit_name,
        card.officer,
        len(own),
        last.number if last else 0,
        last.made_at if last else "",
        _days(last.made_at, home.clock.now()) if last else -1,
        tuple(sorted(lacking.get((card.device, card.incarnation), ())))[:_MOST_GAPS],
        sum(note.state is BundleState.WAITING for note in own),
        len(set(numbers)) < len(numbers) or (card.device, card.incarnation) in forks,
        (card.device, card.incarnation) in cut,
        (card.device, card.incarnation) in unheard(home),
    )


def _lacking(home: Home, notes: list[BundleNote]) -> dict[tuple[str, int], set[int]]:
    """By machine and incarnation the numbers of its bundles that others wait for.

    A bundle has all its maker's earlier ones that its receiver may lack as parents, directly or through them. So what
    is wanted is known, and nothing need be guessed from numbers that are not here: they may have gone to another unit.
    Only for a parent that nobody named, as older programs left them, any of those numbers may be the one.
    """
    found: dict[tuple[str, int], set[int]] = {}
    wanted = _wanted(notes)
    names = home.depot.named(wanted)
    for parent, waiting in wanted.items():
        name = names.get(parent)
        if name is not None:
            found.setdefault((name.device, name.incarnation), set()).add(name.number)
            continue
        for note in waiting:
            maker = (note.device, note.incarnation)
            came = {other.number for other in notes if (other.device, other.incarnation) == maker}
            found.setdefault(maker, set()).update(set(range(1, note.number)) - came)
    return found


def _of_use(home: Home) -> list[BundleNote]:
    """All bundles but those that wait for what a former self of this machine wrote, before it was restored and issued
    anew, which nobody can bring; as long as they hold anything that did not come by another way they are told of."""
    notes, own = home.shelf.bundles(), home.keys.card()
    waiting = [note for note in notes if note.state is BundleState.WAITING]
    names = home.depot.named({parent for note in waiting for parent in note.parents}) if own.incarnation > 1 else {}
    lost = {id for id, name in names.items() if name.device == own.device and name.incarnation < own.incarnation}
    lost -= {note.id for note in notes}
    vain = {note.id for note in waiting if lost & set(note.parents) and home.shelf.waits_in_vain(note.id)}
    return [note for note in notes if note.id not in vain]


def _wanted(notes: list[BundleNote]) -> dict[str, list[BundleNote]]:
    """The bundles that are not here, each with those that wait for it."""
    held = {note.id for note in notes if note.state is not BundleState.WAITING}
    found: dict[str, list[BundleNote]] = {}
    for note in notes:
        for parent in note.parents if note.state is BundleState.WAITING else ():
            if parent not in held:
                found.setdefault(parent, []).append(note)
    return found


def _days(then: str, now: str) -> int:
    """Whole days between two dates as the machines' clocks told them; shown, and decides nothing."""
    try:
        days = (date.fromisoformat(now[:10]) - date.fromisoformat(then[:10])).days
    except ValueError:
        return -1
    return days if days >= 0 else -1


def missing_bundles(home: Home) -> list[Missing]:
    """Which bundles others wait for: whose, which number, and who may carry them."""
    wanted = _wanted(_of_use(home))
    names = home.depot.named(wanted)
    return [_missing(bundle, names.get(bundle), waiting) for bundle, waiting in sorted(wanted.items())]


def _missing(bundle: str, name: BundleName | None, waiting: list[BundleNote]) -> Missing:
    carriers = {note.device for note in waiting} | ({name.device} if name else set())
    return Missing(bundle, name, tuple(note.file for note in waiting), tuple(sorted(carriers)))


def lost_device(home: Home, device: str, after: str = "") -> LostReport:
    """The drill: cut the machine off and say what it carried and what it had delivered. Errors as `revoke_device`."""
    revoked = revoke_device(home, device, after)
    card = max((c for c in home.keys.trusted() if c.device == device), key=lambda c: c.incarnation)
    scope = next((item for item in home.trust.scopes() if item.device == device), None)

    def there(event: Event) -> bool:
        return bool(event.village) and in_area(card, scope, event.village)

    events = list(filter(there, home.log.events()))
    here = next(maker for maker in makers(home) if maker.device == device and maker.incarnation == card.incarnation)
    delivered = [n.file for n in home.shelf.bundles() if n.device == device and n.state is BundleState.APPLIED]
    return LostReport(
        device,
        card.unit,
        card.officer,
        len(events),
        tuple(sorted({event.village for event in events})),
        tuple(delivered),
        here.gaps,
        revoked,
    )
