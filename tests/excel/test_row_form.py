"""Rows that are taken by their form read as calamine reads them, whatever stands in a cell and in whatever way."""

import io
import zipfile

import pytest
import python_calamine
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldtool.excel import read_row_form
from fieldtool.excel.read_cells import Cleaned, cleaned
from fieldtool.excel.read_refusals import Refused
from fieldtool.excel.read_row_form import FormedRows
from fieldtool.excel.read_rows_xlsx import (
    _Lots,
    _plain_texts,
    _rows,
    _texts_by_calamine,
    _texts_one_by_one,
    rows_of,
)

STYLES = (
    b'<?xml version="1.0"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b'<numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts><cellXfs count="4">'
    b'<xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="2"/></cellXfs></styleSheet>'
)
NAMED = {"0": "Lô Văn An", "1": "Vi Thị Bình", "2": "", "3": "a\nb"}


def named(numbers):
    """The texts that cells name by number."""
    return [NAMED[number.decode()] if number else "" for number in numbers]


TEXTS = [
    "Lô Văn An", "Vi Thị Bình", "Nữ", "12/08/1956", "040056000112", "", " ", "  Khơ Mú ", "a\nb", "\n", "x\u00a0",
    "e\u0302\u0301", "\u200bLò", "Mo\u00adong", "\u2028", "&amp; con", "&#10;", "_x000D_", "a\r\nb", "\t", "\x07", "]]",
    "A&lt;B", "ma_xa",
]  # fmt: skip
FIGURES = [
    "1",
    "0",
    "-3",
    "1990",
    "29221",
    "45000.5",
    "1E5",
    "4.0056E+10",
    "1e5",
    "+5",
    "",
    "abc",
    "1.",
    ".5",
    "2958466",
]
WAYS = [
    '<c r="{at}"{s} t="inlineStr"><is><t>{text}</t></is></c>',
    '<c r="{at}"{s} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>',
    '<c r="{at}"{s} t="str"><v>{text}</v></c>',
    '<c r="{at}"{s} t="s"><v>{name}</v></c>',
    '<c r="{at}"{s}><v>{figure}</v></c>',
    '<c r="{at}"{s} t="n"><v>{figure}</v></c>',
    '<c r="{at}"{s}/>',
    "",
]
ODD = [
    '<c r="{at}"{s} t="b"><v>1</v></c>',
    '<c r="{at}"{s} t="e"><v>#N/A</v></c>',
    '<c r="{at}"{s}><f>A1</f><v>{figure}</v></c>',
    '<c r="{at}"{s} t="str"><f>A1</f><v>{text}</v></c>',
    '<c r="{at}" t="inlineStr"><is><r><t>Lô</t></r><r><t> An</t></r></is></c>',
    '<c r="{at}" t="inlineStr"><is><t/></is></c>',
    '<c r="{at}"></c>',
    '<c r="{at}"  s="1"><v>5</v></c>',
    '<c r="A99"{s}><v>7</v></c>',
    '<c t="inlineStr"><is><t>{text}</t></is></c>',
    '\n <c r="{at}"><v>1</v></c>',
    "<c r='{at}'><v>1</v></c>",
]
ROWS = ['<row r="{n}">{cells}</row>', '<row r="{n}" spans="1:9" ht="15">{cells}</row>\n', '<row r="{n}"/>']


@st.composite
def bodies(draw):
    """Some rows of up to 30 columns, of which few are written oddly."""
    columns = sorted(draw(st.sets(st.integers(0, 29), min_size=1, max_size=6)))
    usual = {column: draw(st.sampled_from(WAYS)) for column in columns}
    rows, number = [], draw(st.integers(1, 5))
    for _ in range(draw(st.integers(1, 12))):
        cells = []
        for column in columns:
            way = draw(st.sampled_from([usual[column]] * 12 + WAYS + ODD[: draw(st.integers(0, 2)) * 6]))
            letters = chr(65 + column) if column < 26 else "A" + chr(39 + column)
            style = draw(st.sampled_from(["", "", ' s="0"', ' s="1"', ' s="2"', ' s="9"']))
            text, figure = draw(st.sampled_from(TEXTS)), draw(st.sampled_from(FIGURES))
            cells.append(way.format(at=f"{letters}{number}", s=style, text=text, figure=figure, name=number % 4))
        rows.append(draw(st.sampled_from(ROWS[:2] * 6 + ROWS)).format(n=number, cells="".join(cells)))
        number += draw(st.sampled_from([1, 1, 1, 2, 70]))
    return "".join(rows).encode("utf-8", "surrogatepass")


