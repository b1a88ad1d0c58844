"""What an officer does at the desk besides deciding one field: aside, bulk, merge, split, two officers; all undone."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_home import VILLAGE, desk_home

from fieldtool.conflicts.queue import Wanted
from fieldtool.ports import Home
from fieldtool.records.documents import Document, to_payload
from fieldtool.records.doubts import Standing
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.events import CONTENT, LINK, Draft, RecordKind
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.persons import DoubtKind, FieldState
from fieldtool.records.roles import OfficerRole
from fieldtool.records.verdicts import Review
from fieldtool.usecases import join_persons, settle_conflict, users, work_case
from fieldtool.usecases.authority import current_user
from fieldtool.usecases.decide_in_bulk import bulk_lines, decide_in_bulk, undo_bulk
from fieldtool.usecases.look_around import relatives
from fieldtool.usecases.put_aside import put_aside, reopen
from fieldtool.usecases.review_queue import explained, queue

SHARED = "number:040080000005"


@pytest.fixture(name="home")
def _home(tmp_path: Path) -> Iterator[Home]:
    with desk_home(tmp_path / "home") as (store, home):
        yield home
        assert store.check().complaints == []


def ids(home: Home, **wanted: str) -> set[str]:
    return {doubt.id for doubt in queue(home.people, Wanted(**wanted), "2026-11-25").lines}


def code_of(caught: pytest.ExceptionInfo[FieldtoolError]) -> ErrorCode:
    return caught.value.code


def second(home: Home) -> Home:
    """The same home after another officer sat down before it; he may decide."""
    card = dataclasses.replace(home.card, officer="cb-other")
    home.settings.put("home.card", card.to_text())
    return dataclasses.replace(home, card=card)


# the queue


def test_one_queue_holds_every_kind(home: Home) -> None:
    kinds = {doubt.kind for doubt in queue(home.people, Wanted(), "").lines}
    assert kinds == {DoubtKind.FIELD, DoubtKind.LINK, DoubtKind.NUMBER}
    assert ids(home, kind="number") == {SHARED}
    assert ids(home, who="police") == {SHARED}
    assert ids(home, household="h1", reason="year_only") == {"p1:dob", "p2:dob", "p3:dob"}
    found = explained(home.people, Wanted())
    assert (found.explained, found.share, found.unnamed) == (found.open - 2, found.share, ("g1|i1", "k1|l1"))


def test_a_spelling_is_no_doubt_until_it_is_asked_for(home: Home) -> None:
    assert "p11:name" not in ids(home)
    assert ids(home, kind="spelling") == {"p11:name"}


def test_a_shared_number_goes_when_one_of_the_two_gets_another(home: Home) -> None:
    event = settle_conflict.decide(home, "p6", Field.N12, "040080000006")
    assert SHARED not in ids(home)
    settle_conflict.undo(home, event)
    assert SHARED in ids(home)


def test_a_third_holder_opens_what_was_accepted(home: Home) -> None:
    put_aside(home, [SHARED], Standing.ACCEPTED)
    assert SHARED not in ids(home)
    third = Document("x1", DocumentKind.ID_CARD, {Field.NAME: "Kha Văn Xuân", Field.N12: "040080000005"})
    home.log.append([Draft(RecordKind.DOCUMENT, "x1", CONTENT, to_payload(third), basis='{"import":"j"}'),
                     Draft(RecordKind.DOCUMENT, "x1", LINK, "x1")])  # fmt: skip
    assert SHARED in ids(home)


# aside


@pytest.mark.parametrize("standing", list(Standing))
def test_what_is_put_aside_leaves_the_open_queue_and_comes_back(home: Home, standing: Standing) -> None:
    put_aside(home, ["p4:name"], standing, note="hỏi mẹ", paper="birth")
    assert "p4:name" not in ids(home)
    assert ids(home, standing=str(standing)) == {"p4:name"}
    doubt = home.people.doubt("p4:name")
    assert doubt is not None
    assert (doubt.standing, doubt.note) == (standing, "hỏi mẹ")
    reopen(home, "p4:name")
    assert "p4:name" in ids(home)
    with pytest.raises(FieldtoolError) as told:
        reopen(home, "p4:name")
    assert code_of(told) is ErrorCode.NOTHING_TO_UNDO


def test_parking_ends_on_its_day(home: Home) -> None:
    put_aside(home, ["p4:name"], Standing.PARKED, until="2026-11-25")
    assert "p4:name" in ids(home)
    put_aside(home, ["p4:name"], Standing.PARKED, until="2026-11-26")
    assert "p4:name" not in ids(home)


def test_putting_aside_is_undone_like_any_act(home: Home) -> None:
    first = put_aside(home, ["p4:name"], Standing.VISIT)[0]
    again = put_aside(home, ["p4:name"], Standing.PAPER, paper="id")[0]
    settle_conflict.undo(home, again)
    assert ids(home, standing="visit") == {"p4:name"}
    settle_conflict.undo(home, first)
    assert "p4:name" in ids(home)
    with pytest.raises(FieldtoolError) as told:
        settle_conflict.undo(home, first)
    assert code_of(told) is ErrorCode.STALE_DECISION


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"until": "mai"}, ErrorCode.BAD_VALUE),
        ({"until": "2026-02-30"}, ErrorCode.BAD_VALUE),
        ({"standing": Standing.PAPER}, ErrorCode.BAD_VALUE),
        ({"paper": "hộ chiếu"}, ErrorCode.BAD_VALUE),
        ({"id": "nobody:name"}, ErrorCode.NOT_FOUND),
    ],
)
def test_what_cannot_be_said_is_refused_by_name(home: Home, given: dict[str, str], code: ErrorCode) -> None:
    events = home.log.count()
    with pytest.raises(FieldtoolError) as told:
        put_aside(home, [given.pop("id", "p4:name")], given.pop("standing", Standing.PARKED), **given)  # type: ignore[arg-type]
    assert code_of(told) is code
    assert home.log.count() == events


# bulk


def test_all_of_one_reason_at_once_with_an_exception_and_back(home: Home) -> None:
    before = ids(home)
    done = decide_in_bulk(home, "year_only", excepted=["p3:dob"])
    left = {line.doubt.id: line.left for line in done.lines}
    assert left == {"p1:dob": "", "p2:dob": "", "p3:dob": "excepted", "p4:dob": ""}
    person = home.people.person("p2")
    assert person is not None
    assert (person.value(Field.DOB), person.fields[Field.DOB].state) == ("05/06/1965", FieldState.DECIDED)
    assert "p3:dob" in ids(home)
    undone = undo_bulk(home, done.act)
    assert (undone.restored, undone.left) == (done.decided, 0)
    assert ids(home) == before
    with pytest.raises(FieldtoolError) as told:
        undo_bulk(home, done.act)
    assert code_of(told) is ErrorCode.NOTHING_TO_UNDO


def test_what_was_decided_again_since_is_left_by_the_undoing(home: Home) -> None:
    done = decide_in_bulk(home, "year_only", only=["p1:dob", "p2:dob"])
    settle_conflict.decide(home, "p1", Field.DOB, "1990")
    undone = undo_bulk(home, done.act)
    assert (undone.restored, undone.left) == (1, 1)
    person = home.people.person("p1")
    assert person is not None
    assert person.value(Field.DOB) == "1990"


def test_what_the_officer_may_not_settle_alone_is_never_decided_in_bulk(home: Home) -> None:
    lines = {line.doubt.id: line.left for line in bulk_lines(home.people, "tone")}
    assert lines == {"p4:name": "no_value"}  # registered again: a matter for the justice clerk
    with pytest.raises(FieldtoolError) as told:
        decide_in_bulk(home, "tone")
    assert code_of(told) is ErrorCode.NOTHING_IN_BULK
    with pytest.raises(FieldtoolError) as told:
        decide_in_bulk(home, "no_such_reason")
    assert code_of(told) is ErrorCode.NOT_FOUND


def test_a_mere_spelling_is_settled_in_bulk(home: Home) -> None:
    done = decide_in_bulk(home, "tone_place", village=VILLAGE)
    assert [line.doubt.id for line in done.lines] == ["p11:name"]
    assert ids(home, kind="spelling") == set()
    undo_bulk(home, done.act)
    assert ids(home, kind="spelling") == {"p11:name"}


# persons


def test_a_merge_is_previewed_carries_decisions_and_is_undone_much_later(home: Home) -> None:
    settle_conflict.decide(home, "p10", Field.NAME, "Hủn Vi Khoan")
    seen = join_persons.preview_merge(home.people, home.work, "p9", "p10")
    assert {"papers", "carried", "opens"} <= {item.code for item in seen.consequences}
    assert not seen.second
    events = join_persons.merge(home, "p9", "p10")
    person = home.people.person("p9")
    assert person is not None
    assert {paper.id for paper in person.documents} == {"k1", "l1"}
    assert person.value(Field.NAME) == "Hủn Vi Khoan"
    assert home.people.person("p10") is None
    settle_conflict.decide(home, "p1", Field.DOB, "02/03/1990")
    decide_in_bulk(home, "year_only", only=["p3:dob"])
    settle_conflict.undo(home, events[1])
    first, other = home.people.person("p9"), home.people.person("p10")
    assert first is not None
    assert other is not None
    assert first.value(Field.NAME) == "Hủn Vi Khoa"
    assert other.value(Field.NAME) == "Hủn Vi Khoan"


def test_a_split_founds_a_person_keeps_the_matcher_away_and_is_undone(home: Home) -> None:
    seen = join_persons.preview_split(home.people, "p4", ["d2"])
    assert {"papers", "settles"} <= {item.code for item in seen.consequences}
    events = join_persons.split(home, "p4", ["d2"])
    links = home.people.links()
    assert links["d1"][0] != links["d2"][0]
    assert home.people.pair_verdicts() == {("d1", "d2"): "apart"}
    assert not {"p4:name", "p4:dob"} & ids(home)
    settle_conflict.undo(home, events[-1])
    assert home.people.links()["d2"][0] == "p4"
    assert {"p4:name", "p4:dob"} <= ids(home)


@pytest.mark.parametrize("documents", [[], ["d1", "d2"], ["d1", "nothing"]])
def test_a_split_of_nothing_or_of_all_is_refused(home: Home, documents: list[str]) -> None:
    with pytest.raises(FieldtoolError) as told:
        join_persons.split(home, "p4", documents)
    assert code_of(told) is ErrorCode.BAD_VALUE


def test_two_numbers_never_come_into_one_person_by_one_officer(home: Home) -> None:
    assert join_persons.preview_merge(home.people, home.work, "p7", "p8").second
    for act in (
        lambda: settle_conflict.verdict(home, "g1", "i1", "same"),
        lambda: join_persons.merge(home, "p8", "p7"),
    ):
        with pytest.raises(FieldtoolError) as told:
            act()
        assert code_of(told) is ErrorCode.SECOND_OFFICER
    join_persons.propose(home, "g1", "i1", "thẻ cấp lại")
    assert ids(home, kind="second") == {"g1|i1"}
    assert ids(home, kind="link") == {"k1|l1"}
    with pytest.raises(FieldtoolError) as told:
        join_persons.confirm(home, "g1|i1")
    assert code_of(told) is ErrorCode.SECOND_OFFICER
    assert home.people.links()["g1"][0] != home.people.links()["i1"][0]


def test_a_second_officer_confirms_and_all_of_it_can_be_undone(home: Home) -> None:
    join_persons.propose(home, "g1", "i1")
    events = join_persons.confirm(second(home), "g1|i1")
    assert home.people.links()["g1"][0] == home.people.links()["i1"][0]
    assert ids(home, kind="second") == set()
    settle_conflict.undo(home, events[0])
    assert home.people.links()["g1"][0] != home.people.links()["i1"][0]
    assert ids(home, kind="second") == {"g1|i1"}
    join_persons.decline(home, "g1|i1")
    assert ids(home, kind="second") == set()
    assert "g1|i1" in ids(home, kind="link")


def test_not_the_same_person_speaks_for_every_pair_of_the_two(home: Home) -> None:
    home.people.replace_reviews([Review("a1", "c1", 5.0, 0.5, 1), Review("a2", "c2", 4.0, 0.5, 1)])
    assert ids(home, kind="link") == {"a1|c1", "a2|c2"}
    events = settle_conflict.verdict(home, "a1", "c1", "apart")
    assert ids(home, kind="link") == set()
    settle_conflict.undo(home, events[0])
    assert ids(home, kind="link") == {"a1|c1", "a2|c2"}


def test_relatives_stand_beside_a_person_with_their_own_values(home: Home) -> None:
    person = home.people.person("p1")
    assert person is not None
    found = {relative.name: relative for relative in relatives(home.people, person)}
    assert found["Vi Thị Mai"].kind == "mother"
    assert (found["Lô Văn Bình"].kind, found["Lô Văn Bình"].number) == ("head", "040065000002")
    assert (found["Lô Thị Chi"].kind, found["Lô Thị Chi"].dob) == ("sibling", "07/08/1994")


def test_a_case_follows_its_person_even_when_no_paper_bears_his_id(home: Home) -> None:
    case = work_case.open_case(home, "no_birth", "p9")
    merged = join_persons.merge(home, "p10", "p9")
    assert [(found.id, found.person, found.name) for found in home.work.cases(person="p10")] == [
        (case.case.id, "p10", "Hủn Vi Khoa")
    ]
    settle_conflict.undo(home, merged[0])
    assert [found.person for found in home.work.cases(person="p9")] == ["p9"]
    assert home.work.cases(person="p10") == []


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        (Field.DOB, "31/02/1982"), (Field.DOB, "hôm kia"), (Field.DOB, "2999"), (Field.N12, "12"),
        (Field.N12, "999999999999"), (Field.N9, "04018200441"), (Field.SEX, "lớn"), (Field.NAME, "123"),
    ],
)  # fmt: skip
def test_what_no_paper_can_say_is_not_decided(home: Home, field: Field, typed: str) -> None:
    before = home.log.count()
    with pytest.raises(FieldtoolError) as refused:
        settle_conflict.decide(home, "p2", field, typed)
    assert refused.value.code is ErrorCode.BAD_VALUE
    assert home.log.count() == before


def test_a_preview_names_the_person_whose_papers_move(home: Home) -> None:
    seen = join_persons.preview_merge(home.people, home.work, "p5", "p6")
    assert seen.consequences[0].values == {"count": "1", "name": "Kha Văn Phong"}
    with pytest.raises(FieldtoolError) as refused:
        join_persons.preview_merge(home.people, home.work, "p5", "p5")
    assert refused.value.code is ErrorCode.BAD_VALUE


def test_acts_that_stand_on_one_another_are_taken_back_one_after_the_other(home: Home) -> None:
    before = (home.people.links(), home.people.doubt("p4:name"), home.people.doubt("p1:dob"))
    decided = settle_conflict.decide(home, "p4", Field.NAME, "Vi Thị Dung")
    again = settle_conflict.decide(home, "p4", Field.NAME, "Vi Thị Đung")
    apart = join_persons.split(home, "p4", ["d2"])
    whole = join_persons.merge(home, "p4", home.people.links()["d2"][0])
    bulk = decide_in_bulk(home, "year_only", only={"p1:dob"})
    later = settle_conflict.decide(home, "p1", Field.DOB, "1990")
    settle_conflict.undo(home, later)
    assert undo_bulk(home, bulk.act).restored == 1
    for event in (whole[0], apart[0], again):
        settle_conflict.undo(home, event)
    person = home.people.person("p4")
    assert person is not None
    assert person.value(Field.NAME) == "Vi Thị Dung"
    settle_conflict.undo(home, decided)
    assert before[0] == home.people.links()
    assert [home.people.doubt(id) for id in ("p4:name", "p1:dob")] == list(before[1:])
    with pytest.raises(FieldtoolError) as refused:
        settle_conflict.undo(home, apart[0])  # it stands no more
    assert refused.value.code is ErrorCode.STALE_DECISION


# one number, two villages, one paper twice


def test_deciding_a_number_first_is_no_way_round_the_second_officer(home: Home) -> None:
    settle_conflict.decide(home, "p7", Field.N12, "040085000008")
    with pytest.raises(FieldtoolError) as caught:
        join_persons.merge(home, "p7", "p8")
    assert code_of(caught) is ErrorCode.SECOND_OFFICER
    assert join_persons.preview_merge(home.people, home.work, "p7", "p8").second


def test_what_two_officers_joined_takes_further_papers_of_either_number_from_one(home: Home) -> None:
    join_persons.propose(home, "g1", "i1")
    join_persons.confirm(second(home), "g1|i1")
    more = Document("i2", DocumentKind.BIRTH, {Field.NAME: "Moong Văn Giang", Field.N12: "040085000008"})
    home.log.append([Draft(RecordKind.DOCUMENT, "i2", CONTENT, to_payload(more), basis='{"import":"j"}'),
                     Draft(RecordKind.DOCUMENT, "i2", LINK, "i2")])  # fmt: skip
    join_persons.merge(home, "p7", "i2")
    person = home.people.person("p7")
    assert person is not None and len(person.documents) == 3


def test_a_paper_placed_by_two_machines_brings_no_second_number_by_one_officer(home: Home) -> None:
    home.log.append([Draft(RecordKind.DOCUMENT, "i1", LINK, "p7", basis='{"band":"officer"}')])
    with pytest.raises(FieldtoolError) as caught:
        settle_conflict.settle_rivals(home, "i1", "p7")
    assert code_of(caught) is ErrorCode.SECOND_OFFICER
    settle_conflict.settle_rivals(home, "i1", "p8")
    assert home.people.links()["i1"][0] == "p8"


def test_a_paper_is_given_to_nobody_that_does_not_exist(home: Home) -> None:
    with pytest.raises(FieldtoolError) as caught:
        settle_conflict.settle_rivals(home, "l1", "ai đó")
    assert code_of(caught) is ErrorCode.NOT_FOUND
    settle_conflict.settle_rivals(home, "a2", "a2")  # alone
    assert home.people.links()["a2"][0] == "a2"


@pytest.mark.parametrize("says", ["same", "apart", "propose"])
def test_a_paper_is_neither_joined_with_itself_nor_taken_from_itself(home: Home, says: str) -> None:
    before = home.log.count()
    with pytest.raises(FieldtoolError) as caught:
        if says == "propose":
            join_persons.propose(home, "a1", "a1")
        else:
            join_persons.verdict(home, "a1", "a1", says)
    assert code_of(caught) is ErrorCode.BAD_VALUE
    assert home.log.count() == before
    with pytest.raises(FieldtoolError):
        join_persons.propose(home, "a1", "a2")  # they are one already


def test_a_merge_wants_a_say_in_both_villages(home: Home) -> None:
    far = Document("y1", DocumentKind.BIRTH, {Field.NAME: "Hủn Vi Khoa"}, village="16906-xa")
    home.log.append([Draft(RecordKind.DOCUMENT, "y1", CONTENT, to_payload(far), basis='{"import":"j"}'),
                     Draft(RecordKind.DOCUMENT, "y1", LINK, "y1")])  # fmt: skip
    here = second(home)
    home.log.append([Draft(RecordKind.OFFICER, "cb-other", "role", "officer"),
                     Draft(RecordKind.OFFICER, "cb-other", "villages", f'["{VILLAGE}"]')])  # fmt: skip
    for act in (join_persons.merge, lambda h, a, b: join_persons.propose(h, "k1", "y1")):
        with pytest.raises(FieldtoolError) as caught:
            act(here, "p9", "y1")
        assert code_of(caught) is ErrorCode.NOT_ALLOWED
    assert home.people.links()["y1"][0] == "y1"


def test_a_borrowed_code_confirms_nothing(home: Home) -> None:
    users.set_pin(home, "1234")
    first = current_user(home).id
    added = users.add_officer(home, "Vi Văn Tám", OfficerRole.OFFICER, "9999")
    join_persons.propose(home, "g1", "i1")
    users.switch_user(home, added.id, "9999")
    with pytest.raises(FieldtoolError) as caught:
        join_persons.confirm(home, "g1|i1")
    assert caught.value.code is ErrorCode.CODE_LENT
    users.set_pin(home, "7531")
    users.switch_user(home, first, "1234")
    users.switch_user(home, added.id, "7531")
    assert join_persons.confirm(home, "g1|i1")
