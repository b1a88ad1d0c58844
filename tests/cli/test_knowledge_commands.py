"""Names, dates, numbers, places, age and card at the command line, as a new user tries them; none needs a home."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fieldtool.app import run

ABSENT = ("--home", "no-such-home", "--json")


def answer(capsys: pytest.CaptureFixture[str], *arguments: str):
    code = run([*ABSENT, *arguments])
    return code, json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("a", "b", "code"),
    [
        ("Hoà", "Hòa", "tone_place"),
        ("Lô Văn Hà", "Lò Văn Hà", "surname_variant"),
        ("Moong Văn Tạ", "Mông Văn Tạ", "moong"),
        ("Lô Văn Hương", "Lo Van Huong", "marks_missing"),
        ("Nguyễn Văn An", "Nguyeenx Vawn An", "telex"),
        ("Nguyễn Văn An", "Nguye64n Va8n An", "vni"),
        ("Lô Thị Hương", "Lô Hương", "middle_dropped"),
        ("Nguyễn Văn Hương", "Ng.V. Hương", "abbreviation"),
    ],
)
def test_a_difference_of_names_has_its_name_and_its_spans(capsys, a: str, b: str, code: str) -> None:
    exit_code, told = answer(capsys, "names", a, b)
    assert exit_code == 0
    found = {item["code"]: item for item in told["differences"]}
    assert code in found
    assert found[code]["text"]
    assert found[code]["left"] or found[code]["right"]


@pytest.mark.parametrize(
    ("a", "b", "code"),
    [
        ("1958", "12/08/1958", "year_only"),
        ("01/01/1958", "12/08/1958", "imputed_0101"),
        ("05/03/1990", "03/05/1990", "day_month_swapped"),
        ("15/7/1985", "30/08/1985", "lunar_as_solar"),
    ],
)
def test_a_difference_of_dates_has_its_name(capsys, a: str, b: str, code: str) -> None:
    _, told = answer(capsys, "dates", a, b)
    assert code in [item["code"] for item in told["differences"]]


def test_number_place_age_and_card_answer_without_a_home(capsys) -> None:
    _, told = answer(capsys, "number", "40080001234", "--dob", "1980", "--sex", "Nam")
    assert told["findings"][0]["proposal"] == "040080001234"
    assert not told["identifies"]
    _, told = answer(capsys, "place", "Bản Chăm Puông, xã Lượng Minh, huyện Tương Dương")
    assert told["code"] == "16906"
    _, told = answer(capsys, "place", "xã Ngọc Lâm, huyện Thanh Chương")
    assert told["code"] == "17759"
    _, told = answer(capsys, "age", "--animal", "Sửu", "--said", "78", "--asked", "2026")
    assert told["candidates"][0]["lunar_year"] == 1949
    _, told = answer(capsys, "card", "040080001234|181234567|LÔ VĂN AN|12031980|Nam|Bản A, Tam Hợp|01072021")
    assert told["fields"]["name"] == "LÔ VĂN AN"


@pytest.mark.parametrize(
    ("printed", "written"), [("12031980", "12/03/1980"), ("01011950", "01/01/1950"), ("1950", "1950")]
)
def test_a_cards_days_are_written_as_lists_write_them(capsys, printed: str, written: str) -> None:
    _, told = answer(capsys, "card", f"040080001234||LÔ VĂN AN|{printed}|Nam|Bản A, Tam Hợp|{printed}")
    assert told["fields"]["dob"] == written
    assert told["fields"]["issue_date"] == written


def test_what_is_no_card_no_picture_or_no_animal_is_told_by_its_code(capsys, tmp_path: Path) -> None:
    assert answer(capsys, "card", "xin chào")[1]["error"]["code"] == "not_a_card"
    assert answer(capsys, "card", "--image", str(tmp_path / "x.png"))[1]["error"]["code"] == "no_file"
    assert answer(capsys, "age", "--animal", "voi", "--said", "60")[1]["error"]["code"] == "bad_value"
