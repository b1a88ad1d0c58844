"""The QR text of cards; invented persons."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldtool.records.card_qr import read_card

NUMBER, NAME, PLACE = "040085001234", "Lô Văn Thành", "Bản Chăm Puông, Lượng Minh, Tương Dương, Nghệ An"


def test_seven_fields_of_the_chip_card() -> None:
    card = read_card(f"{NUMBER}|182345670|{NAME}|15081985|Nam|{PLACE}|10032021\r\n")
    assert card is not None
    assert (card.n12, card.n9, card.name, card.sex, card.address) == (NUMBER, "182345670", NAME, "M", PLACE)
    assert (card.dob.iso, card.issued.iso, card.flags) == ("1985-08-15", "2021-03-10", ())
    assert card.dob.candidates == ()


def test_empty_old_number() -> None:
    card = read_card(f"{NUMBER}||{NAME}|15081985|Nam|{PLACE}|10032021")
    assert card is not None
    assert (card.n9, card.name) == ("", NAME)


def test_six_fields_without_old_number() -> None:
    card = read_card(f"{NUMBER}|{NAME}|15081985|Nam|{PLACE}|10032021")
    assert card is not None
    assert (card.n9, card.name, card.issued.iso) == ("", NAME, "2021-03-10")


def test_nine_and_ten_fields_of_a_childs_card() -> None:
    base = f"040215001234||Lô Thị Mai|15082015|Nữ|{PLACE}|10032025"
    nine = read_card(f"{base}|{NAME}|Vi Thị Hoa")
    ten = read_card(f"{base}|040215009999|{NAME}|Vi Thị Hoa")
    assert nine is not None
    assert ten is not None
    assert (nine.cancelled, nine.father, nine.mother, nine.sex) == ("", NAME, "Vi Thị Hoa", "F")
    assert (ten.cancelled, ten.father, ten.mother) == ("040215009999", NAME, "Vi Thị Hoa")
    assert "confirm_extra" in ten.flags


@pytest.mark.parametrize(("written", "iso"), [("1985", "1985"), ("081985", "1985-08"), ("15/08/1985", "1985-08-15")])
def test_birth_dates_of_other_lengths(written: str, iso: str) -> None:
    card = read_card(f"{NUMBER}||{NAME}|{written}|Nam|{PLACE}|10032021")
    assert card is not None
    assert card.dob.iso == iso


def test_a_scanner_that_lost_the_marks_is_flagged() -> None:
    card = read_card(f"{NUMBER}||Lo Van Thanh|15081985|Nam|Ban Cham Puong|10032021")
    assert card is not None
    assert card.flags == ("name_without_marks",)
    damaged = read_card(f"{NUMBER}||L\ufffd V\ufffdn Thành|15081985|Nam|{PLACE}|10032021")
    assert damaged is not None
    assert "damaged_letters" in damaged.flags


def test_unknown_fields_are_kept() -> None:
    card = read_card(f"{NUMBER}||{NAME}|15081985|Nam|{PLACE}|10032021|x9|y8")
    assert card is not None
    assert card.spare == ("x9", "y8")
    assert "field_unknown" in card.flags


@pytest.mark.parametrize("text", ["", "Lô Văn Thành", "https://example.invalid", "123|4|5", "18234567|a|b|c|d|e|f"])
def test_other_texts_are_no_card(text: str) -> None:
    assert read_card(text) is None


@given(st.lists(st.text(alphabet="0123456789ạLôN /", max_size=12), min_size=5, max_size=11))
@settings(max_examples=200)
def test_never_fails_and_loses_no_field(fields: list[str]) -> None:
    card = read_card("|".join([NUMBER, *fields]))
    assert card is not None
    kept = [card.n9, card.name, card.dob.text, card.address, card.issued.text, card.cancelled, card.father, card.mother]
    shown = {*kept, *card.spare, "Nam", "nam"}
    for field in fields:
        clean = " ".join(field.split())
        assert not clean or clean in shown or card.raw.count(clean)
