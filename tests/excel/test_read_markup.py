"""HTML called .xls and the XML of Excel 2003 are read as lists; hostile ones are refused by name."""

import pytest

from fieldtool.excel.read_book import ChildWorkbooks
from fieldtool.intake.lists import open_lists
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.fields import Field
from fieldtool.records.villages import village_of

PAGE = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>Xuất dữ liệu</title>
<!--[if gte mso 9]><xml><x:Name>Nhân khẩu</x:Name></xml><![endif]-->
<style><!-- .h {font-weight:700;} .old {font-family:".VnTime";} --></style>
<script>document.write("<tr><td>x</td></tr>")</script></head><body>
<h3>DANH S&Aacute;CH NH&Acirc;N KHẨU<br>BẢN PHỒNG</h3>
<table border=1><tr><td colspan=6 class=h>C&ocirc;ng an x&atilde;</td></tr>
<tr><th rowspan=2>STT</th><th rowspan=2>Họ và
   tên</th><th colspan=2>Năm sinh</th><th rowspan=2>Số CCCD</th><th rowspan=2>Dân tộc</th></tr>
<tr><th>Nam</th><th>Nữ</th></tr>
<tr><td>1<td><b>Lô Văn&nbsp;Xiêng</b><td>1958<td>&nbsp;<td>040058001311<td rowspan=2>Thái</tr>
<tr style="display:none"><td>2</td><td>Vi Thị Nhói</td><td></td><td>1960</td>
<td style="mso-number-format:'\\@'">040160001312</td></tr>
<tr><td>3</td><td class=old>L« V¨n Khun</td><td>1985</td><td></td><td>040085001313</td><td>Thái</td></tr>
</table><p>Người lập biểu</p></body></html>
"""

BOOK = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:html="http://www.w3.org/TR/REC-html40">
<Styles><Style ss:ID="b"><Font ss:Bold="1"/></Style></Styles>
<Worksheet ss:Name="Ẩn"><Table><Row><Cell><Data ss:Type="String">x</Data></Cell></Row></Table>
<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible></WorksheetOptions>
</Worksheet><Worksheet ss:Name="Bản Phồng"><Table><Column ss:Index="5" ss:Hidden="1"/>
<Row ss:Index="3"><Cell ss:StyleID="b"><Data ss:Type="String">STT</Data></Cell>
<Cell><Data ss:Type="String">Họ và tên</Data><Comment><ss:Data>ghi chú<html:B>x</html:B></ss:Data></Comment></Cell>
<Cell><Data ss:Type="String">Ngày sinh</Data></Cell>
<Cell ss:Index="5"><Data ss:Type="String">Số CMND</Data></Cell></Row>
<Row><Cell ss:Formula="=R[-1]C+1"><Data ss:Type="Number">1</Data></Cell>
<Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><B>Lô Văn</B> Xiêng</ss:Data></Cell>
<Cell><Data ss:Type="DateTime">1958-07-14T00:00:00.000</Data></Cell>
<Cell ss:Index="5"><Data ss:Type="Number">186200311</Data></Cell></Row>
</Table></Worksheet></Workbook>
"""


def documents(path):
    with ChildWorkbooks().read(path) as book:
        lists = open_lists(book, None, None, "16936", village_of, lambda layout: layout)
        return list(lists.results())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_page_called_xls_is_a_list(tmp_path, encoding):
    path = tmp_path / "nhan-khau.xls"
    path.write_text(PAGE, encoding=encoding)
    with ChildWorkbooks().read(path) as book:
        assert book.sheet_names() == ("Nhân khẩu",)
    results = documents(path)
    assert [
        tuple(result.document.get(field) for field in (Field.NAME, Field.DOB, Field.SEX, Field.N12, Field.ETHNICITY))
        for result in results
    ] == [
        ("Lô Văn Xiêng", "1958", "Nam", "040058001311", "Thái"),
        ("Vi Thị Nhói", "1960", "Nữ", "040160001312", "Thái"),
        ("Lô Văn Khun", "1985", "Nam", "040085001313", "Thái"),
    ]
    assert all(result.document.village.endswith("phong") for result in results)


def test_a_page_in_the_code_page_it_names(tmp_path):
    path = tmp_path / "a.xls"
    text = '<html><meta charset="windows-1258"><table><tr><td>Ho ten<td>Nam sinh<td>CCCD<tr><td>Lô<td>1958<td></table>'
    path.write_bytes(text.encode("cp1258"))
    with ChildWorkbooks().read(path) as book:
        (sheet,) = book.sheets()
        assert [row for _, row in sheet.head()] == [["Ho ten", "Nam sinh", "CCCD"], ["Lô", "1958"]]


def test_a_table_inside_another_gives_rows_of_its_own(tmp_path):
    path = tmp_path / "a.xls"
    path.write_text("<table><tr><td>Tiêu đề<table><tr><td>a<td>b</table>sau</td></tr><tr><td>c</table>", "utf-8")
    with ChildWorkbooks().read(path) as book:
        (sheet,) = book.sheets()
        assert [row for _, row in sheet.head()] == [["Tiêu đề"], ["a", "b"], ["sau"], ["c"]]


