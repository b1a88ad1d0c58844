"""Named differences of places."""

from __future__ import annotations

import pytest

from fieldtool.records.place_differences import CODES, place_differences

CASES = [
    ("xã Lượng Minh", "Xã Lượng Minh.", "place_format", True),
    ("Lượng Minh, Tương Dương", "Lượng Minh - Tương Dương", "place_format", True),
    ("Lượng Minh, Tương Dương", "Luong Minh, Tuong Duong", "place_spelling", True),
    ("Lượng Minh, Tương Dương", "Lưỡng Minh, Tương Dương, Nghệ An", "place_spelling", True),
    ("Lượng Minh, Tương Dương", "xã Lượng Minh, huyện Tương Dương, Nghệ An", "place_detail", True),
    ("Bản Chăm Puông", "Chăm Puông, Lượng Minh, Tương Dương", "place_detail", True),
    ("Nghệ An", "Lượng Minh, Tương Dương, Nghệ An", "place_detail", True),
    ("Kim Đa, Tương Dương", "Kim Đa, Tương Dương, Nghệ An", "place_detail", True),
    ("Tương Dương, Nghệ An", "Lượng Minh, Tương Dương, Nghệ An", "place_detail", True),
    ("Kỳ Sơn, Nghệ An", "Lượng Minh, Tương Dương, Nghệ An", "place_other", False),
    ("Nghệ An", "Nga My, Tương Dương", "place_detail", True),
    ("Ngọc Lâm, Thanh Chương", "xã Sơn Lâm, Nghệ An", "place_merged", True),
    ("Thạch Giám, Tương Dương", "xã Tương Dương, tỉnh Nghệ An", "place_merged", True),
    ("Thị trấn Nghĩa Đàn, Nghĩa Đàn", "xã Nghĩa Đàn, tỉnh Nghệ An", "place_merged", True),
    ("Ngọc Lâm, Thanh Chương", "Thanh Sơn, Thanh Chương", "place_other", False),
    ("Tam Hợp, Tương Dương", "Tam Hợp, Quỳ Hợp", "place_other", False),
    ("Bản Chăm Puông, Lượng Minh", "Bản Xốp Mạt, Lượng Minh", "place_village", False),
    ("Kim Đa, Tương Dương", "Lượng Minh, Tương Dương", "place_unknown", False),
    ("Hà Tĩnh", "Nghệ An", "place_other", False),
    ("Nậm Cắn, Kỳ Sơn", "Nậm Càn, Kỳ Sơn", "place_other", False),
    ("Hưng Yên, Hưng Nguyên", "Hưng Yên Nam, Hưng Nguyên", "place_renamed", True),
]


@pytest.mark.parametrize(("left", "right", "code", "harmless"), CASES)
def test_a_difference_has_a_name_both_ways(left: str, right: str, code: str, harmless: bool) -> None:
    for one, other in ((left, right), (right, left)):
        (found,) = place_differences(one, other)
        assert (found.code, found.harmless) == (code, harmless)
        assert found.code in CODES
        assert all(0 <= start < end <= len(one) for start, end in found.left)


def test_every_code_has_a_case() -> None:
    assert {code for _, _, code, _ in CASES} == set(CODES)


def test_alike() -> None:
    assert place_differences("Lượng Minh", "Lượng Minh") == ()


def test_the_sentence_has_old_and_new_name_and_day() -> None:
    (found,) = place_differences("xã Sơn Lâm, Nghệ An", "Ngọc Lâm, Thanh Chương")
    assert (found.values["old"], found.values["new"], found.values["day"]) == ("Xã Ngọc Lâm", "Xã Sơn Lâm", "1/7/2025")
