"""The table of stories: two papers, and what an officer should be told first and in all."""

from __future__ import annotations

import csv
import io
import unicodedata
from pathlib import Path

import pytest

from fieldtool.records.name_differences import CODES, name_differences
from fieldtool.records.names import parse_name
from fieldtool.records.reasons import Difference
from fieldtool.wording.catalogue import Language, Wording

STORIES = Path(__file__).parents[1] / "stories" / "names.csv"
ROWS = list(csv.DictReader(io.StringIO(STORIES.read_text(encoding="utf-8"))))


def told(row: dict[str, str], *, turned: bool = False, form: str = "NFC") -> tuple[Difference, ...]:
    a, b = (
        parse_name(unicodedata.normalize(form, row[side]) if form else row[side]) for side in ("paper_a", "paper_b")
    )
    if turned:
        a, b = b, a
    return name_differences(a, b, sex=row["sex"], ethnicity=row["people"], same_spouse=row["same_spouse"] == "yes")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['paper_a']} / {row['paper_b']} {row['people']}")
def test_story(row: dict[str, str]) -> None:
    found = told(row)
    assert [item.code for item in found][:1] == ([row["leading"]] if row["leading"] else [])
    assert sorted(item.code for item in found) == sorted(row["all_codes"].split())
    assert [item.code for item in told(row, turned=True)] == [item.code for item in found]
    assert [(d.code, d.left, d.right) for d in told(row, form="NFD")] == [(d.code, d.left, d.right) for d in found]


def test_the_table_is_large_and_names_nearly_every_code() -> None:
    assert len(ROWS) >= 120
    assert set(CODES) - {code for row in ROWS for code in row["all_codes"].split()} == {"unicode_form"}


@pytest.mark.parametrize("language", list(Language))
def test_every_story_has_a_short_sentence(language: Language) -> None:
    wording = Wording(language)
    for row in ROWS:
        for item in told(row):
            sentence = wording.difference(item)
            assert "{" not in sentence
            assert "…" not in sentence
            assert len(sentence) < 100


def test_a_sentence_as_an_officer_says_it() -> None:
    (found,) = name_differences(parse_name("Xồng Bá Thái"), parse_name("Xồng Rua Thái"), sex="M", ethnicity="Mông")
    sentence = Wording(Language.VIETNAMESE).difference(found)
    assert sentence == "Tên lớn của đàn ông Mông: Xồng Bá Thái / Xồng Rua Thái"


def marked_spans(a: str, b: str) -> list[tuple[str, list[str], list[str]]]:
    left, right = parse_name(a), parse_name(b)
    return [
        (item.code, [left.nfc[s:e] for s, e in item.left], [right.nfc[s:e] for s, e in item.right])
        for item in name_differences(left, right)
    ]


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("Lô Văn Thành", "Lô Văn Thanh", [("tone", ["à"], ["a"])]),
        ("Trần Văn Nam", "Chần Văn Nam", [("consonant", ["Tr"], ["Ch"])]),
        ("Lô Văn Thân", "Lô Văn Thâng", [("final_consonant", ["n"], ["ng"])]),
        ("Lô Văn Chò", "Lô Văn Chòng", [("final_consonant", [], ["ng"])]),
        ("Lô Văn Sơn", "Lô Văn Sôn", [("hat", ["ơ"], ["ô"])]),
        ("Lô Văn Thành", "LO VAN THANH", [("marks_missing", ["ô", "ă", "à"], ["O", "A", "A"])]),
        ("Lô Văn Thành", "Loo Văn Thành", [("telex", ["Lô"], ["Loo"])]),
        ("Lô Thị Hoa", "Lô Hoa", [("middle_dropped", ["Thị"], [])]),
        ("Lô Văn Thành", "LÔ Văn Thành", [("case", ["ô"], ["Ô"])]),
        ("Đinh Văn Hoà", "Ðinh Văn Hòa", [("d_bar", ["Đ"], ["Ð"]), ("tone_place", ["oà"], ["òa"])]),
        ("Hủn Vi Văn Nam", "Hủn Văn Nam", [("surname_variant", [" Vi"], [])]),
    ],
)
def test_spans_mark_what_differs(a: str, b: str, expected: list[tuple[str, list[str], list[str]]]) -> None:
    assert marked_spans(a, b) == expected


def test_unicode_form_and_blanks_are_told_apart() -> None:
    composed = "Lô Văn Thành"
    apart = unicodedata.normalize("NFD", composed)
    assert [d.code for d in name_differences(parse_name(composed), parse_name(apart))] == ["unicode_form"]
    assert [d.code for d in name_differences(parse_name(composed), parse_name(composed + " "))] == ["blank_space"]
    assert [d.code for d in name_differences(parse_name(composed), parse_name("Lô\u200b Văn Thành"))] == [
        "unicode_form"
    ]


def test_a_child_has_no_adult_name() -> None:
    found = name_differences(parse_name("Xồng Bá Thái"), parse_name("Xồng Rua Thái"), ethnicity="Mông", adult=False)
    assert [item.code for item in found] == ["middle_differs"]
