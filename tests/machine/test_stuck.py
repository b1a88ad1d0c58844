"""The watchdog: work that does not end is told and ended, work that ends is left alone."""

from __future__ import annotations

import subprocess
import sys

STUCK = """
import sys, threading
from fieldtool.machine.stuck import must_end
def wait_for_ever():
    threading.Event().wait()
with must_end(float(sys.argv[1]), lambda: print("stuck", flush=True)):
    if sys.argv[2] == "ends":
        print("ended")
    else:
        wait_for_ever()
"""


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", STUCK, *words], capture_output=True, encoding="utf-8", stdin=subprocess.DEVNULL
    )


def test_what_waits_for_ever_is_ended_and_the_place_told() -> None:
    done = run("0.2", "waits")
    assert done.returncode == 1
    assert done.stdout == "stuck\n"
    assert "wait_for_ever" in done.stderr


def test_what_ends_in_time_is_left_alone() -> None:
    done = run("600", "ends")
    assert (done.returncode, done.stdout, done.stderr) == (0, "ended\n", "")


def test_the_self_test_says_in_which_step_it_is_stuck() -> None:
    words = ["-m", "fieldtool", "--quiet", "--lang", "en", "self-test", "--patience", "0.01"]
    done = subprocess.run(
        [sys.executable, *words], capture_output=True, encoding="utf-8", errors="replace", stdin=subprocess.DEVNULL
    )
    assert done.returncode == 1
    assert "stuck in the step" in done.stderr
    assert "self_test.py" in done.stderr
