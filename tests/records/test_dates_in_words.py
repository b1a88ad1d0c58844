"""The date in words of a birth certificate."""

from __future__ import annotations

import pytest

from fieldtool.records.dates import parse_date

NUMBERS = [
    ("Ngày mười lăm tháng tám năm một nghìn chín trăm tám mươi lăm", "1985-08-15"),
    ("ngày năm tháng năm năm một nghìn chín trăm năm mươi lăm", "1955-05-05"),
    ("Ngày hai mươi mốt tháng mười một năm hai nghìn không trăm linh chín", "2009-11-21"),
    ("ngày ba mươi mốt tháng mười hai năm hai ngàn không trăm mười", "2010-12-31"),
    ("Mùng ba tháng tư năm một nghìn chín trăm chín mươi tư", "1994-04-03"),
    ("mồng mười tháng hai năm hai nghìn", "2000-02-10"),
    ("ngày hăm mốt tháng sáu năm một chín tám lăm", "1985-06-21"),
    ("ngay muoi lam thang tam nam mot nghin chin tram tam muoi lam", "1985-08-15"),
    ("NGÀY HAI MƯƠI LĂM THÁNG BẢY NĂM MỘT NGHÌN CHÍN TRĂM SÁU MƯƠI", "1960-07-25"),
    ("tháng chín năm một nghìn chín trăm bảy mươi", "1970-09"),
    ("ngày 5 tháng 8 năm 1985", "1985-08-05"),
    ("năm một nghìn chín trăm năm mươi", "1950"),
    ("ngày mười lăm tháng mười ba năm hai nghìn", ""),
    ("ngày bốn mươi tháng tám năm hai nghìn", ""),
    ("ngày tám tháng ba năm hai không mười hai", "2012-03-08"),
    ("ngày năm tháng năm năm một chín tám mươi lăm", "1985-05-05"),
    ("ngày sáu tháng sáu năm hai không linh năm", "2005-06-06"),
    ("ngày sáu tháng sáu năm hai không nghìn", ""),
]


@pytest.mark.parametrize(("text", "iso"), NUMBERS)
def test_words_are_read(text: str, iso: str) -> None:
    assert parse_date(text).iso == iso


def test_names_of_lunar_months_tell_the_calendar() -> None:
    assert parse_date("ngày mười tháng giêng năm một nghìn chín trăm năm mươi").calendar == "lunar"
    assert parse_date("ngày mười tháng chạp năm một nghìn chín trăm năm mươi").month == 12
    assert parse_date("ngày mười tháng hai năm một nghìn chín trăm năm mươi").calendar == "unknown"
