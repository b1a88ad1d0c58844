"""A card's QR text finds its person, is compared with all papers, and is kept as a paper; no picture is kept."""

from __future__ import annotations

import pytest
from door_home import HEAD, HOUSE, VILLAGE, door_home

from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.usecases.scan_card import keep_card, look_up_card

CARD = "040079001122|186123456|Lô Văn Đạt|03021979|Nam|Bản Chăm Puông, Lượng Minh, Tương Dương, Nghệ An|01052021"
NEW = "040199005678||Vi Thị Ngọc Ánh|21112004|Nữ|Bản Chăm Puông, Lượng Minh, Tương Dương, Nghệ An|01052021"


@pytest.fixture(name="home")
def _home(tmp_path):
    with door_home(tmp_path) as (store, home):
        yield home
        assert store.check().complaints == []


def test_a_scan_finds_the_person_and_compares_with_every_paper(home):
    look = look_up_card(home.people, CARD)
    assert (look.person, look.safe) == (HEAD, True)
    differing = {(item.field, item.paper) for item in look.differs}
    assert differing == {(Field.DOB, "03/02/1978")}
    assert {item.document for item in look.compared} == {"d0", "d1"}


def test_a_scan_is_kept_once_as_a_paper_seen_in_the_original(home):
    assert keep_card(home, CARD, household=HOUSE) == HEAD
    events = home.log.count()
    keep_card(home, CARD, household=HOUSE)
    assert home.log.count() == events + 1  # seen once more, not one more paper
    papers = [paper for paper in home.people.person(HEAD).documents if paper.kind is DocumentKind.ID_CARD]
    assert len(papers) == 2 and {paper.get(Field.ISSUE_DATE) for paper in papers} == {"", "01/05/2021"}
    assert home.work.sightings([HEAD])[HEAD] == {"id": "original"}
    assert home.people.person(HEAD).household == HOUSE


def test_an_unknown_card_founds_a_person_in_the_house_it_was_scanned_in(home):
    look = look_up_card(home.people, NEW)
    assert look.person == "" and look.candidates == ()
    person = keep_card(home, NEW, household=HOUSE)
    assert person in {member.person for member in home.people.household(HOUSE).members}
    assert home.people.person(person).village == VILLAGE
    assert look_up_card(home.people, NEW).person == person


@pytest.mark.parametrize(
    "damaged",
    [
        "040079001122|186123456|Lo Van Dat|03021979|Nam|Ban Cham Puong, Luong Minh|01052021",
        "040079001122|186123456|L\ufffd V\ufffdn \ufffd\ufffdt|03021979|Nam|B\ufffdn|01052021",
    ],
)
def test_a_name_damaged_on_the_way_is_not_taken(home, damaged):
    look = look_up_card(home.people, damaged)
    assert look.person == HEAD and not look.safe
    assert Field.NAME not in look.raw and Field.PLACE not in look.raw
    assert Field.NAME not in {item.field for item in look.compared}
    keep_card(home, damaged)
    names = {paper.get(Field.NAME) for paper in home.people.person(HEAD).documents}
    assert names == {"Lô Văn Đạt"}


@pytest.mark.parametrize("text", ["", "xin chào", "FT1|H|h-dat", "12345|a|b|c|d|e|f"])
def test_what_is_no_card_is_told(home, text):
    with pytest.raises(FieldtoolError) as caught:
        look_up_card(home.people, text)
    assert caught.value.code is ErrorCode.NOT_A_CARD


def test_a_card_with_another_number_is_not_given_to_somebody_by_one_officer(home):
    keep_card(home, CARD, household=HOUSE)
    before = home.log.count()
    with pytest.raises(FieldtoolError) as caught:
        keep_card(home, NEW, person=HEAD, household=HOUSE)
    assert caught.value.code is ErrorCode.SECOND_OFFICER
    assert home.log.count() == before
    assert keep_card(home, NEW, household=HOUSE) != HEAD  # on its own nothing is lost
