"""The quick way through a list gives what the slow way gives, row for row, in every layout and with any cell."""

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldtool.intake import quick_rows
from fieldtool.intake.layout import DayOrder
from fieldtool.intake.lists import open_lists
from fieldtool.intake.quick_rows import Noted
from fieldtool.intake.rows import RowResult
from fieldtool.records.documents import transcript
from fieldtool.records.fields import Field
from fieldtool.records.raw_books import HEAD_ROWS, MemoryBook, MemorySheet, SheetLook
from fieldtool.records.villages import village_of

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "books"))
import all_books
import make_books
from books_in_memory import opened


def lists(book):
    return open_lists(book, None, None, "16936", village_of, lambda layout: layout)


def same_both_ways(book):
    """How many rows took the quick way, be the lots as long as they are or no more than a few rows."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(quick_rows, "_LOT", 3)
        few = same_in_lots(book)
    assert same_in_lots(book) == few
    return few


def same_in_lots(book):
    slowly, quickly = lists(book), lists(book)
    slow, quick = list(slowly.results()), list(quickly.quick_results())
    assert len(quick) == len(slow)
    for one, other in zip(slow, quick, strict=True):
        if isinstance(other, RowResult):
            assert other == one
        elif isinstance(other, Noted):
            assert one.issues == other.issues != () and other.paper == transcript(one.document)
        else:
            assert one.issues == () and other == transcript(one.document)
    assert quickly.issues == slowly.issues
    assert quickly.villages() == slowly.villages()
    return sum(not isinstance(other, RowResult) for other in quick)


@pytest.fixture(autouse=True)
def from_the_first_row(monkeypatch):
    monkeypatch.setattr(quick_rows, "_FIRST", 0)


@pytest.mark.parametrize("make", all_books.BOOKS, ids=lambda make: make.__name__)
def test_every_layout_reads_alike_both_ways(make, tmp_path):
    same_both_ways(opened(make_books.write(make(), tmp_path)))


HEADING = (
    "STT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Số CCCD", "Số CMND", "Số sổ hộ khẩu",
    "Quan hệ với chủ hộ", "Họ tên chủ hộ", "Họ tên cha", "Bản", "Nơi thường trú", "Ngày cấp", "Mã", "Cột lạ", "Ghi chú",
)  # fmt: skip
PLAIN = {
    "Họ và tên": ["Lô Văn An", "Vi Thị Bình", "Moong Văn Khăm", "Cụt Thị May", "Xồng Bá Pó"],
    "Ngày sinh": ["12/08/1956", "03/04/1988", "25/12/2001", (1990, 5, 17)],
    "Giới tính": ["Nam", "Nữ"],
    "Dân tộc": ["Thái", "Khơ Mú", "Kinh"],
    "Số CCCD": ["040056000112", "040188000113", "040201000115", "040090001234", ""],
    "Số CMND": ["186100112", "186100113", 186100114, ""],
    "Số sổ hộ khẩu": ["270000001", 270000002, ""],
    "Quan hệ với chủ hộ": ["Chủ hộ", "Vợ", "Con", "Con trai", ""],
    "Họ tên chủ hộ": ["Lô Văn An", "Moong Văn Khăm", ""],
    "Họ tên cha": ["Lô Văn Bảy", ""],
    "Bản": ["Xốp Mạt", "Bản Xốp Nặm", "3", ""],
    "Nơi thường trú": ["Bản Xốp Mạt, xã Lượng Minh", "xã Lượng Minh", ""],
    "Ngày cấp": ["01/02/2022", (2021, 7, 9), ""],
    "Mã": ["M1", "M2", 3, ""],
    "Cột lạ": ["x", ""],
    "Ghi chú": ['nói "rằng"', "a\\b", ""],
}
ODD = [
    "", "-", "nt", "Không", "không rõ", "#N/A", "####", "=A1", "Ti?n", "Nam", "Vợ", "STT", "Cộng", "Tổng số",
    "Người lập biểu", "Bản Huồi Sơn", "1985", "01/01/1985", "31/04/1985", "13/25/1990", "30/02/1980", "40056000112",
    "040 056 000 112", "4,0056E+10", "000000000000", "123456789", "111111111", "O40056000112", "Lô Văn A; Vi Thị B",
    "Ng.V. Hương", "chưa đặt tên", "An", "X" * 130, "X" * 2100, "a\nb", "\u2028", "Lô Văn An 1985", 1985, 31000, 45.5,
    True, (1905, 6, 7), (1985, 1, 1), "2", "M", "nam giới", "Hộ: Lô Văn A - sổ số 12", "x" * 33000, '"', "\\", "\x7f",
]  # fmt: skip


@st.composite
def tables(draw):
    """A table of plain people in which some cells are odd, rows repeat, and columns are missing or in another order."""
    columns = draw(st.permutations(HEADING))[: draw(st.integers(4, len(HEADING)))]
    columns = list(dict.fromkeys([*columns, "Họ và tên"]))
    rows = []
    for number in range(1, draw(st.integers(3, 14))):
        row = [number if c == "STT" else draw(st.sampled_from(PLAIN[c])) for c in columns]
        for _ in range(draw(st.sampled_from([0, 0, 0, 1, 2]))):
            row[draw(st.integers(0, len(row) - 1))] = draw(st.sampled_from(ODD))
        if draw(st.integers(0, 9)) == 0:
            row = draw(st.sampled_from([list(columns), ["Bản Huồi Sơn"], ["", "Cộng", 3], row[:3]]))
        rows.append(row)
        if draw(st.integers(0, 9)) == 0:
            rows.append(list(row))
    look = SheetLook(
        bold=dict.fromkeys(draw(st.sets(st.integers(3, 16), max_size=4)), 65535),
        merged=tuple(draw(st.lists(st.sampled_from([(4, 0, 4, 5), (5, 7, 8, 7), (6, 1, 7, 1)]), max_size=2))),
        hidden_rows=frozenset(draw(st.sets(st.integers(3, 16), max_size=2))),
        formulas=draw(st.sampled_from([{}, {}, {6: {2: "=A1"}}])),
        styled=True,
    )
    return MemoryBook("ds.xlsx", (MemorySheet("S", (["DANH SÁCH NHÂN KHẨU"], list(columns), *rows), look),))


@settings(max_examples=120, deadline=None)
@given(tables())
def test_tables_with_anything_in_a_cell_read_alike_both_ways(book):
    same_both_ways(book)


def test_plain_rows_do_take_the_quick_way():
    rows = [
        [n, "Lô Văn An", "12/08/1956", "Nam", "Thái", f"0400560{n:05d}", f"18610{n:04d}", "27", "Con", "Lô Văn Bảy", "",
         "Xốp Mạt", "Bản Xốp Mạt, xã Lượng Minh", "", f"M{n}", "", ""]
        for n in range(1, 200)
    ]  # fmt: skip
    book = MemoryBook("ds.xlsx", (MemorySheet("S", (list(HEADING), *rows)),))
    assert same_both_ways(book) == 199


def test_days_of_turned_columns_and_the_first_text_among_typed_days_read_alike():
    days = [(n % 12 + 1, n % 28 + 1) for n in range(1, HEAD_ROWS + 60)]
    rows = [
        [n, "Lô Văn An", f"{month:02d}/{day:02d}/1956", "Nam", f"0400560{n:05d}", (2022, month, day)]
        for n, (month, day) in enumerate(days, start=1)
    ]
    rows[HEAD_ROWS + 20][5] = "03/01/2022"
    rows[HEAD_ROWS + 40][5] = "04/25/2022"
    heading = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Ngày cấp"]
    book = MemoryBook("ds.xlsx", (MemorySheet("S", (heading, *rows)),))
    assert same_both_ways(book) > 0  # most of a turned column's rows take the slow way
    orders = {column.meaning: column.order for column in read_through(book).layouts[0].columns}
    assert orders[Field.DOB] is orders[Field.ISSUE_DATE] is DayOrder.TEXT_TURNED


def read_through(book):
    opened = lists(book)
    for _ in opened.quick_results():
        pass
    return opened
