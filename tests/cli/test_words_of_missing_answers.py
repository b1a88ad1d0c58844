"""What is still to be answered is named in the words of the page, never by its code."""

from __future__ import annotations

import pytest

from fieldtool.records.casebook import book
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.presence import Asked
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
