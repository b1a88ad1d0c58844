"""The import as a whole: its account always adds up, it is all or nothing, again changes nothing, and can be undone."""

# ruff: noqa: E501 - tables of cells read better in one line

import json
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldtool.intake.issues import IssueCode, Severity, severity_of
from fieldtool.intake.mappings import ListMapping
from fieldtool.records.documents import from_payload
from fieldtool.records.errors import Cancelled, ErrorCode, FieldtoolError
from fieldtool.records.events import SUMMARY, RecordKind
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.raw_books import MemoryBook, MemorySheet, SheetLook
from fieldtool.usecases.import_list import import_list
from fieldtool.usecases.undo_import import undo_import

sys.path.insert(0, str(Path(__file__).resolve().parent))
from list_home import OneBook, home

HEADING = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CMND", "Quan hệ với chủ hộ", "Nơi thường trú"]
PEOPLE = [
    [1, "Lô Văn An", "01/02/1960", "Nam", "186100001", "Chủ hộ", "Bản Xốp Nặm"],
    [2, "Vi Thị Bình", "03/04/1962", "Nữ", "186100002", "Vợ", "Bản Xốp Nặm"],
    [3, "Lô Văn Cường", "05/06/1985", "Nam", "186100003", "Con", "Bản Huồi Sơn"],
]


def book(*rows, name="danh sach.xlsx", sheet="Sheet1", look=None):
    return OneBook(MemoryBook(name, (MemorySheet(sheet, tuple(list(row) for row in rows), look or SheetLook()),)))


def run(at, books, **options):
    return import_list(at, books, Path("danh sach.xlsx"), **options)


def account(outcome):
    return (outcome.rows, outcome.added, outcome.unchanged, outcome.parked, outcome.refused)


def codes(outcome, grave=Severity.NOTE):
    return [issue.code for issue in outcome.issues if severity_of(issue.code) is grave]


def test_rows_become_documents_villages_and_a_summary():
    at = home()
    outcome = run(at, book(["DANH SÁCH HỘ KHẨU"], HEADING, *PEOPLE))
    assert account(outcome) == (3, 3, 0, 0, 0)
    assert outcome.kinds == ("household",)
    papers = [from_payload(e.record, e.value) for e in at.log.kept if e.kind == RecordKind.DOCUMENT]
    assert [paper.get(Field.HEAD) for paper in papers] == ["Lô Văn An"] * 3
    assert papers[0].source.row == 3
    assert {e.record for e in at.log.kept if e.kind == RecordKind.VILLAGE} == {papers[0].village, papers[2].village}
    (summary,) = [json.loads(e.value) for e in at.log.kept if e.field == SUMMARY]
    assert (summary["rows"], summary["added"]) == (3, 3)


def test_again_changes_nothing_but_the_summary():
    at = home()
    run(at, book(HEADING, *PEOPLE))
    before = at.log.documents()
    outcome = run(at, book(HEADING, *PEOPLE))
    assert account(outcome) == (3, 0, 3, 0, 0)
    assert at.log.documents() == before


def test_a_corrected_row_is_one_new_document():
    at = home()
    run(at, book(HEADING, *PEOPLE))
    outcome = run(at, book(HEADING, *PEOPLE[:2], [3, "Lô Văn Cường", "05/06/1986", *PEOPLE[2][3:]]))
    assert account(outcome) == (3, 1, 2, 0, 0)


def test_undo_withdraws_and_the_list_can_come_again():
    at = home()
    outcome = run(at, book(HEADING, *PEOPLE))
    undo_import(at, outcome.id)
    assert at.log.documents() == set()
    again = run(at, book(HEADING, *PEOPLE))
    assert account(again) == (3, 3, 0, 0, 0)
    assert len(at.log.documents()) == 3
    with pytest.raises(FieldtoolError) as caught:
        undo_import(at, outcome.id)
    assert caught.value.code is ErrorCode.NOTHING_TO_UNDO
    with pytest.raises(FieldtoolError) as caught:
        undo_import(at, "f" * 32)
    assert caught.value.code is ErrorCode.NOT_FOUND


