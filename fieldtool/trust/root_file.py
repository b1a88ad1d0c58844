"""The root's key put away: sealed under a passphrase of its own, on a stick that lies in a safe.

A root in the PKCS#11 token that signs from day to day is not put away so (trust_list.py refuses it).
"""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.trust.passphrases import check_strength
from fieldtool.trust.slot_file import FULL, Cost
from fieldtool.trust.unlocking import calibrated, derive

FORMAT = "fieldtool-khoa-goc/1"
_LONGEST = 20_000  # characters


def seal_root(root: str, private: str, passphrase: str, cost: Cost | None = None) -> str:
    """The private key of a root as a text that the passphrase opens. WEAK_PASSPHRASE. `cost` is for tests."""
    check_strength(passphrase)
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    cost = cost or calibrated()
    told = {"format": FORMAT, "root": root, "kdf": "argon2id", "cost": asdict(cost), "salt": salt.hex()}
    sealed = AESGCM(derive(passphrase, salt, cost)).encrypt(nonce, private.encode("utf-8"), _bound(told))
    return json.dumps({**told, "nonce": nonce.hex(), "sealed": sealed.hex()}, indent=1, sort_keys=True)


def open_root(text: str, passphrase: str, root: str) -> str:
    """The private key of this root; ROOT_FILE_BAD for another text, another root, or a wrong passphrase."""
    try:
        if len(text) > _LONGEST:
            raise ValueError("length")
        data = json.loads(text)
        cost = Cost(**data["cost"])
        # a file that asks for absurd work is damage or malice
        bounds = 8 <= cost.memory_kib <= 4 * FULL.memory_kib and 1 <= cost.passes <= 20 and 1 <= cost.lanes <= 8
        if data["format"] != FORMAT or data["root"] != root or not bounds:
            raise ValueError("format, root or cost")
        key = derive(passphrase, bytes.fromhex(data["salt"]), cost)
        opened = AESGCM(key).decrypt(bytes.fromhex(data["nonce"]), bytes.fromhex(data["sealed"]), _bound(data))
        return opened.decode("utf-8")
    except (ValueError, KeyError, TypeError, RecursionError, InvalidTag) as trouble:
        raise FieldtoolError(ErrorCode.ROOT_FILE_BAD) from trouble


def _bound(told: dict[str, Any]) -> bytes:
    """What the seal vouches for beside the key."""
    named = {name: told[name] for name in ("format", "root", "kdf", "cost", "salt")}
    return json.dumps(named, sort_keys=True).encode("utf-8")
