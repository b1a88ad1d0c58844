"""The file of the key slots: read with suspicion, put in place at once or not at all.

Format 1 holds passphrase slots; format 2 says that they are bound to this machine, so that an older program refuses
it as too new and not as damaged.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fieldtool.records.errors import ErrorCode, FieldtoolError

SLOTS = "slots.json"
FORMAT, BOUND_FORMAT = "fieldtool-slots/1", "fieldtool-slots/2"
MACHINE = "machine"  # how the secret of this machine is found again; only in the bound format
KEY_BYTES = 32
FREE_TRIES = 10
LONGEST_WAIT = 3600.0  # seconds
_FIRST_WAIT = 30.0
_WRAPPED = 12 + KEY_BYTES + 16  # nonce, key, tag
_SIZES = (("salt", 16), ("nonce", 12), ("wrapped", KEY_BYTES + 16))
_BOUND_SIZES = (("salt", 16), ("bound", _WRAPPED + 28), ("portable", _WRAPPED + 28))


@dataclass(frozen=True, slots=True)
class Cost:
    """What one try costs: Argon2id memory in KiB, passes, lanes. The floor for real homes is 128 MiB."""

    memory_kib: int
    passes: int
    lanes: int


FULL = Cost(256 * 1024, 3, 2)
FLOOR = Cost(128 * 1024, 3, 2)


def wait_for(wrong: int) -> float:
    """Seconds to wait after so many wrong tries: none for the first ten, then doubling up to an hour."""
    over = wrong - FREE_TRIES
    return min(LONGEST_WAIT, _FIRST_WAIT * 2 ** min(over, 20)) if over >= 0 else 0.0


def read_slots(home: Path) -> dict[str, Any]:
    """The slot file, checked; NO_HOME, HOME_DAMAGED, HOME_TOO_NEW, SLOTS_DESTROYED."""
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
    if str(state["format"]) not in (FORMAT, BOUND_FORMAT):
        raise FieldtoolError(ErrorCode.HOME_TOO_NEW, values={"detail": str(state["format"])})
    if state.get("destroyed"):
        raise FieldtoolError(ErrorCode.SLOTS_DESTROYED)
    for slot in state["slots"]:
        cost = Cost(**slot["cost"])
        # A slot file that asks for absurd work is damage or malice, not a passphrase to try.
        if not (8 <= cost.memory_kib <= 4 * FULL.memory_kib and 1 <= cost.passes <= 20 and 1 <= cost.lanes <= 8):
            raise ValueError(SLOTS)
        for name, length in _BOUND_SIZES if MACHINE in state else _SIZES:
            if len(bytes.fromhex(slot[name])) != length:
                raise ValueError(SLOTS)
    if not state["slots"]:
        raise ValueError(SLOTS)
    wrong = int(state["wrong"])
    wait = float(state.get("wait", wait_for(wrong)))  # files of before kept a wall clock's time instead
    return {**state, "wrong": wrong, "wait": wait, "since": float(state.get("since", 0.0))}


def write_slots(home: Path, state: dict[str, Any]) -> None:
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