def test_a_dry_run_writes_nothing():
    at = home()
    outcome = run(at, book(HEADING, *PEOPLE), dry_run=True)
    assert account(outcome) == (3, 3, 0, 0, 0)
    assert at.log.kept == []
    assert [result.raw[Field.NAME] for result in outcome.preview] == [person[1] for person in PEOPLE]


def test_a_cancelled_import_writes_nothing():
    at = home()

    def stop(done, total, stage):
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        run(at, book(HEADING, *PEOPLE), progress=stop)
    assert at.log.kept == []


def test_two_equal_rows_stay_two_documents():
    at = home()
    outcome = run(at, book(HEADING, PEOPLE[0], PEOPLE[0]))
    assert account(outcome) == (2, 2, 0, 0, 0)
    assert IssueCode.EQUAL_ROWS in codes(outcome)


def test_parked_rows_survive_in_the_log():
    at = home()
    outcome = run(
        at, book(HEADING, *PEOPLE, [4, "Kha Thị Một", "", "", "", "", ""], [5, "nt", "1/1/1990", "Nam", "", "", ""])
    )
    assert account(outcome) == (5, 3, 0, 2, 0)
    assert codes(outcome, Severity.PARKED) == [IssueCode.NAME_ONLY, IssueCode.NAME_DITTO]
    (part,) = [json.loads(e.value) for e in at.log.kept if e.field.startswith("parked.")]
    assert [row["row"] for row in part] == [5, 6]
    assert part[0]["raw"]["name"] == "Kha Thị Một"


def test_many_parked_rows_fit_the_cells_of_a_bundle():
    at = home()
    rows = [[n, f"Kha Thị {'Dài ' * 10}Tên", "", "", "", "", ""] for n in range(600)]
    outcome = run(at, book(HEADING, *PEOPLE, *rows))
    parts = [e.value for e in at.log.kept if e.field.startswith("parked.")]
    assert all(len(part) < 32_000 for part in parts)
    assert sum(len(json.loads(part)) for part in parts) == outcome.parked == 600


REFUSED = [
    (["", "01/01/1980", "Nam", "186100009", "Con", ""], IssueCode.NO_NAME, "B3"),
    (["12345", "01/01/1980", "Nam", "186100009", "Con", ""], IssueCode.NAME_NO_LETTERS, "B3"),
    (["Nguy?n V?n A", "01/01/1980", "Nam", "186100009", "Con", ""], IssueCode.NAME_LOST_LETTERS, "B3"),
    (["#REF!", "01/01/1980", "Nam", "186100009", "Con", ""], IssueCode.NAME_ERROR_VALUE, "B3"),
    (["####", "01/01/1980", "Nam", "186100009", "Con", ""], IssueCode.NAME_HASHES, "B3"),
    (["=1+1", "01/01/1980", "Nam", "186100009", "Con", ""], IssueCode.FORMULA_IN_CELL, "B3"),
    (["Lô Văn " + "A" * 200, "01/01/1980", "Nam", "186100009", "Con", ""], IssueCode.NAME_TOO_LONG, "B3"),
    (["Lô Văn A", "01/01/1980", "Nam", "186100009", "Con", "x" * 3000], IssueCode.CELL_TOO_LONG, "G3"),
]


@pytest.mark.parametrize(("cells", "code", "cell"), REFUSED, ids=[code for _, code, _ in REFUSED])
def test_a_refusal_names_its_cell(cells, code, cell):
    outcome = run(home(), book(HEADING, PEOPLE[0], [9, *cells]))
    assert account(outcome) == (2, 1, 0, 0, 1)
    (issue,) = [issue for issue in outcome.issues if issue.severity is Severity.REFUSED and issue.code is code]
    assert (issue.file, issue.sheet, issue.row, issue.cell) == ("danh sach.xlsx", "Sheet1", 3, cell)


