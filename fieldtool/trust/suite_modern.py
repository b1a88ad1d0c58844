"""The `modern` suite: Ed25519 signatures, age (X25519) seals."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pyrage
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pyrage import x25519

from fieldtool.trust.sealing import CannotOpen

HEAD = b"age-encryption.org/v1\n"
_SIGNATURE = re.compile("[0-9a-f]{128}")


def new_sign_key() -> tuple[str, str]:
    """A private and a public signature key, both in hex."""
    private = Ed25519PrivateKey.generate()
    return private.private_bytes_raw().hex(), private.public_key().public_bytes_raw().hex()


def new_seal_key() -> tuple[str, str]:
    """A private seal key and its recipient text, as age writes them."""
    identity = x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def sign(private: str, purpose: str, message: bytes) -> str:
    """Signature in hex over purpose, a zero byte and the message."""
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(private))
    return key.sign(purpose.encode("ascii") + b"\0" + message).hex()


def verify(public: str, purpose: str, message: bytes, signature: str) -> bool:
    """Whether a signature holds; False also for anything that is no key or no signature in its one written form."""
    if not _SIGNATURE.fullmatch(signature):
        return False
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
        key.verify(bytes.fromhex(signature), purpose.encode("ascii") + b"\0" + message)
    except (InvalidSignature, ValueError):
        return False
    return True


def is_sign_key(public: str) -> bool:
    """Whether a text is a public signature key."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
    except ValueError:
        return False
    return len(public) == 64 and public == public.lower()


def is_seal_key(recipient: str) -> bool:
    """Whether a text is an age recipient."""
    try:
        return str(x25519.Recipient.from_str(recipient)) == recipient
    except pyrage.RecipientError:
        return False


def seal(content: bytes, recipients: Sequence[str]) -> bytes:
    """Seal to the recipients."""
    sealed: bytes = pyrage.encrypt(content, [x25519.Recipient.from_str(text) for text in recipients])
    return sealed


def unseal(sealed: bytes, identity: str) -> bytes:
    """Open; CannotOpen otherwise."""
    try:
        opened: bytes = pyrage.decrypt(sealed, [x25519.Identity.from_str(identity)])
    except pyrage.DecryptError as trouble:
        raise CannotOpen("No matching keys" in str(trouble)) from trouble
    return opened
