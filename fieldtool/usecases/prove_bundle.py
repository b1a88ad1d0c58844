"""Opening a bundle, sealed or as a readable workbook, and proving it before any of it is believed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from fieldtool.bundles.envelope import ENVELOPE_PURPOSE, Envelope, check_workbook, opened_letter, unframed
from fieldtool.bundles.manifest import (
    ALGORITHMS,
    SHEET,
    SIGN_PURPOSE,
    SIGNATURE_KEY,
    Manifest,
    bundle_id,
    header,
    read_manifest,
)
from fieldtool.bundles.unpack import read_events
from fieldtool.ports import Home
from fieldtool.records.errors import ErrorCode, FieldtoolError, Place
from fieldtool.records.events import Event, ProvedEvents
from fieldtool.records.exchange import DeviceCard, Role

MOST_BYTES = 160_000_000  # of a bundle file
_ZIP = b"PK\3\4"


@dataclass(frozen=True, slots=True)
class ProvedBundle:
    """A bundle whose maker and content are proved. `sealed` is False for a readable workbook."""

    id: str
    manifest: Manifest
    maker: DeviceCard
    events: ProvedEvents
    workbook: bytes
    sealed: bool


def prove_named(home: Home, name: str, content: bytes) -> ProvedBundle:
    """Prove the bytes of a file of this name; errors as `from_stick.open_bundle`."""
    try:
        return prove(home, content)
    except FieldtoolError as error:
        place = replace(error.place, file=error.place.file or name)
        raise FieldtoolError(error.code, place=place, values=error.values) from error


def prove(home: Home, content: bytes) -> ProvedBundle:
    """As `prove_named`, the errors without a name."""
    if not content:
        raise FieldtoolError(ErrorCode.BUNDLE_TRUNCATED)
    if content.startswith(_ZIP):
        return prove_workbook(home, content, None)
    envelope, workbook = open_letter(home, content)
    return prove_workbook(home, workbook, envelope)


def open_letter(home: Home, content: bytes) -> tuple[Envelope, bytes]:
    """Unseal a bundle file and prove its outer signature: nothing of the workbook has been parsed yet."""
    letter = home.keys.unseal(unframed(content))
    envelope, signed, signature, workbook = opened_letter(letter)
    maker = _known(home, envelope.device, envelope.incarnation)
    if not home.keys.verify(maker, ENVELOPE_PURPOSE, signed, signature):
        raise FieldtoolError(ErrorCode.BUNDLE_BAD_SIGNATURE)
    if home.keys.own_seals().isdisjoint(envelope.openers):
        raise FieldtoolError(ErrorCode.BUNDLE_NOT_OURS)  # sealed anew for us by somebody else
    check_workbook(envelope, workbook)
    return envelope, workbook


def prove_workbook(home: Home, workbook: bytes, envelope: Envelope | None) -> ProvedBundle:
    """Prove a workbook's content; with the envelope it came in, also that both speak of one bundle."""
    manifest, maker = prove_manifest(home, workbook)
    identity = bundle_id(manifest)
    if envelope is not None:
        said = (envelope.device, envelope.incarnation, envelope.number, envelope.bundle, envelope.receiver)
        if said != (manifest.device, manifest.incarnation, manifest.number, identity, manifest.receiver):
            raise FieldtoolError(ErrorCode.BUNDLE_MALFORMED, place=Place(sheet=SHEET), values={"detail": "env"})
    events = ProvedEvents(read_events(manifest, home.books.changes(workbook)))
    return ProvedBundle(identity, manifest, maker, events, workbook, sealed=envelope is not None)


def prove_manifest(home: Home, workbook: bytes) -> tuple[Manifest, DeviceCard]:
    """The manifest of a workbook and the trusted maker who signed it; the changes are not looked at."""
    manifest, signature, places = read_manifest(home.books.manifest(workbook))
    maker = _known(home, manifest.device, manifest.incarnation)
    if not home.keys.verify(maker, SIGN_PURPOSE, header(manifest), signature):
        cell = f"B{places.get(SIGNATURE_KEY, 1)}" if not signature else ""
        raise FieldtoolError(
            ErrorCode.BUNDLE_BAD_SIGNATURE, place=Place(sheet=SHEET, cell=cell), values={"detail": SHEET}
        )
    if manifest.algorithm != ALGORITHMS.get(maker.suite):
        raise FieldtoolError(ErrorCode.BUNDLE_MALFORMED, place=Place(sheet=SHEET), values={"detail": "thuat_toan"})
    if manifest.unit != maker.unit:
        raise FieldtoolError(ErrorCode.BUNDLE_MALFORMED, place=Place(sheet=SHEET), values={"detail": "don_vi"})
    return manifest, maker


def _known(home: Home, device: str, incarnation: int) -> DeviceCard:
    if not home.keys.enrolled():
        raise FieldtoolError(ErrorCode.NOT_ENROLLED)
    card = home.keys.known(device, incarnation)
    if card is None:
        raise FieldtoolError(ErrorCode.BUNDLE_UNKNOWN_MAKER, values={"device": f"{device[:40]}.{incarnation}"})
    return card


def may_speak_for(maker: DeviceCard, event: Event) -> bool:
    """Whether a maker's signature vouches for an event: a laptop for its own, headquarters for all it passes on."""
    return maker.role == Role.HEADQUARTERS or event.device == maker.device
