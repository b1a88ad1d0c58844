"""The household of who stands in an extract of the database alone: his family's, in whatever order it came."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fake_home import FakeClock, FakeIds, card

from fieldtool.records.documents import Document, Source, to_payload
from fieldtool.records.events import CONTENT, LINK, STATE, UNDONE, Draft, RecordKind
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.store.opening import Store, open_store

BOOK, OTHER_BOOK, EXTRACT = "book-house", "other-house", "extract-house"
BOOKS, EXTRACTS = "import-books", "import-extracts"


@pytest.fixture(name="store")
def _store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(tmp_path / "home.db", bytes(32), clock=FakeClock(), ids=FakeIds(), create=True)
    store.settings.put("home.card", card().to_text())
    yield store
    assert store.check().complaints == []  # also: the tables equal those folded anew
    store.close()


def paper(id: str, kind: DocumentKind, name: str, household: str, relation: str = "") -> Draft:
    raw = {Field.NAME: name, Field.RELATION: relation, Field.DOB: "1980"}
    document = Document(id, kind, {k: v for k, v in raw.items() if v}, Source("ds", "", 1, id), "v", "l", household)
    origin = BOOKS if kind is DocumentKind.HOUSEHOLD else EXTRACTS
    return Draft(RecordKind.DOCUMENT, id, CONTENT, to_payload(document), basis=json.dumps({"import": origin}))


def link(document: str, person: str, seen: tuple[str, ...] = ()) -> Draft:
    return Draft(RecordKind.DOCUMENT, document, LINK, person, seen)


ACTS = [
    [paper("b1", DocumentKind.HOUSEHOLD, "Lô Văn An", BOOK, "Chủ hộ"), link("b1", "p1")],
    [paper("b2", DocumentKind.HOUSEHOLD, "Vi Thị Bình", BOOK, "Vợ"), link("b2", "p2")],
    [paper("x1", DocumentKind.REGISTER, "Lô Văn An", EXTRACT, "Chủ hộ"), link("x1", "p1")],
    [paper("x2", DocumentKind.REGISTER, "Vi Thị Bình", EXTRACT, "Vợ"), link("x2", "p2")],
    [paper("x3", DocumentKind.REGISTER, "Lô Thị Út", EXTRACT, "Con"), link("x3", "p3")],
]


def house(store: Store, person: str) -> str:
    found = store.reader().person(person)
    assert found is not None
    return found.household


@pytest.mark.parametrize("order", list(itertools.islice(itertools.permutations(range(5)), 0, 120, 17)))
def test_a_child_whom_the_extract_alone_has_lives_with_his_family(store: Store, order: tuple[int, ...]) -> None:
    for place in order:
        store.log.append(ACTS[place])
    assert {house(store, person) for person in ("p1", "p2", "p3")} == {BOOK}
    found = store.reader().household(BOOK)
    assert found is not None and [member.name for member in found.members] == ["Lô Văn An", "Vi Thị Bình", "Lô Thị Út"]
    assert store.reader().household(EXTRACT) is None


def test_an_extract_alone_makes_a_household(store: Store) -> None:
    for act in ACTS[2:]:
        store.log.append(act)
    assert {house(store, person) for person in ("p1", "p2", "p3")} == {EXTRACT}
    found = store.reader().household(EXTRACT)
    assert found is not None and len(found.members) == 3 and found.head == "Lô Văn An"


def test_the_household_follows_when_the_book_is_taken_back_or_a_paper_changes_hands(store: Store) -> None:
    for act in ACTS:
        store.log.append(act)
    store.log.append([Draft(RecordKind.IMPORT, BOOKS, STATE, UNDONE)])
    assert house(store, "p3") == EXTRACT
    state = store.log.register(RecordKind.IMPORT, BOOKS, STATE)[0].id
    store.log.append([Draft(RecordKind.IMPORT, BOOKS, STATE, "", (state,))])
    assert house(store, "p3") == BOOK
    for document in ("x1", "x2"):  # the extract's lines of the couple turn out to be of others
        seen = store.log.register(RecordKind.DOCUMENT, document, LINK)[0].id
        store.log.append([link(document, f"other-{document}", (seen,))])
    assert (house(store, "p1"), house(store, "p3")) == (BOOK, EXTRACT)


def test_most_of_the_members_tell_which_book(store: Store) -> None:
    for act in ACTS:
        store.log.append(act)
    lone = [paper("b4", DocumentKind.HOUSEHOLD, "Lô Văn Ba", OTHER_BOOK, "Chủ hộ"), link("b4", "p4")]
    store.log.append([*lone, paper("x4", DocumentKind.REGISTER, "Lô Văn Ba", EXTRACT, "Con"), link("x4", "p4")])
    assert (house(store, "p3"), house(store, "p4")) == (BOOK, OTHER_BOOK)


def test_one_household_is_found_without_walking_its_extract(store: Store) -> None:
    for act in ACTS:
        store.log.append(act)
    asked: list[str] = []
    store._database.conn.set_trace_callback(asked.append)
    store.log.append([Draft(RecordKind.PERSON, "p1", Field.DOB, "1981")])
    store._database.conn.set_trace_callback(None)
    wanted = [query for query in asked if "d.kind = 'register'" in query]
    plans = ["\n".join(row[3] for row in store._database.execute(f"EXPLAIN QUERY PLAN {query}")) for query in wanted]
    assert sum("documents_extract" in plan for plan in plans) == 2
    assert not [plan for plan in plans if "SCAN d" in plan or "SCAN l" in plan]
