"""A collector sees the persons and households of his own villages only; who looks leaves a line in the journal."""

from __future__ import annotations

import pytest
from door_home import HEAD, HOUSE, VILLAGE, WIFE, door_home

from fieldtool.excel.report_book import ReportBooks
from fieldtool.records.documents import Document, Source, to_payload
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.events import CONTENT, LINK, Draft, RecordKind
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.roles import OfficerRole
from fieldtool.usecases import users
from fieldtool.usecases.behind_figures import behind
from fieldtool.usecases.four_words import four_words
from fieldtool.usecases.linking_tables import cluster_rows, review_rows
from fieldtool.usecases.look_alike import probably
from fieldtool.usecases.match_village import match_village
from fieldtool.usecases.print_form import Scope, print_form
from fieldtool.usecases.seen_people import look_again, search_people, seen_people, view_household, view_person
from fieldtool.usecases.seen_work import seen_work
from fieldtool.usecases.weekly_report import weekly_report
from fieldtool.usecases.work_case import open_case
from fieldtool.wording.catalogue import Wording

FAR, STRANGER, STRANGE_HOUSE = "16909-cham-puong", "p-xa", "h-xa"


class NoForms:
    """A printer that must not be reached."""

    words = Wording()

    def pdf(self, sheets, progress):
        raise AssertionError("printed")


def _stranger():
    """A village of the same name in another commune, with one household."""
    raw = {Field.NAME: "Lô Văn Đạt", Field.DOB: "01/01/1990", Field.RELATION: "Chủ hộ", Field.BOOK: "990011"}
    source = Source("Sổ.xlsx", "1", 90, "90")
    paper = Document("dx", DocumentKind.HOUSEHOLD, raw, source, FAR, "l1", STRANGE_HOUSE)
    yield Draft(RecordKind.VILLAGE, FAR, "name", "Bản Chăm Puông", village=FAR)
    yield Draft(RecordKind.DOCUMENT, "dx", CONTENT, to_payload(paper), basis='{"import":"i1"}', village=FAR)
    yield Draft(RecordKind.DOCUMENT, "dx", LINK, STRANGER, basis='{"band":"certain"}', village=FAR)


@pytest.fixture(name="opened")
def _opened(tmp_path):
    with door_home(tmp_path) as (store, home):
        store.log.append(_stranger())
        users.set_pin(home, "1234")
        yield store, home


def _sit(home, villages):
    found = users.add_officer(home, "Vi Thị Thu", OfficerRole.COLLECTOR, "9999", villages)
    users.switch_user(home, found.id, "9999")
    return found


def _journal(store):
    return [tuple(row) for row in store._database.execute("SELECT what, detail FROM journal ORDER BY line")]


def test_the_head_sees_both_villages(opened):
    _, home = opened
    assert {hit.id for hit in search_people(home, "lo van dat", 50)} == {HEAD, STRANGER}
    assert view_person(home, STRANGER).id == STRANGER


def test_a_collector_finds_and_opens_nobody_of_another_village_though_it_bears_the_same_name(opened):
    store, home = opened
    _sit(home, (VILLAGE,))
    assert [hit.id for hit in search_people(home, "lo van dat", 50)] == [HEAD]
    for look, id in ((view_person, STRANGER), (view_household, STRANGE_HOUSE)):
        with pytest.raises(FieldtoolError) as caught:
            look(home, id)
        assert caught.value.code is ErrorCode.NOT_FOUND
    assert view_household(home, HOUSE).id == HOUSE
    assert view_person(home, WIFE).id == WIFE
    assert _journal(store)[-3:] == [
        ("search", "lo van dat"),
        ("view", HOUSE),
        ("view", WIFE),
    ]


def test_hits_of_other_villages_do_not_use_up_a_collectors_list(opened):
    _, home = opened
    _sit(home, (FAR,))
    assert [hit.id for hit in search_people(home, "lo van dat", 1)] == [STRANGER]
    assert search_people(home, "moong van on", 1) == []


