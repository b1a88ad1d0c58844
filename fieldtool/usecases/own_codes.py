"""Whether an officer's personal code is his own: one that another set for him is known to two, and lets nobody speak as
the second of two persons until its owner has changed it.

Kept in the home, as the codes are. What cannot be shut out is told: the word of an officer whose code was set anew that
very day by him who exports says so, and headquarters counts it for nothing (usecases/second_person.py).
"""

from __future__ import annotations

import json

from fieldtool.ports import Home
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.usecases.today import today

_LENT = "user.lent."  # setting: "1" while the code is the one another set
_RESET = "user.reset."  # setting: who set another code for an officer who had one, and on which day


def lend_code(home: Home, id: str, by: str, *, anew: bool) -> None:
    """A code was set for an officer by another; `anew` when he had one before."""
    home.settings.put(_LENT + id, "1")
    if anew:
        home.settings.put(_RESET + id, json.dumps({"by": by, "day": today(home).day}))


def own_code(home: Home, id: str) -> None:
    """An officer set his code himself."""
    if is_lent(home, id):
        home.settings.put(_LENT + id, "")


def is_lent(home: Home, id: str) -> bool:
    """Whether an officer's code is still the one that another set."""
    return bool(home.settings.get(_LENT + id))


def require_own_code(home: Home, id: str, name: str) -> None:
    """CODE_LENT while an officer's code is known to him who set it."""
    if is_lent(home, id):
        raise FieldtoolError(ErrorCode.CODE_LENT, values={"officer": name})


def reset_today(home: Home, id: str) -> str:
    """Who set another code for an officer today, "" for nobody."""
    text = home.settings.get(_RESET + id)
    said = json.loads(text) if text else {}
    return str(said["by"]) if said.get("day") == today(home).day else ""
