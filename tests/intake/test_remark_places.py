"""Remarks point at the cell they speak of, also where a field stands in one of several columns."""

from fieldtool.intake.issues import IssueCode
from fieldtool.intake.joins import sex_codes
from fieldtool.intake.lists import open_lists
from fieldtool.records.raw_books import MemoryBook, MemorySheet
from fieldtool.records.villages import village_of


def results_of(*rows):
    sheet = MemorySheet("Sheet1", tuple(list(row) for row in rows))
    book = MemoryBook("list.xlsx", (sheet,))
    return list(open_lists(book, None, None, "16936", village_of, lambda layout: layout).results())


def test_the_year_of_a_woman_is_remarked_on_in_her_column():
    man, woman = results_of(
        ["TT", "Họ và tên", "Năm sinh", "", "Dân tộc"],
        ["", "", "Nam", "Nữ", ""],
        [1, "Lô Văn An", "1858", "", "Thái"],
        [2, "Vi Thị Bình", "", "1859", "Thái"],
    )
    assert [issue.cell for issue in man.issues if issue.code is IssueCode.DATE_TOO_OLD] == ["C3"]
    assert [issue.cell for issue in woman.issues if issue.code is IssueCode.DATE_TOO_OLD] == ["D4"]


def test_a_remark_on_a_list_turned_on_its_side_points_at_the_persons_column():
    first, second = results_of(
        ["Họ và tên", "Lô Văn An", "Vi Thị Bình"],
        ["Ngày sinh", "31/02/1980", "31/02/1985"],
        ["Giới tính", "Nam", "Nữ"],
        ["Số CCCD", "040080001111", "040185001112"],
    )
    cells = [[i.cell for i in r.issues if i.code is IssueCode.DATE_IMPOSSIBLE] for r in (first, second)]
    assert cells == [["B2"], ["C2"]]


def test_figures_of_a_heading_are_told_only_where_they_are_unusual():
    assert sex_codes("Giới tính (0: Nam, 1: Nữ)") == {"0": "Nam", "1": "Nữ"}
    assert sex_codes("Giới tính (Nam: 2; Nữ: 1)") == {"2": "Nam", "1": "Nữ"}
    assert (
        sex_codes("Giới tính (1-Nam, 2-Nữ)") == sex_codes("Giới tính (Nam=1, Nữ=0)") == sex_codes("Nam/nữ (1/2)") == {}
    )
