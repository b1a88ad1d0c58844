"""The trust list in the flow of bundles: headquarters publishes it, laptops take in newer ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fieldtool.ports import Home
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.events import CONTENT, Draft, RecordKind
from fieldtool.records.exchange import BundleNote, BundleState, Cutoff, Role, Scope
from fieldtool.records.roles import OfficerRole, Power
from fieldtool.usecases.authority import require
from fieldtool.usecases.from_stick import plain_file
from fieldtool.usecases.judge_operations import HOLDER
from fieldtool.usecases.own_leftovers import BEHIND

LIST_ENDING = ".tin"
_LIST = "list"
_MOST = 4_000_000  # bytes of a list that is read


@dataclass(frozen=True, slots=True)
class RevokeOutcome:
    """A revoked machine: what is still believed of it, and how many operations went to quarantine."""

    device: str
    incarnations: tuple[int, ...]
    bundles: int
    last_number: int
    quarantined: int
    list_number: int


def publish_trust(home: Home) -> bool:
    """Headquarters puts its newest list into the log, so that the next bundle down carries it."""
    text = home.trust.list_text()
    if not home.card.headquarters or not text:
        return False
    before = home.log.register(RecordKind.TRUST, _LIST, CONTENT)
    if [event.value for event in before] == [text]:
        return False
    home.log.append([Draft(RecordKind.TRUST, _LIST, CONTENT, text, tuple(event.id for event in before))])
    return True


def adopt_published(home: Home) -> bool:
    """A laptop takes in the newest list that came in bundles; a forged or older one changes nothing and is noted. Of a
    headquarters restored from a backup the lists come back that it wrote since: it takes over what they know more."""
    taken = False
    for event in home.log.register(RecordKind.TRUST, _LIST, CONTENT):
        try:
            taken = home.trust.take_list(event.value) or taken
        except FieldtoolError as error:
            if error.code is ErrorCode.TRUST_OLDER and home.card.headquarters and not home.settings.get(BEHIND):
                taken = home.trust.recover(event.value) or taken
            else:
                home.log.note("trust.refused", f"{error.code} {event.id}")
    if taken:
        _note_taken(home)
    return taken


def _note_taken(home: Home) -> None:
    """The number of the list in force, and the machines it forgot that were cut off."""
    lost = [f"{item.device}.{item.incarnation}" for item in home.trust.cutoffs_lost()]
    home.log.note("trust.taken", " ".join([str(home.trust.number()), *lost]))


def recall_revoked(home: Home) -> int:
    """Move what revoked machines wrote after their cut-off into quarantine, wherever it came from; how many. A machine
    that is cut off keeps its own work in sight and goes on sending it: others judge it. What a person accepted stays:
    here or at headquarters, since any machine could say that it accepted something."""
    moved = 0
    judges = {home.card.device, *(card.device for card in home.keys.trusted() if card.role == Role.HEADQUARTERS)}
    for cut in home.trust.cutoffs():
        if cut.device == home.card.device:
            continue
        moved += home.depot.recall(cut.device, cut.incarnation, cut.seq, judges)
        maker = home.keys.known(cut.device, cut.incarnation)
        if maker is not None and maker.role == Role.HEADQUARTERS:
            home.depot.disown(cut.device, cut.incarnation, cut.bundles)
    if moved:
        home.log.note("quarantine.recalled", str(moved))
    return moved


def take_list_file(home: Home, text: str) -> bool:
    """Take in a trust list handed over as a file: True when it was newer. NOT_ALLOWED, TRUST_OLDER, TRUST_BAD_LIST."""
    require(home, Power.RECEIVE)
    taken = home.trust.take_list(text)
    _note_taken(home)
    recall_revoked(home)
    return taken


def write_list_file(home: Home, folder: Path) -> Path:
    """Write the list to a folder, proved; the file. NOT_ENROLLED before there is one, and what a stick may refuse."""
    if not home.trust.list_text():
        raise FieldtoolError(ErrorCode.NOT_ENROLLED)
    name = f"danh-sach-tin-{home.trust.number():04d}{LIST_ENDING}"
    return home.sticks.write_proved(folder, name, home.trust.list_text().encode("utf-8"))


def read_list_file(home: Home, file: Path) -> bool:
    """Take in a list from a file: True when it was newer. NOT_ALLOWED, TRUST_OLDER, TRUST_BAD_LIST."""
    return take_list_file(home, plain_file(home, file, _MOST).decode("utf-8", errors="replace"))


def revoke_device(home: Home, device: str, after: str = "") -> RevokeOutcome:
    """Cut a machine off: what headquarters holds of it (up to the bundle `after`, if one is named by id or number)
    stays, anything else goes to quarantine. NOT_HEADQUARTERS, UNKNOWN_DEVICE, UNKNOWN_BUNDLE."""
    require(home, Power.TRUST)
    cards = [card for card in home.keys.trusted() if card.device == device]
    if not home.card.headquarters:
        raise FieldtoolError(ErrorCode.NOT_HEADQUARTERS)
    if not cards or device == home.card.device:
        raise FieldtoolError(ErrorCode.UNKNOWN_DEVICE, values={"device": device})
    notes = [note for note in home.shelf.bundles() if note.device == device and note.state is BundleState.APPLIED]
    last = _meant(notes, after) if after else None
    kept = [note for note in notes if last is None or _up_to(note, last)]
    for incarnation in sorted({card.incarnation for card in cards}):
        own = [note for note in kept if note.incarnation == incarnation]
        home.trust.revoke(Cutoff(device, incarnation, _last_seq(home, own, device), tuple(note.id for note in own)))
    publish_trust(home)
    home.log.note("revoke", f"{device} {after}".strip())
    return RevokeOutcome(
        device,
        tuple(sorted({card.incarnation for card in cards})),
        len(kept),
        max((note.number for note in kept), default=0),
        recall_revoked(home),
        home.trust.number(),
    )


def _meant(notes: Iterable[BundleNote], after: str) -> BundleNote:
    notes = list(notes)
    # A number first: "1" must not mean whichever later bundle has an id that begins with it.
    found = [note for note in notes if str(note.number) == after] or [n for n in notes if n.id.startswith(after)]
    if not found:
        raise FieldtoolError(ErrorCode.UNKNOWN_BUNDLE, values={"bundle": after})
    return max(found, key=lambda note: (note.incarnation, note.number))


def _up_to(note: BundleNote, last: BundleNote) -> bool:
    return (note.incarnation, note.number) < (last.incarnation, last.number) or note.id == last.id


def _last_seq(home: Home, notes: Iterable[BundleNote], device: str) -> int:
    last = 0
    for note in notes:
        for id in home.depot.contained(note.id):
            maker, _, rest = id.partition(":")
            if maker == f"{note.device}.{note.incarnation}":
                last = max(last, int(rest.partition(":")[0]))
    return last


def assign_scope(home: Home, device: str, role: OfficerRole, villages: tuple[str, ...] = ()) -> int:
    """Say which role and villages a machine writes for; the list's new number. NOT_HEADQUARTERS, UNKNOWN_DEVICE."""
    require(home, Power.TRUST)
    if not any(card.device == device for card in home.keys.trusted()):
        raise FieldtoolError(ErrorCode.UNKNOWN_DEVICE, values={"device": device})
    home.trust.assign(Scope(device, str(role), villages))
    publish_trust(home)
    home.log.note("assign", f"{device} {role} {' '.join(villages)}".strip())
    return home.trust.number()


def hand_over(home: Home, village: str, device: str) -> str:
    """Give a village to a machine; what comes later from the former holder goes to quarantine. The event's id."""
    require(home, Power.TRUST)
    if not home.card.headquarters:
        raise FieldtoolError(ErrorCode.NOT_HEADQUARTERS)
    if not any(card.device == device for card in home.keys.trusted()):
        raise FieldtoolError(ErrorCode.UNKNOWN_DEVICE, values={"device": device})
    before = home.log.register(RecordKind.ASSIGNMENT, village, HOLDER)
    draft = Draft(
        RecordKind.ASSIGNMENT,
        village,
        HOLDER,
        device,
        tuple(event.id for event in before),
        village=village,
        old=" ".join(event.value for event in before),
    )
    return home.log.append([draft])[0]


def new_root(home: Home) -> tuple[str, ...]:
    """Make a new root, signed by the old and the new one, and publish it; its six words."""
    require(home, Power.TRUST)
    home.trust.new_root()
    publish_trust(home)
    home.log.note("trust.new_root", str(home.trust.number()))
    return home.keys.root_words()
