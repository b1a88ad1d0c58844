"""Every row's verdict, the report workbook, and mappings that are laid over, remembered and forgotten."""

from __future__ import annotations

import sys
import tracemalloc
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "intake"))
from list_home import OneBook, home

from fieldtool.intake.issues import Issue, IssueCode
from fieldtool.intake.layout import DayOrder
from fieldtool.intake.mappings import ListMapping, MappingSet
from fieldtool.records.errors import Cancelled, ErrorCode, FieldtoolError
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.raw_books import MemoryBook, MemorySheet, SheetLook
from fieldtool.usecases.import_list import import_list
from fieldtool.usecases.list_imports import find_import, list_imports
from fieldtool.usecases.list_mappings import forget_mapping, kept_mappings
from fieldtool.usecases.preview_list import preview_list
from fieldtool.usecases.report_import import report_kept, report_list
from fieldtool.usecases.row_verdicts import PAGE, RowVerdict, Verdict, VerdictPages
from fieldtool.usecases.undo_import import undo_import
from fieldtool.wording.catalogue import Wording

HEADING = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD"]
ROWS = [
    ["1", "Lô Văn An", "12/03/1980", "Nam", "040080001234"],
    ["2", "", "1981", "Nữ", "040181001235"],
    ["3", "=HYPERLINK(1)", "1982", "Nữ", ""],
    ["4", "Vi Thị Bình\nVi Thị Hoa", "1983", "Nữ", "040183001236"],
    ["5", "Moong Văn Tạ", "1984", "Nam", ""],
]


def book(*rows, name="Trang 1"):
    return MemoryBook("ds.xlsx", (MemorySheet(name, tuple(list(row) for row in rows)),))


def run(at, of, **options):
    verdicts = VerdictPages()
    outcome = import_list(at, OneBook(of), Path("ds.xlsx"), verdicts=verdicts, **options)
    return outcome, verdicts


def test_each_row_has_its_verdict_and_the_sum_is_the_rows():
    at = home()
    outcome, verdicts = run(at, book(HEADING, *ROWS), dry_run=True)
    assert [(told.row, told.verdict) for told in verdicts] == [
        (2, Verdict.ADDED),
        (3, Verdict.REFUSED),
        (4, Verdict.REFUSED),
        (5, Verdict.PARKED),
        (6, Verdict.ADDED),
    ]
    assert outcome.rows == len(verdicts) == outcome.added + outcome.unchanged + outcome.parked + outcome.refused
    assert verdicts.at(1).issues[0].cell == "B3"
    run(at, book(HEADING, ROWS[0]))
    _, again = run(at, book(HEADING, ROWS[0]), dry_run=True)
    assert [told.verdict for told in again] == [Verdict.UNCHANGED]


def test_verdicts_are_found_by_kind_and_by_sheet_over_many_pages():
    verdicts = VerdictPages("x.xlsx")
    kinds = list(Verdict)
    for row in range(3 * PAGE + 7):
        issues = (Issue(IssueCode.DATE_LUNAR, "x.xlsx", "A", row, "C1", Field.DOB, "âm"),) if row % 3 == 0 else ()
        verdicts.add(RowVerdict("A" if row % 2 else "B", row, kinds[row % 4], "", {Field.NAME: f"n{row}"}, issues))
    kept = VerdictPages.from_parts(verdicts.parts())
    assert kept is not None
    assert list(kept) == list(verdicts)
    assert list(kept.places(Verdict.PARKED)) == [row for row in range(len(verdicts)) if row % 4 == 2]
    assert list(kept.places(remarked=True)) == [row for row in range(len(verdicts)) if row % 3 == 0]
    assert [kept.row(place) for place in kept.of_sheet("A")] == list(range(1, len(verdicts), 2))
    assert VerdictPages.from_parts(()) is None


@given(st.lists(st.tuples(st.sampled_from(list(Verdict)), st.text(max_size=6), st.integers(1, 10**6)), max_size=30))
@settings(max_examples=60, deadline=None)
def test_kept_verdicts_are_the_same(rows):
    verdicts = VerdictPages("f")
    for verdict, name, row in rows:
        verdicts.add(RowVerdict(name[:3], row, verdict, "", {Field.NAME: name}))
    kept = VerdictPages.from_parts(verdicts.parts())
    assert kept is not None
    assert list(kept) == list(verdicts)


def texts(path):
    found = openpyxl.load_workbook(path)
    return {sheet.title: [[cell.value or "" for cell in row] for row in sheet.iter_rows()] for sheet in found}


