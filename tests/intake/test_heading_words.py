"""Headings as clerks cut, turn and join them, and cells that must never be taken for one."""

from __future__ import annotations

import pytest

from fieldtool.intake.columns import Extra, line_meanings, meaning_of
from fieldtool.intake.heading_stacks import meaning_of_stack
from fieldtool.intake.parted import both_parents
from fieldtool.intake.stacked import headings
from fieldtool.records.fields import Field


@pytest.mark.parametrize(
    ("heading", "meaning"),
    [
        ("Ng.sinh", Field.DOB), ("G.tính", Field.SEX), ("MỐI QHỆ", Field.RELATION), ("Số CMDN", Field.N9),
        ("Số CCDC", Field.N12), ("Loại ĐK", Field.REG_KIND), ("Relation to HH head", Field.RELATION),
        ("#", Extra.ORDINAL),
        ("Họ tên CH", Field.HEAD), ("ĐT", Extra.OTHER), ("DT", Field.ETHNICITY), ("Số ĐD cá nhân", Field.N12),
        ("Ngày sinh của trẻ", Field.DOB), ("Họ tên cha, mẹ", Extra.PARENTS), ("Số GTTT", Extra.NUMBER),
        ('"', None), ("//", None), ("-", None),
    ],
)  # fmt: skip
def test_a_cut_or_turned_heading(heading, meaning):
    assert meaning_of(heading)[0] == meaning


@pytest.mark.parametrize(
    ("stack", "meaning"),
    [
        (["QUÊ QUÁN", "Xã"], Field.ORIGIN), (["Nơi thường trú", "Xã"], Extra.COMMUNE), (["Nơi đến", "Xã"], Extra.OTHER),
        (["Dân tộc", "Mông"], Field.ETHNICITY), (["Dân tộc", "Khác"], Field.ETHNICITY),
    ],
)  # fmt: skip
def test_parts_below_a_group(stack, meaning):
    assert meaning_of_stack(stack)[0] == meaning


def test_a_heading_of_several_lines_means_one_thing_or_one_for_each_line():
    assert line_meanings("Dân tộc\nTôn giáo") == (Field.ETHNICITY, Field.RELIGION)
    assert line_meanings("Họ và\ntên") == ()
    assert line_meanings("Ngày, tháng,\nnăm sinh") == ()


@pytest.mark.parametrize(
    ("text", "parents"),
    [
        ("Lô Văn An, Vi Thị Bình", ("Lô Văn An", "Vi Thị Bình")),
        ("Vi Thị Bình\nLô Văn An", ("Lô Văn An", "Vi Thị Bình")),
        ("Ông Lô Văn An và bà Vi Thị Bình", ("Lô Văn An", "Vi Thị Bình")),
        ("Lô Văn An", None),
        ("Lô Văn An, 1980", None),
        ("", None),
    ],
)
def test_both_parents_of_one_cell(text, parents):
    assert both_parents(text) == parents


def test_a_persons_line_with_ditto_marks_is_no_heading():
    assert not headings([11.0, "Hờ Y", "Nga", 182348846.0, "Nữ", (1966, 4, 1), "Không", '"', "Chủ hộ"])
    assert not headings(["11", "Hờ Y", "Nga", "Nữ", "Không", '"', "//", "Chủ hộ"])


@pytest.mark.parametrize(
    ("heading", "meaning"),
    [
        ("Ngày cấp HC", Extra.OTHER),
        ("Nơi cấp hộ chiếu", Extra.OTHER),
        ("Ngày cấp GPLX", Extra.OTHER),
        ("Ngày cấp sổ hộ nghèo", Extra.OTHER),
        ("Ngày cấp VNeID", Extra.OTHER),
        ("Ngày cấp CCCD/HC", Field.ISSUE_DATE),
        ("Ngày cấp thẻ căn cước gắn chip", Field.ISSUE_DATE),
        ("Ngày cấp đổi", Field.ISSUE_DATE),
        ("Ngyà cấp", Field.ISSUE_DATE),
        ("Nơi cấp giấy tờ", Field.ISSUE_PLACE),
        ("Ngày hết hạn thẻ", Field.EXPIRY),
        ("Ngày hết hạn hộ chiếu", Extra.OTHER),
    ],
)
def test_days_of_other_papers_are_none_of_a_cards(heading, meaning):
    assert meaning_of(heading)[0] is meaning
