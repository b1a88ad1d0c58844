"""Persons folded ahead of their links: the same tables, whether what was foreseen comes to be written or not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fake_home import FakeClock, FakeIds, card

from fieldtool.records.documents import Document, to_payload
from fieldtool.records.events import CONTENT, LINK, Draft, RecordKind
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.store import fold_helper, person_fold
from fieldtool.store.foresight import Foresight
from fieldtool.store.opening import Store, open_store

PEOPLE = 900  # three batches
KINDS = (DocumentKind.HOUSEHOLD, DocumentKind.ID_CARD)
PAPERS = [
    Document(f"{person:04}{kind}", kind, {Field.NAME: f"Vi Văn {person}", Field.DOB: f"1/2/{1900 + person % 99}"})
    for person in range(PEOPLE)
    for kind in KINDS
]
PLACED = {paper.id: f"{paper.id[:4]}{KINDS[0]}" for paper in PAPERS}


@pytest.fixture(autouse=True)
def helped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    monkeypatch.setattr(fold_helper, "WORTH", 1000)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "home.db", bytes(32), clock=FakeClock(), ids=FakeIds(), create=True)
    opened.settings.put("home.card", card().to_text())
    opened.log.append(Draft(RecordKind.DOCUMENT, paper.id, CONTENT, to_payload(paper)) for paper in PAPERS)
    yield opened
    opened.close()


def links(placed: dict[str, str]) -> list[Draft]:
    return [Draft(RecordKind.DOCUMENT, id, LINK, person) for id, person in placed.items()]


def told_ahead(store: Store, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether each batch was taken as it had been foreseen, once they are folded."""
    taken: list[bool] = []
    told = Foresight.told

    def watched(self: Foresight, persons: list[str]) -> person_fold.Told | None:
        found = told(self, persons)
        taken.append(found is not None)
        return found

    monkeypatch.setattr(Foresight, "told", watched)
    return taken


def test_what_was_foreseen_is_what_is_kept(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = told_ahead(store, monkeypatch)
    with store.log.soon(len(PAPERS)) as foresee:
        foresee(PLACED)
        store.log.append(links(PLACED))
    assert taken == [True, True, True]
    assert store.people.counts("persons") == {"persons": PEOPLE}
    assert store.check().complaints == []


def test_other_links_than_were_foreseen_are_folded_as_they_were_written(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = told_ahead(store, monkeypatch)
    moved = dict(PLACED)
    last = PAPERS[-1].id
    moved[last] = last  # a person more, in the last batch
    with store.log.soon(len(PAPERS)) as foresee:
        foresee(PLACED)
        store.log.append(links(moved))
    assert taken == [True, True, False]
    assert store.people.counts("persons") == {"persons": PEOPLE + 1}
    assert store.check().complaints == []


@pytest.mark.parametrize("came", ["decision", "paper"])
def test_what_came_between_is_not_missed(store: Store, monkeypatch: pytest.MonkeyPatch, came: str) -> None:
    taken = told_ahead(store, monkeypatch)
    first = PAPERS[0]
    between = {
        "decision": Draft(RecordKind.PERSON, PLACED[first.id], Field.NAME, "Vi Văn Khác"),
        "paper": Draft(
            RecordKind.DOCUMENT, "zz", CONTENT, to_payload(Document("zz", KINDS[0], {Field.NAME: "Lô Thị"}))
        ),
    }
    with store.log.soon(len(PAPERS)) as foresee:
        foresee(PLACED)
        store.log.append([between[came], *links(PLACED)])
    assert not any(taken)
    person = store.people.person(PLACED[first.id])
    assert person is not None
    assert person.value(Field.NAME) == ("Vi Văn Khác" if came == "decision" else first.get(Field.NAME))
    assert store.check().complaints == []


def test_a_home_with_links_is_told_nothing_ahead(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.log.append(links({PAPERS[0].id: PLACED[PAPERS[0].id]}))
    taken = told_ahead(store, monkeypatch)
    with store.log.soon(len(PAPERS)) as foresee:
        foresee(PLACED)
        store.log.append(links(dict(list(PLACED.items())[1:])))
    assert not any(taken)
    assert store.check().complaints == []
