"""Local ids of villages: the same on every laptop."""

from __future__ import annotations

import unicodedata

import pytest

from fieldtool.records.villages import canonical, village_of


@pytest.mark.parametrize(
    "text",
    [
        "Bản Chăm Puông",
        "bản chăm puông",
        "BẢN CHĂM PUÔNG",
        "Chăm Puông",
        "B. Chăm Puông",
        "ban Cham Puong",
        "Bản  Chăm   Puông ",
        "Bản Chăm Puông, xã Lượng Minh, huyện Tương Dương",
        "Bản Chăm Puông, Lưỡng Minh, Tương Dương, Nghệ An",
        "Tổ 2, bản Chăm Puông",
        unicodedata.normalize("NFD", "Bản Chăm Puông"),
    ],
)
def test_one_village(text: str) -> None:
    assert village_of(text, "16906")[0] == "16906-cham-puong"


@pytest.mark.parametrize(
    ("text", "commune", "id", "name"),
    [
        ("Bản Chăm Puông, xã Lượng Minh, huyện Tương Dương", "", "16906-cham-puong", "Bản Chăm Puông"),
        ("Chăm Puông", "", "cham-puong", "Chăm Puông"),
        ("XÓM 3", "16906", "16906-xom-3", "Xóm 3"),
        ("Thôn 03", "16906", "16906-thon-3", "Thôn 03"),
        ("Khối 5, thị trấn Thạch Giám, Tương Dương", "16906", "16876-khoi-5", "Khối 5"),
        ("Bản Tân Sơn, Ngọc Lâm, Thanh Chương", "17759", "17759-tan-son", "Bản Tân Sơn"),
        ("Bản Xốp Cháo, Kim Đa, Tương Dương", "17759", "kim-da-xop-chao", "Bản Xốp Cháo"),
        ("Bản Chăm Puông, xã Lượn Minh, Tương Dương", "16906", "16906-cham-puong", "Bản Chăm Puông"),
        ("Bản Phồng, xã Tam Hợp", "16936", "16936-phong", "Bản Phồng"),
        ("Bản Na, Hữu Lập, Kỳ Sơn", "16906", "16849-na", "Bản Na"),
        ("Lượng Minh, Tương Dương", "16906", "", ""),
        ("Lượng Minh", "16906", "", ""),
        ("Nghĩa Đàn, Nghệ An", "16906", "", ""),
        ("", "16906", "", ""),
        ("  ", "", "", ""),
    ],
)
def test_ids_and_names(text: str, commune: str, id: str, name: str) -> None:
    assert village_of(text, commune) == (id, name)


def test_a_village_may_bear_the_name_of_some_commune() -> None:
    assert village_of("Xiêng My", "16906") == ("16906-xieng-my", "Xiêng My")
    assert village_of("Hòa Bình", "16906") == ("16906-hoa-binh", "Hòa Bình")
    assert village_of("Kỳ Sơn", "16906") == ("16906-ky-son", "Kỳ Sơn")
    assert village_of("Tương Dương", "16906") == ("", "")
    assert village_of("Nghệ An", "16906") == ("", "")


def test_aliases_of_merged_villages() -> None:
    aliases = {"16906-xop-mat": "16906-minh-phuong", "16906-minh-phuong": "16906-minh-phuong-moi", "a": "b", "b": "a"}
    assert canonical("16906-xop-mat", aliases) == "16906-minh-phuong-moi"
    assert canonical("16906-cham-puong", aliases) == "16906-cham-puong"
    assert canonical("a", aliases) == "b"
