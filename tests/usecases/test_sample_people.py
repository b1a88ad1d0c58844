"""The invented people: families that could have been, numbers that agree, and the same commune for the same seed."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldtool.ports import no_progress
from fieldtool.usecases.sample.families import TODAY
from fieldtool.usecases.sample.households import Commune, make_commune
from fieldtool.usecases.sample.names import MONG
from fieldtool.usecases.sample.papers import make_papers


@pytest.fixture(scope="module")
def commune() -> Commune:
    return make_commune(Random(7), 3000, no_progress)


@settings(max_examples=15, deadline=None)
@given(people=st.integers(1, 120), seed=st.integers(0, 10_000))
def test_any_size_and_seed_gives_exactly_so_many_people(people: int, seed: int) -> None:
    made = make_commune(Random(seed), people, no_progress)
    living = made.living()
    assert len(living) == people
    assert len({person.number for person in living}) == people
    assert all(household.members[0][1] == "Chủ hộ" for household in made.households)


def test_children_of_a_mother_are_nine_months_apart_or_twins(commune: Commune) -> None:
    mothers = {child.mother.number: child.mother for child in commune.living() if child.mother}
    gaps = [
        (later.born - earlier.born).days
        for mother in mothers.values()
        for earlier, later in zip(mother.children, mother.children[1:], strict=False)
    ]
    assert gaps
    assert all(gap == 0 or gap >= 275 for gap in gaps)
    assert 0 in gaps  # there are twins


def test_mothers_are_of_an_age_to_bear(commune: Commune) -> None:
    ages = [child.born.year - child.mother.born.year for child in commune.living() if child.mother]
    assert ages
    assert min(ages) >= 15
    assert max(ages) <= 44


def test_numbers_are_unique_and_agree_with_sex_and_year(commune: Commune) -> None:
    people = [*commune.living(), *commune.dead]
    assert len({person.n12 for person in people}) == len(people)
    old = [person.n9 for person in people if person.n9]
    assert len(set(old)) == len(old)
    for person in people:
        assert len(person.n12) == 12
        assert int(person.n12[3]) == 2 * (person.born.year // 100 - 19) + (not person.male)
        assert int(person.n12[4:6]) == person.born.year % 100
        assert len(person.n9) in {0, 9}


def test_the_hard_cases_of_the_dossier_are_there(commune: Commune) -> None:
    living = commune.living()
    assert {person.people for person in living} == {"Thái", "Khơ Mú", "Mông", "Ơ Đu", "Đan Lai", "Kinh"}
    assert any(person.father and person.father.name == person.name for person in living)
    families = {person.mother.number: person.mother.children for person in living if person.mother}
    again = [
        (dead, child)
        for children in families.values()
        for dead, child in zip(children, children[1:], strict=False)
        if dead.died_young and dead.name == child.name
    ]
    assert again  # a dead child's name given to the next
    assert any(person.people == MONG and person.adult_middle for person in living)
    names = [str(person.name) for person in living]
    assert len(set(names)) < len(names)
    assert all(person.born <= TODAY for person in living)


def test_who_has_which_paper(commune: Commune) -> None:
    papers = make_papers(Random(7), commune)
    carded = {paper.person.number for paper in papers.cards}
    small = [person for person in commune.living() if person.age < 6]
    assert sum(person.number in carded for person in small) < 0.05 * len(small)
    entered = {paper.person.number for paper in papers.births}
    elders = [person for person in commune.living() if person.born.year < 1955]
    assert 0 < sum(person.number in entered for person in elders) < 0.35 * len(elders)
    assert {person.number for person in commune.dead} <= entered
    for rows in (papers.births, papers.cards, papers.book):
        assert len({paper.person.number for paper in rows}) == len(rows)  # at most one row a list
        assert len({paper.key for paper in rows}) == len(rows)


def test_keys_do_not_tell_who_is_who(commune: Commune) -> None:
    papers = make_papers(Random(7), commune)
    cards = {paper.person.number: int(paper.key[2:]) for paper in papers.cards}
    pairs = [(int(p.key[2:]), cards[p.person.number]) for p in papers.book if p.person.number in cards]
    agreeing = sum(abs(left - right) < 10 for left, right in pairs)
    assert agreeing < 0.03 * len(pairs)


def test_believable_share_of_persons_differ(commune: Commune) -> None:
    papers = make_papers(Random(7), commune)
    differing = {paper.person.number for paper in papers.all() if paper.wrong}
    assert 0.20 < len(differing) / len(commune.living()) < 0.30
