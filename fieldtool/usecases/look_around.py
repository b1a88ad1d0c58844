"""Who stands beside a person: parents, spouse, children, siblings and household, with values of their own.

A parent's paper often settles a child's; nothing here decides anything.
"""

from __future__ import annotations

from dataclasses import dataclass

from fieldtool.conflicts.families import Kin, kin_of
from fieldtool.ports import People
from fieldtool.records.fields import Field
from fieldtool.records.persons import Member, Person
from fieldtool.records.relations import relation_code
from fieldtool.records.vietnamese import fold

KINDS = ("father", "mother", "spouse", "child", "sibling", "head", "household", "named")
_CHILDREN = frozenset({"son", "daughter", "child", "adopted_child", "step_child"})
_SPOUSES = frozenset({"wife", "husband", "spouse"})


@dataclass(frozen=True, slots=True)
class Relative:
    """One relative. `person` is "" for one whom papers name and the household does not hold; `open` counts doubts."""

    kind: str
    name: str
    person: str = ""
    dob: str = ""
    number: str = ""
    relation: str = ""
    papers: tuple[str, ...] = ()
    open: int = 0


def relatives(people: People, person: Person) -> tuple[Relative, ...]:
    """The relatives, parents first. What the person's own papers call father, mother or spouse stands even alone."""
    house = people.household(person.household) if person.household else None
    members = [member for member in house.members if member.person != person.id] if house else []
    own = relation_code(person.value(Field.RELATION))
    found: list[Relative] = []
    taken: set[str] = set()
    for kind, field in (("father", Field.FATHER), ("mother", Field.MOTHER), ("spouse", Field.SPOUSE)):
        named = person.value(field)
        held = next((m for m in members if named and fold(m.name) == fold(named) and m.person not in taken), None)
        if held is not None:
            taken.add(held.person)
            found.append(_held(people, kind, held))
        elif named:
            found.append(Relative(kind, named))
    for member in members:
        if member.person not in taken:
            found.append(_held(people, _kind(own, relation_code(member.relation), member.sex), member))
    return tuple(sorted(found, key=lambda relative: (KINDS.index(relative.kind), relative.name)))


def household_kin(people: People, household: str) -> list[Kin]:
    """The members of a household as the family rules see them."""
    house = people.household(household)
    found = [people.person(member.person) for member in house.members] if house else []
    return [kin_of(person) for person in found if person is not None]


def _kind(own: str, other: str, sex: str) -> str:
    """What a member is to a person, as far as the relations of both to the head tell."""
    if own in _CHILDREN:
        if other in _CHILDREN:
            return "sibling"
        if other == "head":
            return "head"
    if own == "head" and other in _CHILDREN:
        return "child"
    if (own == "head" and other in _SPOUSES) or (own in _SPOUSES and other == "head"):
        return "spouse"
    if own in _SPOUSES and other in _CHILDREN:
        return "child"
    return "head" if other == "head" else "household"


def _held(people: People, kind: str, member: Member) -> Relative:
    person = people.person(member.person)
    number = (person.value(Field.N12) or person.value(Field.N9)) if person else ""
    return Relative(
        kind, member.name, member.person, member.dob, number, member.relation, member.papers, member.open_fields
    )
