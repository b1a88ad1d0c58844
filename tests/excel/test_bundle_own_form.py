"""The quick lane reads what the strict reader reads, or leaves it to it."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldtool.bundles.manifest import CHANGES, SHEET
from fieldtool.excel.bundle_own_form import OtherForm, own_rows
from fieldtool.excel.bundle_reader import _COLUMN, BundleReader
from fieldtool.excel.bundle_writer import sheet_head, write_workbook
from fieldtool.records.errors import FieldtoolError

CELL = '<c r="{at}" s="1" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
PART = "xl/worksheets/sheet2.xml"


def book(rows: list[tuple[str, ...]]) -> bytes:
    return write_workbook((SHEET, CHANGES), rows, lambda: [("khoa", "gia_tri")])[0]


def with_sheet(sheet: str) -> bytes:
    """A workbook whose change sheet is this text."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book([("a",)]))) as given_, zipfile.ZipFile(buffer, "w") as package:
        for name in given_.namelist():
            package.writestr(zipfile.ZipInfo(name), sheet.encode() if name == PART else given_.read(name))
    return buffer.getvalue()


def said(content: bytes, quick: bool) -> object:
    try:
        return list(BundleReader(content, (SHEET, CHANGES)).rows(CHANGES, quick))
    except FieldtoolError as error:
        return error.code


def lane(sheet: str, size: int = 7) -> list[tuple[int, tuple[str, ...]]]:
    content = sheet.encode()
    return list(own_rows((content[start : start + size] for start in range(0, len(content), size)), _COLUMN))


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=12)
ODD = st.sampled_from(
    ["", "a & b", "<x>", "&amp;", "_x0041_", "_x000D_", "dòng\nhai", "]]>", '"', "'", "\t", "𝒳", "e\u0301"]
)


@settings(max_examples=50)
@given(st.lists(st.lists(TEXT | ODD, min_size=1, max_size=20).map(tuple), min_size=1, max_size=6))
def test_what_the_writer_wrote_is_read_alike(rows):
    content = book(rows)
    assert said(content, quick=True) == said(content, quick=False)


def test_a_sheet_of_ours_is_read_by_the_lane_alone_in_any_blocks():
    row = f'<row r="1">{CELL.format(at="A1", text="Lô &amp; Vừ")}{CELL.format(at="C1", text="𝒳")}</row>'
    sheet = f"{sheet_head()}{row}</sheetData></worksheet>"
    for size in (1, 2, 3, 64, 100_000):
        assert lane(sheet, size) == [(1, ("Lô & Vừ", "", "𝒳"))]


@pytest.mark.parametrize("text", ["a &amp; b", "_x0041_"])
def test_an_escape_is_seen_however_many_blocks_its_row_has(text):
    cells = [[f"A{n}", "thường"] for n in range(1, 7)]
    cells[4][1] = text
    rows = "".join(
        f'<row r="{n}">{CELL.format(at=at, text=said)}{CELL.format(at=f"B{n}", text="x" * 300)}</row>'
        for n, (at, said) in enumerate(cells, start=1)
    )
    sheet = f"{sheet_head()}{rows}</sheetData></worksheet>"
    whole = lane(sheet, 1_000_000)
    assert whole[4][1][0] == {"a &amp; b": "a & b", "_x0041_": "A"}[text]
    for size in (1, 5, 30, 64, 200, 450, 1_000):
        assert lane(sheet, size) == whole


ROW = f'<row r="2">{CELL.format(at="A2", text="x")}</row>'
CHANGED = {
    "another attribute": ROW.replace('r="2">', 'r="2" spans="1:1">', 1),
    "a comment": ROW.replace("<is>", "<!-- x --><is>"),
    "a second text": ROW.replace("</t></is>", "</t></is><is><t>y</t></is>"),
    "an entity": ROW.replace(">x<", ">&#65;<"),
    "half an entity": ROW.replace(">x<", ">&am<"),
    "a carriage return": ROW.replace(">x<", ">x\r<"),
    "a control character": ROW.replace(">x<", ">\x01<"),
    "no character": ROW.replace(">x<", ">\uffff<"),
    "a section": ROW.replace(">x<", "><![CDATA[x]]><"),
    "the end of a section": ROW.replace(">x<", ">x]]><"),
    "a row twice": ROW + ROW,
    "a row before": ROW + ROW.replace("2", "1"),
    "a row of zero": ROW.replace('"2"', '"0"').replace("A2", "A0"),
    "another row's cell": ROW.replace("A2", "A3"),
    "a cell twice": ROW.replace("</row>", CELL.format(at="A2", text="y") + "</row>"),
    "a cell before": ROW.replace("<c ", CELL.format(at="B2", text="y") + "<c ", 1),
    "a column beyond": ROW.replace("A2", "ZZ2"),
    "a number": ROW.replace(' t="inlineStr"', ""),
    "a formula": ROW.replace("<is>", "<f>1+1</f><is>"),
    "text between cells": ROW.replace("</c>", "</c>z"),
    "text between rows": ROW + "z",
    "a row in a row": ROW.replace("</row>", ROW + "</row>"),
    "no end": ROW.removesuffix("</row>"),
    "a digit of another script": ROW.replace('"2"', '"٢"'),
    "the longest text": ROW.replace(">x<", f">{'x' * 32_768}<"),
    "another sheet's end": ROW + "</sheetData><sheetData>",
}


