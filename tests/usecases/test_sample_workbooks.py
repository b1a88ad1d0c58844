"""The sample on disk: three workbooks with everything a commune's list has around its rows, written alike each time."""

from __future__ import annotations

import csv
import datetime
from pathlib import Path

import openpyxl
import pytest

from fieldtool.excel.sample_workbooks import write_books
from fieldtool.records.errors import Cancelled, ErrorCode, FieldtoolError
from fieldtool.usecases.make_sample import SampleOutcome, make_sample


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> SampleOutcome:
    return make_sample(tmp_path_factory.mktemp("sample"), people=900, seed=4, write=write_books, truth=True)


def test_three_lists_that_look_like_lists(made: SampleOutcome) -> None:
    assert [file.name for file in made.files] == [
        "so_dang_ky_khai_sinh.xlsx",
        "danh_sach_can_cuoc.xlsx",
        "so_ho_khau.xlsx",
    ]
    for file in made.files:
        for sheet in openpyxl.load_workbook(file).worksheets:
            texts = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]
            assert texts[1] == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
            assert "Mã" in texts
            assert any(text.startswith("(Ký") for text in texts[-5:])


def test_the_household_book_shows_heads_villages_and_split_years(made: SampleOutcome) -> None:
    book = openpyxl.load_workbook(made.files[2])
    assert len(book.worksheets) == 4
    sheet = book["Cụm 2"]
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert "D7:E7" in merged  # the date heading above Nam and Nữ
    assert "A7:A8" in merged
    assert "A9:K9" in merged  # the first village across the width
    assert sheet["A9"].value == "BẢN CÀ MOONG"
    for row in sheet.iter_rows(min_row=10, max_row=60):
        if row[1].value and str(row[1].value).startswith("HK"):
            assert bool(row[2].font.bold) == (row[5].value == "Chủ hộ")
            assert (row[3].value is None) != (row[4].value is None)


def test_dates_stand_as_dates_and_as_text_and_some_numbers_as_numbers(made: SampleOutcome) -> None:
    sheet = openpyxl.load_workbook(made.files[1]).active
    assert sheet is not None
    rows = [row for row in sheet.iter_rows(min_row=8, values_only=True) if str(row[1]).startswith("CC")]
    assert {type(row[3]) for row in rows} >= {str, datetime.datetime}
    assert {type(row[6]) for row in rows} >= {str, int}
    assert all(str(row[2]) == str(row[2]).upper() for row in rows)


def test_truth_names_every_row_once(made: SampleOutcome) -> None:
    with (made.files[0].parent / "truth.csv").open(encoding="utf-8", newline="") as file:
        truth = list(csv.DictReader(file))
    assert list(truth[0]) == ["source_key", "kind", "person_number"]
    assert len(truth) == sum(made.rows.values()) == len({line["source_key"] for line in truth})
    assert {line["kind"] for line in truth} == {"birth", "id", "household"}


def test_the_rows_on_paper_are_the_rows_counted(made: SampleOutcome) -> None:
    for file, rows in zip(made.files, made.rows.values(), strict=True):
        sheets = openpyxl.load_workbook(file).worksheets
        keys = [str(row[1]) for sheet in sheets for row in sheet.iter_rows(values_only=True) if len(row) > 1]
        assert sum(key[:2] in {"KS", "CC", "HK"} and key[2:].isdigit() for key in keys) == rows


def test_same_seed_same_bytes_other_seed_other_people(tmp_path: Path) -> None:
    first = make_sample(tmp_path / "a", people=120, seed=5, write=write_books)
    again = make_sample(tmp_path / "b", people=120, seed=5, write=write_books)
    other = make_sample(tmp_path / "c", people=120, seed=6, write=write_books)
    assert [file.read_bytes() for file in first.files] == [file.read_bytes() for file in again.files]
    assert first.files[0].read_bytes() != other.files[0].read_bytes()
    assert not (tmp_path / "a" / "truth.csv").exists()


def test_a_folder_that_cannot_be_is_a_named_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(FieldtoolError) as caught:
        make_sample(tmp_path / "file", people=20, write=write_books)
    assert caught.value.code is ErrorCode.NOT_WRITABLE


def test_cancel_leaves_no_half_file(tmp_path: Path) -> None:
    def stop(done: int, total: int, stage: str) -> None:
        if stage == "write":
            raise Cancelled

    with pytest.raises(Cancelled):
        make_sample(tmp_path, people=50, write=write_books, progress=stop)
    assert list(tmp_path.iterdir()) == []
