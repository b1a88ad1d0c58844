"""Never two different 12-digit numbers in one person by one officer's word: asked where a paper is given to a person.

Merging whole persons has its own way to a second officer (join_persons); here a single paper is refused.
"""

from __future__ import annotations

from fieldtool.conflicts.findings import numbers_held
from fieldtool.conflicts.people import fold_person
from fieldtool.ports import Home
from fieldtool.records.documents import Document
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.events import VERDICT, RecordKind
from fieldtool.records.fields import Field
from fieldtool.records.persons import Person
from fieldtool.usecases.acts import pair_of, read_basis


def twelve(person: Person) -> set[str]:
    """The 12-digit numbers on a person's papers, whatever was decided of them: a decision is one officer's word."""
    written = fold_person(person.id, person.documents, [])
    return {digits for digits, field in numbers_held(written).items() if field == Field.N12 and len(digits) == 12}


def clashing(left: Person, right: Person) -> set[str]:
    """The numbers that would come together, where each side has one that the other has not; else nothing."""
    a, b = twelve(left), twelve(right)
    return a | b if a - b and b - a else set()


def require_one_number(home: Home, paper: Document, person_id: str, replaces: str = "") -> None:
    """SECOND_OFFICER when a paper would bring a second 12-digit number to a person by one officer's word alone.

    `replaces` is a paper that goes when this one comes. What a second officer confirmed of the two stays confirmed.
    """
    person = home.people.person(person_id)
    others = [held for held in person.documents if held.id not in (paper.id, replaces)] if person else []
    if not others or any(_confirmed(home, paper.id, other.id) for other in others):
        return
    numbers = clashing(fold_person(person_id, others, []), fold_person(paper.id, [paper], []))
    if numbers:
        raise FieldtoolError(ErrorCode.SECOND_OFFICER, values={"numbers": ", ".join(sorted(numbers))})


def _confirmed(home: Home, a: str, b: str) -> bool:
    said = home.log.register(RecordKind.PAIR, pair_of(a, b), VERDICT)
    return any(event.value == "same" and "confirms" in read_basis(event.basis) for event in said)
