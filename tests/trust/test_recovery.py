"""A forgotten passphrase comes back through headquarters, and through nobody else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from exchange_homes import fill, homes

from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.trust import recovery, suite_modern, unlocking
from fieldtool.trust.keys import HomeKeys
from fieldtool.trust.unlocking import Cost, create_slots, unlock
from fieldtool.usecases.export_bundle import export_bundle

OLD, NEW = "con trâu trắng ở bản Đửa", "ngọn núi phía sau nhà"


def test_the_drill_of_a_forgotten_passphrase(tmp_path: Path) -> None:
    with homes(tmp_path) as (office, laptop):
        home = tmp_path / "slots"
        home.mkdir()
        key = create_slots(home, OLD, Cost(64, 1, 1))
        assert recovery.seal_recovery(home, key, "m01", laptop.keys.trusted())
        text, words = recovery.ask(home)
        assert recovery.words_of(text) == words
        assert isinstance(office.keys, HomeKeys)
        assert isinstance(laptop.keys, HomeKeys)
        with pytest.raises(FieldtoolError) as refused:
            recovery.answer(laptop.keys, text)
        assert refused.value.code is ErrorCode.NO_RECOVERY
        answer, device = recovery.answer(office.keys, text)
        assert device == "m01"
        recovery.finish(home, answer, NEW)
        assert unlock(home, NEW) == key
        with pytest.raises(FieldtoolError):
            unlock(home, OLD)
        with pytest.raises(FieldtoolError) as again:
            recovery.finish(home, answer, NEW)
        assert again.value.code is ErrorCode.NO_RECOVERY


def test_headquarters_opens_no_bundle_that_is_passed_off_as_a_request(tmp_path: Path) -> None:
    with homes(tmp_path) as (office, laptop):
        fill(laptop, 1)
        bundle = export_bundle(laptop, "ct", tmp_path / "usb").file.read_bytes()
        _, recipient = suite_modern.new_seal_key()
        sealed = bundle[bundle.index(b"\n") + 1 :].hex()
        forged = json.dumps({"format": recovery.REQUEST, "sealed": sealed, "to": recipient})
        assert isinstance(office.keys, HomeKeys)
        with pytest.raises(FieldtoolError) as refused:
            recovery.answer(office.keys, forged)
        assert refused.value.code is ErrorCode.NO_RECOVERY


def test_a_home_that_is_not_enrolled_has_no_recovery(tmp_path: Path) -> None:
    key = create_slots(tmp_path, OLD, Cost(64, 1, 1))
    assert recovery.seal_recovery(tmp_path, key, "m01", []) is False
    with pytest.raises(FieldtoolError) as refused:
        recovery.ask(tmp_path)
    assert refused.value.code is ErrorCode.NO_RECOVERY
    assert unlocking.officers(tmp_path) == [""]
