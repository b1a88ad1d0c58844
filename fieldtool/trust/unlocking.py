"""The home's data key and the slots that wrap it: a passphrase opens a slot, the key itself is never written.

A slot is the data key under AES-256-GCM, its wrapping key made from an officer's passphrase by Argon2id. Changing the
passphrase wraps anew and touches no data. Wrong tries and the wait they earn are kept in the slot file, so the wait
survives a restart; it is counted by the system's monotone clock, since anybody can set the wall clock.
"""

from __future__ import annotations

import json
import os
import secrets
import time
import unicodedata
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from fieldtool.ports.locks import MachineSecrets
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.trust.binding import bind_slot, loosened, secret_of
from fieldtool.trust.passphrases import check_strength
from fieldtool.trust.slot_file import (
    FLOOR,
    FORMAT,
    FREE_TRIES,
    FULL,
    KEY_BYTES,
    LONGEST_WAIT,
    MACHINE,
    SLOTS,
    Cost,
    read_slots,
    wait_for,
    write_slots,
)

__all__ = ["FLOOR", "FREE_TRIES", "FULL", "KEY_BYTES", "LONGEST_WAIT", "SLOTS", "Cost"]


_SLOW = 2.0  # seconds; a machine that needs longer for the full cost gets the floor


def create_slots(home: Path, passphrase: str, cost: Cost | None = None) -> bytes:
    """Make a new data key of 32 bytes and the slot file that wraps it. WEAK_PASSPHRASE, HOME_EXISTS, DISK_FULL or
    NOT_WRITABLE. `cost` is for tests; without it the machine is measured."""
    check_strength(passphrase)
    if (home / SLOTS).exists():
        raise FieldtoolError(ErrorCode.HOME_EXISTS, values={"folder": str(home)})
    key = secrets.token_bytes(KEY_BYTES)
    write_slots(home, {"format": FORMAT, "slots": [_wrap(key, passphrase, cost)], "wrong": 0})
    return key


def unlock(
    home: Path,
    passphrase: str,
    now: Callable[[], float] = time.monotonic,
    machine: MachineSecrets | None = None,
) -> bytes:
    """The data key. WRONG_PASSPHRASE, PASSPHRASE_WAIT after ten wrong tries, NO_HOME, HOME_DAMAGED, HOME_TOO_NEW,
    SLOTS_DESTROYED; OTHER_MACHINE, which counts as no try, where the slots are bound to a machine that is not this."""
    state = read_slots(home)
    _check_wait(state, now())
    key = _open_any(loosened(state, machine), passphrase)
    if key is not None:
        if state["wrong"]:
            write_slots(home, {**state, "wrong": 0, "wait": 0.0, "since": 0.0})
        return key
    wrong = int(state["wrong"]) + 1
    write_slots(home, {**state, "wrong": wrong, "wait": wait_for(wrong), "since": now()})
    raise FieldtoolError(ErrorCode.WRONG_PASSPHRASE, values={"wrong": wrong})


def add_slot(
    home: Path,
    key: bytes,
    officer: str,
    passphrase: str,
    cost: Cost | None = None,
    machine: MachineSecrets | None = None,
) -> None:
    """Give an officer his own slot, in place of one he had; WEAK_PASSPHRASE, OTHER_MACHINE."""
    check_strength(passphrase)
    state = read_slots(home)
    kept = [slot for slot in state["slots"] if slot.get("officer") != officer]
    added = _as_the_others(state, _wrap(key, passphrase, cost, officer), key, machine)
    write_slots(home, {**state, "slots": [*kept, added]})


def _as_the_others(
    state: dict[str, Any], slot: dict[str, Any], key: bytes, machine: MachineSecrets | None
) -> dict[str, Any]:
    """A new slot is bound to the machine where the others are."""
    return bind_slot(slot, secret_of(state, machine), key) if MACHINE in state else slot


def remove_slot(home: Path, officer: str) -> bool:
    """Take an officer's slot away; False when he has none, or when it is the last."""
    state = read_slots(home)
    kept = [slot for slot in state["slots"] if slot.get("officer") != officer]
    if not kept or len(kept) == len(state["slots"]):
        return False
    write_slots(home, {**state, "slots": kept})
    return True


def officers(home: Path) -> list[str]:
    """Whose slots there are, the unnamed first one as ""."""
    return [str(slot.get("officer", "")) for slot in read_slots(home)["slots"]]


def keep_recovery(home: Path, sealed: str) -> None:
    """Keep the data key sealed to headquarters, for an officer who forgets his passphrase."""
    state = read_slots(home)
    if state.get("recovery", "") != sealed:
        write_slots(home, {**state, "recovery": sealed})


def recovery_of(home: Path) -> str:
    """The data key as it is sealed to headquarters; NO_RECOVERY when there is none."""
    sealed = str(read_slots(home).get("recovery", ""))
    if not sealed:
        raise FieldtoolError(ErrorCode.NO_RECOVERY)
    return sealed


