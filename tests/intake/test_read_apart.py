"""Lists read in the other process: the log is the same to the byte, and that process can name nothing but values."""

import dataclasses
import pickle
import sys
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
import xlsxwriter

from fieldtool.excel.child import opened
from fieldtool.excel.read_book import ChildWorkbooks
from fieldtool.excel.source_book import SourceBook
from fieldtool.homes import assemble
from fieldtool.intake.apart import answers
from fieldtool.intake.lists import heading_as_found
from fieldtool.intake.mappings import ListMapping
from fieldtool.records.errors import Cancelled, ErrorCode, FieldtoolError
from fieldtool.records.exchange import HomeCard
from fieldtool.store.opening import open_store
from fieldtool.usecases.import_list import import_list
from fieldtool.usecases.row_verdicts import VerdictPages

sys.path.insert(0, str(Path(__file__).resolve().parent))
from list_home import CountedIds

HEADING = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Quan hệ với chủ hộ", "Bản"]


class OneProcess(ChildWorkbooks):
    """Reads and does the work here."""

    def read_apart(self, path, work, answer, progress=None):
        yield from work(SourceBook(path.name, opened(path)), answer)


class Counted(CountedIds):
    def __init__(self):
        super().__init__()
        self._said = 0

    def nonce(self):
        self._said += 1
        return f"{self._said:016x}"


@contextmanager
def home(folder):
    folder.mkdir()
    clock = SimpleNamespace(now=lambda: "2026-01-01T00:00:00+07:00")
    store = open_store(folder / "home.db", b"k" * 32, clock=clock, ids=Counted(), create=True)
    card = HomeCard("mxa", 1, "x16936", "x16936", "16936", "cb-1", "Lô Văn Thử", headquarters=False)
    store.settings.put("home.card", card.to_text())
    try:
        yield store, dataclasses.replace(assemble(store), ids=Counted())
    finally:
        store.close()


def a_list(path):
    """Five thousand rows of every fate over several batches, two sheets, two villages that come late."""
    book = xlsxwriter.Workbook(str(path))
    for name, first in (("Bản trên", 0), ("Bản dưới", 2600)):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, HEADING)
        for number in range(first, first + 2600):
            village = "Xốp Nặm" if number < 2100 else "Huồi Sơn" if number < 4700 else "Chăm Puông"
            year, name = 60 + number % 40, f"Lô Văn {'ABCDĐEGH'[number % 8]}n"
            row = [number + 1, name, f"{number % 28 + 1:02d}/03/19{year}", "Nam", f"0400{year}{number:06d}"]
            row += ["Chủ hộ" if number % 4 == 0 else "Con", village]
            if number % 97 == 0:
                row[1] = ""  # refused
            elif number % 89 == 0:
                row[2:] = [""] * 5  # parked
            elif number % 83 == 0:
                row[2] = "31/02/1970"
            sheet.write_row(number - first + 1, 0, row)
    book.close()


def test_the_log_is_the_same_to_the_byte_wherever_the_rows_are_judged(tmp_path):
    path = tmp_path / "danh sach.xlsx"
    a_list(path)
    told = []
    for name, workbooks in (("mot", OneProcess()), ("hai", ChildWorkbooks())):
        with home(tmp_path / name) as (store, ports):
            verdicts = VerdictPages()
            outcome = import_list(ports, workbooks, path, verdicts=verdicts)
            again = import_list(ports, workbooks, path)
            dry = import_list(ports, workbooks, path, dry_run=True)
            assert outcome.rows == outcome.added + outcome.unchanged + outcome.parked + outcome.refused
            assert (again.added, again.unchanged) == (0, outcome.added)
            assert dry.unchanged == outcome.added
            events = [repr(event) for event in ports.log.events()]
            accounts = [
                (x.rows, x.added, x.unchanged, x.parked, x.refused, x.issues, x.counts, x.kinds, x.layouts, x.preview)
                for x in (outcome, again, dry)
            ]
            told.append((events, accounts, list(verdicts.parts())))
    assert told[0] == told[1]
    rows = told[0][1][0]
    assert rows[0] > 5000 and min(rows[1], rows[3], rows[4]) > 20  # the list held every fate


def test_an_officers_mapping_reaches_the_other_process(tmp_path):
    path = tmp_path / "danh sach.csv"
    path.write_text("Người,Năm\nLô Văn An,1960\nVi Thị Bình,1962\n", encoding="utf-8")
    with home(tmp_path / "nha") as (_, ports):
        mapping = ListMapping.from_text(
            '{"columns": {"A": "name", "B": "dob"}, "kind": "household", "heading": [1, 1]}'
        )
        outcome = import_list(ports, ChildWorkbooks(), path, mapping=mapping)
    assert outcome.rows == 2


@pytest.mark.parametrize(
    ("text", "sheet", "code"),
    [("\n\n", None, ErrorCode.EMPTY_LIST), ("a,b\nc,d\n", "Không có", ErrorCode.NO_SUCH_SHEET)],
)
def test_trouble_of_the_list_comes_back_with_its_place(tmp_path, text, sheet, code):
    path = tmp_path / "danh sach.csv"
    path.write_text(text, encoding="utf-8")
    with home(tmp_path / "nha") as (store, ports):
        before = ports.log.count()
        with pytest.raises(FieldtoolError) as raised:
            import_list(ports, ChildWorkbooks(), path, sheet=sheet)
        assert (raised.value.code, raised.value.place.file) == (code, "danh sach.csv")
        assert ports.log.count() == before


def test_cancelled_in_the_middle_leaves_nothing(tmp_path):
    path = tmp_path / "danh sach.xlsx"
    a_list(path)

    def progress(done, total, what):
        if done > 2000:
            raise Cancelled

    with home(tmp_path / "nha") as (store, ports):
        before = ports.log.count()
        with pytest.raises(Cancelled):
            import_list(ports, ChildWorkbooks(), path, progress=progress)
        assert ports.log.count() == before


class Fails:
    """Work with a bug in it."""

    def __call__(self, book, ask):
        yield book.file.encode()
        raise ValueError("a bug")


def test_a_bug_over_there_is_a_bug_here(tmp_path):
    path = tmp_path / "danh sach.csv"
    path.write_text("a,b\n", encoding="utf-8")
    parts = ChildWorkbooks().read_apart(path, Fails(), lambda question: question)
    assert next(parts) == b"danh sach.csv"
    with pytest.raises(RuntimeError, match="a bug"):
        next(parts)


def test_what_comes_back_can_name_nothing_but_values():
    ask = answers(lambda layout: layout, heading_as_found)
    for forged in (pickle.dumps(print), pickle.dumps(Path("x")), b"cos\nsystem\n(S'true'\ntR."):
        with pytest.raises(pickle.UnpicklingError):
            ask(forged)
