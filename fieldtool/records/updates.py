"""What an update on a stick says of itself: version, system, setup file with its hash, least schema, who signed."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, fields, replace

UPDATE_FORMAT = "fieldtool-cap-nhat/1"
UPDATE_PURPOSE = "fieldtool-cap-nhat-v1"
UPDATE_ENDING = ".cap-nhat"
MOST_MANIFEST_BYTES = 20_000
MOST_SETUP_BYTES = 400_000_000
SYSTEMS = ("windows", "linux")
_VERSION = re.compile(r"\d{1,4}\.\d{1,4}\.\d{1,4}")
_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class UpdateManifest:
    """The manifest; `signature` is hex, by the issuing device over `signed_bytes`. `file` lies beside the manifest."""

    version: str
    system: str
    file: str
    size: int
    sha256: str
    minimum_schema: int
    device: str
    incarnation: int
    signature: str = ""

    def signed_bytes(self) -> bytes:
        """What the signature covers: every field but itself, in one canonical form."""
        data = {**asdict(replace(self, signature="")), "format": UPDATE_FORMAT}
        return json.dumps(data, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode("ascii")

    def to_text(self) -> str:
        """The file's text."""
        data = {"format": UPDATE_FORMAT, **asdict(self)}
        return json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def version_key(version: str) -> tuple[int, ...]:
    """Versions in their order; ValueError for a text that is none."""
    if not _VERSION.fullmatch(version):
        raise ValueError("version")
    return tuple(int(part) for part in version.split("."))


def manifest_from(text: str) -> UpdateManifest:
    """A manifest from text of unknown origin, every field of the right kind; ValueError for anything else."""
    try:
        data = json.loads(text)
    except RecursionError as trouble:
        raise ValueError("nesting") from trouble
    names = {field.name for field in fields(UpdateManifest)}
    if not isinstance(data, dict) or set(data) != names | {"format"}:
        raise ValueError("fields")
    if data.pop("format") != UPDATE_FORMAT:
        raise ValueError("format")
    for name in ("size", "minimum_schema", "incarnation"):
        if type(data[name]) is not int or data[name] < 0:
            raise ValueError(name)
    if not all(isinstance(value, str) for name, value in data.items() if type(value) is not int):
        raise ValueError("texts")
    manifest = UpdateManifest(**data)
    version_key(manifest.version)
    if manifest.system not in SYSTEMS or not _FILE.fullmatch(manifest.file) or not _SHA256.fullmatch(manifest.sha256):
        raise ValueError("system, file or hash")
    if not 0 < manifest.size <= MOST_SETUP_BYTES:
        raise ValueError("size")
    return manifest
