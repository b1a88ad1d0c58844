"""Cells that are struck through, and cells that a formula computed."""

import sys
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from fieldtool.intake.issues import IssueCode, Severity
from fieldtool.records.fields import Field
from fieldtool.records.raw_books import SheetLook

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "books")]
from books_in_memory import opened  # noqa: E402
from list_home import home  # noqa: E402
from test_import_list import HEADING, PEOPLE, account, book, codes, run  # noqa: E402


def test_a_person_whose_name_is_struck_through_is_parked_with_all_that_was_read():
    outcome = run(home(), book(HEADING, *PEOPLE, look=SheetLook(struck={3: 0b1111111})))
    assert account(outcome) == (3, 2, 0, 1, 0)
    assert codes(outcome, Severity.PARKED) == [IssueCode.STRUCK_OUT]
    assert outcome.preview[1].raw[Field.N9] == "186100002"


def test_what_is_struck_through_beside_a_name_is_not_taken():
    outcome = run(home(), book(HEADING, *PEOPLE, look=SheetLook(struck={3: 1 << 4})))
    assert account(outcome) == (3, 3, 0, 0, 0)
    assert Field.N9 not in outcome.preview[1].raw
    struck = [issue for issue in outcome.issues if issue.code is IssueCode.CELL_STRUCK]
    assert [(issue.cell, issue.text, issue.about) for issue in struck] == [("E3", "186100002", Field.N9)]


def test_a_saved_value_of_a_formula_is_taken_with_a_note_and_an_unsaved_one_refuses_the_row():
    look = SheetLook(computed={2: {0: "=ROW()-1", 1: "=UPPER(A1)"}}, formulas={3: {2: "=A1"}})
    outcome = run(home(), book(HEADING, *PEOPLE, look=look))
    assert account(outcome) == (3, 2, 0, 0, 1)
    noted = [(issue.code, issue.cell) for issue in outcome.issues if "formula" in issue.code]
    assert noted == [(IssueCode.FORMULA_VALUE, "B2"), (IssueCode.FORMULA_IN_CELL, "C3")]


def test_a_formula_that_came_to_nothing_needs_no_note():
    row = [*PEOPLE[0][:4], "", *PEOPLE[0][5:]]
    outcome = run(home(), book(HEADING, row, look=SheetLook(computed={2: {4: '=IF(A1="","","x")'}})))
    assert account(outcome) == (1, 1, 0, 0, 0)
    assert IssueCode.FORMULA_VALUE not in codes(outcome)


def test_the_quick_way_looks_at_such_rows_too():
    people = [
        [n, f"Lô Văn A{chr(97 + n % 26)}", "01/02/1960", "Nam", f"1861{n:05d}", "Con", "Bản Phồng"] for n in range(60)
    ]
    at = home()
    outcome = run(at, book(HEADING, *people, look=SheetLook(struck={50: 2}, computed={51: {2: "=A1"}})))
    assert account(outcome) == (60, 59, 0, 1, 0)
    assert {IssueCode.STRUCK_OUT, IssueCode.FORMULA_VALUE} <= {issue.code for issue in outcome.issues}


def _written(path: Path, fill) -> Path:
    made = xlsxwriter.Workbook(str(path))
    fill(made, made.add_worksheet())
    made.close()
    return path


def test_an_excel_file_tells_struck_cells_and_saved_values(tmp_path):
    def fill(made, sheet):
        crossed = made.add_format({"font_strikeout": True})
        sheet.write_string("A2", "Lô Văn An", crossed)
        sheet.write_formula("B2", '=A2&""', None, "Lô Văn An")

    (sheet,) = opened(_written(tmp_path / "a.xlsx", fill)).sheets()
    assert dict(sheet.look.struck) == {2: 1}
    assert dict(sheet.look.computed) == {2: {1: '=A2&amp;""'}}
    assert dict(sheet.look.formulas) == {}


@pytest.mark.parametrize(("kind", "saved"), [(b"", False), (b' t="str"', True)], ids=("nothing", "an empty text"))
def test_a_formula_without_a_saved_value_is_told_apart(tmp_path, kind, saved):
    path = _written(tmp_path / "a.xlsx", lambda made, sheet: sheet.write_formula("B2", "=A2", None, 7))
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as new:
        for name in old.namelist():
            content = old.read(name).replace(b"<v>7</v>", b"<v></v>").replace(b'<c r="B2"', b'<c r="B2"' + kind)
            new.writestr(name, content)
    (sheet,) = opened(tmp_path / "b.xlsx").sheets()
    assert dict(sheet.look.computed if saved else sheet.look.formulas) == {2: {1: "=A2"}}
    assert dict(sheet.look.formulas if saved else sheet.look.computed) == {}


PAGE = "<table><tr><td>Họ và tên</td><td>Ngày sinh</td></tr><tr><td>{}</td><td>1960</td></tr></table>"


@pytest.mark.parametrize(
    "cell",
    ["<s>Lô Văn An</s>", "<del>Lô Văn An</del>", '<span style="text-decoration: line-through">Lô Văn An</span>'],
)
def test_a_page_tells_struck_cells(tmp_path, cell):
    path = tmp_path / "a.xls"
    path.write_text(f"<html><meta charset=utf-8>{PAGE.format(cell)}</html>", encoding="utf-8")
    (sheet,) = opened(path).sheets()
    assert dict(sheet.look.struck) == {2: 1}


def test_the_xml_of_excel_2003_tells_both(tmp_path):
    path = tmp_path / "a.xls"
    path.write_text(
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
        ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles><Style ss:ID="s1">'
        '<Font ss:StrikeThrough="1"/></Style></Styles><Worksheet ss:Name="S"><Table><Row><Cell ss:StyleID="s1">'
        '<Data ss:Type="String">An</Data></Cell>'
        '<Cell ss:Formula="=RC[-1]"><Data ss:Type="String">An</Data></Cell><Cell ss:Formula="=RC[-2]"/></Row></Table>'
        "</Worksheet></Workbook>",
        encoding="utf-8",
    )
    (sheet,) = opened(path).sheets()
    assert dict(sheet.look.struck) == {1: 1}
    assert dict(sheet.look.computed) == {1: {1: "=RC[-1]"}}
    assert dict(sheet.look.formulas) == {1: {2: "=RC[-2]"}}


@pytest.mark.parametrize(
    ("written", "name", "relation"),
    [
        ("Vợ: Vi Thị Bình", "Vi Thị Bình", "Vợ"),
        ("- Con dâu - Vi Thị Bình", "Vi Thị Bình", "Con dâu"),
        ("Con 2: Vi Thị Bình", "Vi Thị Bình", "Con"),
        ("Vi Thị Bình (vợ)", "Vi Thị Bình (vợ)", "vợ"),
        ("Vi Thị Bình (đã mất)", "Vi Thị Bình (đã mất)", ""),
        ("Ghi chú: Vi Thị Bình", "Ghi chú: Vi Thị Bình", ""),
        ("Vi Thị Bình", "Vi Thị Bình", ""),
    ],
)
def test_a_relation_in_the_cell_of_the_name(written, name, relation):
    at = home()
    outcome = run(at, book(HEADING[:5], [1, written, "1962", "Nữ", "186100002"]))
    raw = outcome.preview[0].raw
    assert (raw[Field.NAME], raw.get(Field.RELATION, "")) == (name, relation)
    assert (IssueCode.NAME_RELATION in codes(outcome)) == bool(relation)
