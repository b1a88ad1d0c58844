"""Every difference and finding of dates, numbers and places has its values in its sentence, in both languages."""

from __future__ import annotations

import pytest

from fieldtool.records.date_differences import date_differences
from fieldtool.records.dates import parse_date
from fieldtool.records.number_differences import number_differences
from fieldtool.records.number_findings import CODES, findings
from fieldtool.records.place_differences import place_differences
from fieldtool.records.places import FLAGS
from fieldtool.wording.catalogue import Language, Wording

PAIRS = [
    *date_differences(parse_date("15/7/1985"), parse_date("30/8/1985")),
    *date_differences(parse_date("15/7/1985 âm"), parse_date("15/7/1985")),
    *date_differences(parse_date("15/7/1985"), parse_date("không nhớ")),
    *date_differences(parse_date("15/7/1985"), parse_date("22/3/1961")),
    *number_differences("182345670", "182345671"),
    *number_differences("182345670", "186799999"),
    *number_differences("4.02E+10", "040285001234"),
    *place_differences("Ngọc Lâm, Thanh Chương", "xã Sơn Lâm, Nghệ An"),
    *place_differences("Hưng Yên, Hưng Nguyên", "Hưng Yên Nam, Hưng Nguyên"),
    *place_differences("Bản Mon, Nga My", "Bản Na, Nga My"),
    *place_differences("Kim Đa, Tương Dương", "Nga My, Tương Dương"),
    *place_differences("Hà Tĩnh", "Nghệ An"),
]


@pytest.mark.parametrize("language", list(Language))
def test_sentences_are_filled(language: Language) -> None:
    wording = Wording(language)
    for pair in PAIRS:
        sentence = wording.difference(pair)
        assert "…" not in sentence
        assert "{" not in sentence
    for found in findings("040085001234", "1987", "F", "Tỉnh Thanh Hóa"):
        assert "{" not in wording.say(f"finding.{found.code}", **found.values)
    assert all(wording.knows(f"finding.{code}") for code in CODES)
    assert all(wording.knows(f"place_flag.{flag}") for flag in FLAGS)


def test_the_lunar_sentence_in_vietnamese() -> None:
    (found,) = date_differences(parse_date("15/7/1985"), parse_date("30/8/1985"))
    sentence = Wording(Language.VIETNAMESE).difference(found)
    assert sentence == "Ngày âm đọc thành ngày dương: 15/7 âm 1985 = 30/8/1985"
