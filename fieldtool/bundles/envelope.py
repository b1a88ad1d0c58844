"""The sealed file: a frame line, an age container, and inside it a signed envelope before the workbook.

The envelope is signed over its bytes and names the workbook's hash, so that everything is proved before any of the
workbook is parsed. The signature lies inside the seal: a finder of the stick does not even learn the sender.
"""

from __future__ import annotations

import hashlib
import json
import re
import struct
from dataclasses import dataclass

from fieldtool.bundles.canonical import compact
from fieldtool.records.errors import ErrorCode, FieldtoolError

MAGIC = b"fieldtool-env/1\n"
ENVELOPE_PURPOSE = "fieldtool-env-v1"
_FRAME = re.compile(rb"fieldtool-goi/([0-9]{1,6}) ([0-9]{12})\n")
_FRAME_LENGTH = len(b"fieldtool-goi/1 000000000000\n")
_SIGNATURE = 64  # bytes, in either suite
_LONGEST_ENVELOPE = 1 << 20
_KEYS = {"may", "lan_cap", "so_goi", "ma_goi", "noi_nhan", "nguoi_mo", "sha256_so", "co_so"}


@dataclass(frozen=True, slots=True)
class Envelope:
    """What the outer signature covers. `openers` are the seal keys of the intended receivers, so that a bundle
    cannot be sealed anew to another office unnoticed."""

    device: str
    incarnation: int
    number: int
    bundle: str
    receiver: str
    openers: tuple[str, ...]
    workbook_sha256: str
    workbook_size: int


def envelope_bytes(envelope: Envelope) -> bytes:
    """The bytes that are signed."""
    return compact(
        {
            "may": envelope.device,
            "lan_cap": envelope.incarnation,
            "so_goi": envelope.number,
            "ma_goi": envelope.bundle,
            "noi_nhan": envelope.receiver,
            "nguoi_mo": list(envelope.openers),
            "sha256_so": envelope.workbook_sha256,
            "co_so": envelope.workbook_size,
        }
    ).encode("utf-8")


def letter(signed: bytes, signature: str, workbook: bytes) -> bytes:
    """What is put under the seal."""
    return b"".join((MAGIC, struct.pack(">I", len(signed)), signed, bytes.fromhex(signature), workbook))


def framed(sealed: bytes) -> bytes:
    """A sealed letter as it lies on the stick; the length tells a cut file from an altered one."""
    return b"fieldtool-goi/1 %012d\n" % len(sealed) + sealed


def unframed(content: bytes) -> bytes:
    """The sealed letter of a file: BUNDLE_NOT_A_BUNDLE, BUNDLE_TOO_NEW, BUNDLE_TRUNCATED or BUNDLE_CHANGED."""
    match = _FRAME.match(content[:64])
    if match is None:
        short = len(content) < _FRAME_LENGTH and b"fieldtool-goi/1 000000000000\n".startswith(content[:16])
        raise FieldtoolError(ErrorCode.BUNDLE_TRUNCATED if short else ErrorCode.BUNDLE_NOT_A_BUNDLE)
    if int(match.group(1)) > 1:
        raise FieldtoolError(ErrorCode.BUNDLE_TOO_NEW)
    length = int(match.group(2))
    sealed = content[match.end() :]
    if len(sealed) < length:
        raise FieldtoolError(ErrorCode.BUNDLE_TRUNCATED)
    if len(sealed) > length or match.group(1) != b"1":
        raise FieldtoolError(ErrorCode.BUNDLE_CHANGED, values={"detail": f"{len(sealed)} > {length}"})
    return sealed


def opened_letter(content: bytes) -> tuple[Envelope, bytes, str, bytes]:
    """Envelope, its signed bytes, their signature and the workbook of an opened letter; BUNDLE_MALFORMED else."""
    start = len(MAGIC) + 4
    if not content.startswith(MAGIC) or len(content) < start:
        raise _malformed("env")
    (length,) = struct.unpack(">I", content[len(MAGIC) : start])
    if length > _LONGEST_ENVELOPE or len(content) < start + length + _SIGNATURE:
        raise _malformed("env")
    signed = content[start : start + length]
    end = start + length + _SIGNATURE
    return _parsed(signed), signed, content[start + length : end].hex(), content[end:]


def _parsed(signed: bytes) -> Envelope:
    try:
        data = json.loads(signed.decode("utf-8"))
        if not isinstance(data, dict) or set(data) != _KEYS:
            raise ValueError("keys")
        envelope = Envelope(
            device=str(data["may"]),
            incarnation=int(data["lan_cap"]),
            number=int(data["so_goi"]),
            bundle=str(data["ma_goi"]),
            receiver=str(data["noi_nhan"]),
            openers=tuple(str(item) for item in data["nguoi_mo"]),
            workbook_sha256=str(data["sha256_so"]),
            workbook_size=int(data["co_so"]),
        )
    except (ValueError, TypeError, RecursionError, OverflowError) as trouble:
        raise _malformed("env") from trouble
    if envelope_bytes(envelope) != signed:
        raise _malformed("env")
    return envelope


def check_workbook(envelope: Envelope, workbook: bytes) -> None:
    """Raise BUNDLE_CHANGED unless the workbook is the one the envelope vouches for."""
    if len(workbook) != envelope.workbook_size or hashlib.sha256(workbook).hexdigest() != envelope.workbook_sha256:
        raise FieldtoolError(ErrorCode.BUNDLE_CHANGED, values={"detail": "sha256"})


def _malformed(detail: str) -> FieldtoolError:
    return FieldtoolError(ErrorCode.BUNDLE_MALFORMED, values={"detail": detail})
