"""The output of a program in Wine: whole, and at an end when the program is, whoever still holds its pipe."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest
from test_package import load

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="drives Wine, from Linux")
machine = load("wine_machine")
# A program that leaves a child behind which has its output, as Wine's server does, and ends.
LEAVES = """
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print("một\\r\\nhai", child.pid, end="", flush=True)
child.returncode = 0  # no warning about it
sys.exit(3)
"""


def test_a_program_has_ended_though_another_holds_its_output() -> None:
    with subprocess.Popen([sys.executable, "-c", LEAVES], stdout=subprocess.PIPE) as process:
        first, last = machine.lines_of(process)
        word, child = last.split()
        os.kill(int(child), signal.SIGTERM)
    assert (first, word, process.returncode) == ("một\n", "hai", 3)


def test_a_letter_cut_by_the_end_of_a_block_is_put_together() -> None:
    code = "import sys; sys.stdout.buffer.write('Đặng\\n'.encode() * 30_000)"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as process:
        assert list(machine.lines_of(process)) == ["Đặng\n"] * 30_000
