"""The lint of Windows habits finds each planted fault, and leaves guarded code alone."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "build_scripts"


def load(name: str) -> ModuleType:
    """A build script as a module."""
    spec = importlib.util.spec_from_file_location(f"build_{name}", SCRIPTS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


habits = load("windows_habits")


@pytest.mark.parametrize(
    "source",
    [
        "open('a.txt')",
        "open('a.txt', 'w')",
        "from pathlib import Path\nPath('a').open()",
        "from pathlib import Path\nPath('a').read_text()",
        "from pathlib import Path\nPath('a').write_text('x')",
        "import fcntl",
        "from pwd import getpwnam",
        "import os\nos.fork()",
        "import os\nos.geteuid()",
        "import os\nos.path.join('a', 'b')",
        "import os\nos.rename('a', 'b')",
        "import os, signal\nos.kill(1, signal.SIGKILL)",
        "import subprocess\nsubprocess.run(['x'], text=True)",
        "def f(a):\n    with a.open('rb') as file:\n        a.unlink()",
        "def f(a, b):\n    with b.open('wb') as file:\n        a.replace(b)",
        "day.strftime('%-d/%-m')",
        "import multiprocessing\nmultiprocessing.get_context('fork')",
        "from tempfile import NamedTemporaryFile\nNamedTemporaryFile('wb')",
        "a.symlink_to(b)",
        "from pathlib import Path\nPath('/tmp/x')",
        "from pathlib import Path\nPath('con.xlsx')",
        "folder.joinpath('10:30.goi')",
    ],
)
def test_a_planted_fault_is_found(source: str) -> None:
    assert len(habits.faults_of(Path("x.py"), source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        "open('a.bin', 'rb')",
        "open('a.txt', encoding='utf-8')",
        "from pathlib import Path\nPath('a').open('rb')",
        "from pathlib import Path\nPath('a').read_text(encoding='utf-8')",
        "import sys\nif sys.platform != 'win32':\n    import fcntl",
        "try:\n    import resource\nexcept ImportError:\n    resource = None",
        "import os\nhasattr(os, 'geteuid')",
        "import subprocess\nsubprocess.run(['x'], text=True, encoding='utf-8')",
        "book.open(name)",
        "def f(a):\n    with a.open('rb') as file:\n        file.read()\n    a.unlink()",
        "day.strftime('%d/%m')",
        "import multiprocessing\nmultiprocessing.get_context('spawn')",
        "from pathlib import Path\nPath('C:/Users')",
        "folder.joinpath('contact.xlsx')",
    ],
)
def test_good_and_guarded_code_passes(source: str) -> None:
    assert habits.faults_of(Path("x.py"), source) == []


def test_the_lock_names_no_registry_and_no_folder() -> None:
    lock = load("lock")
    assert lock.foreign_lines((SCRIPTS.parent / "requirements.lock").read_text(encoding="utf-8")) == []
    assert lock.foreign_lines("a @ file:///tmp/a.whl\n--index-url https://x\n") != []


def test_a_lost_windows_wheel_is_found() -> None:
    """Every wheel that the record names has its hash in the lock, for each Python."""
    import csv

    with (SCRIPTS / "windows_wheels.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    locks = ("requirements.lock", "requirements.build.lock")
    lock = "".join((SCRIPTS.parent / name).read_text(encoding="utf-8") for name in locks)
    assert {row["python"] for row in rows} == {"3.11", "3.12", "3.13"}
    assert all(f"sha256:{row['sha256']}" in lock for row in rows)
    assert all(row["file"].endswith(("win_amd64.whl", "none-any.whl")) for row in rows)
