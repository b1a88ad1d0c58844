"""The four words: counts with denominators, every number with its list, week beside week, lists of proposals."""

from __future__ import annotations

import dataclasses
import io
import json

import openpyxl
import pytest
from door_home import HEAD, HOUSE, MUON, OLD, OTHER, SON, VILLAGE, WIFE, SetClock, door_home
from hypothesis import given
from hypothesis import strategies as st
from pdf_text import pages, text_of

from fieldtool.excel.report_book import SOURCES, ReportBooks
from fieldtool.late_outputs import LateOutputs
from fieldtool.records.documents import Document, Source, to_payload
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.events import CONTENT, LINK, Draft, RecordKind
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.presence import Asked, Presence, Sighting, VisitResult
from fieldtool.records.visits import ConflictAnswer, MemberAnswer
from fieldtool.records.work import FactLine
from fieldtool.usecases import four_words, propose_cases, saved_queries, work_case
from fieldtool.usecases import open_household as door
from fieldtool.usecases.behind_figures import behind
from fieldtool.usecases.record_visit import record_visit
from fieldtool.usecases.report_template import SHIPPED, template_in_force
from fieldtool.usecases.today import today
from fieldtool.usecases.weekly_report import use_template, weekly_report
from fieldtool.wording.catalogue import Wording


@pytest.fixture(name="clock")
def _clock():
    return SetClock()


@pytest.fixture(name="home")
def _home(tmp_path, clock):
    with door_home(tmp_path, clock) as (store, home):
        yield home
        assert store.check().complaints == []


def visit(home, *members, house=HOUSE, conflicts=()):
    page = door.open_household(home.people, home.work, home.drafts, home.ids, house, today(home).day)
    record_visit(home, dataclasses.replace(page.sheet, members=members, conflicts=conflicts))


def counts(home):
    return four_words.four_words(home.work, today(home).day).total


def test_every_figure_equals_its_list(home):
    visit(
        home,
        MemberAnswer(OLD, Presence.DIED, {Asked.SINCE: "20/11/2026"}),
        MemberAnswer(WIFE, Presence.HERE, papers={"id": Sighting.COPY}),
        MemberAnswer(SON, Presence.UNKNOWN),
        MemberAnswer("", Presence.NOT_ON_BOOKS, {Asked.NAME: "Kha Văn Lạ", Asked.N12: "040199001122"}),
    )
    total = counts(home)
    day = today(home).day
    for codes in four_words.WORDS.values():
        for code in codes:
            if code in ("live.lag", "full.filled"):  # a median, and a sum of fields
                continue
            count, of = total[code]
            assert len(behind(home.work, code, day)) == count, code
            assert len(behind(home.work, code, day, rest=True)) == of - count, code


def test_right_needs_agreement_and_a_paper_seen(home):
    assert counts(home)["right.both"] == (0, 5)
    visit(
        home,
        MemberAnswer(HEAD, Presence.HERE, papers={"id": Sighting.ORIGINAL}),
        MemberAnswer(WIFE, Presence.HERE, papers={"household": Sighting.NOT_SHOWN}),
    )
    assert counts(home)["right.seen"] == (1, 5)
    assert counts(home)["right.both"] == (0, 5)  # his papers still disagree on the year
    visit(home, conflicts=(ConflictAnswer(HEAD, "dob", "03/02/1979"),))
    assert counts(home)["right.both"] == (1, 5)


def test_the_dead_leave_some_figures_and_soil_another(home):
    visit(home, MemberAnswer(OLD, Presence.DIED, {Asked.SINCE: "15/11/2026"}))
    total = counts(home)
    assert total["right.agreed"][1] == 4
    assert total["clean.dead"] == (1, 5)
    assert total["live.lag"] == (10, 1)
    (case,) = work_case.list_cases(home, "dead_listed")
    work_case.step(home, case.case.id, "register", {"death_no": "3/2026"})
    work_case.step(home, case.case.id, "remove")
    assert counts(home)["clean.dead"] == (0, 5)


