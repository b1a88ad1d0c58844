"""The reading process: started before its list is known, replaced when it died meanwhile, never waited for in vain."""

import dataclasses
import functools
import os
from pathlib import Path

import pytest

from fieldtool.excel.read_book import ChildWorkbooks
from fieldtool.intake.apart import ListWork, ReadApart, answers
from fieldtool.intake.lists import heading_as_found
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.records.local_knowledge import Knowledge
from fieldtool.usecases.import_list import get_ready

WORK = ListWork(None, None, "16936", Knowledge(), whole=False)
# What travels to the process is more than a pipe holds: whoever writes it waits for whoever reads it.
LARGE = dataclasses.replace(WORK, knowledge=Knowledge(villages={f"v{n}": "x" * 50 for n in range(20_000)}))
ANSWER = answers(lambda layout: layout, heading_as_found)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "ds.csv"
    made.write_text("Họ và tên,Ngày sinh\nLô Văn An,12/08/1956\nVi Thị Bình,03/04/1988\n", encoding="utf-8")
    return made


def names(workbooks: ChildWorkbooks, path: Path, work: ListWork = WORK) -> list[str]:
    read = ReadApart(workbooks.read_apart(path, work, ANSWER))
    read.file()
    return [result.document.raw["name"] for batch in read.batches() for result in batch.results]


def process_of(workbooks: ChildWorkbooks):
    return workbooks._ready._process


def test_a_process_started_beforehand_reads_the_list_and_the_next_list_has_its_own(path):
    workbooks = ChildWorkbooks()
    get_ready(workbooks)
    first = process_of(workbooks)
    get_ready(workbooks)
    assert process_of(workbooks) is first
    assert names(workbooks, path) == ["Lô Văn An", "Vi Thị Bình"]
    assert workbooks._ready is None
    assert names(workbooks, path) == ["Lô Văn An", "Vi Thị Bình"]


def test_a_process_started_beforehand_is_there_for_a_look_too(path):
    workbooks = ChildWorkbooks()
    get_ready(workbooks)
    with workbooks.read(path) as book:
        assert [len(sheet.head()) for sheet in book.sheets()] == [3]


def test_a_process_that_was_ended_meanwhile_is_replaced(path):
    workbooks = ChildWorkbooks()
    get_ready(workbooks)
    process = process_of(workbooks)
    process.kill()
    process.join()
    assert names(workbooks, path) == ["Lô Văn An", "Vi Thị Bình"]


def test_work_larger_than_the_pipe_reaches_the_process(path):
    assert names(ChildWorkbooks(), path, LARGE) == ["Lô Văn An", "Vi Thị Bình"]


def test_a_process_that_dies_before_it_took_its_work_is_told_at_once(path):
    workbooks = ChildWorkbooks()
    workbooks.get_ready(functools.partial(os._exit, 3))
    with pytest.raises(FieldtoolError) as caught:
        names(workbooks, path, LARGE)
    assert caught.value.code is ErrorCode.READER_FAILED
