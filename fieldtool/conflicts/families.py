"""What cannot be right in a household: heads, ages, sexes, the dead among the living, children without certificate.

Pure and quick, so that it runs while somebody types: at the desk, in the visit form, and when tables are folded.
Findings warn and never block (a household of the mountains may be odder than any rule).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fieldtool.conflicts.compare import read_sex
from fieldtool.records.dates import PaperDate, parse_date
from fieldtool.records.documents import Document
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.persons import Person
from fieldtool.records.relations import implied_sex, relation_code
from fieldtool.records.vietnamese import fold

CODES = (
    "family_no_head",
    "family_two_heads",
    "family_relation_sex",
    "family_spouse_sex",
    "family_parent_too_young",
    "family_parent_too_old",
    "family_siblings_close",
    "family_dead_living",
    "family_no_certificate",
)
LEAST_GAP, MOST_GAP, MOST_FATHER_GAP = 12, 60, 80  # years between parent and child (reference: DC01 check list)
# Since the law on civil status (60/2014) came into force, a birth is registered with the personal number.
REGISTERED_SINCE = 2016
_SIBLING_MONTHS = 9
_CHILDREN = frozenset({"son", "daughter", "child"})
_PARENTS = frozenset({"father", "mother", "parent"})
_SPOUSES = frozenset({"wife", "husband", "spouse"})
_DIED = ("da chet", "da mat", "chet nam", "mat nam", "tu vong", "bao tu", "qua doi", "tu tran", "da khuat", "deceased")


@dataclass(frozen=True, slots=True)
class Kin:
    """One member of a household as he stands now: written values, and what kinds of paper he has.

    `relation` is the relation to the head as written; `dead` is the words that say he died, "" when none do.
    """

    id: str
    name: str = ""
    dob: str = ""
    sex: str = ""
    relation: str = ""
    father: str = ""
    mother: str = ""
    papers: frozenset[str] = frozenset()
    dead: str = ""


@dataclass(frozen=True, slots=True)
class FamilyFinding:
    """One thing that cannot well be right; its sentence is "finding.<code>" with `values`.

    `persons` are the members it speaks of, the one to look at first in front; `field` is what to mend, "" for none.
    """

    code: str
    persons: tuple[str, ...]
    field: str = ""
    values: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Read:
    """A member with his texts read."""

    kin: Kin
    code: str
    sex: str
    born: PaperDate


def family_findings(members: Sequence[Kin]) -> tuple[FamilyFinding, ...]:
    """Everything that cannot well be right among the members of one household; () when all is well.

    Depends on the members alone, not on their order nor on the day. Missing values are never held against anybody.
    """
    read = [_read(kin) for kin in sorted(members, key=lambda kin: kin.id)]
    living = [member for member in read if not member.kin.dead]
    found = [*_heads(living), *_sexes(living), *_gaps(read), *_siblings(read)]
    found += [_of(member, "family_dead_living", "", {"words": member.kin.dead}) for member in read if member.kin.dead]
    found += [_of(member, "family_no_certificate", "", {}) for member in living if _lacks_certificate(member)]
    return tuple(found)


def kin_of(person: Person) -> Kin:
    """A person as the household rules see him."""
    return Kin(
        id=person.id,
        name=person.value(Field.NAME),
        dob=person.value(Field.DOB),
        sex=person.value(Field.SEX),
        relation=person.value(Field.RELATION),
        father=person.value(Field.FATHER),
        mother=person.value(Field.MOTHER),
        papers=frozenset(str(paper.kind) for paper in person.documents),
        dead=said_dead(person.documents),
    )


def said_dead(papers: Iterable[Document]) -> str:
    """The words of a paper that say its person has died, "" when none do."""
    for paper in papers:
        note = paper.get(Field.NOTE)
        folded = f" {fold(note)} "
        if note and any(f" {words} " in folded for words in _DIED):
            return note
    return ""


def _read(kin: Kin) -> _Read:
    return _Read(kin, relation_code(kin.relation), read_sex(kin.sex), parse_date(kin.dob))


def _of(member: _Read, code: str, field: str, values: Mapping[str, str], *others: _Read) -> FamilyFinding:
    ids = (member.kin.id, *(other.kin.id for other in others))
    return FamilyFinding(code, ids, field, {"name": member.kin.name, **values})


def _heads(living: list[_Read]) -> list[FamilyFinding]:
    """Exactly one head, where the members' relations are known at all."""
    heads = [member for member in living if member.code == "head"]
    related = [member for member in living if member.code]
    if len(heads) > 1:
        names = ", ".join(member.kin.name for member in heads)
        return [_of(heads[0], "family_two_heads", Field.RELATION, {"names": names}, *heads[1:])]
    if not heads and len(related) > 1:
        return [_of(related[0], "family_no_head", Field.RELATION, {"count": str(len(related))}, *related[1:])]
    return []


def _sexes(living: list[_Read]) -> list[FamilyFinding]:
    found = []
    heads = [member for member in living if member.code == "head" and member.sex]
    for member in living:
        implied = implied_sex(member.kin.relation)
        if implied and member.sex and implied != member.sex:
            values = {"relation": member.kin.relation, "sex": member.kin.sex}
            found.append(_of(member, "family_relation_sex", Field.SEX, values))
        elif member.code in _SPOUSES and len(heads) == 1 and member.sex == heads[0].sex:
            values = {"head": heads[0].kin.name, "sex": member.kin.sex}
            found.append(_of(member, "family_spouse_sex", Field.SEX, values, heads[0]))
    return found


def _gaps(read: list[_Read]) -> list[FamilyFinding]:
    """Parents and children by the relation to the one head."""
    heads = [member for member in read if member.code == "head"]
    if len(heads) != 1:
        return []
    head = heads[0]
    pairs = [(head, member) for member in read if member.code in _CHILDREN]
    pairs += [(member, head) for member in read if member.code in _PARENTS]
    return [finding for parent, child in pairs for finding in _gap(parent, child)]


def _gap(parent: _Read, child: _Read) -> list[FamilyFinding]:
    if not (parent.born.year and child.born.year):
        return []
    gap = child.born.year - parent.born.year
    values = {"parent": parent.kin.name, "gap": str(gap), "born": child.kin.dob, "parent_born": parent.kin.dob}
    if gap < LEAST_GAP:
        return [_of(child, "family_parent_too_young", Field.DOB, values, parent)]
    if gap > (MOST_FATHER_GAP if parent.sex == "M" else MOST_GAP):
        return [_of(child, "family_parent_too_old", Field.DOB, values, parent)]
    return []


def _siblings(read: list[_Read]) -> list[FamilyFinding]:
    """Children of one mother born less than nine months apart; twins (within a few days) are none."""
    found = []
    children = [m for m in read if m.kin.mother and m.born.precision == "day" and m.code in _CHILDREN]
    children.sort(key=lambda m: (fold(m.kin.mother), m.born.iso, m.kin.id))
    for first, second in zip(children, children[1:], strict=False):
        if fold(first.kin.mother) != fold(second.kin.mother):
            continue
        days = _days(second.born) - _days(first.born)
        if 5 < days < _SIBLING_MONTHS * 28:
            values = {"other": first.kin.name, "born": second.kin.dob, "other_born": first.kin.dob}
            found.append(_of(second, "family_siblings_close", Field.DOB, values, first))
    return found


def _days(date: PaperDate) -> int:
    return date.year * 365 + date.month * 30 + date.day


def _lacks_certificate(member: _Read) -> bool:
    return member.born.year >= REGISTERED_SINCE and str(DocumentKind.BIRTH) not in member.kin.papers
