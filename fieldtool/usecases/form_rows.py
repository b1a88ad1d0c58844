"""The table of a printed form: what was corrected, what the clerk is asked for, what papers say, who lives there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fieldtool.conflicts.compare import read_sex
from fieldtool.conflicts.law import Law
from fieldtool.conflicts.roads import Suggestion, road_of, suggest
from fieldtool.ports import People, Words
from fieldtool.records.documents import Document
from fieldtool.records.fields import DATE_FIELDS, DocumentKind, Field
from fieldtool.records.fill_rules import filled_date, filled_name
from fieldtool.records.form_texts import FormText
from fieldtool.records.persons import Doubt, FieldState, FieldView, Person

_NAMES = frozenset({Field.NAME, Field.FATHER, Field.MOTHER, Field.SPOUSE, Field.HEAD, Field.OTHER_NAME})
_OPEN = (FieldState.CONFLICT, FieldState.DIVIDED)
_SEXES = {"M": "Nam", "F": "Nữ"}
_NUMBERS = {
    DocumentKind.BIRTH: (Field.REG_NO,),
    DocumentKind.ID_CARD: (Field.N12, Field.N9),
    DocumentKind.HOUSEHOLD: (Field.BOOK,),
}
_KINDS = (DocumentKind.BIRTH, DocumentKind.ID_CARD, DocumentKind.HOUSEHOLD)


@dataclass(frozen=True, slots=True)
class Listed:
    """The rows of a form's table, the road that led to them, and what officers said of them in their own words."""

    rows: tuple[tuple[str, ...], ...] = ()
    road: Suggestion | None = None
    said: tuple[str, ...] = ()


def rows_of(
    people: People, words: Words, text: FormText, form: str, person: Person, doubt: Doubt | None, law: Law
) -> Listed:
    """The table that a template asks for (`text.table`) about a person, or one doubt about him."""
    if text.table == "corrections":
        return _corrections(words, person, doubt)
    if text.table == "members":
        house = people.household(person.household) if person.household else None
        members = house.members if house else ()
        return Listed(tuple(_member(people, number, item.person) for number, item in enumerate(members, 1)))
    if text.table not in ("papers", "requests"):
        return Listed()
    asked = list(_asked(person, doubt, form, law))
    if text.table == "papers":
        blank = [""] * (len(text.columns) - 1 - len(_KINDS))
        cells = [(*_columns(words, person, field), *blank) for field, _ in asked]
    else:
        cells = [_request(words, person, field, view) for field, view in asked]
    rows = [(words.say(f"field.{field}"), *row) for (field, _), row in zip(asked, cells, strict=True)]
    road = road_of(doubt, person, law) if doubt is not None else None
    road = road or (suggest(person, asked[0][0], law) if asked else None)
    return Listed(tuple(rows), road, _own_words([view for _, view in asked]))


def _corrections(words: Words, person: Person, doubt: Doubt | None) -> Listed:
    """What an officer decided otherwise than some paper has it: field, old, new, proof."""
    rows: list[tuple[str, ...]] = []
    views: list[FieldView] = []
    for field, view in person.fields.items():
        if view.state is not FieldState.DECIDED or (doubt is not None and doubt.field and field != doubt.field):
            continue
        old = [filled(field, value) for value, _ in view.values if value != view.value]
        if not old:
            continue
        views.append(view)
        proof = _proof(words, person, view) or _note(view)
        rows.append((words.say(f"field.{field}"), " / ".join(old), filled(field, view.value), proof))
    reasons = (str(view.decisions[0].basis.get("reason", "")) for view in views)
    reason = next((code for code in reasons if code), "")
    return Listed(tuple(rows), Suggestion(reason) if reason else None, _own_words(views))


