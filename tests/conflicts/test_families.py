"""Households that cannot well be so, and those that can: every rule with its neighbour that must stay silent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldtool.conflicts.families import CODES, FamilyFinding, Kin, family_findings, said_dead
from fieldtool.records.documents import Document
from fieldtool.records.fields import DocumentKind, Field

BOTH = frozenset({"birth", "household"})
HEAD = Kin("a", "Lô Văn Inh", "01/05/1970", "Nam", "Chủ hộ", papers=BOTH)


def kin(id: str, name: str, dob: str, sex: str, relation: str, **more: object) -> Kin:
    return Kin(id, name, dob, sex, relation, papers=BOTH, **more)  # type: ignore[arg-type]


def codes(*members: Kin) -> list[str]:
    return [finding.code for finding in family_findings(members)]


def test_an_ordinary_household_has_no_findings() -> None:
    wife = kin("b", "Vi Thị Mai", "1972", "Nữ", "Vợ")
    son = kin("c", "Lô Văn Tú", "02/03/1995", "Nam", "Con", mother="Vi Thị Mai")
    daughter = kin("d", "Lô Thị Hoa", "09/09/1999", "Nữ", "Con gái", mother="Vi Thị Mai")
    mother = kin("e", "Kha Thị Xa", "1950", "Nữ", "Mẹ")
    assert codes(HEAD, wife, son, daughter, mother) == []


@pytest.mark.parametrize(
    ("code", "member"),
    [
        ("family_relation_sex", kin("b", "Vi Thị Mai", "1972", "Nam", "Vợ")),
        ("family_relation_sex", kin("b", "Lô Thị Hoa", "1999", "Nữ", "Con trai")),
        ("family_two_heads", kin("b", "Lô Văn Hai", "1972", "Nam", "Chủ hộ")),
        ("family_parent_too_young", kin("b", "Lô Văn Tú", "1981", "Nam", "Con")),
        ("family_parent_too_young", kin("b", "Kha Thị Xa", "1960", "Nữ", "Mẹ")),
        ("family_parent_too_old", kin("b", "Kha Thị Xa", "1905", "Nữ", "Mẹ")),
        ("family_spouse_sex", kin("b", "Lô Văn Hai", "1972", "Nam", "Vợ hoặc chồng")),
        ("family_dead_living", kin("b", "Vi Thị Mai", "1972", "Nữ", "Vợ", dead="đã chết năm 2019")),
    ],
)
def test_each_rule_finds_its_case(code: str, member: Kin) -> None:
    assert codes(HEAD, member) == [code]


def test_a_father_may_be_eighty_years_older_and_a_mother_may_not() -> None:
    old = Kin("a", "Lô Văn Inh", "1930", "Nam", "Chủ hộ", papers=BOTH)
    child = kin("b", "Lô Văn Tú", "2005", "Nam", "Con")
    assert codes(old, child) == []
    mother = Kin("a", "Lô Thị Inh", "1930", "Nữ", "Chủ hộ", papers=BOTH)
    assert codes(mother, child) == ["family_parent_too_old"]


def test_a_child_born_since_2016_needs_a_certificate_and_an_older_one_does_not() -> None:
    book = frozenset({"household"})
    young = Kin("b", "Lô Văn Tú", "2016", "Nam", "Con", papers=book)
    older = Kin("c", "Lô Văn Nam", "2015", "Nam", "Con", papers=book)
    assert codes(HEAD, young, older) == ["family_no_certificate"]


def test_twins_are_no_finding_and_five_months_are() -> None:
    def child(id: str, dob: str) -> Kin:
        return kin(id, f"Lô Văn {id}", dob, "Nam", "Con", mother="Vi Thị Mai")

    assert codes(HEAD, child("b", "01/02/1999"), child("c", "02/02/1999")) == []
    assert codes(HEAD, child("b", "01/02/1999"), child("c", "01/07/1999")) == ["family_siblings_close"]


def test_a_household_whose_relations_are_not_known_has_no_missing_head() -> None:
    assert codes(kin("a", "Lô Văn Một", "1970", "Nam", ""), kin("b", "Lô Văn Hai", "1980", "Nam", "")) == []
    two = (kin("a", "Lô Văn Một", "1970", "Nam", "Con"), kin("b", "Lô Văn Hai", "1980", "Nam", "Con"))
    assert codes(*two) == ["family_no_head"]


def test_a_note_that_somebody_died_is_read_and_another_note_is_not() -> None:
    def paper(note: str) -> Document:
        return Document("d", DocumentKind.HOUSEHOLD, {Field.NOTE: note})

    assert said_dead([paper("Đã chết 12/2019")])
    assert said_dead([paper("Chuyển đến từ bản Mất Đất")]) == ""


texts = st.sampled_from(
    ["", "1970", "01/02/1990", "không rõ", "31/02/2001", "Chủ hộ", "Con trai", "Vợ", "Nam", "Nữ", "ÿ"]
)
members = st.lists(
    st.builds(Kin, id=st.uuids().map(str), name=texts, dob=texts, sex=texts, relation=texts, mother=texts, dead=texts),
    max_size=6,
)


@given(members, st.randoms())
def test_findings_depend_on_the_members_alone(people: list[Kin], chance: object) -> None:
    found = family_findings(people)
    shuffled = list(people)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert family_findings(shuffled) == found
    assert {finding.code for finding in found} <= set(CODES)
    ids = {kin.id for kin in people}
    assert all(isinstance(finding, FamilyFinding) and set(finding.persons) <= ids for finding in found)
