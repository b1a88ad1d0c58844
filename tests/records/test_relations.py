"""Relation to the head of the household."""

from __future__ import annotations

import pytest

from fieldtool.records.relations import CODES, implied_sex, relation_code


@pytest.mark.parametrize(
    ("text", "code", "sex"),
    [
        ("Chủ hộ", "head", ""),
        ("CH", "head", ""),
        ("Chủ hộ mới", "head", ""),
        ("Chị dâu", "in_law", "F"),
        ("Anh rể", "in_law", "M"),
        ("Em vợ", "in_law", ""),
        ("Con G", "daughter", "F"),
        ("Vợ", "wife", "F"),
        ("Vợ chủ hộ", "wife", "F"),
        ("chồng", "husband", "M"),
        ("Con", "child", ""),
        ("con đẻ", "child", ""),
        ("Con trai", "son", "M"),
        ("Con gái thứ 2", "daughter", "F"),
        ("con trai cả", "son", "M"),
        ("Con nuôi", "adopted_child", ""),
        ("Con dâu", "daughter_in_law", "F"),
        ("con rể", "son_in_law", "M"),
        ("Bố đẻ", "father", "M"),
        ("Mẹ", "mother", "F"),
        ("Mẹ vợ", "mother_in_law", "F"),
        ("Bố chồng", "father_in_law", "M"),
        ("Anh trai", "older_brother", "M"),
        ("em gái", "younger_sister", "F"),
        ("Em", "sibling", ""),
        ("Ông nội", "grandfather", "M"),
        ("Bà ngoại", "grandmother", "F"),
        ("Cháu nội", "grandchild", ""),
        ("cháu", "grandchild_or_nephew", ""),
        ("cháu gái", "grandchild_or_nephew", "F"),
        ("Ở nhờ", "lodger", ""),
        ("VO", "wife", "F"),
        ("", "", ""),
        ("bạn bè", "other", ""),
    ],
)
def test_written_relations(text: str, code: str, sex: str) -> None:
    assert relation_code(text) == code
    assert implied_sex(text) == sex
    assert code in (*CODES, "")