PARKED = [
    (["Lô Văn A\nVi Thị B", "1980", "Nam", "", "Con", ""], IssueCode.TWO_PEOPLE),
    (["Lô Văn A 186100008", "1980", "Nam", "", "Con", ""], IssueCode.NAME_WITH_DIGITS),
    (["Lô Văn A", "1980", "Nam", "186100008 / 186100009", "Con", ""], IssueCode.TWO_NUMBERS),
    (["12", "Lô Văn A", "1980", "Nam", "Con", ""], IssueCode.COLUMNS_SHIFTED),
]


@pytest.mark.parametrize(("cells", "code"), PARKED, ids=[code for _, code in PARKED])
def test_a_row_that_an_officer_must_see_is_parked(cells, code):
    outcome = run(home(), book(HEADING, PEOPLE[0], [9, *cells]))
    assert account(outcome) == (2, 1, 0, 1, 0)
    assert codes(outcome, Severity.PARKED) == [code]


NOTES = [
    ({2: "31/02/1980"}, IssueCode.DATE_IMPOSSIBLE),
    ({2: "abc"}, IssueCode.DATE_UNREADABLE),
    ({2: ""}, IssueCode.DATE_MISSING),
    ({2: 1950}, IssueCode.DATE_YEAR_ONLY),
    ({2: "01/01/1950"}, IssueCode.DATE_IMPUTED),
    ({2: "12/31/1980"}, IssueCode.DATE_MONTH_FIRST),
    ({2: "05/06/61"}, IssueCode.DATE_TWO_DIGIT_YEAR),
    ({2: 22000}, IssueCode.DATE_SERIAL),
    ({2: (1905, 5, 4)}, IssueCode.DATE_YEAR_AS_DAY),
    ({2: 45}, IssueCode.DATE_AGE),
    ({3: "?!"}, IssueCode.SEX_UNREADABLE),
    ({3: ""}, IssueCode.SEX_MISSING),
    ({4: "40060000001"}, IssueCode.NUMBER_LOST_ZERO),
    ({4: "4.0060E+11"}, IssueCode.NUMBER_FLOAT),
    ({4: "123456789"}, IssueCode.NUMBER_PLACEHOLDER),
    ({4: "12345"}, IssueCode.NUMBER_LENGTH),
    ({4: "040060000001"}, IssueCode.NUMBER_OTHER_COLUMN),
    ({4: "không"}, IssueCode.NUMBER_NONE),
    ({5: "Vợ"}, IssueCode.RELATION_SEX),
    ({6: ""}, IssueCode.NO_VILLAGE),
    ({6: "#N/A"}, IssueCode.ERROR_VALUE),
    ({1: "An"}, IssueCode.NAME_ONE_SYLLABLE),
    ({1: "Ng. Văn An"}, IssueCode.NAME_ABBREVIATED),
    ({6: "nt"}, IssueCode.DITTO_NOTHING_ABOVE),
]  # fmt: skip


@pytest.mark.parametrize(("change", "code"), NOTES, ids=[code for _, code in NOTES])
def test_a_remark_does_not_stop_a_row(change, code):
    row = [change.get(index, cell) for index, cell in enumerate(PEOPLE[0])]
    outcome = run(home(), book(HEADING, row))
    assert account(outcome) == (1, 1, 0, 0, 0)
    assert code in codes(outcome), outcome.issues


@pytest.mark.parametrize("written", ["1960-04-07", "1960.4.07", "04/1960", "1960"])
def test_a_whole_year_is_not_said_to_have_two_digits(written):
    row = [{2: written}.get(index, cell) for index, cell in enumerate(PEOPLE[0])]
    assert IssueCode.DATE_TWO_DIGIT_YEAR not in codes(run(home(), book(HEADING, row)))


def test_a_formula_in_a_kept_column_refuses_the_row_and_one_in_the_ordinal_does_not():
    look = SheetLook(formulas={2: {0: "=ROW()-1"}, 3: {1: "=UPPER(A1)"}})
    outcome = run(home(), book(HEADING, *PEOPLE, look=look))
    assert account(outcome) == (3, 2, 0, 0, 1)


