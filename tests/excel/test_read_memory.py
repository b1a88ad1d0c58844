"""The reading process stays small: on hostile files, and on sheets filled to the last row (slow: the whole one)."""

import multiprocessing
import sys
from pathlib import Path

import pytest
import test_read_hostile as hostile
import test_read_markup as markup
import xlsxwriter

from fieldtool.excel.child import opened
from fieldtool.excel.read_refusals import Refused
from fieldtool.excel.source_book import SourceBook
from fieldtool.intake.apart import ListWork, ReadApart, answers
from fieldtool.intake.lists import heading_as_found
from fieldtool.records.local_knowledge import Knowledge

LIMIT_MB = 300
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the peak of a process is asked of Linux")
if sys.platform == "linux":
    STATUS = Path("/proc/self/status")


def measured(pipe, path):
    """Read a list as the reading process does; rows, refusal, and the peak of this process in MB."""
    rows, refused = 0, ""
    answer = answers(lambda layout: layout, heading_as_found)
    try:
        work = ListWork(None, None, "16936", Knowledge(), whole=False)
        read = ReadApart(work(SourceBook(Path(path).name, opened(Path(path))), answer))
        read.file()
        rows = sum(len(batch.results) for batch in read.batches())
    except Refused as error:
        refused = str(error.code)
    peak = next(line for line in STATUS.read_text(encoding="utf-8").splitlines() if line.startswith("VmHWM"))
    pipe.send((rows, refused, int(peak.split()[1]) / 1024))


def peak_of(path):
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=measured, args=(theirs, str(path)))
    process.start()
    theirs.close()
    told = ours.recv()
    process.join()
    return told


@pytest.mark.parametrize("make", [hostile.zip_bomb, hostile.many_parts, hostile.entity_bomb, hostile.entity_in_sheet])
def test_a_hostile_file_is_refused_in_little_memory(tmp_path, make):
    rows, refused, peak = peak_of(make(tmp_path / "ds.xlsx"))
    assert (rows, bool(refused)) == (0, True)
    assert peak < LIMIT_MB


@pytest.mark.parametrize("text", [text for text, _ in markup.HOSTILE[6:]], ids=range(6, len(markup.HOSTILE)))
def test_hostile_markup_is_refused_in_little_memory(tmp_path, text):
    path = tmp_path / "ds.xls"
    path.write_text(text, "utf-8")
    rows, refused, peak = peak_of(path)
    assert (rows, bool(refused)) == (0, True)
    assert peak < LIMIT_MB
    print(f"{len(text)} letters: {peak:.0f} MB", file=sys.stderr)


@pytest.mark.parametrize("rows", [40_000, pytest.param(1_048_575, marks=pytest.mark.slow)])
def test_two_columns_filled_to_the_bottom(tmp_path, rows):
    path = tmp_path / "ds.xlsx"
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Họ và tên", "Ngày sinh"])
    letters = "abcdeghiklmnopqrstuvxy"
    for row in range(1, rows + 1):
        name = "".join(letters[row // 22**power % 22] for power in range(5))
        sheet.write_row(row, 0, [f"Lô Văn {name.title()}", f"{row % 28 + 1:02d}/{row % 12 + 1:02d}/1980"])
    book.close()
    read, refused, peak = peak_of(path)
    assert (read, refused) == (rows, "")
    assert peak < LIMIT_MB
    print(f"{rows} rows: {peak:.0f} MB", file=sys.stderr)
