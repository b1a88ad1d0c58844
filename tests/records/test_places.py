"""Places through the generations, with every trap of the ground."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldtool.records.gazetteer import added_commune, gazetteer, short_name, today
from fieldtool.records.gazetteer_additions import read_additions, write_additions
from fieldtool.records.places import address_today, parse_place, place_on

READ = [
    ("Bản Chăm Puông, xã Lượng Minh, huyện Tương Dương", "Bản Chăm Puông", "Lượng Minh", "Tương Dương", "16906"),
    ("Bản Chăm Puông, xã Lưỡng Minh, huyện Tương Dương", "Bản Chăm Puông", "Lưỡng Minh", "Tương Dương", "16906"),
    ("Bản Xốp Mạt xã Lượng Minh huyện Tương Dương tỉnh Nghệ An", "Bản Xốp Mạt", "Lượng Minh", "Tương Dương", "16906"),
    ("X. Lượng Minh, H. Tương Dương, T. Nghệ An", "", "Lượng Minh", "Tương Dương", "16906"),
    ("Lượng Minh-Tương Dương-Nghệ An", "", "Lượng Minh", "Tương Dương", "16906"),
    ("xa Luong Minh, Tuong Duong, Nghe An", "", "Luong Minh", "Tuong Duong", "16906"),
    ("Xã Lượng Minh, tỉnh Nghệ An", "", "Lượng Minh", "", "16906"),
    ("Ngọc Lâm, Thanh Chương", "", "Ngọc Lâm", "Thanh Chương", "17759"),
    ("Thanh Sơn, Thanh Chương, Nghệ An", "", "Thanh Sơn", "Thanh Chương", "17723"),
    ("Tam Hợp, Tương Dương", "", "Tam Hợp", "Tương Dương", "16936"),
    ("Tam Hợp, Quỳ Hợp", "", "Tam Hợp", "Quỳ Hợp", "17059"),
    ("Khối 5, thị trấn Thạch Giám, huyện Tương Dương", "Khối 5", "Thạch Giám", "Tương Dương", "16876"),
    ("Thị trấn Hòa Bình, Tương Dương", "", "Hòa Bình", "Tương Dương", "16876"),
    ("Tổ 2, bản Chăm Puông, Lượng Minh, Tương Dương", "bản Chăm Puông", "Lượng Minh", "Tương Dương", "16906"),
    ("Lượng Minh, Kỳ Sơn", "", "Lượng Minh", "Kỳ Sơn", ""),
    ("Kim Đa, Tương Dương", "", "Kim Đa", "Tương Dương", ""),
    ("Bản Xốp Cháo, xã Kim Tiến, Tương Dương", "Bản Xốp Cháo", "Kim Tiến", "Tương Dương", ""),
    ("xã Tam Hợp, Nghệ An", "", "Tam Hợp", "", ""),
    ("xã Đồng Văn, tỉnh Nghệ An", "", "Đồng Văn", "", ""),
    ("Thành phố Vinh, Nghệ An", "", "", "Vinh", ""),
    ("ban Cham Puong xa Luong Minh huyen Tuong Duong", "ban Cham Puong", "Luong Minh", "Tuong Duong", "16906"),
    ("ban Huoi xa Xa Luong huyen Tuong Duong", "ban Huoi", "Xa Luong", "Tuong Duong", "16921"),
    ("Bản Chăm Puông (Lượng Minh, Tương Dương)", "Bản Chăm Puông", "Lượng Minh", "Tương Dương", "16906"),
    ("Bản Chăm Puông/Lượng Minh/Tương Dương", "Bản Chăm Puông", "Lượng Minh", "Tương Dương", "16906"),
    ("BẢN CHĂM PUÔNG, XÃ LƯỢNG MINH, HUYỆN TƯƠNG DƯƠNG", "BẢN CHĂM PUÔNG", "LƯỢNG MINH", "TƯƠNG DƯƠNG", "16906"),
    ("Lượng Minh, T.Dương, N.An", "", "Lượng Minh", "Tương Dương", "16906"),
    ("X. Mường Lống, K. Sơn, NA", "", "Mường Lống", "Kỳ Sơn", "16831"),
    ("Luân Mai", "", "Luân Mai", "", ""),
    ("bản Luân Mai", "bản Luân Mai", "", "", ""),
    ("T.T Thạch Giám, H. Tương Dương", "", "Thạch Giám", "Tương Dương", "16876"),
    ("P. Hưng Bình, TP Vinh", "", "Hưng Bình", "Vinh", "16672"),
    ("UBND xã Lượng Minh", "", "Lượng Minh", "", "16906"),
    ("Công an tỉnh Nghệ An", "", "", "", ""),
    ("Sơn Lâm, Thanh Chương, Nghệ An", "", "Sơn Lâm", "Thanh Chương", "17759"),
    ("Nậm Cắn, Kỳ Sơn", "", "Nậm Cắn", "Kỳ Sơn", "16837"),
    ("Nậm Càn, Kỳ Sơn", "", "Nậm Càn", "Kỳ Sơn", "16873"),
    ("Nam Can, Ky Son", "", "Nam Can", "Ky Son", ""),
    ("Tương Dương, Nghệ An", "", "", "Tương Dương", ""),
    ("Bản Mon, Tương Dương", "Bản Mon", "Tương Dương", "", "16876"),
    ("Kỳ Sơn, Nghệ An", "", "", "Kỳ Sơn", ""),
    ("Bà Rịa - Vũng Tàu", "", "", "", ""),
    ("Xá Lượng, Tương Dương, Nghệ An", "", "Xá Lượng", "Tương Dương", "16921"),
    ("Xa Luong, Tuong Duong", "", "Xa Luong", "Tuong Duong", "16921"),
    ("Lượng Minh, huyện Tương Dương cũ", "", "Lượng Minh", "Tương Dương", "16906"),
    ("Bản Phồng, xã Tam Hợp (nay là xã Tam Thái)", "Bản Phồng", "Tam Hợp", "", "16936"),
    ("Tây Sơn", "", "Tây Sơn", "", "16864"),
    ("Tây Sơn, Bình Định", "", "", "Tây Sơn", ""),
]


@pytest.mark.parametrize(("text", "village", "commune", "district", "code"), READ)
def test_free_text(text: str, village: str, commune: str, district: str, code: str) -> None:
    read = parse_place(text)
    assert (read.village, read.commune, read.district, read.code) == (village, commune, district, code)
    assert read.text == text


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("16936", "Xã Tam Hợp", "Xã Tam Thái"),
        ("16849", "Xã Hữu Lập", "Xã Hữu Kiệm"),
        ("16744", "Xã Đồng Văn", "Xã Thông Thụ"),
        ("17759", "Xã Ngọc Lâm", "Xã Sơn Lâm"),
        ("16906", "Xã Lượng Minh", "Xã Lượng Minh"),
    ],
)
def test_a_code_alone_is_no_key(code: str, old: str, new: str) -> None:
    book = gazetteer()
    before, after = book.at(code, "2020-06-01"), book.at(code, "2025-07-01")
    assert before is not None
    assert after is not None
    assert (before.name, after.name) == (old, new)
    assert after == book.at(code)
    assert (before.valid_to, after.valid_from) == ("2025-07-01", "2025-07-01")


@pytest.mark.parametrize(
    ("old", "now"),
    [
        ("16924", "16936"),
        ("16861", "16849"),
        ("16741", "16744"),
        ("17759", "17759"),
        ("17723", "17759"),
        ("17725", "17728"),
    ],
)
def test_old_codes_lead_to_todays_commune(old: str, now: str) -> None:
    assert [commune.code for commune in today(old, "2020-06-01")] == [now]


def test_both_resettlement_communes_are_son_lam() -> None:
    book = gazetteer()
    for text in ("Ngọc Lâm, Thanh Chương", "Thanh Sơn, Thanh Chương"):
        found = parse_place(text).found
        assert found is not None
        assert [(now.code, now.name) for now in book.today(found)] == [("17759", "Xã Sơn Lâm")]
    now = book.at("17759")
    assert now is not None
    assert {part.name for part in book.parts(now)} == {"Xã Ngọc Lâm", "Xã Thanh Sơn"}
    assert {part.name for part in book.on(now, "2015-01-01")} == {"Xã Ngọc Lâm", "Xã Thanh Sơn"}


def test_three_generations_of_thanh_chuong() -> None:
    (old,) = gazetteer().named("Thanh Nho")
    assert [commune.name for commune in gazetteer().on(old, "2025-01-15")] == ["Xã Minh Sơn"]
    assert [commune.code for commune in gazetteer().today(old)] == ["17728"]


def test_marks_tell_a_province_from_a_commune() -> None:
    assert parse_place("Yên Định, Thanh Hóa").province == "Thanh Hóa"
    assert parse_place("Yên Định, Thanh Hoá").province == "Thanh Hoá"
    read = parse_place("Xóm 3, Thanh Hòa, Thanh Chương")
    assert (read.province, read.commune, read.code) == ("", "Thanh Hòa", "17725")
    assert parse_place("Xóm 3, Thanh Hòa").commune == "Thanh Hòa"


def test_a_new_paper_without_districts() -> None:
    assert parse_place("Tương Dương, Nghệ An", on_date="2026-01-05").code == "16876"


def test_flags() -> None:
    assert "commune_unknown" in parse_place("Kim Đa, Tương Dương").flags
    assert "commune_ambiguous" in parse_place("xã Tam Hợp, Nghệ An").flags
    assert "district_disagrees" in parse_place("Lượng Minh, Kỳ Sơn").flags
    assert "spelling_differs" in parse_place("xã Luong Minh, Tương Dương").flags
    assert parse_place("Viêng Chăn, Lào").flags == ("abroad",)
    assert "abolished" in parse_place("Ngọc Lâm, Thanh Chương").flags
    assert parse_place("Lượng Minh, Tương Dương").flags == ()


def test_the_day_of_the_paper_tells_generations_apart() -> None:
    now = parse_place("xã Tam Hợp, Nghệ An", on_date="2025-08-01")
    assert (now.code, now.flags) == ("17059", ())


def test_an_officer_adds_a_drowned_commune() -> None:
    kim_da = added_commune("Xã Kim Đa", "Tương Dương", "17759")
    read = parse_place("Bản Kim Hồng, Kim Đa, Tương Dương", additions=[kim_da])
    assert read.found == kim_da
    assert [commune.name for commune in gazetteer().with_additions([kim_da]).today(kim_da)] == ["Xã Sơn Lâm"]
    assert parse_place("Kim Đa, Tương Dương").found is None
    assert read_additions(write_additions([kim_da])) == (kim_da,)
    assert read_additions("name,district\n,\n") == ()


def test_an_old_address_on_any_day() -> None:
    old = "Bản Tân Hợp, Ngọc Lâm, Thanh Chương"
    assert address_today(old) == "Bản Tân Hợp, xã Sơn Lâm, tỉnh Nghệ An"
    assert [c.name for c in place_on(old, "2019-05-01")] == ["Xã Ngọc Lâm"]
    assert [c.name for c in place_on("xã Sơn Lâm, Nghệ An", "2019-05-01")] == ["Xã Thanh Sơn", "Xã Ngọc Lâm"]
    assert address_today("Kim Đa, Tương Dương") == ""


def test_context_settles_names_that_stand_twice() -> None:
    assert parse_place("xã Tam Hợp", district="Tương Dương").code == "16936"
    assert parse_place("xã Tam Hợp", commune="16936").code == "16936"
    assert parse_place("xã Đồng Văn", district="Thanh Chương").code == "17764"


def test_the_home_commune_is_meant_when_none_is_named() -> None:
    assert parse_place("Bản Chăm Puông", commune="16906").code == "16906"
    assert parse_place("Bản Chăm Puông").code == ""


@pytest.mark.parametrize("text", ["Thanh Hóa", "tỉnh Thanh Hóa", "Bản Na, tỉnh Thanh Hóa", "Nghệ An", "T.Hóa"])
def test_a_province_alone_is_no_commune_and_least_of_all_the_home_commune(text: str) -> None:
    reading = parse_place(text, commune="16906")
    assert (reading.code, reading.flags) == ("", ("commune_missing",))
    assert parse_place("bản Xốp Mạt, tỉnh Nghệ An", commune="16906").code == "16906"


def test_the_whole_country_is_there() -> None:
    book = gazetteer()
    now = [commune for commune in book.communes if commune.current]
    assert len(now) == 3321
    assert len({commune.province_code for commune in now}) == 34
    assert len([commune for commune in now if commune.province_code == "40"]) == 130
    assert book.name_of("16906") == "Xã Lượng Minh"


def test_every_old_commune_of_nghe_an_leads_to_one_of_today() -> None:
    book = gazetteer()
    old = [commune for commune in book.communes if commune.province_code == "40" and not commune.current]
    assert len([commune for commune in old if commune.valid_to == "2025-07-01"]) == 412
    assert {len(book.today(commune)) for commune in old} == {1}


def test_names_without_their_type() -> None:
    assert short_name("Thị trấn Thạch Giám") == "Thạch Giám"
    assert short_name("Phường 1") == "Phường 1"


@given(st.text(alphabet="Bản xãhuyệTươngD,.-;12 ", max_size=40))
@settings(max_examples=150)
def test_reading_never_fails(text: str) -> None:
    assert parse_place(text).text == text


def test_a_commune_whose_district_ended_too_leads_to_its_heir_and_one_without_known_heir_says_so():
    heir = parse_place("xã Mỹ Thành, huyện Mỹ Lộc, tỉnh Nam Định")
    assert heir.found is not None
    assert [commune.short for commune in gazetteer().next(heir.found)] == ["Mỹ Lộc"]
    assert gazetteer().today(heir.found)
    lost = parse_place("xã Phú An Hòa, huyện Châu Thành, tỉnh Bến Tre")
    assert "successor_unknown" in lost.flags
    assert sum(1 for c in gazetteer().communes if not c.current and not gazetteer().today(c)) == 7