def test_the_report_holds_the_rows_as_they_lie_with_reasons_beside_them(tmp_path):
    at = home()
    of = book(["DANH SÁCH"], HEADING, *ROWS)
    outcome, verdicts = run(at, of, dry_run=True)
    out = report_list(at, OneBook(of), Path("ds.xlsx"), outcome, verdicts, tmp_path / "r.xlsx", Wording())
    sheets = texts(out)
    rows = sheets["Trang 1"]
    assert rows[1][:5] == HEADING
    assert rows[1][5:] == ["Kết quả", "Lý do", "Việc cần làm"]
    assert [row[5] for row in rows[2:]] == ["Thêm mới", "Từ chối", "Từ chối", "Để lại xem", "Thêm mới"]
    assert rows[3][6].startswith("B4: ")
    assert rows[3][7]
    summary = dict(row[:2] for row in sheets["Tổng hợp"])
    assert summary["Kiểm tra cộng"] == "2 + 0 + 1 + 2 = 5"
    real = openpyxl.load_workbook(out)["Trang 1"]
    assert all(cell.data_type in ("s", "n") and not isinstance(cell.value, float) for row in real for cell in row)
    assert real["B5"].value == "=HYPERLINK(1)"
    assert real["B5"].data_type == "s"
    assert real["B5"].quotePrefix
    assert real["B4"].fill.fgColor.rgb.endswith("F4B6B6")
    assert list(tmp_path.iterdir()) == [out]


def test_the_report_keeps_merged_cells(tmp_path):
    at = home()
    merged = ((1, 0, 1, 4), (4, 1, 5, 1), (5, 1, 6, 1), (3, 4, 3, 9))
    rows = (["DANH SÁCH"], HEADING, *ROWS)
    of = MemoryBook("ds.xlsx", (MemorySheet("Trang 1", rows, SheetLook(merged=merged)),))
    outcome, verdicts = run(at, of, dry_run=True)
    out = report_list(at, OneBook(of), Path("ds.xlsx"), outcome, verdicts, tmp_path / "r.xlsx", Wording())
    kept = {str(area) for area in openpyxl.load_workbook(out)["Trang 1"].merged_cells.ranges}
    assert kept == {"A1:E1", "B4:B5"}  # one overlaps another; of one the report's columns leave a single cell


def test_the_report_of_an_earlier_import_leaves_out_ethnicity_without_a_purpose(tmp_path):
    at = home()
    heading, row = [*HEADING, "Dân tộc", "Tôn giáo"], [*ROWS[0], "Khơ Mú", "Không"]
    outcome, _ = run(at, book(heading, row))
    for name, sensitive in (("hidden.xlsx", False), ("shown.xlsx", True)):
        out = report_kept(at, OneBook(None), outcome.id, tmp_path / name, Wording(), sensitive=sensitive)
        told = [cell for line in texts(out)["Trang 1"] for cell in line]
        assert ("Khơ Mú" in told) is ("Dân tộc" in told) is ("Tôn giáo" in told) is sensitive
        assert "Lô Văn An" in told


def test_an_earlier_import_is_reported_from_what_was_kept_of_it(tmp_path):
    at = home()
    outcome, _ = run(at, book(HEADING, *ROWS))
    out = report_kept(at, OneBook(None), outcome.id[:10], tmp_path / "r.xlsx", Wording())
    rows = texts(out)["Trang 1"]
    assert [row[0] for row in rows[1:]] == ["2", "3", "4", "5", "6"]
    assert [row[-3] for row in rows[1:]] == ["Thêm mới", "Từ chối", "Từ chối", "Để lại xem", "Thêm mới"]
    at.reports.clear()
    with pytest.raises(FieldtoolError) as caught:
        report_kept(at, OneBook(None), outcome.id, tmp_path / "r.xlsx", Wording())
    assert caught.value.code is ErrorCode.NO_REPORT


def test_a_cancelled_report_leaves_nothing_behind(tmp_path):
    at = home()
    of = book(HEADING, *ROWS * 200)
    outcome, verdicts = run(at, of, dry_run=True)

    def stop(done, total, stage):
        raise Cancelled

    with pytest.raises(Cancelled):
        report_list(at, OneBook(of), Path("d"), outcome, verdicts, tmp_path / "r.xlsx", Wording(), progress=stop)
    assert list(tmp_path.iterdir()) == []


def test_a_long_report_needs_little_memory(tmp_path):
    at = home()
    of = book(HEADING, *ROWS * 2000)
    outcome, verdicts = run(at, of, dry_run=True)
    tracemalloc.start()
    report_list(at, OneBook(of), Path("d"), outcome, verdicts, tmp_path / "r.xlsx", Wording())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 12_000_000
    assert len(texts(tmp_path / "r.xlsx")["Trang 1"]) == 10_001


