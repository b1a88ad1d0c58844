"""A person as the lists and the search of the screens show him."""

from __future__ import annotations

from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.persons import Person
from fieldtool.records.relations import relation_code
from fieldtool.records.vietnamese import fold, marked, sort_key

_HOUSE_ORDER = ("head", "wife", "husband", "spouse", "child")
_NAMES = (Field.NAME, Field.OTHER_NAME)


def person_row(person: Person) -> tuple[object, ...]:
    """The columns of `persons` but the number, in their order."""
    written = dict.fromkeys(p.get(field) for p in person.documents for field in _NAMES if p.get(field))
    name = person.value(Field.NAME)
    numbers = dict.fromkeys(p.get(f) for p in person.documents for f in (Field.N12, Field.N9) if p.get(f))
    decided = [person.value(field) for field in (Field.N12, Field.N9) if person.value(field)]
    books = sorted(
        (p for p in person.documents if p.get(Field.RELATION) or p.household),
        key=lambda paper: paper.kind is not DocumentKind.HOUSEHOLD,
    )  # somebody added at the door has only his own word for his place in the house
    relation = books[0].get(Field.RELATION) if books else ""
    code = relation_code(relation)
    book = books[0].get(Field.BOOK) if books else ""
    place = person.village.partition("-")[2].replace("-", " ")
    texts = (name, *written, place, book)
    folded = dict.fromkeys(word for text in texts for word in fold(text).split(" ") if word)
    marked_words = dict.fromkeys(word for text in (name, *written) for word in marked(text).split(" ") if word)
    return (
        person.id,
        name,
        given_first(name),
        person.value(Field.DOB),
        person.value(Field.SEX),
        person.value(Field.N12),
        person.value(Field.N9),
        person.village,
        person.household,
        book,
        relation,
        _HOUSE_ORDER.index(code) if code in _HOUSE_ORDER else len(_HOUSE_ORDER),
        len(person.open_fields),
        " ".join(sorted({str(p.kind) for p in person.documents})),
        " ".join(folded),
        " ".join(dict.fromkeys((*numbers, *decided))),
        " ".join(marked_words),
    )


def given_first(name: str) -> str:
    """The sort key of a name: given name first, as Vietnamese lists of people are ordered."""
    words = name.split(" ")
    return f"{sort_key(words[-1])} {sort_key(name)}"
