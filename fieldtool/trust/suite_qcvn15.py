"""The `qcvn15` suite, of the algorithms that QCVN 15:2023/BQP lists: ECDSA over P-256 with SHA-256 for signatures;
AES-256-GCM under a key that RSA-OAEP (3072 bits, SHA-256) wraps for each receiver.

Of a signature's two values s only the smaller is written and taken, so that each signature has one form. A private key
may be the name of one in a PKCS#11 token (tokens.py).
"""

from __future__ import annotations

import base64
import binascii
import re
import secrets
import struct
from collections.abc import Sequence

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from fieldtool.trust import tokens
from fieldtool.trust.sealing import CannotOpen

HEAD = b"fieldtool-rsa-oaep-gcm/1\n"
RSA_BITS = 3072
_CURVE = ec.SECP256R1()
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_SIGNATURE = re.compile("[0-9a-f]{128}")
_PUBLIC = re.compile("0[23][0-9a-f]{64}")
_PRIVATE = re.compile("[0-9a-f]{64}")
_COUNT = struct.Struct(">H")
_WRAPPED = RSA_BITS // 8
_NONCE = 12
_KEY = 32


def _oaep() -> padding.OAEP:
    return padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), label=None)


def new_sign_key() -> tuple[str, str]:
    """A private key, its number in hex, and its public point, compressed, in hex."""
    private = ec.generate_private_key(_CURVE)
    return f"{private.private_numbers().private_value:064x}", _public_text(private.public_key())


def new_token_key(token: tokens.Token) -> tuple[str, str]:
    """A key made in a token: what names it, and its public point; errors of tokens.py."""
    named, point = tokens.new_p256(token)
    return named, _public_text(ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, point))


def _public_text(key: ec.EllipticCurvePublicKey) -> str:
    """A public key as cards write it."""
    form = serialization.PublicFormat.CompressedPoint
    return key.public_bytes(serialization.Encoding.X962, form).hex()


def new_seal_key() -> tuple[str, str]:
    """A private key (PKCS#8) and its recipient text (SubjectPublicKeyInfo), both DER in base64url."""
    private = rsa.generate_private_key(65537, RSA_BITS)
    plain = private.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return _written(plain), _recipient(private.public_key())


def _recipient(key: rsa.RSAPublicKey) -> str:
    return _written(key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo))


def _written(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode("ascii").rstrip("=")


def _bytes_of(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def sign(private: str, purpose: str, message: bytes) -> str:
    """Signature in hex, r then s, over purpose, a zero byte and the message."""
    content = purpose.encode("ascii") + b"\0" + message
    if tokens.names_token(private):
        raw = tokens.sign_p256(private, content)
        r, s = int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
    else:
        key = ec.derive_private_key(int(private, 16), _CURVE)
        r, s = decode_dss_signature(key.sign(content, ec.ECDSA(hashes.SHA256())))
    return f"{r:064x}{min(s, _ORDER - s):064x}"


def verify(public: str, purpose: str, message: bytes, signature: str) -> bool:
    """Whether a signature holds; False also for anything that is no key or no signature in its one written form."""
    if not _SIGNATURE.fullmatch(signature):
        return False
    r, s = int(signature[:64], 16), int(signature[64:], 16)
    if s > _ORDER - s:
        return False
    try:
        _public(public).verify(
            encode_dss_signature(r, s), purpose.encode("ascii") + b"\0" + message, ec.ECDSA(hashes.SHA256())
        )
    except (InvalidSignature, ValueError):
        return False
    return True


def _public(text: str) -> ec.EllipticCurvePublicKey:
    if not _PUBLIC.fullmatch(text):
        raise ValueError("sign key")
    return ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, bytes.fromhex(text))


def is_sign_key(public: str) -> bool:
    """Whether a text is a public signature key."""
    try:
        _public(public)
    except ValueError:
        return False
    return True


def is_seal_key(recipient: str) -> bool:
    """Whether a text is a recipient of this suite: an RSA key of its one size and exponent, in its one writing."""
    try:
        return _recipient(_seal_key(recipient)) == recipient
    except ValueError:
        return False


def _seal_key(recipient: str) -> rsa.RSAPublicKey:
    try:
        key = serialization.load_der_public_key(_bytes_of(recipient))
    except binascii.Error as trouble:
        raise ValueError("seal key") from trouble
    if not isinstance(key, rsa.RSAPublicKey) or key.key_size != RSA_BITS or key.public_numbers().e != 65537:
        raise ValueError("seal key")
    return key


def seal(content: bytes, recipients: Sequence[str]) -> bytes:
    """Seal: HEAD, u16 count, for each receiver the wrapped key, a nonce, then the content under AES-256-GCM, to which
    all before it is bound."""
    key, nonce = secrets.token_bytes(_KEY), secrets.token_bytes(_NONCE)
    wrapped = [_seal_key(recipient).encrypt(key, _oaep()) for recipient in recipients]
    head = b"".join((HEAD, _COUNT.pack(len(wrapped)), *wrapped, nonce))
    return head + AESGCM(key).encrypt(nonce, content, head)


def unseal(sealed: bytes, identity: str) -> bytes:
    """Open; CannotOpen otherwise."""
    start = len(HEAD) + _COUNT.size
    if not sealed.startswith(HEAD) or len(sealed) < start:
        raise CannotOpen(not_ours=False)
    (count,) = _COUNT.unpack(sealed[len(HEAD) : start])
    end = start + count * _WRAPPED + _NONCE
    if len(sealed) < end:
        raise CannotOpen(not_ours=False)
    private = serialization.load_der_private_key(_bytes_of(identity), None)
    if not isinstance(private, rsa.RSAPrivateKey):
        raise ValueError("seal identity")
    for place in range(start, end - _NONCE, _WRAPPED):
        try:
            key = private.decrypt(sealed[place : place + _WRAPPED], _oaep())
        except ValueError:
            continue  # wrapped for another receiver; which they are is not written anywhere
        try:
            return AESGCM(key).decrypt(sealed[end - _NONCE : end], sealed[end:], sealed[:end])
        except (InvalidTag, ValueError) as broken:
            raise CannotOpen(not_ours=False) from broken
    raise CannotOpen(not_ours=True)
