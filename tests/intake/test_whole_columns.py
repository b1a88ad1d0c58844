"""What needs the whole of a sheet: the order of day and month, and two lists side by side, in little memory."""

import sys
import tracemalloc
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldtool.intake import apart
from fieldtool.intake.layout import DayOrder
from fieldtool.intake.stacked import lists_of
from fieldtool.records.documents import from_payload
from fieldtool.records.events import RecordKind
from fieldtool.records.fields import Field
from fieldtool.records.raw_books import HEAD_ROWS, MemoryBook, MemorySheet, SheetLook
from fieldtool.usecases.import_list import import_list
from fieldtool.usecases.preview_list import preview_list

sys.path.insert(0, str(Path(__file__).resolve().parent))
from list_home import OneBook, home

HEADING = ["STT", "Họ và tên", "Ngày sinh", "Giới tính"]


def of_days(days, rows=5200):
    """A list whose dates fit both orders but for some rows."""
    return [
        HEADING,
        *[[n, "Lô Văn An", days.get(n, f"0{n % 9 + 1}/0{n % 7 + 1}/1980"), "Nam"] for n in range(2, rows)],
    ]


def imported(rows):
    at = home()
    book = MemoryBook("ds.xlsx", (MemorySheet("Sheet1", tuple(rows)),))
    outcome = import_list(at, OneBook(book), Path("ds.xlsx"))
    papers = [from_payload(e.record, e.value) for e in at.log.kept if e.kind == RecordKind.DOCUMENT]
    return outcome, {paper.source.row: paper.get(Field.DOB) for paper in papers}


def order(outcome):
    return next(column.order for column in outcome.layouts[0].columns if column.meaning is Field.DOB)


def test_row_5000_alone_tells_that_the_machine_wrote_the_month_first():
    outcome, days = imported(of_days({5000: "04/25/1985"}))
    assert order(outcome) is DayOrder.TEXT_TURNED
    assert days[5000] == "25/04/1985"
    assert days[2] == "03/03/1980"
    assert days[3] == "04/04/1980"
    assert days[4] == "05/05/1980"
    assert days[9] == "03/01/1980"  # written 01/03


def test_row_5000_alone_tells_that_the_day_stands_first_after_all():
    outcome, days = imported(of_days({10: "04/25/1985", 5000: "25/04/1985"}))
    assert order(outcome) is DayOrder.DAY_FIRST
    assert days[9] == "01/03/1980"


def test_a_preview_says_what_row_5000_will_tell_the_import():
    book = MemoryBook("ds.xlsx", (MemorySheet("Sheet1", tuple(of_days({5000: "04/25/1985"}))),))
    (shown,) = preview_list(home(), OneBook(book), Path("ds.xlsx")).lists
    assert shown.layout is not None
    assert shown.layout.columns[2].order is DayOrder.TEXT_TURNED
    assert shown.rows[7].result.raw[Field.DOB] == "03/01/1980"  # written 01/03


class Counted(MemorySheet):
    """A sheet that knows how often it was read anew."""

    anew: ClassVar[list[int]] = []

    def again(self):
        self.anew.append(1)
        return self.rows()


def with_expiry(at):
    """A list whose dates of expiry begin below the head; its births tell their order at the top."""
    lines = of_days({9: "25/04/1985"})
    return tuple([*line, "Ngày hết hạn" if n == 0 else at.get(n, "")] for n, line in enumerate(lines))


def test_a_blank_column_of_dates_costs_no_second_reading():
    Counted.anew.clear()
    import_list(home(), OneBook(MemoryBook("ds.xlsx", (Counted("S", with_expiry({})),))), Path("ds.xlsx"))
    assert Counted.anew == []


def test_a_column_whose_first_date_stands_in_row_4000_is_told_by_all_that_follow():
    Counted.anew.clear()
    rows = with_expiry({4000: "03/01/2030", 5000: "04/25/2031"})
    at = home()
    outcome = import_list(at, OneBook(MemoryBook("ds.xlsx", (Counted("S", rows),))), Path("ds.xlsx"))
    papers = [from_payload(e.record, e.value) for e in at.log.kept if e.kind == RecordKind.DOCUMENT]
    assert {p.get(Field.EXPIRY) for p in papers} == {"", "01/03/2030", "25/04/2031"}
    assert outcome.layouts[0].columns[4].order is DayOrder.TEXT_TURNED
    assert outcome.counts["column_month_first"] == 1
    assert Counted.anew == [1]


TYPED = HEADING + ["Ngày cấp"]


def of_typed(texts, rows=5200):
    """A list whose births and days of issue were typed, but for some texts: row → (birth, day of issue)."""
    days = [(n % 12 + 1, n % 28 + 1) for n in range(rows)]
    lines = [[n, "Lô Văn An", (1980, *day), "Nam", (2022, *day)] for n, day in enumerate(days)]
    for n, (born, issued) in texts.items():
        lines[n][2], lines[n][4] = born or lines[n][2], issued or lines[n][4]
    return [TYPED, *lines[2:]]


