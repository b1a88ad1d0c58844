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
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.trust.passphrases import check_strength

SLOTS = "slots.json"
FORMAT = "fieldtool-slots/1"
KEY_BYTES = 32
FREE_TRIES = 10
LONGEST_WAIT = 3600.0  # seconds
_FIRST_WAIT = 30.0


@dataclass(frozen=True, slots=True)
class Cost:
    """What one try costs: Argon2id memory in KiB, passes, lanes. The floor for real homes is 128 MiB."""

    memory_kib: int
    passes: int
    lanes: int


FULL = Cost(256 * 1024, 3, 2)
FLOOR = Cost(128 * 1024, 3, 2)
_SLOW = 2.0  # seconds; a machine that needs longer for the full cost gets the floor


def create_slots(home: Path, passphrase: str, cost: Cost | None = None) -> bytes:
    """Make a new data key of 32 bytes and the slot file that wraps it. WEAK_PASSPHRASE, HOME_EXISTS, DISK_FULL or
    NOT_WRITABLE. `cost` is for tests; without it the machine is measured."""
    check_strength(passphrase)
    if (home / SLOTS).exists():
        raise FieldtoolError(ErrorCode.HOME_EXISTS, values={"folder": str(home)})
    key = secrets.token_bytes(KEY_BYTES)
    _write(home, {"format": FORMAT, "slots": [_wrap(key, passphrase, cost)], "wrong": 0})
    return key


def unlock(home: Path, passphrase: str, now: Callable[[], float] = time.monotonic) -> bytes:
    """The data key. WRONG_PASSPHRASE, PASSPHRASE_WAIT after ten wrong tries, NO_HOME, HOME_DAMAGED, HOME_TOO_NEW,
    SLOTS_DESTROYED."""
    state = _read(home)
    _check_wait(state, now())
    key = _open_any(state, passphrase)
    if key is not None:
        if state["wrong"]:
            _write(home, {**state, "wrong": 0, "wait": 0.0, "since": 0.0})
        return key
    wrong = int(state["wrong"]) + 1
    _write(home, {**state, "wrong": wrong, "wait": _wait_for(wrong), "since": now()})
    raise FieldtoolError(ErrorCode.WRONG_PASSPHRASE, values={"wrong": wrong})


def _wait_for(wrong: int) -> float:
    """Seconds to wait after so many wrong tries: none for the first ten, then doubling up to an hour."""
    over = wrong - FREE_TRIES
    return min(LONGEST_WAIT, _FIRST_WAIT * 2 ** min(over, 20)) if over >= 0 else 0.0


def add_slot(home: Path, key: bytes, officer: str, passphrase: str, cost: Cost | None = None) -> None:
    """Give an officer his own slot, in place of one he had; WEAK_PASSPHRASE."""
    check_strength(passphrase)
    state = _read(home)
    kept = [slot for slot in state["slots"] if slot.get("officer") != officer]
    _write(home, {**state, "slots": [*kept, _wrap(key, passphrase, cost, officer)]})


def remove_slot(home: Path, officer: str) -> bool:
    """Take an officer's slot away; False when he has none, or when it is the last."""
    state = _read(home)
    kept = [slot for slot in state["slots"] if slot.get("officer") != officer]
    if not kept or len(kept) == len(state["slots"]):
        return False
    _write(home, {**state, "slots": kept})
    return True


def officers(home: Path) -> list[str]:
    """Whose slots there are, the unnamed first one as ""."""
    return [str(slot.get("officer", "")) for slot in _read(home)["slots"]]


def keep_recovery(home: Path, sealed: str) -> None:
    """Keep the data key sealed to headquarters, for an officer who forgets his passphrase."""
    state = _read(home)
    if state.get("recovery", "") != sealed:
        _write(home, {**state, "recovery": sealed})


def recovery_of(home: Path) -> str:
    """The data key as it is sealed to headquarters; NO_RECOVERY when there is none."""
    sealed = str(_read(home).get("recovery", ""))
    if not sealed:
        raise FieldtoolError(ErrorCode.NO_RECOVERY)
    return sealed


def rewrap(home: Path, key: bytes, passphrase: str, cost: Cost | None = None) -> None:
    """Put one new slot in place of all: after a recovery no former passphrase opens the home."""
    check_strength(passphrase)
    state = _read(home)
    _write(home, {**state, "slots": [_wrap(key, passphrase, cost)], "wrong": 0, "wait": 0.0, "since": 0.0})


def destroy_slots(home: Path) -> None:
    """Destroy every way into the home at once: the file is written over, then replaced by a mark. There is no undo
    but a backup and headquarters."""
    path = home / SLOTS
    with path.open("r+b") as file:
        size = max(path.stat().st_size, 4096)
        file.write(secrets.token_bytes(size))
        file.flush()
        os.fsync(file.fileno())
    _write(home, {"format": FORMAT, "destroyed": True})


