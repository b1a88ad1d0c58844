"""Doubts that no two values of one field raise: numbers, families, harmless spellings. Pure; the store keeps them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fieldtool.conflicts.compare import read_sex
from fieldtool.conflicts.families import FamilyFinding
from fieldtool.conflicts.law import Situation
from fieldtool.records.fields import COMPARED_FIELDS, Field
from fieldtool.records.number_findings import Finding, findings
from fieldtool.records.numbers import parse_number
from fieldtool.records.persons import Doubt, DoubtKind, FieldState, Person

# What a number may be held against its holder for; repairs are the business of the conflict of the field.
_HELD_AGAINST = frozenset(
    {"number_placeholder", "number_digits_lost", "number_length", "number_sex", "number_year", "number_cancelled"}
)
# While the other side of the comparison is in conflict itself, settling that answers the number too.
_ANSWERED_BY = {"number_sex": Field.SEX, "number_year": Field.DOB}
# Spellings worth one decision for all; capitals, blanks and date separators are habits of forms and worth none.
SPELLINGS = frozenset(
    {
        "tone_place", "tone_misplaced", "unicode_form", "d_bar", "i_y", "title", "people_subgroup", "place_renamed",
        "place_merged", "place_spelling",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Holder:
    """A person as a line of the queue names him."""

    id: str
    name: str
    village: str
    household: str


def numbers_held(person: Person) -> dict[str, str]:
    """The numbers that identify a person: digits → field. A decision leaves no other number of its field standing."""
    held: dict[str, str] = {}
    for field in (Field.N12, Field.N9):
        view = person.fields.get(field)
        if view is None:
            continue
        decided = view.state is FieldState.DECIDED
        for text in [view.value] if decided else [text for text, _ in view.values]:
            read = parse_number(text)
            if read.identifies:
                held.setdefault(read.digits, field)
    return held


def number_doubts(person: Person) -> list[Doubt]:
    """What a person's own number has against it: no number at all, another sex, another year of birth."""
    doubts: list[Doubt] = []
    for field in (Field.N12, Field.N9):
        view = person.fields.get(field)
        if view is None or view.state not in (FieldState.AGREED, FieldState.DECIDED):
            continue
        sex = read_sex(person.value(Field.SEX))
        for finding in findings(view.value, person.value(Field.DOB), sex):
            waits = _ANSWERED_BY.get(finding.code)
            if finding.code in _HELD_AGAINST and waits not in person.open_fields:
                doubts.append(_against(person, field, finding))
    return doubts


def _against(person: Person, field: Field, finding: Finding) -> Doubt:
    own = Holder(person.id, person.value(Field.NAME), person.village, person.household)
    values = (person.value(field), person.value(Field.DOB), person.value(Field.SEX))
    id = f"number:{finding.code.removeprefix('number_')}:{person.id}"
    return _doubt(id, DoubtKind.NUMBER, own, field, finding.code, values, (), finding.values)


def shared_doubt(digits: str, field: str, holders: Sequence[Holder]) -> Doubt | None:
    """The doubt of a number that several persons hold, None when one or none does."""
    if len(holders) < 2:
        return None
    people = sorted(holders, key=lambda holder: holder.id)
    facts = {"number": digits, "count": str(len(people))}
    names = tuple(holder.name for holder in people)
    others = tuple(holder.id for holder in people[1:])
    return _doubt(
        f"number:{digits}", DoubtKind.NUMBER, people[0], field, "number_shared", (digits, *names), others, facts
    )


def family_doubts(found: Iterable[FamilyFinding], people: Mapping[str, Holder]) -> list[Doubt]:
    """The findings about one household as lines of the queue."""
    doubts = []
    for finding in found:
        own = people[finding.persons[0]]
        others = finding.persons[1:]
        values = tuple(text for name, text in sorted(finding.values.items()) if name != "name")
        id = ":".join(("family", finding.code.removeprefix("family_"), *finding.persons[:2]))
        doubts.append(_doubt(id, DoubtKind.FAMILY, own, finding.field, finding.code, values, others, finding.values))
    return doubts


def spelling_doubts(person: Person) -> list[Doubt]:
    """Fields whose papers agree in all but a spelling that one decision may settle for many."""
    doubts = []
    own = Holder(person.id, person.value(Field.NAME), person.village, person.household)
    for field in COMPARED_FIELDS:
        view = person.fields.get(field)
        if view is None or view.state is not FieldState.AGREED or view.decisions:
            continue
        code = next((item.code for item in view.differences if item.code in SPELLINGS and item.harmless), "")
        if code:
            written = dict.fromkeys(paper.get(field) for paper in person.documents if paper.get(field))
            id = f"{person.id}:{field}"
            doubts.append(_doubt(id, DoubtKind.SPELLING, own, field, code, tuple(sorted(written)), (), {}))
    return doubts


def _doubt(
    id: str,
    kind: DoubtKind,
    own: Holder,
    field: str,
    code: str,
    values: Sequence[str],
    people: Sequence[str],
    facts: Mapping[str, str],
) -> Doubt:
    return Doubt(
        id=id,
        kind=kind,
        person=own.id,
        name=own.name,
        village=own.village,
        household=own.household,
        field=str(field),
        code=code,
        values=tuple(values),
        people=tuple(people),
        facts=dict(facts),
        situation=Situation(kind, frozenset({code})).to_text(),
    )
