"""The root put away: headquarters goes on with its own key, thieves of that key are outranked by the root."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from exchange_homes import KEY, CountingIds, SteadyClock, decide, enrol, hashes, home_of, homes, new_home
from exchange_homes import card as home_card

from fieldtool.ports import Home
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.events import RecordKind
from fieldtool.records.exchange import DeviceCard, Held, QuarantineState, Scope
from fieldtool.store.opening import open_store
from fieldtool.trust.cards import LIST_FORMAT, SIGNER_FORMAT, list_from, list_text, sign_card, sign_list
from fieldtool.usecases.export_bundle import export_bundle
from fieldtool.usecases.keep_root import bring_root, put_root_away, renew_headquarters
from fieldtool.usecases.keep_trust import new_root, read_list_file, revoke_device, take_list_file
from fieldtool.usecases.receive_bundle import receive_bundle

PERSON = "p" + "0" * 31
WORDS = "đỉnh Pu Lon mù sương tháng chạp"


def _code(act: Callable[[], object]) -> ErrorCode:
    with pytest.raises(FieldtoolError) as caught:
        act()
    return caught.value.code


def _away(office: Home, folder: Path) -> Path:
    (file,) = put_root_away(office, [folder / "safe"], WORDS)
    assert office.settings.get("keys.root") == ""
    return file


def test_headquarters_goes_on_without_the_root(tmp_path: Path) -> None:
    with homes(tmp_path) as (office, laptop):
        words = office.keys.root_words()
        _away(office, tmp_path)
        store, late = new_home(tmp_path / "x2", home_card("m02", "x2"), 7)
        enrol(late, office, tmp_path / "stick")  # a new machine, admitted by the working key
        assert json.loads(office.trust.list_text())["format"] == SIGNER_FORMAT
        decide(late, PERSON, "name", "Máy mới")
        assert receive_bundle(office, [export_bundle(late, "ct", tmp_path / "up").file])[0].error is None
        revoke_device(office, "m02")
        assert receive_bundle(laptop, [export_bundle(office, "x1", tmp_path / "down").file])[0].error is None
        assert laptop.trust.number() == office.trust.number()
        assert [cut.device for cut in laptop.trust.cutoffs()] == ["m02"]
        assert laptop.keys.root_words() == words
        store.close()


def test_what_needs_the_root_asks_for_it(tmp_path: Path) -> None:
    with homes(tmp_path) as (office, laptop):
        file = _away(office, tmp_path)
        for act in (
            lambda: new_root(office),
            lambda: renew_headquarters(office, tmp_path / "out"),
            lambda: put_root_away(office, [tmp_path / "safe"], WORDS),
        ):
            assert _code(act) is ErrorCode.ROOT_NOT_HERE
        assert _code(lambda: bring_root(office, file, WORDS + "!")) is ErrorCode.ROOT_FILE_BAD
        assert not office.trust.root_here()
        assert _code(lambda: bring_root(laptop, file, WORDS)) is ErrorCode.NOT_HEADQUARTERS
        bring_root(office, file, WORDS)
        words = office.keys.root_words()
        new_root(office)
        assert office.keys.root_words() != words
        assert json.loads(office.trust.list_text())["format"] == LIST_FORMAT  # older programs read it again
        assert take_list_file(laptop, office.trust.list_text())
        assert _code(lambda: bring_root(office, file, WORDS)) is ErrorCode.ROOT_FILE_BAD  # of the former root


def test_the_key_stays_while_the_file_is_not_proved(tmp_path: Path) -> None:
    with homes(tmp_path) as (office, _):

        class Spoils:
            def __getattr__(self, name: str) -> object:
                return getattr(office.sticks, name)

            def read(self, path: Path, limit: int) -> bytes:
                return office.sticks.read(path, limit).replace(b'"sealed": "', b'"sealed": "00')

        spoiled = replace(office, sticks=Spoils())  # type: ignore[arg-type]
        assert _code(lambda: put_root_away(spoiled, [tmp_path / "safe"], WORDS)) is ErrorCode.ROOT_FILE_BAD
        assert _code(lambda: put_root_away(office, [], WORDS)) is ErrorCode.ROOT_FILE_BAD
        assert _code(lambda: put_root_away(office, [tmp_path / "b"], "ngắn")) is ErrorCode.WEAK_PASSPHRASE
        assert office.trust.root_here()
        private = office.settings.get("keys.root")
        (file,) = put_root_away(office, [tmp_path / "c"], WORDS)
        assert private not in file.read_text(encoding="utf-8")


def _forged(office: Home, cards: tuple[DeviceCard, ...], number: int, stolen: str) -> str:
    """A list that a thief of headquarters' first keys signs."""
    trust = list_from(json.loads(office.trust.list_text()))
    return list_text(sign_list(replace(trust, cards=cards, number=number), stolen, f"{office.card.device}.1"))