def test_numbers_are_kept_as_written():
    at = home()
    run(at, book(["Họ và tên", "Số CCCD"], ["Lô Văn An", 40060000001.0], ["Vi Thị Bình", "040 162 000 002"]))
    papers = [from_payload(e.record, e.value) for e in at.log.kept if e.kind == RecordKind.DOCUMENT]
    assert [paper.get(Field.N12) for paper in papers] == ["40060000001", "040 162 000 002"]


def test_a_mapping_corrects_a_column_and_is_remembered(tmp_path):
    at = home()
    rows = [["Họ và tên", "Cột lạ", "Ngày sinh"], ["Lô Văn An", "186100001", "01/02/1960"]]
    assert IssueCode.COLUMN_UNKNOWN in codes(run(at, book(*rows), dry_run=True))
    path = tmp_path / "map.json"
    path.write_text(ListMapping({"Cột lạ": "n9"}, "id").to_text(), encoding="utf-8")
    run(at, book(*rows), mapping=path)
    outcome = run(at, book(*rows, ["Vi Thị Bình", "186100002", "03/04/1962"]))
    assert account(outcome) == (2, 1, 1, 0, 0)
    assert outcome.kinds == ("id",)
    assert outcome.preview[1].raw[Field.N9] == "186100002"


@pytest.mark.parametrize("text", ["[]", "{", '{"columns": {"A": "nonsense"}}', '{"kind": "x"}'])
def test_a_file_that_is_no_mapping_is_named(tmp_path, text):
    path = tmp_path / "map.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FieldtoolError) as caught:
        run(home(), book(HEADING, *PEOPLE), mapping=path)
    assert caught.value.code is ErrorCode.BAD_MAPPING


def test_letters_map_a_list_without_heading():
    mapping = ListMapping({"B": "name", "C": "dob"}, "id")
    outcome = run(home(), book(["x", "Lô Văn An", "1960"], ["y", "Vi Thị Bình", "1962"]), mapping=mapping)
    assert account(outcome) == (2, 2, 0, 0, 0)


@pytest.mark.parametrize(
    ("books", "options", "code"),
    [
        (book(), {}, ErrorCode.EMPTY_LIST),
        (book(["a", "b"], ["c", "d"]), {}, ErrorCode.NO_HEADER),
        (book(HEADING, *PEOPLE), {"sheet": "Khác"}, ErrorCode.NO_SUCH_SHEET),
    ],
)
def test_a_list_that_is_none_is_named_and_writes_nothing(books, options, code):
    at = home()
    with pytest.raises(FieldtoolError) as caught:
        run(at, books, **options)
    assert caught.value.code is code
    assert at.log.kept == []


def test_the_kind_can_be_told():
    outcome = run(home(), book(HEADING, *PEOPLE), kind=DocumentKind.BIRTH)
    assert outcome.kinds == ("birth",)


def test_there_are_sixty_reasons():
    assert len(IssueCode) >= 60


CELLS = st.one_of(
    st.sampled_from(["", "", "Lô Văn An", "Vi Thị Bình", "nt", '"', "không", "#REF!", "####", "Bản Xốp Nặm", "Chủ hộ", "Vợ", "Tổng cộng", "Người lập biểu",
                     "I", "Hộ số 3: Lô Văn An", "1951", "01/02/1960", "=1+1", "Nguy?n A", "186100001", "Họ và tên", "ngày 3 tháng 4 năm 2020", "(1)", "A"]),
    st.integers(0, 2100), st.floats(0, 1e12), st.text(max_size=12), st.just((1980, 2, 3)), st.booleans(),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(CELLS, max_size=8), max_size=25), st.booleans())
def test_the_account_always_adds_up(rows, twice):
    at = home()
    outcome = run(at, book(["DANH SÁCH"], HEADING, PEOPLE[0], *rows))
    assert outcome.rows == outcome.added + outcome.unchanged + outcome.parked + outcome.refused
    assert len({(i.sheet, i.row) for i in outcome.issues if i.severity is Severity.REFUSED}) == outcome.refused
    assert len(at.log.documents()) == outcome.added
    assert outcome.rows + sum(count for code, count in outcome.counts.items() if code in AROUND) <= len(rows) + 1
    if twice:
        again = run(at, book(["DANH SÁCH"], HEADING, PEOPLE[0], *rows))
        assert account(again) == (outcome.rows, 0, outcome.added, outcome.parked, outcome.refused)


