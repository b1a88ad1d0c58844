"""What the witnesses make of a person: the values of each field, how they stand, and the doubts that follow.

Pure folding of documents and decisions; the store keeps the result, the desk shows it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from fieldtool.conflicts.compare import agree, differences, read_sex
from fieldtool.conflicts.evidence import ranks
from fieldtool.conflicts.law import Situation
from fieldtool.conflicts.roads import situation
from fieldtool.records.documents import Document
from fieldtool.records.events import Event, live
from fieldtool.records.fields import COMPARED_FIELDS, DocumentKind, Field
from fieldtool.records.persons import Decision, Doubt, DoubtKind, FieldState, FieldView, Person
from fieldtool.records.reasons import Difference

# Quê quán and the older nguyên quán are different notions: papers may differ in them without being in conflict.
_NOTED_ONLY = frozenset({Field.ORIGIN})
# One person may hold several 9-digit numbers; only a slip between two of them is a conflict.
_SLIPS = frozenset({"number_one_digit", "number_digits_turned", "number_lost_zero"})
_QUESTIONED = frozenset(COMPARED_FIELDS) - _NOTED_ONLY
_FIELDS = {item.value: item for item in Field}
_IN_ORDER = (*COMPARED_FIELDS, *(item for item in Field if item not in COMPARED_FIELDS))

_Witness = tuple[int, str, str]  # rank of the paper for the field, its id, the text in it


def fold_person(
    id: str,
    documents: Sequence[Document],
    decisions: Iterable[Event],
    rivals: Sequence[str] = (),
    houses: Mapping[str, str] = MappingProxyType({}),
) -> Person:
    """A person from his linked documents and the events of his registers.

    `decisions` may be all events of record (PERSON, id) or only the live ones. The result depends on the sets
    alone. A decision settles a field while it has seen every value the papers hold; a paper with a new value
    opens the field again. `houses` names the household of a book that an extract's household is.
    """
    papers = sorted(documents, key=lambda document: document.id)
    decided: dict[Field, list[Decision]] = {}
    groups: dict[str, list[Event]] = {}
    for event in decisions:
        groups.setdefault(event.field, []).append(event)
    for name, events in groups.items():
        if name in _FIELDS:
            decided[_FIELDS[name]] = [read_decision(event) for event in live(events) if event.value]
    written = _witnesses(papers)
    sex = read_sex(_strongest(written.get(Field.SEX)))
    ethnicity = _strongest(written.get(Field.ETHNICITY))
    fields = {
        name: _view(name, written.get(name, ()), decided.get(name, []), sex, ethnicity)
        for name in _IN_ORDER
        if name in written or name in decided
    }
    # The book says where one lives; somebody added at the door, whom no book has, is where he was met.
    # Without a book, an extract of the residence database says it; its household is the book's that its members share.
    housed = [paper for paper in papers if paper.household]
    books = [paper for paper in housed if paper.kind is DocumentKind.HOUSEHOLD]
    books = books or [paper for paper in housed if paper.kind is DocumentKind.REGISTER] or housed
    places = [paper.village for paper in books if paper.village] or [p.village for p in papers if p.village]
    return Person(
        id=id,
        documents=tuple(papers),
        fields=fields,
        village=max(sorted(set(places)), key=places.count) if places else "",
        household=houses.get(books[0].household, books[0].household) if books else "",
        rivals=tuple(sorted(rivals)),
    )


def person_doubts(person: Person) -> list[Doubt]:
    """The lines of the review queue that a person's fields and links raise."""
    name = person.value(Field.NAME)
    doubts = []
    for field in person.open_fields:
        view = person.fields[field]
        divided = view.state is FieldState.DIVIDED
        values = [item.value for item in view.decisions] if divided else [text for text, _ in view.values]
        leading = next((item.code for item in view.differences if not item.harmless), "")
        doubts.append(
            Doubt(
                id=f"{person.id}:{field}",
                kind=DoubtKind.DIVIDED if divided else DoubtKind.FIELD,
                person=person.id,
                name=name,
                village=person.village,
                household=person.household,
                field=field,
                code="decided_apart" if divided else leading,
                values=tuple(dict.fromkeys(values)),
                situation=situation(person, field).to_text(),
            )
        )
    return doubts


