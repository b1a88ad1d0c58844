"""The clerk's desk: records through intake, codes, counts, second typing by another person, correction, power cuts."""

from __future__ import annotations

import pytest
from door_home import HEAD, HOUSE, VILLAGE, door_home
from hypothesis import given
from hypothesis import strategies as st

from fieldtool.intake.forms import FORMS, form_of
from fieldtool.intake.issues import IssueCode
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.exchange import HomeCard
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.usecases import enter_papers, typing_drafts
from fieldtool.usecases.match_village import match_village
from fieldtool.usecases.typing_drafts import Record, Typing

LINE = {
    Field.PLACE: "Bản Chăm Puông",
    Field.BOOK: "230114752",
    Field.HEAD: "Kha Văn Tư",
    Field.NAME: "Kha Văn Tư",
    Field.DOB: "03021979",
    Field.SEX: "n",
    Field.RELATION: "c",
    Field.ETHNICITY: "t",
    Field.N12: "040079004321",
}


@pytest.fixture(name="home")
def _home(tmp_path):
    with door_home(tmp_path) as (store, home):
        yield home
        assert store.check().complaints == []


def open_batch(home, total=0):
    return enter_papers.open_batch(home, DocumentKind.HOUSEHOLD, "Sổ bản Chăm Puông", total).id


def as_user(home, officer):
    card = HomeCard.from_text(home.settings.get("home.card"))
    home.settings.put("home.card", HomeCard(**{**_fields(card), "officer": officer}).to_text())


def _fields(card):
    return {name: getattr(card, name) for name in HomeCard.__slots__}


def test_a_record_is_typed_by_codes_and_lies_there_as_the_paper_has_it(home):
    batch = open_batch(home, 2)
    done = enter_papers.add_paper(home, batch, LINE)
    paper = home.people.document(done.document)
    assert (paper.get(Field.DOB), paper.get(Field.SEX), paper.get(Field.RELATION)) == ("03/02/1979", "Nam", "Chủ hộ")
    assert (paper.get(Field.ETHNICITY), paper.village, paper.list_id) == ("Thái", VILLAGE, batch)
    assert done.remarks == () and paper.household
    second = enter_papers.add_paper(
        home, batch, {**LINE, Field.NAME: "Vi Thị Năm", Field.SEX: "u", Field.RELATION: "v"}
    )
    assert home.people.document(second.document).household == paper.household
    state = enter_papers.batch(home, batch)
    assert (state.typed, state.missing) == (2, 0)
    match_village(home)
    house = home.people.household(paper.household)
    assert [member.name for member in house.members] == ["Kha Văn Tư", "Vi Thị Năm"]


def test_an_equal_record_is_not_added_twice(home):
    batch = open_batch(home)
    enter_papers.add_paper(home, batch, LINE)
    events = home.log.count()
    assert enter_papers.add_paper(home, batch, LINE).repeated
    assert home.log.count() == events


def test_checks_stand_under_their_fields(home):
    typed = {**LINE, Field.DOB: "32/13/1979", Field.N12: "12345", Field.SEX: "u", Field.RELATION: "t"}
    found = set(enter_papers.look_over(DocumentKind.HOUSEHOLD, typed))
    assert (IssueCode.DATE_IMPOSSIBLE, Field.DOB) in found
    assert (IssueCode.NUMBER_LENGTH, Field.N12) in found
    assert (IssueCode.RELATION_SEX, Field.RELATION) in found
    assert enter_papers.look_over(DocumentKind.HOUSEHOLD, {}) == []


def test_a_name_that_cannot_be_taken_is_refused(home):
    batch = open_batch(home)
    for name in ("", "12345", "#REF!"):
        with pytest.raises(FieldtoolError) as caught:
            enter_papers.add_paper(home, batch, {**LINE, Field.NAME: name})
        assert caught.value.code is ErrorCode.BAD_VALUE


def test_the_clerk_says_who_it_is(home):
    batch = open_batch(home)
    done = enter_papers.add_paper(home, batch, {Field.NAME: "Lô Văn Đạt", Field.PLACE: "Bản Chăm Puông"}, person=HEAD)
    assert done.document in {paper.id for paper in home.people.person(HEAD).documents}
    assert home.people.person(HEAD).household == HOUSE
    with pytest.raises(FieldtoolError) as caught:
        enter_papers.add_paper(home, batch, {Field.NAME: "Lô Văn Xa"}, person="nobody")
    assert caught.value.code is ErrorCode.NOT_FOUND


