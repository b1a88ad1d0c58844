"""Every reason that a line of the queue can carry has a name of its own in both languages, without blanks to fill."""

from __future__ import annotations

import pytest

from fieldtool.conflicts import compare, families
from fieldtool.matching import reasons
from fieldtool.records import date_differences, name_differences, number_differences, place_differences
from fieldtool.wording.catalogue import Language, Wording

CODES = {
    *name_differences.CODES, *date_differences.CODES, *number_differences.CODES, *place_differences.CODES,
    *compare.CODES, *families.CODES, *reasons.CODES, "decided_apart", "number_shared", "number_year", "number_sex",
    "number_placeholder", "number_length", "number_digits_lost", "number_cancelled", "second_officer",
}  # fmt: skip


@pytest.mark.parametrize("language", list(Language))
def test_no_reason_is_shown_as_its_code(language: Language) -> None:
    wording = Wording(language)
    shown = {code: wording.reason_name(code) for code in CODES}
    bare = [code for code, name in shown.items() if "{" in name or name == code or not name]
    assert bare == []
    if language is Language.VIETNAMESE:
        assert [code for code, name in shown.items() if name == code.replace("_", " ")] == []


def test_a_reason_of_a_newer_program_is_told_by_its_code() -> None:
    assert Wording().reason_name("written_by_moonlight") == "written by moonlight"
    assert Wording().reason_name("") == ""


@pytest.mark.parametrize("language", list(Language))
def test_registers_of_operations_have_names_and_those_of_a_newer_program_stand_as_they_are(language: Language) -> None:
    wording = Wording(language)
    fields = ("proposal", "standing", "verify.d1", "check.3", "detail.wife", "role", "holder", "path", "parked.2")
    named = {field: wording.field_called(field) for field in fields}
    assert all("." not in name and name != field and name[0].isupper() for field, name in named.items())
    assert wording.field_called("from_tomorrow.1") == "from_tomorrow.1"
