"""What a damaged, locked or full home says, and that nothing was changed."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest
from fake_home import FakeClock, FakeIds, card

from fieldtool import homes
from fieldtool.cli.doors import Setup
from fieldtool.records.documents import Document, to_payload
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.events import CONTENT, LINK, Draft, RecordKind
from fieldtool.records.exchange import BundleNote, BundleState
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.store.connection import connect, in_words
from fieldtool.store.opening import open_store

KEY = b"k" * 32
NAME = "Moong Thị Xia Lạ"


def open_home(path, key=KEY, *, create=False, ids=0):
    return open_store(path, key, clock=FakeClock(), ids=FakeIds(ids), create=create)


def decide(number):
    return Draft(RecordKind.PERSON, f"p{number}", "name", NAME, basis='{"seen":[]}')


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "home.db"
    store = open_home(path, create=True)
    store.settings.put("home.card", card().to_text())
    store.log.append(decide(n) for n in range(200))
    store.log.note("open")
    store.close()
    return path


def refusal(call):
    with pytest.raises(FieldtoolError) as caught:
        call()
    return caught.value.code


def test_no_home_and_wrong_key(path, tmp_path):
    before = path.read_bytes()
    assert refusal(lambda: open_home(tmp_path / "none.db")) is ErrorCode.NO_HOME
    assert refusal(lambda: open_home(path, b"x" * 32)) is ErrorCode.WRONG_PASSPHRASE
    assert path.read_bytes() == before


def test_nothing_can_be_read_in_the_files(path):
    store = open_home(path)
    store.log.append([decide(999)])
    for file in path.parent.iterdir():
        assert NAME.encode() not in file.read_bytes() and b"SQLite" not in file.read_bytes()
    store.close()


@pytest.mark.parametrize("part", [0.0, 0.3, 0.6, 0.95])
def test_a_flipped_byte_is_found(path, part):
    content = bytearray(path.read_bytes())
    content[int(len(content) * part) + 100] ^= 1
    path.write_bytes(content)
    try:
        store = open_home(path, ids=1)
    except FieldtoolError as error:
        assert error.code in (ErrorCode.WRONG_PASSPHRASE, ErrorCode.HOME_DAMAGED)
        return
    assert store.check().complaints
    store.close()


@pytest.mark.parametrize("rest", [10, 4096 * 3, 4096 * 3 + 17])
def test_a_truncated_file_is_found(path, rest):
    path.write_bytes(path.read_bytes()[:rest])
    try:
        store = open_home(path)
    except FieldtoolError as error:
        assert error.code in (ErrorCode.WRONG_PASSPHRASE, ErrorCode.HOME_DAMAGED)
        return
    assert store.check().complaints
    store.close()


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE events SET value = 'Lô Văn Giả' WHERE seq = 7",
        "UPDATE events SET author = 'x' WHERE seq = 9",
        "DELETE FROM superseded",
        "UPDATE journal SET what = 'nothing'",
        "INSERT INTO verdicts VALUES ('a|b', 'same')",
    ],
)
def test_rows_changed_behind_the_log_are_found(path, tampering):
    store = open_home(path)
    first = next(store.log.events()).id
    store.log.append([Draft(RecordKind.PERSON, "p0", "name", "Vi Thị B", (first,))])
    assert store.check().complaints == []
    store.close()
    database = connect(path, KEY)
    with database.atomic():
        database.execute(tampering)
    database.close()
    store = open_home(path)
    assert store.check().complaints
    store.close()


def test_a_full_disk_changes_nothing(path):
    store = open_home(path)
    database = store._database
    pages = database.execute("PRAGMA page_count").fetchone()[0]
    database.execute(f"PRAGMA max_page_count = {pages + 3}").fetchone()
    assert refusal(lambda: store.log.append(decide(n) for n in range(1000, 4000))) is ErrorCode.DISK_FULL
    assert store.log.count() == 200 and store.check().complaints == []
    database.execute("PRAGMA max_page_count = 1000000").fetchone()
    store.log.append([decide(1000)])
    assert store.log.count() == 201
    store.close()


def test_a_home_that_another_writes_says_so(path, monkeypatch):
    monkeypatch.setattr("fieldtool.store.connection._BUSY_SECONDS", 0.05)
    store, other = open_home(path), connect(path, KEY)
    other.execute("BEGIN IMMEDIATE")
    assert refusal(lambda: store.log.append([decide(1)])) is ErrorCode.HOME_IN_USE
    other.execute("ROLLBACK")
    other.close()
    assert store.log.count() == 200
    store.close()


def test_a_reader_sees_what_was_written_and_cannot_write(path):
    store = open_home(path)
    reader = store.reader()
    store.log.append([decide(500)])
    assert reader.counts()["events"] == 201
    assert refusal(lambda: reader.replace_reviews([])) is ErrorCode.NOT_WRITABLE
    store.close()


@pytest.mark.skipif(
    os.name == "nt" or getattr(os, "geteuid", lambda: 1)() == 0, reason="needs a folder that this user may not write"
)
def test_a_read_only_folder(path):
    path.chmod(0o400)
    path.parent.chmod(0o500)
    try:
        assert refusal(lambda: open_home(path).log.append([decide(1)])) is ErrorCode.NOT_WRITABLE
    finally:
        path.parent.chmod(0o700)


def test_a_folder_that_is_no_folder(tmp_path):
    assert refusal(lambda: open_home(tmp_path / "none" / "home.db", create=True)) is ErrorCode.NOT_WRITABLE


def test_a_bundle_with_one_changed_event_changes_nothing(path, tmp_path):
    store, other = open_home(path), open_home(tmp_path / "other.db", create=True, ids=2)
    events = list(store.log.events())
    note = BundleNote("b1", "m01", 1, 1, "u-hq1", (), BundleState.MADE, "", len(events), unit="u-m01")
    bad = [*events[:-1], events[-1]._replace(value="Lô Văn Giả")]
    assert refusal(lambda: other.shelf.join(note, bad)) is ErrorCode.BUNDLE_MALFORMED
    assert other.log.count() == 0 and other.shelf.bundles() == []
    joined = other.shelf.join(note, events)
    assert (joined.new_events, joined.known_events) == (200, 0)
    again = other.shelf.join(note, events)
    assert (again.new_events, again.known_events) == (0, 200)
    store.close()
    other.close()


def test_two_bundles_of_one_number_are_a_fork_and_both_count(path, tmp_path):
    store, other = open_home(path), open_home(tmp_path / "other.db", create=True, ids=2)
    events = list(store.log.events())
    first = BundleNote("b1", "m01", 1, 1, "u-hq1", (), BundleState.MADE, "", 100, unit="u-m01")
    assert other.shelf.join(first, events[:100]).forks == ()
    clone = other.shelf.join(replace(first, id="b2"), events[100:])
    assert clone.forks == ("m01",) and clone.new_events == 100
    assert other.check().complaints == []
    store.close()
    other.close()


def test_a_person_who_appears_beside_a_known_one_takes_no_place_of_his(tmp_path):
    """Found by the state machine: the new person was given the row number that the known one kept."""
    store = open_home(tmp_path / "new.db", create=True)
    store.settings.put("home.card", card().to_text())
    for id in ("d1", "d2"):
        paper = Document(id, DocumentKind.BIRTH, {Field.NAME: NAME})
        store.log.append([Draft(RecordKind.DOCUMENT, id, CONTENT, to_payload(paper), basis='{"import":"i1"}')])
        (link,) = store.log.append([Draft(RecordKind.DOCUMENT, id, LINK, "p2")])
    store.log.append([Draft(RecordKind.DOCUMENT, "d2", LINK, "p1", (link,))])
    assert [line.id for line in store.people.persons()] == ["p1", "p2"]
    assert {line.id for line in store.people.search("xia")} == {"p1", "p2"}
    assert store.check().complaints == []
    store.close()


def test_a_page_that_only_a_later_reading_meets_is_told_as_damage(tmp_path):
    """The home opens, and a search then falls upon the damaged page."""
    good = "mây trắng bò vàng khe núi"
    homes.create_home(tmp_path / "kho", good, Setup("Lô Văn Thử", "16906"))
    with pytest.raises(FieldtoolError) as caught, homes.open_home(tmp_path / "kho", good) as opened:
        opened.store._database.execute("SELECT * FROM no_such_table")
    assert caught.value.code is ErrorCode.HOME_DAMAGED
    assert in_words(ValueError("x")).args == ("x",)
