"""The desk's own copy of the queue: read whole once, mended after each act, so that the next doubt is there at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from fieldtool.conflicts.queue import Tally, Wanted, in_order
from fieldtool.conflicts.roads import Actors
from fieldtool.ports import People
from fieldtool.records.persons import Doubt, DoubtKind
from fieldtool.usecases.review_queue import awake, law_of, read_queue

_OF_SEVERAL = (DoubtKind.NUMBER, DoubtKind.RIVALS)  # pairs are found by either of the two


class DeskQueue:
    """Lines in order, those that pass the filter, and the place in them."""

    def __init__(self, people: People, today: Callable[[], str]) -> None:
        self._people, self._today = people, today
        self._all: list[Doubt] = []
        self.lines: list[Doubt] = []
        self.wanted = Wanted()
        self.place = 0
        self.total = 0
        self.actors = Actors()
        self._tally = Tally(self.actors)

    def read(self, here: str = "") -> None:
        """Read everything anew and stay on a doubt when it is still there."""
        self.actors = Actors(law_of(self._people))
        self._all = in_order(read_queue(self._people, self.wanted, self._today()))
        self._filter(here)

    def want(self, wanted: Wanted, here: str = "") -> None:
        """Filter otherwise; spellings are another list and are read."""
        other_list = DoubtKind.SPELLING in (wanted.kind, self.wanted.kind)
        self.wanted = wanted
        if other_list:
            self.read(here)
        else:
            self._filter(here)

    def mend(self, household: str, persons: Sequence[str]) -> None:
        """After an act: take what it settled out, put what it raised where we stand; all else keeps its place."""
        today = self._today()
        found = {d.id: awake(d, today) for d in self._people.doubts_near(household, persons)}
        touched = set(persons)
        for doubt in self._all:  # of several persons: it may stand under another of them than who was touched
            several = doubt.kind in _OF_SEVERAL and doubt.id not in found
            if several and not touched.isdisjoint((doubt.person, *doubt.people)):
                still = self._people.doubt(doubt.id)
                found |= {doubt.id: awake(still, today)} if still is not None else {}
        gone: list[Doubt] = []
        come = list(found.values())
        kept: list[Doubt] = []
        where = None
        for doubt in self._all:
            near = (
                (household and doubt.household == household)
                or doubt.person in touched
                or (doubt.people and not touched.isdisjoint(doubt.people))
            )
            if not near or doubt.kind is DoubtKind.SPELLING:
                kept.append(doubt)
                continue
            where = len(kept) if where is None else where
            gone.append(doubt)
            if doubt.id in found:
                kept.append(found.pop(doubt.id))
        here = self.current
        stands = next((i for i, d in enumerate(kept) if here is not None and d.id == here.id), len(kept))
        at = stands if where is None else where
        kept[at:at] = in_order(found.values())
        self._all = kept
        self._exchange(gone, come)
        self._stand(here.id if here else "")

    def _exchange(self, gone: Sequence[Doubt], come: Sequence[Doubt]) -> None:
        """Count out the lines that went and in those that came; the rest is as it was."""
        passing = {doubt.id for doubt in self.lines}
        for times, lines in ((-1, gone), (1, come)):
            for doubt in lines:
                self.total += times * (not doubt.standing)
                if self.wanted.keeps(doubt, self.actors):
                    self._tally.add(doubt, times)
                    (passing.add if times > 0 else passing.discard)(doubt.id)
        self.lines = [doubt for doubt in self._all if doubt.id in passing]

    def _filter(self, here: str) -> None:
        self.lines = [doubt for doubt in self._all if self.wanted.keeps(doubt, self.actors)]
        self._tally = Tally(self.actors)
        for doubt in self.lines:
            self._tally.add(doubt)
        self.total = sum(not doubt.standing for doubt in self._all)  # open lines, whatever the filter
        self._stand(here)

    def _stand(self, here: str) -> None:
        before = self.place
        self.place = next((i for i, d in enumerate(self.lines) if d.id == here), min(before, len(self.lines) - 1))
        self.place = max(self.place, 0)

    @property
    def current(self) -> Doubt | None:
        """The doubt in hand."""
        return self.lines[self.place] if self.place < len(self.lines) else None

    @property
    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """How many lines of the filter there are of each kind, reason, field, village, for whom."""
        return self._tally.told()

    @property
    def doors(self) -> Mapping[str, int]:
        """How many lines of the filter each household has."""
        return self._tally.doors

    def beside(self, doubt: Doubt) -> int:
        """How many lines of the filter are at the same door."""
        return self._tally.doors[doubt.household] if doubt.household else 1

    def find(self, wanted: Callable[[Doubt], bool]) -> bool:
        """Go to the first line that is wanted; the filter gives way when only it hides the line."""
        for lines in (self.lines, self._all):
            found = next((doubt for doubt in lines if wanted(doubt)), None)
            if found is not None:
                if lines is self._all:
                    self.want(Wanted(standing="any" if found.standing else "open"), found.id)
                self.place = next((i for i, d in enumerate(self.lines) if d.id == found.id), 0)
                return True
        return False

    def move(self, steps: int) -> bool:
        """Go forward or back; the ends hold, and False says so."""
        before = self.place
        self.place = max(0, min(before + steps, len(self.lines) - 1))
        return self.place != before

    def reasons(self) -> Mapping[str, int]:
        """Open fields by reason, for deciding in bulk."""
        found: dict[str, int] = {}
        for doubt in self._all:
            if doubt.kind is DoubtKind.FIELD and not doubt.standing:
                found[doubt.code] = found.get(doubt.code, 0) + 1
        return dict(sorted(found.items(), key=lambda item: -item[1]))