def change_passphrase(
    home: Path, old: str, new: str, cost: Cost | None = None, now: Callable[[], float] = time.monotonic
) -> None:
    """Wrap the data key under a new passphrase in place of the old one's slot; errors as `unlock` and
    `create_slots`. On any error the old passphrase still opens the home."""
    check_strength(new)
    key = unlock(home, old, now)
    state = _read(home)
    opened = [slot for slot in state["slots"] if _open(slot, old) is not None]
    kept = [slot for slot in state["slots"] if slot not in opened]
    officer = str(opened[0].get("officer", "")) if opened else ""
    _write(home, {**state, "slots": [_wrap(key, new, cost, officer), *kept]})


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
        cost = _calibrated()
    kind = {"kind": "passphrase", "kdf": "argon2id", "cost": asdict(cost), "salt": salt.hex()}
    if officer:
        kind["officer"] = officer
    wrapping = _derive(passphrase, salt, cost)
    wrapped = AESGCM(wrapping).encrypt(nonce, key, _bound(kind))
    return {**kind, "nonce": nonce.hex(), "wrapped": wrapped.hex()}


def _calibrated() -> Cost:
    """The full cost, or the floor on a machine that is slow or has not the memory."""
    start = time.perf_counter()
    try:
        _derive("đo tốc độ máy", b"fieldtool-timing", FLOOR)
    except MemoryError:
        return FLOOR
    return FULL if 2 * (time.perf_counter() - start) <= _SLOW else FLOOR


def _derive(passphrase: str, salt: bytes, cost: Cost) -> bytes:
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


def _open_any(state: dict[str, Any], passphrase: str) -> bytes | None:
    for slot in state["slots"]:
        key = _open(slot, passphrase)
        if key is not None:
            return key
    return None


def _open(slot: dict[str, Any], passphrase: str) -> bytes | None:
    wrapping = _derive(passphrase, bytes.fromhex(slot["salt"]), Cost(**slot["cost"]))
    try:
        key = AESGCM(wrapping).decrypt(bytes.fromhex(slot["nonce"]), bytes.fromhex(slot["wrapped"]), _bound(slot))
    except InvalidTag:
        return None
    return key if len(key) == KEY_BYTES else None


def _read(home: Path) -> dict[str, Any]:
    try:
        text = (home / SLOTS).read_text(encoding="utf-8")
    except FileNotFoundError as missing:
        raise FieldtoolError(ErrorCode.NO_HOME, values={"folder": str(home)}) from missing
    except (OSError, UnicodeDecodeError) as trouble:
        raise FieldtoolError(ErrorCode.HOME_DAMAGED, values={"detail": f"{SLOTS}: {trouble}"}) from trouble
    try:
        return _checked(json.loads(text))
    except (ValueError, KeyError, TypeError, RecursionError) as trouble:
        raise FieldtoolError(ErrorCode.HOME_DAMAGED, values={"detail": SLOTS}) from trouble


def _checked(state: Any) -> dict[str, Any]:
    if str(state["format"]) != FORMAT:
        raise FieldtoolError(ErrorCode.HOME_TOO_NEW, values={"detail": str(state["format"])})
    if state.get("destroyed"):
        raise FieldtoolError(ErrorCode.SLOTS_DESTROYED)
    for slot in state["slots"]:
        cost = Cost(**slot["cost"])
        # A slot file that asks for absurd work is damage or malice, not a passphrase to try.
        if not (8 <= cost.memory_kib <= 4 * FULL.memory_kib and 1 <= cost.passes <= 20 and 1 <= cost.lanes <= 8):
            raise ValueError(SLOTS)
        for name, length in (("salt", 16), ("nonce", 12), ("wrapped", KEY_BYTES + 16)):
            if len(bytes.fromhex(slot[name])) != length:
                raise ValueError(SLOTS)
    if not state["slots"]:
        raise ValueError(SLOTS)
    wrong = int(state["wrong"])
    wait = float(state.get("wait", _wait_for(wrong)))  # files of before kept a wall clock's time instead
    return {**state, "wrong": wrong, "wait": wait, "since": float(state.get("since", 0.0))}


def _write(home: Path, state: dict[str, Any]) -> None:
    """Put the slot file in place at once or not at all."""
    temporary = home / (SLOTS + ".new")
    try:
        with temporary.open("w", encoding="utf-8") as file:
            json.dump(state, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(home / SLOTS)
    except OSError as trouble:
        code = ErrorCode.DISK_FULL if trouble.errno == 28 else ErrorCode.NOT_WRITABLE
        raise FieldtoolError(code, values={"file": SLOTS, "detail": str(trouble)}) from trouble
