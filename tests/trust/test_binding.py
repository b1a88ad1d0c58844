"""Slots bound to a machine: a copy does not open elsewhere, and every way back still does."""

from __future__ import annotations

import json
import shutil
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from exchange_homes import homes

from fieldtool.machine.machine_secrets import DpapiSecrets, FileSecrets
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.trust import binding, recovery, unlocking
from fieldtool.trust.keys import HomeKeys
from fieldtool.trust.unlocking import FREE_TRIES, SLOTS, Cost, create_slots, unlock

CHEAP = Cost(64, 1, 1)
RIGHT, NEW = "bốn con trâu qua suối", "ngọn núi phía sau nhà"


class Memory:
    """A machine that keeps secrets in memory; `lost` is what an administrator's new password does to it."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.lost = False

    def protect(self, secret: bytes) -> str:
        token = f"memory:{len(self.kept)}"
        self.kept[token] = secret
        return token

    def reveal(self, token: str) -> bytes | None:
        return None if self.lost else self.kept.get(token)

    def forget(self, token: str) -> None:
        self.kept.pop(token, None)


def _code(act: Callable[[], object]) -> ErrorCode:
    with pytest.raises(FieldtoolError) as caught:
        act()
    return caught.value.code


@pytest.fixture(name="bound")
def _bound(tmp_path: Path) -> tuple[Path, bytes, Memory]:
    home, here = tmp_path / "home", Memory()
    home.mkdir()
    key = create_slots(home, RIGHT, CHEAP)
    assert binding.bind(home, key, here)
    return home, key, here


def test_a_copied_home_opens_on_its_own_machine_alone(bound: tuple[Path, bytes, Memory], tmp_path: Path) -> None:
    home, key, here = bound
    copy = shutil.copytree(home, tmp_path / "copy")
    assert unlock(home, RIGHT, machine=here) == key
    assert _code(lambda: unlock(copy, RIGHT, machine=Memory())) is ErrorCode.OTHER_MACHINE
    assert _code(lambda: unlock(copy, RIGHT)) is ErrorCode.OTHER_MACHINE
    elsewhere = Memory()
    elsewhere.protect(bytes(32))  # the same token, another secret
    assert _code(lambda: unlock(copy, RIGHT, machine=elsewhere)) is ErrorCode.OTHER_MACHINE
    for _ in range(FREE_TRIES + 2):  # no try was counted: the officer's passphrase is not at fault
        assert _code(lambda: unlock(home, RIGHT, machine=Memory())) is ErrorCode.OTHER_MACHINE
    assert unlock(home, RIGHT, machine=here) == key


def test_the_machine_alone_opens_nothing(bound: tuple[Path, bytes, Memory]) -> None:
    home, key, here = bound
    assert _code(lambda: unlock(home, NEW, machine=here)) is ErrorCode.WRONG_PASSPHRASE
    text = (home / SLOTS).read_text(encoding="utf-8")
    assert key.hex() not in text
    assert next(iter(here.kept.values())).hex() not in text
    assert "wrapped" not in text  # the slot of before, which the passphrase alone opens, is gone


def test_officers_come_go_and_change_in_a_bound_home(bound: tuple[Path, bytes, Memory]) -> None:
    home, key, here = bound
    unlocking.add_slot(home, key, "Vi Thị Thử", NEW, CHEAP, here)
    assert unlock(home, NEW, machine=here) == key
    unlocking.change_passphrase(home, RIGHT, "ba cây cầu tre cũ", CHEAP, machine=here)
    assert unlock(home, "ba cây cầu tre cũ", machine=here) == key
    assert _code(lambda: unlock(home, RIGHT, machine=here)) is ErrorCode.WRONG_PASSPHRASE
    assert unlocking.remove_slot(home, "Vi Thị Thử")
    assert _code(lambda: unlock(home, NEW, machine=here)) is ErrorCode.WRONG_PASSPHRASE
    here.lost = True
    before = (home / SLOTS).read_bytes()
    assert _code(lambda: unlocking.add_slot(home, key, "X", NEW, CHEAP, here)) is ErrorCode.OTHER_MACHINE
    assert (home / SLOTS).read_bytes() == before


def test_what_a_backup_holds_opens_anywhere_with_the_passphrase(
    bound: tuple[Path, bytes, Memory], tmp_path: Path
) -> None:
    home, key, here = bound
    unlocking.add_slot(home, key, "Vi Thị Thử", NEW, CHEAP, here)
    here.lost = True  # a backup of an open home needs the secret no more
    (tmp_path / SLOTS).write_bytes(binding.portable(home, key))
    assert unlock(tmp_path, RIGHT) == unlock(tmp_path, NEW) == key
    assert not binding.is_bound(tmp_path)


def test_loosening_needs_no_secret_and_binding_twice_does_nothing(bound: tuple[Path, bytes, Memory]) -> None:
    home, key, here = bound
    assert not binding.bind(home, key, here)
    here.lost = True
    assert binding.loosen(home, key, here)
    assert not binding.loosen(home, key, here)
    assert unlock(home, RIGHT) == key
    assert here.kept == {}


def test_headquarters_lets_in_an_officer_whose_machine_lost_its_secret(tmp_path: Path) -> None:
    home, here = tmp_path / "slots", Memory()
    with homes(tmp_path) as (office, laptop):
        home.mkdir()
        key = create_slots(home, RIGHT, CHEAP)
        assert recovery.seal_recovery(home, key, "m01", laptop.keys.trusted())
        binding.bind(home, key, here)
        here.lost = True
        text, _ = recovery.ask(home)
        assert isinstance(office.keys, HomeKeys)
        answer, _ = recovery.answer(office.keys, text)
        recovery.finish(home, answer, NEW)
        assert unlock(home, NEW, machine=here) == key
        assert not binding.is_bound(home)


def test_a_machine_that_does_not_give_the_secret_back_binds_nothing(tmp_path: Path) -> None:
    key, here = create_slots(tmp_path, RIGHT, CHEAP), Memory()
    here.lost = True
    assert _code(lambda: binding.bind(tmp_path, key, here)) is ErrorCode.NO_MACHINE_SECRET
    assert unlock(tmp_path, RIGHT) == key


def test_a_full_disk_while_binding_leaves_the_home_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key, here = create_slots(tmp_path, RIGHT, CHEAP), Memory()

    def full(_descriptor: int) -> None:
        raise OSError(28, "full")

    with monkeypatch.context() as patch:
        patch.setattr("fieldtool.trust.slot_file.os.fsync", full)
        assert _code(lambda: binding.bind(tmp_path, key, here)) is ErrorCode.DISK_FULL
    assert here.kept == {}
    assert unlock(tmp_path, RIGHT) == key


@pytest.mark.parametrize("name", ["bound", "machine", "format", "salt"])
def test_a_damaged_bound_slot_file_is_named_and_never_opens(bound: tuple[Path, bytes, Memory], name: str) -> None:
    home, _, here = bound
    state = json.loads((home / SLOTS).read_text(encoding="utf-8"))
    if name in state:
        state[name] = "khác"
    else:
        text = state["slots"][0][name]
        state["slots"][0][name] = ("0" if text[0] != "0" else "1") + text[1:]
    (home / SLOTS).write_text(json.dumps(state), encoding="utf-8")
    wanted = ErrorCode.HOME_TOO_NEW if name == "format" else ErrorCode.OTHER_MACHINE
    assert _code(lambda: unlock(home, RIGHT, machine=here)) is wanted


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no modes of 0600; its twin is the DPAPI test")
def test_the_file_of_a_secret_is_its_owners_alone(tmp_path: Path) -> None:
    here = FileSecrets(tmp_path / "machine")
    token = here.protect(b"s" * 32)
    (file,) = (tmp_path / "machine").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert here.reveal(token) == b"s" * 32
    assert FileSecrets(tmp_path / "other").reveal(token) is None
    assert here.reveal("file:../machine/" + file.name) is None
    assert here.reveal("dpapi:00") is None
    file.chmod(0o644)
    assert here.reveal(token) is None  # others may have read it
    here.forget(token)
    here.forget(token)
    assert not file.exists()
    (tmp_path / "file").write_bytes(b"")
    assert _code(lambda: FileSecrets(tmp_path / "file").protect(b"s" * 32)) is ErrorCode.NO_MACHINE_SECRET


@pytest.mark.skipif(sys.platform != "win32", reason="DPAPI is a part of Windows; its twin is the file test")
def test_dpapi_gives_back_what_it_kept_and_nothing_else() -> None:
    here = DpapiSecrets()
    token = here.protect(b"s" * 32)
    assert (b"s" * 32).hex() not in token
    assert here.reveal(token) == b"s" * 32
    changed = token[:-8] + ("0" * 8 if token[-8:] != "0" * 8 else "1" * 8)
    assert here.reveal(changed) is None
    assert here.reveal("dpapi:không phải hex") is None
    assert here.reveal("file:" + "0" * 32) is None