def test_days_houses_and_late_corrections_open_their_lists(home, clock):
    work, day = home.work, today(home).day
    visit(
        home,
        MemberAnswer(OLD, Presence.DIED, {Asked.SINCE: "15/11/2026"}),
        MemberAnswer(WIFE, Presence.MOVED, {Asked.TO_PLACE: "Vinh"}),
    )
    assert [(fact.person, fact.days) for fact in behind(work, "live.lag", day)] == [(OLD, 10)]
    assert [fact.person for fact in behind(work, "live.lag", day, rest=True)] == [WIFE]
    assert [fact.household for fact in behind(work, "sure.houses", day)] == [HOUSE]
    assert [(fact.household, fact.person) for fact in behind(work, "sure.houses", day, rest=True)] == [(OTHER, MUON)]
    assert behind(work, "sure.houses", day, "elsewhere", rest=True) == []
    work_case.open_case(home, "correction", HEAD)
    assert [fact.person for fact in behind(work, "live.late", day, rest=True)] == [HEAD]
    clock.at = "2026-12-05T08:00:00+07:00"
    work_case.open_case(home, "correction", SON)
    day = today(home).day
    assert [(fact.person, fact.days) for fact in behind(work, "live.late", day)] == [(HEAD, 10)]
    assert [fact.person for fact in behind(work, "live.late", day, rest=True)] == [SON]
    with pytest.raises(FieldtoolError) as caught:
        behind(work, "live.never", day)
    assert caught.value.code is ErrorCode.BAD_VALUE


def test_confirmed_people_grow_old(home, clock):
    visit(home, MemberAnswer(MUON, Presence.HERE), house=OTHER)
    assert counts(home)["live.90"] == (1, 5) == counts(home)["live.180"]
    clock.at = "2027-03-25T08:00:00+07:00"
    assert counts(home)["live.90"] == (0, 5)
    assert counts(home)["live.180"] == (1, 5)
    assert counts(home)["sure.houses"] == (1, 2)


def test_weeks_stand_beside_one_another(home, clock):
    four_words.keep_week(home)
    four_words.keep_week(home)  # nothing new: nothing written
    assert sum(event.kind == "figures" for event in home.log.events()) == 1
    clock.at = "2026-12-02T08:00:00+07:00"
    visit(home, MemberAnswer(MUON, Presence.HERE), house=OTHER)
    four_words.keep_week(home)
    weeks = four_words.trend(home)
    assert list(weeks) == ["2026-W48", "2026-W49"]
    assert [weeks[week]["live.90"] for week in weeks] == [(0, 5), (1, 5)]
    own = four_words.trend(home, VILLAGE)
    assert {week: {**counts, "live.lag": (0, 0)} for week, counts in weeks.items()} == own  # a median is no sum
    assert four_words.trend(home, "elsewhere") == {}


def test_the_weekly_report_is_filled_traceable_and_compares_with_last_week(home, clock):
    weekly_report(home, ReportBooks())
    clock.at = "2026-12-02T08:00:00+07:00"
    visit(home, MemberAnswer(MUON, Presence.HERE), house=OTHER)
    report = weekly_report(home, ReportBooks())
    book = openpyxl.load_workbook(io.BytesIO(report.content))
    sheet = book["Báo cáo tuần"]
    rows = {row[0]: row[1:] for row in sheet.iter_rows(min_row=5, values_only=True) if row[0]}
    assert rows["Được xác nhận trong 90 ngày"][:4] == (1, 5, 0, 1)
    assert rows["Hộ đã gặp"][:4] == (1, None, 0, 1)
    villages = list(book["Theo bản"].iter_rows(min_row=4, values_only=True))
    assert villages[0][0] == "Bản Chăm Puông" and villages[0][1] == 5
    sources = list(book[SOURCES].iter_rows(min_row=2, values_only=True))
    assert all(line[4].split(":")[0] in saved_queries.names() for line in sources)
    traced = {(line[0], line[1]): line[2] for line in sources}
    assert all(book[name][cell].value == value for (name, cell), value in traced.items())
    assert not any("{{" in str(cell.value) for ws in book for row in ws.iter_rows() for cell in row)