def test_a_thief_of_the_working_key_is_outranked_by_the_root(tmp_path: Path) -> None:
    with homes(tmp_path) as (office, laptop):
        file = _away(office, tmp_path)
        stolen, own = office.settings.get("keys.sign"), office.keys.card()
        cards = tuple(office.keys.trusted())
        far = _forged(office, cards, 1 << 30, stolen)
        assert take_list_file(laptop, far)  # for as long as nobody knows of the theft
        fake = sign_card(replace(own, device="gia", serial=1 << 20, issuer=own.sign_key, signature=""), stolen)
        for of_thief in ((*cards, fake), (fake,)):  # nobody but the root makes a card of headquarters
            text = _forged(office, of_thief, (1 << 30) + 1, stolen)
            assert _code(lambda text=text: take_list_file(laptop, text)) is ErrorCode.TRUST_BAD_LIST  # type: ignore[misc]
        bring_root(office, file, WORDS)
        done = renew_headquarters(office, tmp_path / "list", stolen=True)
        assert (done.incarnation, office.keys.card().incarnation) == (2, 2)
        assert read_list_file(laptop, done.list_file)
        assert laptop.trust.number() == office.trust.number() == done.list_number
        assert _code(lambda: take_list_file(laptop, far)) is ErrorCode.TRUST_OLDER
        late = _forged(office, tuple(office.keys.trusted()), 1 << 30, stolen)  # the new card is known, its key is not
        assert _code(lambda: take_list_file(laptop, late)) is ErrorCode.TRUST_BAD_LIST


def test_bundles_of_stolen_keys_wait_for_a_person_and_the_new_ones_do_not(tmp_path: Path) -> None:
    with homes(tmp_path) as (office, laptop):
        decide(office, PERSON, "name", "Trước khi mất")
        before = export_bundle(office, "x1", tmp_path / "before").file
        shutil.copytree(tmp_path / "office", tmp_path / "thief")
        renewed = renew_headquarters(office, tmp_path / "list", stolen=True)
        store = open_store(tmp_path / "thief" / "home.db", KEY, clock=SteadyClock(), ids=CountingIds(66))
        thief = home_of(store, 66)
        decide(thief, PERSON, "dob", "1/1/1901")
        false = export_bundle(thief, "x1", tmp_path / "false").file
        assert read_list_file(laptop, renewed.list_file)
        assert receive_bundle(laptop, [before])[0].quarantined == 0
        (outcome,) = receive_bundle(laptop, [false])
        assert (outcome.error, outcome.new_events) == (None, 0)
        assert {item.reason for item in laptop.depot.quarantined(QuarantineState.HELD)} == {Held.REVOKED}
        decide(office, PERSON, "dob", "2/2/1960")
        (outcome,) = receive_bundle(laptop, [export_bundle(office, "x1", tmp_path / "after").file])
        assert (outcome.error, outcome.quarantined) == (None, 0)
        assert [event.value for event in laptop.log.register(RecordKind.PERSON, PERSON, "dob")] == ["2/2/1960"]
        decide(laptop, PERSON, "sex", "Nữ")  # sealed to the new keys
        assert receive_bundle(office, [export_bundle(laptop, "ct", tmp_path / "up").file])[0].error is None
        assert hashes(laptop) == hashes(office)
        store.close()


def test_a_renewal_that_a_power_cut_broke_off_is_finished(tmp_path: Path) -> None:
    with homes(tmp_path) as (office, laptop):
        before = office.trust.list_text()
        decide(laptop, PERSON, "sex", "Nữ")
        old = export_bundle(laptop, "ct", tmp_path / "old").file  # sealed to the former keys
        office.keys.renew()
        office.trust.admit_renewed(office.keys.renewed(), None)
        office.settings.put("home.behind", "3")  # a restored headquarters has nobody above to ask
        done = renew_headquarters(office, tmp_path / "list")
        assert (done.incarnation, len(office.keys.trusted())) == (2, 3)
        assert receive_bundle(office, [old])[0].error is None
        _away(office, tmp_path)
        decide(office, PERSON, "name", "Vẫn gửi được")
        sent = export_bundle(office, "x1", tmp_path / "usb").file
        assert receive_bundle(laptop, [sent])[0].error is not None  # it knows the former keys alone
        newer, bundle = receive_bundle(laptop, [tmp_path / "usb"])  # the list lies beside, and is taken in first
        assert (newer.list_number, newer.error, bundle.error) == (office.trust.number(), None, None)
        assert [item.error for item in receive_bundle(laptop, [tmp_path / "usb"])] == [None, None]
        (tmp_path / "usb" / "cũ.tin").write_text(before, encoding="utf-8")
        assert receive_bundle(laptop, [tmp_path / "usb"])[0].error is None  # older: changes nothing
        assert laptop.trust.number() == office.trust.number()


def _spots(data: object) -> Iterator[tuple[Any, Any]]:
    """Every place in JSON data: what holds it, and under which name or number."""
    if isinstance(data, dict | list):
        for key in list(data) if isinstance(data, dict) else range(len(data)):
            yield data, key
            yield from _spots(data[key])


def test_no_changed_list_is_believed(tmp_path: Path) -> None:
    with homes(tmp_path) as (office, _):
        _away(office, tmp_path)
        office.trust.assign(Scope("m01", "collector", ("16906-dua",)))
        text = office.trust.list_text()
    random, believed = Random(5), []
    for _ in range(600):
        data = json.loads(text)
        holder, key = random.choice(list(_spots(data)))
        value = holder[key]
        if isinstance(value, str) and value and random.random() < 0.5:
            at = random.randrange(len(value))
            holder[key] = value[:at] + chr(ord(value[at]) ^ 1) + value[at + 1 :]
        else:
            holder[key] = random.choice([None, 0, "", [], {}, "hq_nhap", "m01.1", -1, 1 << 40, True, [value], value])
        changed = json.dumps(data, sort_keys=True) != json.dumps(json.loads(text), sort_keys=True)
        try:
            list_from(data)
        except (ValueError, KeyError, TypeError):
            continue
        if changed:
            believed.append(data)
    assert believed == []
