"""Cells of which a clerk struck a part through: what stands is taken, what is struck is told. The books in
`by_libre_office` were made from the one that `excel` writes."""

import struct
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from fieldtool.excel.read_struck_xls import struck_texts
from fieldtool.intake.lists import open_lists
from fieldtool.records.fields import Field
from fieldtool.records.villages import village_of
from tests.books.books_in_memory import opened

ODS = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"><office:automatic-styles>
<style:style style:name="T1" style:family="text"><style:text-properties style:text-line-through-style="solid"/>
</style:style></office:automatic-styles><office:body><office:spreadsheet>
<table:table table:name="A">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"""


def excel(path: Path) -> Path:
    with xlsxwriter.Workbook(path) as made:
        sheet, struck, plain = made.add_worksheet(), made.add_format({"font_strikeout": True}), made.add_format()
        sheet.write_row(0, 0, ["STT", "Họ và tên", "Ngày sinh", "Số CMND"])
        sheet.write(1, 0, 1)
        sheet.write_rich_string(1, 1, struck, "Lô Văn Ba ", plain, "Lô Văn Bá")
        sheet.write(1, 2, "05/06/1958")
        sheet.write_rich_string(1, 3, plain, "186800111", struck, " 186800222")
        sheet.write_row(2, 0, [2, "Vi Thị Nhói", "07/08/1960"])
        sheet.write_rich_string(2, 3, struck, "1868", struck, "00333")
    return path


MADE = Path(__file__).resolve().parent / "by_libre_office"


def by_libre_office(path: Path) -> Path:
    return MADE / f"struck_in_part{path.suffix}"


def open_document(path: Path) -> Path:
    def row(*cells: str) -> str:
        told = "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in cells
        )
        return f"<table:table-row>{told}</table:table-row>"

    def struck(text: str) -> str:
        return f'<text:span text:style-name="T1">{text}</text:span>'

    rows = (
        row("STT", "Họ và tên", "Ngày sinh", "Số CMND")
        + row("1", struck("Lô Văn Ba ") + "Lô Văn Bá", "05/06/1958", "186800111" + struck(" 186800222"))
        + row("2", "Vi Thị Nhói", "07/08/1960", struck("186800333"))
    )
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", ODS.format(rows=rows))
        package.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return path


@pytest.mark.parametrize(
    ("write", "name"),
    [(excel, "a.xlsx"), (open_document, "a.ods"), (by_libre_office, "a.xls"), (by_libre_office, "a.ods")],
)
def test_what_stands_of_a_cell_is_taken_and_what_is_struck_is_told(tmp_path, write, name):
    book = opened(write(tmp_path / name))
    first, second = open_lists(book, None, None, "16936", village_of, lambda layout: layout).results()
    assert [first.document.get(f) for f in (Field.NAME, Field.DOB, Field.N9)] == [
        *("Lô Văn Bá", "05/06/1958", "186800111")
    ]
    assert [(i.code, i.cell, i.text) for i in first.issues if i.code == "cell_struck"] == [
        ("cell_struck", "B2", "Lô Văn Ba"),
        ("cell_struck", "D2", "186800222"),
    ]
    assert second.document.get(Field.N9) == ""
    assert [(i.code, i.cell) for i in second.issues if i.code == "cell_struck"] == [("cell_struck", "D3")]


def test_texts_of_an_xls_are_read_over_the_seams_of_its_records():
    def text(letters: str, wide: bool, runs: list[tuple[int, int]] = []) -> bytes:  # noqa: B006
        coded = letters.encode("utf-16-le" if wide else "latin-1")
        told = b"".join(struct.pack("<HH", *run) for run in runs)
        return struct.pack("<HBH", len(letters), wide | 8, len(runs)) + coded + told

    whole = text("Lo Van Ba Lo Van Ca", False, [(0, 7), (10, 0)])
    first = struct.pack("<II", 3, 3) + text("Na Pu", False) + whole[:9]
    # The seam lies among letters: the next record begins with their width, here two bytes each.
    rest = bytes([1]) + whole[9:24].decode("latin-1").encode("utf-16-le") + whole[24:26]
    last = whole[26:] + text("Xốp Nặm", True, [(4, 7)])
    stream = first + rest + last
    pieces = [(0, len(first)), (len(first), len(rest)), (len(first) + len(rest), len(last))]
    assert struck_texts(stream, pieces, {7}) == {1: (" Lo Van Ca", "Lo Van Ba "), 2: ("Xốp  ", "Nặm")}
    assert struck_texts(stream, pieces, {5}) == {}
    with pytest.raises((struct.error, IndexError)):
        struck_texts(stream[:30], [(0, 30)], {7})


def test_a_text_that_cells_keep_for_themselves_may_be_struck_in_part_too(tmp_path):
    shared, inline = excel(tmp_path / "a.xlsx"), tmp_path / "b.xlsx"
    with zipfile.ZipFile(shared) as source, zipfile.ZipFile(inline, "w") as target:
        texts = source.read("xl/sharedStrings.xml").decode()
        runs = [text.partition("</si>")[0] for text in texts.split("<si>")[1:]]
        for part in source.namelist():
            content = source.read(part).decode()
            if part.endswith("sheet1.xml"):
                for number, run in enumerate(runs):
                    content = content.replace(f't="s"><v>{number}</v>', f't="inlineStr"><is>{run}</is>')
            target.writestr(part, content)
    first, _ = open_lists(opened(inline), None, None, "16936", village_of, lambda layout: layout).results()
    assert (first.document.get(Field.NAME), first.document.get(Field.N9)) == ("Lô Văn Bá", "186800111")