def busy_fortnight(home, clock):
    """Two weeks with something of everything: visits of several results, states told, cases opened, late and closed."""
    visit(home, MemberAnswer(OLD, Presence.DIED, {Asked.SINCE: "15/11/2026"}))
    visit(home, MemberAnswer(MUON, Presence.HERE), house=OTHER)
    page = door.open_household(home.people, home.work, home.drafts, home.ids, OTHER, today(home).day)
    record_visit(home, dataclasses.replace(page.sheet, result=VisitResult.NOT_HOME))
    record_visit(home, dataclasses.replace(page.sheet, id="v2", result=VisitResult.NOT_HOME))
    dropped = work_case.open_case(home, "numbers", HEAD).case.id
    work_case.step(home, dropped, "drop", {"reason": "nhập hai lần"})
    work_case.open_case(home, "archive", household=HOUSE)
    weekly_report(home, ReportBooks())
    clock.at = "2026-12-09T08:00:00+07:00"
    weekly_report(home, ReportBooks())
    clock.at = "2026-12-16T08:00:00+07:00"
    visit(home, MemberAnswer(WIFE, Presence.ABROAD, {Asked.COUNTRY: "Lào"}))
    visit(
        home,
        MemberAnswer("", Presence.BORN, {Asked.NAME: "Lô Thị Mới", Asked.DOB: "10/12/2026"}),
        conflicts=(ConflictAnswer(HEAD, "dob", "03/02/1979"),),
    )
    work_case.open_case(home, "archive", SON)


def test_every_query_of_the_report_equals_its_list(home, clock):
    busy_fortnight(home, clock)
    queries = saved_queries.Queries(home, home.work, "2026-W51", {}, {})
    for name in (*saved_queries.WEEK, *saved_queries.CASES):
        for view in ("", ":last", ":late"):
            said = queries.ask(name + view)
            assert said.query == name + view
            assert len(behind(home.work, said.query, today(home).day)) == said.value, name + view
    assert [fact.about for fact in behind(home.work, "week.decided", today(home).day)] == ["dob"]
    late = behind(home.work, "case.archive:late", today(home).day)
    assert [(fact.household, fact.name, fact.days) for fact in late] == [(HOUSE, "Lô Văn Đạt", 21)]
    assert [fact.person for fact in behind(home.work, "case.archive:late", today(home).day, rest=True)] == [SON]
    was = behind(home.work, "week.visit.not_home", "2026-11-26")
    assert [(fact.household, fact.person) for fact in was] == [(OTHER, MUON)] * 2 and "v2" in {f.about for f in was}
    assert behind(home.work, "week.visit.not_home@elsewhere", "2026-11-26") == []
    for wrong in ("week.weather", "case.archive:sideways"):
        with pytest.raises(FieldtoolError) as caught:
            behind(home.work, wrong, today(home).day)
        assert caught.value.code is ErrorCode.BAD_VALUE


def test_people_no_paper_places_are_counted_with_the_commune_and_no_house_twice(home, clock):
    paper = Document(
        "d9", DocumentKind.ID_CARD, {Field.NAME: "Vi Văn Xa", Field.DOB: "1980"}, Source(key="9"), "", "i9"
    )
    link = {"band": "certain"}
    home.log.append(
        [
            Draft(RecordKind.DOCUMENT, "d9", CONTENT, to_payload(paper), basis='{"import":"i9"}'),
            Draft(RecordKind.DOCUMENT, "d9", LINK, "p-xa", basis=json.dumps(link)),
        ]
    )
    busy_fortnight(home, clock)
    report = weekly_report(home, ReportBooks())
    said = {item.cell: item for item in report.fillings if item.query and item.sheet == "Báo cáo tuần"}
    total = counts(home)
    assert total["clean.all"][1] == 7 and total["sure.houses"] == (2, 2)
    for item in said.values():
        if item.cell[0] == "C" and item.query.endswith(":of"):
            assert item.value == total[item.query.removesuffix(":of")][1], item
    last = four_words.trend(home)["2026-W50"]
    assert last["sure.houses"] == (2, 2) and last["clean.all"][1] == 6 and "live.lag" not in last
    lag = next(item for item in said.values() if item.query == "live.lag:last")
    assert lag.value == 10  # worked out as of that week's end, not a sum of medians


