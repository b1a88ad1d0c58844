"""Vietnamese letters and syllables: forms, alphabetical order, which shapes are syllables."""

from __future__ import annotations

import csv
import io
import sqlite3
import unicodedata

import pytest

from fieldtool.records.syllables import is_syllable, sound_class
from fieldtool.records.tables import table_text
from fieldtool.records.vietnamese import VOWELS, fold, marked, nfc, put_tone, sort_key, tone_of, toneless


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lo\u0302 Va\u0306n", "Lô Văn"),
        ("Lô\u00a0Văn\u2003Nam ", "Lô Văn Nam"),
        ("L\u200bô\ufeff Văn", "Lô Văn"),
        ("L\u00adô", "Lô"),
        ("La\u0323\u0302n", "Lận"),
        ("Lo\u0301\u0302", "Lố"),  # the tone typed before the hat
        ("o\u200d\u0302", "ô"),
        ("", ""),
    ],
)
def test_nfc(text: str, expected: str) -> None:
    assert nfc(text) == expected


def test_fold_drops_every_mark_and_bar() -> None:
    assert fold("ĐẶNG  Ðình Nguyễn ưỡn Ỷ") == "dang dinh nguyen uon y"
    letters = "".join(VOWELS) + "đ"
    assert fold(letters + letters.upper()).isascii()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hoà", "hòa"),
        ("KHOẺ", "khỏe"),
        ("Thuý", "thúy"),
        ("uỷ ban", "ủy ban"),
        ("hoàn", "hoàn"),
        ("Huỳnh", "huỳnh"),
        ("Quý", "quý"),
        ("Già", "già"),
        ("Ðoàn", "đoàn"),
    ],
)
def test_marked_moves_the_tone_in_open_syllables_only(text: str, expected: str) -> None:
    assert marked(text) == expected


def test_alphabet_and_tone_order_hold_in_sqlite() -> None:
    right = [
        "A",
        "Ă",
        "Â",
        "B",
        "C",
        "D",
        "Đ",
        "E",
        "Ê",
        "La",
        "Là",
        "Lả",
        "Lã",
        "Lá",
        "Lạ",
        "Lan",
        "Lô",
        "Lồ",
        "Lơ",
        "Ư",
        "Vi",
    ]
    database = sqlite3.connect(":memory:")
    database.execute("create table name (text, place)")
    database.executemany("insert into name values (?, ?)", [(name, sort_key(name)) for name in reversed(right)])
    assert [row[0] for row in database.execute("select text from name order by place")] == right
    database.close()
    assert sort_key("Lô Văn An") < sort_key("Lô Văn Ân") < sort_key("Lô Văn Bình")
    assert sort_key("đinh") == sort_key("Ðinh") > sort_key("Duyên")


def test_tones_can_be_taken_off_and_put_back() -> None:
    for syllable in ("hoàn", "hòa", "thúy", "quý", "già", "nguyễn", "huỳnh", "khuya", "mùa", "lửa", "giếng", "gì"):
        assert put_tone(toneless(syllable), tone_of(syllable)) == syllable


def test_field_names_are_syllables() -> None:
    table = csv.DictReader(io.StringIO(table_text("sample/name_parts.csv")))
    words = {word for row in table for part in row["parts"].split() for word in part.split("_")} - {"-"}
    assert [word for word in sorted(words) if not is_syllable(word)] == []
    assert len(words) > 250


@pytest.mark.parametrize(
    "token", ["Moong", "Đoọc", "Pịt", "Nghiêng", "Khuyên", "gì", "gìn", "Quỳnh", "Ý", "Thuở", "xoèn"]
)
def test_syllables(token: str) -> None:
    assert is_syllable(token)
    assert is_syllable(unicodedata.normalize("NFC", token.upper()))


@pytest.mark.parametrize("token", ["Nguyeenx", "Vawn", "Loo", "Va8n", "Ksor", "lôm2", "hàt", "Thàành", "", "bcd", "L«"])
def test_no_syllables(token: str) -> None:
    assert not is_syllable(token)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Trung", "Chung"), ("Sinh", "Xinh"), ("Giương", "Dương"), ("Nụ", "Lụ"), ("Cừ", "Kừ"), ("Nghĩa", "Ngĩa"),
     ("Sĩ", "Sỹ"), ("Xoong", "Xông"), ("Mát", "Mác"), ("Lam", "Lang"), ("Đũng", "Dũng")],
)  # fmt: skip
def test_confused_syllables_share_a_class(one: str, other: str) -> None:
    assert sound_class(one) == sound_class(other)
    assert sound_class("Thành") != sound_class("Nam")
