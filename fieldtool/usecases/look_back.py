"""The trend over the weeks: as it was kept where it was, else worked out backwards from the log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fieldtool.ports import Home, Progress, no_progress
from fieldtool.records.work import BACK
from fieldtool.usecases.four_words import WORDS, Counts, four_words, trend, week_of, week_span
from fieldtool.usecases.seen_people import bounds_of
from fieldtool.usecases.seen_work import seen_work
from fieldtool.usecases.today import day_after, today

WEEKS = 26
NOT_BACK = tuple(code for codes in WORDS.values() for code in codes if code not in BACK)


@dataclass(frozen=True, slots=True)
class TrendWeek:
    """The counts of a week; of one that was worked out, only the codes of BACK."""

    counts: Counts
    worked_out: bool


def look_back(
    home: Home, village: str = "", *, weeks: int = WEEKS, progress: Progress = no_progress
) -> dict[str, TrendWeek]:
    """Week → counts, the oldest first; this week as it stands today. Weeks before the first paper are not there."""
    found = {week: TrendWeek(counts, False) for week, counts in trend(home, village).items()}
    day = today(home).day
    now = four_words(seen_work(home, home.work), day, village)
    if now.villages:
        found[week_of(day)] = TrendWeek(now.total, False)
    sunday = week_span(week_of(day))[1]
    ends = {week_of(end): min(end, day) for end in (day_after(sunday, -7 * back) for back in range(weeks))}
    wanted = {end: week for week, end in ends.items() if week not in found}
    if wanted:
        for end, villages in home.work.count_back(tuple(wanted), progress).items():
            counts = _total(home, villages, village)
            if counts:
                found[wanted[end]] = TrendWeek(counts, True)
    return dict(sorted(found.items()))


def _total(home: Home, villages: Mapping[str, Counts], village: str) -> dict[str, tuple[int, int]]:
    bounds = bounds_of(home)
    total: dict[str, tuple[int, int]] = {}
    for place, counts in villages.items():
        if (bounds is None or place in bounds) and (not village or place == village):
            for code, (count, of) in counts.items():
                before = total.get(code, (0, 0))
                total[code] = (before[0] + count, before[1] + of)
    return total
