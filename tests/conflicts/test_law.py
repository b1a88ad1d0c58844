"""The legal table: which row answers, and every fault of a table named by its row."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fieldtool.conflicts.evidence import grade, rank
from fieldtool.conflicts.law import CODES, COLUMNS, ISSUES, Situation, read_law, shipped_law
from fieldtool.conflicts.people import fold_person
from fieldtool.conflicts.roads import situation, suggest
from fieldtool.records.documents import Document, from_payload, to_payload
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.persons import Person
from fieldtool.records.tables import table_text

HEAD = ",".join(COLUMNS)
LAST = "ask_resident,*,*,,,,none,resident,conflict,,sure,"


def asked(subject: str, *reasons: str, papers: tuple[str, ...] = (), birth: str = "") -> Situation:
    return Situation(subject, frozenset(reasons), frozenset(papers), birth)


@pytest.mark.parametrize(
    ("situation", "code", "who", "form"),
    [
        (asked("name", "tone", papers=("birth", "id"), birth="independent"), "birth_prevails", "officer", "dc02"),
        (asked("name", "tone", papers=("birth", "id"), birth="late"), "birth_late", "justice", "justice"),
        (asked("name", "mong_adult_name", papers=("birth", "id"), birth="late"), "other_name", "officer", "dc02"),
        (asked("name", "mong_adult_name", "tone", papers=("id", "household")), "card_over_book", "officer", "dc02"),
        (asked("dob", "year_only", papers=("id", "household")), "fuller_date", "officer", "dc02"),
        (asked("dob", "year_only", "digit_slip", papers=("id", "household")), "card_over_book", "officer", "dc02"),
        (
            asked("dob", "year_only", papers=("birth", "id"), birth="independent short"),
            "birth_short",
            "justice",
            "justice",
        ),
        (asked("dob", "year_only", papers=("birth", "id"), birth="late short"), "birth_short", "justice", "justice"),
        (asked("dob", "year_only", papers=("birth", "id"), birth="independent"), "birth_prevails", "officer", "dc02"),
        (asked("dob", "year_only", papers=("birth", "id"), birth="late"), "fuller_date", "officer", "dc02"),
        (
            asked("dob", "date_other", papers=("birth", "id"), birth="independent short"),
            "birth_prevails",
            "officer",
            "dc02",
        ),
        (asked("dob", "date_other", papers=("birth", "id"), birth="late short"), "birth_late", "justice", "justice"),
        (
            asked("ethnicity", "people_differs", papers=("birth", "id"), birth="independent"),
            "ethnicity_birth",
            "officer",
            "dc02",
        ),
        (asked("name", "tone", papers=("register", "household")), "register_over_book", "officer", ""),
        (asked("name", "tone", papers=("id", "register")), "card_register", "police", "minutes"),
        (asked("n12", "number_one_digit", papers=("id", "register")), "card_register", "police", "minutes"),
        (asked("name", "tone", papers=("birth", "register"), birth="independent"), "birth_prevails", "officer", "dc02"),
        (asked("n12", "number_one_digit", papers=("id", "household")), "card_number", "officer", "dc02"),
        (asked("n12", "number_one_digit", papers=("birth", "household")), "number_no_card", "police", "minutes"),
        (asked("number", "number_shared"), "number_shared", "police", "minutes"),
        (asked("number", "number_sex"), "number_other", "police", "conflict"),
        (asked("family", "family_no_certificate"), "family_no_certificate", "justice", "justice"),
        (asked("family", "family_two_heads"), "family_check", "resident", "minutes"),
        (asked("second"), "second_officer", "second", ""),
        (asked("divided", "decided_apart"), "choose_decision", "officer", "conflict"),
        (
            asked("ethnicity", "people_differs", papers=("household", "statement")),
            "ask_resident",
            "resident",
            "conflict",
        ),
    ],
)
def test_the_first_row_that_fits_answers(situation: Situation, code: str, who: str, form: str) -> None:
    rule = shipped_law().rule(situation)
    assert (rule.code, rule.who, rule.form) == (code, who, form)


def said_by(**texts: str) -> Person:
    """One person whose papers say these names."""
    kinds = {"id": DocumentKind.ID_CARD, "book": DocumentKind.HOUSEHOLD, "extract": DocumentKind.REGISTER,
             "word": DocumentKind.STATEMENT}  # fmt: skip
    return fold_person("p", [Document(name, kinds[name], {Field.NAME: text}) for name, text in texts.items()], [])


@pytest.mark.parametrize(
    ("person", "code", "value"),
    [
        (said_by(extract="Lô Văn An", book="Lô Văn Ân"), "register_over_book", "Lô Văn An"),
        (said_by(id="Lô Văn An", extract="Lô Văn An", book="Lô Văn Ân"), "register_over_book", "Lô Văn An"),
        (said_by(id="Lô Văn Ẩn", extract="Lô Văn An", book="Lô Văn An"), "card_register", ""),
        (said_by(id="Lô Văn An", book="Lô Văn Ân"), "card_over_book", "Lô Văn An"),
        (said_by(id="Lô Văn An", book="Lô Văn An", word="Lô Văn Ân"), "ask_resident", ""),
    ],
)
def test_a_row_of_two_papers_speaks_of_those_that_differ(person: Person, code: str, value: str) -> None:
    """A card that agrees with the extract is no second opinion; two papers that agree are not in each other's way."""
    road = suggest(person, Field.NAME)
    assert (road.code, road.value) == (code, value)
    asked_of = situation(person, Field.NAME)
    assert Situation.from_text(asked_of.to_text()) == asked_of
    assert shipped_law().rule(Situation.from_text(asked_of.to_text())).code == code


