"""Homes of every earlier schema open, keep every event, and show what a rebuild shows; a newer one is refused."""

from __future__ import annotations

import pytest
from fake_home import FakeClock, FakeIds, card

from fieldtool.records.documents import Document, to_payload
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.events import CONTENT, LINK, Draft, RecordKind
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.store.connection import connect
from fieldtool.store.migrations import MIGRATIONS, names
from fieldtool.store.opening import open_store
from fieldtool.store.rows import INSERT, to_row

KEY = b"k" * 32
PAPER = Document("d1", DocumentKind.HOUSEHOLD, {Field.NAME: "Lô Văn May"}, village="17245-ban-xop", household="h1")


def open_home(path, *, create=False):
    return open_store(path, KEY, clock=FakeClock(), ids=FakeIds(), create=create)


@pytest.fixture
def today(tmp_path):
    store = open_home(tmp_path / "today.db", create=True)
    store.settings.put("home.card", card().to_text())
    store.log.append(
        [
            Draft(RecordKind.DOCUMENT, "d1", CONTENT, to_payload(PAPER), basis='{"import":"i1"}'),
            Draft(RecordKind.DOCUMENT, "d1", LINK, "p1", basis='{"band":"certain"}'),
        ]
    )
    yield store
    store.close()


def old_home(path, step, events):
    """A home as the program of that step left it."""
    database = connect(path, KEY, create=True)
    later = names()[names().index(step) + 1 :]
    MIGRATIONS.apply(database, stop_before=later[0] if later else None)
    with database.atomic():
        database.execute("INSERT INTO settings VALUES ('home.card', ?)", (card().to_text(),))
        database.conn.executemany(INSERT, [to_row(event) for event in events])
    database.close()


@pytest.mark.parametrize("step", names())
def test_an_old_home_is_upgraded_with_nothing_lost(tmp_path, today, step):
    path = tmp_path / "old.db"
    old_home(path, step, today.log.events())
    store = open_home(path)
    assert list(store.log.events()) == list(today.log.events())
    assert store.people.person("p1") == today.people.person("p1") is not None
    assert store.people.search("lo may") == today.people.search("lo may")
    assert store.check().complaints == []
    store.close()
    kept = sorted((tmp_path / "backups").glob(f"before-{step}-*.db"))
    assert len(kept) == (step != names()[-1])
    for copy in kept:
        database = connect(copy, KEY)
        assert database.execute("SELECT count(*) FROM events").fetchone()[0] == 2
        database.close()


def test_an_upgrade_killed_before_its_rebuild_is_finished_at_the_next_opening(tmp_path, today):
    path = tmp_path / "old.db"
    old_home(path, names()[0], today.log.events())
    database = connect(path, KEY)
    MIGRATIONS.apply(database)
    database.close()
    store = open_home(path)
    assert store.people.person("p1") == today.people.person("p1")
    assert store.check().complaints == []
    store.close()


def test_a_newer_home_is_refused(tmp_path, today):
    path = tmp_path / "today.db"
    database = connect(path, KEY)
    with database.atomic():
        database["_sqlite_migrations"].insert(
            {"migration_set": "fieldtool", "name": "999_future", "applied_at": "2099-01-01"}
        )
    database.close()
    with pytest.raises(FieldtoolError) as caught:
        open_home(path)
    assert caught.value.code is ErrorCode.HOME_TOO_NEW
