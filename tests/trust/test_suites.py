"""Both suites keep one contract, and neither is taken for the other."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest
from exchange_homes import KEY, SteadyClock, card, enrol, fill, home_of, new_home
from hypothesis import given, settings
from hypothesis import strategies as st
from test_enrolment import DictSettings

from fieldtool.bundles.manifest import ALGORITHMS
from fieldtool.machine.randomness import SystemIds
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.exchange import SUITES as NAMES
from fieldtool.records.exchange import HomeCard
from fieldtool.store.opening import open_store
from fieldtool.trust import recovery, suite_qcvn15
from fieldtool.trust.keys import HomeKeys
from fieldtool.trust.sealing import CannotOpen
from fieldtool.trust.suite import SUITES, suite_named, suite_of_sealed
from fieldtool.trust.tokens import Token
from fieldtool.trust.unlocking import Cost, create_slots, unlock
from fieldtool.usecases import enrol_device, keep_trust
from fieldtool.usecases.export_bundle import export_bundle
from fieldtool.usecases.from_stick import open_bundle
from fieldtool.usecases.receive_bundle import receive_bundle


@pytest.fixture(scope="module", name="keys", params=sorted(SUITES))
def _keys(request):
    """A suite with two signature keys and two seal keys; RSA keys take a second to make."""
    suite = suite_named(request.param)
    return suite, [suite.new_sign_key() for _ in range(2)], [suite.new_seal_key() for _ in range(2)]


@pytest.fixture(scope="module", name="letter")
def _letter(keys):
    """A sealed text, always the same one for hypothesis, and the key that opens it."""
    suite, _, ((private, recipient), _) = keys
    return suite, suite.seal(b"n" * 300, [recipient]), private


def code(act):
    with pytest.raises(FieldtoolError) as caught:
        act()
    return caught.value.code


def test_every_suite_has_a_name_and_an_algorithm():
    assert set(SUITES) == set(NAMES) == set(ALGORITHMS)
    with pytest.raises(ValueError, match="suite"):
        suite_named("rot13")


def test_a_signature_holds_for_its_purpose_message_and_key_alone(keys):
    suite, ((private, public), (_, other)), _ = keys
    told = suite.sign(private, "p", b"m")
    assert suite.verify(public, "p", b"m", told)
    assert len(told) == 128  # the letter under the seal leaves 64 bytes for it
    for wrong in (
        (other, "p", b"m", told),
        (public, "q", b"m", told),
        (public, "p", b"n", told),
        (public, "p", b"m", told.upper()) if told != told.upper() else (public, "p", b"m", ""),
        (public, "p", b"m", told[:-2]),
        (public, "p", b"m", "0" * 128),
        ("", "p", b"m", told),
        ("zz" * 33, "p", b"m", told),
    ):
        assert not suite.verify(*wrong)


def test_keys_are_known_in_one_writing_only(keys):
    suite, ((_, public), _), ((_, recipient), _) = keys
    assert suite.is_sign_key(public)
    assert suite.is_seal_key(recipient)
    for text in (public.upper(), public + "00", "", "x" * 66, recipient):
        assert not suite.is_sign_key(text)
    for text in (recipient + "=", recipient[:-3], "", "é", public, recipient + "\n"):
        assert not suite.is_seal_key(text)


def test_a_seal_opens_for_each_receiver_and_nobody_else(keys):
    suite, _, ((first, to_first), (second, to_second)) = keys
    sealed = suite.seal("thư".encode(), [to_first, to_second])
    assert suite.unseal(sealed, first) == suite.unseal(sealed, second) == "thư".encode()
    with pytest.raises(CannotOpen) as refused:
        suite.unseal(suite.seal(b"x", [to_first]), second)
    assert refused.value.not_ours


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_one_altered_or_missing_byte_is_always_found(letter, data):
    suite, whole, private = letter
    sealed = bytearray(whole)
    place = data.draw(st.integers(0, len(sealed) - 1))
    if data.draw(st.booleans()):
        sealed[place] ^= data.draw(st.integers(1, 255))
    else:
        del sealed[place:]
    with pytest.MonkeyPatch.context() as patch, pytest.raises(CannotOpen):
        load = suite_qcvn15.serialization.load_der_private_key  # proving the key's own primes is most of the cost
        patch.setattr(
            suite_qcvn15.serialization, "load_der_private_key", partial(load, unsafe_skip_rsa_key_validation=True)
        )
        suite.unseal(bytes(sealed), private)


def test_the_greater_of_two_equal_signatures_is_refused():
    suite = suite_qcvn15
    private, public = suite.new_sign_key()
    told = suite.sign(private, "p", b"m")
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    twin = told[:64] + f"{order - int(told[64:], 16):064x}"
    assert suite.verify(public, "p", b"m", told)
    assert not suite.verify(public, "p", b"m", twin)


def test_seals_tell_their_suite(keys):
    suite, _, ((_, recipient), _) = keys
    assert SUITES[suite_of_sealed(suite.seal(b"x", [recipient]))] is suite
    assert suite_of_sealed(b"PK\x03\x04") == ""


def new_qcvn15(folder: Path, own: HomeCard, name: int):
    folder.mkdir(parents=True)
    store = open_store(folder / "home.db", KEY, clock=SteadyClock(), ids=SystemIds(), create=True)
    store.settings.put("home.card", own.to_text())
    HomeKeys.create(store.settings, own, "qcvn15")
    return store, home_of(store, name)


@pytest.fixture(name="pair")
def _pair(tmp_path):
    office_store, office = new_qcvn15(tmp_path / "office", card("mhq", "ct", headquarters=True), 1)
    store, laptop = new_home(tmp_path / "x", card("m01", "x1"), 2)
    yield office, laptop
    assert office_store.check().complaints == []
    assert store.check().complaints == []
    office_store.close()
    store.close()


def test_a_unit_of_qcvn15_from_enrolment_to_the_return_bundle(pair, tmp_path):
    office, laptop = pair
    asked = enrol_device.request_enrolment(laptop, tmp_path / "usb")
    assert code(lambda: enrol_device.accept_enrolment(office, asked.file, tmp_path / "usb")) is ErrorCode.SUITE_DIFFERS
    asked = enrol_device.request_enrolment(laptop, tmp_path / "usb2", suite="qcvn15")
    answer = enrol_device.accept_enrolment(office, asked.file, tmp_path / "usb2")
    enrol_device.finish_enrolment(laptop, answer.file)
    assert laptop.keys.card().suite == "qcvn15"
    assert code(lambda: laptop.keys.use_suite("modern")) is ErrorCode.ALREADY_ENROLLED

    fill(laptop, 3)
    up = export_bundle(laptop, "ct", tmp_path / "up")
    assert b"m01" not in up.file.read_bytes()
    assert open_bundle(office, up.file).manifest.algorithm == "ecdsa-p256-sha256"
    (taken,) = receive_bundle(office, [up.file])
    assert taken.error is None and taken.new_events == up.events
    down = export_bundle(office, "x1", tmp_path / "down")
    (back,) = receive_bundle(laptop, [down.file])
    assert back.error is None

    words = keep_trust.new_root(office)
    again = export_bundle(office, "x1", tmp_path / "again")
    (rooted,) = receive_bundle(laptop, [again.file])
    assert rooted.error is None and laptop.keys.root_words() == words


def test_a_bundle_of_the_other_suite_is_refused_by_name(pair, tmp_path):
    office, _ = pair
    store, other_office = new_home(tmp_path / "other", card("mhq", "ct", headquarters=True), 5)
    maker_store, maker = new_home(tmp_path / "maker", card("m09", "x9"), 6)
    enrol(maker, other_office, tmp_path / "usb")
    fill(maker, 1)
    file = export_bundle(maker, "ct", tmp_path / "up").file
    (outcome,) = receive_bundle(office, [file])
    assert outcome.error is not None and outcome.error.code is ErrorCode.BUNDLE_OTHER_SUITE
    store.close()
    maker_store.close()


def test_a_card_that_names_another_suite_than_its_keys_is_none():
    office = HomeKeys.create(DictSettings(), HomeCard("hq", 1, "u", "", "16906", "cb", "Lô", True))
    laptop = HomeKeys.create(DictSettings(), HomeCard("m1", 1, "u1", "", "16906", "cb", "Lô", False))
    data = json.loads(laptop.request())
    data["card"]["suite"] = "qcvn15"
    assert code(lambda: office.read_request(json.dumps(data))) is ErrorCode.BAD_REQUEST_FILE


def test_a_forgotten_passphrase_comes_back_in_qcvn15(tmp_path):
    office = HomeKeys.create(DictSettings(), HomeCard("hq", 1, "u", "", "16906", "cb", "Lô", True), "qcvn15")
    key = create_slots(tmp_path, "con trâu trắng ở bản Đửa", Cost(64, 1, 1))
    assert recovery.seal_recovery(tmp_path, key, "m1", office.trusted())
    text, _ = recovery.ask(tmp_path)
    answer, device = recovery.answer(office, text)
    recovery.finish(tmp_path, answer, "ngọn núi phía sau nhà")
    assert device == "m1" and unlock(tmp_path, "ngọn núi phía sau nhà") == key


def test_no_token_in_the_modern_suite():
    home = HomeCard("hq", 1, "u", "", "16906", "cb", "Lô", True)
    made = DictSettings()
    assert code(lambda: HomeKeys.create(made, home, "modern", Token("d.so", "t"))) is ErrorCode.BAD_VALUE
    assert made.kept == {}