def test_the_imports_are_listed_and_found_by_the_beginning_of_their_id():
    at = home()
    first, _ = run(at, book(HEADING, ROWS[0]))
    second, _ = run(at, book(HEADING, ROWS[4]))
    undo_import(at, first.id)
    lines = list_imports(at)
    assert [(line.id, line.undone, line.added) for line in lines] == [(second.id, False, 1), (first.id, True, 1)]
    assert find_import(at, second.id).file == "ds.xlsx"
    with pytest.raises(FieldtoolError) as caught:
        find_import(at, "0000")
    assert caught.value.code is ErrorCode.AMBIGUOUS


def test_a_preview_shows_rows_before_and_after():
    at = home()
    seen = preview_list(at, OneBook(book(["DANH SÁCH BẢN XỐP NẶM"], HEADING, *ROWS)), Path("d"))
    (shown,) = seen.lists
    assert shown.layout is not None
    assert shown.layout.header_rows == (2, 2)
    assert shown.rows[0].cells[1] == "Lô Văn An"
    assert shown.rows[0].result.raw[Field.N12] == "040080001234"
    assert shown.top[0] == (1, ("DANH SÁCH BẢN XỐP NẶM",))
    assert not shown.remembered


def test_a_preview_shows_a_sheet_without_heading_too():
    seen = preview_list(home(), OneBook(book(["a", "b"], ["c", "d"])), Path("d"))
    assert [(item.layout, item.name) for item in seen.lists] == [(None, "sheet:Trang 1")]


def test_an_officer_says_where_the_heading_stands_which_village_and_which_order_of_days():
    rows = [["Người", "Khi nào", "Giống gì"], ["Lô Văn An", "12/03/1980", "Nam"], ["Vi Văn Bé", "2/5/1981", "Nam"]]
    at = home()
    mapping = ListMapping(
        {"A": "name", "B": "dob", "C": "sex"},
        kind="household",
        village="Bản Xốp Nặm",
        heading=(1, 1),
        orders={"Khi nào": "text_turned"},
    )
    seen = preview_list(at, OneBook(book(*rows)), Path("d"), mappings=MappingSet({"sheet:Trang 1": mapping}))
    (shown,) = seen.lists
    assert shown.layout is not None
    assert shown.layout.columns[1].order is DayOrder.TEXT_TURNED
    results = [row.result for row in shown.rows]
    assert [result.raw[Field.DOB] for result in results] == ["03/12/1980", "5/2/1981"]
    assert results[0].document is not None
    assert results[0].document.village == "16936-xop-nam"
    assert results[0].document.kind is DocumentKind.HOUSEHOLD


def test_an_officer_says_that_a_column_is_in_no_old_font():
    rows = [HEADING, *[["1", "L« V¨n ¸n", "1980", "Nam", ""]] * 5]
    at = home()
    seen = preview_list(at, OneBook(book(*rows)), Path("d"))
    assert seen.lists[0].rows[0].result.raw[Field.NAME] == "Lô Văn án"
    mapping = ListMapping({}, encodings={"Họ và tên": "Unicode"})
    seen = preview_list(at, OneBook(book(*rows)), Path("d"), mappings=MappingSet({seen.lists[0].name: mapping}))
    assert seen.lists[0].rows[0].result.raw[Field.NAME] == "L« V¨n ¸n"


def test_a_mapping_is_remembered_for_its_layout_without_the_village_and_can_be_forgotten():
    at = home()
    name = preview_list(at, OneBook(book(HEADING, *ROWS)), Path("d")).lists[0].name
    mapping = ListMapping({"Số CCCD": "n9"}, "id", village="Bản Xốp Nặm")
    run(at, book(HEADING, *ROWS), mapping=MappingSet({name: mapping}))
    (kept,) = kept_mappings(at)
    assert (kept.layout, kept.mapping.village) == (name, "")
    seen = preview_list(at, OneBook(book(HEADING, *ROWS)), Path("d"))
    assert seen.lists[0].remembered
    forget_mapping(at, name)
    assert kept_mappings(at) == []
    with pytest.raises(FieldtoolError) as caught:
        forget_mapping(at, name)
    assert caught.value.code is ErrorCode.NOT_FOUND
    assert not preview_list(at, OneBook(book(HEADING, *ROWS)), Path("d")).lists[0].remembered


@pytest.mark.parametrize(
    "text",
    [
        '{"columns": {}, "heading": [0, 1]}',
        '{"columns": {}, "heading": [3, 2]}',
        '{"columns": {}, "heading": ["1", 2]}',
        '{"columns": {}, "orders": {"A": "sideways"}}',
        '{"columns": {}, "encodings": {"A": "KOI8"}}',
        '{"columns": ["A"]}',
        '{"layouts": {"x": {"columns": {"A": "nonsense"}}}}',
        "[]",
    ],
)
def test_a_bad_mapping_is_refused(text):
    with pytest.raises(ValueError):
        MappingSet.from_text(text)
