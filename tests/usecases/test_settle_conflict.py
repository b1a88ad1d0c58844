"""Acts on doubts: each supersedes what was seen, moves papers as said, and is undone whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fake_home import FakeClock, FakeIds, card

from fieldtool.homes import OpenHome, assemble
from fieldtool.records.documents import Document, to_payload
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.events import CONTENT, LINK, Draft, RecordKind
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.persons import FieldState
from fieldtool.records.verdicts import Review
from fieldtool.store.opening import open_store
from fieldtool.trust.keys import HomeKeys
from fieldtool.usecases import join_persons, settle_conflict
from fieldtool.wording.catalogue import Language, Wording

A, B, C = "a" * 32, "b" * 32, "c" * 32


def paper(id: str, kind: DocumentKind, name: str) -> Document:
    return Document(id, kind, {Field.NAME: name, Field.DOB: "01/02/1990"}, village="16906-dua", list_id=str(kind))


@pytest.fixture(name="opened")
def _opened(tmp_path: Path) -> Iterator[OpenHome]:
    """A home in which A and B are of one person and C stands alone."""
    store = open_store(tmp_path / "home.db", bytes(32), clock=FakeClock(), ids=FakeIds(), create=True)
    own = card()
    store.settings.put("home.card", own.to_text())
    HomeKeys.create(store.settings, own)
    papers = [
        paper(A, DocumentKind.BIRTH, "Lô Văn Thành"),
        paper(B, DocumentKind.ID_CARD, "Lô Văn Thanh"),
        paper(C, DocumentKind.HOUSEHOLD, "Lô Văn Thành"),
    ]
    store.log.append(
        [Draft(RecordKind.DOCUMENT, p.id, CONTENT, to_payload(p), basis='{"import":"i"}') for p in papers]
        + [Draft(RecordKind.DOCUMENT, id, LINK, person) for id, person in ((A, A), (B, A), (C, C))]
    )
    yield OpenHome(tmp_path, store, assemble(store))
    assert store.check().complaints == []
    store.close()


def test_a_decision_supersedes_what_it_saw_and_undo_restores_it(opened: OpenHome) -> None:
    home = opened.home
    first = settle_conflict.decide(home, A, Field.NAME, "Lô Văn Thanh")
    second = settle_conflict.decide(home, A, Field.NAME, "Lô Văn Thành")
    person = home.people.person(A)
    assert person is not None
    assert [item.event for item in person.fields[Field.NAME].decisions] == [second]
    with pytest.raises(FieldtoolError) as told:
        settle_conflict.undo(home, first)  # a later decision stands on it
    assert told.value.code is ErrorCode.STALE_DECISION
    settle_conflict.undo(home, second)
    person = home.people.person(A)
    assert person is not None
    assert person.value(Field.NAME) == "Lô Văn Thanh"
    assert person.fields[Field.NAME].state is FieldState.DECIDED
    settle_conflict.undo(home, first)
    person = home.people.person(A)
    assert person is not None
    assert person.fields[Field.NAME].state is not FieldState.DECIDED


def test_undo_of_the_only_decision_opens_the_conflict_again(opened: OpenHome) -> None:
    event = settle_conflict.decide(opened.home, A, Field.NAME, "Lô Văn Thành")
    settle_conflict.undo(opened.home, event)
    person = opened.home.people.person(A)
    assert person is not None
    assert person.fields[Field.NAME].state is FieldState.CONFLICT


def test_what_was_undone_is_decided_again_from_the_screen_that_shows_no_decision(opened: OpenHome) -> None:
    for value in ("Lô Văn Thành", "Lô Văn Thanh"):
        person = opened.home.people.person(A)
        assert person is not None
        saw = [item.event for item in person.fields[Field.NAME].decisions]
        assert saw == []
        event = settle_conflict.decide(opened.home, A, Field.NAME, value, saw=saw)
        settle_conflict.undo(opened.home, event)


def test_a_decision_on_an_old_screen_is_refused(opened: OpenHome) -> None:
    settle_conflict.decide(opened.home, A, Field.NAME, "Lô Văn Thanh")
    with pytest.raises(FieldtoolError) as told:
        settle_conflict.decide(opened.home, A, Field.NAME, "Lô Văn Thành", saw=[])
    assert told.value.code is ErrorCode.STALE_DECISION


def test_a_refused_act_says_what_came_before_it(opened: OpenHome) -> None:
    home, wording = opened.home, Wording(Language.ENGLISH)
    settle_conflict.decide(home, C, Field.NAME, "Lô Văn Thành")
    with pytest.raises(FieldtoolError) as told:
        settle_conflict.decide(home, C, Field.NAME, "Lô Văn Thanh", saw=[])
    message = wording.error(told.value)[0]
    assert "Lô Văn Thành" in message and home.people.officer_called(card().officer) in message
    join_persons.merge(home, A, C)
    with pytest.raises(FieldtoolError) as told:
        settle_conflict.decide(home, C, Field.DOB, "1990")
    assert told.value.code is ErrorCode.STALE_DECISION
    assert "merged into Lô Văn Th" in wording.error(told.value)[0]


@pytest.mark.parametrize("field", [Field.ETHNICITY, Field.RELIGION])
def test_a_refused_act_tells_nothing_sensitive(opened: OpenHome, field: Field) -> None:
    settle_conflict.decide(opened.home, A, field, "Thái")
    with pytest.raises(FieldtoolError) as told:
        settle_conflict.decide(opened.home, A, field, "Mông", saw=[])
    assert "Thái" not in str(told.value.values) + " ".join(Wording().error(told.value))


@pytest.mark.parametrize(("person", "value", "code"), [(A, "  ", "bad_value"), ("nobody", "x", "not_found")])
def test_what_cannot_be_decided_is_refused_by_name(opened: OpenHome, person: str, value: str, code: str) -> None:
    with pytest.raises(FieldtoolError) as told:
        settle_conflict.decide(opened.home, person, Field.NAME, value)
    assert told.value.code == code


def test_same_moves_the_papers_and_undo_moves_them_back(opened: OpenHome) -> None:
    home = opened.home
    home.people.replace_reviews([Review(A, C, 3.0, 0.9, 1)])
    events = settle_conflict.verdict(home, A, C, "same")
    assert {person for person, _ in home.people.links().values()} == {A}
    assert list(home.people.reviews()) == []
    settle_conflict.undo(home, events[-1])
    assert home.people.links()[C][0] == C
    assert home.people.pair_verdicts() == {}
    assert [review.b for review in home.people.reviews()] == [C]


def test_apart_splits_one_person_and_sticks(opened: OpenHome) -> None:
    home = opened.home
    events = settle_conflict.verdict(home, A, B, "apart")
    links = home.people.links()
    assert links[A][0] != links[B][0]
    assert home.people.pair_verdicts() == {(A, B): "apart"}
    settle_conflict.undo(home, events[0])
    assert home.people.links()[B][0] == A


def test_what_an_import_wrote_is_no_decision_to_undo(opened: OpenHome) -> None:
    event = next(iter(opened.home.log.events(RecordKind.DOCUMENT, A)))
    with pytest.raises(FieldtoolError) as told:
        settle_conflict.undo(opened.home, event.id)
    assert told.value.code is ErrorCode.NOTHING_TO_UNDO