def both_ways(bodies, days=b""):
    """The rows of some pieces of a sheet as they are taken by their form, and as calamine reads them; or its error."""
    lots, read = _Lots(STYLES, days), Cleaned(named)

    def by_calamine(body):
        return (row for lot in lots.of(body) for row in cleaned(_rows(lot), read))

    formed = FormedRows(by_calamine, lots.figures, named)
    return [told(formed.rows, bodies), told(lambda body: list(by_calamine(body)), bodies)], formed


def told(reading, bodies):
    try:
        return [(number, [(type(c), c) for c in row]) for body in bodies for number, row in reading(body)]
    except (Refused, python_calamine.CalamineError) as error:
        return type(error)


def trimmed(row):
    """A row without what is blank at its end: how far rows reach says nothing."""
    while row and row[-1] == "":
        row = row[:-1]
    return [(type(cell), cell) for cell in row]


@settings(max_examples=50, deadline=None)
@given(st.lists(bodies(), min_size=1, max_size=3), st.sampled_from([b"", b'<workbookPr date1904="1"/>']))
def test_rows_read_by_their_form_as_calamine_reads_them(pieces, days):
    (ours, theirs), _ = both_ways(pieces, days)
    assert ours == theirs


@pytest.mark.parametrize("way", WAYS[:6])
def test_plain_rows_are_taken_by_their_form(way):
    rows = "".join(
        f'<row r="{n}">' + way.format(at=f"B{n}", s=' s="1"', text="Lô An", name=0, figure=40000 + n) + "</row>"
        for n in range(1, 400)
    )
    (ours, theirs), formed = both_ways([rows.encode()])
    assert ours == theirs and len(ours) == 399
    assert formed._others == 0 and not formed.given_up


def test_a_sheet_of_odd_rows_is_left_to_calamine(monkeypatch):
    """Its rows are the same ones."""
    body = "".join(f'<row r="{n}"><c r="A{n}"><f>B1</f><v>{n}</v></c></row>' for n in range(1, 9_000)).encode()
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        package.writestr("xl/styles.xml", STYLES)
        package.writestr("s.xml", b"<worksheet><sheetData>" + body + b"</sheetData></worksheet>")
    (_, theirs), _ = both_ways([body])
    taken = []
    monkeypatch.setattr(
        read_row_form.FormedRows, "rows", lambda self, piece, rows=FormedRows.rows: taken.append(1) or rows(self, piece)
    )
    read = rows_of(zipfile.ZipFile(content), "s.xml", False, named)
    assert [(number, trimmed(row)) for number, row in read] == theirs
    assert len(taken) == 1


ITEMS = [
    "<si><t>{}</t></si>", "<si><t>{}</t></si>\n", '<si><t xml:space="preserve">{}</t></si>',
    "<si><r><t>{}</t></r><r><rPr><b/></rPr><t> An</t></r></si>", '<si><t>{}</t><phoneticPr fontId="1"/></si>',
]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(ITEMS[:3] * 6 + ITEMS), st.sampled_from(TEXTS)), min_size=1, max_size=20))
def test_texts_by_number_read_as_calamine_reads_them(texts):
    items = "".join(way.format(text) for way, text in texts).encode()
    read = _texts_by_calamine(items)
    assert (_plain_texts(items) or _texts_one_by_one(items)) == read
    assert _texts_one_by_one(items) == read
