"""Dates as lists hold them."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldtool.records.dates import PaperDate, month_first, parse_date


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("30/8/1985", "1985-08-30"),
        ("05/3/1990", "1990-03-05"),
        ("5/8/85", "1985-08-05"),
        ("5/8/12", "2012-08-05"),
        ("30.08.1985", "1985-08-30"),
        ("30/8/'85", "1985-08-30"),
        ("30/VIII/1985", "1985-08-30"),
        ("30-XII-1985", "1985-12-30"),
        ("30-08-1985", "1985-08-30"),
        ("30 / 8 / 1985", "1985-08-30"),
        ("30 8 1985", "1985-08-30"),
        ("1985-08-30", "1985-08-30"),
        ("1985-08-30 00:00:00", "1985-08-30"),
        ("30/08/1985 00:00", "1985-08-30"),
        ("30081985", "1985-08-30"),
        ("19850830", "1985-08-30"),
        ("31289", "1985-08-30"),
        ("31289.0", "1985-08-30"),
        ("08/30/1985", "1985-08-30"),
        ("1985", "1985"),
        ("1985.0", "1985"),
        ("năm 1985", "1985"),
        ("khoảng 1950", "1950"),
        ("1950?", "1950"),
        ("--/--/1951", "1951"),
        ("..../..../1951", "1951"),
        ("00/00/1951", "1951"),
        ("xx/xx/1951", "1951"),
        ("  /  /1951", "1951"),
        ("--/8/1951", "1951-08"),
        ("08/1985", "1985-08"),
        ("tháng 8 năm 1985", "1985-08"),
        ("081985", "1985-08"),
        ("1985-08", "1985-08"),
        ("Sinh ngày 30/8/1985", "1985-08-30"),
        ("ngày 30 tháng 8 năm 1985", "1985-08-30"),
        ("3O/O8/l985", "1985-08-30"),
        ("5081985", "1985-08-05"),
        ("81985", "1985-08"),
        ("30-Aug-85", "1985-08-30"),
        ("30 Aug 1985", "1985-08-30"),
        ("August 30, 1985", "1985-08-30"),
        ("30-thg 8-1985", "1985-08-30"),
        ("sinh 30/8/1985 tại Lượng Minh", "1985-08-30"),
        ("Ất Sửu (1985)", "1985"),
        ("khoảng năm 1950, không nhớ ngày", "1950"),
        ("1985-1990", ""),
        ("01/01/1950", "1950"),
        ("", ""),
        ("không rõ", ""),
        ("30/8/2985", ""),
        ("12", ""),
    ],
)
def test_every_form_that_a_list_holds(text: str, iso: str) -> None:
    date = parse_date(text)
    assert date.iso == iso
    assert date.text == text


def test_first_of_january_is_a_marker_and_no_date() -> None:
    date = parse_date("01/01/1950")
    assert (date.precision, date.imputed, date.solar) == ("year", True, None)
    assert not parse_date("1950").imputed


def test_other_readings_are_kept() -> None:
    assert parse_date("05/08/1985").candidates == (datetime.date(1985, 5, 8),)
    assert parse_date("30/08/1985").candidates == ()
    assert datetime.date(1912, 8, 15) in parse_date("15/8/12").candidates
    assert parse_date("15/8/85").candidates == ()


def test_lists_from_us_machines() -> None:
    assert parse_date("05/08/1985", month_first=True).iso == "1985-05-08"
    assert parse_date("30/08/1985", month_first=True).iso == "1985-08-30"


def test_a_column_tells_its_order() -> None:
    assert month_first("08/30/1985") is True
    assert month_first("30/08/1985") is False
    assert [month_first(text) for text in ("05/08/1985", "1985", "")] == [None] * 3


def test_two_digit_year_is_never_in_the_future() -> None:
    assert parse_date("5/8/24", today=datetime.date(2023, 1, 1)).year == 1924
    assert parse_date("5/8/24", today=datetime.date(2025, 1, 1)).year == 2024


@pytest.mark.parametrize(
    "text",
    [
        "15/7/1985 âm lịch",
        "15/7/1985 (ÂL)",
        "15/7/1985AL",
        "15/7/1985âl",
        "15/7/1985 âm",
        "15/7 âm 1985",
        "15 - 7 (âm lịch) 1985",
        "rằm tháng bảy năm 1985",
    ],
)
def test_a_date_said_to_be_lunar(text: str) -> None:
    date = parse_date(text)
    assert (date.calendar, date.day, date.month, date.year) == ("lunar", 15, 7, 1985)
    assert date.candidates == (datetime.date(1985, 8, 30),)
    assert date.solar is None


def test_thirtieth_of_february_can_only_be_lunar() -> None:
    date = parse_date("30/02/1985")
    assert (date.calendar, date.candidates) == ("lunar", (datetime.date(1985, 4, 19),))


def test_a_day_no_month_has_keeps_month_and_year() -> None:
    date = parse_date("31/04/1985")
    assert (date.impossible, date.iso) == (True, "1985-04")


@given(st.text(max_size=30))
@settings(max_examples=300)
def test_reading_never_fails_and_keeps_the_text(text: str) -> None:
    assert parse_date(text).text == text


@given(st.dates(datetime.date(1900, 1, 2), datetime.date(2026, 12, 31)), st.sampled_from("/.-"))
@settings(max_examples=200)
def test_what_is_written_is_read(day: datetime.date, mark: str) -> None:
    read = parse_date(f"{day.day:02d}{mark}{day.month}{mark}{day.year}")
    if (day.day, day.month) == (1, 1):
        assert read.imputed
    else:
        assert read.solar == day
    assert parse_date(day.isoformat()).iso == read.iso
    if day.year >= 1910:
        assert parse_date(str((day - datetime.date(1899, 12, 30)).days)).iso == read.iso


def test_a_paper_date_compares_by_what_it_says() -> None:
    assert parse_date("1985") == PaperDate("1985", "year", 1985)


@pytest.mark.parametrize("text", ["T7/1985", "T.7/1985", "Th 7-1985", "thg 7/1985", "tháng 7/1985"])
def test_a_month_behind_its_word(text: str) -> None:
    assert parse_date(text).iso == "1985-07"
