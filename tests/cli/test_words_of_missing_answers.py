"""What is still to be answered is named in the words of the page, never by its code."""

from __future__ import annotations

import pytest

from fieldtool.records.casebook import book
from fieldtool.records.errors import ErrorCode, FieldtoolError, Place
from fieldtool.records.presence import Asked
from fieldtool.records.roles import OfficerRole, Power
from fieldtool.wording.catalogue import Language, Wording

CODES = sorted(
    {
        *map(str, Asked),
        "person",
        "said_by",
        *(name for machine in book.MACHINES.values() for name in (*machine.details, *machine.checklist)),
    }
)


@pytest.mark.parametrize("language", Language)
def test_every_missing_answer_has_words(language: Language) -> None:
    wording = Wording(language)
    for code in CODES:
        message, _ = wording.error(FieldtoolError(ErrorCode.ANSWER_NEEDED, values={"field": code}))
        assert message.rstrip(".").split(": ", 1)[1] != code
    both, _ = wording.error(FieldtoolError(ErrorCode.ANSWER_NEEDED, values={"field": f"{CODES[0]}, {CODES[1]}"}))
    assert ", " in both


@pytest.mark.parametrize("language", Language)
def test_who_may_not_do_what_is_said_in_words(language: Language) -> None:
    wording = Wording(language)
    for role in OfficerRole:
        for power in Power:
            refused = FieldtoolError(ErrorCode.NOT_ALLOWED, values={"role": role, "power": power})
            message, _ = wording.error(refused)
            assert wording.say(f"role.{role}") in message and wording.say(f"power.{power}") in message
            assert f"({role})" not in message and f"({power})" not in message
    assert wording.officer_or_none("Lô Văn Một", "cb-1") == "Lô Văn Một"
    assert "cb-1" not in wording.officer_or_none("cb-1", "cb-1")


@pytest.mark.parametrize("language", Language)
def test_a_file_that_is_none_is_refused_in_words(language: Language) -> None:
    wording = Wording(language)
    for code in (ErrorCode.BAD_REQUEST_FILE, ErrorCode.TRUST_BAD_LIST):
        parser = "Expecting value: line 1 column 1 (char 0)"
        for detail in ("proof", "card", "device", "root", "UTF-8", parser):
            message, _ = wording.error(FieldtoolError(code, values={"detail": detail}))
            assert (
                message.split(": ")[-1] not in (detail, "") and "char 0" not in message and "file_detail" not in message
            )


@pytest.mark.parametrize("language", Language)
def test_a_file_is_named_once(language: Language) -> None:
    message, _ = Wording(language).error(FieldtoolError(ErrorCode.NO_FILE, place=Place(file="a.goi")))
    assert message.count("a.goi") == 1 and "…" not in message
    message, _ = Wording(language).error(FieldtoolError(ErrorCode.BUNDLE_TRUNCATED, place=Place(file="a.goi")))
    assert message.count("a.goi") == 1


@pytest.mark.parametrize("language", Language)
def test_a_refusal_in_the_journal_is_told_in_words(language: Language) -> None:
    wording = Wording(language)
    told = wording.note_detail(f"nửa.goi: {ErrorCode.BUNDLE_TRUNCATED} thay_doi B7")
    assert told == f"nửa.goi: {wording.say('error.bundle_truncated')} thay_doi B7"
    for code in ErrorCode:
        assert str(code) not in wording.note_detail(f"x.goi: {code}").split() and "{" not in wording.note_detail(code)
    assert wording.note_detail("") == "" and wording.note_detail("p1 p2") == "p1 p2"
