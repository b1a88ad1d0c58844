"""An officer says what he needs ethnicity or religion for: they are shown, and the hash-chained journal keeps why."""

from __future__ import annotations

from fieldtool.ports import Home
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.usecases.authority import require_one
from fieldtool.usecases.seen_people import LOOKS

_LONGEST = 500


def state_purpose(home: Home, of: str, purpose: str) -> None:
    """Note a purpose for what is looked at or written (`of`: a person's id, or a command with its arguments).

    NOT_ALLOWED for who may see nobody; BAD_VALUE for a purpose without a word.
    """
    user = require_one(home, *LOOKS)
    words = " ".join(purpose.split())[:_LONGEST]
    if not any(letter.isalpha() for letter in words):
        raise FieldtoolError(ErrorCode.BAD_VALUE, values={"field": "--purpose", "value": purpose})
    home.log.note("purpose", f"{user.id} {of}: {words}")
