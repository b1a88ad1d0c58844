"""What breaks on Windows first: locked files, handles left open, code pages, names and long paths, drives.

Most of this runs everywhere and can only fail there; what needs Windows itself is skipped elsewhere; windows.py test
runs it under Wine.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from exchange_homes import KEY, card, fill, new_home

from fieldtool.excel.read_book import ChildWorkbooks
from fieldtool.excel.sample_workbooks import write_books
from fieldtool.machine.clock import SystemClock
from fieldtool.machine.drives import sticks
from fieldtool.machine.paths import is_safe_name
from fieldtool.machine.randomness import SystemIds
from fieldtool.machine.sticks import FolderSticks
from fieldtool.records.errors import ErrorCode, FieldtoolError
from fieldtool.store.opening import open_store
from fieldtool.usecases.make_sample import make_sample

WINDOWS = sys.platform == "win32"
on_windows = pytest.mark.skipif(not WINDOWS, reason="asks Windows itself; run by build_scripts/windows.py test")
FOLDER = "Cán bộ Lô Thị Đào & con (2026)"


@contextmanager
def held(path: Path) -> Iterator[None]:
    """A file held as a virus scanner does: shared with nobody."""
    import ctypes

    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined]
    kernel.CreateFileW.restype = ctypes.c_void_p
    handle = kernel.CreateFileW(str(path), 0x80000000, 0, None, 3, 0, None)
    assert handle not in (None, ctypes.c_void_p(-1).value)
    try:
        yield
    finally:
        kernel.CloseHandle(ctypes.c_void_p(handle))


@on_windows
def test_a_file_that_a_scanner_holds_is_told_and_read_once_it_lets_go(tmp_path: Path) -> None:
    path = tmp_path / "gói.goi"
    path.write_bytes(b"x" * 10)
    with held(path), pytest.raises(FieldtoolError) as caught:
        FolderSticks(wait=lambda seconds: None).read(path, 100)
    assert caught.value.code is ErrorCode.FILE_LOCKED
    grip = held(path)
    grip.__enter__()
    threading.Timer(0.3, lambda: grip.__exit__(None, None, None)).start()
    assert FolderSticks().read(path, 100) == b"x" * 10


@on_windows
def test_a_list_that_excel_holds_is_told_as_locked(tmp_path: Path) -> None:
    made = make_sample(tmp_path, people=200, seed=3, write=write_books)
    with held(made.files[0]), pytest.raises(FieldtoolError) as caught:
        ChildWorkbooks().read(made.files[0])
    assert caught.value.code is ErrorCode.FILE_LOCKED


@on_windows
def test_windows_refuses_to_remove_what_is_open(tmp_path: Path) -> None:
    """If this ever passes unnoticed, the machine under test is no Windows and the tests around it prove nothing."""
    opened, removed = tmp_path / "mở.txt", tmp_path / "mở.txt"
    with opened.open("w", encoding="utf-8"), pytest.raises(PermissionError):
        removed.unlink()


def test_a_closed_home_leaves_no_handle_behind(tmp_path: Path) -> None:
    folder = tmp_path / FOLDER / "kho dữ liệu"
    store, home = new_home(folder, card("m01", "xa"), 1)
    fill(home, 5)
    reader = store.reader()
    assert reader.counts()["documents"] == 5
    store.close()
    moved = folder.with_name("đã chuyển")
    folder.rename(moved)  # Windows refuses while anything inside is open
    again = open_store(moved / "home.db", KEY, clock=SystemClock(), ids=SystemIds())
    assert again.people.counts()["documents"] == 5
    again.close()
    shutil.rmtree(moved)
    assert not moved.exists()


def test_a_read_list_leaves_no_handle_behind(tmp_path: Path) -> None:
    folder = tmp_path / FOLDER
    folder.mkdir()
    made = make_sample(folder, people=200, seed=3, write=write_books)
    for file in made.files:
        with ChildWorkbooks().read(file) as book:
            assert sum(len(sheet.head()) for sheet in book.sheets()) > 0
        renamed = file.with_name("đã đọc " + file.name)
        deadline = time.monotonic() + 10
        while True:  # the reading process is given a moment to be gone
            try:
                file.rename(renamed)
                break
            except PermissionError:
                assert time.monotonic() < deadline
                time.sleep(0.1)
        assert renamed.exists()


def test_vietnamese_is_printed_whatever_the_code_page(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONUTF8": "0", "PYTHONIOENCODING": "cp1252", "LC_ALL": "C"}
    command = [sys.executable, "-m", "fieldtool", "--home", str(tmp_path / "không có"), "check"]
    environment["FIELDTOOL_PASSPHRASE"] = "mây trắng bò vàng"
    done = subprocess.run(command, capture_output=True, env=environment, stdin=subprocess.DEVNULL, check=False)
    assert done.returncode == 1
    assert "Không có kho dữ liệu" in done.stderr.decode("utf-8")
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["CON.goi", "lpt1", "a:b.goi", "đuôi chấm.", "cuối "])
def test_names_that_windows_swallows_are_never_written(tmp_path: Path, name: str) -> None:
    assert not is_safe_name(name)
    with pytest.raises(FieldtoolError) as caught:
        FolderSticks().write_proved(tmp_path, name, b"x")
    assert caught.value.code is ErrorCode.NOT_WRITABLE
    assert list(tmp_path.iterdir()) == []


def test_sticks_are_folders_that_exist() -> None:
    found = sticks()
    assert all(root.is_dir() for root in found)
    if WINDOWS:
        assert all(root.drive and root == Path(root.anchor) for root in found)
        assert Path("C:\\") not in found
    else:
        assert Path("/") not in found