def test_every_cell_of_the_report_is_traced_to_its_list(home, clock):
    busy_fortnight(home, clock)
    cells = [item for item in weekly_report(home, ReportBooks()).fillings if item.query]
    assert {item.cell[0] for item in cells} >= set("BCDE")
    day = today(home).day
    for item in cells:
        if item.query.split(":")[0] in ("live.lag", "full.filled"):  # a median, and a sum of fields
            continue
        lines = len(behind(home.work, item.query, day, item.village))
        last_weeks_count = item.query.split(":")[0] in saved_queries.FIGURES and item.cell[0] in "DE"
        if not last_weeks_count and item.cell[0] != "E":  # the change between two counts has no list of its own
            assert lines == item.value, item


def test_an_edited_template_is_obeyed_and_a_wrong_name_is_told_by_its_cell(home, tmp_path):
    book = openpyxl.load_workbook(SHIPPED)
    book["Báo cáo tuần"]["G2"] = "Tỷ lệ: {{right.agreed:share}} / {{case.archive}}"
    own = tmp_path / "mẫu.xlsx"
    book.save(own)
    made = weekly_report(home, ReportBooks(), own)
    filled = openpyxl.load_workbook(io.BytesIO(made.content))
    assert filled["Báo cáo tuần"]["G2"].value == "Tỷ lệ: 0.8 / 0"
    sources = [line for line in filled[SOURCES].iter_rows(min_row=2, values_only=True) if line[1] == "G2"]
    assert [line[4] for line in sources] == ["right.agreed", "case.archive"]  # each leads to its own list
    for wrong in ("{{right.wrong}}", "{{right.both:sideways}}", "{{ drop table }}"):
        book["Báo cáo tuần"]["G2"] = wrong
        book.save(own)
        with pytest.raises(FieldtoolError) as caught:
            weekly_report(home, ReportBooks(), own)
        assert (caught.value.code, caught.value.place.cell) == (ErrorCode.BAD_TEMPLATE, "G2")


def test_the_units_own_template_is_kept_and_a_wrong_one_refused(home, tmp_path):
    book = openpyxl.load_workbook(SHIPPED)
    book["Báo cáo tuần"]["A2"] = "TUẦN CỦA XÃ"
    book["Báo cáo tuần"]["A60"] = "Gặp {{week.houses_met}} hộ, {{case.archive:late}} hồ sơ quá hạn"
    own = tmp_path / "mẫu xã.xlsx"
    book.save(own)
    use_template(home, ReportBooks(), own)
    own.unlink()  # kept in the home, not where it lay
    report = weekly_report(home, ReportBooks())
    assert (
        openpyxl.load_workbook(io.BytesIO(report.content))["Báo cáo tuần"]["A60"].value == "Gặp 0 hộ, 0 hồ sơ quá hạn"
    )
    book["Báo cáo tuần"]["A60"] = "{{week.weather}}"
    book.save(own)
    with pytest.raises(FieldtoolError) as caught:
        use_template(home, ReportBooks(), own)
    assert caught.value.place.cell == "A60" and template_in_force(home).content != own.read_bytes()
    use_template(home, ReportBooks(), None)
    assert template_in_force(home).content == SHIPPED.read_bytes()


def test_the_printed_report_says_what_its_workbook_says(home, clock):
    busy_fortnight(home, clock)
    report = weekly_report(home, ReportBooks())
    sheets = ReportBooks().pages(report.content)
    assert [page.title for page in sheets] == ["Báo cáo tuần", "Theo bản"]
    paper = LateOutputs().weekly(home, report, Wording().say)
    assert pages(paper) == 2, "the report with its signature on one page, the villages on the next"
    printed = text_of(paper)
    for row in sheets[0].rows:
        assert all(text in printed for text in row if text and " " not in text), row
    assert "Bản Chăm Puông" in printed and "Trùng, sai số" in printed


