"""Find and verify updates: signed by headquarters of the trust list, whole, newer, for this system and this home."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from fieldtool.ports import Home, Progress, no_progress
from fieldtool.records.errors import ErrorCode, FieldtoolError, Place
from fieldtool.records.exchange import Role
from fieldtool.records.updates import (
    MOST_MANIFEST_BYTES,
    UPDATE_ENDING,
    UPDATE_PURPOSE,
    UpdateManifest,
    manifest_from,
    version_key,
)
from fieldtool.usecases.from_stick import no_link, plain_file

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Here:
    """What runs on this machine: version of the program, its system, number of the home's newest schema step."""

    version: str
    system: str
    schema: int


@dataclass(frozen=True, slots=True)
class UpdateFound:
    """One manifest of a folder: what it offers, and why it is refused, if it is."""

    file: Path
    manifest: UpdateManifest | None = None
    error: FieldtoolError | None = None


def find_updates(home: Home, folder: Path, here: Here) -> list[UpdateFound]:
    """Every update in a folder (a stick, headquarters' return), newest first, refused ones last. The setup itself is
    proved when one is applied."""
    found = []
    for file in sorted(folder.glob("*" + UPDATE_ENDING)):
        try:
            found.append(UpdateFound(file, check_manifest(home, file, here)))
        except FieldtoolError as error:
            found.append(UpdateFound(file, error=error))
    offered = [item for item in found if item.manifest is not None]
    offered.sort(key=lambda item: version_key(item.manifest.version) if item.manifest else (), reverse=True)
    return offered + [item for item in found if item.manifest is None]


def verify_update(home: Home, file: Path, here: Here, progress: Progress = no_progress) -> UpdateManifest:
    """The manifest of an update that may be installed here; raises UPDATE_… with what stands against it."""
    manifest = check_manifest(home, file, here)
    prove_setup(setup_of(home, file, manifest), manifest, progress)
    return manifest


def setup_of(home: Home, file: Path, manifest: UpdateManifest) -> Path:
    """The setup beside its manifest, not read yet; POINTS_ELSEWHERE for a link to one, UPDATE_CHANGED for one of
    another size than was signed, NO_FILE or READ_FAILED."""
    setup = file.with_name(manifest.file)
    no_link(home, setup)
    try:
        size = setup.stat().st_size
    except OSError as trouble:
        raise _unread(setup, trouble) from trouble
    if size != manifest.size:
        raise FieldtoolError(ErrorCode.UPDATE_CHANGED, place=Place(file=setup.name))
    return setup


def check_manifest(home: Home, file: Path, here: Here) -> UpdateManifest:
    """The signature first, then what it says."""
    place = Place(file=file.name)
    try:
        manifest = manifest_from(plain_file(home, file, MOST_MANIFEST_BYTES).decode("utf-8"))
    except (ValueError, TypeError) as trouble:
        raise FieldtoolError(ErrorCode.UPDATE_MALFORMED, place=place, values={"detail": str(trouble)[:80]}) from trouble
    card = home.keys.known(manifest.device, manifest.incarnation)
    cut = {(item.device, item.incarnation) for item in home.trust.cutoffs()}
    if card is None or card.role != Role.HEADQUARTERS or (card.device, card.incarnation) in cut:
        raise FieldtoolError(ErrorCode.UPDATE_UNKNOWN_ISSUER, place=place)
    if not home.keys.verify(card, UPDATE_PURPOSE, manifest.signed_bytes(), manifest.signature):
        raise FieldtoolError(ErrorCode.UPDATE_BAD_SIGNATURE, place=place)
    if manifest.system != here.system:
        raise FieldtoolError(ErrorCode.UPDATE_OTHER_SYSTEM, place=place, values={"system": manifest.system})
    if version_key(manifest.version) <= version_key(here.version):
        values = {"offered": manifest.version, "installed": here.version}
        raise FieldtoolError(ErrorCode.UPDATE_OLDER, place=place, values=values)
    if here.schema < manifest.minimum_schema:
        raise FieldtoolError(ErrorCode.UPDATE_HOME_TOO_OLD, place=place)
    return manifest


def prove_setup(setup: Path, manifest: UpdateManifest, progress: Progress = no_progress) -> None:
    """UPDATE_CHANGED unless the file has the signed size and hash."""
    if setup_hash(setup, progress) != (manifest.size, manifest.sha256):
        raise FieldtoolError(ErrorCode.UPDATE_CHANGED, place=Place(file=setup.name))


def setup_hash(setup: Path, progress: Progress = no_progress) -> tuple[int, str]:
    """Size and SHA-256 of a file, read in blocks; NO_FILE or READ_FAILED."""
    digest, size = hashlib.sha256(), 0
    try:
        whole = setup.stat().st_size
        with setup.open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
                size += len(block)
                progress(size, whole, "verify")
    except OSError as trouble:
        raise _unread(setup, trouble) from trouble
    return size, digest.hexdigest()


def _unread(setup: Path, trouble: OSError) -> FieldtoolError:
    code = ErrorCode.NO_FILE if isinstance(trouble, FileNotFoundError) else ErrorCode.READ_FAILED
    values = {"file": setup.name, "detail": str(trouble)}
    return FieldtoolError(code, place=Place(file=setup.name), values=values)