AROUND = {IssueCode.SECTION_ROW, IssueCode.TOTAL_ROW, IssueCode.FOOTER_ROW, IssueCode.ORDINAL_ONLY}


def dates(at):
    return [from_payload(e.record, e.value).get(Field.DOB) for e in at.log.kept if e.kind == RecordKind.DOCUMENT]


def with_dates(*cells):
    return [[n, f"Lô Văn {chr(65 + n)}n", cell, "Nam", "", "", "Bản Xốp Nặm"] for n, cell in enumerate(cells, start=1)]


def test_a_column_of_a_us_machine_is_read_day_first_and_told():
    at = home()
    outcome = run(at, book(HEADING, *with_dates("04/05/1985", "12/25/1990", "1/2/99")))
    assert dates(at) == ["05/04/1985", "25/12/1990", "2/1/99"]
    assert codes(outcome).count(IssueCode.DATE_MONTH_FIRST) == 3
    assert [issue.text for issue in outcome.issues if issue.code is IssueCode.DATE_MONTH_FIRST][0] == "04/05/1985"
    assert IssueCode.COLUMN_MONTH_FIRST in codes(outcome)


def test_one_day_that_fits_only_day_first_leaves_the_column_alone():
    at = home()
    outcome = run(at, book(HEADING, *with_dates("04/05/1985", "12/25/1990", "25/12/1990")))
    assert dates(at) == ["04/05/1985", "12/25/1990", "25/12/1990"]
    assert IssueCode.COLUMN_MONTH_FIRST not in codes(outcome)


def test_dates_that_a_us_machine_typed_turned_are_turned_back():
    at = home()
    typed = [(1980 + n, n + 1, (n + 3) % 12 + 1) for n in range(10)]
    outcome = run(at, book(HEADING, *with_dates("13/02/1985", "28/02/1990", "30/11/1999", *typed)))
    assert dates(at)[:4] == ["13/02/1985", "28/02/1990", "30/11/1999", "01/04/1980"]
    assert dates(at)[5] == f"{typed[2][1]:02d}/{typed[2][2]:02d}/1982"
    assert IssueCode.COLUMN_DAY_MONTH_TURNED in codes(outcome)


def test_typed_dates_with_one_day_beyond_the_twelfth_stay():
    at = home()
    typed = [*[(1980 + n, n + 1, 3) for n in range(10)], (1999, 5, 20)]
    outcome = run(at, book(HEADING, *with_dates("13/02/1985", "28/02/1990", "30/11/1999", *typed)))
    assert dates(at)[3] == "03/01/1980"
    assert IssueCode.COLUMN_DAY_MONTH_TURNED not in codes(outcome)


def test_unknown_days_and_days_that_many_share_tell_nothing_of_a_machine():
    first_days = [(1930 + n, 1, 1) for n in range(20)]
    outcome = run(
        at := home(), book(HEADING, *with_dates("13/02/1985", "28/02/1990", "30/11/1999", (1955, 3, 2), *first_days))
    )
    assert dates(at)[3] == "02/03/1955"
    assert IssueCode.COLUMN_DAY_MONTH_TURNED not in codes(outcome)
    heading = [*HEADING, "Ngày cấp"]
    issued = ["25/06/2021", "26/06/2021", "27/06/2021", *[(2021, month, 2) for month in range(3, 13)]]
    rows = [[*row, day] for row, day in zip(with_dates(*["05/06/1985"] * 13), issued, strict=True)]
    assert IssueCode.COLUMN_DAY_MONTH_TURNED not in codes(run(home(), book(heading, *rows)))


def test_blanks_in_a_date_of_a_us_machine_do_not_keep_it_from_being_turned():
    at = home()
    run(at, book(HEADING, *with_dates("4 / 5 / 1985", "12/25/1990")))
    assert dates(at) == ["5 / 4 / 1985", "25/12/1990"]
