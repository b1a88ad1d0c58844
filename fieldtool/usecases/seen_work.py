"""What the officer at the machine may see of field work: a collector his own villages, an auditor nothing.

Visits, imports and bundles use everything; this stands between the store and whoever looks at lists and figures.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar, cast

from fieldtool.ports import FieldWork, Home, Progress, no_progress
from fieldtool.records.work import CaseNote, FactLine, PlanNote, SharedNumber, TaskLine, VisitNote
from fieldtool.usecases.seen_people import bounds_of

_T = TypeVar("_T")


def seen_work(home: Home, work: FieldWork) -> FieldWork:
    """The read side of field work as the officer at the machine now may see it; `look_again` after another sat down."""
    return cast(FieldWork, SeenWork(home, work))


class SeenWork:
    """The reads of `FieldWork` that list villages, bounded; all others are the store's own."""

    def __init__(self, home: Home, work: FieldWork) -> None:
        self._home, self._work = home, work
        self._bounds: frozenset[str] | None = None
        self.look_again()

    def __getattr__(self, name: str) -> object:
        return getattr(self._work, name)

    def look_again(self) -> None:
        """Take in who is at the machine."""
        self._bounds = bounds_of(self._home)

    def _each(self, village: str, read: Callable[[str], Sequence[_T]]) -> list[_T]:
        """What a village has, or all villages that may be seen."""
        if self._bounds is None:
            return list(read(village))
        wanted = ([village] if village in self._bounds else []) if village else sorted(self._bounds)
        return [item for one in wanted for item in read(one)]

    def visits(self, household: str = "", village: str = "", since: str = "", limit: int = 200) -> list[VisitNote]:
        """See ports.FieldWork."""
        found = self._each(village, lambda one: self._work.visits(household, one, since, limit))
        return sorted(found, key=lambda note: (note.day, note.at, note.id), reverse=True)[:limit]

    def tasks(self, village: str, since: str) -> list[TaskLine]:
        """See ports.FieldWork."""
        return self._each(village, lambda one: self._work.tasks(one, since)) if village else []

    def cases(
        self,
        kind: str = "",
        village: str = "",
        owner: str = "",
        person: str = "",
        household: str = "",
        *,
        closed: bool = False,
        limit: int = 100_000,
    ) -> list[CaseNote]:
        """See ports.FieldWork."""

        def read(one: str) -> list[CaseNote]:
            return self._work.cases(kind, one, owner, person, household, closed=closed, limit=limit)

        found = self._each(village, read)
        return sorted(found, key=lambda case: (case.due == "", case.due, case.opened, case.id))[:limit]

    def plans(self, village: str = "", since: str = "") -> list[PlanNote]:
        """See ports.FieldWork."""
        return self._each(village, lambda one: self._work.plans(one, since))

    def facts(self, village: str = "") -> list[FactLine]:
        """See ports.FieldWork."""
        return self._each(village, self._work.facts)

    def shared_numbers(self, village: str = "") -> list[SharedNumber]:
        """See ports.FieldWork."""
        return self._each(village, self._work.shared_numbers)

    def count_figures(self, day: str, village: str = "") -> Mapping[str, Mapping[str, tuple[int, int]]]:
        """See ports.FieldWork."""
        found = self._work.count_figures(day, village)
        return {place: counts for place, counts in found.items() if self._bounds is None or place in self._bounds}

    def count_back(
        self, days: Sequence[str], progress: Progress = no_progress
    ) -> Mapping[str, Mapping[str, Mapping[str, tuple[int, int]]]]:
        """See ports.FieldWork."""
        found = self._work.count_back(days, progress)
        bounds = self._bounds
        return {
            day: {place: counts for place, counts in villages.items() if bounds is None or place in bounds}
            for day, villages in found.items()
        }

    def list_figure(self, code: str, day: str, village: str = "", *, rest: bool = False) -> list[FactLine]:
        """See ports.FieldWork."""
        return self._each(village, lambda one: self._work.list_figure(code, day, one, rest=rest))

    def facts_of(self, persons: Sequence[str]) -> list[FactLine]:
        """See ports.FieldWork."""
        found, bounds = self._work.facts_of(persons), self._bounds
        return [fact for fact in found if bounds is None or fact.village in bounds]

    def heads(self, village: str = "", *, met: bool) -> list[FactLine]:
        """See ports.FieldWork."""
        return self._each(village, lambda one: self._work.heads(one, met=met))

    def lags(self, since: str, village: str = "") -> list[tuple[str, str, str, Mapping[str, str]]]:
        """See ports.FieldWork."""
        return self._each(village, lambda one: self._work.lags(since, one))

    def houses(self, village: str = "") -> tuple[int, int]:
        """See ports.FieldWork."""
        if self._bounds is None:
            return self._work.houses(village)
        met = self._each(village, lambda one: [self._work.houses(one)])
        return sum(count for count, _ in met), sum(of for _, of in met)

    def done_between(self, first: str, last: str, village: str = "") -> Mapping[str, int]:
        """See ports.FieldWork."""
        if self._bounds is None:
            return self._work.done_between(first, last, village)
        total: dict[str, int] = {}
        for counts in self._each(village, lambda one: [self._work.done_between(first, last, one)]):
            for name, count in counts.items():
                total[name] = total.get(name, 0) + count
        return total

    def list_done(self, what: str, first: str, last: str, village: str = "") -> list[FactLine]:
        """See ports.FieldWork."""
        return self._each(village, lambda one: self._work.list_done(what, first, last, one))
