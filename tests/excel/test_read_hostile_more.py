"""Hostile files that show only in their content: far cells, repetitions, long lines, damaged parts, cyclic tables."""

# ruff: noqa: E501 - markup reads better in one line

import random
import struct
import zipfile
from pathlib import Path

import pytest
import python_calamine
from hypothesis import given
from hypothesis import strategies as st
from test_read_hostile import changed, flipped, workbook

from fieldtool.excel import child, read_look_xlsx, read_text
from fieldtool.excel.read_book import ChildWorkbooks
from fieldtool.excel.read_refusals import Refused
from fieldtool.records.errors import ErrorCode, FieldtoolError

BOOKS = Path(__file__).resolve().parents[1] / "books"
SHEET = "xl/worksheets/sheet1.xml"
MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def cell(ref: bytes) -> bytes:
    return b'<c r="' + ref + b'" t="inlineStr"><is><t>x</t></is></c>'


def far_cell(column: bytes, row: bytes, quote: bytes = b'"'):
    """Two cells, the second far off: a reader would lay out all between them."""
    rows = b'<row r="1">' + cell(b"A1") + b'</row><row r="' + row + b'">' + cell(column + row) + b"</row>"
    content = b"<worksheet " + MAIN + b"><sheetData>" + rows.replace(b'"', quote) + b"</sheetData></worksheet>"
    return lambda path: changed(workbook(path), lambda parts: {**parts, SHEET: content})


def utf16_document_type(path):
    text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY b "c">]><worksheet/>'
    return changed(workbook(path), lambda parts: {**parts, SHEET: text.encode("utf-16")})


def more_texts_than_cells(path):
    texts = b"<sst " + MAIN + b">" + b"".join(b"<si><t>%x</t></si>" % (n * 7919) for n in range(3_200_000)) + b"</sst>"
    return changed(workbook(path), lambda parts: {**parts, "xl/sharedStrings.xml": texts})


def damaged_styles(path):
    """Bytes that no unpacker takes, in a part that is read whole."""
    workbook(path)
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as package:
        at = package.getinfo("xl/styles.xml").header_offset + 60
    content[at : at + 40] = b"\xff" * 40
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (far_cell(b"XFD", b"1048576"), ErrorCode.WORKBOOK_ROWS),
        (far_cell(b"Z", b"1000000"), ErrorCode.WORKBOOK_ROWS),
        (far_cell(b"XFD", b"2000", b"'"), ErrorCode.WORKBOOK_ROWS),
        (far_cell(b"A", b"2000000000"), ErrorCode.HOSTILE_WORKBOOK),
        (far_cell(b"ZZZZZZ", b"4294967299"), ErrorCode.HOSTILE_WORKBOOK),
        (utf16_document_type, ErrorCode.WORKBOOK_ENTITIES),
        (more_texts_than_cells, ErrorCode.WORKBOOK_BOMB),
        (damaged_styles, ErrorCode.NOT_A_WORKBOOK),
        (flipped, ErrorCode.NOT_A_WORKBOOK),
    ],
)
def test_refused_by_name_before_anything_is_laid_out(make, code, tmp_path):
    with pytest.raises(Refused) as caught:
        child.opened(make(tmp_path / "x.xlsx"))
    assert caught.value.code is code


def test_one_stray_cell_at_the_bottom_of_a_narrow_list_is_no_attack(tmp_path):
    source = child.opened(far_cell(b"C", b"1048576")(tmp_path / "x.xlsx"))
    assert [number for number, _ in source.rows(0)] == [1, 1_048_576]


def test_many_hidden_columns_are_told_once(tmp_path):
    many = b"<cols>" + b'<col min="1" max="16384" hidden="1"/>' * 5000 + b"</cols><sheetData>"
    path = changed(
        workbook(tmp_path / "x.xlsx"), lambda parts: {**parts, SHEET: parts[SHEET].replace(b"<sheetData>", many)}
    )
    hidden = child.opened(path).look(0)[5]
    assert 500 <= len(hidden) < 20_000


OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
HEADING = '<table:table-row><table:table-cell office:value-type="string"><text:p>Họ và tên</text:p></table:table-cell></table:table-row>'


def ods(path: Path, rows: str) -> Path:
    content = (
        f'<?xml version="1.0"?><office:document-content xmlns:office="{OFFICE}office:1.0" xmlns:table="{OFFICE}table:1.0" '
        f'xmlns:text="{OFFICE}text:1.0"><office:body><office:spreadsheet><table:table table:name="S">{HEADING}{rows}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("META-INF/manifest.xml", "<a/>")
        package.writestr("content.xml", content)
    return path


def repeated(rows: int, columns: int, before: int = 0) -> str:
    blank = f'<table:table-cell table:number-columns-repeated="{before}"/>' if before else ""
    return (
        f'<table:table-row table:number-rows-repeated="{rows}">{blank}<table:table-cell office:value-type="string" '
        f'table:number-columns-repeated="{columns}"><text:p>x</text:p></table:table-cell></table:table-row>'
    )


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (repeated(1_048_575, 16_384), ErrorCode.WORKBOOK_BOMB),
        (repeated(1000, 190) * 30, ErrorCode.WORKBOOK_BOMB),
        (repeated(1, 1, 1_000_000_000), ErrorCode.HOSTILE_WORKBOOK),
        (
            '<table:table-row table:number-rows-repeated="1000000000000"><table:table-cell/></table:table-row>'
            + repeated(1, 1),
            ErrorCode.HOSTILE_WORKBOOK,
        ),
        (
            '<table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row>'
            + repeated(1, 1, 16_000),
            ErrorCode.WORKBOOK_ROWS,
        ),
    ],
)
def test_repetitions_without_end_are_refused(rows, code, tmp_path):
    with pytest.raises(Refused) as caught:
        child.opened(ods(tmp_path / "x.ods", rows))
    assert caught.value.code is code