def test_what_is_no_template_is_refused(home, tmp_path):
    fake = tmp_path / "x.xlsx"
    fake.write_bytes(b"no workbook")
    with pytest.raises(FieldtoolError) as caught:
        weekly_report(home, ReportBooks(), fake)
    assert caught.value.code is ErrorCode.NOT_A_WORKBOOK
    with pytest.raises(FieldtoolError) as caught:
        weekly_report(home, ReportBooks(), tmp_path / "none.xlsx")
    assert caught.value.code in (ErrorCode.NO_FILE, ErrorCode.NOT_A_WORKBOOK)


def fact(born, card="", expiry="", issued="", presence=""):
    return FactLine("p", "A", "v", "V", "h", born, born, "M", card, issued, expiry, presence)


@pytest.mark.parametrize(
    "line, why",
    [
        (fact("2013-01-10"), ("turns_14", "2027-01-10")),
        (fact("2013-06-10"), None),
        (fact("1990-01-10"), ("none", "2026-11-25")),
        (fact("1990-01-10", "n9"), ("old_card_only", "2026-11-25")),
        (fact("1990-01-10", "n12", "2026-11-01"), ("expired", "2026-11-01")),
        (fact("1990-01-10", "n12", "2030-01-10"), None),
        (fact("1987-01-10", "n12", "", "2021-05-05"), ("turns_40", "2027-01-10")),
        (fact("1987-01-10", "n12", "", "2025-05-05"), None),  # taken within two years before
        (fact("1987-01-10", "n12", "2027-01-10"), ("turns_40", "2027-01-10")),
        (fact("1950", "n12"), None),
        (fact(""), None),
        (fact("1990-01-10", presence="abroad"), None),  # has no valid card, and is no refusal
    ],
)
def test_when_a_card_is_due(line, why):
    assert propose_cases.card_reason(line, "2026-11-25", 3) == why


@given(st.dates(min_value=__import__("datetime").date(1900, 1, 1)), st.sampled_from(("", "n9", "n12")))
def test_card_reason_takes_any_birth(born, card):
    found = propose_cases.card_reason(fact(born.isoformat(), card), "2026-11-25", 6)
    assert found is None or found[0] in work_case.machine_of("card_due").choices["why"]


def test_proposals_are_opened_once_and_called_together(home):
    proposed = propose_cases.propose(home, "card_due")
    assert {item.person for item in proposed} == {WIFE, OLD, MUON}
    assert propose_cases.open_proposed(home, proposed) == 3
    assert propose_cases.propose(home, "card_due") == []
    roster = propose_cases.roster(home, "card_due")
    assert list(roster) == ["Bản Chăm Puông"] and len(roster["Bản Chăm Puông"]) == 3
    assert {item.person for item in propose_cases.propose(home, "no_birth")} == {SON}
    assert {item.person for item in propose_cases.propose(home, "vneid")} == {HEAD}
    with pytest.raises(FieldtoolError):
        propose_cases.roster(home, "archive")
    with pytest.raises(FieldtoolError):
        propose_cases.propose(home, "weather")


def test_shared_numbers_are_proposed(home):
    visit(
        home,
        MemberAnswer(
            "", Presence.NOT_ON_BOOKS, {Asked.NAME: "Kha Văn Lạ", Asked.N12: "040079001122", Asked.DOB: "1979"}
        ),
    )
    assert counts(home)["clean.shared"][0] == 2
    (proposed,) = propose_cases.propose(home, "numbers")
    assert proposed.subject == "040079001122" and "Kha Văn Lạ" in proposed.details["others"]
    propose_cases.open_proposed(home, [proposed])
    assert propose_cases.propose(home, "numbers") == []