def _asked(person: Person, doubt: Doubt | None, form: str, law: Law) -> Iterator[tuple[Field, FieldView]]:
    """The fields in which papers disagree, or did before it was decided that this form follows."""
    for field, view in person.fields.items():
        if doubt is not None and doubt.field and field != doubt.field:
            continue
        asked = doubt is not None and field == doubt.field
        # What was decided by way of this form is not open any more, and is what the form is about.
        follows = view.state is FieldState.DECIDED and view.decisions[0].basis.get("form") == form
        if not (view.state in _OPEN or asked or follows):
            continue
        if doubt is None and form == "justice" and not follows and suggest(person, field, law).form != form:
            continue
        yield field, view


def _request(words: Words, person: Person, field: Field, view: FieldView) -> tuple[str, str, str]:
    """What the birth entry has now, what it is asked to have, by which papers.

    Before anybody decided the second stays blank to be written in, and the third tells what each other paper says.
    """
    births = [paper for paper in person.documents if paper.kind is DocumentKind.BIRTH]
    entry = _said(person, field, DocumentKind.BIRTH)
    present = entry or words.say("print.entry_blank" if births else "print.entry_unseen")
    if view.state is not FieldState.DECIDED:
        others = [paper for paper in person.documents if paper not in births and paper.get(field)]
        told = [f"{_paper_name(words, paper)}: {filled(field, paper.get(field))}" for paper in others]
        return present, "", "; ".join(dict.fromkeys(told))
    wanted = filled(field, view.value)
    asked = words.say("print.entry_stays", value=wanted) if wanted == entry else wanted
    return present, asked, _proof(words, person, view, but=() if wanted == entry else births) or _note(view)


def _proof(words: Words, person: Person, view: FieldView, but: list[Document] | tuple[()] = ()) -> str:
    """The papers that have the value that was decided."""
    having = {id for text, ids in view.values if text == view.value for id in ids}
    papers = [paper for paper in person.documents if paper.id in having and paper not in but]
    return "; ".join(dict.fromkeys(_paper_name(words, paper) for paper in papers))


def _note(view: FieldView) -> str:
    return str(view.decisions[0].basis.get("note", ""))


def _own_words(views: list[FieldView]) -> tuple[str, ...]:
    said = (str(item.basis.get("note", "")) for view in views for item in view.decisions)
    return tuple(dict.fromkeys(note for note in said if note))


def _said(person: Person, field: Field, kind: DocumentKind) -> str:
    texts = dict.fromkeys(p.get(field) for p in person.documents if p.kind is kind and p.get(field))
    return " / ".join(filled(field, text) for text in texts)


def _columns(words: Words, person: Person, field: Field) -> tuple[str, ...]:
    """What birth certificate, card and book say; an extract of the register, which prevails over it, by the book."""
    birth, card, book = (_said(person, field, kind) for kind in _KINDS)
    extract = _said(person, field, DocumentKind.REGISTER)
    told = f"{words.say('kind.register')}: {extract}" if extract else ""
    return birth, card, "; ".join(part for part in (book, told) if part)


def _member(people: People, number: int, id: str) -> tuple[str, ...]:
    person = people.person(id)
    if person is None:
        return (str(number), "", "", "", "", "")
    fields = (Field.NAME, Field.DOB, Field.SEX, Field.N12, Field.RELATION)
    return (str(number), *(filled(field, person.value(field)) for field in fields))


def filled(field: Field, text: str) -> str:
    """A value as a form wants it written: names in capitals, months 3 to 9 in one digit, sex as Nam or Nữ."""
    if field in _NAMES:
        return filled_name(text)
    if field is Field.SEX:
        return _SEXES.get(read_sex(text), text)
    return filled_date(text) if field in DATE_FIELDS else text


def _paper_name(words: Words, paper: Document) -> str:
    """A paper by its kind and its own number: a book's is the book's, never its holder's."""
    number = next((text for field in _NUMBERS.get(paper.kind, ()) if (text := paper.get(field))), "")
    name = words.say(f"kind.{paper.kind}")
    return f"{name} {number}".strip()
