"""Print a form for one doubt, one person, a household or a whole village: filled by the rules, written, and logged.

A form is proposed by the legal table and filled from papers and decisions; nothing is printed that nobody decided, but
blanks to be written in by hand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from fieldtool.conflicts.law import CODES, FORMS, Law
from fieldtool.conflicts.roads import Suggestion
from fieldtool.ports import Forms, Home, People, Progress, Words, no_progress
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.fields import COMPARED_FIELDS, Field
from fieldtool.records.fill_rules import filled_name
from fieldtool.records.form_texts import FormSheet, FormText
from fieldtool.records.persons import Doubt, DoubtKind, Household, Person
from fieldtool.records.places import gazetteer
from fieldtool.records.relations import relation_code
from fieldtool.records.roles import Power
from fieldtool.records.sensitive import SENSITIVE
from fieldtool.usecases.authority import current_user, require_one
from fieldtool.usecases.form_rows import filled, rows_of
from fieldtool.usecases.look_around import relatives
from fieldtool.usecases.review_queue import law_of
from fieldtool.usecases.seen_people import seen_people
from fieldtool.usecases.unit_texts import template

_MOST = 100_000


@dataclass(frozen=True, slots=True)
class Printed:
    """What was printed: the file, how many sheets, for which persons."""

    file: Path
    form: str
    sheets: int
    persons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scope:
    """For whom: exactly one of these is given."""

    doubt: str = ""
    person: str = ""
    household: str = ""
    village: str = ""


def print_form(
    home: Home,
    forms: Forms,
    form: str,
    scope: Scope,
    out: Path,
    progress: Progress = no_progress,
    *,
    sensitive: bool = False,
) -> Printed:
    """Write the form's sheets as one PDF beside `out` (never over another file); the print is logged.

    Forms of the law print what they have a line for; in our own ones ethnicity and religion are left out unless
    the doubt is about them or a purpose was stated (`sensitive`).

    NOT_FOUND for an unknown form, doubt, person, household or village; NOTHING_TO_PRINT when nobody in the scope needs
    the form.
    """
    require_one(home, Power.CASES, Power.DECIDE)
    if form not in FORMS:
        raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": form})
    sheets, persons = sheets_for(home, forms.words, form, scope, progress, sensitive=sensitive)
    if not sheets:
        raise FieldtoolError(ErrorCode.NOTHING_TO_PRINT, values={"form": form})
    content = forms.pdf(sheets, progress)
    name = out.name if out.suffix.lower() == ".pdf" else f"{out.name}.pdf"
    file = home.sticks.write_proved(out.parent, name, content)
    home.log.note("print", f"{form} {len(sheets)} {' '.join(persons[:20])}")
    return Printed(file, form, len(sheets), persons)


def sheets_for(
    home: Home,
    words: Words,
    form: str,
    scope: Scope,
    progress: Progress = no_progress,
    *,
    sensitive: bool = False,
) -> tuple[list[FormSheet], tuple[str, ...]]:
    """The filled sheets and the persons they are about, in the order of households."""
    people, seen_by = home.people, seen_people(home, home.people)
    law, text = law_of(people), template(people, form)
    doubt = people.doubt(scope.doubt) or _settled(people, scope.doubt) if scope.doubt else None
    sheets: list[FormSheet] = []
    persons: list[str] = []
    ids = _persons(people, scope, doubt)
    named = bool(scope.doubt or scope.person)
    seen: set[str] = set()
    for done, id in enumerate(ids):
        progress(done, len(ids), "print")
        person = seen_by.person(id)
        if person is None:
            raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": id})
        if form in _OWN and not sensitive:
            person = _without_sensitive(person, doubt)
        if form == "ct01" and not named:  # one sheet a household, made out to its head
            if not person.household or person.household in seen:
                continue
            seen.add(person.household)
        listed = rows_of(people, words, text, form, person, doubt, law)
        if not _needs(form, text, listed.rows, named):
            continue
        house = people.household(person.household) if person.household else None
        values = {
            **_values(home, words, person, house, scope.doubt),
            **_told(words, text, listed.rows, doubt),
            "reason": "; ".join(part for part in (_reason(words, listed.road, law), *listed.said) if part),
        }
        sheets.append(FormSheet(text, values, listed.rows))
        persons.append(id)
    return sheets, tuple(persons)


_OWN = ("conflict", "minutes")  # forms of ours; the others follow a printed one that the law prescribes


def _without_sensitive(person: Person, doubt: Doubt | None) -> Person:
    """The person but for the sensitive fields that the doubt in question is not about."""
    about = doubt.field if doubt is not None else ""
    return replace(person, fields={f: v for f, v in person.fields.items() if f not in SENSITIVE or f == about})


def _persons(people: People, scope: Scope, doubt: Doubt | None) -> list[str]:
    if sum(map(bool, (scope.doubt, scope.person, scope.household, scope.village))) != 1:
        raise FieldtoolError(ErrorCode.BAD_VALUE, values={"field": "--person/--conflict/--household/--village"})
    if scope.doubt:
        if doubt is None:
            raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": scope.doubt})
        return [doubt.person, *(doubt.people if doubt.kind is DoubtKind.NUMBER else ())]
    if scope.person:
        return [scope.person]
    if scope.household:
        house = people.household(scope.household)
        if house is None:
            raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": scope.household})
        return [member.person for member in house.members]
    houses = people.households(scope.village, limit=_MOST)
    members = [member.person for line in houses for member in (people.household(line.id) or _NOBODY).members]
    rest = [line.id for line in people.persons(scope.village, limit=_MOST) if line.id not in set(members)]
    if not members and not rest:
        raise FieldtoolError(ErrorCode.NOT_FOUND, values={"what": scope.village})
    return members + rest


def _settled(people: People, id: str) -> Doubt | None:
    """The doubt about a person's field that is decided by now: its form is printed after the decision."""
    owner, _, field = id.rpartition(":")
    person = people.person(owner) if field in set(Field) else None
    if person is None or Field(field) not in person.fields:
        return None
    name = person.value(Field.NAME)
    return Doubt(id, DoubtKind.FIELD, person.id, name, person.village, person.household, field=field)


