"""Wrong personal codes and the wait that they earn: a few digits are guessed in an hour by whoever may try on.

The count lies in the home, so the wait survives a restart. Codes only say who sits here; the passphrase guards the
home.
"""

from __future__ import annotations

import datetime

from fieldtool.ports import Home
from fieldtool.records.errors import ErrorCode, FieldtoolError

_TRIES = "user.tries."  # setting: wrong tries since the last right one, and when the last was
FREE_TRIES = 5
_FIRST_WAIT, _LONGEST_WAIT = 30, 3600  # seconds


def wait_over(home: Home, officer: str) -> None:
    """PASSPHRASE_WAIT while an officer's code may not be tried again."""
    wrong, last = _tries(home, officer)
    if wrong < FREE_TRIES:
        return
    wait = min(_LONGEST_WAIT, _FIRST_WAIT * 2 ** min(wrong - FREE_TRIES, 20))
    left = wait - _seconds(last, home.clock.now())
    if left > wait:  # the clock was set back: the wait begins anew, lest a clock once wrong lock somebody out
        _keep(home, officer, wrong)
        left = wait
    if left > 0:
        raise FieldtoolError(ErrorCode.PASSPHRASE_WAIT, values={"seconds": int(left) + 1, "wrong": wrong})


def count_wrong(home: Home, officer: str) -> None:
    """One more wrong try."""
    _keep(home, officer, _tries(home, officer)[0] + 1)


def forget_wrong(home: Home, officer: str) -> None:
    """The code was right, or is another now."""
    if _tries(home, officer)[0]:
        home.settings.put(_TRIES + officer, "")


def _tries(home: Home, officer: str) -> tuple[int, str]:
    count, _, last = home.settings.get(_TRIES + officer).partition(" ")
    return int(count or 0), last


def _keep(home: Home, officer: str, wrong: int) -> None:
    home.settings.put(_TRIES + officer, f"{wrong} {home.clock.now()}")


def _seconds(since: str, now: str) -> float:
    return (datetime.datetime.fromisoformat(now) - datetime.datetime.fromisoformat(since)).total_seconds()