def test_the_xml_of_excel_2003_is_a_workbook(tmp_path):
    path = tmp_path / "so.xml"
    path.write_text(BOOK, "utf-8")
    with ChildWorkbooks().read(path) as book:
        hidden, sheet = book.sheets()
        assert (hidden.name, hidden.hidden, sheet.name, sheet.hidden) == ("Ẩn", True, "Bản Phồng", False)
        assert sheet.look.bold == {3: 1}
        assert sheet.look.hidden_columns == {4}
        assert sheet.look.computed == {4: {0: "=R[-1]C+1"}}
        assert list(sheet.rows()) == [
            (3, ["STT", "Họ và tên", "Ngày sinh", "", "Số CMND"]),
            (4, [1.0, "Lô Văn Xiêng", (1958, 7, 14), "", 186200311.0]),
        ]
    (result,) = documents(path)
    assert (result.row, result.document.get(Field.NAME), result.document.get(Field.N9)) == (
        4,
        "Lô Văn Xiêng",
        "186200311",
    )


def rows_of(cells: str, count: int) -> str:
    return "<html><table>" + f"<tr>{cells}</tr>" * count + "</table></html>"


HOSTILE = [
    (BOOK.replace("<Workbook", '<!DOCTYPE x [<!ENTITY a "b">]><Workbook', 1), ErrorCode.WORKBOOK_ENTITIES),
    (BOOK.replace("=R[-1]C+1", "=WEBSERVICE(&quot;x&quot;)"), ErrorCode.WORKBOOK_FORMULA),
    (BOOK.replace('ss:Index="3"', 'ss:Index="1048577"'), ErrorCode.HOSTILE_WORKBOOK),
    (BOOK.replace('ss:Index="5"', 'ss:Index="99999"'), ErrorCode.HOSTILE_WORKBOOK),
    (BOOK[:900], ErrorCode.NOT_A_WORKBOOK),
    ("<html><body>Không có bảng</body></html>", ErrorCode.NOT_A_WORKBOOK),
    (rows_of("<td colspan=99999999>x", 1), ErrorCode.HOSTILE_WORKBOOK),
    (rows_of("<td colspan=16383>x<td>y", 1000), ErrorCode.WORKBOOK_BOMB),
    ("<table>" * 50 + "x", ErrorCode.HOSTILE_WORKBOOK),
    ("<table><tr><td " + "a" * 3_000_000, ErrorCode.HOSTILE_WORKBOOK),
    ("<table><tr><td>" + "a" * 3_000_000, ErrorCode.HOSTILE_WORKBOOK),
    ("<table><!--" + "<!-- x" * 500_000, ErrorCode.HOSTILE_WORKBOOK),
    (rows_of("<td rowspan=9 colspan=2>x", 250_000), ErrorCode.HOSTILE_WORKBOOK),
]


@pytest.mark.parametrize(("text", "code"), HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_markup_is_refused_by_name(tmp_path, text, code):
    path = tmp_path / "list.xls"
    path.write_text(text, "utf-8")
    with pytest.raises(FieldtoolError) as caught:
        ChildWorkbooks().read(path)
    assert caught.value.code is code


STRUCK_ROWS = [
    ("Lô Văn An", "<s>186000111</s> 186800111"),
    ("<s>Lô Văn Ba</s>", "186000222"),
    ("Vi Thị <s>Bình</s><i>Bính</i>", "186000333"),
]


def _struck(results):
    return [
        (
            r.raw[Field.NAME],
            r.raw.get(Field.N9),
            r.document is None,
            [str(i.code) for i in r.issues if "struck" in i.code],
        )
        for r in results
    ]


CROSSED = [
    ("Lô Văn An", "186800111", False, ["cell_struck"]),
    ("Lô Văn Ba", "186000222", True, ["struck_out"]),
    ("Vi Thị Bính", "186000333", False, ["cell_struck"]),
]


@pytest.mark.parametrize(
    ("opening", "closing"), [("<s>", "</s>"), ("<span style='text-decoration:line-through'><b>", "</b></span>")]
)
def test_words_struck_through_on_a_page_are_not_taken(tmp_path, opening, closing):
    path = tmp_path / "a.xls"
    rows = "".join(f"<tr><td>{i}<td>{name}<td>1990<td>{number}" for i, (name, number) in enumerate(STRUCK_ROWS, 1))
    text = f"<html><meta charset=utf-8><table><tr><td>STT<td>Họ và tên<td>Năm sinh<td>Số CMND{rows}</table>"
    path.write_text(text.replace("<s>", opening).replace("</s>", closing), encoding="utf-8")
    assert _struck(documents(path)) == CROSSED


def test_words_struck_through_in_an_xml_workbook_are_not_taken(tmp_path):
    path = tmp_path / "a.xml"
    cell = '<Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40">{}</ss:Data></Cell>'
    rows = [("STT", "Họ và tên", "Năm sinh", "Số CMND")]
    rows += [(str(i), name, "1990", number) for i, (name, number) in enumerate(STRUCK_ROWS, 1)]
    lines = ("<Row>" + "".join(map(cell.format, row)) + "</Row>" for row in rows)
    text = "".join(lines).replace("<s>", "<S>").replace("</s>", "</S>").replace("<i>", "<I>").replace("</i>", "</I>")
    opening, _, rest = BOOK.partition('<Worksheet ss:Name="Ẩn">')
    path.write_text(f'{opening}<Worksheet ss:Name="A"><Table>{text}</Table></Worksheet></Workbook>', encoding="utf-8")
    assert _struck(documents(path)) == CROSSED
