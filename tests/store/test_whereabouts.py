"""Where things lie is looked up: no question walks all papers of the home, however many things a bundle touches."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fake_home import FakeClock, FakeIds, card

from fieldtool.records.documents import Document, Source, to_payload
from fieldtool.records.events import CONTENT, LINK, Draft, RecordKind
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.store.opening import Store, open_store

HERE, THERE = "16906-dua", "16903-na"
ASKED = (RecordKind.DOCUMENT, RecordKind.PERSON, RecordKind.HOUSEHOLD, RecordKind.IMPORT, RecordKind.CASE)


@pytest.fixture(name="store")
def _store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(tmp_path / "home.db", bytes(32), clock=FakeClock(), ids=FakeIds(), create=True)
    store.settings.put("home.card", card().to_text())
    yield store
    store.close()


def paper(id: str, village: str) -> Draft:
    raw = {Field.NAME: "Lô Văn An", Field.DOB: "1980"}
    document = Document(id, DocumentKind.ID_CARD, raw, Source("ds", "", 1, id), village, "l", "")
    return Draft(RecordKind.DOCUMENT, id, CONTENT, to_payload(document), village=village)


def test_a_person_lies_where_his_papers_do(store: Store) -> None:
    store.log.append([paper("d1", HERE), paper("d2", THERE)])
    store.log.append([Draft(RecordKind.DOCUMENT, id, LINK, "d1") for id in ("d1", "d2")])
    found = store.depot.villages_of([(RecordKind.PERSON, "d1"), (RecordKind.DOCUMENT, "d2")], "m2")
    assert found == {(RecordKind.PERSON, "d1"): {HERE, THERE}, (RecordKind.DOCUMENT, "d2"): {THERE}}


def test_no_question_walks_all_papers(store: Store) -> None:
    asked: list[str] = []
    store._database.conn.set_trace_callback(asked.append)
    store.depot.villages_of([(kind, id) for kind in ASKED for id in (f"{kind}1", f"{kind}2")], "m2")
    store._database.conn.set_trace_callback(None)
    plans = {query: [row[3] for row in store._database.execute(f"EXPLAIN QUERY PLAN {query}")] for query in asked}
    assert len(plans) == 6
    for query, steps in plans.items():
        assert not [step for step in steps if step.startswith("SCAN") or step.endswith("(kind=?)")], query
