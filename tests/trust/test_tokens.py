"""Signature keys in a PKCS#11 token, proved with SoftHSM2: they sign as keys in the home do and never leave it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from test_enrolment import DictSettings

from fieldtool.app import doors
from fieldtool.cli.doors import Setup
from fieldtool.cli.main import run as answer
from fieldtool.homes import create_home
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.exchange import HomeCard
from fieldtool.trust import suite_qcvn15, tokens
from fieldtool.trust.keys import HomeKeys
from fieldtool.trust.trust_list import HomeTrust

DRIVERS = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so")
DRIVER = next((path for path in DRIVERS if Path(path).is_file()), "")
LABEL, CODE = "cap-tren", "246810"
OFFICE = HomeCard("hq", 1, "ct", "", "16906", "cb", "Lô Văn Thử", True)

needs_softhsm = pytest.mark.skipif(
    not DRIVER or shutil.which("softhsm2-util") is None, reason="SoftHSM2 (Debian package softhsm2) is not installed"
)


@pytest.fixture(scope="module", name="token")
def _token(tmp_path_factory):
    """A token of its own, with its PIN in the environment. The driver reads its settings once in a process."""
    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    settings = folder / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\n", encoding="utf-8")
    os.environ["SOFTHSM2_CONF"] = str(settings)
    words = ["softhsm2-util", "--init-token", "--free", "--label", LABEL, "--pin", CODE, "--so-pin", "13579"]
    subprocess.run(words, check=True, capture_output=True)
    yield tokens.Token(DRIVER, LABEL)
    del os.environ["SOFTHSM2_CONF"]


@pytest.fixture(autouse=True, name="pin")
def _pin(monkeypatch):
    monkeypatch.setenv(tokens.PIN, CODE)


def code(act):
    with pytest.raises(FieldtoolError) as caught:
        act()
    return caught.value.code


@needs_softhsm
def test_a_key_in_the_token_signs_like_any_other(token):
    private, public = suite_qcvn15.new_token_key(token)
    assert tokens.names_token(private)
    assert CODE not in private
    told = suite_qcvn15.sign(private, "p", b"m")
    assert suite_qcvn15.verify(public, "p", b"m", told)
    assert not suite_qcvn15.verify(public, "p", b"n", told)


@needs_softhsm
def test_headquarters_with_a_token_enrols_and_changes_its_root(token):
    settings = DictSettings()
    office = HomeKeys.create(settings, OFFICE, "qcvn15", token)
    kept = [settings.get(name) for name in ("keys.sign", "keys.root")]
    assert all(tokens.names_token(text) for text in kept)
    laptop = HomeKeys.create(DictSettings(), HomeCard("m1", 1, "x1", "", "16906", "cb", "Lô", False), "qcvn15")
    laptop.adopt(office.admit(office.read_request(laptop.request())))
    known = laptop.known("hq", 1)
    assert known is not None
    assert laptop.verify(known, "p", b"m", office.sign("p", b"m"))
    assert code(lambda: HomeTrust(settings).sealed_root("đỉnh Pu Lon mù sương tháng chạp")) is ErrorCode.ROOT_IN_TOKEN
    HomeTrust(settings).new_root()
    assert tokens.names_token(settings.get("keys.root")) and settings.get("keys.root") != kept[1]
    assert HomeKeys(settings, OFFICE).root_words() != laptop.root_words()


@needs_softhsm
def test_wrong_pins_labels_and_keys_are_told_apart(token, monkeypatch):
    private, _ = suite_qcvn15.new_token_key(token)
    named = json.loads(private.removeprefix("pkcs11:"))
    gone = "pkcs11:" + json.dumps({**named, "key": "none"})
    assert code(lambda: tokens.sign_p256(gone, b"m")) is ErrorCode.TOKEN_MISSING
    assert code(lambda: tokens.new_p256(tokens.Token(DRIVER, "khác"))) is ErrorCode.TOKEN_MISSING
    monkeypatch.setenv(tokens.PIN, "000000")
    assert code(lambda: suite_qcvn15.sign(private, "p", b"m")) is ErrorCode.TOKEN_PIN


@needs_softhsm
def test_a_pin_is_asked_for_once_and_a_refused_one_is_not_tried_again(token, monkeypatch):
    private, public = suite_qcvn15.new_token_key(token)
    monkeypatch.delenv(tokens.PIN)
    answers, asked = ["000000", CODE], []

    def answer(label):
        asked.append(label)
        return answers[len(asked) - 1]

    try:
        tokens.ask_pin_by(answer)
        assert code(lambda: suite_qcvn15.sign(private, "p", b"m")) is ErrorCode.TOKEN_PIN
        assert asked == [LABEL]
        for _ in range(2):
            assert suite_qcvn15.verify(public, "p", b"m", suite_qcvn15.sign(private, "p", b"m"))
        assert asked == [LABEL, LABEL]
    finally:
        tokens.ask_pin_by(lambda label: "")
        tokens._asked.forget(token)


@needs_softhsm
def test_the_command_line_takes_the_pin_from_a_file(token, tmp_path, monkeypatch):
    monkeypatch.delenv(tokens.PIN)
    monkeypatch.setenv("FIELDTOOL_PASSPHRASE", "con trâu trắng ở bản Đửa")
    (tmp_path / "right").write_text(CODE + "\n", encoding="utf-8")
    (tmp_path / "wrong").write_text("000000\n", encoding="utf-8")
    init = ["init", "--officer", "Lô Văn Thử", "--commune", "16906", "--headquarters", "--suite", "qcvn15"]
    init += ["--token-driver", DRIVER, "--token-label", LABEL]
    try:
        for name, expected in (("wrong", 1), ("none", 1), ("right", 0)):
            given = ["--home", str(tmp_path / "home"), "--token-pin-file", str(tmp_path / name), *init]
            assert answer(doors(), given) == expected
            assert (tmp_path / "home" / "home.db").exists() is (expected == 0)
    finally:
        tokens.ask_pin_by(lambda label: "")
        tokens._asked.forget(token)


def test_without_pin_or_driver_it_says_which(tmp_path, monkeypatch):
    missing = tokens.Token(str(tmp_path / "driver.so"), "t")
    assert code(lambda: tokens.new_p256(missing)) is ErrorCode.TOKEN_MISSING
    broken = tmp_path / "driver.so"
    broken.write_bytes(b"no library")
    assert code(lambda: tokens.new_p256(missing)) is ErrorCode.TOKEN_MISSING
    monkeypatch.delenv(tokens.PIN)
    assert code(lambda: tokens.new_p256(missing)) is ErrorCode.TOKEN_PIN


def test_a_home_whose_token_does_not_answer_is_not_made_by_half(tmp_path):
    driver = tmp_path / "driver.so"
    setup = Setup("Lô Văn Thử", "16906", headquarters=True, suite="qcvn15", token=(str(driver), "t"))
    assert code(lambda: create_home(tmp_path / "home", "con trâu trắng ở bản Đửa", setup)) is ErrorCode.TOKEN_MISSING
    assert {path.name for path in (tmp_path / "home").iterdir()} <= {"home.lock"}
