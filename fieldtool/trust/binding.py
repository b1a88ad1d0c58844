"""Slots bound to a secret of this machine: a copied home does not open elsewhere, also with a known passphrase.

Each passphrase slot is wrapped once more under the machine's secret. The same slot is kept a second time under the data
key itself: an open home writes it into its backups, which open with the passphrase alone, wherever they are restored.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from fieldtool.ports.locks import MachineSecrets
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.trust.slot_file import BOUND_FORMAT, FORMAT, MACHINE, SLOTS, read_slots, write_slots

_BOUND, _PORTABLE = "bound", "portable"
_NONCE = 12


def is_bound(home: Path) -> bool:
    """Whether the slots of a home open on one machine alone."""
    return MACHINE in read_slots(home)


def bind(home: Path, key: bytes, machine: MachineSecrets) -> bool:
    """Bind every slot to this machine; False when they are. NO_MACHINE_SECRET where the system keeps none: nothing is
    changed before the secret was read back."""
    state = read_slots(home)
    if MACHINE in state:
        return False
    secret = secrets.token_bytes(32)
    token = machine.protect(secret)
    if machine.reveal(token) != secret:
        raise FieldtoolError(ErrorCode.NO_MACHINE_SECRET)
    slots = [bind_slot(slot, secret, key) for slot in state["slots"]]
    try:
        write_slots(home, {**state, "format": BOUND_FORMAT, MACHINE: token, "slots": slots})
    except FieldtoolError:
        machine.forget(token)
        raise
    return True


def loosen(home: Path, key: bytes, machine: MachineSecrets) -> bool:
    """Take the machine's secret away from every slot; False when there is none. Needs no secret, since whoever has
    the home open has its key: also after the machine lost it."""
    state = read_slots(home)
    if MACHINE not in state:
        return False
    write_slots(home, _portable_state(state, key))
    machine.forget(str(state[MACHINE]))
    return True


def forget(home: Path, machine: MachineSecrets) -> None:
    """Destroy the machine's secret of a home whose slots are to be destroyed."""
    state = read_slots(home)
    if MACHINE in state:
        machine.forget(str(state[MACHINE]))


def portable(home: Path, key: bytes) -> bytes:
    """The slot file as a backup holds it: it opens with the passphrase alone."""
    state = read_slots(home)
    if MACHINE not in state:
        return (home / SLOTS).read_bytes()
    return json.dumps(_portable_state(state, key), indent=1).encode("utf-8")


def _portable_state(state: dict[str, Any], key: bytes) -> dict[str, Any]:
    kept = {name: value for name, value in state.items() if name != MACHINE}
    slots = [_opened(slot, _PORTABLE, _own_key(key)) for slot in state["slots"]]
    return {**kept, "format": FORMAT, "slots": slots}


def secret_of(state: dict[str, Any], machine: MachineSecrets | None) -> bytes:
    """The secret that a slot file is bound to; OTHER_MACHINE when this machine has it not, or has it no more."""
    secret = machine.reveal(str(state[MACHINE])) if machine else None
    if secret is None or len(secret) != 32:
        raise FieldtoolError(ErrorCode.OTHER_MACHINE)
    return secret


def loosened(state: dict[str, Any], machine: MachineSecrets | None) -> list[dict[str, Any]]:
    """The passphrase slots of a slot file, as this machine reads them; OTHER_MACHINE."""
    if MACHINE not in state:
        return list(state["slots"])
    secret = secret_of(state, machine)
    return [_opened(slot, _BOUND, secret) for slot in state["slots"]]


def bind_slot(slot: dict[str, Any], secret: bytes, key: bytes) -> dict[str, Any]:
    """A passphrase slot wrapped under the machine's secret, and beside it for backups under the data key."""
    kept = {name: value for name, value in slot.items() if name not in ("nonce", "wrapped")}
    inner = bytes.fromhex(slot["nonce"] + slot["wrapped"])
    return {
        **kept,
        _BOUND: _closed(kept, inner, _BOUND, secret),
        _PORTABLE: _closed(kept, inner, _PORTABLE, _own_key(key)),
    }


def _closed(slot: dict[str, Any], inner: bytes, layer: str, secret: bytes) -> str:
    nonce = secrets.token_bytes(_NONCE)
    return (nonce + AESGCM(secret).encrypt(nonce, inner, _described(slot, layer))).hex()


def _opened(slot: dict[str, Any], layer: str, secret: bytes) -> dict[str, Any]:
    kept = {name: value for name, value in slot.items() if name not in (_BOUND, _PORTABLE)}
    sealed = bytes.fromhex(slot[layer])
    try:
        inner = AESGCM(secret).decrypt(sealed[:_NONCE], sealed[_NONCE:], _described(kept, layer))
    except InvalidTag as closed:
        raise FieldtoolError(ErrorCode.OTHER_MACHINE) from closed
    return {**kept, "nonce": inner[:_NONCE].hex(), "wrapped": inner[_NONCE:].hex()}


def _described(slot: dict[str, Any], layer: str) -> bytes:
    return json.dumps([BOUND_FORMAT, layer, slot], sort_keys=True).encode("utf-8")


def _own_key(key: bytes) -> bytes:
    return hmac.new(key, b"fieldtool-slots/2 portable", hashlib.sha256).digest()
