"""The root of trust: put away sealed, brought back for what it alone may do, headquarters' keys renewed by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fieldtool.ports import Home
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.exchange import BundleState, Cutoff
from fieldtool.records.roles import Power
from fieldtool.usecases.authority import require
from fieldtool.usecases.from_stick import plain_file
from fieldtool.usecases.keep_trust import publish_trust, write_list_file

_MOST = 20_000  # bytes of a root's file
ENDING = ".khoa-goc"


@dataclass(frozen=True, slots=True)
class RenewOutcome:
    """Headquarters' new incarnation, and the list that every machine must have before the next bundle comes."""

    device: str
    incarnation: int
    list_number: int
    list_file: Path


def put_root_away(home: Home, folders: Sequence[Path], passphrase: str) -> list[Path]:
    """Write the root's key, sealed under a passphrase of its own, into one or more folders, read each back, open it,
    and only then forget it here. NOT_HEADQUARTERS, ROOT_NOT_HERE, ROOT_IN_TOKEN, WEAK_PASSPHRASE,
    ROOT_FILE_BAD, errors of writing; on any of them the key stays here."""
    require(home, Power.TRUST)
    _at_headquarters(home)
    sealed = home.trust.sealed_root(passphrase)
    name = "goc-" + "-".join(home.keys.root_words()[:2]) + ENDING
    files = [home.sticks.write_proved(folder, name, sealed.encode("utf-8")) for folder in folders]
    home.trust.put_root_away([_text(home, file) for file in files], passphrase)
    home.log.note("root.away", " ".join(file.name for file in files))
    return files


def bring_root(home: Home, file: Path, passphrase: str) -> None:
    """Bring the root's key back from its file. NOT_HEADQUARTERS, ROOT_FILE_BAD, errors of reading."""
    require(home, Power.TRUST)
    _at_headquarters(home)
    home.trust.bring_root(_text(home, file), passphrase)
    home.log.note("root.back", file.name)


def renew_headquarters(home: Home, folder: Path, stolen: bool = False) -> RenewOutcome:
    """New keys for headquarters' own machine, by the root. With `stolen` nothing more is believed of the former ones
    than the bundles this machine made. The new list is written to a folder: machines take it in before the next
    bundle. ROOT_NOT_HERE, NOT_HEADQUARTERS, errors of writing."""
    require(home, Power.TRUST)
    _at_headquarters(home)
    if not home.trust.root_here():
        raise FieldtoolError(ErrorCode.ROOT_NOT_HERE)
    if not _broken_off(home):
        cutoff = _cutoff(home) if stolen else None
        home.keys.renew()
        home.trust.admit_renewed(home.keys.renewed(), cutoff)
        home.keys.take_renewed()
    card = home.keys.card()
    publish_trust(home)
    home.log.note("root.renewed", f"{card.device}.{card.incarnation} {'stolen' if stolen else ''}".strip())
    return RenewOutcome(card.device, card.incarnation, home.trust.number(), write_list_file(home, folder))


def _broken_off(home: Home) -> bool:
    """Finish a renewal that a power cut broke off after the list was signed; whether there was one."""
    try:
        home.keys.take_renewed()
    except FieldtoolError as none:
        if none.code is not ErrorCode.NOT_ENROLLED:
            raise
        return False
    return True


def _cutoff(home: Home) -> Cutoff:
    own = home.keys.card()
    seq, _ = home.log.heads().get((own.device, own.incarnation), (0, ""))
    made = [note.id for note in home.shelf.bundles() if note.state is BundleState.MADE]
    return Cutoff(own.device, own.incarnation, seq, tuple(made))


def _at_headquarters(home: Home) -> None:
    if not home.card.headquarters:
        raise FieldtoolError(ErrorCode.NOT_HEADQUARTERS)


def _text(home: Home, file: Path) -> str:
    return plain_file(home, file, _MOST).decode("utf-8", errors="replace")
