"""Looking things up, within the bounds of who looks: a collector with villages of his own sees those alone.

What lies outside is answered as if it were not there; that somebody asked for it is noted in the journal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fieldtool.ports import Home, People
from fieldtool.records.persons import Household, HouseholdLine, Person, PersonLine, Village
from fieldtool.usecases.authority import current_user

_FAR = 5_000  # hits looked through for a bounded officer: those of other villages do not use up his list


@dataclass(frozen=True, slots=True)
class Bounds:
    """The villages somebody may look into; () for all that the home holds."""

    villages: tuple[str, ...] = ()

    def hold(self, village: str) -> bool:
        """Whether a village lies within."""
        return not self.villages or village in self.villages

    def seen(self, people: People) -> list[Village]:
        """The villages to choose from."""
        return [village for village in people.villages() if self.hold(village.id)]

    def search(self, people: People, text: str, limit: int) -> list[PersonLine]:
        """Persons that hold every word of the text."""
        if not self.villages:
            return people.search(text, limit)
        names = {village.name for village in self.seen(people)}
        found: list[PersonLine] = []
        for hit in people.search(text, max(limit, _FAR)):
            # Two villages may bear one name after the mergers: the name is a sieve, the id decides.
            if hit.village_name in names and self.person(people, hit.id) is not None:
                found.append(hit)
                if len(found) == limit:
                    break
        return found

    def person(self, people: People, id: str) -> Person | None:
        """One person, whole."""
        found = people.person(id)
        return found if found is not None and self.hold(found.village) else None

    def household(self, people: People, id: str) -> Household | None:
        """One household, whole."""
        found = people.household(id)
        return found if found is not None and self.hold(found.village) else None

    def count(self, people: People, village: str) -> int:
        """How many households a village has, or all that may be seen."""
        return sum(item.households for item in self.seen(people) if village in ("", item.id))

    def households(self, people: People, village: str, offset: int, limit: int) -> Sequence[HouseholdLine]:
        """Households of one village, or of all that may be seen."""
        if village or not self.villages:
            return people.households(village, offset, limit) if self.hold(village) else []
        lines = [line for own in self.seen(people) for line in people.households(own.id, 0, own.households)]
        return lines[offset : offset + limit]


def bounds_of(home: Home) -> Bounds:
    """The bounds of the officer at the machine."""
    return Bounds(current_user(home).villages)


def find_persons(home: Home, text: str, limit: int) -> list[PersonLine]:
    """Search; the words are noted in the journal."""
    home.log.note("search", text)
    return bounds_of(home).search(home.people, text, limit)


def view_person(home: Home, id: str) -> Person | None:
    """One person, noted as seen, or as refused when he lives elsewhere."""
    found = bounds_of(home).person(home.people, id)
    _noted(home, id, found is not None)
    return found


def view_household(home: Home, id: str) -> Household | None:
    """One household, noted as seen, or as refused when it lies elsewhere."""
    found = bounds_of(home).household(home.people, id)
    _noted(home, id, found is not None)
    return found


def _noted(home: Home, id: str, seen: bool) -> None:
    here = current_user(home)
    home.log.note(*(("view", id) if seen else ("refused", f"{here.id} view {id}")))
