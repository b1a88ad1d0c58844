"""Personal codes of officers, stretched before they are kept: a few digits, so that each try must cost something."""

from __future__ import annotations

from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

_LENGTH, _COST, _BLOCK, _LANES = 64, 2**14, 8, 1  # 16 MiB of memory a try


def stretched(code: str, salt: str) -> str:
    """scrypt (RFC 7914) of a code, in hex."""
    return Scrypt(salt.encode("ascii"), _LENGTH, _COST, _BLOCK, _LANES).derive(code.encode("utf-8")).hex()
