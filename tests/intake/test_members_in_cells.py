"""Members of a household in one cell: each becomes a line, none is lost, and remarks point at the cell."""

import sys
from pathlib import Path

import pytest

from fieldtool.intake.issues import IssueCode, Severity
from fieldtool.intake.members_in_cells import Member, members_of
from fieldtool.records.fields import Field

sys.path.insert(0, str(Path(__file__).resolve().parent))
from list_home import home
from test_import_list import account, book, codes, run

HEADING = ["TT", "Họ tên chủ hộ", "Năm sinh", "Các thành viên", "Bản"]
HOMES = [
    [1, "Lô Văn An", 1960, "Vợ: Vi Thị Bình 1962; con: Lô Văn Cường 1985", "Bản Xốp Nặm"],
    [2, "Moong Văn Dần", 1970, "Vợ: Cụt Thị Én 1972", "Bản Huồi Sơn"],
]


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("Vợ: Lô Thị An 1980", [Member("Lô Thị An", "Vợ", "1980")]),
        ("Lô Thị An (vợ, SN 1980), Lô Văn Ba", [Member("Lô Thị An (vợ, SN 1980), Lô Văn Ba")]),
        ("1. Lô Thị An - 12/5/1980 - vợ\n2. Lô Văn Ba - 2004 - con",
         [Member("Lô Thị An", "vợ", "12/5/1980"), Member("Lô Văn Ba", "con", "2004")]),
        ("Vợ: Lô Thị An, con: Lô Văn Ba", [Member("Lô Thị An", "Vợ"), Member("Lô Văn Ba", "con")]),
        ("+ Lô Thị An, CCCD 040180000001 (vợ)", [Member("Lô Thị An", "vợ", "", "040180000001")]),
        ("đi làm ăn xa", [Member("đi làm ăn xa")]),
        ("", []),
    ],
)  # fmt: skip
def test_lines_of_a_cell(text, members):
    assert members_of(text) == members


def test_every_member_is_a_line_of_the_heads_household():
    at = home()
    outcome = run(at, book(HEADING, *HOMES))
    assert account(outcome) == (5, 5, 0, 0, 0)
    read = [(r.raw[Field.NAME], r.raw[Field.RELATION], r.raw[Field.DOB]) for r in outcome.preview]
    assert read == [
        ("Lô Văn An", "Chủ hộ", "1960"), ("Vi Thị Bình", "Vợ", "1962"), ("Lô Văn Cường", "con", "1985"),
        ("Moong Văn Dần", "Chủ hộ", "1970"), ("Cụt Thị Én", "Vợ", "1972"),
    ]  # fmt: skip
    assert len({result.document.household for result in outcome.preview[:3]}) == 1
    assert outcome.preview[2].document.village.endswith("xop-nam")
    assert IssueCode.MEMBERS_IN_CELL in codes(outcome)


def test_what_cannot_be_told_apart_waits_for_an_officer_at_its_cell():
    homes = [*HOMES, [3, "La Văn Giáp", 1980, "Vợ: Lê Thị Hoa 1982; 2 con nhỏ sinh 2010 và 2012", "Bản Phồng"]]
    outcome = run(home(), book(HEADING, *homes))
    assert account(outcome) == (8, 7, 0, 1, 0)
    parked = [issue for issue in outcome.issues if issue.severity is Severity.PARKED]
    assert [(issue.row, issue.cell) for issue in parked] == [(4, "D4")]


def test_counts_of_members_are_no_members():
    heading = ["TT", "Họ tên chủ hộ", "Năm sinh", "Số thành viên", "Bản"]
    outcome = run(home(), book(heading, *([*row[:3], 4, row[4]] for row in HOMES)))
    assert account(outcome) == (2, 2, 0, 0, 0)
    assert IssueCode.MEMBERS_IN_CELL not in codes(outcome)


def test_the_second_import_changes_nothing():
    at = home()
    run(at, book(HEADING, *HOMES))
    assert account(run(at, book(HEADING, *HOMES))) == (5, 0, 5, 0, 0)