def rival_doubts(person: Person, rivals: Mapping[str, Sequence[str]]) -> list[Doubt]:
    """The lines that papers raise which two homes placed with different persons: paper → the other persons."""
    return [
        Doubt(
            id=document,
            kind=DoubtKind.RIVALS,
            person=person.id,
            name=person.value(Field.NAME),
            village=person.village,
            household=person.household,
            code="decided_apart",
            values=(person.id, *others),
            people=tuple(others),
            situation=Situation(DoubtKind.RIVALS, frozenset({"decided_apart"})).to_text(),
        )
        for document, others in rivals.items()
    ]


def read_decision(event: Event) -> Decision:
    """The decision that an event of a person's register carries."""
    basis = json.loads(event.basis) if event.basis else {}
    return Decision(event.id, _FIELDS[event.field], event.value, event.author, event.at, event.device, basis)


def _witnesses(papers: Sequence[Document]) -> dict[Field, list[_Witness]]:
    """What the papers say of each field that one of them has, the strongest first."""
    found: dict[Field, list[_Witness]] = {}
    for paper in papers:
        order, id = ranks(paper), paper.id
        for name, text in paper.raw.items():
            witness = [(order[name], id, text)] if text else []
            if name in found:
                found[name] += witness
            else:
                found[name] = witness
    if len(papers) > 1:
        for said in found.values():
            said.sort()
    return found


def _strongest(written: list[_Witness] | None) -> str:
    return written[0][2] if written else ""


def _view(field: Field, written: Sequence[_Witness], decided: list[Decision], sex: str, ethnicity: str) -> FieldView:
    if written and not decided:  # most fields of most people are written once, or always alike
        _, paper, only = written[0]
        if len(written) == 1:
            return FieldView(field, only, FieldState.AGREED, ((only, (paper,)),))
        if len({text for _, _, text in written}) == 1:
            return FieldView(field, only, FieldState.AGREED, ((only, tuple([id for _, id, _ in written])),))
    values: list[tuple[str, tuple[str, ...]]] = []
    named: list[Difference] = []
    alike: dict[str, int] = {}  # text → place in values
    for _, document, text in written:
        place = alike.get(text)
        if place is None:
            place, found = _place_among(field, text, values, sex, ethnicity)
            named += found
            alike[text] = place
        if place == len(values):
            values.append((text, (document,)))
        else:
            held, ids = values[place]
            # Lists in capitals are a habit of the form, not of the name: the ordinary spelling is shown.
            better = text if held.isupper() and not text.isupper() else held
            values[place] = (better, (*ids, document))
    state = _state(field, values, named, decided, sex, ethnicity)
    if decided and state is not FieldState.DIVIDED:
        shown = decided[0].value
    else:
        shown = values[0][0] if values else min((item.value for item in decided), default="")
    return FieldView(field, shown, state, tuple(values), tuple(named), tuple(decided))


def _place_among(
    field: Field, text: str, values: list[tuple[str, tuple[str, ...]]], sex: str, ethnicity: str
) -> tuple[int, tuple[Difference, ...]]:
    """Where a text belongs among the values so far (its length for a new value), and its differences to the first."""
    first: tuple[Difference, ...] = ()
    for place, (other, _) in enumerate(values):
        found = differences(field, other, text, sex=sex, ethnicity=ethnicity)
        if agree(found):
            return place, found
        first = first or found
    return len(values), first


def _state(
    field: Field,
    values: list[tuple[str, tuple[str, ...]]],
    named: list[Difference],
    decided: list[Decision],
    sex: str,
    ethnicity: str,
) -> FieldState:
    if len({item.value for item in decided}) > 1:
        return FieldState.DIVIDED
    if decided:
        seen = {decided[0].value} | {str(text) for item in decided for text in _texts(item.basis.get("seen"))}
        new = [text for text, _ in values if not _covered(field, text, seen, sex, ethnicity)]
        return FieldState.CONFLICT if new and field in _QUESTIONED else FieldState.DECIDED
    if not values:
        return FieldState.EMPTY
    if len(values) == 1 or field not in _QUESTIONED:
        return FieldState.AGREED
    if field is Field.N9 and not any(item.code in _SLIPS for item in named):
        return FieldState.AGREED
    return FieldState.CONFLICT


def _texts(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _covered(field: Field, text: str, seen: set[str], sex: str, ethnicity: str) -> bool:
    return text in seen or any(agree(differences(field, text, other, sex=sex, ethnicity=ethnicity)) for other in seen)
