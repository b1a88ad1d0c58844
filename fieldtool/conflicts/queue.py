"""The one queue: what is kept in it, in which order it is worked through, and how much of each there is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from fieldtool.conflicts.roads import Actors
from fieldtool.records.persons import Doubt, DoubtKind

# Other machines wait for these, and other doubts follow from them.
_FIRST = (DoubtKind.DIVIDED, DoubtKind.RIVALS, DoubtKind.SECOND)
_WITHIN = (DoubtKind.LINK, DoubtKind.NUMBER, DoubtKind.FAMILY, DoubtKind.FIELD, DoubtKind.SPELLING)
_UNNAMED = frozenset({"", "name_other", "date_other", "number_other", "place_other", "text_differs"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """A filter of the queue; "" asks for nothing. `standing` "open" keeps what nobody put aside, "any" all."""

    village: str = ""
    household: str = ""
    kind: str = ""
    reason: str = ""
    field: str = ""
    who: str = ""
    standing: str = "open"

    def keeps(self, doubt: Doubt, actors: Actors) -> bool:
        """Whether a line passes."""
        if self.standing != "any" and doubt.standing != ("" if self.standing == "open" else self.standing):
            return False
        for asked, own in (
            (self.village, doubt.village),
            (self.household, doubt.household),
            (self.kind, doubt.kind),
            (self.reason, doubt.code),
            (self.field, doubt.field),
        ):
            if asked and asked != own:
                return False
        return not self.who or self.who == actors.who(doubt)


def opened(doubt: Doubt) -> Doubt:
    """A line without what was said of it."""
    return replace(doubt, standing="", until="", note="")


def in_order(doubts: Iterable[Doubt]) -> list[Doubt]:
    """What holds up other machines first; then the household where most is open, and its doubts together.

    Inside a household what may change whole persons (links, numbers, the family) comes before single fields, and a
    person's fields stay together.
    """
    lines = list(doubts)
    open_at = Counter(_door(doubt) for doubt in lines)
    of_person = Counter(doubt.person for doubt in lines)

    def place(doubt: Doubt) -> tuple[object, ...]:
        first = _FIRST.index(doubt.kind) if doubt.kind in _FIRST else len(_FIRST)
        door = _door(doubt)
        whole = doubt.kind in _WITHIN[:3]
        within = _WITHIN.index(doubt.kind) if doubt.kind in _WITHIN else 0
        return (first, not doubt.household, -open_at[door], door, not whole, -of_person[doubt.person], doubt.person,
                within, -doubt.weight, doubt.id)  # fmt: skip

    return sorted(lines, key=place)


def _door(doubt: Doubt) -> str:
    return doubt.household or doubt.person


class Tally:
    """How many lines there are of each kind, reason, field, village, standing, for whom, and at each door; lines come
    and go one by one, since counting all anew after each act costs more in a large queue than showing the next."""

    def __init__(self, actors: Actors) -> None:
        self._actors = actors
        self._by: dict[str, Counter[str]] = {
            name: Counter() for name in ("kind", "reason", "field", "village", "who", "standing")
        }
        self.doors: Counter[str] = Counter()

    def add(self, doubt: Doubt, times: int = 1) -> None:
        """Count a line, or with -1 no longer."""
        by = self._by
        by["kind"][doubt.kind] += times
        by["reason"][doubt.code] += times
        by["field"][doubt.field] += times
        by["village"][doubt.village] += times
        by["who"][self._actors.who(doubt)] += times
        by["standing"][doubt.standing] += times
        self.doors[doubt.household] += times

    def told(self) -> Mapping[str, Mapping[str, int]]:
        """The counts of each group, the largest first."""
        return {
            name: {str(key): count for key, count in found.most_common() if count} for name, found in self._by.items()
        }


def counts(doubts: Iterable[Doubt], actors: Actors) -> Mapping[str, Mapping[str, int]]:
    """How many lines there are of each kind, reason, field, village, standing, and for whom; the largest first."""
    tally = Tally(actors)
    for doubt in doubts:
        tally.add(doubt)
    return tally.told()


def explained(doubts: Iterable[Doubt]) -> tuple[int, int]:
    """How many lines carry a named reason, of how many. "Something else differs" is no name."""
    lines = list(doubts)
    return sum(doubt.code not in _UNNAMED for doubt in lines), len(lines)