def test_a_blank_tail_to_the_last_row_is_nothing(tmp_path):
    tail = '<table:table-row table:number-rows-repeated="1048575"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    source = child.opened(ods(tmp_path / "x.ods", tail))
    assert [row for _, row in source.rows(0)] == [["Họ và tên"]]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"Ho ten,Nam sinh," + b"a," * 1_500_000, ErrorCode.HOSTILE_WORKBOOK),
        (b"Ho ten,Nam sinh\n" + b"b" * 1_500_000, ErrorCode.NOT_A_WORKBOOK),
        (b"Ho ten,Nam sinh\n" + b",\n" * 300_000, ErrorCode.WORKBOOK_ROWS),
        (b"Ho ten,Nam sinh\n\0\0\0\0", ErrorCode.NOT_A_WORKBOOK),
    ],
)
def test_texts_without_end_are_refused(content, code, tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    with pytest.raises(Refused) as caught:
        list(child.opened(path).rows(0))
    assert caught.value.code is code


def test_a_long_text_is_read_once_to_tell_its_encoding(tmp_path, monkeypatch):
    """No block is looked at again with the next, so that one endless line costs no more than many short ones."""
    monkeypatch.setattr(read_text, "_SAMPLE", 1000)
    path = tmp_path / "x.csv"
    path.write_bytes("ệ".encode() * 5000)
    assert read_text.encoding_of(path) == "utf-8"
    path.write_bytes("ệ".encode() * 5000 + b"\xe1")
    assert read_text.encoding_of(path) == "cp1252"


def with_table(change):
    content = bytearray((BOOKS / "birth_register.xls").read_bytes())
    at = (struct.unpack_from("<I", content, 0x4C)[0] + 1) * 512
    for index in range(128):
        struct.pack_into("<I", content, at + 4 * index, change(index))
    return bytes(content)


@pytest.mark.parametrize(
    "content",
    [
        with_table(lambda index: index),
        with_table(lambda index: (index + 1) % 128),
        with_table(lambda index: 0x7FFFFFFF),
        (BOOKS / "birth_register.xls").read_bytes()[:3000],
        (BOOKS / "birth_register.xls").read_bytes()[:8],
    ],
)
def test_a_damaged_table_of_sectors_ends(content, tmp_path):
    path = tmp_path / "x.xls"
    path.write_bytes(content)
    with pytest.raises(FieldtoolError) as caught, ChildWorkbooks().read(path):
        pass
    assert caught.value.code is ErrorCode.NOT_A_WORKBOOK


@pytest.mark.parametrize("name", ["x.xlsx", "birth_register.ods"])
def test_damage_anywhere_is_read_or_refused(name, tmp_path):
    source = workbook(tmp_path / "x.xlsx") if name == "x.xlsx" else BOOKS / name
    whole = source.read_bytes()
    chance = random.Random(11)
    path = tmp_path / f"damaged{source.suffix}"
    for _ in range(60):
        content = bytearray(whole)
        for _ in range(chance.choice([1, 5, 20])):
            content[chance.randrange(4, len(content))] = chance.randrange(256)
        path.write_bytes(content)
        try:
            opened = child.opened(path)
            for index in range(len(opened.sheets())):
                list(opened.rows(index))
        except (Refused, python_calamine.CalamineError):
            continue


@given(
    st.lists(st.sampled_from(["<c r=", "<row r=", '"', "A", "Z", "AB", "XFD", "1", "99999", "100000", " ", "'", ">"]))
)
def test_the_quick_look_for_far_cells_overlooks_none(parts):
    piece = "".join(parts).encode("ascii")
    look, whole = read_look_xlsx.Look(), read_look_xlsx.Look()
    read_look_xlsx._stretch(piece, look)
    read_look_xlsx._stretch(piece + b"'", whole)  # a single quote anywhere sends it the slow way
    assert (look.last_row, look.last_column) == (whole.last_row, whole.last_column)


def test_far_cells_are_seen():
    look = read_look_xlsx.Look(last_row=99_999)
    read_look_xlsx._stretch(b'<row r="100001"><c r="AB100001"/></row>', look)
    assert (look.last_row, look.last_column) == (100_001, 28)
