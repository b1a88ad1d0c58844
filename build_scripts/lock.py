"""Write requirements.lock anew from pyproject.toml: every package pinned with hashes, Python 3.11-3.13, any system.

requirements.build.lock, what package.py freezes with, is written the same way. `lock.py` keeps the pins that fit;
`lock.py --upgrade` takes the newest. Needs uv (any recent) on the path or in the environment. The file names no
registry and no folder; the build backend is locked too, for installs without build isolation. Afterwards
build_scripts/wheels.py --record writes down which Windows wheels the hashes stand for.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.lock"
BUILD_LOCK = ROOT / "requirements.build.lock"
BUILD_TOOLS = "pyinstaller>=6.22\nsetuptools>=77\n"
HEAD = "# Every package with its hashes, for Python 3.11-3.13 on Linux and Windows. Written by build_scripts/lock.py.\n"
FOREIGN = ("://", "--index-url", "--extra-index-url", "--find-links", " @ ", "file:")


def uv() -> str:
    """Where uv is; SystemExit with what to do when there is none."""
    beside = Path(sys.executable).with_name("uv.exe" if sys.platform == "win32" else "uv")
    found = str(beside) if beside.exists() else shutil.which("uv")
    if not found:
        raise SystemExit("lock: uv is needed: pip install uv")
    return found


def build_requirements() -> str:
    """What the build backend needs, one a line."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        return "\n".join(tomllib.load(file)["build-system"]["requires"]) + "\n"


def foreign_lines(text: str) -> list[str]:
    """Lines that would tie the lock to one registry, one folder or one machine."""
    return [line for line in text.splitlines() if any(mark in line for mark in FOREIGN) and not line.startswith("#")]


def write(target: Path, sources: list[str], more: str) -> int:
    """Write one lock from its sources and from requirements given as text; 0 when it was written."""
    draft = target.with_suffix(".lock.new")
    if target.exists() and "--upgrade" not in sys.argv:
        draft.write_text(target.read_text(encoding="utf-8"), encoding="utf-8", newline="\n")
    command = [uv(), "pip", "compile", "--universal", "--generate-hashes", "--python-version", "3.11"]
    command += ["--no-annotate", "--no-header", "--quiet", *sources, "-", "-o", draft.name]
    try:
        done = subprocess.run(command, cwd=ROOT, input=more, encoding="utf-8", capture_output=True, check=False)
        if done.returncode:
            print(done.stderr, file=sys.stderr)
            return 1
        text = draft.read_text(encoding="utf-8")
    finally:
        draft.unlink(missing_ok=True)
    if foreign := foreign_lines(text):
        print("lock: these lines name a registry or a folder:", *foreign, sep="\n", file=sys.stderr)
        return 1
    target.write_text(HEAD + text, encoding="utf-8", newline="\n")
    print(f"{target.name}: {text.count('==')} pins, {text.count('--hash=')} hashes")
    return 0


def main() -> int:
    return write(LOCK, ["--extra", "dev", "pyproject.toml"], build_requirements()) or write(BUILD_LOCK, [], BUILD_TOOLS)


if __name__ == "__main__":
    sys.exit(main())
