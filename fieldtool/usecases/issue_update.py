"""Headquarters issues an update: the setup and its signed manifest, written side by side into a folder and proved."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from fieldtool.ports import Home, Progress, no_progress
from fieldtool.records.errors import ErrorCode, FieldtoolError, Place
from fieldtool.records.roles import Power
from fieldtool.records.updates import (
    MOST_SETUP_BYTES,
    SYSTEMS,
    UPDATE_ENDING,
    UPDATE_PURPOSE,
    UpdateManifest,
    version_key,
)
from fieldtool.usecases.authority import require
from fieldtool.usecases.verify_update import setup_hash


@dataclass(frozen=True, slots=True)
class IssueOutcome:
    """The two files of an issued update."""

    manifest: Path
    setup: Path
    version: str
    sha256: str


def issue_update(
    home: Home,
    setup: Path,
    folder: Path,
    *,
    version: str,
    system: str,
    minimum_schema: int = 0,
    progress: Progress = no_progress,
) -> IssueOutcome:
    """Sign a setup with this device's key and write both files. NOT_HEADQUARTERS, BAD_VALUE, or trouble of files.

    `folder` may be the one of headquarters' return: bundles and updates do not disturb one another.
    """
    require(home, Power.TRUST)
    if not home.card.headquarters:
        raise FieldtoolError(ErrorCode.NOT_HEADQUARTERS)
    _check_version(version, system)
    size, sha256 = setup_hash(setup, progress)
    if not 0 < size <= MOST_SETUP_BYTES:
        raise FieldtoolError(ErrorCode.UPDATE_MALFORMED, place=Place(file=setup.name), values={"detail": str(size)})
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", setup.name).lstrip(".-_") or f"fieldtool-{version}"
    written = home.sticks.write_proved(folder, name, home.sticks.read(setup, MOST_SETUP_BYTES))
    card = home.keys.card()
    manifest = UpdateManifest(
        version, system, written.name, size, sha256, minimum_schema, card.device, card.incarnation
    )
    manifest = replace(manifest, signature=home.keys.sign(UPDATE_PURPOSE, manifest.signed_bytes()))
    file = home.sticks.write_proved(
        folder, f"fieldtool-{version}-{system}{UPDATE_ENDING}", manifest.to_text().encode("utf-8")
    )
    home.log.note("update.issue", f"{version} {system} {sha256}")
    return IssueOutcome(file, written, version, sha256)


def _check_version(version: str, system: str) -> None:
    try:
        version_key(version)
    except ValueError as trouble:
        raise FieldtoolError(ErrorCode.BAD_VALUE, values={"field": "--version"}) from trouble
    if system not in SYSTEMS:
        raise FieldtoolError(ErrorCode.BAD_VALUE, values={"field": "--system"})
