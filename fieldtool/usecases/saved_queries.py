"""Saved queries: the names that cells of a report may hold, and what each says, this week and the last.

A name is "<figure>[:of|:share|:last|:of:last|:change]", a "week.<what>" or a "case.<kind>[:late]".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from fieldtool.ports import FieldWork, Home
from fieldtool.records.casebook import book
from fieldtool.records.presence import Presence, VisitResult
from fieldtool.usecases.four_words import WORDS, Counts, lag_of, trend, week_of, week_span
from fieldtool.usecases.today import day_after, today

WEEK: tuple[str, ...] = (
    "week.houses_met",
    "week.decided",
    *(f"week.visit.{item}" for item in VisitResult),
    *(f"week.told.{item}" for item in Presence),
    *(f"week.opened.{kind}" for kind in book.MACHINES),
    *(f"week.closed.{kind}" for kind in book.MACHINES),
)
CASES: tuple[str, ...] = tuple(f"case.{kind}" for kind in book.MACHINES)
FIGURES: tuple[str, ...] = tuple(code for codes in WORDS.values() for code in codes)
VIEWS = ("of", "share", "last", "change", "late")
LISTED = ("of", "last", "late")  # views that have another list behind them


@dataclass(frozen=True, slots=True)
class Said:
    """What a query says: a number, or a text for what is not known ("—"). `query` names its list (behind_figures)."""

    query: str
    value: float | int | str
    of: int | None = None


class Queries:
    """Answers queries of one week, for the commune or a village, from the work that its reader may see; each source is
    read once."""

    def __init__(
        self, home: Home, work: FieldWork, week: str, totals: Counts, by_village: Mapping[str, Counts]
    ) -> None:
        self._home, self._work, self._week = home, work, week
        self._now: Mapping[str, Counts] = {**by_village, "": totals}  # people no paper places have no line of their own
        self._kept: dict[tuple[str, str], Counts] = {}
        self._did: dict[tuple[str, str], Mapping[str, int]] = {}

    def ask(self, name: str, village: str = "") -> Said | None:
        """The answer to a query; None for a name that is none."""
        base, *views = name.split(":")
        if any(view not in VIEWS for view in views):
            return None
        listed = ":".join([base, *(view for view in views if view in LISTED)])
        if base in FIGURES:
            return replace(self._figure(base, views, village), query=listed)
        if base in WEEK:
            return Said(listed, self._done(base.removeprefix("week."), views, village))
        if base in CASES:
            return replace(self._cases(base, views, village), query=listed)
        return None

    def _figure(self, code: str, views: list[str], village: str) -> Said:
        last = self._last(village).get(code)
        now = self._now.get(village, {}).get(code)
        shown = last if "last" in views else now
        if shown is None or ("change" in views and (last is None or now is None)):
            return Said(code, "—")
        if "change" in views and now is not None and last is not None:
            return Said(code, now[0] - last[0])
        if "of" in views:
            return Said(code, shown[1])
        if "share" in views:
            return Said(code, round(shown[0] / shown[1], 4) if shown[1] else "—", shown[1])
        return Said(code, shown[0], shown[1])

    def _last(self, village: str) -> Counts:
        week = week_of(day_after(week_span(self._week)[0], -7))
        if (week, village) not in self._kept:
            kept = dict(trend(self._home, village).get(week, {}))
            if kept and not village:  # the median of all is no sum of the villages' medians: worked out as of that day
                kept["live.lag"] = lag_of(self._work, week_span(week)[1])
            self._kept[week, village] = kept
        return self._kept[week, village]

    def _done(self, what: str, views: list[str], village: str) -> int | str:
        first, last = week_span(self._week)
        before = day_after(first, -7), day_after(last, -7)
        now, then = (self._span(*span, village).get(what, 0) for span in ((first, last), before))
        if "change" in views:
            return now - then
        return then if "last" in views else now

    def _span(self, first: str, last: str, village: str) -> Mapping[str, int]:
        if (first, village) not in self._did:
            self._did[first, village] = self._work.done_between(first, last, village)
        return self._did[first, village]

    def _cases(self, name: str, views: list[str], village: str) -> Said:
        day = today(self._home).day
        cases = self._work.cases(name.removeprefix("case."), village)
        late = [case for case in cases if case.due and case.due < day]
        return Said(name, len(late) if "late" in views else len(cases), len(cases))


def names() -> list[str]:
    """Every query there is, without its views."""
    return [*FIGURES, *WEEK, *CASES]
