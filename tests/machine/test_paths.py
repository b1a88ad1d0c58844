"""Names every file system of the field can hold, and one process at a time in a home."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldtool.machine.clock import SystemClock
from fieldtool.machine.home_lock import home_lock
from fieldtool.machine.paths import LONGEST_NAME, default_home, fits, is_safe_name, safe_name
from fieldtool.machine.randomness import SystemIds
from fieldtool.records.errors import ErrorCode, FieldtoolError

RESERVED = {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))}


@settings(max_examples=200)
@given(st.text(max_size=300))
def test_a_safe_name_is_safe_and_stays(text: str) -> None:
    name = safe_name(text)
    assert is_safe_name(name)
    assert not set(name) & set('<>:"/\\|?*')
    assert name.strip(" .") == name
    assert name.split(".")[0].lower() not in RESERVED
    assert 0 < len(name.encode("utf-16-le")) // 2 <= LONGEST_NAME + 1


@pytest.mark.parametrize("name", ["con", "NUL.xlsx", "com1.goi", "Lpt9", "aux.tar.gz"])
def test_reserved_names_get_another(name: str) -> None:
    assert safe_name(name) == f"_{name}"


def test_vietnamese_names_stay_as_they_are() -> None:
    assert safe_name("Danh sách bản Đửa.xlsx") == "Danh sách bản Đửa.xlsx"


def test_long_paths_are_known() -> None:
    assert fits(Path("a" * 200))
    assert not fits(Path("a" * 260))


def test_the_default_home_is_the_users_own() -> None:
    assert default_home().name == "home"
    assert "fieldtool" in default_home().parts


def test_a_second_process_is_turned_away_and_a_kill_frees_the_home(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib\nfrom fieldtool.machine.home_lock import home_lock\n"
        "with home_lock(pathlib.Path(sys.argv[1])):\n    print('held', flush=True)\n    sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
        text=True,
        encoding="utf-8",
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == "held"
        with pytest.raises(FieldtoolError) as refused, home_lock(tmp_path):
            pass
        assert refused.value.code is ErrorCode.HOME_IN_USE
        other.kill()
        other.wait()
    with home_lock(tmp_path):
        pass


def test_ids_and_clock() -> None:
    ids = SystemIds()
    assert len({ids.nonce() for _ in range(100)}) == 100
    assert len(ids.nonce()) == 16
    assert len(ids.record()) == 32
    assert SystemClock().now()[10] == "T"
    assert SystemClock().now()[-6] in "+-"
