"""Peoples by name; numbers only where their list is named."""

from __future__ import annotations

import pytest

from fieldtool.records.peoples import LIST_A, LIST_B, parse_people


@pytest.mark.parametrize(
    ("text", "name", "subgroup"),
    [("Thái", "Thái", ""), ("thai", "Thái", ""), ("H'Mông", "Mông", ""), ("H’mông", "Mông", ""), ("HMông", "Mông", ""),
     ("Mèo", "Mông", ""), ("Khơ Mú", "Khơ-mú", ""), ("Khơmú", "Khơ-mú", ""), ("khơ-mú", "Khơ-mú", ""),
     ("Ơ Đu", "Ơ-đu", ""), ("Ơđu", "Ơ-đu", ""), ("O Du", "Ơ-đu", ""), ("Tày Hạt", "Ơ-đu", ""), ("Thổ", "Thổ", ""),
     ("Đan Lai", "Thổ", "Đan Lai"), ("Thổ (Đan Lai)", "Thổ", "Đan Lai"), ("Ly Hà", "Thổ", "Ly Hà"),
     ("Tày Poọng", "Thổ", "Tày Poọng"), ("Dân tộc Thái", "Thái", ""), ("29 - Khơ Mú", "Khơ-mú", ""),
     ("Tày Mường", "Thái", ""), ("Kinh", "Kinh", "")],
)  # fmt: skip
def test_names(text: str, name: str, subgroup: str) -> None:
    people, group = parse_people(text)
    assert people is not None
    assert (people.name, group) == (name, subgroup)


@pytest.mark.parametrize("text", ["", "24", "29", "8", "Thái/Kinh", "Xá nào đó", "không rõ lắm"])
def test_not_told(text: str) -> None:
    assert parse_people(text)[0] is None


def test_numbers_need_their_list() -> None:
    assert [getattr(parse_people("29", listed)[0], "name", None) for listed in (LIST_A, LIST_B)] == [
        "Khơ-mú",
        "Gié-Triêng",
    ]
    assert getattr(parse_people("3", LIST_A)[0], "name", None) == "Thái"
    khmu = parse_people("Khơ Mú")[0]
    assert khmu is not None
    assert (khmu.code_a, khmu.code_b) == ("29", "23")
    assert parse_people("99", LIST_A) == (None, "")
