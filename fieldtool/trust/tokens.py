"""Signature keys in a PKCS#11 token: named in place of a private key, used with a PIN, never read.

The name is "pkcs11:" and JSON with the driver's file, the token's label and the key's label. The driver is the token
maker's; the PIN comes from FIELDTOOL_TOKEN_PIN or from who may be asked for it (`ask_pin_by`), once in a run, and is
written nowhere.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fieldtool.records.errors import ErrorCode, FieldtoolError

PIN = "FIELDTOOL_TOKEN_PIN"
_PREFIX = "pkcs11:"
_P256 = b"\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07"  # the curve's name as the standard writes it


@dataclass(frozen=True, slots=True)
class Token:
    """Where keys are: the driver's library and the label of the token in it."""

    driver: str
    label: str


class _Asked:
    """The PINs of this run, by token, and who is asked for them; "" where there is none to be had."""

    def __init__(self) -> None:
        self.source: Callable[[str], str] = lambda label: ""
        self._known: dict[Token, str] = {}

    def pin(self, token: Token) -> str:
        """The PIN of a token; asked for once."""
        given = os.environ.get(PIN, "")
        if given:
            return given
        if not self._known.get(token):
            self._known[token] = self.source(token.label)
        return self._known[token]

    def forget(self, token: Token) -> None:
        """A PIN was refused: trying it again would bring the token nearer to locking itself."""
        self._known.pop(token, None)


_asked = _Asked()


def ask_pin_by(source: Callable[[str], str]) -> None:
    """Who gives the PIN of the token of a label where FIELDTOOL_TOKEN_PIN does not; "" for none."""
    _asked.source = source


def names_token(private: str) -> bool:
    """Whether what stands for a private key names one in a token."""
    return private.startswith(_PREFIX)


def token_of(private: str) -> Token:
    """The token that a named key is in."""
    named = json.loads(private.removeprefix(_PREFIX))
    return Token(named["driver"], named["token"])


def new_p256(token: Token) -> tuple[str, bytes]:
    """Make a key in the token: what names it, and its public point uncompressed. TOKEN_MISSING, TOKEN_PIN or
    TOKEN_FAILED."""
    label = f"fieldtool-{secrets.token_hex(8)}"
    with _session(token) as (pkcs11, session):
        parameters = session.create_domain_parameters(
            pkcs11.KeyType.EC, {pkcs11.Attribute.EC_PARAMS: _P256}, local=True
        )
        public, _ = parameters.generate_keypair(store=True, label=label)
        point = bytes(public[pkcs11.Attribute.EC_POINT])
    name = json.dumps({"driver": token.driver, "token": token.label, "key": label}, ensure_ascii=False)
    return _PREFIX + name, point[-65:]  # the point stands in an octet string of its own


def sign_p256(private: str, content: bytes) -> bytes:
    """r and s, 32 bytes each, over SHA-256 of the content; errors as `new_p256`."""
    named = json.loads(private.removeprefix(_PREFIX))
    with _session(token_of(private)) as (pkcs11, session):
        key = session.get_key(object_class=pkcs11.ObjectClass.PRIVATE_KEY, label=named["key"])
        # Few tokens hash and sign in one; all sign a hash (reference/sync.md A4).
        return bytes(key.sign(hashlib.sha256(content).digest(), mechanism=pkcs11.Mechanism.ECDSA))


@contextmanager
def _session(token: Token) -> Iterator[tuple[Any, Any]]:
    pkcs11 = _library()
    if not Path(token.driver).is_file():
        raise FieldtoolError(ErrorCode.TOKEN_MISSING, values={"token": token.label, "detail": token.driver})
    pin = _asked.pin(token)
    if not pin:
        raise FieldtoolError(ErrorCode.TOKEN_PIN, values={"token": token.label})
    trouble = pkcs11.exceptions
    try:
        found = pkcs11.lib(token.driver).get_token(token_label=token.label)
        with found.open(rw=True, user_pin=pin) as session:
            yield pkcs11, session
    except (trouble.PinIncorrect, trouble.PinLenRange, trouble.PinLocked, trouble.PinExpired) as error:
        _asked.forget(token)
        raise FieldtoolError(ErrorCode.TOKEN_PIN, values={"token": token.label}) from error
    except (trouble.NoSuchToken, trouble.TokenNotPresent, trouble.NoSuchKey, RuntimeError) as error:
        raise FieldtoolError(ErrorCode.TOKEN_MISSING, values={"token": token.label, "detail": str(error)}) from error
    except trouble.PKCS11Error as error:
        detail = type(error).__name__
        raise FieldtoolError(ErrorCode.TOKEN_FAILED, values={"token": token.label, "detail": detail}) from error


def _library() -> Any:
    """python-pkcs11, an extra that only headquarters with a token needs."""
    try:
        return importlib.import_module("pkcs11")
    except ImportError as missing:
        raise FieldtoolError(
            ErrorCode.TOKEN_MISSING, values={"token": "pkcs11", "detail": "python-pkcs11"}
        ) from missing
