"""What the officer at the machine may see of people: a collector his own villages, an auditor nobody.

The matcher, imports and bundles read everything; this stands between the store and whoever looks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar, cast, runtime_checkable

from fieldtool.ports import Home, People
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.persons import Doubt, DoubtKind, Household, HouseholdLine, Person, PersonLine, Village
from fieldtool.records.roles import Power
from fieldtool.usecases.authority import current_user, require_one

LOOKS = (Power.VISIT, Power.ENTER, Power.DECIDE, Power.RECEIVE)
_DEEP = 5  # times as many hits are looked through at first as are shown, since others' are left out
_T = TypeVar("_T")


def seen_people(home: Home, people: People) -> People:
    """The read side as the officer at the machine now may see it; `look_again` after another sat down."""
    return cast(People, SeenPeople(home, people))


def look_again(*readers: object) -> None:
    """Ask anew who is at the machine, where the home's writer may be used: the window's own thread must not."""
    for reader in readers:
        if isinstance(reader, Bounded):
            reader.look_again()


@runtime_checkable
class Bounded(Protocol):
    """A read side that shows what the officer at the machine may see."""

    def look_again(self) -> None:
        """Take in who is at the machine."""


def bounds_of(home: Home) -> frozenset[str] | None:
    """The villages that the officer at the machine may see: None for all, none for who may see nobody."""
    user = current_user(home)
    return frozenset(user.villages) or None if any(map(user.may, LOOKS)) else frozenset()


def search_people(home: Home, text: str, limit: int = 50) -> list[PersonLine]:
    """Search, noted in the journal; NOT_ALLOWED for who may see nobody."""
    require_one(home, *LOOKS)
    home.log.note("search", text)
    return seen_people(home, home.people).search(text, limit)


def view_person(home: Home, id: str) -> Person:
    """One person, noted in the journal; NOT_ALLOWED, or NOT_FOUND, also for one outside a collector's villages."""
    require_one(home, *LOOKS)
    return _viewed(home, id, seen_people(home, home.people).person)


def view_household(home: Home, id: str) -> Household:
    """One household, likewise."""
    require_one(home, *LOOKS)
    return _viewed(home, id, seen_people(home, home.people).household)


def _viewed(home: Home, id: str, find: Callable[[str], _T | None]) -> _T:
    found = find(id)
    if found is None:
        raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": id})
    home.log.note("view", id)
    return found


class SeenPeople:
    """The reads of `People` that name people, bounded; all others are the store's own."""

    def __init__(self, home: Home, people: People) -> None:
        self._home, self._people = home, people
        self._seen: frozenset[str] | None = None
        self.look_again()

    def __getattr__(self, name: str) -> object:
        return getattr(self._people, name)

    def look_again(self) -> None:
        """Take in who is at the machine: the villages he may see, None for all."""
        self._seen = bounds_of(self._home)

    def _bounds(self) -> frozenset[str] | None:
        return self._seen

    def search(self, text: str, limit: int = 50) -> list[PersonLine]:
        """See ports.People."""
        bounds = self._bounds()
        if bounds is None:
            return self._people.search(text, limit)
        asked, hits = limit * _DEEP, [] if not bounds else self._people.search(text, limit * _DEEP)
        found = [line for line in hits if self._of(line.id) in bounds]
        while len(found) < limit and len(hits) == asked:  # others' persons of that name stand before his own
            asked *= _DEEP
            hits, seen = self._people.search(text, asked), len(hits)
            found += [line for line in hits[seen:] if self._of(line.id) in bounds]
        return found[:limit]

    def _of(self, person: str) -> str:
        found = self._people.person(person)
        return found.village if found is not None else ""

    def person(self, id: str) -> Person | None:
        """See ports.People."""
        found, bounds = self._people.person(id), self._bounds()
        return found if found is None or bounds is None or found.village in bounds else None

    def household(self, id: str) -> Household | None:
        """See ports.People."""
        found, bounds = self._people.household(id), self._bounds()
        return found if found is None or bounds is None or found.village in bounds else None

    def villages(self) -> list[Village]:
        """See ports.People."""
        bounds = self._bounds()
        return [item for item in self._people.villages() if bounds is None or item.id in bounds]

    def households(self, village: str = "", offset: int = 0, limit: int = 200) -> list[HouseholdLine]:
        """See ports.People."""
        return self._listed(self._people.households, village, offset, limit)

    def persons(self, village: str = "", offset: int = 0, limit: int = 200) -> list[PersonLine]:
        """See ports.People."""
        return self._listed(self._people.persons, village, offset, limit)

    def _listed(self, read: Callable[[str, int, int], Sequence[_T]], village: str, offset: int, limit: int) -> list[_T]:
        bounds = self._bounds()
        if bounds is None or village in bounds:
            return list(read(village, offset, limit))
        wanted = () if village else sorted(bounds)
        return [item for one in wanted for item in read(one, 0, offset + limit)][offset : offset + limit]

    def doubts(
        self, village: str = "", kind: DoubtKind | None = None, field: str = "", offset: int = 0, limit: int = 200
    ) -> list[Doubt]:
        """See ports.People."""
        bounds = self._bounds()
        if bounds is None or village in bounds:
            return self._people.doubts(village, kind, field, offset, limit)
        wanted = () if village else sorted(bounds)
        found = [doubt for one in wanted for doubt in self._people.doubts(one, kind, field, 0, offset + limit)]
        return found[offset : offset + limit]

    def doubt(self, id: str) -> Doubt | None:
        """See ports.People."""
        found, bounds = self._people.doubt(id), self._bounds()
        return found if found is None or bounds is None or found.village in bounds else None
