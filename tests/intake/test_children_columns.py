"""Children in columns of their own are given out as people of their own, with the parents that the line names."""

from fieldtool.intake.issues import IssueCode
from fieldtool.intake.lists import open_lists
from fieldtool.records.fields import DocumentKind, Field
from fieldtool.records.raw_books import MemoryBook, MemorySheet, SheetLook
from fieldtool.records.villages import village_of

PLAIN = SheetLook()


def opened(rows, look=PLAIN):
    book = MemoryBook("a.xlsx", (MemorySheet("Sheet1", tuple(map(list, rows)), look),))
    return open_lists(book, None, None, "16936", village_of, lambda layout: layout)


def told(rows, *fields, look=PLAIN):
    return [tuple(map(result.document.get, fields)) for result in opened(rows, look).results()]


COUPLES = [
    ["TT", "Họ tên vợ", "Năm sinh", "Họ tên chồng", "Bản", "Con thứ nhất", "Năm sinh", "Con thứ hai", "Năm sinh"],
    [1, "Vi Thị Ơn", 1983, "Lô Văn Ín", "Na Pu", "Lô Gia Bảo", 2009, "Lô Bảo An", 2013],
    [2, "Lầu Y Mỷ", 1972, "Xồng Bá Tủa", "Na Pu", "Xồng Y Dung", 2015, "", ""],
    [3, "Cụt Thị Oanh", 1967, "Moong Văn Ín", "Na Pu", "", "", "", ""],
]


def test_the_wife_and_each_child_are_people_and_children_have_both_parents():
    fields = (Field.NAME, Field.DOB, Field.MOTHER, Field.FATHER, Field.SPOUSE, Field.PLACE)
    assert told(COUPLES, *fields) == [
        ("Vi Thị Ơn", "1983", "", "", "Lô Văn Ín", "Na Pu"),
        ("Lô Gia Bảo", "2009", "Vi Thị Ơn", "Lô Văn Ín", "", "Na Pu"),
        ("Lô Bảo An", "2013", "Vi Thị Ơn", "Lô Văn Ín", "", "Na Pu"),
        ("Lầu Y Mỷ", "1972", "", "", "Xồng Bá Tủa", "Na Pu"),
        ("Xồng Y Dung", "2015", "Lầu Y Mỷ", "Xồng Bá Tủa", "", "Na Pu"),
        ("Cụt Thị Oanh", "1967", "", "", "Moong Văn Ín", "Na Pu"),
    ]


def test_the_officer_is_told_and_remarks_point_at_the_childs_own_cells():
    lists = opened(COUPLES)
    results = list(lists.results())
    assert [(i.row, i.cell) for i in lists.issues if i.code is IssueCode.CHILDREN_IN_COLUMNS] == [(1, "F1")]
    assert lists.layouts[0].kind is DocumentKind.HOUSEHOLD
    assert [(i.code, i.cell) for i in results[2].issues if i.about is Field.DOB] == [("date_year_only", "I2")]


def test_a_list_of_mothers_and_children_tells_the_mothers_in_the_childrens_lines():
    rows = [
        ["STT", "Họ và tên mẹ", "Năm sinh mẹ", "Họ tên con thứ 1", "Ngày sinh con thứ 1", "Họ tên con thứ 2",
         "Ngày sinh con thứ 2"],
        [1, "Vi Thị Sen", 1999, "Lô Anh Thư", "05/06/2021", "Lô Anh Tú", "07/08/2023"],
    ]  # fmt: skip
    fields = (Field.NAME, Field.DOB, Field.MOTHER, Field.MOTHER_DOB)
    assert told(rows, *fields) == [
        ("Lô Anh Thư", "05/06/2021", "Vi Thị Sen", "1999"),
        ("Lô Anh Tú", "07/08/2023", "Vi Thị Sen", "1999"),
    ]


def test_groups_of_columns_and_a_parent_whose_sex_the_line_tells():
    rows = [
        ["TT", "Họ và tên", "Giới tính", "Con thứ nhất", "", "", "Con thứ hai", "", ""],
        ["", "", "", "Họ tên", "Ngày sinh", "Giới tính", "Họ tên", "Ngày sinh", "Giới tính"],
        [1, "Lô Văn Ín", "Nam", "Lô An", "05/06/2011", "Nam", "Lô Thị Na", "07/08/2013", "Nữ"],
    ]
    fields = (Field.NAME, Field.DOB, Field.SEX, Field.FATHER, Field.MOTHER)
    assert told(rows, *fields) == [
        ("Lô Văn Ín", "", "Nam", "", ""),
        ("Lô An", "05/06/2011", "Nam", "Lô Văn Ín", ""),
        ("Lô Thị Na", "07/08/2013", "Nữ", "Lô Văn Ín", ""),
    ]


def test_a_child_that_is_struck_through_waits_and_the_parent_does_not():
    look = SheetLook(styled=True, struck={2: 1 << 5})
    results = list(opened(COUPLES[:2], look).results())
    assert [result.document is None for result in results] == [False, True, False]
    assert [(i.code, i.cell) for i in results[1].issues] == [("struck_out", "F2")]


def test_columns_that_count_children_name_none():
    rows = [["TT", "Họ và tên", "Năm sinh", "Trẻ 1 tuổi", "Trẻ 2 tuổi"], [1, "Vi Thị Ơn", 1983, 1, 0]]
    assert IssueCode.CHILDREN_IN_COLUMNS not in {issue.code for issue in opened(rows).issues}
    assert told(rows, Field.NAME, Field.DOB) == [("Vi Thị Ơn", "1983")]
