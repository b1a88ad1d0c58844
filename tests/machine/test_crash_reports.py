"""Reports of crashes: kinds and places, and never what stood in a message, a variable or a path."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from fieldtool.machine.crash_reports import CrashReports, described, described_fault, place_in_code
from fieldtool.records.errors import ErrorCode, FieldtoolError

PLANTED = ("Lô Thị Mùa Xuân", "040085012345", "Bản Đửa", "Công an xã Lượng Minh", "can-bo-lo")


def _defect(name: str) -> BaseException:
    local = f"{name} {PLANTED[1]}"
    try:
        try:
            raise FieldtoolError(ErrorCode.READ_FAILED, values={"detail": local})
        except FieldtoolError:
            raise KeyError(local, PLANTED[2], f"C:\\Users\\{PLANTED[4]}\\{PLANTED[3]}") from None
    except KeyError as error:
        return error


def _holds_planted(text: str) -> list[str]:
    forms = {form: unicodedata.normalize(form, text) for form in ("NFC", "NFD")}
    return [item for item in PLANTED for form, body in forms.items() if unicodedata.normalize(form, item) in body]


def test_a_report_has_kinds_and_places_only() -> None:
    text = described(_defect(PLANTED[0]), "0.1.0")
    assert "builtins.KeyError" in text
    assert "fieldtool.records.errors.FieldtoolError read_failed" in text
    assert "test_crash_reports.py" in text
    assert "_defect" in text
    assert _holds_planted(text) == []


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("C:\\Users\\can-bo-lo\\Programs\\fieldtool\\_internal\\fieldtool\\ui\\start.py", "fieldtool/ui/start.py"),
        ("/home/can-bo-lo/venv/lib/python3.11/site-packages/openpyxl/cell.py", "openpyxl/cell.py"),
        ("<frozen importlib._bootstrap>", "?"),
        ("/home/can-bo-lo/Lô Thị Mùa Xuân.py", "?"),
    ],
)  # fmt: skip
def test_places_lose_the_folders_of_this_machine(path: str, place: str) -> None:
    assert place_in_code(path) == place


def test_what_faulthandler_left_becomes_a_report(tmp_path: Path) -> None:
    dump = (
        "Windows fatal exception: access violation\n\nCurrent thread 0x1234 (most recent call first):\n"
        f'  File "C:\\Users\\{PLANTED[4]}\\fieldtool\\ui\\look.py", line 12 in icon\n  {PLANTED[0]}\n'
    )
    text = described_fault(dump, "0.1.0")
    assert "access violation" in text
    assert "fieldtool/ui/look.py:12 icon" in text
    assert _holds_planted(text) == []


def test_a_process_that_dies_leaves_a_report_for_the_next_start(tmp_path: Path) -> None:
    folder = tmp_path / "báo cáo"
    script = (
        "import sys, faulthandler\nfrom pathlib import Path\nfrom fieldtool.machine.crash_reports import CrashReports\n"
        "CrashReports(Path(sys.argv[1]), '0.1.0').begin()\nfaulthandler._sigabrt()\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(folder)], capture_output=True, check=False)
    assert done.returncode != 0
    reports = CrashReports(folder, "0.1.0")
    left = reports.begin()
    reports.end()
    assert left is not None
    assert "Fatal Python error: Aborted" in left.read_text(encoding="utf-8")
    again = CrashReports(folder, "0.1.0")
    assert again.begin() is None
    again.end()


def test_a_run_that_ends_well_leaves_nothing(tmp_path: Path) -> None:
    reports = CrashReports(tmp_path, "0.1.0")
    assert reports.begin() is None
    reports.end()
    assert list(tmp_path.iterdir()) == []


def test_the_newest_twenty_are_kept(tmp_path: Path) -> None:
    reports = CrashReports(tmp_path, "0.1.0")
    for number in range(25):
        reports.write(ValueError(number))
    assert len(reports.reports()) == 20
