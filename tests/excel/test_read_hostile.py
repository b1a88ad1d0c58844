"""Hostile and broken files are refused by name, inside the reading process, and nothing else happens."""

import io
import multiprocessing
import os
import sys
import zipfile
from multiprocessing import spawn
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnContext, SpawnProcess
from pathlib import Path

import pytest
import xlsxwriter

from fieldtool.excel import read_package
from fieldtool.excel.read_book import ChildWorkbooks
from fieldtool.records.errors import ErrorCode, FieldtoolError


def workbook(path: Path, fill=None) -> Path:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Sổ")
    sheet.write_row(0, 0, ["Họ và tên", "Ngày sinh", "Số CCCD"])
    sheet.write_row(1, 0, ["Lô Văn Thử", "01/02/1980", "040080000001"])
    if fill:
        fill(book, sheet)
    book.close()
    return path


def changed(path: Path, change) -> Path:
    """A copy of a workbook with its parts changed: name → bytes in, name → bytes out."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts = change(parts)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def sheet_changed(path: Path, old: bytes, new: bytes) -> Path:
    name = "xl/worksheets/sheet1.xml"
    return changed(path, lambda parts: {**parts, name: parts[name].replace(old, new, 1)})


def zip_bomb(path):
    return changed(
        workbook(path), lambda parts: {**parts, "xl/sharedStrings.xml": b"<sst>" + b" " * 60_000_000 + b"</sst>"}
    )


def many_parts(path):
    return changed(workbook(path), lambda parts: {**parts, **{f"xl/x{n}.xml": b"<a/>" for n in range(3000)}})


def entity_bomb(path):
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><sst>&b;</sst>'
    return changed(workbook(path), lambda parts: {**parts, "xl/sharedStrings.xml": bomb})


def entity_in_sheet(path):
    return sheet_changed(workbook(path), b"<worksheet", b'<!DOCTYPE worksheet [<!ENTITY a "b">]><worksheet')


def entity_in_workbook(path):
    name = "xl/workbook.xml"
    return changed(
        workbook(path),
        lambda p: {**p, name: p[name].replace(b"<workbook", b'<!DOCTYPE w [<!ENTITY a "b">]><workbook', 1)},
    )


def million_rows(path):
    rows = b"".join(
        b'<row r="%d" s="1" customFormat="1"><c r="A%d" s="1"/></row>' % (n, n) for n in range(3, 1_048_577)
    )
    return sheet_changed(workbook(path), b"</sheetData>", rows + b"</sheetData>")


def macros(path):
    return changed(workbook(path), lambda parts: {**parts, "xl/vbaProject.bin": b"\0" * 100})


def macro_type(path):
    name = "[Content_Types].xml"
    kinds = (
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    return changed(workbook(path), lambda parts: {**parts, name: parts[name].replace(*kinds)})


def external_link(path):
    return changed(workbook(path), lambda parts: {**parts, "xl/externalLinks/externalLink1.xml": b"<externalLink/>"})


def formula(text):
    return lambda path: workbook(path, lambda book, sheet: sheet.write_formula("A3", text, None, "Lô Văn Hai"))


def other(content):
    def make(path):
        path.write_bytes(content)
        return path

    return make


def plain_zip(path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("a.txt", "a")
    path.write_bytes(buffer.getvalue())
    return path


def cut(path):
    workbook(path)
    path.write_bytes(path.read_bytes()[:-400])
    return path


def flipped(path):
    workbook(path)
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as package:
        at = package.getinfo("xl/worksheets/sheet1.xml").header_offset + 80
    content[at : at + 30] = b"\xff" * 30
    path.write_bytes(content)
    return path


def outside_names(path):
    return changed(workbook(path), lambda parts: {**parts, "../../evil.xml": b"<a/>"})


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
CASES = [
    (zip_bomb, ErrorCode.WORKBOOK_BOMB),
    (many_parts, ErrorCode.HOSTILE_WORKBOOK),
    (outside_names, ErrorCode.HOSTILE_WORKBOOK),
    (entity_bomb, ErrorCode.WORKBOOK_ENTITIES),
    (entity_in_sheet, ErrorCode.WORKBOOK_ENTITIES),
    (entity_in_workbook, ErrorCode.WORKBOOK_ENTITIES),
    (million_rows, ErrorCode.WORKBOOK_ROWS),
    (macros, ErrorCode.WORKBOOK_MACROS),
    (macro_type, ErrorCode.WORKBOOK_MACROS),
    (external_link, ErrorCode.WORKBOOK_LINKS),
    (formula('=WEBSERVICE("http://example.invalid")'), ErrorCode.WORKBOOK_FORMULA),
    (formula("=cmd|'/c calc'!A1"), ErrorCode.WORKBOOK_FORMULA),
    (formula('=HYPERLINK("https://example.invalid","x")'), ErrorCode.WORKBOOK_FORMULA),
    (formula("='[1]Sheet1'!A1"), ErrorCode.WORKBOOK_FORMULA),
    (other(b"\x89PNG\r\n\x1a\n" + b"\0" * 500), ErrorCode.NOT_A_WORKBOOK),
    (other(b"MZ" + b"\0" * 500), ErrorCode.NOT_A_WORKBOOK),
    (other(b"%PDF-1.7\n"), ErrorCode.NOT_A_WORKBOOK),
    (other(b""), ErrorCode.NOT_A_WORKBOOK),
    (plain_zip, ErrorCode.NOT_A_WORKBOOK),
    (cut, ErrorCode.NOT_A_WORKBOOK),
    (flipped, ErrorCode.NOT_A_WORKBOOK),
    (other(OLE), ErrorCode.NOT_A_WORKBOOK),
    (other(OLE + "EncryptedPackage".encode("utf-16-le")), ErrorCode.PROTECTED_WORKBOOK),
    (other(OLE + "Workbook _VBA_PROJECT".encode("utf-16-le")), ErrorCode.WORKBOOK_MACROS),
]


@pytest.mark.parametrize(
    ("make", "code"), CASES, ids=[f"{make.__name__}-{code}-{n}" for n, (make, code) in enumerate(CASES)]
)
def test_refused_by_name(make, code, tmp_path):
    path = make(tmp_path / "list.xlsx")
    before = path.read_bytes()
    with pytest.raises(FieldtoolError) as caught:
        ChildWorkbooks().read(path)
    assert caught.value.code is code
    assert caught.value.place.file == "list.xlsx"
    assert path.read_bytes() == before


def test_a_dangerous_formula_is_named_with_its_cell(tmp_path):
    path = formula('=WEBSERVICE("x")')(tmp_path / "a.xlsx")
    with pytest.raises(FieldtoolError) as caught:
        ChildWorkbooks().read(path)
    assert (caught.value.place.sheet, caught.value.place.cell) == ("Sổ", "A3")


def test_a_binary_called_csv_is_no_list(tmp_path):
    path = other(b"\x00\x01\x02" * 100)(tmp_path / "a.csv")
    with pytest.raises(FieldtoolError) as caught:
        ChildWorkbooks().read(path)
    assert caught.value.code is ErrorCode.NOT_A_WORKBOOK


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(FieldtoolError) as caught:
        ChildWorkbooks().read(tmp_path / "none.xlsx")
    assert caught.value.code is ErrorCode.NO_FILE


def test_a_blank_formatted_tail_is_no_rows(tmp_path):
    path = workbook(
        tmp_path / "tail.xlsx",
        lambda book, sheet: [sheet.set_row(row, None, book.add_format({"bold": True})) for row in range(3, 20_000)],
    )
    with ChildWorkbooks().read(path) as book:
        (sheet,) = book.sheets()
        assert [number for number, _ in sheet.rows()] == [1, 2]


def test_a_reader_that_dies_is_reported_and_harms_nothing(tmp_path):
    with ChildWorkbooks().read(workbook(tmp_path / "a.xlsx")) as book:
        (child,) = multiprocessing.active_children()
        child.kill()
        child.join()
        with pytest.raises(FieldtoolError) as caught:
            next(book.sheets()).head()
    assert caught.value.code is ErrorCode.READER_FAILED


@pytest.fixture(name="dying_reader")
def _dying_reader(monkeypatch):
    """A reading process that ends before it has taken its end of the pipe: on Windows that end then stays open here."""
    kept = []
    make = SpawnContext.Pipe

    def pipe(context):
        ours, theirs = make(context)
        if sys.platform != "win32":
            kept.append(Connection(os.dup(theirs.fileno())))
        return ours, theirs

    monkeypatch.setattr(SpawnContext, "Pipe", pipe, raising=False)
    monkeypatch.setattr(spawn, "get_command_line", lambda **_: [sys.executable, "-c", "pass"])
    yield
    for end in kept:
        end.close()


def test_a_reader_that_dies_while_it_starts_is_told_though_its_pipe_stays_open(tmp_path, dying_reader):
    with pytest.raises(FieldtoolError) as caught:
        ChildWorkbooks().read(workbook(tmp_path / "a.xlsx"))
    assert caught.value.code is ErrorCode.READER_FAILED


def test_a_reader_that_cannot_be_started_is_told(tmp_path, monkeypatch):
    def refused(process):
        raise OSError(1455, "paging file too small")

    monkeypatch.setattr(SpawnProcess, "_Popen", staticmethod(refused))
    with pytest.raises(FieldtoolError) as caught:
        ChildWorkbooks().read(workbook(tmp_path / "a.xlsx"))
    assert caught.value.code is ErrorCode.READER_FAILED
    assert not multiprocessing.active_children()


def test_values_cross_the_process_whole(tmp_path):
    def fill(book, sheet):
        sheet.write_row(2, 0, ["Vi Thị Hai", 1951, True])
        sheet.write_row(1500, 0, ["Cuối", "x", "y"])

    path = workbook(tmp_path / "a.xlsx", fill)
    with ChildWorkbooks().read(path) as book:
        assert book.sheet_names() == ("Sổ",)
        (sheet,) = book.sheets()
        rows = list(sheet.rows())
    assert rows[2] == (3, ["Vi Thị Hai", 1951.0, True])
    assert rows[-1] == (1501, ["Cuối", "x", "y"])


def test_the_cap_on_parts_is_checked_before_anything_is_unpacked(tmp_path, monkeypatch):
    path = zip_bomb(tmp_path / "a.xlsx")
    read = []
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *a, **k: read.append(a) or io.BytesIO())
    with pytest.raises(read_package.Refused):
        read_package.checked(path)
    assert read == []
