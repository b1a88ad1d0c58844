"""Slots: the right passphrase opens, a wrong one waits, and no cut leaves a home that nothing opens."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.trust import unlocking
from fieldtool.trust.unlocking import (
    FLOOR,
    FREE_TRIES,
    SLOTS,
    Cost,
    add_slot,
    change_passphrase,
    create_slots,
    destroy_slots,
    officers,
    remove_slot,
    unlock,
)

CHEAP = Cost(64, 1, 1)
RIGHT = "bốn con trâu qua suối"
WRONG = "năm con trâu qua suối"


def _code(act: Callable[[], object]) -> ErrorCode:
    with pytest.raises(FieldtoolError) as caught:
        act()
    return caught.value.code


def test_only_the_right_passphrase_opens(tmp_path: Path) -> None:
    key = create_slots(tmp_path, RIGHT, CHEAP)
    assert len(key) == 32
    assert unlock(tmp_path, RIGHT) == key
    assert _code(lambda: unlock(tmp_path, WRONG)) is ErrorCode.WRONG_PASSPHRASE
    assert key.hex() not in (tmp_path / SLOTS).read_text(encoding="utf-8")


def test_every_way_of_typing_vietnamese_opens(tmp_path: Path) -> None:
    key = create_slots(tmp_path, unicodedata.normalize("NFD", RIGHT), CHEAP)
    assert unlock(tmp_path, unicodedata.normalize("NFC", RIGHT)) == key


def test_the_wait_doubles_to_an_hour_and_survives_a_restart(tmp_path: Path) -> None:
    key = create_slots(tmp_path, RIGHT, CHEAP)
    now = 1_000_000.0
    waits: list[float] = []

    def tried_at(passphrase: str, moment: float) -> ErrorCode:
        return _code(lambda: unlock(tmp_path, passphrase, lambda: moment))

    for tried in range(22):
        assert tried_at(WRONG, now) is ErrorCode.WRONG_PASSPHRASE
        wait = json.loads((tmp_path / SLOTS).read_text(encoding="utf-8"))["wait"]
        waits.append(wait)
        if wait:  # nothing opens before, the right passphrase included
            assert tried_at(RIGHT, now + wait - 1) is ErrorCode.PASSPHRASE_WAIT
        assert (wait > 0) == (tried + 1 >= FREE_TRIES)
        now += wait
    assert waits[FREE_TRIES - 1 : FREE_TRIES + 2] == [30.0, 60.0, 120.0]
    assert waits[-1] == 3600.0
    assert unlock(tmp_path, RIGHT, lambda: now) == key
    assert json.loads((tmp_path / SLOTS).read_text(encoding="utf-8"))["wrong"] == 0


def test_a_clock_set_back_does_not_lock_for_years(tmp_path: Path) -> None:
    create_slots(tmp_path, RIGHT, CHEAP)
    for _ in range(FREE_TRIES):
        _code(lambda: unlock(tmp_path, WRONG, lambda: 2_000_000_000.0))
    with pytest.raises(FieldtoolError) as caught:
        unlock(tmp_path, RIGHT, lambda: 0.0)
    assert caught.value.values["seconds"] <= 3601  # type: ignore[operator]


def test_a_restart_of_the_machine_does_not_shorten_the_wait(tmp_path: Path) -> None:
    key = create_slots(tmp_path, RIGHT, CHEAP)
    for _ in range(FREE_TRIES):
        _code(lambda: unlock(tmp_path, WRONG, lambda: 5_000.0))
    assert _code(lambda: unlock(tmp_path, RIGHT, lambda: 10.0)) is ErrorCode.PASSPHRASE_WAIT  # ten seconds after boot
    assert unlock(tmp_path, RIGHT, lambda: 31.0) == key


def test_each_officer_has_his_own_slot(tmp_path: Path) -> None:
    key = create_slots(tmp_path, RIGHT, CHEAP)
    add_slot(tmp_path, key, "cb-2", WRONG, CHEAP)
    assert unlock(tmp_path, WRONG) == unlock(tmp_path, RIGHT) == key
    assert officers(tmp_path) == ["", "cb-2"]
    change_passphrase(tmp_path, WRONG, "ba con mèo leo núi", CHEAP)
    assert sorted(officers(tmp_path)) == ["", "cb-2"]
    assert remove_slot(tmp_path, "cb-2") is True
    assert _code(lambda: unlock(tmp_path, "ba con mèo leo núi")) is ErrorCode.WRONG_PASSPHRASE
    assert remove_slot(tmp_path, "") is False  # the last way in stays


def test_panic_leaves_no_way_in(tmp_path: Path) -> None:
    create_slots(tmp_path, RIGHT, CHEAP)
    wrapped = json.loads((tmp_path / SLOTS).read_text(encoding="utf-8"))["slots"][0]["wrapped"]
    destroy_slots(tmp_path)
    assert _code(lambda: unlock(tmp_path, RIGHT)) is ErrorCode.SLOTS_DESTROYED
    assert all(wrapped.encode() not in file.read_bytes() for file in tmp_path.iterdir())


def test_changing_the_passphrase_wraps_the_same_key(tmp_path: Path) -> None:
    key = create_slots(tmp_path, RIGHT, CHEAP)
    change_passphrase(tmp_path, RIGHT, WRONG, CHEAP)
    assert unlock(tmp_path, WRONG) == key
    assert _code(lambda: unlock(tmp_path, RIGHT)) is ErrorCode.WRONG_PASSPHRASE
    assert _code(lambda: change_passphrase(tmp_path, RIGHT, WRONG, CHEAP)) is ErrorCode.WRONG_PASSPHRASE
    assert _code(lambda: change_passphrase(tmp_path, WRONG, "ngắn", CHEAP)) is ErrorCode.WEAK_PASSPHRASE
    assert unlock(tmp_path, WRONG) == key


def test_a_failed_write_leaves_the_old_slots(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = create_slots(tmp_path, RIGHT, CHEAP)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(unlocking.os, "fsync", full)
        assert _code(lambda: change_passphrase(tmp_path, RIGHT, WRONG, CHEAP)) is ErrorCode.DISK_FULL
    assert unlock(tmp_path, RIGHT) == key


@pytest.mark.parametrize(
    "passphrase",
    [
        "",
        "ngắn",
        "mười một k",
        "111111111111",
        "123456789012",
        "abcabcabcabc",
        "matkhau123456",
        "Password 12345",
        "qwertyuiop12",
    ],
)
def test_weak_passphrases_are_refused(tmp_path: Path, passphrase: str) -> None:
    assert _code(lambda: create_slots(tmp_path, passphrase, CHEAP)) is ErrorCode.WEAK_PASSPHRASE
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "passphrase", [RIGHT, "correct horse battery staple", "bản thực hành trên núi 2026", "mèo-ăn-cá-kho"]
)
def test_good_passphrases_are_taken(tmp_path: Path, passphrase: str) -> None:
    assert create_slots(tmp_path, passphrase, CHEAP)


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", "null", '{"format": "fieldtool-slots/1", "slots": [], "wrong": 0, "until": 0}', "[" * 100_000],
)
def test_damaged_slots_are_called_damaged(tmp_path: Path, text: str) -> None:
    (tmp_path / SLOTS).write_text(text, encoding="utf-8")
    assert _code(lambda: unlock(tmp_path, RIGHT)) is ErrorCode.HOME_DAMAGED


def test_every_changed_digit_of_a_slot_is_noticed(tmp_path: Path) -> None:
    create_slots(tmp_path, RIGHT, CHEAP)
    good = json.loads((tmp_path / SLOTS).read_text(encoding="utf-8"))
    for name in ("salt", "nonce", "wrapped"):
        text = good["slots"][0][name]
        spoiled = {**good, "slots": [{**good["slots"][0], name: ("0" if text[0] != "0" else "1") + text[1:]}]}
        (tmp_path / SLOTS).write_text(json.dumps(spoiled), encoding="utf-8")
        assert _code(lambda: unlock(tmp_path, RIGHT)) is ErrorCode.WRONG_PASSPHRASE


def test_a_newer_slot_file_and_a_missing_one(tmp_path: Path) -> None:
    assert _code(lambda: unlock(tmp_path, RIGHT)) is ErrorCode.NO_HOME
    (tmp_path / SLOTS).write_text('{"format": "fieldtool-slots/9"}', encoding="utf-8")
    assert _code(lambda: unlock(tmp_path, RIGHT)) is ErrorCode.HOME_TOO_NEW


def test_a_real_home_is_never_below_the_floor(tmp_path: Path, real_cost: Callable[[], Cost]) -> None:
    create_slots(tmp_path, RIGHT)
    cost = json.loads((tmp_path / SLOTS).read_text(encoding="utf-8"))["slots"][0]["cost"]
    assert cost["memory_kib"] >= FLOOR.memory_kib >= 128 * 1024
    assert cost["passes"] >= 3
