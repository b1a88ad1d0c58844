"""A bundle's papers are shown by the batch: the tables are those that a rebuild makes, whatever came before them."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from fake_home import FakeClock, FakeIds, card

from fieldtool.records.documents import Document, to_payload
from fieldtool.records.events import CONTENT, LINK, STATE, UNDONE, Draft, Event, RecordKind
from fieldtool.records.exchange import BundleNote, BundleState
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.persons import DoubtKind
from fieldtool.store.opening import Store, open_store

_numbers = itertools.count(1)


def store_of(folder: Path, name: str) -> Store:
    store = open_store(folder / f"{name}.db", b"k" * 32, clock=FakeClock(), ids=FakeIds(next(_numbers)), create=True)
    store.settings.put("home.card", card(name).to_text())
    return store


def content(id: str, name: str = "Lô Văn May", *gone: str, basis: str = '{"import":"i1"}', value: str = "") -> Draft:
    paper = Document(id, DocumentKind.HOUSEHOLD, {Field.NAME: name}, village="17245-a", household="h1")
    return Draft(RecordKind.DOCUMENT, id, CONTENT, value or to_payload(paper), gone, basis=basis, village="17245-a")


def withdrawn(id: str, *gone: str) -> Draft:
    return Draft(RecordKind.DOCUMENT, id, CONTENT, "", gone)


def link(id: str, person: str) -> Draft:
    return Draft(RecordKind.DOCUMENT, id, LINK, person)


def undone() -> Draft:
    return Draft(RecordKind.IMPORT, "i1", STATE, UNDONE)


def join(store: Store, number: int, *events: Event) -> int:
    """Join some events as a bundle; how many doubts it says it raised."""
    note = BundleNote(f"{number:064d}", "m01", 1, number, "ct", (), BundleState.APPLIED, "", len(events), "x.goi", "x")
    return store.shelf.join(note, events).conflicts_raised


@pytest.fixture
def laptop(tmp_path: Path) -> Store:
    return store_of(tmp_path, "m01")


@pytest.fixture
def office(tmp_path: Path) -> Store:
    return store_of(tmp_path, "ct1")


def written(store: Store, *drafts: Draft) -> list[Event]:
    ids = store.log.append(drafts)
    found = [store.log.event(id) for id in ids]
    return [event for event in found if event is not None]


def histories(laptop: Store) -> list[list[list[Event]]]:
    """Bundles in the order in which they come, for each thing that may have become of a paper."""
    (first,) = written(laptop, content("d1"))
    (second,) = written(laptop, content("d1", "Lò Văn Mây", first.id))
    (gone,) = written(laptop, withdrawn("d1", second.id))
    (again,) = written(laptop, content("d1", "Vi Thị Xia", gone.id))
    (other,) = written(laptop, content("d1", "Vi Văn Ca", basis='{"import":"i2"}'))
    (plain,) = written(laptop, content("d2", basis=""))
    (placed,) = written(laptop, link("d1", "d1"))
    (back,) = written(laptop, undone())
    return [
        [[first], [second], [gone], [again]],
        [[first, second, gone, again]],
        [[second], [first]],
        [[gone], [second], [first]],
        [[gone], [other], [first, second]],
        [[first], [other]],
        [[first, other]],
        [[first, placed, plain]],
        [[placed], [plain, first]],
        [[first], [back], [other]],
        [[back], [first, plain]],
        [[first, back], [placed]],
    ]


def test_the_tables_are_those_of_a_rebuild_whatever_became_of_a_paper(laptop: Store, tmp_path: Path) -> None:
    for number, bundles in enumerate(histories(laptop)):
        store = store_of(tmp_path, f"office{number}")
        for place, events in enumerate(bundles, start=1):
            join(store, place, *events)
            assert store.check().complaints == [], (number, place)
        store.close()


def test_a_paper_that_was_superseded_before_it_came_is_not_shown(laptop: Store, office: Store) -> None:
    (first,) = written(laptop, content("d1"))
    (gone,) = written(laptop, withdrawn("d1", first.id))
    join(office, 1, gone)
    join(office, 2, first)
    assert list(office.people.documents()) == []


def test_the_doubts_that_a_bundle_raises_are_counted_and_no_others(laptop: Store, office: Store) -> None:
    names = ("Lô Văn May", "Vi Thị Xia", "Moong Văn Ca")
    papers = [content(f"d{n}", names[n % 3]) for n in range(6)]
    links = [link(f"d{n}", f"d{n - n % 2}") for n in range(6)]
    events = written(laptop, *papers, *links)

    def standing() -> set[tuple[str, str]]:
        return {(doubt.id, doubt.kind) for doubt in office.people.doubts() if doubt.kind is not DoubtKind.SPELLING}

    for number, part in enumerate((events[:3], events[3:8], events[8:]), start=1):
        before = standing()
        raised = join(office, number, *part)
        assert raised == len(standing() - before)
    assert len(standing()) == 3  # each of the three has two names
    (moved,) = written(laptop, Draft(RecordKind.DOCUMENT, "d1", LINK, "d9", (events[7].id,)))
    before = standing()
    assert join(office, 9, moved) == len(standing() - before) == 0
    assert len(standing()) == 2
