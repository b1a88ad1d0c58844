"""Several lists on one sheet: each is read by its own heading, and no row is lost or read twice on the way."""

from hypothesis import given
from hypothesis import strategies as st

from fieldtool.intake.lists import open_lists
from fieldtool.intake.stacked import headings, lists_of
from fieldtool.records.fields import Field
from fieldtool.records.raw_books import MemoryBook, MemorySheet, SheetLook
from fieldtool.records.villages import village_of

FIRST = ["STT", "Họ và tên", "Ngày sinh", "Giới tính"]
TURNED = ["STT", "Họ và tên", "Giới tính", "Ngày sinh"]
GROUPS = ["TT", "Cha", "", "Mẹ", ""]
BELOW = ["", "Họ và tên", "Năm sinh", "Họ và tên", "Năm sinh"]


def parts(*rows):
    """The lists of one sheet as lists of row numbers."""
    sheet = MemorySheet("Sheet1", tuple(list(row) for row in rows))
    return [[number for number, _ in part.rows()] for part in lists_of([sheet])]


def read(*rows, look=None):
    book = MemoryBook("ds.xlsx", (MemorySheet("S", tuple(list(row) for row in rows), look or SheetLook()),))
    lists = open_lists(book, None, None, "16936", village_of, lambda layout: layout)
    return list(lists.results())


def test_a_heading_in_another_order_begins_another_list():
    rows = [
        FIRST,
        [1, "Lô Văn An", "01/02/1950", "Nam"],
        ["", "Người lập"],
        TURNED,
        [1, "Vi Thị Bé", "Nữ", "03/04/1960"],
    ]
    assert parts(*rows) == [[1, 2, 3], [3, 4, 5]]  # the row above is the second list's title too
    assert [(r.raw[Field.NAME], r.raw[Field.SEX], r.raw[Field.DOB]) for r in read(*rows)] == [
        ("Lô Văn An", "Nam", "01/02/1950"),
        ("Vi Thị Bé", "Nữ", "03/04/1960"),
    ]
    assert [r.row for r in read(*rows)] == [2, 5]


def test_the_same_heading_on_the_next_page_begins_none():
    assert (
        len(parts(FIRST, [1, "Lô Văn An", "1950", "Nam"], [h.upper() for h in FIRST], [2, "Vi Thị Bé", "1960", "Nữ"]))
        == 1
    )


def test_a_heading_of_two_rows_is_one():
    assert (
        len(parts(["TT", "Họ và tên", "", "Năm sinh", ""], ["", "Chủ hộ", "Thành viên", "Nam", "Nữ"], [1, "Lô Văn An"]))
        == 1
    )


def test_two_lists_side_by_side_follow_one_another():
    rows = [
        [*FIRST, "", *FIRST],
        [1, "Lô Văn An", "1950", "Nam", "", 3, "Kha Văn Ba", "1970", "Nam"],
        [2, "Vi Thị Bé", "1960", "Nữ"],
    ]
    results = read(*rows)
    assert [(r.row, r.raw[Field.NAME]) for r in results] == [(2, "Lô Văn An"), (3, "Vi Thị Bé"), (2, "Kha Văn Ba")]


def test_parents_in_groups_are_no_lists_side_by_side():
    assert len(parts(GROUPS, BELOW, [1, "Lô Văn An", 1950, "Vi Thị Bé", 1960])) == 1


def test_a_sheet_that_is_not_read_is_given_out_once():
    sheet = MemorySheet("Sheet1", (list(FIRST), list(TURNED)), hidden=True)
    assert len(list(lists_of([sheet, sheet]))) == 2


def test_persons_make_no_heading():
    assert not headings([1, "Hồ Văn Nam", "Ho Ten", "Cha", "Con"])
    assert not headings(["Họ và tên", "Lô Văn An"])
    assert headings(FIRST)


LINES = st.lists(
    st.sampled_from(
        [FIRST, TURNED, GROUPS, BELOW, [1, "Lô Văn An", "1950", "Nam"], ["Bản Xốp Nặm"], [], ["", "Tổng cộng", 3]]
    ),
    max_size=12,
)


@given(LINES)
def test_no_row_is_lost_whatever_stands_there(rows):
    given_out = parts(*rows)
    assert sorted({number for part in given_out for number in part}) == list(range(1, len(rows) + 1))
    persons = [n for n, row in enumerate(rows, start=1) if row[:1] == [1]]
    assert [n for part in given_out for n in part if n in persons] == persons


@given(st.lists(st.lists(st.text(max_size=12) | st.integers() | st.none().map(lambda _: ""), max_size=6), max_size=8))
def test_any_cells_are_given_out(rows):
    assert len({n for part in parts(*rows) for n in part}) == len(rows)