def test_where_one_lives_the_extract_says_before_the_book_and_a_name_after_the_card() -> None:
    papers = [Document(str(kind), kind, {}) for kind in DocumentKind]
    assert [p.kind for p in sorted(papers, key=lambda p: rank(p, Field.PLACE))][:2] == ["register", "household"]
    assert [p.kind for p in sorted(papers, key=lambda p: rank(p, Field.NAME))] == [
        "birth", "id", "register", "household", "statement",
    ]  # fmt: skip
    assert len({grade(paper) for paper in papers}) == len(papers)


def test_a_paper_of_a_kind_that_this_program_does_not_know_is_no_more_than_a_word() -> None:
    known = Document("d", DocumentKind.REGISTER, {Field.NAME: "Lô Văn An"})
    assert from_payload("d", to_payload(known)) == known
    newer = to_payload(known).replace('"register"', '"microfilm"')
    assert from_payload("d", newer).kind is DocumentKind.STATEMENT


def test_a_rule_that_lets_a_paper_prevail_names_its_source_or_says_that_it_is_not_sure() -> None:
    for rule in shipped_law().rules:
        assert rule.certainty in ("sure", "likely", "unsure")
        assert rule.source or rule.prevails != "paper" or rule.certainty == "unsure"


@pytest.mark.parametrize(
    ("row", "issue"),
    [
        ("new_code,name,*,,,,none,officer,,,sure,", "code"),
        ("birth_prevails,,*,,,,none,officer,,,sure,", "blank"),
        ("birth_prevails,tên,*,,,,none,officer,,,sure,", "subject"),
        ("birth_prevails,name,*,hộ chiếu,,,none,officer,,,sure,", "paper"),
        ("birth_prevails,name,*,birth,,muộn,none,officer,,,sure,", "birth"),
        ("birth_prevails,name,*,birth,,,always,officer,,,sure,", "prevails"),
        ("birth_prevails,name,*,,,,paper,officer,,x,sure,", "prevails"),
        ("birth_prevails,name,*,birth,,,none,huyện,,,sure,", "who"),
        ("birth_prevails,name,*,birth,,,none,officer,dc99,,sure,", "form"),
        ("birth_prevails,name,*,birth,,,none,officer,,,chắc,", "certainty"),
        ("birth_prevails,name,*,birth,,,paper,officer,,,sure,", "source"),
        ("birth_prevails,name,*", "columns"),
    ],
)
def test_each_fault_is_told_by_its_row(row: str, issue: str) -> None:
    _, issues = read_law(f"{HEAD}\n{LAST}\n{row}\n{LAST}\n")
    assert [(found.row, found.code) for found in issues] == [(3, issue)]
    assert issue in ISSUES


def test_a_table_whose_last_row_leaves_something_out_is_refused() -> None:
    _, issues = read_law(f"{HEAD}\nbirth_prevails,name,*,birth,,,none,officer,,,sure,\n")
    assert [found.code for found in issues] == ["default"]
    assert read_law("")[1][0].code == "columns"
    assert read_law("a,b\n1,2\n")[1][0].code == "columns"


def test_the_unit_may_add_a_road_with_words_of_its_own() -> None:
    own = f"{HEAD}\nhoi_gia_lang,name,tone,,,,none,resident,minutes,,unsure,Hỏi già làng\n{LAST}\n"
    law, issues = read_law(own)
    assert issues == ()
    birth = Document("a", DocumentKind.BIRTH, {Field.NAME: "Lô Văn Hương"})
    card = Document("b", DocumentKind.ID_CARD, {Field.NAME: "Lô Văn Hường"})
    road = suggest(fold_person("p", [birth, card], []), Field.NAME, law)
    assert (road.code, road.text, road.form, road.value) == ("hoi_gia_lang", "Hỏi già làng", "minutes", "")


def test_every_shipped_code_is_used() -> None:
    assert {rule.code for rule in shipped_law().rules} == set(CODES)


@example("\r0")
@example("a" * 140_000)
@given(st.text(max_size=400))
def test_any_text_is_read_or_refused(text: str) -> None:
    law, issues = read_law(text)
    assert issues or law.rules


@given(st.integers(0, 2000), st.characters())
def test_a_table_with_one_letter_changed_still_answers_or_is_refused(place: int, letter: str) -> None:
    text = table_text("law/roads.csv")
    law, issues = read_law(text[:place] + letter + text[place + 1 :])
    assert issues or law.rule(asked("name", "tone")).who


def test_a_situation_survives_being_written() -> None:
    situation = asked("dob", "year_only", "tone", papers=("birth", "id"), birth="late")
    assert Situation.from_text(situation.to_text()) == situation
    assert Situation.from_text("rubbish").subject == "rubbish"


# What the field's dossier marks as sure, and of what it speaks: the birth certificate over every other paper. The
# circular on dates speaks of the civil record, and article 38 of the residence database: what the table makes of them
# for cards and sheets of the police is our own step, likely at most.
SURE = {
    ("birth_prevails", "Nghị định 123/2015/NĐ-CP điều 6"),
    ("register_over_book", "Luật Cư trú 68/2020/QH14 điều 38 khoản 3"),
}


def test_the_shipped_table_is_no_surer_than_what_is_known() -> None:
    for rule in shipped_law().rules:
        if rule.source or rule.prevails != "none":
            assert rule.certainty != "sure" or (rule.code, rule.source) in SURE, rule.code
