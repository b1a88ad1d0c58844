"""Cards, the trust list and enrolment: nothing is trusted that the root did not sign."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.exchange import HomeCard
from fieldtool.trust.keys import HomeKeys
from fieldtool.trust.words import word_list


class DictSettings:
    """Settings in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def get(self, name: str) -> str:
        return self.kept.get(name, "")

    def put(self, name: str, value: str) -> None:
        self.kept[name] = value


def _keys(device: str, *, headquarters: bool = False, settings: DictSettings | None = None) -> HomeKeys:
    home = HomeCard(device, 1, f"u-{device}", f"Đơn vị {device}", "16906", "cb-1", "Lô Văn Thử", headquarters)
    return HomeKeys.create(settings or DictSettings(), home)


def _code(act: Callable[[], object]) -> ErrorCode:
    with pytest.raises(FieldtoolError) as caught:
        act()
    return caught.value.code


def test_enrolment_makes_both_know_each_other() -> None:
    office, laptop = _keys("hq", headquarters=True), _keys("m1")
    assert office.enrolled()
    assert not laptop.enrolled()
    card = office.read_request(laptop.request())
    assert office.words_of(card) == laptop.words_of(laptop.card())
    above = laptop.adopt(office.admit(card))
    assert above.device == "hq"
    assert laptop.enrolled()
    assert laptop.root_words() == office.root_words()
    assert len(laptop.root_words()) == 6
    assert laptop.card().signature
    assert laptop.words_of(laptop.card()) == office.words_of(card)
    known = laptop.known("hq", 1)
    assert known is not None
    assert laptop.verify(known, "p", b"m", office.sign("p", b"m"))
    assert not laptop.verify(known, "q", b"m", office.sign("p", b"m"))
    assert not laptop.verify(known, "p", b"m", "no hex")
    assert laptop.unseal(office.seal(b"letter", [laptop.card()])) == b"letter"
    assert _code(lambda: office.unseal(office.seal(b"x", [laptop.card()]))) is ErrorCode.BUNDLE_NOT_OURS


def test_admitting_twice_gives_the_same_answer() -> None:
    office, laptop = _keys("hq", headquarters=True), _keys("m1")
    card = office.read_request(laptop.request())
    assert office.admit(card) == office.admit(card)
    assert len(office.trusted()) == 2


def test_another_key_under_a_known_name_is_refused() -> None:
    office, laptop, impostor = _keys("hq", headquarters=True), _keys("m1"), _keys("m1")
    office.admit(office.read_request(laptop.request()))
    card = office.read_request(impostor.request())
    assert office.words_of(card) != laptop.words_of(laptop.card())
    assert _code(lambda: office.admit(card)) is ErrorCode.INCARNATION_TAKEN


def test_a_laptop_cannot_admit() -> None:
    laptop = _keys("m1")
    assert _code(lambda: laptop.admit(_keys("m2").card())) is ErrorCode.NOT_HEADQUARTERS


def _spoil(text: str, change: Callable[[dict[str, object]], object]) -> str:
    data = json.loads(text)
    change(data)
    return json.dumps(data)


REQUESTS: list[Callable[[str], str]] = [
    lambda text: text[: len(text) // 2],
    lambda text: "",
    lambda text: "[" * 100_000,
    lambda text: "null",
    lambda text: _spoil(text, lambda data: data["card"].update(role="hq_nhap")),  # type: ignore[attr-defined]
    lambda text: _spoil(text, lambda data: data["card"].update(unit="khác")),  # type: ignore[attr-defined]
    lambda text: _spoil(text, lambda data: data["card"].update(device="../m1")),  # type: ignore[attr-defined]
    lambda text: _spoil(text, lambda data: data["card"].update(incarnation="1")),  # type: ignore[attr-defined]
    lambda text: _spoil(text, lambda data: data["card"].update(seal_key="age1x")),  # type: ignore[attr-defined]
    lambda text: _spoil(text, lambda data: data["card"].update(suite="none")),  # type: ignore[attr-defined]
    lambda text: _spoil(text, lambda data: data["card"].pop("areas")),  # type: ignore[attr-defined]
    lambda text: _spoil(text, lambda data: data.update(proof="00" * 64)),
    lambda text: _spoil(text, lambda data: data.update(format="fieldtool-ghi-danh/2")),
]


@pytest.mark.parametrize("spoil", REQUESTS)
def test_spoiled_requests_are_refused(spoil: Callable[[str], str]) -> None:
    office = _keys("hq", headquarters=True)
    text = spoil(_keys("m1").request())
    assert _code(lambda: office.read_request(text)) is ErrorCode.BAD_REQUEST_FILE
    assert len(office.trusted()) == 1


def test_a_request_for_headquarters_role_is_refused() -> None:
    office = _keys("hq", headquarters=True)
    assert _code(lambda: office.read_request(_keys("h2", headquarters=True).request())) is ErrorCode.BAD_REQUEST_FILE


ANSWERS: list[Callable[[str], str]] = [
    lambda text: text[:-20],
    lambda text: _spoil(text, lambda data: data["list"].update(number=99)),  # type: ignore[attr-defined]
    lambda text: _spoil(text, lambda data: data["list"]["cards"].pop()),  # type: ignore[index]
    lambda text: _spoil(text, lambda data: data["list"]["cards"][1].update(unit="khác")),  # type: ignore[index]
    lambda text: _spoil(text, lambda data: data["list"].update(signature="")),  # type: ignore[attr-defined]
    lambda text: _spoil(text, lambda data: data.update(list=[])),
]


@pytest.mark.parametrize("spoil", ANSWERS)
def test_spoiled_answers_are_refused(spoil: Callable[[str], str]) -> None:
    office, laptop = _keys("hq", headquarters=True), _keys("m1")
    answer = office.admit(office.read_request(laptop.request()))
    assert _code(lambda: laptop.adopt(spoil(answer))) is ErrorCode.BAD_REQUEST_FILE
    assert not laptop.enrolled()
    laptop.adopt(answer)


def test_answers_for_others_of_others_and_of_yesterday_are_refused() -> None:
    office, other = _keys("hq", headquarters=True), _keys("hq", headquarters=True)
    laptop, second = _keys("m1"), _keys("m2")
    old = office.admit(office.read_request(laptop.request()))
    office.admit(office.read_request(second.request()))
    new = office.admit(office.read_request(laptop.request()))
    assert _code(lambda: second.adopt(old)) is ErrorCode.BAD_REQUEST_FILE
    laptop.adopt(new)
    assert _code(lambda: laptop.adopt(old)) is ErrorCode.TRUST_OLDER
    assert _code(lambda: laptop.adopt(other.admit(other.read_request(laptop.request())))) is ErrorCode.BAD_REQUEST_FILE
    assert laptop.root_words() == office.root_words()


def test_a_trust_list_altered_in_the_store_is_not_believed() -> None:
    settings = DictSettings()
    _keys("hq", headquarters=True, settings=settings)
    settings.put("trust.list", settings.get("trust.list").replace("u-hq", "u-hx"))
    home = HomeCard("hq", 1, "u-hq", "", "16906", "cb-1", "Lô Văn Thử", True)
    assert _code(lambda: HomeKeys(settings, home).trusted()) is ErrorCode.HOME_DAMAGED


def test_the_words_are_256_different_ones() -> None:
    assert len(word_list()) == len(set(word_list())) == 256
