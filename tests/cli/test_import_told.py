"""What `import` says in words: rows left out with cell and what to do, and how many notes there are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from door_home import door_home
from open_doors import doors_of

from fieldtool.cli.main import run

Told = Callable[..., str]


@pytest.fixture(name="told")
def _told(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Told]:
    monkeypatch.setenv("FIELDTOOL_PASSPHRASE", "bốn con trâu qua suối")
    with door_home(tmp_path / "home") as (store, _home):
        given = doors_of(store)

        def told(text: str) -> str:
            file = tmp_path / "so.csv"
            file.write_text("Họ và tên,Ngày sinh,Giới tính\n" + text, encoding="utf-8")
            capsys.readouterr()
            assert run(given, ["import", "--dry-run", str(file)]) == 0
            return capsys.readouterr().out

        yield told


def test_a_refused_row_is_told_with_its_cell_and_once_with_what_to_do(told: Told) -> None:
    said = told(",1/2/1990,Nam\nVi Thị B,3/2/1991,Nữ\n,4/4/1999,Nữ\n")
    assert "  A2  no_name" in said and "  A4  no_name" in said
    assert said.count("Ghi họ tên vào ô này") == 1


def test_notes_are_counted_and_say_what_to_do(told: Told) -> None:
    said = told("Vi Thị B,31/2/1991,Nữ\nLô Văn C,31/04/1992,Nam\nVi Văn D,1/2/1990,Nam\n")
    assert "Lưu ý 2 chỗ: Ngày không có trong lịch. Xem giấy gốc" in said
    assert "Lưu ý 1 chỗ: Không rõ loại danh sách" in said


def test_a_list_without_a_flaw_has_its_account_alone(told: Told) -> None:
    said = told("Vi Thị B,3/2/1991,Nữ\n").splitlines()
    assert said[0].startswith("so.csv: 1 dòng = 1 thêm mới")
    assert all("Không rõ loại" in line for line in said[1:])
