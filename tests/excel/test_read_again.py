"""A sheet larger than its head gives all its rows as often as it is asked, whatever was read before."""

from pathlib import Path

from fieldtool.excel.read_book import ChildWorkbooks

ROWS = 3400


def numbers(rows) -> list[int]:
    return [number for number, _ in rows]


def test_rows_are_given_again_after_all_or_some_were_read(tmp_path: Path):
    path = tmp_path / "ds.csv"
    path.write_text("STT,Họ và tên\n" + "".join(f"{n},Lô Văn An\n" for n in range(1, ROWS)), encoding="utf-8")
    whole = list(range(1, ROWS + 1))
    with ChildWorkbooks().read(path) as book:
        for sheet in book.sheets():
            assert numbers(sheet.head()) == whole[:3000]
            assert numbers(sheet.again()) == whole
            some = sheet.again()
            assert [next(some)[0] for _ in range(3200)] == whole[:3200]
            assert numbers(sheet.again()) == whole
            assert numbers(sheet.rows()) == whole


def test_a_small_sheet_is_given_again_too(tmp_path: Path):
    path = tmp_path / "ds.csv"
    path.write_text("STT,Họ và tên\n1,Lô Văn An\n", encoding="utf-8")
    with ChildWorkbooks().read(path) as book:
        for sheet in book.sheets():
            assert [numbers(rows()) for rows in (sheet.rows, sheet.again, sheet.rows)] == [[1, 2]] * 3
