"""Which day it is: the machine's clock, unless it stands before what this machine wrote last."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import lru_cache

from fieldtool.ports import Clock, FieldWork, Home
from fieldtool.records.roles import Power
from fieldtool.records.work import CLOCK_AFTER
from fieldtool.usecases.authority import require


@dataclass(frozen=True, slots=True)
class Today:
    """The day that counts, ISO; `at` by the clock; `set_back` when the clock stands before the last thing written."""

    day: str
    at: str
    set_back: bool


def today(home: Home) -> Today:
    """The day that spans and due days are counted from."""
    return today_of(home.clock, home.work, home.card.device)


def today_of(clock: Clock, work: FieldWork, device: str) -> Today:
    """The same from the read side alone. A laptop whose battery ran empty wakes up a year ago: then the day of the
    last thing written here counts, and the officer is told."""
    now = clock.now()
    last = work.last_written(device)
    set_back = last[:10] > now[:10]
    return Today(last[:10] if set_back else now[:10], now, set_back)


def trust_clock(home: Home) -> Today:
    """An officer says that the clock is right now, though something written here bears a later day: it was ahead then.
    What was written keeps its day; from now on the clock counts again. Noted in the journal; NOT_ALLOWED."""
    require(home, Power.DECIDE)
    before = today(home)
    if before.set_back:
        home.settings.put(CLOCK_AFTER, str(home.work.last_arrival()))
        home.log.note("clock.trusted", f"{before.day} {before.at}")
    return today(home)


@lru_cache(maxsize=4096)  # lists of cases ask for the same few days thousands of times
def days_between(first: str, last: str) -> int:
    """Whole days from one ISO day to another; 0 when either is no day."""
    try:
        return (datetime.date.fromisoformat(last) - datetime.date.fromisoformat(first)).days
    except ValueError:
        return 0


def day_after(day: str, days: int) -> str:
    """The ISO day some days later (or earlier)."""
    return (datetime.date.fromisoformat(day) + datetime.timedelta(days=days)).isoformat()