@pytest.mark.parametrize("change", CHANGED)
def test_what_is_spelt_otherwise_is_left_to_the_strict_reader(change):
    sheet = f"{sheet_head()}{CHANGED[change]}</sheetData></worksheet>"
    with pytest.raises(OtherForm):
        lane(sheet, 1000)
    content = with_sheet(sheet)
    assert said(content, quick=True) == said(content, quick=False)


PIECE = st.sampled_from(["", "<", ">", "&", "x", '"', "</row>", "\r", "\ufeff", "1"])


@settings(max_examples=60)
@given(
    st.integers(0, 2_000),
    st.sampled_from(["", "<", ">", "&", "x", '"', "</row>", "\r", "\ufeff", "1"]),
    st.integers(0, 3),
)
def test_a_changed_sheet_gets_one_answer(place, piece, cut):
    rows = "".join(
        f'<row r="{n}">{CELL.format(at=f"A{n}", text=f"a{n} &lt; b")}{CELL.format(at=f"B{n}", text="")}</row>'
        for n in range(1, 9)
    )
    sheet = f"{sheet_head()}{rows}</sheetData></worksheet>"
    place %= len(sheet)
    content = with_sheet(sheet[:place] + piece + sheet[place + cut :])
    assert said(content, quick=True) == said(content, quick=False)


@pytest.mark.parametrize(
    "rows",
    [
        [("a", ""), ("b",), ("c", "d")],
        [("a", "b"), ("c",), ("d", "e", "f"), ("g", "h")],
        [("a", "", "c"), ("d", "e", "f"), ("g", "", "i")],
        [("a & b", "c"), ("d", "e"), ("<", "f"), ("g", "_x0041_")],
    ],
)
def test_rows_of_other_shapes_than_the_row_before_are_read_alike(rows):
    content = book(rows)
    assert said(content, quick=True) == said(content, quick=False)
    written = "".join(
        f'<row r="{number}">' + "".join(CELL.format(at=f"{'ABC'[i]}{number}", text="") for i in range(size)) + "</row>"
        for number, size in ((1, 2), (2, 1), (3, 3))
    )
    sheet = sheet_head() + written + "</sheetData></worksheet>"
    assert said(with_sheet(sheet), quick=True) == said(with_sheet(sheet), quick=False)


def test_a_sheet_with_a_new_shape_in_each_row_is_read_alike():
    rows = [tuple("x" if number >> bit & 1 else "" for bit in range(9)) + ("z",) for number in range(300)]
    content = book(rows)
    assert said(content, quick=True) == said(content, quick=False) == list(enumerate(rows, 1))


@pytest.mark.parametrize("wrong", ["a>b", "a</t>b", "a]]>b"])
def test_a_row_of_a_known_shape_with_something_between_goes_to_the_strict_reader(wrong):
    rows = "".join(
        f'<row r="{n}">{CELL.format(at=f"A{n}", text=text)}</row>' for n, text in ((1, "x"), (2, "y"), (3, wrong))
    )
    with pytest.raises(OtherForm):
        lane(sheet_head() + rows + "</sheetData></worksheet>")


def test_a_cell_that_bears_another_rows_number_goes_to_the_strict_reader():
    rows = f'<row r="1">{CELL.format(at="A1", text="x")}</row><row r="2">{CELL.format(at="A3", text="y")}</row>'
    with pytest.raises(OtherForm):
        lane(sheet_head() + rows + "</sheetData></worksheet>")
