"""What lists of cards and births and the four words need of each person, kept beside the persons table, and which
numbers he holds. Rows of a person alone: another process makes them too, so nothing here knows the database."""

from __future__ import annotations

from fieldtool.records.dates import parse_date
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.number_findings import findings
from fieldtool.records.numbers import parse_number
from fieldtool.records.persons import Person
from fieldtool.records.relations import implied_sex

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
PLACEHOLDER = "placeholder"
_FAULTS = frozenset({"number_length", "number_digits_lost", "number_prefix_unknown", "number_sex", "number_year"})
_SEXES = {"nam": "M", "m": "M", "nữ": "F", "f": "F"}


def borne_by(person: Person) -> list[tuple[str, str]]:
    """The rows of `bearers`: the numbers that identify this person, those decided, else those of his papers."""
    found: set[str] = set()
    for field in (Field.N12, Field.N9):
        view = person.fields.get(field)
        if view is None:
            continue
        texts = [item.value for item in view.decisions] or [text for text, _ in view.values]
        numbers = [parse_number(text) for text in texts]
        found |= {number.digits for number in numbers if number.identifies}
    return [(number, person.id) for number in found]


def held_by(person: Person) -> list[tuple[str, str, str]]:
    """The rows of `held_numbers`: his numbers on papers and by decision, as digits, each once."""
    texts = [paper.get(field) for paper in person.documents for field in (Field.N12, Field.N9)]
    texts += [person.value(Field.N12), person.value(Field.N9)]
    found: dict[str, str] = {}
    for read in map(parse_number, filter(None, texts)):
        if read.placeholder and read.digits:
            found[read.digits] = PLACEHOLDER
        elif read.identifies:
            found[read.digits] = read.kind
    return [(person.id, number, kind) for number, kind in sorted(found.items())]


def facts_row(person: Person) -> tuple[object, ...]:
    """The columns of `facts` in their order."""
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