def has_recovery(home: Path) -> bool:
    """Whether headquarters could let a locked-out officer in again."""
    return bool(read_slots(home).get("recovery", ""))


def rewrap(home: Path, key: bytes, passphrase: str, cost: Cost | None = None) -> None:
    """Put one new slot in place of all: after a recovery no former passphrase opens the home, and nothing binds it to
    a machine, since the recovery may be for one whose secret was lost."""
    check_strength(passphrase)
    state = {name: value for name, value in read_slots(home).items() if name != MACHINE}
    fresh = {"format": FORMAT, "slots": [_wrap(key, passphrase, cost)], "wrong": 0, "wait": 0.0, "since": 0.0}
    write_slots(home, {**state, **fresh})


def destroy_slots(home: Path) -> None:
    """Destroy every way into the home at once: the file is written over, then replaced by a mark. There is no undo
    but a backup and headquarters."""
    path = home / SLOTS
    with path.open("r+b") as file:
        size = max(path.stat().st_size, 4096)
        file.write(secrets.token_bytes(size))
        file.flush()
        os.fsync(file.fileno())
    write_slots(home, {"format": FORMAT, "destroyed": True})


def change_passphrase(
    home: Path,
    old: str,
    new: str,
    cost: Cost | None = None,
    now: Callable[[], float] = time.monotonic,
    machine: MachineSecrets | None = None,
) -> None:
    """Wrap the data key under a new passphrase in place of the old one's slot; errors as `unlock` and
    `create_slots`. On any error the old passphrase still opens the home."""
    check_strength(new)
    key = unlock(home, old, now, machine)
    state = read_slots(home)
    opened = [_open(slot, old) is not None for slot in loosened(state, machine)]
    kept = [slot for slot, his in zip(state["slots"], opened, strict=True) if not his]
    officer = str(state["slots"][opened.index(True)].get("officer", ""))
    fresh = _as_the_others(state, _wrap(key, new, cost, officer), key, machine)
    write_slots(home, {**state, "slots": [fresh, *kept]})


def _check_wait(state: dict[str, Any], now: float) -> None:
    # The monotone clock runs on over programs and starts anew with the machine: then what ran since counts.
    since = float(state["since"])
    passed = now - since if now >= since else now
    left = float(state["wait"]) - passed
    if left > 0:
        raise FieldtoolError(ErrorCode.PASSPHRASE_WAIT, values={"seconds": int(left) + 1, "wrong": state["wrong"]})


def _wrap(key: bytes, passphrase: str, cost: Cost | None, officer: str = "") -> dict[str, Any]:
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    if cost is None:
        cost = calibrated()
    kind = {"kind": "passphrase", "kdf": "argon2id", "cost": asdict(cost), "salt": salt.hex()}
    if officer:
        kind["officer"] = officer
    wrapping = derive(passphrase, salt, cost)
    wrapped = AESGCM(wrapping).encrypt(nonce, key, _bound(kind))
    return {**kind, "nonce": nonce.hex(), "wrapped": wrapped.hex()}


def calibrated() -> Cost:
    """The full cost, or the floor on a machine that is slow or has not the memory."""
    start = time.perf_counter()
    try:
        derive("đo tốc độ máy", b"fieldtool-timing", FLOOR)
    except MemoryError:
        return FLOOR
    return FULL if 2 * (time.perf_counter() - start) <= _SLOW else FLOOR


def derive(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    """A key of 32 bytes from a passphrase, by Argon2id."""
    secret = unicodedata.normalize("NFC", passphrase).encode("utf-8")
    return hash_secret_raw(
        secret,
        salt,
        time_cost=cost.passes,
        memory_cost=cost.memory_kib,
        parallelism=cost.lanes,
        hash_len=KEY_BYTES,
        type=Type.ID,
    )


def _bound(slot: dict[str, Any]) -> bytes:
    """What the wrapping vouches for beside the key: the slot's own description."""
    described = {name: slot[name] for name in ("kind", "kdf", "cost", "salt", "officer") if name in slot}
    return json.dumps([FORMAT, described], sort_keys=True).encode("utf-8")


def _open_any(slots: list[dict[str, Any]], passphrase: str) -> bytes | None:
    for slot in slots:
        key = _open(slot, passphrase)
        if key is not None:
            return key
    return None


def _open(slot: dict[str, Any], passphrase: str) -> bytes | None:
    wrapping = derive(passphrase, bytes.fromhex(slot["salt"]), Cost(**slot["cost"]))
    try:
        key = AESGCM(wrapping).decrypt(bytes.fromhex(slot["nonce"]), bytes.fromhex(slot["wrapped"]), _bound(slot))
    except InvalidTag:
        return None
    return key if len(key) == KEY_BYTES else None
