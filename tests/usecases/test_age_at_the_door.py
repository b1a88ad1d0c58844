"""The age interview at the door: which dates are offered, and what is kept of the one that is taken."""

from __future__ import annotations

import datetime
import json

import pytest
from door_home import HEAD, HOUSE, OLD, SON, door_home

from fieldtool.records.age import Candidate
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.events import CONTENT, RecordKind
from fieldtool.records.fields import Field
from fieldtool.records.persons import FieldState
from fieldtool.records.presence import Asked, Presence
from fieldtool.records.visits import MemberAnswer, from_text, to_text
from fieldtool.usecases import open_household as door
from fieldtool.usecases.age_at_the_door import offers, papers_of, take_date, written
from fieldtool.usecases.ask_age import AgeQuestion
from fieldtool.usecases.record_visit import record_visit
from fieldtool.usecases.today import today

TODAY = datetime.date(2026, 11, 25)
CLUES = "Hỏi tuổi: tuổi Mùi"


@pytest.fixture(name="home")
def _home(tmp_path):
    with door_home(tmp_path) as (store, home):
        yield home
        assert store.check().complaints == []


def page(home):
    return door.open_household(home.people, home.work, home.drafts, home.ids, HOUSE, today(home).day)


def test_a_date_on_paper_that_agrees_stands_first_and_once(home):
    papers = papers_of(page(home), HEAD)
    assert set(papers) == {"03/02/1978", "03/02/1979"}
    found = offers(AgeQuestion(animal="Mùi", older=("1970",), younger=("1985",)), TODAY, papers)
    # 3 February 1979 came after Tết of the year of the goat, the same day of 1978 lies in the year of the snake
    assert [(offer.value, offer.on_paper) for offer in found] == [("03/02/1979", True), ("1979", False)]


def test_no_more_is_written_than_was_said():
    day = datetime.date
    assert written(Candidate(1950, "dan", day(1950, 5, 2), day(1950, 5, 2))) == "02/05/1950"
    assert written(Candidate(1950, "dan", day(1950, 5, 2), day(1950, 5, 30))) == "05/1950"
    assert written(Candidate(1950, "dan", day(1951, 1, 3), day(1951, 2, 5))) == "1951"
    assert written(Candidate(1950, "dan", day(1950, 2, 17), day(1951, 2, 5))) == "1950"


def test_a_date_taken_settles_the_difference_with_who_said_it_and_why(home):
    start = page(home)
    sheet = take_date(start, start.sheet, HEAD, "03/02/1979", "Lô Thị Xìa", CLUES)
    assert from_text(to_text(sheet)) == sheet
    record_visit(home, sheet)
    person = home.people.person(HEAD)
    view = person.fields[Field.DOB]
    assert view.state is FieldState.DECIDED and person.value(Field.DOB) == "03/02/1979"
    assert view.decisions[0].basis["said_by"] == "Lô Thị Xìa"
    assert view.decisions[0].basis["note"] == CLUES


def test_a_word_against_papers_that_agree_stays_a_word(home):
    start = page(home)
    sheet = take_date(start, start.sheet, SON, "2013", "Lô Thị Xìa", CLUES)
    record_visit(home, sheet)
    view = home.people.person(SON).fields[Field.DOB]
    assert not view.decisions
    assert "2013" in [text for text, _ in view.values]


def test_somebody_being_added_gets_the_date_and_the_clues_with_his_first_paper(home):
    start = page(home)
    added = MemberAnswer(presence=Presence.NOT_ON_BOOKS, answers={Asked.NAME: "Lô Thị Bay"}, slot="n1")
    sheet = take_date(start, start.sheet.with_member(added), "n1", "1955", "Lô Văn Đạt", CLUES)
    (paper,) = record_visit(home, sheet).added
    assert home.people.person(paper).value(Field.DOB) == "1955"
    (event,) = home.log.register(RecordKind.DOCUMENT, paper, CONTENT)
    assert json.loads(event.basis)["clues"] == CLUES


def test_nobody_named_and_nobody_known_are_refused(home):
    start = page(home)
    for who, said_by, code in ((OLD, " ", ErrorCode.ANSWER_NEEDED), ("p-none", "Đạt", ErrorCode.NOT_FOUND)):
        with pytest.raises(FieldtoolError) as caught:
            take_date(start, start.sheet, who, "1951", said_by, CLUES)
        assert caught.value.code is code
