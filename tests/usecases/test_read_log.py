"""The log for who may read it: who acted, by kind and person, and whether the chain is whole."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from door_home import HEAD, door_home

import fieldtool
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.events import RecordKind
from fieldtool.records.fields import Field
from fieldtool.records.roles import OfficerRole
from fieldtool.usecases import users
from fieldtool.usecases.read_log import NOTES, Wanted, read_looks, read_operations
from fieldtool.usecases.seen_people import search_people, view_person
from fieldtool.usecases.settle_conflict import decide


def noted_in_the_source() -> set[str]:
    """Every code that the program writes into the journal."""
    found: set[str] = set()
    for path in Path(fieldtool.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("log.note"):
                for item in ast.walk(node.args[0]):
                    if isinstance(item, ast.Constant):
                        found.add(str(item.value))
    return found


def test_every_code_of_the_journal_belongs_to_a_group():
    written = noted_in_the_source()
    assert len(written) > 40, "the search for notes finds nothing any more"
    assert written <= set(NOTES)


def two_officers(home):
    users.set_pin(home, "1234")
    first = users.current_user(home)
    second = users.add_officer(home, "Vi Văn Tám", OfficerRole.HEAD, "9999")
    return first, second


def test_each_line_bears_who_sat_there_then(tmp_path):
    with door_home(tmp_path / "home") as (store, home):
        first, second = two_officers(home)
        search_people(home, "lô văn đạt")
        users.switch_user(home, second.id, "9999")
        view_person(home, HEAD)
        looks = read_looks(home, Wanted("looks"))
        assert [(line.what, line.author) for line in looks.lines] == [
            ("search", first.id),
            ("view", second.id),
            ("log", second.id),
        ]
        assert looks.names[second.id] == "Vi Văn Tám"
        by_name = read_looks(home, Wanted("view", "Vi Văn Tám"))
        assert [line.detail for line in by_name.lines] == [HEAD]
        assert not read_looks(home, Wanted("view", first.id)).lines
        assert store.check().complaints == []


def test_operations_are_found_by_kind_record_and_person_the_newest_kept(tmp_path):
    with door_home(tmp_path / "home") as (_, home):
        first, second = two_officers(home)
        users.switch_user(home, second.id, "9999")
        decide(home, HEAD, Field.DOB, "03/02/1979")
        by_second = read_operations(home, Wanted(officer=second.id))
        assert [(line.kind, line.record, line.value) for line in by_second.lines] == [("person", HEAD, "03/02/1979")]
        assert read_operations(home, Wanted("person", "", HEAD)).lines == by_second.lines
        newest = read_operations(home, Wanted("document", limit=2))
        assert newest.more and len(newest.lines) == 2
        whole = read_operations(home, Wanted("document", limit=0))
        assert not whole.more and whole.lines[-2:] == newest.lines
        assert all(line.author == first.id for line in read_operations(home, Wanted(str(RecordKind.OFFICER))).lines)


def test_a_changed_line_is_found_and_the_page_says_which(tmp_path):
    with door_home(tmp_path / "home") as (store, home):
        for text in ("lô", "vi", "moong"):
            home.log.note("search", text)
        assert read_looks(home, Wanted()).proof.broken == 0
        store._database.execute("UPDATE journal SET author = 'cb-khac' WHERE detail = 'vi'")
        assert read_looks(home, Wanted()).proof.broken == 2
        store._database.execute("UPDATE journal SET author = '' WHERE detail = 'vi'")
        assert read_looks(home, Wanted()).proof.broken == 2, "a line made to look like one of before"
        assert store.check().complaints == ["journal line 2: chain broken"]


def test_a_removed_line_is_found(tmp_path):
    with door_home(tmp_path / "home") as (store, home):
        for text in ("lô", "vi", "moong"):
            home.log.note("search", text)
        store._database.execute("DELETE FROM journal WHERE detail = 'vi'")
        assert read_looks(home, Wanted()).proof.broken == 2


@pytest.mark.parametrize("role", [OfficerRole.COLLECTOR, OfficerRole.OFFICER])
def test_who_may_not_read_the_log_is_refused_and_that_is_noted(tmp_path, role):
    with door_home(tmp_path / "home") as (_, home):
        users.set_pin(home, "1234")
        other = users.add_officer(home, "Kha Thị Năm", role, "9999")
        users.switch_user(home, other.id, "9999")
        for read in (read_looks, read_operations):
            with pytest.raises(FieldtoolError) as caught:
                read(home, Wanted())
            assert caught.value.code is ErrorCode.NOT_ALLOWED
        assert [line.what for line in home.log.notes()][-2:] == ["refused", "refused"]
        assert [line.author for line in home.log.notes()][-1] == other.id


def test_an_auditor_reads_and_his_reading_is_noted(tmp_path):
    with door_home(tmp_path / "home") as (_, home):
        users.set_pin(home, "1234")
        other = users.add_officer(home, "Kha Thị Năm", OfficerRole.AUDITOR, "9999")
        users.switch_user(home, other.id, "9999")
        found = read_looks(home, Wanted("log"))
        assert [(line.what, line.author, line.detail) for line in found.lines] == [("log", other.id, "journal log")]
