"""What the witnesses make of a person: agreement, conflict, decisions that saw everything, decisions made apart."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from fieldtool.conflicts.law import CODES
from fieldtool.conflicts.people import fold_person, person_doubts
from fieldtool.conflicts.roads import suggest
from fieldtool.records.documents import Document
from fieldtool.records.events import Event, RecordKind
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.persons import DoubtKind, FieldState


def paper(id: str, kind: DocumentKind = DocumentKind.BIRTH, **raw: str) -> Document:
    return Document(id, kind, {Field(name): text for name, text in raw.items()}, village="16906-dua", household="h1")


def decided(id: str, field: str, value: str, seen: list[str], supersedes: tuple[str, ...] = ()) -> Event:
    basis = json.dumps({"seen": seen})
    return Event(id, "m1", 1, 1, "", "", "cb", 1, RecordKind.PERSON, "p", field, value, supersedes, basis, "", "", "x")


BIRTH = paper("a", name="Lương Thị Hương", dob="15/08/1982", sex="Nữ")
CARD = paper("b", DocumentKind.ID_CARD, name="Lương Thị Hường", dob="15/08/1982", sex="Nữ", n12="040182004417")
BOOK = paper("c", DocumentKind.HOUSEHOLD, name="LƯƠNG THỊ HƯỜNG", dob="15/8/1982", sex="F")


def test_spellings_of_one_value_agree_and_the_ordinary_one_is_shown() -> None:
    person = fold_person("p", [BOOK, CARD], [])
    assert person.fields[Field.NAME].state is FieldState.AGREED
    assert person.value(Field.NAME) == "Lương Thị Hường"
    assert person.fields[Field.DOB].state is FieldState.AGREED
    assert person.fields[Field.SEX].state is FieldState.AGREED
    assert person_doubts(person) == []


def test_a_difference_is_a_doubt_with_its_name_and_the_law() -> None:
    person = fold_person("p", [BIRTH, CARD, BOOK], [])
    doubt = person_doubts(person)[0]
    assert (doubt.id, doubt.kind, doubt.code) == ("p:name", DoubtKind.FIELD, "tone")
    assert doubt.values == ("Lương Thị Hương", "Lương Thị Hường")
    road = suggest(person, Field.NAME)
    assert (road.code, road.value, road.document) == ("birth_prevails", "Lương Thị Hương", "a")


def test_a_late_birth_registration_is_no_second_witness() -> None:
    late = paper("a", name="Lương Thị Hương", dob="15/08/1982", reg_kind="Đăng ký lại")
    road = suggest(fold_person("p", [late, CARD], []), Field.NAME)
    assert (road.code, road.value) == ("birth_late", "")


def test_a_decision_holds_until_a_paper_says_something_new() -> None:
    event = decided("e1", "name", "Lương Thị Hường", ["Lương Thị Hương", "Lương Thị Hường"])
    person = fold_person("p", [BIRTH, CARD], [event])
    assert person.fields[Field.NAME].state is FieldState.DECIDED
    assert person.value(Field.NAME) == "Lương Thị Hường"
    new = paper("d", DocumentKind.HOUSEHOLD, name="Lường Thị Hường")
    assert fold_person("p", [BIRTH, CARD, new], [event]).fields[Field.NAME].state is FieldState.CONFLICT
    assert fold_person("p", [BIRTH, CARD, BOOK], [event]).fields[Field.NAME].state is FieldState.DECIDED


def test_two_decisions_made_apart_are_both_kept() -> None:
    seen = ["Lương Thị Hương", "Lương Thị Hường"]
    apart = [decided("e1", "name", seen[0], seen), decided("e2", "name", seen[1], seen)]
    doubt = person_doubts(fold_person("p", [BIRTH, CARD], apart))[0]
    assert doubt.kind is DoubtKind.DIVIDED
    assert set(doubt.values) == set(seen)
    settled = [*apart, decided("e3", "name", seen[0], seen, ("e1", "e2"))]
    assert fold_person("p", [BIRTH, CARD], settled).fields[Field.NAME].state is FieldState.DECIDED


def test_equal_decisions_made_apart_agree() -> None:
    seen = ["Lương Thị Hương", "Lương Thị Hường"]
    events = [decided("e1", "name", seen[0], seen), decided("e2", "name", seen[0], seen)]
    assert fold_person("p", [BIRTH, CARD], events).fields[Field.NAME].state is FieldState.DECIDED


def test_several_old_card_numbers_are_no_conflict_but_a_slip_is() -> None:
    one = paper("a", DocumentKind.ID_CARD, name="Vi Văn Nam", n9="186000001")
    other = paper("b", DocumentKind.HOUSEHOLD, name="Vi Văn Nam", n9="181234567")
    slip = paper("b", DocumentKind.HOUSEHOLD, name="Vi Văn Nam", n9="186000007")
    assert fold_person("p", [one, other], []).fields[Field.N9].state is FieldState.AGREED
    assert fold_person("p", [one, slip], []).fields[Field.N9].state is FieldState.CONFLICT


def test_the_fuller_date_is_proposed_where_one_paper_has_the_year_alone() -> None:
    book = paper("c", DocumentKind.HOUSEHOLD, name="Vi Thị Lan", dob="1951")
    card = paper("b", DocumentKind.ID_CARD, name="Vi Thị Lan", dob="12/08/1951")
    road = suggest(fold_person("p", [book, card], []), Field.DOB)
    assert (road.code, road.value) == ("fuller_date", "12/08/1951")


def test_a_birth_certificate_that_lacks_the_day_goes_to_the_civil_record_first() -> None:
    birth = paper("a", DocumentKind.BIRTH, name="Vi Thị Lan", dob="1951")
    card = paper("b", DocumentKind.ID_CARD, name="Vi Thị Lan", dob="12/08/1951")
    road = suggest(fold_person("p", [birth, card], []), Field.DOB)
    assert (road.code, road.value, road.who) == ("birth_short", "12/08/1951", "justice")
    assert person_doubts(fold_person("p", [birth, card], []))[0].situation.split(";")[3] == "independent short"
    turned = [paper("a", DocumentKind.BIRTH, name="Vi Thị Lan", dob="12/08/1951"),
              paper("b", DocumentKind.ID_CARD, name="Vi Thị Lan", dob="1951")]  # fmt: skip
    road = suggest(fold_person("p", turned, []), Field.DOB)
    assert (road.code, road.value, road.who) == ("birth_prevails", "12/08/1951", "officer")


@given(st.permutations([BIRTH, CARD, BOOK]), st.permutations(["e1", "e2", "e3"]))
def test_the_fold_depends_on_the_sets_alone(papers: list[Document], ids: list[str]) -> None:
    seen = ["Lương Thị Hương", "Lương Thị Hường"]
    events = {"e1": seen[0], "e2": seen[1], "e3": seen[1]}
    shuffled = [decided(id, "name", events[id], seen) for id in ids]
    ordered = [decided(id, "name", events[id], seen) for id in sorted(ids)]
    assert fold_person("p", papers, shuffled) == fold_person("p", [BIRTH, CARD, BOOK], ordered)


def test_every_road_has_its_rule() -> None:
    person = fold_person("p", [BIRTH, CARD, BOOK], [])
    assert {suggest(person, field).code for field in person.fields if field in (Field.NAME, Field.N12)} <= set(CODES)
