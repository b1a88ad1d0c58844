"""Every check of the project, one line each, then the tests: `check.py [--quick]` (quick leaves the tests out)."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SCRIPTS = Path("build_scripts")
CODE = ("fieldtool", "build_scripts", "tests")


@dataclass(frozen=True, slots=True)
class Step:
    """One check: its name and the command, run with this Python."""

    name: str
    command: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """How a check ended."""

    step: Step
    code: int
    output: str
    seconds: float


def script(name: str, *arguments: str) -> tuple[str, ...]:
    return (str(SCRIPTS / name), *arguments)


STEPS = (
    Step("lint", ("-m", "ruff", "check", *CODE)),
    Step("format", ("-m", "ruff", "format", "--check", *CODE)),
    Step("types", ("-m", "mypy")),
    Step("imports", ("-c", "import sys; from importlinter.cli import lint_imports_command as c; sys.exit(c())")),
    Step("translations", script("translations.py", "check")),
    Step("windows habits", script("windows_habits.py")),
    Step("windows wheels", script("wheels.py", "--offline")),
    Step("licences", script("licences.py", "check")),
    Step("guide", script("guide.py", "check")),
    Step("error catalogue", script("error_catalogue.py", "check")),
)
TESTS = Step("tests", ("-m", "pytest", "-n", "2", "--dist", "worksteal"))


def environment() -> Mapping[str, str]:
    """The environment of the checks: Qt without a screen, UTF-8 between the processes."""
    return {"QT_QPA_PLATFORM": "offscreen", **os.environ, "PYTHONIOENCODING": "utf-8"}


def perform(step: Step) -> Result:
    """Run one check and keep what it says."""
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, *step.command],
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    return Result(step, done.returncode, done.stdout, time.perf_counter() - started)


def line(result: Result) -> str:
    """One line on a check, with its last words; all its words when it failed."""
    words = [text for text in result.output.strip().splitlines() if text.strip()]
    head = f"{'ok  ' if result.code == 0 else 'FAIL'} {result.step.name:<16} {result.seconds:5.1f} s"
    if result.code == 0:
        return f"{head}  {words[-1].strip() if words else ''}"
    return "\n".join([head, *(f"     {text}" for text in words)])


def main(arguments: Sequence[str]) -> int:
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    failed = []
    with ThreadPoolExecutor(2) as pool:
        for result in pool.map(perform, STEPS):
            print(line(result), flush=True)
            if result.code:
                failed.append(result.step.name)
    if "--quick" not in arguments:
        started = time.perf_counter()
        print("tests:", flush=True)
        code = subprocess.run([sys.executable, *TESTS.command], cwd=ROOT, env=environment(), check=False).returncode
        if code:
            failed.append(f"tests ({time.perf_counter() - started:.0f} s)")
    if failed:
        print(f"FAILED: {', '.join(failed)}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