def test_ones_own_record_is_corrected_and_the_old_one_stays_in_the_log(home):
    batch = open_batch(home)
    wrong = enter_papers.add_paper(home, batch, LINE)
    right = enter_papers.correct_paper(home, batch, wrong.document, {**LINE, Field.NAME: "Kha Văn Tứ"})
    assert [paper.get(Field.NAME) for paper in home.work.entered(batch)] == ["Kha Văn Tứ"]
    assert home.people.document(wrong.document) is None and right.document != wrong.document
    assert any(event.record == wrong.document and event.value for event in home.log.events("document"))
    as_user(home, "cb-khac")
    with pytest.raises(FieldtoolError) as caught:
        enter_papers.correct_paper(home, batch, right.document, LINE)
    assert caught.value.code is ErrorCode.NOT_ALLOWED


def test_a_withdrawn_record_is_gone_and_may_be_typed_again(home):
    batch = open_batch(home)
    done = enter_papers.add_paper(home, batch, LINE)
    enter_papers.withdraw_paper(home, batch, done.document)
    assert home.work.entered(batch) == []
    assert not enter_papers.add_paper(home, batch, LINE).repeated
    assert len(home.work.entered(batch)) == 1


def test_a_second_person_types_the_marked_fields_again(home):
    batch = open_batch(home)
    done = enter_papers.add_paper(home, batch, LINE)
    marked = enter_papers.marked_fields(DocumentKind.HOUSEHOLD)
    assert Field.NAME in marked and Field.SEX not in marked
    again = {field: LINE[field] for field in marked if field in LINE}
    with pytest.raises(FieldtoolError) as caught:
        enter_papers.verify_paper(home, batch, done.document, again)
    assert caught.value.code is ErrorCode.BATCH_OTHER_PERSON
    as_user(home, "cb-khac")
    assert enter_papers.verify_paper(home, batch, done.document, again) == {}
    differs = enter_papers.verify_paper(home, batch, done.document, {**again, Field.N12: "040079004312"})
    assert differs == {Field.N12: ("040079004321", "040079004312")}
    state = enter_papers.batch(home, batch)
    assert (state.verified, state.differing, enter_papers.to_verify(home, batch)) == (1, 1, [])


def test_a_closed_batch_takes_nothing_and_tells_its_count(home):
    batch = open_batch(home, 3)
    enter_papers.add_paper(home, batch, LINE)
    closed = enter_papers.close_batch(home, batch)
    assert closed.missing == 2 and closed.closed
    for act in (
        lambda: enter_papers.add_paper(home, batch, LINE),
        lambda: enter_papers.close_batch(home, batch),
        lambda: enter_papers.withdraw_paper(home, batch, home.work.entered(batch)[0].id),
    ):
        with pytest.raises(FieldtoolError) as caught:
            act()
        assert caught.value.code is ErrorCode.BATCH_CLOSED


def test_what_was_being_typed_survives_a_power_cut(home):
    batch = open_batch(home)
    assert typing_drafts.kept(home, batch) == Typing()
    form, aside = Record({Field.NAME: "Kha V"}, "p1"), Record({Field.NAME: "Vi"}, corrects="d1")
    all_of_it = Typing(form, (aside,), (Record(LINE),))
    typing_drafts.keep(home, batch, all_of_it)
    enter_papers.add_paper(home, batch, {**LINE, Field.NAME: "Vi Văn Khác"})
    assert typing_drafts.kept(home, batch) == all_of_it
    home.drafts.keep(typing_drafts.DRAFT + batch, '{"name":"Kha V"}')  # as an older program kept it
    assert typing_drafts.kept(home, batch) == Typing(Record({Field.NAME: "Kha V"}))


@pytest.mark.parametrize("kind", FORMS)
def test_every_form_has_a_name_and_no_field_twice(kind):
    fields = [item.field for item in form_of(kind)]
    assert Field.NAME in fields and len(fields) == len(set(fields))
    for item in form_of(kind):
        assert all(len(code) == 1 and code == code.lower() for code in item.codes)


@given(st.text(max_size=30))
def test_a_slash_frees_a_field_from_its_codes(text):
    relation = next(item for item in form_of(DocumentKind.HOUSEHOLD) if item.field is Field.RELATION)
    assert relation.value("/" + text) == " ".join(("/" + text).split())[1:].strip()


def test_a_paper_with_another_number_is_not_typed_for_somebody_by_one_officer(home):
    batch = enter_papers.open_batch(home, DocumentKind.ID_CARD, "Thẻ").id
    owner = home.people.person(HEAD)
    name = owner.value(Field.NAME)
    enter_papers.add_paper(home, batch, {Field.NAME: name, Field.N12: "040079001122"}, person=HEAD)
    other = {Field.NAME: name, Field.N12: "040079001123"}
    with pytest.raises(FieldtoolError) as caught:
        enter_papers.add_paper(home, batch, other, person=HEAD)
    assert caught.value.code is ErrorCode.SECOND_OFFICER