def test_forms_of_another_villages_persons_are_not_printed_and_an_auditor_prints_none(opened, tmp_path):
    _, home = opened
    _sit(home, (VILLAGE,))
    with pytest.raises(FieldtoolError) as caught:
        print_form(home, NoForms(), "ct01", Scope(person=STRANGER), tmp_path / "x.pdf")
    assert caught.value.code is ErrorCode.NOT_FOUND
    first = next(item for item in users.users(home) if item.role is OfficerRole.HEAD)
    users.switch_user(home, first.id, "1234")
    auditor = users.add_officer(home, "Kha Văn Kiểm", OfficerRole.AUDITOR, "7777")
    users.switch_user(home, auditor.id, "7777")
    with pytest.raises(FieldtoolError) as caught:
        print_form(home, NoForms(), "ct01", Scope(person=HEAD), tmp_path / "x.pdf")
    assert caught.value.code is ErrorCode.NOT_ALLOWED
    assert not (tmp_path / "x.pdf").exists()


def test_what_is_typed_is_likened_to_persons_of_ones_own_villages_only(opened):
    """By the index of the match run, which knows everybody; the paper typed is the stranger's own."""
    _, home = opened
    match_village(home)
    typed = {Field.NAME: "Lô Văn Đạt", Field.DOB: "01/01/1990", Field.RELATION: "Chủ hộ"}
    assert [item.line.id for item in probably(seen_people(home, home.people), typed, FAR)][:1] == [STRANGER]
    _sit(home, (VILLAGE,))
    assert STRANGER not in [item.line.id for item in probably(seen_people(home, home.people), typed, FAR)]


def test_the_tables_of_who_is_whom_hold_a_collectors_own_villages_and_nothing_for_an_auditor(opened):
    store, home = opened
    match_village(home)
    assert "dx" in {row[0] for row in cluster_rows(home, "a.csv")}
    everyone = review_rows(home, "a.csv")
    _sit(home, (FAR,))
    assert [(row[0], row[6]) for row in cluster_rows(home, "b.csv")] == [("dx", home.people.links()["dx"][0])]
    assert review_rows(home, "b.csv") == [row for row in everyone if {row[0], row[1]} <= {"dx"}]
    assert _journal(store)[-2:] == [("export", "b.csv")] * 2
    first = next(item for item in users.users(home) if item.role is OfficerRole.HEAD)
    users.switch_user(home, first.id, "1234")
    auditor = users.add_officer(home, "Kha Văn Kiểm", OfficerRole.AUDITOR, "7777")
    users.switch_user(home, auditor.id, "7777")
    for read in (cluster_rows, review_rows):
        with pytest.raises(FieldtoolError) as caught:
            read(home, "c.csv")
        assert caught.value.code is ErrorCode.NOT_ALLOWED


def test_a_collectors_weekly_report_counts_his_own_villages_and_keeps_the_whole_communes_week(opened):
    _, home = opened
    whole = weekly_report(home, ReportBooks()).words
    _sit(home, (FAR,))
    report = weekly_report(home, ReportBooks())
    assert set(report.words.villages) == {FAR}
    assert report.words.total["sure.visited"] == (0, 1)
    assert whole.total["sure.visited"][1] == 6
    assert {filling.village for filling in report.fillings} <= {"", FAR}
    kept = {event.field for event in home.log.events(RecordKind.FIGURES)}
    assert kept == {FAR, VILLAGE}


def test_a_collector_counts_and_lists_his_own_villages_alone(opened):
    _, home = opened
    day = "2026-11-25"
    whole = four_words(seen_work(home, home.work), day)
    assert set(whole.villages) == {VILLAGE, FAR}
    case = open_case(home, "abroad", STRANGER)
    own_case = open_case(home, "abroad", HEAD)
    _sit(home, (VILLAGE,))
    work = seen_work(home, home.work)
    own = four_words(work, day)
    assert set(own.villages) == {VILLAGE}
    assert own.total["full.fields"] == whole.villages[VILLAGE]["full.fields"]
    assert {line.village for line in behind(work, "clean.all", day)} == {VILLAGE}
    assert behind(work, "clean.all", day, FAR) == []
    assert [item.id for item in work.cases()] == [own_case.case.id]
    assert work.cases(person=STRANGER) == [] != [case]
    assert work.tasks(FAR, "2026-01-01") == []
    assert {line.village for line in work.facts()} == {VILLAGE}
    users.switch_user(home, home.card.officer, "1234")
    look_again(work)
    assert {item.id for item in work.cases()} == {own_case.case.id, case.case.id}