def of_typed_read(texts):
    Counted.anew.clear()
    at = home()
    outcome = import_list(at, OneBook(MemoryBook("ds.xlsx", (Counted("S", tuple(of_typed(texts))),))), Path("ds.xlsx"))
    papers = [from_payload(e.record, e.value) for e in at.log.kept if e.kind == RecordKind.DOCUMENT]
    orders = [outcome.layouts[0].columns[index].order for index in (2, 4)]
    return orders, {p.source.row: (p.get(Field.DOB), p.get(Field.ISSUE_DATE)) for p in papers}, len(Counted.anew)


def test_a_sheet_of_typed_days_is_read_once():
    orders, days, anew = of_typed_read({})
    assert orders == [DayOrder.DAY_FIRST, DayOrder.DAY_FIRST]
    assert (days[40], days[5000]) == (("13/05/1980", "13/05/2022"), ("17/09/1980", "17/09/2022"))
    assert anew == 0


def test_the_first_text_among_typed_days_is_told_by_all_texts_of_its_column():
    orders, days, anew = of_typed_read({4000: ("", "03/01/2022"), 5000: ("", "04/25/2022")})
    assert orders == [DayOrder.DAY_FIRST, DayOrder.TEXT_TURNED]
    assert (days[4000][1], days[5000][1], days[40][1]) == ("01/03/2022", "25/04/2022", "13/05/2022")
    assert anew == 1


def test_births_typed_up_to_the_twelfth_alone_are_still_told_by_all_rows():
    early = {n: ((1980, n % 12 + 1, n % 11 + 1), "") for n in range(2, 5200)}
    early |= {n: (f"{n % 12 + 13:02d}/07/1980", "") for n in range(4000, 4010)}
    orders, days, anew = of_typed_read(early)
    assert orders == [DayOrder.TYPED_TURNED, DayOrder.DAY_FIRST]
    assert days[40][0] == "05/08/1980"  # the machine took 08/05 for the fifth of August
    assert anew == 1


def test_a_list_whose_top_tells_is_not_read_again():
    class Once(MemorySheet):
        def again(self):
            raise AssertionError("read again")

    rows = tuple(of_days({9: "25/04/1985"}))
    outcome = import_list(home(), OneBook(MemoryBook("ds.xlsx", (Once("S", rows),))), Path("ds.xlsx"))
    assert order(outcome) is DayOrder.DAY_FIRST


def test_the_days_of_the_next_list_on_the_sheet_do_not_tell_of_this_one():
    turned = ["STT", "Ngày sinh", "Họ và tên", "Giới tính"]
    rows = [*of_days({}, 3500), turned, *[[n, "04/25/1985", "Vi Thị Bé", "Nữ"] for n in range(10)]]
    outcome, _ = imported(rows)
    assert [next(c.order for c in layout.columns if c.meaning is Field.DOB) for layout in outcome.layouts] == [
        DayOrder.DAY_FIRST,
        DayOrder.TEXT_TURNED,
    ]


class Endless:
    """A sheet of two lists side by side whose rows are made when they are asked for."""

    name, hidden, look = "Sheet1", False, SheetLook()

    def __init__(self, rows):
        self._rows = rows

    def _line(self, n):
        return [n, f"Lô Văn An {n}", "1950", "Nam", "", n, f"Vi Thị Bé {n}", "1960", "Nữ"]

    def again(self):
        yield 1, [*HEADING, "", *HEADING]
        for n in range(2, self._rows):
            yield n, self._line(n)

    rows = again

    def head(self):
        return [line for line, _ in zip(self.again(), range(HEAD_ROWS), strict=False)]


def test_lists_side_by_side_are_not_held_in_memory():
    tracemalloc.start()
    try:
        left, right = (sum(1 for _ in half.rows()) for half in lists_of([Endless(60_000)]))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert left == right == 59_999
    assert peak < 12_000_000  # the whole sheet takes over forty


@pytest.mark.parametrize("batch", [1, 3, 7])
@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Lô Văn An", "Vi Thị Bé", "", "12345", "Lô Văn A\ufffdn", "#REF!", "nt"]),
            st.sampled_from(["01/02/1980", "31/02/1980", "1980", "", "12/31/1980", "x"]),
            st.sampled_from(["Nam", "Nữ", "", "?"]),
        ),
        min_size=1,
        max_size=40,
    )
)
def test_rows_of_the_file_are_added_unchanged_parked_or_refused_over_several_batches(batch, people):
    people = [*people, ("Lô Văn Cả", "1980", "Nam")]  # a file without any person is refused as a whole
    rows = [HEADING, *[[n, name, born, sex] for n, (name, born, sex) in enumerate(people, start=1)]]
    book = OneBook(MemoryBook("ds.xlsx", (MemorySheet("Sheet1", tuple(rows)),)))
    at = home()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(apart, "_BATCH", batch)
        outcome = import_list(at, book, Path("ds.xlsx"))
        again = import_list(at, book, Path("ds.xlsx"))
    told = outcome.rows - sum(outcome.counts.get(code, 0) for code in ("total_row", "footer_row"))
    assert told <= len(people)
    assert outcome.rows == outcome.added + outcome.unchanged + outcome.parked + outcome.refused
    assert (again.added, again.unchanged) == (0, outcome.added + outcome.unchanged)
    assert (again.parked, again.refused) == (outcome.parked, outcome.refused)
    left_out = sum(outcome.counts.get(code, 0) for code in ("section_row", "total_row", "footer_row", "ordinal_only"))
    assert outcome.rows + left_out == len(people)
