"""A forgotten passphrase: the home's key, sealed to headquarters beforehand, comes back sealed to a key made for it.

The officer who asks reads six words to headquarters, which hears that nobody swapped the request on the way.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.exchange import DeviceCard, Role
from fieldtool.trust import unlocking
from fieldtool.trust.keys import MODERN, HomeKeys
from fieldtool.trust.sealing import CannotOpen
from fieldtool.trust.suite import suite_named
from fieldtool.trust.words import words_for

REQUEST = "fieldtool-khoi-phuc/1"
ANSWER = "fieldtool-khoi-phuc-tra-loi/1"
_HEAD = b"fieldtool-khoi-phuc/1\n"  # without it headquarters would open anything that was ever sealed to it
_PENDING = "recovery.key"  # opens one answer, lies beside the home until it came


def seal_recovery(home: Path, key: bytes, device: str, cards: Sequence[DeviceCard]) -> bool:
    """Seal the home's key to headquarters' machines, once for each set of them; False without headquarters."""
    recipients = sorted(card.seal_key for card in cards if card.role == Role.HEADQUARTERS)
    if not recipients:
        return False
    try:
        held = json.loads(unlocking.recovery_of(home))
    except FieldtoolError:
        held = {}
    if held.get("to") != recipients:
        suite = next(card.suite for card in cards if card.role == Role.HEADQUARTERS)
        sealed = suite_named(suite).seal(_HEAD + device.encode("ascii") + b"\n" + key, recipients).hex()
        unlocking.keep_recovery(home, json.dumps({"suite": suite, "to": recipients, "sealed": sealed}))
    return True


def ask(home: Path) -> tuple[str, tuple[str, ...]]:
    """The text of a request for recovery, and its six words; NO_RECOVERY. Needs no passphrase."""
    held = json.loads(unlocking.recovery_of(home))
    suite = str(held.get("suite", MODERN))  # kept by a program that knew one suite
    identity, recipient = suite_named(suite).new_seal_key()
    (home / _PENDING).write_text(f"{suite} {identity}", encoding="ascii")
    told = {"format": REQUEST, "suite": suite, "sealed": held["sealed"], "to": recipient}
    text = json.dumps(told, indent=1, sort_keys=True)
    return text, words_for(recipient.encode("ascii"))


def words_of(text: str) -> tuple[str, ...]:
    """The six words of a request, to be compared before it is answered; BAD_REQUEST_FILE."""
    return words_for(_read(text, REQUEST)["to"].encode("ascii"))


def answer(keys: HomeKeys, text: str) -> tuple[str, str]:
    """Headquarters' answer, the same key sealed to the request, and whose machine it opens. BAD_REQUEST_FILE;
    NO_RECOVERY when the seal is for another headquarters or holds anything but a home's key."""
    data = _read(text, REQUEST)
    try:
        content = keys.unseal(bytes.fromhex(data["sealed"]))
    except FieldtoolError as closed:
        raise FieldtoolError(ErrorCode.NO_RECOVERY) from closed
    device, _, key = content.removeprefix(_HEAD).partition(b"\n")
    if not content.startswith(_HEAD) or len(key) != unlocking.KEY_BYTES or len(device) > 64:
        raise FieldtoolError(ErrorCode.NO_RECOVERY)
    sealed = suite_named(data["suite"]).seal(key, [data["to"]])
    return json.dumps({"format": ANSWER, "sealed": sealed.hex()}, indent=1, sort_keys=True), device.decode("ascii")


def finish(home: Path, text: str, passphrase: str) -> None:
    """Open headquarters' answer and wrap the key under a new passphrase; every former one is void."""
    data = _read(text, ANSWER)
    try:
        suite, _, identity = (home / _PENDING).read_text(encoding="ascii").rpartition(" ")
        key = suite_named(suite or MODERN).unseal(bytes.fromhex(data["sealed"]), identity)
    except (OSError, ValueError, CannotOpen) as closed:
        raise FieldtoolError(ErrorCode.NO_RECOVERY) from closed
    unlocking.rewrap(home, key, passphrase)
    (home / _PENDING).unlink(missing_ok=True)


def _read(text: str, format: str) -> dict[str, str]:
    try:
        data = json.loads(text)
        if data["format"] != format:
            raise ValueError("format")
        suite = str(data.get("suite", MODERN))
        found = {"suite": suite} | {
            name: str(data[name]) for name in ("sealed", *(("to",) if format == REQUEST else ()))
        }
        bytes.fromhex(found["sealed"])
        if "to" in found and not suite_named(suite).is_seal_key(found["to"]):
            raise ValueError("to")
    except (ValueError, KeyError, TypeError, RecursionError) as trouble:
        raise FieldtoolError(ErrorCode.BAD_REQUEST_FILE, values={"detail": str(trouble)[:80]}) from trouble
    return found
