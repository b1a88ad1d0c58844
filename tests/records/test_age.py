"""The age interview."""

from __future__ import annotations

import datetime

from fieldtool.records import age
from fieldtool.records.dates import parse_date
from fieldtool.usecases.ask_age import AgeQuestion, ask_age

ASKED = datetime.date(2026, 11, 1)


def test_words_for_animals() -> None:
    assert age.read_animals("tuổi Tý") == ("ty",)
    assert age.read_animals("tuổi Tỵ") == ("ti",)
    assert age.read_animals("con rắn") == ("ti",)
    assert age.read_animals("ty") == ("ty", "ti")
    assert age.read_animals("không nhớ") == ()


def test_names_of_years() -> None:
    assert age.read_year_name("Ất Sửu") == (1925, 1985, 2045)
    assert age.year_name(1985) == ("at", "suu")


def test_animal_and_spoken_age_agree_on_one_year() -> None:
    (found,) = age.candidates(animals=("suu",), age=42, asked=ASKED)
    assert (found.lunar_year, found.reasons) == (1985, ("animal", "age_mu"))
    assert (found.first, found.last) == (datetime.date(1985, 1, 21), datetime.date(1986, 2, 8))
    assert age.spoken_age(found.first, ASKED) == age.spoken_age(found.last, ASKED) == 42


def test_without_animal_both_ways_of_counting_are_given() -> None:
    found = age.candidates(age=42, asked=ASKED)
    assert {item.lunar_year for item in found} == {1983, 1984, 1985}
    assert found[0].reasons == ("age_mu",)


def test_the_animal_is_surer_than_the_number() -> None:
    found = age.candidates(animals=("suu",), age=39, asked=ASKED)
    assert found[0].lunar_year == 1985
    assert found[0].reasons == ("animal",)


def test_brothers_and_sisters_set_bounds() -> None:
    bounds = [age.after_sibling(parse_date("1984")), age.before_sibling(parse_date("20/10/1986"))]
    found = age.candidates(animals=("suu",), age=42, asked=ASKED, bounds=bounds)
    assert found[0].last == datetime.date(1986, 1, 23)
    assert "younger_sibling" in found[0].reasons
    assert not age.candidates(animals=("suu",), bounds=[age.after_sibling(parse_date("1986"))], span=(1980, 1990))


def test_events_give_candidates() -> None:
    (event,) = [item for item in age.events() if item.code == "reunification"]
    found = age.candidates(animals=("ty",), bounds=[age.around_event(event, "aged", 3)])
    assert [item.lunar_year for item in found] == [1972]
    before = age.candidates(animals=("thin",), bounds=[age.around_event(event, "before")], span=(1960, 2000))
    assert [item.lunar_year for item in before] == [1964]
    own = age.Event("school", datetime.date(1990, 9, 5), datetime.date(1990, 9, 5), "Mở trường bản")
    assert age.around_event(own, "after").first == datetime.date(1990, 9, 5)


def test_every_candidate_lies_within_its_year_and_bounds() -> None:
    low, high = datetime.date(1950, 6, 1), datetime.date(1953, 3, 1)
    for item in age.candidates(bounds=[age.Bounds(low, high, "officer")]):
        assert low <= item.first <= item.last <= high


def test_an_age_told_in_a_year_leaves_the_whole_years_it_may_mean() -> None:
    answer = ask_age(AgeQuestion(said=50, asked="2025", counting="solar"), datetime.date(2026, 11, 1))
    assert (answer.first, answer.last) == (datetime.date(1974, 1, 2), datetime.date(1975, 12, 31))
    (found,) = ask_age(AgeQuestion(animal="mèo", said=50, asked="2025"), datetime.date(2026, 11, 1)).candidates
    assert (found.first, found.last) == (datetime.date(1975, 2, 11), datetime.date(1975, 12, 31))


def test_an_age_told_this_year_was_told_before_today() -> None:
    answer = ask_age(AgeQuestion(said=50, asked="2026", counting="solar"), datetime.date(2026, 11, 1))
    assert answer.last == datetime.date(1976, 11, 1)
    december = ask_age(AgeQuestion(said=50, asked="12/2025", counting="solar"), datetime.date(2026, 11, 1))
    assert (december.first, december.last) == (datetime.date(1974, 12, 2), datetime.date(1975, 12, 31))
