"""What lists of cards and births and the four words need of each person, kept beside the persons table."""

from __future__ import annotations

from collections.abc import Sequence

from sqlite_utils import Database

from fieldtool.records.dates import parse_date
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.number_findings import findings
from fieldtool.records.numbers import parse_number
from fieldtool.records.persons import Person
from fieldtool.records.relations import implied_sex
from fieldtool.store.rows import marks

# Fields the national database wants of everybody (Luật Căn cước art. 9, reference/domain.md 1.9), as far as papers
# of the house can tell them.
DUE = (
    Field.NAME,
    Field.DOB,
    Field.SEX,
    Field.N12,
    Field.ETHNICITY,
    Field.ORIGIN,
    Field.FATHER,
    Field.MOTHER,
)
_FAULTS = frozenset({"number_length", "number_digits_lost", "number_prefix_unknown", "number_sex", "number_year"})
_SEXES = {"nam": "M", "m": "M", "nữ": "F", "f": "F"}


def keep_facts(database: Database, ids: Sequence[str], persons: Sequence[Person]) -> None:
    """Put the facts of these persons in place of what was kept of these ids."""
    database.execute(f"DELETE FROM facts WHERE person IN ({marks(ids)})", ids)
    database.execute(f"DELETE FROM bearers WHERE person IN ({marks(ids)})", ids)
    database.conn.executemany(f"INSERT INTO facts VALUES ({', '.join('?' * 13)})", [_row(person) for person in persons])
    database.conn.executemany(
        "INSERT OR IGNORE INTO bearers VALUES (?, ?)",
        [(number, person.id) for person in persons for number in _numbers(person)],
    )


def _numbers(person: Person) -> set[str]:
    """The numbers that identify this person: those decided, else those of his papers."""
    found: set[str] = set()
    for field in (Field.N12, Field.N9):
        view = person.fields.get(field)
        if view is None:
            continue
        texts = [item.value for item in view.decisions] or [text for text, _ in view.values]
        numbers = [parse_number(text) for text in texts]
        found |= {number.digits for number in numbers if number.identifies}
    return found


def _row(person: Person) -> tuple[object, ...]:
    cards = [paper for paper in person.documents if paper.kind is DocumentKind.ID_CARD]
    card = "n12" if any(paper.get(Field.N12) for paper in cards) else "n9" if cards else ""
    issued = max((parse_date(paper.get(Field.ISSUE_DATE)).iso for paper in cards), default="")
    expiry = max((parse_date(paper.get(Field.EXPIRY)).iso for paper in cards), default="")
    missing = [field for field in DUE if not person.value(field)]
    return (
        person.id,
        person.village,
        person.household,
        parse_date(person.value(Field.DOB)).iso,
        _sex(person),
        card,
        issued,
        expiry,
        any(paper.kind in (DocumentKind.HOUSEHOLD, DocumentKind.REGISTER) for paper in person.documents),
        len(DUE),
        len(DUE) - len(missing),
        " ".join(missing),
        " ".join(sorted(_faults(person))),
    )


def _sex(person: Person) -> str:
    return _SEXES.get(person.value(Field.SEX).strip().lower(), "")


def _faults(person: Person) -> set[str]:
    """What cannot be so: numbers against birth and sex, dates no calendar has, a relation of the other sex."""
    sex, dob = _sex(person), person.value(Field.DOB)
    found = {item.code for item in findings(person.value(Field.N12), dob, sex) if item.code in _FAULTS}
    born = parse_date(dob)
    if dob and born.precision == "none":
        found.add("date_unreadable")
    if born.impossible:
        found.add("date_impossible")
    relation = implied_sex(person.value(Field.RELATION))
    if relation and sex and relation != sex:
        found.add("relation_sex")
    return found