_NOBODY = Household("", "", "", "", "", ())


def _needs(form: str, text: FormText, rows: Sequence[tuple[str, ...]], named: bool) -> bool:
    """Whether a sheet says anything: a table without rows does not, unless it was asked for by name."""
    if form in ("dc01", "ct01") or not text.table:
        return True
    return bool(rows) or (named and form in ("minutes", "justice"))


def _reason(words: Words, road: Suggestion | None, law: Law) -> str:
    """The road in words: the unit's own, else the shipped ones; "" for a road that neither table has any more."""
    if road is None or not road.code:
        return ""
    own = road.text or next((rule.text for rule in law.rules if rule.code == road.code), "")
    return own or (words.say(f"road.{road.code}") if road.code in CODES else "")


def _told(words: Words, text: FormText, rows: Sequence[tuple[str, ...]], doubt: Doubt | None) -> Mapping[str, str]:
    """What a sheet is about: the fields of its rows (of a number or a family what was found), and of a correction the
    old text, the new and its proof."""
    fields = "" if text.table == "members" else ", ".join(row[0] for row in rows)
    if doubt is not None and doubt.facts and doubt.kind in (DoubtKind.NUMBER, DoubtKind.FAMILY):
        fields = words.finding(doubt.code, doubt.facts)
    told = {"field": fields, "count": str(len(rows)) if rows else ""}
    if text.table in ("corrections", "requests") and len(rows) == 1:
        told.update(zip(("old", "new", "proof"), rows[0][1:], strict=True))
    return told


def _values(home: Home, words: Words, person: Person, house: Household | None, case: str) -> Mapping[str, str]:
    """What fills the blanks of a template (see form_texts.BLANKS) from the person and his house."""
    value = person.value
    day = home.clock.now()[:10].split("-")
    # Whom the book calls its head: the first member of a house whose head has no line in it is not the head.
    head = next((m for m in house.members if relation_code(m.relation) == "head"), None) if house else None
    head_person = home.people.person(head.person) if head else None
    commune = gazetteer().name_of(home.card.commune) or home.card.commune
    plain = {str(field): filled(field, value(field)) for field in (*COMPARED_FIELDS, *_MORE)}
    return {
        **plain,
        "spouse": plain.get("spouse") or _spouse(home.people, person),
        "unit": home.card.unit_name,
        "commune": commune.partition(" ")[2] or commune,
        "commune_full": commune,
        "officer": current_user(home).name,
        "number": value(Field.N12) or value(Field.N9),
        "old_number": value(Field.N9),
        "village": house.village_name if house else _village(home.people, person),
        "household": f"{house.head} · {house.book}".strip(" ·") if house else "",
        "head": filled_name(head.name if head else value(Field.HEAD)),
        "head_number": head_person.value(Field.N12) if head_person else "",
        "book": house.book if house else value(Field.BOOK),
        "case": (case or person.id)[:40],
        "day": day[2],
        "month": day[1] if day[1] in ("01", "02", "10", "11", "12") else day[1].lstrip("0"),
        "year": day[0],
    }


def _village(people: People, person: Person) -> str:
    return next((village.name for village in people.villages() if village.id == person.village), "")


def _spouse(people: People, person: Person) -> str:
    """The husband or wife that the household tells, when it tells one alone."""
    found = {kin.name for kin in relatives(people, person) if kin.kind == "spouse"}
    return filled_name(found.pop()) if len(found) == 1 else ""


_MORE = (Field.RELIGION, Field.NATIONALITY, Field.BIRTH_PLACE, Field.REG_PLACE, Field.PLACE, Field.RELATION,
         Field.OTHER_NAME)  # fmt: skip
